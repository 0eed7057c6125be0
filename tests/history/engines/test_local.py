"""Does this machine alone make of a log the same folder as the history in memory, in a bounded memory?"""

import contextlib
import itertools
import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import EventLog, open_log
from explorer.history.collect import collect
from explorer.history.engines import byte_ranges, folder_rows, local, told_kinds
from explorer.history.engines.bounds import Bounds
from explorer.history.engines.spilled import Spill
from explorer.history.folder.from_history import write_folder
from explorer.projection.choose import choose
from explorer.projection.model import AUTO, ReadModel, Recipe
from explorer.projection.sample import Sample
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from explorer.session.files.large_folders import write_large_folder
from explorer.session.options import DEFAULTS
from tests.history.engines.told_folder import Told, ToldFolder

GROUP_ROWS = 64


def chooser(log: EventLog, recipe: Recipe = AUTO) -> "local.Callable[[Sample], ReadModel]":
    """Which read model is chosen of a sample."""
    return lambda sample: choose(recipe, sample, log.fields)


def made_in_small_goes(path: Path, target: Path) -> None:
    """Write the folder of a log, in the log's order, by ranges of 3,000 bytes."""
    with open_log(str(path)) as log:
        local.write_folder(
            [log], chooser(log), target, bounds=Bounds(3000, segment_rows=50), group_rows=GROUP_ROWS, log_order=True
        )  # fmt: skip


def both(
    path: Path, folder: Path, recipe: Recipe = AUTO, *, units: int = 9_000, segment_rows: int = 200,
    piece_events: int = 70, fields: FieldMap | None = None, log_order: bool = True,
) -> tuple[Told, Told]:  # fmt: skip
    """What the folder says that is made in memory, and the one that is made out of it, in every order or one."""
    options = replace(DEFAULTS, projection=recipe, fields=fields)
    with contextlib.closing(Document.open(str(path), options)) as log:
        write_history_folder(log, folder / "memory", group_rows=GROUP_ROWS, log_order=log_order)
    with open_log(str(path), fields) as log:
        local.write_folder(
            [log], chooser(log, recipe), folder / "local", group_rows=GROUP_ROWS, log_order=log_order,
            bounds=Bounds(units, segment_rows=segment_rows, names=50, piece_events=piece_events),
        )  # fmt: skip
    return ToldFolder(folder / "memory").all(), ToldFolder(folder / "local").all()


def assert_same(found: tuple[Told, Told]) -> None:
    """Row by row."""
    memory, other = found
    assert memory.keys() == other.keys()
    for name, rows in memory.items():
        if isinstance(rows, dict):
            for table, own in rows.items():
                assert own == other[name][table], (name, table)
        else:
            assert rows == other[name], name


# --- logs of many kinds -------------------------------------------------------------------------------------


def record(number: int, kind: str, entity: str, **data: object) -> str:
    """A line of a log."""
    at = f"2026-01-{1 + number // 1440 % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"
    return json.dumps({"type": kind, "at": at, "data": {"accountId": entity, **data}})


def amounts(count: int, seed: int = 5) -> list[str]:
    """Accounts, of which one owns half of all events; with currencies, very large numbers, and what cannot be read."""
    dice = random.Random(seed)
    lines = []
    for number in range(count):
        entity = "hot" if number % 2 else f"acc-{dice.randrange(40)}"
        data: dict[str, object] = {"amount": dice.choice([1, 2.5, 3.25, 10**19, "0.000000000001", 7])}
        if number % 3 == 0:
            data["currency"] = dice.choice(["EUR", "USD"])
        lines.append(record(number, dice.choice(["MoneyDeposited", "MoneyWithdrawn"]), entity, **data))
        if number % 150 == 7:
            lines.append('{"type": "MoneyDeposited", ')
        if number % 200 == 9:
            lines.append("")
        if number % 170 == 3:
            lines.append(json.dumps({"type": "Grüße", "data": {"text": "\ud800"}}))
    return lines


def changed(count: int) -> list[str]:
    """Captured changes of a table, in which rows are deleted and come back."""
    dice, lines = random.Random(7), []
    for number in range(count):
        row = {"id": f"row-{dice.randrange(20)}", "name": f"n{number % 9}", "stock": number % 5}
        op = dice.choice("ciuud")
        before, after = (row, None) if op == "d" else (None, row)
        lines.append(
            json.dumps({"op": op, "ts_ms": 1_700_000_000_000 + number, "before": before, "after": after})
        )
    return lines


