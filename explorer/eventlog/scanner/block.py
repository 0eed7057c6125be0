"""Which bytes of a log are looked at together, by places from which words can be read?"""

import numpy as np
import numpy.typing as npt

type Bytes = npt.NDArray[np.uint8]
type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

PAD = 8_192  # spare bytes before and after a block, so that a word may be read at any place near it


class Block:
    """Some bytes of a log that can be read as words at any place. The first byte has the place `PAD`.

    Attributes:
        bytes: (at least end + PAD,) uint8, by place; zeros before the first byte and from `end` on.
        end: The place behind the last byte.
    """

    def __init__(self, raw: bytes = b"") -> None:
        self._room: Bytes = np.zeros(0, np.uint8)
        self.fill(raw)

    def fill(self, raw: bytes) -> None:
        """Hold other bytes, in the same memory if there is enough: new memory takes longer than the bytes."""
        size_bytes = -(-len(raw) // 8) * 8 + 2 * PAD
        if size_bytes > len(self._room):
            self._room = np.zeros(size_bytes, np.uint8)
        self.bytes = self._room[:size_bytes]
        self.end = PAD + len(raw)
        self.bytes[PAD : self.end] = np.frombuffer(raw, np.uint8)
        self.bytes[self.end :] = 0

    def text(self, start: int, end: int) -> bytes:
        """The bytes from one place to another."""
        return self.bytes[start:end].tobytes()
