"""Where does a log end, and what is wrong there? Of one that is still being unpacked, nobody need know before it is."""

import threading

from explorer.eventlog.event import Unread
from explorer.eventlog.formats import Format
from explorer.eventlog.source import Source
from explorer.eventlog.tail import leave_out_torn

type _Torn = list[tuple[int, int, str, bool]]


class LogEnd:
    """The end of one log.

    Attributes:
        size_bytes: Size of the unpacked bytes; what the writer did not finish behind them is not counted. Who asks for
            it waits until all are unpacked.
        whole_bytes: The same with that.
    """

    _source: Source
    _form: Format
    _torn: _Torn
    _size_bytes: int
    _whole_bytes: int
    _open_end: threading.Lock | None = None  # as long as the end was not looked at

    def _begin_end(self, *, adopted: bool) -> None:
        """Look at the end, or as soon as somebody asks, where that is still being unpacked."""
        self._open_end, self._torn = threading.Lock(), []
        if adopted:
            self._size_bytes = self._whole_bytes = self._source.size_bytes
            self._open_end = None
        elif not self._source.grows or not self._form.by_lines:
            self._end()

    def _end(self) -> None:
        lock = self._open_end
        if lock is None:
            return
        with lock:
            if self._open_end is not None:
                self._whole_bytes = self._source.size_bytes
                self._torn = leave_out_torn(self._source, self._form)
                self._size_bytes = self._source.size_bytes
                self._open_end = None

    @property
    def size_bytes(self) -> int:
        """See above."""
        self._end()
        return self._size_bytes

    @size_bytes.setter
    def size_bytes(self, size_bytes: int) -> None:
        self._size_bytes = size_bytes

    @property
    def whole_bytes(self) -> int:
        """See above."""
        self._end()
        return self._whole_bytes

    @whole_bytes.setter
    def whole_bytes(self, whole_bytes: int) -> None:
        self._whole_bytes = whole_bytes

    @property
    def grows(self) -> bool:
        """Whether it is still being unpacked, as far as anybody knows."""
        return self._open_end is not None

    @property
    def about_bytes(self) -> int:
        """Its size; of a log that is still being unpacked, about."""
        return self._size_bytes if self._open_end is None else self._source.about_bytes

    def goes_beyond(self, byte: int) -> bool:
        """Whether it has more bytes than so many; waits only until that is known.

        Of a log that is still being unpacked, its writer may have finished fewer, see `size_bytes`.
        """
        if self._open_end is not None and self._source.reaches(byte + 1):
            return True
        return self.size_bytes > byte

    def odd_end(self, position: int, line: int, after: int, lines: int) -> list[Unread]:
        """What is wrong with the log's end.

        Args:
            position: How many events were read.
            line: On which line the last of them stands.
            after: The byte of the last thing that was found to be wrong.
            lines: How many lines were read, in a log of lines.
        """
        self._end()
        torn = [
            Unread(position, lines + number, 1, offset, reason, offset, length, incomplete=incomplete)
            for number, (offset, length, reason, incomplete) in enumerate(self._torn, 1)
        ]
        last = self._damage(position, line, after)
        return torn if last is None else [*torn, last]

    def _damage(self, position: int, line: int, after: int) -> Unread | None:
        reason = self._source.damage
        text = self._form.text
        spare = (self.size_bytes - text.base) % text.width if self.size_bytes > text.base else 0
        if reason is None and spare:
            reason = "half a UTF-16 character at the end"
        if reason is not None and after < self.size_bytes:
            end = self.size_bytes
            return Unread(position, line, 1, end, reason, end - spare, spare, incomplete=True)
        return None
