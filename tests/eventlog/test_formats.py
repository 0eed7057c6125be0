"""Can a format be added by one reader module and one line?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.csv_rows import lines_of
from explorer.eventlog.event import Batch, Record, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.formats import Format
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.log import open_log
from explorer.eventlog.sniff import FORMATS, Head
from explorer.eventlog.text import Text

LINES = (
    "%journal",
    "2026-01-01T10:00:00Z AccountOpened accountId=acc-1 owner=Zoë",
    "2026-01-02T10:00:00Z MoneyDeposited accountId=acc-1 amount=12.50",
    "what is this",
    "2026-01-03T10:00:00Z MoneyWithdrawn accountId=acc-1 amount=2.25",
)


class Journal(Format):
    """The module of a new format: a time, a type and `name=value` on each line, under `%journal`."""

    name = "journal"

    def __init__(self, text: Text) -> None:
        self.text = text

    def batches(self, make: EventMaker) -> Iterator[Batch]:
        batch, position = Batch(), 0
        for unit, line, skeleton in lines_of(self.text, b"\n"):
            offset, size = self.text.byte(unit), len(skeleton) * self.text.width
            if line == 1:
                continue
            try:
                record = self.record(self.text.source.read(offset, size))
            except JsonFault as fault:
                batch.unread.append(Unread(position, line, 1, offset, fault.reason, offset, size))
                continue
            position += 1
            batch.events.append(make(position, record))
            batch.offsets.append(offset)
            batch.lengths.append(size)
            batch.lines.append(line)
        batch.done_bytes = self.text.byte(self.text.units)
        yield batch

    def record(self, raw: bytes) -> Record:
        at, kind, *members = self.text.decoded(raw, "strict").split()
        if not all("=" in member for member in members) or not members:
            raise JsonFault("it is no entry of a journal", 0)
        data = dict(member.split("=", 1) for member in members)
        return {"type": kind, "at": at, "data": data}


def recognised(head: Head) -> Format | None:
    return Journal(head.text) if head.lines[:1] == [b"%journal"] else None


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Path]:
    """A log of the format, and the one line."""
    path = tmp_path / "log.journal"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    FORMATS.insert(0, recognised)
    yield path
    FORMATS.remove(recognised)


def test_a_format_that_is_registered_once_is_recognised_and_read(journal: Path) -> None:
    with open_log(journal) as log:
        assert (log.format, log.by_lines, log.by_rows, log.columns) == ("journal", False, False, ())
        (batch,) = log.batches()
        assert [event.type for event in batch.events] == ["AccountOpened", "MoneyDeposited", "MoneyWithdrawn"]
        assert batch.lines == [2, 3, 5]
        assert [(each.line, each.reason) for each in batch.unread] == [(4, "it is no entry of a journal")]
        again = log.decode(batch.offsets[0], batch.lengths[0], 1)
        assert again.data == {"accountId": "acc-1", "owner": "Zoë"}
        assert log.text(log.stored(batch.offsets[1], batch.lengths[1])) == LINES[2]


def test_everything_behind_it_works_on_it(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", str(journal), "--no-cache", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out, parse_float=str)
    assert answer["state"]["acc-1"]["balance"] == "10.25"
    assert answer["unread"] == 1
    assert main(["verify", str(journal), "--no-cache"]) == 1
    assert "log.journal: journal, 3 events, 1 not read" in capsys.readouterr().out


def test_without_its_line_it_is_no_log(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FORMATS.remove(recognised)
    try:
        assert main(["state", str(journal), "--no-cache"]) == 2
        assert "neither JSON nor CSV" in capsys.readouterr().err
    finally:
        FORMATS.insert(0, recognised)
