"""Which small number stands for each of many short texts of a block?"""

import numpy as np
import numpy.typing as npt

from explorer.eventlog.names import Names
from explorer.eventlog.words import FIRST, Block, Flags, Int64s, Words

_LONGEST_WORDS = 6  # texts of up to 48 bytes are compared as words; longer ones one by one
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MIX_LAST = 0xD6E8FEB86659FD93
_U = np.uint64

_EMPTY = _U(2**64 - 1)  # in place of a code


class Texts(Names[str]):
    """`Names`, with a table that finds the codes of a whole column of texts at once.

    The table is open-addressed and holds each text itself, so two texts never share a code. Texts without NUL
    characters only: zeros stand behind the end of a text.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bits = 10
        self._fill = 0
        self._widest = 1
        self._clear()

    def _clear(self) -> None:
        # a row for each place: the words of a text, and its code last, so that one look brings all of it
        self._table = np.zeros((1 << self._bits, self._widest + 1), np.uint64)
        self._table[:, -1] = _EMPTY

    def codes(self, block: Block, starts: Int64s, ends: Int64s) -> npt.NDArray[np.int32]:
        """(k,) the code of each text of `block`, which is valid UTF-8; new ones are learnt."""
        lengths = ends - starts
        found = np.full(len(starts), -1, np.int32)
        long = lengths > 8 * _LONGEST_WORDS
        if long.any():
            for index in np.flatnonzero(long).tolist():
                found[index] = self.code(block.text(starts[index], ends[index]).decode())
            rest = np.flatnonzero(~long)
            found[rest] = self._short(block, starts[rest], lengths[rest])
            return found
        return self._short(block, starts, lengths)

    def _short(self, block: Block, starts: Int64s, lengths: Int64s) -> npt.NDArray[np.int32]:
        width = max(-(-int(lengths.max(initial=0)) // 8), 1)
        keys = np.empty((len(starts), width), np.uint64)
        for word in range(width):
            keys[:, word] = block.words(starts + 8 * word) & FIRST[np.clip(lengths - 8 * word, 0, 8)]
        found = self._find(keys)
        new = np.flatnonzero(found < 0)
        if len(new):
            # NumPy's byte strings end where the zeros begin
            raw = keys[new].view(f"S{8 * width}").ravel().tolist()
            codes = np.array(self.codes_of([text.decode() for text in raw]), np.int32)
            found[new] = codes
            codes, firsts = np.unique(codes, return_index=True)
            self._insert(keys[new[firsts]], codes)
        return found

    def _slots(self, keys: Words) -> Int64s:
        mixed = keys[:, 0] * _U(_MIX[0])
        for word in range(1, keys.shape[1]):
            # a word of zeros (beyond the end of a text) must not matter: shorter batches have fewer words
            mixed ^= keys[:, word] * _U(_MIX[word % 3]) << _U(word // 3)
        mixed ^= mixed >> _U(29)
        mixed *= _U(_MIX_LAST)
        mixed >>= _U(64 - self._bits)
        return mixed.view(np.int64)

    @staticmethod
    def _same(keys: Words, rows: Words) -> Flags:
        """Which of the texts are those of the rows; a longer one may begin with a shorter one, so all words count."""
        same: Flags = rows[:, 0] == keys[:, 0]
        for word in range(1, max(rows.shape[1] - 1, keys.shape[1])):
            if word >= rows.shape[1] - 1:
                same &= keys[:, word] == 0
            else:
                same &= rows[:, word] == (keys[:, word] if word < keys.shape[1] else 0)
        return same

    def _find(self, keys: Words) -> npt.NDArray[np.int32]:
        slots = self._slots(keys)
        mask = (1 << self._bits) - 1
        rows = self._table.take(slots, axis=0)
        same = self._same(keys, rows)
        found = np.where(same, rows[:, -1].view(np.int64), -1).astype(np.int32)
        wrong = np.flatnonzero(~same & (rows[:, -1] != _EMPTY))
        while len(wrong):
            slots[wrong] = (slots[wrong] + 1) & mask
            rows = self._table.take(slots[wrong], axis=0)
            same = self._same(keys[wrong], rows)
            found[wrong[same]] = rows[same, -1].view(np.int64)
            wrong = wrong[~same & (rows[:, -1] != _EMPTY)]
        return found

    def _insert(self, keys: Words, codes: npt.NDArray[np.int32]) -> None:
        """Add texts that are not in the table."""
        wider = keys.shape[1] > self._widest
        while wider or (self._fill + len(codes)) * 2 > len(self._table):
            old = self._table[self._table[:, -1] != _EMPTY]
            self._widest = max(self._widest, keys.shape[1])
            self._bits += 0 if wider else 2
            self._fill, wider = 0, False
            self._clear()
            self._place(old[:, :-1], old[:, -1].astype(np.int32))
        self._place(keys, codes)

    def _place(self, keys: Words, codes: npt.NDArray[np.int32]) -> None:
        mask = len(self._table) - 1
        slots = self._slots(keys)
        wanted = codes.astype(np.uint64)
        left = np.arange(len(codes))
        while len(left):
            there = slots[left]
            free = self._table[there, -1] == _EMPTY
            self._table[there[free], -1] = wanted[left[free]]  # of several that want it, the last gets it
            mine = free & (self._table[there, -1] == wanted[left])
            won, at = left[mine], there[mine]
            self._table[at, : keys.shape[1]] = keys[won]
            left = left[~mine]
            slots[left] = (slots[left] + 1) & mask
        self._fill += len(codes)
