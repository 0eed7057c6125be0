"""Which branches of a log does a person keep, what came of each, and how do they look side by side?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from explorer.eventlog.event import SEAL
from explorer.history.edits import Edit
from explorer.history.rejections import Rejected, has_rules, rejected
from explorer.history.what_if import Branch
from explorer.language import grouped, tr
from explorer.sentences import translated
from explorer.session.changes.commanding import reason_text
from explorer.session.changes.kept_branches import NamedBranch
from explorer.session.document import Document
from explorer.session.exact_json import dumps
from explorer.session.plaintext import type_text, visible
from explorer.session.state.state_view import value_text
from explorer.session.warnings import LogWarning

type Report = Callable[[int, int], None]

MOST_ROWS = 2_000  # differences shown; a branch that changes more is looked at account by account
MOST_BRANCHES = 12


@dataclass(frozen=True)
class Worked:
    """What came of a branch.

    Attributes:
        named: Which.
        branch: It.
        rejected: What the rules would have rejected; None if none was tried, see `untried_text`.
        warnings: What one should know of the events that are new in it.
    """

    named: NamedBranch
    branch: Branch
    rejected: Sequence[Rejected] | None
    warnings: Sequence[LogWarning] = ()


@dataclass
class Branches:
    """The branches of one log, and which of them is in front. They are kept for each log, and in workspaces."""

    kept: list[NamedBranch] = field(default_factory=list)
    current: int = -1

    @property
    def front(self) -> NamedBranch | None:
        """The branch in front."""
        return self.kept[self.current] if 0 <= self.current < len(self.kept) else None

    def add(self) -> NamedBranch:
        """Begin another one, with a name that none has; in front from now on."""
        names = {each.name for each in self.kept}
        number = next(n for n in range(1, len(names) + 2) if tr("What if {n}").format(n=n) not in names)
        self.kept.append(NamedBranch(tr("What if {n}").format(n=number)))
        self.current = len(self.kept) - 1
        return self.kept[-1]

    def copy(self) -> None:
        """Begin another one that is like the one in front."""
        old = self.front
        made = self.add()
        if old is not None:
            self.kept[-1] = msgspec.structs.replace(made, edits=old.edits)

    def put(self, changed: NamedBranch) -> None:
        """Let the branch in front be another one; the first is begun by that."""
        if self.front is None:
            self.kept.append(changed)
            self.current = len(self.kept) - 1
        else:
            self.kept[self.current] = changed

    def take(self, more: Sequence[NamedBranch], current: int) -> None:
        """Add branches from elsewhere to those that are there; which of them is in front comes to the front."""
        self.kept += [each for each in more if each not in self.kept]
        if 0 <= current < len(more):
            self.current = self.kept.index(more[current])

    def remove(self) -> None:
        """Forget the branch in front."""
        if self.front is not None:
            del self.kept[self.current]
            self.current = min(self.current, len(self.kept) - 1)


def work_out(document: Document, named: NamedBranch, report: Report | None = None) -> Worked:
    """Fold what is touched and try the rules. Slow for accounts with very many events.

    Raises:
        EditError: An edit makes no sense.
    """
    branch = Branch(document.history, document.read_model, named.edits)
    for number, entity in enumerate(branch.touched):
        if report is not None:
            report(number, len(branch.touched))
        branch.row(entity, len(branch))
    return Worked(named, branch, rejected(branch, report), branch_warnings(branch))


def branch_warnings(branch: Branch) -> list[LogWarning]:
    """What one should know of the events that are new in a branch, each by itself."""
    text = tr("Event {position:,} of the branch, which is not in the log: {reason}.")
    return [
        LogWarning(
            kind, 1, position, None, text.format(position=position, reason=visible(translated(reason), 200))
        )
        for kind, position, reason in branch.oddities()
    ]


def side_by_side(worked: Sequence[Worked], position: int) -> list[list[str]]:
    """What differs at a position of the log: entity, field, in the log, and in each branch; as text.

    A cell of a branch in which the value is as in the log is empty.
    """
    in_log: dict[tuple[str, str], object] = {}
    values: list[dict[tuple[str, str], object]] = []
    for each in worked:
        own: dict[tuple[str, str], object] = {}
        for entity in each.branch.differences(position, each.branch.position_beside(position)):
            for one in entity.telling:
                place = entity.entity, one.field.name
                in_log[place], own[place] = one.before, one.after
        values.append(own)
    return [
        [
            visible(place[0], 60),
            visible(place[1], 60),
            value_text(before),
            *(value_text(own[place]) or "–" if place in own else "" for own in values),
        ]
        for place, before in list(in_log.items())[:MOST_ROWS]
    ]


def edit_rows(document: Document, edits: Sequence[Edit]) -> Iterator[list[str]]:
    """Each edit as text: a sign, which event, and what of it."""
    for edit in edits:
        history = document.history
        inserted = edit.kind == "insert" and edit.position <= document.event_count + 1
        shown = history.inserted_before(edit.position) if inserted else edit.position
        last = shown > document.event_count
        if not inserted and not last:
            shown = history.position_of(shown)
        place = tr("end") if last else grouped(shown)
        if edit.kind == "insert":
            text = visible(" ".join(edit.text.split()), 160)
            said = tr("added at the end: {event}") if last else tr("before it: {event}")
            yield ["+", place, said.format(event=text)]
            continue
        if last:
            yield [
                "−" if edit.kind == "skip" else "~",
                grouped(edit.position),
                tr("the log has no such event now"),
            ]
            continue
        event = document.recorded_event(edit.position)
        kind = type_text(event.type, 60)
        if edit.kind == "skip":
            yield ["−", place, tr("{type} is skipped").format(type=kind)]
        else:
            text = visible(" ".join(edit.text.split()), 160)
            yield ["~", place, tr("{type} is: {event}").format(type=kind, event=text)]


def untried_text(document: Document) -> str:
    """Why no rule was tried in a branch of this log."""
    if has_rules(document.read_model):
        return tr("No rule was tried: what differs does nothing to any {noun}.").format(
            noun=visible(document.noun, 40)
        )
    return tr("No rule was tried: none is known for the read model “{name}”.").format(
        name=visible(document.projection_name, 60)
    )


def rejected_rows(document: Document, found: Sequence[Rejected] | None) -> list[list[str]]:
    """Each event that the rules would have rejected, as text; or why there are none."""
    if found is None:
        return [["", "", "", untried_text(document)]]
    history = document.history
    return [
        [
            tr("new") if each.log_position is None else grouped(history.position_of(each.log_position)),
            visible(each.event.at or "", 40),
            type_text(each.event.type, 60),
            reason_text(each.refused),
        ]
        for each in found[:MOST_ROWS]
    ]


def event_text(document: Document, position: int) -> str:
    """The event at a position as JSON that can be edited: all that the log says of it, on lines of its own."""
    record = document.event(position).record
    return dumps({name: value for name, value in record.items() if name != SEAL}, indent=2)
