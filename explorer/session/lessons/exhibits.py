"""Which exhibits can a lesson show, and what do those that are small show?"""

import weakref

from explorer.language import grouped, tr
from explorer.projection.model import Recipe
from explorer.session.changes.upcasts import Upcasts
from explorer.session.document import Document
from explorer.session.lessons.frames import Exhibit, Frame, Grid
from explorer.session.lessons.lesson import Show
from explorer.session.lessons.mutable_row import MutableRow
from explorer.session.lessons.questions import ThreeQuestions
from explorer.session.lessons.snapshots import SnapshotReplay
from explorer.session.lessons.verdict import CommandExhibit
from explorer.session.options import OpenOptions
from explorer.session.plaintext import visible

_MOST_ROWS = 200
_MOST_COLUMNS = 8


class SecondModel:
    """The state of the same log by another read model."""

    forward_only = False

    def __init__(self, document: Document) -> None:
        self.document = document
        weakref.finalize(self, document.close)  # also where nobody waits for it any more
        self.title = visible(document.projection_name, 80)

    def begin(self, position: int) -> None:
        """It keeps nothing."""

    def close(self) -> None:
        """Let go of the log."""
        self.document.close()

    def frame(self, position: int) -> Frame:
        """Its table; the cells that the event at `position` changed are marked."""
        view = self.document.state(min(position, self.document.event_count))
        columns = range(min(len(view.columns), _MOST_COLUMNS))
        shown = range(min(view.row_count, _MOST_ROWS))
        rows = tuple(tuple(view.text(row, column) for column in columns) for row in shown)
        marked = frozenset(
            (row, column)
            for row in shown
            if view.change(row)
            for column in columns
            if (view.changed(row, column) if column else view.change(row) == "added")
        )
        grid = Grid(
            "",
            tuple(view.columns[column] for column in columns),
            rows,
            marked,
            frozenset(column for column in columns if view.is_number(column)),
        )
        more = view.row_count - len(rows)
        notes = (tr("… and {count} more rows").format(count=grouped(more)),) if more else ()
        return Frame(grids=(grid,), notes=notes)


class UpcastExhibit:
    """An event at each of its schema versions, side by side; what a step changed is marked."""

    forward_only = False

    def __init__(self, document: Document) -> None:
        self.title = tr("The event as it was written, and as it is read today")
        self._upcasts = Upcasts(document)

    def begin(self, position: int) -> None:
        """It keeps nothing."""

    def close(self) -> None:
        """Let go of what lifts."""
        self._upcasts.close()

    def frame(self, position: int) -> Frame:
        """The event at `position`, member by member; and how many events of each version the log has."""
        found = self._upcasts.of(position)
        grids = []
        said = tr("There is no event before the first one.") if position < 1 else ""
        if found is not None:
            versions = tuple(tr("version {number}").format(number=number) for number in found.versions)
            rows = tuple(
                (
                    visible(row.path),
                    *(_cell(value, mark) for value, mark in zip(row.values, row.marks, strict=True)),
                )
                for row in found.rows
            )
            marked = frozenset(
                (at, column + 1)
                for at, row in enumerate(found.rows)
                for column, mark in enumerate(row.marks)
                if mark
            )
            grids.append(Grid(tr("The event"), (tr("member"), *versions), rows, marked))
            said = found.said
        counts = tuple(
            (visible(each.type), str(each.version), grouped(each.events), str(each.reached))
            for each in self._upcasts.schemas()
        )
        columns = (tr("type"), tr("version"), tr("events"), tr("lifted to"))
        grids.append(Grid(tr("Versions in the log"), columns, counts, numbers=frozenset({1, 2, 3})))
        return Frame(grids=tuple(grids), notes=(said,) if said else ())


def _cell(value: str | None, mark: str) -> str:
    text = "" if value is None else visible(value)
    return f"{mark} {text}".strip() if mark else text


def exhibit(show: Show, document: Document, recipe: Recipe, second: Recipe | None) -> Exhibit | None:
    """Make it; None for a read model that nobody has written yet. May read the log anew: slow for a large one.

    Args:
        show: What is asked for.
        document: The log on the page.
        recipe: Its read model.
        second: The read model of a second table.

    Raises:
        LogError: The log cannot be read by the second read model.
    """
    match show.kind:
        case "row":
            return MutableRow(document, show.entity)
        case "questions":
            return ThreeQuestions(document, show.entity, show.field, show.point)
        case "snapshots":
            return SnapshotReplay(document, recipe, show.every)
        case "command":
            return CommandExhibit(document, show)
        case "upcast":
            return UpcastExhibit(document)
        case "read-model" | "own-model":
            if second is None or document.path is None:
                return None
            options = OpenOptions(fields=document.fields, projection=second)
            other = Document.open(document.path, options)
            other.set_order(document.order)  # else the same position would be another moment
            return SecondModel(other)
