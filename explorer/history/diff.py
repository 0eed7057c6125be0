"""What changed between two positions, whatever happened in between?"""

import msgspec
import numpy as np

from explorer.history.comparison import ADDED, KINDS, REMOVED, compare
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

    @property
    def telling(self) -> tuple[FieldDiff, ...]:
        """Those that differ, without the version, which every event raises, if anything else differs."""
        differing = tuple(each for each in self.fields if each.before != each.after)
        return tuple(each for each in differing if not each.field.is_version) or differing


def diff(history: History, start: int, stop: int) -> list[EntityDiff]:
    """Every entity whose state at `stop` is not its state at `start`, in the order in which they came to be."""
    found = compare(history.state(start), history.state(stop))
    before, after = found.before, found.after
    told = []
    for row, code in enumerate(found.codes.tolist()):
        kind = int(found.kinds[row])
        fields = tuple(
            FieldDiff(
                field,
                None if kind == ADDED else before.value(code, field),
                None if kind == REMOVED else after.value(code, field),
            )
            for field in (before.fields[column] for column in np.flatnonzero(found.differs[row]).tolist())
        )
        told.append(EntityDiff(history.entities[code], KINDS[kind], fields))
    return told
