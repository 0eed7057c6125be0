"""Is a database with a -wal beside it read as SQLite itself would read it, and without a copy of it?"""

import contextlib
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log
from explorer.eventlog.sqlite import pages, wal

SCHEMA = "CREATE TABLE events (id INTEGER PRIMARY KEY, type TEXT, stream_id TEXT, data TEXT)"
DEPOSIT = "INSERT INTO events (type, stream_id, data) VALUES ('MoneyDeposited', 'a', ?)"
STEPS = [
    "insert", "insert", "insert large", "insert many", "update", "delete", "begin", "commit", "rollback", "vacuum",
    "PASSIVE", "FULL", "RESTART", "TRUNCATE",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "stores"
    made.mkdir()
    yield made
    while _WRITERS:
        _WRITERS.pop().close()


_WRITERS: list[sqlite3.Connection] = []


def writing(path: Path, page_bytes: int = 4096) -> sqlite3.Connection:
    """Another program that has a store open, with a -wal."""
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute(f"PRAGMA page_size = {page_bytes}")
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("PRAGMA cache_size = 2")  # what is not committed is soon in the -wal too
    writer.execute(SCHEMA)
    _WRITERS.append(writer)
    return writer


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def snapshot(path: Path, target: Path) -> Path:
    """Both files as they are now, as if the power had failed."""
    shutil.copyfile(path, target)
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(wal_of(path), wal_of(target))
    return target


def as_sqlite_reads(path: Path, folder: Path) -> bytes:
    """The whole database with its -wal, by SQLite, from a copy that it may change."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    database = sqlite3.connect(snapshot(path, folder / "store"))
    try:
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return database.serialize()
    finally:
        database.close()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[int, int | None]]:
    with contextlib.ExitStack() as files:
        database = files.enter_context(path.open("rb")).fileno()
        beside = files.enter_context(wal_of(path).open("rb")).fileno() if wal_of(path).exists() else None
        yield database, beside


def as_we_read(path: Path) -> bytes:
    with opened(path) as files:
        shown = pages.Pages(*files)
        return shown.xRead(shown.xFileSize(), 0)


def without_versions(content: bytes) -> bytes:
    return content[:18] + b"\1\1" + content[20:]


def same(path: Path, folder: Path) -> bool:
    return as_we_read(path) == without_versions(as_sqlite_reads(path, folder))


def do(writer: sqlite3.Connection, step: str, chance: random.Random) -> None:
    with contextlib.suppress(sqlite3.OperationalError):  # such as a commit of nothing
        match step:
            case "insert":
                writer.execute(DEPOSIT, ("x" * chance.randrange(200),))
            case "insert large":
                writer.execute(DEPOSIT, ("y" * chance.randrange(100_000),))
            case "insert many":
                writer.executemany(DEPOSIT, [("z" * 100,)] * chance.randrange(100))
            case "update":
                writer.execute(
                    "UPDATE events SET data = data || 'u' WHERE id % 3 = ?", (chance.randrange(3),)
                )
            case "delete":
                writer.execute("DELETE FROM events WHERE id % 4 = ?", (chance.randrange(4),))
            case "begin" | "commit" | "rollback" | "vacuum":
                writer.execute(step)
            case how:
                writer.execute(f"PRAGMA wal_checkpoint({how})")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page_bytes=st.sampled_from([512, 1024, 2048, 4096, 8192, 16384, 32768, 65536]),
    steps=st.lists(st.sampled_from(STEPS), max_size=25),
    seed=st.integers(0, 1 << 32),
    harm=st.sampled_from(["none", "none", "none", "a byte", "cut"]),
)
def test_what_is_read_is_what_sqlite_reads_byte_for_byte(
    folder: Path, page_bytes: int, steps: list[str], seed: int, harm: str
) -> None:
    chance = random.Random(seed)
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    writer = writing(folder / "bank.db", page_bytes)
    for step in steps:
        do(writer, step, chance)
    found = snapshot(folder / "bank.db", folder / "found.db")
    writer.close()
    size = wal_of(found).stat().st_size
    if size and harm != "none":
        with wal_of(found).open("r+b") as file:
            at = chance.randrange(size)
            if harm == "cut":
                file.truncate(at)
            else:
                file.seek(at)
                byte = file.read(1)[0]
                file.seek(at)
                file.write(bytes([byte ^ 1 << chance.randrange(8)]))
    if size and as_sqlite_reads_fails(found, folder / "theirs"):
        return
    assert same(found, folder / "theirs")


def as_sqlite_reads_fails(path: Path, folder: Path) -> bool:
    """Whether SQLite reads nothing; then we do not either."""
    try:
        as_sqlite_reads(path, folder)
    except sqlite3.Error:
        with pytest.raises((wal.UnknownWal, apsw.Error)):
            count_by_us(path)
        return True
    return False


def count_by_us(path: Path) -> None:
    with opened(path) as files:
        database, _ = pages.opened(*files)
        with contextlib.closing(database):
            database.execute("SELECT count(*) FROM events").fetchall()


def count_of(path: Path) -> int:
    with open_log(path) as log:
        batches = list(log.batches())
        assert not [unread for batch in batches for unread in batch.unread]
        return sum(len(batch.offsets) for batch in batches)


def test_a_wal_that_makes_the_database_larger_is_read_to_its_end(folder: Path) -> None:
    writer = writing(folder / "bank.db")
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (folder / "bank.db").stat().st_size
    writer.execute("BEGIN")
    writer.executemany(DEPOSIT, [(f'{{"amount":{n}}}',) for n in range(40_000)])
    writer.execute("COMMIT")
    assert (folder / "bank.db").stat().st_size == before
    assert len(as_we_read(folder / "bank.db")) > 100 * before
    assert count_of(folder / "bank.db") == 40_000
    writer.close()


def test_frames_that_are_not_committed_are_not_read(folder: Path) -> None:
    path = folder / "bank.db"
    writer = writing(path)
    writer.executemany(DEPOSIT, [('{"amount":1}',)] * 10)
    committed = wal_of(path).stat().st_size
    writer.execute("BEGIN")
    writer.executemany(DEPOSIT, [('{"amount":2}',)] * 5_000)
    assert wal_of(path).stat().st_size > 2 * committed
    assert count_of(path) == 10
    assert same(path, folder / "theirs")
    writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize("at", [30, 8, 2_000], ids=["the number of pages", "a salt", "the page"])
def test_a_frame_that_is_not_right_ends_what_is_read(folder: Path, at: int) -> None:
    path = folder / "bank.db"
    writer = writing(path)
    for _ in range(10):
        writer.execute(DEPOSIT, ('{"amount":1}',))
    found = snapshot(path, folder / "found.db")
    writer.close()
    frames = (wal_of(found).stat().st_size - 32) // (4096 + 24)
    with wal_of(found).open("r+b") as file:
        file.seek(32 + (frames - 4) * (4096 + 24) + at % (4096 + 24))
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 0x10]))
    assert count_of(found) == 6
    assert same(found, folder / "theirs")


def summed(order: str, raw: bytes, first: int, second: int) -> tuple[int, int]:
    """The checksum as the documentation of SQLite has it."""
    words = struct.unpack(f"{order}{len(raw) // 4}I", raw)
    for left, right in zip(words[::2], words[1::2], strict=True):
        first = (first + left + second) & 0xFFFFFFFF
        second = (second + right + first) & 0xFFFFFFFF
    return first, second


def test_a_wal_of_a_machine_with_the_other_order_of_bytes_is_read(folder: Path) -> None:
    writer = writing(folder / "bank.db", 512)
    writer.executemany(DEPOSIT, [('{"amount":1}',)] * 100)
    found = snapshot(folder / "bank.db", folder / "found.db")
    writer.close()
    raw = wal_of(found).read_bytes()
    head = struct.pack(">I", 0x377F0683) + raw[4:24]
    sums = summed(">", head, 0, 0)
    turned = head + struct.pack(">2I", *sums)
    for start in range(32, len(raw), 512 + 24):
        frame = raw[start : start + 512 + 24]
        sums = summed(">", frame[:8] + frame[24:], *sums)
        turned += frame[:16] + struct.pack(">2I", *sums) + frame[24:]
    wal_of(found).write_bytes(turned)
    assert count_of(found) == 100
    assert same(found, folder / "theirs")


def begun(folder: Path, change: Callable[[bytes], bytes]) -> Path:
    """A store of 3 events in the database and 2 in a -wal whose head is changed, with the right checksum."""
    writer = writing(folder / "bank.db")
    writer.executemany(DEPOSIT, [('{"amount":1}',)] * 3)
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writer.executemany(DEPOSIT, [('{"amount":1}',)] * 2)
    found = snapshot(folder / "bank.db", folder / "found.db")
    writer.close()
    raw = wal_of(found).read_bytes()
    head = change(raw[:24])
    wal_of(found).write_bytes(head + struct.pack(">2I", *summed("<", head, 0, 0)) + raw[32:])
    return found


def test_a_wal_that_is_none_changes_nothing_and_is_not_named(folder: Path) -> None:
    found = begun(folder, lambda head: b"none" + head[4:])
    with open_log(found) as log:
        assert log.format == "SQLite, table events"
    assert count_of(found) == 3


def test_a_wal_of_another_version_is_refused(folder: Path) -> None:
    found = begun(folder, lambda head: head[:4] + (3007001).to_bytes(4) + head[8:])
    with pytest.raises(LogError, match="version that is not known"):
        open_log(found)


def test_a_wal_of_another_database_with_other_pages_is_refused(folder: Path) -> None:
    other = writing(folder / "other.db", 1024)
    other.execute(DEPOSIT, ('{"amount":1}',))
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.execute(
        "UPDATE events SET type = 'x'"
    )  # the first page, which says how large all are, is not in it
    writing(folder / "bank.db", 4096).close()
    shutil.copyfile(wal_of(folder / "other.db"), wal_of(folder / "bank.db"))
    with pytest.raises(LogError, match="do not belong together"):
        open_log(folder / "bank.db")


LARGE_BYTES = 300 << 20


def test_a_large_database_with_a_wal_is_read_without_writing_its_bytes_anywhere(
    folder: Path, tmp_path: Path
) -> None:
    path = folder / "bank.db"
    writer = writing(path)
    writer.close()
    with path.open("r+b") as file:  # most of it is holes
        file.seek(28)
        file.write((LARGE_BYTES // 4096).to_bytes(4))
        file.truncate(LARGE_BYTES)
    writer = sqlite3.connect(path, isolation_level=None)
    _WRITERS.append(writer)
    writer.executemany(DEPOSIT, [('{"amount":1}',)] * 500)
    assert wal_of(path).stat().st_size
    assert path.stat().st_size == LARGE_BYTES
    private = tmp_path / "private"
    private.mkdir()
    # no file may become larger than a twentieth of it
    command = f'ulimit -f {LARGE_BYTES // 20 // 512}; exec "$0" "$@"'
    words = [
        sys.executable,
        "-m",
        "explorer",
        "events",
        str(path),
        "--format",
        "json",
        "--limit",
        "1",
        "--no-cache",
    ]
    done = subprocess.run(
        ["sh", "-c", command, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
        env={**os.environ, "TMPDIR": str(private)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "MoneyDeposited" in done.stdout
    assert count_of(path) == 500
    writer.close()
