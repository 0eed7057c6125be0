"""Do words for a place in time mean what a person would expect, and text show what it is?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.places.points import PointError, as_of, point, readings
from explorer.session.plaintext import visible


@pytest.fixture(scope="module")
def bank() -> Iterator[Document]:
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    yield document
    document.close()


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("0", 0), ("#12", 12), ("1,2", 12), ("start", 0), ("END", 406), ("50%", 203), ("100 %", 406), ("+5", 105),
        ("-5", 95), ("−5", 95), ("+9999", 406), ("-9999", 0), ("2025-12-31", 0), ("2027-01-01", 406),
    ],
)  # fmt: skip
def test_words_mean_a_position(bank: Document, words: str, position: int) -> None:
    assert point(bank.history, words, 100) == position


@pytest.mark.parametrize("words", ["", "407", "#99999999999999999999", "soon", "2026-13-01", "12:99", "½"])
def test_words_that_mean_none_are_refused_in_a_sentence(bank: Document, words: str) -> None:
    with pytest.raises(PointError) as refused:
        point(bank.history, words)
    assert len(str(refused.value)) > 20


def test_a_day_ends_where_the_next_begins(bank: Document) -> None:
    assert point(bank.history, "2026-01-15") == bank.history.position_at(
        1_768_521_600 * 10**9, inclusive=False
    )


def test_rows_and_positions_agree_around_what_could_not_be_read() -> None:
    document = Document.open(str(resource("samples", "damaged.jsonl")))
    rows = [document.entry(row) for row in range(document.entry_count)]
    assert [row.position for row in rows] == [1, 2, None, None, 3, None, None, 4, 5, 6, 7, 8, None]
    assert [row.applied for row in rows] == [1, 2, 2, 2, 3, 3, 3, 4, 5, 6, 7, 8, 8]
    for row in rows:
        if row.position is not None:
            assert document.row_of_position(row.position) == row.row
    raw = b"".join(document.raw_bytes(row.row) + b"\n" for row in rows).removesuffix(b"\n")
    assert raw == Path(resource("samples", "damaged.jsonl")).read_bytes()
    assert document.filter("INVALID").rows().tolist() == []
    assert document.filter("e-9").rows().tolist() == [9, 10]
    document.set_order("time")
    assert sum(document.entry(row).position is None for row in range(8, 13)) == 5
    document.close()


def test_the_plain_text_of_a_state_can_be_read_aloud() -> None:
    document = Document.open(str(resource("samples", "three-events.jsonl")))
    assert document.plain_text(3).splitlines()[0] == "State at 3 of 3, Sat 3 Jan 2026 11:30:00 UTC."
    assert "account acc-1, owner Ada, balance 20, status open" in document.plain_text(3)
    assert "before the first event" in document.plain_text(0)
    document.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("a\u200bb", "a⟦U+200B⟧b"),
        ("a\nb\tc", "a⏎b⇥c"),
        ("\ud800", "⟦U+D800⟧"),
        ("李雷 Γιώργος", "李雷 Γιώργος"),
        ("x" * 600, "x" * 500 + "… (600 chars)"),
    ],
)
def test_nothing_in_text_stays_hidden(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(text=st.text(max_size=600))
def test_visible_text_is_one_printable_line_of_bounded_length(text: str) -> None:
    shown = visible(text)
    assert "\n" not in shown
    assert len(shown) <= 500 * 10 + 30
    shown.encode()


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("last tuesday", "2026-01-27"), ("tue", "2026-01-27"), ("friday", "2026-01-30"), ("last friday", "2026-01-23"),
        ("next monday", "2026-02-02"), ("today", "2026-01-30"), ("yesterday", "2026-01-29"),
        ("day before yesterday", "2026-01-28"), ("6 jan 2026", "2026-01-06"), ("January 6th, 2026", "2026-01-06"),
        ("Tue 6 Jan 2026", "2026-01-06"), ("6.1.2026", "2026-01-06"), ("2026/1/6", "2026-01-06"),
        ("25/01/2026", "2026-01-25"), ("01/25/26", "2026-01-25"), ("jan 15", "2026-01-15"), ("jan 31", "2025-01-31"),
        ("last week", "2026-01-25"), ("january", "2026-01-31"), ("jan 2026", "2026-01-31"),
        ("last month", "2025-12-31"), ("last year", "2025-12-31"), ("yesterday 10:15", "2026-01-29T10:15:00Z"),
        ("10:15pm yesterday", "2026-01-29T22:15:00Z"), ("6 jan at 9am", "2026-01-06T09:00:00Z"),
        ("noon", "2026-01-07T12:00:00Z"), ("10:15:30.5", "2026-01-07T10:15:30.5Z"),
        ("3 days earlier", "2026-01-04T17:53:26Z"), ("2 hours later", "2026-01-07T19:53:26Z"),
        ("-90m", "2026-01-07T16:23:26Z"), ("a month later", "2026-02-07T17:53:26Z"),
        ("2 days ago", "2026-01-28T16:58:53Z"), ("Wed 7 Jan 2026 17:53:26 UTC", "2026-01-07T17:53:26Z"),
    ],
)  # fmt: skip
def test_words_mean_a_time(bank: Document, words: str, moment: str) -> None:
    (reading,) = readings(bank.history, words, 100)  # position 100 is Wed 7 Jan 2026 17:53:26
    assert reading.exact == moment
    assert reading.position == as_of(bank.history, moment)


def test_words_say_from_when_they_are_counted(bank: Document) -> None:
    assert "the log's last event" in readings(bank.history, "yesterday", 100)[0].meaning
    assert "where you stand" in readings(bank.history, "3 days earlier", 100)[0].meaning
    assert "counted" not in readings(bank.history, "2026-01-06", 100)[0].meaning


@pytest.mark.parametrize("words", ["05/01/2026", "5-1-26", "05/01/2026 10:15"])
def test_a_date_that_can_be_two_days_asks_which(bank: Document, words: str) -> None:
    found = readings(bank.history, words, 100)
    assert [each.exact[:10] for each in found] == ["2026-01-05", "2026-05-01"]
    with pytest.raises(PointError, match="which one") as refused:
        point(bank.history, words, 100)
    assert "2026-01-05" in str(refused.value)
    assert "2026-05-01" in str(refused.value)


def test_four_figures_can_be_a_position_and_a_year(bank: Document) -> None:
    assert [each.position for each in readings(bank.history, "2026", 0)] == [406]
    with pytest.raises(PointError, match="no position"):
        readings(bank.history, "1204", 0)


@given(words=st.text(max_size=100))
def test_any_words_are_a_place_in_the_log_or_a_sentence(bank: Document, words: str) -> None:
    try:
        found = [each.position for each in readings(bank.history, words, 100)]
    except PointError:
        found = [0]
    assert found
    assert all(0 <= position <= bank.event_count for position in found)
