"""What do events do, where each kind of entity has a read model of its own: orders one, wallets another?

An event goes to the read model of its kind, and to that of all others if its kind has none. Fields that two of them
call alike but fold otherwise are told apart: `Order.balance`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from itertools import chain

import msgspec

from explorer.eventlog.event import Event, FieldMap, kind_of
from explorer.language import later
from explorer.patterns import lazy_pattern
from explorer.projection.model import (
    Effect,
    Field,
    FieldUpdate,
    NamesMembers,
    NotApplicable,
    ReadModel,
    Recipe,
    Runs,
    TakesMembers,
    Worded,
    Wording,
)
from explorer.projection.number_style import NumberStyle

_LAST_WORD = lazy_pattern(r"[^.:/\\]+$")
_MOST_KINDS = 10_000  # of which is kept whose they are
_FEW = 3


def last_word(kind: str) -> str:
    """`Order` for `com.shop.Order` or `Shop::Order`."""
    found = _LAST_WORD.search(kind)
    return kind if found is None else found[0]


def named_for(kind: str | None, names: Collection[str]) -> str | None:
    """Which of some names that people gave means a kind: itself, or its last word in whatever letters; None: none."""
    if kind is None:
        return None
    for spelt in (str, str.casefold, lambda name: last_word(name).casefold()):
        for name in names:
            if spelt(name) == spelt(kind) or (spelt is not str and name.casefold() == spelt(kind)):
                return name
    return None


def kind_teller(fields: FieldMap) -> Callable[[Event], str | None]:
    """Of which kind the entity of an event is; see `kind_of`."""
    return partial(kind_of, form=fields.form)


class _Part:
    """One of the read models, and what its fields are called among all of them."""

    def __init__(self, model: ReadModel, label: str) -> None:
        self.model, self.label = model, label
        self.names: dict[str, str] = {}
        self.marker = ""  # the field that tells whose entities have a sum that is 0 at first
        self.counts: tuple[str, ...] = ()


class ByKind:
    """Several read models as one, each for the events of its kinds."""

    noun = "entity"

    def __init__(self, others: ReadModel, by_kind: Mapping[str, ReadModel], fields: FieldMap) -> None:
        """Take them.

        Args:
            others: The one for events of all other kinds, and of none.
            by_kind: The others, by the names of their kinds as people say them.
            fields: Which field of the log holds what.
        """
        self._kind_of = kind_teller(fields)
        self._fields: dict[str, Field] = {}
        self._parts = {name: _Part(model, name) for name, model in by_kind.items()}
        self._rest = _Part(others, others.name)
        self._known: dict[str | None, _Part] = {}
        for part in self._all:
            self._take_fields(part)
        models = [part.model for part in self._all]
        self.ordered = any(model.ordered for model in models)
        self.positioned = any(model.positioned for model in models)
        self.numbers = max((model.numbers for model in models), default=NumberStyle.PLAIN)
        self.member_names = _member_names(models)
        chosen = tuple((name, model.recipe) for name, model in by_kind.items())
        self.recipe = msgspec.structs.replace(others.recipe, by_kind=chosen)
        told = [f"{name}: {model.name}" for name, model in list(by_kind.items())[:_FEW]]
        self.name = ", ".join([others.name, *told]) + ("…" if len(by_kind) > _FEW else "")
        self.wording = self._worded()

    @property
    def _all(self) -> list[_Part]:
        return [self._rest, *self._parts.values()]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Those of all of them that are known so far."""
        return tuple(self._fields.values())

    @property
    def models(self) -> Mapping[str, ReadModel]:
        """The read models by the kinds that they are for; the one for all others by the empty text."""
        return {"": self._rest.model} | {name: part.model for name, part in self._parts.items()}

    def model_of(self, kind: str | None) -> ReadModel:
        """The read model of a kind, as the log says it."""
        return self._part_of(kind).model

    def calls_alike(self, model: ReadModel) -> bool:
        """Whether the fields of one of the read models are called here as there."""
        [part] = [part for part in self._all if part.model is model]
        return all(name == own for name, own in part.names.items())

    def name_of(self, kind: str | None, field: Field) -> str:
        """What a field of the read model of a kind is called here."""
        part = self._part_of(kind)
        return part.names.get(field.name) or self._take_field(part, field)

    def learn(self, names: Sequence[str]) -> None:
        """Take notice of fields that were met elsewhere."""
        for name in names:
            self._fields.setdefault(name, Field(name, "last"))

    def run(self) -> None:
        """Run the lines of what are programs: only where they can do no more harm than the person allowed.

        Raises:
            ProgramError: One fails.
        """
        for part in self._all:
            if isinstance(part.model, Runs):
                part.model.run()

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What the read model of its kind says of an event.

        Raises:
            NotApplicable: That cannot use it.
            Varies: Its kind differs from event to event.
        """
        part = self._part_of(self._kind_of(event))
        try:
            found = part.model.effects(event)
        except NotApplicable as finding:
            finding.effects = [self._told(part, each) for each in finding.effects]
            raise
        return None if found is None else [self._told(part, each) for each in found]

    def _part_of(self, kind: str | None) -> _Part:
        found = self._known.get(kind)
        if found is None:
            name = named_for(kind, self._parts)
            found = self._rest if name is None else self._parts[name]
            if len(self._known) < _MOST_KINDS:
                self._known[kind] = found
        return found

    def _told(self, part: _Part, effect: Effect) -> Effect:
        updates = [
            each if part.names.get(each.field) == each.field else self._renamed(part, each)
            for each in effect.updates
        ]
        updates += [FieldUpdate(name, 1) for name in part.counts]
        if part.marker:
            updates.append(FieldUpdate(part.marker, operand=True))
        return Effect(effect.entity, tuple(updates))

    def _renamed(self, part: _Part, update: FieldUpdate) -> FieldUpdate:
        name = part.names.get(update.field)
        if name is None:  # of a read model that learns its fields from the log
            field = next(each for each in part.model.fields if each.name == update.field)
            name = self._take_field(part, field)
        return update if name == update.field else update._replace(field=name)

    def _take_fields(self, part: _Part) -> None:
        fields = part.model.fields
        if any(each.fold == "sum" and not each.nullable for each in fields):
            part.marker = f"({part.label})"
            self._fields[part.marker] = Field(part.marker, "last", hidden=True)
        for each in sorted(
            fields, key=lambda field: field.keyed_by is not None
        ):  # keys have their names first
            self._take_field(part, each)
        part.counts = tuple(part.names[each.name] for each in fields if each.fold == "count")
        shown = [part.names[each.name] for each in fields]
        self._fields = {
            name: self._fields[name] for name in (*(n for n in self._fields if n not in shown), *shown)
        }

    def _take_field(self, part: _Part, field: Field) -> str:
        """Have a field of one of them, and say what it is called here."""
        if field.fold == "count":  # of its own events alone
            field = msgspec.structs.replace(field, fold="sum", nullable=True, of="numbers")
        elif field.fold == "sum" and not field.nullable:
            field = msgspec.structs.replace(field, since=part.marker)
        if field.keyed_by is not None:
            field = msgspec.structs.replace(field, keyed_by=part.names[field.keyed_by])
        for name in chain([field.name], (f"{part.label}.{field.name}" + "'" * more for more in range(1_000))):
            wanted = msgspec.structs.replace(field, name=name)
            if self._fields.setdefault(name, wanted) == wanted:
                part.names[field.name] = name
                return name
        raise NotApplicable(f"two read models have a field “{field.name}”")

    def _worded(self) -> Wording:
        wordings = [part.model.wording for part in self._all if isinstance(part.model, Worded)]
        checks = [
            check
            for part in self._all
            if isinstance(part.model, Worded) and all(name == own for name, own in part.names.items())
            for check in part.model.wording.checks
        ]
        told = any(each.left_out for each in wordings)
        own = any(part.model.recipe.language for part in self._all)  # that leaves out what it was written to
        left_out = (_LEFT_OUT, _LEFT_OUT_HIDDEN) if told and not own else None
        return Wording((later("entity"), later("entities")), list(dict.fromkeys(checks)), left_out)


_LEFT_OUT = later(
    "Each kind by its read model: {count:,} of {events:,} events change nothing here ({names})."
)
_LEFT_OUT_HIDDEN = later(
    "Each kind by its read model: {count:,} of {events:,} events change nothing here ({names}), and {hidden:,} of"
    " {entities:,} entities are not shown."
)


def _member_names(models: Sequence[ReadModel]) -> frozenset[str] | None:
    """The members at which any of them looks; None if one may look at any."""
    found: set[str] = set()
    for model in models:
        names = model.member_names if isinstance(model, NamesMembers) else None
        if names is None or isinstance(model, TakesMembers):
            return None
        found |= set(names)
    return frozenset(found)


def models_of(model: ReadModel) -> list[ReadModel]:
    """The read models of which one is made; itself if it is of none."""
    return list(model.models.values()) if isinstance(model, ByKind) else [model]


def recipes_of(recipe: Recipe) -> list[Recipe]:
    """The recipes of which one is made, without upcasters."""
    plain = msgspec.structs.replace(recipe, by_kind=(), upcasters=None)
    return [plain, *(each for _, each in recipe.by_kind)]
