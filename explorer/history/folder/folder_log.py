"""What stands in for the log of which a history folder was made, and gives its bytes if that is there?

The folder tells how the log is called and written. An event's own bytes are read from the log where it stood, by
range, once it has been made sure that it still has the bytes of which the folder was made; else it is said that they
are not at hand.
"""

import contextlib
import itertools
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from explorer.eventlog.errors import LogError, OutOfReach
from explorer.eventlog.event import Batch, Event, Record, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.formats import Format
from explorer.eventlog.kept_open import KeptOpen
from explorer.eventlog.log import EventLog, open_again, open_log
from explorer.eventlog.scanner.shares import Scan
from explorer.eventlog.source import Source
from explorer.eventlog.sources.address import is_address
from explorer.eventlog.text import Text
from explorer.history.folder.manifest import LogAbout, SourcePart
from explorer.history.folder.row_groups import RowGroups


class NotAtHand(OutOfReach):
    """The bytes of an event are wanted, and the log in which they stand is not there."""


class FormatAlone(Format):
    """How a log is written that is not at hand."""

    def __init__(self, about: LogAbout) -> None:
        self.name = about.format_parts[0] if about.format_parts else ""
        self.columns = about.columns
        self.by_rows, self.by_time = about.by_rows, about.by_time
        self.text = _TextAlone(about.encoding)

    def batches(self, make: EventMaker) -> Iterator[Batch]:  # noqa: ARG002
        """There is nothing to read."""
        return iter(())

    def record(self, raw: bytes) -> Record:  # noqa: ARG002
        """There is no record."""
        return {}


class _TextAlone(Text):
    def __init__(self, encoding: str) -> None:
        self.encoding, self.guessed, self.base, self.units = encoding, False, 0, 0
        self.is_utf8 = encoding == "utf-8"
        self.width = 2 if encoding.startswith("utf-16") else 1


