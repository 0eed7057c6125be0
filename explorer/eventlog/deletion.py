"""Does a record say that something was deleted, as captured changes of a database and tombstones of a topic do?"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from explorer.eventlog.event import FieldMap
from explorer.eventlog.extract import getter, object_in, scalar_text
from explorer.eventlog.field_names import plain

WORDS = frozenset({"delete", "deleted", "destroy", "destroyed", "tombstone"})
LETTERS = frozenset({"d", "-d"})  # they mean that only where `COMPANIONS` stand beside them
CRUD = frozenset("criudtmlba")  # how captured changes call what was done, where each has one letter
OPERATIONS = frozenset({
    "op", "operation", "operationtype", "optype", "changetype", "rowkind", "historytype", "revtype",
})  # fmt: skip
_REVISIONS = {
    "historytype": {"-"},
    "revtype": {"2", "DEL"},
}  # of django-simple-history and of Hibernate Envers
COMPANIONS = frozenset({
    "before", "after", "source", "identity", "table", "tablename", "schema", "lsn", "scn", "oldkeys", "tsms", "deleted",
})  # fmt: skip
_FLAGS = ("__deleted", "_deleted")
HOLDERS = frozenset({"payload", "value", "data", "metadata", "dynamodb"})
_AFTER = frozenset({"after", "newimage", "new", "fulldocument"})

type Tell = Callable[[object], str | None]


def teller(fields: FieldMap) -> Tell:
    """What says of a record why it tells of a deletion, or None."""
    get_type = getter(fields.type)
    path = fields.data.split(".") if fields.data is not None else []

    def tell(record: object) -> str | None:
        if not isinstance(record, Mapping):
            return None
        kind = scalar_text(get_type(record)) if get_type is not None else None
        if kind is not None and (kind.lower() in WORDS or (kind == "REMOVE" and "dynamodb" in record)):
            return _said((fields.type or "").rpartition(".")[2], kind)
        for holder in _holders(record):
            for name in operations(tuple(holder)):
                value = holder[name]
                if name in _FLAGS:
                    if value is True or value == "true":
                        return _said(name, "true")
                elif isinstance(value, str) and _means(value, holder):
                    return _said(name, value)
                elif (said := scalar_text(value)) and said in _REVISIONS.get(plain(name), ()):
                    return _said(name, said)
            if holder.get("after", "") is None and isinstance(holder.get("before"), Mapping):
                return "nothing stands behind it: it says that something was deleted"
        if path and _is_null(record, path) and _stands_alone(path[-1], kind, record):
            return "its payload is null: it says that something was deleted"
        return None

    return tell


@lru_cache(1_024)
def operations(names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of an object's members say what was done."""
    return tuple(name for name in names if name in _FLAGS or plain(name) in OPERATIONS)


def _means(value: str, holder: Mapping[str, object]) -> bool:
    said = value.lower()
    return said in WORDS or (said in LETTERS and any(plain(name) in COMPANIONS for name in holder))


def _holders(record: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The record, and its members that may hold what it is about."""
    yield record
    for name, value in record.items():
        if plain(name) in HOLDERS:
            inner = object_in(value) if type(value) is str else value
            if isinstance(inner, Mapping):
                yield inner


def _is_null(record: Mapping[str, object], path: list[str]) -> bool:
    """Is the payload there, as null?"""
    value: object = record
    for name in path:
        if type(value) is str:
            value = object_in(value)
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return value is None


def _stands_alone(name: str, kind: str | None, record: Mapping[str, object]) -> bool:
    """Is an event without a payload none that has nothing more to say, as `Ping` has?"""
    return not kind or plain(name) in _AFTER or (plain(name) == "value" and "key" in record)


def _said(name: str, value: str) -> str:
    return f"its {name} is {value}: it says that something was deleted"
