"""Which warnings are there about a log, and how does a person come to the events that they are about?"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import row_px
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.quiet_table import Halves, ListTable
from explorer.desktop.tables.table_model import MAX_ROWS, TextRows
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.warnings import LogWarning, WarnedEntries

LEAST_PX = 40
KIND_FIGURES, COUNT_FIGURES, PLACE_FIGURES, TIME_FIGURES = 18, 10, 14, 24


class WarningsPanel(QWidget):
    """The kinds of warnings above, the events of the chosen one below."""

    kind_chosen = Signal(str)
    entry_chosen = Signal(int)  # a row of the raw events

    def __init__(self) -> None:
        super().__init__()
        self._warnings: Sequence[LogWarning] = ()
        self._entries: WarnedEntries | None = None
        self.said = plain.Elided(role="muted", name=tr("Warnings"))
        self._kinds = TextRows([tr("Warning"), tr("How often"), tr("What it means")], [1], self)
        self._events = TextRows(_titles(), [0], self)
        self.kinds = ListTable(self._kinds, tr("Warnings"))
        self.events = ListTable(self._events, tr("What the warning is about"))
        self.kinds.set_figures(enumerate((KIND_FIGURES, COUNT_FIGURES)))
        self.events.set_figures(enumerate((PLACE_FIGURES, TIME_FIGURES)))
        self.kinds.keep_whole(0, 1)
        self.events.keep_whole(0, 1)
        for table in (self.kinds, self.events):
            table.setMinimumHeight(LEAST_PX if table is self.kinds else LEAST_PX + row_px() // 2)
        halves = Halves(self.kinds, self.events)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.said)
        box.addWidget(halves, 1)
        self.kinds.row_chosen.connect(self._choose_kind)
        self.events.row_chosen.connect(self._choose_entry)
        self.show_warnings(())

    @property
    def kind(self) -> str | None:
        """The chosen kind."""
        row = self.kinds.currentIndex().row()
        return self._warnings[row].kind if 0 <= row < len(self._warnings) else None

    def show_warnings(self, warnings: Sequence[LogWarning]) -> None:
        """List other kinds; of none of them the events are shown."""
        self._warnings = warnings
        self._kinds.show_rows([[each.kind, grouped(each.count), each.text] for each in warnings])
        header_px = self.kinds.horizontalHeader().sizeHint().height()
        self.kinds.setMaximumHeight(header_px + max(len(warnings), 1) * row_px() + 4)
        self.said.show_text(
            tr("What should be known before an answer is believed. A click on a line lists its events.")
            if warnings
            else tr("✓ Nothing is warned of: all was read and applied. Verify looks for more.")
        )
        self.show_entries(None)

    def show_entries(self, entries: WarnedEntries | None) -> None:
        """List what the chosen kind is about."""
        self._entries = entries
        shown: Sequence[Sequence[str]] = () if entries is None else entries
        if len(shown) > MAX_ROWS:
            shown = shown[:MAX_ROWS]
        self._events.show_rows(shown, _titles())
        self.events.scrollToTop()

    def choose(self, row: int) -> None:
        """Make a kind the chosen one, as a click would."""
        if 0 <= row < len(self._warnings):
            self.kinds.selectRow(row)
            self._choose_kind(row)

    def _choose_kind(self, row: int) -> None:
        if 0 <= row < len(self._warnings):
            self.kind_chosen.emit(self._warnings[row].kind)

    def _choose_entry(self, row: int) -> None:
        if self._entries is not None and 0 <= row < len(self._entries):
            self.entry_chosen.emit(self._entries.entry(row))


class WarningsButton(QPushButton):
    """Stands in the status bar as long as there is something to be known, and leads to the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlat(True)
        self.setProperty("role", "warning")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_warnings(self, warnings: Sequence[LogWarning]) -> None:
        """Say how many kinds there are; the tip says each."""
        count = len(warnings)
        text = tr("! 1 warning") if count == 1 else tr("! {count} warnings").format(count=count)
        self.setText(text)
        self.setAccessibleName(text)
        plain.set_tip(self, "\n".join(each.text for each in warnings))
        self.setVisible(count > 0)


def _titles() -> list[str]:
    return [tr("Event"), tr("Time"), tr("What is odd")]


AT_ONCE = 200_000  # events up to which looking takes less than a frame


class WarningsController(PanelController):
    """The warnings of the open log: in the status bar, as a list, and as marks on the timeline."""

    panel: WarningsPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._looking = LatestTask(self)
        self.panel = WarningsPanel()
        self.button = WarningsButton()

    def offers(self) -> dict[str, object]:
        return {"warnings": self}

    def wire(self) -> None:
        self.panel.entry_chosen.connect(self._page.signals.entry_asked.emit)
        self.panel.kind_chosen.connect(self.list_kind)
        self.button.clicked.connect(self.show)

    def show_document(self, document: Document | None) -> None:
        """Look at another log, or at the same in another order; at a large one beside the window."""
        self._looking.cancel()
        if document is None or document.event_count <= AT_ONCE:
            self._show(document)
            return
        self._page.signals.warned_chosen.emit(np.zeros(0, np.int64))
        self._looking.start(
            lambda _report: (document.warnings, document.warned_positions()),
            Handlers(lambda _found: self._show(document)),
        )

    def show(self) -> None:
        """Bring up the list, with the events of the first kind if none is chosen."""
        self._page.panels.bring_up("warnings")
        if self.panel.kind is None:
            self.panel.choose(0)
        self.panel.kinds.setFocus()

    def list_kind(self, kind: str) -> None:
        """List the events of one kind, and mark just these on the timeline."""
        document = self._page.document
        if document is not None and kind in document.oddities.all:
            entries = document.warned(kind)
            self.panel.show_entries(entries)
            self._page.signals.warned_chosen.emit(entries.positions)

    def _show(self, document: Document | None) -> None:
        chosen = self.panel.kind
        warnings = () if document is None else document.warnings
        self.panel.show_warnings(warnings)
        self.button.show_warnings(warnings)
        marked = np.zeros(0, np.int64) if document is None else document.warned_positions()
        kinds = [each.kind for each in warnings]
        if document is not None and chosen in kinds:  # the same log has grown, or is in another order
            self.panel.choose(kinds.index(chosen))
            return
        self._page.signals.warned_chosen.emit(marked)
