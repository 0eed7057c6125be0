"""Which small number stands for this text? Dictionary encoding of ids, types and field values."""

from collections.abc import Hashable, Iterator, Sequence


class Names[T: Hashable]:
    """Distinct values in the order of their first appearance; a code is a place in it."""

    def __init__(self, values: Sequence[T] = ()) -> None:
        self._codes: dict[T, int] = {}
        self.values: list[T] = []
        self.codes_of(values)

    def copy(self) -> "Names[T]":
        """The same names, to which others can be added. Faster than to make them of their values."""
        found = Names[T]()
        found._codes, found.values = self._codes.copy(), self.values.copy()
        return found

    def code(self, value: T) -> int:
        """The code of `value`, a new one if it was never seen."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    def codes_of(self, values: Sequence[T]) -> list[int]:
        """The codes of many values, new ones included."""
        if not self.values:  # those of a kept index, say: all at once if none stands there twice
            codes = dict(zip(values, range(len(values)), strict=True))
            if len(codes) == len(values):
                self._codes = codes
                self.values.extend(values)
                return list(codes.values())
        known, listed = self._codes, self.values
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

    def find(self, value: T) -> int | None:
        """The code of `value`; None if it was never seen."""
        return self._codes.get(value)

    def __getitem__(self, code: int) -> T:
        return self.values[code]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[T]:
        return iter(self.values)
