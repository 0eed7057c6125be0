"""How many events stand in a stretch of whole lines?"""

from explorer.eventlog.json_text import FAULTS, JsonFault, decode, needs_care
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import read_record
from explorer.eventlog.tail import MARK, Read

_BLOCK_BYTES = 1 << 20
_SHORT_BYTES = 1_024  # as in `json_lines`: too short to break one of our limits


def count_events(read: Read, begin: int, end: int) -> int:
    """The events that the readers find in the lines from the byte `begin` to the byte `end`."""
    count = 0
    rest = b""
    if begin == 0 and read(0, len(MARK)) == MARK:
        begin = len(MARK)
    while begin < end:
        block = read(begin, min(_BLOCK_BYTES, end - begin))
        if not block:
            break
        begin += len(block)
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        count += sum(map(_events, lines))
        if len(rest) > LONGEST_RECORD_BYTES:
            while begin < end and b"\n" not in (block := read(begin, min(_BLOCK_BYTES, end - begin))):
                begin += len(block)
            begin += block.find(b"\n") + 1 if begin < end else 0
            rest = b""
    return count + _events(rest)


def _events(line: bytes) -> int:
    try:
        if type(decode(line)) is dict and not (len(line) > _SHORT_BYTES and needs_care(line)):
            return 1
    except FAULTS:
        pass
    line = line.rstrip(b"\r").removeprefix(b"\x1e")
    if not line.strip() or len(line) > LONGEST_RECORD_BYTES:
        return 0
    try:
        read_record(line)
    except JsonFault:
        parts = line.split(b"\r")  # perhaps some lines end with a lone carriage return
        return 0 if len(parts) == 1 else sum(map(_events, parts))
    return 1
