"""How is a log in another encoding scanned, so that its places stay those of its own bytes?"""

import numpy as np
import numpy.typing as npt

from explorer.eventlog.scanner.blocks import PAD, Block
from explorer.eventlog.scanner.unit_kernels import count_units
from explorer.eventlog.text import Text

type Int64s = npt.NDArray[np.int64]


class Transcoding:
    """The UTF-8 of a text, block by block.

    Attributes:
        wide: Whether a character may be two units.
    """

    def __init__(self, text: Text) -> None:
        self._text = text
        self.wide = text.width == 2

    def read(self, unit: int, count: int) -> bytes:
        """The UTF-8 bytes of up to `count` units from `unit` on.

        Half a character (a lone surrogate, or one that the end cuts) is written as if it were one: no such bytes are
        UTF-8, so its record is left to the plain reader.
        """
        text = self._text
        if text.is_utf8:
            return text.read(unit, count)
        raw = text.source.read(text.byte(unit), text.width * min(count, max(0, text.units - unit)))
        raw = raw[: len(raw) - len(raw) % text.width]
        return text.decoded(raw, "surrogatepass").encode("utf-8", "surrogatepass")

    def fill(self, block: Block, unit: int, count: int) -> None:
        """Let a block hold these bytes."""
        text = self._text
        if text.is_utf8:
            block.read(min(count, max(0, text.units - unit)), lambda room: text.read_into(unit, room))
        else:
            block.fill(self.read(unit, count))

    def units(self, block: Block, places: npt.NDArray[np.signedinteger[npt.NBitBase]]) -> Int64s:
        """(k,) how many units stand between the beginning of a block that was read, and each place, ascending."""
        wanted = np.ascontiguousarray(places, np.int64)
        if self._text.is_utf8:
            return wanted - PAD
        found = np.empty(len(wanted), np.int64)
        count_units(block.bytes, PAD, wanted, self.wide, found)
        return found
