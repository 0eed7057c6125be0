"""What do the records of a scanned block say once they are unwrapped, as a block of its own that is scanned again?"""

import json
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from explorer.eventlog.formats import Format
from explorer.eventlog.profiles.profile import Unwrapping
from explorer.eventlog.scanner.blocks import PAD, Block, Flags, LineScanner, Scanned
from explorer.eventlog.scanner.json_kernels import AT_FAULT, EMPTY
from explorer.eventlog.scanner.paths import Path, Paths
from explorer.eventlog.scanner.payload_kernels import AUTO, BASE64, HEX, JSON
from explorer.eventlog.scanner.rows import ScannedCells
from explorer.eventlog.scanner.unwrap_kernels import (
    BUFFER,
    CONNECT,
    ENTER,
    FORBIDDEN,
    HEADERS,
    unwrap_records,
    unwrap_rows,
)

type Hows = Mapping[Path, int]

_READINGS: Mapping[tuple[str, ...], int] = {
    ("auto",): AUTO, ("json",): JSON, ("hex", "json"): HEX, ("base64", "json"): BASE64, ("headers",): HEADERS,
    ("auto", "connect"): AUTO | CONNECT, ("json", "connect"): JSON | CONNECT, (): 0,
}  # fmt: skip
_BYTES = "$binary"
_LONGER = 7  # so many bytes a character of a cell may become, with the name before it


def columnar(steps: Sequence[Unwrapping]) -> Hows | None:
    """How the values at some paths are read, for records that these steps unwrap; None if only plain Python can."""
    found: dict[Path, int] = {}
    around: Path = ()
    for at, step in enumerate(steps):
        how = _READINGS.get(step.read)
        if (
            how is None
            or not step.path
            or step.where
            or step.into not in {"", step.path}  # so no two members either
            or (step.enter and at)
        ):
            return None
        names = tuple(step.path.split("."))
        keys: Path = (*around, *names)
        if any(
            keys[: len(other)] == other or other[: len(keys)] == keys for other in found if other != around
        ):
            return None  # one inside the other
        if step.enter:
            if how & (HEADERS | CONNECT) or (how and len(steps) > 1):
                return None
            around = keys
        found[keys] = how | ENTER * step.enter
        for number in range(len(names)):  # a name that itself has dots is found too
            joined = (*keys[: len(keys) - len(names) + number], ".".join(names[number:]))
            if joined != keys:
                found[joined] = FORBIDDEN
        if how & 7 == AUTO:
            found[*keys, _BYTES] = FORBIDDEN
            found[*keys, "type"] = BUFFER
        if how & CONNECT:
            found[*keys, "schema"] = FORBIDDEN
    return found


def fits_rows(hows: Hows, names: Sequence[str]) -> bool:
    """Whether that is all there is to rows with such names: they are not entered, and no name needs an escape."""
    plain = all(json.dumps(name, ensure_ascii=False)[1:-1] == name for name in names)
    return plain and not any(how & (ENTER | HEADERS) and not how & FORBIDDEN for how in hows.values())


def columnar_of(form: Format, steps: Sequence[Unwrapping]) -> Hows | None:
    """As `columnar`, if it can be done with records of such a format; None if there are no steps."""
    table = bool(form.columns) and form.text.is_utf8
    if not steps or not (table or form.written == "object"):
        return None
    hows = columnar(steps)
    return None if table and hows is not None and not fits_rows(hows, form.columns) else hows


class UnwrappedScanner:
    """Scans the records of scanned blocks as they are once unwrapped; what it has learnt is kept from one to the next.

    Args:
        hows: As `columnar` says.
    """

    def __init__(self, hows: Hows) -> None:
        self._hows = hows
        entered = [how for how in hows.values() if how & ENTER and not how & FORBIDDEN]
        self._must_enter = entered == [ENTER] and len(hows) > 1
        self._scanner = LineScanner()
        self._block = Block()
        self._of: Paths | None = None
        self._classes = np.zeros(0, np.uint8)
        self._names, self._name_at = np.zeros(1, np.uint8), np.zeros(1, np.int64)
        self._text = np.zeros(0, np.uint8)

    def scan(self, outer: Scanned) -> Scanned:
        """The same records, as many of them and in the same places of the log; what was made before is no more."""
        lines, sure = self.lines(outer)
        found = self._scanner.scan(lines)
        assert found.count == outer.count  # no line end is in a record
        found.kinds[~sure] = AT_FAULT
        found.kinds[sure & (outer.kinds == EMPTY)] = EMPTY
        found.take_place(outer.offsets, outer.offsets + outer.lengths, outer.lines)
        return found

    def lines(self, outer: Scanned) -> tuple[Block, Flags]:
        """The same as JSON, one on each line; and of which that is sure: the lines of the others are empty."""
        self._classify(outer.paths, named=not outer.inset)
        size = outer.block.end - PAD
        if len(self._text) < size + 16:
            self._text = np.empty(size + size // 4 + 16, np.uint8)
        sure = np.zeros(outer.count, np.bool_)
        # of the arrays of records there is one more than there are records
        records = outer.starts, outer.ends, outer.kinds, outer.begins
        if outer.inset:
            room = self._block.room(size + 2 * outer.count + 16)
            used = unwrap_records(
                outer.block.bytes,
                outer.count,
                records,
                outer.leaves,
                self._classes,
                self._must_enter,
                self._text,
                room,
                sure,
            )
        else:
            assert isinstance(outer, ScannedCells)
            records = outer.starts, outer.ends, outer.as_scanned, outer.begins
            longest = int(np.diff(self._name_at).max(initial=0)) + 8
            room = self._block.room(_LONGER * size + longest * len(outer.leaf_path) + 4 * outer.count + 16)
            used = unwrap_rows(
                outer.block.bytes, outer.count, records, outer.leaves, self._classes, self._names, self._name_at,
                self._text, room, sure,
            )  # fmt: skip
        self._block.close(used)
        return self._block, sure

    def _classify(self, paths: Paths, *, named: bool) -> None:
        """Say of new paths how they are read."""
        begin, count = len(self._classes), len(paths)
        if self._of is not paths:
            self._of, begin = paths, 0
        if begin == count:
            return
        classes: npt.NDArray[np.uint8] = np.zeros(count, np.uint8)
        classes[:begin] = self._classes[:begin]
        for path in range(begin, count):
            classes[path] = self._hows.get(paths[path], 0)
        self._classes = classes
        if not named:
            return
        keys = [paths[path][-1] if path else "" for path in range(count)]
        names = [f'"{key}":'.encode("utf-8", "replace") for key in keys]
        self._names = np.frombuffer(b"".join(names), np.uint8).copy()
        self._name_at = np.cumsum([0, *map(len, names)])
