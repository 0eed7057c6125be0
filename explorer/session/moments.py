"""How is an instant written for people?"""

from explorer.eventlog.timestamps import FIRST_NS, LIMIT_NS, clock_parts
from explorer.language import later, tr

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
    _, instant, fraction = clock_parts(at_ns)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    text = f"{day_text(at_ns)} {instant:%H:%M:%S}{digits} UTC"
    return text if FIRST_NS <= at_ns < LIMIT_NS else tr("{moment} (outside 1678–2261)").format(moment=text)


def day_text(at_ns: int) -> str:
    """`Tue 6 Jan 2026`: the day (UTC) of an instant."""
    year, day, _ = clock_parts(at_ns)
    return f"{tr(_WEEKDAYS[day.weekday()])} {day.day} {tr(_MONTHS[day.month - 1])} {year}"


def day_and_month(at_ns: int) -> tuple[int, int]:
    """The day of the month and the month (UTC) of an instant."""
    _, instant, _ = clock_parts(at_ns)
    return instant.day, instant.month
