"""Which lines of a block have which shape?"""

from collections.abc import Iterator

import msgspec
import numpy as np

from explorer.eventlog.byte_words import PAD, Block, Flags, Int64s
from explorer.eventlog.shapes import Shape

_NEWLINE, _RETURN = ord("\n"), ord("\r")


class Lines:
    """The lines of a block.

    Attributes:
        starts, ends: (n,) places of each line in the block, line end left out.
        nexts: (n,) where the next line begins.
        plain: (n,) false for lines with an escape, a control character or bad UTF-8: not for shapes.
    """

    def __init__(self, block: Block, raw: bytes) -> None:
        data = block.bytes
        specials = block.specials()
        newlines = data[specials] == _NEWLINE
        breaks = specials[newlines]
        if not raw.endswith(b"\n"):
            breaks = np.append(breaks, block.end)
        self.nexts = np.minimum(breaks + 1, block.end)
        self.starts = np.concatenate([[PAD], self.nexts[:-1]])
        self.ends = breaks
        self.plain = np.ones(len(breaks), np.bool_)
        if b"\\" in raw:
            self._spoil(np.flatnonzero(data == ord("\\")))
        if newlines.all():
            return
        returns = (data[breaks - 1] == _RETURN) & (breaks > self.starts)
        self.ends = breaks - returns
        others = specials[~newlines]
        beyond_ascii = data[others] >= 128
        self._spoil(np.setdiff1d(others[~beyond_ascii], self.ends[returns]))
        if beyond_ascii.any():
            self._check_utf8(raw, others[beyond_ascii])

    def _check_utf8(self, raw: bytes, places: Int64s) -> None:
        rows = np.searchsorted(self.nexts, places, "right")
        rows = rows[np.diff(rows, prepend=-1) > 0]
        few_rows = 4 * len(rows) < len(self.nexts)
        parts = (
            [raw[self.starts[row] - PAD : self.nexts[row] - PAD] for row in rows.tolist()]
            if few_rows
            else [raw]
        )
        try:
            b"".join(parts).decode()  # each part ends with a newline, so none can mend another
        except UnicodeDecodeError:
            self.plain[rows] = False

    def _spoil(self, places: Int64s) -> None:
        self.plain[np.searchsorted(self.nexts, places, "right")] = False

    def __len__(self) -> int:
        return len(self.starts)


class Match(msgspec.Struct):
    """The lines of one shape.

    Attributes:
        shape: Which shape.
        rows: (k,) the lines.
        starts, ends: For each blank, (k,) where it stands in the block.
    """

    shape: Shape
    rows: Int64s
    starts: list[Int64s]
    ends: list[Int64s]


class _Branch(msgspec.Struct):
    """What follows the same texts in one or more shapes: a text, and after it a blank or the end.

    Attributes:
        text: The text.
        shape: The shape that ends with it, if one does.
        usual_bytes: How long the blank behind it was in the line that was learnt from.
        checked: Whether nothing but a time is taken from that blank: then its length may be guessed.
        after: What follows the blank.
        hits: How many lines had it.
    """

    text: bytes
    shape: Shape | None = None
    usual_bytes: int = 0
    checked: bool = False
    after: "dict[bytes, _Branch]" = {}
    hits: int = 0


class _Walk(msgspec.Struct):
    """How far some lines have been followed: up to their beginning, or to the blank that starts last."""

    rows: Int64s
    starts: list[Int64s]
    ends: list[Int64s]

    def only(self, fine: Flags) -> "_Walk":
        """Those of the lines for which `fine` is true."""
        chosen = np.flatnonzero(fine)
        if len(chosen) == len(fine):
            return self
        starts, ends = ([each[chosen] for each in side] for side in (self.starts, self.ends))
        return _Walk(self.rows[chosen], starts, ends)


class Shapes:
    """The shapes of one log as a tree. Those that begin alike share a branch, so each line is followed once."""

    def __init__(self, *shapes: Shape) -> None:
        self._first: dict[bytes, _Branch] = {}
        for shape in shapes:
            self.add(shape)

    def add(self, shape: Shape) -> None:
        """Know one more."""
        branches = self._first
        for index, text in enumerate(shape.texts):
            last = index == len(shape.blanks)
            branch = branches.get(text)
            if branch is None:
                branch = branches[text] = _Branch(text, checked=True)
            if last:
                branch.shape = shape
                continue
            blank = shape.blanks[index]
            branch.usual_bytes = blank.end - blank.start
            branch.checked &= shape.time is not None and shape.time.blank == index and blank.written == "text"
            branches = branch.after

    def matches(self, block: Block, lines: Lines, rows: Int64s) -> Iterator[Match]:
        """The lines among `rows` that have a shape, shape by shape."""
        return self._along(self._first, block, lines, _Walk(rows, [], []), None)

    def _along(
        self, branches: dict[bytes, _Branch], block: Block, lines: Lines, walk: _Walk, before: _Branch | None
    ) -> Iterator[Match]:
        """Follow lines that are alike up to here. `before` is the branch they came along."""
        for branch in sorted(branches.values(), key=lambda branch: -branch.hits):
            if not len(walk.rows):
                return
            text = branch.text
            places = (
                lines.starts[walk.rows]
                if before is None
                else _blank_ends(block, lines, walk, text[0], before)
            )
            same = block.begins(places, text)
            if branch.shape is not None:
                same &= places + len(text) == lines.ends[walk.rows]
            here = _Walk(walk.rows, walk.starts, walk.ends if before is None else [*walk.ends, places]).only(
                same
            )
            walk = walk.only(~same)
            branch.hits += len(here.rows)
            if branch.shape is not None and len(here.rows):
                yield Match(branch.shape, here.rows, here.starts, here.ends)
            elif len(here.rows):
                begin = lines.starts[here.rows] if before is None else here.ends[-1]
                here.starts = [*here.starts, begin + len(text)]
                yield from self._along(branch.after, block, lines, here, branch)


def _blank_ends(block: Block, lines: Lines, walk: _Walk, byte: int, before: _Branch) -> Int64s:
    """Where the blank that starts last ends: where the next text begins, with `byte`."""
    starts = walk.starts[-1]
    if before.checked:  # times are mostly as long as each other
        ends = starts + before.usual_bytes
        if bool((block.at(ends) == byte).all()):
            return ends
    return block.until(byte, starts, lines.ends[walk.rows], before.usual_bytes)
