"""How does a person come from a warning about their log to the events that it is about?"""

from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.desktop.find.warnings_panel import WarningsButton, WarningsPanel
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.panels.part import Part, part_of
from explorer.desktop.tasks import LatestTask
from explorer.desktop.timeline.widget import Timeline
from explorer.language import later
from explorer.session.document import Document

if TYPE_CHECKING:
    from explorer.desktop.page.log_page import LogPage

AT_ONCE = 200_000  # events up to which looking takes less than a frame


class Page(Protocol):
    """What of the page is needed here."""

    panels: Panels
    timeline: Timeline
    document: Document | None


class Warnings(QObject):
    """The warnings of the open log: in the status bar, as a list, and as marks on the timeline."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._looking = LatestTask(self)
        self.panel = WarningsPanel()
        self.button = WarningsButton()

    def wire(self) -> None:
        """Connect the panel and the button."""
        self.panel.kind_chosen.connect(self.list_kind)
        self.button.clicked.connect(self.show)

    def show_document(self, document: Document | None) -> None:
        """Look at another log, or at the same in another order; at a large one beside the window."""
        self._looking.cancel()
        if document is None or document.event_count <= AT_ONCE:
            self._show(document)
            return
        self._page.timeline.show_warned(np.zeros(0, np.int64))
        self._looking.start(
            lambda _report: (document.warnings, document.warned_positions()),
            lambda _found: self._show(document),
        )

    def stand_at(self, position: int) -> None:
        """Nothing here depends on where one stands."""

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
            self._page.timeline.show_warned(entries.positions)

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
        self._page.timeline.show_warned(marked)


def part(page: "LogPage") -> Part:
    """The panel, as a part of the page."""
    return part_of(page.warnings, "warnings", later("Warnings"), page.warnings.panel)
