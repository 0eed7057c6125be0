"""Is machine code put into memory without LLVM, and is whatever is not known refused?"""

import os
import random
import sys

import numpy as np
import pytest

from explorer.eventlog import compiled, machine_code
from explorer.eventlog.machine_code import Loaded
from explorer.eventlog.placed_code import UnplacedError, placed
from explorer.eventlog.scanner.leaf_kernels import number_groups

HERE = sys.platform == "linux" and os.uname().machine == "x86_64"
pytestmark = pytest.mark.skipif(not HERE, reason="other systems leave all of it to LLVM")


@pytest.fixture(scope="module")
def code() -> bytes:
    assert compiled.make_ready()
    folder = compiled.folder()
    assert folder
    found = compiled._kept(folder / number_groups.name)
    assert found
    return found


def test_all_kernels_are_placed() -> None:
    assert compiled.make_ready()
    folder = compiled.folder()
    assert folder
    for each in compiled.kernels():
        found = compiled._kept(folder / each.name)
        assert found
        assert placed(found, each.name)


def test_what_is_not_placed_is_taken_in_by_llvm_and_does_the_same(
    code: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_code: bytes, name: str) -> int:
        raise UnplacedError(name)

    monkeypatch.setattr(machine_code, "placed", refused)
    loaded = Loaded()  # with which its code would go
    by_llvm = loaded.add(code, number_groups.signature, number_groups.name)
    results = []
    for called in (by_llvm, number_groups):
        columns = (
            np.zeros(16, np.uint64),
            np.full(16, -1, np.int32),
            np.zeros(8, np.int32),
            np.empty(3, np.int32),
        )
        count = called(np.array([7, 9, 7], np.uint64), np.ones(3, np.uint8), *columns[:2], 0, *columns[2:])
        results.append((count, *(each.tolist() for each in columns)))
    assert results[0] == results[1]


def test_code_that_is_cut_or_of_another_name_is_refused(code: bytes) -> None:
    for length in range(0, len(code) - 64, 97):
        with pytest.raises(UnplacedError):
            placed(code[:length], number_groups.name)
    with pytest.raises(UnplacedError):
        placed(code, "another")


def test_code_with_what_is_not_known_is_refused_and_nothing_is_written_beside_it(code: bytes) -> None:
    for place, wrong in ((0, b"MZ"), (4, b"\x01"), (5, b"\x02"), (16, b"\x03"), (18, b"\xb7"), (58, b"\x10")):
        with pytest.raises(UnplacedError):
            placed(code[:place] + wrong + code[place + len(wrong) :], number_groups.name)
    sections_at = int.from_bytes(code[40:48], "little")
    draw, refused = random.Random(1), 0
    for _ in range(400):
        spoilt = bytearray(code)
        for _ in range(draw.randrange(1, 4)):
            place = (
                draw.randrange(sections_at, len(code)) if draw.random() < 0.5 else draw.randrange(len(code))
            )
            spoilt[place] = draw.randrange(256)
        try:
            placed(bytes(spoilt), number_groups.name)
        except UnplacedError:
            refused += 1
    assert refused > 40


def test_another_system_is_refused(code: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UnplacedError):
        placed(code, number_groups.name)
