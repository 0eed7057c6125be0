"""Where are the lines of a log, however long they are?"""

from collections.abc import Iterator

import msgspec

from explorer.eventlog.source import BLOCK_BYTES
from explorer.eventlog.text import Text

LONGEST_RECORD_BYTES = 16 << 20
_FIRST_BYTES = 64 << 10  # of the first stretch
_TICK_BYTES = 64 << 20


class Stretch(msgspec.Struct):
    """Whole lines (the last may lack its newline), or one line too long to be read.

    Attributes:
        unit: Where it begins, in units of the text.
        block: Its skeleton; only the beginning if `too_long`.
        too_long: Units of a line that is over the limit, newline included; 0 otherwise.
        skipped_to: Still inside such a line: how far the reading has come (a sign of life).
    """

    unit: int
    block: bytes
    too_long: int = 0
    skipped_to: int = 0


def whole_lines(text: Text, unit: int, newline: bytes) -> Iterator[Stretch]:
    """Yield the text from `unit` on in stretches that end at a newline: short ones, then of about half a mebibyte."""
    parts: list[bytes] = []
    have = 0
    at_once = min(_FIRST_BYTES, BLOCK_BYTES)  # who only looks at the first records need not read many
    while chunk := text.read(unit + have, at_once):
        at_once = min(2 * at_once, BLOCK_BYTES)
        cut = chunk.rfind(newline) + 1
        if cut:
            parts.append(chunk[:cut])
            block = b"".join(parts)
            yield Stretch(unit, block)
            unit += len(block)
            parts = [chunk[cut:]] if cut < len(chunk) else []
            have = len(chunk) - cut
            continue
        parts.append(chunk)
        have += len(chunk)
        if have > LONGEST_RECORD_BYTES // text.width:
            head, parts = parts[0][:4096], []
            end = unit + have
            ticked = end
            while chunk := text.read(end, BLOCK_BYTES):
                cut = chunk.find(newline) + 1
                end += cut or len(chunk)
                if cut:
                    break
                if end - ticked > _TICK_BYTES:
                    ticked = end
                    yield Stretch(unit, b"", skipped_to=end)
                if not chunk.strip(b"\0"):  # perhaps a hole in a sparse file: jump over it
                    there = text.source.next_data(text.byte(end))
                    end = max(end, min((there - text.base) // text.width, text.units))
            yield Stretch(unit, head, too_long=end - unit)
            unit, have = end, 0
    if parts:
        yield Stretch(unit, b"".join(parts))
