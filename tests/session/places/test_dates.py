"""Does each way to name a time mean what it says, counted from where it says?"""

import pytest

from explorer.eventlog.timestamps import parse_time
from explorer.session.places.dates import DAY_NS, FROM_END, FROM_HERE, named


def ns(text: str) -> int:
    found = parse_time(text)
    assert found is not None
    return found


NOW = ns("2026-01-08T12:00:00Z")  # a Thursday
HERE = ns("2026-01-06T09:30:00Z")


def begins(text: str) -> list[int]:
    return [each.start_ns for each in named(text, NOW, HERE)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("yesterday", "2026-01-07T00:00:00Z"),
        ("last Tuesday", "2026-01-06T00:00:00Z"),
        ("6 Jan", "2026-01-06T00:00:00Z"),
        ("Jan 6, 2025", "2025-01-06T00:00:00Z"),
        ("6 Jan 10:15", "2026-01-06T10:15:00Z"),
        ("10:15", "2026-01-06T10:15:00Z"),
        ("noon", "2026-01-06T12:00:00Z"),
        ("2 hours later", "2026-01-06T11:30:00Z"),
        ("an hour earlier", "2026-01-06T08:30:00Z"),
        ("3 days ago", "2026-01-05T12:00:00Z"),
        ("2026-01-06 10:15", "2026-01-06T10:15:00Z"),
    ],
)
def test_words_name_the_time_that_a_person_means(text, start):
    assert begins(text)[:1] == [ns(start)]


def test_a_day_is_all_of_it_and_an_instant_is_no_stretch():
    (day,) = named("6 Jan", NOW, HERE)
    assert day.end_ns - day.start_ns == DAY_NS
    (instant,) = named("2026-01-06T10:15:00Z", NOW, HERE)
    assert instant.end_ns == instant.start_ns
    (month,) = named("2026-02", NOW, HERE)
    assert month.end_ns - month.start_ns == 28 * DAY_NS


def test_each_says_from_when_it_was_counted():
    assert named("yesterday", NOW, HERE)[0].counted == FROM_END
    assert named("2 hours later", NOW, HERE)[0].counted == FROM_HERE
    assert named("2026-01-06", NOW, HERE)[0].counted == ""


def test_a_date_that_may_be_two_days_is_both():
    assert sorted(begins("03/04/2026")) == [ns("2026-03-04T00:00:00Z"), ns("2026-04-03T00:00:00Z")]
    assert begins("13/04/2026") == [ns("2026-04-13T00:00:00Z")]


@pytest.mark.parametrize(
    "text", ["", "soon", "31 February", "25:00", "10:61", "x" * 81, "13/14/2026", "6 Jan 99:99"]
)
def test_what_names_no_time_names_none(text):
    assert named(text, NOW, HERE) == []
