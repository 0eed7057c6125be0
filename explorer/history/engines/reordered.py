"""How does a log whose rows lie on the disk come to lie there in another order, so that it is folded as any other?

A piece of a `Reordering` is a go of the log in that order. Names keep the numbers that they have in the whole log.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.chunks import Chunk
from explorer.history.engines.folder_rows import Clocks
from explorer.history.engines.range_rows import (
    ABSENT,
    CHANGES,
    NAMED_ALONE,
    NOTHING,
    RangeRows,
    binary,
    sorted_names,
    texts_of,
)
from explorer.history.engines.reordering import Reordering
from explorer.history.engines.spilled import ColumnsFile, SpilledGo, save_go
from explorer.history.engines.whole_log import WholeLog, file_name
from explorer.history.ordering import inverse, occurring, stable_order

type Ints = npt.NDArray[Any]
type Columns = dict[str, Any]


class ReorderedLog(WholeLog):
    """All goes of a log in another order of time; see `WholeLog`. What it knows of the names is the same.

    Attributes:
        reordering: Where each event stands in it.
        lies_in: The folder where its rows lie.
    """

    reordering: Reordering
    lies_in: Path

    @classmethod
    def of(cls, whole: WholeLog, reordering: Reordering, folder: Path) -> "ReorderedLog":
        """Write them into a folder; what stands there is taken away.

        Args:
            whole: The log as it was recorded, settled.
            reordering: Where each event stands.
            folder: Where they are to lie.
        """
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        spread = _Spread(whole, reordering, folder)
        goes = [spread.gathered(piece) for piece in range(reordering.pieces)]
        found = cls.__new__(cls)
        vars(found).update(vars(whole))
        vars(found).pop("before_changes", None)  # of other goes
        found.goes, found.before = goes, reordering.begins[:-1]
        found.reordering, found.lies_in = reordering, folder
        return found

    def numbers(self, go: SpilledGo, kind: str, begin: int = 0, end: int | None = None) -> Ints:
        """See `WholeLog.numbers`."""
        found: Ints = go.table(_numbers(kind)).read("number", begin, end)
        return found

    def batches(self, recorded: WholeLog) -> Iterator[Columns]:
        """The events, as `layout` has those of another order than the log's.

        Args:
            recorded: The log as it was recorded.
        """
        clocks = Clocks()
        for go in self.goes:
            clocks.take(go.column("events", "at"))
        clocks.end()
        places = _Places(recorded, self.reordering)
        for index, go in enumerate(self.goes):
            clock, reached = clocks.of(index, go.column("events", "at"))
            first = int(self.before[index])
            yield {
                "position": np.arange(first, first + len(clock)) + 1,
                "clock_ns": clock,
                "reached_ns": reached,
                "log_position": go.column("events", "row") + 1,
                "this_position": places.between(first, first + len(clock)) + 1,
            }

    def remove(self) -> None:
        """Take away the rows in this order, and all that was folded of them."""
        shutil.rmtree(self.lies_in, ignore_errors=True)
        self.reordering.remove()


class _Places:
    """Where the events of a log stand in another order, one stretch of the log after the other."""

    def __init__(self, whole: WholeLog, reordering: Reordering) -> None:
        self._whole, self._reordering = whole, reordering
        self._last: tuple[int, Ints] = -1, np.zeros(0, np.int64)

    def between(self, first: int, end: int) -> Ints:
        """(end - first,) those of some rows."""
        before = self._whole.before
        found = [np.zeros(0, np.int64)]
        for go in range(int(np.searchsorted(before, first, "right")) - 1, len(before)):
            if int(before[go]) >= end:
                break
            if self._last[0] != go:
                self._last = go, self._reordering.places(go)
            begin = int(before[go])
            found.append(self._last[1][max(first - begin, 0) : end - begin])
        return np.concatenate(found)


class _Spread:
    """All changes of a log, those of each go in stretches, of which each belongs to a piece."""

    def __init__(self, whole: WholeLog, reordering: Reordering, folder: Path) -> None:
        self._whole, self._reordering, self._folder = whole, reordering, folder
        self._adds = {field.name for field in whole.fields if field.adds}
        self._places = {name: {key: at for at, key in enumerate(keys)} for name, keys in whole.keys.items()}
        self._keys = {f"keys.{name}": binary(keys) for name, keys in whole.keys.items()}
        self._borders: dict[tuple[int, str], tuple[Path, Ints]] = {}
        for number in range(len(whole.goes)):
            self._take(number)

    def _take(self, number: int) -> None:
        """Put the changes of a go in the order of the pieces; in each they are by entity, as they were."""
        whole, go, begins = self._whole, self._whole.goes[number], self._reordering.begins
        places = self._reordering.places(number)
        entities = whole.numbers(go, "entities")
        for at, (name, changes) in enumerate(go.changes.items()):
            if name == NAMED_ALONE:
                continue
            columns = {column: changes.read(column) for column in changes.names}
            position = places[columns["row"] - 1]
            piece = np.searchsorted(begins[1:], position, "right")
            columns["row"] = (position - begins[piece] + 1).astype(np.int32)
            columns["entity"] = entities[columns["entity"]]
            columns["place"] = columns["place"].astype(np.int64) + whole.before_changes[number][name]
            if "key" in columns:
                own = [self._places[name][key] for key in texts_of(go.names(f"keys.{name}"))]
                columns["key"] = np.array([*own, NOTHING], np.int32)[columns["key"]]
            if "value" in columns and name not in self._adds:
                columns["value"] = whole.numbers(go, f"values.{name}")[columns["value"]]
            order = stable_order(piece, len(begins))
            path = self._folder / f"spread-{number:06}-{at:03}.columns"
            ColumnsFile.written(path, {column: values[order] for column, values in columns.items()})
            self._borders[number, name] = path, np.searchsorted(piece[order], np.arange(len(begins)))

    def gathered(self, piece: int) -> SpilledGo:
        """The go that a piece is."""
        parts: dict[str, list[Columns]] = {}
        for (number, name), (path, borders) in self._borders.items():
            begin, end = int(borders[piece]), int(borders[piece + 1])
            if begin < end:
                file = ColumnsFile(path)
                part = {column: file.read(column, begin, end) for column in file.names}
                if name in self._adds and "value" in part:  # what is no int64
                    wide = np.flatnonzero(part["value"] >= 0)
                    names = self._whole.goes[number].names(f"values.{name}")
                    part["texts"] = [names[at].as_py().decode() for at in part["value"][wide].tolist()]
                parts.setdefault(name, []).append(part)
        tables = {name: self._joined(own) for name, own in parts.items()}
        used = occurring(np.concatenate([np.zeros(0, np.int64), *(own["entity"] for own in tables.values())]))
        numbers: dict[str, Ints] = {"entities": used}
        names = dict(self._keys)
        for name, own in tables.items():
            own["entity"] = np.searchsorted(used, own["entity"]).astype(np.int32)
            texts = own.pop("texts")
            if texts:
                names[f"values.{name}"], rank = sorted_names(binary(texts))
                own["value"][own["value"] >= 0] = rank
            elif "value" in own and name not in self._adds:
                of = numbers[f"values.{name}"] = occurring(own["value"])
                own["value"] = np.searchsorted(of, own["value"]).astype(np.int32)
            order = stable_order(own["entity"], len(used) + 1)
            for column, values in own.items():
                own[column] = values[order]
        events = self._reordering.piece(piece)
        columns = {name: events.read(name) for name in events.names}
        account = Chunk(count=len(columns["row"]))
        path = self._folder / f"{piece:06}"
        rows = RangeRows(account, list(tables), names, {}, [], {}, columns, list(tables.values()))
        save_go(path, 0, rows, {_numbers(kind): {"number": own} for kind, own in numbers.items()})
        return SpilledGo(path)

    def _joined(self, parts: list[Columns]) -> Columns:
        """The changes of one field from several goes, with their places among all of the piece."""
        found: Columns = {"texts": [text for part in parts for text in part.pop("texts", ())]}
        for column in dict.fromkeys(name for part in parts for name in part):
            found[column] = np.concatenate([
                part[column] if column in part
                else np.full(len(part["row"]), ABSENT[column], CHANGES[column]) for part in parts
            ])  # fmt: skip
        found["place"] = inverse(np.lexsort((found["place"], found["row"]))).astype(np.int32)
        return found


def _numbers(kind: str) -> str:
    return f"numbers-{file_name(kind)}"
