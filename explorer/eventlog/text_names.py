"""Which small number stands for an id, of which there may be millions?"""

import itertools
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog import compiled
from explorer.eventlog.byte_codes import ByteCodes
from explorer.eventlog.names import Names
from explorer.eventlog.scanner.token_kernels import NOT_ASCII, TEXT
from explorer.eventlog.text_columns import TextColumn, encoded, spaced_together

type Ints = npt.NDArray[Any]

MANY = 30_000  # texts: fewer are told by a dictionary of Python's
_SOME = 1_000  # texts of which one sees whether most are new


class SharedChoice(msgspec.Struct, frozen=True, eq=False):
    """Some texts, by where they stand among those that readers share: they are fetched when all have been told.

    Attributes:
        texts: All that readers share.
        codes: (k,) int32, which of them.
    """

    texts: "SharedTextNames"
    codes: Ints

    def __len__(self) -> int:
        return len(self.codes)


class TextNames(Names[str]):
    """The same of texts. Very many are kept as bytes, where compiled code is ready to find them there."""

    def __init__(self, values: Sequence[str] = (), *, few: int | None = None) -> None:
        """Begin; what is added as new is put down as bytes if it comes to more than `few`."""
        self._few = MANY if few is None else few
        self._many: ByteCodes | None = None
        self._new: list[TextColumn | SharedChoice] = []  # known to be new, and not put among the others yet
        self._new_count = 0
        super().__init__(values)

    @classmethod
    def restored(cls, kept: npt.NDArray[np.uint8], at: Ints) -> "TextNames":
        """What the columns of other names tell."""
        found = cls()
        if compiled.ready():
            found._many = ByteCodes.restored(kept, at)
        else:
            found.codes_of(list(TextColumn.of_spaced(kept, at)))
        return found

    @property
    def many(self) -> ByteCodes | None:
        """Their bytes; None of few."""
        self._settle()
        return self._many

    @property
    def values(self) -> Sequence[str]:
        """All of them, in the order of their codes; of very many, no list."""
        return self._listed if self.many is None else self.many.texts()

    def add_new(self, values: TextColumn | SharedChoice) -> Ints:
        """The codes of values of which it is known that none was seen, and that all differ: nothing is looked up."""
        first = len(self)
        self._new.append(values)
        self._new_count += len(values)
        return np.arange(first, first + len(values), dtype=np.int32)

    def _settle(self) -> None:
        if not self._new_count:
            return
        new, self._new = self._new, []
        self._new_count = 0
        parts = [part for part in _joined(new) if len(part)]
        if self._many is None and len(self._listed) + sum(map(len, parts)) < min(self._few, MANY):
            for each in parts:
                super().codes_of(
                    list(each if isinstance(each, TextColumn) else each.texts.chosen(each.codes))
                )
            return
        before = TextColumn.of(self._listed) if self._many is None else self._many.texts()
        spaced = [before.spaced()] if len(before) else []
        spaced += [
            each.spaced() if isinstance(each, TextColumn) else each.texts.spaced_of(each.codes)
            for each in parts
        ]
        kept, at = spaced[0]
        if len(spaced) > 1:
            begins = np.cumsum([0, *(len(each) for each, _ in spaced)])
            moved = [places[:-1] + begin for (_, places), begin in zip(spaced, begins.tolist(), strict=False)]
            kept, at = np.concatenate([each for each, _ in spaced]), np.concatenate([*moved, begins[-1:]])
        self._many = ByteCodes.restored(kept, at)
        self._codes, self._listed = {}, []

    def since(self, code: int) -> Sequence[str]:
        """All from one code on."""
        return self._listed[code:] if self.many is None else self.many.texts(code)

    def values_of(self, codes: Iterable[int]) -> Sequence[str]:
        """Those with some codes."""
        if self.many is None:
            return super().values_of(codes)
        return self.many.texts().chosen(
            np.fromiter(codes, np.int64) if not isinstance(codes, np.ndarray) else codes
        )

    def copy(self) -> "TextNames":
        """The same, to which others can be added."""
        found, many = TextNames(), self.many
        found._codes, found._listed = self._codes.copy(), self._listed.copy()
        found._many = None if many is None else many.copy()
        return found

    def code(self, value: str) -> int:
        """The code of `value`, a new one if it was never seen."""
        code = self._codes.get(value)  # of very many only those that are asked for one by one
        if code is None:
            many = self.many
            if many is None:
                return super().code(value)
            code = self._codes[value] = int(many.codes_of(TextColumn.of([value]))[0])
        return code

    def codes_of(self, values: Sequence[str]) -> Any:  # noqa: ANN401 - of very many, an array
        """The codes of many values, new ones included."""
        if self.many is None and len(self._listed) + len(values) >= MANY and compiled.ready():
            self._many = ByteCodes()
            self._many.codes_of(TextColumn.of(self._listed))
            self._codes, self._listed = {}, []
        if self._many is None:
            return super().codes_of(list(values))
        return self._many.codes_of(TextColumn.of(values))

    def get_ready(self) -> None:
        """See `Names.get_ready`: very many are put in a table when one is first looked up."""
        self.find("")

    def find(self, value: str) -> int | None:
        """The code of `value`; None if it was never seen."""
        if self.many is None:
            return super().find(value)
        code = self.many.find(encoded(value))
        return None if code < 0 else code

    def __getitem__(self, code: int) -> str:
        return self._listed[code] if self.many is None else self.many.texts()[code]

    def __len__(self) -> int:
        known = len(self._listed) if self._many is None else len(self._many)
        return known + self._new_count

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)


