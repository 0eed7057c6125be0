"""Which field of the records holds the type, time, entity, payload, sequence number and id?"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from explorer.eventlog import field_names as names
from explorer.eventlog.dates import is_date, time_reader
from explorer.eventlog.event import FieldMap, Record
from explorer.eventlog.extract import JOINED, before_path, getter, object_in, scalar_text
from explorer.eventlog.local_times import with_zone_word
from explorer.eventlog.opaque import opaque
from explorer.eventlog.timestamps import parse_time
from explorer.patterns import lazy_pattern

SAMPLE_RECORDS = 200

_DEEPEST_PATH = 3
_MOST_PATHS = 2_000
_FIRST_PLAUSIBLE_NS = 100_000_000 * 1_000_000_000  # 1973: smaller numbers are counters, not times

_DATE_LIKE = lazy_pattern(r"(?<!\d)(?:\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}|\d{4}[-./]\d{1,2}[-./]\d{1,2})(?!\d)")
_TIME_NAME = lazy_pattern(
    r"[Dd]ate(?!d)|[Tt]ime(?!out|s$)|^DATE|^TIME|[Dd]atum|[Ff]echa|[Zz]eit|(?:[a-z]A|[_-]a)t$|(?:[a-z]O|[_-]o)n$"
    r"|^@?(?:at|ts|t|when)$"
)

_ENVELOPED = names.PAYLOAD | {"message"}
_DAY_ALONE = lazy_pattern(
    r"\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{2,4}|\d{6}|(?:19|20)\d{6}", re.ASCII
)
_CLOCK = lazy_pattern(r"\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?|\d{6}", re.ASCII)
_NO_NAME = lazy_pattern(r"column_\d+")
_BY_CONTENT = frozenset({"time", "type", "data"})  # what a table without names has by what it holds

type Column = list[Any]
type Columns = dict[str, Column]


def guess_fields(records: Sequence[Record]) -> tuple[FieldMap, dict[str, list[str]]]:
    """Guess the fields of a sample of records; also return all the paths that would do, best first.

    A name alone is not enough: times must read as times, types be texts of modest variety, and so on.
    """
    columns = _columns(records)
    count = len(records)
    base = _envelope(columns, count)
    types = _ranked(columns, names.TYPE, base, lambda path, column: _is_type(path, column, count))
    if _are_messages(columns):  # a header says what a message is, the topic only where it went
        types.sort(key=lambda path: names.plain(path) == "topic")
    times = _ranked(columns, names.TIME, base, lambda _, column: _is_time(column, count))
    payloads = _ranked(
        columns,
        names.DATA,
        base,
        lambda path, column: _is_payload(column + columns.get(_before(path), []), count),
        depth=2,
    )
    if not times:
        times = _timely(columns, count)
    times = _with_clock(times, columns, count)
    data = next((path for path in payloads if path not in types[:1]), None)
    if data is not None and not base and _only_remarks(data, columns):
        data = None
    data = _behind(data, columns, count)
    if data is None:
        data = _around(types, columns, count)
    types, data = _inside(types, data, columns, count)
    entities = _fullest(_entities(columns, count, base, data), records)
    if (
        records
        and not entities
        and all(_NO_NAME.fullmatch(name) or name in _BY_CONTENT for name in records[0])
    ):
        entities = _by_counts(records, {path: columns[path] for path in columns if _NO_NAME.fullmatch(path)})
    sequences = _ranked(
        columns, names.SEQUENCE, base, lambda path, column: _is_sequence(path, column, count), depth=1
    )
    ids = _ranked(columns, names.ID, base, lambda _, column: _is_id(column, count), depth=1)
    sequence = sequences[0] if sequences else None
    taken = {sequence, types[0] if types else None, entities[0] if entities else None}
    guessed = FieldMap(
        type=types[0] if types else None,
        time=times[0] if times else None,
        entity=entities[0] if entities else None,
        data=data,
        sequence=sequence,
        id=next((path for path in ids if path not in taken), None),
        opaque=None if data is not None else next(iter(_opaque(columns, count)), None),
    )
    guessed = msgspec.structs.replace(guessed, kind=_kind(columns, records, guessed))
    candidates = {"type": types, "time": times, "entity": entities, "data": payloads, **_others(columns)}
    like = list(
        dict.fromkeys([*times, *(path for path, column in columns.items() if _like_time(path, column))])
    )
    return guessed, {**candidates, "sequence": sequences, "id": ids, "time-like": like}


def _others(columns: Columns) -> dict[str, list[str]]:
    """What may be meant by roles that are found by their names alone, where a profile does not say them."""
    found: dict[str, list[str]] = {role: [] for role in names.NAMED_ROLES}
    for path in columns:
        own = names.plain(path.rpartition(".")[2]).replace("$", "")
        for role, wanted in names.NAMED_ROLES.items():
            if any(word in own for word in wanted):
                found[role].append(path)
    return found


def _before(path: str) -> str:
    """Where a change tells what was there, if this is where it tells what is there now; else empty."""
    return (before_path(f"{path}.x") or "").removesuffix(".x")


def _columns(records: Sequence[Record]) -> Columns:
    """The values that are not null under each dotted path."""
    columns: Columns = {}

    def walk(value: Mapping[str, Any], prefix: str, depth: int) -> None:
        for name, inner in value.items():
            if inner is None:
                continue
            path = prefix + name
            if path not in columns and len(columns) >= _MOST_PATHS:
                continue
            columns.setdefault(path, []).append(inner)
            own = names.plain(name)
            if isinstance(inner, str) and (
                own in names.DATA if depth == 1 else depth == 2 and own in _ENVELOPED
            ):
                below = object_in(inner)
            else:
                below = inner
            if isinstance(below, Mapping) and depth < _DEEPEST_PATH and "_type_" not in below:
                walk(below, path + ".", depth + 1)

    for record in records:
        walk(record, "", 1)
    return columns


def _envelope(columns: Columns, count: int) -> str:
    """The prefix of the member that holds the real event, where the outer type is always the same one."""
    outer = [path for path in columns if "." not in path and names.plain(path) in names.CANONICAL_TYPE]
    of_messages = _are_messages(columns)
    others = [
        path
        for path in columns
        if "." not in path
        and names.plain(path) in names.TYPE
        and not (of_messages and names.plain(path) == "topic")
        and _is_type(path, columns[path], count)
    ]
    if not outer and any(len(set(map(str, columns[path]))) > 1 for path in others):
        return ""
    if count > 1 and any(len({str(value) for value in columns[path]}) > 1 for path in outer):
        return ""
    for path, column in columns.items():
        parent, _, name = path.rpartition(".")
        if (
            parent
            and "." not in parent
            and names.plain(name) in names.CANONICAL_TYPE
            and (outer or names.plain(parent) in names.DATA)
            and len(column) * 2 > count
            and all(isinstance(value, str) for value in column)
            and (len(set(column)) > 1 or not outer)
            and parent not in {"source", "metadata", "meta"}
        ):
            return parent + "."
    return ""


def _are_messages(columns: Columns) -> bool:
    """Are the records what a broker tells of its messages?"""
    return any(names.plain(path) == "partition" for path in columns)


def _ranked(
    columns: Columns,
    wanted: Sequence[str],
    base: str,
    supported: Callable[[str, Column], bool],
    depth: int = 2,
) -> list[str]:
    found: list[tuple[bool, int, int, str]] = []
    rank = {name: index for index, name in enumerate(wanted)}
    for path, column in columns.items():
        inside = bool(base) and path.startswith(base)
        own = path[len(base) :] if inside else path
        parts = own.split(".")
        level = len(parts)
        if level > depth and "." in path and not _dotted_name(path, columns):
            continue
        place = rank.get(names.plain(own), rank.get(names.plain(parts[-1])) if level > 1 else None)
        if place is not None and supported(path, column):
            found.append((not inside, level, place, path))
    return [path for *_, path in sorted(found)]


def _timely(columns: Columns, count: int) -> list[str]:
    """Times that no log known so far calls so: by what their names sound like, else the only one that there is."""
    found = [
        path
        for path, column in columns.items()
        if path.count(".") <= 1
        and _is_time(column, count)
        and all(isinstance(value, str) and not value.isdecimal() for value in map(_scalar, column))
    ]
    named = [path for path in found if names.is_timely(names.plain(path.rpartition(".")[2]))]
    return named + [path for path in found if path not in named] if named or len(found) == 1 else []


def _with_clock(times: list[str], columns: Columns, count: int) -> list[str]:
    """The same, with the column of clocks that goes with a column of days, where a table has the two apart."""
    if not times or "." in times[0]:
        return times
    days = columns[times[0]]
    if not all(isinstance(day, str | int) and _DAY_ALONE.fullmatch(str(day).strip()) for day in days):
        return times
    for path, column in columns.items():
        if names.plain(path) not in names.CLOCK or path == times[0] or len(column) * 2 < count:
            continue
        clocks = [str(value).strip() for value in column]
        if not all(_CLOCK.fullmatch(clock) for clock in clocks):
            continue
        read = time_reader("day")
        both = [read(f"{day} {clock}") for day, clock in zip(days, clocks, strict=False)]
        if sum(each is not None for each in both) * 10 >= len(both) * 9:
            zone = next((f"{JOINED}{each}" for each in columns if _is_zone(each, columns[each], count)), "")
            return [f"{times[0]}{JOINED}{path}{zone}", *times]
    return times


def _is_zone(path: str, column: Column, count: int) -> bool:
    """Does a column tell the zone of each time?"""
    if names.plain(path) not in names.ZONE or len(column) < count:
        return False
    read = with_zone_word(parse_time)
    return all(read(f"2024-01-01 00:00:00 {value}") is not None for value in column)


def _only_remarks(data: str, columns: Columns) -> bool:
    """Is a payload only a member with details, while the record itself says how much?"""
    return names.plain(data) in names.REMARKS and any(
        "." not in path and names.is_amount(path) and not isinstance(column[0], Mapping)
        for path, column in columns.items()
    )


def _kind(columns: Columns, records: Sequence[Record], guessed: FieldMap) -> str | None:
    """What tells the kind of each entity: one for each, whatever happens to it, and few of them."""
    entity = getter(guessed.entity)
    if entity is None:
        return None
    for path in _ranked(columns, names.KINDS, "", lambda path, column: _is_type(path, column, len(records))):
        kind = getter(path)
        if kind is None or path in {guessed.type, guessed.entity, guessed.data}:
            continue
        said: dict[str | None, set[str | None]] = {}
        for record in records:
            said.setdefault(scalar_text(entity(record)), set()).add(scalar_text(kind(record)))
        said.pop(None, None)  # what is nobody's may say anything
        kinds = {kind for every in said.values() for kind in every}
        least = 1 if names.plain(path.rpartition(".")[2]) in names.SURE_KINDS else 2
        one_each = None not in kinds and all(len(every) == 1 for every in said.values())
        if one_each and least <= len(kinds) <= max(len(said) // 2, 2):
            return path
    return None


def _around(types: Sequence[str], columns: Columns, count: int) -> str | None:
    """The payload where the type stands in the only member that says whose event it is: all of it is in there."""
    parent = types[0].rpartition(".")[0] if types else ""
    entities = {path for path in columns if names.plain(path.rpartition(".")[2]) in names.ENTITY}
    inside = {path for path in entities if path.startswith(f"{parent}.")}
    if not parent or not inside or inside != entities:
        return None
    return parent if _is_payload(columns.get(parent, []), count) else None


def _inside(types: list[str], data: str | None, columns: Columns, count: int) -> tuple[list[str], str | None]:
    """Types and payload where the type stands in the payload: of records without one, or of alike envelopes."""
    if data is None or (types and len(set(map(str, columns[types[0]]))) > 1):
        return types, data
    found = _further_in(data, columns, count)
    if types and found == data:
        return types, data
    inner = _ranked(columns, names.TYPE, f"{found}.", lambda path, column: _is_type(path, column, count))
    inner = [path for path in inner if path.startswith(f"{found}.")]
    return [*inner, *(path for path in types if path not in inner)], found


def _further_in(data: str, columns: Columns, count: int) -> str:
    """The payload inside of an envelope whose own type says nothing: a notification, a message of a queue."""
    for path, column in columns.items():
        parent, _, name = path.rpartition(".")
        if parent == data and names.plain(name) in _ENVELOPED and _is_payload(column, count):
            own = {names.plain(each[len(path) + 1 :]) for each in columns if each.startswith(f"{path}.")}
            if own & names.CANONICAL_TYPE or not own.isdisjoint(names.ENTITY):
                return path
    return data


def _behind(data: str | None, columns: Columns, count: int) -> str | None:
    """The payload; of captured changes, which hold a row before and after each, what stands behind."""
    behind = f"{data}.after"
    beside = any(f"{data}.{name}" in columns for name in ("before", "op"))
    return behind if beside and _is_payload(columns.get(behind, []), count) else data


def _fullest(entities: list[str], records: Sequence[Record]) -> list[str]:
    """The same, with one that says what the best one says, and of more records, before it: a message's key."""
    if not entities:
        return entities
    best = getter(entities[0])
    assert best is not None
    said = [scalar_text(best(record)) for record in records]
    for path in entities[1:]:
        other = getter(path)
        assert other is not None
        also = [scalar_text(other(record)) for record in records]
        agree = all(one == two for one, two in zip(said, also, strict=True) if one is not None)
        if agree and sum(each is not None for each in also) > sum(each is not None for each in said):
            return [path, *(each for each in entities if each != path)]
    return entities


