"""How is a log read whose lines have a key before the JSON, as the Kafka console consumer prints them?

`acc-1<tab>{"type": …}`, also with `CreateTime:…`, `Partition:…`, `Offset:…` and headers (`a:1,b:2`, `NO_HEADERS`)
before the key. A line becomes one record: `key`, what else stands before it, and `value`.
"""

import contextlib
import json
import re
from collections.abc import Iterator, Sequence

from explorer.eventlog.csv_rows import lines_of
from explorer.eventlog.event import Batch, Notice, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_text import FAULTS, JsonFault, decode
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import RecordPlace, notice_of_time, read_record, unread
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

LINES_IN_BATCH = 5_000
_TAIL = lazy_pattern(rb"(?:\t|[ ]*[:|;,=][ ]*|[ ]+-?[ ]*)(\{.*\}|null)\s*$", re.DOTALL)
_NAMED = lazy_pattern(
    r"(CreateTime|LogAppendTime|Timestamp|Topic|Partition|Offset|Delivery|Epoch|Headers|Key|Key_len|Value_len): ?(.*)",
    re.DOTALL,
)
_VALUE = lazy_pattern(
    r"(?:Value|Payload|Message|Msg)", re.IGNORECASE
)  # a label before the JSON says nothing more
# what the console consumer and kcat say of themselves between the messages and behind them
_OF_THE_TOOL = lazy_pattern(
    rb"% |Processed a total of \d+ messages|\[\d{4}-\d\d-\d\d [\d:,.]+\] (?:ERROR|WARN|INFO) "
)
_HEADERS = lazy_pattern(r"[\w.-]+:[^,]*(?:,[\w.-]+:[^,]*)*")
_NO_HEADERS = "NO_HEADERS"
_NAMES = {"CreateTime": "timestamp", "LogAppendTime": "timestamp"}
_KEY = "key"
_MOST_PARTS = 8
_MOST_TRIES = 8


def parts_of(line: bytes) -> tuple[bytes, int] | None:
    """What stands before the JSON of a line, and where that begins; None if it is no such line."""
    if line[:1] in (b"{", b"[", b'"'):  # the key is JSON itself
        text = line.decode("utf-8", "surrogateescape")
        try:
            _, end = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            return None
        begin = len(text[:end].encode("utf-8", "surrogateescape"))
        found = _TAIL.match(line, begin)
        return (line[:begin], found.start(1)) if found else None
    found = _value_in(line)
    if found is None:
        found = re.search(rb"(?:\t|:)(null)\s*$", line)
    if found is None:
        return None
    return line[: found.start()], found.start(1)


def _value_in(line: bytes) -> re.Match[bytes] | None:
    """The first brace behind a separator from which on the line is JSON; if it is from none, the first of all."""
    first = None
    at = -1
    for _ in range(_MOST_TRIES):
        at = line.find(b"{", at + 1)
        if at < 0:
            break
        found = _TAIL.match(line, len(line[:at].rstrip(b" -:|;,=\t")))
        if found is None or found.start(1) != at:
            continue
        first = first or found
        if _is_json(found[1]):
            return found
    return first


def _is_json(text: bytes) -> bool:
    try:
        decode(text)
    except FAULTS:
        return False
    return True


def are_keyed(lines: Sequence[bytes]) -> bool:
    """Are all these lines written so, with one key each?"""
    values = 0
    lines = [line for line in lines if not _OF_THE_TOOL.match(line)]
    for line in lines:
        parts = parts_of(line)
        if parts is None:
            return False
        *_, keys = _sorted(parts[0].decode("utf-8", "replace"))
        if len(keys) > 1:
            return False
        tail = line[parts[1] :]
        try:
            value = decode(tail)
        except FAULTS:
            continue
        values += type(value) is dict
    return values * 3 > len(lines) * 2 > 0


