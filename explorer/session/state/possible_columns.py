"""Which columns could the state have: its fields, their keys, and the parts of nested values?"""

from explorer.history.columns import keys, nested_fields, paths
from explorer.history.history import History

MOST_KEYS = 50


def possible_columns(history: History, noun: str) -> list[str]:
    """The names of all columns there could be, the entity first."""
    nested = set(nested_fields(history))
    found = [noun]
    for field in history.fields:
        if field.hidden:
            continue
        found.append(field.name)
        if field.keyed_by is not None:
            found += [f"{field.name}.{key}" for key in keys(history, field.name)[:MOST_KEYS] if key]
        elif field.name in nested:
            found += [".".join((field.name, *path)) for path in paths(history, field.name)]
    return list(dict.fromkeys(found))
