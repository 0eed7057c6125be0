"""Which members and values of events does a query name, and which of them does the log not have?"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

import msgspec
from sqlglot import exp

from explorer.projection.members import (
    ITEMS,
    OPEN,
    KnownLog,
    Named,
    PathStep,
    Tree,
    UnknownName,
    below,
    missing,
    within,
)
from explorer.projection.sql.query_text import QueryText

type Path = tuple[PathStep, ...]  # from one of the columns of `events` on

EVENT_COLUMNS = frozenset(
    {"type", "at", "entity", "data", "metadata", "record", "id", "sequence", "position"}
)
_HAVE_MEMBERS = ("data", "metadata", "record")
_MOST_NAMED = 12


class _Reference(msgspec.Struct, frozen=True):
    node: exp.Expr
    path: Path
    bare: bool  # written as `amount`, not as `data.amount`
    guards: tuple[frozenset[str], ...]  # it is looked at in events of these types only
    lenient: bool  # something else is taken where it is NULL


class _Literal(msgspec.Struct, frozen=True):
    node: exp.Expr
    of: Named
    value: str


class References:
    """Takes down what a query names while it is compiled.

    Attributes:
        used: The columns of `events` that are named, in lower case.
    """

    def __init__(self, text: QueryText, beside: Sequence[tuple[str, str]] = ()) -> None:
        """Begin.

        Args:
            text: The query.
            beside: Names, in lower case, that stand beside the payload: in `record` or in `metadata`.
        """
        self.used: set[str] = set()
        self._text = text
        self._beside = dict(beside)
        self._found: list[_Reference] = []
        self._literals: list[_Literal] = []
        self._guards: list[frozenset[str]] = []
        self._lenient = 0
        self._whole = False

    @property
    def member_names(self) -> frozenset[str] | None:
        """The names of all members that are named, however deep; None if it takes the payload, or so, as a whole."""
        if self._whole:
            return None
        steps = {step for each in self._found for step in each.path[1:] if isinstance(step, str)}
        others = {"meta"} if "metadata" in self.used else set[str]()  # what else metadata may be called
        return frozenset(steps | others)

    def placed(self, path: Sequence[PathStep]) -> tuple[str, list[PathStep]]:
        """Where the members that a query names stand: a column of `events`, and the path from there."""
        first, rest = str(path[0]).lower(), list(path[1:])
        self.used.add(first)
        if first not in EVENT_COLUMNS:
            return self._beside.get(first, "data"), list(path)
        if first == "data" and rest and self._beside.get(str(rest[0]).lower()) == "record":
            return "record", rest
        return first, rest

    def name(self, node: exp.Expr, path: Path, *, bare: bool) -> None:
        """Take down that a member is named."""
        self._whole |= len(path) == 1 and path[0] in _HAVE_MEMBERS
        if len(path) > 1 and path[0] in _HAVE_MEMBERS:
            self._found.append(_Reference(node, path, bare, tuple(self._guards), self._lenient > 0))

    def compare(self, path: Path | None, value: exp.Expr) -> None:
        """Take down that a column is compared with a text."""
        if path in {("type",), ("id",), ("entity",)} and isinstance(value, exp.Literal) and value.is_string:
            self._literals.append(_Literal(value, path[0], str(value.this)))

    @contextmanager
    def guarded(self, types: frozenset[str] | None) -> Iterator[None]:
        """What is named within is looked at in events of these types only; None: of all."""
        if types is None:
            yield
            return
        self._guards.append(types)
        yield
        self._guards.pop()

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """What is named within need not be there."""
        self._lenient += 1
        yield
        self._lenient -= 1

    def bound(self, members: Tree) -> tuple[tuple[str, str], ...]:
        """Which names that the query takes for members of the payload stand beside it, and only there."""
        found: dict[str, str] = {}
        for each in self._found:
            name = each.path[1]
            if (
                each.path[0] != "data"
                or not isinstance(name, str)
                or below(members["data"], name) is not None
            ):
                continue
            roots = ["record", "metadata"] if each.bare else ["record"]
            having = [root for root in roots if below(members[root], name) is not None]
            if len(having) == 1 and found.get(name.lower()) != "record":
                found[name.lower()] = having[0]
        return tuple(found.items())

    def findings(self, known: KnownLog) -> list[UnknownName]:
        """What the log does not have, as it stands in the query."""
        if not any(known.members.get(root) for root in _HAVE_MEMBERS):
            return []  # nothing was read
        told: dict[tuple[object, ...], UnknownName] = {}
        for each in self._found:
            if any(guard.isdisjoint(known.types) for guard in each.guards):
                continue
            finding = self._missing(each, known.members)
            if finding is not None:
                told.setdefault((each.path, finding.fatal), finding)
        for literal in self._literals:
            if not self._has(literal, known):
                told.setdefault((literal.of, literal.value), self._unknown(literal, known))
        return sorted(told.values(), key=lambda finding: (not finding.fatal, finding.start))

    def _missing(self, each: _Reference, members: Tree) -> UnknownName | None:
        at = missing(members, each.path)
        if at is None:
            return None
        step = each.path[at]
        holder = within(members, each.path[:at])
        near: list[str] = []
        parts = [f"no event has “{_written(each.path[: at + 1])}”"]
        if isinstance(step, str):
            others = [
                root
                for root in _HAVE_MEMBERS
                if root != each.path[0] and at == 1 and below(members[root], step) is not None
            ]
            near = _near(step, holder) + [
                f"{root}.{name}"
                for root in _HAVE_MEMBERS
                if at == 1 and root not in {each.path[0], *others}
                for name in _near(step, members[root])
            ]
            there = [f"{root}.{step}" for root in others] or near
            if there:
                parts.append(f"near it is {_list(list(dict.fromkeys(there))[:5])}")
            elif holder:
                names = [name for name in holder if name not in {ITEMS, OPEN}]
                shown = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
                parts.append(f"there are {shown}" if names else "it is a list")
            else:
                parts.append(f"“{_written(each.path[:at])}” has no members")
        return self._finding(each.node, "; ".join(parts), likely=bool(near), fatal=not each.lenient)

    @staticmethod
    def _has(literal: _Literal, known: KnownLog) -> bool:
        if literal.of == "type":
            return literal.value in known.types
        return known.has is None or known.has(literal.of, literal.value)

    def _unknown(self, literal: _Literal, known: KnownLog) -> UnknownName:
        named = {each.value for each in self._literals}
        others = [kind for kind in known.types if kind not in named]
        near = get_close_matches(literal.value, others, 3) if literal.of == "type" else []
        said = {
            "type": f"no event is of the type “{literal.value}”",
            "id": f"no event has the id “{literal.value}”",
            "entity": f"no event is about “{literal.value}”",
        }[literal.of]
        if near:
            said = f"{said}; near it is {_list(near)}"
        return self._finding(literal.node, said, likely=bool(near) or literal.of != "type", fatal=False)

    def _finding(self, node: exp.Expr, reason: str, *, likely: bool, fatal: bool) -> UnknownName:
        error = self._text.error(node, reason)
        return UnknownName(reason, error.line, error.column, error.start, error.end, likely, fatal)


def _near(name: str, tree: Tree) -> list[str]:
    folded = {each.lower(): each for each in tree if each not in {ITEMS, OPEN}}
    return [folded[each] for each in get_close_matches(name.lower(), list(folded), 3)]


def _list(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _written(path: Sequence[PathStep]) -> str:
    """`data.items[1].sku`."""
    text = str(path[0])
    for step in path[1:]:
        text += "[…]" if step == ITEMS else f"[{step}]" if isinstance(step, int) else f".{step}"
    return text


def types_of(node: exp.Expr, is_type: Callable[[exp.Expr], bool]) -> frozenset[str] | None:
    """The only event types for which a condition may hold; None if it does not say."""
    match node:
        case exp.Paren():
            return types_of(node.this, is_type)
        case exp.EQ():
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if is_type(one) and isinstance(other, exp.Literal):
                    return frozenset({str(other.this)})
        case exp.In() if is_type(node.this) and all(
            isinstance(each, exp.Literal) for each in node.expressions
        ):
            return frozenset(str(each.this) for each in node.expressions)
        case exp.And():
            left, right = types_of(node.left, is_type), types_of(node.right, is_type)
            return (
                left & right if left is not None and right is not None else left if right is None else right
            )
        case exp.Or():
            left, right = types_of(node.left, is_type), types_of(node.right, is_type)
            return left | right if left is not None and right is not None else None
    return None
