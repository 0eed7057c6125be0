"""Is a batch that was not written to its end shown, and taken for no event, whoever reads the log?"""

import json
from pathlib import Path

import pytest

from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer
from explorer.history.collect import collect
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
from explorer.session.document import Document

OPENED = '{"type":"AccountOpened","data":{"accountId":"acc-%d","owner":"Ada"},"at":"2026-01-01T10:00:00Z"}\n'
BATCH = [Draft("MoneyDeposited", {"accountId": f"acc-{n}", "amount": n}, "2026-01-02") for n in (1, 2, 1)]


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, int]:
    """A log of two events and a batch of three, and where the batch begins."""
    path = tmp_path / "log.jsonl"
    path.write_text(OPENED % 1 + OPENED % 2)
    with Writer.open(path) as writer:
        return path, writer.append(BATCH).offset


def read_plainly(path: Path) -> tuple[int, list[tuple[int, int, bool]]]:
    with open_log(path) as log:
        batches = list(log.batches())
    unread = [(each.after, each.line, each.incomplete) for batch in batches for each in batch.unread]
    return sum(len(batch.events) for batch in batches), unread


def read_as_columns(path: Path, small_bytes: int) -> tuple[int, list[tuple[int, int, bool]]]:
    with open_log(path) as log:
        events = collect(log, lambda sample: choose(AUTO, sample, log.fields), small_bytes=small_bytes).events
        return len(events), [(each.after, each.line, each.incomplete) for each in events.unread]


def test_wherever_a_batch_is_torn_none_of_its_events_happened(whole: tuple[Path, int]) -> None:
    path, begin = whole
    raw = path.read_bytes()
    for size in range(begin, len(raw) + 1):
        path.write_bytes(raw[:size])
        count, unread = read_plainly(path)
        assert (count, unread) == read_as_columns(path, 1 << 20)
        if size >= len(raw) - 1:  # all of it; a last newline may be missing
            assert (count, unread) == (5, [])
            continue
        assert count == 2
        lines = raw[begin:size].count(b"\n") + (not raw[:size].endswith(b"\n"))
        assert [line for _, line, _ in unread] == list(range(3, 3 + lines))


def test_children_read_no_part_of_it_either(whole: tuple[Path, int]) -> None:
    path, begin = whole
    path.write_bytes(path.read_bytes()[:-40])
    assert read_as_columns(path, 0) == read_plainly(path) == (2, [(2, 3, False), (2, 4, False), (2, 5, True)])
    assert begin > 0


def test_a_record_whose_checksum_is_wrong_is_no_event(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with Writer.open(path, create=True) as writer:
        writer.append(BATCH[:1])
        writer.append(BATCH[1:2])
    path.write_bytes(path.read_bytes().replace(b'"amount":2', b'"amount":9'))
    assert read_plainly(path) == read_as_columns(path, 0) == (1, [(1, 2, False)])


def test_the_window_and_the_commands_list_its_lines_as_not_read(whole: tuple[Path, int]) -> None:
    path, _ = whole
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4]))
    document = Document.open(str(path))
    try:
        assert (document.event_count, document.unread_count, document.entry_count) == (2, 2, 4)
        entry = document.entry(2)
        assert entry.unread_reason == "part of a batch of 3 events that was not written to its end"
        assert json.loads(document.raw_bytes(2)) == json.loads(lines[2])
        assert list(document.troubled_positions()) == [2]
    finally:
        document.close()


def test_a_seal_is_no_field_of_the_state(tmp_path: Path) -> None:
    path = tmp_path / "flat.jsonl"
    path.write_text('{"event":"Moved","thing":"a","room":1}\n' * 3)
    with Writer.open(path, seals="chain") as writer:
        for room in range(20):
            writer.append([Draft("Moved", {"thing": "b", "room": room})])
    document = Document.open(str(path))
    try:
        assert {field.name for field in document.history.fields if not field.hidden} <= {
            "thing",
            "room",
            "at",
        }
    finally:
        document.close()
