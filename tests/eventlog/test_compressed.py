"""Is a packed log unpacked to its last whole byte, and said to be cut, damaged or doubled where it is?"""

import gzip
import os

import pytest
import zstandard

from explorer.eventlog.compressed import packing_of, unpacked

CONTENT = b'{"type":"A","data":{"n":1}}\n' * 9_000


def unpack(folder, packed):
    path = folder / "packed"
    path.write_bytes(packed)
    file = os.open(path, os.O_RDONLY)
    try:
        parts = list(unpacked(packing_of(packed[:16]), "packed", file))
    finally:
        os.close(file)
    return b"".join(part for part in parts if isinstance(part, bytes)), [
        part for part in parts if isinstance(part, str)
    ]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_all_parts_of_a_packed_file_are_unpacked(tmp_path, pack):
    assert unpack(tmp_path, pack(CONTENT)) == (CONTENT, [])
    assert unpack(tmp_path, pack(CONTENT) + pack(b"{}\n")) == (CONTENT + b"{}\n", [])


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_of_a_file_that_was_cut_the_beginning_is_there_and_the_damage_is_said(tmp_path, pack):
    packed = pack(os.urandom(100_000).hex().encode())
    found, said = unpack(tmp_path, packed[: len(packed) * 3 // 4])
    assert found
    assert len(said) == 1


def test_what_is_not_packed_is_known_by_its_first_bytes():
    assert packing_of(b'{"type"') == ""
    assert packing_of(b"") == ""


def test_what_only_looks_packed_is_refused_or_said(tmp_path):
    found, said = unpack(tmp_path, b"\x1f\x8b\x08" + b"\xff" * 60)
    assert (found, len(said)) == (b"", 1)
