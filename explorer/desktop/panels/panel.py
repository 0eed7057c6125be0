"""How does a panel come into the page of an open log?

A panel is a package of its own with a `PanelController`, and one line in PANELS of `page/panel_list.py` that names it.
The page then makes the dock, the tab, the toggle in View › Panels and the place in saved layouts.
`page.panels.bring_up("name")` shows it, `.in_front("name")` says whether it can be seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.desktop.panels.dock import Part, Place
from explorer.desktop.panels.page import Page
from explorer.session.document import Document
from explorer.session.stand import Stand


class PanelController(QObject):
    """Brings one panel and the page together. Made of the page alone; sets `panel` when it is made."""

    panel: QWidget

    def __init__(self, page: Page) -> None:
        super().__init__(page.widget)
        self._page = page

    def offers(self) -> Mapping[str, object]:
        """What the page has of it, by name: so the table of actions, and the window, find it."""
        return {}

    def wire(self) -> None:
        """Connect it; every panel has been made by now."""

    def show_document(self, document: Document | None) -> None:
        """Another log is open, or the same in another order or with more events; None: let go of it."""

    def stand_at(self, stand: Stand) -> None:
        """Show what holds there. Called while the panel can be seen, and when it comes to be seen."""

    def stand_again(self) -> None:
        """Show anew what holds where the person stands."""
        if self._page.stand is not None:
            self.stand_at(self._page.stand)


@dataclass(frozen=True)
class Registration:
    """One line of the list of panels.

    Attributes:
        name, title, place, open: As of the `Part`.
        factory: Its `PanelController` as `module:class`, read when a window first needs it.
    """

    name: str
    title: str
    place: Place
    factory: str
    open: bool = True

    def load(self) -> type[PanelController]:
        """Read the module, and return the class."""
        module, _, name = self.factory.partition(":")
        factory: type[PanelController] = getattr(import_module(module), name)
        return factory

    def make(self, page: Page) -> tuple[Part, PanelController]:
        """Make the panel."""
        controller = self.load()(page)
        return Part(self.name, self.title, controller, self.place, self.open), controller
