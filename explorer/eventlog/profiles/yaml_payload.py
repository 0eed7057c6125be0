"""What value does a payload in YAML say, as Ruby writes it?

Only the events of the scanner are taken: no tag makes an object, no alias is followed. A number keeps all its digits.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from explorer.eventlog.profiles.xml_payload import DEEPEST, MOST_DIGITS, MOST_NODES, MarkupFault
from explorer.patterns import lazy_pattern

_NUMBER = lazy_pattern(r"[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_RUBY_DECIMAL = lazy_pattern(r"(?:[0-9]+:)?([-+]?[0-9.]+(?:[eE][-+]?[0-9]{1,4})?)", re.ASCII)
_NULLS, _TRUE, _FALSE = (
    {"", "~", "null", "Null", "NULL"},
    {"true", "True", "TRUE"},
    {"false", "False", "FALSE"},
)


def from_yaml(text: str) -> object:
    """The value of the only document of a text.

    Symbols of Ruby (`:amount: 5`) are names without their colon, `!ruby/object:BigDecimal 18:0.5e2` is a number.

    Raises:
        MarkupFault: It is no YAML, has aliases, or is too deep or too large.
    """
    import yaml

    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        values = _documents(events)
        found = next(values, None)
        if next(values, None) is not None:
            raise MarkupFault("more than one document")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise MarkupFault(str(error)) from error
    if not isinstance(found, (dict, list)):
        raise MarkupFault("no object")
    return found


def _documents(events: Iterator[Any]) -> Iterator[object]:
    import yaml

    count = 0

    def value(event: Any, depth: int) -> object:  # noqa: ANN401
        nonlocal count
        count += 1
        if depth > DEEPEST or count > MOST_NODES:
            raise MarkupFault("too deep or too large")
        if isinstance(event, yaml.ScalarEvent):
            return _yaml_scalar(event.value, event.tag, plain=not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(value(inner, depth + 1))
            return items
        if isinstance(event, yaml.MappingStartEvent):
            members: dict[str, object] = {}
            while not isinstance(key := next(events), yaml.MappingEndEvent):
                if not isinstance(key, yaml.ScalarEvent):
                    raise MarkupFault("a name that is no text")
                name = key.value.removeprefix(":")
                members[name] = value(next(events), depth + 1)
            return members
        raise MarkupFault("an alias, which is not followed")

    for event in events:
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
            yield value(event, 0)


def _yaml_scalar(text: str, tag: str | None, *, plain: bool) -> object:
    if tag is not None and tag.endswith("BigDecimal"):
        found = _RUBY_DECIMAL.fullmatch(text)
        return text if found is None else _number(found[1])
    if not plain or (tag is not None and "str" in tag):
        return text
    if text in _NULLS:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _NUMBER.fullmatch(text):
        return _number(text.replace("_", ""))
    return text.removeprefix(":") if text[:1] == ":" and text[1:2].isalpha() else text


def _number(text: str) -> object:
    """The number that a text says; the text itself if that is too long to be one."""
    if len(text) > MOST_DIGITS:
        return text
    found = Decimal(text)
    if not found.is_finite() or abs(found.adjusted()) > MOST_DIGITS:
        return text
    return int(text) if text.lstrip("+-").isdigit() else Decimal(format(found, "f"))
