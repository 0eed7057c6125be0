"""What is told of the events that caused another, were caused by it, or belong together with it?"""

from collections.abc import Sequence
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

from explorer.session.document import Document
from explorer.session.events.entries import summary
from explorer.session.events.large import glance, size_text
from explorer.session.plaintext import visible
from explorer.session.reasons.cause_graph import Graph, graph_of
from explorer.session.reasons.causes import Causes, said_by

type Int64s = npt.NDArray[np.int64]


class Relative(NamedTuple):
    """One event, as the person sees it; its position is that of the order on screen."""

    position: int
    at_text: str
    type: str
    entity: str
    summary: str


class Together(Sequence[Relative]):
    """The events of one correlation, in the order on screen; each is read when it is looked at.

    Attributes:
        name: What they have in common, as the log says it; empty if the event names nothing.
        positions: (k,) where they stand, ascending.
    """

    def __init__(self, document: Document, name: str, positions: Int64s) -> None:
        self.name = name
        self.positions = positions
        self._document = document

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> Relative: ...
    @overload
    def __getitem__(self, index: slice) -> list[Relative]: ...
    def __getitem__(self, index: int | slice) -> Relative | list[Relative]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return relative(self._document, int(self.positions[range(len(self))[index]]))


def relative(document: Document, position: int) -> Relative:
    """What is told of the event at a position of the order on screen."""
    event = glance(document.history, position, document.event)
    return Relative(
        position,
        visible(event.at or ""),
        visible(event.type or "–"),
        visible(event.entity or ", ".join(document.history.entities_of(position)), 120),
        size_text(document.history, position) or summary(event),
    )


def graph_at(document: Document, causes: Causes, position: int) -> Graph:
    """The causes and effects of the event at a position of the order on screen, with such positions."""
    history = document.history
    graph = graph_of(causes, history.log_position(position))
    nodes = [
        node._replace(position=history.position_of(node.position)) if node.position else node
        for node in graph.nodes
    ]
    first = history.position_of(graph.first) if graph.first is not None else None
    cycle = history.position_of(graph.cycle) if graph.cycle is not None else None
    return graph._replace(nodes=nodes, first=first, cycle=cycle)


def together(document: Document, causes: Causes, position: int) -> Together:
    """The events of the same correlation as the one at a position of the order on screen."""
    history = document.history
    found = causes.together_with(history.log_position(position))
    name = said_by(causes.names, document.event(position)).correlation or ""
    return Together(document, visible(name, 120), np.sort(history.in_order(found)))


def cause_named_by(causes: Causes, document: Document, position: int) -> str:
    """What the event at a position says has caused it, as text."""
    return visible(said_by(causes.names, document.event(position)).causation or "", 120)
