"""Into which shares is a log divided that compiled loops scan, and what does who reads them have to do?"""

from collections.abc import Iterator
from typing import Protocol

import msgspec

from explorer.eventlog.event import Batch
from explorer.eventlog.scanner.blocks import Scanned


class Share(msgspec.Struct, frozen=True):
    """A stretch of a log that can be read by itself.

    Attributes:
        unit, end: Where in the text it begins and ends, half-open; None: it goes to the end of the log.
        line, column: The 1-based ones of its beginning.
        first: Whether the log begins with it.
    """

    unit: int
    end: int | None
    line: int = 1
    column: int = 1
    first: bool = False


class Scan(Protocol):
    """Scans one log, whole or in shares. Each thread needs one of its own; one more cuts the log.

    Attributes:
        met: Whether what was read last ends where the next share begins. If not, then that was no place to cut: what
            was read of all shares behind it does not count, and this scan has the `rest`.
    """

    met: bool

    def shares(self, units: Iterator[int]) -> Iterator[Share]:
        """All of the log, in shares of about as many units as are told for each."""

    def whole(self) -> Iterator[Scanned | Batch]:
        """All of the log."""

    def read(self, share: Share) -> Iterator[Scanned | Batch]:
        """What is in a share; positions count from its beginning, lines from that of the log.

        What a part is made of is gone when the next one is asked for.
        """

    def rest(self) -> Iterator[Scanned | Batch]:
        """Go on behind what was read last, to the end of the log; positions go on too.

        Whatever is read meanwhile, and no path is known that was met there.
        """
