"""What does another read model make of the same events at the same position?"""

import weakref

from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame, Grid
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
