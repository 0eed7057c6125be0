"""Are all lines of a log found whole, wherever a block ends, and is one too long told as such?"""

import random

import pytest

from explorer.eventlog import lines
from explorer.eventlog.lines import whole_lines
from explorer.eventlog.source import BLOCK_BYTES, Source
from explorer.eventlog.text import Text


@pytest.fixture
def stretches(tmp_path):
    opened = []

    def of(content, unit=0):
        path = tmp_path / "log.jsonl"
        path.write_bytes(content)
        opened.append(Source(str(path)))
        return list(whole_lines(Text(opened[-1]), unit, b"\n"))

    yield of
    for source in opened:
        source.close()


def test_lines_are_whole_wherever_a_block_ends(stretches):
    made = random.Random(7)
    content = (
        b"".join(b"x" * made.choice([0, 3, 1_000, BLOCK_BYTES // 3]) + b"\n" for _ in range(60)) + b"the end"
    )
    found = stretches(content)
    assert len(found) > 3
    assert b"".join(each.block for each in found) == content
    assert all(each.block.endswith(b"\n") for each in found[:-1])
    assert [each.unit for each in found] == [
        sum(len(before.block) for before in found[:at]) for at in range(len(found))
    ]


def test_the_text_is_read_from_where_it_is_asked(stretches):
    assert [each.block for each in stretches(b"a\nb\nc\n", 2)] == [b"b\nc\n"]
    assert stretches(b"") == []


def test_a_line_over_the_limit_is_told_and_what_follows_is_read(stretches, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_RECORD_BYTES", BLOCK_BYTES)
    long = b"y" * (3 * BLOCK_BYTES) + b"\n"
    found = stretches(b"a\n" + long + b"b\n")
    assert [(each.unit, each.too_long) for each in found if each.too_long] == [(2, len(long))]
    assert [each.block for each in found if not each.too_long] == [b"a\n", b"b\n"]
