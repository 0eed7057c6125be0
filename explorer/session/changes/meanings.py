"""What does each event type of a log mean to its read model: by its name, or because a person says so?"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from explorer.eventlog.event import FieldMap
from explorer.eventlog.profiles.profile import Profile
from explorer.eventlog.read_as import AS_FOUND, ReadAs
from explorer.projection.built_in import AUTOMATIC, built_in, names, of_meanings
from explorer.projection.model import MeansTypes, Recipe, TypeMeanings
from explorer.projection.upcasting import inner_model
from explorer.session.document import Document
from explorer.session.options import OpenOptions

MOST_TYPES = 2_000  # listed; a log with more types than that has no types


@dataclass(frozen=True)
class TypeMeaning:
    """One event type of a log.

    Attributes:
        type: As the log spells it.
        count: How many events have it.
        by_name: The meaning that its name has; empty if none.
        chosen: The meaning that the person has chosen instead; None if it goes by its name.
    """

    type: str
    count: int
    by_name: str
    chosen: str | None


@dataclass(frozen=True)
class Meanings:
    """The event types of a log, and what they can mean.

    Attributes:
        types: The types, the most frequent first.
        texts: What they can mean, and how that is asked for.
        in_use: Whether the read model that is in use goes by it.
    """

    types: Sequence[TypeMeaning]
    texts: TypeMeanings
    in_use: bool


def meanings(document: Document) -> Meanings:
    """What the types of a log mean to its read model, or would to the one that goes by it."""
    inner = inner_model(document.read_model)
    model = inner if isinstance(inner, MeansTypes) else of_meanings()()
    events = document.history.events
    counts = np.bincount(events.types, minlength=len(events.type_names)) if len(events) else np.zeros(0, int)
    found = [
        TypeMeaning(name, int(counts[code]), model.by_name(name), model.chosen.get(name))
        for code, name in enumerate(events.type_names.values)
    ]
    found.sort(key=lambda each: -each.count)
    return Meanings(found[:MOST_TYPES], model.type_meanings, isinstance(inner, MeansTypes))


@dataclass(frozen=True)
class ReadingChoice:
    """What a person has said about how one log is read."""

    fields: FieldMap | None = None
    chosen: Mapping[str, str] | None = None
    read_as: ReadAs = AS_FOUND
    profile: Profile | None = None

    def of(self, options: OpenOptions) -> OpenOptions:
        """The options with what was said in them."""
        recipe = meaning(options.projection, self.chosen or {})
        said = replace(options, fields=self.fields, projection=recipe, read_as=self.read_as)
        return said if self.profile is None else replace(said, profile=self.profile)

    def text(self) -> str:
        """Everything as a text that `reading` takes; empty if nothing was said."""
        said: dict[str, object] = {}
        if self.fields is not None and any(msgspec.structs.astuple(self.fields)):
            said["fields"] = {
                role: path for role, path in msgspec.structs.asdict(self.fields).items() if path
            }
        if self.chosen:
            said["types"] = dict(self.chosen)
        if self.read_as != AS_FOUND:
            said["read_as"] = msgspec.structs.asdict(self.read_as)
        if self.profile is not None:
            said["profile"] = msgspec.to_builtins(self.profile)
        return json.dumps(said) if said else ""


def reading(text: str) -> ReadingChoice:
    """The inverse of `Reading.text`; what makes no sense is left out, since somebody may have edited it."""
    try:
        said = json.loads(text) if text else {}
    except ValueError:
        said = {}
    if not isinstance(said, dict):
        said = {}
    fields = said.get("fields")
    paths = {
        role: path
        for role, path in (fields.items() if isinstance(fields, dict) else ())
        if role in FieldMap.__struct_fields__ and isinstance(path, str)
    }
    types, known = said.get("types"), of_meanings().type_meanings.of
    chosen = {
        kind: meant
        for kind, meant in (types.items() if isinstance(types, dict) else ())
        if isinstance(meant, str) and meant in known
    }
    try:
        read_as = msgspec.convert(said.get("read_as", {}), ReadAs)
    except msgspec.ValidationError:
        read_as = AS_FOUND
    profile = None
    if "profile" in said:
        with contextlib.suppress(msgspec.ValidationError):
            profile = msgspec.convert(said["profile"], Profile)
    return ReadingChoice(FieldMap(**paths) if paths else None, chosen or None, read_as, profile)


def meaning(recipe: Recipe, chosen: Mapping[str, str]) -> Recipe:
    """The same read model with what types mean; one that does not go by that, as it is."""
    if recipe.language or recipe.name not in names():
        return recipe
    model = of_meanings() if recipe.name == AUTOMATIC else built_in(recipe.name)
    return model.choosing(recipe, chosen) if hasattr(model, "choosing") else recipe
