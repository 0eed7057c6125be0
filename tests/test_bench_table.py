"""Does the table of the README say what a run of `make bench` has measured, and what is over its bar?"""

import sys

import pytest

from tests.benchmarks.measuring import Row
from tests.benchmarks.run import MOST_OF_OTHER_LOGS, SECTIONS, main
from tests.benchmarks.table import lines, number


def table(*rows: Row) -> list[str]:
    told = [{"section": "Opening", **row._asdict(), "ok": row.ok} for row in rows]
    return lines({"events": 10_000_000, "bytes": 1.1e9, "rows": told})[5:]


def test_each_row_stands_with_its_bar_and_what_is_over_it_says_so():
    assert table(
        Row("cold open / DuckDB", 1.44, 1.5, 1.0, said="4.9 s"),
        Row("… gzip / DuckDB", 1.76, 1.5, 1.0, events=1_000_000),
        Row("SQL / one account", 29_312.4, 1_000, 1_000, at_most=False),
    ) == [
        "| cold open ÷ DuckDB | 1.4 (4.9 s) | ≤ 1.5 |",
        "| … gzip ÷ DuckDB, 1,000,000 events | 1.8 | ≤ 1.5, **missed** |",
        "| SQL ÷ one account | 29,000 | ≥ 1,000 |",
    ]


def test_a_figure_is_never_an_exponent_nor_rounded_beyond_two_digits():
    assert [number(value) for value in (0.0312, 0.95, 1.0, 48, 197.3, 31_999)] == [
        "0.031", "0.95", "1", "48", "200", "32,000",
    ]  # fmt: skip


def test_logs_of_other_formats_are_not_made_larger_than_a_million_events():
    at_most = SECTIONS["formats"].seconds(MOST_OF_OTHER_LOGS)
    assert SECTIONS["formats"].seconds(10_000_000) == at_most
    assert sum(section.seconds(10_000_000) for section in SECTIONS.values()) < 15 * 60


def test_a_section_that_is_none_is_said_before_anything_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "argv", ["run.py", "windows"])
    with pytest.raises(SystemExit):
        main()
    assert "no section windows; there are opening" in capsys.readouterr().err
