"""How are the changes of tables read that Canal captures: several rows in one message, each with what it was before?

A row is an entity by the columns of its key, or by all of its columns where its table has no key; of equal rows of such
a table each is one (`a / b`, `a / b (2)`). A change that gives a row another key ends what had the old one.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.event import Event, FieldMap, Joined, Unread
from explorer.eventlog.extract import event_maker, scalar_text
from explorer.eventlog.formats import Format
from explorer.eventlog.json_nest import element_places
from explorer.patterns import lazy_pattern

_MARKS = lazy_pattern(rb'"(?:isDdl|mysqlType|pkNames)"\s*:')
_ENDS = "DELETE"

type _Place = tuple[int, int, int]  # begin and end in bytes, line


class Canal(WrittenEntries):
    """Each row of each message as an event."""

    fields = FieldMap(type="type", time="time", entity="row", data="data", kind="table")

    def __init__(self, inner: Format) -> None:
        super().__init__()
        self.text = inner.text
        self.name = f"Canal, {inner.name}"
        self._inner = inner

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        self._alike: dict[tuple[str | None, str], int] = {}
        tables = {_table(found[0].record) for found in self._messages() if not isinstance(found, Unread)} - {
            None
        }
        for found in self._messages():
            if isinstance(found, Unread):
                yield WrittenEntry(
                    found.offset,
                    found.length_bytes,
                    found.line,
                    reason=found.reason,
                    column=found.column,
                    at=found.byte,
                )
                continue
            event, offset, size, line = found
            rows = _rows(event.record.get("data"))
            if not rows:
                yield WrittenEntry(offset, size, line, _of_none(event.record))
                continue
            yield from self._changes(
                event.record, rows, (offset, offset + size, line), several=len(tables) > 1
            )

    def _messages(self) -> Iterator[tuple[Event, int, int, int] | Unread]:
        for batch in self._inner.batches(event_maker(FieldMap())):
            unread = iter(batch.unread)
            odd = next(unread, None)
            for found in zip(batch.events, batch.offsets, batch.lengths, batch.lines, strict=True):
                while odd is not None and odd.offset < found[1]:
                    yield odd
                    odd = next(unread, None)
                yield found
            while odd is not None:
                yield odd
                odd = next(unread, None)

    def _changes(
        self, record: Mapping[str, Any], rows: list[Mapping[str, Any]], place: _Place, *, several: bool
    ) -> Iterator[WrittenEntry]:
        """The rows of one message, in the order of their places."""
        old = _rows(record.get("old"))
        places = element_places(self.text, place[0], place[2], "data")
        before = element_places(self.text, place[0], place[2], "old")
        table, said = _table(record), _said(record)
        found: list[WrittenEntry] = []
        ended: list[WrittenEntry] = []
        for at, row in enumerate(rows):
            begin, end, line = places[at] if at < len(places) else (place[0] + at, place[1], place[2])
            name = _name(record, row)
            updated = at < len(old) and said["type"] == "UPDATE"
            was = _name(record, {**row, **old[at]}) if updated else name
            if not _keys(record):
                was = self._gone(table, was) if updated or said["type"] == _ENDS else was
                name = was if said["type"] == _ENDS else self._come(table, name)
            told = {**said, "row": f"{table}|{name}" if several else name}
            found.append(WrittenEntry(begin, end - begin, line, {**told, "data": dict(row)}))
            if updated and was != name and at < len(before):
                gone = {**said, "type": _ENDS, "row": f"{table}|{was}" if several else was, "data": None}
                ended.append(WrittenEntry(before[at][0], before[at][1] - before[at][0], before[at][2], gone))
        yield from sorted([*found, *ended], key=lambda each: each.offset)

    def _come(self, table: str | None, name: str) -> str:
        """What a row is called that comes to those of a table without a key."""
        count = self._alike[table, name] = self._alike.get((table, name), 0) + 1
        return name if count == 1 else f"{name} ({count})"

    def _gone(self, table: str | None, name: str) -> str:
        """What the row is called that goes: of equal ones the last, which nobody can tell from the others."""
        count = self._alike.get((table, name), 1)
        self._alike[table, name] = count - 1
        return name if count <= 1 else f"{name} ({count})"


def canal(found: Format, block: bytes) -> Format | None:
    """The same log, read so, if its first bytes say that it is one."""
    if found.by_lines and b'"table"' in block and b'"database"' in block and _MARKS.search(block):
        return Canal(found)
    return None


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _table(record: Mapping[str, Any]) -> str | None:
    return scalar_text(record.get("table"))


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a message says of each of its rows."""
    time = record.get("es") or record.get("ts")
    said = {
        "type": str(record.get("type") or "row"),
        "database": record.get("database"),
        "table": record.get("table"),
    }
    return {**said, "time": time} if time else said


def _of_none(record: Mapping[str, Any]) -> dict[str, Any]:
    """A message without rows: a change of a table itself."""
    return {**_said(record), "data": {"sql": record["sql"]} if record.get("sql") else {}}


def _keys(record: Mapping[str, Any]) -> set[str]:
    """The columns of the key, in small letters; none of a table without one."""
    keys = record.get("pkNames")
    return {each.lower() for each in keys if isinstance(each, str)} if isinstance(keys, list) else set()


def _name(record: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    own = _keys(record)
    names = [each for each in row if each.lower() in own]  # MySQL does not tell their letters' cases apart
    texts = [scalar_text(row[each]) or "" for each in names or row]
    return texts[0] if len(texts) == 1 else Joined.text(texts)
