"""How is a new event written in the manner of a log: its names, its kind of time, its way of spacing?"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from explorer.eventlog.encoding import Encoder, NotWritable
from explorer.eventlog.event import SEAL, FieldMap, Record
from explorer.eventlog.extract import getter
from explorer.eventlog.timestamps import EPOCH_UNITS, parse_time
from explorer.patterns import lazy_pattern

_SPACED = lazy_pattern(rb'\s*\{\s*"[^"\\]*": ')


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


class _Member:
    """Where a record has one of its members: found and set without taking its path apart each time."""

    def __init__(self, path: str, sample: Record) -> None:
        find = getter(path)
        assert find is not None
        self.of = find
        # a log may also have names with dots in them
        *self._outer, self._name = [path] if path in sample else path.split(".")

    def put(self, record: dict[str, Any], value: object) -> None:
        """Set it."""
        for each in self._outer:
            record = record.setdefault(each, {})
            if not isinstance(record, dict):
                raise NotWritable(f"“{each}” is the payload, and the log has “{self._name}” in it")
        record[self._name] = value


class LogStyle:
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
        self._encoder = Encoder(spaced=_SPACED.match(raw) is not None)
        self._type = _Member(fields.type or "type", self._sample)
        self._time = _Member(fields.time or "at", self._sample)
        self._time_sample = self._time.of(self._sample)
        self._data = _Member(fields.data, self._sample) if fields.data else None
        # a payload is often stored as JSON in a text
        self._data_is_text = self._data is not None and isinstance(self._data.of(self._sample), str)
        self._entity = fields.entity
        self._find_entity = getter(fields.entity_in_payload)
        self._sequence = _Member(fields.sequence, self._sample) if fields.sequence else None
        self._id = _Member(fields.id, self._sample) if fields.id else None
        if self._id is not None and not _is_uuid(self._id.of(self._sample)):
            self._id = None
        self._has_rest = bool(self._entity or self._sequence or self._id)
        named = [name for name in ("metadata", "metaData", "meta") if name in self._sample]
        self._metadata = named[0] if named else "metadata"

    @property
    def counts(self) -> bool:
        """Whether a record has a number that follows that of the record before it."""
        return self._sequence is not None

    def line(self, draft: Draft, last: Record | None = None) -> bytes:
        """The line for a draft that follows the record `last`, without a newline and without a seal.

        Raises:
            NotWritable: It cannot be written so that it reads as what it is.
        """
        record: dict[str, Any] = {}
        if not draft.type:
            raise NotWritable("an event needs a type")
        self._type.put(record, draft.type)
        try:
            if self._data is None:
                self._merge(record, draft.data)
            else:
                text = self._data_is_text
                self._data.put(record, self._encoder.text(draft.data) if text else dict(draft.data))
            if self._has_rest:
                self._put_rest(record, draft, last)
            if draft.at is not None or self._time.of(record) is None:  # the payload may have it
                self._time.put(record, self._time_value(draft.at))
            if draft.metadata:
                record[self._metadata] = draft.metadata
            if SEAL in record:
                raise NotWritable(f"“{SEAL}” is where the log proves that a record is whole")
            known = {name: record[name] for name in self._sample if name in record}
            return self._encoder.line(known | record)
        except RecursionError as error:
            raise NotWritable("it is nested too deeply") from error

    def _put_rest(self, record: dict[str, Any], draft: Draft, last: Record | None) -> None:
        """What a log of this manner has beside type, time and payload."""
        entity, sequence = self._entity, self._sequence
        if entity and draft.entity is not None and not self._tells_entity(draft.data):
            _Member(entity, self._sample).put(record, draft.entity)
        if sequence is not None and last is not None and sequence.of(record) is None:
            number = sequence.of(last)
            if type(number) is int:
                sequence.put(record, number + 1)
            elif type(number) is str and number.isascii() and number.isdigit():
                sequence.put(record, str(int(number) + 1))
        if self._id is not None and self._id.of(record) is None:
            self._id.put(record, str(uuid.uuid4()))

    def _tells_entity(self, data: Record) -> bool:
        return self._find_entity is not None and self._find_entity(data) is not None

    def _merge(self, record: dict[str, Any], data: Record) -> None:
        for name, value in data.items():
            if name in record and record[name] != value:
                raise NotWritable(
                    f"the payload may not have a member “{name}”: the log has another use for it"
                )
            record[name] = value

    def _time_value(self, at: str | int | Decimal | None) -> object:
        """The time, of the same kind as in the log's own events."""
        sample = self._time_sample
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
            unit = next((unit_ns for limit, unit_ns in EPOCH_UNITS if size < limit), 1)
            whole, rest = divmod(at_ns, unit)
            return whole if not rest or at is None else _plain(Decimal(at_ns) / unit)
        if isinstance(sample, Mapping) and isinstance(given, str):
            for name in ("$date", "_data_"):
                if isinstance(sample.get(name), str):
                    return {**sample, name: given}
        return given


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False


def _plain(number: Decimal) -> Decimal:
    return number.normalize()
