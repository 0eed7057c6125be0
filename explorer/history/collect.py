"""What did all events do, before it is sorted by entity: one pass over the log?"""

from collections import Counter
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from explorer.eventlog import EventLog
from explorer.eventlog.event import Event
from explorer.history.build import Operands, Touches
from explorer.history.events import Events
from explorer.history.history import History, Order, Problem
from explorer.history.names import Names
from explorer.history.timelines import Timeline
from explorer.projection.model import Field, NotApplicable, ReadModel

type Report = Callable[[int, int], None]

VERSION = Field("version", "count")


class Collected:
    """Everything that one pass over a log yields, for one read model; any order of time is sorted from it."""

    def __init__(self, events: Events, model: ReadModel) -> None:
        self.events = events
        self.model = model
        self.entities: Names[str] = Names()
        self.operands: dict[str, Operands] = {}
        self.touches = Touches()
        self.unknown: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def take(self, event: Event) -> None:
        """Ask the read model what `event` does, and keep the answer."""
        try:
            effects = self.model.effects(event)
        except NotApplicable as finding:
            self.problems.append(Problem(event.position, event.type, str(finding)))
            return
        if effects is None:
            self.unknown[event.type] += 1
            return
        row = event.position - 1
        for effect in effects:
            entity = self.entities.code(effect.entity)
            self.touches.rows.append(row)
            self.touches.entities.append(entity)
            for setting in effect.settings:
                operands = self.operands.get(setting.field)
                if operands is None:
                    operands = self.operands[setting.field] = Operands(self._field(setting.field))
                operands.append(row, entity, setting)

    def history(self, order: Order = "log") -> History:
        """The change index in one order of time."""
        rank: npt.NDArray[np.int64] | None = None
        rows: npt.NDArray[np.int64] | None = None
        if order == "time":
            rows = np.argsort(self.events.known_at_ns, kind="stable")
            rank = np.empty_like(rows)
            rank[rows] = np.arange(len(rows))
        count = len(self.entities)
        timelines: dict[str, Timeline] = {}
        for field in sorted(self.model.fields, key=lambda field: field.keyed_by is not None):
            operands = self.operands.get(field.name) or Operands(field)
            if field.fold == "count":
                timelines[field.name] = self.touches.timeline(field, rank, count)
            else:
                defaults = timelines.get(field.keyed_by) if field.keyed_by else None
                timelines[field.name] = operands.timeline(rank, count, defaults)
        touches = next((line for line in timelines.values() if line.field.fold == "count"), None)
        if touches is None:
            touches = self.touches.timeline(VERSION, rank, count)
        return History(
            self.events,
            fields=self.model.fields,
            entities=self.entities,
            timelines=timelines,
            touches=touches,
            order=order,
            rows=rows,
            problems=self.problems,
        )

    def _field(self, name: str) -> Field:
        return next(field for field in self.model.fields if field.name == name)


def collect(
    log: EventLog, choose_model: Callable[[list[Event]], ReadModel], report: Report | None = None
) -> Collected:
    """Read the whole log once.

    Args:
        log: An open log.
        choose_model: Picks the read model from the log's first events.
        report: Called with (bytes done, bytes in all); may raise to give up.
    """
    events = Events(log)
    collected: Collected | None = None
    for batch in log.batches():
        events.append(batch)
        if collected is None and batch.events:
            collected = Collected(events, choose_model(batch.events))
        if collected is not None:
            for event in batch.events:
                collected.take(event)
        if report is not None:
            report(batch.done_bytes, log.size_bytes)
    events.freeze()
    return collected or Collected(events, choose_model([]))
