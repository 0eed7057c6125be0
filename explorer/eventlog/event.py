"""What is an event, what is an entry of a log that could not be read as one, and what of both does one step deliver?"""

from collections.abc import Mapping, Sequence
from typing import Literal, NoReturn

import msgspec

from explorer.eventlog.field_names import SCHEMA_VERSION, plain
from explorer.patterns import lazy_pattern

WHOLE_RECORD = "."  # given as the payload's path: the record itself is the payload

type Json = bool | int | str | object | None  # numbers with a point are decimal.Decimal, never float
type Record = Mapping[str, Json]

_FIRST_OF, _JOINED = " | ", " + "
_NAMES_OF_ANYTHING = frozenset({"id", "key", "name", "uuid", "guid", "number", "no", "code", "value"})
_BACKSLASHES = lazy_pattern(r"\\+(?=/|\Z)")

SEAL = "_seal"  # the member in which the writer proves that a record is whole; see `seal`. It says nothing of the fact


class Event(msgspec.Struct, frozen=True):
    """An immutable, past-tense fact, as one record of a log states it.

    Attributes:
        position: 1-based place among the readable events, in log order.
        type: The event type; empty when the record names none.
        entity: Whose history the event belongs to (mostly an account id), or None.
        data: The payload. Numbers are `int` or `decimal.Decimal`, so no digit is lost.
        at: The log's own text for the time (numbers as written), or None.
        at_ns: The same as UTC nanoseconds since 1970, clamped to int64; None if absent or unreadable.
        sequence: The number the log itself carries, if it does.
        id: The event's own id, if the log carries one.
        record: The whole record as decoded, envelope included, once a profile has unwrapped it.
        kind: The kind of the entity (its aggregate's type), if the log tells one.
    """

    position: int
    type: str
    entity: str | None
    data: Record
    at: str | None = None
    at_ns: int | None = None
    sequence: int | None = None
    id: str | None = None
    record: Record = {}
    kind: str | None = None

    @property
    def metadata(self) -> Record:
        """The envelope's metadata (`correlationId`, `causationId`, `reason`…); empty if it has none."""
        record = self.record
        for name in ("metadata", "metaData", "meta"):
            found = record.get(name)
            if type(found) is dict or (found is not None and isinstance(found, Mapping)):
                return found
        return {}

    @property
    def exact_ns(self) -> int | None:
        """`at_ns` as nanoseconds, however far away; beyond int64 where it must be."""
        at_ns = self.at_ns
        if at_ns is None or -_NEAR_NS < at_ns < _NEAR_NS:
            return at_ns
        from explorer.eventlog.timestamps import exact_ns

        return exact_ns(at_ns)

    @property
    def schema_version(self) -> int | None:
        """The version of its schema that the event tells (`schemaVersion`, `metadata.schema_version`, …), if any."""
        record = self.record
        get = record.get
        inner, data = get("data"), self.data
        if inner is data:
            inner = None
        for holder in (record, get("metadata"), get("metaData"), get("meta"), inner, data):
            if holder is None or not (type(holder) is dict or isinstance(holder, Mapping)):
                continue
            if holder.keys() <= _silent:  # as mostly
                continue
            for name, told in holder.items():
                if _tells_version(name) and (version := _whole(told)) is not None:
                    return version
        return None


_MOST_NAMES = 65_536  # that are remembered
_NEAR_NS = 9 * 10**18  # a time that is nearer to 1970 is told in nanoseconds, see `told_ns`


_silent: set[str] = set()  # names of members that tell no version of a schema


def _tells_version(name: str) -> bool:
    if plain(str(name)) in SCHEMA_VERSION:
        return True
    if len(_silent) < _MOST_NAMES:
        _silent.add(name)
    return False


def _whole(value: object) -> int | None:
    if type(value) is int and value >= 0:
        return value
    if type(value) is str and value.isascii() and value.isdigit() and len(value) < 6:
        return int(value)
    return None


class Varies(TypeError):  # noqa: N818 - no failure: each event is asked for by itself
    """The answer differs from event to event, and so must be found for each: a stand-in cannot be looked into."""


