"""A read model that does not come with the program: how often did somebody come, and where were they last?"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from explorer.eventlog.event import Event, FieldMap
from explorer.language import later
from explorer.projection.built_in import BUILT_IN
from explorer.projection.model import Effect, Field, FieldUpdate, Recipe
from explorer.projection.number_style import NumberStyle
from explorer.projection.sample import Sample


class Visits:
    """What `explorer.projection.model.BuiltIn` asks for, and no more."""

    name = "visits"
    title = later("visits")
    noun = "guest"
    ordered = positioned = False
    numbers = NumberStyle.PLAIN
    recipe = Recipe("visits")
    fields = (Field("visits", "count"), Field("last room", "last"))

    @classmethod
    def fits(cls, recipe: Recipe, known: Sample) -> bool:  # noqa: ARG003
        return "DoorOpened" in known.counted.types

    @classmethod
    def of(cls, recipe: Recipe, known: Sample, fields: FieldMap) -> Self:  # noqa: ARG003
        return cls()

    def learn(self, names: Sequence[str]) -> None:
        pass

    def effects(self, event: Event) -> Sequence[Effect] | None:
        if event.type != "DoorOpened":
            return None
        room = FieldUpdate("last room", str(event.data["room"]))
        return [Effect(str(event.data["guest"]), (room,))]


@contextmanager
def registered() -> Iterator[None]:
    """The one line, before the others: it is the first that is asked whether it fits."""
    others = dict(BUILT_IN)
    BUILT_IN.clear()
    BUILT_IN.update({"visits": f"{__name__}:Visits"} | others)
    try:
        yield
    finally:
        BUILT_IN.clear()
        BUILT_IN.update(others)


def write_doors(folder: Path) -> Path:
    """A log that it fits."""
    seen = [("ada", "hall"), ("kofi", "attic"), ("ada", "cellar")]
    lines = [
        json.dumps({"type": "DoorOpened", "at": f"2026-01-0{day}", "data": {"guest": guest, "room": room}})
        for day, (guest, room) in enumerate(seen, 1)
    ]
    path = folder / "doors.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
