"""Where do the bytes of very many texts go that stand side by side, and which bytes are a number?

Every place that is read or written is held against the room there is.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import kernel, prefetch

Bytes = Any  # (n,) uint8
Ints = Any  # (k,) int64

OUTSIDE = -1
_AHEAD = 16  # rows of which the memory is asked for before it is needed
LONGEST_NUMBER = 24  # bytes: a sign, 19 digits, and room


@kernel("int64(uint8[::1], int64[::1], uint8[::1])")
def copy_same(text: Bytes, at: Ints, out: Bytes) -> int:
    """Write a text in every row.

    Args:
        text: Its bytes.
        at: (k,) how far each row has come; is moved on.
        out: Room for the rows.

    Returns:
        How many rows there are; `OUTSIDE` if a place is none.
    """
    size = text.size
    for row in range(at.size):
        place = at[row]
        if place < 0 or place + size > out.size:
            return OUTSIDE
        for k in range(size):
            out[place + k] = text[k]
        at[row] = place + size
    return int(at.size)


@kernel("int64(uint8[::1], int64[::1], int64[::1], int64[::1], uint8[::1])")
def copy_texts(data: Bytes, starts: Ints, ends: Ints, at: Ints, out: Bytes) -> int:
    """Write a text of its own in each row.

    Args:
        data: Where the texts stand.
        starts, ends: (k,) where each begins and ends.
        at: (k,) how far each row has come; is moved on.
        out: Room for the rows.

    Returns:
        How many rows there are; `OUTSIDE` if a place is none.
    """
    if starts.size != at.size or ends.size != at.size:
        return OUTSIDE
    for row in range(at.size):
        start, place = starts[row], at[row]
        size = ends[row] - start
        if start < 0 or size < 0 or start + size > data.size or place < 0 or place + size > out.size:
            return OUTSIDE
        for k in range(size):
            out[place + k] = data[start + k]
        at[row] = place + size
    return int(at.size)


@kernel("int64(int64[::1], int32[::1], int64[::1])")
def spaced_places(at: Ints, codes: Ints, places: Ints) -> int:
    """Where some of many texts come to stand, one behind the other.

    Args:
        at: (n + 1,) where each of all texts begins with what stands behind it; the last is where all end.
        codes: (k,) which of them.
        places: (k + 1,) becomes the same of these.

    Returns:
        How many bytes they have; `OUTSIDE` if a code is none.
    """
    size = 0
    if places.size != codes.size + 1:
        return OUTSIDE
    for row in range(codes.size):
        if row + _AHEAD < codes.size:
            prefetch(at, codes[row + _AHEAD])
        code = codes[row]
        if code < 0 or code >= at.size - 1 or at[code + 1] < at[code]:
            return OUTSIDE
        places[row] = size
        size += at[code + 1] - at[code]
    places[codes.size] = size
    return int(size)


@kernel("int64(uint8[::1], int64[::1], int32[::1], int64[::1], uint8[::1])")
def copy_spaced(kept: Bytes, at: Ints, codes: Ints, places: Ints, out: Bytes) -> int:
    """Write them there; arguments as in `spaced_places`.

    Args:
        kept: The bytes of all texts.
        at, codes, places: (same)
        out: Room for those that are chosen.

    Returns:
        How many there are; `OUTSIDE` if a place is none.
    """
    if places.size != codes.size + 1:
        return OUTSIDE
    for row in range(codes.size):
        if row + _AHEAD < codes.size and 0 <= codes[row + _AHEAD] < at.size:
            prefetch(kept, at[codes[row + _AHEAD]])
        code = codes[row]
        if code < 0 or code >= at.size - 1:
            return OUTSIDE
        start, place = at[code], places[row]
        size = at[code + 1] - start
        if start < 0 or size < 0 or start + size > kept.size or place < 0 or place + size > out.size:
            return OUTSIDE
        for k in range(size):
            out[place + k] = kept[start + k]
    return int(codes.size)


@kernel("int64(uint8[::1], int64[::1], int64[::1], uint8[::1])")
def marked(data: Bytes, starts: Ints, ends: Ints, marks: Bytes) -> int:
    """Whether one of some bytes stands in a text.

    Args:
        data: Where the texts stand.
        starts, ends: (k,) where each begins and ends.
        marks: (256,) 1 for each byte that is looked for.

    Returns:
        0 for no, 1 for yes; `OUTSIDE` if a place is none.
    """
    if ends.size != starts.size or marks.size != 256:
        return OUTSIDE
    for row in range(starts.size):
        if starts[row] < 0 or ends[row] > data.size:
            return OUTSIDE
        for place in range(starts[row], ends[row]):
            if marks[data[place]]:
                return 1
    return 0


@kernel("int64(int64[::1], uint8[::1], int64, int64[::1], uint8[::1], int64[::1])")
def write_numbers(units: Ints, decimals: Bytes, scale: int, tens: Ints, out: Bytes, ends: Ints) -> int:
    """Write numbers in plain notation.

    Args:
        units: (k,) each times 10 to the power of `scale`.
        decimals: (k,) how many of its decimals are written.
        scale: Decimals of `units`; at most 18.
        tens: (scale + 1,) powers of ten from 0 on.
        out: Room for `LONGEST_NUMBER + scale` bytes each.
        ends: (k,) becomes where each ends.

    Returns:
        How many bytes were written; `OUTSIDE` if there is no room, or there are more decimals than digits.
    """
    at: Any = 0
    if decimals.size != units.size or ends.size != units.size or tens.size <= scale:
        return OUTSIDE
    for row in range(units.size):
        own = np.int64(decimals[row])
        if own > scale or at + LONGEST_NUMBER + scale > out.size:
            return OUTSIDE
        number = units[row]
        if number < 0:
            out[at] = 45
            at += 1
        # the greatest negative number has no positive one: digits are taken of what is below nothing
        rest = -number if number > 0 else number
        rest = (rest + (tens[scale - own] - 1)) // tens[scale - own]
        digits = 1
        below = rest
        while below <= -10:
            below = (below + 9) // 10
            digits += 1
        written = digits if digits > own else own + 1
        stop = at + written + (1 if own else 0)
        place = stop - 1
        for k in range(written):
            if own and k == own:
                out[place] = 46
                place -= 1
            shorter = (rest + 9) // 10
            out[place] = 48 + (shorter * 10 - rest)
            place -= 1
            rest = shorter
        at = stop
        ends[row] = at
    return int(at)
