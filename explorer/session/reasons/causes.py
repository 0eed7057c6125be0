"""Which event caused which, which belong together, and under which names does a log say so?"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Event, FieldMap
from explorer.eventlog.extract import getter, is_one_path, scalar_text
from explorer.history.event_members import EventMembers, Hashes, hashed
from explorer.history.events import Events
from explorer.history.passes import WholeEvents, looked_at
from explorer.session.events.envelope import (
    CAUSATION,
    CAUSATION_OUTSIDE,
    CORRELATION,
    OWN_ID,
    Path,
    envelopes,
    found_in,
)


class CauseNames(NamedTuple):
    """Where in a record each is: a path from its top. None: nothing in the log says it."""

    correlation: Path | None = None
    causation: Path | None = None
    own: Path | None = None

    @property
    def known(self) -> bool:
        """Whether there is anything to follow."""
        return self.correlation is not None or self.causation is not None


class Said(NamedTuple):
    """What one event says of itself, as text."""

    correlation: str | None
    causation: str | None
    own: str | None


def names_in(events: Iterable[Event], fields: FieldMap) -> CauseNames:
    """Find the names in some events of a log.

    Args:
        events: Some, in log order; that causes follow closely helps to find which id they name.
        fields: Where the log's own id was found to be, and what its profile says of causes.
    """
    sample = list(events)
    found: list[Counter[Path]] = [Counter(), Counter(), Counter()]
    ranks: dict[Path, int] = {}
    for event in sample:
        for place, (path, holder) in enumerate([*envelopes(event), (_payload_path(event), event.data)]):
            inside = path is not None and place < 2 and holder is not event.data
            wanted = (
                CORRELATION,
                (*CAUSATION, *CAUSATION_OUTSIDE) if inside else CAUSATION,
                OWN_ID if inside else (),
            )
            for names, counter in zip(wanted, found, strict=True):
                name = found_in(holder, names) if path is not None else None
                if name is not None and path is not None:
                    counter[(*path, name)] += 1
                    ranks.setdefault((*path, name), place)
    told = (fields.correlation, fields.causation)
    correlation, causation = (
        _commonest(counter, ranks) if path is None else _said_path(path)
        for counter, path in zip(found[:2], told, strict=True)
    )
    owns = list(found[2])
    if fields.id is not None:
        owns.insert(0, _said_path(fields.id))
    return CauseNames(correlation, causation, _named_by(causation, owns, sample))


def said_in(names: CauseNames, record: Mapping[str, object]) -> Said:
    """What a record says under these names."""
    return Said(*(text_at(record, path) if path is not None else None for path in names))


def _said_path(path: str) -> Path:
    return tuple(path.split(".")) if is_one_path(path) else (path,)


def text_at(record: object, path: Path) -> str | None:
    """The text or number at a path of a record."""
    if len(path) == 1 and not is_one_path(path[0]) and isinstance(record, Mapping):
        find = getter(path[0])
        return None if find is None else scalar_text(find(record))
    value = record
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return scalar_text(value)


type Quick = Any  # a msgspec decoder of a struct that is made for the names


def quick_decoder(names: CauseNames) -> Quick:
    """A decoder that reads nothing but the names from JSON; `quick_said` takes out what it read."""
    return msgspec.json.Decoder(_struct([path for path in names if path is not None]))


def quick_said(names: CauseNames, read: object) -> Said:
    """What a decoder of `quick_decoder` has read."""
    return Said(*(_attribute(read, path) if path is not None else None for path in names))


def _struct(paths: list[Path]) -> type[msgspec.Struct]:
    fields: list[tuple[str, Any, Any]] = []
    rename: dict[str, str] = {}
    for number, head in enumerate(dict.fromkeys(path[0] for path in paths)):
        inner = [path[1:] for path in paths if path[0] == head]
        kind: Any = str | int | None if () in inner else _struct(inner) | None
        fields.append((f"f{number}", kind, None))
        rename[f"f{number}"] = head
    made: type[msgspec.Struct] = msgspec.defstruct("Quick", fields, rename=rename, namespace={"heads": {}})
    made.heads.update({head: name for name, head in rename.items()})  # type: ignore[attr-defined]
    return made


def _attribute(read: Any, path: Path) -> str | None:  # noqa: ANN401 - a struct made for the names
    for name in path:
        if read is None:
            return None
        read = getattr(read, read.heads[name])
    return read if read is None or type(read) is str else str(read)


def _payload_path(event: Event) -> Path | None:
    """Where the payload is in the record; None if it is no member of it."""
    if event.data is event.record:
        return ()
    for name, value in event.record.items():
        if value is event.data:
            return (name,)
    return None


def _commonest(counter: "Counter[Path]", ranks: Mapping[Path, int]) -> Path | None:
    if not counter:
        return None
    return max(counter, key=lambda path: (counter[path], -ranks[path]))


def _named_by(causation: Path | None, owns: list[Path], sample: list[Event]) -> Path | None:
    """The id that causes name: the one with most hits, else the first that there is."""
    owns = list(dict.fromkeys(owns))
    if causation is None or not owns:
        return None
    causes = {text_at(event.record, causation) for event in sample} - {None}
    hits = [sum(text_at(event.record, path) in causes for event in sample) for path in owns]
    return owns[hits.index(max(hits))]


type Int64s = npt.NDArray[np.int64]
type Report = Callable[[int, int], None]

UNASKED_EVENTS = 1_000_000  # a longer log is searched for causes only when the person asks: it takes a while
BYTES_AN_EVENT = 40  # of the index, in memory
_SAMPLE = 400
_SPREAD = 200
_ALL = 2**64 - 1


class Causes:
    """The index. Positions are those of the log's own order; names are kept as 64-bit hashes only.

    Attributes:
        names: Where the log says what.
    """

    def __init__(self, names: CauseNames, hashes: tuple[Int64s, Int64s, Int64s]) -> None:
        """Sort the hashes (correlation, causation, own id; (n,) each, 0 = none). Slow for a large log."""
        self.names = names
        self._correlation, self._causation, self._own = hashes
        self._sorted = tuple(_order(each) for each in hashes)

    def __len__(self) -> int:
        return len(self._own)

    def cause_of(self, position: int) -> int | None:
        """The event that caused the one at `position`; None if it names none, itself, or one outside the log."""
        wanted = int(self._causation[position - 1])
        if not wanted or wanted == int(self._own[position - 1]):
            return None
        found = _equal(self._own, self._sorted[2], wanted) + 1
        before = found[found < position]  # an id that is used twice: the last one before its effect
        if len(before):
            return int(before[-1])
        return int(found[0]) if len(found) else None

    def cause_rows(self) -> Int64s:
        """(n,) the row of each event's cause; −1 if that is not in the log, −2 if it names none.

        Of an id that is used twice it is the first: who asks for one event alone learns which, see `cause_of`.
        """
        order, wanted = self._sorted[2], self._causation
        found: Int64s = np.where((wanted != 0) & (wanted != self._own), -1, -2).astype(np.int64)
        if len(order):
            own = self._own[order]
            at = np.minimum(np.searchsorted(own, wanted), len(order) - 1)
            known = (own[at] == wanted) & (found == -1)
            found[known] = order[at[known]]
        return found

    def names_a_cause(self, position: int) -> bool:
        """Whether the event says that something else caused it, in the log or not."""
        wanted = int(self._causation[position - 1])
        return bool(wanted) and wanted != int(self._own[position - 1])

    def effects_of(self, position: int) -> Int64s:
        """(k,) the events that name the one at `position` as their cause, ascending."""
        own = int(self._own[position - 1])
        if not own:
            return np.zeros(0, np.int64)
        found = _equal(self._causation, self._sorted[1], own) + 1
        others: Int64s = found[found != position]
        return others

    def together_with(self, position: int) -> Int64s:
        """(k,) the events of the same correlation, ascending, the one at `position` included; empty if it has none."""
        wanted = int(self._correlation[position - 1])
        return _equal(self._correlation, self._sorted[0], wanted) + 1 if wanted else np.zeros(0, np.int64)


def names_of(events: Events) -> CauseNames:
    """Look for the names in the beginning of a log, and here and there in the rest of it.

    Raises:
        OutOfReach: The bytes of its events are not at hand.
    """
    events.need_bytes()
    count = len(events)
    places = {
        *range(1, min(_SAMPLE, count) + 1),
        *np.linspace(1, max(count, 1), _SPREAD).astype(int).tolist(),
    }
    sample = [events.event(place) for place in sorted(places) if 1 <= place <= count]
    return names_in(sample, events.log.fields)


def index_causes(events: Events, names: CauseNames, report: Report | None = None) -> Causes:
    """Read the whole log for what it says of causes, by columns where it can be scanned."""
    found = tuple(np.zeros(len(events), np.uint64) for _ in names)
    for first, stop, hashes in looked_at(events, _Said(events, names).hashes, report):
        for column, part in zip(found, hashes, strict=True):
            column[first:stop] = part
    correlation, causation, own = (column.view(np.int64) for column in found)
    return Causes(names, (correlation, causation, own))


class _Said:
    """What events say under some names, as numbers; 0 where they say nothing."""

    def __init__(self, events: Events, names: CauseNames) -> None:
        self._events, self._names = events, names
        log, whole = events.log, all(is_one_path(path[0]) for path in names if path is not None)
        self._members = EventMembers.of(log) if whole else None
        self._quick = quick_decoder(names) if log.by_lines and log.written == "object" and whole else None

    def hashes(self, block: WholeEvents) -> list[Hashes]:
        """(k,) of each name, for the events of a block."""
        found = [np.zeros(block.stop - block.first, np.uint64) for _ in self._names]
        if not block.compiled or self._members is None:
            for at in range(block.stop - block.first):
                for column, text in zip(found, self._said(block, at), strict=True):
                    if text:
                        column[at] = np.uint64(hash(text) & _ALL or 1)
            return found
        scanned = self._members.scanned(block)
        read = ~scanned.known
        for column, path in zip(found, self._names, strict=True):
            if path is not None:
                texts = scanned.texts(path)
                column[texts.events] = np.where(texts.ends > texts.starts, texts.hashes(), 0)
                read |= texts.read
        for at in np.flatnonzero(read).tolist():
            for column, text in zip(found, self._said(block, at), strict=True):
                column[at] = hashed([text])[0] if text else 0
        return found

    def _said(self, block: WholeEvents, at: int) -> Said:
        """The same of one event, in words."""
        raw, row = block.raw(at), block.first + at
        if self._quick is not None:
            try:
                return quick_said(self._names, self._quick.decode(raw))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
                pass  # something else stands there: read it as the log does
        event = self._events.log.decode_raw(raw, row + 1, int(self._events.offsets[row]))
        return said_in(self._names, event.record)


def said_by(names: CauseNames, event: Event) -> Said:
    """What one event says of itself."""
    return said_in(names, event.record)


def _order(values: Int64s) -> npt.NDArray[np.int32] | Int64s:
    """(k,) the rows that say something, sorted by what; equal ones in the order of the log."""
    rows = np.flatnonzero(values)
    order = rows[np.argsort(values[rows], kind="stable")]
    return order.astype(np.int32) if len(values) < 2**31 else order


def _equal(values: Int64s, order: npt.NDArray[np.int32] | Int64s, wanted: int) -> Int64s:
    """(k,) the rows of a value, ascending: two binary searches that read some dozen places."""
    low = _first(values, order, wanted)
    if low == len(order) or int(values[order[low]]) != wanted:
        return np.zeros(0, np.int64)
    high = len(order) if wanted == np.iinfo(np.int64).max else _first(values, order, wanted + 1)
    return order[low:high].astype(np.int64)


def _first(values: Int64s, order: npt.NDArray[np.int32] | Int64s, wanted: int) -> int:
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if int(values[order[middle]]) < wanted:
            low = middle + 1
        else:
            high = middle
    return low
