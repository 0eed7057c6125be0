"""Which steps does a TOML file declare, and where in it is what wrong?

    [[step]]
    type = "MoneyDeposited"
    from = 1                                    # to 2
    rename = { amt = "amount" }                 # the member amt is called amount from then on
    default = { currency = "EUR" }              # set where it is missing
    set = { channel = "branch" }                # set in any case
    multiply = { amount = "0.01" }              # exact: cents become euros
    map = { kind = { C = "credit", D = "debit" } }
    remove = ["legacy"]
    becomes = "MoneyPaidIn"                     # the type from then on

They are done in this order. Names may be paths: `customer.name`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from explorer.patterns import lazy_pattern
from explorer.projection.exact import multiplied
from explorer.projection.upcasting.chain import Chain, UpcastError, UpcastStep

_MEMBERS = ("type", "from", "to", "becomes", "rename", "default", "set", "multiply", "map", "remove")
_HEAD = lazy_pattern(r"^[ \t]*\[\[[ \t]*step[ \t]*\]\]", re.MULTILINE)
_PLACE = lazy_pattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

type Data = dict[str, Any]


def declared(text: str) -> Chain:
    """The chain that a TOML text declares.

    Raises:
        UpcastError: It is no TOML, or a step of it is not one.
    """
    try:
        tree = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (text.count("\n") + 1, 1)
        raise UpcastError(_PLACE.sub("", str(error)) or "it is no TOML", line, column) from error
    lines = [text.count("\n", 0, found.start()) + 1 for found in _HEAD.finditer(text)]
    tables = tree.pop("step", [])
    if tree:
        raise UpcastError(f"there is no “{next(iter(tree))}” here, only [[step]]", 1, 1)
    if not isinstance(tables, list) or not tables:
        raise UpcastError("it declares no [[step]]", 1, 1)
    lines += [1] * len(tables)
    return Chain([_step(table, lines[index]) for index, table in enumerate(tables)])


def _step(table: object, line: int) -> UpcastStep:
    if not isinstance(table, dict):
        raise UpcastError("a step is a table", line)
    for name in table:
        if name not in _MEMBERS:
            raise UpcastError(f"a step has no “{name}”: it has {', '.join(_MEMBERS)}", line)
    kind, version = table.get("type"), table.get("from")
    if not isinstance(kind, str) or not kind:
        raise UpcastError('a step needs the type of its events: type = "…"', line)
    if type(version) is not int or version < 0:
        raise UpcastError(f"the step of {kind} needs the version it begins at: from = 1", line)
    if table.get("to", version + 1) != version + 1:
        raise UpcastError(
            f"the step of {kind} leads from version {version} to {table['to']}: a step is one version", line
        )
    becomes = table.get("becomes")
    if becomes is not None and not isinstance(becomes, str):
        raise UpcastError("“becomes” is the name of a type", line)
    return UpcastStep(kind, version, _action(table, line), becomes, line)


def _action(table: Data, line: int) -> Callable[[Data], Data]:
    parts: list[Callable[[Data], None]] = []
    for name, make in _ACTIONS.items():
        if name in table:
            parts.append(make(table[name], line))

    def act(data: Data) -> Data:
        after: Data = copied(data)
        for part in parts:
            part(after)
        return after

    return act


def copied(value: Any) -> Any:  # noqa: ANN401 - JSON
    """A copy whose objects and lists are its own."""
    if isinstance(value, Mapping):
        return {name: copied(inner) for name, inner in value.items()}
    return [copied(inner) for inner in value] if isinstance(value, list) else value


def _rename(given: object, line: int) -> Callable[[Data], None]:
    pairs = _table(given, "rename", line)
    for old, new in pairs.items():
        if not isinstance(new, str):
            raise UpcastError(f"“rename” needs a name for {old}", line)

    def act(data: Data) -> None:
        for old, new in pairs.items():
            holder, name = _holder(data, old)
            if holder is not None and name in holder:
                value = holder.pop(name)
                _put(data, new, value)

    return act


def _default(given: object, line: int) -> Callable[[Data], None]:
    pairs = {name: plain_value(value, line) for name, value in _table(given, "default", line).items()}

    def act(data: Data) -> None:
        for path, value in pairs.items():
            holder, name = _holder(data, path)
            if holder is None or holder.get(name) is None:
                _put(data, path, copied(value))

    return act


def _set(given: object, line: int) -> Callable[[Data], None]:
    pairs = {name: plain_value(value, line) for name, value in _table(given, "set", line).items()}

    def act(data: Data) -> None:
        for path, value in pairs.items():
            _put(data, path, copied(value))

    return act


def _multiply(given: object, line: int) -> Callable[[Data], None]:
    factors: dict[str, Decimal] = {}
    for path, factor in _table(given, "multiply", line).items():
        try:
            factors[path] = Decimal(str(factor))
        except InvalidOperation:
            factors[path] = Decimal("NaN")
        if not factors[path].is_finite():
            raise UpcastError(f"“multiply” needs a number for {path}", line)

    def act(data: Data) -> None:
        for path, factor in factors.items():
            holder, name = _holder(data, path)
            if holder is not None and holder.get(name) is not None:
                holder[name] = multiplied(holder[name], factor)

    return act


def _map(given: object, line: int) -> Callable[[Data], None]:
    tables = {path: _table(each, "map", line) for path, each in _table(given, "map", line).items()}
    values = {path: {key: plain_value(to, line) for key, to in each.items()} for path, each in tables.items()}

    def act(data: Data) -> None:
        for path, known in values.items():
            holder, name = _holder(data, path)
            if holder is None or name not in holder:
                continue
            value = holder[name]
            if not isinstance(value, (str, int, Decimal, type(None))):
                raise TypeError(f"{path} is no plain value")
            holder[name] = copied(known.get(_key(value), value))

    return act


def _key(value: object) -> str:
    """How a value is written as a key of TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _remove(given: object, line: int) -> Callable[[Data], None]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise UpcastError("“remove” is a list of names", line)
    paths: list[str] = given

    def act(data: Data) -> None:
        for path in paths:
            holder, name = _holder(data, path)
            if holder is not None:
                holder.pop(name, None)

    return act


_ACTIONS = {
    "rename": _rename,
    "default": _default,
    "set": _set,
    "multiply": _multiply,
    "map": _map,
    "remove": _remove,
}


def _table(given: object, name: str, line: int) -> Data:
    if not isinstance(given, dict):
        raise UpcastError(f"“{name}” is a table, such as {{ old = … }}", line)
    return given


def plain_value(value: object, line: int) -> object:
    """A value of TOML as JSON."""
    if isinstance(value, dict):
        return {name: plain_value(inner, line) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain_value(inner, line) for inner in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal) and not value.is_finite():
        raise UpcastError("a value is no number", line)
    return value


def _holder(data: Data, path: str) -> tuple[Data | None, str]:
    """The object that has the last name of a path, and that name; a name with dots of its own wins."""
    if path in data:
        return data, path
    *names, last = path.split(".")
    holder: Any = data
    for name in names:
        holder = holder.get(name)
        if not isinstance(holder, dict):
            return None, last
    return holder, last


def _put(data: Data, path: str, value: object) -> None:
    *names, last = path.split(".")
    holder: Any = data
    for name in names:
        inner = holder.get(name)
        if not isinstance(inner, dict):
            inner = holder[name] = {}
        holder = inner
    holder[last] = value
