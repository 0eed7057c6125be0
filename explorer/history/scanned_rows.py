"""How do the columns of a scanned block become what its events do to a read model: group by group?"""

from collections.abc import Callable, Sequence
from typing import Any, cast

import msgspec
import numpy as np

from explorer.eventlog.event import Event, FieldMap, Joined, Nested, Varying
from explorer.eventlog.extract import scalar_text
from explorer.eventlog.json_text import decode
from explorer.eventlog.names import Names
from explorer.eventlog.scanner.blocks import Flags, Int64s
from explorer.eventlog.scanner.column_kernels import sort_by_path
from explorer.eventlog.scanner.columns import POSITION, Ints, ScannedColumns
from explorer.eventlog.scanner.groups import Group, Grouping
from explorer.eventlog.scanner.json_kernels import EMPTY
from explorer.eventlog.scanner.token_kernels import INTEGER
from explorer.eventlog.scanner.value_codes import CodesOf, ValueCodes
from explorer.eventlog.text_names import SharedTextNames
from explorer.history.computing import FAILED, Computer, Computing
from explorer.history.decisions import Decisions
from explorer.history.events import NO_TIME
from explorer.history.gather_kernels import fetched_numbers, fetched_times
from explorer.history.gathering import Gathering
from explorer.history.operands import MOST_NARROW_DECIMALS, Coders, FieldOperands, Values
from explorer.history.ordering import occurring
from explorer.history.plan import NOTHING, Plan, plan
from explorer.projection.asking import Computed
from explorer.projection.exact import Exact, scaled
from explorer.projection.model import Field, ReadModel, TakesMembers

_NO_PLAN = Plan(
    (), known=True
)  # of a read model that takes members: what it takes is no question of the group
_FEW = 8  # rows of a group that the read model was not asked of; fewer are sooner read by themselves


class _Operands(msgspec.Struct, eq=False):
    """What some rows give to a field.

    Attributes:
        effect: Which of the effects they are of.
        present: (r,) which of the rows give something; None if each does.
        parts: Keys, values or units, decimals: (r,) or one for all.
    """

    field: FieldOperands
    effect: int
    present: Flags | None
    parts: tuple[Any, ...]

    def give(self, place: int, rows: Int64s, entities: Int64s, chosen: Flags | None) -> None:
        """Give the field those of the chosen rows, which have these numbers now and are of these entities."""
        columns = [rows, entities, *(_of(part, chosen) for part in self.parts)]
        if self.present is not None:
            present = _of(self.present, chosen)
            columns = [_of(column, present) for column in columns]
        if len(columns[0]):
            self.field.many(columns[0], place, *columns[1:])


