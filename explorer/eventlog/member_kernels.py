"""Where in a JSON text does a member stand?

These loops walk texts that a reader has accepted before, and pass over everything that is not asked for without looking
at it. Wherever the answer would need more than that (a key with an escape, a text in another alphabet, a payload inside
a text) they say so, and the exact reader decides. The bytes must end with zeros enough to read words beyond them.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, trailing_zeros
from explorer.eventlog.scanner.token_kernels import (
    ALL,
    ESCAPED,
    NOT_ASCII,
    ONES,
    QUOTES,
    SLASHES,
    SPACES,
    TOPS,
    same_bytes,
)

_BELOW = np.uint64(0x2121212121212121)
_COMMAS = np.uint64(0x2C2C2C2C2C2C2C2C)
_OPENING = np.uint64(0x7B7B7B7B7B7B7B7B)
_CLOSING = np.uint64(0x7D7D7D7D7D7D7D7D)
_NONE: Any = np.uint64(0)

Bytes = Any  # (n,) uint8
Words = Any  # (n,) the word from each place on, see `words_of`


@inlined
def text_close(w: Words, i: int, e: int) -> tuple[int, int]:
    """The place of the quote that closes a text, -1 if there is none; and whether the text is escaped, or not ASCII.

    Args:
        w: Words.
        i: Behind the first quote.
        e: The record's end.
    """
    kind = 0
    while i < e:
        word = w[i]
        quotes = word ^ QUOTES
        slashes = word ^ SLASHES
        marks = (((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes)) & TOPS
        if marks == _NONE:
            if word & TOPS != _NONE:
                kind |= NOT_ASCII
            i += 8
            continue
        at = trailing_zeros(marks)
        if word & TOPS & ~(ALL << np.uint64(at)) != _NONE:
            kind |= NOT_ASCII
        at >>= 3
        i += at
        if (word >> np.uint64(8 * at)) & np.uint64(255) == np.uint64(34):
            return (i if i < e else -1), kind
        kind |= ESCAPED
        i += 2
    return -1, kind


@inlined
def value_end(b: Bytes, w: Words, i: int, e: int) -> int:
    """The place behind the value that begins at `i`; -1 if it does not end in its record."""
    if b[i] == 34:
        close, _ = text_close(w, i + 1, e)
        return close + 1 if close >= 0 else -1
    if b[i] == 123 or b[i] == 91:
        depth = 0
        while i < e:
            word = w[i]
            opening = (word | SPACES) ^ _OPENING
            closing = (word | SPACES) ^ _CLOSING
            quotes = word ^ QUOTES
            marks = (
                ((opening - ONES) & ~opening) | ((closing - ONES) & ~closing) | ((quotes - ONES) & ~quotes)
            ) & TOPS
            if marks == _NONE:
                i += 8
                continue
            i += trailing_zeros(marks) >> 3
            c = b[i]
            if c == 34:
                close, _ = text_close(w, i + 1, e)
                if close < 0:
                    return -1
                i = close + 1
                continue
            i += 1
            if c == 123 or c == 91:
                depth += 1
            else:
                depth -= 1
                if depth == 0:
                    return i if i <= e else -1
        return -1
    while i < e:
        word = w[i]
        commas = word ^ _COMMAS
        closing = (word | SPACES) ^ _CLOSING
        marks = (
            ((commas - ONES) & ~commas) | ((closing - ONES) & ~closing) | ((word - _BELOW) & ~word)
        ) & TOPS
        if marks != _NONE:
            i += trailing_zeros(marks) >> 3
            return min(i, e)
        i += 8
    return e


@inlined
def after_space(b: Bytes, i: int, e: int) -> int:
    """The next place that holds no white space."""
    while i < e and b[i] <= 32:
        i += 1
    return i


@inlined
def same_folded(b: Bytes, i: int, names: Bytes, at: int, size: int) -> bool:
    """Whether `size` bytes are those of a name in small letters, whatever the case of A to Z."""
    for k in range(size):
        c = b[i + k]
        if 65 <= c <= 90:
            c += 32
        if c != names[at + k]:
            return False
    return True


@inlined
def next_member(b: Bytes, w: Words, i: int, e: int) -> tuple[int, int, int, int]:
    """The next member of an object: where its key begins, how long that is, where its value begins, and what it is.

    Args:
        b, w: Bytes and words.
        i: Behind the opening brace, or behind the member before.
        e: The record's end.

    Returns:
        Last: whether the key is not ASCII; -1 if there is no other member, -2 if the exact reader must tell.
    """
    i = after_space(b, i, e)
    if b[i] == 125:
        return i, 0, i, -1
    if b[i] == 44:
        i = after_space(b, i + 1, e)
    if i >= e or b[i] != 34:
        return i, 0, i, -2
    close, kind = text_close(w, i + 1, e)
    if close < 0 or kind & ESCAPED:
        return i, 0, i, -2
    place = after_space(b, close + 1, e)
    if b[place] != 58:
        return i, 0, i, -2
    place = after_space(b, place + 1, e)
    if place >= e:
        return i, 0, i, -2
    return i + 1, close - i - 1, place, kind


@inlined
def named(b: Bytes, w: Words, i: int, e: int, n: Any, name: int) -> Any:
    """Where the value of a member of the object at `i` begins; -1: there is none, -2: the exact reader must tell."""
    _, name_words, name_at, name_len = n
    i += 1
    while True:
        s, size, i, kind = next_member(b, w, i, e)
        if kind < 0:
            return kind
        if size == name_len[name] and same_bytes(w, s, name_words, name_at[name], size):
            return i
        i = value_end(b, w, i, e)
        if i < 0:
            return -2


@inlined
def member(
    b: Bytes,
    w: Words,
    i: int,
    e: int,
    n: Any,
    whole: int,
    step: int,
    folded: int,
    meta: int,
    ahead: bool,
    seen: Any,
) -> tuple[int, int]:
    """Where the value of a member of an object begins, and how it was found.

    Args:
        b, w: Bytes and words.
        i: Where the object begins.
        e: The record's end.
        n: The names: bytes, words, places, lengths.
        whole: The name that counts before all others.
        step: The name that counts next.
        folded: The same in small letters: a name that differs in case counts last.
        meta: The first of three names whose places are put into `seen`; 0: those are not looked for.
        ahead: Whether the names behind those three are looked for too, should this be where the path goes on.
        seen: (10 or more,) the places for `meta`; where the object that was gone through last begins and ends; of what
            is `ahead` three places, whether there is a key that is not ASCII, and where that object begins.

    Returns:
        The place, and 2 for `whole` or 1 for the others; -1: there is none, -2: the exact reader must tell.
    """
    names, name_words, name_at, name_len = n
    entire, exact, like, strange = -1, -1, -1, False
    begin = i
    if ahead:
        seen[5:10] = -1
    i += 1
    while True:
        s, size, i, kind = next_member(b, w, i, e)
        if kind < 0:
            if kind == -2:
                return -2, 0
            break
        strange |= kind != 0
        if size == name_len[whole] and same_bytes(w, s, name_words, name_at[whole], size):
            entire = i
            if meta == 0:
                return i, 2
        elif size == name_len[step] and same_bytes(w, s, name_words, name_at[step], size):
            exact = i
        elif like < 0 and size == name_len[folded] and same_folded(b, s, names, name_at[folded], size):
            like = i
        if ahead:
            if size == name_len[whole + 1] and same_bytes(w, s, name_words, name_at[whole + 1], size):
                seen[5] = i
            elif size == name_len[step + 1] and same_bytes(w, s, name_words, name_at[step + 1], size):
                seen[6] = i
            elif seen[7] < 0 and size == name_len[folded + 1]:
                if same_folded(b, s, names, name_at[folded + 1], size):
                    seen[7] = i
        if meta > 0:
            for k in range(3):
                if size == name_len[meta + k] and same_bytes(w, s, name_words, name_at[meta + k], size):
                    seen[k] = i
        i = seen[4] if i == seen[3] else value_end(b, w, i, e)
        if i < 0:
            return -2, 0
    seen[3], seen[4] = begin, i + 1
    if ahead:
        seen[8], seen[9] = strange, begin
    if entire >= 0:
        return entire, 2
    if exact >= 0:
        return exact, 1
    if strange:
        return -2, 0  # its small letters may be the same
    return (like, 1) if like >= 0 else (-1, 0)


@inlined
def reached(b: Bytes, w: Words, i: int, e: int, n: Any, first: int, steps: int) -> Any:
    """Where the value at a path of a record begins; -1: there is none, -2: the exact reader must tell.

    Args:
        b, w: Bytes and words.
        i, e: Where the record begins and ends.
        n: The names.
        first, steps: The first of the names that lead there, and how many; behind them stands all of them in one.
    """
    place: Any = i
    k = 0
    while k <= steps:
        if k < steps and b[place] != 123:
            if b[place] == 34:
                return -2  # perhaps JSON in a text
            found: Any = -1
        else:
            found = named(b, w, place, e, n, first + k)
        if found == -2:
            return -2
        if found == -1:
            if k == steps or steps == 1:
                return -1
            place, k = i, steps  # perhaps a name has dots in it
            continue
        place = found
        k += 2 if k == steps - 1 else 1
    return place


@inlined
def payload(b: Bytes, w: Words, i: int, e: int, n: Any, first: int, steps: int) -> tuple[int, int]:
    """The same for a payload, and what it is: 1 an object, 0 another value, -1 none, -2 the exact reader must tell."""
    place = reached(b, w, i, e, n, first, steps)
    if place < 0:
        return i, place
    c = b[place]
    if c == 34 and (b[place + 1] <= 32 or b[place + 1] == 123 or b[place + 1] == 92):
        return place, -2
    return place, (1 if c == 123 else -1 if c == 110 else 0)


@inlined
def behind_key(b: Bytes, w: Words, i: int, e: int) -> int:
    """The place of the value of `"key": {…}`; the end of the record if it is none."""
    i = after_space(b, i, e)
    if b[i] == 34:
        close, _ = text_close(w, i + 1, e)
        if close >= 0:
            i = after_space(b, close + 1, e)
            if b[i] == 58:
                return i + 1
    return e
