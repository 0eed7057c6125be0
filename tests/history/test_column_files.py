"""Does a column that grows keep what is in it, in numbers as wide as they have to be, and what was shown of it?"""

import numpy as np

from explorer.history.column_files import GrowableColumn


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
