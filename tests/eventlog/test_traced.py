"""What is written, made or deleted while a database is opened, as the system sees it? Nothing of the person's."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.traced import NEEDS_STRACE, changed_outside, traced

SCHEMA = "CREATE TABLE events (id INTEGER PRIMARY KEY, type TEXT, stream_id TEXT, data TEXT)"
ROW = "INSERT INTO events (type, stream_id, data) VALUES ('MoneyDeposited', 'a', '{\"amount\":5}')"


def prepared(folder: Path, kind: str) -> tuple[Path, sqlite3.Connection]:
    path = folder / "bank.db"
    writer = sqlite3.connect(path, isolation_level=None)
    if kind == "with a -wal":
        writer.execute("PRAGMA journal_mode = WAL")
    writer.execute(SCHEMA)
    writer.execute(ROW)
    if kind == "half written":
        path.with_name("bank.db-journal").write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(600))
    return path, writer


@NEEDS_STRACE
@pytest.mark.parametrize("kind", ["alone", "with a -wal", "half written"])
def test_nothing_outside_of_a_private_folder_is_touched(tmp_path: Path, kind: str) -> None:
    theirs, private = tmp_path / "theirs", tmp_path / "private"
    theirs.mkdir()
    private.mkdir()
    path, writer = prepared(theirs, kind)
    trace = tmp_path / "trace"
    command = [sys.executable, "-B", "-m", "explorer", "state", str(path), "--no-cache"]
    done = subprocess.run(
        traced(trace, *command),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "TMPDIR": str(private)},
    )
    writer.close()
    changed = changed_outside(trace, private, done.stderr)
    assert done.returncode == (2 if kind == "half written" else 0), done.stderr
    assert not changed
    if kind == "half written":
        opened = [
            line for line in trace.read_text().splitlines() if "bank.db-journal" in line and "open" in line
        ]
        assert all("O_RDONLY" in line for line in opened)
        assert "in the middle of a write" in done.stderr
    assert not list(private.iterdir())
