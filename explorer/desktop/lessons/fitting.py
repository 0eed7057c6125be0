"""How do the pieces of a slide find room: in which of two columns, how wide, and with how much of what may be less?

Nothing here draws. A piece says how high it is at a width; the first arrangement in which all of them have room is
taken, beginning with large type and many rows.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple, Protocol

APART_PX = 8  # between two pieces of a column
GUTTER_PX = 18  # between the columns
SHARES = (46, 40, 54, 60)  # percent, of the left column
TWO_PX = 900  # from here the columns may differ in width
NO_ROOM = 1 << 20


class Level(NamedTuple):
    """How much there is of what may be less.

    Attributes:
        rows: Of long tables.
        letters: How large the prose is, of the size that tables have.
    """

    rows: int
    letters: float


LEVELS = (
    *(Level(12, 1.2), Level(9, 1.2), Level(9, 1.1), Level(7, 1.1), Level(7, 1.0), Level(5, 1.0)),
    *(Level(4, 1.0), Level(3, 1.0), Level(3, 0.92), Level(2, 0.92), Level(1, 0.92)),
)
LAST = (Level(1, 0.85), Level(1, 0.75))  # of a lesson that tells more than a slide holds


class Way(NamedTuple):
    """How much of everything a slide shows: rows of each kind of table, how large the prose is, of SQL how much."""

    exhibit: int
    events: int
    state: int
    letters: float
    together: bool
    statements: int

    def with_rows(self, kind: str, rows: int) -> "Way":
        """The same with so many rows of one kind of table."""
        return self._replace(**{kind: rows})  # type: ignore[arg-type]


ALL = 1_000
WAYS: list[Way] = []
GROUPS: list[range] = []
for _levels, _together, _statements in (
    (LEVELS, True, ALL),
    (LEVELS, False, ALL),
    (LEVELS[-1:], False, 1),
    (LAST, False, 1),
):
    GROUPS.append(range(len(WAYS), len(WAYS) + len(_levels)))
    WAYS += [
        Way(level.rows, level.rows, level.rows, level.letters, _together, _statements) for level in _levels
    ]
LEGIBLE, SMALL = GROUPS[:-1], GROUPS[-1:]


class SlidePiece(Protocol):
    """Something that stands on a slide."""

    def height(self, width: int) -> int:
        """How high it must be at a width; pixels."""

    def least_width(self) -> int:
        """How narrow it may become; pixels."""


class Placed(NamedTuple):
    """A piece and its place; pixels."""

    piece: SlidePiece
    left: int
    top: int
    width: int
    height: int


class Pieces(NamedTuple):
    """What is to be placed: `told` on the left, `shown` on either side, `log` on the right."""

    told: Sequence[SlidePiece]
    shown: Sequence[SlidePiece]
    log: Sequence[SlidePiece]


def arranged(pieces: Pieces, width: int, height: int) -> list[Placed] | None:
    """The first arrangement in which nothing is cut; None if there is none."""
    loose = (*pieces.shown, *pieces.log)
    for share in SHARES if width >= TWO_PX else SHARES[:1]:
        left_px = width * share // 100 - GUTTER_PX // 2
        right_px = width - left_px - GUTTER_PX
        if not _wide_enough(pieces.told, left_px):
            continue
        told = sum(piece.height(left_px) + APART_PX for piece in pieces.told)
        high = [
            [piece.height(px) + APART_PX if piece.least_width() <= px else NO_ROOM for piece in loose]
            for px in (left_px, right_px, width)
        ]
        for columns in _ways(len(pieces.shown), len(pieces.log)):
            left, right, bottom = (
                sum(high[column][at] for at, where in enumerate(columns) if where == column)
                for column in range(3)
            )
            if max(told + left, right) + bottom <= height + APART_PX:
                parts = [
                    [loose[at] for at, where in enumerate(columns) if where == column] for column in range(3)
                ]
                return [
                    *_stacked((*pieces.told, *parts[0]), 0, 0, left_px),
                    *_stacked(parts[1], left_px + GUTTER_PX, 0, right_px),
                    *_stacked(parts[2], 0, height - bottom + APART_PX, width),
                ]
    return None


LEFT, RIGHT, BELOW = range(3)
# How odd it is to find an exhibit, a table of the log, or the last of these (the raw event) there.
_ODD = {"shown": (0, 1, 4), "log": (3, 0, 6), "raw": (2, 0, 5)}


@cache
def _ways(shown: int, log: int) -> list[tuple[int, ...]]:
    """Where each loose piece stands, in one of the columns or (one of them) below both; the least odd ways first."""
    kinds = ["shown"] * shown + ["log"] * max(log - 1, 0) + ["raw"] * min(log, 1)
    found = [way for way in product(range(3), repeat=len(kinds)) if way.count(BELOW) <= 1]
    return sorted(
        found, key=lambda way: sum(_ODD[kind][where] for kind, where in zip(kinds, way, strict=True))
    )


def whole(pieces: Sequence[SlidePiece], width: int, height: int) -> list[Placed] | None:
    """One under the other over the whole width; None if there is no room."""
    if _wide_enough(pieces, width) and _high(pieces, width) <= height:
        return list(_stacked(pieces, 0, 0, width))
    return None


def forced(pieces: Pieces, width: int, height: int) -> list[Placed]:
    """Where there is no room: the first of each column first, as far as there is any."""
    left_px = width * SHARES[0] // 100 - GUTTER_PX // 2
    columns = (
        _stacked((*pieces.told, *pieces.shown), 0, 0, left_px),
        _stacked(pieces.log, left_px + GUTTER_PX, 0, width - left_px - GUTTER_PX),
    )
    return [
        place._replace(height=max(min(place.height, height - place.top), 0))
        for column in columns
        for place in column
    ]


def _wide_enough(column: Sequence[SlidePiece], width: int) -> bool:
    return all(piece.least_width() <= width for piece in column)


def _high(column: Sequence[SlidePiece], width: int) -> int:
    return sum(piece.height(width) for piece in column) + APART_PX * max(len(column) - 1, 0)


def _stacked(column: Sequence[SlidePiece], left: int, top: int, width: int) -> Iterator[Placed]:
    for piece in column:
        high = piece.height(width)
        yield Placed(piece, left, top, width, high)
        top += high + APART_PX
