"""How are several files one log: in order of names, of time or of sequence, each event with its file and place?

The records are spooled as lines, each with the number of its file, its line and its bytes there before it; so the log
is read like any other, and every event is found again in the file that it is from. No file is ever written to.
"""

import heapq
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from explorer.eventlog.encoding import Encoder, NotWritable
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Batch, FieldMap
from explorer.eventlog.folder_mark import is_history_folder
from explorer.eventlog.sources.address import Address, address_of_files
from explorer.eventlog.sources.feed import OpenLog
from explorer.eventlog.sources.file_parts import LogPart, is_rotated, opened_beside, parts_of
from explorer.eventlog.sources.file_tail import FileTail
from explorer.eventlog.sqlite.rows import STORED
from explorer.eventlog.timestamps import parse_time

if TYPE_CHECKING:
    from explorer.eventlog.log import EventLog

DRIVER, EXTRA = "json", ""  # none is needed

ORDERS = ("names", "time", "sequence")
BLOCK_BYTES = 1 << 19
_KEY = f'{{"{STORED}":"'.encode()
_BREAKS = bytes.maketrans(b"\r\n", b"  ")
_NS = 1_000_000_000

type Key = Callable[[object, int | None], int | None]  # of an event's time and its sequence
type Line = tuple[int, int, int, bytes]  # what it is sorted by, its file, its number in it, the line itself


def as_one_log(paths: Sequence[str]) -> str:
    """What to open for several files, a folder, or an archive of several; a single file is itself.

    Raises:
        LogError: One is not there.
    """
    if len(paths) == 1:
        (path,) = paths
        if is_history_folder(Path(path)):
            return path
        if path == "-" or not (Path(path).is_dir() or (Path(path).is_file() and len(parts_of(paths)) > 1)):
            return path
    return address_of_files(paths).text


def reach(address: Address, password: str | None) -> "SeveralFiles":  # noqa: ARG001 - files have none
    """The files that are named; see `SourceModule.reach`."""
    return SeveralFiles(address)


def candidates(address: Address, password: str | None) -> Sequence["FileChoice"]:  # noqa: ARG001 - files have none
    """The files, each of which can be left out; see `SourceModule.candidates`."""
    left_out = set(address.settings.get("without", "").split("\n"))
    named = address.settings.get("files", "").split("\n")
    return [FileChoice(part.name, "", part.name not in left_out) for part in parts_of(named)]


class FileChoice(msgspec.Struct, frozen=True):
    """One of the files, and whether it is read."""

    table: str
    about: str
    likely: bool


