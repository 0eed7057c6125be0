"""Which of many JSON records pass a test of the value of a member?

The answer is that of `session.events.field_tests`, or that the exact reader must tell.
"""

from typing import Any

import numpy as np

from explorer.eventlog.alike_kernels import ABSENT, UNLIKE, keep_pattern, place_alike
from explorer.eventlog.compiled import inlined, kernel
from explorer.eventlog.member_kernels import (
    Bytes,
    Words,
    after_space,
    behind_key,
    member,
    named,
    payload,
    same_folded,
    text_close,
    value_end,
)
from explorer.eventlog.scanner.token_kernels import ESCAPED, NOT_ASCII

# what is said of a record
NO, YES, READ, LEAVE, OPEN = 0, 1, 2, 3, 4
# a plan: how many steps a path has and the payload's has, what the name of a payload that is no object is worth, where
# the record begins, how values are compared, whether the numbers in it are known, how many there are, how many texts
STEPS, DATA_STEPS, NAMED_SO, IN_MAP, OPERATOR, KNOWN, NUMBERS, TEXTS = range(8)
LESS, AT_MOST, MORE, AT_LEAST, EQUAL, ANY = range(6)
DEEPEST = 64  # lists in lists
MOST_DIGITS = 18  # of a number that is compared here
# what is known of the record that was looked at last, in the last line of `rest`: how many values were tested, where
# the last of them stands, and whether more was looked at than what stands before it
TESTED, PLACE, WHOLE = 10, 11, 12
REST_CELLS = 13
_CREDIT, _MOST_CREDIT = 64, 1024  # records that may be unlike those before until nothing is expected of them


@inlined
def number_at(b: Bytes, i: int, j: int) -> tuple[int, int, int]:
    """The number between two places: 0 if it is none, 1 if it is units / 10**decimals, 2 if it is too long to say."""
    negative = b[i] == 45
    if negative:
        i += 1
    if i >= j:
        return 0, 0, 0
    units: Any = 0
    digits, decimals = 0, 0
    if b[i] == 48:
        i += 1
    elif 49 <= b[i] <= 57:
        while i < j and 48 <= b[i] <= 57:
            units = units * 10 + (np.int64(b[i]) - 48)
            digits += 1
            i += 1
    else:
        return 0, 0, 0
    if i < j and b[i] == 46:
        i += 1
        first = i
        while i < j and 48 <= b[i] <= 57:
            units = units * 10 + (np.int64(b[i]) - 48)
            digits += 1
            i += 1
        decimals = i - first
        if decimals == 0:
            return 0, 0, 0
    if i < j and b[i] | 32 == 101:
        i += 1
        down = b[i] == 45
        if b[i] == 45 or b[i] == 43:
            i += 1
        first = i
        power: Any = 0
        while i < j and 48 <= b[i] <= 57:
            power = min(power * 10 + (np.int64(b[i]) - 48), 10_000)
            i += 1
        if i == first or i - first > 15:
            return 0, 0, 0
        decimals += power if down else -power
    if i != j:
        return 0, 0, 0
    if digits > MOST_DIGITS or decimals > MOST_DIGITS or digits - decimals > MOST_DIGITS:
        return 2, 0, 0
    while decimals < 0:
        units *= 10
        decimals += 1
    return 1, (-units if negative else units), decimals


@inlined
def compared(units: int, decimals: int, other: int, others_decimals: int) -> int:
    """-1, 0 or 1, as the first number is to the second; 2 if they are too long to say."""
    while decimals != others_decimals:
        if decimals < others_decimals:
            if abs(units) >= 10**17:
                return 2
            units *= 10
            decimals += 1
        else:
            if abs(other) >= 10**17:
                return 2
            other *= 10
            others_decimals += 1
    return -1 if units < other else 1 if units > other else 0


@inlined
def number_fits(b: Bytes, i: int, j: int, plan: Any, numbers: Any) -> int:
    """What the number between two places is to those of the plan; `NO` too if it is none."""
    known, units, decimals = number_at(b, i, j)
    if known == 0:
        return NO
    operator = plan[OPERATOR]
    if known == 2 or plan[KNOWN] == 0:
        return OPEN if operator != EQUAL or plan[NUMBERS] > 0 else NO
    found = NO
    for k in range(plan[NUMBERS]):
        order = compared(units, decimals, numbers[k, 0], numbers[k, 1])
        if order == 2:
            found = OPEN
        elif operator == EQUAL:
            if order == 0:
                return YES
        elif (
            (operator == LESS and order < 0)
            or (operator == AT_MOST and order <= 0)
            or (operator == MORE and order > 0)
            or (operator == AT_LEAST and order >= 0)
        ):
            return YES
    return found


@inlined
def text_fits(b: Bytes, i: int, j: int, plan: Any, n: Any, first: int) -> int:
    """Whether the plain text between two places is one of those of the plan, whatever its case."""
    names, _, name_at, name_len = n
    for k in range(first, first + plan[TEXTS]):
        if name_len[k] == j - i and same_folded(b, i, names, name_at[k], j - i):
            return YES
    return NO


