"""Do columns, names and the changes of goes come out of their bytes as they went in, in pieces too?"""

import numpy as np
import pyarrow as pa

from explorer.history.engines import blobs, spark_tasks
from explorer.history.engines.range_rows import binary, texts_of
from explorer.history.engines.shuffled import GoChanges


def test_columns_of_any_length_come_back_where_compiled_code_can_use_and_write_them():
    columns = [
        np.arange(3, dtype=np.uint8),
        np.zeros(0, np.int16),
        np.array([-1, 2**62]),
        np.arange(5, dtype=np.int32),
    ]
    told, found = blobs.unpacked(bytearray(blobs.packed({"text": "\ud800"}, columns)))
    assert told == {"text": "\ud800"}
    for one, other in zip(columns, found, strict=True):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()
        assert other.flags.writeable
        assert other.flags.aligned


def test_names_come_back_also_if_they_are_some_of_many():
    names = binary(["", "a", "ü", "\ud800", "zz"])
    for some in (names, names.slice(1, 3), names.slice(2, 0)):
        found = blobs.names_of_columns(*blobs.columns_of_names(some))
        assert found.to_pylist() == some.to_pylist()
    assert list(texts_of(pa.array([], pa.large_binary()))) == []


def changes(*entities: str) -> GoChanges:
    """One change of each."""
    count = len(entities)
    columns = {"entity": np.arange(count, dtype=np.int32), "row": np.arange(count, dtype=np.int32) + 1}
    return GoChanges(["n"], {"entities": binary(entities)}, [columns])


def test_an_executor_takes_several_targets_one_after_the_other_of_blobs_in_pieces(monkeypatch):
    monkeypatch.setattr(blobs.pieces, "__defaults__", (16,))
    told = {(0, 1): changes("a"), (0, 4): changes("a", "b"), (3, 0): changes("c")}
    rows = [
        row for key, own in told.items() for row in spark_tasks._rows(spark_tasks.SLICED, key, own.dumps())
    ]
    assert len(rows) > 10
    batches = pa.Table.from_batches(rows).combine_chunks().to_batches(5)
    found = list(spark_tasks._targets(batches))
    assert [(target, sorted(goes)) for target, goes in found] == [(0, [1, 4]), (3, [0])]
    assert found[0][1][4].names["entities"].to_pylist() == [b"a", b"b"]
