"""How is a table read that `psql` or `mysql` has printed for people, or that stands in Markdown?

A line of names, a line that is drawn, a row a line: cells stand between `|`, padded. What `psql` breaks over several
lines it marks with a `+` behind each part but the last (its manual, "pset format aligned"). Frames and the count of
rows are no entries; any other line that is no row is told.
"""

import re
from collections.abc import Iterator, Sequence

from explorer.eventlog.csv_rows import lines_of, names_of
from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.errors import LogError
from explorer.eventlog.formats import Format
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

MOST_BYTES = 256 << 20
_FRAME = lazy_pattern(r"[+|]?\s*:?-+:?\s*(?:[+|]\s*:?-+:?\s*)+[+|]?|\+-+\+")
_COUNT = lazy_pattern(r"\(\d+ rows?\)|\d+ rows? in set\b.*|Time: .*", re.ASCII)
_MOST_PARTS = 10_000  # lines of one row

type _Part = tuple[int, int, int, list[str]]  # offset, size and line of a line, and its cells


def printed_table(text: Text, newline: bytes, lines: Sequence[bytes]) -> Format | None:
    """Such a table, if some first lines (stripped, without empty ones) are one's; else None."""
    first = [line.decode(errors="replace") for line in lines[:4]]
    framed = bool(first) and first[0].startswith("+") and _FRAME.fullmatch(first[0]) is not None
    names, *rest = first[framed:] or [""]
    if "|" not in names or not rest or not _FRAME.fullmatch(rest[0]):
        return None
    return PrintedTable(text, newline)


class PrintedTable(WrittenEntries):
    """Its rows; the names of its columns are their members."""

    name = "printed table"
    fields = None

    def __init__(self, text: Text, newline: bytes) -> None:
        super().__init__()
        self.text = text
        self._newline = newline
        if text.source.size_bytes > MOST_BYTES:
            raise LogError(
                text.source.name, f"a printed table of more than {MOST_BYTES >> 20} MiB is not read"
            )

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        names: list[str] = []
        wide, framed = 0, False  # how long the line is that is drawn; whether all lines stand in a frame
        parts: list[_Part] = []  # of one row
        for offset, size, line, text in self._lines():
            bare = text.strip()
            if bare and _FRAME.fullmatch(bare):
                wide = wide or len(text)
                continue
            if not bare or _COUNT.fullmatch(bare):
                continue
            if "|" not in bare:
                yield WrittenEntry(offset, size, line, reason="it is no row of the table")
                continue
            if not names:
                framed = bare.startswith("|")
                names = names_of(_cells(text, framed=framed))
                continue
            cells = _cells(text, framed=framed)
            parts.append((offset, size, line, cells))
            # a cell that has a next line ends with `+` for its blank; the last one is then as wide as the frame
            goes_on = [cell.endswith("+") for cell in cells]
            goes_on[-1] = goes_on[-1] and not framed and len(text) == wide
            cells[:] = [
                cell[:-1].rstrip() + "\n" * more if more else cell
                for cell, more in zip(cells, goes_on, strict=True)
            ]
            if not any(goes_on) or len(parts) >= _MOST_PARTS:
                yield _row(parts, names)
                parts = []
        if parts:
            yield _row(parts, names)

    def _lines(self) -> Iterator[tuple[int, int, int, str]]:
        for unit, line, skeleton in lines_of(self.text, self._newline):
            offset, size = self.text.byte(unit), len(skeleton) * self.text.width
            raw = self.text.source.read(offset, size)
            yield offset, size, line, self.text.decoded(raw, "replace").rstrip("\r\n").removeprefix("\ufeff")


def _cells(line: str, *, framed: bool) -> list[str]:
    """The cells with their padding; a frame on both sides is none of them."""
    return (line.strip().removeprefix("|").removesuffix("|") if framed else line).split("|")


def _row(parts: Sequence[_Part], names: Sequence[str]) -> WrittenEntry:
    """One row, of the lines over which it goes."""
    offset, _, line, _ = parts[0]
    size = parts[-1][0] + parts[-1][1] - offset
    said = [""] * len(names)
    for _, _, _, cells in parts:
        if len(cells) != len(names):
            reason = f"{len(cells):,} cells, but the table names {len(names):,} columns"
            return WrittenEntry(offset, size, line, reason=reason)
        for at, cell in enumerate(cells):
            said[at] += cell.strip(" ")
    told = {name: each for name, each in zip(names, said, strict=True) if each and each != "NULL"}
    return WrittenEntry(offset, size, line, told)