class SeveralFiles:
    """See `feed.Feed`, `feed.OfLogs` and `stores.PlacedStore`."""

    live = True
    payload = None
    fields: FieldMap | None = None
    _open_log: OpenLog

    def __init__(self, address: Address) -> None:
        named = [path for path in address.settings.get("files", "").split("\n") if path]
        every = parts_of(named)
        self._named, self._every = named, every
        left_out = {name for name in address.settings.get("without", "").split("\n") if name}
        unknown = left_out - {part.name for part in every}
        if unknown:
            there = ", ".join(part.name for part in every)
            raise LogError(_together(every), f"there is no file {min(unknown)} among them: they are {there}")
        self._parts = [part for part in every if part.name not in left_out]
        if not self._parts:
            raise LogError(_together(every), "all of its files are left out")
        self._clocks = _clocks(address.settings.get("clocks", ""), self._parts)
        self._order = address.settings.get("order", "")
        if self._order and self._order not in ORDERS:
            raise LogError(_together(every), f"the order is one of {', '.join(ORDERS)}")
        self.name = _together(self._parts)
        self._left_out = len(every) - len(self._parts)
        self._open = ExitStack()
        self._logs: list[EventLog] = []
        self._tails: list[FileTail] = []
        self._shown = ""

    def open_by(self, open_log: OpenLog) -> None:
        """See `OfLogs.open_by`."""
        self._open_log = open_log

    @property
    def shown(self) -> str:
        """For display: `3 files, in order of time`."""
        return self._shown

    def lines(self) -> Iterator[bytes | str]:
        """All records; see `Feed.lines`."""
        self._open.close()
        self._logs = [self._opened(part) for part in self._parts]
        self._tails = [FileTail(log, part.path) for log, part in zip(self._logs, self._parts, strict=True)]
        if all(log.says_itself for log in self._logs):
            self.fields = self._logs[0].fields
        order = self._order or self._usual_order()
        self._shown = self._told(order)
        each = [
            (self._of_lines if log.by_lines and order != "sequence" else self._of)(
                number, self._key(order, number), timed=order == "time"
            )
            for number, log in enumerate(self._logs)
        ]
        merged: Iterator[Line] = (
            (line for lines in each for line in lines) if order == "names" else heapq.merge(*each)
        )
        parts: list[bytes] = []
        size = 0
        for *_, line in merged:
            parts.append(line)
            size += len(line)
            if size >= BLOCK_BYTES:
                yield b"".join(parts)
                parts, size = [], 0
        if parts:
            yield b"".join(parts)
        damaged = [f"{log.name}: {log.damage_reason}" for log in self._logs if log.damage_reason]
        if damaged:
            yield "; ".join(damaged)

    def _told(self, order: str) -> str:
        read, every = len(self._parts), len(self._parts) + self._left_out
        if order == "names" and is_rotated(self._parts):
            both = (
                f"{read:,} files from the oldest to the newest",
                f"{read:,} of {every:,} files from the oldest to the newest",
            )
        elif order == "names":
            both = (
                f"{read:,} files in order of their names",
                f"{read:,} of {every:,} files in order of their names",
            )
        elif order == "time":
            both = f"{read:,} files in order of time", f"{read:,} of {every:,} files in order of time"
        else:
            both = f"{read:,} files in order of sequence", f"{read:,} of {every:,} files in order of sequence"
        return both[bool(self._left_out)]

    def more(self) -> Iterator[bytes]:
        """What was appended to the files; a log that was put aside and begun anew is read on in both its files."""
        for number, tail in enumerate([*self._tails]):
            if lines := self._appended(number, tail):
                yield lines
            nodes = {each.node for each in self._tails}
            if tail.begun_anew(nodes):
                yield from self._anew(number, tail)
        for number, tail in enumerate(self._tails):  # put aside: each under its new name
            now = tail.now() if self._parts[number].archive is None else tail.path
            if now != self._parts[number].path:
                self._parts[number] = LogPart(now, Path(now).name)
        known = {(part.path, part.archive) for part in self._every} | {
            (tail.path, None) for tail in self._tails
        }
        known |= {(tail.now(), None) for tail in self._tails}
        strangers = [part.name for part in parts_of(self._named) if (part.path, part.archive) not in known]
        if strangers:
            raise LogError(
                self.name, f"there is a new file, {strangers[0]}: read anew, it joins at its place"
            )

    def _anew(self, number: int, tail: FileTail) -> Iterator[bytes]:
        """The file that stands now where another one stood, which was renamed."""
        name = self._parts[number].name
        tail.leave()
        try:
            log = self._open_log(tail.path)
        except LogError:
            return  # it is being made: the next look finds it
        self._open.enter_context(log)
        log.name = name
        if log.form.written != "object":
            raise LogError(name, "it was begun anew, and is written in another way: read it anew")
        self._parts.append(LogPart(tail.path, name))
        self._logs.append(log)
        self._tails.append(FileTail(log, tail.path, from_beginning=True))
        if lines := self._appended(len(self._logs) - 1, self._tails[-1]):
            yield lines

    def _appended(self, number: int, tail: FileTail) -> bytes:
        made = []
        for line, offset, raw in tail.lines():
            made.append(
                self._line(self._logs[number], Encoder(spaced=False), number, (line, offset, len(raw)), raw)
            )
        return b"".join(made)

    def close(self) -> None:
        """Let go of the files."""
        self._open.close()

    def original(self, line: bytes) -> bytes:
        """The bytes of a record in its file; see `PlacedStore`."""
        place = _place(line)
        if place is None or place[0] >= len(self._logs):
            return line
        number, _, offset, length = place
        return self._tails[number].bytes_at(offset, length) or self._logs[number].stored(offset, length)

    def place(self, line: bytes) -> str:
        """Where a record stands; see `PlacedStore`."""
        place = _place(line)
        if place is None or place[0] >= len(self._parts):
            return ""
        number, at, offset, length = place
        return f"{self._parts[number].name}, line {at:,}, bytes {offset:,}–{offset + length:,}"

    def _opened(self, part: LogPart) -> "EventLog":
        unpacked = opened_beside(part, None)
        try:
            log = self._open_log(part.path if unpacked is None else unpacked)
        except LogError as error:
            raise LogError(
                part.name, error.reason, line=error.line, column=error.column, byte=error.byte
            ) from error
        finally:
            if unpacked is not None:
                unpacked.unlink()
        log.name = part.name
        return self._open.enter_context(log)

    def _usual_order(self) -> str:
        """By names where these tell it or times do not; else by time."""
        if is_rotated(self._parts) or len(self._parts) == 1:
            return "names"
        firsts = [
            next((event for batch in log.batches() for event in batch.events), None) for log in self._logs
        ]
        timed = all(first is None or parse_time(first.at) is not None for first in firsts)
        return "time" if timed else "names"

    def _key(self, order: str, number: int) -> Key:
        ahead = self._clocks.get(self._parts[number].name, 0)
        if order == "time":
            return lambda at, _sequence: None if (told := parse_time(at)) is None else told - ahead
        return lambda _at, sequence: sequence

    def _of_lines(self, number: int, key: Key, *, timed: bool) -> Iterator[Line]:
        """The same as `_of` for a file of lines that are objects, of which only the times are looked for."""
        log = self._logs[number]
        last, count, line, unit, end = -(1 << 63), 0, 1, 0, -1
        while log.byte_of(unit) < log.size_bytes:
            cut = log.cut(unit, BLOCK_BYTES)
            raws = b"" if cut is None else log.raw(log.byte_of(unit), cut - unit)
            lines = raws.split(b"\n")
            # objects of at least one member, each on a line of its own, without spaces before or behind it
            alike = cut is not None and not lines.pop() and b"\r" not in raws
            if not alike or not all(each[:2] == b'{"' and each[-1:] == b"}" for each in lines):
                length = log.size_bytes - log.byte_of(unit) if cut is None else cut - unit
                batch = Batch()  # read exactly, as every reader of such a log does
                after = log.read_stretch(batch, log.stretch(unit, length), 0, line)
                for made in self._of_batch(number, batch, key, last, count):
                    last, count = made[0], made[2]
                    yield made
                line, unit = after, unit + length
                end = batch.unread[-1].byte if batch.unread else end
                continue
            times = log.time_texts(lines) if timed else [None] * len(lines)
            offset = log.byte_of(unit)
            for raw, told in zip(lines, times, strict=True):
                at: object = told
                if timed and told is None:
                    at = log.decode_raw(raw, 1, offset).at
                found = key(at, None) if timed else None
                last = last if found is None else max(last, found)
                count += 1
                head = b'%d:%d:%d:%d",' % (number, line, offset, len(raw))
                yield last, number, count, _KEY + head + raw[1:] + b"\n"
                line += 1
                offset += len(raw) + 1
            unit += len(raws)
        for missed in log.odd_end(count, line, end, line - 1):
            count += 1
            yield last, number, count, self._unread(number, missed.line, missed.offset, missed.length_bytes)

    def _of(self, number: int, key: Key, *, timed: bool) -> Iterator[Line]:  # noqa: ARG002 - as `_of_lines`
        """The lines of one file, in its own order: what is earlier than what stands before it counts as of then."""
        last, count = -(1 << 63), 0
        for batch in self._logs[number].batches():
            for made in self._of_batch(number, batch, key, last, count):
                last, count = made[0], made[2]
                yield made

    def _of_batch(self, number: int, batch: Batch, key: Key, last: int, count: int) -> Iterator[Line]:
        log = self._logs[number]
        encoder = Encoder(spaced=False)
        unread = iter(batch.unread)
        missed = next(unread, None)
        for event, offset, length, line in zip(
            batch.events, batch.offsets, batch.lengths, batch.lines, strict=True
        ):
            while missed is not None and missed.offset < offset:
                count += 1
                yield (
                    last,
                    number,
                    count,
                    self._unread(number, missed.line, missed.offset, missed.length_bytes),
                )
                missed = next(unread, None)
            found = key(event.at, event.sequence)
            last = last if found is None else max(last, found)
            count += 1
            yield last, number, count, self._line(log, encoder, number, (line, offset, length))
        while missed is not None:
            count += 1
            yield (
                last,
                number,
                count,
                self._unread(number, missed.line, missed.offset, missed.length_bytes),
            )
            missed = next(unread, None)

    @staticmethod
    def _line(
        log: "EventLog", encoder: Encoder, number: int, place: tuple[int, int, int], raw: bytes | None = None
    ) -> bytes:
        line, offset, length = place
        raw = log.raw(offset, length) if raw is None else raw
        if log.form.written != "object":
            try:
                raw = encoder.line(dict(log.form.record_at(raw, offset)))
            except NotWritable:
                return _KEY + b'%d:%d:%d:%d"!\n' % (number, line, offset, length)
        if raw.lstrip()[:1] != b"{":  # what cannot be read there cannot be read here
            return _KEY + b'%d:%d:%d:%d"! %s\n' % (number, line, offset, length, raw.translate(_BREAKS))
        rest = raw.translate(_BREAKS).strip()[1:].lstrip()
        comma = b"" if rest.startswith(b"}") else b","
        return _KEY + b'%d:%d:%d:%d"' % (number, line, offset, length) + comma + rest + b"\n"

    def _unread(self, number: int, line: int, offset: int, length: int) -> bytes:
        """What could not be read there cannot be read here either; a line tells where it stands."""
        raw = self._logs[number].raw(offset, min(length, 4_096)).translate(_BREAKS)
        return _KEY + b'%d:%d:%d:%d"! %s\n' % (number, line, offset, length, raw)


