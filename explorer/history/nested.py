"""Which fields have values with parts, such as an address with a city, and what are the parts called?"""

from collections.abc import Iterator, Mapping
from itertools import islice

from explorer.history.field_history import FieldHistory
from explorer.history.history import History

LOOKED_AT = 1_000  # values of a field; the others are of the same make, or nobody would read them as a table
MOST_PATHS = 200
DEEPEST = 6

type Path = tuple[str, ...]


def nested_fields(history: History) -> list[str]:
    """The names of the visible fields whose values have parts."""
    lines = (history.field_histories[field.name] for field in history.fields if not field.hidden)
    return [
        line.field.name
        for line in lines
        if any(isinstance(value, (Mapping, list)) for value in _some_values(line))
    ]


def paths(history: History, field: str) -> list[Path]:
    """Where in the values of `field` single values stand, in the order in which they were first met."""
    found: dict[Path, None] = {}
    for value in _some_values(history.field_histories[field]):
        if isinstance(value, Mapping):
            found.update(dict.fromkeys(islice(_leaves(value, ()), MOST_PATHS)))
        if len(found) >= MOST_PATHS:
            break
    return list(found)[:MOST_PATHS]


def keys(history: History, field: str) -> list[str]:
    """The keys by which a field is kept: the currencies of a balance."""
    return list(history.field_histories[field].keys)


def _some_values(line: FieldHistory) -> Iterator[object]:
    return iter(line.values[1][:LOOKED_AT] if isinstance(line.values, tuple) else ())


def _leaves(value: Mapping[str, object], above: Path) -> Iterator[Path]:
    for name, inner in value.items():
        path = (*above, str(name))
        if isinstance(inner, Mapping) and inner and len(path) < DEEPEST:
            yield from _leaves(inner, path)
        else:
            yield path
