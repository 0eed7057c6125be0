"""Which exhibits can a lesson show, and what do those that are small show?"""

import weakref
from bisect import bisect_right

from explorer.domain.account import Bank
from explorer.domain.account import evolve as bank_after
from explorer.domain.rules import Fact, Rejection, decide
from explorer.eventlog.event import Event
from explorer.history.explain import shown
from explorer.language import grouped, tr
from explorer.projection.choose import choose
from explorer.projection.exact import plain
from explorer.projection.fold import FoldedState, evolve
from explorer.projection.model import Recipe
from explorer.session.changes.upcasts import Upcasts
from explorer.session.document import Document
from explorer.session.lessons.board import WrittenBoard
from explorer.session.lessons.directives import command_of
from explorer.session.lessons.frames import Exhibit, Frame, Grid, Strip
from explorer.session.lessons.lesson import Show
from explorer.session.lessons.mutable_row import MutableRow, ThreeQuestions
from explorer.session.options import OpenOptions
from explorer.session.plaintext import visible


def bank_at(document: Document, position: int) -> Bank:
    """What the rules know once the first `position` events have happened."""
    bank: Bank = {}
    for at in range(1, position + 1):
        bank = bank_after(bank, document.event(at))
    return bank


class CommandExhibit:
    """A command, given at the playhead: accepted or rejected, and what would follow. Nothing is written."""

    forward_only = False

    def __init__(self, document: Document, show: Show) -> None:
        self.title = tr("A command, and what the rules say to it here")
        self._document = document
        self._command = command_of(show)
        self._said = " ".join([show.name, show.entity, *(f"{name}={value}" for name, value in show.fields)])
        self._accounts = [show.entity, *(value for name, value in show.fields if name == "to")]

    def begin(self, position: int) -> None:
        """It keeps nothing."""

    def close(self) -> None:
        """It holds nothing open."""

    def decision(self, position: int) -> tuple[Fact, ...] | Rejection:
        """What the rules say at `position`."""
        return decide(bank_at(self._document, position), self._command)

    def accepted(self) -> list[int]:
        """Every position at which the rules accept it, ascending; each event is folded once."""
        bank: Bank = {}
        found = []
        for at in range(self._document.event_count + 1):
            bank = bank_after(bank, self._document.event(at)) if at else bank
            if not isinstance(decide(bank, self._command), Rejection):
                found.append(at)
        return found

    def frame(self, position: int) -> Frame:
        """What the rules know of the accounts, and what they decide."""
        bank = bank_at(self._document, position)
        rows = []
        for name in self._accounts:
            account = bank.get(name)
            if account is None:
                rows.append((visible(name), tr("none"), ""))
                continue
            held = ", ".join(
                f"{plain(amount)} {unit or ''}".strip() for unit, amount in account.balances.items()
            )
            rows.append((visible(name), visible(account.status or tr("none")), held or "0"))
        grid = Grid(
            tr("What the rules know"),
            (tr("account"), tr("status"), tr("balance")),
            tuple(rows),
            numbers=frozenset({2}),
        )
        decision = decide(bank, self._command)
        if isinstance(decision, Rejection):
            notes = (
                tr("✗ Rejected: {reason}.").format(reason=visible(decision.reason)),
                tr("No event is written."),
            )
            return Frame(code=(visible(self._said),), grids=(grid,), notes=notes, good=False)
        accepted = tr("✓ Accepted. This would be appended:")
        told = (accepted, *(_fact_text(fact) for fact in decision))
        return Frame(code=(visible(self._said),), grids=(grid,), notes=told, good=True)


def _fact_text(fact: Fact) -> str:
    members = ", ".join(f"{name} {shown(value)}" for name, value in fact.data.items())
    return visible(f"{fact.type}: {members}")


MOST_EVENTS = 2_000  # replayed one by one in each frame of a drag


class CountingFold:
    """The plain fold, which counts how often it is called."""

    def __init__(self, document: Document, recipe: Recipe) -> None:
        self.events: list[Event] = [document.event(at) for at in range(1, document.event_count + 1)]
        self._model = choose(recipe, self.events[:1_000], document.fields)
        self.calls = 0

    def replay(self, state: FoldedState, start: int, stop: int) -> FoldedState:
        """`state` after the events from `start` up to before `stop`."""
        for event in self.events[start:stop]:
            state = evolve(self._model, state, event)
            self.calls += 1
        return state