def kinds(count: int) -> list[str]:
    """Orders and wallets, whose events tell what they are about."""
    lines = []
    for number in range(count):
        kind = "Order" if number % 2 else "Wallet"
        about = {
            "aggregateType": f"Shop::{kind}",
            "aggregateId": f"{kind[0]}-{number % 11}",
            "version": number,
        }
        at = f"2026-01-01T00:00:{number % 60:02}Z"
        lines.append(json.dumps({"type": f"{kind}Changed", **about, "at": at, "data": {"n": number}}))
    return lines


LOGS = {
    "generated": lambda: [
        record(n, "MoneyDeposited", f"acc-{n % 7}", amount=n % 90 / 10) for n in range(400)
    ],
    "one entity with half of all events": lambda: amounts(600),
    "captured changes": lambda: changed(300),
    "several kinds": lambda: kinds(300),
    "out of order": lambda: [
        record(7 * n % 400, "Noted", f"e{n % 9}", text=f"t{n}", n=n) for n in range(400)
    ],
}


QUERY = Recipe(
    "q", "sql",
    "SELECT data.accountId AS account, sum(data.amount) AS total, count(*) AS n, min(data.amount) AS least, "
    "max(data.amount) AS most, avg(data.amount) AS mean, first(data.currency) AS firstly, last(type) AS lastly "
    "FROM events GROUP BY account",
)  # fmt: skip


def written(folder: Path, lines: list[str]) -> Path:
    """A log of these lines."""
    path = folder / "log.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("name", LOGS)
def test_the_folder_made_out_of_memory_says_the_same_row_by_row(name, tmp_path):
    assert_same(both(written(tmp_path, LOGS[name]()), tmp_path))


def test_a_query_with_every_fold_comes_to_the_same_although_its_hot_entity_is_folded_in_stretches(tmp_path):
    assert_same(both(written(tmp_path, amounts(500)), tmp_path, QUERY, segment_rows=40))


def test_rows_that_are_deleted_before_they_have_a_value_and_after_come_to_the_same_in_stretches(tmp_path):
    lines = LOGS["captured changes"]()
    assert_same(both(written(tmp_path, lines), tmp_path, units=2_000, segment_rows=8))


def test_an_array_is_read_in_one_go_and_comes_to_the_same(tmp_path):
    path = tmp_path / "log.json"
    path.write_text("[" + ",\n".join(LOGS["generated"]()) + "]", "utf-8")
    assert_same(both(path, tmp_path))


def test_a_table_of_text_comes_to_the_same(tmp_path):
    path = tmp_path / "log.csv"
    rows = [f"Paid,2026-01-{1 + n % 28:02},acc-{n % 5},{n}.50" for n in range(300)]
    path.write_text("type,at,account,amount\n" + "\n".join(rows) + "\n", "utf-8")
    assert_same(both(path, tmp_path))


@pytest.mark.parametrize(
    "years", [("2200", "0001"), ("0001", "2200"), ("2200", "0001", "2200", "9999", "0000")]
)
def test_times_that_lie_further_apart_than_a_number_tells_come_in_the_same_order(years, tmp_path):
    lines = [
        json.dumps({"type": "Paid", "at": f"{year}-01-01T00:00:00Z", "data": {"accountId": "a", "amount": 1}})
        for year in years
    ]
    assert_same(both(written(tmp_path, lines), tmp_path))


def test_a_range_may_lie_within_one_very_long_line(tmp_path):
    lines = [record(n, "Noted", f"e{n % 3}", text="x" * (9_000 if n % 20 == 5 else 5)) for n in range(100)]
    assert_same(both(written(tmp_path, lines), tmp_path))


def test_goes_of_one_range_hold_few_events_each_and_come_to_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(byte_ranges, "MOST_EVENTS", 50)
    path = tmp_path / "log.json"
    path.write_text("[" + ",\n".join(amounts(300)[:1] + LOGS["generated"]()) + "]", "utf-8")
    assert_same(both(path, tmp_path))


# --- several parts ------------------------------------------------------------------------------------------


