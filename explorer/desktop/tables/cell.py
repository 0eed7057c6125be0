"""What does one cell of a table look like, but for being chosen?"""

from typing import NamedTuple, Protocol

from PySide6.QtCore import QAbstractTableModel, QRect, Qt
from PySide6.QtGui import QBrush, QFont, QIcon, QPainter

BESIDE_ROLE = Qt.ItemDataRole.UserRole + 1  # a short text in paler letters before the cell's own, or ""
LEFT, RIGHT, CENTRE = 0, 1, 2


class Drawn(Protocol):
    """A small picture with room of its own, at the left of a cell."""

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Draw it into the cell `rect`."""


class Cell(NamedTuple):
    """A text with its looks. Colours are brushes, or names such as "#1b2430", which are quicker to compare."""

    text: str
    ink: QBrush | str | None = None
    ground: QBrush | str | None = None
    font: QFont | None = None
    side: int = LEFT
    beside: str = ""
    picture: QIcon | None = None
    drawn: Drawn | None = None
    drawn_px: int = 0  # how wide that is


class Rows(Protocol):
    """A model that can tell a whole row at once."""

    def cells(self, row: int) -> tuple[Cell, ...]:
        """What is in each column of `row`."""


def cells_of(model: QAbstractTableModel, row: int) -> tuple[Cell, ...]:
    """Ask any model for a whole row, as quickly as it can tell."""
    tell = getattr(model, "cells", None)
    if tell is not None:
        found: tuple[Cell, ...] = tell(row)
        return found
    return tuple(asked(model, row, column) for column in range(model.columnCount()))


def asked(model: QAbstractTableModel, row: int, column: int) -> Cell:
    """Ask for each side of a cell by itself."""
    role, data = Qt.ItemDataRole, model.data
    index = model.createIndex(row, column)
    text = data(index, role.DisplayRole)
    return Cell(
        "" if text is None else str(text),
        data(index, role.ForegroundRole),
        data(index, role.BackgroundRole),
        data(index, role.FontRole),
        _side(data(index, role.TextAlignmentRole)),
        data(index, BESIDE_ROLE) or "",
        data(index, role.DecorationRole),
    )


def _side(alignment: object) -> int:
    flags = int(alignment) if isinstance(alignment, int) else getattr(alignment, "value", 0)
    return RIGHT if flags & 2 else CENTRE if flags & 4 else LEFT
