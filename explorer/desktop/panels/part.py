"""What does the page of an open log know of one of its panels?"""

from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtWidgets import QWidget

from explorer.session.document import Document
from explorer.session.stand import Stand

# upper left, lower left, upper right, lower right
type Place = Literal["state", "answers", "events", "event"]


class Keeper(Protocol):
    """Who looks after one panel: connects it, and tells it of logs and positions. See `PanelController`."""

    @property
    def panel(self) -> QWidget:
        """What is shown."""

    def wire(self) -> None:
        """Connect it with others; all are made by now."""

    def show_document(self, document: Document | None) -> None:
        """Another log is open, or none."""

    def stand_at(self, stand: Stand) -> None:
        """The person stands at a position; called only while the panel can be seen."""


@dataclass(frozen=True)
class Part:
    """One panel. Further parts of a place are tabs behind its first.

    Attributes:
        name: How layouts and code know it; never changes.
        title: In English, as `later("…")`; translated where it is shown.
        keeper: Who looks after it.
        place: Where it is unless the person has moved it.
        open: Whether it is there unless the person has closed or opened it.
    """

    name: str
    title: str
    keeper: Keeper
    place: Place = "answers"
    open: bool = True

    @property
    def widget(self) -> QWidget:
        """What it shows."""
        return self.keeper.panel
