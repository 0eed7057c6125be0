"""Do bookmarks come back where they were, in either order of time, and after the log has grown?"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.events.filters import parse_filter
from explorer.session.places.bookmarks import Bookmark, dumps, in_log, in_order, loads
from explorer.session.timeline.preview import (
    MOST_CHANGES,
    filter_of,
    preview,
    stretch_of,
    stretch_text,
    with_type,
)

marks = st.lists(
    st.builds(Bookmark, st.integers(0, 10**9), st.text(max_size=9), st.text(max_size=9)),
    unique_by=lambda mark: mark.position,
    max_size=9,
)


@given(kept=marks)
def test_what_is_written_is_read_again(kept: list[Bookmark]) -> None:
    assert loads(dumps(kept)) == sorted(kept, key=lambda mark: mark.position)
    assert dumps([]) == ""


@pytest.mark.parametrize("text", ["", "{", "[]", "[1]", '[{"position":"x"}]', '[{"position":-1}]', "\ud800"])
def test_what_makes_no_sense_is_no_bookmark(text: str) -> None:
    assert loads(text) == []


@pytest.fixture
def backwards(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Three events, recorded in the opposite order of their times."""
    path = tmp_path / "log.jsonl"
    days = (8, 7, 6)
    path.write_text(
        "".join(json.dumps({"type": f"On{day}", "at": f"2026-01-0{day}T00:00:00Z"}) + "\n" for day in days)
    )
    document = Document.open(str(path))
    yield document
    document.close()


def test_a_bookmark_stays_with_its_event_in_either_order(backwards: Document) -> None:
    kept = [Bookmark(0, "start"), Bookmark(1, "the latest"), Bookmark(9, "beyond")]
    backwards.set_order("time")
    here, beyond = in_order(kept, backwards.history)
    assert here == [Bookmark(0, "start"), Bookmark(3, "the latest")]
    assert beyond == [Bookmark(9, "beyond")]
    assert backwards.event(3).type == "On8"
    assert in_log(here, backwards.history) == kept[:2]


def test_a_preview_tells_what_an_event_would_change() -> None:
    document = Document.open(str(resource("samples", "three-events.jsonl")))
    told = preview(document, 3)
    assert (told.title, told.changes) == ("MoneyWithdrawn · acc-1", ("acc-1 balance 50 → 20",))
    assert told.moment.endswith("UTC")
    assert preview(document, 0).title == "Nothing has happened yet"
    assert len(preview(document, 1).changes) <= MOST_CHANGES
    document.close()


def test_a_preview_shows_nothing_that_hides(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(
        json.dumps({"type": "<b>Paid\u202e</b>", "data": {"id": "x\n", "note": "<img>" + "y" * 900}}) + "\n"
    )
    document = Document.open(str(path))
    told = preview(document, 1)
    assert told.title.startswith("<b>Paid⟦U+202E⟧</b>")
    assert all(len(line) < 250 and "\n" not in line for line in told.changes)
    document.close()


def test_a_stretch_has_events_and_is_within_the_log() -> None:
    assert stretch_of(5, 2, 10) == (2, 5)
    assert stretch_of(5, 5, 10) is None
    assert stretch_of(8, 99, 10) == (8, 10)
    assert stretch_of(-3, 0, 10) is None


def test_a_stretch_says_how_much_it_holds() -> None:
    document = Document.open(str(resource("samples", "three-events.jsonl")))
    assert stretch_text(document, (0, 1)) == "1 event"
    assert stretch_text(document, (0, 3)).startswith("3 events, ")
    document.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "position>2 position<=5"),
        ("type:Money*", "type:Money* position>2 position<=5"),
        ("position>0 type:Money* position<=3", "type:Money* position>2 position<=5"),
        ('"two  spaces"', '"two  spaces" position>2 position<=5'),
    ],
)
def test_a_stretch_is_a_filter_in_place_of_an_earlier_one(before: str, after: str) -> None:
    assert filter_of(before, (2, 5)) == after
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    found = [
        document.entry(row).position for row in document.filter("position>2 position<=5").rows().tolist()
    ]
    assert found == [3, 4, 5]
    document.close()


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("", "MoneyDeposited", "type:MoneyDeposited"),
        ("type:MoneyDeposited", "MoneyDeposited", ""),
        ("amount>5 type:Opened,Closed -owner:Ada", "Noted", "amount>5 type:Noted -owner:Ada"),
        ("-type:Noted", "Opened", "-type:Noted type:Opened"),
        ("", "two words", 'type:"two words"'),
        ('type:"two words" x', "two words", "x"),
        ("amount>", "Noted", "type:Noted"),
        ("", 'say "it"', 'type:"say \\"it\\""'),
    ],
)
def test_a_filter_for_one_type_takes_the_place_of_another(before: str, name: str, after: str) -> None:
    assert with_type(before, name) == after


@given(name=st.text(min_size=1, max_size=9))
def test_the_filter_for_any_type_means_that_type(name: str) -> None:
    terms = parse_filter(with_type("", name))
    assert [(term.field, term.values) for term in terms] == [("type", (name,))]
