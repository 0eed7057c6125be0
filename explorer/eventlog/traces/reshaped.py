"""How is JSON read whose entries say what is what in a way of their own: Redux DevTools, Temporal?"""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.event import Event, FieldMap, Unread
from explorer.eventlog.extract import event_maker
from explorer.eventlog.formats import Format
from explorer.eventlog.json_text import FAULTS, JsonFault
from explorer.eventlog.record import read_record
from explorer.eventlog.text import Text
from explorer.eventlog.traces.canal import canal
from explorer.patterns import lazy_pattern

type Reshape = Callable[[Event], dict[str, Any] | None]

_DEEPEST = 40
_MOST_DOCUMENT = 256 << 20
_CHARACTER = lazy_pattern(
    rb"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.|[\x20-\x7f]|[\xc2-\xf4][\x80-\xbf]+"
)
_PAYLOAD = lazy_pattern(
    rb'\s*\{\s*(?:"preloadedState"\s*:\s*(?:"(?:[^"\\]|\\.)*"|null)\s*,\s*)?"payload"\s*:\s*"(?=\s*\[)'
)
_LIFTED = lazy_pattern(rb'"actionsById"\s*:\s*\{')
_TEMPORAL = lazy_pattern(rb'"eventTime"[^{}]{0,400}"eventType"|"eventType"[^{}]{0,400}"eventTime"')


class Reshaped(WrittenEntries):
    """The entries of another format, each put in the shape of a record with a type, a time and a payload."""

    def __init__(self, inner: Format, name: str, reshape: Reshape, fields: FieldMap | None) -> None:
        super().__init__()
        self.text = inner.text
        self.name = name
        self.fields = fields
        self._inner = inner
        self._reshape = reshape

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        for batch in self._inner.batches(event_maker(FieldMap())):
            unread = iter(batch.unread)
            odd = next(unread, None)
            rows = zip(batch.events, batch.offsets, batch.lengths, batch.lines, strict=True)
            for event, offset, size, line in rows:
                while odd is not None and odd.offset < offset:
                    yield WrittenEntry(
                        odd.offset, odd.length_bytes, odd.line, None, odd.reason, (), odd.column, odd.byte
                    )
                    odd = next(unread, None)
                named = self._inner.named(event, self.text.source.read(offset, size))
                if (record := self._reshape(named)) is not None:
                    yield WrittenEntry(offset, size, line, record)
            while odd is not None:
                yield WrittenEntry(
                    odd.offset, odd.length_bytes, odd.line, None, odd.reason, (), odd.column, odd.byte
                )
                odd = next(unread, None)


def _unread(odd: Unread) -> WrittenEntry:
    return WrittenEntry(
        odd.offset, odd.length_bytes, odd.line, reason=odd.reason, column=odd.column, at=odd.byte
    )


class ReduxPayload(WrittenEntries):
    """The actions that the extension of Redux DevTools exports: a JSON array in a text, in one object."""

    name = "Redux DevTools (actions)"
    fields = None

    def __init__(self, text: Text, begin: int) -> None:
        super().__init__()
        self.text = text
        self._begin = begin

    def entries(self) -> Iterator[WrittenEntry]:
        """The actions, each with its place in the text."""
        raw = self.text.source.read(0, self.text.source.size_bytes)
        offsets, at = [], self._begin
        while at < len(raw) and raw[at : at + 1] != b'"' and (found := _CHARACTER.match(raw, at)) is not None:
            offsets.append(at)
            at = found.end()
        offsets.append(at)
        lines = raw.count(b"\n", 0, self._begin) + 1
        try:
            text = json.loads(b'"' + raw[self._begin : at] + b'"')
        except ValueError:
            yield WrittenEntry(
                self._begin, at - self._begin, lines, reason="the actions are no text that can be read"
            )
            return
        decoder = json.JSONDecoder(parse_float=Decimal)
        place = text.index("[") + 1
        while True:
            place = _behind(text, place, " \t\r\n,")
            if place >= len(text) or text[place] == "]":
                return
            try:
                action, end = decoder.raw_decode(text, place)
            except (ValueError, RecursionError):
                reason = "the actions behind it cannot be read"
                yield WrittenEntry(offsets[place], at - offsets[place], lines, reason=reason)
                return
            begin, stop = offsets[place], offsets[min(end, len(offsets) - 1)]
            if isinstance(action, dict):
                yield WrittenEntry(begin, stop - begin, lines, action)
            else:
                yield WrittenEntry(begin, stop - begin, lines, reason="it is no action (an object)")
            place = end


