"""Is a picture of the window put only where nothing is lost?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.resources import resource

SAMPLE = resource("samples", "three-events.jsonl")
PNG = b"\x89PNG\r\n"


def screenshot(log: Path, out: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "explorer", "screenshot", str(log), str(out), "--no-cache", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    said = [line for line in done.stderr.splitlines() if "history-explorer" in line]
    return done.returncode, "\n".join(said)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def test_the_log_is_never_replaced_by_its_picture(log: Path, tmp_path: Path) -> None:
    hard, soft, other = tmp_path / "hard.png", tmp_path / "soft.png", tmp_path / "other.jsonl"
    os.link(log, hard)
    soft.symlink_to(log)
    other.write_bytes(SAMPLE.read_bytes())
    for out in (log, hard, soft, other):
        status, said = screenshot(log, out, *(["--force"] if out != log else []))
        assert status == 2
        assert "a log is never written over" in said
        assert out.read_bytes() == SAMPLE.read_bytes()
    assert soft.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "hard.png", "log.jsonl", "other.jsonl", "soft.png",
    ]  # fmt: skip


def test_a_file_of_somebody_else_wants_force_and_a_picture_of_ours_does_not(
    log: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    out.write_bytes(PNG + b"of somebody else")
    status, said = screenshot(log, out)
    assert (status, out.read_bytes()) == (2, PNG + b"of somebody else")
    assert said.endswith(
        "out.png: it is there already, and this program did not write it; --force replaces it"
    )
    assert screenshot(log, out, "--force") == (0, "")
    first = out.stat().st_ino
    assert screenshot(log, out) == (0, "")  # as `make demo` does it a second time
    assert out.read_bytes().startswith(PNG)
    assert out.stat().st_ino != first


def test_a_folder_that_is_not_there_is_a_sentence(log: Path, tmp_path: Path) -> None:
    status, said = screenshot(log, tmp_path / "no" / "out.png")
    assert status == 2
    assert "out.png: it cannot be written: No such file or directory" in said
