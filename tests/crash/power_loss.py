"""Which states may a file be in when the power failed during an append, and what is made of each?"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from explorer.eventlog.errors import TornTail
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.seal import Seals
from explorer.eventlog.tail_repair import cut_torn_tail
from explorer.eventlog.writer import Writer
from explorer.history.verify import verify

SECTOR_BYTES = 512


def grown(path: Path, seals: Seals, before: int, batch: int, note_chars: int) -> tuple[bytes, bytes]:
    """A log's bytes before one more append, and after it."""
    path.unlink(missing_ok=True)
    with Writer.open(path, create=True, seals=seals) as writer:
        for number in range(before):
            writer.append([Draft("Counted", {"n": number, "note": "old" * 20}, "2026-01-01")])
        old = path.read_bytes()
        drafts = [
            Draft("Counted", {"n": before + index, "note": f"{index}" * note_chars}, "2026-01-02")
            for index in range(batch)
        ]
        writer.append(drafts)
    return old, path.read_bytes()


def states(old: bytes, new: bytes, every: int = 1, *, recycled: bool = False) -> Iterator[bytes]:
    """Everything that may be found after the power has failed while `new` was written over `old`.

    Args:
        old: What was on the medium for certain.
        new: What should be there.
        every: Only each so many-th byte of those places that could be any.
        recycled: Whether a sector may also hold what stood in a block that was once part of another file.
    """
    for end in range(len(old), len(new) + 1, every):
        yield new[:end]  # not all of it
        yield new[:end] + bytes(len(new) - end)  # the size is new, the rest is not written
    first = len(old) // SECTOR_BYTES
    last = -(-len(new) // SECTOR_BYTES)
    whole = new.ljust(last * SECTOR_BYTES, b"\0")
    stale = {sector: _sector(old.ljust(len(whole), b"\0"), sector) for sector in range(first, last)}
    kinds = [lambda sector: _sector(whole, sector), stale.__getitem__]
    if recycled:
        lines = old.splitlines(keepends=True)
        other = (b"}" + b"".join(lines[-2:]) + b"".join(lines)).ljust(SECTOR_BYTES, b" ")[:SECTOR_BYTES]
        kinds.append(lambda sector: other if sector > first else stale[sector])
    for choice in itertools.product(range(len(kinds)), repeat=last - first):
        sectors = [kinds[kind](first + index) for index, kind in enumerate(choice)]
        found = whole[: first * SECTOR_BYTES] + b"".join(sectors)
        yield found[: len(new)]
        cut = found[: first * SECTOR_BYTES + (last - first) // 2 * SECTOR_BYTES + 200]
        if len(cut) > len(old):
            yield cut


def _sector(data: bytes, sector: int) -> bytes:
    return data[sector * SECTOR_BYTES : (sector + 1) * SECTOR_BYTES]


def check(path: Path, state: bytes, old: bytes, new: bytes, *, mend: bool) -> list[str]:
    """What is wrong with what is made of a state: nothing but all that was saved before, and the append or not."""
    path.write_bytes(state)
    with open_log(path) as log:
        raws = [
            log.raw(offset, size)
            for batch in log.batches()
            for offset, size in zip(batch.offsets, batch.lengths, strict=True)
        ]
    allowed = (old.splitlines(), new.splitlines())
    wrong = [] if raws in allowed else [f"{len(raws)} events are read from a file of {len(state)} bytes"]
    if not mend:
        return wrong
    try:
        with Writer.open(path) as writer:
            writer.append([Draft("Counted", {"n": 0})])
    except TornTail:
        if path.read_bytes() != state:
            wrong.append("a torn log was written to")
        mended = cut_torn_tail(path)
        if mended is None or path.read_bytes() + Path(mended.saved_to).read_bytes() != state:
            wrong.append("the torn end was not saved")
        elif path.read_bytes() not in (old, new):
            wrong.append(f"{len(path.read_bytes())} bytes are left instead of {len(old)}")
        if mended is not None:
            os.unlink(mended.saved_to)  # noqa: PTH108 - a text
        with Writer.open(path) as writer:
            writer.append([Draft("Counted", {"n": 0})])
    with open_log(path) as log:
        if not verify(log).sound:
            wrong.append("what was appended afterwards is not sound")
    return wrong
