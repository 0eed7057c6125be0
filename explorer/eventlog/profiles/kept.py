"""Which profile has a person kept for logs of this shape, so that the next one like it opens right?

The shape of a log is which members its first records have. One file for each, in TOML, that can be given to others.
"""

import contextlib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.eventlog.profiles.profile import Profile, Roles, load, to_toml
from explorer.eventlog.written import write_file

type Records = Sequence[Mapping[str, Any]]

_LOOKED_AT = 50
_DEEPEST = 2


def shape_of(records: Records) -> str:
    """The shape of a log as a word: the paths that most of its first records have, in any order."""
    counts: dict[str, int] = {}
    some = records[:_LOOKED_AT]

    def walk(value: Mapping[str, Any], prefix: str, depth: int) -> None:
        for name, inner in value.items():
            counts[prefix + name] = counts.get(prefix + name, 0) + 1
            if isinstance(inner, Mapping) and depth < _DEEPEST:
                walk(inner, prefix + name + ".", depth + 1)

    for record in some:
        walk(record, "", 1)
    common = sorted(path for path, count in counts.items() if count * 10 >= len(some) * 9 and "." not in path)
    return hashlib.blake2b("\0".join(common).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def kept_in(folder: Path | None) -> Callable[[Records, Sequence[str]], Profile | None] | None:
    """What finds the profile that is kept for a sample of records; None if there is none at all."""
    if folder is None or not folder.is_dir():
        return None

    def find(records: Records, _columns: Sequence[str]) -> Profile | None:
        file = folder / f"{shape_of(records)}.toml"
        if not records or not file.is_file():
            return None
        with contextlib.suppress(LogError):  # somebody has edited it
            return load(file)
        return None

    return find


def keep(folder: Path, log: EventLog, profile: Profile) -> Path:
    """Keep a profile for all logs of the shape of this one; returns its file.

    Raises:
        LogError: It cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LogError(folder.name, f"it cannot be made: {error.strerror}") from error
    file = folder / f"{shape_of(_sample(log))}.toml"
    write_file(file, [to_toml(profile).encode()], replace=True)
    return file


def forget(folder: Path, log: EventLog) -> bool:
    """Keep none any more; whether there was one."""
    file = folder / f"{shape_of(_sample(log))}.toml"
    there = file.is_file()
    with contextlib.suppress(OSError):
        file.unlink()
    return there


def as_read(log: EventLog) -> Profile:
    """All of how a log is read now as a profile: what its own says, and what was guessed or said of its fields."""
    import msgspec

    fields = msgspec.structs.asdict(log.fields)
    said = {
        role: path or "-" for role, path in fields.items() if role not in {"opaque", "form", "dates", "zone"}
    }
    dates = log.read_as.dates or (log.fields.dates or "")
    dates = "" if dates.endswith("?") else dates  # what was only guessed is asked of the next log, too
    said |= {"form": log.fields.form or "", "dates": dates, "zone": log.fields.zone or ""}
    if log.fields.data is None:
        said["data"] = "." if log.fields.opaque is None else ""
    return msgspec.structs.replace(log.profile, fields=msgspec.convert(said, Roles))


def _sample(log: EventLog) -> list[Mapping[str, Any]]:
    return log.records_as_found(_LOOKED_AT)
