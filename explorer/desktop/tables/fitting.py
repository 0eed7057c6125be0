"""How wide is each column of a table where there is less room than they would like?"""

from collections.abc import Sequence


def fitted(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return `wanted`, or less of it where all together are wider than `room`; pixels.

    The widest give way first, and none below its `least`: a column that must not be cut has as much there as in
    `wanted`. What does not fit even then is as wide as the least of all.
    """
    if sum(wanted) <= room or not wanted:
        return list(wanted)
    low, high = 0, max(wanted)  # the greatest width that any column may have, such that all fit
    while low < high:
        most = (low + high + 1) // 2
        if sum(_held(wanted, least, most)) <= room:
            low = most
        else:
            high = most - 1
    return _held(wanted, least, low)


def _held(wanted: Sequence[int], least: Sequence[int], most: int) -> list[int]:
    return [max(min(each, most), min(each, floor)) for each, floor in zip(wanted, least, strict=True)]
