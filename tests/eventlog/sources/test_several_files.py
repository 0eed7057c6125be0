"""Several files are one log: in one order, and each event is found again in its own file."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from explorer.cli.addresses import settle
from explorer.cli.parsers import window_parser
from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log
from explorer.eventlog.sources.address import address_of_files
from explorer.eventlog.sources.file_parts import is_rotated, natural, parts_of
from explorer.eventlog.sources.several_files import SeveralFiles, as_one_log
from explorer.session.document import Document
from explorer.session.files.growth import read_on
from explorer.session.options import DEFAULTS
from tests.cli.asked import answer, run


def line(account: str, second: int, amount: str = "1.10", **more: object) -> str:
    told = {"type": "MoneyDeposited", "at": f"2026-01-01T00:00:{second:02}Z", **more}
    return f'{json.dumps(told)[:-1]}, "data": {{"accountId": "{account}", "amount": {amount}}}}}\n'


def written(path: Path, *lines: str) -> str:
    path.write_text("".join(lines))
    return str(path)


def times(document: Document) -> list[int]:
    return [int((document.event(position + 1).at or "")[17:19]) for position in range(document.event_count)]


def opened(*paths: str, **told) -> Document:
    return Document.open(address_of_files(paths, **told).text)


def test_files_are_merged_by_time_and_each_event_knows_its_own(tmp_path: Path):
    a = written(tmp_path / "a.jsonl", line("x", 1), line("x", 5), line("x", 9))
    b = written(tmp_path / "b.jsonl", line("y", 2), "\n", line("y", 6))
    document = opened(a, b)
    assert times(document) == [1, 2, 5, 6, 9]
    assert document.format_text == "2 files in order of time"
    assert document.name == "a.jsonl and 1 more"
    begin = len(line("y", 2)) + 1
    assert document.place_text(3) == f"b.jsonl, line 3, bytes {begin:,}–{begin + len(line('y', 6)) - 1:,}"
    assert document.raw_bytes(3).decode() + "\n" == line("y", 6)
    assert document.fields.entity == "data.accountId"
    assert "_stored_" not in document.event(4).record
    document.close()


def test_the_state_is_that_of_one_file_with_the_same_lines(tmp_path: Path):
    lines = [line(f"acc-{number % 7}", number % 60, f"{number}.05") for number in range(3_000)]
    parts = [written(tmp_path / f"part-{at}.jsonl", *lines[at * 300 : (at + 1) * 300]) for at in range(10)]
    whole = Document.open(written(tmp_path / "whole.jsonl", *lines))
    several = opened(*parts, order="names")
    assert several.event_count == 3_000
    for position in (1, 299, 300, 3_000):
        assert several.plain_text(position) == whole.plain_text(position)
    whole.close()
    several.close()


def test_the_order_of_a_file_is_never_disturbed(tmp_path: Path):
    a = written(tmp_path / "a.jsonl", line("x", 5), line("x", 1), line("x", 7))
    b = written(tmp_path / "b.jsonl", line("y", 3), line("y", 6))
    document = opened(a, b, order="time")
    assert times(document) == [3, 5, 1, 6, 7]
    document.close()


def test_rotated_logs_stand_from_the_oldest_to_the_newest(tmp_path: Path):
    (tmp_path / "app.log.10.gz").write_bytes(gzip.compress(line("x", 1).encode()))
    written(tmp_path / "app.log.2", line("x", 2))
    written(tmp_path / "app.log.1", line("x", 3))
    written(tmp_path / "app.log", line("x", 0))
    document = Document.open(as_one_log([str(tmp_path)]))
    assert times(document) == [1, 2, 3, 0]
    assert document.format_text == "4 files from the oldest to the newest"
    document.close()


def test_numbers_in_names_count_as_numbers(tmp_path: Path):
    for number in (10, 9, 1):
        written(tmp_path / f"part-{number}.jsonl", line("x", number))
    parts = parts_of([str(tmp_path)])
    assert [part.name for part in parts] == ["part-1.jsonl", "part-9.jsonl", "part-10.jsonl"]
    assert not is_rotated(parts)
    assert natural("a10") > natural("a9")


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_of_parts_is_one_log(tmp_path: Path, kind):
    path = tmp_path / f"parts.{kind}"
    members = {"in/a.jsonl": line("x", 1) + line("x", 3), "in/b.csv": "type,at,account,amount\nMoneyDeposited,"
               "2026-01-01T00:00:02Z,y,2.50\n"}  # fmt: skip
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in members.items():
                archive.writestr(name, text)
    else:
        with tarfile.open(path, "w") as archive:
            for name, text in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text.encode()))
    before = path.read_bytes()
    document = Document.open(as_one_log([str(path)]))
    assert document.event_count == 3
    assert document.name == path.name
    assert document.place_text(0).startswith(f"{path.name}/in/a.jsonl, line 1")
    document.close()
    assert path.read_bytes() == before


def test_lines_that_cannot_be_read_are_counted_where_they_stand(tmp_path: Path):
    a = written(tmp_path / "a.jsonl", line("x", 1), "{broken\n", line("x", 3))
    b = written(tmp_path / "b.jsonl", line("y", 2))
    document = opened(a, b)
    assert document.event_count == 3
    assert document.unread_count == 1
    row = next(row for row in range(document.entry_count) if document.entry(row).unread_reason)
    assert document.place_text(row).startswith("a.jsonl, line 2")
    assert document.raw_bytes(row).startswith(b"{broken")
    assert "a.jsonl, line 2" in document.warnings[0].text
    document.close()


def test_each_file_can_be_left_out_and_its_clock_set_right(tmp_path: Path):
    a = written(tmp_path / "a.jsonl", line("x", 1), line("x", 5))
    b = written(tmp_path / "b.jsonl", line("y", 2), line("y", 6))
    document = opened(a, b, without=["a.jsonl"])
    assert times(document) == [2, 6]
    assert document.format_text == "1 of 2 files in order of their names"
    document.close()
    document = opened(a, b, order="time", offsets=["b.jsonl=1.5"])
    assert times(document) == [2, 1, 6, 5]
    document.close()
    for told, said in (
        ({"without": ["c.jsonl"]}, "no file c.jsonl among them"),
        ({"without": ["a.jsonl", "b.jsonl"]}, "all of its files are left out"),
        ({"offsets": ["b.jsonl=soon"]}, "not told in seconds"),
        ({"order": "size"}, "the order is one of"),
    ):
        with pytest.raises(LogError, match=said):
            opened(a, b, **told)


def test_by_sequence(tmp_path: Path):
    a = written(tmp_path / "a.jsonl", line("x", 1, sequence=1), line("x", 2, sequence=4))
    b = written(tmp_path / "b.jsonl", line("y", 3, sequence=2), line("y", 4, sequence=3))
    document = opened(a, b, order="sequence")
    assert times(document) == [1, 3, 4, 2]
    document.close()


def test_what_is_not_there_or_there_twice_is_said(tmp_path: Path):
    a = written(tmp_path / "a.jsonl", line("x", 1))
    with pytest.raises(LogError, match="there is no such file"):
        opened(a, str(tmp_path / "b.jsonl"))
    with pytest.raises(LogError, match="named twice"):
        opened(a, a)
    (tmp_path / "empty").mkdir()
    with pytest.raises(LogError, match="there is no file in it"):
        opened(str(tmp_path / "empty"))


def test_a_command_takes_several_files_and_folders(tmp_path: Path, capsys):
    a = written(tmp_path / "a.jsonl", line("x", 1), line("x", 5))
    b = written(tmp_path / "b.jsonl", line("x", 2), line("y", 6))
    assert answer(capsys, "state", a)["events"] == 2
    assert answer(capsys, "state", a, "--also", b)["events"] == 4
    found = answer(capsys, "state", str(tmp_path), "--without", "b.jsonl")
    assert found["events"] == 2
    status, _, said = run(capsys, "state", a, "--also", str(tmp_path / "c.jsonl"))
    assert status == 2
    assert "c.jsonl: there is no such file" in said


def test_the_window_takes_several_files(tmp_path: Path):
    a = written(tmp_path / "a.jsonl", line("x", 1))
    b = written(tmp_path / "b.jsonl", line("x", 2))
    arguments = window_parser().parse_args([a, b])
    settle(arguments)
    document = Document.open(arguments.log)
    assert document.event_count == 2
    document.close()
    arguments = window_parser().parse_args([])
    settle(arguments)
    assert arguments.log is None
    arguments = window_parser().parse_args([a])
    settle(arguments)
    assert arguments.log == a


def grown(document: Document) -> Document:
    document.log.source.fetch_more()
    found = read_on(document, DEFAULTS)
    assert found is not None
    return found


def test_what_is_appended_follows_and_a_log_that_is_put_aside_goes_on_in_both_files(tmp_path: Path):
    old = written(tmp_path / "app.log.1", line("x", 1))
    log = tmp_path / "app.log"
    written(log, line("x", 2), line("x", 3))
    document = opened(old, str(log))
    with log.open("a") as writer:
        writer.write(line("x", 4))
        writer.write(line("x", 5)[:20])
        writer.flush()
        first = grown(document)
        assert times(first) == [1, 2, 3, 4]
        (tmp_path / "app.log.1").rename(tmp_path / "app.log.2")
        log.rename(tmp_path / "app.log.1")  # it is put aside while its writer still writes
        writer.write(line("x", 5)[20:])
    written(log, line("x", 6))
    second = grown(first)
    assert times(second) == [1, 2, 3, 4, 5, 6]
    assert second.place_text(4).startswith("app.log.1, line 4")
    assert second.place_text(5).startswith("app.log, line 1")
    assert second.raw_bytes(5).decode() + "\n" == line("x", 6)
    assert second.raw_bytes(4).decode() + "\n" == line("x", 5)
    for each in (document, first, second):
        each.close()


def test_a_file_that_is_cut_or_new_is_said(tmp_path: Path):
    folder = tmp_path / "parts"
    folder.mkdir()
    a = folder / "a.jsonl"
    written(a, line("x", 1), line("x", 2))
    written(folder / "b.jsonl", line("x", 3))
    document = opened(str(folder))
    assert document.log.source.fetch_more() == 0
    written(folder / "c.jsonl", line("x", 2))
    with pytest.raises(LogError, match=r"there is a new file, c\.jsonl"):
        document.log.source.fetch_more()
    (folder / "c.jsonl").unlink()
    a.write_text(line("x", 1))
    with pytest.raises(LogError, match=r"a\.jsonl: it was cut"):
        document.log.source.fetch_more()
    document.close()
    again = opened(str(folder))
    assert again.event_count == 2
    again.close()


def test_lines_are_taken_as_the_exact_reader_takes_them(tmp_path: Path, monkeypatch):
    odd = [
        "\n",
        "{broken\n",
        ' {"type": "A", "n": 1} \n',
        "[1]\n",
        "{}\n",
        '{"type": "A", "at": {"x": 1}}\r\n',
    ]
    lines = [line(f"acc-{number % 7}", number % 60, "1") for number in range(20_000)]
    for at, text in zip((5, 700, 701, 9_000, 9_001, 19_000), odd, strict=True):
        lines.insert(at, text)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(lines) + '{"type": "incompl')
    other = written(tmp_path / "b.jsonl", line("y", 30))
    for order in ("names", "time"):
        address = address_of_files([str(path), other], order)
        feed = SeveralFiles(address)
        feed.open_by(open_log)
        fast = b"".join(block for block in feed.lines() if isinstance(block, bytes))
        feed.close()
        with monkeypatch.context() as patched:
            patched.setattr(SeveralFiles, "_of_lines", SeveralFiles._of)
            feed = SeveralFiles(address)
            feed.open_by(open_log)
            exact = b"".join(block for block in feed.lines() if isinstance(block, bytes))
            feed.close()
        assert fast.splitlines() == exact.splitlines()
