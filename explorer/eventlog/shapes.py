"""Which lines of a log are written alike, so that a whole column of them can be read at once?

Programs write events from a few templates. A *shape* is such a template, learnt from one line that the exact
reader has read: the bytes that never differ, and between them *blanks* with a text or a number. A line has that
shape if those bytes are the same, and its blanks hold what JSON allows there; so it says the same as the line that
was learnt from, other than in its blanks. Whatever fits no shape is read one by one.
"""

import re
from typing import Literal

import msgspec

from explorer.eventlog.deletion import operations, teller
from explorer.eventlog.event import Event, FieldMap, Varying
from explorer.eventlog.extract import before_path, getter
from explorer.eventlog.field_names import SCHEMA_VERSION, plain
from explorer.eventlog.json_text import FAULTS, SPACED_COLON, decode, key_count, needs_care
from explorer.eventlog.opaque import may_be_opaque

_TOKEN = re.compile(rb'"[^"\\]*"|-?[0-9][0-9.eE+-]*|true|false|null|[\[\]{}:,]')
_MOST_BLANKS = 64
_COMPARED_BYTES = 128
_LONGEST_SAMPLE = 4_096  # bytes; a block has as many to spare (`PAD`), so no place is ever outside


class Blank(msgspec.Struct, frozen=True):
    """Where a value that differs stands in the sample: `[start, end)`, quotes left out."""

    written: Literal["text", "number"]
    start: int
    end: int


class Shape:
    """One template.

    Attributes:
        event: What a line of this shape says, with a `Varying` for each blank. `at_ns` is None; see `time`.
        blanks: The values that differ, in their order.
        time: The blank with the time, if any.
        texts: The bytes that every line has: before the first blank, between the blanks, behind the last one.
    """

    def __init__(self, raw: bytes, event: Event, blanks: list[Blank], time: Varying | None) -> None:
        self.event = event
        self.blanks = blanks
        self.time = time
        begins = [0, *(blank.end for blank in blanks)]
        ends = [*(blank.start for blank in blanks), len(raw)]
        self.texts = tuple(raw[begin:end] for begin, end in zip(begins, ends, strict=True))


def learn(raw: bytes, fields: FieldMap) -> Shape | None:
    """The shape of a line; None if it is not a plain good record."""
    if len(raw) > _LONGEST_SAMPLE or b"\\" in raw or SPACED_COLON.search(raw) or needs_care(raw):
        return None
    try:
        record = decode(raw)
    except FAULTS:
        return None
    if type(record) is not dict or raw.count(b'":') != key_count(record):
        return None
    blanks: list[Blank] = []
    tokens = iter([found for found in _TOKEN.finditer(raw) if found[0] not in (b":", b",")])
    tree = _tree(tokens, next(tokens), blanks)
    kind = (getter(fields.type) or (lambda _: ""))(tree)
    if not isinstance(kind, (Varying, str)) or (
        isinstance(kind, Varying) and blanks[kind.blank].written != "text"
    ):
        return None
    if isinstance(kind, Varying):  # the type is a part of the shape
        kind, tree = _made_part(raw, blanks, tree, kind)
    schema = _schema_place(tree)
    if schema is not None:  # so is the schema version, which says how the rest is to be understood
        _, tree = _made_part(raw, blanks, tree, schema)
    while (told := _operation_place(tree)) is not None:  # and what was done to a row of a database
        _, tree = _made_part(raw, blanks, tree, told)
    if teller(fields)(tree) is not None:  # each is told by itself
        return None
    event = _event(fields, tree, kind)
    if event is None or len(blanks) > _MOST_BLANKS or may_be_opaque(event.data):
        return None
    if fields.data is None and fields.opaque is not None and (getter(fields.opaque) or str)(tree) is not None:
        return None
    time = (getter(fields.time) or (lambda _: None))(tree)
    if time is not None and not isinstance(time, Varying):
        return None
    return Shape(raw, event, blanks, time)


def _event(fields: FieldMap, tree: object, kind: str) -> Event | None:
    """What `event_maker` would make of it; None where that depends on the values."""
    data = tree
    if fields.data is not None:
        data = (getter(fields.data) or (lambda _: None))(tree)
    if not isinstance(data, dict):
        return None
    entity = None
    if (get_entity := getter(fields.entity)) is not None:
        entity = get_entity(tree)
        if entity is None:
            entity = data.get((fields.entity or "").rpartition(".")[2])
        if entity is None and (get_before := getter(before_path(fields.entity))) is not None:
            entity = get_before(tree)
        if entity is not None and not isinstance(entity, Varying):
            return None
    at = (getter(fields.time) or (lambda _: None))(tree)
    entity, at = (each.taken_as("text") if isinstance(each, Varying) else None for each in (entity, at))
    return Event(0, kind, entity, data, at, record=tree)  # type: ignore[arg-type]


def _tree(tokens: object, token: re.Match[bytes], blanks: list[Blank]) -> object:
    """The record with a place for each text and number."""
    text = token[0]
    if text in (b"{", b"["):
        items: list[object] = []
        members: dict[str, object] = {}
        for inner in tokens:  # type: ignore[attr-defined]
            if inner[0] in (b"}", b"]"):
                break
            if text == b"{":
                members[inner[0][1:-1].decode()] = _tree(tokens, next(tokens), blanks)  # type: ignore[call-overload]
            else:
                items.append(_tree(tokens, inner, blanks))
        return members if text == b"{" else items
    if text in (b"true", b"false", b"null"):
        return {b"true": True, b"false": False, b"null": None}[text]
    if text[:1] == b'"':
        blanks.append(Blank("text", token.start() + 1, token.end() - 1))
        return Varying(len(blanks) - 1, "text")
    blanks.append(Blank("number", token.start(), token.end()))
    return Varying(len(blanks) - 1, "number")


def _schema_place(tree: object) -> Varying | None:
    """Where the record tells its schema version, if that differs from event to event."""
    holders = [tree, *tree.values()] if isinstance(tree, dict) else []
    for holder in holders:
        if isinstance(holder, dict):
            for name, value in holder.items():
                if isinstance(value, Varying) and plain(name) in SCHEMA_VERSION:
                    return value
    return None


def _operation_place(tree: object) -> Varying | None:
    """Where the record tells what was done, if that differs from event to event."""
    holders = [tree, *tree.values()] if isinstance(tree, dict) else []
    for holder in holders:
        if isinstance(holder, dict):
            for name in operations(tuple(holder)):
                if isinstance(holder[name], Varying):
                    return holder[name]  # type: ignore[no-any-return]
    return None


def _made_part(raw: bytes, blanks: list[Blank], tree: object, place: Varying) -> tuple[str, object]:
    """Make a value a part of the shape: its text, and the record with it in its place."""
    gone = blanks.pop(place.blank)
    text = raw[gone.start : gone.end].decode()
    value: object = int(text) if gone.written == "number" and text.isdigit() else text
    return text, _renumbered(tree, place.blank, value)


def _renumbered(tree: object, gone: int, value: object) -> object:
    if isinstance(tree, dict):
        return {name: _renumbered(inner, gone, value) for name, inner in tree.items()}
    if isinstance(tree, list):
        return [_renumbered(inner, gone, value) for inner in tree]
    if isinstance(tree, Varying):
        return value if tree.blank == gone else Varying(tree.blank - (tree.blank > gone), tree.kind)
    return tree
