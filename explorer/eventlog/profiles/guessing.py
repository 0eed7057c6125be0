"""How are the records of an unknown log to be unwrapped? Seen in a sample of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.eventlog import field_names
from explorer.eventlog.extract import object_in
from explorer.eventlog.field_names import plain
from explorer.eventlog.profiles.decoding import decoded
from explorer.eventlog.profiles.profile import As, Unwrapping
from explorer.eventlog.profiles.typed import as_members, plain_dynamo, plain_mongo, plain_otlp
from explorer.eventlog.profiles.unwrapping import unwrapped, unwrapper
from explorer.patterns import lazy_pattern

_DEEPEST = 3
_MOST_PATHS = 500
_PAYLOAD_NAME = lazy_pattern(
    r"data|payload|body|event|message|content|value|xml|yaml|record|state", re.IGNORECASE
)
_SHARE = 2  # more than one in so many must be so

type Columns = dict[tuple[str, ...], list[Any]]


def guessed_steps(records: Sequence[Mapping[str, Any]]) -> tuple[Unwrapping, ...]:
    """The steps that the records of a sample need; none for most logs."""
    steps: list[Unwrapping] = []
    if (step := _typed(records)) is not None:
        steps.append(step)
        records = unwrapped(records, unwrapper((step,)))
    columns = _columns(records)
    for path, column in columns.items():
        if (reads := _reads(column, path[-1])) is not None:
            steps.append(Unwrapping(path=".".join(path), read=reads))
    return tuple(steps)


def _columns(records: Sequence[Mapping[str, Any]]) -> Columns:
    """The values that may be wrapped, under each path: texts and lists."""
    found: Columns = {}

    def walk(value: Mapping[str, Any], path: tuple[str, ...]) -> None:
        for name, inner in value.items():
            if isinstance(inner, Mapping) and "$binary" not in inner and inner.get("type") != "Buffer":
                if len(path) + 1 < _DEEPEST:
                    walk(inner, (*path, name))
            elif (
                inner is not None and "." not in name and ((*path, name) in found or len(found) < _MOST_PATHS)
            ):
                found.setdefault((*path, name), []).append(inner)

    for record in records:
        walk(record, ())
    return found


def _reads(column: Sequence[Any], name: str) -> tuple[As, ...] | None:
    """In what the values of a column are written, if that is more than JSON; of JSON in a text only payloads count.

    A remark in HTML is a text: markup is taken for a payload only where the member is called like one.
    """
    inside = lists = objects = 0
    payload = plain(name) in field_names.DATA
    texts = ("{", "[") if _PAYLOAD_NAME.search(name) else ("{", "[", "<", "---")
    for value in column:
        if type(value) is list and _are_members(name, value):
            lists += 1
        elif payload and type(value) is str and value[:1] == "{":
            objects += object_in(value) is not None
        elif not (type(value) is str and value.lstrip().startswith(texts)):
            inside += isinstance(decoded(value), dict) and decoded(value) is not value
    if lists * _SHARE > len(column):
        return ("members",)
    return ("auto",) if (inside + objects) * _SHARE > len(column) else None


def _are_members(name: str, value: list[Any]) -> bool:
    """Are these the members of an object: names with values, and nothing else? Of plain texts only headers are."""
    if type(as_members(value)) is not dict:
        return False
    if all(type(each) is dict for each in value):
        return all(len(each) == 2 for each in value) and len({frozenset(each) for each in value}) == 1
    return plain(name) in {"headers", "header"}


def _typed(records: Sequence[Mapping[str, Any]]) -> Unwrapping | None:
    """One step for records of which each value tells its type."""
    if not records:
        return None
    if all(_is_dynamo(record) for record in records):
        return Unwrapping(read=("dynamodb",))
    if all(len(record) == 1 and _is_dynamo(record.get("Item")) for record in records):
        return Unwrapping(path="Item", read=("dynamodb",), enter=True)
    if any(plain_mongo(record) != record for record in records):
        return Unwrapping(read=("mongodb",))
    if any(_says_otlp(record) for record in records) and any(
        plain_otlp(record) != record for record in records
    ):
        return Unwrapping(read=("otlp",))
    return None


def _is_dynamo(record: object) -> bool:
    """Is each member one that tells its type?"""
    return (
        isinstance(record, Mapping)
        and len(record) > 0
        and all(
            isinstance(each, Mapping) and len(each) == 1 and (plain_dynamo(each) is not each or "M" in each)
            for each in record.values()
        )
        and any(next(iter(each)) in {"S", "N"} for each in record.values())
    )


_OTLP = frozenset({"stringValue", "intValue", "doubleValue", "boolValue", "kvlistValue", "arrayValue"})


def _says_otlp(value: object, depth: int = 0) -> bool:
    return any(not _OTLP.isdisjoint(each) for each in _objects(value, depth))


def _objects(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:20]:
            yield from _objects(inner, depth + 1)
