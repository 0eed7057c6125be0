"""Is a packed log the same whether it is read while it is being unpacked, or when all of it is there?"""

import gzip
import json
import os
import random
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from explorer.eventlog import source, text, unpacking
from explorer.eventlog.compressed import unpacked
from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log
from explorer.eventlog.log_end import LogEnd
from explorer.eventlog.log_style import Draft
from explorer.eventlog.source import Source
from explorer.eventlog.spool import filled, spooled
from explorer.eventlog.writer import Writer
from explorer.history import reader, settling, threads
from explorer.history.collect import Collected, Watcher, collect
from explorer.projection.choose import choose
from explorer.projection.model import AUTO

LINES = 14_000
PACK = {
    ".gz": lambda raw: gzip.compress(raw, 1),
    ".zst": zstandard.ZstdCompressor(level=1).compress,
    ".2.gz": lambda raw: gzip.compress(raw[:4_000_000], 1) + gzip.compress(raw[4_000_000:], 1),
}


def lines(count: int) -> Iterator[str]:
    draw = random.Random(3)
    for row in range(count):
        data = {"accountId": f"acc-{row % 500}", "amount": row, "note": draw.randbytes(40).hex()}
        yield (
            json.dumps({"type": "MoneyDeposited", "data": data, "at": f"2026-01-01T00:00:00.{row:06}Z"})
            + "\n"
        )


@pytest.fixture(scope="module")
def raw() -> bytes:
    """A log of 3 MB, of which 1.3 MB are left when it is packed."""
    return "".join(lines(LINES)).encode()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Little is unpacked before anything is read, and threads read what compiled loops can scan."""
    monkeypatch.setattr(source, "BESIDE_BYTES", 1_000)
    for module in (source, settling):
        monkeypatch.setattr(module, "LEAST_BYTES", 1 << 18)
    monkeypatch.setattr(text, "_LOOKED_AT_BYTES", 1 << 18)
    monkeypatch.setattr(reader, "SCANNED_BYTES", 0)
    yield
    assert not any(thread.name == "unpacking" for thread in threading.enumerate())


def read(path: Path, watcher: Watcher | None = None) -> tuple[Collected, bool]:
    with open_log(path) as log:
        assert isinstance(log, LogEnd)
        grew = log.grows
        found = collect(log, lambda sample: choose(AUTO, sample, log.fields), watcher, small_bytes=1 << 18)
        assert not log.grows
        return found, grew


def told(found: Collected) -> tuple[object, ...]:
    history = found.history()
    state = history.state(len(history))
    unread = [
        (each.after, each.line, each.byte, each.reason, each.incomplete) for each in found.events.unread
    ]
    return (
        len(found.events),
        found.events.log.size_bytes,
        unread,
        list(found.events.offsets[-3:]),
        dict(state.items()),
    )


@pytest.mark.parametrize("ending", PACK)
def test_what_is_read_while_it_is_unpacked_is_what_stands_in_the_file(
    tmp_path: Path, raw: bytes, ending: str
) -> None:
    plain, packed = tmp_path / "log.jsonl", tmp_path / f"log.jsonl{ending}"
    plain.write_bytes(raw + b"no event")
    packed.write_bytes(PACK[ending](raw + b"no event"))
    found, grew = read(packed)
    assert grew
    assert told(found) == told(read(plain)[0])


@pytest.mark.parametrize("ending", PACK)
def test_a_packed_log_that_is_cut_is_read_as_far_as_it_goes(
    tmp_path: Path, raw: bytes, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"log.jsonl{ending}"
    path.write_bytes(PACK[ending](raw)[:-200_000])
    found, grew = read(path)
    assert grew
    assert len(found.events) > LINES // 2
    assert found.events.unread
    monkeypatch.setattr(source, "BESIDE_BYTES", 1 << 40)
    at_once, grew = read(path)
    assert not grew
    assert told(found) == told(at_once)


class Gate:
    """Lets the last bytes be unpacked when reading has come as far as a place; follows that reading."""

    def __init__(self, place: int) -> None:
        self._place, self._open = place, threading.Event()

    def unpacked(self, *arguments: object) -> Iterator[bytes | str]:
        blocks = b"".join(block for block in unpacked(*arguments) if isinstance(block, bytes))  # type: ignore[arg-type]
        yield blocks[:-60_000]
        assert self._open.wait(20)
        yield blocks[-60_000:]

    def progress(self, done_bytes: int, _total_bytes: int, _events: int) -> bool:
        if done_bytes > self._place:
            self._open.set()
        return True

    def early(self, _collected: Collected) -> None: ...


def test_a_batch_that_was_not_finished_is_found_although_it_was_read_already(
    tmp_path: Path, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "FIRST_BYTES", 50_000)
    monkeypatch.setattr(threads, "STRETCH_BYTES", 50_000)
    monkeypatch.setattr(threads, "LONGER", 1)
    plain, packed = tmp_path / "log.jsonl", tmp_path / "log.jsonl.gz"
    plain.write_bytes(raw)
    drafts = [Draft("MoneyDeposited", json.loads(line)["data"], "2026-01-02") for line in lines(3_000)]
    with Writer.open(plain) as writer:
        gate = Gate(writer.append(drafts).offset + 50_000)
    plain.write_bytes(plain.read_bytes()[:-100])
    packed.write_bytes(PACK[".gz"](plain.read_bytes()))
    monkeypatch.setattr(unpacking, "unpacked", gate.unpacked)
    found, grew = read(packed, gate)
    assert grew
    assert (len(found.events), len(found.events.unread)) == (LINES, 3_000)
    assert told(found) == told(read(plain)[0])


def test_what_swells_beyond_all_reason_is_refused_where_its_bytes_are_asked_for(
    tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "log.jsonl.gz"
    zeros = gzip.compress(bytes(1 << 20), 9)
    path.write_bytes(PACK[".gz"](raw[:600_000]) + zeros * 100)
    with pytest.raises(LogError, match="so it was not opened"):
        read(path)
    opened = Source(path)
    with pytest.raises(LogError, match="so it was not opened"):
        _ = opened.size_bytes
    opened.close()


def test_a_log_may_be_closed_while_it_is_unpacked(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(PACK[".gz"](raw * 8))
    opened = Source(path)
    assert opened.grows
    assert opened.reaches(1 << 18)
    opened.close()
    with pytest.raises(LogError):
        opened.read(0, 5)


@pytest.mark.parametrize("content", [b"[%s]", b"a,b\n%s"], ids=["array", "table"])
def test_what_is_no_log_of_lines_is_read_when_all_of_it_is_there(
    tmp_path: Path, raw: bytes, content: bytes
) -> None:
    whole = content % (
        b",".join(raw.splitlines()[:2_000])
        if content[:1] == b"["
        else b"".join(b"%d,%d\n" % (n, n * n) for n in range(30_000))
    )
    plain, packed = tmp_path / "log", tmp_path / "log.gz"
    plain.write_bytes(whole)
    packed.write_bytes(PACK[".gz"](whole))
    found, grew = read(packed)
    assert not grew
    assert len(found.events) >= 2_000
    assert told(found)[:3] == told(read(plain)[0])[:3]


def test_what_finds_no_room_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="there is no place to unpack it: no such file or directory"):
        spooled("log", [b"bytes"], tmp_path / "nowhere")
    with tempfile.TemporaryFile(dir=tmp_path) as file:
        found = spooled("log", [b"by", b"", b"tes"], tmp_path)
        assert os.pread(found.fileno(), 9, 0) == b"bytes"
        found.close()
        assert list(filled("log", file, [b"a" * 10, b"b"])) == [10, 11]
