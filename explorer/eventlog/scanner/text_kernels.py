"""Which small number stands for each of many stretches of bytes?"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import kernel

type Bytes = npt.NDArray[np.uint8]
type Int32s = npt.NDArray[np.int32]
type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]
type Words = npt.NDArray[np.uint64]

KEYS = 68  # secret words: one for the beginning, the size, 62 words of four bytes, what was mixed before (3), the rest


@kernel(
    "Tuple((int64, int64))(uint8[::1], int64[::1], int64[::1], int64, uint64[::1], uint64[::1], int64[::1],"
    " uint8[::1], int64, int32[::1])"
)
def encode(
    data: Any,
    starts: Any,
    ends: Any,
    first: int,
    keys: Any,
    slots: Any,
    begins: Any,
    held: Any,
    count: int,
    found: Any,
) -> tuple[int, int]:
    """Find the codes of the texts from row `first` on, and learn those that are new.

    Args:
        data: (n,) a block.
        starts: (k,) where the texts begin in it.
        ends: (k,) the places behind them.
        first: The row to begin with.
        keys: (KEYS,) random words.
        slots: (a power of two,) the upper half is 32 bits of a hash, the lower one a code + 1; 0 is free.
        begins: (c,) where each known text begins in `held`; it ends where the next one begins.
        held: (h,) the bytes of all known texts.
        count: How many are known.
        found: (k,) gets the codes.

    Returns:
        The row for which there is no room (k: all is done; -1: a stretch lies outside of the block), and the count.
    """
    mask = np.uint64(len(slots) - 1)
    one, zero, low = np.uint64(1), np.uint64(0), np.uint64(0xFFFFFFFF)
    high = np.uint64(32)
    for row in range(first, len(starts)):
        at, end = starts[row], ends[row]
        if at < 0 or end > len(data) or end < at:
            return -1, count
        size = end - at
        # the hash: four bytes and a key at a time
        total = keys[0] + keys[1] * np.uint64(size)
        index = 2
        place = at
        while place + 4 <= end:
            if index == 64:  # fold what there is, so that no key is used twice
                total = keys[64] * (total >> high) + keys[65] * (total & low) + keys[66]
                total ^= total >> np.uint64(29)
                index = 2
            u = np.uint64(place)
            word = (
                np.uint32(data[u])
                | np.uint32(data[u + np.uint64(1)]) << np.uint32(8)
                | np.uint32(data[u + np.uint64(2)]) << np.uint32(16)
                | np.uint32(data[u + np.uint64(3)]) << np.uint32(24)
            )
            total += keys[index] * np.uint64(word)
            index += 1
            place += 4
        if place < end:
            word64 = zero
            while place < end:
                word64 = word64 << np.uint64(8) | np.uint64(data[place])
                place += 1
            total += keys[67] * word64
        tag = total >> high
        slot = tag & mask
        while True:
            entry = slots[slot]
            if entry == zero:
                if (
                    (count + 1) * 2 > len(slots)
                    or count + 1 >= len(begins)
                    or begins[count] + size > len(held)
                ):
                    return row, count
                begin = begins[count]
                for offset in range(size):
                    held[begin + offset] = data[at + offset]
                begins[count + 1] = begin + size
                slots[slot] = tag << high | np.uint64(count + 1)
                found[row] = count
                count += 1
                break
            if entry >> high == tag:
                code = np.int64(entry & low) - 1
                begin = begins[code]
                if begins[code + 1] - begin == size:
                    differs = np.uint8(0)
                    for offset in range(size):
                        differs |= held[begin + offset] ^ data[at + offset]
                    if differs == 0:
                        found[row] = code
                        break
            slot = (slot + one) & mask
    return len(starts), count


@kernel("void(uint64[::1], uint64[::1])")
def spread(old: Any, new: Any) -> None:
    """Put what stands in the slots of a small table into a larger one, which is free."""
    mask = np.uint64(len(new) - 1)
    for index in range(len(old)):
        entry = old[index]
        if entry != np.uint64(0):
            slot = (entry >> np.uint64(32)) & mask
            while new[slot] != np.uint64(0):
                slot = (slot + np.uint64(1)) & mask
            new[slot] = entry


@kernel("void(uint8[::1], int64[::1], int64[::1], uint8[::1], boolean[::1])")
def equal(data: Any, starts: Any, ends: Any, text: Any, found: Any) -> None:
    """Whether each stretch is a text."""
    size = len(text)
    for row in range(len(starts)):
        at, end = starts[row], ends[row]
        found[row] = False
        if at < 0 or end > len(data) or end - at != size:
            continue
        differs = np.uint8(0)
        for offset in range(size):
            differs |= data[at + offset] ^ text[offset]
        found[row] = differs == 0
