"""How are long values kept that grow or change a little with every event, without writing each of them out?

A program's states may hold lists and objects that grow with every event; written out, all their versions
together take the square of the last. So a long value is told as its difference from a *snapshot*, an earlier
value of the same entity's same field that is written out: any version is one snapshot and one difference. A new
snapshot is written once the differences from the last have come to its length. So n versions that grow by one
item each take room like n to the power of 1.5, where all of them would take its square.

A difference stands in the place of a JSON text as `~code prefix suffix text`: of the snapshot with that code, the
first and last so many characters stay, and `text` stands between them.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import cast, overload

import numpy as np

from explorer.eventlog.text_columns import TextColumn, glued
from explorer.history.chunks import exact_text, exact_value

SHORT_CHARS = 256  # below it, a difference would save nothing
SIGN = "~"  # no JSON text begins with it
_KEPT = 256  # values that were looked at last
_MOST_MADE = 4_096  # values that are no texts: more are made when somebody asks for them


class Revising:
    """Tells long values as differences; one for each field of one reader."""

    def __init__(self, code_of: Callable[[str], int]) -> None:
        """Take who gives a code to a text, the same for the same text."""
        self._code_of = code_of
        self._snapshots: dict[
            int, tuple[int, str, int]
        ] = {}  # entity → code, text, length of all differences

    def code(self, entity: int, text: str) -> int:
        """The code of a JSON text that is the next value of `entity`."""
        if len(text) < SHORT_CHARS:
            return self._code_of(text)
        if entity in self._snapshots:
            code, old, spent = self._snapshots[entity]
            told = difference(code, old, text)
            spent += len(told)
            if spent <= len(old):
                self._snapshots[entity] = code, old, spent
                return self._code_of(told)
        code = self._code_of(text)
        self._snapshots[entity] = code, text, 0
        return code


def difference(code: int, old: str, new: str) -> str:
    """What makes `new` of `old`, the ASCII text with that code."""
    first, second = (np.frombuffer(text.encode("ascii"), np.uint8) for text in (old, new))
    least = min(len(first), len(second))
    prefix = _alike(first[:least], second[:least])
    suffix = _alike(first[::-1][: least - prefix], second[::-1][: least - prefix])
    return f"{SIGN}{code} {prefix} {suffix} {new[prefix : len(new) - suffix]}"


def _alike(first: "np.typing.NDArray[np.uint8]", second: "np.typing.NDArray[np.uint8]") -> int:
    """How many items from the first on are equal, of two arrays of one length."""
    other = first != second
    return int(other.argmax()) if other.any() else len(other)


def recoded(text: str, code_of: Callable[[int], int]) -> str:
    """The same text for a reader to whom codes mean something else."""
    if not text.startswith(SIGN):
        return text
    code, rest = text[1:].split(" ", 1)
    return f"{SIGN}{code_of(int(code))} {rest}"


_OTHER, _JSON, _TEXT = "\0", "\0j", "\0t"  # what begins with the first is told by the second letter


def other_entry(json: str) -> str:
    """What stands for a value that is no text, by its exact JSON or its difference."""
    return _JSON + json


def other_entries(json: Sequence[str]) -> Sequence[str]:
    """The same of many."""
    if isinstance(json, TextColumn):
        return glued(len(json), [_JSON.encode(), json])
    return [_JSON + each for each in json]


def text_entries(texts: Sequence[str]) -> Sequence[str]:
    """What stands for texts: they themselves, but for those that could be taken for something else."""
    if isinstance(texts, TextColumn):
        if not texts.begin_with(0):
            return texts
    elif not any(text[:1] == _OTHER for text in texts):
        return texts
    return [_TEXT + text if text[:1] == _OTHER else text for text in texts]


class RevisionEntries(Sequence[object]):
    """Values by code, made when they are asked for.

    Attributes:
        entries: What stands for each, see `text_entries` and `other_entry`.
    """

    def __init__(self, entries: Sequence[str]) -> None:
        self.entries = entries
        self._kept = lru_cache(_KEPT)(self._value)

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, code: int) -> object: ...
    @overload
    def __getitem__(self, code: slice) -> list[object]: ...
    def __getitem__(self, code: int | slice) -> object:
        if isinstance(code, slice):
            return [self._value(each) for each in range(len(self))[code]]
        return self._kept(range(len(self))[code])

    def __iter__(self) -> Iterator[object]:
        return map(self._told, self.entries)  # one at a time: all of them would be too many to keep

    def _value(self, code: int) -> object:
        return self._told(self.entries[code])

    def _told(self, entry: str) -> object:
        if entry[:1] != _OTHER:
            return entry
        return exact_value(self._text(entry[2:])) if entry.startswith(_JSON) else entry[2:]

    def _text(self, text: str) -> str:
        return text


class Revisions(RevisionEntries):
    """The same where some are told as differences; two codes may stand for the same value."""

    def _text(self, text: str) -> str:
        if not text.startswith(SIGN):
            return text
        code, prefix, suffix, between = text[1:].split(" ", 3)
        snapshot = self.entries[int(code)][2:]
        return snapshot[: int(prefix)] + between + snapshot[len(snapshot) - int(suffix) :]


def values_of(entries: Sequence[str]) -> Sequence[object]:
    """The values by code: as a list, unless some are told as differences, or they are very many."""
    if isinstance(entries, TextColumn) and not entries.begin_with(0):  # as often: there may be millions
        return entries
    others: Sequence[str]
    if isinstance(entries, TextColumn):
        chosen = others = entries.chosen(entries.that_begin_with(_OTHER.encode()))
        told = len(chosen.that_begin_with((_JSON + SIGN).encode())) > 0
    else:
        others = [entry for entry in entries if entry[:1] == _OTHER]
        if not others:
            return entries
        told = any(entry.startswith(_JSON + SIGN) for entry in others)
    if told:
        return Revisions(list(entries))
    found = RevisionEntries(entries)
    return found if len(others) > _MOST_MADE else list(found)


def values_as_json(values: Sequence[object]) -> object:
    """Values for a manifest: one text of all of them, which is read back fast, or the entries of differences."""
    return list(values.entries) if isinstance(values, RevisionEntries) else exact_text(list(values))


def values_from_json(told: object) -> Sequence[object]:
    """The inverse of `values_as_json`.

    Raises:
        TypeError, ValueError: It was not told by it.
    """
    if isinstance(told, list):
        return values_of([str(entry) for entry in told])
    found = exact_value(str(told))
    if not isinstance(found, list):
        raise TypeError("no list of values")
    return found


def entries_of(values: Sequence[object]) -> Sequence[str]:
    """The inverse of `values_of`."""
    if isinstance(values, RevisionEntries):
        return values.entries
    if isinstance(values, TextColumn):
        return text_entries(values)
    if set(map(type, values)) == {str}:
        return text_entries(cast("Sequence[str]", values))
    return [
        text_entries([each])[0] if isinstance(each, str) else other_entry(exact_text(each)) for each in values
    ]
