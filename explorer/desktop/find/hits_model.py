"""In which intervals did a condition hold, as rows on screen?"""

from PySide6.QtCore import QObject

from explorer.desktop.tables.table_model import CENTRE, LEFT, MAX_ROWS, RIGHT, Cell, Ink, TableModel
from explorer.language import tr
from explorer.session.find.finding import DURATION, ENTITY, EVENTS, Hits, hit_titles

MARK = 0  # the column before those of the hits: whether it holds where one stands
NUMBERS = {EVENTS + 1, DURATION + 1}


class HitsModel(TableModel):
    """Holds no rows: it asks for the text of the cells that are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Hits | None = None
        self.brief = False  # there is room for the largest unit of a duration only
        self._position = 0

    def show_hits(self, hits: Hits | None) -> None:
        """List other intervals."""
        with self.anew():
            self.hits = hits
            self.rows = 0 if hits is None else min(len(hits), MAX_ROWS)

    def stand_at(self, position: int) -> None:
        """Mark what holds at `position`, grey what is still to come."""
        self._position = position
        self.redraw()

    def column_total(self) -> int:
        return DURATION + 2

    def head(self, column: int) -> Cell:
        if column == MARK:
            return Cell("", side=CENTRE)
        titles = [tr("account"), *hit_titles()] if self.hits is None else self.hits.columns
        return Cell(titles[column - 1].capitalize(), side=RIGHT if column in NUMBERS else LEFT)

    def cells(self, row: int) -> tuple[Cell, ...]:
        hits = self.hits
        assert hits is not None
        start, stop = hits.start(row), hits.stop(row)
        holds = start <= self._position and (stop is None or self._position < stop)
        future: Ink | None = "future" if start > self._position else None
        said = tr("holds here") if holds else tr("does not hold here")
        made = [Cell("▶" if holds else "", future or "accent", side=CENTRE, spoken=said)]
        for column in range(ENTITY + 1, DURATION + 2):
            text = hits.text(row, column - 1)
            font, side = self.numbers if column > ENTITY + 1 else None, RIGHT if column in NUMBERS else LEFT
            made.append(Cell(text, future, None, font, side))
        if self.brief:
            short = " ".join(text.split(" ")[:2])
            made[-1] = made[-1]._replace(text=short)
        made[-1] = made[-1]._replace(tip=text, spoken=text)
        return tuple(made)
