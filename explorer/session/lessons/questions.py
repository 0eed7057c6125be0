"""What do a row and a log answer to the three questions that only history can answer?"""

from explorer.history.changes import Change
from explorer.history.explain import difference, shown, signed
from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.lessons.mutable_row import MutableRow
from explorer.session.places.points import as_of
from explorer.session.plaintext import visible

_TOLD = 8  # changes that are told one by one
_REASONS = 4  # … with their reasons


class ThreeQuestions:
    """How did it come to this? When and why did each change happen? What was it then?

    The row is asked by SQL, the log by replaying it.
    """

    forward_only = True

    def __init__(self, document: Document, entity: str, field: str, point: str) -> None:
        self.title = tr("Three questions to a row and to a log")
        self._document = document
        self._entity = entity
        self._field = field
        self._point = point
        self._then = as_of(document.history, point)
        self._row = MutableRow(document, entity)

    def begin(self, position: int) -> None:
        """Let the row begin anew."""
        self._row.begin(position)

    def close(self) -> None:
        """Let go of the row."""
        self._row.close()

    def frame(self, position: int) -> Frame:
        """Both sets of answers once the first `position` events have happened."""
        self._row.frame(position)
        field = visible(self._field)
        changes = self._document.history.changes_of(self._entity, self._field, position)
        told = self._moves(changes)
        rows = (
            (
                tr("How did the {field} reach this value?").format(field=field),
                self._row_says(),
                told or tr("Nothing has happened to it yet."),
            ),
            (
                tr("When and why did each change happen?"),
                tr("No column says so."),
                self._when_and_why(changes) or tr("Nothing has happened to it yet."),
            ),
            (
                tr("What was it {when}?").format(when=self._point),
                tr("It was overwritten."),
                self._then_text(position),
            ),
        )
        return Frame(grids=(Grid("", (tr("Question"), tr("The row"), tr("The log")), rows),))

    def _row_says(self) -> str:
        row = self._row.row()
        if row is None:
            return tr("There is no such row yet.")
        value = visible(row[self._row.columns.index(self._field)])
        return tr("It is {value}. That is all it knows.").format(value=value)

    def _moves(self, changes: list[Change]) -> str:
        steps = [difference(change.before, change.after) for change in changes]
        if not changes or any(step is None for step in steps):
            return ", ".join(visible(shown(change.after)) for change in changes[-_TOLD:])
        last = visible(self._document_value(changes[-1].position))
        moves = " ".join(signed(step) for step in steps[-_TOLD:] if step is not None)
        return f"{'… ' if len(steps) > _TOLD else ''}{moves} = {last}"

    def _when_and_why(self, changes: list[Change]) -> str:
        lines = []
        for change in changes[-_REASONS:]:
            event = self._document.event(change.position)
            reason = event.metadata.get("reason") or event.data.get("reason")
            day = (event.at or "")[:10]
            why = f" ({visible(reason, 80)})" if isinstance(reason, str) else ""
            lines.append(f"{visible(day)}  {visible(event.type, 60)}{why}")
        earlier = len(changes) - len(lines)
        if earlier:
            lines.insert(0, tr("{count} earlier ones, and").format(count=earlier))
        return "\n".join(lines)

    def _then_text(self, position: int) -> str:
        if self._then > position:
            return tr("That is still to come.")
        value = self._document_value(self._then)
        at = tr("event {position}").format(position=grouped(self._then))
        return f"{value or tr('nothing yet')}  ({at})"

    def _document_value(self, position: int) -> str:
        view = self._document.state(position)
        row = view.row_of(self._entity)
        return "" if row is None else view.text(row, view.columns.index(visible(self._field)))
