"""What has been read is known again, in whichever order it came."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.sources.known_numbers import KnownNumbers

NUMBERS = st.lists(st.lists(st.integers(-20, 60), max_size=12), max_size=12)


@given(NUMBERS)
def test_it_is_a_set(batches):
    known, plain = KnownNumbers(), set()
    for batch in batches:
        known.add(np.array(batch, np.int64))
        plain |= set(batch)
        asked = np.arange(-25, 65)
        assert known.has(asked).tolist() == [number in plain for number in asked.tolist()]
        assert len(known) == len(plain)
        if plain:
            assert (known.first, known.last) == (min(plain), max(plain))


def test_numbers_that_follow_each_other_take_no_room():
    known = KnownNumbers()
    for begin in range(0, 3_000_000, 10_000):
        known.add(np.arange(begin, begin + 10_000))
    assert len(known) == 3_000_000
    assert len(known._starts) == 1
