"""What does a profile say of a log: how its records are unwrapped, which member is what, in which order they count?"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import re2

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import WHOLE_RECORD, FieldMap
from explorer.eventlog.extract import JOINED
from explorer.eventlog.local_times import zone_of
from explorer.eventlog.read_as import ReadAs

type As = Literal[
    "auto", "json", "hex", "base64", "xml", "yaml", "unpack", "mongodb", "dynamodb", "otlp", "members", "headers",
    "connect", "changes",
]  # fmt: skip
type Reading = Literal["", "as written", "newest first", "by sequence"]
type Numbers = Literal["", "comma", "point"]

MOST_BYTES = 1 << 20
QUIET = re2.Options()  # what is no expression is said once, by who reads it
QUIET.log_errors = False
MOST_STEPS = 64


class Unwrapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One step of unwrapping a record.

    Attributes:
        path: Of the value; empty for the record itself; of `a + b` the value is the list of both.
        read: In what it is written, one inside the other, from outside in; `auto`: as far as it can be told.
        into: Where what is found goes; empty: in the place of what was there.
        enter: Whether the record is what stands there, and the members beside it are its envelope no more.
        where: Roles that must be there, or the step is left out.
    """

    path: str = ""
    read: tuple[As, ...] = ()
    into: str = ""
    enter: bool = False
    where: tuple[str, ...] = ()


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which member is what, in records that are unwrapped; an empty text: guessed, `-`: none, `.`: the whole record.

    A path is dotted; `a | b` is the first of the two that is there, `a + b` both, joined.

    Attributes:
        type, time, entity, data, sequence, id: As in `FieldMap`.
        kind: The kind of the entity (its aggregate's type).
        correlation, causation, amount, currency, counterparty: As in `FieldMap`.
        form: How an entity's name is made, such as `{kind}|{id}`; `a | b`: in one of two ways.
        dates: Whether the `day` or the `month` stands first in dates that end with the year.
        zone: The zone of times that tell none, such as `Europe/Berlin`.
    """

    type: str = ""
    time: str = ""
    entity: str = ""
    data: str = ""
    sequence: str = ""
    id: str = ""
    kind: str = ""
    correlation: str = ""
    causation: str = ""
    amount: str = ""
    currency: str = ""
    counterparty: str = ""
    form: str = ""
    dates: Literal["", "day", "month", "day?", "month?"] = ""
    zone: str = ""


class WrittenAs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the records are, as far as a log does not tell it; see `ReadAs`.

    Attributes:
        encoding: Of the text.
        delimiter: What stands between the cells of a table.
        header: The row that names the columns, from 1; 0: none does.
        records: The path of the list of records.
    """

    encoding: str = ""
    delimiter: str = ""
    header: int | None = None
    records: str = ""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the records of one kind of log become events.

    Attributes:
        name: What the log is, for people; empty of one that is guessed.
        store: Which program writes such logs.
        about: What is to be known of it, in a sentence.
        requires: Paths that every record has, by which it is recognised.
        lacks: Paths that no record has.
        values: Regular expressions that the values at some paths match wholly.
        unwrap: What is done to a record before its members are looked at.
        fields: Which member is what.
        order: From which end the log is read, if its times or numbers fall, or that it is read by its sequence numbers;
            empty: as written, and it is said.
        written: Where its records are, where it is named or kept for a log.
        columns: Names for the columns of a table that has none, one list for each way in which it is written out.
        no_events: Regular expressions; a record at whose path the value matches one wholly is no event: a heartbeat, a
            preamble.
        numbers: Whether decimals stand behind a `comma` or a `point` in numbers that are texts; empty: found.
        meanings: What event types do to an account, by their names in the accounts read model.
    """

    name: str = ""
    store: str = ""
    about: str = ""
    requires: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    values: Mapping[str, str] = {}
    written: WrittenAs = WrittenAs()
    columns: tuple[tuple[str, ...], ...] = ()
    no_events: Mapping[str, str] = {}
    unwrap: tuple[Unwrapping, ...] = ()
    fields: Roles = Roles()
    order: Reading = ""
    numbers: Numbers = ""
    meanings: Mapping[str, str] = {}

    def __post_init__(self) -> None:
        if len(self.unwrap) > MOST_STEPS:
            raise ValueError(f"more than {MOST_STEPS} steps")
        # in its own place it would be taken for wrapped once more, when an event that somebody edits is made anew
        if any((JOINED in step.path or "changes" in step.read) and not step.into for step in self.unwrap):
            raise ValueError("what is found needs a place to go to: `into`")
        if len(self.written.delimiter) > 1 or (self.written.header or 0) < 0:
            raise ValueError("a delimiter is one character, and rows count from 1")
        for pattern in (*self.values.values(), *self.no_events.values()):
            re2.compile(pattern, QUIET)
        if self.fields.zone:
            zone_of(self.fields.zone)
        forms = self.fields.form.split(" | ") if self.fields.form else []
        if any(form.count("{id}") != 1 or form.count("{kind}") != 1 for form in forms):
            raise ValueError("the form of an entity's name has its {kind} and its {id} in it, once each")

    @property
    def names_payload(self) -> bool:
        """Whether it says where the payload is, so that what stands there must be one."""
        return self.fields.data not in {"", "-", WHOLE_RECORD}

    def field_map(self, guessed: FieldMap) -> FieldMap:
        """What it says of members, and where it says nothing what was guessed."""
        found: dict[str, str | None] = {}
        for role in Roles.__struct_fields__:
            said = getattr(self.fields, role)
            found[role] = getattr(guessed, role) if not said else None if said == "-" else said
        if found["data"] == WHOLE_RECORD:
            found["data"] = None
        opaque = guessed.opaque if found["data"] is None and not self.fields.data else None
        return FieldMap(**found, opaque=opaque)


PLAIN = Profile()
_TABLES = ("written", "values", "no_events", "fields", "meanings")


def as_told(profile: object, told: ReadAs, *, guessed: bool = False) -> ReadAs:
    """How a log is written by its profile, if that is one; what a person has said of it stays.

    Args:
        profile: It.
        told: What a person has said, and what was found.
        guessed: Whether the encoding in `told` was only guessed.
    """
    if not isinstance(profile, Profile):
        return told
    written = profile.written
    return ReadAs(
        (written.encoding if guessed else "") or told.encoding or written.encoding or None,
        told.header,
        told.columns,
        told.delimiter or written.delimiter or None,
        written.header if told.header_row is None and told.header is None else told.header_row,
        told.records or written.records or None,
        told.dates or _surely(profile.fields.dates),
    )


def with_told(profile: Profile, told: ReadAs) -> Profile:
    """The profile with what a person said of how a log is written; the inverse of `as_told`."""
    old = profile.written
    row = told.header_row if told.header_row is not None or told.header is None else int(told.header)
    written = WrittenAs(
        told.encoding or old.encoding, told.delimiter or old.delimiter, old.header if row is None else row,
        told.records or old.records,
    )  # fmt: skip
    columns = (told.columns,) if told.columns else profile.columns
    return msgspec.structs.replace(profile, written=written, columns=columns)


def _surely(dates: str) -> Literal["day", "month"] | None:
    """What stands first in dates, if that was not only guessed."""
    return "day" if dates == "day" else "month" if dates == "month" else None


def of_toml(text: str, name: str) -> Profile:
    """The profile that a text in TOML says.

    Raises:
        LogError: It says none; `name` is that of its file.
    """
    try:
        return msgspec.convert(_renamed(tomllib.loads(text)), Profile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError, re2.error, RecursionError) as error:
        raise LogError(name, f"it is no profile: {error}") from error


def load(path: Path) -> Profile:
    """The profile in a file.

    Raises:
        LogError: It cannot be read, or is none.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        text = raw.decode()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise LogError(path.name, f"it cannot be read: {why}") from error
    if len(raw) > MOST_BYTES:
        raise LogError(path.name, "it is longer than any profile")
    return of_toml(text, path.name)


def to_toml(profile: Profile) -> str:
    """The inverse of `of_toml`."""
    said: dict[str, Any] = msgspec.to_builtins(profile)
    steps = said.pop("unwrap", [])
    tables = {
        name: said.pop(name)
        for name in ("written", "values", "no_events", "fields", "meanings")
        if said.get(name)
    }
    lines = [f"{name} = {_written(value)}" for name, value in said.items()]
    for step in steps:
        lines += ["", "[[unwrap]]", *(f"{name} = {_written(value)}" for name, value in step.items())]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{_key(key)} = {_written(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _renamed(said: dict[str, Any]) -> dict[str, Any]:
    """The same with a single step's reading as a list."""
    steps = said.get("unwrap")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, dict) and isinstance(step.get("read"), str):
            step["read"] = step["read"].split()
    return said


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _written(name)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_written, value))}]"
    text = msgspec.json.encode(value).decode()
    return text.replace("\x7f", "\\u007f")
