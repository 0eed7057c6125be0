"""How do effects become histories: who collects them, event by event, and sorts them into slots?"""

from array import array
from collections.abc import Sequence
from typing import cast

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.history.names import Names
from explorer.history.sums import running_sums
from explorer.history.timelines import Timeline
from explorer.projection.exact import Exact
from explorer.projection.model import Field, Setting

type Int64s = npt.NDArray[np.int64]
type Int32s = npt.NDArray[np.int32]


class Operands:
    """All operands that went to one field, in log order: column-wise, not yet sorted into slots."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.rows, self.entities, self.keys = array("q"), array("i"), array("i")
        self.sums: list[Exact] = []
        self.codes = array("i")
        self.distinct: Names[tuple[str, object]] = Names()
        self.values: list[object] = []
        self.key_names: Names[str] = Names()

    def append(self, row: int, entity: int, setting: Setting) -> None:
        """Take one operand."""
        self.rows.append(row)
        self.entities.append(entity)
        if self.field.keyed_by is not None:
            self.keys.append(-1 if setting.key is None else self.key_names.code(setting.key))
        if self.field.fold == "sum":
            self.sums.append(cast("Exact", setting.operand))
            return
        code = self.distinct.code(_identity(setting.operand))
        if code == len(self.values):
            self.values.append(setting.operand)
        self.codes.append(code)

    def timeline(self, rank: Int64s | None, entity_count: int, defaults: Timeline | None) -> Timeline:
        """Sort everything into slots.

        Args:
            rank: (n,) position of each row in the wanted order, less one; None for log order.
            entity_count: How many entities there are: a field without keys has a slot for each.
            defaults: The history of the hidden field that gives the key of operands without one.
        """
        rows = np.frombuffer(self.rows, np.int64)
        positions = (rows if rank is None else rank[rows]) + 1
        entities = np.frombuffer(self.entities, np.int32)
        if self.field.keyed_by is None:
            slots = entities.astype(np.int64)
            slot_entity = np.arange(entity_count, dtype=np.int32)
            slot_key: Int32s | None = None
            keys: Sequence[str | None] = ()
        else:
            keys = list(self.key_names.values)
            slots, slot_entity, slot_key = self._keyed_slots(positions, entities, keys, defaults)
        order = np.lexsort((positions, slots))  # stable: two operands of one event stay in their order
        offsets = np.zeros(len(slot_entity) + 1, np.int64)
        np.cumsum(np.bincount(slots, minlength=len(slot_entity)), out=offsets[1:])
        if self.field.fold == "sum":
            sums = self.sums
            values: object = running_sums([sums[index] for index in order.tolist()], offsets)
        else:
            values = np.frombuffer(self.codes, np.int32)[order], self.values
        return Timeline(
            self.field,
            slot_entity=slot_entity,
            slot_key=slot_key,
            keys=keys,
            offsets=offsets,
            positions=positions[order],
            values=values,  # type: ignore[arg-type]
        )

    def _keyed_slots(
        self, positions: Int64s, entities: Int32s, keys: list[str | None], defaults: Timeline | None
    ) -> tuple[Int64s, Int32s, Int32s]:
        """The slot of each operand, and each slot's entity and key. Adds default keys to `keys`."""
        codes = np.frombuffer(self.keys, np.int32).copy()
        if defaults is not None and len(defaults.positions):
            names = Names(cast("list[str]", keys))
            for index in np.flatnonzero(codes == -1):
                change = defaults.change_at(int(entities[index]), int(positions[index]))
                if change >= 0:
                    codes[index] = names.code(str(defaults.value(change)))
            keys[:] = names.values
        width = len(keys) + 1
        pairs = entities.astype(np.int64) * width + codes + 1
        distinct, slots = np.unique(pairs, return_inverse=True)
        return slots, (distinct // width).astype(np.int32), (distinct % width - 1).astype(np.int32)


class Touches:
    """Which entities each event did something to: the versions."""

    def __init__(self) -> None:
        self.rows, self.entities = array("q"), array("i")

    def timeline(self, field: Field, rank: Int64s | None, entity_count: int) -> Timeline:
        """The version history: a count needs no values, only places."""
        rows = np.frombuffer(self.rows, np.int64)
        positions = (rows if rank is None else rank[rows]) + 1
        entities = np.frombuffer(self.entities, np.int32)
        order = np.lexsort((positions, entities))
        offsets = np.zeros(entity_count + 1, np.int64)
        np.cumsum(np.bincount(entities, minlength=entity_count), out=offsets[1:])
        return Timeline(
            field,
            slot_entity=np.arange(entity_count, dtype=np.int32),
            slot_key=None,
            keys=(),
            offsets=offsets,
            positions=positions[order],
            values=None,
        )


def _identity(value: object) -> tuple[str, object]:
    """A hashable that is equal for values that are the same to the last digit: 1, 1.0 and true are three."""
    if value is None or isinstance(value, str):
        return "", value
    if isinstance(value, (list, dict)):
        return "json", _text(value)
    return type(value).__name__, str(value)


def _text(value: object) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # lone surrogates, which JSON text may escape but UTF-8 cannot hold
        return repr(value)
