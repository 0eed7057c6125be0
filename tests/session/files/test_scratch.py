"""Is what comes with the program, and a lesson's log, worked on as a private copy that goes away whatever happens?"""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.resources import resource
from explorer.session.files.scratch import (
    PREFIX,
    drop_copies,
    drop_copy,
    is_changed,
    is_copy,
    origin,
    scratch_copy,
    sweep,
    working_path,
)

SAMPLE = resource("samples", "three-events.jsonl")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A system's temporary folder of one's own."""
    drop_copies()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    yield tmp_path / "tmp"
    drop_copies()


def test_a_sample_is_opened_as_a_private_copy_and_any_other_log_as_it_is(
    folder: Path, tmp_path: Path
) -> None:
    copy = Path(working_path(str(SAMPLE)))
    assert copy.name == SAMPLE.name
    assert copy.read_bytes() == SAMPLE.read_bytes()
    assert copy.is_relative_to(folder)
    for each in (copy.parent, copy.parent.parent):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700
    assert (is_copy(str(copy)), origin(str(copy))) == (True, str(SAMPLE))
    own = tmp_path / "own.jsonl"
    own.write_bytes(SAMPLE.read_bytes())
    assert working_path(str(own)) == str(own)
    assert working_path(str(copy)) == str(copy)  # read anew, it is not copied again
    assert working_path("-") == "-"
    assert (is_copy(str(own)), origin(str(own)), is_changed(str(own))) == (False, str(own), False)


def test_a_sample_by_another_name_is_a_sample(tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to(SAMPLE)
    assert is_copy(working_path(str(tmp_path / "link.jsonl")))


def test_each_opening_has_a_copy_of_its_own_that_goes_alone(folder: Path) -> None:
    first, second = scratch_copy(SAMPLE), scratch_copy(SAMPLE)
    assert first != second
    with Path(first).open("ab") as file:
        file.write(b"{}\n")
    assert (is_changed(first), is_changed(second)) == (True, False)
    drop_copy(first)
    drop_copy(str(SAMPLE))  # is no copy
    assert [Path(each).exists() for each in (first, second, SAMPLE)] == [False, True, True]
    drop_copies()
    assert list(folder.iterdir()) == []


def test_a_database_is_not_torn_from_what_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(100))
    assert scratch_copy(path) == str(path)


_BEGIN = """
import sys, time
from explorer.session.files.scratch import scratch_copy
print(scratch_copy(sys.argv[1]), flush=True)
sys.stdin.read()
"""


def started(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", _BEGIN, str(SAMPLE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_a_killed_program_left_goes_at_the_next_start_and_of_a_living_one_nothing(folder: Path) -> None:
    dead, left = started(folder)
    alive, used = started(folder)
    try:
        mine = Path(scratch_copy(SAMPLE))
        dead.send_signal(signal.SIGKILL)
        dead.communicate()
        assert left.exists()
        assert sweep() == 1
        assert not left.parent.parent.exists()
        assert used.exists()
        assert mine.exists()
    finally:
        alive.communicate("")
    assert not used.parent.parent.exists()  # one that ends by itself leaves nothing


def test_nothing_but_folders_of_ours_is_swept_away(folder: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "lock").touch()
    (folder / f"{PREFIX}link").symlink_to(precious)
    (folder / f"{PREFIX}file").write_text("x")
    (folder / f"{PREFIX}new").mkdir()  # of a program that begins at this moment
    assert sweep() == 0
    assert (precious / "lock").exists()
    assert len(list(folder.iterdir())) == 3
    os.utime(folder / f"{PREFIX}new", (0, 0))
    assert sweep() == 1
