"""Are instants written for people as they are, however far away?"""

import pytest

from explorer.eventlog.timestamps import parse_time
from explorer.session.moments import day_and_month, day_text, moment_text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-01-06T10:15:00Z", "Tue 6 Jan 2026 10:15:00 UTC"),
        ("2026-01-06T10:15:00.250Z", "Tue 6 Jan 2026 10:15:00.25 UTC"),
        ("0001-01-01T00:00:00Z", "Mon 1 Jan 1 00:00:00 UTC (outside 1678–2261)"),
    ],
)
def test_an_instant_is_said_with_its_day_and_its_clock(at, said):
    assert moment_text(parse_time(at)) == said


def test_no_instant_is_no_text():
    assert moment_text(None) == ""


def test_a_day_is_said_without_its_clock():
    at_ns = parse_time("2026-12-31T23:59:59Z")
    assert at_ns is not None
    assert day_text(at_ns) == "Thu 31 Dec 2026"
    assert day_and_month(at_ns) == (31, 12)
