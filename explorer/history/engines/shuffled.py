"""What travels between machines of a log that several fold: all that a go says, and its changes target by target?

Whoever holds the changes of some entities folds them as one machine folds a segment; nothing here knows an engine.
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.chunks import Chunk, from_header, header
from explorer.history.engines.blobs import columns_of_names, names_of_columns, packed, unpacked
from explorer.history.engines.folding import SegmentShare
from explorer.history.engines.naming import numbered, place_of
from explorer.history.engines.range_rows import NOTHING, Columns, RangeRows, texts_of
from explorer.history.engines.spilled import save_go
from explorer.history.engines.targets import COUNTS, ENTITIES, Targets
from explorer.history.engines.whole_log import NULL
from explorer.history.ordering import narrow
from explorer.history.revisions import values_of
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]


class FoldPlan(msgspec.Struct, frozen=True):
    """What everybody must know of the whole log who folds some of it.

    Attributes:
        fields: All fields, and what counts all that happens to an entity if none of them does.
        scales, keys, end_fields, count, before, before_changes: As of `WholeLog`; the last two by go.
        targets: Who folds which entities.
    """

    fields: tuple[Field, ...]
    scales: dict[str, int]
    keys: dict[str, list[str]]
    end_fields: tuple[str, ...]
    count: int
    before: list[int]
    before_changes: list[dict[str, int]]
    targets: Targets


# --- a go ---------------------------------------------------------------------------------------------------


class KeptGo(msgspec.Struct, frozen=True):
    """A go that lies in a folder, without its changes.

    Attributes:
        folder: How that is called, see `spilled.save_go`; it has a table of counts, see `counts_of`.
        changes: How many changes each field has there.
    """

    folder: str
    changes: dict[str, int]


def counts_of(rows: RangeRows) -> dict[str, Columns]:
    """A table more of a go: how many changes each of its entities has there, by the numbers of that go."""
    counts = np.zeros(len(rows.names[ENTITIES]), np.int64)
    for changes in rows.changes:
        counts += np.bincount(changes["entity"], minlength=len(counts))
    return {COUNTS: {"count": counts.astype(narrow(int(counts.max(initial=0))))}}


def keep_go(place: Path, name: str, rows: RangeRows, part: int) -> KeptGo:
    """Write all of a go but its changes into a folder of its own: the same done once more stands in another one."""
    kept = KeptGo(f"{name}-{uuid.uuid4().hex}", _counted(rows))
    save_go(place / kept.folder, part, msgspec.structs.replace(rows, changes=[]), counts_of(rows))
    return kept


def _counted(rows: RangeRows) -> dict[str, int]:
    return {name: len(own["row"]) for name, own in zip(rows.fields, rows.changes, strict=True)}


def go_to_bytes(rows: RangeRows, part: int) -> bytes:
    """The same to be written by somebody else."""
    counts = counts_of(rows)[COUNTS]["count"]
    told = {
        "account": json.loads(header(rows.account)), "fields": rows.fields, "scales": rows.scales,
        "keyless": rows.keyless, "unlisted": rows.unlisted, "part": part, "names": list(rows.names),
        "events": list(rows.events), "changes": [len(changes["row"]) for changes in rows.changes],
    }  # fmt: skip
    columns = [counts, *rows.events.values()]
    for names in rows.names.values():
        columns += columns_of_names(names)
    return packed(told, columns)


def keep_bytes(place: Path, name: str, raw: bytearray) -> KeptGo:
    """Write what comes of that."""
    told, (counts, *columns) = unpacked(raw)
    account: Chunk = from_header(json.dumps(told["account"]).encode())[0]
    events = dict(zip(told["events"], columns, strict=False))
    lists = _names(told["names"], columns[len(events) :])
    rows = RangeRows(
        account, told["fields"], lists, told["scales"], told["keyless"], told["unlisted"], events, []
    )
    save_go(place / name, told["part"], rows, {COUNTS: {"count": counts}})
    return KeptGo(name, dict(zip(told["fields"], told["changes"], strict=True)))


def _names(kinds: Sequence[str], columns: Sequence[Ints]) -> dict[str, pa.Array]:
    ends = iter(columns)
    return {kind: names_of_columns(each, next(ends)) for kind, each in zip(kinds, ends, strict=False)}


# --- its changes --------------------------------------------------------------------------------------------


class GoChanges(msgspec.Struct, frozen=True):
    """The changes of some entities in a go, with names of their own.

    Attributes:
        fields, names, changes: As of `RangeRows`; of names those that the changes have.
    """

    fields: list[str]
    names: dict[str, pa.Array]
    changes: list[Columns]

    @classmethod
    def of(cls, rows: RangeRows) -> "GoChanges":
        """All of a go."""
        return cls(
            rows.fields, {kind: own for kind, own in rows.names.items() if kind != "types"}, rows.changes
        )

    def dumps(self) -> bytes:
        """They as bytes."""
        told = {
            "fields": self.fields,
            "columns": [list(own) for own in self.changes],
            "names": list(self.names),
        }
        columns = [column for own in self.changes for column in own.values()]
        for names in self.names.values():
            columns += columns_of_names(names)
        return packed(told, columns)

    @classmethod
    def loads(cls, raw: bytearray) -> "GoChanges":
        """The inverse."""
        told, columns = unpacked(raw)
        each = iter(columns)
        changes = [{name: next(each) for name in names} for names in told["columns"]]
        return cls(told["fields"], _names(told["names"], list(each)), changes)

    def of_entities(self, begin: int, end: int) -> "GoChanges":
        """The changes of those from one to another, half-open."""
        fields: list[str] = []
        names = {ENTITIES: self.names[ENTITIES].slice(begin, end - begin)}
        changes: list[Columns] = []
        for field, own in zip(self.fields, self.changes, strict=True):
            entities = own["entity"]
            low, high = np.searchsorted(entities, np.array([begin, end], entities.dtype)).tolist()
            if low == high:
                continue
            some = {name: column[low:high] for name, column in own.items()}
            some["entity"] = some["entity"] - entities.dtype.type(begin)
            for column, kind in (("key", f"keys.{field}"), ("value", f"values.{field}")):
                if column in some and kind in self.names:
                    names[kind], some[column] = _used(self.names[kind], some[column])
            fields.append(field)
            changes.append(some)
        return GoChanges(fields, names, changes)


def _used(names: pa.Array, codes: Ints) -> tuple[pa.Array, Ints]:
    """Only the names that codes stand for, and the codes among those; -1 stays."""
    there = np.zeros(len(names) + 1, np.bool_)
    there[codes] = True
    there[-1] = False  # of -1
    some = np.flatnonzero(there)
    if len(some) == len(names):
        return names, codes
    rank = np.full(len(names) + 1, NOTHING, codes.dtype)
    rank[some] = np.arange(len(some))
    return names.take(pa.array(some)), rank[codes]


def slices(changes: GoChanges, go: int, targets: Targets) -> Iterator[tuple[int, bytes]]:
    """The changes of a go for each target to which it has some."""
    for target, begin, end in targets.slices(go, changes.names[ENTITIES]):
        yield target, changes.of_entities(begin, end).dumps()


# --- what a target holds --------------------------------------------------------------------------------------


class HeldRows:
    """Changes of one field in memory, looked at as `spilled.ColumnsFile` is.

    Attributes:
        count: How many.
        names: Which columns.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.names = list(columns)
        self.count = len(columns["row"])

    def read(self, name: str, begin: int = 0, end: int | None = None) -> Ints:
        """The rows of a column from one to another, half-open."""
        return self._columns[name][begin:end]


