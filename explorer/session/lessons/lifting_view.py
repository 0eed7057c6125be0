"""What did the event at the playhead say as it was written, and what does it say once it is lifted?"""

from explorer.language import grouped, tr
from explorer.session.changes.upcasts import Upcasts
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.plaintext import visible


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
