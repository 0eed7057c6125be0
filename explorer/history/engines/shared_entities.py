"""What does an entity that several machines fold begin with in each of its shares?

Each says what its share comes to by itself, its *edge*. One behind the other they come to what the next begins with.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from explorer.history.build import Operands
from explorer.history.collect import VERSION
from explorer.history.endings import can_begin_anew
from explorer.history.engines.folding import SegmentRows, begin_with_nothing
from explorer.history.engines.range_rows import binary
from explorer.history.engines.segments import CARRIED, Numbered, Segment, carried, folded, joined
from explorer.history.engines.shuffled import FoldPlan, HeldLog
from explorer.history.engines.whole_log import NULL
from explorer.history.revisions import entries_of, values_of

_NULL = NULL.decode()


def edge_of(log: HeldLog, plan: FoldPlan) -> bytes:
    """What all that happened to a single entity in its share comes to, if nothing stands before it."""
    segment = SegmentRows(log, log.share).segment(1, plan.fields, shared=True)
    return _edge(plan, segment, log.there)


def _edge(plan: FoldPlan, segment: Segment, there: Sequence[str]) -> bytes:
    done = folded(plan.fields, segment, plan.scales)
    of_model = [field for field in plan.fields if field != VERSION]
    ended = len(segment.ends[0]) > 0 and can_begin_anew(of_model)
    told: dict[str, Any] = {"ended": ended, "there": list(there), "fields": {}}
    for field in plan.fields:
        own = carried(field, done[field.name].line, 1, segment.operands[field.name].values)
        codes = None if own.codes is None else own.codes.tolist()
        told["fields"][field.name] = {
            "keys": None if own.keys is None else own.keys.tolist(),
            "units": None if own.units is None else own.units.tolist(),
            "decimals": None if own.decimals is None else own.decimals.tolist(),
            "wide": [[at, str(units), scale] for at, (units, scale) in own.wide.items()],
            "entries": None if codes is None else list(entries_of([own.values[code] for code in codes])),
            "count": len(own.moments),
        }
    return json.dumps(told).encode()


def operands_of(
    edge: bytes, plan: FoldPlan, at: int = CARRIED, numbers: Mapping[str, Any] | None = None
) -> dict[str, Operands]:
    """An edge as operands at a position.

    Args:
        edge: It.
        plan: Of the whole log.
        at: The position.
        numbers: For each field the numbers that its entries have; None: they count from 0.
    """
    fields = json.loads(edge)["fields"]
    found: dict[str, Operands] = {}
    for field in plan.fields:
        told = fields[field.name]
        own = Operands(field, np.full(told["count"], at, np.int64), np.zeros(told["count"], np.int32))
        if told["keys"] is not None:
            own.keys, own.key_names = np.array(told["keys"], np.int32), plan.keys[field.name]
        if told["units"] is not None:
            own.units = np.array(told["units"], np.int64)
            own.decimals = np.array(told["decimals"], np.uint8)
            own.wide = {place: (int(units), scale) for place, units, scale in told["wide"]}
        if told["entries"] is not None:
            own.codes = np.arange(told["count"], dtype=np.int32)
            known = np.arange(told["count"]) if numbers is None else numbers[field.name]
            own.values = Numbered(values_of(told["entries"]), known)
        found[field.name] = own
    return found


def entries_in(edge: bytes) -> dict[str, pa.Array]:
    """The entries of values that an edge tells, by field."""
    told = json.loads(edge)["fields"]
    return {name: _sorted(own["entries"]) for name, own in told.items() if own["entries"]}


def _sorted(entries: Sequence[str]) -> pa.Array:
    return binary(sorted(set(entries), key=lambda entry: entry.encode("utf-8", "surrogatepass")))


def starts_of(edges: Sequence[bytes], plan: FoldPlan) -> list[bytes]:
    """What an entity begins with in each of its shares, of which each says what it comes to by itself."""
    there = {name for edge in edges for name in json.loads(edge)["there"]}
    empty = Segment(1, {field.name: _nothing(field, plan) for field in plan.fields}, _places(plan), _NOBODY)
    begin = json.loads(_edge(plan, empty, []))
    for name in begin_with_nothing(plan.fields, plan.end_fields, there):
        begin["fields"][name] |= {"entries": [_NULL], "count": 1}
    found = [json.dumps(begin).encode()]
    for edge in edges[:-1]:
        found.append(_behind(found[-1], edge, plan))
    return found


_NOBODY = np.zeros(0, np.int64), np.zeros(0, np.int64)


def _places(plan: FoldPlan) -> dict[str, Any]:
    return {field.name: np.zeros(0, np.int64) for field in plan.fields}


def _nothing(field: Any, plan: FoldPlan) -> Operands:  # noqa: ANN401 - a field
    nothing = np.zeros(0, np.int64)
    own = Operands(field, nothing, nothing.astype(np.int32))
    if field.keyed_by is not None:
        own.keys, own.key_names = nothing.astype(np.int32), plan.keys[field.name]
    if field.adds:
        own.units, own.decimals = nothing, nothing.astype(np.uint8)
    elif field.fold != "count":
        own.codes, own.values = nothing.astype(np.int32), Numbered([], nothing)
    return own


def _behind(before: bytes, edge: bytes, plan: FoldPlan) -> bytes:
    """What an entity comes to that had come to `before` when what `edge` tells happened to it."""
    keys = {field.keyed_by for field in plan.fields if field.keyed_by is not None}
    if json.loads(edge)["ended"]:
        before = _ended(before, keys)
    first, more = operands_of(before, plan), operands_of(edge, plan, CARRIED + 1)
    for name in keys:
        more[name].moments = more[name].moments + 1  # amounts that had no key yet go by the key of before
    operands = {name: joined([first[name], own]) for name, own in more.items()}
    places = {name: np.arange(len(own.moments)) for name, own in operands.items()}
    return _edge(plan, Segment(1, operands, places, _NOBODY), [])


def _ended(before: bytes, keys: set[str]) -> bytes:
    """The same of an entity that has ended since: nothing in each line of values; only keys stay."""
    told = json.loads(before)
    for name, own in told["fields"].items():
        if name in keys:
            continue
        if own["units"] is not None:
            own["units"] = [0] * own["count"]
            own["wide"] = [[at, "0", scale] for at, _, scale in own["wide"]]
        if own["entries"] is not None:
            own["entries"] = [_NULL] * own["count"]
    return json.dumps(told).encode()


def start_of(before: bytes, log: HeldLog, plan: FoldPlan) -> dict[str, Operands]:
    """What a share begins with, with the numbers that its values have there."""
    fields = json.loads(before)["fields"]
    numbers = {}
    for name, told in fields.items():
        if told["entries"] is not None:
            places = pc.index_in(binary(told["entries"]), log.entries(name))
            numbers[name] = places.to_numpy(zero_copy_only=False).astype(np.int64)
    found = operands_of(before, plan, numbers=numbers)
    if not set(log.there).isdisjoint(plan.end_fields):
        for name, own in numbers.items():  # what it is once it has ended
            known = found[name].values
            found[name].values = Numbered([*known, None], np.append(own, log.null_of(name)))
    return found