def test_parts_of_unequal_size_are_one_log_and_each_event_is_found_in_its_part(tmp_path):
    lines = LOGS["generated"]()
    whole = written(tmp_path, lines)
    cuts = [0, 10, 11, 200, len(lines)]
    parts = []
    for number, (begin, end) in enumerate(itertools.pairwise(cuts)):
        parts.append(tmp_path / f"part-{number}.jsonl")
        parts[-1].write_text("\n".join(lines[begin:end]) + "\n", "utf-8")
    with contextlib.ExitStack() as stack:
        logs = [stack.enter_context(open_log(str(part))) for part in parts]
        local.write_folder(
            logs, chooser(logs[0]), tmp_path / "of-parts", bounds=Bounds(9_000, segment_rows=200)
        )
    with open_log(str(whole)) as log:
        local.write_folder([log], chooser(log), tmp_path / "of-one", bounds=Bounds(9_000, segment_rows=200))
    found, one = ToldFolder(tmp_path / "of-parts").all(), ToldFolder(tmp_path / "of-one").all()
    texts = [path.read_bytes() for path in parts]
    for row, line in zip(found["events"], lines, strict=True):
        begin = row["offset"]
        assert texts[row["part"]][begin : begin + row["length"]].decode() == line
    for events in (found["events"], one["events"]):
        for row in events:
            del row["part"], row["offset"], row["line"]
    assert_same((one, found))


# --- ended in the middle ------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from explorer.eventlog.log import open_log
from explorer.history.engines import local, spilled
from explorer.history.engines.bounds import Bounds
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
finish, done = spilled.Spill.finish, []
def ends(self, number, goes):
    finish(self, number, goes)
    done.append(number)
    if len(done) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
spilled.Spill.finish = ends
with open_log(sys.argv[1]) as log:
    local.write_folder(
        [log], lambda s: choose(AUTO, s, log.fields), Path(sys.argv[2]), bounds=Bounds(3000, segment_rows=50)
    )
