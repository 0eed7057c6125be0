"""How is a log read on from where it ended when its index was kept?"""

from collections import Counter
from collections.abc import Sequence

from explorer.eventlog.log import EventLog
from explorer.eventlog.names import Names
from explorer.history.collect import VERSION, Collected
from explorer.history.gathered import Gathered, Problems
from explorer.history.history import History
from explorer.projection.model import Recipe

_LONGEST_TORN_BYTES = 1 << 20


class Resumption:
    """What was read of a log that has only been appended to since.

    What stood in a last line without a newline is read again, unless all that it lacked was the newline.

    Attributes:
        unit: Where the first line begins that was not there, or not whole.
        histories: Its index, in one order of time or in both.
    """

    def __init__(self, collected: Collected, unit: int, histories: Sequence[History], *, torn: bool) -> None:
        self.unit = unit
        self.histories = histories
        self._collected = collected
        self._byte = collected.events.log.byte_of(unit)
        self._torn = torn  # the last line that was counted begins at `unit`

    @property
    def recipe(self) -> Recipe:
        """What was read for which read model."""
        return self._collected.model.recipe

    def gathered(self, size_bytes: int) -> Gathered:
        """All columns as they were while the log was read."""
        old = self._collected
        events = old.events
        found = Gathered(old.model, size_bytes)
        found.unread = [each for each in events.unread if each.offset < self._byte]
        found.notices = list(events.notices)
        found.problems = Problems(old.problems, old.unlisted)
        found.members = old.members
        found.unknown, found.schemas = old.unknown.copy(), Counter(old.schemas)
        touches = old.operands[VERSION.name]
        columns = {name: getattr(events, name) for name in (
            "offsets", "lengths", "at_ns", "types", "entities", "line_rows", "line_steps",
        )}  # fmt: skip
        columns |= {"touch.moments": touches.moments, "touch.entities": touches.entities}
        names = {"types": events.type_names, "entities": old.entities}
        for field in old.fields:
            if field.fold == "count":
                continue
            operands = old.operands[field.name]
            if len(operands.moments):
                parts = ("moments", "entities", "keys", "units", "decimals", "codes")
                kept = {part: getattr(operands, part) for part in parts}
                if not operands.key_names:
                    kept["keys"] = None  # all are the same, which needs no column
                columns |= {f"{part}.{field.name}": kept[part] for part in parts if kept[part] is not None}
            if operands.key_names:
                names[f"keys.{field.name}"] = Names(operands.key_names)
            found.go_on_with(field.name, operands.values, operands.wide)
        found.go_on_from(columns, names, (len(events), old.lines - self._torn), old.room)
        return found


def resumption(
    log: EventLog, collected: Collected, old_bytes: int, histories: Sequence[History] = ()
) -> Resumption | None:
    """What was read of the first `old_bytes` of a log, to go on from; None if it must be read from its beginning."""
    if not log.by_lines or not 0 < old_bytes <= log.size_bytes or collected.model.ordered:
        return None
    last = log.raw(max(0, old_bytes - _LONGEST_TORN_BYTES), min(old_bytes, _LONGEST_TORN_BYTES))
    begins = last.rfind(b"\n") + 1
    torn = last[begins:]
    if begins == 0 or b"\r" in torn.rstrip(b"\r"):  # too long, or several lines in one
        return None
    byte, events = old_bytes - len(torn), collected.events
    if len(events) and int(events.offsets[-1]) >= byte:  # an event stands in it, so it was whole
        rest = log.raw(old_bytes, 2)
        if rest[:1] != b"\n" and (rest != b"\r\n" or torn.endswith(b"\r")):
            return None
        byte = old_bytes + rest.index(b"\n") + 1
        torn = b""
    unit = log.unit_at(byte)
    return None if unit is None else Resumption(collected, unit, histories, torn=bool(torn))
