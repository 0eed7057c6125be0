"""How does a record say that it is whole, to which batch it belongs, and which record stands before it?

A *seal* is the last member of a record, and always written in the same way:

    …,"_seal":{"prev":"SHA-256 of the line before","batch":"2/3@118","crc":"1a2b3c4d"}}

`crc` is the CRC-32 of every byte of the line before its own eight digits. `prev` makes a chain; the first record
of a chain has the SHA-256 of all bytes that stand before it. `batch` says which of how many lines that were
written together this is, and how many bytes of them stand before it. `prev` and `batch` may be missing.
"""

import hashlib
import zlib
from typing import Literal

import msgspec

from explorer.eventlog.event import SEAL
from explorer.patterns import lazy_pattern

type Seals = Literal["none", "checksum", "chain"]

_SEAL = lazy_pattern(
    rb',"%b":\{(?:"prev":"([0-9a-f]{64})",)?'
    rb'(?:"batch":"([1-9][0-9]{0,8})/([1-9][0-9]{0,8})@(0|[1-9][0-9]{0,11})",)?'
    rb'"crc":"([0-9a-f]{8})"\}\}\Z' % SEAL.encode()
)
_LONGEST_SEAL_BYTES = 160
CRC_BYTES = 11  # eight digits, a quote and two braces


class BatchPlace(msgspec.Struct, frozen=True):
    """The `number`-th (from 1) of `count` lines written together, `before` bytes of which stand before it."""

    number: int
    count: int
    before: int


class Seal(msgspec.Struct, frozen=True):
    """What a record's seal says; `whole` if its checksum is right."""

    prev: str | None
    batch: BatchPlace | None
    whole: bool


def seal_of(line: bytes) -> Seal | None:
    """The seal of a line without its newline; None if it has none."""
    found = _SEAL.search(line, max(0, len(line) - _LONGEST_SEAL_BYTES))
    if found is None:
        return None
    prev, number, count, before, crc = found.groups()
    batch = None if number is None else BatchPlace(int(number), int(count), int(before))
    whole = zlib.crc32(line[: len(line) - CRC_BYTES]) == int(crc, 16)
    return Seal(None if prev is None else prev.decode(), batch, whole)


def sealed(line: bytes, prev: str | None, batch: BatchPlace | None) -> bytes:
    """A line, which is one JSON object with members, with a seal at its end."""
    members = b""
    if prev is not None:
        members += b'"prev":"%b",' % prev.encode()
    if batch is not None:
        members += b'"batch":"%d/%d@%d",' % (batch.number, batch.count, batch.before)
    body = b'%b,"%b":{%b"crc":"' % (line.removesuffix(b"}"), SEAL.encode(), members)
    return b'%b%08x"}}' % (body, zlib.crc32(body))


def line_hash(line: bytes) -> str:
    """SHA-256 of a line without its newline, as the next line of a chain names it."""
    return hashlib.sha256(line).hexdigest()
