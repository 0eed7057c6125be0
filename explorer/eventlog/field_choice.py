"""Which field is meant where a person names one, and is there such a field at all?"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from explorer.eventlog import field_names
from explorer.eventlog.dates import date_order, needs_order, remark_on, tells_order
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import WHOLE_RECORD, Batch, FieldMap, Notice, Record
from explorer.eventlog.extract import FIRST_OF, JOINED, event_maker, getter, object_in, time_getter
from explorer.eventlog.formats import Format
from explorer.eventlog.profiles.unwrapping import Unwrap, unwrapping
from explorer.eventlog.source import Source
from explorer.eventlog.text import Text

_SHOWN = 12
_BLOCK_BYTES = 4 << 20
_DATED_BYTES = 64 << 20  # dates behind that are read as those before them, if these tell
_ROLES = (
    "type", "time", "entity", "data", "sequence", "id", "correlation", "causation", "amount", "currency",
    "counterparty",
)  # fmt: skip


def chosen_fields(
    name: str,
    guessed: FieldMap,
    given: FieldMap | None,
    sample: Sequence[Record],
    late: Callable[[str], Iterable[Record]],
    columns: Sequence[str] = (),
) -> FieldMap:
    """The guess, with every member that `given` names put in its place.

    Args:
        name: The log's.
        guessed: What the sample looks like.
        given: What a person named.
        sample: The first records.
        late: Reads all records of a log in which such a name occurs, for a field that the sample does not have.
        columns: All names that a table has, where a cell may be empty in every row.

    Raises:
        LogError: No record at all has a field that was named.
    """
    if given is None or not sample:
        return guessed if given is None else _merged(guessed, given)
    data = given.data
    if data is not None and data != WHOLE_RECORD:
        data = _found(name, data, (), sample, late, columns)
    payload = (data if data != WHOLE_RECORD else None) if data is not None else guessed.data
    found: dict[str, str | None] = {"data": payload}
    for role in _ROLES:
        wanted = getattr(given, role)
        if role == "data":
            continue
        # a path may leave out the payload, or call it `data`
        inside = [payload] if payload is not None and wanted is not None else []
        found[role] = (
            getattr(guessed, role) if wanted is None else _found(name, wanted, inside, sample, late, columns)
        )
    if given.data is not None and given.entity is None:
        found["entity"] = guessed.entity
    return FieldMap(
        **found, opaque=guessed.opaque if payload is None else None, **_of_entities(guessed, given)
    )


def _of_entities(guessed: FieldMap, given: FieldMap) -> dict[str, str | None]:
    """What is known of entities' names and of dates, unless somebody names other entities or another time."""
    same = given.entity in {None, guessed.entity}
    found = {
        role: getattr(given, role) or (getattr(guessed, role) if same else None) for role in ("kind", "form")
    }
    found["zone"] = given.zone or guessed.zone
    found["dates"] = given.dates or (guessed.dates if given.time in {None, guessed.time} else None)
    return found


def _merged(guessed: FieldMap, given: FieldMap) -> FieldMap:
    pairs = {role: getattr(given, role) or getattr(guessed, role) for role in _ROLES}
    merged = FieldMap(**pairs, opaque=guessed.opaque, **_of_entities(guessed, given))
    return msgspec.structs.replace(merged, data=None) if merged.data == WHOLE_RECORD else merged


def _found(
    name: str,
    wanted: str,
    inside: Sequence[str],
    sample: Sequence[Record],
    late: Callable[[str], Iterable[Record]],
    columns: Sequence[str],
) -> str:
    """The path that `wanted` means: as it is, or inside the payload."""
    for sign in (FIRST_OF, JOINED):
        if sign in wanted and not _first_with(wanted, sample):
            parts = wanted.split(sign)
            return sign.join(_found(name, part, inside, sample, late, columns) for part in parts)
    paths = [wanted]
    for prefix in inside:
        paths.append(f"{prefix}.{wanted}")
        if wanted.startswith("data."):
            paths.append(f"{prefix}.{wanted.removeprefix('data.')}")
    for path in paths:
        if path in columns or _first_with(path, sample):
            return path
    if not columns:
        for record in late(wanted.rpartition(".")[2]):
            for path in paths:
                if _has(record, path):
                    return path
    raise LogError(name, f"no record has a field {wanted}; {_others(wanted, sample, columns)}")


