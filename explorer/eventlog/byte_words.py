"""How are many short stretches of bytes looked at together: as machine words, eight characters in each?

The methods are those of D. Lemire's "quickly parsing eight digits" (8 digits in three multiplications) and
the classic "find a byte in a word", applied to whole columns of words by NumPy.
"""

import numpy as np
import numpy.typing as npt

type Bytes = npt.NDArray[np.uint8]
type Words = npt.NDArray[np.uint64]
type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

PAD = 8_192  # spare bytes before and after a block, so that a word may be read at any place near it

_COMPARED_BYTES = 128  # at once

_U = np.uint64
_ONES, _TOPS = _U(0x0101010101010101), _U(0x8080808080808080)
_ZEROS, _POINTS = _U(0x3030303030303030), _U(0x2E2E2E2E2E2E2E2E)
_HIGH, _SIX, _THREES = _U(0xF0F0F0F0F0F0F0F0), _U(0x0606060606060606), _U(0x3333333333333333)
_PAIRS = _U(0x000000FF000000FF)
# keeps the last n bytes (n = 0…8) of a little-endian word; keeps the first n
LAST = np.array([0] + [(2**64 - 1) & ~(2 ** (8 * (8 - n)) - 1) for n in range(1, 9)], np.uint64)
FIRST = np.array([2 ** (8 * n) - 1 for n in range(8)] + [2**64 - 1], np.uint64)
TENS = np.array([10**n for n in range(19)], np.int64)


