"""What should a person know before trusting any answer from this log: how often, where first, in one sentence?"""

from collections.abc import Mapping, Sequence

import msgspec

from explorer.history.history import History
from explorer.history.oddities import Oddities, Oddity
from explorer.language import counted, grouped, tr
from explorer.sentences import translated
from explorer.session.plaintext import visible

NAMED = 10  # event types that change nothing; the rest is "…"


class LogWarning(msgspec.Struct, frozen=True):
    """One kind of odd thing about a log.

    Attributes:
        kind: One of `history.oddities.KINDS`.
        count: How many there are.
        first: The position of the first one, in the order of time that is asked; of what could not be read, how
            many events stand before it in the log.
        line: The line on which that stands, or the row of a database; None for what is not in the log.
        text: One sentence for people.
    """

    kind: str
    count: int
    first: int
    line: int | None
    text: str

    @property
    def told(self) -> dict[str, object]:
        """As JSON answers have it."""
        return msgspec.structs.asdict(self)


def warnings_of(oddities: Oddities, history: History, unknown: Mapping[str, int]) -> Sequence[LogWarning]:
    """Every kind of odd thing, the gravest first.

    Args:
        oddities: What was found.
        history: In the order of time in which positions are told.
        unknown: The event types that the read model does not know, with their counts.
    """
    return [_warning(each, history, unknown) for each in oddities.all.values()]


def _warning(oddity: Oddity, history: History, unknown: Mapping[str, int]) -> LogWarning:
    place = oddity.place(0)
    first = place.position
    if history.order != "log" and oddity.kind not in {"unread", "incomplete", "partly-read"}:
        first = int(history.in_order(oddity.positions).min())
    text = _sentence(oddity, len(history), len(history.events.unread))
    if oddity.kind == "unknown-type":
        kinds = [
            f"{visible(name or tr('(no type)'), 60)} ({grouped(count)})" for name, count in unknown.items()
        ]
        named = ", ".join(kinds[:NAMED]) + (", …" if len(kinds) > NAMED else "")
        text = tr("Event types that change nothing here: {types}.").format(types=named)
    elif oddity.kind == "out-of-order":
        by_log = (
            tr("1 event is out of time order; this is log order."),
            tr("{count:,} events are out of time order; this is log order."),
        )
        by_time = (
            tr("1 event is out of time order; this is time order."),
            tr("{count:,} events are out of time order; this is time order."),
        )
        text = counted(oddity.count, *(by_log if history.order == "log" else by_time))
        if history.order == "reversed":
            text = tr("In the log, {count:,} events are out of time order.").format(count=oddity.count)
    elif oddity.kind == "newest-first":
        text = tr(
            "The log begins with what happened last; this is log order, and --order reversed begins at its end."
        )
        if history.order != "log":
            text = tr("The log begins with what happened last; this answer begins at its end.")
    elif oddity.kind == "no-time" and not history.timed:
        like = history.log.candidates.get("time-like", [])
        names = ", ".join(visible(path, 60) for path in like[:5])
        text = tr("No event has a time that can be read.")
        if names:
            text = tr("{sentence} What looks like one: {fields}.").format(sentence=text, fields=names)
    elif oddity.kind == "decimal-comma":
        text = tr("Amounts were read with a decimal comma, as the log writes them: {reason}.").format(
            reason=translated(place.text)
        )
    elif oddity.kind not in {"partly-read", "no-time"}:
        text = tr("{sentence} The first: {place}, {reason}.").format(
            sentence=text, place=_place(oddity, first, place.line, by_rows=history.log.by_rows),
            reason=visible(translated(place.text), 200),
        )  # fmt: skip
    return LogWarning(oddity.kind, oddity.count, first, place.line, text)


def _place(oddity: Oddity, first: int, line: int, *, by_rows: bool) -> str:
    if oddity.kind not in {"unread", "incomplete"}:
        return tr("event {position:,}").format(position=first)
    return (tr("row {line:,}") if by_rows else tr("line {line:,}")).format(line=line)


def _sentence(oddity: Oddity, events: int, unread: int) -> str:
    of_one = {
        "unread": tr("1 of {entries:,} entries could not be read; `verify` lists it."),
        "incomplete": tr("1 of {entries:,} entries is incomplete: its writer has not finished it."),
        "read-model-error": tr("1 event made the read model fail."),
        "cut-short": tr("1 event changed nothing, because the read model had failed before."),
        "not-applied": tr("1 event could not be applied."),
        "opaque-payload": tr("1 event has a payload that cannot be looked into."),
        "delete": tr("1 event says that something was deleted; the read model keeps it."),
        "no-entity": tr("1 event names no entity, and is no part of the state."),
        "no-time": tr(
            "1 of {events:,} events has no time that can be read: "
            "as of a time, it is counted only with the next event that has one."
        ),
        "number-style": tr(
            "1 event could not be applied, as its number is written otherwise than the others."
        ),
        "time-outside": tr("1 event has a time outside the years 1678 to 2261."),
        "duplicate-key": tr("1 event has a key twice; the last value counts."),
        "many-fields": tr("The events have more fields than the state can show."),
        "extra-fields": tr("1 row has more fields than the header names; they are kept under numbers."),
        "missing-fields": tr("1 row has fewer fields than the header names."),
    }
    of_many = {
        "partly-read": tr("Only the beginning of the log has been read."),
        "unread": tr("{count:,} of {entries:,} entries could not be read; `verify` lists them."),
        "incomplete": tr(
            "{count:,} of {entries:,} entries are incomplete: their writer has not finished them."
        ),
        "read-model-error": tr("{count:,} events made the read model fail."),
        "cut-short": tr("{count:,} events changed nothing, because the read model had failed before."),
        "not-applied": tr("{count:,} events could not be applied."),
        "opaque-payload": tr("{count:,} events have a payload that cannot be looked into."),
        "delete": tr("{count:,} events say that something was deleted; the read model keeps it."),
        "no-entity": tr("{count:,} events name no entity, and are no part of the state."),
        "no-time": tr(
            "{count:,} of {events:,} events have no time that can be read: "
            "as of a time, each is counted only with the next event that has one."
        ),
        "time-outside": tr("{count:,} events have a time outside the years 1678 to 2261."),
        "duplicate-key": tr("{count:,} events have a key twice; the last value counts."),
        "number-style": tr(
            "{count:,} events could not be applied, as their number is written otherwise than the others."
        ),
        "encoding": tr("The log is not UTF-8, and how it is written was guessed."),
        "no-header": tr(
            "The first row looks like data, not like names of columns, and was read as an event."
        ),
        "extra-fields": tr(
            "{count:,} rows have more fields than the header names; they are kept under numbers."
        ),
        "missing-fields": tr("{count:,} rows have fewer fields than the header names."),
    }
    usual = tr("1 event was read with a warning."), tr("{count:,} events were read with a warning.")
    many = of_many.get(oddity.kind, usual[1])
    one = of_one.get(oddity.kind, many if oddity.kind in of_many else usual[0])
    return counted(oddity.count, one, many, events=events, entries=events + unread)
