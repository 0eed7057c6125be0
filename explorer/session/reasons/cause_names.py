"""Under which names does a log say what an event belongs to and what caused it?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from explorer.eventlog.event import Event
from explorer.eventlog.extract import scalar_text
from explorer.session.events.envelope import (
    CAUSATION,
    CAUSATION_OUTSIDE,
    CORRELATION,
    OWN_ID,
    Path,
    envelopes,
    found_in,
)


class CauseNames(NamedTuple):
    """Where in a record each is: a path from its top. None: nothing in the log says it."""

    correlation: Path | None = None
    causation: Path | None = None
    own: Path | None = None

    @property
    def known(self) -> bool:
        """Whether there is anything to follow."""
        return self.correlation is not None or self.causation is not None


class Said(NamedTuple):
    """What one event says of itself, as text."""

    correlation: str | None
    causation: str | None
    own: str | None


def names_in(events: Iterable[Event], id_path: str | None) -> CauseNames:
    """Find the names in some events of a log.

    Args:
        events: Some, in log order; that causes follow closely helps to find which id they name.
        id_path: Where the log's own id was found to be, if anywhere.
    """
    sample = list(events)
    found: list[Counter[Path]] = [Counter(), Counter(), Counter()]
    ranks: dict[Path, int] = {}
    for event in sample:
        for place, (path, holder) in enumerate([*envelopes(event), (_payload_path(event), event.data)]):
            inside = path is not None and place < 2 and holder is not event.data
            wanted = (
                CORRELATION,
                (*CAUSATION, *CAUSATION_OUTSIDE) if inside else CAUSATION,
                OWN_ID if inside else (),
            )
            for names, counter in zip(wanted, found, strict=True):
                name = found_in(holder, names) if path is not None else None
                if name is not None and path is not None:
                    counter[(*path, name)] += 1
                    ranks.setdefault((*path, name), place)
    correlation, causation = (_commonest(counter, ranks) for counter in found[:2])
    owns = list(found[2])
    if id_path is not None:
        owns.insert(0, tuple(id_path.split(".")))
    return CauseNames(correlation, causation, _named_by(causation, owns, sample))


def said_in(names: CauseNames, record: Mapping[str, object]) -> Said:
    """What a record says under these names."""
    return Said(*(text_at(record, path) if path is not None else None for path in names))


def text_at(record: object, path: Path) -> str | None:
    """The text or number at a path of a record."""
    value = record
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return scalar_text(value)


type Quick = Any  # a msgspec decoder of a struct that is made for the names


def quick_decoder(names: CauseNames) -> Quick:
    """A decoder that reads nothing but the names from JSON; `quick_said` takes out what it read."""
    return msgspec.json.Decoder(_struct([path for path in names if path is not None]))


def quick_said(names: CauseNames, read: object) -> Said:
    """What a decoder of `quick_decoder` has read."""
    return Said(*(_attribute(read, path) if path is not None else None for path in names))


def _struct(paths: list[Path]) -> type[msgspec.Struct]:
    fields: list[tuple[str, Any, Any]] = []
    rename: dict[str, str] = {}
    for number, head in enumerate(dict.fromkeys(path[0] for path in paths)):
        inner = [path[1:] for path in paths if path[0] == head]
        kind: Any = str | int | None if () in inner else _struct(inner) | None
        fields.append((f"f{number}", kind, None))
        rename[f"f{number}"] = head
    made: type[msgspec.Struct] = msgspec.defstruct("Quick", fields, rename=rename, namespace={"heads": {}})
    made.heads.update({head: name for name, head in rename.items()})  # type: ignore[attr-defined]
    return made


def _attribute(read: Any, path: Path) -> str | None:  # noqa: ANN401 - a struct made for the names
    for name in path:
        if read is None:
            return None
        read = getattr(read, read.heads[name])
    return read if read is None or type(read) is str else str(read)


def _payload_path(event: Event) -> Path | None:
    """Where the payload is in the record; None if it is no member of it."""
    if event.data is event.record:
        return ()
    for name, value in event.record.items():
        if value is event.data:
            return (name,)
    return None


def _commonest(counter: "Counter[Path]", ranks: Mapping[Path, int]) -> Path | None:
    if not counter:
        return None
    return max(counter, key=lambda path: (counter[path], -ranks[path]))


def _named_by(causation: Path | None, owns: list[Path], sample: list[Event]) -> Path | None:
    """The id that causes name: the one with most hits, else the first that there is."""
    owns = list(dict.fromkeys(owns))
    if causation is None or not owns:
        return None
    causes = {text_at(event.record, causation) for event in sample} - {None}
    hits = [sum(text_at(event.record, path) in causes for event in sample) for path in owns]
    return owns[hits.index(max(hits))]
