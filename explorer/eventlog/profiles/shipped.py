"""Which profile does a log get that nobody has named one for: one that comes with the program, or what is guessed?"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import re2

from explorer.eventlog.field_names import plain
from explorer.eventlog.profiles.guessing import guessed_steps
from explorer.eventlog.profiles.no_events import events_alone
from explorer.eventlog.profiles.profile import PLAIN, Profile, load
from explorer.eventlog.profiles.spelling import has, path_in, spelled
from explorer.eventlog.profiles.unwrapping import at
from explorer.patterns import lazy_pattern
from explorer.resources import resource

_MOST_WITHOUT = 10  # one in so many records may lack what a profile requires
_REQUIRED = lazy_pattern(r"^requires = (\[[^\]\n]*\])$", re.MULTILINE)
_loaded = cache(load)


@cache
def shipped() -> Mapping[str, Profile]:
    """All of them, by the names of their files."""
    return {path.stem: _loaded(path) for path in _files()}


@cache
def _files() -> Mapping[Path, Sequence[str] | None]:
    """Their files, with what each requires; None: that is known when the whole of it is read.

    To read the whole of all takes a twentieth of the time in which a small log is answered.
    """
    folder = resource("profiles")
    found: dict[Path, Sequence[str] | None] = {}
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        line = _REQUIRED.search(path.read_text("utf-8"))
        try:
            found[path] = None if line is None else msgspec.json.decode(line[1], type=list[str])
        except msgspec.MsgspecError:  # a list in TOML, and none in JSON
            found[path] = None
    return found


def _near(names: set[str]) -> Iterator[Profile]:
    """Those that records can have whose members are called so; most are soon out of the question."""
    for path, told in _files().items():
        if told is not None and not _could_be(told, names):
            continue
        profile = _loaded(path)
        if profile.requires and _could_be(profile.requires, names):
            yield profile


def _could_be(required: Sequence[str], names: set[str]) -> bool:
    return all(plain(path.partition(".")[0]) in names for path in required)


def recognised(records: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Profile | None:
    """The profile that fits the records of a sample; the one that asks for most, if several do.

    `columns` are those of a table, which each of its rows has, be the cell empty.
    """
    names = {plain(name) for record in records for name in record} | set(map(plain, columns))
    return max((each for each in _near(names) if fits(each, records, columns)), key=_asks, default=None)


def store_of(columns: Sequence[str]) -> str:
    """The store whose profile asks for these columns of a table; empty if none does."""
    names = {plain(name) for name in columns}
    near = [
        each
        for each in _near(names)
        if each.store
        and all("." not in path for path in each.requires)
        and not any(plain(path) in names for path in each.lacks)
    ]
    return max(near, key=_asks).store if near else ""


def fits(profile: Profile, records: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> bool:
    """Does nearly every record have what the profile requires, and none what it excludes?"""
    records = events_alone(records, profile.no_events)
    if not records or not profile.requires:
        return False
    missed = 0
    there = dict.fromkeys(columns)
    asked = [path for path in profile.requires if not has(there, path)]
    for record in records:
        missed += not all(has(record, path) for path in asked)
        if missed * _MOST_WITHOUT > len(records):
            return False
    if any(has(record, path) for path in profile.lacks for record in records):
        return False
    return all(_match(records, path, pattern) for path, pattern in profile.values.items())


def _match(records: Sequence[Mapping[str, Any]], path: str, pattern: str) -> bool:
    """Do nearly all values at a path match, as far as there are any?"""
    matching = re2.compile(pattern)
    parts = (path_in(path, records) or path).split(".")
    found = [value for record in records if (value := at(record, parts)) is not None]
    good = sum(isinstance(value, (str, int)) and bool(matching.fullmatch(str(value))) for value in found)
    return (len(found) - good) * _MOST_WITHOUT <= len(found)


def _asks(profile: Profile) -> int:
    return len(profile.requires) + 2 * len(profile.values) + len(profile.lacks)


# says which, given a sample and the columns of a table, or None
type Naming = Callable[[Sequence[Mapping[str, Any]], Sequence[str]], Profile | None]


def profile_of(
    records: Sequence[Mapping[str, Any]], named: Profile | Naming | None = None, columns: Sequence[str] = ()
) -> Profile:
    """The one that is named, or the one that fits a sample of records; else what is seen of how they are wrapped.

    Its paths are spelt as the records have them.
    """
    if named is not None and not isinstance(named, Profile):
        named = named(records, columns)
    if named is not None:
        return spelled(named, records) if records else named
    if (found := recognised(records, columns)) is not None:
        return spelled(found, records)
    steps = guessed_steps(records)
    return Profile(unwrap=steps) if steps else PLAIN
