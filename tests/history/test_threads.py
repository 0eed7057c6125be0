"""Do threads read what one reader reads, and only what is for them?"""

import gc
import itertools
import os
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from types import SimpleNamespace

import pytest

from explorer.cli.commands.generate import account_log
from explorer.eventlog.log import open_log
from explorer.history import reader, reading, threads
from explorer.history.child import Piece
from explorer.history.reading import pieces
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from tests.history.test_columns import MODELS, line_by_line, read, told, with_odd_lines


@pytest.fixture(autouse=True)
def in_small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SCANNED_BYTES", 0)
    monkeypatch.setattr(threads, "FIRST_BYTES", 1_000)
    monkeypatch.setattr(threads, "STRETCH_BYTES", 7_000)


def found_in(path: Path) -> list[Piece]:
    with open_log(path) as log:
        return list(pieces(log, choose(Recipe("accounts"), [], log.fields), small_bytes=0))


@pytest.mark.parametrize("projection", MODELS, ids=lambda each: each.name)
def test_threads_read_what_is_read_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, projection: Recipe
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(with_odd_lines(3_000))
    with open_log(path) as log:
        assert told(read(log, projection, small_bytes=0)) == told(line_by_line(log, monkeypatch, projection))


def test_several_threads_share_a_log_and_none_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads.os, "cpu_count", lambda: 4)
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(3_000, 50, 1)))
    before = threading.active_count()
    found = found_in(path)
    assert len({piece.reader for piece in found}) > 1
    assert all(piece.reader < 4 for piece in found)
    assert sum(piece.chunk.count for piece in found) == 3_000
    assert threading.active_count() == before


@pytest.mark.parametrize("projection", MODELS, ids=lambda each: each.name)
def test_what_has_read_a_log_goes_at_once_and_waits_for_no_garbage_collection(
    tmp_path: Path, projection: Recipe
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(with_odd_lines(3_000))
    gc.collect()
    gc.disable()  # else chance would tell
    try:
        with open_log(path) as log:
            deque(pieces(log, choose(projection, [], log.fields), small_bytes=0), maxlen=0)
        ours = {"ChunkReader", "ScannedRows", "ScannedColumns", "Grouping", "Block", "SharedTexts", "Values"}
        assert not [each for each in gc.get_objects() if type(each).__name__ in ours]
    finally:
        gc.enable()


def test_where_reading_is_ended_threads_end_and_take_turns_as_they_did(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(3_000, 50, 1)))
    before, usual_s = threading.active_count(), sys.getswitchinterval()
    with open_log(path) as log:
        some = pieces(log, choose(Recipe("accounts"), [], log.fields), small_bytes=0)
        assert next(some).chunk.count
        assert sys.getswitchinterval() < usual_s
        some.close()
    assert threading.active_count() == before
    assert sys.getswitchinterval() == usual_s


def test_a_log_that_must_be_read_one_by_one_is_left_to_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(account_log(2_000, 50, 1))
    odd = [line.replace('"type"', '"\\u0074ype"') for line in account_log(1_000, 50, 2)]
    path = tmp_path / "log.jsonl"
    path.write_text("".join([*lines, *odd, *lines]))
    monkeypatch.setattr(reading, "OWN_BYTES", 9_000)
    monkeypatch.setattr(reading, "FIRST_BYTES", 3_000)
    monkeypatch.setattr(reading, "STRETCH_BYTES", 20_000)
    found = found_in(path)
    whose = [piece.reader for piece in found]
    assert min(whose) < 0 <= whose[0] < 1_000 <= whose[-1]
    assert sum(piece.chunk.count for piece in found) == 5_000
    with open_log(path) as log:
        assert told(read(log, small_bytes=0)) == told(line_by_line(log, monkeypatch))


