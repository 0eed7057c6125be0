"""Where does each event of a log stand in another order, if the log is too large to be sorted in memory?

The events of each go are sorted by themselves; then all goes are merged piece by piece, of which each takes about as
much memory as a go.
"""

import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.history.engines.spilled import ColumnsFile
from explorer.history.engines.whole_log import WholeLog
from explorer.history.events import NEVER, NO_TIME
from explorer.history.ordering import order_of, placed

type Ints = npt.NDArray[Any]

PIECE_EVENTS = 1 << 19
_SAMPLES = 4  # of each go for each other go, in each piece


class Reordering:
    """The events of a log in the order of some numbers; those of one number as they stand in the log.

    Attributes:
        begins: (pieces + 1,) how many events come before each piece, and how many there are.
        repeats: How many events have the number of the one before them, and how many of them do not have `NEVER`.
        up, down: How often the next time is greater, and how often it is less.
        ascending: Whether the log stands in this order.
    """

    def __init__(
        self,
        whole: WholeLog,
        numbers: Callable[[int], Ints],
        folder: Path,
        *,
        backwards: bool = False,
        piece_events: int = PIECE_EVENTS,
    ) -> None:
        """Sort them.

        Args:
            whole: The log.
            numbers: (m,) int64 of all events of a go, by the number of the go; `NEVER` comes last in any case.
            folder: Where all that is large is kept; what stands there is taken away.
            backwards: Whether those of one number stand as they do in the log from its end.
            piece_events: About how many events come together.
        """
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._whole, self._folder, self._backwards = whole, folder, backwards
        self.repeats = self.up = self.down = 0
        self.ascending = True
        self._last_number = self._last_time = self._last_row = -1
        counts = [self._sort(at, numbers(at)) for at in range(len(whole.goes))]
        borders = self._borders(counts, piece_events)
        self.begins = borders.sum(axis=0)
        self._timed = False
        for piece in range(len(self.begins) - 1):
            self._merge(piece, borders[:, piece], borders[:, piece + 1])

    @property
    def pieces(self) -> int:
        """How many pieces there are."""
        return len(self.begins) - 1

    def piece(self, number: int) -> ColumnsFile:
        """The events of a piece in this order: `row` in the log and time (`at`) of each."""
        return ColumnsFile(self._folder / f"piece-{number:06}.columns")

    def places(self, go: int) -> Ints:
        """(m,) how many events come before each event of a go."""
        found = np.fromfile(self._of_go(go), np.int64)
        return placed(found, self._run(go).read("row"))

    def remove(self) -> None:
        """Take away all that is kept of it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, go: int) -> ColumnsFile:
        return ColumnsFile(self._folder / f"run-{go:06}.columns")

    def _of_go(self, go: int) -> Path:
        return self._folder / f"places-{go:06}"

    def _sort(self, go: int, numbers: Ints) -> int:
        """Sort the events of a go; how many they are."""
        rows = len(numbers) - 1 - order_of(numbers[::-1]) if self._backwards else order_of(numbers)
        columns = {
            "number": numbers[rows], "row": rows.astype(np.int32),
            "at": self._whole.goes[go].column("events", "at")[rows],
        }  # fmt: skip
        ColumnsFile.written(self._folder / f"run-{go:06}.columns", columns)
        self._of_go(go).write_bytes(b"")
        return len(numbers)

    @cached_property
    def _goes(self) -> Ints:
        """Which go comes first, second, … among events of one number."""
        count = len(self._whole.goes)
        return np.arange(count)[::-1] if self._backwards else np.arange(count)

    def _borders(self, counts: list[int], piece_events: int) -> Ints:
        """(goes, pieces + 1) how many events of each go come before each piece."""
        total = sum(counts)
        step = max(piece_events // (_SAMPLES * max(len(counts), 1)), 1)
        place = np.empty(len(counts), np.int64)
        place[self._goes] = np.arange(len(counts))
        some = [self._run(go).read("number")[::step] for go in range(len(counts))]
        number = np.concatenate([np.zeros(0, np.int64), *some])
        go = np.repeat(np.arange(len(counts)), [len(each) for each in some])
        at = np.concatenate([np.zeros(0, np.int64), *(np.arange(len(each)) * step for each in some)])
        order = np.lexsort((at, place[go], number))
        pieces = max(-(-total // piece_events), 1)
        chosen = order[(np.arange(1, pieces) * len(order) // pieces).astype(np.int64)]
        borders = np.zeros((len(counts), pieces + 1), np.int64)
        borders[:, -1] = counts
        for own in range(len(counts)):
            numbers = self._run(own).read("number")
            left = np.searchsorted(numbers, number[chosen], "left")
            right = np.searchsorted(numbers, number[chosen], "right")
            before = place[own] < place[go[chosen]]
            borders[own, 1:-1] = np.where(go[chosen] == own, at[chosen], np.where(before, right, left))
        return borders

    def _merge(self, piece: int, begins: Ints, ends: Ints) -> None:
        """Put a stretch of each go in order."""
        there = [int(go) for go in self._goes if ends[go] > begins[go]]
        parts: dict[str, list[Ints]] = {"number": [np.zeros(0, np.int64)], "row": [], "at": []}
        for go in there:
            run = self._run(go)
            for name, of_goes in parts.items():
                own = run.read(name, int(begins[go]), int(ends[go]))
                of_goes.append(own + self._whole.before[go] if name == "row" else own)
        numbers = np.concatenate(parts.pop("number"))
        order = np.argsort(numbers, kind="stable")
        columns = {name: np.concatenate([np.zeros(0, np.int64), *own])[order] for name, own in parts.items()}
        ColumnsFile.written(self._folder / f"piece-{piece:06}.columns", columns)
        places = placed(np.arange(len(order)), order) + self.begins[piece]
        done = 0
        for go in there:
            count = int(ends[go] - begins[go])
            with self._of_go(go).open("ab") as file:
                file.write(places[done : done + count].tobytes())
            done += count
        self._count(numbers[order], **columns)

    def _count(self, numbers: Ints, row: Ints, at: Ints) -> None:
        """Take note of what stands beside one another."""
        if not len(numbers):
            return
        first = self._last_row < 0
        same = np.diff(numbers, prepend=numbers[:1] if first else self._last_number) == 0
        same[0] &= not first
        self.repeats += int(np.count_nonzero(same & (numbers != NEVER)))
        self.ascending &= bool((np.diff(row, prepend=self._last_row) > 0).all())
        self._last_number, self._last_row = int(numbers[-1]), int(row[-1])
        known = at[at != NO_TIME]
        if len(known):
            earlier = np.append(np.int64(self._last_time if self._timed else known[0]), known[:-1])
            self.up += int(np.count_nonzero(known > earlier))
            self.down += int(np.count_nonzero(known < earlier))
            self._last_time, self._timed = int(known[-1]), True
