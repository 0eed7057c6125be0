"""How is a log of process mining read in XES: traces of events, in XML? Each trace is an entity."""

from collections.abc import Iterator
from decimal import Decimal

from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.event import FieldMap
from explorer.eventlog.statements.checking import number
from explorer.eventlog.statements.xml_elements import Element, XmlFault, elements
from explorer.eventlog.text import Text

_DEEPEST = 20
_LEFT_OUT = frozenset({"global", "extension", "classifier"})
_WANTED = _LEFT_OUT | {"event", "string", "date", "int", "float", "boolean", "id", "list"}


class Xes(WrittenEntries):
    """The events of all traces; what a trace says of itself stands in each of its events under `trace:`."""

    name = "XES"
    fields = FieldMap(type="concept:name", time="time:timestamp", entity="case")

    def __init__(self, text: Text) -> None:
        super().__init__()
        self.text = text

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        source = self.text.source
        trace: dict[str, object] = {}
        traces = 0
        try:
            for found in elements(source, _WANTED, {"trace"}):
                if found.ends:
                    trace = {}
                    traces += 1
                elif found.name == "event":
                    own = {each.attributes.get("key", each.name): _value(each) for each in found.parts}
                    case = trace.get("concept:name")
                    if found.within != "trace":  # it stands in none, so it is nobody's
                        yield WrittenEntry(found.offset, found.size, found.line, own)
                        continue
                    told: dict[str, object] = {
                        "case": str(case) if case is not None else f"trace {traces + 1}"
                    }
                    told |= {f"trace:{key}": value for key, value in trace.items() if key != "concept:name"}
                    yield WrittenEntry(found.offset, found.size, found.line, own | told)
                elif found.name not in _LEFT_OUT and found.within == "trace":
                    trace[found.attributes.get("key", found.name)] = _value(found)
        except XmlFault as fault:
            rest = max(source.size_bytes - fault.byte, 0)
            yield WrittenEntry(fault.byte, rest, fault.line, reason=fault.reason, column=fault.column)


def _value(found: Element, depth: int = 0) -> object:
    """What an attribute says: numbers to the last digit, lists and what is nested as objects."""
    text = found.attributes.get("value", "")
    inner = [each for part in found.parts for each in (part.parts if part.name == "values" else [part])]
    if found.name == "list" or (inner and not text and depth < _DEEPEST):
        return {each.attributes.get("key", each.name): _value(each, depth + 1) for each in inner}
    if found.name in {"int", "float"}:
        value: Decimal | None = number(text)
        return text if value is None else int(value) if found.name == "int" and value == int(value) else value
    if found.name == "boolean":
        return text.strip().lower() == "true"
    return text
