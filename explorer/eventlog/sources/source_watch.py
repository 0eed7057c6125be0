"""What has come in the source of an open log since it was read, and is the connection there?"""

import os
import time

from explorer.eventlog.errors import LogError
from explorer.eventlog.file_watch import FileChange
from explorer.eventlog.log import EventLog
from explorer.eventlog.sources.feed import ConnectionLost, PasswordNeeded

EVERY_S = 1.0
LONGEST_S = 30.0  # between two tries, while the connection is lost


class SourceWatch:
    """Asks the source of one log now and then, and takes what has come. Only one thread may call it.

    Args:
        log: An open log of a source that can be followed.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._next_s = 0.0
        self._pause_s = EVERY_S
        self._last = FileChange("same")

    def prepare(self) -> None:
        """Nothing is to be remembered: the source itself knows what was read."""

    def look(self) -> FileChange:
        """What has become of it; what has come is there for `read_otherwise`."""
        now_s = time.monotonic()
        if now_s >= self._next_s:
            self._last = self._asked()
            self._next_s = time.monotonic() + self._pause_s
        return self._last

    def _asked(self) -> FileChange:
        hold = (
            self._log.hold()
        )  # nobody may close the file while it is written to: its number would be another's
        try:
            return self._fetched()
        finally:
            hold.release()

    def _fetched(self) -> FileChange:
        try:
            self._log.source.fetch_more()
        except PasswordNeeded as error:
            self._pause_s = LONGEST_S
            return FileChange("lost", reason=error.reason)
        except ConnectionLost as error:
            self._pause_s = min(2 * self._pause_s, LONGEST_S)
            return FileChange("lost", reason=error.reason)
        except LogError as error:
            self._pause_s = LONGEST_S
            return FileChange("changed", reason=error.reason)
        self._pause_s = EVERY_S
        try:
            grown = os.fstat(self._log.file).st_size > self._log.whole_bytes
        except ValueError:  # it has been closed meanwhile
            grown = False
        return FileChange("grown" if grown else "same")
