"""What is odd about a log that has been read, kind by kind: the one list that every output says?"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Notice
from explorer.eventlog.field_names import CANONICAL_TYPE, is_amount, plain
from explorer.eventlog.object_centric import FIELDS as OF_OBJECTS
from explorer.history.chunks import Problem
from explorer.history.collect import Collected
from explorer.history.events import Events
from explorer.history.history import History
from explorer.history.ordering import without
from explorer.patterns import lazy_pattern
from explorer.projection.balances import Balances
from explorer.projection.by_kind import ByKind, models_of
from explorer.projection.exact import EXACT
from explorer.projection.latest import MAX_FIELDS, LatestFields
from explorer.projection.model import ReadModel
from explorer.projection.number_style import NumberStyle, has_comma, number
from explorer.projection.upcasting import inner_model

type Int64s = npt.NDArray[np.int64]

_ASIDE = lazy_pattern(r"[^\d.,+-]+")
_LONGEST_CURRENCY = 4  # letters
_LOOKED_THROUGH = 50  # events, for an example
_MOST_COMPARED = 200_000  # entries whose stated balances are looked at

KINDS = (  # in the order in which they are told
    "partly-read", "no-log", "unread", "incomplete", "beside-table", "encoding", "decimal-comma", "thousands",
    "date-order",
    "no-header", "no-event", "balance-differs", "unbalanced", "opening-concluded", "fee", "not-booked",
    "read-model-error", "cut-short",
    "not-applied", "digits-lost", "number-style", "unknown-type", "opaque-payload", "delete", "no-key",
    "several-objects", "no-entity",
    "no-time", "local-time", "time-outside", "newest-first", "not-by-sequence", "no-sequence",
    "out-of-order", "duplicate-key", "missing-fields", "extra-fields", "many-fields",
)  # fmt: skip

_CHANGES_OF_ROWS = (
    {"op", "after", "before"},
    {"database", "table", "data"},
    {"table", "change"},
    {"kind", "columnnames"},
)


def balances_of(model: ReadModel) -> Balances | None:
    """The running balances that a read model is, or that it has for a kind of entities under their own names."""
    if isinstance(model, ByKind):
        found = (each for each in model.models.values() if isinstance(each, Balances))
        return next((each for each in found if model.calls_alike(each)), None)
    return model if isinstance(model, Balances) else None


class OddPlace(msgspec.Struct, frozen=True):
    """Where one odd thing is, and what it is.

    Attributes:
        position: The event, in log order; of what could not be read, how many events stand before it.
        line: 1-based line, or row of a database.
        column: 1-based, where known.
        byte: 0-based offset in the unpacked log.
        text: What is odd, in words.
    """

    position: int
    line: int
    column: int | None
    byte: int
    text: str


class Oddity:
    """One kind of odd thing, and where each is.

    Attributes:
        kind: One of `KINDS`.
        count: How many there are.
        unread: (n,) of entries that are no events, which of the log's unread ones each is; None for events.
        positions: (n,) of each, as in `OddPlace`, ascending; of very many, only the first.
    """

    def __init__(
        self, kind: str, positions: Int64s, place: Callable[[int], OddPlace], unlisted: int = 0,
        unread: Int64s | None = None,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.unread = unread
        self.count = len(positions) + unlisted
        self.positions = positions
        self.place = place
        """The `index`-th of them, from 0. An event that is said in words may be read from the file."""

    def __len__(self) -> int:
        return len(self.positions)


class Oddities:
    """All of them, of one log under one read model. Each kind costs one look at a column, the first time."""

    def __init__(self, collected: Collected, history: History) -> None:
        """Look at a log.

        Args:
            collected: All that was read of it.
            history: In the order of time in which its read model was asked.
        """
        self._collected = collected
        self._history = history
        self._events = collected.events

    @property
    def events(self) -> Events:
        """The events of the log, in its order."""
        return self._events

    @cached_property
    def all(self) -> Mapping[str, Oddity]:
        """Every kind of which there is one, in the order of `KINDS`."""
        found = {each.kind: each for each in self._found() if len(each)}
        return {kind: found[kind] for kind in sorted(found, key=_rank)}

    def _found(self) -> Sequence[Oddity]:
        unread = self._events.unread
        return [
            *([] if self._collected.complete else [self._partly()]),
            self._unread(
                "unread", [at for at, each in enumerate(unread) if not (each.incomplete or each.aside)]
            ),
            self._unread("incomplete", [at for at, each in enumerate(unread) if each.incomplete]),
            self._unread("beside-table", [at for at, each in enumerate(unread) if each.aside]),
            *self._problems(),
            *self._commas(),
            self._unknown(),
            *self._noticed(),
            *self._parted(),
            self._no_log(),
            self._no_key(),
            self._several(),
            self._nobodys(),
            *self._times(),
            *self._fields(),
        ]

    # -- kinds -----------------------------------------------------------------------------------------------

    def _partly(self) -> Oddity:
        read = len(self._events)
        text = "only the beginning of the log has been read"
        return Oddity("partly-read", np.array([read], np.int64), lambda _: self._at(read, text))

    def _unread(self, kind: str, which: Sequence[int]) -> Oddity:
        unread = self._events.unread

        def place(index: int) -> OddPlace:
            each = unread[which[index]]
            log = self._events.log
            where = log.place(each.offset, min(each.length_bytes, 4_096))
            reason = f"{each.reason} ({where})" if where else each.reason  # which of several files
            return OddPlace(each.after, each.line, each.column, each.byte, reason)

        positions = _column(unread[at].after for at in which)
        return Oddity(kind, positions, place, unread=np.array(which, np.int64))

    def _problems(self) -> list[Oddity]:
        problems: dict[str, list[Problem]] = {}
        for each in self._history.problems:
            problems.setdefault(each.kind, []).append(each)

        def oddity(kind: str, found: list[Problem]) -> Oddity:
            found.sort(key=lambda each: each.position)
            return Oddity(
                kind,
                _column(each.position for each in found),
                lambda index: self._at(found[index].position, found[index].reason),
                self._history.unlisted.get(kind, 0),
            )

        return [oddity(kind, found) for kind, found in problems.items()]

    def _commas(self) -> list[Oddity]:
        """That numbers were read otherwise than as JSON has them: it was concluded, not said."""
        if not self._collected.model.numbers or not len(self._events):
            return []
        if self._collected.model.numbers == NumberStyle.POINT:
            said = self._events.log.profile.numbers
            thousands = "some have a decimal point, so that 1,000 means 1000"
            first = np.array([1] * (not said), np.int64)
            return [Oddity("thousands", first, lambda _: self._at(1, thousands))]
        mixed = self._collected.model.numbers == NumberStyle.MIXED

        def place(_: int) -> OddPlace:
            position, text = self._with_comma()
            example = f"{text} means {number(_digits_of(text), NumberStyle.COMMA)}"
            told = f"some have a decimal comma, others a decimal point; {example}" if mixed else example
            return self._at(position, told)

        return [Oddity("decimal-comma", np.array([1], np.int64), place)]

    def _with_comma(self) -> tuple[int, str]:
        """Where an amount of the log has a decimal comma, and that; the longest of a few."""
        found = (1, "1.488,69")
        best = (False, -1)
        for position in range(1, min(len(self._events), _LOOKED_THROUGH) + 1):
            for name, value in self._events.event(position).data.items():
                plain_value = value.strip() if isinstance(value, str) else ""
                if has_comma(_digits_of(plain_value)) and (is_amount(name), len(plain_value)) > best:
                    found, best = (position, plain_value), (is_amount(name), len(plain_value))
        return found

    def _unknown(self) -> Oddity:
        events, unknown = self._events, self._collected.unknown
        codes = [code for name in unknown if (code := events.type_names.find(name)) is not None]
        flags = np.isin(events.types, codes) if codes else np.zeros(len(events), np.bool_)
        if np.count_nonzero(flags) != unknown.total():  # a type may be known in some of its events
            flags = flags.copy()
            flags[self._did_something - 1] = False
            flags[[each.position - 1 for each in self._history.problems]] = False

        def place(index: int) -> OddPlace:
            position = int(positions[index])
            name = events.type_names[int(events.types[position - 1])]
            told = (
                f"events of the type {name} change nothing"
                if name
                else "events without a type change nothing"
            )
            return self._at(position, f"{told} in the read model {self._collected.model.name}")

        positions = without(np.flatnonzero(flags) + 1, self._history.followed)  # an end is something
        return Oddity("unknown-type", positions, place)

    def _noticed(self) -> list[Oddity]:
        notices: dict[str, list[Notice]] = {}
        for each in self._events.notices:
            if each.kind != "no-time":  # counted by the column of times, with those that name none
                notices.setdefault(each.kind, []).append(each)

        def oddity(kind: str, found: list[Notice]) -> Oddity:
            return Oddity(
                kind, _column(each.position for each in found), lambda index: self._noted(found[index])
            )

        deleted = self._deleted(notices.pop("delete", []))
        return [deleted, *(oddity(kind, found) for kind, found in notices.items())]

    def _deleted(self, noticed: Sequence[Notice]) -> Oddity:
        """Where something was deleted of which nobody knows what, or which the read model cannot let begin anew."""
        noted = {each.position: each for each in noticed}
        events = self._events
        role = plain((events.log.fields.type or "").rpartition(".")[2])
        positions = without(events.deletions, self._history.followed)

        def place(index: int) -> OddPlace:
            position = int(positions[index])
            if position in noted:
                return self._noted(noted[position])
            return self._at(position, f"its {role} is d: it says that something was deleted")

        return Oddity("delete", positions, place)

    def _parted(self) -> list[Oddity]:
        """Entries after which the log states another balance than they come to: where that begins, or changes.

        And what was concluded from balances: of what was there at first, and of fees.
        """
        history, model = self._history, balances_of(inner_model(self._collected.model))
        if model is None or not len(history):
            return []
        found: list[tuple[int, str]] = []
        backwards = model.upwards and history.order == "log"
        if model.columns.recorded and not backwards and len(history) <= _MOST_COMPARED:
            for entity in history.entities:
                found += _parting(history, entity)
        if model.told.closing:
            found += _closing(history, model)
        found.sort()

        def oddity(kind: str, said: Sequence[tuple[int, str]]) -> Oddity:
            return Oddity(
                kind, _column(position for position, _ in said), lambda index: self._at(*said[index])
            )

        first = len(history) if model.upwards else 1
        concluded = [(first, f"there were {amount} before it") for amount in model.told.openings.values()]
        fees = [
            (
                1,
                f"what stands under {model.columns.fee} is taken away beside the amount, as the balances prove",
            )
        ]
        return [
            oddity("balance-differs", found),
            oddity("opening-concluded", concluded if model.told.concluded else []),
            oddity("fee", fees if model.columns.fee else []),
        ]

    def _no_log(self) -> Oddity:
        """That nothing says what happened, when, or to what: a file of settings is no log, though it can be read."""
        events, fields = self._events, self._events.log.fields
        name = plain((fields.type or "").rpartition(".")[2])
        alike = name not in CANONICAL_TYPE or len(events) == 1
        told = fields.time is not None or fields.sequence is not None or fields.opaque is not None
        known = fields.entity is not None and (fields.type is not None or len(events) > 1)
        odd = bool(len(events)) and alike and not (told or known or events.log.says_itself)
        if odd and events.log.candidates.get("time-like"):
            odd = False  # people will find the time
        text = "nothing in it says what happened, when, and to what"
        return Oddity("no-log", np.array([1] * odd, np.int64), lambda _: self._at(1, text))

    def _no_key(self) -> Oddity:
        """That rows of a table are told whose key nobody knows: equal ones cannot be told apart, nor others."""
        events, inner = self._events, inner_model(self._collected.model)
        odd = False
        if len(events) > 1 and events.log.fields.entity is None and isinstance(inner, LatestFields):
            names = self._collected.members.names
            odd = any(each <= names for each in _CHANGES_OF_ROWS)
        text = (
            "they are rows of a table, and nothing says which row each is: the state is that of the last one"
        )
        return Oddity("no-key", np.array([1] * odd, np.int64), lambda _: self._at(1, text))

    def _several(self) -> Oddity:
        """That an event tells of several objects, and changes the first of them alone."""
        log, found = self._events.log, 0
        if log.fields == OF_OBJECTS:
            first = range(1, min(len(self._events), _LOOKED_THROUGH) + 1)
            several = (at for at in first if ", " in str(self._events.event(at).data.get("objects")))
            found = next(several, 0)
        text = "it belongs to the first object that it names; the others stand under objects"
        return Oddity(
            "several-objects", np.array([found] * bool(found), np.int64), lambda _: self._at(found, text)
        )

    def _nobodys(self) -> Oddity:
        """Events of nobody, in a read model that keeps what each entity's events say."""
        events, model = self._events, self._collected.model
        inner = models_of(inner_model(model))[0]  # the one of those that are of no kind of their own
        positions = events.nobodys
        if not isinstance(inner, LatestFields) or len(positions) == len(events):
            positions = positions[:0]
        elif len(positions):  # one that was lifted may name somebody
            positions = without(positions, self._did_something)
        text = "it names no entity, so it is no part of the state"
        return Oddity("no-entity", positions, lambda index: self._at(int(positions[index]), text))

    def _times(self) -> list[Oddity]:
        events = self._events
        untimed = events.untimed
        log = events.log
        if len(untimed) == len(events) and log.fields.time is None and not log.candidates.get("time-like"):
            untimed = untimed[:0]  # a log that knows no time at all says nothing false of it
        first = np.ones(1, np.int64)
        upside_down = "the log begins with what happened last"
        beyond = events.beyond
        return [
            Oddity("no-time", untimed, lambda index: self._untimed(int(untimed[index]))),
            Oddity("time-outside", beyond, lambda index: self._outside(int(beyond[index]))),
            Oddity(
                "newest-first",
                first if events.newest_first else first[:0],
                lambda _: self._at(1, upside_down),
            ),
            *self._by_sequence(first),
            Oddity("out-of-order", events.out_of_order, self._disordered),
        ]

    def _by_sequence(self, first: Int64s) -> list[Oddity]:
        """Whether the numbers of a log say another order, and which events have none where it goes by them."""
        events, told = self._events, self._events.log.profile.order == "by sequence"
        by_numbers = told or self._history.order == "sequence"
        disordered = not events.sequences.ascending if by_numbers else events.out_of_sequence
        bare = events.sequences.unnumbered if by_numbers else first[:0]
        stands = "the log does not stand in the order of its own numbers"
        return [
            Oddity("not-by-sequence", first if disordered else first[:0], lambda _: self._at(1, stands)),
            Oddity(
                "no-sequence", bare, lambda index: self._at(int(bare[index]), "it has no sequence number")
            ),
        ]

    def _fields(self) -> list[Oddity]:
        """A read model that keeps every field stops at so many."""
        model = self._collected.model
        some = any(isinstance(each, LatestFields) for each in models_of(inner_model(model)))
        if not some or len(model.fields) < MAX_FIELDS:
            return []
        text = (
            f"the events have more than {MAX_FIELDS} fields, of which the state shows the first {MAX_FIELDS}"
        )
        return [Oddity("many-fields", np.array([1], np.int64), lambda _: self._at(1, text))]

    @property
    def _did_something(self) -> Int64s:
        """(k,) the positions in the log of the events that did something to an entity."""
        return np.asarray(self._collected.moved, np.int64)

    # -- in words ----------------------------------------------------------------------------------------------

    def _untimed(self, position: int) -> OddPlace:
        noted = self._unread_times.get(position)
        if noted is not None:
            return self._noted(noted)
        like = self._events.log.candidates.get("time-like", [])
        if self._events.log.fields.time is None and like:
            return self._at(
                position, f"no field was taken for the time; {', '.join(like[:5])} looks like one"
            )
        return self._at(position, "it has no time")

    @cached_property
    def _unread_times(self) -> dict[int, Notice]:
        return {each.position: each for each in self._events.notices if each.kind == "no-time"}

    def _outside(self, position: int) -> OddPlace:
        at = self._events.event(position).at
        return self._at(position, f"the time {at} is outside the years 1678 to 2261")

    def _disordered(self, index: int) -> OddPlace:
        events = self._events
        position = int(events.out_of_order[index])
        latest = events.latest_before(position)
        before, own = events.event(latest).at, events.event(position).at
        return self._at(position, f"it happened at {own}, before event {latest:,} ({before})")

    def _noted(self, notice: Notice) -> OddPlace:
        return OddPlace(notice.position, notice.line, notice.column, notice.byte, notice.text)

    def _at(self, position: int, text: str) -> OddPlace:
        """An event as a place."""
        events = self._events
        if not 1 <= position <= len(events):
            return OddPlace(position, 1, None, 0, text)
        return OddPlace(position, events.line(position), None, int(events.offsets[position - 1]), text)


