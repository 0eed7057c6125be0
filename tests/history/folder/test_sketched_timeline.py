"""Is the timeline of a history folder that of the log: exactly for a few events, and nearly for very many?"""

import contextlib

import numpy as np
import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.cli.commands.generate import account_log
from explorer.history import density
from explorer.history.density import TypeCounts, long_gaps
from explorer.history.folder.opened import FolderHistory, open_folder
from explorer.history.folder.place import LocalPlace
from explorer.history.folder.sketched_timeline import MOST_READ
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from explorer.session.timeline.axis import View, axis_of
from explorer.session.timeline.density_bars import bars, lay_groundwork

EVENTS, ROWS, MEMORY = 30_000, 500, 100_000


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch):
    """What is looked at together takes less than the memory that there may be, as it does by itself in large logs."""
    monkeypatch.setattr(density, "_GAPS_AT_ONCE", 2_000)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    path = tmp_path_factory.mktemp("sketched")
    (path / "log.jsonl").write_text("".join(account_log(EVENTS, 300, 5)))
    with contextlib.ExitStack() as kept:
        document = kept.enter_context(contextlib.closing(Document.open(str(path / "log.jsonl"))))
        folder = write_history_folder(document, path / "folder", group_rows=ROWS)
        opened = kept.enter_context(contextlib.closing(Document(open_folder(LocalPlace(folder), MEMORY))))
        assert EVENTS * 8 > MEMORY, "no column of times may be in memory as a whole"
        yield document.history, opened.history


def test_a_few_places_are_exact_and_many_are_no_further_than_a_row_group(both):
    log, folder = both
    assert isinstance(folder, FolderHistory)
    instants = np.linspace(int(log.clock[0]) - 5, int(log.clock[-1]) + 5, 700).astype(np.int64)
    for side in ("left", "right"):
        wanted = np.searchsorted(log.clock, instants, side)
        near = folder.rows_before(instants, side)
        assert np.abs(near - wanted).max() <= ROWS
        assert bool((np.diff(near) >= 0).all())
        for at in range(0, 700, 23):
            assert folder.rows_before(instants[at : at + 2], side).tolist() == wanted[at : at + 2].tolist()
    rows = np.arange(0, EVENTS, 40)
    known = folder.clock_at(rows)
    for begin in range(0, EVENTS, ROWS):
        own = (rows >= begin) & (rows < begin + ROWS)
        low, high = log.clock[begin], log.clock[min(begin + ROWS, EVENTS) - 1]
        assert bool(((known[own] >= low) & (known[own] <= high)).all())
    assert folder.clock_at(rows[: MOST_READ // 2]).tolist() == log.clock[rows[: MOST_READ // 2]].tolist()


def test_counts_by_type_come_from_the_density_and_are_exact_between_two_places(both):
    log, folder = both
    plain, sketched = TypeCounts(log), lay_groundwork(folder).counts
    assert [(group.name, group.count) for group in sketched.groups] == [
        (group.name, group.count) for group in plain.groups
    ]
    every = np.arange(0, EVENTS + 1, ROWS)
    assert np.array_equal(sketched.before(every), plain.before(every))
    assert np.abs(sketched.before(every[1:] - 7) - plain.before(every[1:] - 7)).max() <= ROWS
    for low, high in ((0, 1), (3, 1_234), (EVENTS - 1, EVENTS), (12_345, 23_456)):
        two = np.array([low, high])
        assert np.array_equal(sketched.between(two), plain.between(two))
        assert sketched.group_of(low) == plain.group_of(low)


@pytest.mark.parametrize("by", ["event", "time"])
def test_bars_look_as_those_of_the_log_and_take_no_whole_column(both, by):
    log, folder = both
    ground, drawn = lay_groundwork(log), lay_groundwork(folder)
    assert drawn.gaps == ground.gaps == long_gaps(log.clock)
    axis, own = axis_of(log, by), axis_of(folder, by)
    whole = View.whole(axis.length, axis.least)
    wanted, found = bars(log, axis, whole, 40, ground.counts), bars(folder, own, whole, 40, drawn.counts)
    assert found.edges == wanted.edges
    assert np.abs(found.rows - wanted.rows).max() <= ROWS
    assert np.abs(found.stacks.sum(1) - np.diff(found.rows)).max() <= len(drawn.counts.groups)
    assert np.abs(found.heights - wanted.heights).mean() < 0.12
    near = View(whole.stop // 3, whole.stop // 3 + whole.stop // 40, whole.length, whole.least)
    exact, shown = bars(log, axis, near, 30, ground.counts), bars(folder, own, near, 30, drawn.counts)
    assert np.array_equal(shown.rows, exact.rows)
    assert np.array_equal(shown.stacks, exact.stacks)
    assert np.array_equal(shown.heights, exact.heights)
