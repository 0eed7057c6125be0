"""Does going back lead where one jumped from, as in a browser?"""

from explorer.session.places.markers import MOST_PLACES, Trail


def test_a_jump_can_be_undone_and_done_again() -> None:
    trail = Trail(10)
    trail.moved(50)
    trail.moved(90)
    assert [trail.back(), trail.back(), trail.back()] == [50, 10, None]
    assert [trail.forward(), trail.forward(), trail.forward()] == [50, 90, None]


def test_single_steps_are_no_jumps_and_one_comes_back_to_where_they_led() -> None:
    trail = Trail(10)
    for position in (11, 12, 13, 12):
        trail.moved(position)
    assert not trail.can_go_back
    trail.moved(80)
    assert trail.back() == 12


def test_a_drag_is_one_jump_from_where_it_began() -> None:
    trail = Trail(10)
    for position in (11, 20, 35, 34, 60):
        trail.moved(position, gesture=True)
    trail.end_gesture()
    trail.moved(70, gesture=True)
    trail.end_gesture()
    assert [trail.back(), trail.back()] == [60, 10]


def test_a_new_jump_forgets_what_one_came_back_from() -> None:
    trail = Trail(0)
    trail.moved(5)
    trail.back()
    trail.moved(0)  # the playhead says where going back has led: no jump
    assert trail.can_go_forward
    trail.moved(9)
    assert not trail.can_go_forward
    assert trail.back() == 0


def test_a_trail_does_not_grow_for_ever() -> None:
    trail = Trail(0)
    for number in range(3 * MOST_PLACES):
        trail.moved(number * 10 % 7919)
    gone = 0
    while trail.back() is not None:
        gone += 1
    assert gone == MOST_PLACES - 1
