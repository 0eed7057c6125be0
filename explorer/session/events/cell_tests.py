"""Which rows of a table of text (CSV) pass a test of a field, by one of their cells and without becoming events?"""

import json
import threading
from collections.abc import Sequence
from typing import cast

import numpy as np

from explorer.eventlog.log import EventLog
from explorer.eventlog.scanner.blocks import PAD, Block
from explorer.eventlog.scanner.rows import RowScan, RowScanner
from explorer.eventlog.scanner.token_kernels import ESCAPED
from explorer.eventlog.scanner.value_codes import ValueCodes
from explorer.session.events.field_tests import FieldTest
from explorer.session.events.passes import Flags, WholeEvents

_MOST_KEPT = 200_000  # values of which is known whether they pass


class _Own:
    """What one thread has for itself."""

    def __init__(self, test: FieldTest, scanner: RowScanner) -> None:
        def fits(written: Sequence[str]) -> list[int]:
            return [test.fits(json.loads(each)) for each in written]

        self.scanner, self.block = scanner, Block()
        self.codes, self.told = ValueCodes(fits), 0


class CellTest:
    """A test of a field that is one column; of each way in which its cells are written it is asked once."""

    def __init__(self, test: FieldTest, scan: RowScan, column: str | None) -> None:
        self._test, self._scan, self._column = test, scan, column
        self._here = threading.local()

    @classmethod
    def of(cls, test: FieldTest, log: EventLog) -> "CellTest | None":
        """Such a test; None if the log is no table in UTF-8 whose rows are the payload, or several columns would do."""
        scan = log.scan() if log.columns and log.fields.data is None and not log.profile.unwrap else None
        if not isinstance(scan, RowScan) or scan.scanner is None:
            return None
        name = ".".join(test.path)
        alone = len(test.path) == 1
        found = [
            each for each in log.columns if each == name or (alone and each.casefold() == name.casefold())
        ]
        return None if len(found) > 1 else cls(test, scan, found[0] if found else None)

    def passing(self, block: WholeEvents, among: Flags) -> tuple[Flags, Flags]:
        """(k,) which events of a block have such a cell, and of which that is not known."""
        own = cast("_Own | None", getattr(self._here, "own", None))
        if own is None or own.told > _MOST_KEPT:
            own = self._here.own = _Own(self._test, cast("RowScanner", self._scan.scanner))
        own.block.fill(block.content)
        scanned = own.scanner.scan(own.block, 0, last=True)
        found, left = np.zeros(len(among), np.bool_), among.copy()
        rows = np.searchsorted(scanned.starts, block.starts + PAD)
        there = rows < scanned.count
        rows[~there] = 0
        if not scanned.count:
            return found, left
        there &= (scanned.starts[rows] == block.starts + PAD) & (scanned.ends[rows] == block.ends + PAD)
        known = there & scanned.good[rows]
        if self._column is not None:
            path = scanned.paths.column(self._column)
            leaves = np.flatnonzero(scanned.leaf_path == path).astype(np.int32)
            plain = scanned.leaf_kind[leaves] & ESCAPED == 0
            doubtful = np.zeros(scanned.count, np.bool_)
            doubtful[scanned.leaf_rec[leaves[~plain]]] = True
            known &= ~doubtful[rows]
            wanted = np.zeros(scanned.count, np.bool_)
            wanted[rows[known & among]] = True
            leaves = leaves[plain]
            leaves = leaves[wanted[scanned.leaf_rec[leaves]]]
            own.told += len(leaves)  # at most so many are new
            fits = np.zeros(scanned.count, np.bool_)
            fits[scanned.leaf_rec[leaves]] = own.codes.codes(scanned, leaves) != 0
            found = fits[rows] & known
        left &= ~known
        return found & among, left
