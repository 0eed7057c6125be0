"""Do the kernels read values as plain Python does, one by one?"""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.eventlog.json_text import FAULTS, decode
from explorer.eventlog.scanner.column_kernels import OUTSIDE, columns_of_leaves, places_of_rows
from explorer.eventlog.scanner.leaf_kernels import OTHER, renumbered, sign_values
from explorer.eventlog.scanner.number_kernels import (
    MOST_DECIMALS,
    MOST_DIGITS,
    compared,
    compared_columns,
    numbers,
)
from explorer.eventlog.scanner.time_kernels import instants
from explorer.eventlog.timestamps import parse_time


def spans(texts):
    """Texts one after another, with a byte between them that belongs to none."""
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64) - 1
    starts = ends - np.array([len(text) for text in texts], np.int64)
    return np.frombuffer(bytearray(b"7".join(texts) + b"7"), np.uint8), starts, ends


number_texts = st.one_of(
    st.from_regex(rb"-?(0|[1-9][0-9]{0,20})(\.[0-9]{0,12})?([eE][0-9])?", fullmatch=True),
    st.text("0123456789.-+e ", max_size=24).map(str.encode),
    st.integers().map(lambda each: str(each).encode()),
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda each: str(each).encode()),
)


@given(st.lists(number_texts), st.booleans())
@example(
    [b"999999999999999999", b"-999999999999999999", b"1000000000000000000", b"0.000000001", b"-0", b"00"],
    False,
)
def test_a_number_is_read_to_the_last_digit_or_not_at_all(texts: list[bytes], quoted: bool) -> None:
    written = [b'"' + text + b'"' for text in texts] if quoted else texts
    units, decimals, fine = numbers(*spans(written))
    for text, unit, places, good in zip(texts, units.tolist(), decimals.tolist(), fine.tolist(), strict=True):
        try:
            value = decode(text)
        except FAULTS:
            value = None
        digits = sum(48 <= byte <= 57 for byte in text)
        behind = len(text.partition(b".")[2])
        plain = isinstance(value, int | Decimal) and b"e" not in text.lower() and text.strip() == text
        assert good == (plain and digits <= MOST_DIGITS and behind <= MOST_DECIMALS)
        if good:
            assert Fraction(unit, 10**places) == Fraction(value)
            assert places == behind


narrow = st.tuples(st.integers(-(10**18) + 1, 10**18 - 1), st.integers(0, MOST_DECIMALS))
constants = st.one_of(
    st.integers(), st.decimals(allow_nan=False, allow_infinity=False),
    narrow.map(lambda each: Decimal(each[0]).scaleb(-each[1])),
    st.integers(-(10**20), 10**20).flatmap(lambda k: st.integers(0, 30).map(lambda d: Decimal(k).scaleb(-d))),
)  # fmt: skip


def sign(difference: Fraction) -> int:
    return (difference > 0) - (difference < 0)


@given(st.lists(narrow), constants)
@example([(0, 0), (-1, 9)], Decimal("1e-999999"))
@example([(0, 0), (-1, 9)], Decimal("-1e-999999"))
@example([(10**18 - 1, 0)], Decimal("1e999999"))
def test_numbers_compare_exactly_with_a_constant(
    rows: list[tuple[int, int]], constant: int | Decimal
) -> None:
    units = np.array([unit for unit, _ in rows], np.int64)
    decimals = np.array([places for _, places in rows], np.int64)
    huge = isinstance(constant, Decimal) and abs(constant.adjusted()) > 10_000
    meant = Fraction(0) if huge else Fraction(constant)
    if huge:  # a fraction of that size need not be written out
        meant = Fraction(-1 if constant < 0 else 1) * (
            Fraction(10**40) if constant.adjusted() > 0 else Fraction(1, 10**40)
        )
    wanted = [sign(Fraction(unit, 10**places) - meant) for unit, places in rows]
    assert compared(units, decimals, constant).tolist() == wanted
    near = units.copy()
    near[1:] = units[:-1]
    wanted = [sign(Fraction(int(unit), 10**int(places)) - Fraction(int(other), 10**int(behind)))
              for unit, places, other, behind in zip(units, decimals, near, decimals[::-1], strict=True)]  # fmt: skip
    assert compared_columns(units, decimals, near, decimals[::-1].copy()).tolist() == wanted


