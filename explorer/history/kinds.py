"""Of which kind is each entity of a log that holds several kinds (orders, wallets), and which fields has a kind?"""

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from explorer.eventlog.entity_forms import parts
from explorer.eventlog.log import EventLog
from explorer.history.events import Events
from explorer.history.history import History
from explorer.history.ordering import occurring
from explorer.patterns import lazy_pattern
from explorer.projection.model import Field

type Ints = npt.NDArray[Any]
type Flags = npt.NDArray[np.bool_]

UNKNOWN = -1
MOST_ENTITIES = 300_000  # of which whole events are read to learn their kinds; beyond, nothing is said
MOST_BY_MEMBER = 10_000_000  # the same where the one member that tells it can be read alone
MOST_KINDS = 60  # more are no kinds that anybody chooses from
_LAST_WORD = lazy_pattern(r"[^.:/\\]+$")


_LEARNT: "WeakKeyDictionary[Events, EntityKinds | None]" = WeakKeyDictionary()


class EntityKinds:
    """The kinds of all entities that a log ever names.

    Attributes:
        names: The kinds as the log has them, in the order in which their first entities came to be.
        of: (entities,) which of `names` each entity is of; `UNKNOWN` if nothing says it, or events differ about it.
        mixed: The entities of which events say different kinds: their ids are those of several things.
    """

    def __init__(self, names: Sequence[str], of: Ints, mixed: Sequence[str] = ()) -> None:
        self.names, self.of, self.mixed = tuple(names), of, tuple(mixed)

    def __len__(self) -> int:
        return len(self.names)

    def flags(self, kind: str) -> Flags:
        """(entities,) which are of a kind."""
        found: Flags = self.of == self.names.index(kind)
        return found

    def short(self, kind: str) -> str:
        """`Order` for `com.shop.Order` or `Shop::Order`, if no other kind ends so."""
        endings = [_ending(name) for name in self.names]
        return _ending(kind) if endings.count(_ending(kind)) == 1 else kind

    def meant(self, text: str) -> str | None:
        """The kind that a person means: its name, the last word of it, in whatever letters; None if there is none."""
        for spelt in (lambda name: name, self.short, lambda name: self.short(name).casefold()):
            found = [name for name in self.names if spelt(name) in {text, text.casefold()}]
            if len(found) == 1 or text in found:
                return text if text in found else found[0]
        return None

    def fields(self, history: History, kind: str) -> list[Field]:
        """The visible fields that have been set of any entity of a kind."""
        own = self.flags(kind)
        found = []
        for field in history.fields:
            line = history.field_histories[field.name]
            owners = line.slot_entity[np.diff(line.offsets[: len(line.slot_entity) + 1]) > 0]
            if not field.hidden and bool(own[owners].any()):
                found.append(field)
        return found


def entity_kinds(history: History) -> EntityKinds | None:
    """Of which kind each entity is; None if the log tells none, or there are too many. Slow once for many entities.

    The kind is what the entity's name says, or what its first and its last event say.
    """
    if history.events not in _LEARNT:
        _LEARNT[history.events] = _learnt(history)
    return _LEARNT[history.events]


def know_kinds(events: Events, kinds: EntityKinds | None) -> None:
    """Take what is known of the kinds of entities, so that no event need be looked at."""
    _LEARNT[events] = kinds


def _learnt(history: History) -> EntityKinds | None:
    fields, count = history.log.fields, len(history.touches.slot_entity)
    if (fields.kind is None and fields.form is None) or not count:
        return None
    if fields.kind is not None and count > most_entities(history):
        return None
    told = _by_events(history) if fields.kind is not None else {}
    return kinds_of(history.entities.values_of(range(count)), told, fields.form)


def kinds_of(
    entities: Sequence[str], told: Mapping[str, set[str]], form: str | None, places: Ints | None = None
) -> EntityKinds | None:
    """Of which kind each entity is; None if nobody says it, or there are too many kinds.

    Args:
        entities: They, in the order in which they came to be.
        told: For each the kinds that its events say.
        form: How an entity's name tells its kind, if it does.
        places: (entities,) the code of each; None: it is its place.
    """
    named: dict[str, int] = {}
    of = np.full(len(entities), UNKNOWN, np.int64)
    mixed = []
    for at, entity in enumerate(entities):  # together: one by one they are slow
        kinds = told.get(entity, set())
        if not kinds and form is not None:
            split = parts(entity, form)
            kinds = set() if split is None else {split[0]}
        if len(kinds) > 1:
            mixed.append(entity)
        for kind in kinds if len(kinds) == 1 else ():
            of[at if places is None else places[at]] = named.setdefault(kind, len(named))
    return EntityKinds(list(named), of, mixed) if 0 < len(named) <= MOST_KINDS else None


def most_entities(history: History) -> int:
    """Of how many entities kinds are learnt by their events."""
    return most_in(history.log)


def most_in(log: EventLog) -> int:
    """The same of a log."""
    return MOST_BY_MEMBER if log.tells_kinds_soon else MOST_ENTITIES


def _by_events(history: History) -> dict[str, set[str]]:
    """What the first and the last event of each entity say."""
    events = history.events
    owners = events.entities
    named = np.flatnonzero(owners >= 0)
    first, last = np.full(len(events.entity_names), -1), np.full(len(events.entity_names), -1)
    first[owners[named[::-1]]] = named[::-1]  # the one that is written last stays
    last[owners[named]] = named
    rows = np.concatenate([first, last])
    rows = occurring(rows[rows >= 0])
    found: dict[str, set[str]] = {}
    names = events.entity_names.values_of(owners[rows].tolist())
    for name, kind in zip(names, events.kind_texts(rows + 1), strict=True):
        if kind:
            found.setdefault(name, set()).add(kind)
    return found


def _ending(name: str) -> str:
    found = _LAST_WORD.search(name)
    return name if found is None else found[0]
