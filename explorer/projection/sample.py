"""What is known of a log when its read model is chosen: a few of its events, or which types and entities all have?"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from explorer.eventlog.event import Event, Stated
from explorer.projection.members import Members, Tree
from explorer.projection.model import Recipe


class Counted(msgspec.Struct, frozen=True):
    """The events of a log, counted.

    Attributes:
        types: How many there are of each type.
        entities_with: How many entities have an event of one of some types, or of any (None).
        opaque: How many have a payload that cannot be looked into.
    """

    types: Mapping[str, int]
    entities_with: Callable[[Collection[str] | None], int]
    opaque: int = 0

    @property
    def entities(self) -> int:
        """How many entities they are of; counted when it is asked for."""
        return self.entities_with(None)


class Sample:
    """Some events from all over a log, which are read once somebody asks; or all of them, counted.

    Attributes:
        chosen: Which read model was chosen when the log was shorter; None if it is to be chosen now.
        numbers: In which style numbers can be read that could not be when all was read; None if all could.
        stated: What the log says of all its events, beside them.
        every: Reads all events once more; None: those that are known are all.
    """

    def __init__(
        self,
        read: Callable[[], Sequence[Event]],
        chosen: Recipe | None = None,
        counted: Counted | None = None,
        numbers: str | None = None,
        members: Members | None = None,
        is_opaque: Callable[[Event], bool] | None = None,
        stated: Stated | None = None,
        every: Callable[[], Iterable[Event]] | None = None,
    ) -> None:
        self.stated = stated or Stated()
        self.every = every
        self.chosen = chosen
        self.numbers = numbers
        self._read = read
        self._known = counted
        self._members = members
        self._lifted = False
        self._is_opaque = is_opaque

    @cached_property
    def counted(self) -> Counted:
        """All of them if they were counted, else the sample."""
        return self._known or counted(self.events, self._is_opaque)

    @cached_property
    def events(self) -> Sequence[Event]:
        """The sample."""
        return self._read()

    @cached_property
    def members(self) -> Members:
        """What all of them have if that is known, else the sample."""
        if self._members is not None:
            return self._members
        found = Members()
        for event in self.events:
            found.note(event)
        return found

    @property
    def tree(self) -> Tree:
        """The same as a read model sees them."""
        return self.members.tree(lifted=self._lifted)

    def only(self, wanted: Callable[[Event], bool], chosen: Recipe | None) -> "Sample":
        """The same of some of the events alone, for which another read model was chosen before.

        A query finds what it names among all members, and once those are known it is bound anew.
        """
        if self._members is not None:
            again = None if chosen is not None and chosen.language == "sql" else chosen
            return Sample(list, again, members=self._members, numbers=self.numbers)
        return Sample(
            lambda: [event for event in self.events if wanted(event)],
            chosen,
            numbers=self.numbers,
            is_opaque=self._is_opaque,
            every=self._every_as(lambda events: filter(wanted, events)),
        )

    def _every_as(
        self, made: Callable[[Iterable[Event]], Iterable[Event]]
    ) -> Callable[[], Iterable[Event]] | None:
        every = self.every
        return None if every is None else lambda: made(every())

    def seen(self, see: Callable[[Event], Event]) -> "Sample":
        """The same as somebody sees its events."""
        found = Sample(
            lambda: [see(event) for event in self.events], self.chosen, self._known, self.numbers, self._members,
            self._is_opaque, self.stated, self._every_as(lambda events: map(see, events)),
        )  # fmt: skip
        found._lifted = self._lifted
        return found

    def lifted(self, lift: Callable[[Event], Event] | None) -> "Sample":
        """The same once events are lifted; None: nobody can say what that gives."""
        if self._members is not None:
            found = Sample(list, self.chosen, members=self._members)
            found._lifted = True
            return found
        return Sample(lambda: [] if lift is None else [lift(event) for event in self.events], self.chosen)


def counted(events: Sequence[Event], is_opaque: Callable[[Event], bool] | None = None) -> Counted:
    """Some events, counted; `is_opaque` says of which nothing can be told but that they happened."""
    types_of: dict[str, set[str]] = {}
    for event in events:
        if event.entity is not None:
            types_of.setdefault(event.entity, set()).add(event.type)
    return Counted(
        Counter(event.type for event in events),
        lambda types: sum(types is None or not types_of[entity].isdisjoint(types) for entity in types_of),
        0 if is_opaque is None else sum(map(is_opaque, events)),
    )
