"""How does a column that is no array answer as one: some of it where that is all that is wanted, else the whole?"""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[Any]


class ArrayLike(np.lib.mixins.NDArrayOperatorsMixin):
    """A column of integers. What NumPy does with it is done with the whole of it, but for `searchsorted`.

    Attributes:
        dtype: As what its numbers are told.
    """

    ndim = 1
    dtype: np.dtype[Any]

    @abstractmethod
    def __len__(self) -> int:
        """How many numbers there are."""

    @abstractmethod
    def whole(self) -> Ints:
        """All numbers."""

    @property
    def shape(self) -> tuple[int]:
        """As of an array."""
        return (len(self),)

    @property
    def size(self) -> int:
        """As of an array."""
        return len(self)

    @property
    def nbytes(self) -> int:
        """As of an array."""
        return len(self) * int(self.dtype.itemsize)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Ints:  # noqa: ANN401
        found = self.whole()
        if dtype is not None and np.dtype(dtype) != found.dtype:
            return found.astype(dtype)
        return found.copy() if copy else found

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:  # noqa: ANN401
        return getattr(ufunc, method)(*map(_plain, inputs), **options)

    def __array_function__(self, function: Any, types: Any, given: Any, options: Any) -> Any:  # noqa: ANN401
        if function is np.searchsorted and given and given[0] is self:
            return self.searchsorted(*given[1:], **options)
        return function(*map(_plain, given), **{name: _plain(each) for name, each in options.items()})

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what arrays have
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.whole(), name)

    @abstractmethod
    def __iter__(self) -> Iterator[Any]:
        """Number by number."""

    def searchsorted(self, wanted: Any, side: str = "left", sorter: object = None) -> Any:  # noqa: ANN401, ARG002
        """Where numbers would stand among those of the column, which ascend."""
        return self.whole().searchsorted(wanted, cast("Any", side))


def as_array(column: ArrayLike) -> Ints:
    """The same to mypy, which knows arrays alone."""
    return cast("Ints", column)


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, ArrayLike):
        return value.whole()
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(each) for each in value)
    return value
