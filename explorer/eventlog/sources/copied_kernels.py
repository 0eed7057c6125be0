"""How do rows that PostgreSQL has copied out become lines of JSON, whole blocks at a time?"""

from typing import Any

from explorer.eventlog.compiled import kernel

NUMBER, TEXT, PAYLOAD, TRUTH, JSON, BY_ITSELF = range(
    6
)  # what a column holds; the last only the exact writer reads


@kernel(
    "void(uint8[::1], int64, int64, uint8[::1], uint8[::1], int64[::1], int64, uint8[::1], int64[::1], int64[::1])"
)
def rows_as_lines(
    b: Any,
    begin: int,
    end: int,
    kinds: Any,
    names: Any,
    name_ends: Any,
    place: int,
    out: Any,
    numbers: Any,
    found: Any,
) -> None:
    r"""Write rows as lines, up to the first one that has to be looked at by itself.

    Args:
        b: The rows as `COPY … TO STDOUT` gives them: tabs between cells, `\n` behind each row.
        begin, end: Where whole rows stand in it.
        kinds: (c,) what each column holds.
        names: What stands before each cell of a line, one behind the other.
        name_ends: (c,) where each of them ends.
        place: The column whose numbers are noted; -1 for none.
        out: Where the lines go; at least twice as long as the rows and the names of each.
        numbers: (rows,) gets the numbers of that column.
        found: (3,) gets where the first row stands that was not written, how many bytes and how many lines were.
    """
    at, to, rows = begin, 0, 0
    columns = kinds.size
    while at < end and rows < numbers.size:
        row_in, row_out = at, to
        good = True
        column = 0
        number = 0
        while column < columns:
            i = 0 if column == 0 else name_ends[column - 1]
            while i < name_ends[column]:
                out[to] = names[i]
                to += 1
                i += 1
            kind = kinds[column]
            if kind == BY_ITSELF:
                good = False
                break
            if b[at] == 92 and b[at + 1] == 78:  # \N
                if kind == PAYLOAD or column == place:
                    good = False
                    break
                out[to], out[to + 1], out[to + 2], out[to + 3] = 110, 117, 108, 108
                to += 4
                at += 2
            elif kind == NUMBER:
                cell = at
                minus = False
                number = 0
                while b[at] != 9 and b[at] != 10:
                    c = b[at]
                    if not (48 <= c <= 57 or c == 45 or c == 46 or c == 43 or c == 101):
                        good = False
                        break
                    if column == place:
                        if c == 45 and at == cell:
                            minus = True
                        elif 48 <= c <= 57:
                            number = number * 10 + (c - 48)
                        else:
                            good = False
                            break
                    out[to] = c
                    to += 1
                    at += 1
                if not good or at == cell:
                    good = False
                    break
                if column == place:
                    numbers[rows] = -number if minus else number
            elif kind == TRUTH:
                if b[at] == 116:
                    out[to], out[to + 1], out[to + 2], out[to + 3] = 116, 114, 117, 101
                    to += 4
                else:
                    out[to], out[to + 1], out[to + 2], out[to + 3], out[to + 4] = 102, 97, 108, 115, 101
                    to += 5
                at += 1
            elif kind == TEXT:
                out[to] = 34
                to += 1
                while b[at] != 9 and b[at] != 10:
                    c = b[at]
                    if c == 34:
                        out[to], out[to + 1] = 92, 34
                        to += 2
                        at += 1
                    elif c == 92:
                        n = b[at + 1]
                        # \\ \b \f \n \r \t are the same in JSON
                        if not (n == 92 or n == 98 or n == 102 or n == 110 or n == 114 or n == 116):
                            good = False
                            break
                        out[to], out[to + 1] = 92, n
                        to += 2
                        at += 2
                    elif c < 32:
                        good = False
                        break
                    else:
                        out[to] = c
                        to += 1
                        at += 1
                if not good:
                    break
                out[to] = 34
                to += 1
            else:
                if kind == PAYLOAD and b[at] != 123:
                    good = False
                    break
                while b[at] != 9 and b[at] != 10:
                    c = b[at]
                    if c == 92:
                        if b[at + 1] != 92:
                            good = False
                            break
                        at += 1
                    elif c < 32:
                        good = False
                        break
                    out[to] = c
                    to += 1
                    at += 1
                if not good:
                    break
            if b[at] != (10 if column == columns - 1 else 9):
                good = False
                break
            at += 1
            column += 1
        if not good:
            at, to = row_in, row_out
            break
        out[to], out[to + 1] = 125, 10
        to += 2
        rows += 1
    found[0], found[1], found[2] = at, to, rows
