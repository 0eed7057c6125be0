"""What does a person say of how a log is read, while it is being said, and as which profile is that kept?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from explorer.eventlog.event import FieldMap, Record
from explorer.eventlog.log import EventLog
from explorer.eventlog.profiles.guessing import guessed_steps
from explorer.eventlog.profiles.kept import as_read, kept_in
from explorer.eventlog.profiles.profile import As, Numbers, Profile, Reading, Unwrapping, with_told
from explorer.eventlog.profiles.shipped import Naming, profile_of, shipped
from explorer.eventlog.read_as import AS_FOUND, ReadAs
from explorer.language import later, tr
from explorer.session.changes.profile_lines import with_lines
from explorer.session.options import OpenOptions
from explorer.session.plaintext import visible

ROLES: Mapping[str, str] = {
    "type": later("Event type"),
    "time": later("Time"),
    "entity": later("Account or entity"),
    "kind": later("Kind of entity"),
    "sequence": later("Sequence number"),
    "id": later("Id of the event"),
    "data": later("Payload"),
    "correlation": later("Correlation"),
    "causation": later("Causation"),
    "amount": later("Amount"),
    "currency": later("Currency"),
    "counterparty": later("Counterparty"),
}
ORDERS: Sequence[tuple[Reading | None, str]] = (
    (None, later("(as the profile says)")),
    ("as written", later("as written")),
    ("newest first", later("newest first: read from the end")),
    ("by sequence", later("by the sequence numbers")),
)
NUMBERS: Sequence[tuple[Numbers | None, str]] = (
    (None, later("(as the profile says, else found)")),
    ("point", later("decimal point: 1,234.56")),
    ("comma", later("decimal comma: 1.234,56")),
)
DATES: Sequence[tuple[str | None, str]] = (
    (None, later("(as the profile says, else found)")),
    ("day", later("the day first: 31/12/2026")),
    ("month", later("the month first: 12/31/2026")),
)
_READINGS: Sequence[Sequence[As]] = (
    ("auto",), ("json",), ("base64", "json"), ("hex", "json"), ("xml",), ("yaml",), ("base64", "unpack", "json"),
    ("mongodb",), ("dynamodb",), ("otlp",), ("members",), ("headers",), ("connect",),
    ("changes",),
)  # fmt: skip
READINGS = tuple(" ".join(each) for each in _READINGS)
OF_PROFILES = (  # members that a link can say in a profile alone
    "kind", "sequence", "id", "correlation", "causation", "amount", "currency", "counterparty",
)  # fmt: skip
NONE = "-"  # in place of a path: there is none
FOUND, GUESSED = "found", "guessed"  # instead of one that has a name: what fits, or what is seen in the log


@dataclass
class ProfileDraft:
    """What was said so far; None and an empty text: nothing.

    Attributes:
        base: `FOUND`, `GUESSED`, the name of a file of those that come with the program, or a profile.
        fields: For each role a path, `.` for the record itself.
        steps: How records are unwrapped, in place of what the base says.
        lines: What was written in lines that are texts, see `profile_lines`.
    """

    base: str | Profile = FOUND
    fields: dict[str, str] = field(default_factory=dict)
    steps: tuple[Unwrapping, ...] | None = None
    order: Reading | None = None
    numbers: Numbers | None = None
    lines: dict[str, str] = field(default_factory=dict)
    read_as: ReadAs = AS_FOUND

    @classmethod
    def of(cls, options: OpenOptions) -> "ProfileDraft":
        """What was said when the log was opened."""
        fields = {} if options.fields is None else msgspec.structs.asdict(options.fields)
        said = {role: path for role, path in fields.items() if role in ROLES and path}
        return cls(options.profile or FOUND, said, read_as=options.read_as)

    def copy(self) -> "ProfileDraft":
        """The same, to be looked at while this one changes."""
        return replace(self, fields=dict(self.fields), lines=dict(self.lines))

    @property
    def says_a_profile(self) -> bool:
        """Whether more than members was said, so that the profile has to be remembered with the log."""
        own = (
            self.steps,
            self.order,
            self.numbers,
            *self.lines.values(),
            *map(self.fields.get, OF_PROFILES),
        )
        return self.base != FOUND or NONE in self.fields.values() or any(each is not None for each in own)

    def field_map(self) -> FieldMap | None:
        """The members that were said and are no part of the profile."""
        said = {role: path for role, path in self.fields.items() if role != "kind" and path != NONE}
        return FieldMap(**said) if said else None

    def naming(self, options: OpenOptions) -> Naming:
        """What finds the profile in a sample of records; `options` say where some are kept."""
        kept = kept_in(options.profiles_dir)

        def find(records: Sequence[Record], columns: Sequence[str]) -> Profile:
            if self.base == GUESSED:
                base = Profile(unwrap=guessed_steps(records))
            elif isinstance(self.base, str):
                base = shipped()[self.base] if self.base != FOUND else profile_of(records, kept, columns)
            else:
                base = self.base
            return self._changed(base)

        return find

    def _changed(self, base: Profile) -> Profile:
        own = {"unwrap": self.steps, "order": self.order, "numbers": self.numbers}
        found = {name: value for name, value in own.items() if value is not None}
        members = msgspec.structs.replace(base.fields, **self.fields)
        return with_lines(msgspec.structs.replace(base, fields=members, **found), self.lines)


def with_chosen(profile: Profile, chosen: Mapping[str, str], in_use: bool) -> Profile:
    """The profile with the meanings that were chosen; `in_use`: these are all, and what it said before is in them."""
    return msgspec.structs.replace(
        profile, meanings=dict(chosen) if in_use else {**profile.meanings, **chosen}
    )


def names_of_profiles() -> Sequence[tuple[str, str]]:
    """The profiles that come with the program, each by its file's name and by what people are told."""
    return sorted(((stem, each.name or stem) for stem, each in shipped().items()), key=lambda each: each[1])


def to_keep(log: EventLog, meanings: Mapping[str, str], told: ReadAs = AS_FOUND) -> Profile:
    """All of how a log is read, as one profile for others of its shape.

    Args:
        log: It.
        meanings: What its types mean.
        told: What the person said of how it is written.
    """
    read = as_read(log)
    name = read.name or tr("made for {log}").format(log=log.name)
    written = with_told(read, told)
    return msgspec.structs.replace(written, name=name, meanings={**read.meanings, **meanings})


def steps_text(step: Unwrapping) -> str:
    """What one step reads, as it is chosen."""
    return " ".join(step.read)


def why_no_reading(text: str) -> str | None:
    """Why a value cannot be read as `text` says; None if it can."""
    known = dict.fromkeys(word for each in _READINGS for word in each)
    if set(text.split()) <= set(known):
        return None
    told = tr("“{read}” is no way to read a value: they are {known}")
    return told.format(read=visible(text, 60), known=", ".join(known))


def step_of(path: str, read: str, into: str, only_with: str, *, enter: bool) -> Unwrapping:
    """The step of which this is chosen; what it reads is one that there is, see `why_no_reading`."""
    said = {
        "path": path.strip(), "read": read.split(), "into": into.strip(), "enter": enter, "where": only_with.split(),
    }  # fmt: skip
    return msgspec.convert(said, Unwrapping)
