"""Which records are alike but for their values, and which number stands for a value?"""

from typing import Any

import numpy as np

from explorer.eventlog.compiled import inlined, kernel, prefetch
from explorer.eventlog.scanner.json_kernels import GOOD, LEAVES_TYPE
from explorer.eventlog.scanner.token_kernels import LAST, MIX, NOT_ASCII, TEXT, Words, hash_of, same_bytes

# how much a path counts in a signature: not at all, whether it is there as what kind, also which value
IGNORED, KIND, VALUE = 0, 1, 2
MAY_BE_JSON = 4  # (added) a text there that may hold JSON makes the record strange
LONGEST = 1_024  # bytes of a value that is looked for in a dictionary
LONG = -1  # the code of a longer one
MISSING, OTHER = -2, -3  # of a text that no dictionary has; of what is no plain text, or too long a one
AT_ONCE = 64  # values
_AHEAD = 16  # places in a column of which the memory is asked for before it is needed
KNOWN, USED = range(2)  # what the state of a dictionary counts: its values, their bytes

_29, _32, _33 = np.uint64(29), np.uint64(32), np.uint64(33)
_LOW, _NOTHING, _ONE = np.uint64(0xFFFF_FFFF), np.uint64(0), np.uint64(1)
_I4 = "int32[::1]"