class SharedTextNames(TextNames):
    """The same for several threads, which may ask and add at the same time; always kept as bytes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mostly_new = False  # those that were met last
        super().__init__()
        self._many = self._bytes = ByteCodes()

    def __len__(self) -> int:
        with self._lock:  # a text is found before the loop that adds it has counted it
            return super().__len__()

    def code(self, value: str) -> int:
        """The code of `value`, a new one if it was never seen."""
        found = self._codes.get(value)
        if found is None:
            found = self._codes[value] = int(self.codes_of([value])[0])
        return found

    def codes_of(self, values: Sequence[str]) -> Any:  # noqa: ANN401 - an array
        """The codes of many values, new ones included."""
        texts = TextColumn.of(values)
        with self._lock:
            return self._bytes.codes_of(texts) if len(texts) else np.zeros(0, np.int32)

    def codes_of_leaves(
        self, words: Ints, places: tuple[Ints, Ints, Ints], leaves: Ints, inset: int, longest: int, step: int
    ) -> tuple[npt.NDArray[np.int32], Ints]:
        """(k,) the codes of leaves that are plain texts, new ones included, see `ByteCodes.known`; where others are."""
        if self._mostly_new:  # whoever looks first looks twice
            starts, ends, kinds = (column[leaves] for column in places)
            plain = (kinds | NOT_ASCII) == TEXT | NOT_ASCII
            plain &= ends - starts <= longest + 2 * inset
            found, missing, others = (
                np.empty(len(leaves), np.int32),
                np.flatnonzero(plain),
                np.flatnonzero(~plain),
            )
        else:
            found, missing, others = self._bytes.known(words, places, leaves, inset, longest, step)
        if len(missing):
            new = leaves[missing]
            starts, ends = places[0][new] + np.int32(inset), places[1][new] - np.int32(inset)
            with self._lock:
                before = len(self._bytes)
                codes = self._bytes.codes(words, starts, ends, longest)
                added = len(self._bytes) - before
            found[missing] = codes * np.int32(step)
            self._mostly_new = added >= _SOME and added * 10 >= len(leaves) * 9
        return found, others

    def chosen(self, codes: Ints) -> TextColumn:
        """(c,) the texts with some codes, where they stand."""
        kept, at = self._now()
        return TextColumn(kept, at[codes], at[codes + 1] - 1)

    def spaced_of(self, codes: Ints) -> tuple[npt.NDArray[np.uint8], Ints]:
        """The texts with some codes, see `TextColumn.spaced`."""
        return spaced_together(*self._now(), codes)

    def _now(self) -> tuple[npt.NDArray[np.uint8], Ints]:
        """Where all texts stand that there are: that stays as it is, whatever is added."""
        with self._lock:
            return self._bytes.kept, self._bytes.at


class SharedTexts:
    """The texts of one log that its readers share, by what they are."""

    def __init__(self) -> None:
        self._names: dict[str, SharedTextNames] = {}

    def of(self, name: str) -> SharedTextNames:
        """The texts of one kind."""
        found = self._names.get(name)
        return self._names.setdefault(name, SharedTextNames()) if found is None else found


def _joined(parts: "Sequence[TextColumn | SharedChoice]") -> "list[TextColumn | SharedChoice]":
    """The same parts in as few pieces as those that stand together allow."""
    found: list[TextColumn | SharedChoice] = []
    for texts, several in itertools.groupby(
        parts, lambda each: each.texts if isinstance(each, SharedChoice) else None
    ):
        if texts is None:
            found += several
        else:
            found.append(
                SharedChoice(
                    texts, np.concatenate([each.codes for each in several if isinstance(each, SharedChoice)])
                )
            )
    return found
