"""Is a table read that psql or mysql has printed, or that stands in Markdown, row by row, to the last character?"""

from pathlib import Path

import pytest

from explorer.eventlog.dumps.printed_table import PrintedTable
from explorer.eventlog.log import open_log

PSQL = """\
 id | stream_id |      type      |       data        |          created_at
----+-----------+----------------+-------------------+-------------------------------
  1 | acc-1     | MoneyDeposited | {"amount": 50.10} | 2024-03-01 10:00:00.123456+00
  2 | acc-1     | MoneyWithdrawn | {"amount": 20.05} | 2024-03-02 10:00:00+00
(2 rows)

"""
WRAPPED = """\
 id | stream_id |      type      |       created_at       |        data
----+-----------+----------------+------------------------+---------------------
  1 | acc-1     | MoneyDeposited | 2024-03-01 10:00:00+00 | {                  +
    |           |                |                        |     "amount": 50.10+
    |           |                |                        | }
  2 | acc-1     | MoneyWithdrawn | 2024-03-02 10:00:00+00 | {"amount": 20.05}
(2 rows)
"""
MYSQL = """\
+----+-----------+----------------+-------------------+---------------------+
| id | stream_id | type           | data              | created_at          |
+----+-----------+----------------+-------------------+---------------------+
|  1 | acc-1     | MoneyDeposited | {"amount": 50.10} | 2024-03-01 10:00:00 |
|  2 | acc-1     | MoneyWithdrawn | {"amount": 20.05} | 2024-03-02 10:00:00 |
+----+-----------+----------------+-------------------+---------------------+
2 rows in set (0.00 sec)
"""
MARKDOWN = """\
| created_at | type           | stream_id | data              |
|------------|:---------------|:---------:|------------------:|
| 2024-03-01 | MoneyDeposited | acc-1     | {"amount": 50.10} |
| 2024-03-02 | MoneyWithdrawn | acc-1     | {"amount": 20.05} |
"""


@pytest.mark.parametrize(
    "text", [PSQL, WRAPPED, MYSQL, MARKDOWN], ids=["psql", "wrapped", "mysql", "markdown"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_rows_of_a_printed_table_are_events(tmp_path: Path, text: str, line_end: str) -> None:
    path = tmp_path / "rows.txt"
    path.write_bytes(text.replace("\n", line_end).encode())
    with open_log(path) as log:
        events = [event for batch in log.batches() for event in batch.events]
        assert not [each for batch in log.batches() for each in batch.unread]
        assert log.format == "printed table"
        assert [(each.type, each.entity) for each in events] == [
            ("MoneyDeposited", "acc-1"),
            ("MoneyWithdrawn", "acc-1"),
        ]
        assert [str(each.data["amount"]) for each in events] == ["50.10", "20.05"]
        assert all(each.at_ns is not None for each in events)
        raw = [
            log.raw(*place)
            for batch in log.batches()
            for place in zip(batch.offsets, batch.lengths, strict=True)
        ]
        assert b"50.10" in raw[0]
        assert b"20.05" not in raw[0]


def test_a_row_of_another_width_and_what_is_no_row_are_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    path.write_text(PSQL.replace("(2 rows)", "  3 | acc-1 | Odd\nbash$ exit\n(2 rows)"))
    with open_log(path) as log:
        unread = [each for batch in log.batches() for each in batch.unread]
        assert [(each.line, each.reason) for each in unread] == [
            (5, "3 cells, but the table names 5 columns"),
            (6, "it is no row of the table"),
        ]


def test_a_value_that_ends_with_a_plus_goes_on_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    path.write_text(" type | note\n------+------\n Rated | A+\n Rated | B\n")
    with open_log(path) as log:
        assert [event.record["note"] for batch in log.batches() for event in batch.events] == ["A+", "B"]


def test_a_table_with_bars_between_its_cells_and_no_drawn_line_is_none(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("type|amount|account\nMoneyDeposited|5|a\nMoneyDeposited|6|a\n")
    with open_log(path) as log:
        assert not isinstance(log.itself, PrintedTable)
        assert log.format.startswith("CSV")