two = st.integers(0, 99).map("{:02}".format)
usual_times = st.builds(
    "{}{}-{}-{}{}{}:{}{}{}{}".format,
    st.sampled_from(["16", "17", "19", "20", "22", "00"]), two, st.integers(0, 13).map("{:02}".format),
    st.integers(0, 32).map("{:02}".format), st.sampled_from(["T", " ", "t", "_", "-"]),
    st.integers(0, 25).map("{:02}".format), st.integers(0, 61).map("{:02}".format),
    st.one_of(st.just(""), st.integers(0, 61).map(":{:02}".format)),
    st.one_of(st.just(""), st.text("0123456789", max_size=12).map(".{}".format), st.just(",5")),
    st.sampled_from(["", "Z", "z", "+00:00", "-05:30", "+0200", "-03", "+24:00", "+1", " UTC", "+01:00:30", "ZZ"]),
)  # fmt: skip


@given(
    st.lists(
        st.one_of(
            usual_times, st.dates().map(str), st.datetimes().map(str), st.text("0123456789-T:Z.", max_size=30)
        )
    )
)
@example(
    [
        "1677-12-31T23:59:59.999999999Z",
        "1678-01-01T00:00:00+00:01",
        "2261-12-31T23:59:59-00:01",
        "2024-02-29",
        "2023-02-29",
    ]
)
def test_a_time_that_is_read_is_what_the_plain_function_says(texts: list[str]) -> None:
    found, fine = instants(*spans([text.encode() for text in texts]))
    for text, at_ns, good in zip(texts, found.tolist(), fine.tolist(), strict=True):
        if good:
            assert at_ns == parse_time(text), text


@pytest.mark.parametrize("end", ["", "Z", "z", "+00:00", "-05:30", "+0200", "-03"])
@pytest.mark.parametrize("clock", ["", " 10:15", "T10:15:07", "t10:15:07.5", " 10:15:07,123456789"])
def test_the_usual_forms_of_times_are_all_read(clock: str, end: str) -> None:
    text = f"2026-01-06{clock}{end if clock else ''}"
    for written in (text, f'"{text}"'):
        found, fine = instants(*spans([written.encode()]))
        assert (fine.tolist(), found.tolist()) == ([True], [parse_time(text)])


def test_leaves_that_are_none_and_records_that_are_none_are_refused() -> None:
    def side_by_side(paths: list[int], count: int, room: int) -> tuple[int, list[int], list[list[int]]]:
        four = [np.arange(first, first + len(paths), dtype=np.int32) for first in (0, 10, 20)]
        kinds, path = np.arange(30, 30 + len(paths), dtype=np.uint8), np.array(paths, np.int32)
        begins = np.zeros(count + 1, np.int64)
        columns = tuple(np.zeros(room, kind) for kind in (np.int32, np.int64, np.int32, np.int32, np.uint8))
        told = columns_of_leaves((four[0], path, four[1], four[2], kinds), begins, columns)
        return told, begins.tolist(), [column.tolist() for column in columns]

    whose = [[1, 3, 0, 2], [1, 3, 0, 2], [11, 13, 10, 12], [21, 23, 20, 22], [31, 33, 30, 32]]
    assert side_by_side([2, 0, 2, 0], 3, 4) == (4, [0, 2, 2, 4], whose)
    for paths, count, room in (([0, 3], 3, 2), ([0, -1], 3, 2), ([0, 1], 3, 1)):
        assert side_by_side(paths, count, room)[0] == OUTSIDE

    def places(rows: list[int], count: int) -> tuple[int, list[int]]:
        found = np.zeros(count, np.int64)
        return places_of_rows(np.array(rows, np.int64), found), found.tolist()

    assert places([0, 5], 6) == (2, [0, -1, -1, -1, -1, 1])
    assert places([], 2) == (0, [-1, -1])
    assert places([6], 6)[0] == places([-1], 6)[0] == OUTSIDE

    def signed(rows: list[int], codes: list[int]) -> int:
        given = np.array(rows, np.int64), np.array(codes, np.int32)
        return int(sign_values(*given, np.uint64(3), np.uint64(5), np.zeros(2, np.uint64)))

    assert signed([0, 1], [-1, 7]) == 2
    assert signed([2], [0]) == signed([-1], [0]) == signed([0], [0, 1]) == OTHER


def test_memory_may_be_asked_for_anywhere() -> None:
    column = np.array([0, 1, -1, 2**31 - 1] * 20, np.int32)
    known, fresh, found = np.array([5, 6], np.int32), np.zeros(4, np.int32), np.zeros(80, np.int32)
    assert renumbered(column, known, fresh, found) == OTHER  # after it asked for what lies far outside
    assert renumbered(column[:3].copy(), known, fresh, found[:3]) == 0
    assert found[:3].tolist() == [5, 6, -1]
