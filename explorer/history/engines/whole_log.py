"""What is known of a log once all its ranges are read, but no row of it is looked at?"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.eventlog.deletion import CRUD, OPERATIONS
from explorer.eventlog.field_names import plain
from explorer.eventlog.names import Names
from explorer.history.collect import VERSION
from explorer.history.engines.naming import AT_ONCE, NamesFile, Numbering, numbered, place_of
from explorer.history.engines.range_rows import END, PERHAPS_END, texts_of
from explorer.history.engines.spilled import NumbersFile, SpilledGo, names_in
from explorer.history.gathered import Gathered
from explorer.history.ordering import occurring
from explorer.history.revisions import other_entry, values_of
from explorer.projection.model import Field, ReadModel
from explorer.projection.sample import Counted

type Ints = npt.NDArray[Any]

NULL = other_entry("null").encode()
_LAZY = ("keys", "end_fields", "rows_of_entities", "before_changes")


class WholeLog:
    """All goes of a log, in log order, and what they come to together.

    Attributes:
        goes: They.
        model: The read model, which knows all fields by now.
        fields: All its fields, and what counts all that happens to an entity if none of them does.
        gathered: Counts, what was not read, notices, problems and members of the whole log.
        parts: Of each thing that was not read, in which part it stands.
        before: (goes,) how many events stand before each.
        lines: (goes,) how many lines of its part.
        scales: With how many decimals a field that adds up is kept.
    """

    def __init__(
        self,
        goes: Sequence[SpilledGo],
        model: ReadModel,
        folder: Path,
        type_field: str | None,
        names_at_once: int = AT_ONCE,
        numbering: Numbering = numbered,
    ) -> None:
        """Put all together; names are numbered in files of `folder`, about so many at once, here or elsewhere."""
        self._names_at_once, self._numbering = names_at_once, numbering
        self._type_field = type_field
        self._files: dict[str, NamesFile] = {}
        self._numbers: dict[str, NumbersFile] = {}
        self._places = {go.path: at for at, go in enumerate(goes)}
        self.goes = goes
        self.model = model
        self._folder = folder
        self.gathered = gathered = Gathered(model)
        self.parts: list[int] = []
        self.before = np.zeros(len(goes), np.int64)
        self.lines = np.zeros(len(goes), np.int64)
        self.scales: Counter[str] = Counter()
        part = 0
        for at, go in enumerate(goes):
            if go.part != part:
                gathered.lines, part = 0, go.part
            self.before[at], self.lines[at] = gathered.count, gathered.lines
            gathered.take(go.account)
            gathered.problems.unlisted.update(go.unlisted)
            self.parts += [part] * (len(gathered.unread) - len(self.parts))
            self.scales |= Counter(go.scales)
        counted = any(field.fold == "count" for field in model.fields)
        self.fields: tuple[Field, ...] = (*model.fields, *(() if counted else (VERSION,)))
        self.touches = next(at for at, field in enumerate(self.fields) if field.fold == "count")

    @property
    def count(self) -> int:
        """How many events."""
        return self.gathered.count

    @cached_property
    def entities(self) -> NamesFile:
        """The entities by their numbers; each go gets the numbers of its own."""
        return self._numbered("entities")

    @cached_property
    def types(self) -> NamesFile:
        """The same of types."""
        return self._numbered("types")

    @cached_property
    def type_names(self) -> Names[str]:
        """The same as names."""
        return Names(list(self.types.texts()))

    @cached_property
    def values(self) -> dict[str, NamesFile]:
        """For each field that is no sum the entries of its values by their numbers."""
        plain = [field.name for field in self.fields if not field.adds and field.fold != "count"]
        return {name: self._numbered(f"values.{name}") for name in plain}

    @cached_property
    def keys(self) -> dict[str, list[str]]:
        """For each field with keys their names, sorted, with what may be the key of an operand without one."""
        found: dict[str, list[str]] = {}
        for field in self.fields:
            if field.keyed_by is None:
                continue
            told = {name for go in self.goes for name in texts_of(go.names(f"keys.{field.name}"))}
            if any(field.name in go.keyless for go in self.goes):
                told |= set(map(str, self.values_of(field.keyed_by)))
            found[field.name] = sorted(told)
        return found

    def values_of(self, name: str, codes: Ints | None = None) -> Sequence[object]:
        """The values of a field, or those with some numbers."""
        texts = self.values[name].texts()
        return values_of(list(texts if codes is None else texts.chosen(codes)))

    def null_of(self, name: str) -> int:
        """The number of nothing among the values of a field; where an entity may end it is there."""
        return place_of(self.values[name].names(), NULL)

    @cached_property
    def end_fields(self) -> Collection[str]:
        """By which marks among the changes entities end in this log: letters mean that only in captured changes."""
        kinds = {name.lower() for name in texts_of(self.types.names())}
        role = plain((self._type_field or "").rpartition(".")[2])
        changes = role in OPERATIONS and "d" in kinds and kinds & {"u", "i"} and kinds <= CRUD
        return (END, PERHAPS_END) if changes else (END,)

    @cached_property
    def deletions(self) -> Ints:
        """(k,) the positions of the events that say that something was deleted, ascending."""
        found = [
            np.array([each.position for each in self.gathered.notices if each.kind == "delete"], np.int64)
        ]
        if PERHAPS_END in self.end_fields:
            for at, go in enumerate(self.goes):
                letters = [
                    code for code, name in enumerate(texts_of(go.names("types"))) if name.lower() == "d"
                ]
                found.append(
                    np.flatnonzero(np.isin(go.column("events", "type"), letters)) + 1 + self.before[at]
                )
        return occurring(np.concatenate(found))

    @cached_property
    def rows_of_entities(self) -> Ints:
        """(entities,) how many changes each entity has."""
        found = np.zeros(len(self.entities), np.int64)
        for go in self.goes:
            numbers = self.numbers(go, "entities")
            for changes in go.changes.values():
                found[numbers] += np.bincount(changes.read("entity"), minlength=len(numbers))
        return found

    @cached_property
    def before_changes(self) -> list[dict[str, int]]:
        """For each go, how many changes of each of its fields all goes before it have."""
        counts: Counter[str] = Counter()
        found = []
        for go in self.goes:
            found.append({name: counts[name] for name in go.changes})
            counts.update({name: changes.count for name, changes in go.changes.items()})
        return found

    def settle(self) -> None:
        """Look at all that several threads will ask for."""
        for kind in ("entities", "types", *(f"values.{name}" for name in self.values)):
            self._numbered(kind)
        for name in _LAZY:
            getattr(self, name)

    def numbers(self, go: SpilledGo, kind: str, begin: int = 0, end: int | None = None) -> Ints:
        """(names of that go,) the number of each in the whole log, ascending; or of those from one to another."""
        return self.numbers_file(kind).read(self._places[go.path], begin, end)

    def numbers_file(self, kind: str) -> NumbersFile:
        """Those of all goes."""
        self._numbered(kind)
        return self._numbers[kind]

    @cached_property
    def counted(self) -> Counted:
        """All events, counted."""
        types: Counter[str] = Counter()
        named = np.zeros(len(self.entities), np.bool_)
        for go in self.goes:
            own = list(texts_of(go.names("types")))
            counts = np.bincount(go.column("events", "type"), minlength=len(own))
            types.update(dict(zip(own, counts.tolist(), strict=True)))
            named |= self._with(go, range(len(own)))

        def entities_with(wanted: Collection[str] | None) -> int:
            if wanted is None:
                return int(np.count_nonzero(named))
            found = np.zeros(len(self.entities), np.bool_)
            for go in self.goes:
                found |= self._with(
                    go, [at for at, name in enumerate(texts_of(go.names("types"))) if name in wanted]
                )
            return int(np.count_nonzero(found))

        opaque = sum(notice.kind == "opaque-payload" for notice in self.gathered.notices)
        return Counted(
            {name: count for name, count in types.items() if count},
            entities_with,
            opaque,
        )

    def _with(self, go: SpilledGo, types: Iterable[int]) -> npt.NDArray[np.bool_]:
        """(entities,) which have an event of one of these types in a go."""
        numbers = self.numbers(go, "entities")
        wanted = np.zeros(len(go.names("types")), np.bool_)
        wanted[list(types)] = True
        there = np.zeros(len(numbers) + 1, np.bool_)  # the last is that of -1: none
        there[go.column("events", "entity")[wanted[go.column("events", "type")]]] = True
        found = np.zeros(len(self.entities), np.bool_)
        found[numbers[there[:-1]]] = True
        return found

    def _numbered(self, kind: str) -> NamesFile:
        if kind in self._files:
            return self._files[kind]
        name = file_name(kind)
        every = self._files[kind] = NamesFile(self._folder / f"all-{name}")
        lists: list[Callable[[], pa.Array]] = [partial(names_in, go.names_file(kind)) for go in self.goes]
        sizes = [len(names()) for names in lists]
        numbers = self._numbers[kind] = NumbersFile(self._folder / f"numbers-{name}", sizes)
        more: list[Callable[[], pa.Array]] = []
        if kind.startswith("values.") and any(
            mark in go.fields for go in self.goes for mark in self.end_fields
        ):
            null = pa.array([NULL], pa.large_binary())  # what stands in a field once its entity has ended
            more.append(partial(pa.Array.slice, null))
        done = [0] * len(sizes)
        for names, each in self._numbering([*lists, *more], self._names_at_once):
            every.add(names)
            numbers.put(done, each[: len(sizes)])
        return every


def file_name(kind: str) -> str:
    """A name for a file: fields may be called anything."""
    import hashlib

    return hashlib.blake2b(kind.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
