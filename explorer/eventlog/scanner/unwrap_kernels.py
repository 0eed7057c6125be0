"""What do records say once the values in them are unwrapped: JSON in texts, in hexadecimal digits, in base64?

Of each record a line is written that says the same as the record does once it is unwrapped. What is not surely so, in
exactly the way of `profiles.unwrapping`, is left to the plain reader: it gets a line that is none.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, kernel, part
from explorer.eventlog.scanner.json_kernels import ARRAY, EMPTY, GOOD, LEAVES_TYPE, OBJECT, RECORDS_TYPE
from explorer.eventlog.scanner.payload_kernels import (
    AS_IT_IS,
    UNSURE,
    Bytes,
    may_be_of_connect,
    payload_of,
    plain_text,
)
from explorer.eventlog.scanner.token_kernels import ESCAPED, INTEGER

# how a path is read (see `payload_of`), and what is added: as Kafka Connect wraps it, a list of headers, or the
# record is what stands there; FORBIDDEN: a record that has it is read plainly, BUFFER: if it says so
CONNECT, HEADERS, ENTER, BUFFER, FORBIDDEN = 8, 16, 32, 64, 128
_READ = 7


@part
def _headers(b: Bytes, s: Any, e: Any, out: Bytes, p: Any) -> Any:
    """Write a list of texts, `["a", "1", "b", "2"]`, as an object to `p`; its end, or `UNSURE`."""
    i = s + 1
    count = 0
    out[p] = 123
    p += 1
    while True:
        while b[i] == 32 or 9 <= b[i] <= 13:
            i += 1
        c = b[i]
        if c == 93 and (count & 1 == 0) and count:
            out[p] = 125
            return p + 1
        if c == 44 and count:
            i += 1
            continue
        if c != 34 or i >= e:
            return UNSURE
        if count:
            out[p] = 58 if count & 1 else 44
            p += 1
        out[p] = 34
        p += 1
        i += 1
        while b[i] != 34:
            if b[i] == 92:
                out[p] = 92
                p += 1
                i += 1
            out[p] = b[i]
            p += 1
            i += 1
        out[p] = 34
        p += 1
        i += 1
        count += 1


@inlined
def _copied(b: Bytes, s: Any, e: Any, out: Bytes, p: Any) -> Any:
    """Copy what stands between values; line ends among it become blanks."""
    for i in range(s, e):
        c = b[i]
        out[p] = max(c, 32)
        p += 1
    return p


@part
def _quoted(t: Bytes, n: Any, out: Bytes, p: Any) -> Any:
    """Write a text as JSON does."""
    out[p] = 34
    p += 1
    for i in range(n):
        c = t[i]
        if c == 34 or c == 92:
            out[p] = 92
            p += 1
        elif c == 10 or c == 13 or c == 9:
            out[p] = 92
            p += 1
            c = 110 if c == 10 else 114 if c == 13 else 116
        elif c < 32:
            out[p], out[p + 1], out[p + 2], out[p + 3] = 92, 117, 48, 48
            out[p + 4] = 48 + (c >> 4)
            low = c & 15
            c = 48 + low if low < 10 else 87 + low
            p += 5
        out[p] = c
        p += 1
    out[p] = 34
    return p + 1


@inlined
def _value(b: Bytes, leaf: int, leaves: Any, how: int, text: Bytes, out: Bytes, p: Any) -> Any:
    """Write the value of a leaf unwrapped to `p`; its end, `AS_IT_IS` or `UNSURE`."""
    _, _, leaf_start, leaf_end, leaf_kind = leaves
    s, e, kind = np.int64(leaf_start[leaf]), np.int64(leaf_end[leaf]), leaf_kind[leaf]
    if how & FORBIDDEN:
        return UNSURE
    if kind == ARRAY:
        if how & HEADERS:
            return _headers(b, s, e, out, p)
        i = s + 1
        while b[i] == 32 or 9 <= b[i] <= 13:
            i += 1
        return UNSURE if b[i] == 45 or 48 <= b[i] <= 57 else AS_IT_IS  # bytes?
    if kind >= INTEGER:
        return AS_IT_IS
    if how & HEADERS:
        return UNSURE
    n = e - s - 2
    if kind & ESCAPED:
        n = plain_text(b, s + 1, e - 1, True, False, text)
        if n < 0:
            return UNSURE
    else:
        for k in range(n):
            text[k] = b[s + 1 + k]
    if how & BUFFER:
        return UNSURE if n == 6 and text[0] == 66 and text[5] == 114 else AS_IT_IS
    if how & _READ == 0:
        return AS_IT_IS
    found = payload_of(text, n, how & _READ, out, p)
    return UNSURE if found > 0 and how & CONNECT and may_be_of_connect(out, p, found) else found


@kernel("int64(uint8[::1], int64[::1], int64[::1], uint8[::1], int64[::1])")
def write_lines(b: Bytes, starts: Any, ends: Any, out: Bytes, line_ends: Any) -> Any:
    """Write the objects that stand at some places one on each line; returns how many bytes that are, -1: no room.

    Args:
        b: Some bytes.
        starts, ends: (k,) where each object begins and ends; it has been read before.
        out: Room for all, and a line end for each.
        line_ends: (k,) becomes where each ends in `out`, the line end left out.
    """
    p: Any = np.int64(0)
    for record in range(starts.size):
        s, e = starts[record], ends[record]
        if s < 0 or e > b.size or p + (e - s) + 1 > out.size:
            return np.int64(-1)
        p = _copied(b, s, e, out, p)
        line_ends[record] = p
        out[p] = 10
        p += 1
    return p


@kernel(
    f"int64(uint8[::1], int64, {RECORDS_TYPE}, {LEAVES_TYPE}, uint8[::1], boolean, uint8[::1], uint8[::1],"
    " boolean[::1])"
)
def unwrap_records(
    b: Bytes, count: int, records: Any, leaves: Any, hows: Any, must_enter: bool, text: Bytes, out: Bytes, sure: Any
) -> Any:  # fmt: skip
    """Write the records of a block unwrapped, one on each line; returns how many bytes that are.

    Args:
        b: The bytes of the block.
        count: How many records it has.
        records: As `scan_lines` gives them.
        leaves: (same)
        hows: (paths,) how what stands there is read.
        must_enter: Whether only records are sure of which what stands at the path that is entered is an object.
        text: Room for the longest text.
        out: Room for all, and a line end for each.
        sure: (count,) becomes which were written; of the others the line is empty.
    """
    starts, ends, kinds, leaves_at = records
    _, leaf_path, leaf_start, leaf_end, leaf_kind = leaves
    p = 0
    for record in range(count):
        begin = p
        s, e = np.int64(starts[record]), np.int64(ends[record])
        good = kinds[record] == GOOD
        sure[record] = good or kinds[record] == EMPTY
        if good:
            entered = False
            for leaf in range(leaves_at[record], leaves_at[record + 1]):
                how = hows[leaf_path[leaf]]
                if how == 0 or leaf_start[leaf] < s:
                    continue
                if how & ENTER and not how & FORBIDDEN and leaf_kind[leaf] == OBJECT and not entered:
                    entered = True
                    p = begin
                    s, e = np.int64(leaf_start[leaf]), np.int64(leaf_end[leaf])
                    continue
                if entered and leaf_start[leaf] >= e:
                    continue
                before = p
                p = _copied(b, s, np.int64(leaf_start[leaf]), out, p)
                found = _value(b, leaf, leaves, how, text, out, p)
                if found == UNSURE:
                    sure[record] = False
                    break
                if found == AS_IT_IS:
                    p = before
                    continue
                if how & ENTER:
                    for i in range(p, found):
                        out[begin + i - p] = out[i]
                    p = begin + found - p
                    s = e
                    entered = True
                    continue
                p = found
                s = np.int64(leaf_end[leaf])
            if must_enter and not entered:
                sure[record] = False
            p = _copied(b, s, e, out, p) if sure[record] else begin
        out[p] = 10
        p += 1
    return p


@kernel(
    f"int64(uint8[::1], int64, {RECORDS_TYPE}, {LEAVES_TYPE}, uint8[::1], uint8[::1], int64[::1], uint8[::1],"
    " uint8[::1], boolean[::1])"
)
def unwrap_rows(
    b: Bytes, count: int, records: Any, leaves: Any, hows: Any, names: Bytes, name_at: Any, text: Bytes, out: Bytes,
    sure: Any,
) -> Any:  # fmt: skip
    """The same of the rows of a table: each becomes an object, whose values are texts unless they are unwrapped.

    Args:
        b: (as of `unwrap_records`)
        count: (same)
        records: (same)
        leaves: (same)
        hows: (same)
        names: The names of the columns as JSON has them, each with its colon.
        name_at: (paths + 1,) where the name of each begins.
        text: (same)
        out: Room for all.
        sure: (same)
    """
    _, _, kinds, leaves_at = records
    _, leaf_path, leaf_start, leaf_end, leaf_kind = leaves
    p = 0
    for record in range(count):
        begin = p
        good = kinds[record] == GOOD
        sure[record] = good or kinds[record] == EMPTY
        if good:
            out[p] = 123
            p += 1
            first = True
            for leaf in range(leaves_at[record], leaves_at[record + 1]):
                path = leaf_path[leaf]
                how = hows[path]
                s, e = np.int64(leaf_start[leaf]), np.int64(leaf_end[leaf])
                escaped = leaf_kind[leaf] & ESCAPED != 0
                if escaped and b[s - 1] != 34:  # in a cell without quotes around it they mean what they are
                    sure[record] = False
                    break
                n = plain_text(b, s, e, False, escaped, text)
                if n < 0 or how & (FORBIDDEN | ENTER | HEADERS):
                    sure[record] = False
                    break
                if not first:
                    out[p] = 44
                    p += 1
                first = False
                for i in range(name_at[path], name_at[path + 1]):
                    out[p] = names[i]
                    p += 1
                found = AS_IT_IS
                if how & _READ:
                    found = payload_of(text, n, how & _READ, out, p)
                    if found > 0 and how & CONNECT and may_be_of_connect(out, p, found):
                        found = UNSURE
                if found == UNSURE:
                    sure[record] = False
                    break
                p = _quoted(text, n, out, p) if found == AS_IT_IS else found
            if sure[record]:
                out[p] = 125
                p += 1
            else:
                p = begin
        out[p] = 10
        p += 1
    return p
