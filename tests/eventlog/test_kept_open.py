"""Does a log stay open as long as somebody reads it, and no longer?"""

from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog, open_log


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    path = tmp_path / "log.jsonl"
    path.write_text('{"type": "A", "data": {}}\n' * 3)
    return open_log(path)


def is_open(log: EventLog) -> bool:
    try:
        return bool(log.raw(0, 10))
    except LogError:
        return False


def test_who_holds_a_log_can_read_it_after_all_others_have_closed_it(log: EventLog) -> None:
    first, second = log.hold(), log.hold()
    log.close()
    log.close()
    assert is_open(log)
    first.release()
    first.release()
    assert is_open(log)
    second.release()
    assert not is_open(log)


def test_a_hold_that_is_forgotten_is_none(log: EventLog) -> None:
    hold = log.hold()
    log.close()
    assert is_open(log)
    del hold
    assert not is_open(log)


def test_a_hold_that_ends_first_closes_nothing(log: EventLog) -> None:
    log.hold().release()
    assert is_open(log)
    log.close()
    assert not is_open(log)
