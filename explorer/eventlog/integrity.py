"""Is every record of a log the one that was written: are its checksums right, is its chain unbroken?

This finds what was changed. That the end of a log was cut off shows only against a *head* kept elsewhere: the hash
of its last line, in a log with a chain; of everything up to there, in any other.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from explorer.eventlog.event import SEAL
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.log import EventLog
from explorer.eventlog.seal import Seal, seal_of

MOST_FAULTS = 1_000
_BLOCK_BYTES = 1 << 20
_MARK = f',"{SEAL}":{{'.encode()  # in each seal


class Fault(msgspec.Struct, frozen=True):
    """A record that is not as it was written: its line, where that begins, and what is wrong."""

    line: int
    byte: int
    text: str


class Proof(msgspec.Struct):
    """What the seals of a log prove.

    Attributes:
        sealed: How many records have a checksum.
        chained: How many of them name the record before.
        faults: What is wrong, the first first; no more than `MOST_FAULTS`.
        head: What to keep elsewhere: with it, a cut is found.
        found: The line on which the log ended when it had the head that was asked for; None if it never had.
    """

    sealed: int = 0
    chained: int = 0
    faults: list[Fault] = []
    head: str = ""
    found: int | None = None


def check_seals(log: EventLog, head: str | None = None) -> Proof:
    """Look at every byte of a log.

    Args:
        log: An open log. One that is not read by lines has no seals, and a head only as a whole.
        head: The hash that it had once, and must have had still.
    """
    checker = _Checker(log, head)
    if log.by_lines:
        checker.read()
    else:
        checker.hash_all()
    return checker.proof


class _Checker:
    def __init__(self, log: EventLog, head: str | None) -> None:
        self._log = log
        self._head = head
        self._all = hashlib.sha256()  # everything up to the end of the last line, until a chain begins
        self._between = b""  # what stands between that and the next line
        self._before: tuple[int, int, str] | None = None  # number, offset and hash of the last line
        self.proof = Proof()

    def hash_all(self) -> None:
        """A log without lines."""
        self._update(self._all, 0, self._log.size_bytes)
        self._ended(0, self._all.hexdigest())

    def read(self) -> None:
        """A log of lines."""
        base = self._log.byte_of(0)
        self._update(self._all, 0, base)
        self._ended(0, self._all.hexdigest())
        begin, count = (base, 0) if self._head is not None else self._pass_unsealed(base)
        for number, (offset, line, length) in enumerate(_lines(self._log, begin), count + 1):
            if line is not None and not line.strip():
                self._between += line + b"\n"
                continue
            if not self.proof.chained:
                self._all.update(self._between)
            self._take(number, offset, line, length)
            self._between = b"\n"
        if self._before is not None:
            self.proof.head = self._before[2] if self.proof.chained else self._all.hexdigest()

    def _pass_unsealed(self, begin: int) -> tuple[int, int]:
        """Hash lines among which there is no seal, many at once; where the others begin, and how many stand before."""
        log, count = self._log, 0
        end = begin + _BLOCK_BYTES
        while begin < log.size_bytes:
            block = log.raw(begin, min(end, log.size_bytes) - begin)
            whole = block.rfind(b"\n") + 1
            if _MARK in block or (not whole and len(block) > LONGEST_RECORD_BYTES):
                break
            if not whole:
                if end >= log.size_bytes:
                    break
                end += _BLOCK_BYTES
                continue
            last = len(block[:whole].rstrip())
            if last:  # up to the end of the last line that is not blank
                last = block.index(b"\n", last)
                line_begin = block.rfind(b"\n", 0, last) + 1
                self._all.update(self._between)
                self._all.update(block[:last])
                number = count + block.count(b"\n", 0, last) + 1
                digest = hashlib.sha256(block[line_begin:last]).hexdigest()
                self._before = number, begin + line_begin, digest
                self._between = b""
            self._between += block[last:whole]
            count += block.count(b"\n", 0, whole)
            begin += whole
            end = begin + _BLOCK_BYTES
        return begin, count

    def _take(self, number: int, offset: int, line: bytes | None, length: int) -> None:
        """Take a line that is not blank; None in place of one that is too long to be a record."""
        proof = self.proof
        digest = hashlib.sha256()
        seal = None
        if line is None:
            self._update(digest, offset, length)
        else:
            digest.update(line)
            seal = seal_of(line)
        if seal is not None:
            proof.sealed += 1
            if not seal.whole:
                self._add(number, offset, "its checksum is wrong: it is not as it was written")
            else:
                self._check_link(number, offset, seal)
            proof.chained += seal.prev is not None
        elif proof.sealed:
            self._add(number, offset, "it has no seal, though records before it have one")
        self._before = number, offset, digest.hexdigest()
        if proof.chained:
            self._ended(number, self._before[2])
            return
        if line is None:
            self._update(self._all, offset, length)
        else:
            self._all.update(line)
        if self._head is not None:
            self._ended(number, self._all.hexdigest())

    def _check_link(self, number: int, offset: int, seal: Seal) -> None:
        if seal.prev is None:
            if self.proof.chained:
                self._add(number, offset, "it does not name the record before it, though others do")
        elif self.proof.chained:
            assert self._before is not None
            if seal.prev != self._before[2]:
                self._add(*self._before[:2], f"it is not the record behind which line {number:,} was written")
        elif seal.prev != self._all.hexdigest():
            line, byte = (number, offset) if self._before is None else self._before[:2]
            self._add(
                line, byte, f"up to here the log is not the one behind which line {number:,} was written"
            )

    def _ended(self, number: int, head: str) -> None:
        """At the end of this line the log had this head."""
        self.proof.head = head
        if head == self._head:
            self.proof.found = number

    def _add(self, line: int, byte: int, text: str) -> None:
        if len(self.proof.faults) < MOST_FAULTS:
            self.proof.faults.append(Fault(line, byte, text))

    def _update(self, digest: "hashlib._Hash", offset: int, length: int) -> None:
        """Hash some bytes of the log."""
        for begin in range(offset, offset + length, _BLOCK_BYTES):
            digest.update(self._log.raw(begin, min(_BLOCK_BYTES, offset + length - begin)))


def _lines(log: EventLog, begin: int) -> Iterator[tuple[int, bytes | None, int]]:
    """Each line: offset, bytes without the newline (None if there are too many), length."""
    rest = b""
    end = begin  # behind `rest`
    while end < log.size_bytes:
        block = log.raw(end, min(_BLOCK_BYTES, log.size_bytes - end))
        if not block:
            break
        lines = (rest + block).split(b"\n")
        offset = end - len(rest)
        rest = lines.pop()
        end += len(block)
        for line in lines:
            yield offset, line, len(line)
            offset += len(line) + 1
        if len(rest) > LONGEST_RECORD_BYTES:
            offset, rest = end - len(rest), b""
            cut = -1
            while cut < 0 and (block := log.raw(end, min(_BLOCK_BYTES, log.size_bytes - end))):
                cut = block.find(b"\n")
                end += len(block) if cut < 0 else cut
            yield offset, None, end - offset
            end += 1
    if rest:
        yield end - len(rest), rest, len(rest)
