"""Does every way in which logs write a time mean what it says, or nothing?"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.timestamps import FIRST_NS, LIMIT_NS, exact_ns, has_zone, iso_text, parse_time, told_ns


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20240305071749", "2024-03-05T07:17:49Z"),
        (20240305071749, "2024-03-05T07:17:49Z"),
        (Decimal("20240305071749.25"), "2024-03-05T07:17:49.25Z"),
        ("20240305071749.123", "2024-03-05T07:17:49.123Z"),
        ("20240305071749123", "2024-03-05T07:17:49.123Z"),
        ("202403050717", "2024-03-05T07:17:00Z"),
        (20240305, "2024-03-05T00:00:00Z"),
        ("20240305", "2024-03-05T00:00:00Z"),
        ("20240305071749Z", "2024-03-05T07:17:49Z"),
        ("20240305071749+0100", "2024-03-05T06:17:49Z"),
        ("20240305071749[-5:EST]", "2024-03-05T12:17:49Z"),
        ("20240305071749.000[-5:EST]", "2024-03-05T12:17:49Z"),
        ("20240305071749[+5.5:IST]", "2024-03-05T01:47:49Z"),
        ("20240305071749[-3.30:NST]", "2024-03-05T10:47:49Z"),
        ("20240305071749[0:GMT]", "2024-03-05T07:17:49Z"),
        ("2024-03-05T07:17:49[-5:EST]", "2024-03-05T12:17:49Z"),
        ("2024-03-05T07:17:49[Europe/Berlin]", "2024-03-05T06:17:49Z"),
        ("2024-07-05T07:17:49[Europe/Berlin]", "2024-07-05T05:17:49Z"),
        ("2024-03-05T07:17:49+02:00[Europe/Berlin]", "2024-03-05T05:17:49Z"),
        ("2024-03-05T07:17:49Z[UTC]", "2024-03-05T07:17:49Z"),
        ("2024-03-05T07:17:49[u-ca=hebrew]", "2024-03-05T07:17:49Z"),
        ("Tue, 5 Mar 2024 07:17:49 EST", "2024-03-05T12:17:49Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ("+12345-06-07T00:00:00Z", "+012345-06-07T00:00:00Z"),
        ("-0044-03-15T12:00:00Z", "-000044-03-15T12:00:00Z"),
        (1709623069, "2024-03-05T07:17:49Z"),
        # "never ends", in each unit, is no day of 1978; neither are ticks of .NET or of Windows days of 1990 or 1974
        (253402300799, "9999-12-31T23:59:59Z"),
        (253402300799000, "9999-12-31T23:59:59Z"),
        ("253402300799999", "9999-12-31T23:59:59.999Z"),
        (253402297199000000, "9999-12-31T22:59:59Z"),
        (638452198690000000, "2024-03-05T07:17:49Z"),
        (133540966690000000, "2024-03-05T07:17:49Z"),
        (1709623069000000000, "2024-03-05T07:17:49Z"),
        ("1709623069000", "2024-03-05T07:17:49Z"),
        ([2024, 3, 5, 7, 17, 49, 250000000], "2024-03-05T07:17:49.25Z"),
        ([2024, 3, 5, 7, 17], "2024-03-05T07:17:00Z"),
        ([2024, 3, 5], "2024-03-05T00:00:00Z"),
        ({"seconds": "1709623069", "nanos": 5}, "2024-03-05T07:17:49.000000005Z"),
        ({"epochSecond": 1709623069, "nano": 0}, "2024-03-05T07:17:49Z"),
        ({"_seconds": -1, "_nanoseconds": 250000000}, "1969-12-31T23:59:59.25Z"),
        ({"seconds": 1709623069}, "2024-03-05T07:17:49Z"),
    ],
)
def test_a_time_means_what_it_says(written: object, meant: str) -> None:
    assert iso_text(parse_time(written)) == meant


@pytest.mark.parametrize(
    "written",
    [
        "20240305071749[Nowhere/Atall]", "2024-03-05T07:17:49[EST5]", "2024-03-05T07:17:49[../../etc/passwd]",
        "Tue, 5 Mar 2024 07:17:49 CET", "31.12.2023", "2024-02-30", "20240305071749[-25:XXX]",
        [2024, 13, 5], [2024, 3], [24, 3, 5], [2024, 3, 5, True], [2024, 3, "5"], [2024, 3, 5, 7, 17, 49, 10**9],
        {"seconds": 1709623069000, "nanos": 0}, {"seconds": 5, "nanos": 10**9}, {"seconds": 5, "minutes": 3},
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_known_is_none_and_never_another_time(written: object) -> None:
    assert parse_time(written) is None


def test_brackets_with_an_offset_or_a_place_say_the_zone() -> None:
    assert has_zone("2024-03-05T07:17:49[-5:EST]")
    assert has_zone("2024-03-05T07:17:49+01:00[Europe/Berlin]")
    assert not has_zone("2024-03-05T07:17:49[u-ca=hebrew]")
    assert not has_zone("20240305071749")


@given(st.lists(st.integers(-(10**22), 10**22), min_size=2, max_size=8))
def test_instants_keep_their_order_and_are_told_to_the_millisecond_at_least(instants: list[int]) -> None:
    told = [told_ns(instant) for instant in sorted(instants)]
    assert told == sorted(told)
    for instant, each in zip(sorted(instants), told, strict=True):
        assert -(2**63) < each < 2**63 - 1
        if FIRST_NS <= instant < LIMIT_NS:
            assert exact_ns(each) == instant
        elif abs(instant) < 8 * 10**21:  # the year 255,000
            assert 0 <= instant - exact_ns(each) < 1_000_000


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_of_the_calendar_is_shown_as_itself(moment: datetime) -> None:
    moment -= timedelta(microseconds=moment.microsecond)
    text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    assert iso_text(parse_time(text)) == text
