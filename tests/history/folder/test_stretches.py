"""Is what a stretch says of a slot, and of all slots at once, what its changes say one after the other?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.history.field_history import NONE
from explorer.history.folder.stretches import FieldStretch, InForce

SLOTS = 5
CHANGES = st.lists(st.tuples(st.integers(1, 12), st.integers(0, SLOTS - 1)), max_size=40)


def told(pairs: list[tuple[int, int]], begin: int):
    """Changes as they happened, of which a keyframe stands behind the first `begin`: the stretch, and what is plain."""
    pairs = sorted(pairs, key=lambda pair: pair[0])
    slots = np.array([slot for _, slot in pairs], np.int32)
    firsts = np.zeros(SLOTS + 1, np.int64)
    np.cumsum(np.bincount(slots, minlength=SLOTS), out=firsts[1:])
    taken = [0] * SLOTS
    changes = []
    for slot in slots.tolist():
        changes.append(int(firsts[slot]) + taken[slot])
        taken[slot] += 1
    frame = dict(zip(slots[:begin].tolist(), changes[:begin], strict=True))
    known = np.array(sorted(frame), np.int64)
    moments = np.array([moment for moment, _ in pairs[begin:]], np.int32)
    before = np.array([frame[int(slot)] for slot in known], np.int64)
    return FieldStretch(0, (known, before), moments, slots[begin:], firsts), pairs, changes, frame


@settings(deadline=None)
@given(CHANGES, st.integers(0, 40), st.integers(0, 13))
def test_one_slot_and_all_slots_are_what_happened_last(
    pairs: list[tuple[int, int]], begin: int, position: int
) -> None:
    begin = min(begin, len(pairs))
    stretch, ordered, changes, frame = told(pairs, begin)
    wanted = dict(frame)
    for (moment, slot), change in list(zip(ordered, changes, strict=True))[begin:]:
        if moment <= position:
            wanted[slot] = change
    of_frame = np.array([frame[slot] * 10 for slot in sorted(frame)], np.int64)
    happened = np.array(changes[begin:], np.int64) * 10
    values = stretch.values(of_frame, np.array(sorted(frame), np.int64), happened)
    head = InForce(position, stretch, lambda _at, _name: values)
    assert head.head.tolist() == [wanted.get(slot, NONE) for slot in range(SLOTS)]
    assert head.values("units", np.arange(len(head.changes))).tolist() == [10 * each for each in head.changes]
    for slot in range(SLOTS):
        change, place = stretch.change_at(slot, position)
        assert change == wanted.get(slot, NONE)
        assert change == NONE or int(values[place]) == change * 10


def test_changes_that_do_not_fit_the_slots_are_refused() -> None:
    firsts, nothing = np.array([0, 1, 2]), np.zeros(0, np.int64)
    slots = np.array([0, 0], np.int32)
    with pytest.raises(ValueError):
        FieldStretch(-1, (nothing, nothing), np.array([1, 2], np.int32), slots, firsts)
    with pytest.raises(ValueError):
        FieldStretch(
            0, (np.array([0]), np.array([1])), np.zeros(0, np.int32), nothing.astype(np.int32), firsts
        )
