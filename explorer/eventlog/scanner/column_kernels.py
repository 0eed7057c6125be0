"""Which leaves have which path, and which of them is of which record?"""

from typing import Any

from explorer.eventlog.compiled import kernel
from explorer.eventlog.scanner.json_kernels import LEAVES_TYPE

NOWHERE, OUTSIDE = -1, -3  # in place of a place in a column; of a result: an index is none
_I4 = "int32[::1]"


@kernel(f"void({_I4}, int64[::1], int64[::1])")
def sort_by_path(leaf_path: Any, begins: Any, order: Any) -> None:
    """Sort leaves by path, those of a path as they stand.

    Args:
        leaf_path: (m,) the path of each.
        begins: (paths + 1,) zeros; becomes where each path begins in `order`.
        order: (m,) becomes the leaves, path by path.
    """
    for leaf in range(leaf_path.size):
        begins[leaf_path[leaf] + 1] += 1
    for path in range(1, begins.size):
        begins[path] += begins[path - 1]
    for leaf in range(leaf_path.size):
        path = leaf_path[leaf]
        order[begins[path]] = leaf
        begins[path] += 1
    for path in range(begins.size - 1, 0, -1):
        begins[path] = begins[path - 1]
    begins[0] = 0


_COLUMNS = f"Tuple(({_I4}, int64[::1], {_I4}, {_I4}, uint8[::1]))"


@kernel(f"int64({LEAVES_TYPE}, int64[::1], {_COLUMNS})")
def columns_of_leaves(leaves: Any, begins: Any, columns: Any) -> int:
    """Put leaves side by side by path, those of a path as they stand.

    Args:
        leaves: Record, path, start, end and kind of each leaf.
        begins: (paths + 1,) zeros; becomes where each path begins in the columns.
        columns: (m,) become number, record, start, end and kind of the leaves, path by path.

    Returns:
        How many there are; `OUTSIDE` if a path is none, or there is no room.
    """
    leaf_rec, leaf_path, leaf_start, leaf_end, leaf_kind = leaves
    numbers, rows, starts, ends, kinds = columns
    count = leaf_path.size
    if rows.size != count or numbers.size != count or starts.size != count or ends.size != count:
        return OUTSIDE
    if kinds.size != count or leaf_rec.size != count or leaf_start.size != count or leaf_end.size != count:
        return OUTSIDE
    if leaf_kind.size != count:
        return OUTSIDE
    paths = begins.size - 1
    for leaf in range(count):
        path = leaf_path[leaf]
        if path < 0 or path >= paths:
            return OUTSIDE
        begins[path + 1] += 1
    for path in range(1, begins.size):
        begins[path] += begins[path - 1]
    for leaf in range(count):
        path = leaf_path[leaf]
        place = begins[path]
        begins[path] = place + 1
        numbers[place], rows[place], kinds[place] = leaf, leaf_rec[leaf], leaf_kind[leaf]
        starts[place], ends[place] = leaf_start[leaf], leaf_end[leaf]
    for path in range(begins.size - 1, 0, -1):
        begins[path] = begins[path - 1]
    begins[0] = 0
    return int(count)


@kernel("int64(int64[::1], int64[::1])")
def places_of_rows(rows: Any, places: Any) -> int:
    """Where in a column each record stands.

    Args:
        rows: (k,) the records of a column.
        places: (records,) becomes the place of each there, -1 where it has none.

    Returns:
        How many there are; `OUTSIDE` if a record is none.
    """
    for record in range(places.size):
        places[record] = NOWHERE
    for place in range(rows.size):
        record = rows[place]
        if record < 0 or record >= places.size:
            return OUTSIDE
        places[record] = place
    return int(rows.size)
