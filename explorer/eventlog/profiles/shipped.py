"""Which profile does a log get that nobody has named one for: one that comes with the program, or what is guessed?"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import re2

from explorer.eventlog.field_names import plain
from explorer.eventlog.profiles.guessing import guessed_steps
from explorer.eventlog.profiles.no_events import events_alone
from explorer.eventlog.profiles.profile import PLAIN, Profile, load
from explorer.eventlog.profiles.spelling import has, spelled
from explorer.eventlog.profiles.unwrapping import at
from explorer.resources import resource

_MOST_WITHOUT = 10  # one in so many records may lack what a profile requires


@cache
def shipped() -> Mapping[str, Profile]:
    """All of them, by the names of their files."""
    folder = resource("profiles")
    return {path.stem: load(path) for path in sorted(folder.glob("*.toml"))} if folder.is_dir() else {}


def recognised(records: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Profile | None:
    """The profile that fits the records of a sample; the one that asks for most, if several do.

    `columns` are those of a table, which each of its rows has, be the cell empty.
    """
    # most profiles are soon out of the question
    names = {plain(name) for record in records for name in record} | set(map(plain, columns))
    near = (
        each
        for each in shipped().values()
        if all(plain(path.partition(".")[0]) in names for path in each.requires)
    )
    return max((each for each in near if fits(each, records, columns)), key=_asks, default=None)


def store_of(columns: Sequence[str]) -> str:
    """The store whose profile asks for these columns of a table; empty if none does."""
    names = {plain(name) for name in columns}
    near = [
        each
        for each in shipped().values()
        if each.store
        and each.requires
        and all("." not in path and plain(path) in names for path in each.requires)
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
    found = [value for record in records if (value := at(record, path.split("."))) is not None]
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