def _by_counts(records: Sequence[Record], columns: Columns) -> list[str]:
    """Of a table without names the columns whose values have a column that counts the rows of each: streams, versions.

    Every count goes up by one from row to row of the same value, and some value has several rows.
    """
    rows = len(records)
    numbers = {
        path: [int(value) for value in column]
        for path, column in columns.items()
        if len(column) == rows and all(str(value).isdecimal() and len(str(value)) < 10 for value in column)
    }
    found = []
    for path, column in columns.items():
        values = [str(value) for value in column]
        if len(values) != rows or not 1 < len(set(values)) < rows:
            continue
        for counts in numbers.values():
            latest: dict[str, int] = {}
            goes_on = True
            for value, count in zip(values, counts, strict=True):
                goes_on = goes_on and latest.get(value, count - 1) == count - 1
                latest[value] = count
            if goes_on and len(set(counts)) < rows:  # a count of all rows is no version
                found.append(path)
                break
    return found


def _dotted_name(path: str, columns: Columns) -> bool:
    """Is this one key that has dots itself?"""
    return path.rpartition(".")[0] not in columns


def _scalar(value: Any) -> Any:  # noqa: ANN401 - JSON
    return value.get("_data_") if isinstance(value, Mapping) else value


def _is_type(path: str, column: Column, count: int) -> bool:
    values = [_scalar(value) for value in column]
    if len(values) * 2 < count or not all(isinstance(value, str) for value in values):
        return False
    variety = len(set(values))
    if names.plain(path.rpartition(".")[2]) in names.CANONICAL_TYPE:
        return max(map(len, values)) <= 500
    return (variety < len(values) * 0.8 or count < 10) and max(map(len, values)) <= 300


