"""Has one program the lock of a log at a time, whoever dies, deletes the file or put another one there?"""

import os

import pytest

from explorer.eventlog import locking
from explorer.eventlog.locking import Busy, LogLock
from explorer.eventlog.syscalls import SYSTEM


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(locking, "PATIENCE_S", 0.02)


def test_a_second_one_is_told_who_holds_it(tmp_path, impatient):
    path = str(tmp_path / "log.jsonl")
    first, second = LogLock(path, SYSTEM), LogLock(path, SYSTEM)
    with first.held():
        with pytest.raises(Busy) as caught:
            second.acquire()
        assert caught.value.pid == os.getpid()
    with second.held():
        pass
    first.close()
    second.close()
    second.close()
    assert (tmp_path / "log.jsonl.lock").is_file()


def test_a_lock_file_that_was_deleted_holds_nobody_out_of_the_new_one(tmp_path, impatient):
    path = str(tmp_path / "log.jsonl")
    first, second = LogLock(path, SYSTEM), LogLock(path, SYSTEM)
    first.acquire()
    first.release()
    (tmp_path / "log.jsonl.lock").unlink()
    with second.held(), pytest.raises(Busy):
        first.acquire()  # the file that it has open is the lock no more
    first.close()
    second.close()


def test_what_fails_within_lets_the_lock_go(tmp_path, impatient):
    lock, other = (LogLock(str(tmp_path / "log.jsonl"), SYSTEM) for _ in range(2))
    with pytest.raises(ValueError, match="within"), lock.held():
        raise ValueError("within")
    with other.held():
        pass
    lock.close()
    other.close()


def test_another_file_of_that_name_is_left_as_it_is(tmp_path):
    file = tmp_path / "log.jsonl.lock"
    file.write_text("somebody's notes\n")
    lock = LogLock(str(tmp_path / "log.jsonl"), SYSTEM)
    with pytest.raises(OSError, match=r"log\.jsonl\.lock is there, and is no lock"):
        lock.acquire()
    assert file.read_text() == "somebody's notes\n"
