"""Which characters do the bytes of a log stand for, and where does each one lie?

A log is split by its structure alone (newlines, brackets, quotes, commas), which is all ASCII. So the splitters
see a *skeleton*: one byte for each code unit. In UTF-8, and where each byte is a character, that is the log itself;
in UTF-16 each unit beyond ASCII becomes 0x80, which no splitter cares for. A place in the skeleton then gives the
place in the log.
"""

import codecs

import numpy as np

from explorer.eventlog.event import Notice
from explorer.eventlog.read_as import OLD, bytes_of, known_encoding, table
from explorer.eventlog.source import Source
from explorer.patterns import lazy_pattern

_BEYOND_ASCII = 0x80
_LOOKED_AT_BYTES = 32 << 20
_BLOCK_BYTES = 1 << 20
_UTF8 = lazy_pattern(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND = lazy_pattern(rb"[\x80-\xff]")
# letters in or beside a word, a lone French "à", currency signs beside figures, typographic quotes and dashes
_LIKE_OLD = lazy_pattern(
    rb"(?<=[A-Za-z])[\xc0-\xff]{1,3}|[\xc0-\xff]{1,3}(?=[A-Za-z])|(?<= )[\xc0\xe0](?= )"
    rb"|[\x80\xa3](?=[ 0-9])|(?<=[ 0-9])[\x80\xa3\xb0]|(?<=[A-Za-z .,])[\x91-\x97](?=[A-Za-z ])"
)


class Text:
    """The characters of a source.

    Attributes:
        encoding: "utf-8", "utf-16-le", "utf-16-be", or one of one byte for each character.
        guessed: Whether the encoding is a guess that may be wrong.
        is_utf8: Whether the bytes are UTF-8 as they stand.
        width: Bytes in a unit: 1 or 2.
        base: Bytes before the first unit (the byte order mark).
    """

    def __init__(self, source: Source, encoding: str | None = None) -> None:
        self.source = source
        head = source.read(0, 4096)
        found, self.base = _encoding(head)
        self.guessed = False
        if encoding is not None:
            wanted = known_encoding(encoding)
            if wanted == "utf-16" or wanted != found:
                found, self.base = _as_wanted(wanted, found, self.base)
        elif found == "utf-8" and not self.base and source.store is None and _is_old(source):
            found, self.guessed = OLD, True
        self.encoding = found
        self.is_utf8 = self.encoding == "utf-8"
        self.width = 2 if self.encoding.startswith("utf-16") else 1
        self._units = None if source.grows else self._counted()

    @property
    def units(self) -> int:
        """How many whole units there are; who asks waits until all are unpacked."""
        if self._units is None:
            self._units = self._counted()
        return self._units

    @units.setter
    def units(self, units: int) -> None:
        self._units = units

    def _counted(self) -> int:
        return (self.source.size_bytes - self.base) // self.width

    def ends_by(self, unit: int) -> bool:
        """Whether there is nothing behind a unit; waits only until that is known."""
        if self._units is None and self.source.reaches(self.byte(unit + 1)):
            return False
        return unit >= self.units

    @property
    def shown(self) -> str:
        """The encoding, where it is worth a word."""
        return "" if self.is_utf8 else "UTF-16" if self.width == 2 else self.encoding

    def remark(self, line: int, byte: int) -> Notice:
        """What a person should know of an encoding that was guessed, at the first event."""
        text = f"the log is not UTF-8, so it was read as {self.encoding}; --encoding says otherwise"
        return Notice(1, line, 1, byte, text, "encoding")

    def byte(self, unit: int) -> int:
        """Offset in the log of the unit number `unit`."""
        return self.base + unit * self.width

    def read(self, unit: int, count: int) -> bytes:
        """The skeleton of up to `count` units from `unit` on."""
        if self.width == 1:
            return self.source.read(self.base + unit, self._most(unit, count))
        raw = self.source.read(self.byte(unit), 2 * min(count, max(0, self.units - unit)))
        raw = raw[: len(raw) & ~1]
        units = np.frombuffer(raw, "<u2" if self.encoding == "utf-16-le" else ">u2")
        return np.where(units < _BEYOND_ASCII, units, _BEYOND_ASCII).astype(np.uint8).tobytes()

    def _most(self, unit: int, count: int) -> int:
        """How many bytes may be read of one for each unit: as long as nobody knows the end, as many as there are."""
        return count if self._units is None else min(count, max(0, self._units - unit))

    def read_into(self, unit: int, room: memoryview) -> int:
        """Fill `room` with the units from `unit` on; returns how many there are. Of UTF-8 no bytes are made between."""
        if self.width == 1:
            return self.source.read_into(self.base + unit, room[: self._most(unit, len(room))])
        found = self.read(unit, len(room))
        room[: len(found)] = found
        return len(found)

    def utf8(self, unit: int, skeleton: bytes) -> bytes:
        """The UTF-8 bytes of the stretch whose skeleton begins at `unit`.

        Raises:
            UnicodeDecodeError: The stretch is not valid UTF-16.
        """
        if self.width == 1:
            return skeleton if self.is_utf8 else self.to_utf8(skeleton)
        return self.to_utf8(self.source.read(self.byte(unit), 2 * len(skeleton)))

    def byte_after(self, unit: int, raw: bytes, index: int) -> int:
        """Offset in the log of byte `index` of `raw`, the UTF-8 text that begins at `unit`."""
        if self.is_utf8:
            return self.base + unit + index
        return self.byte(unit) + len(self.encoded(raw[:index].decode("utf-8", "replace"), "replace"))

    def to_utf8(self, raw: bytes) -> bytes:
        """The UTF-8 bytes for `raw` bytes of the log."""
        if self.is_utf8:
            return raw
        return self.decoded(raw, "strict").encode()

    def decoded(self, raw: bytes, errors: str) -> str:
        """The text for `raw` bytes of the log."""
        if self.width == 1 and not self.is_utf8:
            return codecs.charmap_decode(raw, errors, table(self.encoding))[0]
        return raw.decode(self.encoding, errors)

    def encoded(self, text: str, errors: str) -> bytes:
        """The bytes of the log for a text."""
        if self.width == 1 and not self.is_utf8:
            errors = "replace" if errors == "surrogatepass" else errors  # such an encoding has none
            return codecs.charmap_encode(text, errors, bytes_of(self.encoding))[0]
        return text.encode(self.encoding, errors)


def _as_wanted(wanted: str, found: str, base: int) -> tuple[str, int]:
    """An encoding that a person named, and the bytes of a mark that agrees with it."""
    if wanted == "utf-16":  # the mark says which; without one it is that of most files
        return (found, base) if found.startswith("utf-16") else ("utf-16-le", 0)
    return wanted, 0


def _is_old(source: Source) -> bool:
    """Is the text of a time before UTF-8? The first block with a character beyond ASCII tells."""
    head = source.read(0, 64).lstrip()
    offset, end = 0, _LOOKED_AT_BYTES if source.grows else min(source.size_bytes, _LOOKED_AT_BYTES)
    # one for all: memory that is had anew each time takes longer than to read it
    room = bytearray(min(_BLOCK_BYTES, end))
    while offset < end and (count := source.read_into(offset, memoryview(room))):
        if (room if count == len(room) else room[:count]).isascii():
            offset += count
            continue
        block = bytes(room[:count])
        try:  # the last character may go on in the next block
            text, used = codecs.utf_8_decode(block, "strict", not source.reaches(offset + len(block) + 1))
            if not text.isascii():
                return False
            if used:
                offset += used
                continue
        except UnicodeDecodeError:
            pass
        rest, valid = _UTF8.subn(b"", block)
        odd = len(_BEYOND.findall(rest))
        like_old = sum(map(len, _LIKE_OLD.findall(rest)))
        # JSON is UTF-8 by its definition: one such byte is damage
        few = 1 if head[:1] not in (b"{", b"[") else 2
        return like_old >= few and like_old * 2 >= odd and valid * 5 <= odd
    return False


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
