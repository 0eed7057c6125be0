"""What does a query name that the log does not have?"""

from collections.abc import Callable
from typing import Protocol

from explorer.eventlog.errors import LogError
from explorer.eventlog.names import Names
from explorer.projection.choose import queries_of
from explorer.projection.members import KnownLog, Members, UnknownName
from explorer.projection.model import ReadModel
from explorer.projection.upcasting import UpcastingModel

type Has = Callable[[str, str], bool]


class Typed(Protocol):
    """Events."""

    @property
    def type_names(self) -> Names[str]:
        """Their types."""


class ReadLog(Protocol):
    """What was read of a log."""

    @property
    def model(self) -> ReadModel:
        """For which read model."""

    @property
    def events(self) -> Typed:
        """The events."""

    @property
    def members(self) -> Members:
        """What they have."""


def unknown_names(model: ReadModel, read: ReadLog, has: Has | None = None) -> list[UnknownName]:
    """What a query names and a log does not have; nothing for another read model.

    Args:
        model: The query.
        read: What was read of the log, for this read model or for another one.
        has: Whether an event has an `id`, or is about an `entity`; None if nobody looks.
    """
    queries = queries_of(model)
    if not queries:
        return []
    types = set(read.events.type_names.values)
    lifting = isinstance(read.model, UpcastingModel)
    if isinstance(read.model, UpcastingModel):
        types |= set(read.model.chain.newest)
    known = KnownLog(read.members.tree(lifted=lifting), types, has)
    return [finding for query in queries for finding in query.findings(known)]


def check_names(model: ReadModel, read: ReadLog) -> None:
    """Be sure that a query names only members that the log has.

    Raises:
        LogError: It names another one; says what is near, and where in the query.
    """
    for finding in unknown_names(model, read):
        if finding.fatal:
            raise LogError(model.name, finding.reason, line=finding.line, column=finding.column)
