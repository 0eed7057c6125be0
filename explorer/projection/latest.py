"""What are an entity's latest values, when nothing is known of what its events mean?"""

from collections.abc import Collection, Sequence
from typing import Self

from explorer.eventlog.event import SEAL, Event, FieldMap
from explorer.language import later
from explorer.projection.model import Effect, Field, FieldUpdate, Recipe, Wording
from explorer.projection.number_style import NumberStyle
from explorer.projection.sample import Sample

WHOLE_LOG = "(whole log)"
_JOINED = " + "  # of a time: a day and a clock that stand apart
MAX_FIELDS = 400  # a log that invents a name in each event must not become a table of a million columns


class LatestFields:
    """The default read model: each entity keeps the latest value that its events gave to each payload field."""

    name = "latest"
    title = later("latest values")
    ordered = positioned = False
    numbers = NumberStyle.PLAIN
    recipe = Recipe("latest")
    noun = "entity"
    wording = Wording((later("entity"), later("entities")))

    member_names: Collection[str] | None = ()  # it asks for none by name: it takes every one

    def __init__(self, fields: FieldMap) -> None:
        flat = fields.data is None
        self._nobody = WHOLE_LOG if fields.entity is None else None
        self._envelope = (
            {SEAL}
            | {
                each
                for path in (fields.type, fields.time, fields.entity, fields.sequence, fields.id)
                if path
                for each in (path, *(path.split(_JOINED) if path == fields.time else ()))
            }
            if flat
            else set()
        )
        if fields.data is not None and fields.entity is not None:
            self._envelope = {fields.entity.removeprefix(fields.data + ".")}
        self._fields: dict[str, Field] = {}
        self.left_out = 0

    @classmethod
    def fits(cls, recipe: Recipe, known: Sample) -> bool:  # noqa: ARG003
        """It leaves nothing out."""
        return True

    @classmethod
    def of(cls, recipe: Recipe, known: Sample, fields: FieldMap) -> Self:  # noqa: ARG003
        """Make it, whatever the log is about."""
        return cls(fields)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The payload fields met so far, in the order of their first appearance."""
        return tuple(self._fields.values())

    def learn(self, names: Sequence[str]) -> None:
        """Keep these payload fields too, and have them first."""
        self._fields = {name: Field(name, "last") for name in names} | self._fields

    def owner(self, entity: str | None) -> str | None:
        """Whose an event is: of a log that names entities, an event that names none is nobody's; it changes nothing."""
        return entity if entity is not None else self._nobody

    def has_room(self, names: Sequence[str]) -> bool:
        """Whether all of these may be fields."""
        return len({*self._fields, *names}) <= MAX_FIELDS

    def takes(self, name: str) -> bool:
        """Whether a member of the payload is a field, as all are but those that say what the event itself is."""
        if name in self._envelope:
            return False
        if name not in self._fields:
            if len(self._fields) >= MAX_FIELDS:
                self.left_out += 1
                return False
            self._fields[name] = Field(name, "last")
        return True

    def effects(self, event: Event) -> Sequence[Effect]:
        """Every payload field of `event` becomes its entity's latest."""
        entity = self.owner(event.entity)
        if entity is None:
            return ()
        updates = [FieldUpdate(name, value) for name, value in event.data.items() if self.takes(name)]  # type: ignore[arg-type]
        return (Effect(entity, tuple(updates)),)
