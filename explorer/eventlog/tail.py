"""How does a log of lines end: with a whole record, or torn in the middle of an append?"""

from collections.abc import Callable, Iterator

import msgspec

from explorer.eventlog.formats import Format
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import read_record
from explorer.eventlog.seal import BatchPlace, Seal, line_hash, seal_of
from explorer.eventlog.source import Source

type Read = Callable[[int, int], bytes]  # offset, length in bytes

LONGEST_BATCH_BYTES = 256 << 20
MARK = b"\xef\xbb\xbf"  # some programs put this before UTF-8
_STEP_BYTES = 1 << 16
_MOST_UNREADABLE = 1_000  # lines at the end, behind each other


class Line(msgspec.Struct, frozen=True):
    """One line: where it begins, its bytes without the newline, and whether it has one."""

    offset: int
    raw: bytes
    ended: bool

    @property
    def record(self) -> bytes:
        """The JSON text in it; a log may end its lines as Windows does, and begin them as RFC 7464 does."""
        raw = self.raw.removeprefix(MARK) if self.offset == 0 else self.raw
        return raw.removeprefix(b"\x1e").removesuffix(b"\r")

    @property
    def seal(self) -> Seal | None:
        """Its seal, if it has one."""
        return seal_of(self.raw)

    @property
    def fault(self) -> str | None:
        """Why it is no whole record; None if it is one."""
        try:
            read_record(self.record)
        except JsonFault as fault:
            return (
                fault.reason
                if self.ended or fault.reason.startswith("an unwritten")
                else "incomplete last line"
            )
        seal = self.seal
        return None if seal is None or seal.whole else "its checksum is wrong: it is not as it was written"


class Tail(msgspec.Struct, frozen=True):
    """The end of a log.

    Attributes:
        size_bytes: Up to where the log is whole.
        last: The last line up to there that is not blank, if there is one.
        torn: Why what follows is not whole; empty if nothing follows.
        readable: Whether some of what follows could be taken for events.
    """

    size_bytes: int
    last: Line | None
    torn: str = ""
    readable: bool = False


def look_at_tail(read: Read, size_bytes: int) -> Tail:
    """Look at the end of a log: its last line, and the batch that this belongs to."""
    lines = _backwards(read, size_bytes)
    torn, torn_at, readable = "", size_bytes, False
    for count, line in enumerate(lines):
        if line is None or count > _MOST_UNREADABLE:  # a line too long to be a record
            return Tail(torn_at, None, torn or "a line that is too long", readable)
        fault = line.fault
        if fault is not None:
            torn, torn_at = torn or fault, line.offset
            readable = readable or "checksum" in fault
            continue
        if torn and _out_of_chain(read, line):  # perhaps an old block of the medium that holds a record
            torn_at, readable = line.offset, True
            continue
        batch = None if line.seal is None else line.seal.batch
        if batch is None or (batch.number == batch.count and (torn or _whole(read, line, batch))):
            return Tail(torn_at if torn else size_bytes, line, torn, readable)
        begin = max(line.offset - batch.before, 0)
        reason = f"part of a batch of {batch.count:,} events that was not written to its end"
        return Tail(begin, next(_backwards(read, begin), None), reason, readable=True)
    return Tail(torn_at if torn else size_bytes, None, torn, readable)


def _whole(read: Read, line: Line, batch: BatchPlace) -> bool:
    """Whether all lines of the batch that ends with `line` are as they were written."""
    begin = line.offset - batch.before
    if batch.number != batch.count or not 0 <= batch.before <= LONGEST_BATCH_BYTES or begin < 0:
        return False
    raws = read(begin, batch.before).split(b"\n")
    if raws.pop() != b"" or len(raws) != batch.count - 1:
        return False
    before = 0
    for index, raw in enumerate(raws):
        seal = seal_of(raw)
        if seal is None or not seal.whole or seal.batch != BatchPlace(index + 1, batch.count, before):
            return False
        before += len(raw) + 1
    return True


def _out_of_chain(read: Read, line: Line) -> bool:
    """Whether a record of a chain stands behind another one than it was written behind."""
    seal = line.seal
    if seal is None or seal.prev is None:
        return False
    before = next(_backwards(read, line.offset), None)
    if before is None or before.seal is None or before.seal.prev is None:
        return before is not None and before.fault is not None  # else the chain may begin here
    return line_hash(before.raw) != seal.prev


def _backwards(read: Read, size_bytes: int) -> Iterator[Line | None]:
    """The lines that are not blank, the last one first; None in place of one that is too long."""
    end = size_bytes  # behind the line that is looked for, and behind its newline
    ended = False
    known = b""  # the bytes before `end`, as far as they have been read
    while end > 0:
        if not known:
            known = read(max(0, end - _STEP_BYTES), min(end, _STEP_BYTES))
        if known.endswith(b"\n") and not ended:
            known, end, ended = known[:-1], end - 1, True
            continue
        while (cut := known.rfind(b"\n")) < 0 and len(known) < end:
            if len(known) > LONGEST_RECORD_BYTES:
                yield None
                return
            step = min(max(len(known), _STEP_BYTES), end - len(known))
            known = read(end - len(known) - step, step) + known
        raw = known[cut + 1 :]
        known, end = known[: cut + 1], end - len(raw)
        if raw.strip():
            yield Line(end, raw, ended)
        ended = False


# --- where a log ends whose writer did not finish what stands last ---------------------------------------


def leave_out_torn(source: Source, form: Format) -> list[tuple[int, int, str, bool]]:
    """Let a log of lines end before an append that was not finished; its lines: offset, length, reason, incomplete.

    A line that cannot be read is found by everybody who reads; here it is about those that could be.
    """
    if not form.by_lines:
        return []
    tail = look_at_tail(source.read, source.size_bytes)
    if not tail.readable:
        return []
    begin, size = tail.size_bytes, source.size_bytes
    source.size_bytes, form.text.units = begin, max(begin - form.text.base, 0)
    lines = source.read(begin, size - begin).split(b"\n")
    found = []
    for index, raw in enumerate(lines):
        if raw:
            found.append((begin, len(raw), tail.torn, index == len(lines) - 1))
        begin += len(raw) + 1
    return found
