"""Is a packed log unpacked to its last whole byte, and said to be cut, damaged or doubled where it is?"""

import gzip
import os
import random
import sys

import pytest
import zstandard

from explorer.eventlog import compressed
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


def test_gzip_that_is_cut_or_changed_anywhere_gives_what_zlib_makes_of_it(tmp_path, monkeypatch):
    draw = random.Random(3)
    content = b"".join(b'{"type":"A","data":{"n":%d}}\n' % draw.randrange(10**6) for _ in range(4_000))
    packed = gzip.compress(content)
    found = [packed, packed + packed, packed + b"\0\0", packed + b"x", packed[:5], gzip.compress(b"")]
    for _ in range(60):
        at = draw.choice([draw.randrange(20), -1 - draw.randrange(8), draw.randrange(len(packed))])
        changed = bytearray(packed)
        changed[at] ^= 1 << draw.randrange(8)
        found += [bytes(changed), packed[:at]]
    monkeypatch.setattr(compressed, "_BLOCK_BYTES", 5_000)
    monkeypatch.setattr(compressed, "_OUT_BYTES", 9_000)
    ours = [unpack(tmp_path, each) for each in found if packing_of(each[:16])]
    monkeypatch.setitem(sys.modules, "isal.isal_zlib", None)
    plain = [unpack(tmp_path, each) for each in found if packing_of(each[:16])]
    assert [said for _, said in ours] == [said for _, said in plain]
    for (unpacked_by_us, said), (unpacked_by_zlib, _) in zip(ours, plain, strict=True):
        assert unpacked_by_us.startswith(unpacked_by_zlib)
        assert said or unpacked_by_us == unpacked_by_zlib


FRAMES = {
    "one frame": zstandard.compress,
    "with a checksum": lambda part: zstandard.ZstdCompressor(write_checksum=True).compress(part),
    "no size told": lambda part: _streamed(zstandard.ZstdCompressor(write_content_size=False), part),
    "two frames": lambda part: (
        zstandard.compress(part[: len(part) // 2]) + zstandard.compress(part[len(part) // 2 :])
    ),
    "one to be skipped": lambda part: b"\x52\x2a\x4d\x18\x05\0\0\0hello" + zstandard.compress(part),
    "mostly one byte": lambda part: zstandard.compress(b"\n" * 400_000 + part),
}


def _streamed(worker, part):
    stream = worker.compressobj()
    return stream.compress(part) + stream.flush()


@pytest.mark.parametrize("frames", FRAMES, ids=str)
@pytest.mark.parametrize("size", [60, 900_000], ids=["small", "beyond every block"])
def test_a_zstd_file_that_was_cut_anywhere_says_so(tmp_path, frames, size):
    packed = FRAMES[frames](os.urandom(size).hex().encode())
    assert unpack(tmp_path, packed)[1] == []
    ends = _ends(packed)
    cuts = {5, 6, 20, 300, len(packed) // 3, 262_144, len(packed) * 3 // 4}
    cuts |= {end + step for end in ends for step in (-5, -4, -3, -1, 1, 3, 9, 12)}
    for cut in sorted(cut for cut in cuts if 4 < cut < len(packed) and cut not in ends):
        assert unpack(tmp_path, packed[:cut])[1] == ["the zstd data end early"], cut


def _ends(packed):
    """Where the frames end: a file that is cut there is whole."""
    ends, begin = [], 0
    while begin < len(packed):
        if packed[begin : begin + 4] == b"\x52\x2a\x4d\x18":
            begin += 13
        else:
            frame = zstandard.ZstdDecompressor().decompressobj()
            frame.decompress(packed[begin:])
            begin = len(packed) - len(frame.unused_data)
        ends.append(begin)
    return ends


def test_what_is_not_packed_is_known_by_its_first_bytes():
    assert packing_of(b'{"type"') == ""
    assert packing_of(b"") == ""


def test_what_only_looks_packed_is_refused_or_said(tmp_path):
    found, said = unpack(tmp_path, b"\x1f\x8b\x08" + b"\xff" * 60)
    assert (found, len(said)) == (b"", 1)
