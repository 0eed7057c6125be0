"""How does a person want to see the state: which of its columns, rows in which order, and how grouped?"""

from dataclasses import dataclass, field, replace

import msgspec

from explorer.history.columns import Column, columns_of, keys, named_column, nested_fields, paths
from explorer.history.history import History
from explorer.history.kinds import EntityKinds

MOST_COLUMNS = 200


@dataclass(frozen=True)
class Arrangement:
    """What is shown of the state, and how. It never changes what the state is.

    Attributes:
        columns: The names of the columns in their order; empty: the entity and every field.
        pinned: How many of the first columns stay in view.
        sort: By which column, and whether from the greatest to the least.
        group: By which column entities are put together.
        folded: Whether only the subtotals of groups are shown, …
        except_groups: … except for these, by their `kinds`, where it is the other way round.
        curves: The columns in which each number is drawn over all of history.
    """

    columns: tuple[str, ...] = ()
    pinned: int = 1
    sort: tuple[str, bool] | None = None
    group: str | None = None
    folded: bool = False
    except_groups: frozenset[int] = field(default_factory=frozenset)
    curves: frozenset[str] = field(default_factory=frozenset)

    def resolved(self, history: History, noun: str) -> list[Column]:
        """The columns that there are; what was kept for another read model is passed over."""
        found = [named_column(name, history.fields, noun) for name in self.columns]
        known = [column for column in found if column is not None]
        return known or columns_of(history.fields, noun)

    def with_column(self, name: str, history: History, noun: str) -> "Arrangement":
        """One column more, behind all others."""
        names = [column.name for column in self.resolved(history, noun)]
        return self if name in names else replace(self, columns=(*names, name))

    def without_column(self, name: str, history: History, noun: str) -> "Arrangement":
        """One column less; the last one stays."""
        names = [column.name for column in self.resolved(history, noun)]
        at = names.index(name) if name in names else len(names)
        left = tuple(each for each in names if each != name)
        pinned = self.pinned - 1 if at < self.pinned else self.pinned
        return replace(self, columns=left, pinned=pinned) if left else self

    def pinned_to(self, name: str, history: History, noun: str) -> "Arrangement":
        """A column stands behind those that stay in view and stays there too, or no longer."""
        names = [column.name for column in self.resolved(history, noun)]
        if name not in names:
            return self
        stays = names.index(name) >= self.pinned
        names.remove(name)
        at = self.pinned if stays else self.pinned - 1
        names.insert(at, name)
        return replace(self, columns=tuple(names), pinned=self.pinned + (1 if stays else -1))

    def toggled_fold(self, kind: int) -> "Arrangement":
        """A group folded, or unfolded."""
        return replace(self, except_groups=self.except_groups ^ {kind})

    def grouped_by(self, name: str | None) -> "Arrangement":
        """Other groups, all of them unfolded; None: no groups."""
        return replace(self, group=name, folded=False, except_groups=frozenset())

    def toggled_curve(self, name: str) -> "Arrangement":
        """A column with curves, or without them."""
        return replace(self, curves=self.curves ^ {name})


def of_kind(kinds: EntityKinds, kind: str, history: History, noun: str) -> Arrangement:
    """The entities of a kind with the fields that were set of any of them."""
    return Arrangement((noun, *(field.name for field in kinds.fields(history, kind))))


class _Kept(msgspec.Struct):
    columns: list[str]
    pinned: int
    sort: tuple[str, bool] | None
    group: str | None
    curves: list[str]


def dumps(arrangement: Arrangement) -> str:
    """The arrangement as text to keep; which groups are folded is not kept."""
    kept = _Kept(
        list(arrangement.columns),
        arrangement.pinned,
        arrangement.sort,
        arrangement.group,
        sorted(arrangement.curves),
    )
    return msgspec.json.encode(kept).decode()


def loads(text: str) -> Arrangement:
    """The inverse of `written`; the ordinary arrangement for text that it is not."""
    try:
        kept = msgspec.json.decode(text, type=_Kept)
    except (msgspec.MsgspecError, UnicodeError):
        return Arrangement()
    columns = tuple(dict.fromkeys(kept.columns[:MOST_COLUMNS]))
    pinned = min(max(kept.pinned, 0), max(len(columns), 1))
    return Arrangement(columns, pinned, kept.sort, kept.group, curves=frozenset(kept.curves))


# --- which columns could the state have: its fields, their keys, and the parts of nested values? -----

MOST_KEYS = 50


def possible_columns(history: History, noun: str) -> list[str]:
    """The names of all columns there could be, the entity first."""
    nested = set(nested_fields(history))
    found = [noun]
    for each in history.fields:
        if each.hidden:
            continue
        found.append(each.name)
        if each.keyed_by is not None:
            found += [f"{each.name}.{key}" for key in keys(history, each.name)[:MOST_KEYS] if key]
        elif each.name in nested:
            found += [".".join((each.name, *path)) for path in paths(history, each.name)]
    return list(dict.fromkeys(found))
