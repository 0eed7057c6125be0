"""How does a finished index lie in the files of a folder, and come back from it as the same index?

A manifest in JSON and one `.npy` file for each column, which is mapped into memory when the log is opened again.
Every block of every file is checked before that, the manifest too, so one that was changed is never believed.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog import compiled
from explorer.eventlog.event import Notice, Unread
from explorer.eventlog.log import EventLog
from explorer.eventlog.names import Names
from explorer.eventlog.text_columns import TextColumn
from explorer.eventlog.text_names import MANY, TextNames
from explorer.history.build import Operands
from explorer.history.chunks import Problem
from explorer.history.collect import VERSION, Collected
from explorer.history.column_files import (
    GrowableColumn,
    given_back,
    growable,
    is_whole,
    mapped,
    trim,
    written,
)
from explorer.history.events import Events
from explorer.history.field_history import FieldHistory, Slots
from explorer.history.grown_columns import apart, beneath
from explorer.history.history import History
from explorer.history.resume import Resumption, resumption
from explorer.history.revisions import values_as_json, values_from_json
from explorer.history.sequences import Sequences
from explorer.history.steady import Made, is_as_read, note, would_be_seen
from explorer.history.sums import Sums
from explorer.projection.choose import choose
from explorer.projection.members import Members
from explorer.projection.model import Field, Recipe

type Ints = npt.NDArray[Any]

FORMAT = 17  # another number: an index of another make, to be built anew
_SEAL_BYTES = 32
_OF_EVENTS = ("offsets", "lengths", "at_ns", "types", "entities", "line_rows", "line_steps")
_OF_OPERANDS = ("moments", "entities", "keys", "units", "decimals", "codes")
_OF_TIMELINE = (
    "slot_entity", "slot_key", "offsets", "positions", "moments", "slots", "by_position", "born",
)  # fmt: skip


class Damaged(Exception):  # noqa: N818 - it is thrown away and built anew, nothing has failed
    """What lies in the folder is not an index of this make, or not whole."""


class Unsteady(Exception):  # noqa: N818 - the index is of use, it is only not kept
    """The log was changed while it was read."""


class ValueTexts:
    """The values of a field, where they are very many and all of them texts, as columns.

    Attributes:
        field: Which.
        kept, at: As in `TextColumn.of_spaced`.
    """

    def __init__(self, operands: Operands, line: FieldHistory, texts: Sequence[str]) -> None:
        self.field = operands.field.name
        self._operands, self._line = operands, line
        self.kept, self.at = TextColumn.of(texts).spaced()

    def take_place(self) -> list[Any]:
        """Let the columns stand where the texts did; the texts."""
        values, gone = TextColumn.of_spaced(self.kept, self.at), [self._operands.values, self._line.values]
        self._operands.values = values
        if isinstance(self._line.values, tuple):
            more = self._line.values[1][len(values) :]  # what ends become, see `with_ends`
            self._line.values = self._line.values[0], [*values, *more] if more else values
        return gone


class SavedColumns:
    """The columns of an index as they lie in files, ready to be used in place of those in memory."""

    def __init__(
        self,
        collected: Collected,
        history: History,
        columns: Sequence[tuple[Any, str, Ints]],
        room: Mapping[str, GrowableColumn],
        texts: Sequence["ValueTexts"],
    ) -> None:
        self._collected, self._history, self._columns, self._room = collected, history, columns, room
        self._texts = texts

    def take_place(self) -> list[Any]:
        """Let the files be used. Only where the index is used: nobody may be in the middle of looking at it.

        Returns:
            What was used before. To give its memory back takes a tenth of a second: whoever shows something has another
            thread empty this list.
        """
        collected, history = self._collected, self._history
        gone: list[Any] = [collected.room]
        collected.room = self._room  # that in memory would keep all that is about to be given back
        same_clock = history.__dict__.get("clock") is collected.events.at_ns
        for holder, attribute, column in self._columns:
            gone.append(getattr(holder, attribute))
            setattr(holder, attribute, column)
        for texts in self._texts:
            gone += texts.take_place()
        if same_clock:
            history.clock = collected.events.at_ns
        for derived in ("known_at_ns", "reached"):  # they may be columns that are no longer needed
            gone += [found.__dict__.pop(derived, None) for found in (collected.events, history)]
        return gone


def save(folder: Path, key: str, collected: Collected, history: History) -> SavedColumns:
    """Write the index of a log, in log order, into an empty folder; it stays as it is until the files take its place.

    Args:
        folder: Where to.
        key: What the folder will be called: another index in its place is none.
        collected: What was read …
        history: … and its index.

    Raises:
        Unsteady: Nobody knows which bytes it is of.
        OSError: There is no room, or the folder cannot be written.
    """
    files: dict[str, list[object]] = {}
    known: dict[tuple[int, str, int], str] = {}
    columns: dict[str, str] = {}
    used: list[tuple[Any, str, str]] = []
    texts = list(_texts(collected, history))
    for name, holder, attribute in (*_columns(collected, history), *_of_texts(texts)):
        column = getattr(holder, attribute)
        # of what has grown, the first of two arrays may be another's, too
        where = id(column) if len(beneath(column)) > 1 else beneath(column)[0].__array_interface__["data"][0]
        same = (where, column.dtype.str, len(column))
        if same not in known:
            file = f"{len(known)}.npy"
            known[same] = file
            files[file] = written(folder / file, apart(column))
        columns[name] = known[same]
        used.append((holder, attribute, known[same]))
    told = {"format": FORMAT, "key": key, "files": files, "columns": columns, **_told(collected, history)}
    for each in texts:
        told["operands"][each.field][1] = None
    if not is_as_read(collected.events.log):
        raise Unsteady
    _write(folder, told)
    of_file = {file: mapped(folder / file) for file in files}
    return SavedColumns(
        collected,
        history,
        [(holder, attribute, of_file[file]) for holder, attribute, file in used],
        _room(folder, columns),
        texts,
    )


def load(folder: Path, log: EventLog) -> tuple[Collected, History] | Resumption:
    """The inverse of `save`; of a log that has only grown since, what was read of it.

    Raises:
        Damaged: It is not whole, of another make, or of other bytes.
    """
    try:
        told = _read(folder)
        # names, never a way out of the folder
        files = {folder / os.path.basename(file): told["files"][file] for file in told["files"]}  # noqa: PTH119
        of = Made(**told["log"])
        note(log, of)
        same = of.seen and of.fingerprint == log.fingerprint
        if not same and of.size_bytes > log.size_bytes:
            raise Damaged
        from concurrent.futures import ThreadPoolExecutor  # only large logs need it

        with ThreadPoolExecutor(2) as pool:  # what adds up does not hold the interpreter
            # in doubt, every byte is looked at
            known = None if same else pool.submit(of.bytes_of, log)
            if not all(pool.map(is_whole, files, files.values())):
                raise Damaged
            of_file = {file: mapped(folder / os.path.basename(file)) for file in told["files"]}  # noqa: PTH119
            columns = {name: of_file[file] for name, file in told["columns"].items()}
            restored = _restored(log, told, columns, of.lines)
            restored[0].room = _room(folder, told["columns"])
            if known is None:
                return restored
            what = known.result()
        if what == "same":
            if would_be_seen(log):  # so that it need not be looked at the next time
                told["log"] |= {"fingerprint": log.fingerprint, "seen": True}
                _write(folder, told)
            return restored
        more = resumption(log, restored[0], of.size_bytes, restored[1:]) if what == "grown" else None
        if more is None:
            raise Damaged
        return more
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        msgspec.MsgspecError,
    ) as error:
        raise Damaged from error


def _read(folder: Path) -> dict[str, Any]:
    """The manifest.

    Raises:
        Damaged: It is not whole, of another make, or of another folder.
    """
    sealed = (folder / "manifest").read_bytes()
    text = sealed[_SEAL_BYTES:]
    if sealed[:_SEAL_BYTES] != _seal(text):
        raise Damaged
    told: dict[str, Any] = json.loads(text)
    if told["format"] != FORMAT or told["key"] != folder.name:
        raise Damaged
    return told


def _write(folder: Path, told: dict[str, Any]) -> None:
    """Write the manifest, whole or not at all."""
    text = json.dumps(told).encode("ascii")
    (folder / "manifest.new").write_bytes(_seal(text) + text)
    (folder / "manifest.new").replace(folder / "manifest")


def _numbers(events: Events) -> Iterator[tuple[str, Any, str]]:
    """The log's own numbers, if somebody has read them."""
    sequences = vars(events).get("sequences")
    if isinstance(sequences, Sequences) and sequences.numbers.dtype == np.int64:
        for name in ("numbers", "known"):
            yield f"sequences/{name}", sequences, name


