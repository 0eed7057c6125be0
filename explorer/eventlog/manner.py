"""How is a new event written in the manner of a log: its names, its kind of time, its way of spacing?"""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

import msgspec

from explorer.eventlog.event import SEAL, FieldMap, Record
from explorer.eventlog.extract import getter
from explorer.eventlog.json_text import MOST_DIGITS, JsonFault
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import read_record
from explorer.eventlog.timestamps import parse_time

_EPOCH_NS = ((10**11, 1_000_000_000), (10**14, 1_000_000), (10**17, 1_000))  # as `timestamps` reads them
_SPACED = re.compile(rb'\s*\{\s*"[^"\\]*": ')
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_LINE_BYTES = LONGEST_RECORD_BYTES - 1_024  # room for a seal


class Draft(msgspec.Struct, frozen=True):
    """An event that is to be appended.

    Attributes:
        type: The event type.
        data: The payload; numbers are `int` or `decimal.Decimal`, and are written digit for digit.
        at: The time, as a text or a number that can be read as one; None = now.
        metadata: What goes beside the payload (`correlationId`, `reason`…).
        entity: The entity, for a log that names it outside of the payload.
    """

    type: str
    data: Record = {}
    at: str | int | Decimal | None = None
    metadata: Record = {}
    entity: str | None = None


class NotWritable(ValueError):  # noqa: N818 - a finding about a draft
    """A draft cannot become an event of this log; `str()` is one plain clause."""


class Manner:
    """How one log writes its events.

    Args:
        fields: Which field holds what.
        sample: One of its records, if it has any.
        raw: The bytes of that.
    """

    def __init__(self, fields: FieldMap, sample: Record | None = None, raw: bytes = b"") -> None:
        self._sample: Record = sample or {}
        if sample is None:
            fields = FieldMap(type="type", data="data", time="at")
        self._fields = fields
        spaced = _SPACED.match(raw) is not None
        self._comma, self._colon = (", ", ": ") if spaced else (",", ":")

    @property
    def counts(self) -> bool:
        """Whether a record has a number that follows that of the record before it."""
        return self._fields.sequence is not None

    def line(self, draft: Draft, last: Record | None = None) -> bytes:
        """The line for a draft that follows the record `last`, without a newline and without a seal.

        Raises:
            NotWritable: It cannot be written so that it reads as what it is.
        """
        fields, record = self._fields, dict[str, Any]()
        if not draft.type:
            raise NotWritable("an event needs a type")
        self._put(record, fields.type or "type", draft.type)
        if fields.data is None:
            self._merge(record, draft.data)
        else:
            sample = getter(fields.data)(self._sample)  # type: ignore[misc]
            text = isinstance(sample, str)  # a payload is often stored as JSON in a text
            self._put(record, fields.data, self._text(draft.data) if text else dict(draft.data))
        self._put_rest(record, draft, last)
        time = getter(fields.time or "at")
        assert time is not None
        if draft.at is not None or time(record) is None:  # the payload may have it
            self._put(record, fields.time or "at", self._time(draft.at, time(self._sample)))
        if draft.metadata:
            names = [name for name in ("metadata", "metaData", "meta") if name in self._sample]
            self._put(record, names[0] if names else "metadata", draft.metadata)
        if SEAL in record:
            raise NotWritable(f"“{SEAL}” is where the log proves that a record is whole")
        known = {name: record[name] for name in self._sample if name in record}
        try:
            return _checked(self._text(known | record))
        except RecursionError as error:
            raise NotWritable("it is nested too deeply") from error

    def _put_rest(self, record: dict[str, Any], draft: Draft, last: Record | None) -> None:
        """What a log of this manner has beside type, time and payload."""
        fields = self._fields
        if fields.entity and draft.entity is not None and fields.entity.rpartition(".")[2] not in draft.data:
            self._put(record, fields.entity, draft.entity)
        if fields.sequence and last is not None and _at(fields.sequence, record) is None:
            number = _at(fields.sequence, last)
            if type(number) is int:
                self._put(record, fields.sequence, number + 1)
            elif type(number) is str and number.isascii() and number.isdigit():
                self._put(record, fields.sequence, str(int(number) + 1))
        if fields.id and _is_uuid(_at(fields.id, self._sample)) and _at(fields.id, record) is None:
            self._put(record, fields.id, str(uuid.uuid4()))

    def _put(self, record: dict[str, Any], path: str, value: object) -> None:
        """Set the value at a dotted path; a log may also have names with dots in them."""
        *outer, name = [path] if path in self._sample else path.split(".")
        for each in outer:
            record = record.setdefault(each, {})
            if not isinstance(record, dict):
                raise NotWritable(f"“{each}” is the payload, and the log has “{name}” in it")
        record[name] = value

    def _merge(self, record: dict[str, Any], data: Record) -> None:
        for name, value in data.items():
            if name in record and record[name] != value:
                raise NotWritable(
                    f"the payload may not have a member “{name}”: the log has another use for it"
                )
            record[name] = value

    def _time(self, at: str | int | Decimal | None, sample: object) -> object:
        """The time, of the same kind as in the log's own events."""
        if at is None:
            now = datetime.now(UTC)
            given: str | int | Decimal = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        else:
            given = at
        at_ns = parse_time(given)
        if at_ns is None:
            raise NotWritable(f"the time “{str(given)[:60]}” is not a time that can be read")
        if isinstance(sample, int | Decimal) and isinstance(given, str):
            size = Decimal(sample).copy_abs()
            unit = next((unit for limit, unit in _EPOCH_NS if size < limit), 1)
            whole, rest = divmod(at_ns, unit)
            return whole if not rest or at is None else _plain(Decimal(at_ns) / unit)
        if isinstance(sample, Mapping) and isinstance(given, str):
            for name in ("$date", "_data_"):
                if isinstance(sample.get(name), str):
                    return {**sample, name: given}
        return given

    def _text(self, value: object) -> str:
        """`value` as JSON in one line, digit for digit."""
        if isinstance(value, str):
            return encode_basestring(value)
        if value is None or isinstance(value, bool):
            return json.dumps(value)
        if isinstance(value, int):
            if value.bit_length() > 4 * MOST_DIGITS:  # Python itself refuses to write it out
                raise NotWritable(f"a number of more than {MOST_DIGITS:,} digits")
            return str(value)
        if isinstance(value, Decimal):
            if not value.is_finite():
                raise NotWritable(f"{value} is not a number that JSON has")
            return str(value)
        if isinstance(value, Mapping):
            members = [
                f"{self._text(str(name))}{self._colon}{self._text(inner)}" for name, inner in value.items()
            ]
            return "{" + self._comma.join(members) + "}"
        if isinstance(value, Sequence):
            return "[" + self._comma.join(map(self._text, value)) + "]"
        raise NotWritable(f"a {type(value).__name__} cannot be written digit for digit")


def _at(path: str, record: Record) -> object:
    """The value at a dotted path."""
    find = getter(path)
    return None if find is None else find(record)


def _checked(text: str) -> bytes:
    """The bytes of a record, once the exact reader has read them."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raw = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()
    if len(raw) > _LONGEST_LINE_BYTES:
        raise NotWritable(f"the event has {len(raw):,} bytes; the limit is {LONGEST_RECORD_BYTES >> 20} MiB")
    try:
        _, twice = read_record(raw)
    except JsonFault as fault:
        raise NotWritable(f"it could not be read again: {fault.reason}") from fault
    if twice is not None:
        raise NotWritable(f"the key “{twice}” appears twice")
    return raw


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False


def _plain(number: Decimal) -> Decimal:
    return number.normalize()
