"""What do the tables of upcasting hold: the members of one event at each version, and the versions in the log?"""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from explorer.desktop.tables.table_model import CENTRE, RIGHT, Cell, Ground, Head, Ink, TableModel
from explorer.language import grouped, later, tr
from explorer.session.changes.upcasts import Schema, Upcast
from explorer.session.plaintext import visible

MARK, PATH = 0, 1
TYPE, VERSION, EVENTS, REACHED, NOTE = range(5)
COLOURS: dict[str, tuple[Ink | None, Ground | None]] = {
    "": (None, None),
    "+": ("added", "added_soft"),
    "−": ("warning", "warning_soft"),
    "~": ("changed", "changed_soft"),
}


class UpcastModel(TableModel):
    """A row for each member of the data, a column for each version; what a step changed is marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.upcast: Upcast | None = None

    def show_upcast(self, upcast: Upcast | None) -> None:
        """Show another event."""
        with self.anew():
            self.upcast = upcast
            self.rows = 0 if upcast is None else len(upcast.rows)

    def column_total(self) -> int:
        return 2 + (len(self.upcast.versions) if self.upcast is not None else 0)

    def head(self, column: int) -> Cell:
        if self.upcast is None or column == MARK:
            return Cell("")
        if column == PATH:
            return Cell(tr("Member"))
        said = tr("As written (version {version})") if column == 2 else tr("Version {version}")
        return Cell(said.format(version=self.upcast.versions[column - 2]))

    def cells(self, row: int) -> tuple[Cell, ...]:
        assert self.upcast is not None
        shown = self.upcast.rows[row]
        marks = "".join(dict.fromkeys(each for each in shown.marks if each))
        made = [Cell(marks, side=CENTRE), Cell(visible(shown.path))]
        for mark, value in zip(shown.marks, shown.values, strict=True):
            text = f"{mark} {'' if value is None else visible(value)}".strip()
            made.append(Cell(text, *COLOURS[mark], self.numbers))
        return tuple(made)


class SchemasModel(TableModel):
    """A row for each version of each type that is in the log."""

    HEADS = (
        Head(later("Type")),
        Head(later("Version"), RIGHT),
        Head(later("Events"), RIGHT),
        Head(later("Becomes"), RIGHT),
        Head(),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.schemas: Sequence[Schema] = ()

    def show_schemas(self, schemas: Sequence[Schema]) -> None:
        """Show those of another log."""
        with self.anew():
            self.schemas, self.rows = schemas, len(schemas)

    def cells(self, row: int) -> tuple[Cell, ...]:
        schema = self.schemas[row]
        reached = str(schema.reached) if schema.reached != schema.version else "="
        numbers = str(schema.version), grouped(schema.events), reached
        return (
            Cell(visible(schema.type)),
            *(Cell(text, font=self.numbers, side=RIGHT) for text in numbers),
            Cell("" if schema.covered else tr("! no chain covers it"), "warning"),
        )
