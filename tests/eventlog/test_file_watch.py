"""Is it noticed what has become of a log's file, each thing for what it is?"""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.eventlog import source as source_module
from explorer.eventlog.file_watch import FileWatch
from explorer.eventlog.log import EventLog, open_log

LINE = '{"type":"A","data":{"x":%d},"at":"2026-01-01"}\n'


@pytest.fixture(params=["kept in memory", "read from the file"])
def log(request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EventLog]:
    """An open log of ten events."""
    if request.param == "read from the file":
        monkeypatch.setattr(source_module, "KEPT_BYTES", 0)
    path = tmp_path / "log.jsonl"
    path.write_text("".join(LINE % number for number in range(10)))
    with open_log(path) as opened:
        yield opened


def watched(log: EventLog) -> FileWatch:
    watch = FileWatch(log)
    watch.prepare()
    assert watch.look().kind == "same"
    return watch


def test_more_lines_are_growth(log: EventLog) -> None:
    watch = watched(log)
    with log.path.open("a") as file:
        file.write(LINE % 11)
    assert watch.look().kind == "grown"
    assert watch.look().size_bytes == log.size_bytes + len(LINE % 11)


@pytest.mark.parametrize("left", [0, 100])
def test_fewer_bytes_are_a_cut(log: EventLog, left: int) -> None:
    watch = watched(log)
    os.truncate(log.path, left)
    assert (watch.look().kind, watch.look().size_bytes) == ("cut", left)


def test_a_log_that_was_rotated_is_replaced(log: EventLog) -> None:
    watch = watched(log)
    log.path.rename(log.path.with_suffix(".1"))
    assert watch.look().kind == "gone"
    log.path.write_text(LINE % 1 * 100)
    assert watch.look().kind == "replaced"


def test_a_copy_that_is_truncated_and_grows_again_is_no_growth(log: EventLog) -> None:
    watch = watched(log)
    content = log.path.read_text()
    log.path.write_text("")  # in place: the same file
    log.path.write_text("".join(LINE % number for number in range(100, 200)))
    assert len(log.path.read_text()) > len(content)
    assert watch.look().kind == "overwritten"


def test_other_bytes_of_the_same_size_are_noticed_wherever_they_are(log: EventLog) -> None:
    content = log.path.read_text()
    for number in (0, 5, 9):
        watch = watched(log)
        log.path.write_text(content.replace(f'"x":{number}', f'"x":{(number + 1) % 10}', 1))
        os.utime(log.path, ns=(1, 1))
        if (
            log.raw(0, 10_000).decode() == content
        ):  # kept in memory: else the old bytes are gone for everybody
            assert watch.look().kind == "overwritten"
        log.path.write_text(content)
        os.utime(log.path, ns=(2, 2))


def test_touching_a_file_is_no_news(log: EventLog) -> None:
    watch = watched(log)
    os.utime(log.path, ns=(1, 1))
    assert watch.look().kind == "same"
    assert watch.look().kind == "same"


def test_a_file_that_went_and_came_back_is_the_same_again(log: EventLog) -> None:
    watch = watched(log)
    away = log.path.with_suffix(".away")
    log.path.rename(away)
    assert watch.look().kind == "gone"
    away.rename(log.path)
    assert watch.look().kind == "same"


def test_a_folder_in_its_place_is_no_log(log: EventLog) -> None:
    watch = watched(log)
    log.path.unlink()
    log.path.mkdir()
    assert watch.look().kind == "replaced"


def test_a_packed_log_may_have_grown_whatever_its_size(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(gzip.compress((LINE % 1 * 10).encode()))
    with open_log(path) as log:
        watch = watched(log)
        path.write_bytes(gzip.compress((LINE % 1 * 20).encode()))
        assert watch.look().kind == "grown"


def test_what_was_read_of_a_small_log_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(LINE % number for number in range(10)))
    with open_log(path) as log:
        batch = next(iter(log.batches()))
        os.truncate(path, 0)
        assert log.decode(batch.offsets[9], batch.lengths[9], 10).data["x"] == 9
        path.unlink()
        assert log.decode(batch.offsets[0], batch.lengths[0], 1).data["x"] == 0
