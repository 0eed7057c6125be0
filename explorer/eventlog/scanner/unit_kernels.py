"""How many units of a log in another encoding stand before some places of its UTF-8?"""

from typing import Any

from explorer.eventlog.compiled import kernel
from explorer.eventlog.scanner.token_kernels import Bytes


@kernel("void(uint8[::1], int64, int64[::1], boolean, int64[::1])")
def count_units(b: Bytes, begin: int, places: Any, wide: bool, found: Any) -> None:
    """Count the units from `begin` to each place.

    Args:
        b: The bytes, in UTF-8; lone surrogates are written as if they were characters.
        begin: Where the block begins.
        places: (k,) in ascending order.
        wide: Whether a character beyond the first 65,536 is two units, as in UTF-16.
        found: (k,) gets the counts.
    """
    i = begin
    count = 0
    for row in range(places.size):
        to = min(places[row], b.size)
        while i < to:
            c = b[i]
            if c & 0xC0 != 0x80:
                count += 2 if wide and c >= 0xF0 else 1
            i += 1
        found[row] = count
