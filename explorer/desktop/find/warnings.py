"""How does a person come from a warning about their log to the events that it is about?"""

import numpy as np

from explorer.desktop.find.warnings_panel import WarningsButton, WarningsPanel
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tasks import LatestTask
from explorer.session.document import Document

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
            lambda _found: self._show(document),
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