@inlined
def value_fits(b: Bytes, w: Words, i: int, e: int, plan: Any, numbers: Any, n: Any) -> tuple[int, int]:
    """Whether the value at a place, which is no list, passes; and the place behind it."""
    operator = plan[OPERATOR]
    first = 3 * plan[STEPS] + plan[DATA_STEPS] + 5
    c = b[i]
    if c == 34:
        close, kind = text_close(w, i + 1, e)
        if close < 0:
            return READ, i
        j = close + 1
        if operator == ANY or kind & ESCAPED or (kind & NOT_ASCII and operator == EQUAL):
            return OPEN, j
        if kind & NOT_ASCII:
            return NO, j
        found = NO
        d = b[i + 1]
        if (d == 45 or 48 <= d <= 57) and (operator != EQUAL or plan[NUMBERS] > 0):
            found = number_fits(b, i + 1, close, plan, numbers)
        if operator == EQUAL and found != YES and text_fits(b, i + 1, close, plan, n, first) == YES:
            found = YES
        return found, j
    if c == 123:
        inner = first - 1
        return (
            NO if named(b, w, i, e, n, inner) == -1 else READ
        ), i  # a wrapper that tells the type holds a number
    j = value_end(b, w, i, e)
    if j <= i:
        return READ, i
    if operator == ANY:
        return OPEN, j
    if c == 45 or 48 <= c <= 57:
        found = NO
        if operator != EQUAL or plan[NUMBERS] > 0:
            found = number_fits(b, i, j, plan, numbers)
        if operator == EQUAL and found != YES and plan[TEXTS] > 0:
            otherwise = c == 45 and b[i + 1] == 48
            for k in range(i, j):
                otherwise |= b[k] | 32 == 101
            if otherwise:
                return OPEN, j  # it is written otherwise than it is told
            if text_fits(b, i, j, plan, n, first) == YES:
                found = YES
        return found, j
    if c != 116 and c != 102 and c != 110:
        return READ, j
    return (text_fits(b, i, j, plan, n, first) if operator == EQUAL else NO), j


@inlined
def under(
    b: Bytes, w: Words, i: int, step: int, e: int, record: int, plan: Any, numbers: Any, n: Any, opened: Any,
    count: int, rest: Any,
) -> tuple[int, int]:  # fmt: skip
    """Whether a value below a place passes, as `values_at` looks for them.

    Returns:
        -1 if there is none at all, else `NO`, `YES`, `READ` or `OPEN`; and how many values are opened now.
    """
    steps = plan[STEPS]
    begun = count
    depth = 0
    found = -1
    while True:
        c = b[i]
        if c == 91:
            if depth == DEEPEST:
                return READ, begun
            rest[depth, 0], rest[depth, 1] = i + 1, step
            rest[DEEPEST, WHOLE] = 1
            depth += 1
        elif step == steps:
            rest[DEEPEST, TESTED] += 1
            rest[DEEPEST, PLACE] = i
            fits, j = value_fits(b, w, i, e, plan, numbers, n)
            if fits == READ:
                return READ, begun
            if fits == YES:
                return YES, begun
            if fits == OPEN:
                if count >= opened.shape[0]:
                    return READ, begun
                opened[count, 0], opened[count, 1], opened[count, 2] = record, i, j
                count += 1
                found = OPEN
            elif found < 0:
                found = NO
        elif c == 123:
            place, how = member(
                b,
                w,
                i,
                e,
                n,
                steps + step,
                step,
                2 * steps + step,
                np.int64(0),
                step == 0 and steps > 1,
                rest[DEEPEST],
            )
            if place == -2:
                return READ, begun
            if how != 2:
                rest[DEEPEST, WHOLE] = 1
            if place >= 0:
                i = place
                step = steps if how == 2 else step + 1
                continue
        # the next item of the innermost list that has one
        while depth > 0:
            i = after_space(b, rest[depth - 1, 0], e)
            if b[i] == 44:
                i = after_space(b, i + 1, e)
            if i >= e:
                return READ, begun
            if b[i] != 93:
                break
            depth -= 1
        if depth == 0:
            return found, count
        step = rest[depth - 1, 1]
        j = value_end(b, w, i, e)
        if j <= i:
            return READ, begun
        rest[depth - 1, 0] = j


