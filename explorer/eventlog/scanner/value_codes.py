"""Which small number stands for a value as it is written, kept from block to block?"""

import json
import os
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.scanner.blocks import Scanned
from explorer.eventlog.scanner.leaf_kernels import KNOWN, LONG, USED, code_values, fill_values

type Ints = npt.NDArray[Any]

_ODD = re.compile(r'[\x00-\x1f"\\]')
_SEED = np.uint64(int.from_bytes(os.urandom(8), "little") | 1)


class ValueCodes:
    """Codes of values, found by their bytes: whoever gives out the codes is asked once for each way of writing one."""

    def __init__(self, code_of: Callable[[Sequence[str]], Sequence[int]]) -> None:
        """Begin.

        Args:
            code_of: Gives the codes of values as they are written in JSON (texts with their quotes).
        """
        self._code_of = code_of
        self._codes = np.zeros(256, np.int32)
        self._state = np.zeros(2, np.int64)
        self._told = 0
        self._hashes, self._at = np.zeros(256, np.uint64), np.zeros(257, np.int64)
        self._kept = np.zeros(8_192, np.uint8)
        self._table = np.full(1_024, -1, np.int32)

    def codes(self, scanned: Scanned, leaves: Ints) -> npt.NDArray[np.int32]:
        """(k,) the code of each leaf's value."""
        starts, ends = scanned.leaf_start[leaves], scanned.leaf_end[leaves]
        found = np.empty(len(leaves), np.int32)
        done = 0
        while True:
            done = code_values(
                scanned.words, starts, ends, done, _SEED, self._table, self._hashes, self._at,
                words_of(self._kept), self._kept, self._state, found,
            )  # fmt: skip
            if done == len(leaves):
                break
            self._grow()
        quoted = scanned.inset > 0
        self._learn(quoted=quoted)
        long = np.flatnonzero(found == LONG)
        found = self._codes[found]
        if len(long):
            texts = [scanned.raw(leaf).decode() for leaf in leaves[long].tolist()]
            found[long] = self._code_of(texts if quoted else list(map(_quoted, texts)))
        return found

    def _learn(self, *, quoted: bool) -> None:
        """Ask for the codes of values that are new; what is not quoted is text."""
        count = int(self._state[KNOWN])
        if count == self._told:
            return
        begin = int(self._at[self._told])
        raw = self._kept[begin : int(self._state[USED])].tobytes()
        texts = raw.decode().split("\n")  # mostly no value has a newline: in JSON it is an escape
        texts.pop()
        if len(texts) != count - self._told:
            places = (self._at[self._told : count + 1] - begin).tolist()
            texts = [raw[start : end - 1].decode() for start, end in pairwise(places)]
        if not quoted:
            texts = list(map(_quoted, texts))
        self._codes[self._told : count] = self._code_of(texts)
        self._told = count

    def _grow(self) -> None:
        known, used = int(self._state[KNOWN]), int(self._state[USED])
        if 2 * known >= len(self._hashes):
            self._hashes, self._at, self._codes = (
                _longer(self._hashes), _longer(self._at), _longer(self._codes)
            )  # fmt: skip
            self._table = np.full(2 * len(self._table), -1, np.int32)
            fill_values(self._hashes, known, self._table)
        while 2 * used + 4_096 >= len(self._kept):
            self._kept = _longer(self._kept)


def _quoted(text: str) -> str:
    """A text as JSON writes it."""
    return json.dumps(text, ensure_ascii=False) if _ODD.search(text) else f'"{text}"'


def _longer(column: Ints) -> Ints:
    grown = np.zeros(2 * len(column), column.dtype)
    grown[: len(column)] = column
    return grown
