"""How is a history folder written: in sorted batches, in any number of parts, and there whole or not at all?

Everything is written beside the folder's place, and put there by one renaming once it is whole. This is the seam for
whoever makes a history, in memory or out of it, on one machine or on many:

    writer = FolderWriter(target)
    line = FieldWriter(writer, "log", 0, "sums", 1_000, changes, keys, scale)  # a field of one order
    line.moved(position=…, slot=…, change=…, units=…, …)        # its changes as they happened, any number of batches
    line.sorted(entity=…, key=…, slot=…, position=…, units=…)   # the same by slot, then by position
    line.slots(entity=…, key=…, changes=…, born=…, first_position=…)
    keyframes, twice = line.finish()                            # for the manifest's `FieldAbout`
    writer.write("by-position/events", batches)                 # any other table, see `layout`
    writer.add("by-position/events", part)                      # … or a part that `write_part` made elsewhere
    writer.write_names("names/types", names)
    writer.write_entities("names/entities", names)              # … by which somebody looks for one
    writer.finish(manifest)                                     # `tables` are filled in
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.errors import LogError
from explorer.eventlog.folder_mark import MANIFEST, is_history_folder
from explorer.eventlog.written import reason_of, rights_taken
from explorer.history.chunks import exact_text
from explorer.history.field_history import NONE
from explorer.history.folder import manifest as manifests
from explorer.history.folder.layout import (
    BORN,
    GROUP_ROWS,
    MANY_SLOTS,
    NAME_ROWS,
    ROWS_OF_MANY,
    arrow,
    by_name,
    field_table,
    in_order,
)
from explorer.history.folder.manifest import Manifest, ValueKind
from explorer.history.folder.parts import Columns, FolderPart, PartWriter, synced, write_part
from explorer.history.folder.segment_totals import SegmentTotals
from explorer.resources import is_shipped

_LEAST_GROUPS, _MOST_GROUPS = 2, 4  # of changes between two keyframes
_NAMES_AT_ONCE = 262_144
_SLOTS_AT_ONCE = 1 << 20


type Ints = npt.NDArray[Any]


class FolderWriter:
    """Makes one history folder.

    Attributes:
        folder: Where its parts are until it is whole.
    """

    def __init__(self, target: Path, *, replace: bool = False, group_rows: int = GROUP_ROWS) -> None:
        """Make a place for the parts beside `target`.

        Args:
            target: What the folder is to be.
            replace: Whether a history folder that stands there may go.
            group_rows: How many rows a row group has.

        Raises:
            LogError: Something stands there that may not go, or nothing can be written there.
        """
        arrow()
        self._target = Path(os.path.abspath(target))  # noqa: PTH100 - a link is replaced, not followed
        self._replace = replace
        self.group_rows = group_rows
        self._tables: dict[str, list[FolderPart]] = {}
        refuse(self._target, replace=replace)
        try:
            made = tempfile.mkdtemp(prefix=f".{self._target.name[:40]}-", dir=self._target.parent)
        except (OSError, ValueError) as error:
            raise LogError(self._target.name, f"it cannot be written: {reason_of(error)}") from error
        self.folder = Path(made)

    def part(
        self, table: str, number: int = 0, kind: ValueKind = "counts", group_rows: int | None = None
    ) -> PartWriter:
        """What writes one part of a table; what it returns at its end is to be given to `add`."""
        rows = self.group_rows if group_rows is None else group_rows
        return PartWriter(self.folder, table, number, kind, rows)

    def add(self, table: str, part: FolderPart) -> None:
        """A part of a table, behind those that there are; its file stands in the folder already."""
        self._tables.setdefault(table, []).append(part)

    @property
    def tables(self) -> dict[str, tuple[FolderPart, ...]]:
        """All tables so far, and their parts."""
        return {name: tuple(parts) for name, parts in self._tables.items()}

    def take(self, folder: Path, tables: Mapping[str, Sequence[FolderPart]]) -> None:
        """Tables that another writer has made in a folder of the same file system: its files come to stand here."""
        for table, parts in tables.items():
            for part in parts:
                place = self.folder / part.file
                place.parent.mkdir(parents=True, exist_ok=True)
                (folder / part.file).rename(place)
                self.add(table, part)

    def write(
        self, table: str, batches: Iterable[Columns], kind: ValueKind = "counts",
        group_rows: int | None = None,
    ) -> None:  # fmt: skip
        """The next part of a table."""
        number = len(self._tables.get(table, ()))
        rows = self.group_rows if group_rows is None else group_rows
        self.add(table, write_part(self.folder, table, batches, number, kind, rows))

    def write_names(self, table: str, names: Sequence[str]) -> None:
        """What codes stand for; a text that UTF-8 cannot hold is told as JSON."""
        batches = (_named(names, first) for first in range(0, len(names), _NAMES_AT_ONCE))
        self.write(table, batches, group_rows=min(self.group_rows, NAME_ROWS))

    def write_entities(self, table: str, names: Sequence[str]) -> None:
        """The same of names among which one is looked for; if they do not ascend, once more in that order."""
        self.write_names(table, names)
        groups = self._tables[table][-1].groups
        if len(names) and any(group.first is None for group in groups):
            sorted_names = _in_order(names)
            if sorted_names is not None:
                self.write(by_name(table), sorted_names, group_rows=min(self.group_rows, NAME_ROWS))

    def write_born(self, order: str, ranks: Ints, firsts: Ints) -> None:
        """Which slots came to be, one after the other.

        Args:
            order: In which order of time.
            ranks: (s,) which of all each slot was; -1: it never came to be.
            firsts: (s,) at which position.
        """
        there = np.flatnonzero(ranks >= 0)
        born = np.empty(len(there), np.int32)
        born[ranks[there]] = there
        slices = (born[begin : begin + _NAMES_AT_ONCE] for begin in range(0, len(born), _NAMES_AT_ONCE))
        self.write(in_order(order, BORN), ({"slot": own, "position": firsts[own]} for own in slices))

    def write_values(self, table: str, values: Sequence[object]) -> None:
        """Values that codes stand for, as JSON with every digit; or the texts that tell them."""
        batches = (_valued(values, first) for first in range(0, len(values), _NAMES_AT_ONCE))
        self.write(table, batches, group_rows=min(self.group_rows, NAME_ROWS))

    def finish(self, manifest: Manifest) -> Path:
        """Write the manifest, and put the folder in its place.

        Raises:
            LogError: Something has come to stand there meanwhile, or there is no room.
        """
        text = manifests.dumps(msgspec.structs.replace(manifest, tables=self.tables))
        try:
            (self.folder / MANIFEST).write_bytes(text)
            for path in [*self.folder.rglob("*"), self.folder]:
                synced(path)
            self.folder.chmod(0o777 & ~rights_taken())
            refuse(self._target, replace=self._replace)
            _put(self.folder, self._target)
            synced(self._target.parent)
        except OSError as error:
            raise LogError(self._target.name, f"it cannot be written: {reason_of(error)}") from error
        finally:
            self.abandon()
        return self._target

    def abandon(self) -> None:
        """Take away what is not finished. Safe to call twice."""
        shutil.rmtree(self.folder, ignore_errors=True)


class FieldWriter:
    """Writes the tables of one field in one order of time, and makes its keyframes."""

    def __init__(
        self, writer: FolderWriter, order: str, number: int, kind: ValueKind, slots: int,
        changes: int | None = None,
        keys: Ints | None = None, scale: int = 0,
    ) -> None:  # fmt: skip
        """Begin the tables.

        Args:
            writer: Of the folder.
            order: Which order of time.
            number: The place of the field among those of the order.
            kind: What its values are.
            slots: How many lines of values it has.
            changes: How many changes, if that is known: then less memory may do.
            keys: (slots,) the key of each, -1 for none; None: they have none.
            scale: Decimals of `units`, of what adds up.
        """
        rows, many = writer.group_rows, slots > MANY_SLOTS
        least = max(rows, -(-slots // _MOST_GROUPS))
        self._segment_rows = -(-least // rows) * rows if many else least
        self.group_rows = rows if many else least
        self._interval = self._segment_rows * max(_LEAST_GROUPS, -(-slots // self._segment_rows))
        self._writer, self._slots = writer, slots
        self._tables = {
            room: in_order(order, field_table(room, number))
            for room in ("by-position", "by-entity", "keyframes", "slots", "totals")
        }
        self._moved = writer.part(self._tables["by-position"], 0, kind, self.group_rows)
        self._sorted = writer.part(
            self._tables["by-entity"], 0, kind, min(rows, ROWS_OF_MANY) if many else rows
        )
        self._frames = writer.part(self._tables["keyframes"], 0, kind, 0)
        self._slot_parts = writer.part(self._tables["slots"])
        narrow = changes is not None and changes < 2**31
        self._head = np.full(slots, NONE, np.int32 if narrow else np.int64)
        self._values: dict[str, Any] = {}  # of each slot the last, by column; None: all are null
        self._done = self._last = 0
        self._kind: ValueKind = kind
        self._totals = SegmentTotals(kind, keys, scale)
        self._keyframes: list[tuple[int, int]] = []
        self._twice = False
        self._before: tuple[int, int] = (-1, -1)

    def moved(self, **columns: Any) -> None:  # noqa: ANN401 - see `layout`
        """Changes as they happened: `position`, `slot`, `change` (its place by entity), and the values."""
        self._moved.add(columns)
        arrays = {name: np.asarray(column) for name, column in columns.items() if column is not None}
        first, count = 0, len(arrays["slot"])
        while first < count:
            stop = min(count, first + self._segment_rows - self._done % self._segment_rows)
            own = slice(first, stop)
            slots = arrays["slot"][own]
            self._head[slots] = arrays["change"][
                own
            ]  # NumPy assigns in order: the last change of a slot stays
            for name in columns.keys() - {"position", "slot", "change"}:
                self._keep(name, slots, arrays[name][own] if name in arrays else None)
            self._done += stop - first
            self._last = int(arrays["position"][stop - 1])
            first = stop
            if self._done % self._segment_rows == 0:
                self._add_up()
            if self._done % self._interval == 0:
                self._keyframe()

    def _keep(self, name: str, slots: Any, values: Any) -> None:  # noqa: ANN401 - arrays; None: all are null
        """Remember a value of some slots; a column is one of objects from when one of its values is null."""
        known = self._values.get(name)
        if known is None and values is not None:
            plain = name not in self._values and not values.dtype.hasobject
            known = np.zeros(self._slots, values.dtype) if plain else np.full(self._slots, None, object)
        if known is not None and not known.dtype.hasobject and (values is None or values.dtype.hasobject):
            known = known.astype(object)
        if known is not None:
            known[slots] = values
        self._values[name] = known

    def sorted(self, **columns: Any) -> None:  # noqa: ANN401 - see `layout`
        """The same changes by slot, then by position: `entity`, `key`, `slot`, `position`, and the values."""
        self._sorted.add(columns)
        slots, positions = np.asarray(columns["slot"]), np.asarray(columns["position"])
        if len(slots):
            same = (slots[1:] == slots[:-1]) & (positions[1:] == positions[:-1])
            self._twice |= bool(same.any()) or self._before == (int(slots[0]), int(positions[0]))
            self._before = int(slots[-1]), int(positions[-1])

    def slots(self, **columns: Any) -> None:  # noqa: ANN401 - see `layout`
        """Slots in their order: `entity`, `key`, `changes`, `born` (which of all it was), `first_position`."""
        self._slot_parts.add(columns)

    def finish(self) -> tuple[tuple[tuple[int, int], ...], bool]:
        """End the tables: the keyframes, and whether an event changed a slot twice."""
        if self._done and (not self._keyframes or self._keyframes[-1][0] < self._done):
            self._keyframe()  # the end is where most people look first
        if self._done % self._segment_rows:
            self._add_up()
        totals = self._totals.columns()
        if totals is not None:
            self._writer.write(self._tables["totals"], [totals], self._kind)
        parts = {
            "by-position": self._moved, "by-entity": self._sorted, "keyframes": self._frames,
            "slots": self._slot_parts,
        }  # fmt: skip
        for room, part in parts.items():
            self._writer.add(self._tables[room], part.finish())
        return tuple(self._keyframes), self._twice

    def _add_up(self) -> None:
        group = -(-self._done // self.group_rows) - 1
        self._totals.take(group, self._last, self._head, self._values)

    def _keyframe(self) -> None:
        for begin in range(0, self._slots, _SLOTS_AT_ONCE):
            there = np.flatnonzero(self._head[begin : begin + _SLOTS_AT_ONCE] != NONE).astype(np.int32)
            there += begin
            values = {name: None if kept is None else kept[there] for name, kept in self._values.items()}
            self._frames.add({"slot": there, "change": self._head[there], **values})
        self._frames.end_group()
        self._keyframes.append((self._done, self._last))


def _named(names: Sequence[str], first: int) -> Columns:
    some = list(names[first : first + _NAMES_AT_ONCE])
    told: list[str | None] = [None] * len(some)
    plain: list[str | None] = list(some)
    for at, name in enumerate(some):
        try:
            name.encode()
        except UnicodeEncodeError:
            plain[at], told[at] = None, exact_text(name)
    return {"code": np.arange(first, first + len(some), dtype=np.int32), "name": plain, "json": told}


def _in_order(names: Sequence[str]) -> Iterator[Columns] | None:
    """Names by their bytes with the code of each; None if one of them is no UTF-8."""
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    pa, _ = arrow()
    try:
        texts = pa.chunked_array(
            [
                pa.array(list(names[first : first + _NAMES_AT_ONCE]), pa.string())
                for first in range(0, len(names), _NAMES_AT_ONCE)
            ]
        )
    except (UnicodeEncodeError, pa.ArrowInvalid):
        return None
    order = pc.sort_indices(texts)
    slices = (order.slice(first, _NAMES_AT_ONCE) for first in range(0, len(order), _NAMES_AT_ONCE))
    return ({"code": own.cast(pa.int32()), "name": texts.take(own), "json": None} for own in slices)


def _valued(values: Sequence[object], first: int) -> Columns:
    told = [exact_text(value) for value in values[first : first + _NAMES_AT_ONCE]]
    codes = np.arange(first, first + len(told), dtype=np.int32)
    return {"code": codes, "name": [None] * len(told), "json": told}


# --- what stands there already ----------------------------------------------------------------------------


def refuse(target: Path, *, replace: bool) -> None:
    """Return if a folder may come to stand there.

    Raises:
        LogError: Something stands there that is none, or nobody has said that it may go.
    """
    name = target.name
    if is_shipped(target):
        raise LogError(name, "this comes with the program, and is never written over")
    if not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_dir():
        raise LogError(name, "something else stands there, and is never written over")
    with contextlib.suppress(OSError):
        if not any(target.iterdir()):
            return
    if not is_history_folder(target):
        raise LogError(name, "this folder has other files in it, and is never written over")
    foreign = [path for path in target.rglob("*") if path.is_file() and not _of_a_folder(path, target)]
    if foreign:
        raise LogError(
            name, f"this history folder has other files in it ({foreign[0].name}), which would be lost"
        )
    if not replace:
        raise LogError(name, "a history folder stands there already, and is replaced with --force alone")


def _of_a_folder(path: Path, target: Path) -> bool:
    return path == target / MANIFEST or (path.suffix == ".parquet" and path.stem.isdecimal())


def _put(made: Path, target: Path) -> None:
    """Give a finished folder its name; what stood there goes once that has been done."""
    if not os.path.lexists(target):
        made.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}-", dir=target.parent))
    target.rename(old / "old")
    try:
        made.rename(target)
    except OSError:
        (old / "old").rename(target)
        raise
    finally:
        if os.path.lexists(target):
            shutil.rmtree(old, ignore_errors=True)
