"""How is an instant written for people?"""

from datetime import UTC, datetime, timedelta

from explorer.eventlog.timestamps import FIRST_NS, LIMIT_NS, exact_ns
from explorer.language import later, tr

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CYCLE_DAYS, _CYCLE_YEARS = 146_097, 400  # the calendar repeats, weekdays too
_WEEKDAYS = later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"), later("Sun")
_MONTHS = (
    later("Jan"),
    later("Feb"),
    later("Mar"),
    later("Apr"),
    later("May"),
    later("Jun"),
    later("Jul"),
    later("Aug"),
    later("Sep"),
    later("Oct"),
    later("Nov"),
    later("Dec"),
)


def moment_text(at_ns: int | None) -> str:
    """`Tue 6 Jan 2026 10:15:00 UTC`, with a fraction of a second only where there is one.

    Args:
        at_ns: As `told_ns` tells it; outside the years that it tells to the nanosecond, that is said.
    """
    if at_ns is None:
        return ""
    _, instant, fraction = _parts(at_ns)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    text = f"{day_text(at_ns)} {instant:%H:%M:%S}{digits} UTC"
    return text if FIRST_NS <= at_ns < LIMIT_NS else tr("{moment} (outside 1678–2261)").format(moment=text)


def day_text(at_ns: int) -> str:
    """`Tue 6 Jan 2026`: the day (UTC) of an instant."""
    year, day, _ = _parts(at_ns)
    return f"{tr(_WEEKDAYS[day.weekday()])} {day.day} {tr(_MONTHS[day.month - 1])} {year}"


def day_and_month(at_ns: int) -> tuple[int, int]:
    """The day of the month and the month (UTC) of an instant."""
    _, instant, _ = _parts(at_ns)
    return instant.day, instant.month


def iso_text(at_ns: int | None) -> str | None:
    """`2026-01-06T10:15:00Z`, for programs."""
    if at_ns is None:
        return None
    year, instant, fraction = _parts(at_ns)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    years = f"{year:04}" if 0 <= year <= 9999 else f"{year:+07}"
    return f"{years}-{instant:%m-%dT%H:%M:%S}{digits}Z"


def _parts(at_ns: int) -> tuple[int, datetime, int]:
    """The year, an instant with the same day and clock, and the nanoseconds into its second."""
    seconds, fraction = divmod(exact_ns(at_ns), 10**9)
    days, seconds = divmod(seconds, 86_400)
    cycles = 0
    if not -719_162 <= days <= 2_932_896:  # before the year 1 or after 9999
        cycles, days = divmod(days, _CYCLE_DAYS)
    instant = _EPOCH + timedelta(days=days, seconds=seconds)
    return instant.year + cycles * _CYCLE_YEARS, instant, fraction
