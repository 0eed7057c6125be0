"""How many operands has each entity had, counted while the log is read, so that they need not be sorted after it?"""

from typing import Any

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[Any]


class Counts:
    """The operands so far, by entity."""

    def __init__(self) -> None:
        self._counts = np.zeros(0, np.int32)

    def add(self, entities: Ints, in_chunk: Ints) -> Ints:
        """Count the operands of a chunk.

        Args:
            entities: (k,) whose each is.
            in_chunk: (k,) how many of the same entity stand before each in the chunk.

        Returns:
            (k,) how many of the same entity stand before each at all; 16-bit numbers as long as they do.
        """
        most = int(entities.max(initial=-1)) + 1
        if most > len(self._counts):
            self._counts = np.append(self._counts, np.zeros(2 * most - len(self._counts), np.int32))
        before: Ints = self._counts[entities]
        before += in_chunk
        self._counts[entities] = before + 1  # NumPy assigns in order: an entity's last operand stays
        return before if int(before.max(initial=0)) >= 1 << 16 else before.astype(np.uint16)
