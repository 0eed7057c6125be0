"""Where is a command given to the log, and what became of each: an event, or a rejection with its reason?"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.theme import row_px
from explorer.desktop.panels.page import Page
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import TextRows
from explorer.language import grouped, later, tr
from explorer.session.changes.commanding import FORMS, Form
from explorer.session.reasons.spoken import effect_text

FIELDS = (
    ("account", later("Account"), 12),
    ("target", later("To account"), 12),
    ("owner", later("Owner"), 14),
    ("amount", later("Amount"), 10),
    ("currency", later("Currency"), 7),
    ("data", later("Data, as JSON"), 22),
    ("reason", later("Reason"), 14),
)
OWN = ("account", "data", "reason")  # of a command to rules of one's own
LEAST_ROWS = 2  # of each lane are in sight, below its header, while there is a conflict
ROOM_PX = 10  # what a header is higher than a row, and frames


class CommandPanel(QWidget):
    """The switch, a form for each command, and two lanes: what was written and what was rejected."""

    switch_asked = Signal()
    given = Signal()  # the form as it is
    again_asked = Signal()  # look at the log again, and try once more what was in conflict
    event_asked = Signal(int)  # a row of the lane of events: go there

    def __init__(self) -> None:
        super().__init__()
        self.switch = QPushButton(tr("Record…"))
        self.switch.setCheckable(True)
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(self.switch, tr("Let commands append new events to this log, or no longer"))
        self.said = plain.Elided(role="muted", name=tr("Commands"))
        self.trouble = plain.label(role="warning", wrap=True, name=tr("Conflict"))
        self.again = QPushButton(tr("Look again and retry"))
        self.form = self._form()
        self.conflict = _beside(self.trouble, self.again)
        self.conflict.hide()
        self.written = TextRows([tr("Event"), tr("Command"), tr("What it did")], (0,), self)
        self.written_table = QuietTable(self.written, tr("Events that were written"))
        self.rejected = TextRows(["", tr("Rejected"), tr("Because")], (), self)
        self.rejected_table = QuietTable(self.rejected, tr("Commands that were rejected"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(6)
        box.addWidget(_beside(self.switch, self.said))
        box.addWidget(self.form)
        box.addWidget(self.conflict)
        box.addWidget(self._lanes(), 1)
        self.kind.currentIndexChanged.connect(lambda _at: self._show_form())
        self.switch.clicked.connect(self._ask)
        self.give.clicked.connect(self.given)
        self.again.clicked.connect(self.again_asked)
        self._show_form()
        self.show_recording(on=False, can=False)

    def _form(self) -> QWidget:
        """One line: which command, what it needs, and the button that gives it."""
        self.kind = QComboBox()
        self.own: Sequence[str] | None = None  # the commands of a person's own rules
        self.kind.setAccessibleName(tr("Command"))
        self.kind.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for form in FORMS:
            self.kind.addItem(tr(form.title), form.name)
        self.give = QPushButton(tr("Give"))
        self.give.setAccessibleName(tr("Give this command"))
        self.give.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.kind)
        self.fields: dict[str, QLineEdit] = {}
        for name, title, figures in FIELDS:
            field = self.fields[name] = QLineEdit()
            field.setPlaceholderText(tr(title))
            field.setAccessibleName(tr(title))
            field.returnPressed.connect(self.given)
            row.addWidget(field, figures)
        row.addWidget(self.give)
        return made

    def _lanes(self) -> QSplitter:
        """What was written at the left, what was rejected at the right."""
        lanes = QSplitter(Qt.Orientation.Horizontal)
        lanes.setChildrenCollapsible(False)
        figure_px = self.fontMetrics().horizontalAdvance("0")
        for table, widths in ((self.written_table, (8, 14)), (self.rejected_table, (3, 14))):
            lanes.addWidget(table)
            heads = table.horizontalHeader()
            for column, figures in enumerate(widths):
                table.setColumnWidth(column, max(figures * figure_px, heads.sectionSizeHint(column)))
        lanes.setSizes([380, 280])
        self.written_table.keep_whole(0)
        self.written_table.clicked.connect(lambda index: self.event_asked.emit(index.row()))
        self.written_table.activated.connect(lambda index: self.event_asked.emit(index.row()))
        return lanes

    def form_now(self) -> Form:
        """The command that is chosen, of those to accounts."""
        return FORMS[self.kind.currentIndex()]

    def values(self) -> dict[str, str]:
        """What is filled in, of what the command needs."""
        return {name: self.fields[name].text() for name in self.form_now().fields}

    def show_commands(self, own: Sequence[str] | None, entity: str = "") -> None:
        """Show the form for commands of such types, to rules of a person's own; None: for those to accounts."""
        if own == self.own and own is None:
            return
        self.own = own
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.setEditable(own is not None)
        for name in own or ():
            self.kind.addItem(name, name)
        for form in FORMS if own is None else ():
            self.kind.addItem(tr(form.title), form.name)
        self.kind.blockSignals(False)
        account = tr("Account") if own is None else entity
        self.fields["account"].setPlaceholderText(account)
        self.fields["account"].setAccessibleName(account)
        self._show_form()

    def clear(self) -> None:
        """Make room for the next command: the account stays."""
        for name in ("amount", "owner", "data", "reason"):
            self.fields[name].clear()

    def show_recording(self, *, on: bool, can: bool) -> None:
        """Show whether commands may be given; `can`: whether that may be switched on at all."""
        self.switch.setChecked(on)
        self.switch.setEnabled(on or can)
        self.switch.setText(tr("Stop recording") if on else tr("Record…"))
        self.form.setEnabled(on)

    def show_conflict(self, text: str) -> None:
        """Say that somebody else was there first; empty: nobody was."""
        least_px = (1 + LEAST_ROWS) * row_px() + ROOM_PX if text else 0
        for table in (self.written_table, self.rejected_table):
            table.setMinimumHeight(least_px)
        self.trouble.setText(text)
        self.conflict.setVisible(bool(text))
        if text:
            self.again.setFocus()

    def say(self, text: str, *, wrong: bool = False) -> None:
        """One line about what is going on."""
        self.said.setProperty("role", "warning" if wrong else "muted")
        self.said.style().polish(self.said)
        self.said.show_text(text)

    def show_lanes(self, written: Sequence[Sequence[str]], rejected: Sequence[Sequence[str]]) -> None:
        """Show what became of all commands, the last one at the end of its lane."""
        for model, table, rows in (
            (self.written, self.written_table, written),
            (self.rejected, self.rejected_table, rejected),
        ):
            more = len(rows) > model.rowCount()
            model.show_rows(list(rows))
            if more:
                table.scrollToBottom()

    def _show_form(self) -> None:
        wanted = OWN if self.own is not None else (*self.form_now().fields, "reason")
        for name, field in self.fields.items():
            field.setVisible(name in wanted)

    def _ask(self) -> None:
        self.switch.setChecked(not self.switch.isChecked())  # it is on when it is on, not when it is pressed
        self.switch_asked.emit()


