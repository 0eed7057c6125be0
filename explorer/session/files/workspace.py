"""How does one come back to exactly where one was: which log, which place in it, and what was shown?

A workspace says which log it is about by its path and by a fingerprint of its bytes. The log itself is only read.
"""

import contextlib
import hashlib
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.eventlog.profiles.profile import Profile, to_toml
from explorer.eventlog.read_as import ReadAs, columns_text
from explorer.eventlog.sources.address import is_address, without_password
from explorer.history.history import Order
from explorer.projection.built_in import AUTOMATIC
from explorer.projection.model import Recipe
from explorer.session.changes.kept_branches import MOST_KEPT, NamedBranch
from explorer.session.places.bookmarks import Bookmark

SUFFIX = ".hxw"
VERSION = (
    5  # 2: branches; 3: how it is read, from which end; 4: a profile; 5: by sequence, read models of kinds
)
MOST_BYTES = 8 << 20
SAMPLE_BYTES = (
    1 << 16
)  # of the beginning and of the end of a log; reading all of a large one would take too long

NO_FILES: Mapping[str, str] = MappingProxyType({})

type Position = Annotated[int, msgspec.Meta(ge=0)]
type Sameness = Literal["same", "grown", "changed", "missing"]


class KeptView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where in a log a person stands, and how they look at it.

    Attributes:
        position: How many events have happened.
        order: As recorded, as happened, from the end, or by sequence numbers.
        projection: The read model; the text of one that somebody wrote is part of it.
        fields: What the person said of the log's fields; None: as guessed.
        filter: Which events are listed.
        hide_others: Whether the others are hidden, or all are listed with the hits marked.
        bookmarks: The marked places.
        a: Point A of a comparison, if it is pinned.
        b: Point B, if it is.
        entity: The chosen entity …
        field: … and which of its values is chosen.
        layout: Where the panels are, as the window writes it.
        branches: What was asked "what if?", and …
        branch: … which of them is in front; -1: none.
        read_as: What the person said of how the log is written; None: as found.
        profile: How its records become events, if a profile was named.
        query: A query that was written for this log, whether or not it is the read model.
    """

    position: Position = 0
    order: Order = "log"
    projection: Recipe = Recipe()
    fields: FieldMap | None = None
    filter: Annotated[str, msgspec.Meta(max_length=100_000)] = ""
    hide_others: bool = True
    bookmarks: Annotated[tuple[Bookmark, ...], msgspec.Meta(max_length=100_000)] = ()
    a: Position | None = None
    b: Position | None = None
    entity: str | None = None
    field: str = ""
    layout: bytes = b""
    branches: Annotated[tuple[NamedBranch, ...], msgspec.Meta(max_length=MOST_KEPT)] = ()
    branch: int = -1
    query: Recipe | None = None
    read_as: ReadAs | None = None
    profile: Profile | None = None

    def __post_init__(self) -> None:
        if any(mark.position < 0 for mark in self.bookmarks):
            raise ValueError("a bookmark stands before the beginning of the log")


class Fingerprint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which bytes a log had: how many, and a hash of its beginning and its end."""

    size_bytes: Position
    digest: str


class LogReference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which log: its path, in a workspace file relative to that file, and which bytes it had."""

    path: str
    fingerprint: Fingerprint


class Workspace(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="workspace"):
    """One log and one view of it."""

    version: int
    log: LogReference
    view: KeptView


class _Version(msgspec.Struct):
    version: int
    kind: Literal["workspace"]


def workspace(log: str | os.PathLike[str], view: KeptView) -> Workspace:
    """The workspace of a log as it is now: of a file, or of a source, which has an address and no bytes of its own.

    Raises:
        LogError: The log cannot be read, or its name is no text.
    """
    log = os.fspath(log)
    if not _is_text(log):
        raise LogError(Path(log).name, "its name is no text, so it cannot be written into a workspace")
    if not _is_text(f"{view.entity}{view.field}{view.filter}"):  # half of a character, which a log may hold
        view = msgspec.structs.replace(view, entity=None, field="", filter="")
    if view.read_as is not None and not _is_text(columns_text(view.read_as.columns)):
        view = msgspec.structs.replace(view, read_as=None)
    if not _is_text(f"{view.branches}{view.query}"):
        view = msgspec.structs.replace(view, branches=(), branch=-1, query=None)
    if is_address(log):
        return Workspace(VERSION, LogReference(without_password(log), Fingerprint(0, "")), view)
    return Workspace(VERSION, LogReference(str(Path(log).absolute()), fingerprint(Path(log))), view)


def encoded(found: Workspace, file: Path) -> bytes:
    """What `file` is to hold: `found` with the log's path as seen from there."""
    path = found.log.path
    if is_address(path):
        return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
    with contextlib.suppress(ValueError):  # on another drive there is no such path
        path = Path(os.path.relpath(path, file.absolute().parent)).as_posix()
    log = LogReference(path, found.log.fingerprint)
    raw = msgspec.json.encode(msgspec.structs.replace(found, log=log))
    return msgspec.json.format(raw, indent=2) + b"\n"


