"""Which program has written a table that has no names of columns: one whose columns hold just this?"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from explorer.eventlog import field_names
from explorer.eventlog.event import Record
from explorer.eventlog.extract import getter, scalar_text
from explorer.eventlog.formats import Format
from explorer.eventlog.profiles.decoding import decoded
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.profiles.shipped import fits, shipped
from explorer.eventlog.profiles.spelling import spelled
from explorer.eventlog.read_as import ReadAs
from explorer.eventlog.timestamps import parse_time

type Rows = Sequence[Sequence[Any]]

_FEW_WORDS = 3  # a type is a name, and no sentence
_FEWEST_TIMES_NS = 10**17  # 1973: what is less is a number
_OF_AN_ENTITY = frozenset({
    "version", "position", "playhead", "streamposition", "sequencenumber", "streamversion", "aggregateversion",
    "originatorversion", "aggregatesequencenumber",
})  # fmt: skip
_FLAGS = frozenset({"t", "f", "true", "false", "0", "1"})


def told_of_table(
    form: Format, told: ReadAs, own: Profile, records: Sequence[Record]
) -> tuple[Profile, ReadAs]:
    """The profile of a log, and how it is read; with names for the columns of a table of a store that has none."""
    if form.names_columns and own.columns and own.written.header and not told.columns:
        named = next((each for each in own.columns if len(each) == len(form.columns)), ())
        return own, msgspec.structs.replace(told, columns=named)  # in place of those that it has
    if not form.columns or form.names_columns or told.columns or told.header is not None:
        return own, told
    found = of_table([[record.get(name) for name in form.columns] for record in records], own)
    if found is None:
        return own, told
    return found[0], msgspec.structs.replace(told, columns=found[1], header=False)


def of_table(rows: Rows, own: Profile) -> tuple[Profile, tuple[str, ...]] | None:
    """The profile and the names of the columns of a table; None if none fits, or several do.

    Args:
        rows: Its first ones, None for an empty cell.
        own: The profile that it has so far; one that names columns itself is the only one that is asked.
    """
    profiles = [own] if own.columns else list(shipped().values())
    found = [
        (each, names)
        for each in profiles
        for names in each.columns
        if rows and len(names) == len(rows[0]) and _holds(each, names, rows, named=bool(own.columns))
    ]
    layouts = {names for _, names in found}
    if len(layouts) != 1:
        return None
    return max(found, key=lambda each: len(each[0].requires) + 2 * len(each[0].values))


def _holds(profile: Profile, names: Sequence[str], rows: Rows, *, named: bool) -> bool:
    if named:
        return True
    records: list[Record] = [dict(zip(names, row, strict=True)) for row in rows]
    columns = {name: [row[at] for row in rows if row[at] is not None] for at, name in enumerate(names)}
    return (
        fits(profile, records)
        and all(_may_be(name, cells) for name, cells in columns.items())
        and _counts(profile, records)
    )


def _counts(profile: Profile, records: Sequence[Record]) -> bool:
    """Does what numbers the events of an entity go one way from each to the next?"""
    entity = getter(spelled(profile, records).fields.entity or None)
    version = next((name for name in records[0] if field_names.plain(name) in _OF_AN_ENTITY), None)
    if entity is None or version is None:
        return True
    numbers: dict[str | None, list[int]] = {}
    for record in records:
        text = str(record[version])
        if text.isdecimal():
            numbers.setdefault(scalar_text(entity(record)), []).append(int(text))
    steps = [later - earlier for each in numbers.values() for earlier, later in pairwise(each)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _may_be(name: str, cells: Sequence[Any]) -> bool:
    """Is what stands in a column what is called so?"""
    own = field_names.plain(name)
    texts = [str(cell) for cell in cells]
    if (
        own in field_names.NUMBERED
        or own.endswith(("version", "position"))
        or own in {"no", "offset", "globalindex"}
    ):
        return all(text.lstrip("-").isdecimal() for text in texts) if own != "payloadrevision" else True
    if own.startswith("is") or own in {"deleted", "archived", "newstreamstart"}:
        return all(text.lower() in _FLAGS for text in texts)
    if own in field_names.TIME and own not in {"es", "t", "at"}:
        return all((at := parse_time(text)) is not None and at > _FEWEST_TIMES_NS for text in texts)
    if own in field_names.DATA or own in {
        "metadata",
        "jsondata",
        "jsonmetadata",
        "messagemetadata",
        "customheaders",
    }:
        return all(
            not text.isdecimal() and (decoded(text) is not text or len(text) > 1) for text in texts
        ) and any(isinstance(decoded(text), (dict, list)) or text[:2] == "\\x" for text in texts)
    if own in field_names.TYPE or own.endswith(("type", "class")):
        return all(
            text[:1] not in "{[" and len(text.split()) <= _FEW_WORDS and not text.isdecimal()
            for text in texts
        )
    return all(text[:1] not in "{[" for text in texts) or own in {"headers", "tags", "streamdata"}
