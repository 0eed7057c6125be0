"""Where do a text and a number of JSON end, and what are some bytes as a number: the parts of other kernels?"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, trailing_zeros

LONGEST_NUMBER = 300  # bytes
TEXT, ESCAPED, NOT_ASCII = 1, 2, 4  # of a text, the last two are added
INTEGER, DECIMAL, EXPONENT = 8, 9, 10

# each byte of a word: 1, its highest bit, a blank, …
ONES = np.uint64(0x0101010101010101)
TOPS = np.uint64(0x8080808080808080)
SPACES = np.uint64(0x2020202020202020)
QUOTES = np.uint64(0x2222222222222222)
SLASHES = np.uint64(0x5C5C5C5C5C5C5C5C)
ZEROS = np.uint64(0x3030303030303030)
BEYOND_NINE = np.uint64(0x7676767676767676)  # added to a byte, it sets its highest bit if it is more than 9
MIX = np.uint64(0x9E3779B97F4A7C15)
LAST = np.uint64(0xD6E8FEB86659FD93)
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_29, _32 = np.uint64(29), np.uint64(32)

Bytes = Any  # (n,) uint8
Words = Any  # (n,) the word from each place on, see `words_of`


@inlined
def first_bytes(word: Any, count: int) -> Any:
    """A word of which only the first `count` (1…8) bytes are kept."""
    return word & (ALL >> np.uint64(8 * (8 - count)))


@inlined
def hash_of(words: Words, start: int, end: int, seed: Any) -> Any:
    """A number for some bytes, 64 bits wide, that nobody can foretell who does not know the seed, an odd number."""
    found = np.uint64(end - start) * MIX ^ seed
    place = start
    while place + 8 <= end:
        found = (found ^ words[place]) * seed
        found = (found ^ (found >> _29)) * LAST
        found ^= found >> _32
        place += 8
    if place < end:
        found = (found ^ first_bytes(words[place], end - place)) * seed
        found = (found ^ (found >> _29)) * LAST
        found ^= found >> _32
    found *= MIX
    return found ^ (found >> _32)


@inlined
def same_bytes(left: Words, start: int, right: Words, other: int, count: int) -> bool:
    """Whether as many bytes of two texts are the same."""
    done = 0
    while done + 8 <= count:
        if left[start + done] != right[other + done]:
            return False
        done += 8
    return done == count or first_bytes(left[start + done] ^ right[other + done], count - done) == np.uint64(
        0
    )


@inlined
def utf8_bytes(b: Bytes, i: int) -> int:
    """How long the character beyond ASCII at a place is; 0 if it is none."""
    c = b[i]
    d = b[i + 1]
    if c < 0xC2 or d & 0xC0 != 0x80:
        return 0
    if c < 0xE0:
        return 2
    if b[i + 2] & 0xC0 != 0x80:
        return 0
    if c < 0xF0:
        return 0 if (c == 0xE0 and d < 0xA0) or (c == 0xED and d > 0x9F) else 3
    if c > 0xF4 or b[i + 3] & 0xC0 != 0x80 or (c == 0xF0 and d < 0x90) or (c == 0xF4 and d > 0x8F):
        return 0
    return 4


@inlined
def _four_digits(b: Bytes, i: int) -> int:
    """The number of four hexadecimal digits; -1 if they are none."""
    found = 0
    for k in range(4):
        c = b[i + k]
        if 48 <= c <= 57:
            digit = c - 48
        elif 65 <= c <= 70:
            digit = c - 55
        elif 97 <= c <= 102:
            digit = c - 87
        else:
            return -1
        found = found * 16 + digit
    return found


@inlined
def text_end(b: Bytes, w: Words, i: int) -> tuple[int, int]:
    """The place of the quote that ends a text, and its kind; -1 if it is no good text.

    Args:
        b: The bytes.
        w: The same as words.
        i: Behind the first quote.
    """
    kind = TEXT
    while True:
        word = w[i]
        quotes = word ^ QUOTES
        slashes = word ^ SLASHES
        marks = (
            ((word - SPACES) & ~word) | word | ((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes)
        ) & TOPS
        if marks == np.uint64(0):
            i += 8
            continue
        i += trailing_zeros(marks) >> 3
        c = b[i]
        if c == 34:
            return i, kind
        if c >= 128:
            size = utf8_bytes(b, i)
            if size == 0:
                return -1, kind
            kind |= NOT_ASCII
            i += size
            continue
        if c != 92:
            return -1, kind  # a control character
        kind |= ESCAPED
        c = b[i + 1]
        if c == 117:
            unit = _four_digits(b, i + 2)
            if unit < 0 or 0xDC00 <= unit <= 0xDFFF:
                return -1, kind
            i += 6
            if unit >= 0xD800 and unit <= 0xDBFF:  # half a character: the other half must follow
                if b[i] != 92 or b[i + 1] != 117:
                    return -1, kind
                unit = _four_digits(b, i + 2)
                if unit < 0xDC00 or unit > 0xDFFF:
                    return -1, kind
                i += 6
        elif c == 34 or c == 92 or c == 47 or c == 98 or c == 102 or c == 110 or c == 114 or c == 116:
            i += 2
        else:
            return -1, kind


@inlined
def digits_end(w: Words, i: int) -> int:
    """The place behind the digits that begin at a place: eight at once, so nothing goes by their count."""
    while True:
        word = w[i] ^ ZEROS
        others = (((word & ~TOPS) + BEYOND_NINE) | word) & TOPS
        if others != np.uint64(0):
            return i + (trailing_zeros(others) >> 3)
        i += 8


@inlined
def number_end(b: Bytes, w: Words, i: int) -> tuple[int, int]:
    """The place behind a number, and its kind; -1 if it is none, or a very long one."""
    start = i
    kind = INTEGER
    if b[i] == 45:
        i += 1
    first = i
    i = digits_end(w, i)
    if i == first or (b[first] == 48 and i > first + 1):
        return -1, kind
    if b[i] == 46:
        kind = DECIMAL
        first = i + 1
        i = digits_end(w, first)
        if i == first:
            return -1, kind
    if b[i] == 101 or b[i] == 69:
        kind = EXPONENT
        i += 1
        if b[i] == 43 or b[i] == 45:
            i += 1
        first = i
        i = digits_end(w, i)
        if i == first or i - first > 3:
            return -1, kind
    return (i if i - start <= LONGEST_NUMBER else -1), kind
