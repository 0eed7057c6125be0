"""What changed between two positions, whatever happened in between?"""

import msgspec
import numpy as np

from explorer.history.history import History
from explorer.projection.model import Field


class FieldDiff(msgspec.Struct, frozen=True):
    """One field that differs."""

    field: Field
    before: object
    after: object


class EntityDiff(msgspec.Struct, frozen=True):
    """One entity that differs: `kind` is `added`, `removed` or `changed`."""

    entity: str
    kind: str
    fields: tuple[FieldDiff, ...]


def diff(history: History, start: int, stop: int) -> list[EntityDiff]:
    """Every entity whose state at `stop` is not its state at `start`, in the order in which they came to be.

    Costs two states and a comparison of their heads; only what differs is looked at closer.
    """
    before, after = history.state(start), history.state(stop)
    touched = np.zeros(len(history.entities), bool)
    for name, line in history.timelines.items():
        touched[line.slot_entity[before.head(name) != after.head(name)]] = True
    born = history.touches.head(start) != history.touches.head(stop)
    touched |= born
    order = (after if stop >= start else before).codes
    found = []
    for code in order[touched[order]].tolist():
        entity = history.entities[code]
        existed, exists = before.find(entity) is not None, after.find(entity) is not None
        fields = []
        for field in before.fields:
            old = before.value(code, field) if existed else None
            new = after.value(code, field) if exists else None
            if type(old) is not type(new) or old != new:
                fields.append(FieldDiff(field, old, new))
        kind = "changed" if existed and exists else "added" if exists else "removed"
        if fields or kind != "changed":
            found.append(EntityDiff(entity, kind, tuple(fields)))
    return found