def _first_with(path: str, records: Iterable[Record]) -> bool:
    return any(_has(record, path) for record in records)


def _has(record: Record, path: str) -> bool:
    """Does the record have the field, be it null?"""
    if path in record:
        return True
    value: object = record
    for key in path.split("."):
        if isinstance(value, str):
            value = object_in(value)
        if not isinstance(value, Mapping) or key not in value:
            find = getter(path)
            return find is not None and find(record) is not None
        value = value[key]
    return True


def _others(wanted: str, sample: Sequence[Record], columns: Sequence[str]) -> str:
    """The fields that there are: those that sound alike first."""
    names = list(dict.fromkeys([*columns, *_paths(sample)]))
    leaf = field_names.plain(wanted.rpartition(".")[2])
    import difflib  # only a wrong name needs it

    alike = difflib.get_close_matches(
        leaf, [field_names.plain(path.rpartition(".")[2]) for path in names], 3, 0.7
    )
    names.sort(key=lambda path: field_names.plain(path.rpartition(".")[2]) not in alike)
    shown = ", ".join(names[:_SHOWN])
    return f"there are {shown}" + (", …" if len(names) > _SHOWN else "") if names else "no record has any"


def _paths(sample: Sequence[Record]) -> Iterator[str]:
    inner: list[str] = []
    for record in sample:
        for key, value in record.items():
            yield key
            below = object_in(value) if isinstance(value, str) else value
            if isinstance(below, Mapping):
                inner += [f"{key}.{name}" for name in below]
    yield from inner


def records_with(
    source: Source, form: Format, name: str, unwrap: Callable[[Record], Record] | None = None
) -> Iterator[Record]:
    """Every record, read once more from the beginning; none if the name occurs nowhere as that of a member."""
    if unwrap is not None or _has_member(source, form.text, name):
        for batch in form.batches(event_maker(FieldMap())):
            for event in batch.events:
                yield event.record if unwrap is None else unwrap(event.record)


def _has_member(source: Source, text: Text, name: str) -> bool:
    """Does `name` stand before a quote anywhere in the log? That is soon known, also of a large one."""
    spelt = {name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1]}
    wanted = [text.encoded(each + quote, "replace") for each in spelt for quote in ('"', '\\"')]
    longest = max(map(len, wanted))
    for begin in range(0, source.size_bytes, _BLOCK_BYTES):
        block = source.read(begin, _BLOCK_BYTES + longest)
        if any(each in block for each in wanted):
            return True
    return False


def dated_fields(
    fields: FieldMap, sample: Sequence[Record], form: Format, unwrap: Unwrap | None, said: str | None = None
) -> FieldMap:
    """The fields with the order of day and month: as somebody `said`, or, where some times need it, as all tell."""
    get = time_getter(fields.time)
    if said is not None and form.fields is None:
        return msgspec.structs.replace(fields, dates=said)
    if fields.dates or get is None or not any(needs_order(get(record)) for record in sample):
        return fields

    def texts() -> Iterator[str]:
        sure = False
        for batch in form.batches(unwrapping(event_maker(FieldMap()), unwrap)):
            found = [text for event in batch.events if isinstance(text := get(event.record), str)]
            sure = sure or any(map(tells_order, found))
            yield from found
            if sure and batch.done_bytes > _DATED_BYTES:
                return

    return msgspec.structs.replace(fields, dates=date_order(texts()).text)


def note_dates(batch: Batch, dates: str | None) -> None:
    """Say at the first event of a log how its dates were read, where none of them tells."""
    first = batch.events[0] if batch.events and dates else None
    if first is not None and first.position == 1 and (remark := remark_on(first.at or "", dates or "")):
        batch.notices.insert(0, Notice(1, batch.lines[0], 1, batch.offsets[0], remark, "date-order"))