def _is_time(column: Column, count: int) -> bool:
    if len(column) * 2 < count:
        return False
    good = 0
    for value in column:
        instant = parse_time(value) if not isinstance(value, bool) else None
        number = isinstance(value, int | Decimal)
        good += instant is not None and (not number or instant > _FIRST_PLAUSIBLE_NS)
        good += instant is None and isinstance(value, str) and is_date(value)
    return good * 2 >= len(column)  # the others are told, one by one


def _opaque(columns: Columns, count: int) -> list[str]:
    """Members that are called like a payload and mostly cannot be looked into."""
    found = []
    for path, column in columns.items():
        if names.plain(path.rpartition(".")[2]) in names.PAYLOAD and len(column) * 2 >= count:
            blind = sum(opaque(value) is not None for value in column)
            if blind * 2 > len(column):
                found.append(path)
    return found


def _like_time(path: str, column: Column) -> bool:
    """Whether a person would look for the time here, be it one that can be read or not."""
    if not all(isinstance(value, str | int | Decimal) and not isinstance(value, bool) for value in column):
        return False
    dates = sum(isinstance(value, str) and _DATE_LIKE.search(value) is not None for value in column)
    return dates * 2 > len(column) or _TIME_NAME.search(path.rpartition(".")[2]) is not None


