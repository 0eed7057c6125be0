"""Where do the records of a log have what a profile names, whose spelling may be another one?

`aggregate_identifier`, `aggregateIdentifier` and `AGGREGATE_IDENTIFIER` are one name. What a log spells exactly so
comes first. Of `a | b` what the log does not have is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from explorer.eventlog.extract import FIRST_OF, JOINED, getter, scalar_text
from explorer.eventlog.field_names import plain
from explorer.eventlog.profiles.profile import Profile, Roles, Unwrapping
from explorer.eventlog.profiles.unwrapping import unwrapper

type Records = Sequence[Mapping[str, Any]]

_SCALARS = (
    "type", "time", "entity", "sequence", "id", "kind", "correlation", "causation", "currency", "counterparty",
)  # fmt: skip
_ANY = ("amount",)  # may be an object with its currency


def spelled(profile: Profile, records: Records) -> Profile:
    """The same profile with the paths of a log; a member that none of its records has is left to be guessed."""
    steps: list[Unwrapping] = []
    no_events = {path_in(path, records) or path: said for path, said in profile.no_events.items()}
    for step in profile.unwrap:
        path = _joined(step.path, records) if step.path else ""
        if path is None:
            continue
        where = [path_in(each, records) for each in step.where]
        if None in where:
            continue
        found = msgspec.structs.replace(step, path=path, where=tuple(each for each in where if each))
        unwrap = unwrapper([found])
        assert unwrap is not None
        records = [unwrap(record) for record in records]
        steps.append(found)
    fields = _members(profile.fields, records)
    return msgspec.structs.replace(profile, unwrap=tuple(steps), fields=fields, no_events=no_events)


def _members(said: Roles, records: Records) -> Roles:
    found = {
        role: _member(getattr(said, role), records, scalar=role in _SCALARS) for role in (*_SCALARS, *_ANY)
    }
    data = said.data if said.data in {"", ".", "-"} else _member(said.data, records, scalar=False)
    return Roles(**found, data=data, form=said.form, dates=said.dates, zone=said.zone)


def _member(path: str, records: Records, *, scalar: bool) -> str:
    if path in {"", "-"}:
        return path
    paths = [each for part in path.split(FIRST_OF) if (each := _joined(part, records)) is not None]
    if scalar:
        paths = [each for each in paths if _is_scalar(each, records)]
    return FIRST_OF.join(dict.fromkeys(paths))


def _joined(path: str, records: Records) -> str | None:
    parts = [path_in(part, records) for part in path.split(JOINED)]
    return None if None in parts else JOINED.join(part for part in parts if part is not None)


def _is_scalar(path: str, records: Records) -> bool:
    find = getter(path)
    assert find is not None
    values = (find(record) for record in records)
    return any(type(value) is int or scalar_text(value) for value in values)


def path_in(path: str, records: Records) -> str | None:
    """The path as the records have it; None if none has it."""
    holders: Records = records
    parts = path.split(".")
    found: list[str] = []
    for number, part in enumerate(parts):
        names = dict.fromkeys(name for holder in holders for name in holder)
        name = _name(part, names)
        if name is None:  # the rest may be one name that has dots itself
            name = _name(".".join(parts[number:]), names)
            return None if name is None else ".".join([*found, name])
        found.append(name)
        holders = [inner for holder in holders if isinstance(inner := holder.get(name), Mapping)]
    return ".".join(found)


def _name(wanted: str, names: Mapping[str, None]) -> str | None:
    if wanted in names:
        return wanted
    own = plain(wanted)
    return next((name for name in names if plain(name) == own), None)


def has(record: Mapping[str, Any], path: str) -> bool:
    """Whether a record has such a member in any spelling, be it null."""
    return path_in(path, [record]) is not None
