"""Do lines that Spark hands out come to the bytes that stood in their files, and is it seen where they do not?"""

import pyarrow as pa
import pytest

from explorer.eventlog.errors import LogError
from explorer.history.engines.far_lines import FarPart, begins_of, range_of, splits, wholes

CONTENT = b"\xef\xbb\xbfone\r\n\n\xfftwo\x00\nthree"


def batch(*rows: tuple[int, int, bool, bytes]) -> pa.RecordBatch:
    """Lines: of which file, where the split begins, whether it is the last, and their bytes."""
    files, begins, lasts, values = zip(*rows, strict=True)
    return pa.record_batch(
        [pa.array(values, pa.binary()), pa.array(files), pa.array(begins), pa.array(lasts)],
        names=["value", "file", "begin", "last"],
    )


def bytes_of(found) -> list[tuple[int, int, bytes, int]]:
    """What the splits have."""
    told = []
    for split in found:
        with split.file as file:
            file.seek(0)
            told.append((split.part.number, split.begin, file.read(), split.size_bytes))
    return told


def test_lines_of_several_files_in_several_batches_come_to_their_bytes():
    size = len(CONTENT)
    parts = {
        7: FarPart(0, "far://one", True, size, size, marked=True, ended=False),
        9: FarPart(1, "far://other", True, 4, 4),
    }
    batches = [
        batch((7, 0, False, b"one\r"), (7, 0, False, b"")),
        batch((7, 0, False, b"\xfftwo\x00"), (9, 0, True, b"abc"), (7, 20, True, b"three")),
        batch((7, 20, True, b"three"))[:0],
    ]
    found = bytes_of(splits(parts, batches))
    assert found == [
        (0, 0, CONTENT[: -len(b"three")], size - 5),
        (1, 0, b"abc\n", 4),
        (0, 20, b"three", 5),
    ]
    ranges = [(range_of(number, begin), length, begin == 20) for number, begin, _, length in found]
    assert begins_of(list(parts.values()), ranges) == {
        range_of(0): 0,
        range_of(0, 20): size - 5,
        range_of(1): 0,
    }


def test_what_a_writer_has_not_finished_is_left_out_of_the_last_split():
    part = FarPart(0, "far://one", True, 10, 6, ended=False)
    found = bytes_of(splits({1: part}, [batch((1, 5, True, b"b"), (1, 5, True, b"torn"))]))
    assert found == [(0, 5, b"b\n", 6)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(range_of(0), 9, True)], "9 of its 10 bytes"),
        ([], "0 of its 10 bytes"),
        ([(range_of(0), 10, False)], "too long for a cluster"),  # the last line begins before the last split
        ([(range_of(0), 8, False), (range_of(0, 5), 2, True)], "too long for a cluster"),
    ],
)
def test_bytes_that_are_not_those_of_the_file_are_refused(rows, said):
    with pytest.raises(LogError, match=said):
        begins_of([FarPart(0, "far://one", True, 10, 6)], rows)


def test_a_part_that_is_no_lines_is_a_file_of_its_name_as_long_as_it_is_looked_at(tmp_path):
    part = FarPart(3, "far://bucket/logs/table 1.csv", by_lines=False)
    rows = pa.record_batch([pa.array([b"a;b"], pa.binary()), pa.array([5])], names=["value", "file"])
    found = [(one, place.name, place.read_bytes()) for one, place in wholes({5: part}, [rows], tmp_path)]
    assert found == [(part, "table 1.csv", b"a;b")]
    assert not list(tmp_path.iterdir())
    assert begins_of([part], [(range_of(3), 0, True)]) == {range_of(3): 0}
