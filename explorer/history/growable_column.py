"""How does a column take more at its end, part by part, without being copied for each?"""

from typing import Any

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[Any]


class GrowableColumn:
    """A column that grows. Room is taken ahead; memory is used as it is filled."""

    def __init__(self, kind: "np.typing.DTypeLike") -> None:
        self._data: Ints = np.empty(0, kind)
        self.size = 0

    @classmethod
    def of(cls, data: Ints, size: int) -> "GrowableColumn":
        """A column of the first `size` items of `data`; the others are its room, and it writes to them."""
        found = cls(data.dtype)
        found._data, found.size = data, size
        return found

    def append(self, part: Ints, room: int) -> None:
        """Add `part`; make room for `room` items if there is too little."""
        end = self.size + len(part)
        if end > len(self._data):
            self._move(max(room, end + end // 2), part.dtype)
        elif not np.can_cast(part.dtype, self._data.dtype):
            self._move(len(self._data), part.dtype)
        self._data[self.size : end] = part
        self.size = end

    def _move(self, room: int, kind: np.dtype[Any]) -> None:
        grown = np.empty(room, np.promote_types(self._data.dtype, kind))
        grown[: self.size] = self._data[: self.size]
        self._data = grown

    def view(self) -> Ints:
        """What there is so far; it stays as it is when more is added."""
        return self._data[: self.size]
