"""Which small number stands for a value as it is written, kept from block to block?"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.byte_codes import ByteCodes
from explorer.eventlog.scanner.blocks import Scanned
from explorer.eventlog.scanner.leaf_kernels import LONG, LONGEST
from explorer.eventlog.text_columns import TextColumn
from explorer.eventlog.text_names import SharedTextNames
from explorer.patterns import lazy_pattern

type Ints = npt.NDArray[Any]
type CodesOf = Callable[[Sequence[str]], Sequence[int] | Ints]

_ODD = lazy_pattern(r'[\x00-\x1f"\\]')
_QUOTE, _SLASH = 34, 92


class ValueCodes:
    """Codes of values, found by their bytes: whoever gives out the codes is asked once for each way of writing one."""

    def __init__(
        self,
        code_of: CodesOf,
        code_of_texts: CodesOf | None = None,
        shared: SharedTextNames | None = None,
        step: int = 1,
    ) -> None:
        """Begin.

        Args:
            code_of: Gives the codes of values as they are written in JSON (texts with their quotes).
            code_of_texts: The same of texts as they are, where all of them are texts.
            shared: Where plain texts have their codes, if they are looked up there at once.
            step: The code of such a text is so many times the one that it has there.
        """
        self._code_of, self._code_of_texts = code_of, code_of_texts
        self._shared, self._step = shared, step
        self._codes, self._told = np.zeros(256, np.int32), 0
        self._known = ByteCodes()

    def codes(
        self, scanned: Scanned, spans: tuple[Ints, Ints, Ints], places: Ints | None = None
    ) -> npt.NDArray[np.int32]:
        """(k,) the codes of values.

        Args:
            scanned: The block in which they stand.
            spans: Where each value of a column begins and ends, and of which kind it is.
            places: (k,) which of them; None: all.
        """
        starts, ends, _ = spans
        if self._shared is None:
            return self._looked_up(
                scanned, *((starts, ends) if places is None else (starts[places], ends[places]))
            )
        if places is None:
            places = np.arange(len(starts))
        found, others = self._shared.codes_of_leaves(
            scanned.words, spans, places, scanned.inset, LONGEST, self._step
        )
        if len(others):
            rest = places[others]
            found[others] = self._looked_up(scanned, starts[rest], ends[rest])
        return found

    def _looked_up(self, scanned: Scanned, starts: Ints, ends: Ints) -> npt.NDArray[np.int32]:
        """The same by how values are written."""
        found = self._known.codes(scanned.words, starts, ends, LONGEST)
        quoted = scanned.inset > 0
        if len(self._known) > self._told:
            self._learn(self._known.texts(self._told), quoted=quoted)
        long = np.flatnonzero(found == LONG)
        found = self._codes[found.astype(np.int64)]  # NumPy fetches so, and sooner
        if len(long):
            spans = zip(starts[long].tolist(), ends[long].tolist(), strict=True)
            texts = [scanned.block.text(start, end).decode() for start, end in spans]
            found[long] = self._code_of(texts if quoted else list(map(_quoted, texts)))
        return found

    def written(self, values: Sequence[str]) -> npt.NDArray[np.int32]:
        """(k,) the codes of values as JSON writes them, which stand in no block and are all different."""
        return np.array(self._code_of(values), np.int32)

    def _learn(self, new: TextColumn, *, quoted: bool) -> None:
        """Ask for the codes of values that are new; what is not quoted is text."""
        if self._code_of_texts is not None and (texts := _inside(new) if quoted else new) is not None:
            more = self._code_of_texts(texts)
        else:
            more = self._code_of(new if quoted else list(map(_quoted, new)))
        stop = self._told + len(new)
        if stop > len(self._codes):
            codes = np.zeros(2 * stop, np.int32)
            codes[: self._told] = self._codes[: self._told]
            self._codes = codes
        self._codes[self._told : stop], self._told = more, stop


def _inside(written: TextColumn) -> TextColumn | None:
    """Texts without their quotes; None if one is no text, or is written with an escape."""
    texts = TextColumn(written.data, written.starts + 1, written.ends - 1)
    return texts if bool((written.data[written.starts] == _QUOTE).all()) and not texts.have(b"\\") else None


def _quoted(text: str) -> str:
    """A text as JSON writes it."""
    return json.dumps(text, ensure_ascii=False) if _ODD.search(text) else f'"{text}"'
