"""How does a person's file become a log of events that can be read again and again?"""

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

from explorer.eventlog.content_sum import OWN_KEY, STRETCH_BYTES, StretchSums, joined, stretch_sums
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Batch, Event, FieldMap, Notice, Record
from explorer.eventlog.extract import JOINED, event_maker
from explorer.eventlog.field_choice import chosen_fields, dated_fields, note_dates, records_with
from explorer.eventlog.fields import SAMPLE_RECORDS, guess_fields
from explorer.eventlog.formats import Format
from explorer.eventlog.json_lines import read_stretch
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.kept_open import Hold, KeptOpen
from explorer.eventlog.lines import Stretch
from explorer.eventlog.log_end import LogEnd
from explorer.eventlog.one_member import SoonTold
from explorer.eventlog.opaque import Look, looker
from explorer.eventlog.profiles.no_events import events_alone, events_of, leave_out, leaving_out, no_event
from explorer.eventlog.profiles.profile import PLAIN, Profile, as_told
from explorer.eventlog.profiles.shipped import Naming, profile_of
from explorer.eventlog.profiles.spelling import spelled
from explorer.eventlog.profiles.tables import told_of_table
from explorer.eventlog.profiles.unwrapping import unwrapped, unwrapper, unwrapping
from explorer.eventlog.read_as import AS_FOUND, ReadAs
from explorer.eventlog.scanner.shares import Scan
from explorer.eventlog.scanner.unwrapped import Hows, columnar_of
from explorer.eventlog.sniff import recognise
from explorer.eventlog.source import Source, Told
from explorer.eventlog.sources.registered import reach
from explorer.eventlog.whose import whose

_SAMPLE_BYTES = 8 << 20
_CUT_BYTES = 1 << 14
_LONGEST_CUT_BYTES = 1 << 20


def open_log(
    path: str | os.PathLike[str],
    fields: FieldMap | None = None,
    *,
    read_as: ReadAs = AS_FOUND,
    profile: Profile | Naming | None = None,
    spool_dir: Path | None = None,
    told: Told | None = None,
) -> "EventLog":
    """Open a log for reading; its format and fields are found from its content.

    Args:
        path: The file, "-" for standard input, or the address of a source.
        fields: Members that are not None take the place of what would be guessed; `data="."` is the record itself.
        read_as: What a person said of how it is written.
        profile: How its records become events, or what says that of a sample of them; None: one that fits it, or what
            is guessed.
        spool_dir: Where packed logs and standard input are unpacked to, unseen; the system's place if None.
        told: Is told how many rows of a source are there, and says whether more are wanted.

    Raises:
        LogError: It cannot be opened, it is no event log, or no record has one of the fields that were named.
            (Damage inside a log is no error.)
    """
    return log_of(Source(path, spool_dir, told, partial(reach, open_log=open_log)), fields, read_as, profile)


def adopt_log(
    file: int,
    name: str,
    damage: str | None,
    fields: FieldMap | None,
    size_bytes: int,
    read_as: ReadAs = AS_FOUND,
    profile: Profile = PLAIN,
) -> "EventLog":
    """A log that another process has opened: the same bytes, as far as they go for it, by the descriptor `file`."""
    source = Source.adopt(file, name, damage)
    source.size_bytes = min(source.size_bytes, size_bytes)
    try:
        form = recognise(source, read_as)
        return EventLog(source, form, fields, read_as=read_as, profile=profile, adopted=True)
    except BaseException:
        source.close()
        raise


def open_again(
    path: Path, fields: FieldMap, read_as: ReadAs, profile: Profile, size_bytes: int
) -> "EventLog":
    """A log that was read before, in the way in which it was: as far as it went then, and nothing is guessed.

    Raises:
        LogError: It cannot be opened.
    """
    source = Source(path)
    source.size_bytes = min(source.size_bytes, size_bytes)
    try:
        form = recognise(source, as_told(profile, read_as))
        return EventLog(source, form, fields, read_as=read_as, profile=profile, adopted=True)
    except BaseException:
        source.close()
        raise


def read_otherwise(
    log: "EventLog",
    fields: FieldMap | None,
    read_as: ReadAs,
    profile: Profile | Naming | None,
    *,
    further: bool = False,
) -> "EventLog":
    """The same bytes, read in another way or `further`: with what a source has told since; what was open stays so.

    Arguments and errors as of `open_log`.
    """
    source = log.source.again()
    if not further:
        source.size_bytes = min(source.size_bytes, log.size_bytes)
    return log_of(source, fields, read_as, profile)