def _refuse(*_: object) -> NoReturn:
    raise Varies("what is asked of this value differs from event to event")


class StandIn(msgspec.Struct, frozen=True):
    """Stands for a value that differs from event to event among events that are written alike.

    A read model that is given an event of stand-ins says, once for all of them, where its operands are. If it asks for
    a value (compares it, looks it up, makes a text of it), then the answer is none for all: that raises `Varies`.
    What a query in SQL computes and decides goes further, see `projection/asking.py`.
    """

    __bool__ = __str__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __format__ = __int__ = __float__ = __index__ = __len__ = __contains__ = __iter__ = __getitem__ = _refuse


def instant_of(at: str) -> int | None:
    """What the text of a time means, as `Event.at_ns` tells it; None if it cannot be read as one."""
    from explorer.eventlog.timestamps import parse_time

    return parse_time(at)


class Varying(StandIn, frozen=True):
    """Stands for a text or a number that alike events have at one path.

    Attributes:
        blank: Which path.
        kind: Whether the value is taken as text or as a number.
        sign: -1 for the number's negative.
    """

    blank: int
    kind: Literal["text", "number"]
    sign: int = 1

    def taken_as(self, kind: Literal["text", "number"], sign: int = 1) -> "Varying":
        """The same value, taken as text or as a number."""
        return Varying(self.blank, kind, self.sign * sign)


class Nested(StandIn, frozen=True):
    """Stands for the lists that alike events have at one path, whatever is in them.

    Attributes:
        blank: Which path.
    """

    blank: int


class Joined(StandIn, frozen=True):
    """Several texts that name one entity together, some of them different from event to event."""

    parts: tuple[str | StandIn, ...]

    @staticmethod
    def text(parts: Sequence[str]) -> str:
        """`acc-1 / EUR`: one text for several.

        A slash inside a part has a backslash before it, and backslashes that stand before a slash or at the end of a
        part are there twice, so that no two are the same; others are as they are.
        """
        return " / ".join(_BACKSLASHES.sub(r"\g<0>\g<0>", part).replace("/", "\\/") for part in parts)


def name_beside(name: str, other: str | None, form: str | None) -> str:
    """The whole name of the entity `name` that an event of the entity `other` speaks of: `Account|acc-2` for `acc-2`.

    Args:
        name: The id, or the whole name.
        other: The whole name of another entity of the same kind.
        form: How such names are made; None if they tell no kind.

    Raises:
        Varies: The names differ from event to event.
    """
    from explorer.eventlog.entity_forms import parts

    if form is None or other is None:
        return name
    if isinstance(name, StandIn) or isinstance(other, StandIn):
        raise Varies("whose event it is differs from event to event")
    own, whole = parts(other, form), parts(name, form)
    if own is None or name == other:
        return name
    if whole is not None and (whole[0] == own[0] or "{kind}-" not in form):  # an id may have a dash itself
        return name
    return other.removesuffix(own[1]) + name


def kind_of(event: Event, form: str | None) -> str | None:
    """Of which kind the entity of an event is, as its record says, or its name that is made in a form; None: not said.

    Raises:
        Varies: That differs from event to event.
    """
    from explorer.eventlog.entity_forms import parts

    kind = event.kind
    if isinstance(kind, StandIn):
        raise Varies("the kind differs from event to event")
    if kind or form is None or event.entity is None:
        return kind or None
    if isinstance(event.entity, StandIn):
        raise Varies("of which kind an entity is, only its name tells")
    split = parts(event.entity, form)
    return None if split is None else split[0]


