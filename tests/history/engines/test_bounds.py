"""Does a limit of memory decide how much of a log is in memory at once, and is too small a one refused in words?"""

import itertools
import json

import pytest

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.cli.main import main
from explorer.eventlog.errors import OutOfReach
from explorer.eventlog.log import open_log
from explorer.history.engines import local
from explorer.history.engines.bounds import LEAST_BYTES, MB, Bounds
from explorer.history.engines.spilled import Spill
from explorer.projection.model import AUTO
from tests.history.engines.test_local import amounts, assert_same, chooser, record, written
from tests.history.engines.told_folder import ToldFolder


def test_the_less_memory_the_less_is_in_memory_at_once():
    sizes = [Bounds.of("log", LEAST_BYTES + more * MB) for more in (0, 100, 400, 1_000, 3_000)]
    for less, more in itertools.pairwise(sizes):
        assert less.range_units * less.readers <= more.range_units * more.readers
        assert less.segment_rows * less.folders <= more.segment_rows * more.folders
        assert less.names <= more.names
        assert less.piece_events <= more.piece_events
    assert sizes[0].segment_rows * sizes[0].folders < sizes[-1].segment_rows * sizes[-1].folders
    usual = Bounds.of("log", None)
    assert (usual.range_units, usual.segment_rows, usual.most_bytes) == (64 * MB, 2_000_000, None)


def index(*words: str) -> int:
    """`history-explorer index`."""
    return main(["index", *words])


def test_a_log_is_indexed_in_little_memory_and_is_the_same_row_by_row(tmp_path, capsys):
    lines = [
        record(n, "MoneyDeposited", f"acc-{n * 7 % 501}", amount=n % 900 / 10, text="x" * 900)
        for n in range(7_000)
    ]
    path = written(tmp_path, lines)  # two ranges of the least size
    least = LEAST_BYTES // MB
    assert index(str(path), "--out", str(tmp_path / "little"), "--memory", f"{least}MB") == 0
    assert index(str(path), "--out", str(tmp_path / "memory"), "--engine", "memory") == 0
    assert_same((ToldFolder(tmp_path / "memory").all(), ToldFolder(tmp_path / "little").all()))
    capsys.readouterr()
    assert index(str(path), "--out", str(tmp_path / "less"), "--memory", "100") == 2
    said = capsys.readouterr().err
    assert f"100 MB of memory are too little for any log: give it --memory {least}" in said
    assert index(str(path), "--out", str(tmp_path / "less"), "--memory", "1GB", "--engine", "memory") == 2
    assert "--engine local" in capsys.readouterr().err
    assert not (tmp_path / "less").exists()


def test_too_many_entities_are_refused_with_what_they_need_and_what_was_read_is_not_read_again(
    tmp_path, monkeypatch
):
    path, target = written(tmp_path, amounts(300)), tmp_path / "out"
    small = Bounds(3_000, segment_rows=50, most_bytes=200 * MB)
    with (
        open_log(str(path)) as log,
        pytest.raises(OutOfReach, match=r"200 MB.*entities: give it --memory 450.*is kept"),
    ):
        local.write_folder([log], chooser(log), target, bounds=small)
    assert not target.exists()
    read: list[int] = []
    save = Spill.save
    monkeypatch.setattr(Spill, "save", lambda self, *rest: (read.append(rest[0]), save(self, *rest))[1])
    with open_log(str(path)) as log:
        local.write_folder([log], chooser(log), target, bounds=Bounds(9_000, most_bytes=2_000 * MB))
    assert read == []
    assert json.loads((target / "manifest.json").read_text())["events"] > 200


def test_ranges_that_are_too_large_for_less_memory_are_read_anew(tmp_path):
    with open_log(str(written(tmp_path, amounts(20)))) as log:
        jobs = [local.job_of([log], AUTO, units) for units in (9, 5, 7)]
        found = [Spill(tmp_path / "rows", job).units for job in jobs]
    assert found == [9, 5, 5]
