"""Does every byte of a log count in its sum, wherever it stands, and only with the same key?"""

import os
import random

import numpy as np
import pytest

from explorer.eventlog import compiled
from explorer.eventlog.content_sum import STRETCH_BYTES, _of_blocks, _secret, joined, stretch_sums

KEY = b"k" * 32
BLOCK = 1 << 16


def fill_from(content):
    def fill(at, room):
        part = content[at : at + len(room)]
        room[: len(part)] = part
        return len(part)

    return fill


def sums(content, key=KEY, end=None):
    return stretch_sums(fill_from(content), 0, len(content) if end is None else end, key)


@pytest.mark.parametrize("by_kernel", [False, True])
def test_a_block_comes_to_what_whole_numbers_of_any_size_come_to(by_kernel, monkeypatch):
    monkeypatch.setattr(compiled, "ready", lambda: by_kernel)
    words = np.frombuffer(random.Random(1).randbytes(2 * BLOCK), np.uint32).reshape(2, -1)
    words = words.copy()
    words[1, :5] = 2**32 - 1
    secret = _secret(KEY)
    half = words.shape[1] // 2
    found = np.frombuffer(_of_blocks(words, secret), np.uint64).reshape(2, -1).tolist()
    for block, row in zip(words.tolist(), found, strict=True):
        for own, value in zip(secret.tolist(), row, strict=True):
            added = [(word + key) % 2**32 for word, key in zip(block, own, strict=True)]
            pairs = zip(added[:half], added[half:], strict=True)
            assert value == sum(one * two for one, two in pairs) % 2**64


def test_whichever_byte_is_another_the_sum_of_its_stretch_is_another():
    content = bytearray(os.urandom(2 * STRETCH_BYTES + BLOCK + 77))
    before = sums(content)
    assert len(before) == 3
    ends = [
        at + step for at in (0, BLOCK, STRETCH_BYTES, 2 * STRETCH_BYTES, len(content)) for step in (-1, 0)
    ]
    for at in sorted({at for at in ends if 0 <= at < len(content)}):
        content[at] ^= 1
        now = sums(content)
        assert [one == two for one, two in zip(now, before, strict=True)] == [
            number != at // STRETCH_BYTES for number in range(3)
        ]
        content[at] ^= 1
    assert sums(content) == before


@pytest.mark.parametrize("size", [0, 1, 3, BLOCK, BLOCK + 1, STRETCH_BYTES, STRETCH_BYTES + 1])
def test_zeros_behind_the_bytes_and_bytes_that_are_missing_count(size):
    content = b"a" * size
    found = {joined(sums(each)) for each in (content, content + bytes(1), content + bytes(9))}
    assert len(found) == 3
    assert joined(sums(content, end=size + 5)) != joined(sums(content + bytes(5)))


def test_blocks_that_change_places_count_and_so_does_the_key():
    one, two = os.urandom(BLOCK), os.urandom(BLOCK)
    assert sums(one + two) != sums(two + one)
    assert sums(one + two) != sums(one + two, b"l" * 32)
    assert sums(one + two) == sums(one + two)
