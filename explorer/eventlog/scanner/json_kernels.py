"""Where is every value of many JSON texts, in one pass that accepts nothing that the plain reader would not?

For every value of a good record there is a *leaf*: record, path, start, end (quotes included), kind. A path is the
chain of keys that leads to it, as a small number that is kept from block to block. What is inside an array is looked at
with the same strictness, but gives no leaves. A record at fault, or only strange (deeper than `DEEPEST`, a key with an
escape, the same key twice in an object, a very long number, a lone surrogate), gives none either: the plain reader
decides, and says what is wrong.

All places are 64-bit. The bytes must end with zeros enough to read words beyond them: a zero stands in no JSON text,
so no loop runs past the end.
"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, kernel, part
from explorer.eventlog.scanner.token_kernels import (
    ESCAPED,
    LAST,
    MIX,
    Bytes,
    Words,
    hash_of,
    number_end,
    same_bytes,
    text_end,
)

DEEPEST = 64  # levels; the plain reader takes more
MOST_COMMAS = 500_000  # in one record, as the plain reader has it
LONGEST_KEY = 1_024  # bytes
TRUE, FALSE, NULL, OBJECT, ARRAY = 16, 17, 18, 32, 33  # kinds, beside those of `token_kernels`
GOOD, AT_FAULT, EMPTY = 1, 0, 2  # what a record is
# what `state` counts; FULL: there is no room, for another path (1) or record (2); CLOSED: and there will be none
PATHS, KEY_BYTES, LEAVES, SERIAL, FULL, CLOSED, SEED = range(7)
ITEMS = -1  # in place of a key's length: what stands in an array

_29 = np.uint64(29)


@inlined
def _slot(found: Any, above: int) -> Any:
    """Where in a table of paths a key with some hash below some path is looked for."""
    found ^= np.uint64(above) * MIX
    found = (found ^ (found >> _29)) * LAST
    return np.int64(found >> np.uint64(33))


@inlined
def _path_of(w: Words, s: int, size: int, above: int, p: Any, state: Any) -> Any:
    """The path of a key below another path, a new one if it was never met; -1 if there is no room for it.

    Args:
        w: The text as words.
        s: Where the key stands.
        size: How long it is.
        above: The path of its object.
        p: The paths: parents, key places, key lengths, first items, guesses, last objects, table, key words, key bytes.
        state: The counts.
    """
    parents, key_at, key_len, items, _, seen, table, key_words, key_bytes = p
    mask = table.size - 1
    slot = _slot(hash_of(w, s, s + size, np.uint64(state[SEED])), above) & mask
    while table[slot] >= 0:
        path = table[slot]
        if parents[path] == above and key_len[path] == size:
            if same_bytes(w, s, key_words, key_at[path], size):
                return np.int64(path)
        slot = (slot + 1) & mask
    path = state[PATHS]
    used = state[KEY_BYTES]
    if path >= parents.size or 2 * path >= table.size or used + size + 16 > key_bytes.size:
        state[FULL] = 1 - state[CLOSED]
        return -1
    table[slot] = path
    parents[path], key_at[path], key_len[path], items[path], seen[path] = above, used, size, -1, 0
    done = 0
    while done < size:
        word = w[s + done]
        for k in range(8):
            key_bytes[used + done + k] = (word >> np.uint64(8 * k)) & np.uint64(255)
        done += 8
    state[PATHS] = path + 1
    state[KEY_BYTES] = used + size
    return np.int64(path)


@part
def forget(p: Any, state: Any, first: int) -> None:
    """Let go of the paths from `first` on: the last ones, so each is found as it was put there."""
    parents, key_at, key_len, items, _, _, table, _, _ = p
    if state[PATHS] > first:
        for slot in range(table.size):  # seldom: a record at fault that had a key of its own
            if table[slot] >= first:
                table[slot] = -1
    while state[PATHS] > first:
        path = state[PATHS] - 1
        if key_len[path] == ITEMS:
            items[parents[path]] = -1
        else:
            state[KEY_BYTES] = key_at[path]
            key_len[path] = ITEMS  # so that nobody guesses it
        state[PATHS] = path


@inlined
def record_end(
    b: Bytes, w: Words, i: int, rec: int, lines: bool, p: Any, leaves: Any, stack: Any, state: Any
) -> int:
    """The place behind the object that begins at `i`, its leaves taken; -1 if it is not good, or strange.

    Args:
        b: The bytes.
        w: The same as words.
        i: The place of its opening brace.
        rec: Which record it is.
        lines: Whether a newline ends it.
        p: The paths, see `_path_of`.
        leaves: Record, path, start, end and kind of each leaf.
        stack: (DEEPEST, 4) room.
        state: The counts.
    """
    parents, key_at, key_len, items, guesses, seen, _, key_words, _ = p
    leaf_rec, leaf_path, leaf_start, leaf_end, leaf_kind = leaves
    leaf = state[LEAVES]
    room = leaf_rec.size
    quiet = 0  # how many arrays are around
    serial = state[SERIAL] + 1
    stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3] = 0, 1, serial, -1
    depth = 1
    path = 0
    last = 0  # the last key's path
    commas = 0
    i += 1
    want = 1  # 0 a value, 1 a key or }, 2 what follows a value, 3 a key, 4 a value or ]
    while True:
        c = b[i]
        while c <= 32 and (c == 32 or c == 9 or c == 13 or (c == 10 and not lines)):
            i += 1
            c = b[i]
        if want == 2:
            if c == 44:
                commas += 1
                i += 1
                c = b[i]
                while c <= 32 and (c == 32 or c == 9 or c == 13 or (c == 10 and not lines)):
                    i += 1
                    c = b[i]
                path = stack[depth - 1, 0]
                want = 3 if stack[depth - 1, 1] == 1 else 0
            elif c != (125 if stack[depth - 1, 1] == 1 else 93):
                break
        if c == 34 and (want == 1 or want == 3):
            i += 1
            above = stack[depth - 1, 0]
            # mostly it is one of the two that came behind the last key before
            guess = guesses[2 * last]
            size: Any = np.int64(key_len[guess])
            if not (
                size >= 0
                and parents[guess] == above
                and b[i + size] == 34
                and same_bytes(w, i, key_words, key_at[guess], size)
            ):
                other = guess
                guess = guesses[2 * last + 1]
                size = np.int64(key_len[guess])
                if not (
                    size >= 0
                    and parents[guess] == above
                    and b[i + size] == 34
                    and same_bytes(w, i, key_words, key_at[guess], size)
                ):
                    end, kind = text_end(b, w, i)
                    size = end - i
                    if end < 0 or kind & ESCAPED or size > LONGEST_KEY:
                        break
                    guess = _path_of(w, i, size, above, p, state)
                    if guess < 0:
                        break
                guesses[2 * last] = guess
                guesses[2 * last + 1] = other
            path = guess
            last = path
            serial_here = stack[depth - 1, 2]
            if seen[path] == serial_here:
                break  # the same key twice
            seen[path] = serial_here
            i += size + 1
            c = b[i]
            while c <= 32 and (c == 32 or c == 9 or c == 13 or (c == 10 and not lines)):
                i += 1
                c = b[i]
            if c != 58:
                break
            i += 1
            c = b[i]
            while c <= 32 and (c == 32 or c == 9 or c == 13 or (c == 10 and not lines)):
                i += 1
                c = b[i]
            want = 0
        if (
            want == 2 or (c == 125 and want == 1) or (c == 93 and want == 4)
        ):  # the end of an object or an array
            i += 1
            depth -= 1
            if stack[depth, 1] == 2:
                quiet -= 1
            if stack[depth, 3] >= 0:
                leaf_end[stack[depth, 3]] = i
            if depth == 0:
                if commas > MOST_COMMAS:
                    break
                state[LEAVES] = leaf
                state[SERIAL] = serial
                return i
            want = 2
            continue
        if want == 1 or want == 3:
            break
        if leaf >= room:
            break
        start = i
        if c == 34:
            end, kind = text_end(b, w, i + 1)
            if end < 0:
                break
            i = end + 1
        elif c == 45 or (c >= 48 and c <= 57):
            end, kind = number_end(b, w, i)
            if end < 0:
                break
            i = end
        elif c == 123 or c == 91:
            if depth >= DEEPEST:
                break
            kind = OBJECT if c == 123 else ARRAY
            want = 1 if c == 123 else 4
            serial += 1
            stack[depth, 0], stack[depth, 1], stack[depth, 2] = path, 1 if c == 123 else 2, serial
            stack[depth, 3] = -1 if quiet else leaf
            if not quiet:
                leaf_rec[leaf], leaf_path[leaf], leaf_start[leaf], leaf_kind[leaf] = rec, path, start, kind
                leaf += 1
            if c == 91:
                quiet += 1
                item = items[path]
                if item < 0:
                    if state[PATHS] >= parents.size:
                        state[FULL] = 1 - state[CLOSED]
                        break
                    item = state[PATHS]
                    parents[item], key_at[item], key_len[item] = path, state[KEY_BYTES], ITEMS
                    items[item], seen[item] = -1, 0
                    items[path] = item
                    state[PATHS] = item + 1
                path = item
                stack[depth, 0] = path
            depth += 1
            i += 1
            continue
        elif c == 116 and b[i + 1] == 114 and b[i + 2] == 117 and b[i + 3] == 101:
            kind = TRUE
            i += 4
        elif c == 102 and b[i + 1] == 97 and b[i + 2] == 108 and b[i + 3] == 115 and b[i + 4] == 101:
            kind = FALSE
            i += 5
        elif c == 110 and b[i + 1] == 117 and b[i + 2] == 108 and b[i + 3] == 108:
            kind = NULL
            i += 4
        else:
            break
        if not quiet:
            leaf_rec[leaf], leaf_path[leaf] = rec, path
            leaf_start[leaf], leaf_end[leaf], leaf_kind[leaf] = start, i, kind
            leaf += 1
        want = 2
    state[SERIAL] = serial
    return -1


_I = "int64[::1]"
PATHS_TYPE = f"Tuple((int32[::1], {_I}, {_I}, int32[::1], int32[::1], {_I}, int32[::1], words, uint8[::1]))"
LEAVES_TYPE = "Tuple((int32[::1], int32[::1], int32[::1], int32[::1], uint8[::1]))"
RECORDS_TYPE = "Tuple((int32[::1], int32[::1], uint8[::1], int32[::1]))"


@kernel(
    f"int64(uint8[::1], words, int64, int64, int64, {PATHS_TYPE}, {LEAVES_TYPE}, {RECORDS_TYPE}, int32[::1],"
    f" int64[:, ::1], {_I})"
)
def scan_lines(
    b: Bytes,
    w: Words,
    i: int,
    end: int,
    rec: int,
    p: Any,
    leaves: Any,
    records: Any,
    firsts: Any,
    stack: Any,
    state: Any,
) -> int:
    """Scan lines, one record on each; returns how many there are, or -1 - the record for which there is no room.

    Args:
        b: The bytes, zeros behind them.
        w: The same as words.
        i: Where the lines begin.
        end: Where they end.
        rec: How many records there are before.
        p: As `record_end` has it.
        leaves: (same)
        stack: (same)
        state: (same)
        records: Of each its start, the end of its text, what it is, and its first leaf; room for one more.
        firsts: (paths,) the record in which each new path was met first.
    """
    starts, ends, kinds, leaves_at = records
    while i < end:
        first_leaf = state[LEAVES]
        first_path = state[PATHS]
        start = i
        kind = AT_FAULT
        if rec + 1 >= starts.size:
            state[FULL] = 2
            return -1 - rec
        starts[rec], leaves_at[rec] = start, first_leaf
        c = b[i]
        while c == 32 or c == 9 or c == 13:
            i += 1
            c = b[i]
        if c == 123:
            i = record_end(b, w, i, rec, True, p, leaves, stack, state)
            if state[FULL]:
                forget(p, state, first_path)
                return -1 - rec
            if i > 0:
                c = b[i]
                while c == 32 or c == 9 or c == 13:
                    i += 1
                    c = b[i]
                if (c == 10 or i >= end) and not (b[i - 1] == 13 and b[i - 2] == 13):
                    kind = GOOD
        elif c == 10 or i >= end:
            kind = EMPTY
        if kind == AT_FAULT:
            state[LEAVES] = first_leaf
            forget(p, state, first_path)
            i = start
            while i < end and b[i] != 10:
                i += 1
        kinds[rec] = kind
        ends[rec] = i - 1 if i > start and b[i - 1] == 13 else i
        for path in range(first_path, state[PATHS]):
            firsts[path] = rec
        i += 1
        rec += 1
    starts[rec], leaves_at[rec] = min(i, end), state[LEAVES]
    return rec


@kernel(f"void({PATHS_TYPE}, int64, {_I})")
def fill_table(p: Any, count: int, state: Any) -> None:
    """Put `count` paths into an empty table."""
    parents, key_at, key_len, _, _, _, table, key_words, _ = p
    mask = table.size - 1
    for path in range(1, count):
        if key_len[path] == ITEMS:
            continue
        begin = key_at[path]
        slot = (
            _slot(hash_of(key_words, begin, begin + key_len[path], np.uint64(state[SEED])), parents[path])
            & mask
        )
        while table[slot] >= 0:
            slot = (slot + 1) & mask
        table[slot] = path
