"""What may be added up over all entities, and what must be kept apart: which currency is each entity's sum in?"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy.typing as npt

from explorer.history.field_history import FieldHistory
from explorer.projection.currencies import CODES, names_currency
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]

MOST_KINDS = 64  # values or keys of a field; with more of them, nobody reads a table of totals


class Kinds(NamedTuple):
    """Which totals there are of a field.

    Attributes:
        of_slot: (s,) which one each slot goes into, -1 for the one without a name; None: all into that one.
        names: What they are called.
    """

    of_slot: Ints | None
    names: Sequence[str]


def kinds_of(
    field: Field,
    fields: Sequence[Field],
    field_histories: Mapping[str, FieldHistory],
    entities: Sequence[str],
) -> Kinds | None:
    """How the sums of `field` add up over entities; None if nothing says that they may be added.

    They are kept apart by the field's own keys, else by the currency that the entity's name or another field of the
    model tells. If that is not one and the same for an entity over all of history, its sum is in none.
    """
    line = field_histories[field.name]
    if field.fold != "sum" or field.of == "mixed":
        return None
    if field.keyed_by is not None:
        return Kinds(line.slot_key, line.keys)
    if field.of == "numbers":
        return Kinds(None, ())
    if field.of == "amounts of the entity" or _are_codes(entities):
        return Kinds(line.slot_entity, entities)
    telling = [
        field_histories[each.name]
        for each in fields
        if not each.adds and tells_currency(field_histories[each.name])
    ]
    if not telling:
        return Kinds(None, ())
    if len(telling) > 1 or telling[0].field.fold != "last":
        return None
    constants = telling[0].constants
    if constants is None:
        return None
    codes, values = constants
    return Kinds(codes[line.slot_entity], [str(value) for value in values])


def tells_currency(line: FieldHistory) -> bool:
    """Whether a field's values are currencies: it is called so, or they are all codes of ISO 4217."""
    if not isinstance(line.values, tuple):
        return False
    return line.field.of == "currency" or names_currency(line.field.name) or _are_codes(line.values[1])


def _are_codes(values: Sequence[object]) -> bool:
    if len(values) > 2 * len(CODES):
        return False
    some = [value for value in values if value is not None]
    return bool(some) and all(isinstance(value, str) and value in CODES for value in some)