def _columns(collected: Collected, history: History) -> Iterator[tuple[str, Any, str]]:
    """Every column: its name, who holds it, and as what."""
    for name in _OF_EVENTS:
        yield f"events/{name}", collected.events, name
    yield from _numbers(collected.events)
    for which, names in _names(collected, history).items():
        if isinstance(names, TextNames) and names.many is not None:
            yield f"names/kept/{which}", names.many, "kept"
            yield f"names/at/{which}", names.many, "at"
    for field, operands in collected.operands.items():
        for name in _OF_OPERANDS:
            column = getattr(operands, name)
            if column is not None and (name != "keys" or operands.key_names):
                yield f"operands/{name}/{field}", operands, name
    for field, line in (*history.field_histories.items(), (VERSION.name, history.touches)):
        for name in _OF_TIMELINE:
            if getattr(line, name) is not None:
                yield f"timeline/{name}/{field}", line, name
        if isinstance(line.values, Sums):
            yield f"timeline/units/{field}", line.values, "units"
            yield f"timeline/decimals/{field}", line.values, "decimals"
        elif line.values is not None:
            yield f"timeline/codes/{field}", line, "codes"


def _texts(collected: Collected, history: History) -> Iterator[ValueTexts]:
    for name, line in history.field_histories.items():
        operands = collected.operands[name]
        values: Sequence[Any] = operands.values
        if len(values) < MANY or not compiled.ready():
            continue
        if isinstance(values, TextColumn) or set(map(type, values)) == {str}:
            yield ValueTexts(operands, line, values)


