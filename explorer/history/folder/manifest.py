"""What does a history folder say of itself beside its tables, and is that whole, ours and of a make that is known?"""

import hashlib
import json
from typing import Any, Literal

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap, Notice, Unread
from explorer.eventlog.folder_mark import KIND, told_in
from explorer.eventlog.profiles.profile import PLAIN, Profile
from explorer.eventlog.read_as import ReadAs
from explorer.history.chunks import Problem
from explorer.history.folder.layout import READABLE, VERSION
from explorer.history.folder.parts import FolderPart
from explorer.history.steady import Made
from explorer.projection.model import Field, Recipe

MOST_BYTES = 1 << 30  # of a manifest
_SEAL = '"seal": "{}"'
_SEAL_BYTES = 32

type ValueKind = Literal["sums", "codes", "counts"]


class SourcePart(msgspec.Struct, frozen=True):
    """One file from which events came.

    Attributes:
        path: Where it was; the address of one that only a cluster reached; empty if it was no file.
        bytes: How many (unpacked) bytes of it were read.
        made: Of which bytes; None if nobody looked, and so nothing is read from it again.
    """

    path: str
    bytes: int
    made: Made | None = None


class LogAbout(msgspec.Struct, frozen=True):
    """The log of which the folder was made; attributes as of `EventLog` and `Format`."""

    name: str
    format_parts: tuple[str, ...]
    fields: FieldMap
    parts: tuple[SourcePart, ...] = ()
    address: str | None = None
    profile: Profile = PLAIN
    read_as: ReadAs = ReadAs()
    candidates: dict[str, list[str]] = {}
    encoding: str = "utf-8"
    columns: tuple[str, ...] = ()
    by_rows: bool = False
    by_time: bool = False
    lines: int = 0


class FieldAbout(msgspec.Struct, frozen=True):
    """One line of tables: a field in one order of time.

    Attributes:
        field: The field. The last of an order may be none of the read model's: what happened to each entity.
        kind: What its values are.
        changes, slots: How many.
        scale: Decimals of `units`.
        wide: How many values do not fit `units`.
        twice: Whether an event changed a slot more than once.
        keys, values: How many names there are of each, in `names/keys/field-NN` and `names/values/field-NN`.
        told: Whether values are JSON, or texts some of which tell only by what they differ from another.
        keyframes: For each: how many changes had been made, and up to which position.
        group_rows: How many rows a row group of its changes has.
    """

    field: Field
    kind: ValueKind
    changes: int
    slots: int
    scale: int = 0
    wide: int = 0
    twice: bool = False
    keys: int = 0
    values: int = 0
    told: Literal["json", "entries"] = "json"
    keyframes: tuple[tuple[int, int], ...] = ()
    group_rows: int = 0


class OrderAbout(msgspec.Struct, frozen=True):
    """One order of time.

    Attributes:
        fields: Of each field of the read model, and last of what happened to each entity, if no field counts that.
        touches: Which of them that is.
        problems, unlisted: As of `History`.
    """

    fields: tuple[FieldAbout, ...]
    touches: int
    problems: tuple[Problem, ...] = ()
    unlisted: dict[str, int] = {}


class EventsAbout(msgspec.Struct, frozen=True):
    """What the columns of the events come to, so that nobody need read them all to know.

    Attributes:
        untimed, outside, out_of_order, nobodys: How many events have no time, one outside of what can be said, one
            before an earlier event's, and no entity.
        ascending: Whether the order of time is that of the log.
        newest_first: Whether the log begins with what happened last.
        out_of_sequence: Whether it does not stand in the order of its own numbers, though that is how it happened.
        unnumbered: The positions of the events without a number, if the folder has the order of numbers.
        deletions: The positions at which something is deleted.
        type_counts: How many events have each type, by code.
    """

    untimed: int = 0
    outside: int = 0
    out_of_order: int = 0
    nobodys: int = 0
    ascending: bool = True
    newest_first: bool = False
    out_of_sequence: bool = False
    unnumbered: tuple[int, ...] = ()
    deletions: tuple[int, ...] = ()
    type_counts: tuple[int, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands in `manifest.json`.

    Attributes:
        events: How many events.
        entities: How many entities the state has.
        mixed_kinds: The entities of which events say different kinds.
        same_entities: Whether codes of entities in the events and in the state mean the same.
        group_rows: How many rows a row group of the events has.
        log: Of which log it was made.
        model: The read model: all that is needed to make it again; …
        model_hash: … a hash of that, in hexadecimal digits; …
        projection: … and what it is called.
        about: Of the events' columns.
        orders: By order of time, `log` first.
        tables: The parts of each table.
        unread, notices, unknown, members, schemas: As of `Events` and `Collected`.
        program: Which version of the program wrote it.
    """

    kind: str = KIND
    version: int = VERSION
    seal: str = ""
    events: int
    entities: int
    same_entities: bool = True
    mixed_kinds: tuple[str, ...] = ()
    group_rows: int
    log: LogAbout
    model: Recipe
    model_hash: str
    projection: str
    about: EventsAbout
    orders: dict[str, OrderAbout]
    tables: dict[str, tuple[FolderPart, ...]] = {}
    unread: tuple[Unread, ...] = ()
    notices: tuple[Notice, ...] = ()
    unknown: dict[str, int] = {}
    members: Any = None
    schemas: dict[str, int] = {}
    program: str = ""


def hash_of(recipe: Recipe) -> str:
    """A read model as a hash: another text, another hash."""
    return hashlib.blake2b(json.dumps(recipe.plain, sort_keys=True).encode(), digest_size=16).hexdigest()


def dumps(manifest: Manifest) -> bytes:
    """A manifest as the bytes of its file."""
    plain: Any = msgspec.to_builtins(msgspec.structs.replace(manifest, seal="0" * 2 * _SEAL_BYTES))
    text = json.dumps(plain, indent=1)
    return text.replace(_SEAL.format(plain["seal"]), _SEAL.format(_sum_of(text)), 1).encode("ascii")


def loads(text: bytes, name: str) -> Manifest:
    """The inverse of `dumps`.

    Raises:
        LogError: It is no manifest, of a make that is not known, or not whole.
    """
    told = told_in(text)
    if told is None:
        raise LogError(name, "it is no history folder: its manifest.json cannot be read")
    if told.get("kind") != KIND:
        raise LogError(name, "it is no history folder: its manifest.json is something else's")
    version = told.get("version")
    if isinstance(version, int) and version > VERSION:
        raise LogError(
            name, f"it is a history folder of a newer make ({version}): a newer History Explorer opens it"
        )
    damaged = "the history folder is damaged: its manifest is not as it was written"
    seal = told.get("seal")
    if version not in READABLE or not isinstance(seal, str):
        raise LogError(name, damaged)
    plain = text.decode("ascii", "replace").replace(
        _SEAL.format(seal), _SEAL.format("0" * 2 * _SEAL_BYTES), 1
    )
    if _sum_of(plain) != seal:
        raise LogError(name, damaged)
    try:
        return msgspec.convert(told, Manifest)
    except (msgspec.ValidationError, ValueError) as error:
        raise LogError(name, damaged) from error


def _sum_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_SEAL_BYTES).hexdigest()
