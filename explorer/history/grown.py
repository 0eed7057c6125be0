"""How is a log read on from where it ended when its index was kept?"""

from explorer.eventlog import EventLog
from explorer.history.collect import VERSION, Collected
from explorer.history.gathered import Gathered

_LONGEST_TORN_BYTES = 1 << 20


class Grown:
    """What was read of a log that has only been appended to since.

    Attributes:
        unit: Where the first line begins that was not there, or not whole.
    """

    def __init__(self, collected: Collected, unit: int, byte: int) -> None:
        self.unit = unit
        self._collected = collected
        self._byte = byte  # the same place in bytes

    @property
    def usable(self) -> bool:
        """Whether reading can go on: no event stands in a last line that may have grown, no state is needed."""
        events = self._collected.events
        last_begins = int(events.offsets[-1]) if len(events) else -1
        return last_begins < self._byte and not self._collected.model.ordered

    def gathered(self, size_bytes: int) -> Gathered:
        """All columns as they were while the log was read."""
        old = self._collected
        events = old.events
        found = Gathered(old.model, size_bytes)
        found.unread = [each for each in events.unread if each.offset < self._byte]
        found.notices, found.problems = list(events.notices), list(old.problems)
        found.unknown = old.unknown.copy()
        touches = old.operands[VERSION.name]
        columns = {name: getattr(events, name) for name in (
            "offsets", "lengths", "at_ns", "types", "entities", "line_rows", "line_steps",
        )}  # fmt: skip
        columns |= {"touch.moments": touches.moments, "touch.entities": touches.entities}
        names = {"types": events.type_names.values, "entities": old.entities.values}
        for field in old.fields:
            if field.fold == "count":
                continue
            operands = old.operands[field.name]
            if len(operands.moments):
                parts = ("moments", "entities", "keys", "units", "decimals", "codes")
                kept = {part: getattr(operands, part) for part in parts}
                columns |= {f"{part}.{field.name}": kept[part] for part in parts if kept[part] is not None}
            if operands.key_names:
                names[f"keys.{field.name}"] = list(operands.key_names)
            found.go_on_with(field.name, operands.values, operands.wide)
        torn = self._byte < (events.unread[-1].offset + 1 if events.unread else 0)
        found.go_on_from(columns, names, (len(events), old.lines - torn))
        return found


def continued(log: EventLog, old_bytes: int) -> tuple[int, int] | None:
    """Where reading goes on in a log that had `old_bytes`, as unit and byte; None if it must begin anew."""
    if not log.by_lines or not 0 < old_bytes < log.size_bytes:
        return None
    torn = log.raw(max(0, old_bytes - _LONGEST_TORN_BYTES), min(old_bytes, _LONGEST_TORN_BYTES))
    begins = torn.rfind(b"\n") + 1
    if begins == 0 or b"\r" in torn[begins:]:
        return None
    byte = old_bytes - len(torn) + begins
    unit = log.unit_at(byte)
    return None if unit is None else (unit, byte)
