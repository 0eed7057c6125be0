"""Does the command that writes to a log do what its help says, and say plainly why not when it does not?"""

import json
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.resources import resource

LESSON = resource("samples", "three-events.jsonl")
WITHDRAWAL = '{"accountId": "acc-1", "amount": 12.50}'


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        status = main(words)
    except SystemExit as exit_:  # argparse leaves this way
        status = int(exit_.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The lesson's log, to write to."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(LESSON.read_bytes())
    return path


def test_an_event_is_appended_and_the_state_follows(capsys: pytest.CaptureFixture[str], log: Path) -> None:
    before = log.read_bytes()
    status, out, err = run(
        capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL, "--at", "2026-01-04T09:00:00Z"
    )
    assert (status, out, err) == (0, "log.jsonl: saved MoneyWithdrawn as event 4\n", "")
    assert log.read_bytes().startswith(before)
    event = json.loads(log.read_text().splitlines()[-1])
    assert event["type"] == "MoneyWithdrawn"
    assert event["data"] == {"accountId": "acc-1", "amount": 12.50}
    assert event["at"] == "2026-01-04T09:00:00Z"
    assert '"amount": 12.50' in log.read_text() or '"amount":12.50' in log.read_text()
    state = json.loads(run(capsys, "state", str(log), "--format", "json")[1])
    assert state["state"]["acc-1"]["balance"] == 7.5


def test_another_position_than_expected_is_a_no_in_one_sentence(
    capsys: pytest.CaptureFixture[str], log: Path
) -> None:
    before = log.read_bytes()
    status, out, err = run(
        capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL, "--expect", "2"
    )
    assert (status, out) == (1, "")
    assert err == (
        "history-explorer: log.jsonl: expected position 2, but the log is at 3; nothing was written\n"
    )
    assert log.read_bytes() == before
    assert run(capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL, "--expect", "3")[0] == 0


def test_a_new_log_needs_a_word(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    status, _, err = run(capsys, "append", str(path), "AccountOpened")
    assert (status, path.exists()) == (2, False)
    assert err == "history-explorer: new.jsonl: there is no such file; --create begins a new log\n"
    assert run(capsys, "append", str(path), "AccountOpened", "--expect", "0", "--at", "tomorrow-ish")[0] == 2
    assert not path.exists()
    status, out, _ = run(capsys, "append", str(path), "AccountOpened", "--expect", "0", "--format", "json")
    assert status == 0
    assert json.loads(out)["position"] == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("Deposited", "--data", "{"), "--data: expected a key in double quotes, at its character 2"),
        (("Deposited", "--data", "[1]"), "--data: a list, not an event (a JSON object), at its character 1"),
        (("Deposited", "--data", '{"a":1,"a":2}'), "--data: the key “a” appears twice"),
        (
            ("Deposited", "--at", "never"),
            "log.jsonl: the time “never” is not a time that can be read; nothing was written",
        ),
        (("",), "log.jsonl: an event needs a type; nothing was written"),
        ((), "log.jsonl: say the type of the event that is to be appended"),
    ],
)
def test_what_cannot_be_appended_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], log: Path, words: tuple[str, ...], why: str
) -> None:
    before = log.read_bytes()
    assert run(capsys, "append", str(log), *words) == (2, "", f"history-explorer: {why}\n")
    assert log.read_bytes() == before


def test_other_formats_and_packed_logs_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import gzip

    packed = tmp_path / "log.jsonl.gz"
    packed.write_bytes(gzip.compress(LESSON.read_bytes()))
    table = tmp_path / "log.csv"
    table.write_text("type,at\nA,2026-01-01\nB,2026-01-02\n")
    for path, kind in ((packed, "JSON Lines, gzip"), (table, "CSV (comma)")):
        before = path.read_bytes()
        status, _, err = run(capsys, "append", str(path), "Deposited")
        assert status == 2
        assert f"new events can only be appended to JSON Lines in UTF-8, and this is {kind}" in err
        assert path.read_bytes() == before


def test_a_torn_end_is_shown_and_moved_away_only_when_asked(
    capsys: pytest.CaptureFixture[str], log: Path
) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"type": "Mon')
    status, _, err = run(capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL)
    assert status == 2
    assert 'the last 13 bytes are: {"type": "Mon' in err
    status, out, _ = run(capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL, "--cut-torn")
    assert status == 0
    assert "cut 13 bytes" in out
    assert log.read_bytes().startswith(whole)
    assert len(log.read_text().splitlines()) == 4
    (saved,) = log.parent.glob("log.jsonl.torn-*")
    assert saved.read_bytes() == b'{"type": "Mon'


def test_a_chain_goes_on_by_itself_and_verify_proves_it(
    capsys: pytest.CaptureFixture[str], log: Path
) -> None:
    run(capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL, "--chain", "--at", "2026-01-05")
    run(capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL, "--at", "2026-01-06")
    status, out, _ = run(capsys, "verify", str(log))
    assert status == 0
    assert "2 records have a checksum, 2 of them form a chain" in out
    head = out.split("head: ")[1][:64]
    run(capsys, "append", str(log), "MoneyWithdrawn", "--data", WITHDRAWAL, "--at", "2026-01-07")
    status, out, _ = run(capsys, "verify", str(log), "--head", head)
    assert status == 0
    assert "The log had this head at line 5, and was only added to." in out
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:4]))
    status, out, _ = run(capsys, "verify", str(log), "--head", head)
    assert status == 1
    assert "its end was cut off" in out
    assert run(capsys, "verify", str(log), "--head", "abc")[0] == 2


def test_a_changed_record_is_named_with_line_and_byte(capsys: pytest.CaptureFixture[str], log: Path) -> None:
    for day in ("05", "06", "07"):
        run(
            capsys,
            "append",
            str(log),
            "MoneyWithdrawn",
            "--data",
            WITHDRAWAL,
            "--chain",
            "--at",
            f"2026-01-{day}",
        )
    raw = log.read_bytes()
    log.write_bytes(raw.replace(b"2026-01-06", b"2026-01-16"))
    status, out, _ = run(capsys, "verify", str(log), "--format", "json")
    assert status == 1
    first = next(finding for finding in json.loads(out)["findings"] if finding["kind"] == "changed")
    assert (first["line"], first["position"]) == (5, 5)
    assert first["byte"] == len(b"".join(raw.splitlines(keepends=True)[:4]))
    assert first["text"] == "its checksum is wrong: it is not as it was written"


def test_the_record_in_the_guide_is_what_a_new_log_begins_with(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    guide = resource("guide", "log-format.md").read_text(encoding="utf-8")
    path = tmp_path / "new.jsonl"
    data = '{"accountId": "acc-1", "owner": "Ada"}'
    run(
        capsys,
        "append",
        str(path),
        "AccountOpened",
        "--data",
        data,
        "--at",
        "2026-01-01T09:00:00Z",
        "--create",
    )
    assert f"```json\n{path.read_text()}```" in guide


def test_a_sample_that_comes_with_the_program_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = LESSON.read_bytes()
    try:
        status, out, err = run(capsys, "append", str(LESSON), "MoneyWithdrawn", "--data", WITHDRAWAL)
        assert LESSON.read_bytes() == before
        assert not LESSON.with_name(LESSON.name + ".lock").exists()
    finally:
        LESSON.write_bytes(before)
        LESSON.with_name(LESSON.name + ".lock").unlink(missing_ok=True)
    assert (status, out) == (2, "")
    assert err == (
        "history-explorer: three-events.jsonl: it comes with the program and is never written to; "
        "append to a copy of it\n"
    )
