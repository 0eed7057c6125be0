"""What is a read model: which fields it has, and what one event does to them?

A read model never folds. It says, event by event, which operands go to which fields of which entities
(its *effects*); how operands become values is the field's fold, and is the same for every read model.
So the plain fold (`fold.py`) and the history index can both be derived from the one description.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, Self, runtime_checkable

import msgspec

from explorer.eventlog.event import Event, FieldMap
from explorer.projection.exact import Exact
from explorer.projection.number_style import NumberStyle

if TYPE_CHECKING:
    from explorer.projection.sample import Sample

type FoldKind = Literal["sum", "count", "last", "first", "min", "max", "avg"]
type ProblemKind = Literal[
    "not-applied", "number-style", "read-model-error", "cut-short", "digits-lost", "not-booked"
]
type Operand = Exact | str | bool | list[object] | dict[str, object] | None


class Field(msgspec.Struct, frozen=True):
    """One field of an entity's state.

    Attributes:
        name: Its name in tables, JSON and expressions.
        fold: How operands become a value: added up, just counted (effects, not operands), the last one wins, or
            the first, the least, the greatest; or their average.
        keyed_by: Name of the hidden `last` field that gives the key of an operand without one (a balance is
            kept per currency); None for fields with one value an entity.
        hidden: True if it serves other fields only.
        nullable: True for a sum that has no value before its first operand, as SQL has it; else it is 0.
        of: What a sum is of: amounts, which are in a currency if the entity's state tells one; amounts of which the
            entity itself is the currency; amounts whose currency the events name, and the state may not (untold);
            numbers that are in none (counts), or in one for all entities; or amounts in currencies that nobody can tell
            apart any more, of which there is no total. Of another field: `currency` if it tells the one that the
            entity's amounts are in.
        since: Of a sum that begins at 0, where kinds have read models of their own: which field is set once an entity
            has one with this field at all; None if all entities have it.
        is_version: True for the count that each event of an entity raises: it tells nothing that the event does not.
            A count that somebody has asked for is a value like any other.
    """

    name: str
    fold: FoldKind
    keyed_by: str | None = None
    hidden: bool = False
    nullable: bool = False
    of: Literal["amounts", "amounts of the entity", "untold", "numbers", "mixed", "currency"] = "amounts"
    is_version: bool = False
    since: str | None = None

    @property
    def nothing(self) -> Literal[0] | None:
        """Its value before anything has happened."""
        return 0 if self.fold in {"sum", "count"} and not self.nullable else None

    @property
    def adds(self) -> bool:
        """Whether its operands are numbers that are added up."""
        return self.fold in {"sum", "avg"}

    @property
    def is_number(self) -> bool:
        """Whether its values are always numbers."""
        return self.fold in {"sum", "count", "avg"}


class FieldUpdate(NamedTuple):
    """One operand for one field; `key` is None where the event names none."""

    field: str
    operand: Operand
    key: str | None = None


class Effect(NamedTuple):
    """What one event does to one entity. An effect without updates still counts as a version."""

    entity: str
    updates: tuple[FieldUpdate, ...]


class NotApplicable(Exception):  # noqa: N818 - a finding about the log, not a failure of the program
    """A known event type whose payload lacks what the read model needs; says what.

    Attributes:
        details: More about it, for those who ask: a traceback.
        effects: What the event did all the same, to other entities.
        kind: Whether the payload does not suffice, a number is written differently from the others, a program fails,
            one has failed for this entity before, numbers lost digits (the event did what `effects` say), or the event
            says itself that nothing was moved.
    """

    def __init__(
        self,
        reason: str,
        details: str = "",
        effects: "Sequence[Effect]" = (),
        kind: ProblemKind = "not-applied",
    ) -> None:
        self.details = details
        self.effects = effects
        self.kind: ProblemKind = kind
        super().__init__(reason)


class TextError(ValueError):
    """The text of a read model or of upcasters that cannot be used; `str()` is the sentence for the person.

    Attributes:
        reason: The same without the place.
        line, column: 1-based place in the text, None if it has none.
    """

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.reason, self.line, self.column = reason, line, column
        super().__init__(reason if line is None else f"line {line}, column {column or 1}: {reason}")


class Upcasters(msgspec.Struct, frozen=True):
    """Steps that lift old events to today's schema version: what they are called, written in, and say."""

    name: str
    language: Literal["toml", "python"]
    text: str


