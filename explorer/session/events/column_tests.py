"""Which events pass a term that can be answered by a column: type, account, kind, time, position?"""

from collections.abc import Callable, Sequence

import numpy as np

from explorer.eventlog.names import Names
from explorer.eventlog.text_names import TextNames
from explorer.history.events import NO_TIME
from explorer.history.history import History
from explorer.history.kinds import entity_kinds
from explorer.history.passes import Flags, Int64s
from explorer.language import tr
from explorer.session.events.field_tests import name_needles, number_of, text_test
from explorer.session.events.filters import FilterError, Term
from explorer.session.places.dates import NamedTime, named
from explorer.session.places.points import without_times

TIMES = {"at", "time"}
POSITIONS = {"position", "#"}


def column_test(term: Term, history: History, noun: str) -> Callable[[], Flags] | None:
    """What gives (n,) which events, by their place in the log, pass `term`; None if that needs their content.

    Raises:
        FilterError: The field cannot be compared so.
    """
    assert term.field is not None
    name = term.field.casefold()
    if name in TIMES:
        return _times(term, history)
    if name in POSITIONS:
        return _positions(term, history)
    fields = history.log.fields
    kinds = name == "kind" and (fields.kind is not None or fields.form is not None)
    if not kinds and name not in {"type", "account", "entity", noun.casefold()}:
        return None
    if term.operator not in {":", "!="}:
        said = tr("“{field}” has no order: write {field}:value").format(field=term.field)
        raise FilterError(said, term.start, term.stop)
    fits = text_test(term)
    turned = term.negated is not (term.operator == "!=")
    if name == "type":
        return lambda: _coded(fits, history.events.type_names.values, history.events.types) ^ turned
    if kinds:
        return lambda: _of_kind(fits, history) ^ turned
    needles = name_needles(term)
    return lambda: _about(lambda names: _fitting(fits, names, needles), history) ^ turned


def _of_kind(fits: Callable[[str], bool], history: History) -> Flags:
    """(n,) which events name an entity of such a kind, or did something to one."""
    kinds = entity_kinds(history)
    if kinds is None:
        return np.zeros(len(history), np.bool_)
    fitting = np.array([*(fits(name) or fits(kinds.short(name)) for name in kinds.names), False], np.bool_)
    of_kind = fitting[kinds.of]

    def fitting_in(names: Names[str]) -> Flags:
        if names is history.entities:
            return of_kind
        own = set(history.entities.values_of(np.flatnonzero(of_kind)))
        return np.array([name in own for name in names], np.bool_)

    return _about(fitting_in, history)


def _coded(fits: Callable[[str], bool], names: Sequence[str], codes: Int64s) -> Flags:
    """(n,) of which events the name fits; a code of -1 has none."""
    fitting = np.array([*(fits(name) for name in names), False], np.bool_)
    found: Flags = fitting[codes]
    return found


def _fitting(fits: Callable[[str], bool], names: Names[str], needles: list[bytes] | None) -> Flags:
    """(names,) which of them fit; of very many only those are asked that hold one of `needles`, if that is known."""
    if needles is None or not isinstance(names, TextNames) or names.many is None:
        return np.array([fits(name) for name in names], np.bool_)
    found = np.zeros(len(names), np.bool_)
    near = names.many.holding(needles)
    found[near] = [fits(name) for name in names.values_of(near)]
    return found


def _about(fitting_in: Callable[[Names[str]], Flags], history: History) -> Flags:
    """(n,) which events name an entity that fits, or did something to one; a code of -1 has none."""
    named, every = history.events.entity_names, history.entities
    fitting = np.append(fitting_in(every), False)
    own = fitting if named is every else np.append(fitting_in(named), False)
    found: Flags = own[history.events.entities]
    touches = history.touches
    did = fitting[touches.slot_entity[touches.slots]] if len(touches.slots) else np.zeros(0, np.bool_)
    found[history.in_log(touches.moments[did]) - 1] = True
    return found


def _positions(term: Term, history: History) -> Callable[[], Flags]:
    wanted = [number_of(value, term) for value in term.values]
    limits = [int(limit) for limit in wanted]
    if limits != wanted:
        raise FilterError(tr("a position is a whole number"), term.start, term.stop)

    def test() -> Flags:
        places = history.in_order(np.arange(1, len(history) + 1))
        return _any([_compared(places, term.operator, limit) for limit in limits]) ^ term.negated

    return test


def _times(term: Term, history: History) -> Callable[[], Flags]:
    last = history.moment_ns(len(history)) or 0
    moments = [_moment(value, term, last) for value in term.values]
    if len(history) and not history.timed:
        raise FilterError(without_times(history.log), term.start, term.stop)

    def test() -> Flags:
        times = history.events.at_ns
        known = times != NO_TIME
        return _any([_timed(times, term.operator, moment) & known for moment in moments]) ^ term.negated

    return test


def _moment(value: object, term: Term, last_ns: int) -> NamedTime:
    found = named(value, last_ns, last_ns) if isinstance(value, str) else []
    if not found:
        said = tr("“{field}” is compared with a time such as 2026-01-31").format(field=term.field)
        raise FilterError(said, term.start, term.stop)
    if len(found) > 1:
        raise FilterError(tr("this can be two days: write it as 2026-01-31"), term.start, term.stop)
    return found[0]


def _timed(times: Int64s, operator: str, moment: NamedTime) -> Flags:
    """A day or a month is all of its time: `>` is after its end, `:` anywhere in it."""
    start, stop = moment.start_ns, max(moment.end_ns, moment.start_ns + 1)
    found: Flags
    match operator:
        case "<":
            found = times < start
        case "<=":
            found = times < stop
        case ">":
            found = times >= stop
        case ">=":
            found = times >= start
        case _:
            found = ((times >= start) & (times < stop)) ^ (operator == "!=")
    return found


def _compared(values: Int64s, operator: str, limit: int) -> Flags:
    found: Flags
    match operator:
        case "<":
            found = values < limit
        case "<=":
            found = values <= limit
        case ">":
            found = values > limit
        case ">=":
            found = values >= limit
        case _:
            found = (values == limit) ^ (operator == "!=")
    return found


def _any(flags: list[Flags]) -> Flags:
    found: Flags = np.logical_or.reduce(flags)
    return found
