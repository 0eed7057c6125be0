"""How are object-centric event logs read: OCEL 2.0 in JSON and XML, and OCEL 1.0 in JSON?

An event belongs to the first of its objects and names all of them; see `object_centric` for their attributes.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import msgspec

from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.event import Event, FieldMap, Unread
from explorer.eventlog.extract import event_maker
from explorer.eventlog.formats import Container, Format, JsonElements
from explorer.eventlog.json_array import ARRAY, MAP
from explorer.eventlog.json_nest import Found, Lists, Search, element_places
from explorer.eventlog.object_centric import FIELDS, Attributes, Objects
from explorer.eventlog.record import member_key
from explorer.eventlog.statements.xml_elements import Element, XmlFault, elements
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_JSON = lazy_pattern(rb'"objectTypes"\s*:\s*\[|"relationships"\s*:\s*\[|"ocel:global-log"\s*:')
_NAMES = (b'"objectTypes"', b'"relationships"', b'"ocel:global-log"')  # found much sooner than the pattern
_XML = lazy_pattern(rb"(?s)\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<(?:\w+:)?log\b")
_IN_XML = lazy_pattern(rb"<(?:\w+:)?(?:object-types?|event-types?|objects|events)\b")
_ENDS = lazy_pattern(rb"</[\w:]*attribute\s*>|/>")
_TWO = 2

type _Change = tuple[object, dict[str, object], int, int, int]  # time, values, offset, size, line


class _Told(msgspec.Struct):
    """What an event says.

    Attributes:
        place: Offset, size and line.
        said: Its type, time and id.
        related: Its objects, each with what it is to the event.
        data: Its attributes.
    """

    place: tuple[int, int, int]
    said: dict[str, object]
    related: list[tuple[str, str]]
    data: dict[str, object]


class OcelJson(WrittenEntries):
    """In JSON: lists of events and objects (2.0), or both by their ids (1.0)."""

    fields = FIELDS
    by_time = True

    def __init__(self, text: Text, events: Found, objects: Found | None) -> None:
        super().__init__()
        self.text = text
        self.name = "OCEL 2.0 (JSON)" if events.kind == ARRAY else "OCEL 1.0 (JSON)"
        self._events, self._objects = events, objects

    def entries(self) -> Iterator[WrittenEntry]:
        """Events, and what objects are like, in the order of their places."""
        objects = Objects()
        unread = list(self._read_objects(objects)) if self._objects is not None else []
        events = list(self._read_events())
        for number, told in enumerate(events):
            if isinstance(told, _Told):
                objects.meet(number, told.related, told.said.get("time"))
        objects.settle()
        found = [
            *unread,
            *(WrittenEntry(*each.place, record=objects.setting(each)) for each in objects.alone),
            *(
                WrittenEntry(*told.place, record=objects.event(number, told.said, told.related, told.data))
                if isinstance(told, _Told)
                else told
                for number, told in enumerate(events)
            ),
        ]
        yield from sorted(found, key=lambda each: each.offset)

    def _each(self, found: Found) -> Iterator[tuple[Event, int, int, int] | Unread]:
        """The objects of a list or a map, with their places; what cannot be read among them."""
        make = event_maker(FieldMap())
        if found.kind == ARRAY:
            batches = Lists(self.text, make, found.path).batches()
        else:
            batches = JsonElements(self.text, Container("", MAP, *found.place, wrapped=True)).batches(make)
        for batch in batches:
            unread = iter(batch.unread)
            odd = next(unread, None)
            for event, offset, size, line in zip(
                batch.events, batch.offsets, batch.lengths, batch.lines, strict=True
            ):
                while odd is not None and odd.offset < offset:
                    yield odd
                    odd = next(unread, None)
                yield event, offset, size, line
            while odd is not None:
                yield odd
                odd = next(unread, None)

    def _named(self, found: Found, event: Event, offset: int, size: int) -> str | None:
        if found.kind == MAP:
            return member_key(self.text.to_utf8(self.text.source.read(offset, size)))
        name = event.record.get("id")
        return None if name is None else str(name)

    def _read_events(self) -> Iterator["_Told | WrittenEntry"]:
        for found in self._each(self._events):
            if isinstance(found, Unread):
                yield _unread(found)
                continue
            event, *place = found
            record = event.record
            name = self._named(self._events, event, place[0], place[1])
            if self._events.kind == MAP:
                said: dict[str, object] = {
                    "type": record.get("ocel:activity"),
                    "time": record.get("ocel:timestamp"),
                    "id": name,
                }
                omap, vmap = record.get("ocel:omap"), record.get("ocel:vmap")
                related = [(str(each), "") for each in omap] if isinstance(omap, list) else []
                data = dict(vmap) if isinstance(vmap, Mapping) else {}
            else:
                said = {"type": record.get("type"), "time": record.get("time"), "id": name}
                related = [
                    (str(each.get("objectId")), str(each.get("qualifier") or ""))
                    for each in _objects(record.get("relationships"))
                ]
                data = {
                    str(each.get("name")): each.get("value") for each in _objects(record.get("attributes"))
                }
            yield _Told((place[0], place[1], place[2]), said, related, data)

    def _read_objects(self, objects: Objects) -> Iterator[WrittenEntry]:
        """Take what objects are like; yield what cannot be read."""
        assert self._objects is not None
        for found in self._each(self._objects):
            if isinstance(found, Unread):
                yield _unread(found)
                continue
            event, offset, size, line = found
            record = event.record
            name = self._named(self._objects, event, offset, size)
            by_id = self._objects.kind == MAP
            kind = record.get("ocel:type" if by_id else "type")
            if name is None:
                continue
            if isinstance(kind, str):
                objects.kinds[name] = kind
            if not by_id:
                for time, values, *place in self._changes(record, offset, size, line):
                    at = None if time is None else str(time)
                    objects.set(Attributes(name, at, values, (place[0], place[1], place[2])))
            elif isinstance(own := record.get("ocel:ovmap"), Mapping) and own:
                objects.set(Attributes(name, None, dict(own), (offset, size, line)))

    def _changes(self, record: Mapping[str, Any], offset: int, size: int, line: int) -> Iterator[_Change]:
        """What was set at one time each, with where that stands."""
        attributes = _objects(record.get("attributes"))
        places = (
            element_places(self.text, offset, line, "attributes")
            if len({str(each.get("time")) for each in attributes}) > 1
            else []
        )
        at = 0
        for time, same in groupby(attributes, lambda each: each.get("time")):
            group = list(same)
            values = {str(each.get("name")): each.get("value") for each in group}
            if len(places) == len(attributes):
                begin, _, where = places[at]
                end = places[at + len(group) - 1][1]
                yield time, values, begin, end - begin, where
            else:
                yield time, values, offset + at, size - at, line
            at += len(group)


class OcelXml(WrittenEntries):
    """In XML."""

    name = "OCEL 2.0 (XML)"
    fields = FIELDS
    by_time = True

    def __init__(self, text: Text) -> None:
        super().__init__()
        self.text = text

    def entries(self) -> Iterator[WrittenEntry]:
        """Events, and what objects are like, in the order of their places."""
        objects = Objects()
        events: list[_Told] = []
        unread: list[WrittenEntry] = []
        source = self.text.source
        try:
            for found in elements(source, {"event", "object"}):
                if found.name == "object":
                    self._object(found, objects)
                else:
                    events.append(_told_in_xml(found))
        except XmlFault as fault:
            rest = max(source.size_bytes - fault.byte, 0)
            unread = [WrittenEntry(fault.byte, rest, fault.line, reason=fault.reason, column=fault.column)]
        for number, told in enumerate(events):
            objects.meet(number, told.related, told.said.get("time"))
        objects.settle()
        alone = [WrittenEntry(*each.place, record=objects.setting(each)) for each in objects.alone]
        own = [
            WrittenEntry(*told.place, record=objects.event(number, told.said, told.related, told.data))
            for number, told in enumerate(events)
        ]
        yield from sorted([*alone, *own], key=lambda each: each.offset)
        yield from unread

    def _object(self, found: Element, objects: Objects) -> None:
        name, kind = found.attributes.get("id"), found.attributes.get("type")
        if name is None:
            return
        if kind is not None:
            objects.kinds[name] = kind
        stated = [each for each in found.all("attributes", "attribute") if "name" in each.attributes]
        for time, same in groupby(stated, lambda each: each.attributes.get("time")):
            group = list(same)
            first, last = group[0], group[-1]
            behind = self.text.source.read(last.offset, found.offset + found.size - last.offset)
            end = _ENDS.search(behind)
            size = last.offset - first.offset + (len(behind) if end is None else end.end())
            values: dict[str, object] = {each.attributes["name"]: each.text for each in group}
            objects.set(Attributes(name, time, values, (first.offset, size, first.line)))


def _told_in_xml(found: Element) -> _Told:
    said = found.attributes
    related = [
        (
            each.attributes["object-id"],
            each.attributes.get("qualifier") or each.attributes.get("relationship") or "",
        )
        for part in found.parts
        if part.name == "objects"
        for each in part.parts
        if "object-id" in each.attributes
    ]
    data: dict[str, object] = {
        each.attributes["name"]: each.text
        for each in found.all("attributes", "attribute")
        if "name" in each.attributes
    }
    told: dict[str, object] = {name: said.get(name) for name in ("type", "time", "id")}
    return _Told((found.offset, found.size, found.line), told, related, data)


def ocel_json(text: Text, block: bytes) -> Format | None:
    """An object-centric log in JSON, if a text that begins with an object is one."""
    if not any(name in block for name in _NAMES) or not _JSON.search(block):
        return None
    search = Search(text)
    events, objects = _list(search, "events", "ocel:events"), _list(search, "objects", "ocel:objects")
    if events is None or not (search.names >= {"events", "objects"} or search.names >= {"ocelevents"}):
        return None
    return OcelJson(text, events, objects)


def ocel_xml(text: Text, block: bytes) -> Format | None:
    """An object-centric log in XML, if a text is one."""
    if not _XML.match(block) or len({each.lstrip(b"<") for each in _IN_XML.findall(block)}) < _TWO:
        return None
    return OcelXml(text) if b"<event-types" in block or b"<object-types" in block else None


def _list(search: Search, *names: str) -> Found | None:
    return next((each for each in search.found if len(each.path) == 1 and each.path[0] in names), None)


def _unread(odd: Unread) -> WrittenEntry:
    return WrittenEntry(
        odd.offset, odd.length_bytes, odd.line, reason=odd.reason, column=odd.column, at=odd.byte
    )


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