class Recipe(msgspec.Struct, frozen=True):
    """All that is needed to make a read model, in another process too.

    Attributes:
        name: `auto`, `accounts`, `latest`, or what a read model that somebody wrote is called.
        language: What that is written in; empty for the built-in ones.
        text: The query or the program itself.
        upcasters: What is done to old events before the read model sees them.
        beside: Of a query, which names stand beside the payload in this log, and in which column; see `SqlModel.bound`.
        apart: Of a query, whether the events of this log name currencies, of which the query says nothing.
        by_kind: The kinds of entities that have a read model of their own, each with its recipe.
    """

    name: str = "auto"
    language: Literal["", "sql", "python", "javascript"] = ""
    text: str = ""
    upcasters: Upcasters | None = None
    beside: tuple[tuple[str, str], ...] = ()
    apart: bool = False
    by_kind: tuple[tuple[str, "Recipe"], ...] = ()

    @property
    def plain(self) -> object:
        """The same as JSON; `of_plain` is the inverse."""
        return msgspec.to_builtins(self)

    @classmethod
    def of_plain(cls, told: object) -> "Recipe":
        """The recipe that `plain` told.

        Raises:
            msgspec.ValidationError: It is none.
        """
        return msgspec.convert(told, cls)


AUTO = Recipe()


class ReadModel(Protocol):
    """How state is derived from events."""

    @property
    def recipe(self) -> Recipe:
        """How to make it again."""

    @property
    def name(self) -> str:
        """Its name on the command line and in the window."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields known so far, in the order in which they are shown."""

    @property
    def noun(self) -> str:
        """What one entity is called, such as `account`."""

    @property
    def ordered(self) -> bool:
        """Whether what an event does depends on those before it: one reader, and another pass for another order."""

    @property
    def positioned(self) -> bool:
        """Whether it looks at an event's position: one reader that counts all events from the first on."""

    @property
    def numbers(self) -> NumberStyle:
        """How the numbers are written that stand in the log as texts, as far as it reads such."""

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What `event` does; None if the read model does not know its type.

        Raises:
            NotApplicable: The type is known, the payload is not usable.
        """

    def learn(self, names: Sequence[str]) -> None:
        """Take notice of all fields that anybody has met in the log so far, in the order of their appearance."""


@runtime_checkable
class NamesMembers(Protocol):
    """A read model that looks only at members of some names: others may be there or not, all events are alike to it.

    Attributes:
        member_names: Their names, in any spelling; what stands below one counts too. None: it may look at any.
    """

    member_names: Collection[str] | None


@runtime_checkable
class Runs(Protocol):
    """A read model that is, or has in it, a program: its lines run once before any event is asked about."""

    def run(self) -> None:
        """Run them: only where they can do no more harm than the person allowed."""


@runtime_checkable
class TakesMembers(Protocol):
    """A read model for which every member of the payload is the operand of the field of that name, and nothing else."""

    def has_room(self, names: Sequence[str]) -> bool:
        """Whether all of these may be fields: a log may invent a name in each event."""

    def takes(self, name: str) -> bool:
        """Whether a member is taken; if so it is a field from now on."""

    def owner(self, entity: str | None) -> str | None:
        """Whose an event is that names `entity`; None if nobody's, and it changes nothing."""


class BuiltIn(ReadModel, Protocol):
    """A read model that comes with the program, see `built_in.BUILT_IN`.

    Attributes:
        title: What it shows, for people; marked with `later`.
    """

    title: str

    @classmethod
    def fits(cls, recipe: Recipe, known: "Sample") -> bool:
        """Whether it would leave little out of the log of which a sample tells; a recipe may say more than its name."""

    @classmethod
    def of(cls, recipe: Recipe, known: "Sample", fields: FieldMap) -> Self:
        """Make it for such a log; the same from its own `recipe` and no sample."""


@runtime_checkable
class Surest(Protocol):
    """A read model that some logs prove to be the right one, whatever others may make of them."""

    @classmethod
    def is_sure(cls, known: "Sample") -> bool:
        """Whether this one does."""


class Wording(NamedTuple):
    """What is said of a read model's entities, for people; all texts are marked with `later`.

    Attributes:
        nouns: What one is called, and several.
        checks: The name and the condition of each thing that is worth checking in a log that it fits.
        left_out: What is said if events of some types change nothing, and what if entities are not shown either; None
            for a read model that leaves out what it was written to leave out.
    """

    nouns: tuple[str, str]
    checks: Sequence[tuple[str, str]] = ()
    left_out: tuple[str, str] | None = None


@runtime_checkable
class Worded(Protocol):
    """A read model of which there is more to say than its noun.

    Attributes:
        wording: What.
    """

    wording: Wording


class TypeMeanings(NamedTuple):
    """What event types can mean to a read model, for people; all texts are marked with `later`.

    Attributes:
        question: What is asked.
        elsewhere: What is said where another read model is in use.
        of: What each meaning does, by its name; the empty name is that of none.
    """

    question: str
    elsewhere: str
    of: Mapping[str, str]


@runtime_checkable
class MeansTypes(Protocol):
    """A read model that goes by what event types mean. A person may say that one means something else.

    Attributes:
        type_meanings: What they can mean.
        chosen: What types mean that do not go by their names.
    """

    type_meanings: TypeMeanings
    chosen: Mapping[str, str]

    def by_name(self, event_type: str) -> str:
        """What a type's name says."""

    @classmethod
    def choosing(cls, recipe: Recipe, chosen: Mapping[str, str]) -> Recipe:
        """The same recipe with what types mean."""