def _of_texts(texts: Sequence[ValueTexts]) -> Iterator[tuple[str, Any, str]]:
    for each in texts:
        yield f"values/kept/{each.field}", each, "kept"
        yield f"values/at/{each.field}", each, "at"


def _names(collected: Collected, history: History) -> dict[str, Names[str]]:
    """The ids of whatever events are about, and of whatever they do something to: mostly the same."""
    own, every = collected.events.entity_names, history.entities
    same = own is every or own.values == every.values
    return {"events": own} if same else {"events": own, "entities": every}


def _room(folder: Path, columns: Mapping[str, str]) -> dict[str, GrowableColumn]:
    """The columns of what was read, as they are called while it is gathered, ready to take more."""
    found = {}
    of_file: dict[str, GrowableColumn | None] = {}  # what lies in one file grows together, see `Gathered`
    for name, file in columns.items():
        holder, _, part = name.partition("/")
        part, _, field = part.partition("/")
        if holder == "operands":
            part = f"touch.{part}" if field == VERSION.name else f"{part}.{field}"
        if holder not in {"events", "operands"}:
            continue
        if file not in of_file:
            of_file[file] = growable(folder / os.path.basename(file))  # noqa: PTH119
        if (column := of_file[file]) is not None:
            found[part] = column
    return found


def _told(collected: Collected, history: History) -> dict[str, Any]:
    """Everything that is no column."""
    events = collected.events
    names = {
        which: None if isinstance(each, TextNames) and each.many is not None else list(each.values)
        for which, each in _names(collected, history).items()
    }
    return {
        "log": msgspec.structs.asdict(Made.of(events.log, collected.lines)),
        "model": collected.model.recipe.plain,
        "fields": [msgspec.structs.astuple(field) for field in collected.fields],
        "types": list(events.type_names.values),
        "names": names,
        "unread": [msgspec.structs.astuple(each) for each in events.unread],
        "notices": [msgspec.structs.astuple(each) for each in events.notices],
        "problems": [msgspec.structs.astuple(each) for each in collected.problems],
        "unlisted": collected.unlisted,
        "members": collected.members.paths(),
        "unknown": collected.unknown,
        "schemas": collected.schemas,
        "operands": {
            field: [
                list(operands.key_names),
                values_as_json(operands.values),
                [[place, str(units), scale] for place, (units, scale) in operands.wide.items()],
            ]
            for field, operands in collected.operands.items()
        },
        "timelines": {
            field: [
                list(line.keys),
                [
                    line.values.scale,
                    [[place, str(units), at] for place, (units, at) in line.values.wide.items()],
                ]
                if isinstance(line.values, Sums)
                else None,
                # where something ends, a value may become nothing that no event has given
                isinstance(line.values, tuple)
                and len(line.values[1]) > len(collected.operands[field].values),
            ]
            for field, line in history.field_histories.items()
        },
    }


