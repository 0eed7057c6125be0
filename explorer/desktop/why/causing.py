"""How does a person go from an event to what caused it?"""

from typing import Protocol

from PySide6.QtCore import QObject

from explorer.desktop.events.event_panel import EventPanel
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.panels.part import Part
from explorer.desktop.playhead import Playhead
from explorer.desktop.why.cause_panel import CausePanel
from explorer.language import later


class Page(Protocol):
    """What of the page is needed here."""

    playhead: Playhead
    panels: Panels
    event_panel: EventPanel
    causing: "CauseController"


class CauseController(QObject):
    """The panel of causes, and the way there from everywhere else."""

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.panel = CausePanel()

    def wire(self) -> None:
        """Connect the panel, and the button beside an event."""
        self.panel.position_chosen.connect(self._page.playhead.move_to)
        self._page.event_panel.cause_asked.connect(self.go_to_cause)

    # --- what the actions call ----------------------------------------------------------------

    def go_to_cause(self) -> None:
        """Go to the event that caused the current one; what is not known yet is looked for first."""
        found = self.panel.cause_of(self._page.playhead.position)
        if found is None:
            self._page.panels.bring_up("causes")
        else:
            self._page.playhead.move_to(found)


def part(page: Page) -> Part:
    """The panel of causes and effects."""
    panel = page.causing.panel
    return Part(
        "causes",
        later("Causes"),
        panel,
        wire=page.causing.wire,
        show_document=panel.show_document,
        stand_at=panel.stand_at,
    )
