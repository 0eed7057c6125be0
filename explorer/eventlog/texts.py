"""Which small number stands for each of many short texts of a block?"""

import numpy as np
import numpy.typing as npt

from explorer.eventlog.names import Names
from explorer.eventlog.words import FIRST, Block, Flags, Int64s, Words

_LONGEST_WORDS = 6  # texts of up to 48 bytes are compared as words; longer ones one by one
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MIX_LAST = 0xD6E8FEB86659FD93
_U = np.uint64


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
        self._table_keys = np.zeros((_LONGEST_WORDS, 1 << self._bits), np.uint64)
        self._table_codes = np.full(1 << self._bits, -1, np.int32)

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
        keys = np.empty((width, len(starts)), np.uint64)
        for word in range(width):
            keys[word] = block.words(starts + 8 * word) & FIRST[np.clip(lengths - 8 * word, 0, 8)]
        found = self._find(keys)
        new = np.flatnonzero(found < 0)
        if len(new):
            # NumPy's byte strings end where the zeros begin
            raw = np.ascontiguousarray(keys[:, new].T).view(f"S{8 * width}").ravel().tolist()
            codes = np.array(self.codes_of([text.decode() for text in raw]), np.int32)
            found[new] = codes
            codes, firsts = np.unique(codes, return_index=True)
            self._insert(keys[:, new[firsts]], codes)
        return found

    def _slots(self, keys: Words) -> Int64s:
        mixed = keys[0] * _U(_MIX[0])
        for word in range(1, len(keys)):
            # a word of zeros (beyond the end of a text) must not matter: shorter batches have fewer words
            mixed = mixed ^ (keys[word] * _U(_MIX[word % 3]) << _U(word // 3))
        mixed ^= mixed >> _U(29)
        mixed *= _U(_MIX_LAST)
        slots: Int64s = (mixed >> _U(64 - self._bits)).astype(np.int64)
        return slots

    def _same(self, keys: Words, slots: Int64s) -> Flags:
        same: Flags = self._table_keys[0][slots] == keys[0]
        # a longer text may begin with a shorter one, so all words count once there are texts of more
        for word in range(1, max(self._widest, len(keys))):
            wanted = keys[word] if word < len(keys) else _U(0)
            same &= self._table_keys[word][slots] == wanted
        return same

    def _find(self, keys: Words) -> npt.NDArray[np.int32]:
        slots = self._slots(keys)
        mask = (1 << self._bits) - 1
        found = self._table_codes[slots]
        wrong = np.flatnonzero((found >= 0) & ~self._same(keys, slots))
        while len(wrong):
            slots[wrong] = (slots[wrong] + 1) & mask
            there = self._table_codes[slots[wrong]]
            found[wrong] = there
            wrong = wrong[(there >= 0) & ~self._same(keys[:, wrong], slots[wrong])]
        return found

    def _insert(self, keys: Words, codes: npt.NDArray[np.int32]) -> None:
        """Add texts that are not in the table."""
        while (self._fill + len(codes)) * 2 > len(self._table_codes):
            old_keys, old_codes = self._table_keys, self._table_codes
            self._bits += 2
            self._fill = 0
            self._clear()
            full = np.flatnonzero(old_codes >= 0)
            self._place(old_keys[:, full], old_codes[full])
        self._place(keys, codes)

    def _place(self, keys: Words, codes: npt.NDArray[np.int32]) -> None:
        mask = len(self._table_codes) - 1
        self._widest = max(self._widest, len(keys))
        slots = self._slots(keys)
        left = np.arange(len(codes))
        while len(left):
            there = slots[left]
            free = self._table_codes[there] < 0
            self._table_codes[there[free]] = codes[left[free]]  # of several that want it, the last gets it
            mine = free & (self._table_codes[there] == codes[left])
            won, at = left[mine], there[mine]
            self._table_keys[: len(keys), at] = keys[:, won]
            left = left[~mine]
            slots[left] = (slots[left] + 1) & mask
        self._fill += len(codes)