class SnapshotReplay:
    """Two replays of the same jump: from nothing, and from the nearest snapshot."""

    forward_only = False

    def __init__(self, document: Document, recipe: Recipe, every: int) -> None:
        self._fold = CountingFold(document, recipe)
        self._any = every <= len(self._fold.events)
        self.title = tr("A jump with snapshots and without") if self._any else tr("A jump, replayed")
        self._every = every
        self._snapshots: list[tuple[int, FoldedState]] = [(0, {})]
        state: FoldedState = {}
        for at in range(every, len(self._fold.events) + 1, every):
            state = self._fold.replay(state, at - every, at)
            self._snapshots.append((at, state))

    def begin(self, position: int) -> None:
        """It keeps nothing but its snapshots."""

    def close(self) -> None:
        """It holds nothing open."""

    def counts(self, position: int) -> tuple[int, int, bool]:
        """Events replayed without and with snapshots, and whether both came to the same state."""
        fold = self._fold
        before = fold.calls
        slow = fold.replay({}, 0, position)
        without = fold.calls - before
        start, kept = self._nearest(position)
        before = fold.calls
        quick = fold.replay(kept, start, position)
        return without, fold.calls - before, slow == quick

    def frame(self, position: int) -> Frame:
        """The two stretches that were replayed, to scale."""
        without, with_, same = self.counts(position)
        total = len(self._fold.events)
        if not self._any:  # there is nothing to compare it with
            return Frame(strips=(Strip(_events(tr("From the beginning"), without), 0, position, total),))
        start, _ = self._nearest(position)
        marks = tuple(at for at, _ in self._snapshots[1:])
        strips = (
            Strip(_events(tr("Without snapshots"), without), 0, position, total),
            Strip(
                _events(tr("A snapshot every {every}").format(every=grouped(self._every)), with_),
                start,
                position,
                total,
                marks,
            ),
        )
        verdict = tr("Both replays come to the same state.") if same else tr("The replays differ!")
        return Frame(strips=strips, notes=(verdict,))

    def _nearest(self, position: int) -> tuple[int, FoldedState]:
        return self._snapshots[bisect_right(self._snapshots, position, key=lambda kept: kept[0]) - 1]


def _events(what: str, count: int) -> str:
    said = (
        tr("1 event replayed") if count == 1 else tr("{count} events replayed").format(count=grouped(count))
    )
    return f"{what}: {said}"


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
        first = 1 if " / " in view.columns[0] else 0  # of several keys, each has a column of its own
        columns = range(first, min(len(view.columns), first + _MOST_COLUMNS))
        shown = range(min(view.row_count, _MOST_ROWS))
        rows = tuple(tuple(view.text(row, column) for column in columns) for row in shown)
        marked = frozenset(
            (row, column - first)
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
            frozenset(column - first for column in columns if view.is_number(column)),
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
        """The event at `position`, member by member."""
        found = self._upcasts.of(position)
        grids = []
        said = tr("There is no event before the first one.") if position < 1 else ""
        if found is not None:
            versions = tuple(tr("schema {number}").format(number=number) for number in found.versions)
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
            grids.append(Grid("", (tr("member"), *versions), rows, marked))
            said = found.said
        return Frame(grids=tuple(grids), notes=(said,) if said else ())


class SchemaVersions:
    """Which schema versions the events of a log are written in, and up to the playhead how many of each."""

    forward_only = False

    def __init__(self, document: Document) -> None:
        self.title = tr("In which schema version each event is written")
        self._upcasts = Upcasts(document)

    def begin(self, position: int) -> None:
        """It keeps nothing."""

    def close(self) -> None:
        """Let go of what lifts."""
        self._upcasts.close()

    def frame(self, _position: int) -> Frame:
        """A row for each type and version."""
        rows = tuple(
            (visible(each.type), str(each.version), grouped(each.events), str(each.reached))
            for each in self._upcasts.schemas()
        )
        columns = (tr("type"), tr("schema version"), tr("events"), tr("read as"))
        return Frame(grids=(Grid("", columns, rows, numbers=frozenset({1, 2, 3})),))


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
            return MutableRow(document, show.entity, statements=not show.raw)
        case "questions":
            return ThreeQuestions(document, show.entity, show.field, show.point)
        case "snapshots":
            return SnapshotReplay(document, recipe, show.every)
        case "command":
            return CommandExhibit(document, show)
        case "upcast":
            return UpcastExhibit(document)
        case "versions":
            return SchemaVersions(document)
        case "board":
            return WrittenBoard(document, show)
        case "read-model" | "own-model":
            if second is None or document.path is None:
                return None
            options = OpenOptions(fields=document.fields, projection=second)
            other = Document.open(document.path, options)
            other.set_order(document.order)  # else the same position would be another moment
            return SecondModel(other)
