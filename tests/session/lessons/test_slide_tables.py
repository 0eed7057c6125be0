"""Are the rows and columns that a slide shows those that its step speaks of, and is what is left out said?"""

from collections.abc import Iterator

import pytest

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons import read_lesson
from explorer.session.lessons.frames import Grid
from explorer.session.lessons.reading import lessons
from explorer.session.lessons.slide_tables import (
    GAP,
    Spoken,
    events_extract,
    raw_text,
    short_times,
    spoken_of,
    state_extract,
    trimmed,
    why_extract,
)
from explorer.session.lessons.staging import staged


@pytest.fixture
def bank() -> Iterator[Document]:
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    yield document
    document.close()


def test_what_a_step_points_at_and_asks_about_is_spoken_of() -> None:
    lesson = read_lesson(lessons()[0])
    document = Document.open(str(lesson.log))
    try:
        scene = staged(lesson, document)[8]
        spoken = spoken_of(scene.step, scene.places, scene.position)
        assert "acc-1" in spoken.entities
        assert {"balance", "version"} <= set(spoken.fields)
        assert "version" in state_extract(document, 8, spoken, 5).grid.columns
        assert "version" not in state_extract(document, 8, Spoken(), 5).grid.columns
    finally:
        document.close()


def test_the_state_shows_what_is_spoken_of_and_what_has_changed_in_few_rows(bank: Document) -> None:
    found = state_extract(bank, 406, Spoken(("acc-20",)), 3)
    assert found.keys[0] == "acc-1"  # the last event changed it
    assert "acc-20" in found.keys
    assert len(found.keys) == 3
    assert found.grid.caption == "State  3 of 24"
    assert found.left_out == 21
    assert found.grid.marked


def test_events_around_the_playhead_are_shown_and_a_gap_is_seen(bank: Document) -> None:
    found = events_extract(bank, 142, Spoken(positions=(142, 10)), 3)
    assert found.keys == (10, 0, 141, 142, 143)
    assert found.grid.rows[1][0] == GAP
    assert found.left_out == 402
    assert [events_extract(bank, at, Spoken(), 3).keys for at in (0, 406)] == [(1, 2, 3), (404, 405, 406)]


def test_a_transfer_names_its_accounts_once(bank: Document) -> None:
    (row,) = (row for row in events_extract(bank, 140, Spoken(), 1).grid.rows if row[0] == "140")
    assert row[3:5] == ("acc-18, acc-2", "amount 80.76 · transferId tr-022")


def test_times_lose_what_they_have_in_common_and_nothing_else() -> None:
    assert short_times(["2026-01-02T09:00:00Z", "2025-01-03T16:40:00Z"]) == [
        "2026-01-02 09:00",
        "2025-01-03 16:40",
    ]
    assert short_times(["2026-01-02T09:00:20Z", "2026-01-03T16:40:00Z"]) == [
        "01-02 09:00:20",
        "01-03 16:40:00",
    ]
    assert short_times(["2026-01-02T09:00:00+01:00", ""]) == ["01-02 09:00:00+01:00", ""]
    assert short_times(["12", "noon"]) == ["12", "noon"]
    assert short_times([]) == []


def test_reasons_are_the_last_ones_and_it_is_said_of_how_many(bank: Document) -> None:
    found = why_extract(bank, "acc-4", "balance", 167, 3)
    assert found.grid.caption == "Why: balance of acc-4  3 of 16"
    assert found.grid.rows[-1][3] == "263.57 − 450.02 = −186.45"
    assert found.keys[-1] == 167
    assert why_extract(bank, "acc-4", "balance", 0, 3).grid.rows == ()


def test_a_long_exhibit_keeps_what_has_changed() -> None:
    grid = Grid("", ("a",), tuple((str(at),) for at in range(50)), frozenset({(40, 0)}))
    kept, left_out = trimmed(grid, 3)
    assert (kept.rows, kept.marked, left_out) == ((("0",), ("1",), ("40",)), frozenset({(2, 0)}), 47)
    assert trimmed(grid, 50) == (grid, 0)


def test_the_raw_event_is_the_line_of_the_log(bank: Document) -> None:
    assert raw_text(bank, 0) == ""
    assert raw_text(bank, 142).startswith('{"sequence":142,"id":"e-0142","type":"MoneyWithdrawn"')
