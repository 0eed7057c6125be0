"""What is a piece of a slide: a widget that says how high it must be, or several that belong together?"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from explorer.desktop.lessons.fitting import Placed

TOGETHER_PX = 5  # between two parts of an exhibit
STATEMENT_PX, MOST_WORDS = 320, 60


@dataclass(frozen=True)
class WidgetPiece:
    """A widget as a piece of a slide."""

    name: str
    widget: QWidget
    high: Callable[[int], int]
    narrow: Callable[[], int]

    def height(self, width: int) -> int:
        """How high it must be."""
        return self.high(width)

    def least_width(self) -> int:
        """How narrow it may become."""
        return self.narrow()


@dataclass(frozen=True)
class Bundle:
    """Pieces that belong together, one under the other."""

    parts: Sequence[WidgetPiece]

    def height(self, width: int) -> int:
        """How high all of them are."""
        return sum(part.height(width) for part in self.parts) + TOGETHER_PX * (len(self.parts) - 1)

    def least_width(self) -> int:
        """As the widest."""
        return max(part.least_width() for part in self.parts)

    def placed(self, place: Placed) -> Iterator[Placed]:
        """Each of them in its place."""
        top = place.top
        for part in self.parts:
            high = part.height(place.width)
            yield Placed(part, place.left, top, place.width, high)
            top += high + TOGETHER_PX


def breakable(text: str) -> str:
    """A record without spaces may be broken after a comma, a colon or a bracket, and nowhere is that seen."""
    return re.sub(r"([,:{\[(=])(?=\S)", "\\1\u200b", text)


def label_piece(name: str, label: QLabel) -> WidgetPiece:
    """A label as a piece; the text and the font that it has now."""
    text, metrics = label.text(), QFontMetrics(label.font())
    if label.property("role") == "statement":  # it may be broken anywhere, and reads badly where it is narrow
        least = STATEMENT_PX
    else:
        least = max((metrics.horizontalAdvance(word) for word in text.split()[:MOST_WORDS]), default=0) + 24
    return WidgetPiece(name, label, cache(label.heightForWidth), lambda: least)


def button_piece(button: QWidget) -> WidgetPiece:
    """A button as a piece."""
    size = button.sizeHint()
    return WidgetPiece("button", button, lambda _width: size.height(), size.width)


def layout_height(widget: QWidget) -> Callable[[int], int]:
    """How high a widget with a layout must be at a width."""

    def high(width: int) -> int:
        layout = widget.layout()
        if layout is None:
            return widget.sizeHint().height()
        layout.activate()
        return (
            layout.totalHeightForWidth(width)
            if layout.hasHeightForWidth()
            else layout.totalSizeHint().height()
        )

    return high
