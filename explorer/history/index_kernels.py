"""Where does each of millions of changes stand once they are sorted by slot, and what do they come to there?

A counting sort: where each slot begins is known, so every change goes straight to its place, and the total of its slot
goes with it. Every index that is written to is held against the room there is.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import kernel, part, prefetch

type Ints = Any

_MOST = 2**63 - 1
AHEAD = 16  # changes of which the memory is asked for before it is needed

FIRST, NEXT, AGAIN, BACK, GAP = range(5)  # what a number is to those before it
OUTSIDE, TOO_WIDE = -1, -2  # an index that is none; a total that no column holds: do it otherwise


@kernel("int64(int32[::1], int64[::1])")
def count_slots(slots: Ints, counts: Ints) -> int:
    """Add to `counts`, (s,), how many changes each slot has; `OUTSIDE` if a slot is none, else how many."""
    for at in range(len(slots)):
        if at + AHEAD < len(slots):
            prefetch(counts, slots[at + AHEAD])
        slot = slots[at]
        if slot < 0 or slot >= len(counts):
            return OUTSIDE
        counts[slot] += 1
    return len(slots)


@kernel("int64(int32[::1], int32[::1], int64[::1], int32[::1], int32[::1], int32[::1])")
def places_by_slot(slots: Ints, moments: Ints, lines: Ints, places: Ints, positions: Ints, born: Ints) -> int:
    """Sort by slot what comes in the order in which it happened.

    Args:
        slots: (m,) the slot of each change.
        moments: (m,) its position.
        lines: (2 s,) of each slot -1 less where its changes begin, and where they end; then, in place of the first, how
            far it has come. Both stand side by side, so that the memory is asked for once.
        places: (m,) takes the place of each change.
        positions: (m,) takes the moments by place.
        born: (s,) takes the slots in the order of their first changes.

    Returns:
        How many slots have changes; `OUTSIDE` if a slot is none.
    """
    found, most, count = 0, len(lines) // 2, len(slots)
    if len(moments) != count or len(places) != count or len(positions) != count:
        return OUTSIDE
    for at in range(count):
        if at + 2 * AHEAD < count:
            prefetch(lines, 2 * np.int64(slots[at + 2 * AHEAD]))
            slot = np.int64(slots[at + AHEAD])
            if 0 <= slot < most:
                place = lines[2 * slot]
                prefetch(positions, place if place >= 0 else -1 - place)
        slot = np.int64(slots[at])
        if slot < 0 or slot >= most:
            return OUTSIDE
        place = lines[2 * slot]
        if place < 0:
            place = -1 - place
            if found >= len(born):
                return OUTSIDE
            born[found] = slot
            found += 1
        if place < 0 or place >= count or place >= lines[2 * slot + 1]:
            return OUTSIDE
        lines[2 * slot] = place + 1
        places[at] = np.int32(place)
        positions[place] = moments[at]
    return found


@part
def _added(
    units: Ints, decimals: Ints, slots: Ints, places: Ints, tens: Ints, limits: Ints, running: Ints,
    written: Ints, totals: Ints, total_decimals: Ints,
) -> int:  # fmt: skip
    """Add up within slots, see `added_32`."""
    scale = len(tens) - 1
    if len(limits) != len(tens):
        return OUTSIDE
    for at in range(len(units)):
        if at + AHEAD < len(units) and at + AHEAD < len(slots) and at + AHEAD < len(places):
            prefetch(running, slots[at + AHEAD])
            prefetch(written, slots[at + AHEAD])
            prefetch(totals, places[at + AHEAD])
            prefetch(total_decimals, places[at + AHEAD])
        slot, place = slots[at], np.int64(places[at])
        if slot < 0 or slot >= len(running) or place < 0 or place >= len(totals):
            return OUTSIDE
        step = np.int64(units[at])
        more = scale - np.int64(decimals[at])
        if more < 0:
            return OUTSIDE
        # asked before: compilers take for granted that nothing overflows
        if step > limits[more] or step < -limits[more]:
            return TOO_WIDE
        step *= tens[more]
        before = running[slot]
        # signs are hard to foretell for a processor: nothing goes by them
        new = np.int64(np.uint64(before) + np.uint64(step))
        if ((before ^ new) & (step ^ new)) < 0 or new < -_MOST:
            return TOO_WIDE
        running[slot] = new
        totals[place] = new
        written[slot] = max(written[slot], decimals[at])
        total_decimals[place] = written[slot]
    return len(units)


_ADDED = (
    "int64({units}[::1], uint8[::1], int32[::1], int32[::1], int64[::1], int64[::1], int64[::1], uint8[::1], "
    "int64[::1], uint8[::1])"
)


@kernel(_ADDED.format(units="int32"))
def added_32(
    units: Ints, decimals: Ints, slots: Ints, places: Ints, tens: Ints, limits: Ints, running: Ints,
    written: Ints, totals: Ints, total_decimals: Ints,
) -> int:  # fmt: skip
    """Add operands up within their slots, in the order in which they happened.

    Args:
        units: (m,) the operands, times 10 to the power of their decimals.
        decimals: (m,) how many each is written with.
        slots: (m,) the slot of each.
        places: (m,) where its total goes.
        tens: (scale + 1,) powers of ten from 0 on; totals have `scale` decimals.
        limits: (same) the greatest int64 that can be multiplied by each.
        running: (s,) zeros; then the total of each slot so far.
        written: (s,) zeros; then the most decimals there so far.
        totals: (m,) takes the totals by place.
        total_decimals: (m,) takes with how many decimals they are written.

    Returns:
        How many were added; `TOO_WIDE` if a total is no int64, `OUTSIDE` if an index is none.
    """
    return _added(units, decimals, slots, places, tens, limits, running, written, totals, total_decimals)  # type: ignore[no-any-return]


@kernel(_ADDED.format(units="int64"))
def added_64(
    units: Ints, decimals: Ints, slots: Ints, places: Ints, tens: Ints, limits: Ints, running: Ints,
    written: Ints, totals: Ints, total_decimals: Ints,
) -> int:  # fmt: skip
    """The same of wider operands."""
    return _added(units, decimals, slots, places, tens, limits, running, written, totals, total_decimals)  # type: ignore[no-any-return]


@kernel("int64(int32[::1], int64[::1], int32[::1], int64[::1], int32[::1])")
def order_of_moments(moments: Ints, rows: Ints, begins: Ints, order: Ints, ranked: Ints) -> int:
    """In which order operands come when the events of a log are put in another order.

    Args:
        moments: (m,) the place in the log of each operand's event, from 1, ascending.
        rows: (n,) the events in the other order, from 0.
        begins: (n + 1,) room.
        order: (m,) takes which operand comes first, second, …
        ranked: (m,) takes the place of each of these operands' events in the other order, from 1.

    Returns:
        How many there are; `OUTSIDE` if an index is none, or the operands are in no order.
    """
    count, events, at, to = len(moments), len(rows), 0, 0
    if len(begins) != events + 1 or len(order) != count or len(ranked) != count:
        return OUTSIDE
    for row in range(events):
        begins[row] = np.int32(at)
        while at < count and moments[at] == row + 1:
            at += 1
    begins[events] = np.int32(at)
    if at != count:
        return OUTSIDE
    for rank in range(events):
        row = rows[rank]
        if row < 0 or row >= events:
            return OUTSIDE
        for operand in range(np.int64(begins[row]), np.int64(begins[row + 1])):
            if to >= count:
                return OUTSIDE
            order[to] = operand
            ranked[to] = np.int32(rank + 1)
            to += 1
    return to if to == count else OUTSIDE


@kernel("int64(int32[::1], int64[::1], int64[::1], int64[::1], int32[::1], int64[::1], uint8[::1])")
def count_steps(
    streams: Ints, numbers: Ints, latest: Ints, least: Ints, firsts: Ints, before: Ints, steps: Ints
) -> int:
    """Hold the numbers of some streams against the greatest before them.

    Args:
        streams: (m,) whose each number is, one behind the other as they stand in the log.
        numbers: (m,) what they count.
        latest, least: (s,) become the greatest and the least of each stream.
        firsts: (s,) all -1; become the place of the first of each.
        before: (m,) becomes the greatest of its stream before each.
        steps: (m,) becomes what each is: see `FIRST`, `NEXT`, `AGAIN`, `BACK`, `GAP`.

    Returns:
        How many there are; `OUTSIDE` if a stream is none.
    """
    for at in range(len(streams)):
        stream, number = streams[at], numbers[at]
        if stream < 0 or stream >= len(firsts):
            return OUTSIDE
        if firsts[stream] < 0:
            firsts[stream] = at
            latest[stream] = least[stream] = before[at] = number
            steps[at] = FIRST
            continue
        known = latest[stream]
        before[at] = known
        if number > known:
            latest[stream] = number
            steps[at] = NEXT if number == known + 1 else GAP
        else:
            least[stream] = min(least[stream], number)
            steps[at] = AGAIN if number == known else BACK
    return len(streams)
