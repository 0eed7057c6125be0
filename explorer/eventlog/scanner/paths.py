"""Which keys lead to the values of a log, each chain of them with a small number that is kept from block to block?"""

import os
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.memory import empty_column
from explorer.eventlog.scanner.json_kernels import (
    CLOSED,
    DEEPEST,
    FULL,
    ITEMS,
    KEY_BYTES,
    PATHS,
    SEED,
    fill_table,
)

type Ints = npt.NDArray[Any]

MOST_PATHS = 1 << 15  # a log that invents a name in each event must not fill the memory
type Path = tuple[str | None, ...]  # keys; None for what stands in an array


class Paths:
    """The paths of one log so far. 0 is the record itself.

    Attributes:
        arrays: What the kernels take: parents, key places, key lengths, first items, guesses (two for each), last
            objects, table, key words, key bytes; see `json_kernels`.
        state: (8,) what they count.
        stack: (DEEPEST, 4) room for kernels.
        firsts: (room,) the record in which each was met first, in the block in which it was new.
    """

    def __init__(self) -> None:
        self.state = np.zeros(8, np.int64)
        self.state[PATHS] = 1
        self.state[SEED] = int.from_bytes(os.urandom(7), "little") | 1  # nobody can write keys that collide
        self.stack = np.empty((DEEPEST, 4), np.int64)
        self._keys: list[Path] = [()]
        self._of: dict[Path, int] = {(): 0}
        self.arrays: Any = None
        self.firsts = np.zeros(0, np.int32)
        self._columns: tuple[Ints, ...] = ()
        self._make_room(256, 8_192)

    def __len__(self) -> int:
        return int(self.state[PATHS])

    def __getitem__(self, path: int) -> Path:
        """The keys that lead to a path."""
        self._learn()
        return self._keys[path]

    def find(self, keys: Path) -> int | None:
        """The number of a path; None if no record had it so far."""
        self._learn()
        return self._of.get(keys)

    def parent(self, path: int) -> int:
        """The path one key less deep."""
        return int(self.arrays[0][path])

    def column(self, *names: str) -> int:
        """The number of a path that is named from outside, such as a column's."""
        path = 0
        for name in names:
            found = self.find((*self[path], name))
            path = self._added(path, name) if found is None else found
        return path

    def room(self, leaves: int) -> tuple[Ints, ...]:
        """Room for number, record, start, end and kind of the leaves of a block; what stood there before is no more."""
        if not self._columns or len(self._columns[0]) < leaves:
            kinds = np.int32, np.int64, np.int32, np.int32, np.uint8
            self._columns = tuple(empty_column(leaves + leaves // 4, kind, filled=False) for kind in kinds)
        return tuple(column[:leaves] for column in self._columns)

    def grow(self) -> bool:
        """Make room for more; false if there are as many as there may be: records with others are not scanned."""
        self.state[FULL] = 0
        room = len(self.arrays[0])
        if room >= MOST_PATHS:
            self.state[CLOSED] = 1
            return False
        self._make_room(4 * room, 4 * len(self.arrays[8]))
        return True

    def _added(self, parent: int, name: str) -> int:
        raw = name.encode("utf-8", "surrogatepass")
        path, used = int(self.state[PATHS]), int(self.state[KEY_BYTES])
        while path >= len(self.arrays[0]) or used + len(raw) + 16 > len(self.arrays[8]):
            self._make_room(4 * len(self.arrays[0]), 4 * len(self.arrays[8]) + len(raw))
        parents, key_at, key_len, items, _, seen, _, _, key_bytes = self.arrays
        parents[path], key_at[path], key_len[path], items[path], seen[path] = parent, used, len(raw), -1, 0
        key_bytes[used : used + len(raw)] = np.frombuffer(raw, np.uint8)
        self.state[PATHS], self.state[KEY_BYTES] = path + 1, used + len(raw)
        self.arrays[6][:] = -1
        fill_table(self.arrays, len(self), self.state)
        return path

    def _make_room(self, paths: int, key_bytes: int) -> None:
        old = self.arrays
        kinds = (np.int32, np.int64, np.int64, np.int32, np.int32, np.int64)
        columns = [np.zeros(paths, kind) for kind in kinds]
        columns[4] = np.zeros(2 * paths, np.int32)  # two for each
        keys = np.zeros(key_bytes, np.uint8)
        if old is None:
            columns[3][:] = -1
            columns[2][0] = ITEMS
        else:
            for new, before in zip(columns, old, strict=False):
                new[: len(before)] = before
            keys[: len(old[8])] = old[8]
        table = np.full(4 * paths, -1, np.int32)
        self.arrays = (*columns, table, words_of(keys), keys)
        firsts = np.zeros(paths, np.int32)
        firsts[: len(self.firsts)] = self.firsts
        self.firsts = firsts
        if len(self) > 1:
            fill_table(self.arrays, len(self), self.state)

    def _learn(self) -> None:
        """Take notice of the paths that the kernels have found."""
        parents, key_at, key_len, *_, key_bytes = self.arrays
        for path in range(len(self._keys), len(self)):
            size = int(key_len[path])
            begin = int(key_at[path])
            own = None if size == ITEMS else key_bytes[begin : begin + size].tobytes().decode()
            keys = (*self._keys[int(parents[path])], own)
            self._keys.append(keys)
            self._of[keys] = path
