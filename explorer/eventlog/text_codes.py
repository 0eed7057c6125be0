"""Which small number stands for each of many short texts of a block?"""

import numpy as np
import numpy.typing as npt

from explorer.eventlog.byte_words import FIRST, Block, Flags, Int64s, Words
from explorer.eventlog.names import Names

_LONGEST_WORDS = 6  # texts of up to 48 bytes are compared as words; longer ones one by one
_ROOM = 4  # slots of the table for each text: with few, many texts are not found where they should be
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MIX_LAST = 0xD6E8FEB86659FD93
_U = np.uint64
# for each word of a text, and each length of the text: which of the word's bytes are the text's
_KEEP = [FIRST[np.clip(np.arange(8 * _LONGEST_WORDS + 1) - 8 * word, 0, 8)] for word in range(_LONGEST_WORDS)]


class TextCodes(Names[str]):
    """`Names`, with a table that finds the codes of a whole column of texts at once.

    The table is open-addressed and holds each text itself, so two texts never share a code. Texts without NUL
    characters only: zeros stand behind the end of a text.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bits = 10
        self._table = np.full(1 << self._bits, -1, np.int32)
        self._fill = 0
        self._words = np.zeros((1, 1 << self._bits), np.uint64)  # of the text with each code, if it is there

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
        window = block.windows(starts, width)
        keys = np.empty((width, len(starts)), np.uint64)
        for word in range(width):
            np.bitwise_and(window[:, word], _KEEP[word][lengths], out=keys[word])
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
            mixed ^= keys[word] * _U(_MIX[word % 3]) << _U(word // 3)
        mixed ^= mixed >> _U(29)
        mixed *= _U(_MIX_LAST)
        mixed >>= _U(64 - self._bits)
        slots: Int64s = mixed.view(np.int64)
        return slots

    def _same(self, keys: Words, codes: npt.NDArray[np.int32]) -> Flags:
        same: Flags = self._words[0][codes] == keys[0]
        # a longer text may begin with a shorter one, so all words count once there are texts of more
        for word in range(1, max(len(self._words), len(keys))):
            if word >= len(self._words):
                same &= keys[word] == 0
            else:
                same &= self._words[word][codes] == (keys[word] if word < len(keys) else _U(0))
        return same

    def _find(self, keys: Words) -> npt.NDArray[np.int32]:
        slots = self._slots(keys)
        mask = len(self._table) - 1
        found = self._table[slots]
        wrong = np.flatnonzero(~self._same(keys, found) & (found >= 0))
        left = wrong
        while len(wrong):  # the text may stand one further on
            slots, keys = (slots[wrong] + 1) & mask, keys[:, wrong]
            there = self._table[slots]
            found[left] = there
            wrong = np.flatnonzero(~self._same(keys, there) & (there >= 0))
            left = left[wrong]
        return found

    def _insert(self, keys: Words, codes: npt.NDArray[np.int32]) -> None:
        """Add texts that are not in the table."""
        self._widen(len(keys), int(codes.max()) + 1)
        self._words[: len(keys), codes] = keys
        self._fill += len(codes)
        if self._fill * _ROOM > len(self._table):
            there = self._table[self._table >= 0]
            while self._fill * _ROOM > len(self._table):
                self._bits += 1
                self._table = np.full(1 << self._bits, -1, np.int32)
            self._place(self._words[:, there], there)
        self._place(keys, codes)

    def _widen(self, words: int, codes: int) -> None:
        wide, long = self._words.shape
        if words > wide or codes > long:
            grown = np.zeros((max(words, wide), max(2 * long if codes > long else long, codes)), np.uint64)
            grown[:wide, :long] = self._words
            self._words = grown

    def _place(self, keys: Words, codes: npt.NDArray[np.int32]) -> None:
        mask = len(self._table) - 1
        slots = self._slots(keys)
        left = np.arange(len(codes))
        while len(left):
            there = slots[left]
            free = self._table[there] < 0
            self._table[there[free]] = codes[left[free]]  # of several that want it, the last gets it
            left = left[~(free & (self._table[there] == codes[left]))]
            slots[left] = (slots[left] + 1) & mask