def log_of(
    source: Source, fields: FieldMap | None, read_as: ReadAs, profile: Profile | Naming | None
) -> "EventLog":
    """The log that the bytes of a source are, which is closed with it. Arguments and errors as of `open_log`."""
    try:
        form = recognise(source, as_told(profile, read_as))
        return EventLog(source, form, fields, read_as=read_as, profile=profile)
    except BaseException:
        source.close()
        raise


class EventLog(SoonTold, LogEnd):
    """One open log, read-only. `decode` and `raw` may be called from several threads.

    Attributes:
        name: The file's name, for display.
        path: Where it is; None for standard input and for a source.
        address: Where its source is, if it comes from one; without a password.
        live: Whether its source tells what has come since.
        format: What it is, for display (`JSON Lines, gzip`).
        fields: Which field holds what.
        profile: How records become events: one that was named, one that comes with the program, or what was guessed.
        candidates: For each role ("type", "time", "entity", "data", "sequence", "id") the paths that
            would do, best first.
        read_as: How it is written, as far as it has to be said to read it so again.
        fingerprint: Differs when the file is another one or other bytes stand at its ends.
        stamp: What its file was like when it was opened; None for standard input.
        noted: The sums of its file's bytes before events were read, of a log that was written to just then.
        far: Where its file is if only a cluster reaches it, see `history.engines.far_files`.
    """

    noted: StretchSums | None = None
    far = ""

    def __init__(
        self,
        source: Source,
        form: Format,
        fields: FieldMap | None = None,
        *,
        read_as: ReadAs = AS_FOUND,
        profile: Profile | Naming | None = None,
        adopted: bool = False,
    ) -> None:
        self._source = source
        self._kept_open = KeptOpen(source.close)
        self._form = form
        self._begin_end(adopted=adopted)
        self.name = source.name
        self.path = source.path
        self.address = source.address
        self.live = source.feed is not None and source.feed.live
        self.fingerprint = source.fingerprint
        self.stamp = source.stamp
        if form.text.guessed or read_as.encoding is not None:
            read_as = msgspec.structs.replace(read_as, encoding=form.text.encoding)
        self.read_as = self._asked = read_as
        self.candidates: dict[str, list[str]] = {}
        self.chosen: Callable[[FieldMap | None], FieldMap]  # as `chosen_fields`, for this log
        if adopted and fields is not None:  # its fields are known; nothing is guessed or looked for again
            self.profile = profile if isinstance(profile, Profile) else PLAIN
            unwrap = unwrapper(self.profile.unwrap)
            self.fields = fields
            self.chosen = lambda given: given or self.fields
        else:
            self.read_as = as_told(profile, read_as)  # as it was recognised
            raw = self.first_records(SAMPLE_RECORDS)
            known = form.fields is not None and profile is None  # the format says itself what is what
            self.profile = PLAIN if known else profile_of(raw, profile, self.columns)
            told = as_told(self.profile, self.read_as, guessed=form.text.guessed)
            self.profile, told = told_of_table(form, told, self.profile, raw)
            if told != self.read_as:
                self.read_as, form = told, recognise(source, told)
                self._form = form
                raw = self.first_records(SAMPLE_RECORDS)
                self.profile = spelled(self.profile, raw)
            unwrap = unwrapper(self.profile.unwrap)
            sample = unwrapped(events_alone(raw, self.profile.no_events), unwrap)
            guessed, self.candidates = guess_fields(sample)
            guessed = whose(self.profile.field_map(form.fields or guessed), sample)
            late, names = partial(records_with, source, form, unwrap=unwrap), self.columns
            self.chosen = partial(chosen_fields, self.name, guessed, sample=sample, late=late, columns=names)
            self.fields = dated_fields(self.chosen(fields), sample, form, unwrap, self.read_as.dates)
        dated = {"d": "dates with the day first", "m": "dates with the month first"}
        shown = (form.name, form.text.shown, source.packing, dated.get((self.fields.dates or "")[:1], ""))
        self.format_parts = [part for part in shown if part]
        self.format = ", ".join(self.format_parts)
        self._no_event = no_event(self.profile.no_events)
        self._make = form.maker(leaving_out(unwrapping(event_maker(self.fields), unwrap), self._no_event))

    def _sample(self) -> Iterator[Event]:
        for batch in self._form.batches(event_maker(FieldMap())):
            yield from batch.events
            if batch.done_bytes > _SAMPLE_BYTES:
                return

    def first_records(self, most: int) -> list[Record]:
        """Its first records as they stand there, before a profile unwraps them."""
        return [event.record for event in itertools.islice(self._sample(), most)]

    def records_as_found(self, most: int) -> list[Record]:
        """The same as the log is read when nothing is known of it but what a person said: they tell its shape."""
        try:
            form = recognise(self._source, self._asked)
        except LogError:
            return self.first_records(most)
        events = (event for batch in form.batches(event_maker(FieldMap())) for event in batch.events)
        return [event.record for event in itertools.islice(events, most)]

    def batches(self) -> Iterator[Batch]:
        """Read the log once, from its beginning, in steps of about half a mebibyte.

        Raises:
            LogError: The medium failed while it was read.
        """
        self._end()
        position, line, after, lines = 0, 1, -1, 0
        for batch in events_of(self._form.batches(self._make), self._no_event):
            if batch.events:
                position, line = batch.events[-1].position, batch.lines[-1]
            if batch.unread:
                line, after = max(line, batch.unread[-1].line), batch.unread[-1].byte
            lines = batch.done_lines
            if self._form.text.guessed and batch.events and batch.events[0].position == 1:
                batch.notices.insert(0, self._form.text.remark(batch.lines[0], batch.offsets[0]))
            note_dates(batch, self.fields.dates)
            yield batch
        if odd := self.odd_end(position, line, after, lines):
            yield Batch(unread=odd, done_bytes=self.size_bytes, done_lines=lines + len(self._torn))

    def scan(self) -> Scan | None:
        """What reads the log by compiled loops; None if its format has none. See `remarks`, `odd_end`."""
        return self._form.scan(self._make)

    def remarks(self, line: int, byte: int) -> list[Notice]:
        """What is to be said of the whole log at its first event, which stands there."""
        return [self._form.text.remark(line, byte)] if self._form.text.guessed else []

    @property
    def says_itself(self) -> bool:
        """Whether its format says which member is what, as a statement of a bank does: no profile is looked for."""
        return self._form.fields is not None

    @property
    def opaque_payload(self) -> Look | None:
        """What says of a record why its payload cannot be looked into; None if no record has one that could be."""
        return looker(self.fields, declared=self.profile.names_payload)

    @property
    def written_plainly(self) -> bool:
        """Whether what stands in its records is what its events say: lines that are alike can be read together."""
        if self._no_event is not None:
            return False
        joined = any(JOINED in path for path in msgspec.structs.astuple(self.fields) if path)
        return not joined and not self.fields.zone and (not self.profile.unwrap or self.unwraps is not None)

    @cached_property
    def unwraps(self) -> Hows | None:
        """How values in records are unwrapped, if many can be together; None if none are, or only one by one."""
        return columnar_of(self._form, self.profile.unwrap)

    @property
    def by_lines(self) -> bool:
        """Whether any stretch of whole lines can be read by itself."""
        return self._form.by_lines and not self.fields.dates

    @property
    def written(self) -> Literal["object", "member"] | None:
        """What the bytes of a record are, where they are JSON in UTF-8 that is the record; see `Format.written`."""
        return None if self.profile.unwrap else self._form.written

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns of a table of text (CSV); none for other logs."""
        return self._form.columns

    @property
    def damage_reason(self) -> str | None:
        """Why the unpacked bytes end early, if they do."""
        return self._source.damage

    @property
    def file(self) -> int:
        """The descriptor of the unpacked log, for a process that reads a part of it."""
        return self._source.file

    def byte_of(self, unit: int) -> int:
        """Where a unit of the text stands in the log."""
        return self._form.text.byte(unit)

    def stretch(self, unit: int, length: int) -> Stretch:
        """Some units of a log that is read by lines."""
        return Stretch(unit, self._form.text.read(unit, length))

    def stretch_into(self, unit: int, room: memoryview) -> int:
        """Fill `room` with the units from `unit` on; returns how many there are."""
        return self._form.text.read_into(unit, room)

    def cut(self, unit: int, length: int) -> int | None:
        """Where a stretch of about `length` units that begins at `unit` ends: behind a newline, or with a log of lines.

        None if a line there is so long that the log should be read from `unit` on in one go.
        """
        text = self._form.text
        end = unit + length
        while self.goes_beyond(text.byte(end)):
            found = text.read(end, _CUT_BYTES).find(b"\n")
            if found >= 0:
                return end + found + 1
            end += _CUT_BYTES
            if end > unit + length + _LONGEST_CUT_BYTES:
                return None
        return text.units

    def unit_at(self, byte: int) -> int | None:
        """The unit of the text that stands at a byte, where units are bytes."""
        unit = byte - self.byte_of(0)
        return unit if self.by_lines and unit >= 0 and self.byte_of(unit) == byte else None

    def checksum(self, size_bytes: int, begin: int = 0, key: bytes = OWN_KEY) -> str:
        """A sum of the unpacked bytes before `size_bytes`: every one counts. About 0.3 s for a gigabyte.

        Args:
            size_bytes: Where they end.
            begin: Where they begin.
            key: By which they are summed up; another key gives another sum.
        """
        known: list[bytes] = []
        noted = self.noted
        if noted is not None and noted.key == key and not begin and self._source.in_file:
            known = noted.sums[: min(size_bytes, self.size_bytes) // STRETCH_BYTES]
        begin += len(known) * STRETCH_BYTES
        return joined([*known, *stretch_sums(self.read_into, begin, size_bytes, key)])

    def read_stretch(self, batch: Batch, stretch: Stretch, position: int, line: int) -> int:
        """Read whole lines exactly into `batch`; returns the number of the line after them."""
        after = read_stretch(self._form.text, self._make, batch, stretch, position, line, b"\n")
        if self._no_event is not None:
            leave_out(batch)
        return after

    def batches_from(self, unit: int) -> Iterator[Batch]:
        """Read a log of lines from `unit` on, as if it began there."""
        self._end()
        return events_of(self._form.batches_from(self._make, unit), self._no_event)

    def decode(self, offset: int, length_bytes: int, position: int) -> Event:
        """Read one event again from its place, as a batch gave it.

        Raises:
            LogError: There is no such event: the file has been changed since.
        """
        return self.decode_raw(self.raw(offset, length_bytes), position, offset)

    def decode_raw(self, raw: bytes, position: int, offset: int = 0) -> Event:
        """The same for the bytes of an event that have been read already.

        Raises:
            LogError: They are none.
        """
        try:
            record = self._form.record_at(raw, offset)
        except (JsonFault, UnicodeDecodeError) as error:
            reason = "the event that stood here cannot be read any more; has the file been changed?"
            raise LogError(self.name, reason, byte=offset) from error
        return self._form.named(self._make(position, record), raw)

    def raw(self, offset: int, length_bytes: int) -> bytes:
        """The bytes as they stand in the (unpacked) log."""
        return self._source.read(offset, length_bytes)

    def read_into(self, offset: int, room: memoryview) -> int:
        """Fill `room` with the bytes from `offset` on; returns how many there are. Makes no bytes of its own."""
        return self._source.read_into(offset, room)

    def event_of(self, position: int, record: Record) -> Event:
        """What a record that is not in the log would be as an event of it."""
        return self._make(position, record)

    @property
    def form(self) -> Format:
        """How it is written."""
        return self._form

    def place(self, offset: int, length_bytes: int) -> str:
        """In which of several files a record stands, and where in it; empty if there is one file."""
        return self._form.place(self.raw(offset, length_bytes))

    def stored(self, offset: int, length_bytes: int) -> bytes:
        """The same as a person knows them: of a row of a database the payload as it is stored."""
        raw = self.raw(offset, length_bytes)
        return self._form.stored(raw)

    @property
    def by_time(self) -> bool:
        """Whether its entries are those of a set, which only their times put in order."""
        return self._form.by_time

    @property
    def by_rows(self) -> bool:
        """Whether it is a table of a database: its entries are rows, no lines of the file."""
        return self._form.by_rows

    def text(self, raw: bytes) -> str:
        r"""The text that `raw` stands for in the log's encoding; bytes that are none as `\xNN`."""
        return self._form.text.decoded(raw, "backslashreplace")

    def encode(self, text: str) -> bytes:
        """The bytes that stand for `text` in the log's encoding; lone surrogates stand for themselves."""
        return self._form.text.encoded(text, "surrogatepass")

    @property
    def missing(self) -> str:
        """Why its bytes are not at hand; empty if they are, or nobody has looked."""
        return ""

    @property
    def itself(self) -> "EventLog":
        """The log whose bytes are read, where this is only what is told of it."""
        return self

    @property
    def source(self) -> Source:
        """Where its bytes come from."""
        return self._source

    def hold(self) -> Hold:
        """Keep the file open until the answer is released, although everybody else closes it."""
        return self._kept_open.hold()

    def close(self) -> None:
        """Let go of the file, once nobody holds it. Safe to call twice."""
        self._kept_open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
