"""How is an instant written for people?"""

from datetime import UTC, datetime, timedelta

from explorer.language import later, tr

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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
    """`Tue 6 Jan 2026 10:15:00 UTC`, with a fraction of a second only where there is one."""
    if at_ns is None:
        return ""
    seconds, fraction = divmod(at_ns, 10**9)
    instant = _EPOCH + timedelta(seconds=seconds)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    return f"{day_text(at_ns)} {instant:%H:%M:%S}{digits} UTC"


def day_text(at_ns: int) -> str:
    """`Tue 6 Jan 2026`: the day (UTC) of an instant."""
    day = _EPOCH + timedelta(seconds=at_ns // 10**9)
    return f"{tr(_WEEKDAYS[day.weekday()])} {day.day} {tr(_MONTHS[day.month - 1])} {day.year}"


def iso_text(at_ns: int | None) -> str | None:
    """`2026-01-06T10:15:00Z`, for programs."""
    if at_ns is None:
        return None
    seconds, fraction = divmod(at_ns, 10**9)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    return f"{(_EPOCH + timedelta(seconds=seconds)).strftime('%Y-%m-%dT%H:%M:%S').rjust(19, '0')}{digits}Z"
