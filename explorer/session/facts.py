"""What is known about an open log as a whole?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from explorer.eventlog.event import FieldMap, Unread
from explorer.eventlog.log import EventLog
from explorer.history.chunks import Problem
from explorer.history.collect import Collected
from explorer.history.events import Events
from explorer.history.history import History
from explorer.language import tr
from explorer.projection.model import ReadModel
from explorer.projection.upcasting import UpcastingModel
from explorer.sentences import translated
from explorer.session.plaintext import visible


class LogFacts:
    """Where a log is, how it is written, and how much of it is odd."""

    def __init__(self, collected: Collected) -> None:
        self._collected = collected
        self._log = collected.events.log
        self._problems_of: Collected | History = collected  # who met the problems that are told

    @property
    def log(self) -> EventLog:
        """The open log itself."""
        return self._log

    @property
    def collected(self) -> Collected:
        """All that was read of it."""
        return self._collected

    @property
    def name(self) -> str:
        """The file's name."""
        return self._log.name

    @property
    def path(self) -> str | None:
        """Where the file is, or the address of the source, without a password; None for standard input."""
        return self._log.address if self._log.path is None else str(self._log.path)

    @property
    def format_text(self) -> str:
        """`JSON Lines, gzip`: what the content turned out to be."""
        return ", ".join(map(translated, self._log.format_parts))

    @property
    def fields(self) -> FieldMap:
        """Which field of a record holds what, as guessed or set."""
        return self._log.fields

    @property
    def candidates(self) -> dict[str, list[str]]:
        """The fields that could be the type, time, entity and data."""
        return self._log.candidates

    @property
    def read_model(self) -> ReadModel:
        """How state is derived from the log's events."""
        return self._collected.model

    @property
    def projection_name(self) -> str:
        """The read model's name."""
        return self._collected.model.name

    @property
    def noun(self) -> str:
        """What one entity is called."""
        return self._collected.model.noun

    @property
    def event_count(self) -> int:
        """How many events could be read: the last position."""
        return len(self._collected.events)

    @property
    def complete(self) -> bool:
        """Whether the whole log has been read; if not, only its beginning is here."""
        return self._collected.complete

    @property
    def unread_count(self) -> int:
        """How many stretches of the log could not be read as events; what stands around a table is none of them."""
        return sum(not each.aside for each in self._collected.events.unread)

    @property
    def notice_count(self) -> int:
        """How many warnings there are about events that were read."""
        return len(self._collected.events.notices)

    @property
    def problem_count(self) -> int:
        """How many events of a known type the read model could not apply."""
        return len(self.problems) + sum(self._problems_of.unlisted.values())

    @property
    def problems(self) -> Sequence[Problem]:
        """The events of a known type that the read model could not apply, by their position in log order.

        Of very many of one kind only the first; `problem_count` counts them all. In another order of time a program
        may fail at other events.
        """
        return self._problems_of.problems

    @property
    def events(self) -> Events:
        """The log as columns."""
        return self._collected.events

    @property
    def out_of_order_count(self) -> int:
        """How many events happened before an event recorded earlier."""
        return len(self._collected.events.out_of_order)

    @property
    def unknown_types(self) -> dict[str, int]:
        """Event types that the read model does not know, with their counts, the most frequent first.

        What ends an entity is no such event.
        """
        return dict(self._unknown)

    @cached_property
    def _unknown(self) -> Mapping[str, int]:
        events, history = self._collected.events, self._problems_of
        # in one order, whoever read which of them first
        unknown = dict(sorted(self._collected.unknown.items(), key=lambda each: (-each[1], each[0])))
        if not unknown or not isinstance(history, History):
            return unknown
        places = history.followed
        ends = Counter(events.type_names[int(events.types[at - 1])] for at in places.tolist())
        return {name: left for name, count in unknown.items() if (left := count - ends[name]) > 0}

    @property
    def upcasting(self) -> UpcastingModel | None:
        """The steps that lift old events, if there are any."""
        model = self._collected.model
        return model if isinstance(model, UpcastingModel) else None

    @property
    def schemas(self) -> Mapping[str, int]:
        """How many events of each schema version, as `UpcastingModel.schema` tells it; empty without upcasters."""
        return self._collected.schemas

    @property
    def unread_reasons(self) -> list[str]:
        """The first things that could not be read, each as a sentence with its place."""
        return [
            f"{self.place_of(unread)}: {translated(unread.reason)}"
            for unread in self._collected.events.unread[:100]
        ]

    def place_of(self, unread: Unread) -> str:
        """Where something stands that could not be read; in a database it is a row."""
        if place := self._log.place(unread.offset, min(unread.length_bytes, 4_096)):
            return visible(translated(place))
        if self._log.by_rows:
            return tr("row {line:,}").format(line=unread.line)
        return tr("line {line:,}, column {column:,}, byte {byte:,}").format(
            line=unread.line, column=unread.column, byte=unread.byte
        )

    @property
    def line_end(self) -> bytes:
        """A line break in the log's encoding."""
        return self._log.encode("\n")