@pytest.mark.parametrize("heavy", [True, False])
def test_a_log_of_which_most_is_plain_python_is_left_to_children_and_no_other_however_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heavy: bool
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(8_000, 50, 1)))
    monkeypatch.setattr(threads, "FIRST_BYTES", 40_000)  # of which most is scanned
    monkeypatch.setattr(threads, "TRIED_BYTES", 40_000)
    monkeypatch.setattr(threads, "HEAVY_S", 0.0 if heavy else 1.0)
    monkeypatch.setattr(threads, "MOST_HEAVY_S", 0.0)
    monkeypatch.setattr(reading, "OWN_BYTES", 9_000)
    monkeypatch.setattr(reading, "FIRST_BYTES", 3_000)
    monkeypatch.setattr(reading, "STRETCH_BYTES", 20_000)
    whose = [piece.reader for piece in found_in(path)]
    assert 0 <= whose[0] < 1_000
    assert (whose[-1] >= 1_000) is heavy
    with open_log(path) as log:
        assert told(read(log, small_bytes=0)) == told(line_by_line(log, monkeypatch))


def test_what_no_stretch_can_cut_is_read_behind_what_threads_have_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(account_log(500, 50, 1))
    long = '{"type": "Long", "data": {"text": "' + "y" * 3_000_000 + '"}}\n'
    path = tmp_path / "log.jsonl"
    path.write_text("".join([*lines, long, *lines]))
    with open_log(path) as log:
        found = read(log, small_bytes=0)
        assert len(found.events) == 1_001
        assert told(found) == told(line_by_line(log, monkeypatch))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system does not list its threads")
def test_numpy_starts_no_threads_of_its_own() -> None:
    program = "import explorer.history.collect, os; print(len(os.listdir('/proc/self/task')))"
    environment = {name: each for name, each in os.environ.items() if not name.startswith("OPENBLAS")}
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout == "1\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is had in other ways")
def test_threads_have_no_heaps_of_their_own(tmp_path: Path) -> None:
    path, told = tmp_path / "log.jsonl", tmp_path / "heaps.xml"
    path.write_text("".join(account_log(12_000, 50, 1)))  # beyond 1 MiB: it is scanned
    program = f"""
import ctypes, threading
from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
with open_log({str(path)!r}) as log:
    assert len(collect(log, lambda sample: choose(AUTO, sample, log.fields), small_bytes=0).events) == 12_000
system = ctypes.CDLL(None)
if hasattr(system, "malloc_info"):
    system.fopen.restype = ctypes.c_void_p
    file = ctypes.c_void_p(system.fopen({str(told)!r}.encode(), b"w"))
    system.malloc_info(0, file), system.fclose(file)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    if not told.exists():
        pytest.skip("this C library has no heaps to tell of")
    assert told.read_text().count("<heap nr=") == 1


def test_names_are_in_the_order_of_the_log_however_many_threads_meet_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(with_odd_lines(3_000))
    found = []
    for count in (1, 2, 5):
        monkeypatch.setattr(threads.os, "cpu_count", lambda count=count: count)
        with open_log(path) as log:
            collected = read(log, small_bytes=0)
            values = {name: list(each.values) for name, each in collected.operands.items()}
            events = collected.events
            found.append((list(events.type_names), list(events.entity_names), values))
    assert found[0] == found[1] == found[2]


def test_what_threads_have_not_read_is_read_by_children_with_the_same_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(account_log(1_000, 50, 1))
    odd = [line.replace('"type"', '"\\u0074ype"') for line in account_log(1_500, 70, 2)]
    path = tmp_path / "log.jsonl"
    path.write_text("".join([*lines, *odd, *lines]))
    with open_log(path) as log:
        found = read(log, Recipe("latest"), small_bytes=0)
        assert told(found) == told(line_by_line(log, monkeypatch, Recipe("latest")))
        assert len(set(found.entities.values)) == len(found.entities.values)


def test_a_large_log_is_read_in_longer_stretches() -> None:
    def lengths(size_bytes: int) -> list[int]:
        log = SimpleNamespace(about_bytes=size_bytes)
        return list(itertools.islice(threads.Threads(log, None)._lengths(), 4, 6))  # type: ignore[arg-type]

    assert lengths(100_000) == [7_000] * 2
    assert lengths(480_000) == [20_000] * 2
    assert lengths(1 << 40) == [threads.LONGER * 7_000] * 2
