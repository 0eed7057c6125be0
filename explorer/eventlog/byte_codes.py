"""Which small number stands for some bytes: a dictionary of very many texts without an object for each?"""

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.memory import zero_column
from explorer.eventlog.scanner.leaf_kernels import (
    AT_ONCE,
    KNOWN,
    MISSING,
    USED,
    code_values,
    fill_texts,
    known_texts,
    refill,
)
from explorer.eventlog.scanner.token_kernels import TEXT
from explorer.eventlog.text_columns import TextColumn, glued

type Ints = npt.NDArray[Any]
type Bytes = npt.NDArray[np.uint8]

_SEED = np.uint64(int.from_bytes(os.urandom(8), "little") | 1)
_AT_ONCE_BYTES = 1 << 29  # of texts
ROOM = 16  # bytes that must stand behind whatever is looked up


class ByteCodes:
    """Distinct bytes in the order of their first appearance; a code is a place in it."""

    def __init__(self) -> None:
        self._state = np.zeros(2, np.int64)
        self._at = np.zeros(257, np.int64)
        self._kept: Bytes = np.zeros(8_192, np.uint8)
        self._table = np.zeros(1_024, np.uint64)
        self._texts: TextColumn | None = None  # all of them, as they were asked for last
        self._shared = False  # with a copy: who adds something first has its own from then on

    @classmethod
    def restored(cls, kept: Bytes, at: Ints) -> "ByteCodes":
        """What `kept` and `at` were of another one; nothing is hashed before something is looked up."""
        found = cls()
        found._kept, found._at = kept, at
        found._state[:] = len(at) - 1, int(at[-1])
        found._forget()
        return found

    def __len__(self) -> int:
        return int(self._state[KNOWN])

    @property
    def kept(self) -> Bytes:
        """The bytes of all of them, a newline behind each."""
        return self._kept[: int(self._state[USED])]

    @kept.setter
    def kept(self, column: Bytes) -> None:
        """The same bytes somewhere else."""
        self._kept = column
        self._forget()

    @property
    def at(self) -> Ints:
        """(n + 1,) where each begins in `kept`; the last is where all end."""
        return self._at[: len(self) + 1]

    @at.setter
    def at(self, column: Ints) -> None:
        """The same places somewhere else."""
        self._at = column
        self._forget()

    def texts(self, first: int = 0) -> TextColumn:
        """All from one on."""
        if first:
            return TextColumn.of_spaced(self._kept, self.at[first:])
        if self._texts is None or len(self._texts) != len(self):
            self._texts = TextColumn.of_spaced(self._kept, self.at)
        return self._texts

    def holding(self, needles: Sequence[bytes]) -> Ints:
        """(k,) the codes of what may contain one of some bytes, ascending.

        Args:
            needles: In small letters, which stand for large ones too; a newline stands before and behind each text.

        Returns:
            Whatever is not ASCII is among them: what its small letters are nobody says here.
        """
        kept, at = self.kept, self.at
        folded = b"\n" + kept.tobytes().lower()
        places = [np.flatnonzero(kept & np.uint8(128))]
        for needle in needles:
            hits, hit = [], folded.find(needle)
            while hit >= 0:
                hits.append(hit)
                hit = folded.find(needle, hit + 1)
            # the newline before a text is that behind the one before it, and all stand one place further on
            places.append(np.array(hits, np.int64) - (not needle.startswith(b"\n")))
        found = np.zeros(len(self), np.bool_)
        found[np.searchsorted(at, np.concatenate(places), "right") - 1] = True
        return np.flatnonzero(found)

    def copy(self) -> "ByteCodes":
        """The same, to which others can be added."""
        found = ByteCodes()
        found.__dict__.update(self.__dict__)
        found._state = self._state.copy()
        found._shared = self._shared = True
        return found

    def codes(self, words: Ints, starts: Ints, ends: Ints, longest: int) -> npt.NDArray[np.int32]:
        """(k,) the code of each, a new one for what was never seen.

        Args:
            words: The bytes as words.
            starts: (k,) int32, where each begins …
            ends: … and ends.
            longest: What has more bytes has no code: -1.
        """
        found, hashed = np.empty(len(starts), np.int32), np.empty(AT_ONCE, np.uint64)
        if self._shared:
            self._part()
        done = 0
        while True:
            done = code_values(
                words, starts, ends, done, longest, _SEED, self._table, self._at, words_of(self._kept), self._kept,
                self._state, hashed, found,
            )  # fmt: skip
            if done == len(starts):
                return found
            self._grow(int(ends[done] - starts[done]))

    def known(
        self, words: Ints, places: tuple[Ints, Ints, Ints], leaves: Ints, inset: int, longest: int, step: int
    ) -> tuple[npt.NDArray[np.int32], Ints, Ints]:
        """(k,) the code of each leaf that is a plain text, times `step`; which have none yet, and which are none.

        Nothing is added, and another thread may add something at the same time.

        Args:
            words: The bytes as words.
            places: Of all leaves, where each begins and ends, and of which kind it is.
            leaves: (k,) which of them are looked up.
            inset: How far inside of its place a text begins.
            longest: How many bytes it has at most.
            step: See above.

        Returns:
            `MISSING` for what has no code yet, `OTHER` for what is no plain text or longer.
        """
        found, rest = np.empty(len(leaves), np.int32), np.empty(len(leaves), np.int64)
        counts = np.zeros(2, np.int64)
        known_texts(
            words, *places, leaves, inset, longest, step, _SEED, self._table, self._at, words_of(self._kept),
            np.empty(AT_ONCE, np.uint64), found, rest, counts,
        )  # fmt: skip
        missing, others = counts.tolist()
        return found, rest[:missing], rest[len(rest) - others :][::-1]

    def codes_of(self, texts: TextColumn) -> npt.NDArray[np.int32]:
        """(k,) the codes of some texts."""
        if not len(texts):
            return np.zeros(0, np.int32)
        first, last = int(texts.starts.min()), int(texts.ends.max())
        if last - first > 2 * _AT_ONCE_BYTES and len(texts) > 1:  # their places are told by 32 bits
            sizes = np.cumsum(texts.ends - texts.starts)
            cuts = np.searchsorted(sizes, np.arange(_AT_ONCE_BYTES, int(sizes[-1]), _AT_ONCE_BYTES))
            parts = [part for part in np.split(np.arange(len(texts)), cuts) if len(part)]
            return np.concatenate([self.codes_of(glued(len(part), [texts.chosen(part)])) for part in parts])
        data = np.zeros(last - first + ROOM, np.uint8)
        data[: last - first] = texts.data[first:last]
        starts, ends = (texts.starts - first).astype(np.int32), (texts.ends - first).astype(np.int32)
        return self.codes(words_of(data), starts, ends, len(data))

    def find(self, text: bytes) -> int:
        """The code of some bytes; -1 if they were never seen."""
        if not len(self._table):
            self._hash()
        data = np.zeros(len(text) + ROOM, np.uint8)
        data[: len(text)] = np.frombuffer(text, np.uint8)
        kept = self._kept
        if not kept.flags.writeable or len(kept) < int(self._state[USED]) + ROOM:
            self._kept = _longer(kept, int(self._state[USED]) + ROOM)
        place = np.zeros(1, np.int32), np.full(1, len(text), np.int32), np.full(1, TEXT, np.uint8)
        found, _, _ = self.known(words_of(data), place, np.zeros(1, np.int64), 0, len(text), 1)
        return -1 if found[0] == MISSING else int(found[0])

    def _forget(self) -> None:
        """Hash nothing before something is looked up."""
        self._table = np.zeros(0, np.uint64)
        self._texts = None
        self._shared = True

    def _part(self) -> None:
        """Have columns of its own, with room."""
        if len(self._table):
            self._kept = _longer(self._kept, 2 * int(self._state[USED]) + 4_096)
            self._at = _longer(self._at, 2 * len(self._at))
            self._table = self._table.copy()
        else:
            self._hash(2)
        self._shared = False

    def _grow(self, size: int) -> None:
        known, used = len(self), int(self._state[USED])
        if known + 1 >= len(self._at):
            self._at = _longer(self._at, 2 * len(self._at))
        if 2 * (known + 1) >= len(self._table):
            table = zero_column(2 * len(self._table), np.uint64)
            refill(self._table, table)
            self._table = table
        if used + size + 4_096 >= len(self._kept):
            self._kept = _longer(self._kept, 2 * (used + size) + 8_192)

    def _hash(self, room: int = 1) -> None:
        """Put what was restored into a table; `room`: for how many times as much."""
        count = len(self)
        at = _longer(self._at, room * len(self._at))
        kept = _longer(self._kept, room * (int(self._state[USED]) + 4_096))
        table = np.zeros(1 << max((2 * count).bit_length(), 10), np.uint64)
        fill_texts(words_of(kept), at, count, _SEED, np.empty(AT_ONCE, np.uint64), table)
        self._kept, self._at = kept, at
        self._table = table  # at last: who finds it finds the others, on whichever thread


def _longer(column: Ints, size: int) -> Ints:
    grown = zero_column(max(size, len(column)), column.dtype, filled=False)
    grown[: len(column)] = column
    return grown
