"""Does the log play at its pace, forwards and backwards, once and over and over?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.timeline.playback import EVENTS_PER_SECOND, LONGEST_GAP_S, MAX_EVENTS_PER_CALL, Playback

TIMES_S = [None, 0.0, 0.5, 0.5, 10.0, 100_000.0, 100_000.25]  # of positions 0 to 6


def moment_ns(position: int) -> int | None:
    second = TIMES_S[position]
    return None if second is None else int(second * 1e9)


def player(last: int = 6) -> Playback:
    return Playback(last, moment_ns)


def walked(playback: Playback, seconds: float, step: float = 0.05) -> list[int]:
    """Every position that is shown within some seconds, each once."""
    shown = [playback.due(0.0)]
    for frame in range(1, round(seconds / step) + 1):
        position = playback.due(frame * step)
        if position != shown[-1]:
            shown.append(position)
    return shown


def test_at_a_steady_pace_every_event_takes_half_a_second() -> None:
    playback = player()
    assert playback.start(0, 0.0) == 0
    assert [playback.due(second) for second in (0.49, 0.5, 0.99, 1.0, 2.9, 3.0)] == [0, 1, 1, 2, 5, 6]
    assert not playback.running


@pytest.mark.parametrize("speed", [0.25, 1.0, 64.0])
def test_a_speed_divides_all_times(speed: float) -> None:
    playback = player()
    playback.set_speed(speed, 0.0)
    playback.start(0, 0.0)
    assert playback.due(4 / EVENTS_PER_SECOND / speed) == 4


def test_at_the_original_pace_events_come_as_they_happened_and_nobody_waits_through_a_night() -> None:
    playback = player()
    playback.set_mode("pace", 0.0)
    playback.start(1, 0.0)
    assert playback.due(0.49) == 1
    assert playback.due(0.5) == 3  # two at the same moment
    assert playback.due(0.5 + LONGEST_GAP_S - 0.01) == 3
    assert playback.due(0.5 + LONGEST_GAP_S) == 4
    assert playback.due(0.5 + 2 * LONGEST_GAP_S) == 5
    assert playback.due(0.5 + 2 * LONGEST_GAP_S + 0.25) == 6
    assert not playback.running


def test_backwards_takes_the_same_times_in_reverse() -> None:
    playback = player()
    playback.set_mode("pace", 0.0)
    playback.set_backwards(True, 0.0)
    assert playback.start(6, 0.0) == 6
    assert playback.due(0.25) == 5
    assert playback.due(0.25 + LONGEST_GAP_S) == 4
    assert playback.due(0.25 + 2 * LONGEST_GAP_S) == 2
    assert playback.due(0.75 + 2 * LONGEST_GAP_S) == 1
    assert playback.running
    assert playback.due(2.0 + 2 * LONGEST_GAP_S) == 0
    assert not playback.running


@pytest.mark.parametrize("mode", ["event", "pace"])
def test_a_stretch_is_played_over_and_over(mode: str) -> None:
    playback = player()
    playback.set_mode("pace" if mode == "pace" else "event", 0.0)
    playback.set_loop((1, 4), 0.0)
    assert playback.start(6, 0.0) == 1
    shown = walked(playback, 8)
    again = [1, 2, 3, 4] if mode == "event" else [1, 3, 4]
    assert shown[: 2 * len(again)] == again * 2
    assert playback.running
    playback.set_backwards(True, 8.0)
    assert set(walked(playback, 16)) <= {1, 2, 3, 4}


def test_a_loop_is_two_positions_of_the_log() -> None:
    playback = player()
    for loop in ((3, 3), (4, 2), (-1, 2), (2, 7)):
        with pytest.raises(ValueError, match="over and over"):
            playback.set_loop(loop, 0.0)
    assert playback.loop is None


def test_whoever_moves_the_playhead_is_followed() -> None:
    playback = player()
    playback.set_loop((1, 4), 0.0)
    playback.start(1, 0.0)
    playback.moved(6, 0.1)
    assert playback.due(0.2) == 6
    assert playback.due(0.6) == 1
    playback.set_loop(None, 0.6)
    assert playback.due(1.1) == 2


def test_a_log_without_times_plays_at_a_steady_pace_and_one_without_events_does_not() -> None:
    playback = Playback(3, lambda _position: None)
    playback.set_mode("pace", 0.0)
    playback.start(0, 0.0)
    assert [playback.due(second) for second in (0.4, 0.5, 1.0)] == [0, 1, 2]
    empty = Playback(0, lambda _position: None)
    assert empty.start(0, 0.0) == 0
    assert not empty.running


def test_one_call_never_does_more_than_a_frame_can_bear() -> None:
    playback = Playback(10**9, lambda _position: 0)
    playback.set_mode("pace", 0.0)
    playback.start(1, 0.0)
    assert playback.due(1000.0) == 1 + MAX_EVENTS_PER_CALL
    playback.set_mode("event", 1000.0)
    playback.set_speed(1024, 1000.0)
    assert playback.due(2000.0) > 1_000_000


@given(
    data=st.data(), mode=st.sampled_from(["event", "pace"]), backwards=st.booleans(),
    loop=st.none() | st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda two: two[0] < two[1]),
)  # fmt: skip
def test_however_often_it_is_asked_it_comes_to_the_same_places(
    data: st.DataObject, mode: str, backwards: bool, loop: tuple[int, int] | None
) -> None:
    ends = []
    start = data.draw(st.integers(0, 6))
    until = data.draw(st.floats(0, 30))
    moments = sorted(data.draw(st.lists(st.floats(0, until), max_size=10)))
    for asked in (moments, []):
        playback = player()
        playback.set_mode("pace" if mode == "pace" else "event", 0.0)
        playback.set_backwards(backwards, 0.0)
        playback.set_loop(loop, 0.0)
        playback.start(start, 0.0)
        low, high = loop or (0, 6)
        for moment in [*asked, until]:
            assert low <= playback.due(moment) <= high
        ends.append((playback.due(until), playback.running))
    assert ends[0] == ends[1]
