"""What object does a payload in XML (as XStream and Jackson write it) or in YAML (as Ruby writes it) say?

Both are read as data and nothing else: no document type, no entity, no alias, no class is heeded. An element or a value
is a text, or a number where that says the same; nothing is rounded.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.parsers import expat

DEEPEST = 64
MOST_NODES = 100_000
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_YAML_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?", re.ASCII)
_MOST_DIGITS = 4_000
_RUBY_DECIMAL = re.compile(r"(?:[0-9]+:)?([-+]?[0-9.]+(?:[eE][-+]?[0-9]{1,4})?)", re.ASCII)
_NULLS, _TRUE, _FALSE = (
    {"", "~", "null", "Null", "NULL"},
    {"true", "True", "TRUE"},
    {"false", "False", "FALSE"},
)
# by which XStream and others say of an element what it is, not what it holds
_NOT_DATA = {"class", "resolves-to", "serialization", "reference", "xmlns"}


class MarkupFault(ValueError):  # noqa: N818 - a finding about a text
    """It is no such text, or one that is not read: too deep, too large, or with more than data in it."""


# -- XML -----------------------------------------------------------------------------------------------------


def from_xml(text: str) -> dict[str, Any]:
    """The object that the root element holds: its children by name, several of one name as a list.

    Raises:
        MarkupFault: It is not well-formed, or declares a document type or entities, or is too deep or too large.
    """
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.buffer_text = True
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise MarkupFault(str(error)) from error
    root = builder.root
    return root if isinstance(root, dict) else {"value": root}


def _refuse(*_: object) -> int:
    raise MarkupFault("it declares a document type or entities, which is not read")


class _Builder:
    """The values of the elements that are open, and at last that of the root."""

    def __init__(self) -> None:
        self.root: object = None
        self._open: list[tuple[str, list[tuple[str, object]], list[str]]] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST_NODES:
            raise MarkupFault("too deep or too large")
        own = [
            (f"@{key}", _scalar(value))
            for key, value in attributes.items()
            if key.rpartition(":")[2] not in _NOT_DATA and not key.startswith("xmlns")
        ]
        if (
            "reference" in attributes
        ):  # XStream points to another element: what that holds is not repeated here
            own = [("@reference", attributes["reference"])]
        self._open.append((name.rpartition(":")[2], own, []))

    def text(self, text: str) -> None:
        self._open[-1][2].append(text)

    def end(self, _name: str) -> None:
        name, members, texts = self._open.pop()
        said = _scalar("".join(texts).strip())
        if members and said != "":
            members.append(("value", said))
        value: object = _members(members) if members else said
        if self._open:
            self._open[-1][1].append((name.replace("__", "_"), value))  # XStream doubles what Java has once
        else:
            self.root = value


def _members(members: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    several: set[str] = set()
    for name, value in members:
        if name not in found:
            found[name] = value
        elif name in several:
            found[name].append(value)  # type: ignore[attr-defined]
        else:
            several.add(name)
            found[name] = [found[name], value]
    return found


def _scalar(text: str) -> object:
    if len(text) > _MOST_DIGITS or not _NUMBER.fullmatch(text):
        return {"true": True, "false": False}.get(text, text)
    return Decimal(text) if "." in text else int(text)


# -- YAML ----------------------------------------------------------------------------------------------------


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
            return _yaml_scalar(event.value, event.tag, plain=event.style is None)
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
                name = key.value.removeprefix(":") if key.style is None or key.value[:1] == ":" else key.value
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
    if _YAML_NUMBER.fullmatch(text):
        return _number(text.replace("_", ""))
    return text.removeprefix(":") if text[:1] == ":" and text[1:2].isalpha() else text


def _number(text: str) -> object:
    """The number that a text says; the text itself if that is too long to be one."""
    if len(text) > _MOST_DIGITS:
        return text
    found = Decimal(text)
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        return text
    return int(text) if text.lstrip("+-").isdigit() else Decimal(format(found, "f"))