def _is_payload(column: Column, count: int) -> bool:
    if len(column) * 2 < count:
        return False
    objects = sum(isinstance(v, Mapping) or (isinstance(v, str) and object_in(v) is not None) for v in column)
    return objects * 2 > len(column) and not all(isinstance(v, Mapping) and "_type_" in v for v in column)


def _is_id(column: Column, count: int) -> bool:
    values = [_scalar(value) for value in column]
    if len(values) * 2 < count or not all(type(value) in {str, int} for value in values):
        return False
    repeats = len(values) - len(set(values))
    return repeats * 2 < len(values) and repeats <= max(
        2, len(values) // 20
    )  # a log may repeat events by accident


def _is_sequence(path: str, column: Column, count: int) -> bool:
    if len(column) * 2 < count:
        return False
    numbers: list[int] = []
    for value in column:
        if type(value) is int:
            numbers.append(value)
        elif type(value) is str and value.isascii() and value.isdigit() and len(value) < 20:
            numbers.append(int(value))
        else:
            return False
    if len(numbers) < 3 and names.plain(path) not in names.SEQUENCE[:11]:
        return False
    steps = len(numbers) - 1
    climbs = sum(later > earlier for earlier, later in itertools.pairwise(numbers))
    if climbs * 10 >= steps * 9:
        return True
    # each event has one of its own, but they do not stand in this order; numbers that fall are newest first
    own = names.plain(path.rpartition(".")[2]) in names.SEQUENCE[:11] and len(set(numbers)) == len(numbers)
    return own and len(numbers) == count and climbs * 10 >= steps


