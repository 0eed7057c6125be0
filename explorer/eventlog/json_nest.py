"""Where in one large JSON object are the events, and how are they read if they stand in several lists?

Answers of servers wrap their events: `{"hits": {"hits": [{…}]}}`, `{"resourceLogs": [{"scopeLogs": [{"logRecords":
[…]}]}]}`. Every list of objects is looked at; the one whose objects have what events have is taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from explorer.eventlog import field_names
from explorer.eventlog.cursor import Broken, Cursor
from explorer.eventlog.event import Batch, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_array import ARRAY, MAP, Elements
from explorer.eventlog.json_text import FAULTS, decode
from explorer.eventlog.text import Text

LIST_NAMES = ("events", "entries", "records", "items", "actions", "messages", "history", "log", "data",
              "rows", "results", "value", "values", "payload")  # fmt: skip
MAP_NAMES = ("events", "ocelevents", "actionsbyid", "eventsbyid", "entries", "records", "items",
             "ocelobjects")  # fmt: skip
_EACH = "[]"
_DEEPEST = 6
_NEITHER, _EMPTY = 2, 3  # a type nor a time; nothing
_WRAPS = 2  # members has what wraps an empty list and is no event
_MOST_LISTS = 200
_MOST_MEMBERS = 5_000
_SAMPLE_BYTES = 1 << 20
_OPENS_OBJECT, _OPENS_LIST, _QUOTE, _COMMA = 0x7B, 0x5B, 0x22, 0x2C
_TYPES = frozenset(field_names.plain(name) for name in field_names.TYPE)
_TIMES = frozenset(field_names.plain(name) for name in field_names.TIME)


class Found(msgspec.Struct, frozen=True):
    """A list that may be that of the events.

    Attributes:
        path: The keys that lead to it; `[]` goes into each element of a list.
        kind: `ARRAY` or `MAP`.
        rank: The smaller the better.
        place: Unit, line and column behind its opening bracket; the first such list, where there are several.
        names: The members of its first element.
    """

    path: tuple[str, ...]
    kind: str
    rank: tuple[int, ...]
    place: tuple[int, int, int]
    names: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """The path as a person writes it: `resourceLogs[].scopeLogs[].logRecords`."""
        return ".".join(self.path).replace("." + _EACH, _EACH)


class Search:
    """Looks through the one object at the beginning of a text.

    Attributes:
        found: The lists in it.
        names: The names of its own members.
        whole: Whether it is the only one in the text, as far as it could be followed.
    """

    def __init__(self, text: Text, wanted: str | None = None) -> None:
        """Look; `wanted` is the path of a list that counts whatever is in it, such as `hits.hits`."""
        self._text = text
        self._wanted = wanted
        self._cursor = Cursor(text)
        self.found: list[Found] = []
        self.names: set[str] = set()
        self.whole = True
        self._left = _MOST_MEMBERS
        try:
            self._cursor.peek()
            self._object((), 0)
            self.whole = self._cursor.peek() != _OPENS_OBJECT
        except Broken:
            pass  # what wraps the list is damaged behind it; the list may still be read

    def _object(self, path: tuple[str, ...], depth: int) -> None:
        """Go through the object that begins at the cursor."""
        cursor = self._cursor
        cursor.move_to(cursor.unit + 1)
        while cursor.peek() == _QUOTE:
            self._left -= 1
            if self._left < 0:  # a dictionary of very many is none that wraps a list
                raise Broken("too many members", cursor.unit)
            start = cursor.unit
            value = cursor.value_of_pair()
            key = _key(self._text, start, value)
            if not depth:
                self.names.add(field_names.plain(key))
            cursor.move_to(value)
            self._value((*path, key), depth)
            if cursor.peek() == _COMMA:
                cursor.move_to(cursor.unit + 1)
        cursor.move_to(cursor.unit + 1)

    def _value(self, path: tuple[str, ...], depth: int) -> None:
        cursor = self._cursor
        byte = self._text.read(cursor.unit, 1)[:1]
        if byte == b"[":
            self._list(path)
        elif byte == b"{":
            name = field_names.plain(path[-1])
            if name in MAP_NAMES and self._holds_objects():
                rank = (20 + MAP_NAMES.index(name), depth)
                self._take(path, MAP, (0, *rank))
            elif depth + 1 < _DEEPEST:
                self._object(path, depth + 1)
                return
        cursor.skip_value()

    def _holds_objects(self) -> bool:
        """Is the first member of the object at the cursor an object itself?"""
        ahead = self._text.read(self._cursor.unit, 4_096)
        return ahead[1:].lstrip()[:1] == b'"' and b"{" in ahead[1:]

    def _take(
        self, path: tuple[str, ...], kind: str, rank: tuple[int, ...], members: Iterable[str] = ()
    ) -> None:
        cursor = self._cursor
        if len(self.found) < _MOST_LISTS:
            place = cursor.unit + 1, cursor.line, cursor.column + 1
            self.found.append(Found(path, kind, rank, place, frozenset(members)))

    def _list(self, path: tuple[str, ...]) -> None:
        """Look at the first element of the list at the cursor, and at the lists in it."""
        text, unit = self._text, self._cursor.unit
        inside = text.read(unit + 1, 4_096).lstrip()[:1]
        if inside == b"]" and (len(path) == 1 or field_names.plain(path[-1]) in LIST_NAMES[:3]):
            self._take(path, ARRAY, (_EMPTY, *_name_rank(path)))
        if inside != b"{":
            return
        ahead = Cursor(text, unit)
        ahead.peek()
        ahead.move_to(ahead.unit + 1)
        ahead.peek()
        first: object = None
        start, end = ahead.unit, ahead.unit
        try:
            end = ahead.value_end()
            if end - start <= _SAMPLE_BYTES:
                first = decode(text.utf8(start, ahead.skeleton(start, end)))
        except FAULTS:
            # something in it is damaged; the lists in it may be found by their brackets
            if len(path) < _DEEPEST:
                behind, self._cursor = self._cursor, ahead
                self._object((*path, _EACH), len(path))
                self._cursor = behind
                return
        except Broken:
            pass
        members = first if isinstance(first, dict) else {}
        sure = len(path) == 1 or _doubt(members) < _NEITHER or field_names.plain(path[-1]) in LIST_NAMES[:3]
        if self._is_wanted(path) or (sure and not (members and _only_wraps(members))):
            self._take(path, ARRAY, (_doubt(members), *_name_rank(path)), members)
        self._inner(path, members, 1)

    def _inner(self, path: tuple[str, ...], members: Mapping[str, Any], depth: int) -> None:
        """The lists of objects inside an element."""
        for key, value in members.items():
            if isinstance(value, list) and value and isinstance(value[0], dict) and depth < _DEEPEST:
                inner = (*path, _EACH, key)
                sure = not _only_wraps(value[0]) and _doubt(value[0]) < _NEITHER
                if sure or self._is_wanted(inner):
                    self._take(inner, ARRAY, (_doubt(value[0]) + 1, *_name_rank(inner)), value[0])
                self._inner(inner, value[0], depth + 1)

    def _is_wanted(self, path: tuple[str, ...]) -> bool:
        return self._wanted == ".".join(name for name in path if name != _EACH)

    def best(self) -> Found | None:
        """The list that is most like one of events."""
        best = min(self.found, key=lambda each: each.rank) if self.whole and self.found else None
        typed = self.names & {field_names.plain(name) for name in field_names.CANONICAL_TYPE}
        if best is None or (
            typed and self.names & {"at", "time", "timestamp", "occurredat", "data", "payload"}
        ):
            return None  # it is an event itself
        if (
            best.rank[0]
            and typed
            and any(name in _TIMES or field_names.is_timely(name) for name in self.names)
        ):
            return None  # and what it holds are none
        usual = best.rank[0] != _EMPTY or field_names.plain(best.path[-1]) in LIST_NAMES
        return best if usual or len(self.names) <= _WRAPS else None

    def of_each(self) -> Found | None:
        """The list of events in the first of several objects that are no events themselves, but wrap some of them."""
        if self.whole or not self.found or self.names & field_names.CANONICAL_TYPE:
            return None
        best = min(self.found, key=lambda each: each.rank)
        timely = any(name in _TIMES or field_names.is_timely(name) for name in self.names)
        usual = field_names.plain(best.path[-1]) in LIST_NAMES[:3]
        deep = (
            len(best.path) > 1
        )  # `resourceLogs[].scopeLogs[].logRecords`: what stands around wraps and no more
        sure = best.rank[0] == 0 or (deep and best.rank[0] <= 1)
        return best if best.kind == ARRAY and sure and (usual or not timely) else None

    def beside(self, best: Found) -> list[Found]:
        """Other lists whose objects are made as those of `best` are: events, most likely, that are not read."""
        return [
            each
            for each in self.found
            if each.path != best.path
            and each.path[: len(best.path)] != best.path  # inside of an event
            and len(each.names & best.names) * 2 > len(each.names | best.names)
        ]


def _doubt(members: Mapping[str, Any]) -> int:
    """How unlike an event an object is: 0 with a type or a time, of its own or one level in; 2 without."""
    names = set(map(field_names.plain, members))
    for value in members.values():
        if isinstance(value, dict):
            names |= set(map(field_names.plain, value))
    timely = names & _TIMES or any(field_names.is_timely(name) for name in names)
    return _NEITHER - bool(names & _TYPES) - bool(timely)


def _only_wraps(members: Mapping[str, Any]) -> bool:
    """Is it no event but something that holds lists of them, beside little else?"""
    lists = sum(
        isinstance(value, list) and bool(value) and isinstance(value[0], dict) for value in members.values()
    )
    plain = sum(not isinstance(value, (list, dict)) for value in members.values())
    return lists > 0 and plain <= 1 and _doubt(members) == _NEITHER


def _name_rank(path: tuple[str, ...]) -> tuple[int, int]:
    name = field_names.plain(path[-1])
    return (LIST_NAMES.index(name) if name in LIST_NAMES else 50), len(path)


def _key(text: Text, start: int, value: int) -> str:
    raw = text.utf8(start, text.read(start, value - start)).rstrip()
    try:
        return str(decode(raw.removesuffix(b":").rstrip()))
    except FAULTS:
        return ""


def element_places(text: Text, offset: int, line: int, name: str) -> list[tuple[int, int, int]]:
    """Where the objects of a list stand, a member of the object at `offset`: begin and end in bytes, and line."""
    cursor = Cursor(text, (offset - text.base) // text.width, line)
    found: list[tuple[int, int, int]] = []
    try:
        cursor.peek()
        cursor.move_to(cursor.unit + 1)
        while cursor.peek() == _QUOTE:
            start = cursor.unit
            value = cursor.value_of_pair()
            key = _key(text, start, value)
            cursor.move_to(value)
            if key == name and cursor.peek() == _OPENS_LIST:
                cursor.move_to(cursor.unit + 1)
                while cursor.peek() == _OPENS_OBJECT:
                    begin, where = cursor.unit, cursor.line
                    cursor.skip_value()
                    found.append((text.byte(begin), text.byte(cursor.unit), where))
                    if cursor.peek() == _COMMA:
                        cursor.move_to(cursor.unit + 1)
                return found
            cursor.skip_value()
            if cursor.peek() == _COMMA:
                cursor.move_to(cursor.unit + 1)
    except Broken:
        pass
    return found


def with_others(text: Text, batches: Iterator[Batch], others: Sequence[Found]) -> Iterator[Batch]:
    """The batches of one list; behind them, that there are others, which are not read."""
    count = done = 0
    for batch in batches:
        count += len(batch.events)
        done = batch.done_bytes
        yield batch
    unread = []
    for each in others:
        unit, line, column = each.place
        byte = text.byte(unit - 1)
        reason = f"“{each.shown}” is another list of what looks like events, which is not read"
        unread.append(Unread(count, line, column - 1, byte, reason, byte, 1))
    if unread:
        yield Batch(unread=unread, done_bytes=done)


class Lists:
    """Reads the elements of every list that a path leads to, in the order of the text; of each object there."""

    def __init__(self, text: Text, make: EventMaker, path: tuple[str, ...]) -> None:
        self._text = text
        self._make = make
        self._path = path
        self._cursor = Cursor(text)
        self._position = 0
        self._lists = 0

    def batches(self) -> Iterator[Batch]:
        """Yield the events."""
        fault = Batch()
        try:
            while self._cursor.peek() == _OPENS_OBJECT:
                place = self._cursor.unit, self._cursor.line, self._cursor.column
                found = self._lists
                yield from self._walk(self._path)
                if self._lists == found:
                    yield self._without(*place)
            if self._cursor.peek() != -1:
                self._say(fault, "more text after the end of the object")
        except Broken as broken:
            self._say(fault, broken.reason)
        fault.done_bytes = self._text.byte(self._text.units)
        yield fault

    def _without(self, unit: int, line: int, column: int) -> Batch:
        """What is said of an object in which the list is not."""
        byte, done = self._text.byte(unit), self._text.byte(self._cursor.unit)
        reason = "this object does not have the list in which the events of the others are"
        return Batch(
            unread=[Unread(self._position, line, column, byte, reason, byte, done - byte)], done_bytes=done
        )

    def _say(self, batch: Batch, reason: str) -> None:
        cursor, text = self._cursor, self._text
        byte, end = text.byte(cursor.unit), text.byte(text.units)
        batch.unread.append(
            Unread(self._position, cursor.line, cursor.column, byte, reason, byte, end - byte)
        )

    def _walk(self, path: tuple[str, ...]) -> Iterator[Batch]:
        """Read what the path leads to from the value at the cursor, and end behind that value."""
        cursor = self._cursor
        byte = cursor.peek()
        if not path:
            if byte != _OPENS_LIST:
                cursor.skip_value()
                return
            self._lists += 1
            cursor.move_to(cursor.unit + 1)
            elements = Elements(self._text, self._make, cursor, ARRAY, wrapped=False, inner=True)
            elements.position = self._position
            yield from elements.batches()
            self._position = elements.position
            return
        wanted = _OPENS_LIST if path[0] == _EACH else _OPENS_OBJECT
        if byte != wanted:
            cursor.skip_value()
            return
        cursor.move_to(cursor.unit + 1)
        while cursor.peek() not in (-1, ord("]"), ord("}")):
            if wanted == _OPENS_LIST:
                yield from self._walk(path[1:])
            else:
                start = cursor.unit
                value = cursor.value_of_pair()
                key = _key(self._text, start, value)
                cursor.move_to(value)
                if key == path[0]:
                    yield from self._walk(path[1:])
                else:
                    cursor.skip_value()
            if cursor.peek() == _COMMA:
                cursor.move_to(cursor.unit + 1)
            elif cursor.peek() not in (-1, ord("]"), ord("}")):
                raise Broken("expected a comma or a closing bracket", cursor.unit)
        if cursor.peek() == -1:
            raise Broken("the object is never closed", cursor.unit, at_end=True)
        cursor.move_to(cursor.unit + 1)
