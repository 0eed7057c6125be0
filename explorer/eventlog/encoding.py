"""How is a record written as JSON in one line, digit for digit, and is it certain that it can be read again?"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

import msgspec

from explorer.eventlog.json_text import FAULTS, MOST_DIGITS, JsonFault, decode, needs_care
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import read_record
from explorer.patterns import lazy_pattern

_SURROGATE = lazy_pattern("[\ud800-\udfff]")
_LONGEST_LINE_BYTES = LONGEST_RECORD_BYTES - 1_024  # room for a seal
_EXACT = frozenset({str, int, Decimal, bool, NoneType})
_FAULTS = (*FAULTS, TypeError)

_encode = msgspec.json.Encoder(decimal_format="number").encode


class NotWritable(ValueError):  # noqa: N818 - a finding about a draft
    """A draft cannot become an event of this log; `str()` is one plain clause."""


class Encoder:
    """Writes JSON with the spacing of one log."""

    def __init__(self, *, spaced: bool) -> None:
        self._spaced = spaced
        self._comma, self._colon = (", ", ": ") if spaced else (",", ":")

    def line(self, record: dict[str, Any]) -> bytes:
        """The bytes of a record, once the exact reader has read them.

        Raises:
            NotWritable: It cannot be written so that it reads as what it is.
        """
        try:
            # the fast writer knows no spaces; what comes back from it is compared with what was given
            if not self._spaced and _is_exact(record):
                raw = _encode(record)
                if len(raw) <= _LONGEST_LINE_BYTES and not needs_care(raw) and decode(raw) == record:
                    return raw
        except _FAULTS:
            pass  # the slow writer says why, or knows how
        return self._checked(record)

    def text(self, value: object) -> str:
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
                f"{self.text(str(name))}{self._colon}{self.text(inner)}" for name, inner in value.items()
            ]
            return "{" + self._comma.join(members) + "}"
        if isinstance(value, Sequence):
            return "[" + self._comma.join(map(self.text, value)) + "]"
        raise NotWritable(f"a {type(value).__name__} cannot be written digit for digit")

    def _checked(self, record: dict[str, Any]) -> bytes:
        try:
            text = self.text(record)
            try:
                raw = text.encode()
            except UnicodeEncodeError:
                raw = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()
            if len(raw) > _LONGEST_LINE_BYTES:
                limit = LONGEST_RECORD_BYTES >> 20
                raise NotWritable(f"the event has {len(raw):,} bytes; the limit is {limit} MiB")
            _, twice = read_record(raw)
        except RecursionError as error:
            raise NotWritable("it is nested too deeply") from error
        except JsonFault as fault:
            raise NotWritable(f"it could not be read again: {fault.reason}") from fault
        if twice is not None:
            raise NotWritable(f"the key “{twice}” appears twice")
        return raw


def _is_exact(value: Any) -> bool:  # noqa: ANN401 - a dict or a list
    """Whether nothing in it is of a kind of which the fast writer would write something else: no float above all."""
    for each in value.values() if type(value) is dict else value:
        kind = type(each)
        if kind not in _EXACT and ((kind is not dict and kind is not list) or not _is_exact(each)):
            return False
    return True
