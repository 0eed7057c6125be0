"""How does a field of very many slots answer, a few of them from where each stands, all of them from a keyframe?

A page of a table reads of each of its entities the row group of `by-entity` in which all its changes stand, so that
from then on every position costs a search among these few. What needs all slots at once takes the nearest keyframe
and the changes behind it, a row group at a time.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.field_history import NONE
from explorer.history.folder.folder_table import FolderTable
from explorer.history.folder.lazy_columns import LazyColumn
from explorer.history.ordering import narrow

type Ints = npt.NDArray[Any]

FEW = 4_096  # slots that are asked for one by one rather than all at once


class OwnChanges:
    """All changes of one slot.

    Attributes:
        begin: Where they begin in the whole history.
        positions: (k,) when each was.
    """

    def __init__(
        self,
        begin: int,
        positions: Ints,
        column: Callable[[str], LazyColumn],
        values: dict[str, Ints] | None = None,
    ) -> None:
        """Take what was read.

        Args:
            begin: Where they begin in the whole history.
            positions: (k,) when each was.
            column: Gives a column of the values of all slots.
            values: Those of this one that were read already, by column.
        """
        self.begin, self.positions = begin, positions
        self._column = column
        self._values = {} if values is None else values

    def change_at(self, position: int) -> int:
        """The change in force at a position; `NONE` before the first."""
        done = int(self.positions.searchsorted(position, "right"))
        return self.begin + done - 1 if done else NONE

    def value(self, name: str, change: int) -> Any:  # noqa: ANN401 - a number
        """What a change set in a column."""
        own = self._values.get(name)
        if own is None:
            column = self._column(name)
            if not column.may_hold(len(self.positions)):
                return column[change]
            own = self._values[name] = column[self.begin : self.begin + len(self.positions)].copy()
        return own[change - self.begin]


class FieldTables:
    """The tables by which all slots of a field are found at a position.

    Args:
        happened: The changes as they happened.
        frames: The keyframes.
        keyframes: For each: how many changes had been made, and up to which position.
        slots, changes, events, values: How many there are; of values, if there are any.
    """

    def __init__(
        self, happened: FolderTable, frames: FolderTable, keyframes: tuple[tuple[int, int], ...],
        slots: int, changes: int, events: int, values: int | None,
    ) -> None:  # fmt: skip
        self.happened, self._frames, self._keyframes = happened, frames, keyframes
        self._limits: dict[str, int | None] = {
            "slot": slots, "change": changes, "position": events + 1, "code": values,
        }  # fmt: skip
        self._slots = slots
        self._kind = narrow(changes)

    def head(self, position: int) -> Ints:
        """(s,) the change in force in each slot. It is kept; nobody writes to it."""

        def make() -> tuple[Ints, int]:
            found = self._column(position, "change", np.full(self._slots, NONE, self._kind))
            return found, found.nbytes

        head: Ints = self.happened.made(("head", position), make)
        return head

    def values(
        self,
        position: int,
        name: str,
        kind: type[np.integer[Any]],
        *,
        nothing: int = 0,
        keep: bool = True,
    ) -> Ints:
        """(s,) what these changes set in a column, of a dtype; `nothing` where there is none.

        `keep`: for whoever comes next.
        """

        def make() -> tuple[Ints, int]:
            found = self._column(position, name, np.full(self._slots, nothing, kind))
            return found, found.nbytes

        if not keep:
            return make()[0]

        column: Ints = self.happened.made(("in-force", position, name), make)
        return column

    def _column(self, position: int, name: str, found: Ints) -> Ints:
        limits = {each: self._limits.get(each) for each in ("slot", name)}
        at = int(np.searchsorted([stop for _, stop in self._keyframes], position, "right")) - 1
        begin = 0
        if at >= 0:
            for frame in self._frames.in_batches(limits, at):
                found[frame["slot"]] = frame[name]
            begin = self._keyframes[at][0]
        for slots, values in self._behind(begin, position, limits, name):
            found[slots] = values  # NumPy assigns in order: the last one of a slot stays
        found.flags.writeable = False
        return found

    def _behind(
        self, begin: int, position: int, limits: dict[str, int | None], name: str
    ) -> Iterator[tuple[Ints, Ints]]:
        """Slots and a column of the changes from one on, up to a position."""
        table = self.happened
        first = int(np.searchsorted(table.starts, begin, "right")) - 1
        for group in range(max(first, 0), len(table.groups)):
            least, most = table.groups[group].ranges.get("position", (0, 0))
            if least > position:
                return
            own = table.together(limits, group, keep=False)
            end = len(own["slot"])
            if most > position:
                positions = table.ints("position", group, limit=self._limits["position"], keep=False)
                end = int(positions.searchsorted(position, "right"))
            start = max(begin - int(table.starts[group]), 0)
            yield own["slot"][start:end], own[name][start:end]


class ForceOfMany:
    """The changes in force at a position, as `InForce` has them; nothing of it stays that is not looked at.

    Attributes:
        position: It.
    """

    def __init__(self, position: int, tables: FieldTables, kinds: dict[str, Any]) -> None:
        self.position = position
        self._tables, self._kinds = tables, kinds

    @property
    def head(self) -> Ints:
        """(s,) the change of each slot; negative before its first."""
        return self._tables.head(self.position)

    @property
    def changes(self) -> Ints:
        """(k,) they, ascending."""
        head = self.head
        return head if bool((head >= 0).all()) else head[head >= 0]

    def values(self, name: str, at: Ints) -> Ints:
        """What some of them set in a column."""
        head, values = self.head, self.all_values(name)
        if bool((head >= 0).all()):
            return values[at]
        own: Ints = values[head >= 0]
        return own if len(at) == len(own) and bool((at == np.arange(len(at))).all()) else own[at]

    def all_values(self, name: str) -> Ints:
        """(s,) what they set in a column, by slot; 0 where there is none."""
        return self._tables.values(self.position, name, self._kinds[name])
