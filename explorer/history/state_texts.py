"""What are the values of many entities at one position, each field a column of text?

What is written is what `State.value` says, value by value: here it is asked of whole columns, where they tell it.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.field_history import NONE, FieldHistory
from explorer.history.state import State
from explorer.history.texts import Write, value_texts
from explorer.projection.currencies import Amounts
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

_MARK = 7_777_777  # an amount that stands where another will


class StateTexts:
    """The values of one state as text."""

    def __init__(self, state: State, write: Write) -> None:
        """Begin with nothing written.

        Args:
            state: The state.
            write: How a single value is written; of a number, all its digits in plain notation.
        """
        self._state, self._write = state, write
        self._only: dict[str, Ints] = {}

    def column(self, field: Field, codes: Ints) -> list[str]:
        """(k,) the values of one of its fields, of some entities."""
        state = self._state
        line = state.field_history(field)
        if field.keyed_by is None:
            return value_texts(line, state.head(field.name)[codes], self._write)
        slots = self._only_slots(line)[codes]
        single = np.flatnonzero(slots >= 0)
        found: list[str] = [""] * len(codes)
        if len(single):
            own = slots[single]
            texts = value_texts(line, state.head(field.name)[own], self._write)
            keys = np.full(len(own), -1) if line.slot_key is None else line.slot_key[own]
            around = {key: self._around(line, key) for key in np.unique(keys).tolist()}
            for at, key, text in zip(single.tolist(), keys.tolist(), texts, strict=True):
                first, last = around[key]
                found[at] = f"{first}{text}{last}"
        for at in np.flatnonzero(slots < 0).tolist():
            found[at] = self._write(state.value(int(codes[at]), field))
        return found

    def _only_slots(self, line: FieldHistory) -> Ints:
        """(entity_count,) the slot of each entity that has one in a field kept by key; -1: it has none, or several."""
        found = self._only.get(line.field.name)
        if found is None:
            state = self._state
            slots = np.flatnonzero(state.head(line.field.name) != NONE)
            owners = line.slot_entity[slots]
            found = np.full(state.entity_count, -1)
            found[owners] = slots
            found[owners[1:][owners[1:] == owners[:-1]]] = -1  # an entity's slots stand side by side
            self._only[line.field.name] = found
        return found

    def _around(self, line: FieldHistory, key: int) -> tuple[str, str]:
        """What stands before and behind the only sum of an entity, if it stands under a key."""
        if key < 0:
            return "", ""
        before, _, behind = self._write(Amounts({line.keys[key]: _MARK})).rpartition(str(_MARK))
        return before, behind
