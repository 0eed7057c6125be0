"""Is a file written whole or not at all, and never in the place of what must stay?"""

import gzip
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.eventlog import written
from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log
from explorer.eventlog.written import InTheWay, refuse, write_file
from explorer.resources import resource

EVENT = b'{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1},"at":"2026-01-01T10:00:00Z"}\n'


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_bytes(EVENT * 3)
    return path


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")

    def failing() -> Iterator[bytes]:
        yield b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(LogError, match="No space left"):
        write_file(target, failing(), replace=True)
    assert target.read_bytes() == b"old"
    assert write_file(target, [b"a", b"bc"], replace=True) == 3
    assert target.read_bytes() == b"abc"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_the_rights_of_a_file_stay_and_a_new_one_has_the_usual_ones(tmp_path: Path) -> None:
    old, new, usual = tmp_path / "old", tmp_path / "new", tmp_path / "usual"
    old.write_bytes(b"")
    old.chmod(0o640)
    usual.write_bytes(b"")
    for target in (old, new):
        write_file(target, [b"x"])
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="not an ordinary file"):
        write_file(tmp_path, [b"x"], replace=True)
    with pytest.raises(LogError, match="cannot be written"):
        write_file(tmp_path / "missing" / "x", [b"x"])


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("content", [EVENT, b"no log at all, but open as one\n{"], ids=["a log", "anything"])
def test_the_open_log_is_never_written_over_by_whatever_name(tmp_path: Path, content: bytes) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(content)
    hard, soft, chain = tmp_path / "hard", tmp_path / "soft", tmp_path / "chain"
    os.link(log, hard)
    soft.symlink_to(log)
    chain.symlink_to(soft)
    with open_log(log):
        for name in (
            log,
            hard,
            soft,
            chain,
            tmp_path / "." / log.name,
            tmp_path / ".." / tmp_path.name / log.name,
        ):
            for replace in (False, True):
                with pytest.raises(LogError, match=r"open log.*never written over") as refused:
                    write_file(name, [b"x"], replace=replace)
                assert not isinstance(refused.value, InTheWay)
    assert log.read_bytes() == content


def database(path: Path) -> Path:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE anything (x)")
    made.close()
    return path


def likes(folder: Path) -> list[Path]:
    """One file of each kind of log."""
    made = {
        "lines": EVENT * 2,
        "lines without known names": b'{"a":1}\n{"a":2}\n',
        "one event": EVENT,
        "cut": EVENT * 2 + EVENT[:30],
        "array": b"[" + EVENT + b"," + EVENT + b"]",
        "wrapped": b'{"exported": 1,\n "events": [' + EVENT + b"]}",
        "utf16": (EVENT * 2).decode().encode("utf-16"),
        "rows.csv": b"date;type;amount\n2026-01-01;Deposit;1\n2026-01-02;Deposit;2\n",
        "packed.gz": gzip.compress(EVENT * 20_000),
        "x.db-wal": bytes.fromhex("377f0682") + bytes(60),
        "x.db-journal": bytes.fromhex("d9d505f920a163d7") + bytes(60),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    (folder / "packed.db.gz").write_bytes(gzip.compress(database(folder / "x.db").read_bytes()))
    return sorted(folder.iterdir())


def test_what_looks_like_a_log_is_never_written_over_open_or_not(tmp_path: Path) -> None:
    for path in likes(tmp_path):
        before = path.read_bytes()
        for replace in (False, True):
            with pytest.raises(LogError, match=r"looks like a log \(.*never written over") as refused:
                write_file(path, [b"x"], replace=replace)
            assert not isinstance(refused.value, InTheWay), path.name
        assert path.read_bytes() == before


def test_the_sample_logs_look_like_logs(tmp_path: Path) -> None:
    for sample in resource("samples").iterdir():
        copy = Path(shutil.copy(sample, tmp_path))
        with pytest.raises(LogError, match="looks like a log"):
            refuse(copy, replace=True)


OTHERS = {
    "text": b"all that I have\n",
    "table.csv": b"name,price\napple,1\npear,2\n",
    "query.sql": b"SELECT data.accountId AS account,\n  sum(data.amount) AS total\nFROM events\nGROUP BY account\n",
    "program.py": b"import os\n\nprint(os.name)\n",
    "page.md": b"# A page\n\nand words\n",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "page.html": b"<!doctype html>\n<html><head></head></html>",
    "settings.json": b'{\n  "font": "small",\n  "width": 3\n}\n',
    "bytes": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_this_program_did_not_write_is_replaced_only_with_leave(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(OTHERS[name])
    with pytest.raises(InTheWay, match="did not write it"):
        write_file(target, [b"new"])
    assert target.read_bytes() == OTHERS[name]
    write_file(target, [b"new"], replace=True)
    assert target.read_bytes() == b"new"


MARKED = [
    b"\x89PNG\r\n\x1a\n" + bytes(30) + b"tEXtSoftware\0History Explorer" + bytes(30),
    b'<?xml version="1.0" standalone="no"?>\n<svg width="1">\n<title>x</title>\n<desc>History Explorer</desc>',
    b'<!doctype html>\n<html>\n<meta name="generator" content="History Explorer">\n',
    b'{\n  "kind": "workspace",\n  "version": 1,\n  "log": {\n    "path": "x"}}',
]


@pytest.mark.parametrize("content", MARKED, ids=["png", "svg", "html", "hxw"])
def test_what_this_program_wrote_is_replaced_unasked(tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "made"
    target.write_bytes(content)
    write_file(target, [b"new"])
    assert target.read_bytes() == b"new"


def test_what_comes_while_a_file_is_written_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "out"

    def slowly() -> Iterator[bytes]:
        yield b"new"
        target.write_bytes(b"of somebody else")

    with pytest.raises(InTheWay):
        write_file(target, slowly())
    assert target.read_bytes() == b"of somebody else"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_comes_at_the_last_moment_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out"
    link = os.link

    def late(*told: Path) -> None:
        target.write_bytes(b"of somebody else")
        link(*told)

    monkeypatch.setattr(written.os, "link", late)
    with pytest.raises(InTheWay):
        write_file(target, [b"new"])
    assert target.read_bytes() == b"of somebody else"


def test_a_log_that_is_renamed_while_open_is_still_the_open_log(log: Path, tmp_path: Path) -> None:
    with open_log(log):
        moved = log.rename(tmp_path / "moved.txt")
        moved.write_bytes(b"other words in it now")
        with pytest.raises(LogError, match="open log"):
            write_file(moved, [b"x"], replace=True)
    write_file(moved, [b"x"], replace=True)