@inlined
def record_fits(
    b: Bytes, w: Words, i: int, e: int, record: int, plan: Any, numbers: Any, n: Any, opened: Any, count: int,
    rest: Any,
) -> tuple[int, int]:  # fmt: skip
    """Whether one record passes: by a value in its payload, or else in its metadata, or else anywhere in it."""
    steps, data_steps = plan[STEPS], plan[DATA_STEPS]
    rest[DEEPEST, TESTED], rest[DEEPEST, PLACE] = 0, ABSENT
    rest[DEEPEST, WHOLE] = data_steps > 1
    own: Any = np.int64(-1)
    own_step: Any = np.int64(0)
    for k in range(3):
        place: Any = i
        step: Any = np.int64(0)
        if k == 0 and data_steps > 0:
            place, how = payload(b, w, i, e, n, 3 * steps, data_steps)
            if how == -2:
                return READ, count
            if how == 0:
                step = np.int64(1)
                rest[DEEPEST, TESTED] = 2  # what a text says may count
            if how == -1 or (how == 0 and not plan[NAMED_SO]):
                continue
        elif k == 1:
            rest[DEEPEST, WHOLE] = 1
            metadata = rest[DEEPEST]
            metadata[:3] = -1
            own, how = member(
                b, w, i, e, n, steps, np.int64(0), 2 * steps, 3 * steps + data_steps + 1, steps < 0, metadata
            )
            if own == -2:
                return READ, count
            own_step = steps if how == 2 else np.int64(1)
            place = np.int64(-1)
            for name in range(3):
                if place < 0 and metadata[name] >= 0 and b[metadata[name]] == 123:
                    place = metadata[name]
            if place < 0:
                continue
        elif k == 2:
            place, step = own, own_step
            if place < 0 or data_steps == 0:
                continue
            if step == 1 and steps > 1 and rest[DEEPEST, 9] == place:  # what comes next in it is known
                ahead = rest[DEEPEST]
                if ahead[5] < 0 and ahead[6] < 0 and ahead[8] != 0:
                    return READ, count
                step = steps if ahead[5] >= 0 else np.int64(2)
                place = ahead[5] if ahead[5] >= 0 else ahead[6] if ahead[6] >= 0 else ahead[7]
                if place < 0:
                    continue
        found, count = under(b, w, place, step, e, record, plan, numbers, n, opened, count, rest)
        if found >= 0:
            return found, count
    return NO, count


@kernel(
    "int64(uint8[::1], words, int64[::1], int64[::1], int64[::1], uint8[::1], int64[::1], int64[:, ::1], uint8[::1],"
    " words, int64[::1], int64[::1], int64[:, ::1], int64[:, ::1], int64[:, ::1])"
)
def test_records(
    b: Bytes, w: Words, starts: Any, ends: Any, kinds: Any, said: Any, plan: Any, numbers: Any, names: Bytes,
    name_words: Words, name_at: Any, name_len: Any, opened: Any, rest: Any, patterns: Any,
) -> int:  # fmt: skip
    """Put records to a test of a value.

    Args:
        b, w: Their bytes, and the same as words; zeros follow.
        starts, ends: (k,) where each stands.
        kinds: (k,) numbers that are the same for records that are probably written alike.
        said: (k,) what is said of each; one that is `LEAVE` is passed over.
        plan: See `STEPS` and so on.
        numbers: (…, 2) units and decimals of what is compared with.
        names, name_words, name_at, name_len: The names and texts: for each step itself, all steps from it on in one,
            and itself in small letters; those of the payload's path, and that in one; three for metadata; that
            of a wrapped value; the texts that are looked for, in small letters.
        opened: (…, 3) record, place and end of each value that is left to the exact reader: that record is `OPEN`.
        rest: (`DEEPEST` + 1, `REST_CELLS`) room for the lists that are gone through.
        patterns: (`PATTERNS`, `PATTERN_CELLS`) zeros; becomes how records are written.

    Returns:
        How many values are in `opened`.
    """
    n = (names, name_words, name_at, name_len)
    count = 0
    rest[DEEPEST] = -1
    most = b.size - 16
    credit = _CREDIT
    for record in range(starts.size):
        if said[record] == LEAVE:
            continue
        i, e = starts[record], ends[record]
        said[record] = READ
        if i < 0 or e > most:
            continue
        if plan[IN_MAP]:
            i = behind_key(b, w, i, e)
        i = after_space(b, i, e)
        if i >= e or b[i] != 123:
            continue
        pattern = patterns[kinds[record] & (patterns.shape[0] - 1)]
        place: Any = UNLIKE
        if credit > 0 and pattern[0] > 0:
            place = place_alike(b, w, i, e, pattern)
            credit = credit - 2 if place == UNLIKE else min(credit + 1, _MOST_CREDIT)
        if place == ABSENT:
            said[record] = NO
        elif place != UNLIKE:
            fits, j = value_fits(b, w, place, e, plan, numbers, n)
            if fits == OPEN:
                if count < opened.shape[0]:
                    opened[count, 0], opened[count, 1], opened[count, 2] = record, place, j
                    count += 1
                else:
                    fits = READ
            said[record] = fits
        else:
            said[record], count = record_fits(b, w, i, e, record, plan, numbers, n, opened, count, rest)
            if credit > 0:
                last = rest[DEEPEST]
                kept = said[record] != READ and last[TESTED] < 2
                kept = kept and keep_pattern(b, w, i, e, pattern, last[PLACE], last[WHOLE] != 0)
                if not kept:
                    credit -= 1
    return count
