"""What did an event say before it was upcast, and what after; and which versions of which events are in the log?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec
import numpy as np

from explorer.history.chunks import exact_text
from explorer.history.reading import Lifting
from explorer.language import grouped, tr
from explorer.projection.model import NotApplicable, Upcasters
from explorer.projection.upcasting import Lifted, schema_of
from explorer.sentences import translated
from explorer.session.document import Document
from explorer.session.plaintext import visible

TYPE = "(type)"
_MOST_ROWS = 400
_MOST_LOOKED_AT = 1_000  # events of a type, for one of a version


class MemberRow(msgspec.Struct, frozen=True):
    """One member of the data.

    Attributes:
        path: Which one, `customer.name`.
        values: What it is at each version, as exact JSON; None where it is not there.
        marks: What became of it with each version: "" at the first and where it stays, else +, − or ~.
    """

    path: str
    values: Sequence[str | None]
    marks: Sequence[str]

    @property
    def changed(self) -> bool:
        """Whether any step did anything to it."""
        return any(self.marks)


class Upcast(msgspec.Struct, frozen=True):
    """An event at each of its versions.

    Attributes:
        versions: Their numbers, the one in which it was written first.
        rows: Its members.
        said: What else there is to say: that it is new enough, that no step leads on, that a step failed.
    """

    versions: Sequence[int]
    rows: Sequence[MemberRow]
    said: str = ""


class Schema(msgspec.Struct, frozen=True):
    """The events of one type and version.

    Attributes:
        reached: The version to which they are lifted.
        covered: False if that is not the newest.
    """

    type: str
    version: int
    events: int
    reached: int
    covered: bool


class Upcasts:
    """Shows what the upcasters of one document do."""

    def __init__(self, document: Document) -> None:
        self._document = document
        model = document.upcasting
        self._lifting = None if model is None else Lifting(document.events.log, model)

    @property
    def upcasters(self) -> Upcasters | None:
        """Which steps are in use."""
        model = self._document.upcasting
        return None if model is None else model.recipe.upcasters

    def of(self, position: int) -> Upcast | None:
        """The event at a position before and after; None without upcasters.

        Raises:
            LogError: The upcasters fail as a whole.
        """
        if self._lifting is None or not position:
            return None
        row = self._document.history.log_position(position) - 1
        events = self._document.events
        try:
            steps = self._lifting.steps(int(events.offsets[row]), int(events.lengths[row]), row + 1)
        except NotApplicable as finding:
            event = self._document.event(position)
            kind, version = schema_of(event)
            return compared([Lifted(kind, version, event.data)], translated(str(finding)))
        return compared(steps, self._said(steps))

    def _said(self, steps: Sequence[Lifted]) -> str:
        first, last = steps[0], steps[-1]
        if not any(
            (each.type, each.version, each.covered) == (first.type, first.version, True)
            for each in self.schemas()
        ):
            return tr("No step leads from version {version} of {type} on: it is used as it stands.").format(
                version=last.version, type=visible(last.type)
            )
        if len(steps) > 1:
            return ""
        return tr("Version {version} is the newest: nothing is done to it.").format(version=last.version)

    def schemas(self) -> list[Schema]:
        """The versions in the log, by type."""
        found = []
        for key, count in self._document.schemas.items():
            version, reached, covered, kind = key.split(" ", 3)
            found.append(Schema(kind, int(version), count, int(reached), covered == "+"))
        return sorted(found, key=lambda each: (each.type, each.version))

    def next_of(self, schema: Schema, position: int) -> int | None:
        """The position of the next event of a type and version behind `position`, or else of the first one."""
        document = self._document
        names = [at for at, name in enumerate(document.events.type_names) if name.startswith(schema.type)]
        rows = np.flatnonzero(np.isin(document.events.types, names)).astype(np.int64)
        positions = np.sort(document.history.in_order(rows + 1))
        here = int(np.searchsorted(positions, position, "right"))
        for some in (positions[here:], positions[:here]):
            for each in some[:_MOST_LOOKED_AT].tolist():
                if schema_of(document.event(each)) == (schema.type, schema.version):
                    return int(each)
        return None

    def uncovered(self) -> list[int]:
        """The positions of the events that could not be lifted, ascending."""
        history = self._document.history
        return sorted(
            history.position_of(each.position)
            for each in self._document.problems
            if each.reason.startswith(("no step leads", "the step from"))
        )

    def close(self) -> None:
        """Let go of what runs."""
        if self._lifting is not None:
            self._lifting.close()


def compared(steps: Sequence[Lifted], said: str = "") -> Upcast:
    """The members of an event's data, side by side."""
    flats = [{TYPE: exact_text(each.type), **_flat(each.data)} for each in steps]
    paths = list(dict.fromkeys(path for flat in flats for path in flat))
    rows = []
    for path in paths[:_MOST_ROWS]:
        values = [flat.get(path) for flat in flats]
        marks = ["", *map(_mark, values, values[1:])]
        rows.append(MemberRow(path, values, marks))
    if len(paths) > _MOST_ROWS:
        more = tr("{count} more members are not shown.").format(count=grouped(len(paths) - _MOST_ROWS))
        said = f"{said} {more}".strip()
    return Upcast([each.version for each in steps], rows, said)


def _mark(before: str | None, after: str | None) -> str:
    if before == after:
        return ""
    return "+" if before is None else "−" if after is None else "~"


def _flat(value: object, path: str = "") -> dict[str, str]:
    if isinstance(value, Mapping) and (value or not path):
        found: dict[str, str] = {}
        for name, inner in value.items():
            found |= _flat(inner, f"{path}.{name}" if path else str(name))
        return found
    text = exact_text(value)
    return {path: text.removesuffix("E0") if isinstance(value, Decimal) else text}
