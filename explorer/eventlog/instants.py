"""Which instants do many texts of the usual ISO 8601 form mean, read together as words?"""

from calendar import monthrange
from functools import cache

import numpy as np
import numpy.typing as npt

from explorer.eventlog.byte_words import FIRST, TENS, Block, Flags, Int64s, Words, digits
from explorer.eventlog.timestamps import EPOCH_UNITS, parse_time

_FIRST_YEAR, _LAST_YEAR = 1678, 2261  # whole years that int64 nanoseconds can tell
_EPOCH_DAY = 719_163  # 1970-01-01 in days, as date.toordinal counts
_U = np.uint64
_MASKS = {  # of eight characters: where the separators stand, turned into zeros so that digits remain
    "date": b"0000-00-",
    "clock": b"00T00:00",
}
_UTC = (b"Z", b"+00:00", b"-00:00")


def _word(text: bytes) -> np.uint64:
    return _U(int.from_bytes(text, "little"))


@cache
def _calendar() -> tuple[Int64s, Int64s]:
    """For each month from January of the first year: the day on which it begins, and how many days it has."""
    lengths = np.array(
        [monthrange(year, month)[1] for year in range(_FIRST_YEAR, _LAST_YEAR + 1) for month in range(1, 13)]
    )
    from datetime import date

    first = date(_FIRST_YEAR, 1, 1).toordinal() - _EPOCH_DAY
    return first + np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths


def instants(block: Block, starts: Int64s, ends: Int64s) -> tuple[Int64s, Flags]:
    """(k,) UTC nanoseconds since 1970, and where they could be read.

    `2026-01-06T10:15:00`, with up to nine decimals, in UTC (`Z`, `+00:00` or no zone); any other form
    goes, one by one, through `parse_time`, which is what decides.
    """
    if not len(starts):
        return np.zeros(0, np.int64), np.zeros(0, np.bool_)
    window = block.windows(starts, 3)  # 2026-01- 06T10:15 :00.1234
    seconds, good = _seconds(window[:, 2])
    minutes, fine = _minutes(window[:, 0], window[:, 1])
    fine &= good & (ends - starts >= 19)
    zone = _zone_bytes(block, starts, ends)
    fraction_ns, good = _fraction(block, window[:, 2], starts + 19, ends - np.maximum(zone, 0))
    fine &= good & (zone >= 0)
    total = (minutes * 60 + seconds) * 10**9 + fraction_ns
    return _one_by_one(block, starts, ends, total, fine)


def _seconds(words: Words) -> tuple[Int64s, Flags]:
    """The seconds of `:07.1234`."""
    tens = ((words >> _U(8)) & _U(255)) - _U(ord("0"))  # huge for characters before the digits
    ones = ((words >> _U(16)) & _U(255)) - _U(ord("0"))
    fine = (tens <= 5) & (ones <= 9) & ((words & _U(255)) == ord(":"))
    return (tens * _U(10) + ones).view(np.int64), fine


def _minutes(dates: Words, clocks: Words) -> tuple[Int64s, Flags]:
    """Minutes since 1970 of `2026-01-` and `06T10:15`. Lines in a row often share theirs: read once."""
    other = np.ones(len(dates), np.bool_)
    other[1:] = (clocks[1:] != clocks[:-1]) | (dates[1:] != dates[:-1])
    firsts = np.flatnonzero(other)
    date, fine = _masked(dates[firsts], "date")
    clock, good = _masked(clocks[firsts], "clock")
    year, month = date // 10_000, date // 10 % 100
    day, hour, minute = clock // 1_000_000, clock // 1_000 % 100, clock % 100
    fine &= good & (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (month >= 1) & (month <= 12)
    fine &= (hour <= 23) & (minute <= 59)
    begins, days = _calendar()
    index = np.where(fine, (year - _FIRST_YEAR) * 12 + month - 1, 0)
    fine &= (day >= 1) & (day <= days[index])
    total = (begins[index] + day - 1) * 1_440 + hour * 60 + minute
    counts = np.diff(np.append(firsts, len(dates)))
    return np.repeat(total, counts), np.repeat(fine, counts)


def _masked(words: Words, name: str) -> tuple[Int64s, Flags]:
    """Eight characters with separators in some places, as one number with zeros there."""
    pattern = _MASKS[name]
    flip = _word(bytes(char ^ ord("0") if char != ord("0") else 0 for char in pattern))
    where = _word(bytes(0xFF if char != ord("0") else 0 for char in pattern))
    words = words ^ flip
    number, fine = digits(words, np.full(len(words), 8))
    return number, fine & ((words & where) == (_word(b"0" * 8) & where))


def _zone_bytes(block: Block, starts: Int64s, ends: Int64s) -> Int64s:
    """How long the zone at the end is if it says UTC (0 = none is named); -1 for any other."""
    last = block.at(ends - 1)
    found: Int64s = (last == ord("Z")).astype(np.int64)
    if found.all():
        return found
    found[(found == 0) & ((last < ord("0")) | (last > ord("9")))] = -1
    sixth = block.at(ends - 6)
    signed = (found == 0) & ((sixth == ord("+")) | (sixth == ord("-"))) & (ends - starts >= 25)
    if signed.any():
        words = block.words(ends - 6) & FIRST[6]
        utc = (words == _word(_UTC[1])) | (words == _word(_UTC[2]))
        found = np.where(signed, np.where(utc, 6, -1), found)
    return found


def _fraction(block: Block, words: Words, starts: Int64s, ends: Int64s) -> tuple[Int64s, Flags]:
    """`.123456` from `starts` on as nanoseconds; nothing is 0. `words` are those of `:07.1234`."""
    counts = ends - starts
    some = counts > 0
    if not some.any():
        return np.zeros(len(starts), np.int64), counts == 0
    places = np.clip(counts - 1, 0, 9)
    low, fine = digits(block.words(ends - 8), np.minimum(places, 8))
    ninth = places == 9
    if ninth.any():
        first = ((words >> _U(32)) & _U(255)).astype(np.int64) - ord("0")
        fine &= ~ninth | ((first >= 0) & (first <= 9))
        low = np.where(ninth, low + first * 10**8, low)
    fine &= ((words >> _U(24)) & _U(255)) == ord(".")
    fine &= (counts >= 2) & (counts <= 10)
    low *= TENS[9 - places]
    if some.all():
        return low, fine
    return np.where(some, low, 0), np.where(some, fine, counts == 0)


def _one_by_one(
    block: Block, starts: Int64s, ends: Int64s, found: Int64s, fine: Flags
) -> tuple[Int64s, Flags]:
    known: dict[bytes, int | None] = {}
    for index in np.flatnonzero(~fine).tolist():
        raw = block.text(starts[index], ends[index])
        if raw not in known:
            known[raw] = None if b'"' in raw else parse_time(raw.decode("utf-8", "replace"))
        at_ns = known[raw]
        if at_ns is not None:
            found[index], fine[index] = at_ns, True
    return found, fine


def since_epoch(units: Int64s, decimals: Int64s) -> tuple[Int64s, npt.NDArray[np.bool_]]:
    """Whole numbers as `parse_time` reads them: s, ms, us or ns by their size.

    Not for those with decimals, nor for digits that may be a date, such as 20240305.
    """
    size = np.abs(units)
    scale = np.select([size < limit for limit, _ in EPOCH_UNITS], [unit_ns for _, unit_ns in EPOCH_UNITS], 1)
    return units * scale, (decimals == 0) & (size < 9 * 10**9) & ((units < 19_000_000) | (units > 22_000_000))