class FieldMap(msgspec.Struct, frozen=True):
    """Which field of a record holds what. Paths are dotted (`data.accountId`); None = the log has none.

    Attributes:
        type: Path of the event type.
        time: Path of the time.
        entity: Path of the entity id; looked up in the record, then in the payload.
        data: Path of the payload; None = flat records, the record itself is the payload.
        sequence: Path of the log's own sequence number.
        id: Path of the event's own id.
        opaque: Path of what should be the payload, but cannot be looked into; only where `data` is None.
        dates: How times are written that stand there as dates with their year last (`31.12.2026`), see `dates`: `day`
            or `month`, whichever stands first, with a `?` if nothing in the log says so; None if there are none.
        kind: Path of the kind of the entity (its aggregate's type).
        form: How an entity's name is made, where it tells the kind: `{kind}|{id}`.
        zone: The zone of times that tell none, such as `Europe/Berlin`; None: UTC.
        correlation: Path of what all events that belong together say.
        causation: Path of the id of the event or command that caused this one.
        amount, currency, counterparty: Paths of how much, in what and with whom; None: by their names.

    `a | b` is the first of two paths at which something stands, `a + b` what stands at both, joined.
    """

    type: str | None = None
    time: str | None = None
    entity: str | None = None
    data: str | None = None
    sequence: str | None = None
    id: str | None = None
    opaque: str | None = None
    kind: str | None = None
    form: str | None = None
    dates: str | None = None
    zone: str | None = None
    correlation: str | None = None
    causation: str | None = None
    amount: str | None = None
    currency: str | None = None
    counterparty: str | None = None

    @property
    def entity_in_payload(self) -> str | None:
        """Where in a payload the entity id stands if it does not stand at `entity`; None: nowhere.

        What is missing at `customer.id` is no `id` of the payload, which may be that of anything; and half of a name of
        several parts is none.
        """
        if self.entity is None or _JOINED in self.entity:
            return None
        path = self.entity.split(_FIRST_OF)[-1]
        for holder in (self.data or "").split(_FIRST_OF):
            if path.startswith(f"{holder}."):
                return path[len(holder) + 1 :]
        last = path.rpartition(".")[2]
        return None if last != path and (self.data is None or plain(last) in _NAMES_OF_ANYTHING) else last


class Stated(msgspec.Struct, frozen=True):
    """What a log says of all its events, beside them; an empty text: nothing. Amounts are as they stand there.

    Attributes:
        account: Whose all of them are.
        currency: In what all amounts are.
        opening: What was there before them.
        closing: What is there after them.
    """

    account: str = ""
    currency: str = ""
    opening: str = ""
    closing: str = ""


class Unread(msgspec.Struct, frozen=True):
    """A stretch of the log that could not be read as an event. It is shown and counted, never folded.

    Attributes:
        after: How many readable events stand before it.
        line: 1-based line of the fault.
        column: 1-based column of the fault, in characters.
        byte: 0-based offset of the fault in the (unpacked) log, in bytes.
        reason: One plain clause, no file name and no place in it.
        offset: Where the stretch begins, in bytes.
        length_bytes: How long it is.
        incomplete: True for a last line whose writer has not finished it.
        aside: True for what stands around the rows of a table (titles, sums), and was read as what it is.
    """

    after: int
    line: int
    column: int
    byte: int
    reason: str
    offset: int
    length_bytes: int
    incomplete: bool = False
    aside: bool = False


class Notice(msgspec.Struct, frozen=True):
    """Something worth a warning about an event that was read (a duplicate key, a time that is not one).

    Attributes:
        kind: Which sort of warning it is, as `history.oddities` counts them.
    """

    position: int
    line: int
    column: int
    byte: int
    text: str
    kind: str


class Batch(msgspec.Struct):
    """Some consecutive events of a log, and what stood between them.

    Attributes:
        events: (n,) the events, in log order.
        offsets: (n,) where each begins in the unpacked log, in bytes.
        lengths: (n,) how long each is, in bytes.
        lines: (n,) the 1-based line on which each begins.
        unread: What could not be read as an event.
        notices: What is odd about events that were read.
        done_bytes: How much of the log has been read so far.
        done_lines: How many lines that is, in a log of lines.
    """

    events: list[Event] = []
    offsets: list[int] = []
    lengths: list[int] = []
    lines: list[int] = []
    unread: list[Unread] = []
    notices: list[Notice] = []
    done_bytes: int = 0
    done_lines: int = 0
