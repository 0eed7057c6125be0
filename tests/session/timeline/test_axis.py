"""Do positions lie on the timeline where their events and times are, with gaps and without?"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.history import density
from explorer.history.density import BLOCK, MOST, Gap, TypeCounts, long_gaps
from explorer.session.document import Document
from explorer.session.timeline.axis import (
    DAY,
    EVENT,
    HOUR,
    MINUTE,
    SECOND,
    EventAxis,
    TimeAxis,
    View,
    axis_of,
    duration_text,
    ticks,
)
from explorer.session.timeline.density_bars import bars, marks_in_view

START = datetime(2026, 1, 6, 10, 15, tzinfo=UTC)
START_NS = int(START.timestamp()) * SECOND
A_YEAR_S = 366 * 86_400


@contextmanager
def opened(folder: Path, seconds: list[float | None], types: list[str] | None = None) -> Iterator[Document]:
    """A log of events at these moments, counted from START; None: an event without a time."""
    lines = []
    for number, second in enumerate(seconds):
        record: dict[str, object] = {"type": types[number] if types else "E", "data": {"accountId": "a"}}
        if second is not None:
            record["at"] = (START + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")
        lines.append(json.dumps(record) + "\n")
    path = folder / "log.jsonl"
    path.write_text("".join(lines))
    document = Document.open(str(path))
    try:
        yield document
    finally:
        document.close()


moments = st.lists(st.integers(0, 50) | st.integers(0, A_YEAR_S), min_size=2, max_size=40)


@given(count=st.integers(0, 10**12), share=st.floats(0, 1))
def test_by_event_every_position_lies_at_its_own_place(count: int, share: float) -> None:
    axis = EventAxis(count)
    position = round(count * share)
    assert axis.position(axis.place(position)) == position
    assert 0 <= axis.place(position) <= axis.length
    assert axis.position(-5 * EVENT) == 0
    assert axis.position(axis.length + 5 * EVENT) == count


@given(seconds=moments, short=st.booleans(), share=st.floats(0, 1))
def test_by_time_a_place_has_the_position_in_force_then(
    tmp_path_factory: pytest.TempPathFactory, seconds: list[int], short: bool, share: float
) -> None:
    with opened(tmp_path_factory.mktemp("log"), list(seconds)) as document:
        history = document.history
        axis = axis_of(history, "time", long_gaps(history.clock) if short else ())
        if isinstance(axis, EventAxis):
            assert history.clock[0] == history.clock[-1]
            return
        for position in range(1, len(seconds) + 1):
            place = axis.place(position)
            assert 0 <= place <= axis.length
            moment = history.moment_ns(position)
            assert moment is not None
            assert axis.position(place) == history.position_at(moment)
            assert axis.ns_at(place) == moment
        place = round(axis.length * share)
        assert axis.position(place) == history.position_at(axis.ns_at(place))
        edges = sorted({0, place // 3, place, axis.length + 1})
        assert axis.rows(edges).tolist() == [
            sum(axis.place(position) < edge for position in range(1, len(seconds) + 1)) for edge in edges
        ]
        assert axis.position(-1) == 0


@given(seconds=moments)
def test_long_gaps_have_no_event_in_them_and_shortening_them_keeps_the_order(
    tmp_path_factory: pytest.TempPathFactory, seconds: list[int]
) -> None:
    with opened(tmp_path_factory.mktemp("log"), list(seconds)) as document:
        clock = document.history.clock
        found = long_gaps(clock)
        for gap in found:
            assert not ((clock > gap.start_ns) & (clock < gap.stop_ns)).any()
        axis = axis_of(document.history, "time", found)
        places = [axis.place(position) for position in range(1, len(seconds) + 1)]
        assert places == sorted(places)
        assert axis.length <= int(clock[-1]) - int(clock[0]) or isinstance(axis, EventAxis)


def test_a_night_and_a_year_are_long_gaps_and_an_even_pace_has_none(tmp_path: Path) -> None:
    with opened(tmp_path, [minute * 60.0 for minute in range(100)]) as document:
        assert long_gaps(document.history.clock) == []
    day = [minute * 60.0 for minute in range(60)]
    with opened(tmp_path, [*day, *(s + 86_400 for s in day), *(s + A_YEAR_S for s in day)]) as document:
        found = long_gaps(document.history.clock)
        axis = TimeAxis(document.history, found)
        assert [duration_text(gap.length_ns) for gap in found] == ["23 h 1 min", "364 d 23 h"]
        assert axis.length < 4 * HOUR
        assert [end - begin for begin, end, _gap in axis.breaks] == [2 * 59 * MINUTE * 3 // 120] * 2


@given(
    letters=st.lists(st.sampled_from("abcdefghijklm"), max_size=400),
    order=st.sampled_from(["log", "time"]),
    data=st.data(),
)
def test_the_counts_by_type_are_those_of_counting(
    tmp_path_factory: pytest.TempPathFactory, letters: list[str], order: str, data: st.DataObject
) -> None:
    seconds = data.draw(st.lists(st.integers(0, 99), min_size=len(letters), max_size=len(letters)))
    with opened(tmp_path_factory.mktemp("log"), list(seconds), letters) as document:
        document.set_order("time" if order == "time" else "log")
        ordered = [letter for _, letter in sorted(zip(seconds, letters, strict=True), key=lambda x: x[0])]
        letters = ordered if order == "time" else letters
        counts = TypeCounts(document.history)
        rows = sorted(data.draw(st.lists(st.integers(0, len(letters)), min_size=2, max_size=6)))
        totals = Counter(letters)
        names = [group.name for group in counts.groups]
        assert len(names) <= MOST + 1
        for (low, high), found in zip(pairwise(rows), counts.between(np.array(rows, np.int64)), strict=True):
            stretch = Counter(letters[low:high])
            for name, number in zip(names, found.tolist(), strict=True):
                rare = sum(count for letter, count in stretch.items() if letter not in names)
                assert number == (rare if name is None else stretch[name])
        assert sum(group.count for group in counts.groups) == len(letters)
        told = [totals[name] for name in names if name is not None]
        assert told == sorted(told, reverse=True)
        if letters:
            row = data.draw(st.integers(0, len(letters) - 1))
            assert counts.groups[counts.group_of(row)].name in {letters[row], None}


def test_counts_reach_over_many_blocks(tmp_path: Path) -> None:
    types = ["a" if number % 3 else "b" for number in range(5 * BLOCK + 7)]
    with opened(tmp_path, [None] * len(types), types) as document:
        counts = TypeCounts(document.history)
        found = counts.between(np.array([1, BLOCK, 4 * BLOCK + 5, len(types)]))
        assert found[:, 0].tolist() == [
            types[1:BLOCK].count("a"), types[BLOCK : 4 * BLOCK + 5].count("a"), types[4 * BLOCK + 5 :].count("a"),
        ]  # fmt: skip


views = st.tuples(st.integers(1, 10**15), st.integers(1, 10**6)).map(lambda two: View.whole(*two))
steps = st.lists(
    st.tuples(st.just("zoom"), st.floats(0.05, 20), st.floats(-0.5, 1.5))
    | st.tuples(st.just("pan"), st.floats(-3, 3), st.just(0.0))
    | st.tuples(st.just("follow"), st.floats(-0.2, 1.2), st.floats(0, 0.5))
    | st.tuples(st.just("around"), st.floats(0, 1), st.floats(0, 1)),
    max_size=20,
)


@given(view=views, asked=steps)
def test_a_view_is_never_empty_never_outside_and_never_closer_than_it_may_be(
    view: View, asked: list[tuple[str, float, float]]
) -> None:
    for what, one, two in asked:
        match what:
            case "zoom":
                view = view.zoomed(one, two)
            case "pan":
                view = view.panned(one)
            case "follow":
                place = min(max(round(view.length * one), 0), view.length)
                view = view.following(place, two)
                assert view.start <= place <= view.stop
            case _:
                ends = round(view.length * one), round(view.length * two)
                view = view.around(*ends)
                assert view.start <= min(ends) <= max(ends) <= view.stop
        assert 0 <= view.start < view.stop <= view.length
        assert view.span >= view.least


@given(view=views, depth=st.integers(0, 30), at=st.floats(0, 1), factor=st.floats(1.01, 8))
def test_what_lies_under_the_pointer_stays_there_while_one_zooms(
    view: View, depth: int, at: float, factor: float
) -> None:
    for _ in range(depth):
        view = view.zoomed(1.5, 0.5)
    place = view.place(at)
    closer = view.zoomed(factor, at)
    wanted = (
        view.start + (view.span - closer.span) * at
    )  # where the view begins if the ends are not in the way
    if 1 <= wanted <= view.length - closer.span - 1:
        assert abs(closer.fraction(place) - at) <= 2 / closer.span
    assert view.zoomed(1.0, at) == view


def test_zooming_in_and_out_again_comes_to_the_whole() -> None:
    view = View.whole(10**9, 100)
    for _ in range(200):
        view = view.zoomed(1.25, 0.3)
    assert view.span == 100
    for _ in range(200):
        view = view.zoomed(0.8, 0.3)
    assert view.is_whole


LABELS = [
    (10**12, ["0", "100", "200", "300", "400"]),
    (A_YEAR_S * 4 * SECOND, ["2027", "2028", "2029", "2030"]),
    (A_YEAR_S * SECOND, ["Apr 2026", "Jul 2026", "Oct 2026", "Jan 2027"]),
    (32 * DAY, ["8 Jan 2026", "15 Jan", "22 Jan", "29 Jan", "5 Feb"]),
    (2 * DAY, ["6 Jan 2026 12:00", "7 Jan", "12:00", "8 Jan"]),
    (2 * HOUR, ["6 Jan 2026 10:30", "11:00", "11:30", "12:00"]),
    (60 * SECOND, ["6 Jan 10:15:00", "10:15:15", "10:15:30", "10:15:45", "10:16:00"]),
    (SECOND // 100, ["6 Jan 10:15:00", ".002", ".004", ".006", ".008", ".010"]),
    (400, ["6 Jan 10:15:00", ".000 000 100", ".000 000 200", ".000 000 300", ".000 000 400"]),
]


@pytest.mark.parametrize(("span", "texts"), LABELS[1:])
def test_the_axis_names_round_moments_at_every_zoom(tmp_path: Path, span: int, texts: list[str]) -> None:
    with opened(tmp_path, [0.0, A_YEAR_S * 30.0]) as document:
        axis = axis_of(document.history, "time")
        view = View(0, span, axis.length, axis.least)
        found = ticks(axis, view, 5)
        assert [tick.long if number == 0 else tick.text for number, tick in enumerate(found)] == texts
        assert all(view.start <= tick.place <= view.stop for tick in found)


def test_the_axis_by_event_names_round_positions() -> None:
    axis = EventAxis(12_345)
    texts = [tick.text for tick in ticks(axis, View.whole(axis.length, axis.least), 7)]
    assert texts == ["0", "2,000", "4,000", "6,000", "8,000", "10,000", "12,000"]
    near = ticks(axis, View(1203 * EVENT, 1207 * EVENT, axis.length, axis.least), 7)
    assert [tick.text for tick in near] == ["1,203", "1,204", "1,205", "1,206", "1,207"]


@given(
    seconds=moments, by=st.sampled_from(["event", "time"]), most=st.integers(1, 300),
    depth=st.integers(0, 12), at=st.floats(0, 1),
)  # fmt: skip
def test_the_bars_of_any_view_hold_every_event_in_it_once(
    tmp_path_factory: pytest.TempPathFactory, seconds: list[int], by: str, most: int, depth: int, at: float
) -> None:
    with opened(tmp_path_factory.mktemp("log"), list(seconds)) as document:
        axis = axis_of(document.history, "time" if by == "time" else "event")
        view = View.whole(axis.length, axis.least)
        for _ in range(depth):
            view = view.zoomed(1.7, at)
        drawn = bars(document.history, axis, view, most, TypeCounts(document.history))
        assert len(drawn) <= most + 3
        assert drawn.stacks is not None
        assert drawn.stacks.sum(1).tolist() == np.diff(drawn.rows).tolist()
        assert ((drawn.heights >= 0) & (drawn.heights <= 1)).all()
        in_view = [k for k in range(1, len(seconds) + 1) if view.start <= axis.place(k) <= view.stop]
        if in_view:
            assert drawn.rows[0] < in_view[0]
            assert drawn.rows[-1] >= in_view[-1]


def test_a_log_without_times_has_bars_of_one_height(tmp_path: Path) -> None:
    with opened(tmp_path, [None] * 50) as document:
        axis = axis_of(document.history, "time")
        assert axis.by == "event"
        drawn = bars(document.history, axis, View.whole(axis.length, axis.least), 20)
        assert len(set(drawn.heights.tolist()) - {0.0}) == 1


@given(positions=st.sets(st.integers(1, 300)), width=st.integers(1, 50))
def test_marks_are_drawn_one_by_one_or_counted_by_pixel(positions: set[int], width: int) -> None:
    axis = EventAxis(300)
    view = View.whole(axis.length, axis.least)
    fractions, counts = marks_in_view(np.array(sorted(positions), np.int64), axis, view, width)
    assert sum(counts) == len(positions)
    assert len(fractions) == len(counts) <= max(width, len(positions) if len(positions) <= width else 0)
    assert fractions == sorted(fractions)
    assert all(0 <= fraction <= 1 for fraction in fractions)


def test_a_gap_knows_its_length() -> None:
    assert Gap(5, 12).length_ns == 7
    assert [duration_text(ns) for ns in (7, 7_500, 2 * SECOND, 90 * SECOND, 400 * DAY)] == [
        "7 ns", "7.5 µs", "2 s", "1 min 30 s", "1 y 35 d",
    ]  # fmt: skip


def test_many_gaps_together_leave_most_of_the_room_to_what_happened(tmp_path: Path) -> None:
    seconds = [day * 86_400.0 + minute * 60 for day in range(90) for minute in range(30)]
    with opened(tmp_path, list(seconds)) as document:
        axis = TimeAxis(document.history, long_gaps(document.history.clock))
        assert len(axis.breaks) == 89
        assert sum(end - begin for begin, end, _gap in axis.breaks) * 10 < axis.length
        inside = axis.breaks[3]
        assert axis.gap_at((inside[0] + inside[1]) // 2) == inside[2]
        assert axis.gap_at(inside[0] - 1) is None
        named = [tick.text for tick in ticks(axis, View.whole(axis.length, axis.least), 8)]
        assert named[:3] == ["6 Jan 2026", "7 Jan", "8 Jan"]
        assert len(named) == 90


def test_the_longest_gaps_are_found_however_many_are_looked_at_together(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    moments = np.random.default_rng(1).integers(0, 10**15, 3_000)
    moments[1_000:] += 10**17
    moments[2_000:] += 10**18
    clock = np.sort(moments)
    whole = density.long_gaps(clock)
    assert len(whole) == 2
    monkeypatch.setattr(density, "_GAPS_AT_ONCE", 7)
    assert density.long_gaps(clock) == whole
    assert density.long_gaps(clock, most=1) == [max(whole, key=lambda gap: gap.length_ns)]
