"""Is a report with a column for each period read cell by cell (`traces/periods.py`)?"""

from contextlib import closing
from pathlib import Path

import pytest

from explorer.eventlog.log import open_log
from explorer.eventlog.traces.periods import end_of
from explorer.session.document import Document

HLEDGER = (
    '"account","commodity","2026-01","2026-02","2026-03","total"\n'
    '"Assets:Bank","EUR","10.50","-3.25","0","7.25"\n'
    '"Assets:Bank","USD","1","2","3","6"\n'
    '"Expenses:a ""b"", c","EUR","0","1","2","3"\n'
)


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("2026-01-01..2026-01-05", "2026-01-05"),
        ("2026-01-31", "2026-01-31"),
        ("2024-02", "2024-02-29"),
        ("2025Q3", "2025-09-30"),
        ("1999", "1999-12-31"),
        ("total", None),
        ("2026-13", None),
        ("column_2026", None),
    ],
)
def test_the_title_of_a_period_tells_its_last_day(title: str, end: str | None) -> None:
    assert end_of(title) == end


def test_each_cell_is_an_event_at_the_end_of_its_period(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text(HLEDGER)
    with closing(open_log(path)) as log:
        [batch] = log.batches()
        assert [(each.at, each.entity) for each in batch.events[:4]] == [
            ("2026-01-31", "Assets:Bank / EUR"), ("2026-02-28", "Assets:Bank / EUR"),
            ("2026-03-31", "Assets:Bank / EUR"), ("2026-01-31", "Assets:Bank / USD"),
        ]  # fmt: skip
        raw = [log.raw(*place) for place in zip(batch.offsets, batch.lengths, strict=True)]
        assert raw[:3] == [b'"10.50"', b'"-3.25"', b'"0"']
        assert raw[-1] == b'"2"'
        assert log.decode(batch.offsets[-1], batch.lengths[-1], 9).data["account"] == 'Expenses:a "b", c'
    with closing(Document.open(str(path))) as document:
        assert document.order == "time"
        state = {name: row["reported"] for name, row in document.history.state(3).items()}
        assert state == {
            "Assets:Bank / EUR": "10.50",
            "Assets:Bank / USD": "1",
            'Expenses:a "b", c / EUR': "0",
        }
        assert [row["reported"] for _, row in document.history.state(9).items()] == ["0", "3", "2"]
        assert not document.warnings


@pytest.mark.parametrize(
    "head",
    [
        "type,account,2026-01-01,at",
        "2025,2026,2027",
        "account,amount,2026-01",
        "account,owner,city,zip,at,2025,2026",
    ],
)
def test_another_table_is_read_by_its_rows(tmp_path: Path, head: str) -> None:
    path = tmp_path / "t.csv"
    row = ",".join("2026-01-01" if name == "at" else "7" for name in head.split(","))
    path.write_text(head + "\n" + f"{row}\n" * 3)
    with closing(open_log(path)) as log:
        assert "period" not in log.format
        assert sum(len(batch.events) for batch in log.batches()) >= 3


def test_a_row_that_is_none_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text('account,2026-01,2026-02\na,1,2\n"b,3,4\nc,5,6\n')
    with closing(open_log(path)) as log:
        batches = list(log.batches())
        assert [each.entity for batch in batches for each in batch.events] == ["a", "a", "c", "c"]
        assert sum(len(batch.unread) for batch in batches) == 1
