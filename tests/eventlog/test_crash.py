"""Whatever happens while events are appended: is nothing lost that was saved, and nothing damaged believed?

The short form of the crash suite; `make crash` runs the long one.
"""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import explorer.eventlog.writer as writer_module
from explorer.cli.parsers import COMMANDS
from explorer.eventlog.errors import CannotWrite, InDoubt
from explorer.eventlog.log import open_log
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer
from explorer.history.verify import verify
from tests.crash.failing import ERRORS, Failing
from tests.crash.power_loss import check, grown, states

CRASH = Path(__file__).resolve().parents[1] / "crash"
DRAFT = Draft("Counted", {"n": 1, "note": "x" * 300}, "2026-01-01")


def run(program: str, folder: Path, count: int) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, str(CRASH / program), str(folder), str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_a_killed_writer_loses_nothing_that_it_had_acknowledged(tmp_path: Path) -> None:
    found = run("kills.py", tmp_path, 12)
    assert found["acknowledged"] > 12
    assert (found["lost"], found["damaged"], found["changed"], found["not reopened"]) == (0, 0, 0, 0)
    assert found["torn"] <= 12


def test_two_writers_take_turns_and_lose_nothing(tmp_path: Path) -> None:
    found = run("two_writers.py", tmp_path, 300)
    assert {name: count for name, count in found.items() if name != "turns"} == {
        "failed": 0, "lost": 0, "out of order": 0, "faults": 0,
    }  # fmt: skip


@pytest.mark.parametrize("seals", ["checksum", "chain"])
@pytest.mark.parametrize(("batch", "note"), [(1, 700), (3, 150)])
def test_after_a_power_cut_no_damaged_record_is_believed_and_no_earlier_one_lost(
    tmp_path: Path, seals: str, batch: int, note: int
) -> None:
    path = tmp_path / "log.jsonl"
    old, new = grown(path, seals, 3, batch, note)
    for number, state in enumerate(states(old, new, 11, recycled=seals == "chain")):
        assert check(path, state, old, new, mend=number % 13 == 0) == [], f"state {number}"


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("forever", [False, True])
@pytest.mark.parametrize("batch", [1, 4])
def test_whichever_call_fails_there_are_whole_records_only(
    tmp_path: Path, error: int, short: bool, forever: bool, batch: int
) -> None:
    path = tmp_path / "log.jsonl"
    with Writer.open(path, create=True, seals="chain") as writer:
        writer.append([DRAFT] * 2)
    before = path.read_bytes()
    for fails_at in range(1, 100):
        path.write_bytes(before)
        system = Failing(fails_at, error, short=short, forever=forever)
        outcome = appended(path, system, batch)
        after = path.read_bytes()
        assert after.startswith(before)
        if outcome == "nothing":
            assert after == before, f"call {fails_at}, {system.failed}"
        elif outcome == "saved":
            assert after.count(b"\n") == 2 + batch
        if not forever or outcome != "in doubt":
            assert after.count(b"\n") in {2, 2 + batch}
            assert after.endswith(b"\n")
            with Writer.open(path) as writer:
                writer.append([DRAFT])
            with open_log(path) as log:
                assert verify(log).sound
        if not system.failed:
            assert outcome == "saved"
            return
    pytest.fail("there is no end to the calls")


def appended(path: Path, system: Failing, batch: int) -> str:
    """What the writer says of an append."""
    try:
        with Writer.open(path, system=system) as writer:
            try:
                writer.append([DRAFT] * batch, 2)
            except InDoubt:
                with pytest.raises(CannotWrite, match="closed for writing"):
                    writer.append([DRAFT])
                return "in doubt"
    except CannotWrite:
        return "nothing"
    return "saved"


def test_a_failed_sync_is_never_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"type":"A"}\n')
    counts = Failing(0, errno.EIO)
    with Writer.open(path, system=counts) as writer:
        writer.append([DRAFT])
    system = Failing(counts.calls.index("sync") + 1, errno.EIO)
    writer = Writer.open(path, system=system)
    with pytest.raises(InDoubt, match="whether the events were saved is not known"):
        writer.append([DRAFT])
    assert system.calls.count("sync") == 1
    assert system.calls[-1] == "sync"