"""


def test_who_is_killed_in_the_middle_goes_on_from_there_and_comes_to_the_same(tmp_path, monkeypatch):
    path, target = written(tmp_path, amounts(300)), tmp_path / "out"
    child = subprocess.run([sys.executable, "-c", KILLED, str(path), str(target)], check=False)
    assert child.returncode == -signal.SIGKILL
    assert not target.exists()
    read: list[int] = []
    save = Spill.save
    monkeypatch.setattr(
        Spill, "save", lambda self, number, *rest: (read.append(number), save(self, number, *rest))[1]
    )
    made_in_small_goes(path, target)
    with open_log(str(path)) as log:
        ranges = len(byte_ranges.ranges_of(0, log, 3000))
    assert 0 < len(set(read)) <= ranges - 3
    assert_same((both(path, tmp_path)[0], ToldFolder(target).all()))
    assert not (tmp_path / ".out-unfinished").exists()


def test_what_was_left_of_other_bytes_is_read_anew(tmp_path):
    path, target = written(tmp_path, amounts(100)), tmp_path / "out"
    with open_log(str(path)) as log, pytest.raises(KeyboardInterrupt):
        local.write_folder([log], chooser(log), target, bounds=Bounds(3000), told=ended_while("reading"))
    assert list((tmp_path / ".out-unfinished").glob("*.done"))
    path.write_text("\n".join(LOGS["generated"]()) + "\n", "utf-8")
    made_in_small_goes(path, target)
    assert_same((both(path, tmp_path)[0], ToldFolder(target).all()))


def ended_while(step: str) -> Callable[[str, int, int], None]:
    """Ctrl+C, once so much of a step is done that one is told of it."""

    def told(what: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        if what == step and done:
            raise KeyboardInterrupt

    return told


@pytest.mark.parametrize("step", ["reading", "folding", "writing"])
def test_who_ends_it_by_ctrl_c_is_told_so_and_the_same_command_comes_to_the_same(step, tmp_path):
    path, target = written(tmp_path, amounts(100)), tmp_path / "out"
    with pytest.raises(LogError, match="goes on from there"):
        write_large_folder(str(path), DEFAULTS, target, engine="local", told=ended_while(step))
    assert not target.exists()
    assert [each.name for each in tmp_path.iterdir() if each != path] == [".out-unfinished"]
    told: list[str] = []
    write_large_folder(
        str(path), DEFAULTS, target, engine="local", log_order=True, told=lambda what, *_: told.append(what)
    )
    assert list(dict.fromkeys(told)) == ["reading", "folding", "writing"]
    memory, found = both(path, tmp_path)[0], ToldFolder(target).all()
    for other in (memory, found):
        del other["density"]  # its row groups are others
        for rows in other.values():
            if isinstance(rows, dict):
                rows.pop("frames", None)
                rows.pop("totals", None)
    assert_same((memory, found))
    assert not (tmp_path / ".out-unfinished").exists()


PROGRAM = Recipe(
    "p", "python",
    "def key(event): return event['data'].get('accountId', 'nobody')\n"
    "def evolve(state, event):\n"
    "    state = state or {'n': 0, 'list': []}\n"
    "    return {'n': state['n'] + 1, 'list': [*state['list'], event['type']], 'at': event['position']}\n",
)  # fmt: skip


@pytest.mark.parametrize("array", [False, True])
def test_a_program_folds_one_event_after_the_other_and_forgets_what_it_has_told_in_between(
    array, tmp_path, monkeypatch
):
    monkeypatch.setattr(byte_ranges, "MOST_IN_ORDER", 60)
    lines = amounts(400)
    for at in range(0, len(lines), 2):  # so long that it is read in several stretches
        lines[at] = lines[at].replace('"data": {', '"data": {"text": "' + "x" * 28_000 + '", ')
    path = written(tmp_path, lines)
    if array:
        path = tmp_path / "log.json"
        path.write_text("[" + ",\n".join(line for line in lines if line.endswith("}")) + "]", "utf-8")
    with open_log(str(path)) as log:
        goes = list(byte_ranges.RangeReader(log, PROGRAM).read(byte_ranges.ByteRange(0)))
        assert len(goes) > 1
        assert all(len(go.values["n"]) <= go.count for go in goes)
        collected = collect(log, chooser(log, PROGRAM))
        write_folder(tmp_path / "memory", collected, {"log": collected.history("log")}, group_rows=GROUP_ROWS)
    with open_log(str(path)) as log:
        local.write_folder(
            [log],
            chooser(log, PROGRAM),
            tmp_path / "local",
            bounds=Bounds(segment_rows=200),
            group_rows=GROUP_ROWS,
        )
    memory, found = ToldFolder(tmp_path / "memory").all(), ToldFolder(tmp_path / "local").all()
    one, other = Document.open(str(tmp_path / "memory")), Document.open(str(tmp_path / "local"))
    for position in range(0, one.event_count + 1, 7):
        assert dict(one.history.state(position).items()) == dict(other.history.state(position).items())
    one.close()
    other.close()
    for told in (memory, found):
        for name in ("sorted", "moved", "frames", "totals"):
            del told["list"][name]  # values are in other words there; they were compared above
    assert_same((memory, found))


def test_a_program_of_several_files_is_refused_in_one_sentence(tmp_path):
    path = written(tmp_path, amounts(5))
    with open_log(str(path)) as log, open_log(str(path)) as more, pytest.raises(LogError, match="in memory"):
        local.write_folder([log, more], chooser(log, PROGRAM), tmp_path / "out")


def test_a_strangers_folder_in_the_way_is_left_alone(tmp_path):
    (tmp_path / ".out-unfinished").mkdir()
    (tmp_path / ".out-unfinished" / "theirs").write_text("x")
    with open_log(str(written(tmp_path, amounts(5)))) as log, pytest.raises(LogError, match="something else"):
        local.write_folder([log], chooser(log), tmp_path / "out")
    assert (tmp_path / ".out-unfinished" / "theirs").read_text() == "x"


def test_kinds_are_told_as_they_are_in_memory(tmp_path):
    memory, local_folder = both(written(tmp_path, kinds(300)), tmp_path)
    assert memory["kinds"] == local_folder["kinds"]
    assert {kind for _, kind in memory["kinds"]} >= {"Shop::Order", "Shop::Wallet"}
    assert told_kinds.most_in


@pytest.mark.parametrize("late", [True, False])
def test_totals_that_no_column_holds_come_late_or_early_and_in_few_windows_alone(late, tmp_path, monkeypatch):
    monkeypatch.setattr(folder_rows, "AT_ONCE", 40)  # rows that are written together
    wide = range(300, 330) if late else range(30)
    lines = [
        record(n, "MoneyDeposited", f"acc-{n % 7}" if n in wide else f"b-{n % 13}", amount=10**19 if n in wide else n)
        for n in range(400)
    ]  # fmt: skip
    assert_same(both(written(tmp_path, lines), tmp_path, segment_rows=150))
