"""What is appended to a file is told line by line, whole lines only, wherever the file is by now."""

from pathlib import Path

from explorer.eventlog.log import open_log
from explorer.eventlog.sources.file_tail import FileTail

FIRST = b'{"type":"a","n":1}\n'


def test_only_whole_lines_are_told_each_once_with_its_place(tmp_path: Path):
    path = tmp_path / "log.jsonl"
    path.write_bytes(FIRST)
    with open_log(path) as log:
        tail = FileTail(log, str(path))
        assert list(tail.lines()) == []
        with path.open("ab") as writer:
            writer.write(b'{"n":2}\r\n\n{"n"')
            writer.flush()
            assert list(tail.lines()) == [(2, len(FIRST), b'{"n":2}')]
            writer.write(b":3}\n")
        ((line, offset, raw),) = tail.lines()
        assert (line, raw) == (4, b'{"n":3}')
        assert tail.bytes_at(offset, len(raw)) == raw
        assert tail.bytes_at(0, 5) == b""


def test_a_file_is_known_again_under_another_name(tmp_path: Path):
    path = tmp_path / "log.jsonl"
    path.write_bytes(FIRST)
    with open_log(path) as log:
        tail = FileTail(log, str(path))
        assert not tail.begun_anew({tail.node})
        path.rename(tmp_path / "log.1")
        assert tail.now() == str(tmp_path / "log.1")
        assert not tail.begun_anew({tail.node})  # nothing is there
        path.write_bytes(FIRST)
        assert tail.begun_anew({tail.node})
        tail.leave()
        assert not tail.begun_anew({tail.node})
