"""Is it known that a log lies on another machine's drive, and is it said before anything is written there?"""

import os
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog import stamp
from explorer.eventlog.stamp import network_kind

MOUNT = "36 35 {device} / {place} rw,relatime shared:1 - {kind} server:/logs rw\n"


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Say of the drive that the test's folder is on that it is of a kind."""

    def say(kind: str, device: int | None = None) -> None:
        found = tmp_path.stat().st_dev if device is None else device
        text = MOUNT.format(device=f"{os.major(found)}:{os.minor(found)}", place=tmp_path, kind=kind)
        mounts = tmp_path / "mountinfo"
        mounts.write_text("22 1 0:999 / /proc rw - proc proc rw\n" + text)
        monkeypatch.setattr(stamp, "MOUNTS", mounts)

    return say


@pytest.mark.parametrize(("kind", "known"), [("nfs4", "nfs4"), ("cifs", "cifs"), ("ext4", None), ("", None)])
def test_the_kind_of_the_drive_is_found_by_its_device(mounted, tmp_path: Path, kind: str, known: str | None):
    mounted(kind)
    log = tmp_path / "log.jsonl"
    assert network_kind(log) == known  # where it will lie
    log.write_text("")
    assert network_kind(log) == known


def test_another_drive_says_nothing_of_this_one(mounted, tmp_path: Path):
    mounted("nfs", tmp_path.stat().st_dev + 1)
    assert network_kind(tmp_path / "log.jsonl") is None


def test_where_nothing_is_known_of_mounts_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stamp, "MOUNTS", tmp_path / "none")
    assert network_kind(tmp_path / "log.jsonl") is None


def test_who_appends_on_a_network_drive_is_warned_and_the_event_is_saved(
    mounted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    log = tmp_path / "log.jsonl"
    command = ["append", str(log), "AccountOpened", "--create", "--data", '{"accountId":"acc-1"}']
    mounted("nfs4")
    assert main(command) == 0
    warned = capsys.readouterr().err
    assert "log.jsonl lies on a network drive (nfs4)" in warned
    assert len(log.read_text().splitlines()) == 1
    mounted("ext4")
    assert main(command) == 0
    assert capsys.readouterr().err == ""