def _entities(columns: Columns, count: int, base: str, data: str | None) -> list[str]:
    def scalar(_: str, column: Column) -> bool:
        values = [_scalar(value) for value in column]
        good = sum(1 for value in values if type(value) in {str, int} and value != "")
        return good * 10 >= count * 3 and good * 10 >= len(values) * 9

    prefixes = ["", *([base] if base else []), *([data + "."] if data else [])]
    rank = {name: index for index, name in enumerate(names.ENTITY)}
    plain = frozenset(names.plain(path.rpartition(".")[2]) for path in columns)
    known: list[tuple[int, int, str]] = []
    others: list[tuple[int, str]] = []
    for path, there in columns.items():
        column = there + columns.get(before_path(path) or "", [])  # what is deleted has its id only before
        level = max(len(prefix) and prefixes.index(prefix) for prefix in prefixes if path.startswith(prefix))
        own = path[len(prefixes[level]) :]
        if ("." in own and not _dotted_name(path, columns)) or not scalar(path, column):
            continue
        name = names.plain(own)
        if name in rank and not names.is_on_the_other_side(name, plain):
            known.append((rank[name], level, path))
        elif name == "source" and all("/" in str(value) for value in column):  # of which thing, if of several
            if 1 < len({str(value) for value in column}) < len(column):
                others.append((0, path))
        elif name in names.KEYS and not level and path not in (data, ""):
            known.append((len(rank), level, path))
        elif name.endswith("id") and (names.is_of_things(name) or (name == "id" and data and level)):
            variety = len({str(value) for value in column})
            if 1 < variety < len(column) or name == "id":
                others.append((-len(column) if name != "id" else 0, path))
    if (row := _rows(columns, count)) is not None:
        known.append((rank["customerid"], -1, row))  # before who changed it
    return [path for *_, path in sorted(known)] + [path for _, path in sorted(others)]


def _rows(columns: Columns, count: int) -> str | None:
    """The kind and the number of the row that each record says was changed: rows of two kinds may have one number."""
    plain = {names.plain(path): path for path in columns if "." not in path}
    for stem in names.ROWS:
        kind, own = plain.get(f"{stem}type"), plain.get(f"{stem}id")
        if kind is None or own is None or len(columns[kind]) * 2 < count:
            continue
        if _is_type(kind, columns[kind], count) and all(str(value).isdecimal() for value in columns[own]):
            return f"{kind}{JOINED}{own}"
    return None
