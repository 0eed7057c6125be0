"""How does a person go from an event to what caused it?"""

from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.why.cause_panel import CausePanel
from explorer.session.document import Document
from explorer.session.stand import Stand


class CauseController(PanelController):
    """The panel of causes, and the way there from everywhere else."""

    panel: CausePanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = CausePanel()

    def offers(self) -> dict[str, object]:
        return {"causing": self}

    def wire(self) -> None:
        """Connect the panel, and the button beside an event."""
        self.panel.position_chosen.connect(self._page.playhead.move_to)
        self._page.signals.cause_asked.connect(self.go_to_cause)

    def show_document(self, document: Document | None) -> None:
        self.panel.show_document(document)

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    # --- what the actions call ----------------------------------------------------------------

    def go_to_cause(self) -> None:
        """Go to the event that caused the current one; what is not known yet is looked for first."""
        found = self.panel.cause_of(self._page.playhead.position)
        if found is None:
            self._page.panels.bring_up("causes")
        else:
            self._page.playhead.move_to(found)
