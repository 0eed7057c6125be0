"""How does a person's file become a log of events that can be read again and again?"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from explorer.eventlog.batch import Batch
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event, FieldMap, Unread
from explorer.eventlog.extract import event_maker
from explorer.eventlog.fields import SAMPLE_RECORDS, guess_fields, overridden
from explorer.eventlog.formats import Format
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.sniff import recognise
from explorer.eventlog.source import Source

_SAMPLE_BYTES = 8 << 20


def open_log(
    path: str | os.PathLike[str], fields: FieldMap | None = None, *, spool_dir: Path | None = None
) -> "EventLog":
    """Open a log for reading; its format and fields are found from its content.

    Args:
        path: The file, or "-" for standard input.
        fields: Members that are not None take the place of what would be guessed.
        spool_dir: Where packed logs and standard input are unpacked to, unseen; the system's place if None.

    Raises:
        LogError: It cannot be opened, or it is no event log. (Damage inside a log is no error.)
    """
    source = Source(path, spool_dir)
    try:
        return EventLog(source, recognise(source), fields)
    except BaseException:
        source.close()
        raise


class EventLog:
    """One open log, read-only. `decode` and `raw` may be called from several threads.

    Attributes:
        name: The file's name, for display.
        path: Where it is; None for standard input.
        format: What it is, for display (`JSON Lines, gzip`).
        fields: Which field holds what.
        candidates: For each role ("type", "time", "entity", "data", "sequence", "id") the paths that
            would do, best first.
        size_bytes: Size of the unpacked bytes.
        fingerprint: Differs when the file is another one or other bytes stand at its ends.
    """

    def __init__(self, source: Source, form: Format, fields: FieldMap | None = None) -> None:
        self._source = source
        self._form = form
        self.name = source.name
        self.path = source.path
        self.size_bytes = source.size_bytes
        self.fingerprint = source.fingerprint
        encoding = "" if form.text.width == 1 else ", UTF-16"
        self.format = form.name + encoding + (f", {source.packing}" if source.packing else "")
        sample = [event.record for event in itertools.islice(self._sample(), SAMPLE_RECORDS)]
        guessed, self.candidates = guess_fields(sample)
        self.fields = overridden(guessed, fields)
        self._make = event_maker(self.fields)

    def _sample(self) -> Iterator[Event]:
        for batch in self._form.batches(event_maker(FieldMap())):
            yield from batch.events
            if batch.done_bytes > _SAMPLE_BYTES:
                return

    def batches(self) -> Iterator[Batch]:
        """Read the log once, from its beginning, in steps of about half a mebibyte.

        Raises:
            LogError: The medium failed while it was read.
        """
        position, line, after = 0, 1, -1
        for batch in self._form.batches(event_maker(self.fields)):
            if batch.events:
                position, line = batch.events[-1].position, batch.lines[-1]
            if batch.unread:
                line, after = max(line, batch.unread[-1].line), batch.unread[-1].byte
            yield batch
        reason = self._source.damage
        text = self._form.text
        spare = (self.size_bytes - text.base) % text.width if self.size_bytes > text.base else 0
        if reason is None and spare:
            reason = "half a UTF-16 character at the end"
        if reason is not None and after < self.size_bytes:
            end = self.size_bytes
            last = Unread(position, line, 1, end, reason, end - spare, spare, incomplete=True)
            yield Batch(unread=[last], done_bytes=end)

    def decode(self, offset: int, length_bytes: int, position: int) -> Event:
        """Read one event again from its place, as a batch gave it.

        Raises:
            LogError: There is no such event: the file has been changed since.
        """
        try:
            record = self._form.record(self.raw(offset, length_bytes))
        except (JsonFault, UnicodeDecodeError) as error:
            reason = "the event that stood here cannot be read any more; has the file been changed?"
            raise LogError(self.name, reason, byte=offset) from error
        return self._form.named(self._make(position, record), self.raw(offset, length_bytes))

    def raw(self, offset: int, length_bytes: int) -> bytes:
        """The bytes as they stand in the (unpacked) log."""
        return self._source.read(offset, length_bytes)

    def text(self, raw: bytes) -> str:
        r"""The text that `raw` stands for in the log's encoding; bytes that are none as `\xNN`."""
        return raw.decode(self._form.text.encoding, errors="backslashreplace")

    def encode(self, text: str) -> bytes:
        """The bytes that stand for `text` in the log's encoding; lone surrogates stand for themselves."""
        return text.encode(self._form.text.encoding, errors="surrogatepass")

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
