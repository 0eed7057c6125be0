"""How are many JSON records written as rows of CSV: position, time, type, entity, payload?

What is written is, byte for byte, what the exact reader's event would be written as. A record of which that is not
certain is left out, and said to be.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, kernel
from explorer.eventlog.member_kernels import (
    Bytes,
    Words,
    after_space,
    behind_key,
    payload,
    reached,
    text_close,
    value_end,
)
from explorer.eventlog.scanner.token_kernels import ESCAPED

WRITTEN, READ, LEAVE = 0, 2, 3  # what is said of a record; the exact reader must write what is `READ`
# a plan: how many steps lead to the time, and to the payload; where the record begins; whether formulas are guarded
TIME_STEPS, DATA_STEPS, IN_MAP, GUARDED = range(4)
ROOM = 64  # bytes for what a row has beside its texts


@inlined
def _copied(b: Bytes, i: int, j: int, out: Any, at: int) -> int:
    """Write some bytes as they are; the place behind them."""
    for k in range(i, j):
        out[at] = b[k]
        at += 1
    return at


@inlined
def _hexadecimal(b: Bytes, i: int) -> Any:
    """The number of four digits; they were read before."""
    found: Any = 0
    for k in range(4):
        c = np.int64(b[i + k])
        found = found * 16 + (c - 48 if c < 58 else (c | 32) - 87)
    return found


@inlined
def _character(b: Bytes, i: int, out: Any, at: int) -> tuple[int, int]:
    r"""Write the character of `\uXXXX` in UTF-8; the places behind both, -1 if the exact reader must do it."""
    code = _hexadecimal(b, i + 2)
    i += 6
    if 0xD800 <= code <= 0xDBFF and b[i] == 92 and b[i + 1] == 117:
        low = _hexadecimal(b, i + 2)
        if not 0xDC00 <= low <= 0xDFFF:
            return -1, at
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        i += 6
    elif code < 0x80 or 0xD800 <= code <= 0xDFFF:
        return -1, at
    if code < 0x800:
        out[at] = 0xC0 | (code >> 6)
        at += 1
    else:
        if code < 0x10000:
            out[at] = 0xE0 | (code >> 12)
            at += 1
        else:
            out[at] = 0xF0 | (code >> 18)
            out[at + 1] = 0x80 | ((code >> 12) & 0x3F)
            at += 2
        out[at] = 0x80 | ((code >> 6) & 0x3F)
        at += 1
    out[at] = 0x80 | (code & 0x3F)
    return i, at + 1


@inlined
def _compact(b: Bytes, i: int, e: int, out: Any, at: int) -> int:
    """Write a JSON value without spaces, its quotes doubled; the place behind it, -1 if the exact reader must do it."""
    while i < e:
        c = b[i]
        if c == 34:
            out[at], out[at + 1] = 34, 34
            at += 2
            i += 1
            while i < e and b[i] != 34:
                c = b[i]
                if c != 92:
                    out[at] = c
                    at += 1
                    i += 1
                    continue
                c = b[i + 1]
                if c == 117:
                    i, at = _character(b, i, out, at)
                    if i < 0:
                        return -1
                    continue
                if c == 34:
                    out[at], out[at + 1] = 92, 34
                    at += 2
                elif c != 47:
                    out[at] = 92
                    at += 1
                out[at] = c
                at += 1
                i += 2
            if i >= e:
                return -1
            out[at], out[at + 1] = 34, 34
            at += 2
            i += 1
        elif c == 45 or 48 <= c <= 57:
            begin = i
            while i < e and (48 <= b[i] <= 57 or b[i] == 46 or b[i] == 45):
                out[at] = b[i]
                at += 1
                i += 1
            if b[i] | 32 == 101 or (c == 45 and i - begin == 2 and b[begin + 1] == 48):
                return -1  # it is told otherwise than it is written
        else:
            if c > 32:
                out[at] = c
                at += 1
            i += 1
    return at


@inlined
def _time(b: Bytes, w: Words, i: int, e: int, plan: Any, out: Any, at: int) -> int:
    """Write what stands for the time; the place behind it, -1 if the exact reader must do it."""
    c = b[i]
    if c == 110:
        return at
    if c == 34:
        j, kind = text_close(w, i + 1, e)
        if j < 0 or kind & ESCAPED:
            return -1
        i += 1
    elif 49 <= c <= 57:
        j = value_end(b, w, i, e)
    else:
        return -1
    if plan[GUARDED] and i < j and not (48 <= b[i] <= 57 or 97 <= b[i] | 32 <= 122):
        return -1
    for k in range(i, j):
        d = b[k]
        if d == 44 or d == 10 or d == 13 or (c != 34 and not (48 <= d <= 57 or d == 46)):
            return -1
        out[at] = d
        at += 1
    return at


@inlined
def _row(
    b: Bytes, w: Words, i: int, e: int, position: int, cells: Any, plan: Any, n: Any, out: Any, at: int
) -> int:
    """Write one record; the place behind it, -1 if the exact reader must do it."""
    table, table_at, kind, entity = cells
    if plan[IN_MAP]:
        i = behind_key(b, w, i, e)
    i = after_space(b, i, e)
    if i >= e or b[i] != 123:
        return -1
    digits = 1
    rest = position
    while rest >= 10:
        rest //= 10
        digits += 1
    rest = position
    for k in range(digits):
        out[at + digits - 1 - k] = 48 + rest % 10
        rest //= 10
    at += digits
    out[at] = 44
    at += 1
    if plan[TIME_STEPS] > 0:
        place = reached(b, w, i, e, n, np.int64(0), plan[TIME_STEPS])
        if place == -2:
            return -1
        if place >= 0:
            at = _time(b, w, place, e, plan, out, at)
            if at < 0:
                return -1
    out[at] = 44
    at = _copied(table, table_at[kind], table_at[kind + 1], out, at + 1)
    out[at] = 44
    at = _copied(table, table_at[entity], table_at[entity + 1], out, at + 1)
    out[at] = 44
    at += 1
    place = i
    if plan[DATA_STEPS] > 0:
        place, how = payload(b, w, i, e, n, plan[TIME_STEPS] + 1, plan[DATA_STEPS])
        if how == -2 or how == 0:
            return -1
        if how == -1:
            place = np.int64(-1)
    empty = place < 0
    if not empty:
        j = after_space(b, place + 1, e)
        empty = b[j] == 125
    if empty:
        out[at], out[at + 1] = 123, 125
        at += 2
    else:
        j = value_end(b, w, place, e)
        if j < 0:
            return -1
        out[at] = 34
        at = _compact(b, place, j, out, at + 1)
        if at < 0:
            return -1
        out[at] = 34
        at += 1
    out[at], out[at + 1] = 44, 10
    return at + 2


@kernel(
    "int64(uint8[::1], words, int64[::1], int64[::1], uint8[::1], int64, uint8[::1], int64[::1], int64[::1],"
    " int64[::1], int64[::1], uint8[::1], words, int64[::1], int64[::1], uint8[::1], int64[::1])"
)
def write_rows(
    b: Bytes, w: Words, starts: Any, ends: Any, said: Any, first: int, table: Bytes, table_at: Any, kinds: Any,
    entities: Any, plan: Any, names: Bytes, name_words: Words, name_at: Any, name_len: Any, out: Any,
    out_ends: Any,
) -> int:  # fmt: skip
    """Write records as rows.

    Args:
        b, w: Their bytes, and the same as words; zeros follow.
        starts, ends: (k,) where each stands.
        said: (k,) what is said of each; one that is `LEAVE` is passed over.
        first: The position of the first.
        table, table_at: The texts of types and entities as cells, one behind the other, and where each begins and ends.
        kinds, entities: (k,) which of them stand in each row.
        plan: See `TIME_STEPS` and so on.
        names, name_words, name_at, name_len: The steps to the time and those in one, the steps to the payload and
            those in one.
        out: Room for the rows.
        out_ends: (k,) where each row ends in `out`, one that is not written where the one before does.

    Returns:
        How many records were gone through: fewer if `out` is full.
    """
    n = (names, name_words, name_at, name_len)
    at = np.int64(0)
    most = b.size - 16
    for record in range(starts.size):
        i, e = starts[record], ends[record]
        if said[record] != LEAVE:
            kind, entity = kinds[record], entities[record]
            texts = table_at[kind + 1] - table_at[kind] + table_at[entity + 1] - table_at[entity]
            # nothing is written as more than twice its bytes
            if at + 3 * (e - i) + texts + ROOM > out.size:
                return record
            if i < 0 or e > most:
                said[record] = READ
            else:
                after = _row(b, w, i, e, first + record, (table, table_at, kind, entity), plan, n, out, at)
                if after < 0:
                    said[record] = READ
                else:
                    at = after
        out_ends[record] = at
    return int(starts.size)
