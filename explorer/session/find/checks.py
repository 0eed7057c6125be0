"""Which conditions must always hold, and when was one broken?"""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.conditions import ConditionError, opposite
from explorer.history.ordering import occurring
from explorer.language import grouped, later, tr
from explorer.projection.upcasting import wording_of
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.find.finding import Hits, condition_of, search

MOST_CHECKS = 100
NO_RULE = later("No rule is looked at.")

type Int64s = npt.NDArray[np.int64]


class Check(msgspec.Struct, frozen=True):
    """An invariant: a condition over the state of each entity that must always hold.

    Attributes:
        name: What it is called.
        condition: In the notation of conditions. As in SQL, what has no value breaks no rule.
        on: Whether it is looked at.
    """

    name: str
    condition: str
    on: bool = True


class Checked(msgspec.Struct, frozen=True):
    """What came of one check.

    Attributes:
        check: Which.
        hits: The intervals in which it was broken; None if it was not looked at.
        problem: Why it cannot be looked at; empty if it can.
    """

    check: Check
    hits: Hits | None = None
    problem: str = ""


class Violations:
    """What came of all checks of one log."""

    def __init__(self, checked: Sequence[Checked]) -> None:
        self.checked = list(checked)
        starts = [each.hits.positions for each in checked if each.hits is not None and len(each.hits)]
        self.positions: Int64s = _together(starts)
        """(k,) where something was broken, ascending."""

    def broken_at(self, position: int) -> list[tuple[Check, int]]:
        """Which checks the state at `position` breaks, and for how many entities."""
        counts = ((each.check, each.hits.holding_at(position)) for each in self.checked if each.hits)
        return [(check, count) for check, count in counts if count]

    def text_at(self, position: int) -> str:
        """`broken here: No balance below zero (3)`; empty if nothing is."""
        broken = self.broken_at(position)
        if not broken:
            return ""
        names = ", ".join(f"{check.name} ({grouped(count)})" for check, count in broken)
        return tr("broken here: {names}").format(names=names)


def _together(starts: Sequence[Int64s]) -> Int64s:
    """All of some ascending positions, each once; where they are those of one check already, no other array."""
    if len(starts) == 1 and bool((starts[0][1:] > starts[0][:-1]).all()):
        return starts[0]
    return occurring(np.concatenate(starts)) if starts else np.zeros(0, np.int64)


def suggestions(document: Document) -> list[Check]:
    """What is worth checking in a log of this kind, unless somebody has said so already."""
    wording = wording_of(document.read_model)
    return [] if wording is None else [Check(tr(name), condition) for name, condition in wording.checks]


def run_checks(document: Document, checks: Sequence[Check], report: Callable[[int, int], None]) -> Violations:
    """Look at the whole history for each check that is on. Slow for a large log, and the first time in any."""
    import sqlglot  # noqa: F401 - here, beside the window, so that no window must wait for it later

    checked = []
    for check in checks:
        if not check.on:
            checked.append(Checked(check))
            continue
        try:
            rule = condition_of(document.history, document.noun, check.condition)
            checked.append(Checked(check, search(document, opposite(rule), report)))
        except ConditionError as error:
            checked.append(Checked(check, problem=in_words(error)))
    return Violations(checked)


def result_text(violations: Violations) -> str:
    """What came of all checks together; nothing is said to have held that was not looked at."""
    looked_at = [each for each in violations.checked if each.hits is not None]
    unusable = sum(bool(each.problem) for each in violations.checked)
    count = len(violations.positions)
    if not looked_at:
        said = tr(NO_RULE)
    elif count == 1:
        said = tr("broken at 1 position; F8 goes there")
    elif count:
        said = tr("broken at {count} positions; F8 goes to the next").format(count=grouped(count))
    else:
        said = tr("✓ Everything held, all of the time.")
    if unusable:
        left_out = tr("{count} of {all} checks cannot be looked at with this read model.")
        if looked_at and not count:
            said = tr("✓ What was looked at held.")
        said += " " + left_out.format(count=unusable, all=len(violations.checked))
    return said


def dumps(checks: Sequence[Check]) -> str:
    """The checks as text to keep."""
    return msgspec.json.encode(list(checks)).decode()


def loads(text: str) -> list[Check] | None:
    """The inverse of `written`; None for text that it is not."""
    try:
        return msgspec.json.decode(text, type=list[Check])[:MOST_CHECKS]
    except (msgspec.MsgspecError, UnicodeError):
        return None
