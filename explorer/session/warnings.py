"""What should a person know before trusting any answer from this log: how often, where, about which events?"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.changes import OnDemand
from explorer.history.collect import Collected
from explorer.history.history import History, Order
from explorer.history.oddities import Oddities, Oddity
from explorer.history.ordering import occurring
from explorer.history.verify import Report, Verdict, verify
from explorer.language import counted, grouped, tr
from explorer.sentences import translated
from explorer.session.events.entries import Entries
from explorer.session.facts import LogFacts
from explorer.session.plaintext import visible

NAMED = 10  # event types that change nothing; the rest is "…"


NO_EVENTS = frozenset({"unread", "incomplete", "beside-table"})


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
    if history.order != "log" and oddity.kind not in {*NO_EVENTS, "partly-read"}:
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
        backwards = (
            tr("In the log, 1 event is out of time order."),
            tr("In the log, {count:,} events are out of time order."),
        )
        told = {"log": by_log, "time": by_time}.get(history.order, backwards)
        text = counted(oddity.count, *told)
    elif oddity.kind in {"newest-first", "not-by-sequence"}:
        text = _of_order(oddity.kind, history)
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
    elif oddity.kind == "thousands":
        text = tr("Commas in amounts stand between thousands: {reason}.").format(
            reason=translated(place.text)
        )
    elif oddity.kind not in {"partly-read", "no-time"}:
        text = tr("{sentence} The first: {place}, {reason}.").format(
            sentence=text, place=_place(oddity, first, place.line, by_rows=history.log.by_rows),
            reason=visible(translated(place.text), 200),
        )  # fmt: skip
    return LogWarning(oddity.kind, oddity.count, first, place.line, text)


def _of_order(kind: str, history: History) -> str:
    """What is said of a log that stands in another order than its events happened in, and how this answer goes on."""
    if kind == "newest-first":
        if history.order != "log":
            return tr("The log begins with what happened last; this answer begins at its end.")
        return tr(
            "The log begins with what happened last; this is log order, and --order reversed begins at its end."
        )
    if history.order == "sequence":
        return tr("The log does not stand by its sequence numbers; this answer goes by them.")
    return tr("The log does not stand by its sequence numbers; --order sequence goes by them.")


def _place(oddity: Oddity, first: int, line: int, *, by_rows: bool) -> str:
    if oddity.kind not in NO_EVENTS:
        return tr("event {position:,}").format(position=first)
    return (tr("row {line:,}") if by_rows else tr("line {line:,}")).format(line=line)


def _sentence(oddity: Oddity, events: int, unread: int) -> str:
    of_one = {
        "unread": tr("1 of {entries:,} entries could not be read; `verify` lists it."),
        "incomplete": tr("1 of {entries:,} entries is incomplete: its writer has not finished it."),
        "beside-table": tr("1 row stands above or below the table, and is no entry; `verify` lists it."),
        "read-model-error": tr("1 event made the read model fail."),
        "cut-short": tr("1 event changed nothing, because the read model had failed before."),
        "not-applied": tr("1 event could not be applied."),
        "digits-lost": tr("1 event made a number that JavaScript rounds; its exact value stands beside it."),
        "opaque-payload": tr("1 event has a payload that cannot be looked into."),
        "delete": tr("1 event says that something was deleted, and nobody can say what is without it."),
        "no-entity": tr("1 event names no entity, and is no part of the state."),
        "no-time": tr(
            "1 of {events:,} events has no time that can be read: "
            "as of a time, it is counted only with the next event that has one."
        ),
        "number-style": tr(
            "1 event could not be applied, as its number is written differently from the others."
        ),
        "time-outside": tr("1 event has a time outside the years 1678 to 2261."),
        "duplicate-key": tr("1 event has a key twice; the last value counts."),
        "balance-differs": tr("1 balance that the log states is not what its entries come to."),
        "not-booked": tr("1 entry says itself that nothing was moved, so it changes nothing."),
        "unbalanced": tr("1 transaction does not come to nothing."),
        "many-fields": tr("The events have more fields than the state can show."),
        "local-time": tr("1 event has a time that clocks in its zone showed twice or never."),
        "no-sequence": tr("1 event has no sequence number, and comes last."),
        "no-event": tr("1 entry was left out: its profile says that it is no event."),
        "extra-fields": tr("1 row has more fields than the header names; they are kept under numbers."),
        "missing-fields": tr("1 row has fewer fields than the header names."),
    }
    of_many = {
        "partly-read": tr("Only the beginning of the log has been read."),
        "no-log": tr("This may be no log of events."),
        "no-key": tr("The log tells of rows without a key."),
        "several-objects": tr("Events tell of several objects, and count for the first of them alone."),
        "unread": tr("{count:,} of {entries:,} entries could not be read; `verify` lists them."),
        "incomplete": tr(
            "{count:,} of {entries:,} entries are incomplete: their writer has not finished them."
        ),
        "beside-table": tr(
            "{count:,} rows stand above or below the table, and are no entries; `verify` lists them."
        ),
        "read-model-error": tr("{count:,} events made the read model fail."),
        "cut-short": tr("{count:,} events changed nothing, because the read model had failed before."),
        "not-applied": tr("{count:,} events could not be applied."),
        "digits-lost": tr(
            "{count:,} events made numbers that JavaScript rounds; each exact value stands beside it."
        ),
        "opaque-payload": tr("{count:,} events have a payload that cannot be looked into."),
        "delete": tr(
            "{count:,} events say that something was deleted, and nobody can say what is without it."
        ),
        "no-entity": tr("{count:,} events name no entity, and are no part of the state."),
        "no-time": tr(
            "{count:,} of {events:,} events have no time that can be read: "
            "as of a time, each is counted only with the next event that has one."
        ),
        "time-outside": tr("{count:,} events have a time outside the years 1678 to 2261."),
        "duplicate-key": tr("{count:,} events have a key twice; the last value counts."),
        "number-style": tr(
            "{count:,} events could not be applied, as their number is written differently from the others."
        ),
        "unbalanced": tr("{count:,} transactions do not come to nothing."),
        "balance-differs": tr("{count:,} balances that the log states are not what its entries come to."),
        "not-booked": tr("{count:,} entries say themselves that nothing was moved, so they change nothing."),
        "fee": tr("Fees are taken away beside the amounts: so the balances that the log states come out."),
        "date-order": tr(
            "Whether the day or the month stands first in its dates, the log does not say: "
            "--dates day-first or --dates month-first does."
        ),
        "opening-concluded": tr(
            "What was there before the first entry is not stated, and was concluded from the balance at the end."
        ),
        "encoding": tr("The log is not UTF-8, and how it is written was guessed."),
        "no-header": tr(
            "The first row looks like data, not like names of columns, and was read as an event."
        ),
        "local-time": tr("{count:,} events have times that clocks in their zone showed twice or never."),
        "no-sequence": tr("{count:,} events have no sequence number, and come last."),
        "no-event": tr("{count:,} entries were left out: their profile says that they are no events."),
        "extra-fields": tr(
            "{count:,} rows have more fields than the header names; they are kept under numbers."
        ),
        "missing-fields": tr("{count:,} rows have fewer fields than the header names."),
    }
    usual = tr("1 event was read with a warning."), tr("{count:,} events were read with a warning.")
    many = of_many.get(oddity.kind, usual[1])
    one = of_one.get(oddity.kind, many if oddity.kind in of_many else usual[0])
    return counted(oddity.count, one, many, events=events, entries=events + unread)


# --- which events is each warning about an open log about, and where are they on its timeline? -------


SAID = 2  # things about one place in one line

type Int64s = npt.NDArray[np.int64]


class WarnedEntries(OnDemand[tuple[str, str, str]]):
    """What one warning is about, as they are met: position or line, time, and what is odd. Each is made when asked.

    Attributes:
        positions: (n,) where one stands for each, ascending.
    """

    def __init__(self, oddity: Oddity, history: History, entries: Entries) -> None:
        self._oddity, self._history, self._entries = oddity, history, entries
        self._rows: Int64s | None = None
        self._order: Int64s | None = None  # as they are met; None: as they stand
        if oddity.unread is not None:
            self._rows, found = entries.unread_places(oddity.unread)
        else:
            # there may be millions: nothing is copied that need not be
            told = oddity.positions
            found = history.in_order(np.maximum(told, 1) if told.min(initial=1) < 1 else told)
            if found.max(initial=0) > len(history):
                found = np.minimum(found, len(history))
            if bool((found[1:] < found[:-1]).any()):
                self._order = np.argsort(found, kind="stable")
                found = found[self._order]
        self.positions: Int64s = found.astype(
            np.int64, copy=False
        )  # others draw them, as they draw all positions

    def __len__(self) -> int:
        return len(self.positions)

    def entry(self, index: int) -> int:
        """The row of the raw events table that shows it."""
        if self._rows is None:
            return self._entries.row_of(int(self.positions[index]))
        return int(self._rows[index])

    def made(self, index: int) -> tuple[str, str, str]:
        """One line."""
        place = self._oddity.place(index if self._order is None else int(self._order[index]))
        if self._oddity.unread is not None:
            by_rows = self._history.log.by_rows
            where = tr("row {line:,}") if by_rows else tr("line {line:,}")
            return where.format(line=place.line), "", visible(translated(place.text), 300)
        position = int(self.positions[index])
        at = self._history.event(position).at if position else None
        return grouped(position), visible(at or "", 40), visible(translated(place.text), 300)


class WarnedLog(LogFacts):
    """What should be known before any answer from a log is trusted."""

    order: Order

    def __init__(self, collected: Collected) -> None:
        super().__init__(collected)
        self._entries: dict[Order, Entries] = {}
        self._oddities: dict[Order, Oddities] = {}
        self._warnings: dict[Order, Sequence[LogWarning]] = {}
        self._warned: dict[tuple[Order, str], WarnedEntries] = {}
        self._marked: dict[Order, Int64s] = {}

    @property
    def history(self) -> History:
        """The history in the current order of time."""
        raise NotImplementedError

    @property
    def recorded(self) -> History:
        """The history in the order of the log."""
        raise NotImplementedError

    @property
    def oddities(self) -> Oddities:
        """What is odd about the log, as it is met in the current order."""
        return self._oddities_in(self.order, self.history)

    def _oddities_in(self, order: Order, history: History) -> Oddities:
        if order not in self._oddities:
            self._oddities[order] = Oddities(self._collected, history)
        return self._oddities[order]

    @property
    def warnings(self) -> Sequence[LogWarning]:
        """What should be known before any answer is trusted, the gravest first; positions in the current order.

        Slow for a large log, unless somebody has looked already.
        """
        self.look_for_warnings(self.order, self.history)
        return self._warnings[self.order]

    def look_for_warnings(self, order: Order, history: History) -> None:
        """Find what `warnings` tells in an order of time, which is that of `history`; changes nothing shown."""
        if order not in self._warnings:
            self._warnings[order] = warnings_of(
                self._oddities_in(order, history), history, self.unknown_types
            )

    @property
    def told_warnings(self) -> dict[str, object]:
        """The same as members of a JSON answer, with how many entries could not be read."""
        return {"unread": self.unread_count, "warnings": [each.told for each in self.warnings]}

    def warned(self, kind: str) -> WarnedEntries:
        """What the warning of this kind is about.

        Raises:
            KeyError: There is none.
        """
        key = self.order, kind
        if key not in self._warned:
            self._warned[key] = WarnedEntries(
                self.oddities.all[kind], self.history, self._entries[self.order]
            )
        return self._warned[key]

    def warned_positions(self) -> Int64s:
        """(n,) where anything is odd, ascending; a kind that is true of most events marks no place among them."""
        if self.order not in self._marked:
            found = [self.warned(kind).positions for kind in self._rare_kinds]
            self._marked[self.order] = occurring(np.concatenate(found)) if found else np.zeros(0, np.int64)
        return self._marked[self.order]

    @property
    def marked_positions(self) -> Int64s:
        """The same, if somebody has looked already, which may take a while for a large log."""
        return self._marked.get(self.order, np.zeros(0, np.int64))

    @property
    def _rare_kinds(self) -> Sequence[str]:
        return [each.kind for each in self.warnings if 2 * each.count <= self.event_count]

    def warned_text(self, position: int) -> str:
        """What is odd at a place that `warned_positions` has; empty if nothing is, or nobody has looked yet."""
        if self.order not in self._marked:
            return ""
        found: list[str] = []
        for kind in self._rare_kinds:
            entries = self.warned(kind)
            at = int(np.searchsorted(entries.positions, position))
            if at < len(entries) and entries.positions[at] == position:
                where, _, what = entries[at]
                found.append(f"{where}: {what}" if kind in NO_EVENTS else what)
        more = ["…"] if len(found) > SAID else []
        return "; ".join(dict.fromkeys(found[:SAID] + more))

    def verify(self, report: Report | None = None, head: str | None = None) -> Verdict:
        """Everything that is odd about the log, in log order. Slow: each event is read once more."""
        return verify(self._log.itself, report, head, Oddities(self._collected, self.recorded))
