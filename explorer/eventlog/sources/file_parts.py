"""Which files make one log together, and in which order were they written?

Named are files, folders (the files in them, not the folders in them) and archives (all files in them). What is hidden,
locked or of another program beside a log is no part.
"""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from explorer.eventlog.archives.archive import Archive, SeveralMembers, archive_of, content
from explorer.eventlog.compressed import packing_of
from explorer.eventlog.errors import LogError
from explorer.eventlog.spool import plain_reason
from explorer.patterns import lazy_pattern

MOST_FILES = 500
_BESIDE = lazy_pattern(
    r"(?:^\.|~$|\.(?:lock|tmp|swp|part|torn-\S*|hxw)$|^(?:Thumbs\.db|desktop\.ini)$|-(?:wal|shm|journal)$)"
)
_ROTATED = lazy_pattern(r"^(?P<base>.*?)(?:[.-](?P<number>\d{1,4}))(?P<end>(?:\.[A-Za-z]\w*)*)$")
_PACKED = lazy_pattern(r"\.(?:gz|zst|zstd)$", re.IGNORECASE)
_DIGITS = lazy_pattern(r"(\d+)")


class LogPart(msgspec.Struct, frozen=True):
    """One of the files: a file itself, or one in an archive.

    Attributes:
        path: Of the file, or of the archive.
        name: What to call it.
        archive: Which file of the archive it is.
    """

    path: str
    name: str
    archive: Archive | None = None


def parts_of(named: Sequence[str]) -> list[LogPart]:
    """All files that are named, in the order in which they were written, as far as their names tell.

    Raises:
        LogError: One is not there, or is named twice, there are too many, or none.
    """
    found: list[LogPart] = []
    for each in named:
        path = Path(each)
        if path.is_dir():
            try:
                inside = sorted(
                    child for child in path.iterdir() if child.is_file() and not _BESIDE.search(child.name)
                )
            except OSError as error:
                raise LogError(path.name, f"it cannot be read: {error.strerror}") from error
            for child in inside:
                found += _members(child)
        elif path.is_file():
            found += _members(path)
        else:
            raise LogError(path.name or each, "there is no such file")
    if not found:
        raise LogError(", ".join(Path(each).name for each in named), "there is no file in it")
    if len(found) > MOST_FILES:
        raise LogError(
            Path(named[0]).name, f"these are {len(found):,} files; at most {MOST_FILES} are read together"
        )
    seen: dict[tuple[object, ...], str] = {}
    for part in found:
        status = Path(part.path).stat()
        key = status.st_dev, status.st_ino, None if part.archive is None else part.archive.member
        if key in seen:
            raise LogError(part.name, f"it is named twice, also as {seen[key]}")
        seen[key] = part.name
    return by_age(_told_apart(found))


def by_age(parts: Sequence[LogPart]) -> list[LogPart]:
    """Files in the order in which they were written, as far as their names tell."""
    return sorted(parts, key=lambda part: _age(part, parts))


def is_rotated(parts: Sequence[LogPart]) -> bool:
    """Whether they are one log that was begun anew now and then: `app.log.2.gz`, `app.log.1`, `app.log`."""
    stems = {_stem(part.name) for part in parts}
    return len(parts) > 1 and len(stems) == 1 and any(_number(part.name) is None for part in parts)


def opened_beside(part: LogPart, spool_dir: Path | None) -> Path | None:
    """The file of an archive as a private file, which goes away when it is deleted; None of what is a file itself.

    Raises:
        LogError: It is encrypted, or there is no room.
    """
    if part.archive is None:
        return None
    try:
        with (
            Path(part.path).open("rb", buffering=0) as file,
            tempfile.NamedTemporaryFile(dir=spool_dir, delete=False) as out,
        ):
            try:
                blocks = content(part.archive, part.name, file.fileno())
                out.writelines(block for block in blocks if isinstance(block, bytes))
            except BaseException:
                Path(out.name).unlink()
                raise
            return Path(out.name)
    except OSError as error:
        raise LogError(part.name, f"it cannot be unpacked: {plain_reason(error)}") from error


def _members(path: Path) -> list[LogPart]:
    try:
        with path.open("rb", buffering=0) as file:
            packed = bool(packing_of(os.pread(file.fileno(), 8, 0)))
            if not packed:
                archive_of(path.name, file.fileno())
    except SeveralMembers as several:
        return [
            LogPart(str(path.absolute()), f"{path.name}/{each.member.name}", each)
            for each in several.members
            if each.member is not None
        ]
    except (LogError, OSError):
        pass  # who opens it says what is wrong with it
    return [LogPart(str(path.absolute()), path.name)]


def _told_apart(parts: Sequence[LogPart]) -> list[LogPart]:
    """Files of the same name are called by the folder before it too."""
    names = [part.name for part in parts]
    return [
        msgspec.structs.replace(part, name=f"{Path(part.path).parent.name}/{part.name}")
        if names.count(part.name) > 1
        else part
        for part in parts
    ]


def _stem(name: str) -> str:
    plain = _PACKED.sub("", name)
    found = _ROTATED.match(plain)
    return plain if found is None else found["base"] + found["end"]


def _number(name: str) -> int | None:
    found = _ROTATED.match(_PACKED.sub("", name))
    return None if found is None else int(found["number"])


def _age(part: LogPart, parts: Sequence[LogPart]) -> tuple[object, ...]:
    """What sorts files: the higher the number of one that was put aside, the older it is; else by their names."""
    stem = _stem(part.name)
    among = [each.name for each in parts if _stem(each.name) == stem]
    if len(among) > 1 and any(
        _number(name) is None for name in among
    ):  # the one that is written now has none
        number = _number(part.name)
        return (natural(stem), 1 if number is None else 0, -(number or 0), ())
    return (natural(part.name), 0, 0, natural(part.path))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers in names count as numbers: 2 before 10."""
    return tuple(
        (0, int(piece), "") if piece.isdigit() else (1, 0, piece.casefold())
        for piece in _DIGITS.split(name)
        if piece
    )
