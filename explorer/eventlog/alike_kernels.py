"""Is a JSON record written like one before it, and where does the value that was looked for there stand in it?

Two records whose keys, brackets and blanks are the same byte for byte say the same, but for what their texts, numbers,
booleans and nulls are. So where one had to be walked through member by member, the next is compared piece by piece.
"""

from typing import Any

from explorer.eventlog.compiled import inlined, part
from explorer.eventlog.member_kernels import Bytes, Words, after_space, text_close, value_end
from explorer.eventlog.scanner.token_kernels import same_bytes

MOST_VALUES = 48  # of a record that is kept as a pattern
PATTERNS = 32
PATTERN_CELLS = 4 + 3 * MOST_VALUES + 3
# a pattern: how many pieces it has, 0 if there is none; which of the values behind them is asked for, -1 if none is;
# whether a record must be like it up to its end; then of each piece its place, its length, what value is behind it
_PIECES, _ASKED, _WHOLE, _FIRST = range(4)
_TEXT, _NULL, _OTHER = 1, 2, 3
ABSENT, UNLIKE = -1, -2


@inlined
def _sort(c: int) -> int:
    """What value it is that begins with a byte."""
    return _TEXT if c == 34 else _NULL if c == 110 else _OTHER


@inlined
def place_alike(b: Bytes, w: Words, i: int, e: int, pattern: Any) -> Any:
    """Where in a record stands the value that a pattern asks for: `ABSENT` if nowhere, `UNLIKE` if it is not like it.

    Args:
        b, w: Bytes and words.
        i, e: Where the record, which is an object, begins and ends.
        pattern: (`PATTERN_CELLS`,) as `keep_pattern` makes it, of a record in the same bytes.
    """
    place: Any = i
    found: Any = ABSENT
    cell: Any = _FIRST
    for piece in range(pattern[_PIECES]):
        size = pattern[cell + 1]
        if place + size > e or not same_bytes(w, place, w, pattern[cell], size):
            return UNLIKE
        place += size
        kind = pattern[cell + 2]
        cell += 3
        if kind == 0:
            break
        if kind != _TEXT and (place >= e or _sort(b[place]) != kind):
            return UNLIKE
        if piece == pattern[_ASKED]:
            found = place - 1 if kind == _TEXT else place
            if pattern[_WHOLE] == 0:
                return found
        if kind == _TEXT:
            place, _ = text_close(w, place, e)
            if place < 0:
                return UNLIKE
        else:
            place = value_end(b, w, place, e)
    return found if place == e else UNLIKE


@part
def keep_pattern(b: Bytes, w: Words, i: int, e: int, pattern: Any, asked: int, whole: bool) -> bool:
    """Make the pattern of a record; whether that was possible.

    Args:
        b, w: Bytes and words.
        i, e: Where the record, which is an object, begins and ends.
        pattern: (`PATTERN_CELLS`,) becomes it.
        asked: Where the value stands that is asked for; -1 if there is none.
        whole: Whether all of the record was looked at to know that.
    """
    pattern[_PIECES] = 0
    pattern[_ASKED], pattern[_WHOLE] = ABSENT, whole
    count = 0
    begin, place = i, i
    while place < e:
        c = b[place]
        behind = place
        if c == 34:
            close, _ = text_close(w, place + 1, e)
            if close < 0:
                return False
            after = after_space(b, close + 1, e)
            if after < e and b[after] == 58:
                place = close + 1
                continue
            behind = place + 1
            end = close
        elif c == 45 or 48 <= c <= 57 or c == 116 or c == 102 or c == 110:
            end = value_end(b, w, place, e)
        else:
            place += 1
            continue
        if count == MOST_VALUES:
            return False
        cell = _FIRST + 3 * count
        pattern[cell], pattern[cell + 1], pattern[cell + 2] = begin, behind - begin, _sort(c)
        if place == asked:
            pattern[_ASKED] = count
        count += 1
        if place == asked and not whole:
            pattern[_PIECES] = count
            return True
        begin = end
        place = end + 1 if c == 34 else end
    if not whole or (asked >= 0 and pattern[_ASKED] < 0):
        return False
    cell = _FIRST + 3 * count
    pattern[cell], pattern[cell + 1], pattern[cell + 2] = begin, e - begin, 0
    pattern[_PIECES] = count + 1
    return True
