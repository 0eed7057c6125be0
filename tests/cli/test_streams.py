"""Does the program end in words where its input or output is closed, full or no longer listened to?"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.resources import resource

LESSON = str(resource("samples", "three-events.jsonl"))
PROGRAM = f"{shlex.quote(sys.executable)} -m explorer"


def shell(line: str) -> tuple[int, str, str]:
    """Run a line of the shell with the installed program as `he`; status, standard output and error."""
    done = subprocess.run(  # noqa: S602 - a redirection is what is tried
        f'he() {{ {PROGRAM} "$@"; }}; log={shlex.quote(LESSON)}; {line}',
        shell=True,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def assert_said(found: tuple[int, str, str], sentence: str) -> None:
    status, _, error = found
    assert (status, error.count("\n")) == (2, 1), error
    assert sentence in error


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "words",
    [
        'state "$log"',
        'events "$log" --format raw',
        'verify "$log" --format json',
        "generate 30000",
        "cache",
        "--help",
    ],
)
def test_a_full_medium_is_said_in_one_sentence(words: str) -> None:
    assert_said(shell(f"he {words} > /dev/full"), "no space left on device")


@pytest.mark.parametrize("words", ['state "$log"', "generate 100"])
def test_a_closed_output_is_said_in_one_sentence(words: str) -> None:
    assert_said(shell(f"he {words} >&-"), "standard output is closed")


def test_a_closed_input_is_said_in_one_sentence() -> None:
    assert_said(shell("he state - <&-"), "standard input: it is closed")


def test_nothing_is_written_into_the_log_where_all_streams_are_closed(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(Path(LESSON).read_bytes())
    shell(f'he append "{log}" MoneyDeposited --data \'{{"accountId":"acc-1","amount":1}}\' <&- >&- 2>&-')
    *before, added = log.read_bytes().splitlines(keepends=True)
    assert b"".join(before) == Path(LESSON).read_bytes()
    assert added.startswith(b'{"type":"MoneyDeposited"')


@pytest.mark.parametrize("words", ["generate 3000000", 'events "$log" --format json', 'why "$log" acc-1'])
def test_who_has_seen_enough_ends_it_quietly(words: str) -> None:
    status, out, error = shell(f"he {words} | head -n 1")
    assert (status, out.count("\n"), error) == (0, 1, "")


def test_a_command_ends_at_once_and_yet_all_is_written_and_cleared_away(tmp_path: Path) -> None:
    program = (
        "import sys; from explorer.__main__ import main\n"
        "from explorer.session.files.scratch import scratch_copy\n"
        "print(scratch_copy(sys.argv[2])); main()"
    )
    command = [sys.executable, "-c", program, "state", LESSON, "--account", "nobody", "--format", "csv"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    environment.pop("PYTHONUNBUFFERED", None)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    copy, *told = done.stdout.splitlines()
    assert (done.returncode, told) == (1, ["account,owner,balance,status,opened,version"])
    assert copy.startswith(str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_picture_is_drawn_in_silence(tmp_path: Path) -> None:
    status, out, error = shell(f'he screenshot "$log" "{tmp_path / "p.png"}"')
    assert (status, out, error) == (0, "", "")
    assert (tmp_path / "p.png").stat().st_size > 1_000