def _behind(text: str, place: int, passed: str) -> int:
    while place < len(text) and text[place] in passed:
        place += 1
    return place


def reshaped(found: Format, block: bytes) -> Format:
    """The same log, put in another shape if its first bytes say that it needs one."""
    # a word is found much sooner than a pattern, and mostly is not there
    if b'"actionsById"' in block and _LIFTED.search(block) and b'"stagedActionIds"' in _whole(found.text):
        return _lifted(found)
    if b'EventAttributes"' in block and _TEMPORAL.search(block):
        fields = FieldMap(type="type", time="at", entity="workflowId", data="data", sequence="eventId")
        return Reshaped(found, "Temporal workflow history", _Workflow(), fields)
    return canal(found, block) or found


def redux_payload(text: Text, block: bytes) -> Format | None:
    """The actions that the extension of Redux DevTools exports, if a text is that."""
    found = _PAYLOAD.match(block)
    if found is None or not text.is_utf8 or text.source.size_bytes > _MOST_DOCUMENT:
        return None
    return ReduxPayload(text, text.base + found.end())


def _whole(text: Text) -> bytes:
    return text.source.read(0, min(text.source.size_bytes, _MOST_DOCUMENT))


def _lifted(found: Format) -> Format:
    """What the monitor exports: actions by number, of which some may be skipped; their states are computed anew."""
    try:
        whole, _ = read_record(found.text.to_utf8(_whole(found.text)))
    except (JsonFault, UnicodeDecodeError):
        return found
    staged, skipped = whole.get("stagedActionIds"), whole.get("skippedActionIds")
    if not isinstance(staged, list):
        return found
    left_out = {str(each) for each in skipped} if isinstance(skipped, list) else set()
    there = {str(each) for each in staged} - left_out

    def action_of(event: Event) -> dict[str, Any] | None:
        action = event.record.get("action")
        if not isinstance(action, Mapping) or event.id not in there or action.get("type") == "@@INIT":
            return None
        told = dict(action)
        if (at := event.record.get("timestamp")) is not None:
            told["dispatchedAt" if "timestamp" in told or "at" in told else "timestamp"] = at
        return told

    skips = f", {len(left_out):,} skipped" if left_out else ""
    return Reshaped(found, f"Redux DevTools (states{skips})", action_of, None)


class _Workflow:
    """Events of a workflow: their attributes are the payload, and payloads in base64 are what they hold."""

    def __init__(self) -> None:
        self._id: object = None

    def __call__(self, event: Event) -> dict[str, Any]:
        record = event.record
        name = next((each for each in record if each.endswith("EventAttributes")), None)
        attributes = record.get(name) if name is not None else None
        data = _decoded(attributes, 0) if isinstance(attributes, Mapping) else {}
        if str(record.get("eventId")) == "1":  # another history begins
            self._id = None
        self._id = self._id or data.get("workflowId") or data.get("originalExecutionRunId")
        told = {key: value for key, value in record.items() if key not in {name, "eventType", "eventTime"}}
        return told | {
            "type": record.get("eventType"), "at": record.get("eventTime"),
            "workflowId": self._id or "workflow", "data": data,
        }  # fmt: skip


def _decoded(value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_decoded(each, depth + 1) for each in value]
    if not isinstance(value, Mapping):
        return value
    metadata = value.get("metadata")
    if isinstance(metadata, Mapping) and isinstance(metadata.get("encoding"), str):
        return _payload(value, metadata["encoding"])
    return {key: _decoded(each, depth + 1) for key, each in value.items()}


def _payload(value: Mapping[str, Any], encoding: str) -> Any:  # noqa: ANN401 - JSON
    """What a payload holds; one that is no JSON stays as it is."""
    try:
        kind = base64.b64decode(encoding, validate=True).decode()
        raw = base64.b64decode(value.get("data") or "", validate=True)
        if kind == "binary/null":
            return None
        if kind.startswith("json/"):
            return read_record(b'{"it":' + raw + b"}")[0]["it"]
    except (binascii.Error, UnicodeDecodeError, JsonFault, KeyError, TypeError, *FAULTS):
        pass
    return dict(value)