class FolderLog(EventLog):
    """A log as a history folder tells it; `EventLog` says what each of its parts is.

    Attributes:
        of: What the log is called of which the folder was made.
        beside: The folder in which the folder stands, where the log may stand, too; None elsewhere.
    """

    def __init__(self, about: LogAbout, groups: RowGroups, seal: str, beside: Path | None) -> None:
        self._about, self._groups, place = about, groups, groups.place
        self.of, self.beside = about.name, beside
        self.name = place.name
        self.path = None if beside is None else Path(place.text)
        self.address = place.text if beside is None else None
        self.live = False
        self.fields, self.profile, self.read_as = about.fields, about.profile, about.read_as
        self.candidates = about.candidates
        self.format_parts = ["history folder", *about.format_parts]
        self.format = ", ".join(self.format_parts)
        self.size_bytes = self.whole_bytes = sum(part.bytes for part in about.parts)
        self.fingerprint, self.stamp = seal, None
        self.chosen = lambda given: given or self.fields
        self._alone = FormatAlone(about)
        self._log: EventLog | None = None
        self._logs: list[EventLog] = []
        self._bases = list(itertools.accumulate((part.bytes for part in about.parts[:-1]), initial=0))
        self._missing: NotAtHand | None = None
        self._looking = threading.Lock()
        self._kept_open = KeptOpen(self._let_go)

    # -- the log itself, where it is there ---------------------------------------------------------------------

    @property
    def at_hand(self) -> EventLog:
        """The log, or its first part, open, with the bytes of which the folder was made. Slow the first time.

        Raises:
            NotAtHand: It is not there, or has other bytes by now.
        """
        with self._looking:
            if self._log is None and self._missing is None:
                try:
                    self._logs = self._found()
                    self._log = self._logs[0]
                except NotAtHand as error:
                    self._missing = error
            if self._log is not None:
                return self._log
        assert self._missing is not None
        raise NotAtHand(self.name, self._missing.reason)

    @property
    def missing(self) -> str:
        """See `EventLog`."""
        return "" if self._missing is None else self._missing.reason

    @property
    def itself(self) -> EventLog:
        """See `EventLog.itself`."""
        log = self.at_hand
        if len(self._logs) > 1:
            raise NotAtHand(
                self.name, "this looks at a whole log, and that of this folder has several parts: open them"
            )
        return log

    def sequences(self, raws: Sequence[bytes]) -> list[int | None]:
        """See `EventLog`."""
        return self.at_hand.sequences(raws)

    def _found(self) -> list[EventLog]:
        """All parts of the log, open."""
        found: list[EventLog] = []
        try:
            found.extend(map(self._part, self._about.parts))
        except NotAtHand:
            for log in found:
                log.close()
            raise
        if not found:
            raise NotAtHand(self.name, f"{self._what(self.of)}, was no file")
        return found

    def _what(self, name: str) -> str:
        return f"the bytes of its events are not at hand: the log {name}, of which this folder was made"

    def _part(self, part: SourcePart) -> EventLog:
        """One part, open, once it is known to have the bytes of which the folder was made."""
        was, made = Path(part.path), part.made
        what = self._what(was.name or self.of)
        if is_address(part.path):
            raise NotAtHand(self.name, f"{what}, is at {part.path}, where only a cluster reads it")
        if not part.path or made is None:
            raise NotAtHand(self.name, f"{what}, was no file")
        for path in [was] if self.beside is None else [was, self.beside / was.name]:
            if path.as_posix().startswith("//") or not path.is_file():  # never a machine that a folder names
                continue
            log = self._opened(path, made.size_bytes)
            if log is None:
                continue
            same = made.seen and made.fingerprint == log.fingerprint
            if log.size_bytes >= made.size_bytes and (same or made.bytes_of(log) in {"same", "grown"}):
                return log
            log.close()
            raise NotAtHand(self.name, f"{what}, has other bytes by now")
        raise NotAtHand(self.name, f"{what}, is not where it was")

    def _at(self, offset: int) -> tuple[EventLog, int]:
        """The part of the log in which a byte stands, and where in it."""
        first = self.at_hand
        at = bisect_right(self._bases, offset) - 1
        return (self._logs[at] if at else first), offset - self._bases[at]

    def _opened(self, path: Path, size_bytes: int) -> EventLog | None:
        with contextlib.suppress(LogError):
            return open_log(path, self.fields, read_as=self.read_as, profile=self.profile)
        with contextlib.suppress(LogError):  # no record of its beginning has what is named
            return open_again(path, self.fields, self.read_as, self.profile, size_bytes)
        return None

    def _let_go(self) -> None:
        self._groups.close()
        for log in self._logs:
            log.close()

    # -- what the folder tells by itself -----------------------------------------------------------------------

    @property
    def _form(self) -> Format:  # type: ignore[override]
        return self._alone if self._log is None else self._log.form

    @property
    def by_lines(self) -> bool:
        """The folder has no lines."""
        return False

    @property
    def written(self) -> None:
        """Nothing is known of records' bytes before they are read."""
        return

    def place(self, offset: int, length_bytes: int) -> str:
        """Nothing beyond the line and the byte."""
        if self._log is None:
            return ""
        log, at = self._at(offset)
        return log.place(at, length_bytes)

    @property
    def damage_reason(self) -> str | None:
        """What is wrong with the log's end stands among the unread."""
        return None

    # -- what only the log tells -------------------------------------------------------------------------------

    def first_records(self, most: int) -> list[Record]:
        """See `EventLog`."""
        return self.at_hand.first_records(most)

    def records_as_found(self, most: int) -> list[Record]:
        """See `EventLog`."""
        return self.at_hand.records_as_found(most)

    def batches(self) -> Iterator[Batch]:
        """See `EventLog`."""
        return self.itself.batches()

    def batches_from(self, unit: int) -> Iterator[Batch]:
        """See `EventLog`."""
        return self.at_hand.batches_from(unit)

    def scan(self) -> Scan | None:
        """See `EventLog`."""
        return self.at_hand.scan()

    def odd_end(self, position: int, line: int, after: int, lines: int) -> list[Unread]:
        """See `EventLog`."""
        return self.at_hand.odd_end(position, line, after, lines)

    def decode(self, offset: int, length_bytes: int, position: int) -> Event:
        """See `EventLog`."""
        log, at = self._at(offset)
        return log.decode(at, length_bytes, position)

    def decode_raw(self, raw: bytes, position: int, offset: int = 0) -> Event:
        """See `EventLog`."""
        return self.at_hand.decode_raw(raw, position, offset)

    def raw(self, offset: int, length_bytes: int) -> bytes:
        """See `EventLog`."""
        log, at = self._at(offset)
        return log.raw(at, length_bytes)

    def read_into(self, offset: int, room: memoryview) -> int:
        """See `EventLog`."""
        log, at = self._at(offset)
        return log.read_into(at, room)

    def stored(self, offset: int, length_bytes: int) -> bytes:
        """See `EventLog`."""
        log, at = self._at(offset)
        return log.stored(at, length_bytes)

    def event_of(self, position: int, record: Record) -> Event:
        """See `EventLog`."""
        return self.at_hand.event_of(position, record)

    def time_texts(self, raws: Sequence[bytes]) -> list[str | None]:
        """See `EventLog`."""
        return self.at_hand.time_texts(raws)

    def kind_texts(self, raws: Sequence[bytes]) -> list[str | None]:
        """See `EventLog`."""
        return self.at_hand.kind_texts(raws)

    def checksum(self, size_bytes: int, begin: int = 0, key: bytes = b"") -> str:
        """See `EventLog`."""
        return (
            self.at_hand.checksum(size_bytes, begin, key) if key else self.at_hand.checksum(size_bytes, begin)
        )

    @property
    def file(self) -> int:
        """See `EventLog`."""
        return self.at_hand.file

    @property
    def source(self) -> Source:
        """See `EventLog`."""
        return self.at_hand.source
