"""Which events belong together, and how does each look in the list?"""

from PySide6.QtCore import QObject

from explorer.desktop.tables.table_model import RIGHT, Cell, Head, Ink, TableModel
from explorer.language import grouped, later
from explorer.session.reasons.relatives import Together

POSITION, TIME, TYPE, ENTITY, SUMMARY = range(5)
TITLES = (later("Time"), later("Type"), later("Whose"), later("Data"))


class TogetherModel(TableModel):
    """The events of one correlation; each is read when it is painted."""

    HEADS = Head("#", RIGHT), *map(Head, TITLES)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events: Together | None = None
        self._position = 0

    def show_events(self, events: Together | None) -> None:
        """List other events."""
        with self.anew():
            self.events = events
            self.rows = 0 if events is None else len(events)

    def stand_at(self, position: int) -> None:
        """Mark the event at `position`, and grey what comes later."""
        self._position = position
        self.redraw()

    def cells(self, row: int) -> tuple[Cell, ...]:
        assert self.events is not None
        event, position = self.events[row], int(self.events.positions[row])
        now = position == self._position
        ink: Ink | None = "future" if position > self._position else None
        return (
            Cell(f"{'▶ ' if now else ''}{grouped(position)}", ink or "muted", None, self.numbers, RIGHT),
            Cell(event.at_text, ink or "muted", None, self.numbers),
            Cell(event.type, ink, None, self.bold if now else None),
            Cell(event.entity, ink),
            Cell(event.summary, ink),
        )
