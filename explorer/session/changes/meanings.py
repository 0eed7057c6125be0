"""What does each event type of a log mean to accounts: by its name, or because a person says so?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec
import numpy as np

from explorer.eventlog.event import FieldMap
from explorer.eventlog.read_as import AS_FOUND, ReadAs
from explorer.language import later
from explorer.projection import account_names as names
from explorer.projection.accounts import Accounts, from_text, to_text
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.options import OpenOptions

MOST_TYPES = 2_000  # listed; a log with more types than that has no types

MEANINGS: Mapping[str, str] = {
    names.OPENED: later("opens the account"),
    names.DEPOSITED: later("adds its amount"),
    names.WITHDRAWN: later("takes its amount away"),
    names.TRANSFERRED: later("moves its amount from one account to another"),
    names.ADJUSTED: later("adds its amount, which may be below zero"),
    names.CLOSED: later("closes the account"),
    names.FROZEN: later("freezes the account"),
    names.UNFROZEN: later("opens a frozen account again"),
    names.OWNER_CHANGED: later("names another owner"),
    names.NOTED: later("is counted as a version, and changes nothing else"),
    names.IGNORED: later("means nothing to accounts"),
}


@dataclass(frozen=True)
class TypeMeaning:
    """One event type of a log.

    Attributes:
        type: As the log spells it.
        count: How many events have it.
        by_name: The variant that its name means; `IGNORED` if none.
        chosen: The variant that the person has chosen instead; None if it goes by its name.
    """

    type: str
    count: int
    by_name: str
    chosen: str | None


def meanings(document: Document) -> list[TypeMeaning]:
    """The types of a log, the most frequent first."""
    events = document.history.events
    counts = np.bincount(events.types, minlength=len(events.type_names)) if len(events) else np.zeros(0, int)
    model = document.read_model
    chosen, short = (model.chosen, model.short) if isinstance(model, Accounts) else ({}, False)
    found = [
        TypeMeaning(
            name,
            int(counts[code]),
            names.variant_of(name, short=short) or names.IGNORED,
            chosen.get(name),
        )
        for code, name in enumerate(events.type_names.values)
    ]
    return sorted(found, key=lambda each: -each.count)[:MOST_TYPES]


@dataclass(frozen=True)
class Reading:
    """What a person has said about how one log is read."""

    fields: FieldMap | None = None
    chosen: Mapping[str, str] | None = None
    read_as: ReadAs = AS_FOUND

    def of(self, options: OpenOptions) -> OpenOptions:
        """The options with what was said in them."""
        recipe = meaning(options.projection, self.chosen or {})
        return replace(options, fields=self.fields, projection=recipe, read_as=self.read_as)

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
        return json.dumps(said) if said else ""


def reading(text: str) -> Reading:
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
    chosen, *_ = from_text(json.dumps({"types": said.get("types")}))
    try:
        read_as = msgspec.convert(said.get("read_as", {}), ReadAs)
    except msgspec.ValidationError:
        read_as = AS_FOUND
    return Reading(FieldMap(**paths) if paths else None, chosen or None, read_as)


def meaning(recipe: Recipe, chosen: Mapping[str, str]) -> Recipe:
    """The same read model with what types mean; of others than accounts, the same."""
    if recipe.language or recipe.name not in {"auto", "accounts"}:
        return recipe
    _, short, _ = from_text(recipe.text)
    return msgspec.structs.replace(recipe, text=to_text(chosen, short=short))
