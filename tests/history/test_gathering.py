"""Do the parts of a chunk come together in the order of the log, whoever has read them?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.fields import FieldMap
from explorer.eventlog.scanner.leaf_kernels import OTHER, renumbered, renumbered_values
from explorer.history.chunks import Chunk
from explorer.history.gather_kernels import OUTSIDE, fetched_numbers, fetched_times, merged, put_events
from explorer.history.gathered import Gathered
from explorer.projection.choose import choose
from explorer.projection.model import Recipe


@given(
    rows=st.lists(st.integers(0, 9), max_size=40), shuffled=st.permutations(range(10)), ranked=st.booleans()
)
def test_operands_stand_in_the_order_of_their_events_and_those_of_one_as_they_were(
    rows: list[int], shuffled: list[int], ranked: bool
) -> None:
    own, rank = np.array(rows, np.int64), np.array(shuffled if ranked else [], np.int64)
    order, moments = np.empty(len(own), np.int64), np.empty(len(own), np.int32)
    assert merged(own, rank, np.zeros(11, np.int64), order, moments) == len(own)
    told = rank[own] if ranked else own
    assert order.tolist() == np.argsort(told, kind="stable").tolist()
    assert moments.tolist() == (np.sort(told) + 1).tolist()


def test_an_operand_of_no_event_is_refused() -> None:
    nothing = np.zeros(0, np.int64)
    for row, rank in (
        (3, nothing),
        (-1, nothing),
        (0, np.array([-1])),
        (1, np.array([0])),
        (0, np.array([3])),
    ):
        room = np.empty(1, np.int64), np.empty(1, np.int32)
        assert merged(np.array([row]), rank, np.zeros(4, np.int64), *room) == OUTSIDE
    assert merged(np.zeros(2, np.int64), nothing, np.zeros(4, np.int64), *room) == OUTSIDE


CODES = st.lists(st.lists(st.integers(-1, 9), max_size=12), max_size=6)


@given(data=st.data(), size=st.integers(1, 9))
def test_values_are_fetched_and_put_down_as_numpy_does(data: st.DataObject, size: int) -> None:
    rows = np.array(data.draw(st.lists(st.integers(0, size - 1), unique=True)), np.int64)
    column, good = (
        np.arange(size) * 7,
        np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))),
    )
    times, fine = np.zeros(len(rows), np.int64), np.ones(len(rows), np.bool_)
    assert fetched_times(column, good, rows, times, fine) == len(rows)
    assert (times.tolist(), fine.tolist()) == (column[rows].tolist(), good[rows].tolist())
    units, scales = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    fine[:] = True
    assert fetched_numbers(column, column + 1, good, rows, -1, units, scales, fine) == len(rows)
    assert units.tolist() == (-column[rows]).tolist()
    assert (scales.tolist(), fine.tolist()) == ((column + 1)[rows].tolist(), good[rows].tolist())
    types = np.arange(len(rows), dtype=np.int32) if data.draw(st.booleans()) else np.full(1, 5, np.int32)
    columns = np.zeros(size, np.bool_), *(np.zeros(size, kind) for kind in (np.int64, np.int32, np.int32))
    assert put_events(rows, times, types, np.arange(len(rows), dtype=np.int32), columns) == len(rows)
    assert np.flatnonzero(columns[0]).tolist() == sorted(rows.tolist())
    assert columns[1][rows].tolist() == times.tolist()
    assert columns[2][rows].tolist() == np.broadcast_to(types, len(rows)).tolist()
    assert columns[3][rows].tolist() == list(range(len(rows)))


def test_what_is_fetched_from_nowhere_or_put_there_is_refused() -> None:
    column, good, narrow = np.zeros(2, np.int64), np.ones(2, np.bool_), np.zeros(1, np.int32)
    for place in (-1, 2):
        rows, room, fine = np.array([place]), np.zeros(1, np.int64), np.ones(1, np.bool_)
        assert fetched_times(column, good, rows, room, fine) == OUTSIDE
        assert fetched_numbers(column, column, good, rows, 1, room, room.copy(), fine) == OUTSIDE
        columns = good.copy(), column.copy(), np.zeros(2, np.int32), np.zeros(2, np.int32)
        assert put_events(rows, room, narrow, narrow.copy(), columns) == OUTSIDE


@given(columns=CODES)
def test_codes_of_several_readers_become_those_of_the_log_in_the_order_in_which_they_stand(
    columns: list[list[int]],
) -> None:
    known, ours = np.full(10, -1, np.int32), dict[int, int]()
    for column in columns:
        codes, fresh, found = (
            np.array(column, np.int32),
            np.empty(10, np.int32),
            np.empty(len(column), np.int32),
        )
        new = renumbered(codes, known, fresh, found)
        met = [code for code in dict.fromkeys(column) if code >= 0 and code not in ours]
        assert fresh[:new].tolist() == met
        ours |= {code: 100 + len(ours) + at for at, code in enumerate(met)}
        known[fresh[:new]] = [ours[code] for code in met]
        assert renumbered(codes, known, fresh, found) == 0
        assert found.tolist() == [ours.get(code, -1) for code in column]


@given(columns=CODES)
def test_codes_of_texts_and_of_other_values_become_those_of_the_log(columns: list[list[int]]) -> None:
    known = [np.full(5, -1, np.int32), np.full(5, -1, np.int32)]
    ours: dict[int, int] = {}
    for column in columns:
        codes, fresh, found = (
            np.array(column, np.int32),
            np.empty(len(column), np.int32),
            np.empty(len(column), np.int32),
        )
        counts = np.zeros(2, np.int64)
        new = renumbered_values(codes, known[0], known[1], fresh, found, counts)
        met = [code for code in dict.fromkeys(column) if code >= 0 and code not in ours]
        assert new == len(met) == counts.sum()
        assert (2 * fresh[: counts[0]]).tolist() == [code for code in met if code % 2 == 0]
        assert (2 * fresh[len(column) - counts[1] :][::-1] + 1).tolist() == [code for code in met if code % 2]
        ours |= {code: 100 + len(ours) + at for at, code in enumerate(met)}
        for code in met:
            known[code & 1][code >> 1] = ours[code]
        assert renumbered_values(codes, known[0], known[1], fresh, found, counts) == 0
        assert found.tolist() == [ours.get(code, -1) for code in column]


def test_a_code_that_is_none_is_refused() -> None:
    known, one, counts = np.full(3, -1, np.int32), np.empty(1, np.int32), np.zeros(2, np.int64)
    assert renumbered(np.array([3], np.int32), known, one, one.copy()) == OTHER
    assert renumbered(np.array([1, 1], np.int32), known, one, one.copy()) == OTHER
    for code in (6, 7):
        assert (
            renumbered_values(np.array([code], np.int32), known, known.copy(), one, one.copy(), counts)
            == OTHER
        )
    assert (
        renumbered_values(np.array([1, 1], np.int32), known, known, one, np.empty(2, np.int32), counts)
        == OTHER
    )


def test_fields_that_are_set_together_have_one_column_until_they_are_not() -> None:
    gathered = Gathered(choose(Recipe("latest"), [], FieldMap()))

    def take(a: list[int], b: list[int] | None) -> None:
        first = np.array(a, np.int32)
        columns = {"offsets": np.arange(3), "moments.a": first}
        if b is not None:
            columns["moments.b"] = first if a is b else np.array(b, np.int32)
        gathered.take(Chunk(count=3, lines=3, columns=columns))

    both = [1, 3]
    take(both, both)
    take(both, both)
    one, other = gathered.column("moments.a"), gathered.column("moments.b")
    assert np.shares_memory(one, other)
    assert one.tolist() == other.tolist() == [1, 3, 4, 6]
    take([1], None)
    take([2], [1, 2, 3])
    assert gathered.column("moments.a").tolist() == [1, 3, 4, 6, 7, 11]
    assert gathered.column("moments.b").tolist() == [1, 3, 4, 6, 10, 11, 12]
    assert one.tolist() == [1, 3, 4, 6]
