"""With which event of an object-centric log does an object get the values of its attributes?

Such a log (OCEL) tells objects beside its events, with what their attributes were set to, and when. What an object has
from the beginning comes with the first of its events, or beside its name in the first event that names it; what is set
at the time of one of its events comes with that one. What is set at any other time is an event of its own.
"""

from collections.abc import Mapping, Sequence

import msgspec

from explorer.eventlog.event import FieldMap
from explorer.eventlog.timestamps import parse_time

SET = "attributes set"  # the type of an event that only says that
FIELDS = FieldMap(type="type", time="time", entity="object", data="data", id="id", kind="kind")

type Related = Sequence[
    tuple[str, str]
]  # objects of an event, the one that it belongs to first, and what each is to it


class Attributes(msgspec.Struct):
    """Values of an object from one time on.

    Attributes:
        name: The object.
        time: As it is written; None: from the beginning.
        values: Of its attributes.
        place: Offset, size and line in the log.
    """

    name: str
    time: str | None
    values: dict[str, object]
    place: tuple[int, int, int] = (0, 0, 0)


class Objects:
    """What a log tells of its objects.

    Attributes:
        kinds: Of each, by its name.
        alone: What was set at a time at which no event of the object happened; after `settle`.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.alone: list[Attributes] = []
        self._settings: list[Attributes] = []
        self._own: dict[str, tuple[int, int]] = {}  # of an object, time and number of the first of its events
        self._named: dict[str, tuple[int, int]] = {}  # the same of those that name it
        self._at: dict[tuple[str, int], int] = {}
        self._with: dict[int, dict[str, object]] = {}
        self._beside: dict[tuple[int, str], dict[str, object]] = {}

    def set(self, setting: Attributes) -> None:
        """Some values of an object."""
        self._settings.append(setting)

    def meet(self, number: int, related: Related, time: object) -> None:
        """An event, by its number in the log, with its objects; `time` as it is written."""
        when = parse_time(time) if time is not None else None
        if when is None or not related:
            return
        self._at.setdefault((related[0][0], when), number)
        for first, names in ((self._own, related[:1]), (self._named, related)):
            for name, _ in names:
                first[name] = min(first.get(name, (when, number)), (when, number))

    def settle(self) -> None:
        """All are told, and all events were met."""
        for each in self._settings:
            when = None if each.time is None else parse_time(each.time)
            own = self._at.get((each.name, when)) if when else self._own.get(each.name, (0, None))[1]
            if own is not None:
                self._with.setdefault(own, {}).update(each.values)
            elif not when and each.name in self._named:
                self._beside[self._named[each.name][1], each.name] = each.values
            else:
                self.alone.append(each)

    def event(
        self, number: int, told: Mapping[str, object], related: Related, data: dict[str, object]
    ) -> dict[str, object]:
        """An event with its objects, each with what it is to the event, and what is known of them from then on."""
        for name, value in self._with.get(number, {}).items():
            data = {**data, (f"object:{name}" if name in data else name): value}
        if related:
            data = {**data, "objects": ", ".join(self._shown(number, *each) for each in related)}
        return {**told, **self._whose(related[0][0] if related else None), "data": data}

    def _shown(self, number: int, name: str, role: str) -> str:
        known = [f"{key} {value}" for key, value in self._beside.get((number, name), {}).items()]
        inside = "; ".join([role, *known] if role else known)
        return f"{name} ({inside})" if inside else name

    def setting(self, each: Attributes) -> dict[str, object]:
        """The same for what is an event of its own."""
        timed: dict[str, object] = {} if each.time is None else {"time": each.time}
        return {"type": SET, **timed, **self._whose(each.name), "data": each.values}

    def _whose(self, name: str | None) -> dict[str, object]:
        if name is None:
            return {}
        kind = self.kinds.get(name)
        return {"object": name} if kind is None else {"object": name, "kind": kind}
