"""Which of many records contain a text?"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import kernel, trailing_zeros
from explorer.eventlog.scanner.token_kernels import ONES, TOPS

_NONE = np.uint64(0)


@kernel("void(uint8[::1], words, int64[::1], int64[::1], uint8[::1], int64, int64, uint8[::1])")
def find_text(
    b: Any, w: Any, starts: Any, ends: Any, needle: Any, first: int, second: int, hits: Any
) -> None:
    """Mark the records whose bytes contain a text, whatever the case of A to Z.

    Two of its bytes are looked for, eight places at a time; where both stand, all are compared.

    Args:
        b, w: The bytes of the records and what stands between them, and the same as words; eight zeros follow.
        starts, ends: (k,) where each record stands, ascending.
        needle: The text in small letters.
        first, second: Which of its bytes are looked for, the seldomer the better.
        hits: (k,) becomes 1 for each record that contains it.
    """
    size = needle.size
    records = starts.size
    if records == 0:
        return
    one, other = np.uint64(needle[first]), np.uint64(needle[second])
    # a letter is looked for with the bit set by which the two cases differ
    fold_one = ONES * np.uint64(32) if 97 <= needle[first] <= 122 else _NONE
    fold_other = ONES * np.uint64(32) if 97 <= needle[second] <= 122 else _NONE
    one *= ONES
    other *= ONES
    record = 0
    i = starts[0]
    last = min(ends[records - 1], b.size - 16) - size
    while i <= last:
        left = (w[i + first] | fold_one) ^ one
        right = (w[i + second] | fold_other) ^ other
        marks = ((left - ONES) & ~left) & ((right - ONES) & ~right) & TOPS
        if marks == _NONE:
            i += 8
            continue
        step = trailing_zeros(marks) >> 3
        at = i + step
        i = at + 1
        if at > last:
            return
        k = 0
        while k < size:
            c = b[at + k]
            if 65 <= c <= 90:
                c += 32
            if c != needle[k]:
                break
            k += 1
        if k < size:
            continue
        while ends[record] <= at:
            record += 1
        if starts[record] <= at and at + size <= ends[record]:
            hits[record] = 1
            i = ends[record]
