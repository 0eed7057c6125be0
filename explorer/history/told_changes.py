"""How is a long history of one value told, whole columns at a time: before, after, and the arithmetic between?

What is told of each change is what `explain.explanation` says of it.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from explorer.history.changes import Changes
from explorer.history.explain import MINUS, explanation
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.state_texts import Write, amounts, value_texts
from explorer.history.sums import Sums

type Ints = npt.NDArray[Any]

AT_ONCE = 32_768
_LONGEST_KEY = 100


class ToldChanges(NamedTuple):
    """Some consecutive changes as columns of text.

    Attributes:
        begin, end: Which of all changes, half-open.
        fields: (k,) the names of their fields.
        before, after: (k,) the values.
        explanations: (k,) how the one became the other.
    """

    begin: int
    end: int
    fields: list[str]
    before: list[str]
    after: list[str]
    explanations: list[str]


def told_changes(
    changes: Changes, count: int, write: Write, shown: Callable[[str], str]
) -> Iterator[ToldChanges]:
    """Tell the first `count` of some changes, block by block.

    Args:
        changes: Of one entity.
        count: How many of them.
        write: How a single value is written; of a number, all its digits in plain notation.
        shown: What is done to an explanation: it may hold text of the log.
    """
    for begin in range(0, count, AT_ONCE):
        end = min(begin + AT_ONCE, count)
        whole: tuple[list[str], ...] | None = None
        parts = [np.empty(end - begin, object) for _ in range(4)]
        for line, own, numbers in changes.parts(begin, end):
            texts = _of_one_field(changes, line, numbers, write, shown)
            if own is None:
                whole = texts
                break
            for part, text in zip(parts, texts, strict=True):
                part[own] = text
        yield ToldChanges(begin, end, *(whole or tuple(part.tolist() for part in parts)))


def _of_one_field(
    changes: Changes, line: FieldHistory, numbers: Ints, write: Write, shown: Callable[[str], str]
) -> tuple[list[str], list[str], list[str], list[str]]:
    slots = np.searchsorted(line.offsets, numbers, "right") - 1
    earlier = np.where(numbers > line.offsets[slots], numbers - 1, NONE)
    before, after = value_texts(line, earlier, write), value_texts(line, numbers, write)
    names = [line.field.name] * len(numbers)
    simple = isinstance(line.values, Sums) and line.field.fold == "sum" and not line.values.wide
    if simple and not (line.field.nullable and bool((earlier == NONE).any())):
        told = _arithmetic(line, slots, numbers, earlier, before, after, shown)
        if told is not None:
            return names, before, after, told
    if isinstance(line.values, tuple):
        return names, before, after, _by_pairs(changes, line, numbers, earlier, shown)
    if line.field.fold == "count":
        told = [f"{was} + 1 = {now}" for was, now in zip(before, after, strict=True)]
    else:
        told = [shown(explanation(changes.change(line, change))) for change in numbers.tolist()]
    return names, before, after, told


def _arithmetic(
    line: FieldHistory,
    slots: Ints,
    numbers: Ints,
    earlier: Ints,
    before: list[str],
    after: list[str],
    shown: Callable[[str], str],
) -> list[str] | None:
    """`50.00 − 30.00 = 20.00`; None if a step is wider than a column's numbers, or a key is too long for a line."""
    sums = line.values
    assert isinstance(sums, Sums)
    new, old = sums.units[numbers], np.where(earlier == NONE, 0, sums.units[earlier])
    steps = new - old
    if bool((((new ^ old) & (new ^ steps)) < 0).any()) or bool((steps == np.iinfo(np.int64).min).any()):
        return None
    sizes = amounts(np.abs(steps), sums.decimals[numbers], sums.scale)
    if bool((old < 0).any()):
        before = [text.replace("-", MINUS) for text in before]
    if bool((new < 0).any()):
        after = [text.replace("-", MINUS) for text in after]
    signs = [MINUS if less else "+" for less in (steps < 0).tolist()]
    told = [
        f"{was} {sign} {size} = {now}"
        for was, sign, size, now in zip(before, signs, sizes, after, strict=True)
    ]
    if line.slot_key is None:
        return told
    for slot in np.unique(slots).tolist():
        code = int(line.slot_key[slot])
        if code < 0 or not (key := line.keys[code]):
            continue
        if len(key) > _LONGEST_KEY:
            return None
        key = shown(f" {key}")
        own = np.flatnonzero(slots == slot).tolist()
        for at in own:
            told[at] += key
    return told


def _by_pairs(
    changes: Changes,
    line: FieldHistory,
    numbers: Ints,
    earlier: Ints,
    shown: Callable[[str], str],
) -> list[str]:
    """What becomes of one value when another comes is said once for all changes that are so."""
    codes = line.codes
    assert codes is not None
    width = int(codes.max(initial=0)) + 2
    new, old = codes[numbers].astype(np.int64), np.where(earlier == NONE, -1, codes[earlier]).astype(np.int64)
    pairs, first, which = np.unique((old + 1) * width + new, return_index=True, return_inverse=True)
    del pairs
    texts = [shown(explanation(changes.change(line, int(numbers[at])))) for at in first.tolist()]
    return [texts[at] for at in which.tolist()]
