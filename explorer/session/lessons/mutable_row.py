"""What does a row that is updated in place hold, and what do it and a log answer to three questions about the past?

The row is a real one: an SQLite table in memory, and each event that changes the account is an `UPDATE`
that is really run. What it overwrites is gone, so the row cannot follow the playhead back.
"""

import sqlite3
import weakref

from explorer.history.changes import Change
from explorer.history.explain import difference, shown, signed
from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.events.envelope import reason_of
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.places.points import as_of
from explorer.session.plaintext import visible

_HIDDEN = ("version",)  # counts events: a row that knew how many there were would not be an ordinary one
_SHOWN = 3  # of the statements run last


class MutableRow:
    """One account as a row of an ordinary table."""

    forward_only = True

    def __init__(self, document: Document, entity: str, *, statements: bool = True) -> None:
        self._told = _SHOWN if statements else 0
        self.title = tr("The same account as a row that is overwritten")
        self._document = document
        self._entity = entity
        fields = [
            each.name for each in document.history.fields if not each.hidden and each.name not in _HIDDEN
        ]
        self.columns = [document.noun, *fields]
        self._positions: list[int] = document.history.positions_of(entity).tolist()
        self._database = sqlite3.connect(
            ":memory:", check_same_thread=False
        )  # made on a worker, used by the window
        weakref.finalize(self, self._database.close)  # also where nobody waits for it any more
        self.begin(0)

    def begin(self, position: int) -> None:
        """Make the table anew, and let the first `position` events happen to it."""
        self._high = 0
        self._overwritten = 0
        self._statements: list[str] = []
        self._changed: set[int] = set()
        names = ", ".join(_name(column) for column in self.columns)
        self._database.executescript(f"DROP TABLE IF EXISTS account; CREATE TABLE account ({names})")
        self._advance(position)

    def close(self) -> None:
        """Let go of the table."""
        self._database.close()

    def row(self) -> tuple[str, ...] | None:
        """What the table holds now, asked of the table."""
        query = f"SELECT * FROM account WHERE {_name(self.columns[0])} = ?"  # noqa: S608 - names are quoted
        found = self._database.execute(query, (self._entity,)).fetchone()
        return None if found is None else tuple(str(value) for value in found)

    @property
    def overwritten(self) -> int:
        """How many values the updates have destroyed."""
        return self._overwritten

    def frame(self, position: int) -> Frame:
        """The row after every event up to `position` or beyond: it never goes back."""
        if position > self._high:
            self._advance(position)
        row = self.row()
        rows = () if row is None else (tuple(visible(value) for value in row),)
        grid = Grid(
            tr("Table account"),
            tuple(visible(name) for name in self.columns),
            rows,
            frozenset((0, column) for column in self._changed) if rows else frozenset(),
        )
        notes = []
        if position < self._high:
            notes.append(
                tr(
                    "The log stands at {position}, the row stays as event {high} left it: what an UPDATE overwrote "
                    "cannot be had back."
                ).format(position=grouped(position), high=grouped(self._high))
            )
        if self._overwritten == 1:
            notes.append(tr("1 value has been overwritten and is gone."))
        elif self._overwritten:
            notes.append(
                tr("{count} values have been overwritten and are gone.").format(count=self._overwritten)
            )
        if row is None:
            notes.append(tr("There is no such row yet."))
        return Frame(
            code=tuple(self._statements[-self._told :] if self._told else ()),
            grids=(grid,),
            notes=tuple(notes),
        )

    def _advance(self, position: int) -> None:
        for at in self._positions:
            if self._high < at <= position:
                self._apply(at)
        self._high = position

    def _apply(self, position: int) -> None:
        """Do to the row what the event at `position` did to the account."""
        view = self._document.state(position)
        at = view.row_of(self._entity)
        if at is None:
            return
        cells = {name: view.text(at, column) for column, name in enumerate(view.columns)}
        values = {name: cells[visible(name)] for name in self.columns[1:]}
        key = _name(self.columns[0])
        if self.row() is None:
            row = {self.columns[0]: self._entity, **values}
            names, marks = ", ".join(map(_name, row)), ", ".join("?" * len(row))
            self._database.execute(f"INSERT INTO account ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
            said = ", ".join(_quoted(value) for value in row.values())
            self._statements.append(f"INSERT INTO account VALUES ({said})")  # noqa: S608 - shown, not run
            self._changed = set(range(len(row)))
            return
        now = dict(zip(self.columns, self.row() or (), strict=True))
        values = {name: value for name, value in values.items() if now[name] != value}
        self._changed = {self.columns.index(name) for name in values}
        if not values:
            return
        sets = ", ".join(f"{_name(name)} = ?" for name in values)
        self._database.execute(
            f"UPDATE account SET {sets} WHERE {key} = ?",  # noqa: S608 - names are quoted, values are parameters
            [*values.values(), self._entity],
        )
        self._overwritten += len(values)
        said = ", ".join(f"{visible(name)} = {_quoted(value)}" for name, value in values.items())
        owner = _quoted(self._entity)
        where = f"{visible(self.columns[0])} = {owner}"
        self._statements.append(f"UPDATE account SET {said} WHERE {where}")  # noqa: S608 - shown, not run


def _name(column: str) -> str:
    """A column's name as SQL quotes it."""
    doubled = column.replace('"', '""')
    return f'"{doubled}"'


def _quoted(value: str) -> str:
    """A value as a person reads it in a statement; the statement that is run takes it as a parameter."""
    number = value.replace("\N{MINUS SIGN}", "-")
    plain = number.removeprefix("-").replace(".", "", 1).isdecimal()
    doubled = visible(value).replace("'", "''")
    return number if plain else f"'{doubled}'"


_TOLD = 12  # changes that are told one by one


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
                tr("I cannot know: no column says so."),
                self._when_and_why(changes) or tr("Nothing has happened to it yet."),
            ),
            (
                tr("What was it {when}?").format(when=self._point),
                tr("I cannot know: it was overwritten."),
                self._then_text(position),
            ),
        )
        return Frame(grids=(Grid("", (tr("Question"), tr("The row"), tr("The log")), rows),))

    def _row_says(self) -> str:
        row = self._row.row()
        if row is None:
            return tr("There is no such row yet.")
        value = visible(row[self._row.columns.index(self._field)])
        return tr("It is {value}. How, I cannot know.").format(value=value)

    def _moves(self, changes: list[Change]) -> str:
        steps = [difference(change.before, change.after) for change in changes]
        if not changes or any(step is None for step in steps):
            return ", ".join(visible(shown(change.after)) for change in changes[-_TOLD:])
        last = visible(self._document_value(changes[-1].position))
        moves = " ".join(signed(step) for step in steps[-_TOLD:] if step is not None)
        return f"{'… ' if len(steps) > _TOLD else ''}{moves} = {last}"

    def _when_and_why(self, changes: list[Change]) -> str:
        lines = []
        told = [(change, self._document.event(change.position)) for change in changes[-_TOLD:]]
        same_year = len({(event.at or "")[:4] for _, event in told}) == 1
        for change, event in told:
            step = difference(change.before, change.after)
            moved = visible(shown(change.after)) if step is None else signed(step)
            why = visible(reason_of(event) or event.type or "", 60)
            day = (event.at or "")[5 if same_year else 0 : 10]
            lines.append(f"{visible(day)}  {moved}  {why}")
        if (earlier := len(changes) - len(lines)) > 0:
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
