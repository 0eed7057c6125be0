"""Which members do the events of a log have, so that a name that none has can be told from one that some have?"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal

import msgspec

from explorer.eventlog.event import Event

type Tree = dict[str, "Tree"]
type PathStep = str | int

ITEMS = "[]"  # below a list: what its items have
LIFTED = "lifted"  # what the payloads have once upcasters have lifted them
DATA = "=data"  # (last of a path that is told) here stands the payload
OPEN = "…"  # there is more below than is known
DEEPEST = 8
MOST_MEMBERS = 10_000  # a log that invents a name in each event must not fill the memory

_NESTED = frozenset({dict, list})


class Members:
    """The names of all members so far, by where they stand: in `data`, `metadata` or the whole `record`.

    Attributes:
        news: The paths that were not told yet; who tells them empties it.
    """

    def __init__(self, paths: Sequence[Sequence[str]] = ()) -> None:
        self.news: list[tuple[str, ...]] = []
        self._data: Tree = {}
        self._tree: Tree = {"data": self._data, "record": {}}
        self._count = 0
        self.add(paths)

    @property
    def names(self) -> frozenset[str]:
        """What the records themselves call their members."""
        return frozenset(self._tree["record"])

    def note(self, event: Event, lifted: Event | None = None) -> None:
        """Take notice of what an event has; of what is lifted, what its payload has then is kept apart."""
        if OPEN in self._tree:
            return
        data, record = event.data, event.record
        if lifted is not None:
            if LIFTED not in self._tree:
                self._met(self._tree, (LIFTED,))
            self._walk(self._tree[LIFTED], lifted.data, (LIFTED,), None)
        if data is record and self._tree["record"] is not self._data:
            self._join(self._tree, ("record",))
        self._walk(self._data, data, ("data",), None)
        if record is not data:
            self._walk(self._tree["record"], record, ("record",), data)

    def _walk(self, tree: Tree, value: Any, path: tuple[str, ...], data: object) -> None:  # noqa: ANN401 - JSON
        """Take notice of what an object or a list has; where it has `data`, of no more than that."""
        if type(value) is list:
            pairs = [(ITEMS, each) for each in value]
            if ITEMS not in tree:
                self._met(tree, (*path, ITEMS))
        else:
            if not tree.keys() >= value.keys():
                for name in value:
                    if name not in tree:
                        self._met(tree, (*path, name))
            pairs = value.items()
        for name, inner in [each for each in pairs if type(each[1]) in _NESTED]:
            below = tree.get(name)
            if below is None or inner == {}:  # an empty list is one all the same
                continue
            if inner is data:
                if below is not self._data:
                    self._join(tree, (*path, name))
            elif len(path) < DEEPEST:
                self._walk(below, inner, (*path, name), data)
            elif OPEN not in below:
                self._met(below, (*path, name, OPEN))

    def _met(self, tree: Tree, path: tuple[str, ...]) -> None:
        self._count += 1
        if self._count <= MOST_MEMBERS:
            tree[path[-1]] = {}
            self.news.append(path)
        elif OPEN not in self._tree:
            self._tree[OPEN] = {}
            self.news.append((OPEN,))

    def _join(self, tree: Tree, path: tuple[str, ...]) -> None:
        """From now on, what stands at a path is the payload."""
        _merge(self._data, tree.get(path[-1], {}))
        tree[path[-1]] = self._data
        self.news.append((*path, DATA))

    def add(self, paths: Sequence[Sequence[str]]) -> None:
        """Take notice of paths that another one has told."""
        for path in paths:
            tree = self._tree
            *above, name = path
            if name == DATA:
                *above, name = above
            for step in above:
                tree = tree.setdefault(step, {})
            if path[-1] == DATA and tree.get(name) is not self._data:
                _merge(self._data, tree.get(name, {}))
                tree[name] = self._data
            elif name not in tree:
                tree[name] = {}
                self._count += 1

    @property
    def some(self) -> bool:
        """Whether there is any."""
        return bool(self._data or self._tree["record"])

    def tree(self, *, lifted: bool = False) -> Tree:
        """The members of `data`, `metadata` and `record` as a read model sees them, with or without upcasters."""
        found = dict(self._tree)
        if lifted:
            found["data"] = found.get(LIFTED, {})
        found["metadata"] = {}
        for name in ("meta", "metaData", "metadata"):
            _merge(found["metadata"], found["record"].get(name, {}))
        return found

    def paths(self) -> list[list[str]]:
        """Every path, for `add`."""
        found: list[list[str]] = []

        def walk(tree: Tree, above: list[str]) -> None:
            for name, below in tree.items():
                joined = below is self._data and [*above, name] != ["data"]
                found.append([*above, name, DATA] if joined else [*above, name])
                if not joined:
                    walk(below, found[-1])

        walk(self._tree, [])
        return found


def _merge(into: Tree, other: Tree) -> None:
    for name, below in other.items():
        _merge(into.setdefault(name, {}), below)


def missing(tree: Tree, path: Sequence[PathStep]) -> int | None:
    """Which step of a path leads nowhere; None if there is one that has it all, or nobody can tell."""
    if OPEN in tree:
        return None
    for at, step in enumerate(path):
        found = below(tree, step)
        if found is None:
            return None if OPEN in tree else at
        tree = found
    return None


def below(tree: Tree, step: PathStep) -> Tree | None:
    """What a member has, under its name in any case, or a list's items."""
    if not isinstance(step, str):
        return tree.get(ITEMS)
    if step in tree:
        return tree[step]
    folded = step.lower()
    return next((inner for name, inner in tree.items() if name.lower() == folded), None)


def within(tree: Tree, path: Sequence[PathStep]) -> Tree:
    """The members at a path that is there."""
    for step in path:
        tree = below(tree, step) or {}
    return tree


# --- what a query names that is not there ----------------------------------------------------------------


type Named = Literal["type", "id", "entity"]


class KnownLog(msgspec.Struct, frozen=True):
    """What is known of a log.

    Attributes:
        members: The members of its events, see `Members.tree`; none if nothing was read.
        types: The types of its events.
        has: Whether an event has an `id`, or is about an `entity`; None if nobody has looked.
    """

    members: Tree
    types: Collection[str]
    has: Callable[[str, str], bool] | None = None


class UnknownName(msgspec.Struct, frozen=True):
    """Something that a query names and the log does not have.

    Attributes:
        reason: What is named, and what is near.
        line, column: 1-based place in the text.
        start, end: The same as a half-open range of characters.
        likely: Whether it was typed wrongly, most likely: something is near that the query does not name itself, or
            it is an id, which no query names that is meant for other logs.
        fatal: Whether the query cannot be used because of it; else it may be meant for other logs.
    """

    reason: str
    line: int
    column: int
    start: int
    end: int
    likely: bool
    fatal: bool