@kernel(f"void(uint8[::1], int64, {LEAVES_TYPE}, uint8[::1], uint64[::1], uint64[::1], uint8[::1])")
def sign(b: Any, inset: int, leaves: Any, classes: Any, salts: Any, signatures: Any, kinds: Any) -> None:
    """Give each record a number that is the same for the same paths and kinds.

    Args:
        b: The bytes.
        inset: How far inside of its place a text begins.
        leaves: Record, path, start, end and kind of each leaf.
        classes: (paths,) how much each path counts.
        salts: (paths,) a random number for each.
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
        signatures[leaf_rec[leaf]] += _mixed(salts[path] + np.uint64(said) * MIX, salts[0])


@inlined
def _mixed(found: Any, salt: Any) -> Any:
    """A number that nobody can foretell who does not know the salt."""
    found = (found ^ (found >> _29)) * LAST
    found = (found ^ (found >> _33)) * salt
    return found ^ (found >> _29)


@kernel(f"int64(int64[::1], {_I4}, uint64, uint64, uint64[::1])")
def sign_values(rows: Any, codes: Any, own: Any, salt: Any, signatures: Any) -> int:
    """Let the values of a path count, too.

    Args:
        rows: (k,) the records that have the path.
        codes: (k,) a number for the value of each, from -1 on.
        own: The random number of the path …
        salt: … and that of the record itself.
        signatures: (records,) the numbers so far.

    Returns:
        How many values there are; `OTHER` if a record is none.
    """
    if codes.size != rows.size:
        return OTHER
    for place in range(rows.size):
        record = rows[place]
        if record < 0 or record >= signatures.size:
            return OTHER
        signatures[record] += _mixed((own ^ MIX) + np.uint64(codes[place] + 1) * LAST, salt)
    return int(rows.size)


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


@inlined
def _likely(table: Any, found: Any, mask: Any) -> Any:
    """The first code in a table, see `code_values`, with the upper half of a hash; -1 if there is none."""
    slot = (found >> _33) & mask
    entry = table[slot]
    while entry != _NOTHING and entry >> _32 != found >> _32:
        slot = (slot + _ONE) & mask
        entry = table[slot]
    return np.int64(entry & _LOW) - 1


@kernel(
    f"int64(words, {_I4}, {_I4}, int64, int64, uint64, uint64[::1], int64[::1], words, uint8[::1], int64[::1],"
    f" uint64[::1], {_I4})"
)
def code_values(
    w: Words, starts: Any, ends: Any, done: int, longest: int, seed: Any, table: Any, at: Any, kept_words: Any,
    kept: Any, state: Any, hashed: Any, codes: Any,
) -> int:  # fmt: skip
    """Look values up in a dictionary by their bytes; returns how many are done: fewer if it needs more room.

    Args:
        w: The text as words.
        starts: (k,) where the values begin.
        ends: (k,) and end.
        done: How many of them are done.
        longest: What has more bytes is `LONG`.
        seed: A random number of this process, so that nobody can write values that collide.
        table: (2 ** j,) by hash: the upper half of the hash, and in the lower half the code + 1; 0 where there is none.
        at: (room + 1,) where the bytes of each code's value begin in `kept`.
        kept_words: The next as words.
        kept: The bytes of all values, one after the other, each with a newline behind it.
        state: How many values are known, and how many bytes of `kept` are used.
        hashed: (64,) room for hashes.
        codes: (k,) become the codes; `LONG` for values that are too long.
    """
    mask = np.uint64(table.size - 1)
    known = state[KNOWN]
    used = state[USED]
    full = False
    while done < starts.size and not full:
        # most are known already: some values are looked for at once, so that the processor need not wait for the
        # memory of one before it asks for that of the next
        first, stop = done, min(done + AT_ONCE, starts.size)
        for row in range(stop, min(stop + AT_ONCE, starts.size)):
            prefetch(w, starts[row])
        for row in range(first, stop):
            found = hash_of(w, starts[row], ends[row], seed) if ends[row] - starts[row] <= longest else seed
            hashed[row - first] = found
            prefetch(table, np.int64((found >> _33) & mask))
        for row in range(first, stop):
            code = _likely(table, hashed[row - first], mask)
            codes[row] = code
            if code >= 0:
                prefetch(at, code)
        for row in range(first, stop):
            if codes[row] >= 0:
                prefetch(kept_words, at[codes[row]])
        while done < stop:
            start = starts[done]
            size = ends[done] - start
            code = np.int64(codes[done])
            if size > longest:
                codes[done] = LONG
                done += 1
                continue
            if code >= 0 and at[code + 1] - at[code] - 1 == size:
                if same_bytes(w, start, kept_words, at[code], size):
                    done += 1
                    continue
            found = hashed[done - first]
            slot = (found >> _33) & mask
            code = np.int64(LONG)
            while table[slot] != _NOTHING:
                if table[slot] >> _32 == found >> _32:
                    code = np.int64(table[slot] & _LOW) - 1
                    if at[code + 1] - at[code] - 1 == size and same_bytes(
                        w, start, kept_words, at[code], size
                    ):
                        break
                code = np.int64(LONG)
                slot = (slot + _ONE) & mask
            if code < 0:
                if known + 1 >= at.size or 2 * known >= table.size or used + size + 16 > kept.size:
                    full = True
                    break
                code = np.int64(known)
                place = 0
                while place < size:
                    kept_words[used + place] = w[start + place]  # what is behind the value is written anew
                    place += 8
                used += size
                kept[used] = 10
                used += 1
                known += 1
                at[known] = used
                table[slot] = (found & ~_LOW) | np.uint64(known)
            codes[done] = code
            done += 1
    state[KNOWN], state[USED] = known, used
    return done


@kernel(
    f"int64(words, {_I4}, {_I4}, uint8[::1], int64[::1], int64, int64, int64, uint64, uint64[::1], int64[::1], words,"
    f" uint64[::1], {_I4}, int64[::1], int64[::1])"
)
def known_texts(
    w: Words, starts: Any, ends: Any, kinds: Any, leaves: Any, inset: int, longest: int, step: int, seed: Any,
    table: Any, at: Any, kept_words: Any, hashed: Any, codes: Any, rest: Any, counts: Any,
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
        at: (same)
        kept_words: (same)
        hashed: (64,) room for hashes.
        codes: (k,) become the codes; `MISSING` and `OTHER` where there is none.
        rest: (k,) becomes which are missing, from the beginning on, and which are others, from the end back.
        counts: (2,) becomes how many of both there are.

    Returns:
        How many have no code; `OTHER` if there is no room.
    """
    mask = np.uint64(table.size - 1)
    most = at.size - 1
    done: Any = 0
    missing, last = 0, leaves.size
    if codes.size != leaves.size or rest.size != leaves.size or counts.size != 2:
        return OTHER
    while done < leaves.size:
        stop = min(done + AT_ONCE, leaves.size)  # see `code_values`
        for row in range(stop, min(stop + AT_ONCE, leaves.size)):
            if 0 <= leaves[row] < starts.size:
                prefetch(w, starts[leaves[row]])
        for row in range(done, stop):
            leaf = leaves[row]
            codes[row] = OTHER
            if 0 <= leaf < starts.size and kinds[leaf] | NOT_ASCII == TEXT | NOT_ASCII:
                start, end = starts[leaf] + inset, ends[leaf] - inset
                if end - start <= longest:
                    found = hash_of(w, start, end, seed)
                    hashed[row - done] = found
                    codes[row] = MISSING
                    prefetch(table, np.int64((found >> _33) & mask))
        for row in range(done, stop):
            if codes[row] == MISSING:
                code = _likely(table, hashed[row - done], mask)
                if 0 <= code < most:
                    codes[row] = code
                    prefetch(at, code)
        for row in range(done, stop):
            if codes[row] >= 0:
                prefetch(kept_words, at[codes[row]])
        for row in range(done, stop):
            code = np.int64(codes[row])
            if code == OTHER:
                last -= 1
                rest[last] = row
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
            slot = (found >> _33) & mask
            entry = table[slot]
            code = np.int64(LONG)
            while entry != _NOTHING:
                if entry >> _32 == found >> _32:
                    code = np.int64(entry & _LOW) - 1
                    if 0 <= code < most:
                        place = at[code]
                        if at[code + 1] - place - 1 == size and 0 <= place <= kept_words.size - size - 1:
                            if same_bytes(w, start, kept_words, place, size):
                                break
                code = np.int64(LONG)
                slot = (slot + _ONE) & mask
                entry = table[slot]
            if code < 0:
                codes[row] = MISSING
                rest[missing] = row
                missing += 1
            else:
                codes[row] = code * step
        done = stop
    counts[0], counts[1] = missing, leaves.size - last
    return int(missing + leaves.size - last)


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
        if at + _AHEAD < column.size:
            prefetch(known, column[at + _AHEAD])
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


