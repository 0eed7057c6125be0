"""How is what differs between two states printed?"""

from collections.abc import Sequence

from explorer.cli.output import cell
from explorer.history.difference import EntityDiff

_SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def difference_rows(found: Sequence[EntityDiff]) -> list[list[str]]:
    """A row for each field that differs: a sign, the entity, the field, its value before and after."""
    return [
        [_SIGNS[each.kind], each.entity, one.field.name, cell(one.before), cell(one.after)]
        for each in found
        for one in each.fields
        if each.kind == "changed" or (one.before, one.after) != (None, None)
    ]


def told_diff(found: Sequence[EntityDiff]) -> dict[str, object]:
    """What differs, as JSON: entities that were added, removed and changed."""
    return {
        kind: {
            each.entity: {
                one.field.name: {"before": one.before, "after": one.after}
                if kind == "changed"
                else (one.after if kind == "added" else one.before)
                for one in each.fields
            }
            for each in found
            if each.kind == kind
        }
        for kind in ("added", "removed", "changed")
    }
