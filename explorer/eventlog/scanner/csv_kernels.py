"""Where are the cells of many CSV rows, in one pass that accepts nothing that the plain reader would not?

For every cell that is not empty there is a *leaf*, as `json_kernels` has it: row, path (that of its column), start,
end, kind; here the quotes around a cell are left out. A row goes on behind a newline inside quotes. A row at fault
ends with its first line, whatever its quotes say, as in `csv_rows.rows`. Such a row, or a strange one (more or fewer
cells than columns, bytes that are no UTF-8, the names of the columns once more), gives no leaves: the plain reader
decides, and says what is wrong.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, kernel, part, trailing_zeros
from explorer.eventlog.scanner.json_kernels import AT_FAULT, GOOD, LEAVES_TYPE, RECORDS_TYPE
from explorer.eventlog.scanner.token_kernels import ESCAPED, NOT_ASCII, TEXT, Bytes, Words, utf8_bytes

MOST_LINES = 1_000  # of one quoted cell, as the plain reader has it
LONGEST_BYTES = 16 << 20  # (same)
LEAF, LINE, PLACE = range(3)  # what `state` holds: leaves, lines before the next row, where it begins
CUT, FULL, FAULT = (
    -1,
    -2,
    -3,
)  # in place of where a row ends: the block ends before; no room for leaves; no row
NEWLINE, RETURN, QUOTE = 10, 13, 34

_ONES, _TOPS, _EVERY = (
    np.uint64(0x0101010101010101),
    np.uint64(0x8080808080808080),
    np.uint64(0x2222222222222222),
)
_FEWER = np.uint64(0x2D2D2D2D2D2D2D2D)  # than 45, each byte: quotes, newlines, commas, blanks


@inlined
def row_end(
    b: Bytes,
    w: Words,
    i: int,
    end: int,
    last: bool,
    delimiter: int,
    newline: int,
    rec: int,
    columns: Any,
    leaves: Any,
    found: Any,
) -> int:
    """The place of the newline that ends the row that begins at `i` (or `end`), its leaves taken; CUT, FULL or FAULT.

    Args:
        b: The bytes.
        w: The same as words.
        i: Where the row begins.
        end: Where the block ends.
        last: Whether the file ends there too.
        delimiter: What stands between cells.
        newline: What ends a line: NEWLINE (a RETURN before it is no part of a cell) or RETURN.
        rec: Which record it is.
        columns: (width,) the path of each column; none at all if no leaves are wanted.
        leaves: Record, path, start, end and kind of each leaf.
        found: Gets: leaves, cells, lines inside of the row, whether its bytes and its end are usual, where its text
            ends; the first cell's start, end and kind.
    """
    leaf_rec, leaf_path, leaf_start, leaf_end, leaf_kind = leaves
    start = i
    other = RETURN if newline == NEWLINE else NEWLINE  # one of them or more may stand at the end of a row
    width = columns.size
    leaf, room = found[0], leaf_rec.size
    cells = lines = 0
    valid = True
    delimiters = _ONES * np.uint64(delimiter)
    stray = False  # an odd number of quotes that open nothing
    while True:
        kind = TEXT
        if i < end and b[i] == QUOTE:
            i += 1
            begin = i
            while True:
                if i >= end:
                    return FAULT if last else CUT
                c = b[i]
                if c == QUOTE:
                    if i + 1 >= end and not last:
                        return CUT
                    if i + 1 < end and b[i + 1] == QUOTE:
                        kind |= ESCAPED
                        i += 2
                        continue
                    break
                if c == newline:
                    lines += 1
                    if stray or lines >= MOST_LINES or i - start >= LONGEST_BYTES:
                        return FAULT
                elif c >= 128:
                    kind |= NOT_ASCII
                    size = utf8_bytes(b, i)
                    if size == 0:
                        valid = False
                    else:
                        i += size
                        continue
                i += 1
            stop = i
            i += 1
        else:
            begin = i
            while i < end:
                # most bytes are letters and digits: what counts is below them, beyond them, or the delimiter
                word = w[i]
                between = word ^ delimiters
                marks = ((word - _FEWER) & ~word | word | ((between - _ONES) & ~between)) & _TOPS
                i += 8 if marks == np.uint64(0) else trailing_zeros(marks) >> 3
                if i >= end:
                    i = end
                    break
                if marks == np.uint64(0):
                    continue
                c = b[i]
                if c == delimiter or c == newline or c == RETURN or c == NEWLINE:
                    break
                if c >= 128:
                    kind |= NOT_ASCII
                    size = utf8_bytes(b, i)
                    if size == 0:
                        valid = False
                    else:
                        i += size
                        continue
                elif c == QUOTE:
                    stray = not stray
                i += 1
            stop = i
        if i > end:
            i = stop = end  # the last character is cut
            valid = False
        if cells == 0:
            found[5], found[6], found[7] = begin, stop, kind
        if cells < width and stop > begin:
            if leaf >= room:
                return FULL
            leaf_rec[leaf], leaf_path[leaf] = rec, columns[cells]
            leaf_start[leaf], leaf_end[leaf], leaf_kind[leaf] = begin, stop, kind
            leaf += 1
        cells += 1
        if i < end and b[i] == delimiter:
            i += 1
            continue
        behind = i
        while i < end and b[i] == other:
            i += 1
        found[4] = i
        if i > behind:
            found[4] -= newline == NEWLINE
            valid = valid and newline == NEWLINE and i == behind + 1
        if i >= end and not last:
            return CUT
        if stray or (i < end and b[i] != newline):
            return FAULT
        found[0], found[1], found[2], found[3] = leaf, cells, lines, valid
        return i


@part
def _names_again(b: Bytes, begin: int, end: int, kind: int, name: Any) -> bool:
    """Whether a row may be that of the names, by its first cell: never no where it is."""
    while begin < end and b[begin] <= 32:
        begin += 1
    while begin < end and b[end - 1] <= 32:
        end -= 1
    size = name.size
    if kind & NOT_ASCII:  # there are spaces beyond ASCII
        last = end - size
    else:
        last = begin
        if end - begin != size and not kind & ESCAPED:
            return False
    if kind & ESCAPED:
        return True
    for at in range(begin, last + 1):
        same = True
        for offset in range(size):
            if b[at + offset] != name[offset]:
                same = False
                break
        if same:
            return True
    return False


@inlined
def is_blank(b: Bytes, i: int, end: int) -> bool:
    """Whether nothing but white space stands there."""
    while i < end and (b[i] == 32 or 9 <= b[i] <= 13):
        i += 1
    return i >= end


@inlined
def _line_end(b: Bytes, i: int, end: int, newline: int) -> int:
    while i < end and b[i] != newline:
        i += 1
    return i


@kernel(
    "int64(uint8[::1], words, int64, int64, int64, boolean, int64, int64, boolean, uint8[::1], int32[::1],"
    f" {LEAVES_TYPE}, {RECORDS_TYPE}, int32[::1], int64[::1], int64[::1])"
)
def scan_rows(
    b: Bytes, w: Words, i: int, end: int, rec: int, last: bool, delimiter: int, newline: int, named: bool, name: Any,
    columns: Any, leaves: Any, records: Any, lines: Any, found: Any, state: Any,
) -> int:  # fmt: skip
    """Scan rows; returns how many there are, blank ones left out, or -1 - the row for which there is no room.

    It ends at the first row that the block may have cut, with its place in `state`: the next block begins there. If
    it is the first one of a block of more than `LONGEST_BYTES`, the plain reader must go on.

    Args:
        b: (n,) the bytes; at least 15 more behind `end`.
        w: The same as words.
        i: Where the first row begins.
        end: Where the block ends.
        rec: How many rows there are before.
        last: Whether the file ends with the block.
        delimiter: What stands between cells: a byte of ASCII.
        newline: What ends a line: NEWLINE (with a RETURN before it, or not) or RETURN.
        named: Whether the columns have names in the file.
        name: The first of them, in UTF-8, without white space around it.
        columns: (width,) the path of each column.
        leaves: Record, path, start, end and kind of each leaf.
        records: Of each its start, the end of its text, GOOD or AT_FAULT, and its first leaf; room for one more.
        lines: Of each how many lines stand before it; as long as `records`.
        found: (8,) room for what `row_end` finds.
        state: (3,) how many leaves there are; how many lines stand before `i`; gets where the next row begins.
    """
    starts, ends, kinds, leaves_at = records
    first = state[LEAF]
    while i < end:
        if rec + 1 >= starts.size:
            state[LEAF], state[PLACE] = first, i
            return -1 - rec
        found[0] = first
        stop = row_end(b, w, i, end, last, delimiter, newline, rec, columns, leaves, found)
        if stop == CUT:
            break
        if stop == FULL:
            state[LEAF], state[PLACE] = first, i
            return -1 - rec
        kind = GOOD
        if stop == FAULT:
            kind = AT_FAULT
            stop = _line_end(b, i, end, newline)
            if stop == end and not last:
                break
            found[2] = 0
            found[4] = stop - 1 if newline == NEWLINE and stop > i and b[stop - 1] == RETURN else stop
        elif (
            found[1] != columns.size
            or not found[3]
            or (named and _names_again(b, found[5], found[6], found[7], name))
        ):
            kind = AT_FAULT
        if not is_blank(b, i, stop):
            starts[rec], ends[rec], kinds[rec], leaves_at[rec] = i, found[4], kind, first
            lines[rec] = state[LINE]
            if kind == GOOD:
                first = found[0]
            rec += 1
        state[LINE] += 1 + found[2]
        i = stop + 1
    starts[rec], leaves_at[rec] = min(i, end), first
    state[LEAF], state[PLACE] = first, min(i, end)
    return rec


@kernel(
    f"int64(uint8[::1], words, int64, int64, int64, int64, int32[::1], {LEAVES_TYPE}, int64[::1], int64[::1])"
)
def rows_end(
    b: Bytes,
    w: Words,
    i: int,
    end: int,
    delimiter: int,
    newline: int,
    none: Any,
    leaves: Any,
    found: Any,
    state: Any,
) -> int:
    """The place behind the last row that ends before `end`, where a stretch of rows may be cut; `i` if none does.

    It finds the rows of `scan_rows`, in a fraction of its time: lines without a quote are only passed over.

    Args:
        b: (n,) the bytes.
        w: The same as words.
        i: Where the first row begins.
        end: Where the bytes end; the file goes on.
        delimiter: What stands between cells.
        newline: What ends a line.
        none: (0,) no columns.
        leaves: As `scan_rows` takes them; nothing is written there.
        found: (8,) room for what `row_end` finds.
        state: (3,) how many lines stand before `i`; gets how many before that place.
    """
    pattern = _ONES * np.uint64(newline)
    place = i  # how far the line was looked at
    while place < end:
        word = w[place]
        quotes, breaks = word ^ _EVERY, word ^ pattern
        marks = (((quotes - _ONES) & ~quotes) | ((breaks - _ONES) & ~breaks)) & _TOPS
        if marks == np.uint64(0):
            place += 8
            continue
        place += trailing_zeros(marks) >> 3
        if place >= end:
            break
        if b[place] == newline:
            state[LINE] += 1
            i = place = place + 1
            continue
        found[0] = 0
        stop = row_end(b, w, i, end, False, delimiter, newline, 0, none, leaves, found)
        if stop == CUT:
            break
        if stop == FAULT:
            found[2] = 0
            stop = _line_end(b, place, end, newline)
            if stop >= end:
                break
        state[LINE] += 1 + found[2]
        i = place = stop + 1
    return i
