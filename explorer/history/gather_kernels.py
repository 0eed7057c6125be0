"""How are the values of a group's events fetched from columns of a block, and put in the order of the log?

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


@kernel("int64(int64[::1], boolean[::1], int64[::1], int64[::1], boolean[::1])")
def fetched_times(column: Ints, good: Ints, places: Ints, found: Ints, fine: Ints) -> int:
    """Fetch the times of some events.

    Args:
        column: (k,) the times at a path …
        good: … and where they could be read.
        places: (r,) which of them.
        found: (r,) takes them.
        fine: (r,) becomes false where one could not be read.

    Returns:
        How many there are; `OUTSIDE` if a place is none.
    """
    if good.size != column.size or found.size != places.size or fine.size != places.size:
        return OUTSIDE
    for row in range(places.size):
        place = places[row]
        if place < 0 or place >= column.size:
            return OUTSIDE
        found[row] = column[place]
        fine[row] &= good[place]
    return int(places.size)


@kernel(
    "int64(int64[::1], int64[::1], boolean[::1], int64[::1], int64, int64[::1], int64[::1], boolean[::1])"
)
def fetched_numbers(
    units: Ints, decimals: Ints, good: Ints, places: Ints, sign: int, own_units: Ints, own_decimals: Ints,
    fine: Ints,
) -> int:  # fmt: skip
    """Fetch the numbers of some events.

    Args:
        units: (k,) of the numbers at a path …
        decimals: … (same) …
        good: … and where they are narrow ones.
        places: (r,) which of them.
        sign: By what they are multiplied.
        own_units: (r,) takes them …
        own_decimals: … (same).
        fine: (r,) becomes false where one is none.

    Returns:
        How many there are; `OUTSIDE` if a place is none.
    """
    count = places.size
    if decimals.size != units.size or good.size != units.size or own_units.size != count:
        return OUTSIDE
    if own_decimals.size != count or fine.size != count:
        return OUTSIDE
    for row in range(count):
        place = places[row]
        if place < 0 or place >= units.size:
            return OUTSIDE
        own_units[row], own_decimals[row] = units[place] * sign, decimals[place]
        fine[row] &= good[place]
    return int(count)


_PUT = "Tuple((boolean[::1], int64[::1], int32[::1], int32[::1]))"


@kernel(f"int64(int64[::1], int64[::1], int32[::1], int32[::1], {_PUT})")
def put_events(records: Ints, at_ns: Ints, types: Ints, entities: Ints, columns: Any) -> int:
    """Put down some records of a block as events.

    Args:
        records: (r,) which.
        at_ns: (r,) their times.
        types: (r,) or one for all.
        entities: (r,) whose they are.
        columns: (records,) whether each is an event; times, types and entities.

    Returns:
        How many there are; `OUTSIDE` if a record is none.
    """
    taken, times, kinds, owners = columns
    count, most = records.size, taken.size
    if times.size != most or kinds.size != most or owners.size != most:
        return OUTSIDE
    if at_ns.size != count or entities.size != count or (types.size != count and types.size != 1):
        return OUTSIDE
    one = types.size == 1
    for row in range(count):
        record = records[row]
        if record < 0 or record >= most:
            return OUTSIDE
        taken[record] = True
        times[record], owners[record] = at_ns[row], entities[row]
        kinds[record] = types[0 if one else row]
    return int(count)
