"""How do values, as JSON writes them in a log, read in the one form in which they are kept?

That form is `exact_text` of what they say: a blank behind each comma and colon of a list or an object, and no other. A
text is kept as its bytes. What can only be told by decoding it (escapes, exponents, letters outside ASCII in a list) is
`ODD`. Every place that is read or written is held against the room there is.
"""

from typing import Any

from explorer.eventlog.compiled import kernel, part

Bytes = Any  # (n,) uint8
Ints = Any  # (k,) int64

TEXT, OTHER, ODD = 0, 1, 2  # what a value is: a text, something else, or not told here
OUTSIDE = -1

_QUOTE, _SLASH, _COMMA, _COLON, _MINUS, _DOT, _NIL, _NINE = 34, 92, 44, 58, 45, 46, 48, 57
_ZEROS = 6  # so many behind the point of `0.` make a small number, which is written with an exponent


@part
def _is_blank(c: Any) -> Any:
    return c == 32 or c == 10 or c == 13 or c == 9


@part
def _plain_text(data: Bytes, begin: int, end: int) -> bool:
    """Whether a text of JSON is written without escapes."""
    if end - begin < 2 or data[end - 1] != _QUOTE:
        return False
    for place in range(begin + 1, end - 1):  # noqa: SIM110 - compiled code has no generators
        if data[place] == _SLASH:
            return False
    return True


@part
def _is_odd(data: Bytes, place: int, end: int) -> Any:
    """Whether a number that is written otherwise than it is kept may go on at a place."""
    c = data[place]
    if c == _DOT:  # 0.000000…
        if data[place - 1] != _NIL or place + _ZEROS >= end:
            return False
        for k in range(1, _ZEROS + 1):  # noqa: SIM110 - as above
            if data[place + k] != _NIL:
                return False
        return True
    if c == _NIL:  # -0
        return data[place - 1] == _MINUS and (place + 1 == end or data[place + 1] != _DOT)
    # an exponent
    return (c == 69 or c == 101) and _NIL <= data[place - 1] <= _NINE


@kernel("int64(uint8[::1], int64[::1], int64[::1], uint8[::1], int64[::1], uint8[::1])")
def write_exact(data: Bytes, starts: Ints, ends: Ints, out: Bytes, out_ends: Ints, kinds: Bytes) -> int:
    """Write values as they are kept, one behind the other, a newline behind each.

    Args:
        data: Where the values stand, each as JSON writes it; it is known that each is a value.
        starts, ends: (k,) where each begins and ends.
        out: Room: twice as many bytes as they have, and one more for each.
        out_ends: (k,) becomes where each ends, the newline left out; of what is odd, nothing was written.
        kinds: (k,) becomes `TEXT`, `OTHER` or `ODD`.

    Returns:
        How many bytes were written; `OUTSIDE` if a place is none, or there is no room.
    """
    at: Any = 0
    if ends.size != starts.size or out_ends.size != starts.size or kinds.size != starts.size:
        return OUTSIDE
    for row in range(starts.size):
        begin, end = starts[row], ends[row]
        if begin < 0 or end <= begin or end > data.size or at + 2 * (end - begin) + 1 > out.size:
            return OUTSIDE
        first = at
        kinds[row] = OTHER
        if data[begin] == _QUOTE:
            kinds[row] = TEXT if _plain_text(data, begin, end) else ODD
            if kinds[row] == TEXT:
                for place in range(begin + 1, end - 1):
                    out[at] = data[place]
                    at += 1
        else:
            inside = False  # of a text
            for place in range(begin, end):
                c = data[place]
                if inside or not _is_blank(c):
                    if c == _QUOTE:
                        inside = not inside
                    elif (
                        c == _SLASH
                        or c < 32
                        or c > 126
                        or (not inside and place > begin and _is_odd(data, place, end))
                    ):
                        kinds[row] = ODD
                        break
                    out[at] = c
                    at += 1
                    if not inside and (c == _COMMA or c == _COLON):
                        out[at] = 32
                        at += 1
            if kinds[row] == ODD:
                at = first
        out_ends[row] = at
        out[at] = 10
        at += 1
    return int(at)
