"""Which tables has a history folder, and which columns has each?

Every table is one or several Parquet files, in row groups of about `GROUP_ROWS`; the rows of all its parts, one part
after the other, are the table. Positions count from 1, everything else (entities, slots, changes, codes) from 0.

    manifest.json                 what the folder is, its tables, parts and row groups, and all that is no table
    by-position/events/           a row for each event, in the order of the log
    by-position/field-NN/         a row for each change of field NN, as they happened
    by-entity/field-NN/           the same changes, by entity, key and position: field NN of one entity stands together
    by-entity/named/              a row for each event that names an entity and does nothing to it, by entity, position
    keyframes/field-NN/           a row group for each keyframe: the change in force and its value in each slot
    totals/field-NN/              a row for some row groups of by-position/field-NN and key or value: what all come to
    slots/field-NN/               a row for each slot: whose line of values it is
    slots/born/                   a row for each slot of what happens to entities: in the order in which they came to be
    slots/kinds/                  a row for each entity: of which kind it is, if the log tells kinds
    density/                      a row for each row group of events and type: how many, and from when to when
    names/…/                      what codes stand for: entities, types, kinds, keys/field-NN, values/field-NN
    names/…-by-name/              the names of entities by their bytes, where they do not stand so by their codes
    time/…, reversed/…, sequence/…   the same tables, in another order of the events, where they may stand in several

NN is the place of the field among `fields` in the manifest. Numbers that add up are `units / 10**scale`, with the scale
of the field in the manifest; `units` is null where they do not fit an int64: then the number is
`wide / 10**decimals`, and where 38 digits do not suffice, `digits` has what `wide` would.
"""

from typing import TYPE_CHECKING, Any

from explorer.eventlog.errors import LogError

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

VERSION = 3  # another number: a folder of another make
READABLE = (1, 2, 3)  # 1 had no totals, 2 no `slots/born` and no order of names
GROUP_ROWS = 131_072
NAME_ROWS = 8_192  # of a row group of names: mostly a few are looked up, here and there
MANY_SLOTS = 1 << 18  # of a field; with more of them, what a table shows is read entity by entity …
ROWS_OF_MANY = 32_768  # … from row groups of so many rows
WIDE_DIGITS = 38  # of a decimal128

OTHER_ORDERS = ("time", "reversed", "sequence")
EVENTS, DENSITY, NAMED = "by-position/events", "density", "by-entity/named"
KINDS, KIND_NAMES, BORN = "slots/kinds", "names/kinds", "slots/born"
ENTITIES, STATE_ENTITIES, TYPES = "names/entities", "names/entities-of-the-state", "names/types"

# An event's own columns. `at_ns` is null without a time; `clock_ns` is the greatest time so far; `reached_ns` when the
# event is known to have happened. `log_position` and `this_position` tell where an event of this order stands in that
# of the log, and the other way round; both are absent in the order of the log itself.
_OF_EVENTS = {
    "position": "int64",
    "at_ns": "int64",
    "clock_ns": "int64",
    "reached_ns": "int64",
    "type": "int32",
    "entity": "int32",
    "part": "int32",
    "offset": "int64",
    "length": "int64",
    "line": "int64",
}
_OF_ORDER = {
    "position": "int64", "clock_ns": "int64", "reached_ns": "int64",
    "log_position": "int64", "this_position": "int64",
}  # fmt: skip
_OF_VALUES: dict[str, dict[str, str]] = {
    "sums": {"units": "int64", "decimals": "uint8", "wide": "decimal", "digits": "string"},
    "codes": {"code": "int32"},
    "counts": {},
}
_OF_TOTALS = {"segment": "int32", "position": "int64"}
_OF_DENSITY = {"first": "int64", "type": "int32", "count": "int64", "from_ns": "int64", "to_ns": "int64"}
_OF_SLOTS = {
    "entity": "int32", "key": "int32", "changes": "int64", "born": "int64", "first_position": "int64",
}  # fmt: skip


def columns_of(table: str, kind: str = "counts") -> dict[str, str]:
    """The columns of a table and the type of each.

    Args:
        table: Its name, as in the manifest.
        kind: What the values of its field are: `sums`, `codes` or `counts`.

    Raises:
        KeyError: There is no such table.
    """
    order, _, rest = table.partition("/")
    own = rest if order in OTHER_ORDERS else table
    if own == EVENTS:
        return dict(_OF_EVENTS if own == table else _OF_ORDER)
    if own == DENSITY:
        return dict(_OF_DENSITY)
    if own == KINDS:
        return {"entity": "int32", "kind": "int32"}
    if own == NAMED:
        return {"entity": "int32", "position": "int64"}
    if own == BORN:
        return {"slot": "int32", "position": "int64"}
    room = own.partition("/")[0]
    if room == "names":
        return {"code": "int32", "name": "string", "json": "string"}
    if room == "slots":
        return dict(_OF_SLOTS)
    values = _OF_VALUES[kind]
    if room == "totals":
        return _OF_TOTALS | {"key" if kind == "sums" else "code": "int32", "slots": "int64"} | values
    return {
        "by-position": {"position": "int64", "slot": "int32", "change": "int64", **values},
        "by-entity": {"entity": "int32", "key": "int32", "slot": "int32", "position": "int64", **values},
        "keyframes": {"slot": "int32", "change": "int64", **values},
    }[room]


def field_table(room: str, field: int) -> str:
    """`by-entity/field-03`: the table of a field in one of the rooms."""
    return f"{room}/field-{field:02}"


def by_name(table: str) -> str:
    """The table of the same names, in the order of their bytes."""
    return f"{table}-by-name"


def in_order(order: str, table: str) -> str:
    """The same table in one order of time."""
    return table if order == "log" else f"{order}/{table}"


def arrow_schema(columns: dict[str, str]) -> "pa.Schema":
    """Columns as Arrow has them."""
    pa, _ = arrow()
    kinds = {"decimal": pa.decimal128(WIDE_DIGITS, 0)}
    return pa.schema([(name, kinds.get(kind) or getattr(pa, kind)()) for name, kind in columns.items()])


def arrow() -> tuple[Any, Any]:
    """`pyarrow` and `pyarrow.parquet`.

    Raises:
        LogError: It is not installed; says the line that installs it.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        raise LogError(
            "a history folder",
            'it is read and written by pyarrow, which is not here: pip install "history-explorer[parquet]"',
        ) from error
    return pa, pq