def _restored(
    log: EventLog, told: dict[str, Any], columns: dict[str, Ints], lines: int
) -> tuple[Collected, History]:
    names = {
        which: TextNames.restored(columns[f"names/kept/{which}"], columns[f"names/at/{which}"])
        if values is None
        else TextNames(values)
        for which, values in told["names"].items()
    }
    names.setdefault("entities", names["events"])
    fields = tuple(Field(*each) for each in told["fields"])
    model = choose(Recipe.of_plain(told["model"]), [], log.fields)
    model.learn([field.name for field in fields if field not in model.fields])
    events = Events(
        log,
        {name: columns[f"events/{name}"] for name in _OF_EVENTS},
        (Names(told["types"]), names["events"]),
        [Unread(*each) for each in told["unread"]],
        [Notice(*each) for each in told["notices"]],
    )
    if "sequences/known" in columns:
        events.earlier = Sequences(columns["sequences/numbers"], columns["sequences/known"])
    if len(events) and int(events.offsets[-1]) + int(events.lengths[-1]) > log.size_bytes:
        raise Damaged
    operands = {}
    for field in (*fields, VERSION):
        keys, values, wide = told["operands"][field.name]
        parts = {name: columns.get(f"operands/{name}/{field.name}") for name in _OF_OPERANDS}
        if field.keyed_by is not None and parts["keys"] is None:
            parts["keys"] = np.broadcast_to(np.int32(-1), len(columns[f"operands/moments/{field.name}"]))
        operands[field.name] = Operands(
            field,
            key_names=keys,
            values=values_from_json(values)
            if values is not None
            else TextColumn.of_spaced(
                columns[f"values/kept/{field.name}"], columns[f"values/at/{field.name}"]
            ),
            wide={place: (int(units), scale) for place, units, scale in wide},
            **parts,  # type: ignore[arg-type]
        )
    problems = [Problem(*each) for each in told["problems"]]
    collected = Collected(
        model, events, operands, problems, Counter(told["unknown"]), names["entities"], lines=lines,
    )  # fmt: skip
    collected.members = Members(told["members"])
    collected.schemas, collected.unlisted = told["schemas"], told["unlisted"]
    field_histories = {
        field.name: _field_history(
            field, field.name, columns, told["timelines"][field.name], operands[field.name].values
        )
        for field in fields
    }
    touches = next((line for line in field_histories.values() if line.field.fold == "count"), None)
    if touches is None:
        touches = _field_history(VERSION, VERSION.name, columns, [[], None, False], ())
    history = History(
        events, fields=fields, entities=names["entities"], field_histories=field_histories, touches=touches,
        order="log", rows=None, problems=problems,
        unlisted=collected.unlisted, operands=operands,
    )  # fmt: skip
    collected.know(history)
    return collected, history


def _field_history(
    field: Field, name: str, columns: dict[str, Ints], told: list[Any], values: Sequence[Any]
) -> FieldHistory:
    keys, sums, ends = told
    parts = {part: columns.get(f"timeline/{part}/{name}") for part in _OF_TIMELINE}
    line = FieldHistory.restored(field, Slots(parts.pop("slot_entity"), parts.pop("slot_key"), keys), parts)  # type: ignore[arg-type]
    if sums is not None:
        scale, wide = sums
        totals = {place: (int(units), at) for place, units, at in wide}
        units, decimals = columns[f"timeline/units/{name}"], columns[f"timeline/decimals/{name}"]
        line.values = Sums(units, scale, decimals, totals)
    elif (codes := columns.get(f"timeline/codes/{name}")) is not None:
        line.values = codes, [*values, None] if ends else values
    return line


def _seal(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_SEAL_BYTES).digest()


def let_go(collected: Collected, history: History) -> None:
    """Give the memory back that mapped columns take; what is looked at again comes back from the file."""
    for _, holder, attribute in _columns(collected, history):
        for column in beneath(getattr(holder, attribute)):
            given_back(column)
    trim()
