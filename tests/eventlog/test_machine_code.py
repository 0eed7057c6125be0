"""Is compiled code called with what it takes, and with nothing else?"""

from typing import Any

import numpy as np
import pytest

from explorer.eventlog.compiled import Kernel, words_of
from explorer.eventlog.machine_code import entry_code, parameters
from explorer.eventlog.scanner.column_kernels import sort_by_path
from explorer.eventlog.scanner.leaf_kernels import code_values, number_groups, refill
from explorer.eventlog.search_kernels import find_text


def arguments() -> list[Any]:
    """Return what `number_groups` takes, for three records in two groups."""
    return [
        np.array([7, 9, 7], np.uint64), np.ones(3, np.uint8), np.zeros(16, np.uint64), np.full(16, -1, np.int32),
        0, np.zeros(8, np.int32), np.empty(3, np.int32),
    ]  # fmt: skip


def test_a_kernel_does_what_its_function_says() -> None:
    told, plain = arguments(), arguments()
    assert number_groups(*told) == number_groups.function(*plain) == 2
    for column, other in zip(told, plain, strict=True):
        assert np.array_equal(column, other)
    assert sort_by_path(np.array([1, 0, 1], np.int32), np.zeros(3, np.int64), np.empty(3, np.int64)) is None


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda column: column.astype(np.int64 if column.dtype != np.int64 else np.int32),
        lambda column: column.astype(column.dtype.newbyteorder()),
        lambda column: np.stack([column, column])[:, ::2],
        lambda column: np.stack([column, column]),
        lambda column: column.tolist(),
        memoryview,
        lambda _: None,
        np.ma.masked_array,
    ],
    ids=["kind", "byte order", "strides", "dimensions", "list", "memory", "none", "subclass"],
)
@pytest.mark.parametrize("place", [0, 2, 3, 5, 6])
def test_an_array_that_is_not_what_the_signature_says_is_refused(place: int, spoilt: Any) -> None:
    told = arguments()
    told[place] = spoilt(told[place])
    with pytest.raises(TypeError):
        number_groups(*told)


def test_an_array_that_may_not_be_written_or_lies_askew_is_refused() -> None:
    told = arguments()
    told[6].flags.writeable = False
    with pytest.raises(TypeError):
        number_groups(*told)
    told[6] = np.zeros(13, np.uint8)[1:].view(np.int32)
    with pytest.raises(TypeError):
        number_groups(*told)


@pytest.mark.parametrize("number", [1.0, "1", None, 1 << 63, -(1 << 63) - 1])
def test_what_is_no_number_of_64_bits_is_refused(number: object) -> None:
    told = arguments()
    told[4] = number
    with pytest.raises((TypeError, OverflowError)):
        number_groups(*told)


def test_too_few_arguments_are_refused() -> None:
    with pytest.raises(TypeError, match="7 arguments"):
        number_groups(*arguments()[:-1])


def test_words_are_told_from_other_arrays() -> None:
    data = np.zeros(64, np.uint8)
    data[:5] = np.frombuffer(b"abcde", np.uint8)
    places = np.array([0], np.int64), np.array([5], np.int64)
    hits = np.zeros(1, np.uint8)
    needle = np.frombuffer(b"bcd", np.uint8).copy()
    find_text(data, words_of(data), *places, needle, 0, 1, hits)
    assert hits.tolist() == [1]
    for wrong in (data, data.view(np.uint64), words_of(data)[::2]):
        with pytest.raises(TypeError, match="words"):
            find_text(data, wrong, *places, needle, 0, 1, hits)


def test_the_greatest_seed_is_taken_and_one_more_is_not() -> None:
    def coded(seed: object) -> int:
        data = np.zeros(64, np.uint8)
        kept = np.zeros(4_096, np.uint8)
        table = np.zeros(1_024, np.uint64)
        return int(code_values(
            words_of(data), np.array([0], np.int32), np.array([5], np.int32), 0, 99, seed, table,
            np.zeros(17, np.int64), words_of(kept), kept, np.zeros(2, np.int64), np.zeros(64, np.uint64),
            np.empty(1, np.int32),
        ))  # fmt: skip

    assert coded(np.uint64(2**64 - 1)) == coded(1) == 1
    with pytest.raises(OverflowError):
        coded(2**64)


def test_what_a_kernel_takes_is_read_from_its_signature() -> None:
    assert parameters(refill.signature) == [("uint64", 1), ("uint64", 1)]
    assert parameters("void(Tuple((int32[::1], words)), int64[:, ::1], boolean)") == [
        [("int32", 1), ("words", 1)], ("int64", 2), ("boolean", 0),
    ]  # fmt: skip
    for other in ("float64(int64)", "void(float64)"):
        with pytest.raises(ValueError, match="float64"):
            parameters(other)


def test_an_entry_hands_on_as_many_values_as_numba_takes() -> None:
    types = ["ptr", "ptr", "i64", "i64", "ptr", "i64", "i64", "i8"]
    code = entry_code("native", "void(int32[::1], boolean)", types, "entry")
    assert 'call i32 @"native"(ptr %result, ptr %raised, ptr null, ptr null, i64 ' in code
    with pytest.raises(ValueError, match="entry"):
        entry_code("native", "void(int32[::1], boolean)", [*types[:-1], "i8", "i8"], "entry")


def test_every_kernel_has_a_name_of_its_own() -> None:
    assert Kernel(number_groups.function, "void()").name == number_groups.name
    assert number_groups.name == "explorer.eventlog.scanner.leaf_kernels.number_groups"


def _item(column: Any, place: int) -> int:
    return int(column[place])


def test_no_place_of_a_kernel_counts_from_the_end_of_an_array() -> None:
    made = Kernel(_item, "int64(int64[::1], int64)").dispatcher()
    (code,) = made.inspect_llvm().values()
    body = code[code.index("define") :]
    assert "getelementptr" in body or "load i64" in body
    assert "icmp slt" not in body
    assert "select" not in body
