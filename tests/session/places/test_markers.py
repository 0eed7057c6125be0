"""Do A, B and the bookmarks stay where a person put them?"""

import pytest

from explorer.session.places.bookmarks import Bookmark, Bookmarks
from explorer.session.places.markers import Markers


def test_a_range_needs_two_different_points_and_is_ascending():
    markers = Markers()
    assert markers.range is None
    markers.set_a(7)
    assert markers.range is None
    markers.set_b(7)
    assert markers.range is None
    markers.set_b(3)
    assert markers.range == (3, 7)
    markers.swap(9)
    assert (markers.a, markers.b) == (3, 7)
    assert markers.range == (3, 7)


def test_clearing_takes_a_and_b_and_leaves_the_bookmarks():
    markers = Markers()
    markers.set_a(1)
    markers.set_b(2)
    markers.bookmarks.toggle(5)
    markers.clear()
    assert (markers.a, markers.b, markers.bookmarks.positions) == (None, None, [5])


def test_there_is_nothing_before_the_start():
    markers = Markers()
    with pytest.raises(ValueError, match="no position -1"):
        markers.set_a(-1)
    with pytest.raises(ValueError, match="no position -2"):
        markers.bookmarks.put(Bookmark(-2))
    markers.set_b(None)
    assert markers.b is None


def test_bookmarks_stand_in_order_and_one_position_has_one():
    marks = Bookmarks()
    for position in (8, 0, 3):
        assert marks.toggle(position)
    marks.put(Bookmark(3, "odd", "why?"))
    assert marks.positions == [0, 3, 8]
    assert marks.at(3) == Bookmark(3, "odd", "why?")
    assert [mark.title for mark in marks] == ["#0", "odd", "#8"]
    assert not marks.toggle(0)
    assert 0 not in marks
    assert not marks.remove(0)


def test_the_next_and_previous_bookmark_are_never_the_one_under_the_playhead():
    marks = Bookmarks()
    for position in (2, 5, 9):
        marks.toggle(position)
    assert [mark.position if (mark := marks.following(at)) else None for at in (0, 2, 5, 9)] == [
        2,
        5,
        9,
        None,
    ]
    assert [mark.position if (mark := marks.following(at, -1)) else None for at in (2, 5, 6, 12)] == [
        None,
        2,
        5,
        9,
    ]


def test_the_nearest_bookmark_is_within_reach_or_none():
    marks = Bookmarks()
    for position in (10, 14):
        marks.toggle(position)
    found = [marks.nearest(at, 3) for at in (6, 7, 11, 13, 18)]
    assert [mark and mark.position for mark in found] == [None, 10, 10, 14, None]
