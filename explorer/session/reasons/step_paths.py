"""Which corners does the line of a value through time have, at the width at which it is drawn?"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

type Int64s = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]

EXACT_STEPS = 4  # steps a pixel up to which every one is drawn as it is


class Path(NamedTuple):
    """A line to draw, corner by corner."""

    x: Floats
    y: Floats


def drawn(places: Floats, values: Floats, left: float, right: float, width_px: int, end: float) -> Path:
    """The steps between two places of the axis, at most `4 * EXACT_STEPS` corners a pixel, whatever their number.

    Where many steps share a pixel, a stroke from their least to their greatest value stands for them.

    Args:
        places: (m,) where each step is, ascending.
        values: (m,) the value from there on.
        left: The first place on screen.
        right: The last.
        width_px: How wide that is.
        end: The place up to which the last value holds.
    """
    begin = max(int(np.searchsorted(places, left, "right")) - 1, 0)
    stop = int(np.searchsorted(places, right, "right"))
    if stop <= begin:
        return Path(np.zeros(0), np.zeros(0))
    width_px = max(width_px, 1)
    x, y = places[begin:stop], values[begin:stop]
    if len(x) > EXACT_STEPS * width_px:
        x, y = _strokes(x, y, left, right, width_px)
    else:
        x, y = np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]
    last = places[stop] if stop < len(places) else end
    return Path(np.append(x, max(float(last), float(x[-1]))), np.append(y, y[-1]))


def _strokes(x: Floats, y: Floats, left: float, right: float, width_px: int) -> tuple[Floats, Floats]:
    edges = np.searchsorted(x, np.linspace(left, right, width_px + 1)[1:-1])
    starts = np.unique(np.concatenate([np.zeros(1, np.int64), edges]))
    starts = starts[starts < len(x)]
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    ends = np.append(starts[1:], len(x)) - 1
    before = np.append(y[:1], y[ends[:-1]])
    corners = np.stack([before, low, high, y[ends]], axis=1)
    return np.repeat(x[starts], 4), corners.ravel()


class Block(NamedTuple):
    """A stretch of a lane: `code` is None where values change faster than pixels."""

    left: float
    right: float
    code: int | None


def blocks(
    places: Floats, codes: Int64s, left: float, right: float, width_px: int, end: float
) -> list[Block]:
    """The stretches of a lane between two places of the axis, none of them narrower than a pixel."""
    begin = max(int(np.searchsorted(places, left, "right")) - 1, 0)
    stop = int(np.searchsorted(places, right, "right"))
    if stop <= begin:
        return []
    pixel = max((right - left) / max(width_px, 1), 1e-12)
    x, codes = places[begin:stop], codes[begin:stop]
    last = float(places[stop]) if stop < len(places) else max(end, float(x[-1]))
    changed = np.append(True, codes[1:] != codes[:-1])
    x, codes = x[changed], codes[changed]
    pixels = np.floor((x - left) / pixel).astype(np.int64)
    firsts = np.flatnonzero(np.append(True, pixels[1:] != pixels[:-1]))
    counts = np.diff(np.append(firsts, len(x)))
    found: list[Block] = []
    ends = np.append(x[firsts[1:]], last)
    for at, count, until in zip(firsts.tolist(), counts.tolist(), ends.tolist(), strict=True):
        start = float(x[at])
        if count > 1:  # many in one pixel, then the last of them goes on
            found.append(Block(start, min(start + pixel, until), None))
            start = min(start + pixel, until)
        if until > start or at == firsts[-1]:
            found.append(Block(start, until, int(codes[at + count - 1])))
    return found