@kernel(f"int64({_I4}, {_I4}, {_I4}, {_I4}, {_I4}, int64[::1])")
def renumbered_values(column: Any, texts: Any, others: Any, fresh: Any, found: Any, counts: Any) -> int:
    """Put other codes in place of those of a column of values: even ones of texts, odd ones of whatever else.

    Args:
        column: (m,) codes; -1 for none.
        texts: (n,) the other code of each text: of half the code; see `renumbered`.
        others: (same) of each other value.
        fresh: (m,) becomes half the new codes of texts from the beginning on, and of others from the end back.
        found: See `renumbered`.
        counts: (2,) becomes how many of both are new.

    Returns:
        How many are new; `OTHER` if a code is none.
    """
    new, last = 0, fresh.size
    if found.size != column.size or fresh.size < column.size or counts.size != 2:
        return OTHER
    for at in range(column.size):
        code = column[at]
        number = code >> 1
        if code < 0:
            found[at] = LONG
            continue
        if code & 1:
            if number >= others.size:
                return OTHER
            other = others[number]
            if other == LONG:
                others[number] = MISSING
                last -= 1
                fresh[last] = number
        else:
            if number >= texts.size:
                return OTHER
            other = texts[number]
            if other == LONG:
                texts[number] = MISSING
                fresh[new] = number
                new += 1
        found[at] = other
    counts[0], counts[1] = new, fresh.size - last
    return int(new + fresh.size - last)


@kernel("void(uint64[::1], uint64[::1])")
def refill(table: Any, larger: Any) -> None:
    """Put the entries of a table, see `code_values`, into an empty one, in which they come nearly in order."""
    mask = np.uint64(larger.size - 1)
    for place in range(table.size):
        entry = table[place]
        if entry != _NOTHING:
            slot = (entry >> _33) & mask
            while larger[slot] != _NOTHING:
                slot = (slot + _ONE) & mask
            larger[slot] = entry


@kernel("void(words, int64[::1], int64, uint64, uint64[::1], uint64[::1])")
def fill_texts(kept_words: Words, at: Any, count: int, seed: Any, hashed: Any, table: Any) -> None:
    """Put the codes of `count` values that stand one after the other, a byte behind each, into an empty table."""
    mask = np.uint64(table.size - 1)
    for first in range(0, count, AT_ONCE):
        stop = min(first + AT_ONCE, count)
        for code in range(first, stop):
            found = hash_of(kept_words, at[code], at[code + 1] - 1, seed)
            hashed[code - first] = found
            prefetch(table, np.int64((found >> _33) & mask))
        for code in range(first, stop):
            found = hashed[code - first]
            slot = (found >> _33) & mask
            while table[slot] != _NOTHING:
                slot = (slot + _ONE) & mask
            table[slot] = (found & ~_LOW) | np.uint64(code + 1)


@kernel("void(words, int64[::1], int64[::1], uint64, uint64[::1])")
def hash_places(words: Words, starts: Any, ends: Any, seed: Any, hashes: Any) -> None:
    """The hashes of some stretches of bytes, never 0."""
    for at in range(starts.size):
        found = hash_of(words, starts[at], ends[at], seed)
        hashes[at] = found if found != np.uint64(0) else np.uint64(1)