class HeldGo:
    """Some changes of a go in memory, looked at as `spilled.SpilledGo` is."""

    def __init__(self, own: GoChanges) -> None:
        self.changes = {
            field: HeldRows(columns) for field, columns in zip(own.fields, own.changes, strict=True)
        }
        self._names = own.names

    def names(self, kind: str) -> pa.Array:
        """The sorted names of a kind."""
        return self._names[kind] if kind in self._names else pa.array([], pa.large_binary())


class HeldLog:
    """All changes of a target, to be folded as those of a `WholeLog` are; values have numbers of their own.

    Attributes:
        goes: They, in log order.
        fields, scales, keys, end_fields, count, before, before_changes: As of `WholeLog`.
    """

    def __init__(
        self,
        plan: FoldPlan,
        target: int,
        goes: Mapping[int, GoChanges],
        more: Mapping[str, pa.Array] | None = None,
    ) -> None:
        """Hold them.

        Args:
            plan: What is known of the whole log.
            target: Which target.
            goes: Its changes by go.
            more: Entries of values that it begins with, by field.
        """
        own = sorted(goes)
        self.goes = [HeldGo(goes[go]) for go in own]
        self.fields, self.scales, self.keys = plan.fields, plan.scales, plan.keys
        self.end_fields, self.count = plan.end_fields, plan.count
        self.before = np.array([plan.before[go] for go in own], np.int64)
        self.before_changes = [plan.before_changes[go] for go in own]
        self._first, self._end = plan.targets.entities(target)
        self._more = more or {}
        self._places = {id(go): at for at, go in enumerate(self.goes)}
        self._numbered: dict[str, tuple[pa.Array, list[Ints]]] = {}

    @cached_property
    def share(self) -> SegmentShare:
        """All of it, to be folded at once."""
        rows = [
            (at, {name: (0, own.count) for name, own in go.changes.items()})
            for at, go in enumerate(self.goes)
        ]
        return SegmentShare(self._first, self._end, [(at, there) for at, there in rows if there])

    @property
    def there(self) -> list[str]:
        """The fields and marks that it has changes of."""
        return sorted({name for go in self.goes for name in go.changes})

    def numbers(self, go: HeldGo, kind: str, begin: int = 0, end: int | None = None) -> Ints:
        """(names of that go,) the number of each: of entities in the whole log, of values among `entries`."""
        found = self._all(kind)[1][self._places[id(go)]][begin:end]
        return found + self._first if kind == ENTITIES else found

    def entries(self, field: str) -> pa.Array:
        """The entries of all values of a field, by their numbers."""
        return self._all(f"values.{field}")[0]

    def values_of(self, field: str, codes: Ints | None = None) -> Sequence[object]:
        """The values of a field, or those with some numbers."""
        texts = texts_of(self.entries(field))
        return values_of(list(texts if codes is None else texts.chosen(codes)))

    def null_of(self, field: str) -> int:
        """The number of nothing among the values of a field; where an entity may end it is there."""
        return place_of(self.entries(field), NULL)

    def _all(self, kind: str) -> tuple[pa.Array, list[Ints]]:
        if kind not in self._numbered:
            lists = [go.names(kind) for go in self.goes]
            field = kind.removeprefix("values.")
            if kind != ENTITIES:
                lists.append(self._more.get(field, pa.array([], pa.large_binary())))
                if any(mark in go.changes for go in self.goes for mark in self.end_fields):
                    lists.append(pa.array([NULL], pa.large_binary()))
            names: list[pa.Array] = []
            numbers: list[list[Ints]] = [[] for _ in lists]
            for every, each in numbered([lambda own=own: own for own in lists]):  # type: ignore[misc]
                names.append(every)
                for told, more in zip(numbers, each, strict=True):
                    told.append(more)
            self._numbered[kind] = pa.concat_arrays(names), [np.concatenate(told) for told in numbers]
        return self._numbered[kind]
