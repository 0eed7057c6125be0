"""What is a source of events that is no file, and what does it yield?"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import Address

if TYPE_CHECKING:
    from explorer.eventlog.log import EventLog

type OpenLog = Callable[[str | Path], EventLog]


class ConnectionLost(LogError):  # noqa: N818 - a finding: it is tried again
    """The connection was lost, or cannot be made for now; what was yielded of a first reading is worth nothing."""


class PasswordNeeded(LogError):  # noqa: N818 - a finding: somebody is asked for it
    """No password was given, or one that is not right.

    Attributes:
        address: For what.
    """

    def __init__(self, name: str, reason: str, address: Address) -> None:
        self.address = address
        super().__init__(name, reason)


class Feed(Protocol):
    """One log in a source, reached and found: a table of a database, a topic of a broker. It is a `stores.Store` too.

    Only one thread at a time calls it. Nothing of it ever writes to the source.

    Attributes:
        name: What to call the log in a sentence and in a title: `orders, public.events`. Never with a password in it.
        live: Whether `more` can tell what has come since.
    """

    name: str
    live: bool

    @property
    def shown(self) -> str:
        """For display: `PostgreSQL, table public.events`; what must be known of the source is said here too."""

    @property
    def payload(self) -> str | None:
        """The member of a line that holds the payload as it is stored, see `sqlite.rows`; None if there is none."""

    def lines(self) -> Iterator[bytes | str]:
        r"""Yield the log as it stands now, from its beginning: blocks of whole lines, each a JSON object and `\n`.

        Last, as a `str`, why it ends early if it does. May be called again after `ConnectionLost`: it begins anew then.

        Raises:
            ConnectionLost: The connection was lost.
            LogError: It cannot be read at all.
        """

    def more(self) -> Iterator[bytes]:
        r"""Yield what has come since `lines` or the last `more`, once each, as such blocks; nothing if nothing has.

        Asked every second or so, on a thread that may wait a little. After `ConnectionLost` it connects anew when it is
        called the next time, and goes on where it was. What has been yielded counts as taken.

        Raises:
            ConnectionLost: The connection was lost, or cannot be made for now.
            LogError: What was read is not there any more, or another; it must be read anew.
        """

    def close(self) -> None:
        """Let go of the source. Safe to call twice, and from any thread."""


@runtime_checkable
class OfLogs(Protocol):
    """A feed that is made of several logs has this too: before its lines are asked for, it is told how to open one."""

    def open_by(self, open_log: OpenLog) -> None:
        """Open each of its logs so; the errors of that are those of `lines`."""


class SourceModule(Protocol):
    """What the module of a source has.

    Attributes:
        DRIVER: The package that it needs, as it is imported; heavy, so only imported when it is reached.
        EXTRA: The extra of ours that installs it.
    """

    DRIVER: str
    EXTRA: str

    def reach(self, address: Address, password: str | None) -> Feed:
        """Connect, and find the log.

        Raises:
            ConnectionLost: It cannot be reached for now.
            LogError: There is none, it may not be read, or which of several is meant is not said.
        """

    def candidates(self, address: Address, password: str | None) -> Sequence["Candidate"]:
        """What there is to choose from, the likeliest first. Errors as of `reach`."""


class Candidate(Protocol):
    """One log that a source holds.

    Attributes:
        table: What `?table=` of an address calls it.
        about: What is known of it, in a few words: `Marten, about 12,000 rows`.
        likely: Whether it looks like events.
    """

    table: str
    about: str
    likely: bool
