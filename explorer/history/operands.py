"""What do the events of one chunk do to a read model, gathered column by column?"""

from array import array
from collections.abc import Sequence
from typing import Any, cast

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Event
from explorer.eventlog.json_text import decode
from explorer.eventlog.names import Names
from explorer.eventlog.text_columns import TextColumn
from explorer.eventlog.text_names import SharedTextNames, SharedTexts, TextNames
from explorer.history.chunks import Problem, exact_text
from explorer.history.ordering import inverse, stable_order
from explorer.history.revisions import Revising
from explorer.projection.exact import Exact, scaled
from explorer.projection.members import Members
from explorer.projection.model import Effect, Field, FieldUpdate, NotApplicable, ReadModel

type Array = npt.NDArray[Any]
type Touches = tuple[list[tuple[Array, ...]], Array]  # rows and entities: columns; (k, 2) one by one

NARROW = 10**18  # operands below it are kept as int64 units
MOST_NARROW_DECIMALS = 9


class Values:
    """Codes of a field's values: even ones for texts, odd ones for anything else, by its exact JSON or a difference."""

    def __init__(self, texts: TextNames | None = None, others: TextNames | None = None) -> None:
        """Begin; `texts` and `others` are those of all readers, if these share them."""
        self.texts = TextNames() if texts is None else texts
        self.others = TextNames() if others is None else others
        self._revising = Revising(self.others.code)
        self.told_texts = self.told_others = 0

    def code(self, value: object, entity: int | None = None) -> int:
        """The code of one value; a long one is told by its difference from earlier values of `entity`, if given."""
        if type(value) is str:
            return 2 * self.texts.code(value)
        if entity is not None and isinstance(value, (list, dict)):
            return 2 * self._revising.code(entity, exact_text(value)) + 1
        return 2 * self.others.code(exact_text(value)) + 1

    def codes_of_texts(self, texts: Sequence[str]) -> Array:
        """The codes of texts."""
        found: Array = 2 * np.asarray(self.texts.codes_of(texts), np.int32)
        return found

    def codes_written(self, written: Sequence[str]) -> Array:
        """The codes of values as JSON writes them."""
        # so compiled code is there: who scans asks for what is written
        from explorer.eventlog.exact_kernels import ODD, OTHER, OUTSIDE, TEXT, write_exact

        given = TextColumn.of(written)
        starts, ends = given.starts.astype(np.int64), given.ends.astype(np.int64)
        room = np.empty(2 * int((ends - starts).sum()) + len(given), np.uint8)
        out_ends, kinds = np.empty(len(given), np.int64), np.empty(len(given), np.uint8)
        if (
            write_exact(np.require(given.data, requirements=["C", "W"]), starts, ends, room, out_ends, kinds)
            == OUTSIDE
        ):
            raise IndexError("a value has no place")
        told = TextColumn(room, np.append(0, out_ends[:-1] + 1), out_ends)
        found = np.empty(len(given), np.int32)
        for kind, names, odd in ((TEXT, self.texts, 0), (OTHER, self.others, 1)):
            some = np.flatnonzero(kinds == kind)
            if len(some):
                found[some] = 2 * np.asarray(names.codes_of(told.chosen(some)), np.int32) + odd
        for at in np.flatnonzero(kinds == ODD).tolist():
            found[at] = self.code(decode(given[at].encode()))
        return found

    def news(self) -> tuple[Sequence[str], Sequence[str]]:
        """The texts and the other values that were not told yet; of those that are shared nobody is told."""
        texts: Sequence[str] = ()
        others: Sequence[str] = ()
        if not isinstance(self.texts, SharedTextNames):
            texts, self.told_texts = self.texts.since(self.told_texts), len(self.texts)
        if not isinstance(self.others, SharedTextNames):
            others, self.told_others = self.others.since(self.told_others), len(self.others)
        return texts, others


