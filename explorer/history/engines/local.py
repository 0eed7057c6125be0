"""How does this machine alone read and fold a log of any size, in a bounded memory, and go on after a kill?"""

import gc
import os
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import EventLog
from explorer.history.chunks import Problem
from explorer.history.column_files import trim
from explorer.history.engines.assembly import Assembly, Told, nobody
from explorer.history.engines.bounds import USUAL, Bounds
from explorer.history.engines.byte_ranges import ByteRange, RangeReader, ranges_of
from explorer.history.engines.folder_rows import EventTable, FieldTable
from explorer.history.engines.folding import Folded, fold_segment, segments_of
from explorer.history.engines.other_orders import OtherOrders
from explorer.history.engines.range_rows import rows_of
from explorer.history.engines.reordered import ReorderedLog
from explorer.history.engines.spilled import Job, Spill
from explorer.history.engines.whole_log import WholeLog
from explorer.history.folder.layout import GROUP_ROWS
from explorer.history.history import Order
from explorer.history.naming import check_names
from explorer.history.settling import beginning_of, refuse_unread, settled
from explorer.projection.choose import choose
from explorer.projection.members import Members
from explorer.projection.model import Field, ReadModel, Recipe
from explorer.projection.sample import Counted, Sample


class SpilledLog(msgspec.Struct):
    """A log whose rows lie on the disk; see `settling.WhatWasRead`.

    Attributes:
        whole: All of it.
        spill: Where the rows lie.
    """

    whole: WholeLog
    spill: Spill

    @property
    def model(self) -> ReadModel:
        """For which it was read."""
        return self.whole.model

    @property
    def complete(self) -> bool:
        """It is: what was ended is no log."""
        return True

    @property
    def members(self) -> Members:
        """What the events have."""
        return self.whole.gathered.members

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be applied."""
        return self.whole.gathered.problems.listed

    @property
    def events(self) -> WholeLog:
        """The events, see `naming.ReadLog`."""
        return self.whole

    def counted(self) -> Counted:
        """All events, counted."""
        return self.whole.counted

    def check(self, name: str) -> None:
        """Be sure that a folder of it says something.

        Raises:
            LogError: Nothing of it was read as an event, or a query names what the log does not have.
        """
        refuse_unread(name, self.whole.gathered.unread, self.whole.count)
        check_names(self.model, self)


def scanned(
    parts: Sequence[EventLog],
    choose_model: Callable[[Sample], ReadModel],
    folder: Path,
    *,
    bounds: Bounds = USUAL,
    told: Told = nobody,
) -> SpilledLog:
    """Read all parts of a log, one after the other, and once more if it was about something else than it seemed.

    Args:
        parts: They, open, all read in the same way.
        choose_model: Picks the read model, as for `collect`.
        folder: Where rows lie until the folder is written. What the same job has read there already is not read again.
        bounds: How much is in memory at once.
        told: As for `write_folder`.

    Raises:
        LogError: A medium failed, or the read model's program does.
    """
    first = parts[0]

    def read(model: ReadModel) -> SpilledLog:
        return _read(parts, model, folder, told, bounds)

    return settled(first, choose_model, read, read(choose_model(beginning_of(first))))


def write_folder(
    parts: Sequence[EventLog],
    choose_model: Callable[[Sample], ReadModel],
    target: Path,
    *,
    replace: bool = False,
    bounds: Bounds = USUAL,
    group_rows: int = GROUP_ROWS,
    log_order: bool = False,
    told: Told = nobody,
) -> Path:
    """Read a log of any size and write its history as a history folder; returns where it is.

    It has the orders of time that a log in memory has; of a program that of the log alone.

    What has been read is kept beside `target` until it is done: who is ended in the middle goes on from there.

    Args:
        parts: The parts of the log, open, all read in the same way.
        choose_model: As for `scanned`.
        target: What the folder is to be.
        replace: Whether a history folder that stands there may go.
        bounds: How much is in memory at once.
        group_rows: How many rows a row group has.
        log_order: Whether the order of the log is all that is wanted.
        told: Who is told how far each step has come: `reading`, `folding`, `writing`; what it raises ends all.

    Raises:
        LogError: A medium failed, the read model's program fails, or nothing can be written there.
        OutOfReach: The log has so many entities that they take more memory than is allowed.
    """
    spilled = target.parent / f".{target.name}-unfinished"
    found = scanned(parts, choose_model, spilled, bounds=bounds, told=told)
    whole = found.whole
    found.check(parts[0].name)
    bounds.check(target.name, len(whole.entities), len(whole.entities))
    with Assembly(whole, target, replace=replace, group_rows=group_rows, threads=bounds.writers) as assembly:
        folded = _folded(whole, spilled / "folded", bounds, told)
        bounds.check(target.name, len(whole.entities), most_slots(folded))
        events = EventTable(whole)
        assembly.named(each.named for each in folded)
        assembly.tables(events, _fields(whole, folded), told)
        shutil.rmtree(spilled / "folded")
        others = None
        if not whole.model.ordered:  # a program would have to run once more
            others = OtherOrders(whole, events, parts, spilled, bounds.piece_events)
            for order in () if log_order else others.orders:
                _in_order(assembly, order, others.into(order), whole, bounds, told)
        place = assembly.finish(parts, others)
    found.spill.remove()
    return place


def _in_order(
    assembly: Assembly, order: Order, log: ReorderedLog, recorded: WholeLog, bounds: Bounds, told: Told
) -> None:
    """Fold and write a log in another order of time."""
    folded = _folded(log, log.lies_in / "folded", bounds, told)
    assembly.other_order(order, log, lambda: log.batches(recorded), _fields(log, folded), told)
    log.remove()


def _fields(whole: WholeLog, folded: Sequence[Folded]) -> Iterator[tuple[Field, FieldTable]]:
    """The changes of each field, of all segments."""
    return ((field, FieldTable([each.fields[field.name] for each in folded])) for field in whole.fields)


def most_slots(folded: Sequence[Folded]) -> int:
    """How many slots the field has that has most of them."""
    slots = Counter[str]()
    for each in folded:
        slots.update({name: own.slots for name, own in each.fields.items()})
    return max(slots.values(), default=0)


def _folded(whole: WholeLog, folder: Path, bounds: Bounds, told: Told) -> list[Folded]:
    """All entities, segment by segment."""
    told("folding", 0, 1)
    whole.settle()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    segments = list(segments_of(whole, bounds.segment_rows))
    with ThreadPoolExecutor(bounds.folders, "segment folder") as pool:
        try:
            tasks = [
                pool.submit(fold_segment, whole, stretches, folder, number)
                for number, stretches in enumerate(segments)
            ]
            found = []
            for number, task in enumerate(tasks, 1):
                found.append(task.result())
                told("folding", number, len(tasks))
            return found
        finally:
            pool.shutdown(cancel_futures=True)


class Stopped(LogError):  # noqa: N818 - somebody wanted it
    """Somebody has ended the making of a folder."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, "it was stopped; what has been read is kept, and the same command goes on from there"
        )


