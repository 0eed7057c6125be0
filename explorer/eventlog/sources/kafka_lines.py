"""How does a message of a topic become a line that keeps its bytes exactly?

A value that is an object of JSON in one line stands there as it came; other text is a text; all else is `value_base64`.
So the bytes can be told from the line, and which of the three it was.
"""

import base64
import json
from collections.abc import Sequence

import msgspec

_HEAD_BYTES = 5  # a zero and the number of a schema, before what a registry describes
_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])

type Header = tuple[str, bytes | None]


class MessageLines:
    """Makes lines of the messages of one topic, and counts what must be said of them.

    Attributes:
        opaque: How many values are written by a schema that stands in a registry, which is not asked.
        tombstones: How many have no value.
        read: How many messages there were.
    """

    def __init__(self, topic: str) -> None:
        self._begin = b'{"topic":' + json.dumps(topic, ensure_ascii=False).encode()
        self.opaque = self.tombstones = self.read = 0

    def line(
        self,
        partition: int,
        offset: int,
        at_ms: int | None,
        key: bytes | None,
        headers: Sequence[Header] | None,
        value: bytes | None,
    ) -> bytes:
        r"""One message as an object and `\n`; `at_ms` since 1970, None if the broker tells no time."""
        self.read += 1
        parts = [
            self._begin,
            b',"partition":%d,"offset":%d,"place":"%d:%d","timestamp":%s'
            % (partition, offset, partition, offset, b"null" if at_ms is None else b"%d" % at_ms),
            _member(b"key", key),
        ]
        parts.append(b',"headers":' + (_headers(headers) if headers else b"{}"))
        if value is None:
            self.tombstones += 1
            parts.append(b',"value":null,"tombstone":1')
        elif _is_object(value):
            parts.append(b',"value":' + value)
        elif value[:1] == b"\0" and len(value) > _HEAD_BYTES:
            parts.append(b',"schema":%d' % int.from_bytes(value[1:_HEAD_BYTES]))
            if _is_object(inner := value[_HEAD_BYTES:]):  # JSON Schema: only its check stands in the registry
                parts.append(b',"value":' + inner)
            else:
                self.opaque += 1
                parts.append(_member(b"value", value))
        else:
            parts.append(_member(b"value", value))
        parts.append(b"}\n")
        return b"".join(parts)


def _is_object(value: bytes) -> bool:
    """Whether it is an object of JSON that can stand within a line as it is."""
    if value[:1] != b"{" or b"\n" in value or b"\r" in value:
        return False
    try:
        _RAW.decode(value)
        value.decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _member(name: bytes, value: bytes | None) -> bytes:
    """A text, or what is none in base64 under a name that says so."""
    if value is None:
        return b',"%s":null' % name
    text = _text(value)
    if text is None:
        return b',"%s_base64":"%s"' % (name, base64.b64encode(value))
    return b',"%s":%s' % (name, text)


def _text(value: bytes) -> bytes | None:
    """As a text of JSON; None if it is no text."""
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return None
    if any(char < " " and char not in "\t\r\n" for char in text):
        return None
    return msgspec.json.encode(text)


def _headers(headers: Sequence[Header]) -> bytes:
    """As an object; a name that is there several times has a list, as `profiles.typed.as_members` makes it."""
    members: dict[str, list[bytes]] = {}
    for name, value in headers:
        if value is None:
            told = b"null"
        elif (text := _text(value)) is not None:
            told = text
        else:
            told = b'{"base64":"%s"}' % base64.b64encode(value)
        members.setdefault(name, []).append(told)
    made = (
        msgspec.json.encode(name)
        + b":"
        + (values[0] if len(values) == 1 else b"[" + b",".join(values) + b"]")
        for name, values in members.items()
    )
    return b"{" + b",".join(made) + b"}"
