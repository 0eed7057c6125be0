"""What came, went and changed between two points, as rows on screen?"""

from PySide6.QtCore import QObject

from explorer.desktop.tables.table_model import CENTRE, LEFT, MAX_ROWS, RIGHT, Cell, Ground, Ink, TableModel
from explorer.session.state.differences import AFTER, BEFORE, DIFFERENCE, SIGNS, Differences

MARK, ENTITY = 0, 1  # the mark stands before the columns of `Differences`
NUMBERS = {BEFORE + 1, AFTER + 1, DIFFERENCE + 1}
COLOURS: dict[str, tuple[Ink, Ground]] = {
    "added": ("added", "added_soft"),
    "removed": ("warning", "warning_soft"),
    "changed": ("changed", "changed_soft"),
}


class DiffModel(TableModel):
    """Holds no rows: it asks for the text of the cells that are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.differences: Differences | None = None

    def show_differences(self, found: Differences | None) -> None:
        """Show another comparison."""
        with self.anew():
            self.differences = found
            self.rows = 0 if found is None else min(len(found), MAX_ROWS)

    def column_total(self) -> int:
        return DIFFERENCE + 2

    def head(self, column: int) -> Cell:
        if column == MARK:
            return Cell("", side=CENTRE)
        found = self.differences
        columns = found.columns if found else ["account", "field", "before", "after", "difference"]
        return Cell(columns[column - 1].capitalize(), side=RIGHT if column in NUMBERS else LEFT)

    def cells(self, row: int) -> tuple[Cell, ...]:
        found = self.differences
        assert found is not None
        kind = found.kind(row)
        ink, ground = COLOURS[kind]
        inks: dict[int, Ink] = {BEFORE + 1: "muted", DIFFERENCE + 1: ink}
        made = [Cell(SIGNS[kind], ink, ground, self.numbers, CENTRE, spoken=kind)]
        for column in range(ENTITY, DIFFERENCE + 2):
            text = found.text(row, column - 1)
            shown = "" if column == ENTITY and not found.first_of_entity(row) else text
            font, side = (self.numbers, RIGHT) if column in NUMBERS else (None, LEFT)
            made.append(Cell(shown, inks.get(column), None, font, side, spoken=text))
        return tuple(made)
