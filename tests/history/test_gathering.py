"""Do the parts of a chunk come together in the order of the log, whoever has read them?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.history.gather_kernels import OUTSIDE, merged


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
