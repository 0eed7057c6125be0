"""A panel that is not built in, as one would write it: how many accounts are there? The tests add it by one line."""

from explorer.desktop import plain
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController, Registration
from explorer.session.document import Document
from explorer.session.stand import Stand


class CountingController(PanelController):
    """Says it in one line."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = plain.label("")
        self.heard: list[object] = []  # for the tests

    def offers(self) -> dict[str, object]:
        return {"counting": self}

    def wire(self) -> None:
        self.heard.append("wired")

    def show_document(self, document: Document | None) -> None:
        self.heard.append(document)
        self.panel.setText("")

    def stand_at(self, stand: Stand) -> None:
        self.heard.append(stand.position)
        self.panel.setText(f"{len(stand.state.codes)} of {stand.document.noun}")


COUNTING = Registration("counting", "Counting", "answers", "tests.counting_panel:CountingController")
