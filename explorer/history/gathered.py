"""How do chunks of one log, from several readers, become columns of the whole log, and what could not be applied?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Notice, Unread
from explorer.eventlog.log import EventLog
from explorer.eventlog.names import Names
from explorer.eventlog.text_columns import TextColumn
from explorer.eventlog.text_names import SharedChoice, SharedTexts, TextNames
from explorer.history.build import Operands
from explorer.history.chunks import Chunk, Problem
from explorer.history.column_files import GrowableColumn
from explorer.history.events import Events
from explorer.history.ordering import narrow, narrowed
from explorer.history.revisions import (
    entries_of,
    other_entries,
    other_entry,
    recoded,
    text_entries,
    values_of,
)
from explorer.projection.members import Members
from explorer.projection.model import Field, ReadModel

type Ints = npt.NDArray[Any]

_AHEAD = 1.3  # a log's first events may be longer than the others


_EMPTY = {  # the narrowest that may be
    "offsets": np.int64, "lengths": np.uint8, "at_ns": np.int64, "types": np.uint8, "entities": np.int32,
    "line_rows": np.int64, "line_steps": np.int64, "touch.moments": np.int32, "touch.entities": np.int32,
}  # fmt: skip


_FEW_VALUES = 2_000  # of a field: more are kept as bytes, since hardly any of them is ever looked at
_NARROW = {"lengths", "types", "units", "decimals"}
_SHARED = {"moments", "entities"}  # whatever sets several fields in the same events has them once


class Gathered:
    """The columns so far; chunks are taken in log order."""

    def __init__(self, model: ReadModel, size_bytes: int = 0, *, behind: tuple[int, int] = (0, 0)) -> None:
        """Begin with nothing.

        Args:
            model: For which read model.
            size_bytes: How large the log is.
            behind: Of how many events and lines that are not taken here chunks know that follow each other.
        """
        self.model = model
        self.count = self.lines = 0
        self.unread: list[Unread] = []
        self.notices: list[Notice] = []
        self.problems = Problems()
        self.unknown: Counter[str] = Counter()
        self.schemas: Counter[str] = Counter()
        self.members = Members()
        self.names: dict[str, Names[str]] = {"types": Names(), "entities": TextNames()}
        self.values: dict[str, TextNames] = {}  # of each field what stands for its values
        self._wide: dict[str, dict[int, tuple[int, int]]] = {}
        self._columns: dict[str, GrowableColumn] = {
            name: GrowableColumn(kind) for name, kind in _EMPTY.items()
        }
        self._met: dict[str, None] = {}  # the fields with operands, in the order of their first appearance
        self._size_bytes = size_bytes
        # (reader, coder) → code here of each code there
        self._maps: dict[tuple[int, str], GrowableColumn] = {}
        self._shared: SharedTexts | None = None
        self._known: dict[
            str, Ints
        ] = {}  # code here of each code of the texts that readers share; -1 for none yet
        self._only_shared: dict[
            int, int
        ] = {}  # (which names) how many they are if all came of the texts now shared
        # events and lines before the chunk, or before the run of chunks it belongs to
        self._base = -behind[0], -behind[1]

    def go_on_from(
        self,
        columns: Mapping[str, Ints],
        names: Mapping[str, Names[str]],
        counts: tuple[int, int],
        room: Mapping[str, GrowableColumn],
    ) -> None:
        """Begin with columns that were gathered before.

        Args:
            columns: As they are kept here.
            names: Texts by coder, in the order of their codes.
            counts: How many events and lines.
            room: Columns that may still end as those do, and then take what is new without being copied.
        """
        self.count, self.lines = counts
        copied: dict[tuple[int, int], GrowableColumn] = {}
        for name, column in columns.items():
            there = room.get(name)
            if there is not None and there.size == len(column):
                self._columns[name] = there
                continue
            same = column.__array_interface__["data"][0], len(column)
            if _kind(name) in _SHARED and same in copied:
                self._columns[name] = copied[same]
                continue
            own = self._columns[name] = GrowableColumn(column.dtype)
            own.append(column, int(len(column) * _AHEAD) + 1_000)
            if _kind(name) in _SHARED:
                copied[same] = own
        self._met = {name.partition(".")[2]: None for name in columns if name.startswith("moments.")}
        for name, texts in names.items():
            self.names[name] = texts.copy()

    def go_on_with(self, field: str, values: Sequence[object], wide: Mapping[int, tuple[int, int]]) -> None:
        """Begin with the values of a field, in the order of their codes, and its wide operands by their places."""
        if values:
            names, entries = self._values_of(field), entries_of(values)
            if isinstance(entries, TextColumn):  # they differ, and are hashed when one is looked up
                names.add_new(entries)
            else:
                names.codes_of(entries)
        if wide:
            self._wide[field] = dict(wide)

    def take(self, chunk: Chunk, reader: int = 0) -> None:
        """Add a chunk, which uses the codes of this reader."""
        if not chunk.follows:
            self._base = self.count, self.lines
        events, lines = self._base
        self._learn(chunk, reader)
        self._part(chunk)
        for field, wide in chunk.wide.items():
            before = self._columns.get(f"moments.{field}")
            base = 0 if before is None else before.size
            for index, (units, scale) in wide.items():
                self._wide.setdefault(field, {})[base + int(index)] = int(units), int(scale)
        ours: dict[tuple[str, int], Ints] = {}  # several names may have one column
        grown: dict[tuple[int, int], GrowableColumn] = {}
        for name, column in chunk.columns.items():
            field = name.partition(".")[2]
            kind = _kind(name)
            if kind == "keys":
                self._without_keys(field, but=len(column))
            if (kind, id(column)) not in ours:
                ours[kind, id(column)] = self._ours(name, column, reader, lines, chunk.shared)
            part = ours[kind, id(column)]
            before = self._columns.get(name)
            if (twin := grown.get((id(before), id(part)))) is not None:
                self._columns[name] = twin
                continue
            after = self._add(name, part, chunk)
            if kind in _SHARED:
                grown[id(before), id(part)] = after
        self.unread += [_shifted(each, events, lines) for each in chunk.unread]
        self.notices += [
            Notice(n.position + events, n.line + lines, n.column, n.byte, n.text, n.kind)
            for n in chunk.notices
        ]
        self.problems.take(chunk.problems, events)
        self.unknown.update(chunk.unknown)
        self.schemas.update(chunk.schemas)
        self.members.add(chunk.members)
        self.count += chunk.count
        self.lines = lines + chunk.lines

    def _ours(self, name: str, column: Ints, reader: int, lines: int, shared: SharedTexts | None) -> Ints:
        """A column of a chunk with our rows and codes; `lines` lines stand before it, and its readers share texts."""
        kind, field = _kind(name), name.partition(".")[2]
        if kind not in _NARROW:
            column = column.astype(_EMPTY.get(name, np.int32), copy=False)
        match kind:
            case "line_steps":
                return column + (lines - self.count)
            case "line_rows":
                return column + self.count
            case "moments":
                return self._moments(column)
            case "entities":
                return self._entities(column, reader, shared)
            case "types":
                return narrowed(self._translated(column, reader, name))
            case "keys":
                return self._translated(column, reader, name)
            case "codes":
                return self._values(column, reader, field, shared)
            case "lengths" | "units" | "decimals":
                return narrowed(column)
            case _:
                return column

    def _without_keys(self, field: str, but: int = 0) -> None:
        """Say of all operands of a field that have not told their keys, but the last few, that they have none."""
        keys = self._columns.setdefault(f"keys.{field}", GrowableColumn(np.int32))
        missing = self._columns[f"moments.{field}"].size - but - keys.size
        keys.append(np.broadcast_to(np.int32(-1), missing), missing)

    def _moments(self, column: Ints) -> Ints:
        return column + narrow(self.count + len(column))(self.count)

    def _part(self, chunk: Chunk) -> None:
        """Give names a column of their own that have had one together, where they are given different ones."""
        together: dict[int, dict[int, list[str]]] = {}
        for name, column in self._columns.items():
            part = chunk.columns.get(name)
            together.setdefault(id(column), {}).setdefault(id(part), []).append(name)
        for names in together.values():
            for apart in list(names.values())[1:]:
                own = self._columns[apart[0]].copy()
                self._columns |= dict.fromkeys(apart, own)

    def _add(self, name: str, part: Ints, chunk: Chunk) -> GrowableColumn:
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = GrowableColumn(part.dtype)
        done = max(chunk.done_bytes, 1)
        column.append(part, int((column.size + len(part)) * max(self._size_bytes / done, 1) * _AHEAD) + 1_000)
        return column

    def _learn(self, chunk: Chunk, reader: int) -> None:
        if any(name not in self._met for name in chunk.fields):
            self._met |= dict.fromkeys(chunk.fields)
            self.model.learn(list(self._met))
        for name, texts in chunk.names.items():
            if name.startswith("values."):
                codes = self._values_of(name[7:]).codes_of(text_entries(texts))
            else:
                names = self.names.setdefault(name, Names())
                codes = names.codes_of(texts)
            self._extend(reader, name, codes)
        for name, texts in chunk.others.items():
            if self.model.ordered:
                self._learn_others(reader, name, texts)
            else:
                codes = self._values_of(name).codes_of(other_entries(texts))
                self._extend(reader, f"others.{name}", codes)

    def _learn_others(self, reader: int, field: str, texts: Sequence[str]) -> None:
        """Take values that are no texts; some are told by their difference from one that was told before."""
        known = self._map(reader, f"others.{field}")
        names, codes = self._values_of(field), list[int]()
        for text in texts:
            ours = recoded(
                text, lambda code: int(known[code]) if code < len(known) else codes[code - len(known)]
            )
            codes.append(names.code(other_entry(ours)))
        self._extend(reader, f"others.{field}", codes)

    def _values_of(self, field: str) -> TextNames:
        found = self.values.get(field)
        if found is None:
            found = self.values[field] = TextNames(few=_FEW_VALUES)
        return found

    def _extend(self, reader: int, name: str, codes: Sequence[int] | Ints) -> None:
        known = self._maps.setdefault((reader, name), GrowableColumn(np.int32))
        known.append(np.asarray(codes, np.int32), 0)

    def _map(self, reader: int, name: str) -> Ints:
        known = self._maps.get((reader, name))
        return np.zeros(0, np.int32) if known is None else known.view()

    def _translated(self, column: Ints, reader: int, name: str) -> Ints:
        """The column with our codes; -1 stays."""
        codes = self._map(reader, name)
        if not len(codes):
            return column
        found: Ints = codes[column.astype(np.int64)]
        return found if int(column.min(initial=0)) >= 0 else np.where(column < 0, np.int32(-1), found)

    def _entities(self, column: Ints, reader: int, shared: SharedTexts | None) -> Ints:
        if shared is None:
            return self._translated(column, reader, "entities")
        from explorer.eventlog.scanner.leaf_kernels import renumbered

        texts = shared.of("entities")
        known = self._known_of("entities", shared, len(texts))
        fresh, found = np.empty(min(len(column), len(known)), np.int32), np.empty(len(column), np.int32)
        column = np.ascontiguousarray(column)
        while (new := renumbered(column, known, fresh, found)) > 0:
            known[fresh[:new]] = self._new_codes(
                self.names["entities"], SharedChoice(texts, fresh[:new].copy())
            )
        if new < 0:
            raise IndexError("an entity has no name")
        return found

    def _shared_values(self, column: Ints, field: str, shared: SharedTexts) -> Ints:
        """A column of values with our codes, whose own are those of texts and others that readers share."""
        from explorer.eventlog.scanner.leaf_kernels import renumbered_values

        texts, others = shared.of(f"values.{field}"), shared.of(f"others.{field}")
        known = self._known_of(f"values.{field}", shared, len(texts))
        known_others = self._known_of(f"others.{field}", shared, len(others))
        fresh, found = np.empty(len(column), np.int32), np.empty(len(column), np.int32)
        counts = np.zeros(2, np.int64)
        column = np.ascontiguousarray(column)
        while (new := renumbered_values(column, known, known_others, fresh, found, counts)) > 0:
            names = self._values_of(field)
            which = fresh[: counts[0]]
            if len(which):
                told = texts.chosen(which)
                entries = text_entries(told)
                known[which] = self._new_codes(
                    names, SharedChoice(texts, which.copy()) if entries is told else entries
                )
            which = fresh[len(fresh) - counts[1] :][::-1]
            if len(which):
                known_others[which] = self._new_codes(names, other_entries(others.chosen(which)))
        if new < 0:
            raise IndexError(f"a value of {field} has no code")
        return found

    def _new_codes(self, names: Names[str], texts: Sequence[str] | SharedChoice) -> Sequence[int] | Ints:
        """The codes of some of the texts that readers share, none of which was asked for before."""
        if (
            isinstance(names, TextNames)
            and isinstance(texts, (TextColumn, SharedChoice))
            and len(names) == self._only_shared.get(id(names), 0)
        ):
            self._only_shared[id(names)] = len(names) + len(texts)
            return names.add_new(texts)
        return names.codes_of(texts.texts.chosen(texts.codes) if isinstance(texts, SharedChoice) else texts)

    def _known_of(self, name: str, shared: SharedTexts, count: int) -> Ints:
        """The code here of each of so many shared texts; -1 for those that were not met yet."""
        if self._shared is not shared:
            self._shared, self._known, self._only_shared = shared, {}, {}
        known = self._known.get(name, np.zeros(0, np.int32))
        if len(known) < count:
            grown = np.full(count + count // 2, -1, np.int32)
            grown[: len(known)] = known
            known = self._known[name] = grown
        return known

    def _values(self, column: Ints, reader: int, field: str, shared: SharedTexts | None) -> Ints:
        """Even codes are texts, odd ones other values."""
        if shared is not None:
            return self._shared_values(column, field, shared)
        places, odd = column >> 1, (column & 1).astype(np.bool_)
        texts = self._map(reader, f"values.{field}")
        others = self._map(reader, f"others.{field}")
        if not len(others) or not odd.any():
            every: Ints = texts[places.astype(np.int64)]
            return every
        found = np.empty(len(column), np.int32)
        found[odd] = others[places[odd]]
        if len(texts):
            found[~odd] = texts[places[~odd]]
        return found

    @property
    def met(self) -> Sequence[str]:
        """The fields with operands, in the order of their first appearance."""
        return list(self._met)

    @property
    def room(self) -> Mapping[str, GrowableColumn]:
        """The columns themselves, which can take more."""
        return dict(self._columns)

    def column(self, name: str, kind: type = np.int32) -> Ints:
        """One column of everything so far."""
        column = self._columns.get(name)
        return np.zeros(0, _EMPTY.get(name, kind)) if column is None else column.view()

    def events(self, log: EventLog) -> Events:
        """The log as columns, as far as it has been read."""
        columns = {name: self.column(name) for name in _EMPTY}
        names = self.names["types"], self.names["entities"].copy()  # as they are now, whatever comes
        return Events(log, columns, names, list(self.unread), list(self.notices))

    def operands(self, field: Field) -> Operands:
        """What went to one field; for a count, every touch."""
        if field.fold == "count":
            return Operands(field, self.column("touch.moments"), self.column("touch.entities"))
        name = field.name
        operands = Operands(field, self.column(f"moments.{name}"), self.column(f"entities.{name}"))
        if field.keyed_by is not None:
            operands.key_names = self.names.get(f"keys.{name}", Names()).values
            if operands.key_names:
                self._without_keys(name)
                operands.keys = self.column(f"keys.{name}")
            else:
                operands.keys = np.broadcast_to(np.int32(-1), len(operands.moments))  # takes no memory
        if field.adds:
            operands.units = self.column(f"units.{name}", np.uint8)
            operands.decimals = self.column(f"decimals.{name}", np.uint8)
            operands.wide = self._wide.get(name, {})
        else:
            operands.codes = self.column(f"codes.{name}")
            operands.values = values_of(self._values_of(name).copy().values)
        return operands


def _kind(name: str) -> str:
    """Of which kind a column is: touches have theirs as fields do."""
    kind, _, field = name.partition(".")
    return field if kind == "touch" else kind


def _shifted(unread: Unread, events: int, lines: int) -> Unread:
    if not events and not lines:
        return unread
    return Unread(
        unread.after + events, unread.line + lines, unread.column, unread.byte, unread.reason, unread.offset,
        unread.length_bytes, unread.incomplete, unread.aside,
    )  # fmt: skip


MOST_LISTED = 100_000  # of one kind: a log without end may fail at every event


class Problems:
    """The problems of one log so far.

    Attributes:
        listed: The first ones of each kind.
        unlisted: How many more there are of each kind.
    """

    def __init__(self, listed: Sequence[Problem] = (), unlisted: Mapping[str, int] | None = None) -> None:
        """Begin with what is known already."""
        self.listed = list(listed)
        self.unlisted: Counter[str] = Counter(unlisted or {})
        self._counts = Counter(each.kind for each in self.listed)

    def take(self, problems: Sequence[Problem], before: int) -> None:
        """Add some, before whose first event stand `before` more than their positions say."""
        for each in problems:
            if self._counts[each.kind] >= MOST_LISTED:
                self.unlisted[each.kind] += 1
                continue
            self._counts[each.kind] += 1
            self.listed.append(msgspec.structs.replace(each, position=each.position + before))