def _sorted(before: str) -> tuple[dict[str, object], str | None, list[str]]:
    """What stands before the JSON: what has a name, the headers, and the parts of the key."""
    named: dict[str, object] = {}
    others: list[str] = []
    for part in before.split("\t", _MOST_PARTS):
        if found := _NAMED.fullmatch(part):
            value: object = int(found[2]) if found[2].isdecimal() else found[2]
            named[_NAMES.get(found[1], found[1].lower())] = value
        else:
            others.append(part)
    if others and _VALUE.fullmatch(others[-1]):
        others.pop()
    if (key := named.pop(_KEY, None)) is not None:
        others.append(str(key))
    headers = None
    if others[:1] == [_NO_HEADERS] or (len(others) > 1 and named and _HEADERS.fullmatch(others[0])):
        headers = others.pop(0)
    return named, headers, others


def record_of(line: bytes) -> tuple[dict[str, object], str | None]:
    """One line as a record, and a key of the JSON that is there twice.

    Raises:
        JsonFault: It is none.
    """
    parts = parts_of(line)
    if parts is None:
        said = _OF_THE_TOOL.match(line) is not None
        raise JsonFault(
            "no message, but what the tool that wrote them says" if said else "no JSON object behind a key", 0
        )
    before, begin = parts
    text = before.decode("utf-8", "surrogatepass") if before.isascii() else _text(before)
    record, headers, keys = _sorted(text)
    if headers is not None and headers != _NO_HEADERS:
        pairs = (part.partition(":") for part in headers.split(","))
        record["headers"] = {name: told for name, _, told in pairs}
    key = "\t".join(keys)
    if key[:1] == '"' and key[-1:] == '"':
        with contextlib.suppress(*FAULTS):
            key = str(decode(key.encode("utf-8", "surrogatepass")))
    record = {"key": None if key in {"null", ""} else key, **record}
    tail = line[begin:].strip()
    if tail == b"null":
        return {**record, "value": None}, None
    try:
        value, twice = read_record(tail)
    except JsonFault as fault:
        raise JsonFault(fault.reason, begin + fault.index) from fault
    return {**record, "value": value}, twice


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise JsonFault("invalid UTF-8", error.start) from error


def read_keyed_lines(text: Text, make: EventMaker, newline: bytes) -> Iterator[Batch]:
    """Yield the events from the beginning to the end of the text."""
    batch, position = Batch(), 0
    for unit, line, skeleton in lines_of(text, newline):
        piece = skeleton.rstrip(b"\r")
        if piece.strip():
            position = _add(batch, text, make, RecordPlace(unit, piece, line), position)
        if len(batch.events) + len(batch.unread) >= LINES_IN_BATCH:
            batch.done_bytes = text.byte(unit + len(skeleton))
            yield batch
            batch = Batch()
    batch.done_bytes = text.byte(text.units)
    yield batch


def _add(batch: Batch, text: Text, make: EventMaker, place: RecordPlace, position: int) -> int:
    offset = text.byte(place.unit)
    size = text.byte(place.unit + len(place.skeleton)) - offset
    raw = b""
    try:
        if len(place.skeleton) > LONGEST_RECORD_BYTES:
            limit = LONGEST_RECORD_BYTES >> 20
            raise JsonFault(f"a line of {size:,} bytes; the limit is {limit} MiB", 0)  # noqa: TRY301 - told alike
        raw = text.utf8(place.unit, place.skeleton)
        record, twice = record_of(raw)
    except UnicodeDecodeError:
        batch.unread.append(Unread(position, place.line, 1, offset, "invalid UTF-16", offset, size))
        return position
    except JsonFault as fault:
        batch.unread.append(unread(text, place, position, raw, fault.index, fault.reason))
        return position
    event = make(position + 1, record)
    batch.events.append(event)
    batch.offsets.append(offset)
    batch.lengths.append(size)
    batch.lines.append(place.line)
    if twice is not None:
        note = f'the key "{twice}" appears twice; the last value counts'
        batch.notices.append(Notice(event.position, place.line, 1, offset, note, "duplicate-key"))
    if event.at_ns is None and event.at is not None:
        batch.notices.append(notice_of_time(event, place.line, offset))
    return position + 1