def test_the_calls_come_in_the_order_of_the_protocol(tmp_path: Path) -> None:
    system = Failing(0, errno.EIO)
    path = tmp_path / "new.jsonl"
    with Writer.open(path, create=True, system=system) as writer:
        assert system.calls[:2] == ["open", "sync_folder"]  # a new name is on the medium before anything else
        assert "write" not in system.calls
        begin = len(system.calls)
        writer.append([DRAFT] * 5, "no_stream")
        calls = system.calls[begin:]
    assert calls[0] == "open"  # the lock
    assert calls.count("write") == 1  # one for the whole batch
    assert "cut" not in calls
    assert calls.index("stat") < calls.index("write") < calls.index("sync")
    assert not {"write", "read", "cut"} & set(calls[calls.index("sync") :])
    assert path.read_bytes().count(b"\n") == 5


def test_a_writer_can_only_append() -> None:
    assert {name for name in vars(Writer) if not name.startswith("_")} == {"open", "append", "close"}
    changing = ("truncate", "O_TRUNC", "O_WRONLY", "unlink", "pwrite", '"r+', '"w"')
    for file in Path(writer_module.__file__).parent.rglob("*.py"):
        found = [word for word in changing if word in file.read_text(encoding="utf-8")]
        assert not found or file.name in {
            "syscalls.py",
            "locking.py",
            "tail_repair.py",
            "child.py",
            "written.py",
            "sheet_child.py",  # answers on its standard output
            "source.py",  # what has come in a source joins the program's own file without a name
            "file_parts.py",
            "several_files.py",  # what it has unpacked itself
            "kept.py",  # forgets a profile of the person's own
        }, (
            file.name,
            found,
        )


def test_a_new_log_whose_folder_is_not_synced_is_not_begun(tmp_path: Path) -> None:
    system = Failing(2, errno.EIO)
    with pytest.raises(CannotWrite):
        Writer.open(tmp_path / "new.jsonl", create=True, system=system)
    assert system.failed == "sync_folder"


LIMITED = """
import resource, sys
from explorer.eventlog.errors import CannotWrite
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer
with Writer.open(sys.argv[1], create=True) as writer:
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
    saved = 0
    try:
        while True:
            writer.append([Draft("Counted", {"n": saved, "note": "x" * 100})])
            saved += 1
    except CannotWrite as error:
        print(saved, str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of a file's size")
def test_a_real_short_write_leaves_whole_records_only(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    saved, _, why = done.stdout.strip().partition(" ")
    assert why == "log.jsonl: file too large; nothing was written"
    lines = path.read_bytes().splitlines()
    assert len(lines) == int(saved)
    assert [json.loads(line)["data"]["n"] for line in lines] == list(range(int(saved)))


WATCHED = """
import os, sys
log, words = sys.argv[1], sys.argv[2:]
def hear(event, arguments):
    if event == "open" and str(arguments[0]) in (log, log + ".lock"):
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC)
        print("WRITES" if writes else "READS", file=sys.stderr)
sys.addaudithook(hear)
from explorer.cli.main import main
sys.exit(main(words))
"""


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in {"cache", "generate"}])
def test_only_append_opens_a_log_for_writing(tmp_path: Path, command: str) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"type":"AccountOpened","data":{"accountId":"a"},"at":"2026-01-01"}\n' * 3)
    before = path.read_bytes(), path.stat().st_mtime_ns
    more = {
        "screenshot": [str(tmp_path / "p.png")],
        "append": ["A"],
        "why": ["a"],
        "diff": ["--from", "start", "--to", "end"],
        "find": ["balance < 0"],
        "what-if": ["--skip", "2"],
        "index": ["--out", str(tmp_path / "folder")],
    }
    words = [command, str(path), *more.get(command, [])]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(path), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "READS" in done.stderr
    assert ("WRITES" in done.stderr) == (command == "append")
    if command != "append":
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
        assert {each.name for each in tmp_path.iterdir()} <= {"log.jsonl", "p.png", "folder"}
