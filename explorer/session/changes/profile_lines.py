"""Which lines of a profile does a person write as a text, and what does each text say?"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
import re2

from explorer.eventlog.errors import LogError
from explorer.eventlog.profiles.profile import Profile
from explorer.language import later

NOTHING = "-"  # written in place of what the profile says: it is to say nothing


class TextLine(NamedTuple):
    """One line of a profile.

    Attributes:
        name: As in TOML: `fields.zone`.
        title, tip: For people.
        read: What a text says; raises ValueError if that is nothing.
        text: The inverse.
    """

    name: str
    title: str
    tip: str
    read: Callable[[str], Any] = str
    text: Callable[[Any], str] = str


def pairs_of(text: str) -> dict[str, str]:
    """`type = heartbeat; kind = (a|b)`: what stands before and behind the first `=` of each part.

    Raises:
        ValueError: A part has none.
    """
    found: dict[str, str] = {}
    for part in filter(None, map(str.strip, text.split("; "))):
        path, sign, pattern = part.partition("=")
        if not sign or not path.strip():
            raise ValueError(f"“{part}” is not written as path = expression")
        found[path.strip()] = pattern.strip()
    return found


def pairs_text(pairs: Mapping[str, str]) -> str:
    """The inverse of `pairs_of`."""
    return "; ".join(f"{path} = {pattern}" for path, pattern in pairs.items())


def paths_of(text: str) -> tuple[str, ...]:
    """Paths with commas between them."""
    return tuple(filter(None, map(str.strip, text.split(","))))


READING = (  # which say how the log is read
    TextLine(
        "fields.form",
        later("Form of its name"),
        later("How the name of an entity is made, such as {kind}|{id}."),
    ),
    TextLine(
        "fields.zone",
        later("Zone of its times"),
        later("Times that tell no zone are those of the clocks there: Europe/Berlin."),
    ),
    TextLine(
        "no_events",
        later("No events"),
        later("Records to be left out: type = heartbeat; kind = (ping|pong)."),
        pairs_of,
        pairs_text,
    ),
)
TOLD = (  # which say for others what the profile is, and what it fits
    TextLine("name", later("Name of the profile"), later("What such a log is.")),
    TextLine("store", later("Written by"), later("Which program writes such logs.")),
    TextLine("about", later("To be known"), later("A sentence on what is to be known of it.")),
    TextLine(
        "requires",
        later("Requires"),
        later("Paths that every record has, by which such a log is known, with commas between them."),
        paths_of,
        ", ".join,
    ),
    TextLine(
        "lacks",
        later("Excludes"),
        later("Paths that no record has, with commas between them."),
        paths_of,
        ", ".join,
    ),
    TextLine(
        "values",
        later("Values match"),
        later("What stands at a path matches an expression: stream = .+-.+; op = [cud]."),
        pairs_of,
        pairs_text,
    ),
)
TEXT_LINES = (*READING, *TOLD)


def text_in(profile: Profile, line: TextLine) -> str:
    """What a profile says in a line, as it is written; empty if nothing."""
    value: Any = profile
    for name in line.name.split("."):
        value = getattr(value, name)
    return line.text(value) if value else ""


def with_lines(profile: Profile, said: Mapping[str, str]) -> Profile:
    """The profile with what somebody wrote.

    Args:
        profile: It.
        said: By the names of lines, texts; an empty one says nothing.

    Raises:
        LogError: A text says nothing that can be; `str()` is the sentence.
    """
    for line in TEXT_LINES:
        text = said.get(line.name, "").strip()
        if not text:
            continue
        try:
            value = line.read("" if text == NOTHING else text)
            table, _, name = line.name.rpartition(".")
            if table:
                inner = msgspec.structs.replace(getattr(profile, table), **{name: value})
                profile = msgspec.structs.replace(profile, **{table: inner})
            else:
                profile = msgspec.structs.replace(profile, **{name: value})
        except (ValueError, re2.error) as error:
            raise LogError("", f"{line.name}: {error}") from error
    return profile
