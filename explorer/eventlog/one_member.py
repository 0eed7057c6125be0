"""What does one member of many records say, without making all the others of them?"""

import csv
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Literal

import msgspec

from explorer.eventlog.csv_rows import Layout
from explorer.eventlog.event import FieldMap
from explorer.eventlog.formats import Format
from explorer.eventlog.profiles.profile import Profile, Unwrapping

type TextsOf = Callable[[Sequence[bytes]], list[str | None]]
type NumbersOf = Callable[[Sequence[bytes]], list[int | None]]

_FAULTS = (msgspec.MsgspecError, AttributeError, UnicodeDecodeError, RecursionError)


class SoonTold:
    """What a log tells of its events by their bytes, without making them.

    Attributes:
        fields: Which field holds what.
        profile: How its records become events.
    """

    fields: FieldMap
    profile: Profile

    @property
    def form(self) -> Format:
        """How it is written."""
        raise NotImplementedError

    @property
    def written(self) -> Literal["object", "member"] | None:
        """What the bytes of a record are, where they are JSON in UTF-8 that is the record; see `Format.written`."""
        raise NotImplementedError

    def time_texts(self, raws: Sequence[bytes]) -> list[str | None]:
        """What events say of their time, by their bytes; None for those that have to be read in full to know it."""
        texts = self._times
        return [None] * len(raws) if texts is None else texts(raws)

    @property
    def tells_kinds_soon(self) -> bool:
        """Whether `kind_texts` can tell what most events say of the kind of their entity."""
        return self._kinds is not None

    def kind_texts(self, raws: Sequence[bytes]) -> list[str | None]:
        """What events say of the kind of their entity, by their bytes; None as for times."""
        texts = self._kinds
        return [None] * len(raws) if texts is None else texts(raws)

    @cached_property
    def _kinds(self) -> TextsOf | None:
        return text_member(self.fields.kind) if self.written == "object" else None

    @cached_property
    def _times(self) -> TextsOf | None:
        return text_member(self.fields.time) if self.written == "object" else None

    @cached_property
    def sequences(self) -> NumbersOf:
        """Tells the numbers that the log gives events, by their bytes; None as for times."""
        return number_member(self.fields.sequence, self.form, self.profile.unwrap)


def text_member(path: str | None) -> TextsOf | None:
    """A function that gives the texts at a dotted path of JSON objects that have been read before.

    Each is what `getter(path)` finds in the object; None says nothing: it may be no text, or stand elsewhere, and the
    object has to be read in full.

    Args:
        path: One or two names; None for others: there is no such function.
    """
    return _member(path, str)


def number_member(path: str | None, form: Format, steps: Sequence[Unwrapping]) -> NumbersOf:
    """The same for whole numbers, also in texts and in the cells of a table; of other logs nothing is said.

    Args:
        path: Of the member.
        form: How the log is written.
        steps: How its records are unwrapped, which may change what stands at the path.
    """
    first = (path or "").partition(".")[0]
    wrapped = any(
        step.enter or not step.path or first in {each.partition(".")[0] for each in (step.path, step.into)}
        for step in steps
    )
    found = None
    if path is not None and not wrapped and form.written == "object":
        found = _numbers(path)
    elif path is not None and not wrapped and form.cells is not None and form.columns.count(path) == 1:
        found = number_cell(form.columns.index(path), form.cells)
    return (lambda raws: [None] * len(raws)) if found is None else found


def _numbers(path: str) -> NumbersOf | None:
    whole, either = _member(path, int), _member(path, int | str)
    if whole is None or either is None:
        return None

    def numbers(raws: Sequence[bytes]) -> list[int | None]:
        found: list[Any] = whole(raws)
        return [_number(each) for each in either(raws)] if None in found else found

    return numbers


def number_cell(at: int, layout: Layout) -> NumbersOf:
    """A function that gives the whole numbers in one cell of rows that have been read before; None as for texts.

    Args:
        at: Which cell, from 0.
        layout: How the rows are written, in UTF-8.
    """
    delimiter = layout.delimiter

    def numbers(raws: Sequence[bytes]) -> list[int | None]:
        try:
            texts = [raw.decode() for raw in raws]
            rows = [*csv.reader(texts, delimiter=delimiter, strict=True)]
        except (csv.Error, UnicodeDecodeError):
            return [None] * len(raws)
        if len(rows) != len(raws):
            return [None] * len(raws)
        return [_number(row[at]) if len(row) > at else None for row in rows]

    return numbers


def _number(value: object) -> int | None:
    if type(value) is int:
        return value
    return (
        int(value) if type(value) is str and len(value) < 19 and value.isascii() and value.isdigit() else None
    )


def _member(path: str | None, kind: Any) -> Callable[[Sequence[bytes]], list[Any]] | None:  # noqa: ANN401 - a type
    names = (path or "").split(".")
    if len(names) > 2 or not all(names):
        return None
    for name in reversed(names):
        kind = msgspec.defstruct("Only", [("inner", kind | None, None)], rename={"inner": name})
    decode, deep = msgspec.json.Decoder(kind).decode, len(names) == 2

    def one(raw: bytes) -> Any:  # noqa: ANN401 - as asked
        try:
            inner: Any = decode(raw).inner
            return inner.inner if deep else inner
        except _FAULTS:
            return None

    def values(raws: Sequence[bytes]) -> list[Any]:
        try:
            found: list[Any] = [decode(raw).inner for raw in raws]
            return [inner.inner for inner in found] if deep else found
        except _FAULTS:
            return [one(raw) for raw in raws]

    return values
