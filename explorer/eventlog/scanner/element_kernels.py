"""Where is every value of the elements of a JSON array or map, or of JSON objects one after another?

Each element is a record, as `json_kernels` has it; a pair of a map gives one leaf more, for its key. The loop stops
where anything is not as it mostly is: at an element that is damaged, strange or cut by the end of the block, at a comma
too many or too few, at the closing bracket. The plain reader decides what that is, and the loop may go on behind it.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, kernel
from explorer.eventlog.scanner.json_kernels import (
    FULL,
    GOOD,
    LEAVES,
    LEAVES_TYPE,
    PATHS,
    PATHS_TYPE,
    RECORDS_TYPE,
    forget,
    record_end,
)
from explorer.eventlog.scanner.token_kernels import ONES, TOPS, Bytes, Words, text_end

IN_ARRAY, IN_MAP, IN_SEQUENCE = range(3)  # what the elements stand in
LONGEST_BYTES = 16 << 20  # of one element, as the plain reader has it
# What `place` holds: where the element begins that comes next (or the comma before it), whether one stands before it in
# its container, its line and its column from 1, and how far both were counted.
# WIDE: whether a character beyond the first 65,536 is two columns, as it is two units of UTF-16.
PLACE, AFTER, LINE, COLUMN, COUNTED, WIDE = range(6)

_NEWLINES, _RETURNS = np.uint64(0x0A0A0A0A0A0A0A0A), np.uint64(0x0D0D0D0D0D0D0D0D)


@inlined
def _behind_space(b: Bytes, i: int) -> int:
    """The place behind white space; the mark of RFC 7464 before each record is such."""
    c = b[i]
    while c == 32 or c == 10 or c == 13 or c == 9 or c == 30:
        i += 1
        c = b[i]
    return i


@inlined
def _count_to(b: Bytes, w: Words, to: int, place: Any) -> None:
    """Count lines, and the characters of the last one, up to a place."""
    i, line, column = place[COUNTED], place[LINE], place[COLUMN]
    while i < to:
        if i + 8 <= to:
            word = w[i]
            newlines, returns = word ^ _NEWLINES, word ^ _RETURNS
            if (((newlines - ONES) & ~newlines) | ((returns - ONES) & ~returns)) & TOPS == np.uint64(0):
                inner = (word >> np.uint64(7)) & ~(word >> np.uint64(6)) & ONES  # bytes inside of characters
                if place[WIDE]:
                    long = (word >> np.uint64(7)) & (word >> np.uint64(6)) & (word >> np.uint64(5)) & ONES
                    column += np.int64(((long & (word >> np.uint64(4))) * ONES) >> np.uint64(56))
                column += 8 - np.int64((inner * ONES) >> np.uint64(56))
                i += 8
                continue
        c = b[i]
        if c == 13 or c == 10:
            if c == 13 or b[i - 1] != 13:
                line += 1
            column = 1
        elif c & 0xC0 != 0x80:
            column += 2 if place[WIDE] and c >= 0xF0 else 1
        i += 1
    place[COUNTED], place[LINE], place[COLUMN] = i, line, column


@kernel(
    f"int64(uint8[::1], words, int64, int64, int64, int64, {PATHS_TYPE}, {LEAVES_TYPE}, {RECORDS_TYPE}, int64[::1],"
    " int32[::1], int64[:, ::1], int64[::1], int64[::1])"
)
def scan_elements(
    b: Bytes,
    w: Words,
    end: int,
    rec: int,
    container: int,
    key_path: int,
    p: Any,
    leaves: Any,
    records: Any,
    lines: Any,
    firsts: Any,
    stack: Any,
    state: Any,
    place: Any,
) -> int:
    """Scan elements; returns how many there are, or -1 - the record for which there is no room.

    Args:
        b: The bytes, zeros behind them.
        w: The same as words.
        end: Where they end.
        rec: How many records there are before.
        container: What the elements stand in.
        key_path: The path of the keys of a map.
        p: As `record_end` has it.
        leaves: (same)
        stack: (same)
        state: (same)
        records: As `scan_lines` has it.
        lines: Of each record the line on which it begins.
        firsts: (paths,) the record in which each new path was met first.
        place: (6,) where to begin, and where it ended.
    """
    starts, ends, kinds, leaves_at = records
    leaf_rec, leaf_path, leaf_start, leaf_end, leaf_kind = leaves
    i = place[PLACE]
    while i < end:
        if rec + 1 >= starts.size:
            state[FULL] = 2
            return -1 - rec
        first_leaf, first_path = state[LEAVES], state[PATHS]
        start = _behind_space(b, i)
        if place[AFTER] and container != IN_SEQUENCE:
            if b[start] != 44:
                break
            start = _behind_space(b, start + 1)
        begin = start
        if container == IN_MAP:
            if b[start] != 34 or first_leaf >= leaf_rec.size:
                break
            quote, kind = text_end(b, w, start + 1)
            if quote < 0:
                break
            begin = quote + 1
            while b[begin] == 32 or b[begin] == 10 or b[begin] == 13 or b[begin] == 9:
                begin += 1
            if b[begin] != 58:
                break
            begin += 1
            while b[begin] == 32 or b[begin] == 10 or b[begin] == 13 or b[begin] == 9:
                begin += 1
            leaf_rec[first_leaf], leaf_path[first_leaf], leaf_start[first_leaf] = rec, key_path, start
            leaf_end[first_leaf], leaf_kind[first_leaf] = quote + 1, kind
            state[LEAVES] = first_leaf + 1
        stop = record_end(b, w, begin, rec, False, p, leaves, stack, state) if b[begin] == 123 else -1
        if stop < 0 or stop - start > LONGEST_BYTES:
            state[LEAVES] = first_leaf
            forget(p, state, first_path)
            if state[FULL]:
                return -1 - rec
            break
        _count_to(b, w, start, place)
        starts[rec], ends[rec], kinds[rec], leaves_at[rec] = start, stop, GOOD, first_leaf
        lines[rec] = place[LINE]
        for path in range(first_path, state[PATHS]):
            firsts[path] = rec
        rec += 1
        i = place[PLACE] = stop
        place[AFTER] = 1
    _count_to(b, w, i, place)
    starts[rec], leaves_at[rec] = i, state[LEAVES]
    return rec
