"""Are times outside the years of nanoseconds shown as what they are, wherever a day or a duration is named?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.session.document import Document
from explorer.session.events.filters import FilterError
from explorer.session.reasons.spoken import spoken
from explorer.session.timeline.axis import View, axis_of, ticks
from explorer.session.timeline.preview import stretch_text

DAYS = ("0001-02-03", "1601-04-05", "2024-03-05", "2024-03-06", "9999-12-30", "9999-12-31")


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Document]:
    path = tmp_path / "log.jsonl"
    records = [
        {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": 1}, "at": f"{day}T00:00:00Z"}
        for day in DAYS
    ]
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    document = Document.open(str(path))
    yield document
    document.close()


def test_days_and_durations_are_the_true_ones(far: Document) -> None:
    assert "on 3 February" in spoken(far, 1)
    assert "on 31 December" in spoken(far, 6)
    assert "Deposited 1 by MoneyDeposited #1 on Sat 3 Feb 1" in far.why("a", "balance").sentence(0)
    assert stretch_text(far, (0, 2)) == "2 events, 1,601 y 84 d"
    assert stretch_text(far, (4, 6)) == "2 events, 1 d"


def test_no_tick_of_the_axis_names_a_day_that_nothing_happened_near(far: Document) -> None:
    axis = axis_of(far.history, "time")
    for tick in ticks(axis, View.whole(axis.length, axis.least), 8):
        assert not any(year in tick.long for year in ("1677", "2262"))


def test_the_filter_compares_far_times_and_refuses_to_without_any(far: Document, tmp_path: Path) -> None:
    assert [int(row) for row in far.filter("at>2300-01-01").rows()] == [4, 5]
    assert [int(row) for row in far.filter("at<1000-01-01").rows()] == [0]
    path = tmp_path / "log.csv"
    path.write_text(
        "date;type;account;amount\n2023-31-12;MoneyDeposited;a;1\n2024-15-01;MoneyDeposited;a;2\n"
    )
    document = Document.open(str(path))
    with pytest.raises(FilterError, match="what looks like a time: date"):
        document.filter("at>2023-12-31")
    document.close()
