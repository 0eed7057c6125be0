"""Do words for a place in time mean what a person would expect, and text show what it is?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.points import PointError, point


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
    assert document.find_rows("INVALID").tolist() == []
    assert document.find_rows("e-9").tolist() == [9, 10]
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
