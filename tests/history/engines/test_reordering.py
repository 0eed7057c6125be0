"""Is a log put into another order of time out of memory as it is in memory, row by row, ties and all?"""

import json
import random
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log
from explorer.history.engines import local, other_orders, reordered
from explorer.history.engines.bounds import Bounds
from explorer.history.engines.reordering import Reordering
from explorer.history.events import NEVER, NO_TIME
from explorer.history.ordering import inverse
from tests.history.engines.test_local import amounts, assert_same, both, changed, chooser, record, written
from tests.history.engines.told_folder import ToldFolder


class Go:
    """A go of a log of which only the times are known."""

    def __init__(self, at: list[int]) -> None:
        self._at = np.array(at, np.int64)

    def column(self, _table: str, _name: str) -> np.ndarray:
        return self._at


NUMBERS = st.one_of(st.integers(0, 3), st.sampled_from([NO_TIME + 1, NEVER, NEVER - 1]), st.integers(-9, 9))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    goes=st.lists(st.lists(NUMBERS, max_size=12), max_size=6),
    backwards=st.booleans(),
    piece_events=st.integers(1, 15),
)
def test_events_stand_as_a_stable_sort_of_all_of_them_has_them(goes, backwards, piece_events, tmp_path):
    numbers = np.array([number for go in goes for number in go], np.int64)
    before = np.cumsum([0, *map(len, goes)])[:-1]
    whole = SimpleNamespace(goes=[Go(go) for go in goes], before=before)
    found = Reordering(
        whole, lambda go: np.array(goes[go], np.int64), tmp_path / "rows", backwards=backwards,
        piece_events=piece_events,
    )  # fmt: skip
    order = np.argsort(numbers, kind="stable")
    if backwards:
        order = len(numbers) - 1 - np.argsort(numbers[::-1], kind="stable")
    rows = [row for piece in range(found.pieces) for row in found.piece(piece).read("row").tolist()]
    assert rows == order.tolist()
    assert [at for piece in range(found.pieces) for at in found.piece(piece).read("at").tolist()] == numbers[
        order
    ].tolist()
    places = [place for go in range(len(goes)) for place in found.places(go).tolist()]
    assert places == inverse(order).tolist()
    assert found.ascending == (order.tolist() == sorted(order.tolist()))
    told = numbers[order]
    assert found.repeats == np.count_nonzero((told[1:] == told[:-1]) & (told[1:] != NEVER))
    assert found.down == np.count_nonzero(told[1:] < told[:-1]) == 0
    if len(goes) > 1 and len(numbers) > 40:
        assert found.pieces > 2
    found.remove()
    assert not (tmp_path / "rows").exists()


def late(count: int) -> list[str]:
    """Amounts of accounts, of which many are late, some have the same time and some none."""
    dice, lines = random.Random(11), amounts(count)
    for at, line in enumerate(lines):
        if line.endswith("}") and '"at"' in line:
            told = json.loads(line)
            told["at"] = f"2026-01-{dice.randrange(1, 9):02}T00:00:00Z"
            if at % 13 == 5:
                del told["at"]
            lines[at] = json.dumps(told)
    return lines


def deleted(count: int) -> list[str]:
    """Captured changes that are late, rows that are deleted and come back among them."""
    dice, lines = random.Random(3), []
    for line in changed(count):
        told = json.loads(line)
        told["ts_ms"] = 1_700_000_000_000 + dice.randrange(40)
        lines.append(json.dumps(told))
    return lines


def statement(count: int) -> list[str]:
    """What happened last stands first; several things at one time."""
    return [record(5 * (count - n) // 9, "Noted", f"e{n % 9}", text=f"t{n}", n=n) for n in range(count)]


def numbered(count: int, sequences: list[int | None], *, timed: bool = True) -> list[str]:
    """Events with numbers of their own, by which they happened."""
    lines = []
    for at in range(count):
        number = sequences[at]
        told = {"type": "Noted", "entityId": f"e{at % 7}", "data": {"n": at, "text": f"t{at % 5}"}}
        if number is not None:
            told["globalPosition"] = number
            if timed:
                told["at"] = f"2026-01-01T{number // 60:02}:{number % 60:02}:00Z"
        lines.append(json.dumps(told))
    return lines


def mixed(count: int) -> list[int | None]:
    """Numbers of which some stand elsewhere than they should, and one event has none."""
    found: list[int | None] = list(range(count))
    for at in range(0, count - 40, 37):
        found[at], found[at + 3] = found[at + 3], found[at]
    found[count // 2] = None
    return found


BY_NUMBER = FieldMap(sequence="globalPosition")
LOGS = {
    "late events": (lambda: late(260), {"time"}),
    "late deletions": (lambda: deleted(260), {"time"}),
    "newest first": (lambda: statement(260), {"time", "reversed"}),
    "newest first by numbers": (
        lambda: numbered(120, list(range(120))[::-1], timed=False), {"time", "reversed"},
    ),
    "out of sequence": (lambda: numbered(260, mixed(260)), {"time", "sequence"}),
    "out of sequence, without times": (lambda: numbered(260, mixed(260), timed=False), {"sequence"}),
}  # fmt: skip


@pytest.mark.parametrize("name", LOGS)
def test_every_order_that_memory_has_is_made_out_of_memory_and_says_the_same_row_by_row(name, tmp_path):
    lines, orders = LOGS[name]
    fields = BY_NUMBER if "out of sequence" in name else None
    memory, other = both(
        written(tmp_path, lines()),
        tmp_path,
        units=6_000,
        segment_rows=40,
        piece_events=50,
        fields=fields,
        log_order=False,
    )
    assert {key.partition(": ")[0] for key in memory if ": events" in key} == orders
    assert_same((memory, other))
    assert not list(tmp_path.glob(".*"))
    assert reordered.ReorderedLog


def test_numbers_beyond_64_bits_are_refused_in_words_and_nothing_is_written(tmp_path):
    sequences = [None if each is None else each + 2**64 for each in mixed(100)]
    path = written(tmp_path, numbered(100, [each % 97 for each in range(100)]))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line, sequence in zip(lines, sequences, strict=True):
        line["globalPosition"] = sequence or 5
    path.write_text("\n".join(map(json.dumps, lines)) + "\n")
    with open_log(str(path), BY_NUMBER) as log, pytest.raises(LogError, match=r"64 bits.*--engine memory"):
        local.write_folder([log], chooser(log), tmp_path / "out", bounds=Bounds(3_000))
    assert not (tmp_path / "out").exists()
    assert other_orders.NumbersTooLarge


def test_who_wants_the_order_of_the_log_alone_gets_it_from_both_engines(tmp_path, capsys):
    path = written(tmp_path, late(60))
    for engine in ("memory", "local"):
        words = ["index", str(path), "--out", str(tmp_path / engine), "--log-order", "--engine", engine]
        assert main(words) == 0
        assert "another order" not in capsys.readouterr().out.replace("out of time order", "")
    memory, other = ToldFolder(tmp_path / "memory"), ToldFolder(tmp_path / "local")
    assert list(memory.manifest["orders"]) == ["log"]
    assert_same((memory.all(), other.all()))
