"""Which instant is a time that tells no zone, in a log that is written in a named one; and is there just one?"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from explorer.eventlog.timestamps import FIRST_NS, LIMIT_NS, has_zone
from explorer.patterns import lazy_pattern

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_SECOND_NS = 1_000_000_000
_WITH_ZONE = lazy_pattern(
    r"(.*\d(?:\s?[AaPp]\.?[Mm]\.?)?)\s+([A-Za-z]{1,5}|[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2})"
)
# hours east of Greenwich: those of RFC 5322, of Europe, and others that mean one thing only
_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "JST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - of no zone


@lru_cache(8)
def zone_of(name: str) -> "ZoneInfo":
    """The zone of a name, such as `Europe/Berlin`.

    Raises:
        ValueError: There is none.
    """
    from zoneinfo import ZoneInfo  # only a log with a zone of its own needs it

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name[:60]}; Europe/Berlin is one") from error


def in_zone(local_ns: int, name: str) -> int:
    """The instant of what clocks in a zone show, which is given as if it were UTC.

    Of an hour that is there twice the first is taken; what is missing goes on from the hour before.
    """
    if not FIRST_NS <= local_ns < LIMIT_NS:
        return local_ns
    return local_ns - _offset_s(local_ns, name, 0) * _SECOND_NS


def with_zone_word(read: Callable[[object], int | None]) -> Callable[[object], int | None]:
    """What reads times as `read` does, where a zone stands behind each: `PST`, `Europe/Berlin`.

    A time in a zone that is not known is none.
    """

    def told(value: object) -> int | None:
        found = _WITH_ZONE.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            return read(value)
        local_ns, name = read(found[1]), found[2]
        if local_ns is None:
            return None
        if name.upper() in _HOURS:
            return local_ns - _HOURS[name.upper()] * 3_600 * _SECOND_NS
        try:
            return in_zone(local_ns, name)
        except ValueError:
            return None

    return told


def why_doubtful(local_ns: int, name: str) -> str | None:
    """Why a time on the clocks of a zone is not just one instant; None if it is."""
    if not FIRST_NS <= local_ns < LIMIT_NS:
        return None
    first, second = _offset_s(local_ns, name, 0), _offset_s(local_ns, name, 1)
    if first == second:
        return None
    if first > second:
        return f"clocks showed its time twice in {name}; the first was taken"
    return f"clocks never showed its time in {name}; it was read as if they had not been put forward"


def doubt(
    get: Callable[[Any], Any] | None, read: Callable[[object], int | None], name: str | None
) -> Callable[[Mapping[str, Any]], str | None] | None:
    """What says of a record that its time is not just one instant; None if no zone is named.

    Args:
        get: Finds the time.
        read: Reads it as if it were UTC.
        name: The zone.
    """
    if name is None or get is None:
        return None

    def look(record: Mapping[str, Any]) -> str | None:
        value = get(record)
        if not isinstance(value, str) or has_zone(value):
            return None
        local_ns = read(value)
        return None if local_ns is None else why_doubtful(local_ns, name)

    return look


def _offset_s(local_ns: int, name: str, fold: int) -> int:
    local = (_EPOCH + timedelta(seconds=local_ns // _SECOND_NS)).replace(tzinfo=zone_of(name), fold=fold)
    passed = local.utcoffset()
    assert passed is not None
    return passed // timedelta(seconds=1)
