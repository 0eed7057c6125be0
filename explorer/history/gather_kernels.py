"""In which order do operands stand that were taken group by group, each by the row of its event?

Every index that is written to is held against the room there is.
"""

from typing import Any

from explorer.eventlog.compiled import kernel

type Ints = Any

OUTSIDE = -1


@kernel("int64(int64[::1], int64[::1], int64[::1], int64[::1], int32[::1])")
def merged(rows: Ints, rank: Ints, after: Ints, order: Ints, moments: Ints) -> int:
    """Sort operands by the rows of their events; those of one event stay as they are.

    Args:
        rows: (m,) the row of each.
        rank: (r,) which row each of these is now; empty if they are that already.
        after: (n + 1,) zeros, for n rows; is used up.
        order: (m,) takes which operand comes first, second, …
        moments: (m,) takes the position of the event of each of these: its row, from 1.

    Returns:
        How many there are; `OUTSIDE` if an index is none.
    """
    if order.size != rows.size or moments.size != rows.size:
        return OUTSIDE
    ranked = rank.size > 0
    for at in range(rows.size):
        row = rows[at]
        if ranked:
            if row < 0 or row >= rank.size:
                return OUTSIDE
            row = rank[row]
        if row < 0 or row >= after.size - 1:
            return OUTSIDE
        after[row + 1] += 1
    for row in range(1, after.size):
        after[row] += after[row - 1]
    for at in range(rows.size):
        row = rows[at]
        if ranked:
            row = rank[row]
        place = after[row]
        after[row] = place + 1
        order[place] = at
        moments[place] = row + 1
    return int(rows.size)
