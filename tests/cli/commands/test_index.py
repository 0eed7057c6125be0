"""Does `index --engine local` make a folder that every command answers from as it does from the log?"""

import json
import subprocess
import sys

import pytest

from explorer.session.files.large_folders import LARGE_BYTES, usual_engine
from tests.cli.asked import LESSON, answer, run
from tests.history.engines.test_local import LOGS, amounts, record, written


@pytest.mark.parametrize(
    "asked",
    [
        ("state",), ("state", "--position", "77"), ("events", "--account", "acc-3"), ("why", "{}", "acc-3"),
        ("find", "{}", "balance < 0"), ("diff", "{}", "--from", "10", "--to", "200"),
    ],
)  # fmt: skip
def test_commands_answer_from_it_as_from_the_log(asked, tmp_path, capsys):
    log, out = str(written(tmp_path, amounts(250))), str(tmp_path / "out")
    status, said, _ = run(capsys, "index", log, "--out", out, "--engine", "local")
    assert status == 0
    assert "250 events" in said or "events" in said
    command, *rest = asked
    words = [word for word in rest if word != "{}"]
    assert answer(capsys, command, out, *words) == answer(capsys, command, log, *words)


def test_of_a_log_that_is_out_of_order_the_folder_has_both_orders_unless_one_is_wanted(tmp_path, capsys):
    log, out = str(written(tmp_path, LOGS["out of order"]())), str(tmp_path / "out")
    _, said, _ = run(capsys, "index", log, "--out", out, "--engine", "local")
    assert "that of the log alone" not in said
    words = ("--order", "time", "--position", "150", "--format", "json")
    assert answer(capsys, "state", out, *words) == answer(capsys, "state", log, *words)
    words = ("index", log, "--out", out, "--engine", "local", "--force")
    assert run(capsys, *words, "--log-order")[0] == 0
    status, _, error = run(capsys, "state", out, "--order", "time")
    assert status == 2
    assert "does not have the history in this order" in error


def test_what_a_query_names_and_the_log_has_not_is_refused_before_anything_is_written(tmp_path, capsys):
    log, query = written(tmp_path, [record(1, "Paid", "a", amount=1)]), tmp_path / "q.sql"
    query.write_text("SELECT data.accountId AS a, sum(data.amuont) AS s FROM events GROUP BY a")
    out = tmp_path / "out"
    status, _, error = run(
        capsys, "index", str(log), "--out", str(out), "--engine", "local", "--projection", str(query)
    )
    assert status == 2
    assert "amuont" in error
    assert not out.exists()


def test_a_folder_in_the_way_is_refused_before_anything_is_read(tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "theirs.txt").write_text("x")
    status, _, error = run(capsys, "index", LESSON, "--out", str(tmp_path / "out"), "--engine", "local")
    assert status == 2
    assert "never written over" in error


def test_a_large_file_is_read_out_of_memory(tmp_path):
    small, large = written(tmp_path, [json.dumps({"type": "A"})]), tmp_path / "large.jsonl"
    with large.open("wb") as file:
        file.truncate(LARGE_BYTES + 1)  # a hole takes no room
    assert usual_engine(str(small)) == "memory"
    assert usual_engine("postgresql://there/x") == "memory"
    assert usual_engine(str(large)) == "local"


FULL = """
import resource, sys
from explorer.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))
sys.exit(main(["index", sys.argv[1], "--out", sys.argv[2], "--engine", "local"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of files there")
def test_that_there_is_no_room_is_said_and_the_same_command_goes_on_once_there_is(tmp_path, capsys):
    log, out = written(tmp_path, amounts(400)), tmp_path / "out"
    child = subprocess.run(
        [sys.executable, "-c", FULL, str(log), str(out)], capture_output=True, text=True, check=False
    )
    assert child.returncode == 2
    assert "it cannot be written: File too large" in child.stderr
    assert "Traceback" not in child.stderr
    assert not out.exists()
    status, said, _ = run(capsys, "index", str(log), "--out", str(out), "--engine", "local")
    assert status == 0
    assert "events" in said


def test_that_a_log_without_times_begins_with_what_happened_last_is_found_out_of_memory_too(tmp_path, capsys):
    log = written(
        tmp_path,
        [json.dumps({"type": "Paid", "no": 50 - at, "data": {"accountId": "a"}}) for at in range(50)],
    )
    for engine in ("local", "memory"):
        out = tmp_path / engine
        assert "not looked at" not in run(capsys, "index", str(log), "--out", str(out), "--engine", engine)[1]
        manifest = json.loads((out / "manifest.json").read_text())
        assert manifest["about"]["newest_first"]
        assert list(manifest["orders"]) == ["log", "time", "reversed"]
