"""What do the words of some blocks come to, with a secret added and multiplied in pairs?"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import kernel

_LOW = np.uint64(0xFFFF_FFFF)


@kernel("void(uint32[:, ::1], uint32[:, ::1], uint64[:, ::1])")
def sum_blocks(words: Any, secret: Any, found: Any) -> None:
    """Sum up the products of a block's first and second half, word by word, for each of two secrets.

    Args:
        words: (b, 2 * h) blocks.
        secret: (2, 2 * h) what is added to each word, modulo 2**32.
        found: (b, 2) the sums, modulo 2**64.
    """
    half = words.shape[1] >> 1
    for block in range(words.shape[0]):
        one = two = np.uint64(0)
        for i in range(half):
            left, right = np.uint64(words[block, i]), np.uint64(words[block, half + i])
            one += ((left + np.uint64(secret[0, i])) & _LOW) * (
                (right + np.uint64(secret[0, half + i])) & _LOW
            )
            two += ((left + np.uint64(secret[1, i])) & _LOW) * (
                (right + np.uint64(secret[1, half + i])) & _LOW
            )
        found[block, 0] = one
        found[block, 1] = two