def _place(line: bytes) -> tuple[int, int, int, int] | None:
    """The file, the line, the byte and the length that a line tells."""
    if not line.startswith(_KEY):
        return None
    told = line[len(_KEY) : line.find(b'"', len(_KEY))].split(b":")
    if len(told) != 4 or not all(each.isdigit() for each in told):
        return None
    number, at, offset, length = map(int, told)
    return number, at, offset, length


def _together(parts: Sequence[LogPart]) -> str:
    """What to call several files: by their folder, their archive, or the first of them."""
    if len(parts) == 1:
        return parts[0].name
    paths = {part.path for part in parts}
    if len(paths) == 1:
        return os.path.basename(next(iter(paths)))  # noqa: PTH119 - a name, no file
    return f"{parts[0].name} and {len(parts) - 1:,} more"


def _clocks(text: str, parts: Sequence[LogPart]) -> dict[str, int]:
    """How far the clocks of files are ahead, in ns."""
    found = {}
    for each in text.split("\n") if text else ():
        name, _, seconds = each.rpartition("=")
        try:
            ahead = round(float(seconds) * _NS)
        except (ValueError, OverflowError) as error:
            raise LogError(
                name or each, "how far its clock is ahead is not told in seconds: NAME=SECONDS"
            ) from error
        if name not in {part.name for part in parts}:
            raise LogError(name or each, "its clock is told, but there is no such file among them")
        found[name] = ahead
    return found
