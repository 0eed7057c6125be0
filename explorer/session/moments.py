"""How is an instant written for people?"""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEKDAYS = "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
_MONTHS = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"


def moment_text(at_ns: int | None) -> str:
    """`Tue 6 Jan 2026 10:15:00 UTC`, with a fraction of a second only where there is one."""
    if at_ns is None:
        return ""
    seconds, fraction = divmod(at_ns, 10**9)
    instant = _EPOCH + timedelta(seconds=seconds)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    day = f"{_WEEKDAYS[instant.weekday()]} {instant.day} {_MONTHS[instant.month - 1]} {instant.year}"
    return f"{day} {instant:%H:%M:%S}{digits} UTC"


def iso_text(at_ns: int | None) -> str | None:
    """`2026-01-06T10:15:00Z`, for programs."""
    if at_ns is None:
        return None
    seconds, fraction = divmod(at_ns, 10**9)
    digits = f".{fraction:09}".rstrip("0") if fraction else ""
    return f"{(_EPOCH + timedelta(seconds=seconds)).strftime('%Y-%m-%dT%H:%M:%S').rjust(19, '0')}{digits}Z"
