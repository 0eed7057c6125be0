"""What object does a payload in XML say, as XStream and Jackson write it?

It is read as data and nothing else: no document type, no entity, no class is heeded. An element is a text, or a number
where that says the same; nothing is rounded.
"""

import re
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from explorer.patterns import lazy_pattern

DEEPEST = 64
MOST_NODES = 100_000
MOST_DIGITS = 4_000
_NUMBER = lazy_pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
# by which XStream and others say of an element what it is, not what it holds
_NOT_DATA = {"class", "resolves-to", "serialization", "reference", "xmlns"}


class MarkupFault(ValueError):  # noqa: N818 - a finding about a text
    """It is no such text, or one that is not read: too deep, too large, or with more than data in it."""


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
    if len(text) > MOST_DIGITS or not _NUMBER.fullmatch(text):
        return {"true": True, "false": False}.get(text, text)
    return Decimal(text) if "." in text else int(text)
