"""Which characters do the bytes of a log stand for, and where does each one lie?

A log is split by its structure alone (newlines, brackets, quotes, commas), which is all ASCII. So the splitters
see a *skeleton*: one byte for each code unit. In UTF-8 that is the log itself; in UTF-16 each unit beyond
ASCII becomes 0x80, which no splitter cares for. A place in the skeleton then gives the place in the log.
"""

import numpy as np

from explorer.eventlog.source import Source

_BEYOND_ASCII = 0x80


class Text:
    """The characters of a source.

    Attributes:
        encoding: "utf-8", "utf-16-le" or "utf-16-be".
        width: Bytes in a unit: 1 or 2.
        base: Bytes before the first unit (the byte order mark).
        units: How many whole units there are.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.encoding, self.base = _encoding(source.read(0, 4096))
        self.width = 1 if self.encoding == "utf-8" else 2
        self.units = (source.size_bytes - self.base) // self.width

    def byte(self, unit: int) -> int:
        """Offset in the log of the unit number `unit`."""
        return self.base + unit * self.width

    def read(self, unit: int, count: int) -> bytes:
        """The skeleton of up to `count` units from `unit` on."""
        if self.width == 1:
            return self.source.read(self.base + unit, min(count, max(0, self.units - unit)))
        raw = self.source.read(self.byte(unit), 2 * min(count, max(0, self.units - unit)))
        raw = raw[: len(raw) & ~1]
        units = np.frombuffer(raw, "<u2" if self.encoding == "utf-16-le" else ">u2")
        return np.where(units < _BEYOND_ASCII, units, _BEYOND_ASCII).astype(np.uint8).tobytes()

    def utf8(self, unit: int, skeleton: bytes) -> bytes:
        """The UTF-8 bytes of the stretch whose skeleton begins at `unit`.

        Raises:
            UnicodeDecodeError: The stretch is not valid UTF-16.
        """
        if self.width == 1:
            return skeleton
        return self.to_utf8(self.source.read(self.byte(unit), 2 * len(skeleton)))

    def byte_after(self, unit: int, raw: bytes, index: int) -> int:
        """Offset in the log of byte `index` of `raw`, the UTF-8 text that begins at `unit`."""
        if self.width == 1:
            return self.base + unit + index
        return self.byte(unit) + len(raw[:index].decode("utf-8", "replace").encode(self.encoding))

    def to_utf8(self, raw: bytes) -> bytes:
        """The UTF-8 bytes for `raw` bytes of the log."""
        return raw if self.width == 1 else raw.decode(self.encoding).encode("utf-8")


def _encoding(head: bytes) -> tuple[str, int]:
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8", 3
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le", 2
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be", 2
    pairs = len(head) // 2
    if (
        pairs >= 1
        and head[0]
        and not head[1]
        and head[1 : 2 * pairs : 2].count(0) * 2 > pairs
        and head.count(0) <= pairs + 1
    ):
        return "utf-16-le", 0
    if (
        pairs >= 1
        and not head[0]
        and head[1]
        and head[0 : 2 * pairs : 2].count(0) * 2 > pairs
        and head.count(0) <= pairs + 1
    ):
        return "utf-16-be", 0
    return "utf-8", 0