def _parting(history: History, entity: str) -> list[tuple[int, str]]:
    """Where the balances that are stated of one entity part from the sums, as positions in the log."""
    sums = history.changes_of(entity, "balance")
    found, at = [], 0
    there: dict[str | None, Decimal] = {}
    apart: dict[str | None, Decimal] = {}
    for stated in history.changes_of(entity, "recorded"):
        key = None
        while at < len(sums) and sums[at].position <= stated.position:
            key = sums[at].key
            there[key] = Decimal(str(sums[at].after))
            at += 1
        if stated.after is None or key not in there:
            continue
        now = EXACT.subtract(Decimal(str(stated.after)), there[key])
        if now != apart.get(key, 0):
            named = f" {key}" if key else ""
            text = f"its balance is stated as {stated.after}{named}, its entries give {there[key]:f}"
            found.append((history.log_position(stated.position), text))
            apart[key] = now
    return found


def _closing(history: History, model: Balances) -> list[tuple[int, str]]:
    """Whether what the log states beside its entries is what they come to at the end."""
    sums = history.changes_of(model.nobody or "", "balance")
    if not len(sums):
        return []
    there, stated = Decimal(str(sums[-1].after)), Decimal(model.told.closing)
    if there == stated:
        return []
    text = f"the log states a balance of {stated:f} beside its entries, they give {there:f}"
    return [(history.log_position(sums[-1].position), text)]


def _rank(kind: str) -> tuple[int, str]:
    return (KINDS.index(kind) if kind in KINDS else len(KINDS)), kind


def _column(positions: object) -> Int64s:
    return np.fromiter(positions, np.int64)  # type: ignore[call-overload,no-any-return]


def _digits_of(text: str) -> str:
    """The number in what may be an amount with its currency: `2500,00` of `2 500,00 PLN`."""
    return _ASIDE.sub("", text) if sum(map(str.isalpha, text)) <= _LONGEST_CURRENCY else text
