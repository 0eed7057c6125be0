"""Which events caused another, were caused by it or belong with it: who stands where, and what is told of each?"""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from explorer.history.changes import OnDemand
from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.events.entries import summary
from explorer.session.events.envelope import glance, size_text
from explorer.session.plaintext import visible
from explorer.session.reasons.causes import Causes, said_by

type Relation = Literal["cause", "here", "effect", "outside"]

MOST_BACK = 20  # causes that are drawn, the nearest
MOST_AHEAD = 60  # effects that are drawn, the nearest
MOST_STEPS = 1_000  # of a chain that are counted: the graph is drawn anew at every move of the playhead
MOST_OF_ONE = 12  # effects of one event that are drawn


class Node(NamedTuple):
    """One event of the graph.

    Attributes:
        position: Where it stands in the log; 0 for a cause that is not in it.
        column: How many steps after the first cause that is drawn.
        row: Its line, from the top.
        relation: What it is to the event that was asked about.
        parent: The number of the node that caused it; None for the first.
        more: How many more effects it has than are drawn.
    """

    position: int
    column: int
    row: int
    relation: Relation
    parent: int | None
    more: int = 0


class Graph(NamedTuple):
    """The nodes, each after its cause, and what is not drawn.

    Attributes:
        nodes: Every node.
        here: The number of the one that was asked about.
        hidden_causes: How many earlier causes there are.
        hidden_effects: How many effects are not drawn, as far as they were counted.
        counted_all: Whether the counts are complete.
        first: The position of the very first cause, if it is not drawn.
        cycle: The position at which the chain of causes comes back to itself.
    """

    nodes: list[Node]
    here: int
    hidden_causes: int = 0
    hidden_effects: int = 0
    counted_all: bool = True
    first: int | None = None
    cycle: int | None = None


def graph_of(causes: Causes, position: int) -> Graph:
    """The causes of the event at `position` back to the first, and its effects. Bounded, whatever the log says."""
    back, cycle, whole = _back(causes, position)
    drawn = back[:MOST_BACK]
    outside = (
        len(drawn) == len(back) and cycle is None and whole and causes.names_a_cause((back or [position])[-1])
    )
    nodes: list[Node] = []
    if outside:
        nodes.append(Node(0, 0, 0, "outside", None))
    for each in reversed(drawn):
        more = len(causes.effects_of(each)) - 1
        nodes.append(Node(each, len(nodes), 0, "cause", len(nodes) - 1 if nodes else None, max(more, 0)))
    here = len(nodes)
    nodes.append(Node(position, here, 0, "here", here - 1 if nodes else None))
    seen = {position, *back}
    hidden, counted_all = _ahead(causes, nodes, here, seen)
    _place(nodes, here)
    return Graph(
        nodes,
        here,
        hidden_causes=len(back) - len(drawn),
        hidden_effects=hidden,
        counted_all=counted_all and whole,
        first=back[-1] if len(back) > len(drawn) and whole else None,
        cycle=cycle,
    )


def _back(causes: Causes, position: int) -> tuple[list[int], int | None, bool]:
    """The causes, nearest first; where they come back to themselves; whether the first was reached."""
    found: list[int] = []
    seen = {position}
    here = position
    while len(found) < MOST_STEPS:
        cause = causes.cause_of(here)
        if cause is None:
            return found, None, True
        if cause in seen:
            return found, cause, True
        found.append(cause)
        seen.add(cause)
        here = cause
    return found, None, False


def _ahead(causes: Causes, nodes: list[Node], here: int, seen: set[int]) -> tuple[int, bool]:
    """Add the effects, nearest first; returns how many are left out, and whether all of those were counted."""
    waiting: list[tuple[int, int | None]] = [
        (nodes[here].position, here)
    ]  # (position, number if it is drawn)
    added = hidden = 0
    at = 0
    while at < len(waiting):
        position, number = waiting[at]
        at += 1
        if added + hidden >= MOST_STEPS:
            return hidden, False
        effects = [int(each) for each in causes.effects_of(position)[:MOST_STEPS] if int(each) not in seen]
        seen.update(effects)
        room = 0 if number is None else min(MOST_OF_ONE, MOST_AHEAD - added)
        for each in effects[:room]:
            assert number is not None
            waiting.append((each, len(nodes)))
            nodes.append(Node(each, nodes[number].column + 1, 0, "effect", number))
            added += 1
        left = effects[max(room, 0) :]
        if left and number is not None:
            nodes[number] = nodes[number]._replace(more=len(left))
        hidden += len(left)
        waiting.extend((each, None) for each in left)
    return hidden, True


def _place(nodes: list[Node], here: int) -> None:
    """Give every node its row: effects below each other, a cause beside the first of them."""
    children: dict[int, list[int]] = {}
    for number, node in enumerate(nodes[here + 1 :], here + 1):
        assert node.parent is not None
        children.setdefault(node.parent, []).append(number)
    row = 0
    stack = [here]
    while stack:  # a chain may be deep: no recursion
        number = stack.pop()
        nodes[number] = nodes[number]._replace(row=row)
        below = children.get(number, [])
        if not below:
            row += 1
        stack.extend(reversed(below))


def notes(graph: Graph) -> list[str]:
    """What the person should know of what is not drawn."""
    found = []
    least = "" if graph.counted_all else tr("at least ")
    if graph.hidden_causes:
        text = tr("{count} earlier causes are not drawn").format(
            count=f"{least}{grouped(graph.hidden_causes)}"
        )
        if graph.first is not None:
            text = tr("{said}; the first is #{first}").format(said=text, first=grouped(graph.first))
        found.append(text)
    if graph.hidden_effects:
        found.append(
            tr("{count} more effects are not drawn").format(count=f"{least}{grouped(graph.hidden_effects)}")
        )
    if graph.cycle is not None:
        found.append(
            tr("the causes go round in a circle: back to #{position}").format(position=grouped(graph.cycle))
        )
    return found


# --- what is told of the events that caused another, were caused by it, or belong together with it? ---

type Int64s = npt.NDArray[np.int64]


class Relative(NamedTuple):
    """One event, as the person sees it; its position is that of the order on screen."""

    position: int
    at_text: str
    type: str
    entity: str
    summary: str


class Together(OnDemand[Relative]):
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

    def made(self, index: int) -> Relative:
        """One event."""
        return relative(self._document, int(self.positions[index]))


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
