"""Which leaves have which path, which records are alike but for their values, and which number stands for a value?"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import kernel
from explorer.eventlog.scanner.json_kernels import GOOD, LEAVES_TYPE
from explorer.eventlog.scanner.token_kernels import LAST, MIX, NOT_ASCII, TEXT, Words, hash_of, same_bytes

# how much a path counts in a signature: not at all, whether it is there as what kind, also which value
IGNORED, KIND, VALUE = 0, 1, 2
MAY_BE_JSON = 4  # (added) a text there that may hold JSON makes the record strange
LONGEST = 1_024  # bytes of a value that is looked for in a dictionary
LONG = -1  # the code of a longer one
MISSING, OTHER = -2, -3  # of a text that no dictionary has; of what is no plain text, or too long a one
_AT_ONCE = 64  # values
KNOWN, USED = range(2)  # what the state of a dictionary counts: its values, their bytes

_29 = np.uint64(29)
_33 = np.uint64(33)
_I4 = "int32[::1]"


@kernel(f"void({_I4}, int64[::1], int64[::1])")
def sort_by_path(leaf_path: Any, begins: Any, order: Any) -> None:
    """Sort leaves by path, those of a path as they stand.

    Args:
        leaf_path: (m,) the path of each.
        begins: (paths + 1,) zeros; becomes where each path begins in `order`.
        order: (m,) becomes the leaves, path by path.
    """
    for leaf in range(leaf_path.size):
        begins[leaf_path[leaf] + 1] += 1
    for path in range(1, begins.size):
        begins[path] += begins[path - 1]
    for leaf in range(leaf_path.size):
        path = leaf_path[leaf]
        order[begins[path]] = leaf
        begins[path] += 1
    for path in range(begins.size - 1, 0, -1):
        begins[path] = begins[path - 1]
    begins[0] = 0


@kernel(f"void(uint8[::1], int64, {LEAVES_TYPE}, uint8[::1], uint64[::1], {_I4}, uint64[::1], uint8[::1])")
def sign(
    b: Any, inset: int, leaves: Any, classes: Any, salts: Any, values: Any, signatures: Any, kinds: Any
) -> None:
    """Give each record a number that is the same for the same paths, kinds, and values where those count.

    Args:
        b: The bytes.
        inset: How far inside of its place a text begins.
        leaves: Record, path, start, end and kind of each leaf.
        classes: (paths,) how much each path counts.
        salts: (paths,) a random number for each.
        values: (m,) a number for the value of each leaf where it counts.
        signatures: (records,) zeros; become the numbers.
        kinds: (records,) what each is; `AT_FAULT` where a text may hold JSON that should be looked into.
    """
    leaf_rec, leaf_path, leaf_start, _, leaf_kind = leaves
    for leaf in range(leaf_rec.size):
        path = leaf_path[leaf]
        how = classes[path]
        if how == IGNORED:
            continue
        said = leaf_kind[leaf]
        if said < 8:
            said = TEXT
        elif said < 16:
            said = 8
        if how & MAY_BE_JSON and said == TEXT:
            first = b[leaf_start[leaf] + inset]
            if first == 123 or first <= 32 or first >= 128 or first == 92:
                kinds[leaf_rec[leaf]] = 0
        found = salts[path] + np.uint64(said) * MIX
        if how & VALUE:
            found += np.uint64(values[leaf] + 1) * LAST
        found = (found ^ (found >> _29)) * LAST
        found = (found ^ (found >> _33)) * salts[0]
        found ^= found >> _29
        signatures[leaf_rec[leaf]] += found


@kernel(f"int64(uint64[::1], uint8[::1], uint64[::1], {_I4}, int64, {_I4}, {_I4})")
def number_groups(
    signatures: Any, kinds: Any, slots: Any, groups: Any, known: int, firsts: Any, found: Any
) -> int:
    """Number the records by their signatures; returns how many groups there are.

    Args:
        signatures: (records,) of each.
        kinds: (records,) what each is; only good ones are numbered.
        slots: (2 ** k,) a table of the signatures that are known …
        groups: … and the group of each; -1 where there is none.
        known: How many groups there are.
        firsts: (most groups,) becomes the first record of each new one.
        found: (records,) becomes the group of each record; -1 if it has none, because there are too many.
    """
    mask = slots.size - 1
    for record in range(signatures.size):
        found[record] = -1
        if kinds[record] != GOOD:
            continue
        signature = signatures[record]
        slot = np.int64(signature >> _33) & mask
        while groups[slot] >= 0 and slots[slot] != signature:
            slot = (slot + 1) & mask
        if groups[slot] < 0:
            if known >= firsts.size:
                continue
            slots[slot], groups[slot], firsts[known] = signature, known, record
            known += 1
        found[record] = groups[slot]
    return known


@kernel(
    f"int64(words, {_I4}, {_I4}, int64, int64, uint64, {_I4}, uint64[::1], int64[::1], words, uint8[::1],"
    f" int64[::1], {_I4})"
)
def code_values(
    w: Words, starts: Any, ends: Any, done: int, longest: int, seed: Any, table: Any, hashes: Any, at: Any,
    kept_words: Any, kept: Any, state: Any, codes: Any,
) -> int:  # fmt: skip
    """Look values up in a dictionary by their bytes; returns how many are done: fewer if it needs more room.

    Args:
        w: The text as words.
        starts: (k,) where the values begin.
        ends: (k,) and end.
        done: How many of them are done.
        longest: What has more bytes is `LONG`.
        seed: A random number of this process, so that nobody can write values that collide.
        table: (2 ** j,) codes by hash, -1 where there is none.
        hashes: (room,) the hash of each code's value.
        at: (room + 1,) where its bytes begin in `kept`.
        kept_words: The next as words.
        kept: The bytes of all values, one after the other, each with a newline behind it.
        state: How many values are known, and how many bytes of `kept` are used.
        codes: (k,) become the codes; `LONG` for values that are too long.
    """
    mask = table.size - 1
    known = state[KNOWN]
    used = state[USED]
    full = False
    while done < starts.size and not full:
        # what is known already is mostly at its first slot: some values are looked for at once, so that the processor
        # need not wait for the memory of one before it asks for that of the next
        stop = min(done + _AT_ONCE, starts.size)
        for row in range(done, stop):
            start, end = starts[row], ends[row]
            codes[row] = LONG
            if end - start <= longest:
                codes[row] = table[np.int64(hash_of(w, start, end, seed) >> _33) & mask]
        for row in range(done, stop):
            code = codes[row]
            if code >= 0:
                start, end = starts[row], ends[row]
                if hashes[code] != hash_of(w, start, end, seed) or at[code + 1] - at[code] - 1 != end - start:
                    codes[row] = LONG
        while done < stop:
            start = starts[done]
            size = ends[done] - start
            code = codes[done]
            if size > longest or (code >= 0 and same_bytes(w, start, kept_words, at[code], size)):
                done += 1
                continue
            found = hash_of(w, start, start + size, seed)
            slot = np.int64(found >> _33) & mask
            code = -1
            while table[slot] >= 0:
                code = table[slot]
                if hashes[code] == found and at[code + 1] - at[code] - 1 == size:
                    if same_bytes(w, start, kept_words, at[code], size):
                        break
                code = -1
                slot = (slot + 1) & mask
            if code < 0:
                if (
                    known >= hashes.size
                    or known + 1 >= at.size
                    or 2 * known >= table.size
                    or used + size + 16 > kept.size
                ):
                    full = True
                    break
                code = known
                table[slot] = code
                hashes[code] = found
                place = 0
                while place < size:
                    word = w[start + place]
                    for k in range(8):
                        kept[used + place + k] = (word >> np.uint64(8 * k)) & np.uint64(255)
                    place += 8
                used += size
                kept[used] = 10
                used += 1
                known += 1
                at[known] = used
            codes[done] = code
            done += 1
    state[KNOWN], state[USED] = known, used
    return done


@kernel(
    f"int64(words, {_I4}, {_I4}, uint8[::1], int64[::1], int64, int64, int64, uint64, {_I4}, uint64[::1], int64[::1],"
    f" words, uint64[::1], {_I4})"
)
def known_texts(
    w: Words, starts: Any, ends: Any, kinds: Any, leaves: Any, inset: int, longest: int, step: int, seed: Any,
    table: Any, hashes: Any, at: Any, kept_words: Any, hashed: Any, codes: Any,
) -> int:  # fmt: skip
    """Look texts up in a dictionary, to which another thread may add at the same time.

    What is half added is not found, or is told by its bytes as anything else is: nothing is taken for what it is not.

    Args:
        w: The text as words.
        starts: Where each leaf begins …
        ends: … and ends …
        kinds: … and what it is.
        leaves: (k,) which of them are looked up.
        inset: How far inside of its place a text begins.
        longest: What has more bytes is `OTHER`.
        step: A code is so many times the place in the dictionary.
        seed: See `code_values`, also for the next.
        table: (same)
        hashes: (same)
        at: (same)
        kept_words: (same)
        hashed: (64,) room for hashes.
        codes: (k,) become the codes; `MISSING` and `OTHER` where there is none.

    Returns:
        How many have no code.
    """
    mask = table.size - 1
    most = min(hashes.size, at.size - 1)
    done: Any = 0
    rest = 0
    while done < leaves.size:
        stop = min(done + _AT_ONCE, leaves.size)  # see `code_values`
        for row in range(done, stop):
            leaf = leaves[row]
            codes[row] = OTHER
            if 0 <= leaf < starts.size and kinds[leaf] | NOT_ASCII == TEXT | NOT_ASCII:
                start, end = starts[leaf] + inset, ends[leaf] - inset
                if end - start <= longest:
                    found = hash_of(w, start, end, seed)
                    hashed[row - done] = found
                    codes[row] = table[np.int64(found >> _33) & mask]
        for row in range(done, stop):
            code = codes[row]
            if code >= 0 and (code >= most or hashes[code] != hashed[row - done]):
                codes[row] = LONG
        for row in range(done, stop):
            code = np.int64(codes[row])
            if code == OTHER:
                rest += 1
                continue
            leaf = leaves[row]
            start = starts[leaf] + inset
            size = ends[leaf] - inset - start
            if code >= 0:
                place = at[code]
                if (
                    at[code + 1] - place - 1 == size
                    and 0 <= place <= kept_words.size - size - 1
                    and same_bytes(w, start, kept_words, place, size)
                ):
                    codes[row] = code * step
                    continue
            found = hashed[row - done]
            slot = np.int64(found >> _33) & mask
            code = np.int64(table[slot])
            while code >= 0:
                if code < most and hashes[code] == found:
                    place = at[code]
                    if at[code + 1] - place - 1 == size and 0 <= place <= kept_words.size - size - 1:
                        if same_bytes(w, start, kept_words, place, size):
                            break
                slot = (slot + 1) & mask
                code = np.int64(table[slot])
            if code < 0:
                codes[row] = MISSING
                rest += 1
            else:
                codes[row] = code * step
        done = stop
    return rest


@kernel(f"int64({_I4}, int64, {_I4}, {_I4})")
def note_new(column: Any, shift: int, known: Any, fresh: Any) -> int:
    """Which codes stand in a column for the first time.

    Args:
        column: (m,) codes; -1 for none.
        shift: 1 if a code is twice the number that counts, and an odd one is something else; else 0.
        known: (n,) what is known of each number: `LONG` (-1) if nothing; becomes `MISSING` of what is new.
        fresh: (n,) becomes the new numbers in the order in which they stand there.

    Returns:
        How many are new; `OTHER` if a code is none.
    """
    count = 0
    for at in range(column.size):
        code = column[at]
        if code < 0 or code & shift:
            continue
        number = code >> shift
        if number >= known.size:
            return OTHER
        if known[number] == LONG:
            if count >= fresh.size:
                return OTHER
            known[number] = MISSING
            fresh[count] = number
            count += 1
    return count


@kernel(f"int64({_I4}, {_I4}, {_I4}, {_I4})")
def renumbered(column: Any, known: Any, fresh: Any, found: Any) -> int:
    """Put other codes in place of those of a column.

    Args:
        column: (m,) codes; -1 for none.
        known: (n,) the other code of each; `LONG` (-1) if nothing is known; becomes `MISSING` of what is new.
        fresh: (n,) becomes the new ones in the order in which they stand there.
        found: (m,) becomes the other codes; -1 for none. Where some are new it is to be made again.

    Returns:
        How many are new; `OTHER` if a code is none.
    """
    count = 0
    if found.size != column.size:
        return OTHER
    for at in range(column.size):
        code = column[at]
        if code < 0:
            found[at] = LONG
            continue
        if code >= known.size:
            return OTHER
        other = known[code]
        if other == LONG:
            if count >= fresh.size:
                return OTHER
            known[code] = MISSING
            fresh[count] = code
            count += 1
        found[at] = other
    return count


@kernel(f"void(uint64[::1], int64, {_I4})")
def fill_values(hashes: Any, count: int, table: Any) -> None:
    """Put the codes of `count` values into an empty table."""
    mask = table.size - 1
    for code in range(count):
        slot = np.int64(hashes[code] >> _33) & mask
        while table[slot] >= 0:
            slot = (slot + 1) & mask
        table[slot] = code


@kernel("void(words, int64[::1], int64, uint64, uint64[::1])")
def hash_values(kept_words: Words, at: Any, count: int, seed: Any, hashes: Any) -> None:
    """The hashes of `count` values that stand one after the other, a byte behind each; see `code_values`."""
    for code in range(count):
        hashes[code] = hash_of(kept_words, at[code], at[code + 1] - 1, seed)


@kernel("void(words, int64[::1], int64[::1], uint64, uint64[::1])")
def hash_places(words: Words, starts: Any, ends: Any, seed: Any, hashes: Any) -> None:
    """The hashes of some stretches of bytes, never 0."""
    for at in range(starts.size):
        found = hash_of(words, starts[at], ends[at], seed)
        hashes[at] = found if found != np.uint64(0) else np.uint64(1)
