"""How do the tables of an object-centric log (OCEL 2.0) become rows of events, in the order of their times?

Events of each type have a table of their own, as have objects of each type, in which a row says what an attribute was
set to, and when. An event belongs to the first of its objects and names all of them.
"""

import json
from collections.abc import Iterator
from typing import Any

import apsw

from explorer.eventlog.object_centric import Attributes, Objects
from explorer.eventlog.sqlite.cells import Row, quoted
from explorer.eventlog.sqlite.rows import StoredText

COLUMNS = ("time", "id", "type", "object", "kind", "data")
PAYLOAD = COLUMNS[-1]
SHOWN = "event_object (OCEL 2.0)"
_NEEDED = {
    "event": {"ocel_id", "ocel_type"},
    "object": {"ocel_id", "ocel_type"},
    "event_object": {"ocel_event_id", "ocel_object_id"},
    "event_map_type": {"ocel_type", "ocel_type_map"},
    "object_map_type": {"ocel_type", "ocel_type_map"},
}
_OWN = {"ocel_id", "ocel_time", "ocel_changed_field"}


def is_object_centric(database: apsw.Connection) -> bool:
    """Whether the tables of such a log are there.

    Raises:
        apsw.Error: The database is damaged.
    """
    return all(wanted <= set(_columns(database, table)) for table, wanted in _NEEDED.items())


def object_rows(database: apsw.Connection) -> Iterator[Row]:
    """Yield its events by time, with what attributes of objects were set to.

    Raises:
        apsw.Error: The database is damaged.
    """
    objects = Objects()
    objects.kinds = {
        str(name): str(kind) for name, kind in _asked(database, "object", "ocel_id", "ocel_type")
    }
    for setting in _settings(database):
        objects.set(setting)
    related: dict[str, list[tuple[str, str]]] = {}
    role = ["ocel_qualifier"] if "ocel_qualifier" in _columns(database, "event_object") else []
    for event, name, *said in _asked(database, "event_object", "ocel_event_id", "ocel_object_id", *role):
        related.setdefault(str(event), []).append((str(name), str(said[0] or "") if said else ""))
    events = list(_events(database))
    for number, (told, _) in enumerate(events):
        objects.meet(number, related.get(told["id"], []), told["time"])
    objects.settle()
    found: list[dict[str, Any]] = [objects.setting(each) for each in objects.alone]
    found += [
        objects.event(number, told, related.get(told["id"], []), data)
        for number, (told, data) in enumerate(events)
    ]
    found.sort(key=lambda each: str(each["time"]))
    for each in found:
        payload = json.dumps(each["data"], ensure_ascii=False).encode()
        yield (*(_text(each.get(name)) for name in COLUMNS[:-1]), StoredText(payload))


def _events(database: apsw.Connection) -> Iterator[tuple[dict[str, str], dict[str, object]]]:
    for kind, table in _tables(database, "event"):
        names = [each for each in _columns(database, table) if each not in _OWN]
        for name, time, *cells in _asked(database, table, "ocel_id", "ocel_time", *names):
            yield {"type": kind, "time": str(time), "id": str(name)}, _values(names, cells)


def _settings(database: apsw.Connection) -> Iterator[Attributes]:
    for _, table in _tables(database, "object"):
        columns = _columns(database, table)
        names = [each for each in columns if each not in _OWN]
        changed = ["ocel_changed_field"] if "ocel_changed_field" in columns else []
        for name, time, *cells in _asked(database, table, "ocel_id", "ocel_time", *changed, *names):
            only = cells.pop(0) if changed else None
            values = {
                each: value for each, value in _values(names, cells).items() if only in (None, "", each)
            }
            if values:
                yield Attributes(str(name), str(time), values)


def _values(names: list[str], cells: list[object]) -> dict[str, object]:
    return {
        name: cell.hex() if isinstance(cell, bytes) else cell
        for name, cell in zip(names, cells, strict=True)
        if cell is not None
    }


def _tables(database: apsw.Connection, of: str) -> Iterator[tuple[str, str]]:
    """The types of events or objects, each with its table."""
    for kind, short in _asked(database, f"{of}_map_type", "ocel_type", "ocel_type_map"):
        table = f"{of}_{short}"
        if {"ocel_id", "ocel_time"} <= set(_columns(database, table)):
            yield str(kind), table


def _asked(database: apsw.Connection, table: str, *columns: str) -> list[tuple[object, ...]]:
    wanted = ", ".join(map(quoted, columns))
    return list(database.execute(f"SELECT {wanted} FROM {quoted(table)}"))  # noqa: S608 - names, quoted


def _columns(database: apsw.Connection, table: str) -> list[str]:
    return [str(name) for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _text(value: object) -> StoredText | None:
    return None if value is None else StoredText(str(value).encode("utf-8", "surrogatepass"))