def _beside(first: QWidget, second: QWidget) -> QWidget:
    """Two widgets in a line, without a margin; what is a text gets the room."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in (first, second):
        row.addWidget(widget, 0 if isinstance(widget, QPushButton) else 1)
    return made


@dataclass(frozen=True)
class _Written:
    """A command that became events: which, and where in the log the last of them stands, in any order of time."""

    log_position: int
    command: str


class Lanes:
    """Remembers both, and shows them as the log is read now."""

    def __init__(self, page: Page, panel: CommandPanel) -> None:
        self._page = page
        self._panel = panel
        self._written: list[_Written] = []
        self._rejected: list[list[str]] = []

    def clear(self) -> None:
        """Another log: nothing has become of any command yet."""
        self._written, self._rejected = [], []

    def write(self, log_position: int, command: str) -> None:
        """A command has become events, the last of them there."""
        self._written.append(_Written(log_position, command))
        self.show()

    def reject(self, mark: str, command: str, reason: str) -> None:
        """Nothing has become of a command."""
        self._rejected.append([mark, command, reason])
        self.show()

    def show(self) -> None:
        """Both lanes, as the log is read now: another order has other positions, another read model other values."""
        rows = []
        for each in self._written:
            place, document = self._place(each), self._page.document
            effect = "" if place is None or document is None else effect_text(document, place)
            number = "" if place is None else grouped(place)
            rows.append([number, each.command, effect])
        self._panel.show_lanes(rows, self._rejected)

    def place(self, row: int) -> int | None:
        """Where the event of a row stands in the order of time that is shown; None if the log has lost it."""
        return self._place(self._written[row]) if 0 <= row < len(self._written) else None

    def _place(self, written: _Written) -> int | None:
        document = self._page.document
        if document is None or written.log_position > document.event_count:
            return None
        return document.history.position_of(written.log_position)