class FieldOperands:
    """The operands of one field in one chunk, in the order in which they were met."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.parts: list[tuple[Array, ...]] = []  # rows, entities, keys, values or units, decimals
        self.wide: dict[int, tuple[int, int]] = {}  # of those taken one by one: units and decimals
        self._one_by_one = array("q")  # row, entity, key, value and decimals of each
        self._firsts: list[tuple[int, int]] = []  # row and place in the event of some, the first among them

    def __len__(self) -> int:
        return len(self._firsts)  # 0 if and only if there is no operand

    def one(self, row: int, entity: int, key: int, value: int, decimals: int = 0, *, place: int = 0) -> None:
        """Take one operand: a value's code, or units and decimals; `place` in what its event sets."""
        if not self._one_by_one:  # the others are met later
            self._firsts.append((row, place))
        if abs(value) >= NARROW or decimals > MOST_NARROW_DECIMALS:
            self.wide[len(self._one_by_one) // 5] = value, decimals
            value = decimals = 0
        self._one_by_one.extend((row, entity, key, value, decimals))

    def many(
        self, rows: Array, place: int, entities: Array, keys: Array | int, values: Array | int,
        decimals: Array | int = 0,
    ) -> None:  # fmt: skip
        """Take a column of operands, of which there is at least one; `place` in what each event sets."""
        count = len(rows)
        self._firsts.append((int(rows[0]), place))
        spread = [
            column if isinstance(column, np.ndarray) else np.broadcast_to(np.int64(column), count)
            for column in (keys, values, decimals)
        ]
        self.parts.append((rows, entities, *spread))

    def first(self, rank: Array | None) -> tuple[int, int]:
        """The event that first set the field, as `columns` has it, and where among what it set."""
        return min((row if rank is None else int(rank[row]), place) for row, place in self._firsts)

    def columns(self, places: "OperandPlaces") -> tuple[dict[str, Array], dict[str, list[str]]]:
        """The columns sorted by event, and the wide operands."""
        parts = [part[2:] for part in self.parts]
        if self._one_by_one:
            parts.append(tuple(_rows(self._one_by_one, 5).T[2:]))
        keys, values, decimals = zip(*parts, strict=True)
        name, summed = self.field.name, self.field.adds
        columns = {f"moments.{name}": places.moments, f"entities.{name}": places.entities}
        if self.field.keyed_by is not None and max(int(each.max()) for each in keys) >= 0:
            columns[f"keys.{name}"] = places.sorted(keys, np.int32)
        if summed:
            columns[f"units.{name}"] = places.sorted(values, np.int64)
            columns[f"decimals.{name}"] = places.sorted(decimals, np.uint8)
        else:
            columns[f"codes.{name}"] = places.sorted(values, np.int32)
        if not self.wide:
            return columns, {}
        begins = len(places.order) - len(self._one_by_one) // 5
        now_at = inverse(places.order)
        wide = {
            str(int(now_at[begins + index])): [str(units), str(scale)]
            for index, (units, scale) in self.wide.items()
        }
        return columns, wide

    @property
    def touches(self) -> "Touches":
        """Which event each operand is of, and which entity's it is."""
        return [part[:2] for part in self.parts], _rows(self._one_by_one, 5)[:, :2]


class OperandPlaces(msgspec.Struct, frozen=True):
    """In which order some operands of a chunk stand in the log.

    Attributes:
        order: (m,) which of them comes first, second, …
        moments, entities: (m,) of each, in that order.
    """

    order: Array
    moments: Array
    entities: Array

    @classmethod
    def of(cls, touches: "Touches", rank: Array | None, count: int) -> "OperandPlaces":
        """Sort by event, `rank[row]` being the row in the chunk, which has so many; None if `row` is that."""
        columns, one_by_one = touches
        scanned = bool(columns)
        if len(one_by_one):
            columns = [*columns, tuple(one_by_one.T)]
        rows, entities = (np.concatenate(column) for column in zip(*columns, strict=True))
        if scanned:  # so compiled code is there
            from explorer.history.gather_kernels import merged

            order, moments = np.empty(len(rows), np.int64), np.empty(len(rows), np.int32)
            ranks = np.zeros(0, np.int64) if rank is None else rank
            if merged(rows, ranks, np.zeros(count + 1, np.int64), order, moments) != len(rows):
                raise IndexError("an operand is of no event")
        else:
            rows = rows if rank is None else rank[rows]
            order = stable_order(rows, count)
            moments = (rows[order] + 1).astype(np.int32)
        return cls(order, moments, entities[order].astype(np.int32, copy=False))

    def sorted(self, parts: Sequence[Array], kind: type) -> Array:
        """(m,) a column, of which these are the parts, in that order."""
        column: Array = np.concatenate(parts)[self.order]
        return column.astype(kind, copy=False)


class Coders:
    """The names that one reader has given codes to, over all its chunks.

    Attributes:
        shared: The texts that it has in common with others, which nobody has to be told: entities and values.
    """

    def __init__(self, shared: SharedTexts | None = None) -> None:
        self.shared = shared
        self.types = Names[str]()
        self.entities = TextNames() if shared is None else shared.of("entities")
        self.keys: dict[str, Names[str]] = {}
        self.values: dict[str, Values] = {}
        self.members = Members()
        self._told: dict[str, int] = {}

    def of_keys(self, field: str) -> Names[str]:
        """The keys of a field."""
        found = self.keys.get(field)
        if found is None:
            found = self.keys[field] = Names[str]()
        return found

    def of_values(self, field: str) -> Values:
        """The values of a field."""
        found = self.values.get(field)
        if found is None:
            shared = self.shared
            both = () if shared is None else (shared.of(f"values.{field}"), shared.of(f"others.{field}"))
            found = self.values[field] = Values(*both)
        return found

    def news(self) -> tuple[dict[str, Sequence[str]], dict[str, Sequence[str]]]:
        """The names, and the values that are no texts, which were not told yet."""
        coders: dict[str, Names[str]] = {"types": self.types}
        if self.shared is None:
            coders["entities"] = self.entities
        coders |= {f"keys.{name}": keys for name, keys in self.keys.items()}
        names: dict[str, Sequence[str]] = {}
        for name, coder in coders.items():
            if new := coder.since(self._told.get(name, 0)):
                names[name] = new
                self._told[name] = len(coder)
        others: dict[str, Sequence[str]] = {}
        for name, values in self.values.items():
            texts, rest = values.news()
            if len(texts):
                names[f"values.{name}"] = texts
            if len(rest):
                others[name] = rest
        return names, others


class Effects(msgspec.Struct):
    """What one chunk's events do."""

    model: ReadModel
    coders: Coders
    fields: dict[str, FieldOperands] = {}
    touches: list[tuple[Array, ...]] = []
    touched: array[int] = msgspec.field(default_factory=lambda: array("q"))  # row and entity, one by one
    problems: list[Problem] = []
    unknown: dict[str, int] = {}

    def field(self, name: str) -> FieldOperands:
        """Where a field's operands go."""
        found = self.fields.get(name)
        if found is None:
            found = self.fields[name] = FieldOperands(
                next(each for each in self.model.fields if each.name == name)
            )
        return found

    def take(self, event: Event, row: int, before: int = 0) -> None:
        """Ask the read model what one event does, before which stand `before` more than its position says."""
        effects: Sequence[Effect] | None
        handed = event
        if before and self.model.positioned:
            handed = msgspec.structs.replace(event, position=event.position + before)
        try:
            effects = self.model.effects(handed)
        except NotApplicable as finding:
            self.problems.append(
                Problem(event.position, event.type, str(finding), finding.details, finding.kind)
            )
            effects = finding.effects
        if effects is None:
            self.unknown[event.type] = self.unknown.get(event.type, 0) + 1
            return
        place = 0
        for effect in effects:
            entity = self.coders.entities.code(effect.entity)
            self.touched.extend((row, entity))
            for update in effect.updates:
                self._set(row, entity, update, place)
                place += 1

    def _set(self, row: int, entity: int, update: FieldUpdate, place: int) -> None:
        name = update.field
        operands = self.fields.get(name)
        if operands is None:
            operands = self.field(name)
        key = -1 if update.key is None else self.coders.of_keys(name).code(update.key)
        if operands.field.adds:
            units, decimals = scaled(cast("Exact", update.operand))
            operands.one(row, entity, key, units, decimals, place=place)
        else:
            revised = entity if self.model.ordered else None  # other models' operands do not grow
            values = self.coders.values.get(name)
            if values is None:
                values = self.coders.of_values(name)
            operands.one(row, entity, key, values.code(update.operand, revised), place=place)

    def met(self, rank: Array | None) -> list[str]:
        """The fields with operands, in the order of their first appearance."""
        firsts = {name: operands.first(rank) for name, operands in self.fields.items() if len(operands)}
        return sorted(firsts, key=firsts.__getitem__)

    def columns(
        self, rank: Array | None, count: int
    ) -> tuple[dict[str, Array], dict[str, dict[str, list[str]]]]:
        """All columns, sorted by event, of which there are so many, and the wide operands by field."""
        columns: dict[str, Array] = {}
        wide: dict[str, dict[str, list[str]]] = {}
        known: dict[object, OperandPlaces] = {}

        def places_of(touches: Touches) -> OperandPlaces:
            """Once for all that is of the same events and entities: then the columns are the same ones, too."""
            same = tuple(tuple(map(id, part)) for part in touches[0]), touches[1].tobytes()
            if same not in known:
                known[same] = OperandPlaces.of(touches, rank, count)
            return known[same]

        if self.touches or self.touched:
            places = places_of((self.touches, _rows(self.touched, 2)))
            columns["touch.moments"] = places.moments
            columns["touch.entities"] = places.entities
        for name in self.met(rank):
            operands = self.fields[name]
            added, exceptions = operands.columns(places_of(operands.touches))
            columns |= added
            if exceptions:
                wide[name] = exceptions
        return columns, wide


def _rows(flat: "array[int]", width: int) -> Array:
    """(k, width) of numbers that were put down one after the other."""
    return np.array(flat, np.int64).reshape(-1, width)
