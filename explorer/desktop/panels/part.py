"""What is a panel of an open log's page, and how does one come into it?

To add a panel: write `def part(page: Page) -> Part` beside its widget (with a Protocol `Page` that says what of
LogPage it needs, as in comparing.py) and put that function into PARTS in `page_parts.py`: that one line is all.
LogPage then makes the dock, the tab, the toggle in View › Panels and the place in saved layouts, calls `wire` once
all panels are made, `show_document` for each log (None lets go), and `stand_at` only while the panel can be seen
and once when it comes to be seen. `page.panels.bring_up("name")` shows it, `.in_front("name")` says if it is seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtWidgets import QWidget

from explorer.session.document import Document

# upper left, lower left, upper right, lower right
type Place = Literal["state", "answers", "events", "event"]


def _nothing() -> None:
    pass


def _no_document(_document: Document | None) -> None:
    pass


def _no_position(_position: int) -> None:
    pass


@dataclass(frozen=True)
class Part:
    """One panel. Further parts of a place are tabs behind its first.

    Attributes:
        name: How layouts and code know it; never changes.
        title: In English, as `later("…")`; translated where it is shown.
        widget: What it shows.
        place: Where it is unless the person has moved it.
        wire: Connects it to other parts; all are made by then.
        show_document: Another log is open, or none.
        stand_at: The person stands at a position; called only while the panel can be seen.
        open: Whether it is there unless the person has closed or opened it.
    """

    name: str
    title: str
    widget: QWidget
    place: Place = "answers"
    wire: Callable[[], None] = _nothing
    show_document: Callable[[Document | None], None] = _no_document
    stand_at: Callable[[int], None] = _no_position
    open: bool = True


class Keeper(Protocol):
    """Who looks after one panel: connects it, and tells it of logs and positions."""

    def wire(self) -> None: ...
    def show_document(self, document: Document | None) -> None: ...
    def stand_at(self, position: int) -> None: ...


def part_of(
    keeper: Keeper, name: str, title: str, widget: QWidget, place: Place = "answers", *, is_open: bool = True
) -> Part:
    """The panel that one object looks after altogether."""
    return Part(name, title, widget, place, keeper.wire, keeper.show_document, keeper.stand_at, is_open)
