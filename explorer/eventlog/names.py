"""Which small number stands for this text? Dictionary encoding of ids, types and field values."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

_PART = 1 << 16  # names


class Names[T: Hashable]:
    """Distinct values in the order of their first appearance; a code is a place in it."""

    def __init__(self, values: Sequence[T] = ()) -> None:
        self._codes: dict[T, int] = {}
        self._listed: list[T] = []
        self.codes_of(values)

    @property
    def values(self) -> Sequence[T]:
        """All of them, in the order of their codes."""
        return self._listed

    def parts(self) -> Iterator[Sequence[T]]:
        """All of them, some thousand at a time."""
        for first in range(0, len(self), _PART):
            yield self.values[first : first + _PART]

    def get_ready(self) -> None:
        """Do what would be slow when one is first looked for."""

    def told_ranks(self) -> Any:  # noqa: ANN401 - an array, where the room of history has arrays
        """(n,) how they order as `order_key` has it, where that is known without looking at each; else None."""
        return None

    def copy(self) -> "Names[T]":
        """The same names, to which others can be added. Faster than to make them of their values."""
        found = Names[T]()
        found._codes, found._listed = self._codes.copy(), self._listed.copy()
        return found

    def code(self, value: T) -> int:
        """The code of `value`, a new one if it was never seen."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self._listed)
            self._listed.append(value)
        return code

    def codes_of(self, values: Sequence[T]) -> Sequence[int]:
        """The codes of many values, new ones included."""
        if not self._listed:  # those of a kept index, say: all at once if none stands there twice
            codes = dict(zip(values, range(len(values)), strict=True))
            if len(codes) == len(values):
                self._codes = codes
                self._listed.extend(values)
                return list(codes.values())
        known, listed = self._codes, self._listed
        fresh = [value for value in values if value not in known]
        if fresh:
            first = len(listed)
            known.update(zip(fresh, range(first, first + len(fresh)), strict=True))
            if len(known) < first + len(fresh):  # one stands there twice, and has the code of its last place
                fresh = list(dict.fromkeys(fresh))
                known.update(zip(fresh, range(first, first + len(fresh)), strict=True))
            listed += fresh
            if len(fresh) == len(values):
                return list(range(first, len(listed)))
        return [known[value] for value in values]

    def since(self, code: int) -> Sequence[T]:
        """All from one code on."""
        return self._listed[code:]

    def values_of(self, codes: Iterable[int]) -> Sequence[T]:
        """Those with some codes."""
        return [self._listed[code] for code in codes]

    def find(self, value: T) -> int | None:
        """The code of `value`; None if it was never seen."""
        return self._codes.get(value)

    def __getitem__(self, code: int) -> T:
        return self._listed[code]

    def __len__(self) -> int:
        return len(self._listed)

    def __iter__(self) -> Iterator[T]:
        return iter(self._listed)