class ScannedRows:
    """Takes the rows of scanned blocks for one read model; it keeps what it has learnt from one to the next."""

    def __init__(self, model: ReadModel, coders: Coders, fields: FieldMap, grouping: Grouping) -> None:
        self._model = model
        self._fields = fields
        self._coders = coders
        self._grouping = grouping
        self._plans: dict[int, Decisions[Plan]] = {}
        self._computer = Computer()
        self._value_codes: dict[tuple[str, str], ValueCodes] = {}
        self._joined: dict[tuple[str, int], Names[str]] = {}
        self._columns: ScannedColumns
        self._gathering: Gathering

    def take(self, columns: ScannedColumns, gathering: Gathering) -> Flags:
        """Take what can be told by columns; returns (records,) which records were taken, or are nothing at all.

        Args:
            columns: The columns of a block.
            gathering: What becomes its chunk.
        """
        self._columns, self._gathering = columns, gathering
        self._computer.forget()
        done: Flags = columns.scanned.kinds == EMPTY
        members = self._members()
        if members is None:
            return done
        self._owners = np.full(columns.count, -1, np.int64)
        self._own_rows = np.full(columns.count, -1, np.int64)
        groups = self._grouping.of(columns) + np.int32(1)
        gathering.open(columns.scanned)
        begins, order = np.zeros(len(self._grouping.groups) + 2, np.int64), np.empty(columns.count, np.int64)
        sort_by_path(groups, begins, order)
        begins = begins[1:]  # of none but the records without a group
        if isinstance(self._model, TakesMembers):
            self._take_alike(groups - np.int32(1), done)
            self._take_members(self._model, members)
            return done
        for group in np.flatnonzero(np.diff(begins)).tolist():
            rows = order[begins[group] : begins[group + 1]]
            told = self._grouping.groups[group]
            if told.event is None or (group not in self._plans and len(rows) < _FEW):
                continue
            if group not in self._plans:
                self._plans[group] = self._planned(told.event)
            asked = Computing(self._computer, columns, rows)
            for planned, places in self._plans[group].divided(asked):
                done[self._take(told, told.event, planned, asked.among(places))] = True
        return done

    def _take_alike(self, groups: Ints, done: Flags) -> None:
        """Take the rows of all groups that name the time and the entity alike, where nothing else of them counts."""
        told = self._grouping.groups
        alike: dict[tuple[int | None, int | None], list[int]] = {}
        types = np.zeros(len(told) + 1, np.int64)  # the last is that of -1
        for group in occurring(groups).tolist():
            if group >= 0 and (event := told[group].event) is not None:
                alike.setdefault((told[group].time, told[group].entity), []).append(group)
                types[group] = self._coders.types.code(event.type)
        for these in alike.values():
            chosen = np.zeros(len(told) + 1, np.bool_)
            chosen[these] = True
            rows = np.flatnonzero(chosen[groups])
            first = told[these[0]]
            assert first.event is not None
            asked = Computing(self._computer, self._columns, rows)
            done[self._take(first, first.event, _NO_PLAN, asked, types[groups[rows]])] = True

    def _planned(self, event: Event) -> Decisions[Plan]:
        if self._model.positioned:
            event = msgspec.structs.replace(event, position=Varying(POSITION, "number"))
        model = self._model  # whoever holds on to itself is not freed when a log has been read
        return Decisions(lambda: plan(model, event))

    def _members(self) -> list[int] | None:
        """The paths of the payload's members in this block, for who takes them; None if there are too many."""
        if not isinstance(self._model, TakesMembers):
            return []
        columns, paths, data = self._columns, self._columns.scanned.paths, self._fields.data
        root: int | None = 0
        if data is not None:
            root = paths.find(tuple(data.split(".")))
            also = paths.find((data,)) if "." in data else None
            if also is not None and len(columns.column(also).rows):
                return None  # the payload is here or there
        found = [
            path for path in columns.met()
            if paths.parent(path) == root and path and paths[path][0] not in self._grouping.ignored
        ]  # fmt: skip
        if not self._model.has_room([str(paths[path][-1]) for path in found]):
            return None
        return sorted(found, key=lambda path: int(columns.column(path).leaves[0]))

    def _take_members(self, model: TakesMembers, members: Sequence[int]) -> None:
        """Every member of the payload is its entity's latest."""
        columns, effects = self._columns, self._gathering.effects
        owners, own_rows = self._owners, self._own_rows
        rows = np.flatnonzero(owners >= 0)
        if not len(rows):
            return
        told, touched = rows, (own_rows[rows], owners[rows])
        chosen: Flags | None = None  # of the records with a member; None: all of them
        effects.touches.append(touched)
        for path in members:
            column = columns.column(path)
            if not np.array_equal(column.rows, told):  # mostly those with one member have the next, too
                told, chosen = column.rows, owners[column.rows] >= 0
                where = told[chosen]
                chosen = None if len(where) == len(told) else chosen
                touched = own_rows[where], owners[where]
            name = str(columns.scanned.paths[path][-1])
            if not len(touched[0]) or not model.takes(name):
                continue
            coder = self.coded_values(name, self._coders.of_values(name))
            places = None if chosen is None else np.flatnonzero(chosen)
            first = int(column.leaves[0 if places is None else places[0]])
            effects.field(name).many(touched[0], first, touched[1], -1, columns.codes(path, coder, places))

    def _take(
        self, group: Group, event: Event, planned: Plan, asked: Computing, types: Ints | None = None
    ) -> Ints:
        """Take those of the rows whose values are what they should be; returns which those are.

        Args:
            group: What is known of them.
            event: One event that tells of all of them.
            planned: What the read model makes of it.
            asked: The rows.
            types: (r,) the codes of their types; None if all of them have that of the event.
        """
        rows: Ints = asked.rows
        fine = np.ones(len(rows), np.bool_)
        at_ns = self._times(group, rows, fine)
        places = [effect.entity for effect in planned.effects]
        entities = [self._texts(place, "entities", self._coders.entities, asked, fine) for place in places]
        for index, codes in enumerate(entities):
            for other in entities[:index]:
                fine &= codes != other  # two effects on one entity are one version
        own = self._texts(event.entity, "entities", self._coders.entities, asked, fine)
        operands = self._operands(planned, asked, fine)
        chosen: Flags | None = None if fine.all() else fine
        taken: Ints = rows if chosen is None else rows[chosen]
        if not len(taken):
            return taken
        if types is None:
            own_rows = self._gathering.take(taken, _of(at_ns, chosen), _of(own, chosen), event)
        else:
            own_rows = self._gathering.put(taken, _of(at_ns, chosen), _of(own, chosen), _of(types, chosen))
        entities = [_of(codes, chosen) for codes in entities]
        effects = self._gathering.effects
        effects.touches += [(own_rows, codes) for codes in entities]
        for place, each in enumerate(operands):
            each.give(place, own_rows, entities[each.effect], chosen)
        if isinstance(self._model, TakesMembers):
            self._own_rows[taken] = own_rows
            nobody = self._model.owner(None)
            codes = _of(own, chosen)
            if nobody is not None:
                codes = np.where(codes < 0, self._coders.entities.code(nobody), codes)
            self._owners[taken] = codes
        if not planned.known:
            effects.unknown[event.type] = effects.unknown.get(event.type, 0) + len(taken)
        return taken

    def _operands(self, planned: Plan, asked: Computing, fine: Flags) -> "list[_Operands]":
        """The operands that the rows give to the fields."""
        operands: list[_Operands] = []
        for which, effect in enumerate(planned.effects):
            for update in effect.updates:
                key: object = update.key
                keys: Any = -1
                if key is not None:
                    coder = self._coders.of_keys(update.field)
                    keys = self._texts(key, f"keys.{update.field}", coder, asked, fine)
                    if isinstance(key, Varying):  # an empty text names no key
                        fine &= keys != coder.code("")
                field = self._gathering.effects.field(update.field)
                operand: object = update.operand
                present: Flags | None = None
                if isinstance(operand, Decisions):
                    units, decimals, present = self._decided(field.field, operand, asked, fine)
                else:
                    units, decimals = self._operand(field.field, operand, asked, fine)
                operands.append(_Operands(field, which, present, (keys, units, decimals)))
        return operands

    def _times(self, group: Group, rows: Ints, fine: Flags) -> Int64s:
        if group.time is None:
            return np.full(len(rows), NO_TIME)
        found: Int64s = np.empty(len(rows), np.int64)
        places = self._columns.column(group.time).of(rows)
        if fetched_times(*self._columns.times(group.time), places, found, fine) != len(rows):
            raise IndexError("a time is nowhere")
        return found

    def _texts(self, place: object, name: str, coder: Names[str], asked: Computing, fine: Flags) -> Ints:
        """(r,) codes: of the text at a path, of one that is computed, or of one text; -1 for None."""
        rows = asked.rows
        if isinstance(place, Joined):
            return self._together(place, name, coder, asked, fine)
        if isinstance(place, Computed):
            return self._computed(place, name, lambda value: coder.code(cast("str", value)), asked, fine)
        if not isinstance(place, Varying):
            return np.full(len(rows), -1 if place is None else coder.code(str(place)), np.int32)
        self._whole(place.blank, rows, fine)
        return self._columns.codes_in(place.blank, self._coded(name, coder.codes_of, coder), rows)

    def _whole(self, path: int, rows: Ints, fine: Flags) -> None:
        """Say of numbers with decimals that they are not fine as texts: they may be written in several ways."""
        column = self._columns.column(path)
        if column.kinds.max(initial=0) > INTEGER:
            fine &= column.kinds[column.of(rows)] <= INTEGER

    def _computed(
        self,
        place: Computed | Varying,
        name: str,
        code_of: Callable[[object], int],
        asked: Computing,
        fine: Flags,
    ) -> Int64s:
        """(r,) the codes of values that are computed."""
        codes, results = asked.codes(place)
        known: Int64s = results.told(name, lambda value: -1 if value is FAILED else code_of(value))[codes]
        fine &= known >= 0
        return known

    def _together(
        self, joined: Joined, name: str, coder: Names[str], asked: Computing, fine: Flags
    ) -> Int64s:
        """Codes of several texts together: each combination that occurs is joined once."""
        columns, names = [], []
        for index, part in enumerate(joined.parts):
            known = self._joined.setdefault((name, index), Names[str]())
            columns.append(self._texts(part, f"{name} {index}", known, asked, fine))
            names.append(known)
        combined, which = np.unique(np.stack(columns), axis=1, return_inverse=True)
        codes = [
            coder.code(joined.text([known.values[code] for known, code in zip(names, each, strict=True)]))
            for each in combined.T.tolist()
        ]
        return np.array(codes, np.int64)[which.reshape(-1)] if codes else np.zeros(0, np.int64)

    def _decided(
        self, field: Field, decisions: Decisions[object], asked: Computing, fine: Flags
    ) -> tuple[Any, Any, Flags | None]:
        """Units and decimals, or codes, of an operand that is not the same in all rows, and which of them have one."""
        count = len(asked.rows)
        units, decimals = np.zeros(count, np.int64), np.zeros(count, np.int64)
        present, told = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
        for operand, places in decisions.divided(asked):
            if places is None and operand is not NOTHING:
                return *self._operand(field, operand, asked, fine), None
            chosen = slice(None) if places is None else places
            told[chosen] = True
            if operand is not NOTHING:
                some = asked.among(places)
                good = np.ones(len(some.rows), np.bool_)
                units[chosen], decimals[chosen] = self._operand(field, operand, some, good)
                present[chosen] = True
                told[chosen] = good
        fine &= told
        return units, decimals, present

    def _operand(self, field: Field, operand: object, asked: Computing, fine: Flags) -> tuple[Any, Any]:
        rows = asked.rows
        if field.adds:
            if isinstance(operand, Computed):
                units, decimals, good = asked.added(operand)
                fine &= good & (decimals <= MOST_NARROW_DECIMALS)
                return units, decimals
            if not isinstance(operand, Varying):
                return scaled(cast("Exact", operand))
            places = self._columns.column(operand.blank).of(rows)
            units, decimals = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
            numbers = self._columns.numbers(operand.blank)
            if fetched_numbers(*numbers, places, operand.sign, units, decimals, fine) != len(rows):
                raise IndexError("a number is nowhere")
            return units, decimals
        values = self._coders.of_values(field.name)
        if isinstance(operand, Computed):
            return self._computed(operand, f"values.{field.name}", values.code, asked, fine), 0
        if not isinstance(operand, (Varying, Nested)):
            return values.code(operand), 0
        column = self._columns.column(operand.blank)
        if (
            isinstance(operand, Varying)
            and operand.kind == "number"
            and (column.kinds[column.of(rows)] < INTEGER).any()
        ):  # a text that is taken as the number that it states
            return self._computed(operand, f"values.{field.name}", values.code, asked, fine), 0
        as_text = isinstance(operand, Varying) and operand.kind == "text"
        if as_text:
            self._whole(operand.blank, rows, fine)
        coder = self.coded_values(field.name, values, as_text=as_text)
        return self._columns.codes_in(operand.blank, coder, rows), 0

    def coded_values(self, field: str, values: Values, *, as_text: bool = False) -> ValueCodes:
        """The codes of a field's values by how they are written."""
        if as_text:
            return self._coded(f"values.{field}", values.codes_of_texts, values.texts, 2)
        key = f"values.{field}", "value"
        found = self._value_codes.get(key)
        if found is None:
            shared = values.texts if isinstance(values.texts, SharedTextNames) else None
            found = ValueCodes(values.codes_written, values.codes_of_texts, shared, 2)
            self._value_codes[key] = found
        return found

    def _coded(self, name: str, codes_of: CodesOf, names: Names[str], step: int = 1) -> ValueCodes:
        found = self._value_codes.get((name, "text"))
        if found is None:
            shared = names if isinstance(names, SharedTextNames) else None
            found = ValueCodes(lambda written: _named(written, codes_of), codes_of, shared, step)
            self._value_codes[name, "text"] = found
        return found


def _named(written: Sequence[str], codes_of: CodesOf) -> Sequence[int] | Ints:
    """Codes of texts and numbers as JSON writes them, taken as names; -1 for what names nothing."""
    written = list(written)
    if all(each[0] == '"' and "\\" not in each for each in written):
        return codes_of([each[1:-1] for each in written])
    texts = [scalar_text(decode(each.encode())) for each in written]
    codes = iter(codes_of([text for text in texts if text is not None]))
    return [-1 if text is None else next(codes) for text in texts]


def _of(column: Any, fine: Flags | None) -> Any:  # noqa: ANN401 - a column stays one, a number too
    return column[fine] if isinstance(column, np.ndarray) and fine is not None else column
