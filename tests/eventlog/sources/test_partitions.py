"""Do partitions become one log by time, each in its own order, also where they are larger than the memory for them?"""

import random

import pytest

from explorer.eventlog.sources import partitions
from explorer.eventlog.sources.partitions import Partitions


def merged(parts: Partitions) -> list[bytes]:
    return [line for block in parts.merged() for line in block.splitlines()]


def test_what_is_earlier_than_what_stands_before_it_stays_behind_it():
    with Partitions() as parts:
        for at_ms, line in ((10, b"a\n"), (5, b"b\n"), (None, b"c\n"), (20, b"d\n")):
            parts.add(0, at_ms, line)
        for at_ms, line in ((None, b"u\n"), (10, b"v\n"), (11, b"w\n")):
            parts.add(1, at_ms, line)
        assert merged(parts) == [b"u", b"a", b"b", b"c", b"v", b"w", b"d"]


@pytest.mark.parametrize("most_bytes", [1, 10_000, 1 << 30])
def test_what_is_put_into_a_file_comes_back_as_it_was(monkeypatch, most_bytes):
    monkeypatch.setattr(partitions, "_MOST_BYTES", most_bytes)
    monkeypatch.setattr(partitions, "_PIECE_BYTES", 700)
    chance = random.Random(7)
    wanted = []
    with Partitions() as parts:
        for at_ms in range(3_000):
            line = b"%d %s" % (at_ms, b"x" * chance.choice((0, 5, 50, 3_000)))
            wanted.append(line)
            parts.add(chance.randrange(7), at_ms, line + b"\n")
        assert merged(parts) == wanted
