"""What does the state of one entity look like as a tree, and what did the event at this position change inside it?"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import islice

import numpy as np

from explorer.history.columns import named_column
from explorer.history.explain import difference, signed
from explorer.history.field_history import NONE
from explorer.history.history import History
from explorer.history.inside import ABSENT, Fragment, Kind, Step
from explorer.history.state import State, changes_of
from explorer.language import grouped, later, tr
from explorer.projection.model import Field
from explorer.session.events.json_view import path_text
from explorer.session.plaintext import visible
from explorer.session.state.differences import SAID, SIGNS
from explorer.session.state.state_view import value_text

PAGE = 200  # parts that are shown at once; of more, stretches are shown that can be opened
OPEN_AT_FIRST = 12  # a value of the entity with no more parts is open from the beginning
MOST_OPENED = 200  # lines that are opened by themselves, because something has changed below them
MOST_HITS = 1_000
LARGE = 4_000  # values
_MOST_BITS = 8_000  # of an integer whose digits are written out here
_MOVED = later("moved")

type Key = tuple[object, ...]  # tells a line of the tree from all others, at any position
type Path = tuple[Step, ...]


class TreeNode:
    """A line of the tree: a part of the value, or a stretch of the many parts of one.

    Attributes:
        fragment: The part; of a stretch, that of which it is one.
        key: Which line it is: its steps; `~3` is what was the fourth item and is gone.
        stretch: Which parts of that it stands for; None for all of it.
    """

    def __init__(self, fragment: Fragment, key: Key, stretch: range | None = None) -> None:
        self.fragment, self.key, self.stretch = fragment, key, stretch

    @cached_property
    def kind(self) -> Kind:
        """What the event did to it; a stretch is changed if anything in it is."""
        if self.stretch is None:
            return self.fragment.kind
        return "changed" if any(at in self.stretch for at in self.fragment.fragments.differing()) else ""

    @property
    def has_children(self) -> bool:
        """Whether there are lines below it."""
        return self.stretch is not None or len(self.fragment.fragments) > 0

    @property
    def path(self) -> Path:
        """The way to it."""
        return tuple(~step if isinstance(step, int) and step < 0 else step for step in self.key)  # type: ignore[misc]

    @cached_property
    def children(self) -> "list[TreeNode]":
        """The lines below it."""
        parts = self.fragment.fragments
        within = range(len(parts)) if self.stretch is None else self.stretch
        if len(within) <= PAGE:
            found = (parts[at] for at in within)
            return [TreeNode(each, (*self._above, _step(each))) for each in found]
        size = PAGE
        while size * PAGE < len(within):
            size *= PAGE
        stretches = (within[at : at + size] for at in range(0, len(within), size))
        return [TreeNode(self.fragment, (*self._above, each), each) for each in stretches]

    @property
    def _above(self) -> Key:
        return self.key if self.stretch is None else self.key[:-1]

    # -- what is said of it ------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """`total`, `[3]`, `[200 … 399]`."""
        if self.stretch is None:
            return _step_text(self.fragment.step)
        parts = self.fragment.fragments
        first, last = (_step_text(parts[at].step) for at in (self.stretch[0], self.stretch[-1]))
        return f"{first} … {last}"

    @property
    def text(self) -> str:
        """What it is; of something gone, what it was; of an object or a list, how much is in it."""
        return "" if self.stretch is not None else _text(self.fragment.value)

    @property
    def sign(self) -> str:
        """`+`, `−`, `~`, or `↕` for an item that has moved past others; empty if the event did nothing to it."""
        return "↕" if self.kind == "moved" else SIGNS.get(self.kind, "")

    @property
    def said(self) -> str:
        """The same in a word."""
        return tr(_MOVED) if self.kind == "moved" else tr(SAID[self.kind]) if self.kind else ""

    @property
    def before(self) -> str:
        """`15.00 (+5.00)`: what was there, and by how much a number has changed; `[2]`: where it has moved from."""
        part = self.fragment
        if self.stretch is not None or not self.kind:
            return ""
        moved = "" if part.moved_from is None else tr("was [{place}]").format(place=grouped(part.moved_from))
        if part.kind != "changed" or _opens_alike(part.before, part.after):
            return moved
        step = difference(part.before, part.after)
        return f"{_text(part.before)} ({signed(step)})" if step is not None else _text(part.before)

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        value = self.fragment.value
        return self.stretch is None and isinstance(value, (int, Decimal)) and not isinstance(value, bool)


class EntityTree:
    """One entity at one position.

    Attributes:
        entity: Its name, as the log has it.
        position: Where.
        there: Whether it exists here.
        was_there: Whether it existed before the event.
        touched: Whether the event here did something to it.
        root: The entity itself; its lines are its fields.
    """

    def __init__(self, history: History, noun: str, entity: str, before: State, after: State) -> None:
        """Nothing is compared before it is asked for.

        Args:
            history: Whose state it is.
            noun: What an entity is called.
            entity: Which.
            before: The state before the event at the position.
            after: The state there.
        """
        self._history, self._noun = history, noun
        self.entity, self.position = entity, after.position
        old, new = _values(before, entity), _values(after, entity)
        self.was_there, self.there = old is not ABSENT, new is not ABSENT
        self.touched = after.position > 0 and entity in history.entities_of(after.position)
        self.root = TreeNode(Fragment("", old, new), ())

    @property
    def is_large(self) -> bool:
        """Whether there is so much in it that it is better compared beside the window."""
        value = self.root.fragment.value
        return len(list(islice(_all_in((), value, gone=False), LARGE))) == LARGE if self.there else False

    # -- which lines are open ----------------------------------------------------------------------------

    def opened(self, chosen: Mapping[Key, bool]) -> set[Key]:
        """The lines that are open: those where something has changed, small values, and as a person has `chosen`."""
        found: set[Key] = set()
        left = [self.root]
        changed = 0
        while left:
            node = left.pop(0)
            for child in node.children:
                if not child.has_children:
                    continue
                small = (
                    len(child.key) == 1
                    and child.stretch is None
                    and len(child.fragment.fragments) <= OPEN_AT_FIRST
                )
                led = child.kind == "changed" and changed < MOST_OPENED
                if chosen.get(child.key, small or led):
                    changed += led
                    found.add(child.key)
                    left.append(child)
        return found

    def chain(self, key: Key) -> list[TreeNode]:
        """The lines that lead to one, itself the last; as far as there are such."""
        found: list[TreeNode] = []
        node = self.root
        for step in key:
            at = node.fragment.fragments.place_of(step)
            inner = None
            while at is not None:
                inner = next((each for each in node.children if _holds(each, step, at)), None)
                if inner is None:
                    return found
                found.append(inner)
                if inner.stretch is None:
                    break
                node = inner
            if inner is None:
                return found
            node = inner
        return found

    # -- looking for something ---------------------------------------------------------------------------

    def find(self, text: str) -> list[Key]:
        """The lines in whose name or value a text stands, in whatever letters; the first `MOST_HITS`. May be slow."""
        wanted = text.casefold()
        if not wanted:
            return []
        walked = _walked(self.root.fragment)
        return list(islice((key for key, value in walked if _stands(wanted, key[-1], value)), MOST_HITS))

    def changes(self) -> list[Key]:
        """The innermost lines that the event changed, the first `MOST_HITS`; no version, which all events raise."""
        versions = {(field.name,) for field in self._history.fields if field.is_version}
        return list(islice((key for key in _changed(self.root.fragment) if key not in versions), MOST_HITS))

    def counts(self) -> dict[Kind, int]:
        """How many of the innermost lines are of each kind; at most `MOST_HITS` together."""
        found: dict[Kind, int] = {}
        for key in self.changes():
            kind = self.chain(key)[-1].kind
            found[kind] = found.get(kind, 0) + 1
        return found

    # -- where a line is elsewhere -----------------------------------------------------------------------

    def path_text(self, node: TreeNode) -> str:
        """`items[0].sku`."""
        return path_text(node.path)

    def field_of(self, node: TreeNode) -> str:
        """The name of the field in which it stands; empty for none."""
        return str(node.key[0]) if node.key else ""

    def column_of(self, node: TreeNode) -> str | None:
        """The name of the column of the state in which it stands; None if it can have none."""
        if node.stretch is not None or not node.key:
            return None
        first, *rest = map(str, node.path)
        name = ".".join((first, *rest))
        column = named_column(name, self._history.fields, self._noun)
        if column is None or column.field is None or column.field.name != first:
            return None
        inside = (column.key,) if column.key is not None else column.path
        return name if list(inside) == rest else None

    # -- as text -----------------------------------------------------------------------------------------

    def summary(self) -> str:
        """`3 changed, 1 added`, or that the event did nothing to it."""
        if not self.there and not self.was_there:
            return tr("not there at this position")
        if not self.there:
            return tr("it ends here")
        counts = self.counts()
        if not self.was_there and self.touched:
            return tr("it begins here")
        order: tuple[Kind, ...] = ("added", "removed", "changed", "moved")
        words = {**SAID, "moved": _MOVED}
        told = [f"{grouped(counts[kind])} {tr(words[kind])}" for kind in order if counts.get(kind)]
        if told:
            more = "+" if sum(counts.values()) == MOST_HITS else ""
            return ", ".join(told) + more
        return tr("the event changed nothing in it") if self.touched else tr("untouched by this event")

    def lines(self) -> Iterator[str]:
        """The whole tree as lines of text: sign, indented name, value, and what was there before."""
        left = [iter(self.root.children)]
        while left:
            node = next(left[-1], None)
            if node is None:
                left.pop()
                continue
            if node.stretch is None:
                before = f"   {tr('before: {value}').format(value=node.before)}" if node.before else ""
                level = "  " * (len(node.key) - 1)
                yield f"{node.sign or ' '} {level}{node.name}: {node.text}{before}"
            left.append(iter(node.children))


def _values(state: State, entity: str) -> object:
    """The fields of an entity that have been set; `ABSENT` if it does not exist."""
    code = state.find(entity)
    if code is None:
        return ABSENT
    return {field.name: state.value(code, field) for field in state.fields if _is_set(state, code, field)}


def _is_set(state: State, code: int, field: Field) -> bool:
    if field.keyed_by is not None or field.nothing is not None:
        return field.since is None or state.value(code, field) is not None
    return int(changes_of(state, field, np.array([code]))[0]) != NONE


def _step(fragment: Fragment) -> Step:
    return ~fragment.step if isinstance(fragment.step, int) and fragment.after is ABSENT else fragment.step


def _holds(node: TreeNode, step: object, at: int) -> bool:
    return at in node.stretch if node.stretch is not None else node.key[-1] == step


def _walked(root: Fragment) -> Iterator[tuple[Key, object]]:
    """Every part below with its value, each after the one that it is in; that in which nothing differs as it stands."""
    left: list[Iterator[tuple[Key, Fragment]]] = [_below((), root)]
    while left:
        found = next(left[-1], None)
        if found is None:
            left.pop()
            continue
        key, part = found
        yield key, part.value
        if part.kind == "changed":
            left.append(_below(key, part))
        elif isinstance(part.value, (Mapping, list, tuple)):
            yield from _all_in(key, part.value, gone=part.kind == "removed")


def _below(key: Key, fragment: Fragment) -> Iterator[tuple[Key, Fragment]]:
    for at in range(len(fragment.fragments)):
        inner = fragment.fragments.fresh(at)  # a hundred thousand need not be kept
        yield (*key, _step(inner)), inner


def _all_in(above: Key, value: object, *, gone: bool) -> Iterator[tuple[Key, object]]:
    left: list[tuple[Key, Iterator[tuple[Step, object]]]] = [(above, _members(value))]
    while left:
        key, members = left[-1]
        for step, inner in members:
            own = (*key, ~step if gone and isinstance(step, int) else step)
            yield own, inner
            if isinstance(inner, (Mapping, list, tuple)):
                left.append((own, _members(inner)))
                break
        else:
            left.pop()


def _members(value: object) -> Iterator[tuple[Step, object]]:
    return iter(value.items()) if isinstance(value, Mapping) else enumerate(value)  # type: ignore[arg-type]


def _changed(root: Fragment) -> Iterator[Key]:
    left: list[tuple[Key, Fragment]] = [((), root)]
    if root.before is ABSENT or root.after is ABSENT:
        return
    while left:
        key, part = left.pop()
        if key:
            inside = part.kind == "changed" and _opens_alike(part.before, part.after)
            if not inside or part.moved_from is not None:
                yield key
            if not inside:
                continue
        inner = (part.fragments[at] for at in reversed(part.fragments.differing()))
        left += [((*key, _step(each)), each) for each in inner]


def _opens_alike(before: object, after: object) -> bool:
    """Whether both are objects, or both are lists: then what differs is told inside."""
    lists = (list, tuple)
    return (isinstance(before, Mapping) and isinstance(after, Mapping)) or (
        isinstance(before, lists) and isinstance(after, lists)
    )


def _stands(wanted: str, step: object, value: object) -> bool:
    if isinstance(step, str) and wanted in step.casefold():
        return True
    if isinstance(value, str):
        return wanted in value.casefold()
    return not isinstance(value, (Mapping, list, tuple)) and wanted in _text(value).casefold()


def _step_text(step: Step) -> str:
    return visible(step) if isinstance(step, str) else f"[{step}]"


def _text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Mapping():
            return f"{{{grouped(len(value))}}}"
        case list() | tuple():
            return f"[{grouped(len(value))}]"
        case int() if value.bit_length() > _MOST_BITS:  # its digits would take longer to make than to read
            return tr("an integer of {count} bits").format(count=grouped(value.bit_length()))
        case "":
            return '""'
    return value_text(value)
