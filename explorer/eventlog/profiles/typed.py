"""What does JSON say that tells the type of each value: of DynamoDB, MongoDB, OpenTelemetry, or as lists of names?"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from explorer.eventlog.json_text import exact
from explorer.eventlog.profiles.decoding import as_json
from explorer.patterns import lazy_pattern

_DEEPEST = 64
_MOST_DIGITS = 4_000
_CHANGES = (
    ("old", "new"),
    ("from", "to"),
    ("before", "after"),
    ("oldValue", "newValue"),
    ("old_value", "new_value"),
)
_NUMBER = lazy_pattern(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)


def plain_mongo(value: object, depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """MongoDB's Extended JSON: `{"$numberDecimal": "50.25"}` is 50.25, `{"$date": …}` its time, `{"$oid": …}` a text.

    Bytes (`$binary`) stay as they are.
    """
    if type(value) is list and depth < _DEEPEST:
        return [plain_mongo(each, depth + 1) for each in value]
    if type(value) is not dict or depth >= _DEEPEST:
        return value
    if 1 <= len(value) <= 2:
        name = next(iter(value))
        if name[:1] == "$" and (found := _MONGO.get(name)) is not None:
            inner = value[name]
            if name == "$date" and isinstance(inner, dict):
                inner = inner.get("$numberLong", inner)
            made = found(inner)
            return value if made is None else made
    return {name: plain_mongo(inner, depth + 1) for name, inner in value.items()}


def _number(text: object) -> object:
    """A number, exactly; None if the text says none."""
    if type(text) in {int, Decimal}:
        return text
    if type(text) is not str or len(text) > _MOST_DIGITS or not _NUMBER.fullmatch(text):
        return None
    try:
        return int(text) if text.lstrip("-").isdigit() else exact(text)
    except ValueError:
        return None


def _text(value: object) -> object:
    return value if type(value) is str else None


def _moment(value: object) -> object:
    """A time: a text, or milliseconds."""
    if type(value) is str:
        return int(value) if value.lstrip("-").isdigit() else value
    return value if type(value) is int else None


def _seconds(value: object) -> object:
    return value.get("t") if isinstance(value, Mapping) else None


_MONGO: Mapping[str, Callable[[Any], object]] = {
    "$oid": _text, "$uuid": _text, "$symbol": _text, "$numberDecimal": _number, "$numberLong": _number,
    "$numberInt": _number, "$numberDouble": _number, "$date": _moment, "$timestamp": _seconds,
}  # fmt: skip


_DYNAMO = frozenset({"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"})


def plain_dynamo(value: object, depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """DynamoDB's JSON: `{"S": "a"}` is "a", `{"N": "1.50"}` is 1.50, `{"M": {…}}` an object, `{"L": […]}` a list.

    An object whose members are such is one; anything else stays as it is.
    """
    if type(value) is not dict or depth >= _DEEPEST:
        return value
    if len(value) == 1:
        (kind, inner), *_ = value.items()
        if kind in _DYNAMO:
            return _of_dynamo(kind, inner, value, depth)
    return {name: plain_dynamo(inner, depth + 1) for name, inner in value.items()}


def _of_dynamo(kind: str, inner: Any, whole: object, depth: int) -> object:  # noqa: ANN401 - JSON
    match kind:
        case "S" | "SS" | "BOOL":
            return inner
        case "N":
            found = _number(inner)
            return whole if found is None else found
        case "NS" if type(inner) is list:
            return [_number(each) for each in inner]
        case "M" if type(inner) is dict:
            return {name: plain_dynamo(each, depth + 1) for name, each in inner.items()}
        case "L" if type(inner) is list:
            return [plain_dynamo(each, depth + 1) for each in inner]
        case "NULL":
            return None
        case "B":
            return {"$binary": {"base64": inner, "subType": "00"}}
    return whole


def plain_otlp(value: object, depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """OpenTelemetry's values: `{"stringValue": "a"}` is "a", `[{"key": "a", "value": {…}}]` an object."""
    if depth >= _DEEPEST:
        return value
    if type(value) is dict:
        if len(value) == 1:
            (kind, inner), *_ = value.items()
            if kind in {"stringValue", "boolValue"}:
                return inner
            if kind in {"intValue", "doubleValue"}:
                found = _number(inner)
                return inner if found is None else found
            if kind == "kvlistValue" and isinstance(inner, dict):
                return plain_otlp(inner.get("values", []), depth + 1)
            if kind == "arrayValue" and isinstance(inner, dict):
                return [plain_otlp(each, depth + 1) for each in inner.get("values", [])]
            if kind == "bytesValue":
                return {"$binary": {"base64": inner, "subType": "00"}}
        return {name: plain_otlp(inner, depth + 1) for name, inner in value.items()}
    if type(value) is list:
        if value and all(type(each) is dict and "key" in each and len(each) <= 2 for each in value):
            return {str(each["key"]): plain_otlp(each.get("value"), depth + 1) for each in value}
        return [plain_otlp(each, depth + 1) for each in value]
    return value


_NAMES = ("key", "name", "k", "Key", "Name", "field")
_VALUES = ("value", "v", "Value", "val")


def as_members(value: object) -> object:
    """`[{"name": "a", "value": 1}]` and `["a", 1, "b", 2]` as `{"a": 1, "b": 2}`; anything else as it is.

    Of a name that is there twice all values are kept, as a list.
    """
    if type(value) is not list or not value:
        return value
    pairs: list[tuple[str, object]] = []
    if all(type(each) is dict for each in value):
        for each in value:
            name = next((each[key] for key in _NAMES if type(each.get(key)) is str), None)
            found = next((key for key in _VALUES if key in each), None)
            if name is None or found is None:
                return value
            pairs.append((name, each[found]))
    elif len(value) % 2 == 0 and all(type(each) is str for each in value[::2]):
        pairs = list(zip(value[::2], value[1::2], strict=True))
    else:
        return value
    members: dict[str, Any] = {}
    several: set[str] = set()
    for name, inner in pairs:
        if name not in members:
            members[name] = inner
        elif name in several:
            members[name].append(inner)
        else:
            several.add(name)
            members[name] = [members[name], inner]
    return members


def behind_changes(value: object) -> object:
    """`{"balance": [10, 7]}` and `{"balance": {"old": 10, "new": 7}}` as `{"balance": 7}`; anything else as it is.

    So PaperTrail, Audited and others tell what changed. All members must be such pairs: of an object in which some are,
    nobody could say which are lists themselves.
    """
    if type(value) is not dict or not value:
        return value
    if all(type(each) is list and len(each) == 2 for each in value.values()):
        return {name: each[1] for name, each in value.items()}
    for before, behind in _CHANGES:
        if all(
            type(each) is dict and behind in each and each.keys() <= {before, behind}
            for each in value.values()
        ):
            return {name: each[behind] for name, each in value.items()}
    return value


def payload_of_connect(value: object) -> object:
    """What Kafka Connect wraps with its schema, `{"schema": …, "payload": …}`; anything else as it is."""
    if isinstance(value, Mapping) and value.keys() == {"schema", "payload"}:
        return value["payload"]
    return value


def header_members(value: object) -> object:
    """Kafka's headers, `a:1,b:2` as the console consumer prints them, or a list, as an object."""
    if type(value) is str and value[:1] in {"[", "{"}:  # a list in a cell of a table
        value = as_json(value)
    if type(value) is not str:
        return as_members(value)
    if value == "NO_HEADERS":
        return {}
    pairs = [part.partition(":") for part in value.split(",")]
    return {name: inner for name, _, inner in pairs} if all(colon for _, colon, _ in pairs) else value
