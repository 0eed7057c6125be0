"""How is one change said in words and numbers?"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from explorer.history.changes import Change
from explorer.language import tr
from explorer.projection.exact import EXACT, Exact, plain

MINUS = "\N{MINUS SIGN}"
MOST_PARTS = 500  # of a list or an object that are told on one line; nobody reads more


def signed(value: Exact) -> str:
    """`+50.00`, `−30.00`: a difference, always with its sign."""
    return ("" if value < 0 else "+") + number(value)


def number(value: Exact) -> str:
    """All digits, with a true minus sign: for people, not for programs."""
    return plain(value).replace("-", MINUS)


def difference(before: object, after: object) -> Exact | None:
    """`after - before` if both are numbers, to the last digit."""
    if _is_number(before) and _is_number(after):
        if isinstance(before, int) and isinstance(after, int):
            return after - before
        return EXACT.subtract(Decimal(after), Decimal(before))  # type: ignore[arg-type]
    return None


def explanation(change: Change) -> str:
    """`50.00 − 30.00 = 20.00`, `"open" → "frozen"`, `set to "Ada"`."""
    step = difference(change.before, change.after) if change.field.fold in {"sum", "count"} else None
    if step is not None:
        sign = MINUS if step < 0 else "+"
        text = f"{number(change.before)} {sign} {number(_magnitude(step))} = {number(change.after)}"  # type: ignore[arg-type]
        return f"{text} {change.key}" if change.key else text
    before, after = told(change.before), told(change.after)
    if change.before is None:
        return tr("set to {value}").format(value=after)
    if change.before == change.after:
        again = tr("set to {value} again") if change.field.fold == "last" else tr("stays {value}")
        return again.format(value=after)
    return f"{before} → {after}"


def told(value: object) -> str:
    """A value as `shown`; of a huge list or object no more than its beginning is looked at."""
    part = beginning(value)
    return shown(part) if part is value else f"{shown(part)}…"


def beginning(value: object) -> object:
    """The value itself; of a list or an object of more than some hundred parts, only the first of them."""
    left = [MOST_PARTS]
    part = _begun(value, left)
    return part if left[0] < 0 else value


def _begun(value: object, left: list[int]) -> object:
    """A copy of the first parts; `left` is how many more may be taken, below zero once some were left out."""
    if not isinstance(value, (Mapping, list)):
        return value
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
    taken: list[tuple[object, object]] = []
    for name, inner in pairs:
        left[0] -= 1
        if left[0] < 0:
            break
        taken.append((name, _begun(inner, left)))
    return dict(taken) if isinstance(value, Mapping) else [inner for _, inner in taken]


def shown(value: object) -> str:
    """A value on one line: numbers with all digits, text in quotes, the rest as JSON."""
    if _is_number(value):
        return plain(value)  # type: ignore[arg-type]
    if isinstance(value, str):
        return f'"{value}"'
    try:
        return msgspec.json.encode(_exact(value)).decode()
    except UnicodeEncodeError:
        return str(value)


def countable(value: object) -> object:
    """What a value is counted under: itself; what `shown` says of a list, an object, and of true, which is no 1."""
    return shown(value) if isinstance(value, (bool, list, Mapping)) else value


def _exact(value: object) -> object:
    if isinstance(value, Decimal):
        return msgspec.Raw(plain(value).encode())
    if isinstance(value, Mapping):
        return {key: _exact(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_exact(inner) for inner in value]
    return value


def _magnitude(value: Exact) -> Exact:
    return abs(value) if isinstance(value, int) else value.copy_abs()  # abs(Decimal) would round to 28 digits


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
