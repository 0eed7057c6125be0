"""What does the table of a value's changes show in each cell?"""

from functools import lru_cache

from PySide6.QtCore import QObject

from explorer.desktop.tables.table_model import RIGHT, Cell, Head, Ink, TableModel
from explorer.language import grouped, later
from explorer.session.plaintext import visible
from explorer.session.reasons.why import WhyLines

POSITION, TIME, TYPE, FIELD, HOW, REASON = range(6)
TITLES = (later("Time"), later("Type"), later("Field"), later("How"), later("Reason"))
MOST_KEPT = 1_024  # rows


class WhyModel(TableModel):
    """The changes of a value, oldest first; each is told when it is painted."""

    HEADS = Head("#", RIGHT), *map(Head, TITLES)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: WhyLines | None = None
        self._position = 0
        self._row = lru_cache(MOST_KEPT)(self._made)

    def show_lines(self, lines: WhyLines | None) -> None:
        """List other changes."""
        with self.anew():
            self.lines = lines
            self.rows = 0 if lines is None else len(lines)
            self._row.cache_clear()

    def stand_at(self, position: int) -> None:
        """Grey the changes after `position`."""
        before, self._position = self.current_row(), position
        now = self.current_row()
        if now != before:
            rows = [-1 if row is None else row for row in (before, now)]
            self.redraw(min(rows) + 1, max(rows))

    def current_row(self) -> int | None:
        """Return the row of the change that the value on screen comes from."""
        return self.lines.last_by(self._position) if self.lines else None

    def cells(self, row: int) -> tuple[Cell, ...]:
        assert self.lines is not None
        return self._row(row, int(self.lines.positions[row]) > self._position)

    def _made(self, row: int, future: bool) -> tuple[Cell, ...]:
        assert self.lines is not None
        line = self.lines[row]
        ink: Ink | None = "future" if future else None
        how, reason = visible(line.explanation), visible(line.reason)
        return (
            Cell(grouped(line.position), ink or "muted", None, self.numbers, RIGHT),
            Cell(visible(line.at_text), ink or "muted", None, self.numbers),
            Cell(visible(line.type), ink),
            Cell(visible(line.field), ink),
            Cell(how, ink, None, self.numbers, tip=how),
            Cell(reason, ink or "muted", tip=reason),
        )
