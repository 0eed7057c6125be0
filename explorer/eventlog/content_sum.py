"""Are these still the same bytes? Told so soon that every one of a large log can be looked at.

The sum is keyed: to the words of a block a secret is added, and they are multiplied in pairs and added up (NH, as in
UMAC). Of the changes of a block by somebody who does not know the key, one in 2**64 would go unseen. Compiled
code does it on two threads as fast as memory is read; until there is any, NumPy in a fifth of the time of BLAKE2b.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog import compiled
from explorer.eventlog.sum_kernels import sum_blocks

type Fill = Callable[
    [int, memoryview], int
]  # fills room with the bytes from a place on, and says how many there are

STRETCH_BYTES = 4 << 20
OWN_KEY = secrets.token_bytes(32)  # for what is compared within this process
_WORDS = 1 << 14  # in a block
_HALF = _WORDS // 2
_BLOCK_BYTES = 4 * _WORDS
_PASSES = 2
_rooms = threading.local()


class StretchSums(msgspec.Struct):
    """The sums of some bytes, stretch by stretch from their beginning on.

    Attributes:
        key: By which they were made.
        sums: One for each stretch, the last of which may be shorter.
    """

    key: bytes
    sums: list[bytes]


def stretch_sums(fill: Fill, begin: int, end: int, key: bytes, *, alone: bool = False) -> list[bytes]:
    """The sums of the stretches from byte `begin` up to `end`; `alone`: by this thread, and in their order."""
    secret = _secret(key)

    def of(at: int) -> bytes:
        room: memoryview | None = getattr(_rooms, "room", None)
        if room is None:  # kept: new memory costs more than to add it up
            room = _rooms.room = memoryview(bytearray(STRETCH_BYTES))
        have = fill(at, room[: min(STRETCH_BYTES, end - at)])
        blocks = -(-have // _BLOCK_BYTES)
        room[have : blocks * _BLOCK_BYTES] = bytes(blocks * _BLOCK_BYTES - have)
        words = np.frombuffer(room, np.uint32, blocks * _WORDS).reshape(blocks, _WORDS)
        digest = hashlib.blake2b(have.to_bytes(8, "little"), key=key, digest_size=16)
        digest.update(_of_blocks(words, secret))
        return digest.digest()

    places = range(begin, end, STRETCH_BYTES)
    if alone or len(places) <= 1:
        return [of(at) for at in places]
    from concurrent.futures import ThreadPoolExecutor  # only large logs need it

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(of, places))


def joined(sums: Iterable[bytes]) -> str:
    """One sum of all stretches."""
    return hashlib.blake2b(b"".join(sums), digest_size=32).hexdigest()


def _of_blocks(words: npt.NDArray[np.uint32], secret: npt.NDArray[np.uint32]) -> bytes:
    found = np.empty((len(words), _PASSES), np.uint64)
    if compiled.ready():
        sum_blocks(words, secret, found)
        return found.tobytes()
    added, wide = np.empty(_WORDS, np.uint32), np.empty(_WORDS, np.uint64)
    for block, row in zip(words, found, strict=True):
        for number, own in enumerate(secret):
            np.add(block, own, out=added)
            wide[:] = added
            row[number] = np.dot(wide[:_HALF], wide[_HALF:])
    return found.tobytes()


@cache
def _secret(key: bytes) -> npt.NDArray[Any]:
    drawn = hashlib.shake_256(key).digest(_PASSES * _BLOCK_BYTES)
    return (
        np.frombuffer(drawn, np.uint32).reshape(_PASSES, _WORDS).copy()
    )  # kernels take what can be written to