def job_of(parts: Sequence[EventLog], recipe: Recipe, units: int) -> Job:
    """What is read, and how."""
    first = parts[0]
    return Job(
        tuple(f"{part.fingerprint} {part.size_bytes}" for part in parts),
        recipe.plain,
        msgspec.to_builtins(first.fields),
        msgspec.to_builtins(first.read_as),
        msgspec.to_builtins(first.profile),
        units,
    )


def refuse_several(parts: Sequence[EventLog], model: ReadModel) -> None:
    """Return if the parts of a log can be read one by one for a read model.

    Raises:
        LogError: It folds one event after the other, or asks for positions that parts cannot tell.
    """
    if model.ordered and len(parts) > 1:
        raise LogError(
            model.name,
            "it is a program, which folds one event after the other: of several files in memory alone",
        )
    if model.positioned and any(not part.by_lines for part in parts[1:]):
        raise LogError(
            model.name, "it asks for positions, which of several files only those with lines can tell"
        )


def _read(
    parts: Sequence[EventLog], model: ReadModel, folder: Path, told: Told, bounds: Bounds
) -> SpilledLog:
    refuse_several(parts, model)
    try:
        spill = Spill(folder, job_of(parts, model.recipe, bounds.range_units))
    except FileExistsError as error:
        raise LogError(
            folder.name, "something else stands where rows would lie until they are sorted"
        ) from error
    ranges = [
        each
        for part, log in enumerate(parts)
        for each in ranges_of(part, log, spill.units, in_order=model.ordered)
    ]
    total = sum(part.size_bytes for part in parts)
    with _Readers(parts, model, spill, bounds.readers) as readers:
        for number in readers.numbers(ranges):
            told("reading", _end_of(parts, ranges, number), total)
    fields = parts[0].fields
    goes = spill.goes(len(ranges))
    whole = WholeLog(goes, choose(model.recipe, [], fields), folder, fields.type, bounds.names)
    return SpilledLog(whole, spill)


def _end_of(parts: Sequence[EventLog], ranges: Sequence[ByteRange], number: int) -> int:
    """How many bytes of all parts lie before the end of a range."""
    own = ranges[number]
    before = sum(part.size_bytes for part in parts[: own.part])
    return before + (parts[own.part].size_bytes if own.end is None else own.end)


class _Readers:
    """The threads that read ranges."""

    def __init__(self, parts: Sequence[EventLog], model: ReadModel, spill: Spill, most: int) -> None:
        self._readers = [RangeReader(part, model.recipe) for part in parts]
        self._types = [part.fields.type for part in parts]
        self._positioned = model.positioned
        self._spill = spill
        count = 1 if model.positioned else min(os.cpu_count() or 1, most)
        self._count = count
        self._pool = ThreadPoolExecutor(count, "range reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def numbers(self, ranges: Sequence[ByteRange]) -> Iterator[int]:
        """Read them all; the number of each that was read, in their order."""
        waiting: deque[tuple[int, Future[int]]] = deque()
        before = 0
        for number, wanted in enumerate(ranges):
            waiting.append((number, self._pool.submit(self._read, number, wanted, before)))
            while len(waiting) > (0 if self._positioned else self._count):
                done, answer = waiting.popleft()
                before += answer.result()
                yield done
        for done, answer in waiting:
            answer.result()
            yield done

    def _read(self, number: int, wanted: ByteRange, before: int) -> int:
        spill = self._spill
        if (known := spill.finished(number)) is not None:
            return sum(each.account.count for each in spill.goes_of(number, known))
        count = goes = 0
        for goes, gathered in enumerate(self._readers[wanted.part].read(wanted, before), 1):
            spill.save(number, goes - 1, wanted.part, rows_of(gathered, self._types[wanted.part]))
            count += gathered.count
            gc.collect()  # readers know each other in circles, and hold a range each
            trim()
        spill.finish(number, goes)
        return count
