"""Does a column that grows keep what is in it, in numbers as wide as they have to be, and what was shown of it?"""

import sys
from pathlib import Path

import numpy as np
import pytest

from explorer.history import column_files
from explorer.history.column_files import GrowableColumn, trim


def test_what_was_shown_of_a_column_stays_when_more_is_added():
    column = GrowableColumn(np.uint8)
    wanted: list[int] = []
    for part in ([1, 2], [], [300], [-1], [2**40], [5] * 1_000):
        before, shown = list(wanted), column.view()
        column.append(np.array(part, np.int64 if max(part, default=0) > 2**31 else np.int16), 4)
        wanted += part
        assert shown.tolist() == before
        assert column.view().tolist() == wanted


def test_a_column_of_what_there_is_writes_into_its_room_and_then_elsewhere():
    data = np.arange(10, dtype=np.int32)
    column = GrowableColumn.of(data, 4)
    column.append(np.array([70, 80], np.int32), 0)
    assert data.tolist() == [0, 1, 2, 3, 70, 80, 6, 7, 8, 9]
    column.append(np.arange(6, dtype=np.int32), 0)
    assert column.view().tolist() == [0, 1, 2, 3, 70, 80, 0, 1, 2, 3, 4, 5]
    assert data.tolist() == [0, 1, 2, 3, 70, 80, 6, 7, 8, 9]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is kept back that could be given")
def test_what_was_freed_goes_back_to_the_system() -> None:
    kept = []
    for _ in range(600):  # each too small for a mapping of its own
        some = [np.ones(100_000, np.uint8) for _ in range(2)]
        kept.append(some[1][:1].copy())
        kept.append(some[0])
    taken = resident_bytes()
    kept[:-1] = []  # the last one, at the top, keeps all below it
    trim()
    assert resident_bytes() < taken - 40e6


def resident_bytes() -> int:
    """The memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096


def test_a_mapped_column_that_is_wanted_whole_is_the_same(tmp_path: Path) -> None:
    column = np.arange(100_000)
    column_files.written(tmp_path / "column.npy", column)
    for each in (column_files.mapped(tmp_path / "column.npy"), column, column[:0]):
        column_files.wanted_whole(each)
        assert np.array_equal(each, column[: len(each)])