def load(file: Path) -> Workspace:
    """Read a workspace file; the log's path is absolute then.

    Raises:
        LogError: It cannot be read, or it is none; `str()` is the sentence for the person.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise LogError(
            file.name, f"it cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    if len(raw) > MOST_BYTES:
        raise LogError(file.name, f"it is longer than any workspace: more than {MOST_BYTES >> 20} MiB")
    try:
        if msgspec.json.decode(raw, type=_Version).version > VERSION:
            raise LogError(file.name, "a newer version of the program has written it")
        found = msgspec.json.decode(raw, type=Workspace)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LogError(file.name, f"it is no workspace: {error}") from error
    if not found.log.path or "\0" in found.log.path:
        raise LogError(file.name, "it is no workspace: it names no log")
    if is_address(found.log.path):
        log = LogReference(without_password(found.log.path), found.log.fingerprint)
        return msgspec.structs.replace(found, log=log)
    path = os.path.normpath(file.absolute().parent / found.log.path)
    return msgspec.structs.replace(found, log=LogReference(path, found.log.fingerprint))


def fingerprint(log: Path, size_bytes: int | None = None) -> Fingerprint:
    """Which bytes `log` has; `size_bytes`: had, when it was so long.

    Raises:
        LogError: It cannot be read.
    """
    try:
        with log.open("rb") as file:
            length = os.fstat(file.fileno()).st_size if size_bytes is None else size_bytes
            digest = hashlib.blake2b(file.read(min(length, SAMPLE_BYTES)), digest_size=20)
            file.seek(max(length - SAMPLE_BYTES, 0))
            digest.update(file.read(min(length, SAMPLE_BYTES)))
    except (OSError, ValueError) as error:
        raise LogError(log.name, f"it cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return Fingerprint(length, digest.hexdigest())


def fingerprint_text(log: str) -> str:
    """The same as one word, for `sameness_of`.

    Raises:
        LogError: It cannot be read.
    """
    if is_address(log):
        return ""
    found = fingerprint(Path(log))
    return f"{found.size_bytes}:{found.digest}"


def sameness_of(log: str, fingerprint_text: str) -> Sameness:
    """Whether a log still has the bytes that such a word tells."""
    size, _, digest = fingerprint_text.partition(":")
    return sameness(LogReference(log, Fingerprint(int(size) if size.isdecimal() else 0, digest)))


def sameness(reference: LogReference) -> Sameness:
    """Whether the log is still there, and has the bytes it had; `grown`: and further ones behind them."""
    if is_address(reference.path):
        return "same"  # nobody knows before it is asked
    path = Path(reference.path)
    try:
        if not path.is_file():
            return "missing"
        size = path.stat().st_size
        known = reference.fingerprint
        if size < known.size_bytes or fingerprint(path, known.size_bytes) != known:
            return "changed"
    except (OSError, LogError):
        return "missing"
    return "same" if size == known.size_bytes else "grown"


def link(log: str, view: KeptView, sources: Mapping[str, str] = NO_FILES, steps: str | None = None) -> str:
    """The command that shows the same log at the same place, to be pasted into a shell.

    Args:
        log: The log's path.
        view: Where one stands in it.
        sources: The files that the read models came from, by the kinds that they are for; "" for all others.
        steps: The file that the upcasters came from.
    """
    words = ["history-explorer", log, "--position", str(view.position)]
    if view.order != "log":
        words += ["--order", view.order]
    for kind, recipe in (("", view.projection), *view.projection.by_kind):
        word = sources.get(kind) if recipe.language else recipe.name
        if word and (kind or word != AUTOMATIC):
            words += ["--projection", f"{kind}={word}" if kind else word]
    if view.projection.upcasters is not None and steps:
        words += ["--upcast", steps]
    for role, path in _fields(view.fields):
        words += [f"--{role}-field", path]
    if view.profile is not None:
        words += ["--profile", to_toml(view.profile)]
    words += _reading(view.read_as)
    return _quoted(words)


def _reading(read_as: ReadAs | None) -> Sequence[str]:
    if read_as is None:
        return ()
    words = [] if read_as.encoding is None else ["--encoding", read_as.encoding]
    if read_as.header is not None:
        words.append("--header" if read_as.header else "--no-header")
    if read_as.columns:
        words += ["--columns", columns_text(read_as.columns)]
    if read_as.delimiter is not None:
        words += ["--delimiter", "tab" if read_as.delimiter == "\t" else read_as.delimiter]
    if read_as.header_row is not None:
        words += ["--header-row", str(read_as.header_row)]
    if read_as.records is not None:
        words += ["--records", read_as.records]
    if read_as.dates is not None:
        words += ["--dates", f"{read_as.dates}-first"]
    return words


def _fields(fields: FieldMap | None) -> Sequence[tuple[str, str]]:
    if fields is None:
        return ()
    roles = ("type", "time", "entity", "data")
    return [(role, path) for role in roles if (path := getattr(fields, role)) is not None]


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _quoted(words: Sequence[str]) -> str:
    if sys.platform == "win32":
        return subprocess.list2cmdline(words)
    return shlex.join(words)
