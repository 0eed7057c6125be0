"""What does an event do to a read model once it is lifted to the newest schema version?"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from explorer.eventlog.event import Event, FieldMap, Varying
from explorer.projection.model import (
    Effect,
    Field,
    NotApplicable,
    ReadModel,
    Recipe,
    Runs,
    Upcasters,
    Worded,
    Wording,
)
from explorer.projection.named_roles import member_at
from explorer.projection.program import told_failure
from explorer.projection.upcasting.chain import Chain, Lifted, StepError, schema_of
from explorer.projection.upcasting.toml_steps import declared


def chain_of(upcasters: Upcasters) -> Chain:
    """The chain that upcasters declare, if that can be known without running anything; else an empty one.

    Raises:
        UpcastError: They cannot be used.
    """
    if upcasters.language == "toml":
        return declared(upcasters.text)
    from explorer.projection.upcasting.python_steps import check_text

    check_text(upcasters.text)
    return Chain([])


class UpcastingModel:
    """A read model that sees every event as one of today's. It adds nothing to what the model does."""

    def __init__(self, model: ReadModel, upcasters: Upcasters, fields: FieldMap) -> None:
        """Take the read model and the steps.

        Raises:
            UpcastError: They cannot be used.
        """
        self._model = model
        self._upcasters = upcasters
        inside = fields.entity_in_payload
        self._find_entity = None if inside is None else member_at(inside)
        self.chain = chain_of(upcasters)
        self._ready = upcasters.language == "toml"
        self.ordered = model.ordered or not self._ready  # a program runs in one child
        self.positioned = model.positioned
        self.numbers = model.numbers
        self.name = model.name
        self.noun = model.noun

    @property
    def recipe(self) -> Recipe:
        """How to make it again."""
        return msgspec.structs.replace(self._model.recipe, upcasters=self._upcasters)

    @property
    def ready(self) -> bool:
        """Whether events can be lifted here: what is a program is run in a child process only."""
        return self._ready

    @property
    def fields(self) -> tuple[Field, ...]:
        """Those of the read model."""
        return self._model.fields

    def learn(self, names: Sequence[str]) -> None:
        """As the read model does."""
        self._model.learn(names)

    def run(self) -> None:
        """Run the lines of what are programs: only where they can do no more harm than the person allowed.

        Raises:
            ProgramError: The read model's fails.
            UpcastError: The upcasters' fails.
        """
        if not self._ready:
            from explorer.projection.upcasting.python_steps import run

            self.chain, self._ready = run(self._upcasters.name, self._upcasters.text), True
        if isinstance(self._model, Runs):
            self._model.run()

    def steps(self, event: Event) -> list[Lifted]:
        """What the event is at each version on its way to the newest.

        Raises:
            NotApplicable: A step fails.
        """
        if not self._ready:
            raise TypeError("these upcasters run in a child process only")
        try:
            return self.chain.lifted(event)
        except StepError as error:
            raise NotApplicable(str(error), error.details) from error
        except (Exception, SystemExit) as error:
            if not event.position:
                raise TypeError("a step looked into a value that differs from event to event") from error
            raise told_failure(
                f"the step from version {schema_of(event)[1]} of {event.type}", self._upcasters.name, error
            ) from error

    def schema(self, event: Event) -> str:
        """How an event is written, to be counted: `1 3 + MoneyDeposited` for version 1, lifted to the newest, 3."""
        kind, version = schema_of(event)
        _, reached = self.chain.reached(kind, version)
        return f"{version} {reached} {'+' if self.chain.covers(kind, version) else '-'} {kind}"

    @property
    def model(self) -> ReadModel:
        """The read model that sees events as they are today."""
        return self._model

    def lifted(self, event: Event) -> Event:
        """The event as the read model sees it; as it stands if a step fails."""
        try:
            return self._newest(event)[1]
        except NotApplicable:
            return event

    def _newest(self, event: Event) -> tuple[Lifted, Event]:
        last = self.steps(event)[-1]
        lifted = event
        if last.data is not event.data or last.type != event.type:
            entity = event.entity
            if entity is None and self._find_entity is not None:
                found = self._find_entity(last.data)
                entity = found.taken_as("text") if isinstance(found, Varying) else _id_text(found)  # type: ignore[assignment]
            lifted = msgspec.structs.replace(event, type=last.type, data=last.data, entity=entity)
        return last, lifted

    def effects(self, event: Event) -> Sequence[Effect] | None:
        """What the event does once it is lifted.

        Raises:
            NotApplicable: The read model cannot use it, a step fails, or there is none for its version. What the
                event does as it stands is told with it.
        """
        last, lifted = self._newest(event)
        found_effects = self._model.effects(lifted)
        if not self.chain.covers(last.type, last.version):
            newest = self.chain.newest.get(last.type)
            reason = f"no step leads from version {last.version:d} of {last.type}"
            if newest is not None:
                reason = f"no step leads from version {last.version:d} of {last.type} to {newest:d}"
            raise NotApplicable(reason, "", found_effects or ())
        return found_effects


def _id_text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return None
    return str(value)


def wording_of(model: ReadModel) -> Wording | None:
    """What there is to say of a read model's entities, whether or not events are lifted before it sees them."""
    inner = inner_model(model)
    return inner.wording if isinstance(inner, Worded) else None


def inner_model(model: ReadModel) -> ReadModel:
    """The read model itself, whether or not events are lifted before it sees them."""
    return model.model if isinstance(model, UpcastingModel) else model