class Block:
    """Some bytes of a log that can be read as words at any place. The first byte has the place `PAD`.

    Attributes:
        bytes: (at least end + PAD,) uint8, by place; zeros before the first byte and from `end` on.
        end: The place behind the last byte.
    """

    def __init__(self, raw: bytes = b"") -> None:
        self._room: Bytes = np.zeros(0, np.uint8)
        self._flags = np.zeros(0, np.bool_)
        self.fill(raw)

    def fill(self, raw: bytes) -> None:
        """Hold other bytes, in the same memory if there is enough: new memory takes longer than the bytes."""
        size_bytes = -(-len(raw) // 8) * 8 + 2 * PAD
        if size_bytes > len(self._room):
            self._room = np.zeros(size_bytes, np.uint8)
            self._flags = np.zeros(size_bytes, np.bool_)
        self.bytes = self._room[:size_bytes]
        self.end = PAD + len(raw)
        self.bytes[PAD : self.end] = np.frombuffer(raw, np.uint8)
        self.bytes[self.end :] = 0

    def specials(self) -> Int64s:
        """The places of all control characters, and of all bytes of characters beyond ASCII."""
        flags = self._flags[: len(self.bytes)]
        np.less(self.bytes.view(np.int8), ord(" "), out=flags)
        flags[:PAD] = flags[self.end :] = False
        return _few(flags)

    def windows(self, places: Int64s, words: int) -> Words:
        """(k, words) so many words from each place on. NumPy fetches many bytes in the time of eight."""
        size_bytes = 8 * words
        pieces: npt.NDArray[np.void] = np.ndarray(
            len(self.bytes) - size_bytes + 1, f"V{size_bytes}", self.bytes, strides=(1,)
        )
        return pieces[places].view(np.uint64).reshape(-1, words)

    def words(self, places: Int64s) -> Words:
        """(k,) the eight bytes from each place on."""
        return self.windows(places, 1).ravel()

    def at(self, places: Int64s) -> Bytes:
        """(k,) the byte at each place."""
        return self.bytes[places]

    def begins(self, places: Int64s, text: bytes) -> Flags:
        """(k,) where the bytes from each place on are `text`."""
        same = np.ones(len(places), np.bool_)
        for begin in range(0, len(text), _COMPARED_BYTES):
            piece = text[begin : begin + _COMPARED_BYTES]
            wanted = np.frombuffer(piece.ljust(-(-len(piece) // 8) * 8, b"\0"), np.uint64)
            window = self.windows(places + begin, len(wanted))
            for index, word in enumerate(wanted):
                rest = len(piece) - 8 * index
                same &= (window[:, index] if rest >= 8 else window[:, index] & FIRST[rest]) == word
        return same

    def until(self, byte: int, starts: Int64s, limits: Int64s, usual_bytes: int) -> Int64s:
        """(k,) the place of the first `byte` from each start on; none up to the limit: some place beyond that.

        Most are `usual_bytes` away, or less.
        """
        words = min(max(usual_bytes // 8 + 1, 2), _COMPARED_BYTES // 8)
        skipped = _until(byte, self.windows(starts, words))
        places = starts + skipped
        left = np.flatnonzero(skipped == 8 * words)
        while len(left):
            left = left[places[left] <= limits[left]]
            skipped = _until(byte, self.windows(places[left], words))
            places[left] += skipped
            left = left[skipped == 8 * words]
        return places

    def text(self, start: int, end: int) -> bytes:
        """The bytes from one place to another."""
        return self.bytes[start:end].tobytes()


def _until(byte: int, window: Words) -> Int64s:
    """(k,) how many bytes stand before the first `byte` of each row; all, if it is not there."""
    pattern = _ONES * _U(byte)
    count = np.zeros(len(window), np.int64)
    for index in range(window.shape[1]):
        word = window[:, index] ^ pattern
        marks = (word - _ONES) & ~word & _TOPS  # the lowest one is true; one above it may not be
        before = np.bitwise_count(~marks & (marks - _U(1))) >> 3  # all eight if there is none
        count += before if index == 0 else np.where(count == 8 * index, before, 0)
    return count


def _few(flags: Flags) -> Int64s:
    """Which flags are set. For flags of which few are: eight are looked at together."""
    eights = flags.view(np.uint64)
    some = np.flatnonzero(eights != 0)
    marks = eights[some]
    if (marks & (marks - _U(1))).any():  # two among eight
        return np.flatnonzero(flags)
    return 8 * some + (np.bitwise_count(marks - _U(1)) >> 3)


def digits(words: Words, counts: Int64s) -> tuple[Int64s, Flags]:
    """Read the last `counts` (0…8) characters of each word as a number; also say where all are digits."""
    keep = LAST[counts]
    words = (words & keep) | (_ZEROS & ~keep)
    fine = ((words & _HIGH) | (((words + _SIX) & _HIGH) >> _U(4))) == _THREES
    words -= _ZEROS
    words = words * _U(10) + (words >> _U(8))
    pairs = (words & _PAIRS) * _U(0x000F424000000064)
    pairs += ((words >> _U(16)) & _PAIRS) * _U(0x0000271000000001)
    pairs >>= _U(32)
    return pairs.view(np.int64), fine


def numbers(block: Block, starts: Int64s, ends: Int64s) -> tuple[Int64s, Int64s, Flags]:
    """Read many JSON numbers in plain notation, exactly.

    Args:
        block: Where they stand.
        starts: (k,) their places.
        ends: (k,) the places behind them.

    Returns:
        (k,) units, (k,) decimals, so that each number is `units / 10**decimals`; and where that is true. It is not
        for what is no JSON number, has an exponent, more than 7 decimals or more than 16 digits.
    """
    first = block.at(starts)
    negative = first == ord("-")
    if some_negative := bool(negative.any()):
        starts = starts + negative
        first = block.at(starts)
    window = block.windows(ends - 24, 3)
    upper, middle, tail = window[:, 0], window[:, 1], window[:, 2]
    counts = ends - starts
    points = (tail & LAST[np.minimum(np.maximum(counts, 0), 8)]) ^ _POINTS
    points = (points - _ONES) & ~points & _TOPS
    pointed = points != 0
    decimals = np.zeros(len(starts), np.int64)
    if pointed.any():
        # the lowest marked byte is a point for certain; a byte above it may be marked wrongly
        before = ((points & (~points + _U(1))) >> _U(7)) - _U(
            1
        )  # all bits of the characters before the point
        decimals = np.where(pointed, 7 - (np.bitwise_count(before) >> 3), decimals)
        # the characters before the point move up by one, so that the digits stand together
        together = (tail & ~((before << _U(8)) | _U(255))) | ((tail & before) << _U(8)) | (middle >> _U(56))
        tail = np.where(pointed, together, tail)
        middle = np.where(pointed, (middle << _U(8)) | (upper >> _U(56)), middle)
    digit_counts = counts - pointed
    whole_counts = digit_counts - decimals
    fine = (whole_counts >= 1) & (digit_counts <= 16) & ~(pointed & (decimals == 0))
    units, good = digits(tail, np.minimum(np.maximum(digit_counts, 0), 8))
    fine &= good
    far = np.clip(digit_counts - 8, 0, 8)
    if far.any():
        more, good = digits(middle, far)
        units += more * 10**8
        fine &= good
    fine &= (first != ord("0")) | (whole_counts == 1)
    if some_negative:
        units = np.where(negative, -units, units)
    return units, decimals, fine
