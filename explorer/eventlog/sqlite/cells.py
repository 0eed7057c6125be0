"""How does a cell of a database come out with the bytes that are stored, text that is no UTF-8 among them?

Text is asked for as its bytes, and a number before the cells of a row says which of them are text.
"""

from collections.abc import Iterable, Iterator, Sequence

import apsw

from explorer.eventlog.sqlite.rows import StoredText

type Row = tuple[object, ...]

_PER_MASK = 30  # so that its expression is not deeper than is allowed


def quoted(name: str) -> str:
    """A name as SQL has it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def asked(columns: Sequence[str], *, rowid: bool) -> str:
    """What stands after SELECT: masks, the number of the row if that is wanted, the cells."""
    names = [quoted(column) for column in columns]
    masks = [
        " + ".join(f"(typeof({name}) = 'text') * {1 << at}" for at, name in enumerate(names[first : first + _PER_MASK]))
        for first in range(0, len(names), _PER_MASK)
    ]  # fmt: skip
    cells = [f"CASE typeof({name}) WHEN 'text' THEN CAST({name} AS BLOB) ELSE {name} END" for name in names]
    return ", ".join([*masks, *(["rowid"] if rowid else []), *cells])


class Cells:
    """Makes rows of what was asked for so."""

    def __init__(self, database: apsw.Connection, columns: int, *, rowid: bool) -> None:
        self._encoding = encoding_of(database)
        self._masks = -(-columns // _PER_MASK)
        self._first = int(rowid)
        self._texts: dict[Row, tuple[int, ...]] = {}

    def rows(self, found: Iterable[Row]) -> Iterator[Row]:
        """The rows, with their cells of text as `Text`."""
        plain = self._encoding == "utf-8"
        for row in found:
            mask, cells = row[: self._masks], list(row[self._masks :])
            for at in self._texts.get(mask) or self._places(mask):
                cell = cells[at]
                cells[at] = StoredText(
                    cell if plain and isinstance(cell, bytes) else utf8(cell, self._encoding)
                )
            yield tuple(cells)

    def _places(self, mask: Row) -> tuple[int, ...]:
        found = tuple(
            self._first + number * _PER_MASK + bit
            for number, bits in enumerate(mask)
            for bit in range(_PER_MASK)
            if isinstance(bits, int) and bits >> bit & 1
        )
        self._texts[mask] = found
        return found


def encoding_of(database: apsw.Connection) -> str:
    """The encoding in which the database keeps its text, by Python's name."""
    return str(database.pragma("encoding")).lower()


def utf8(cell: object, encoding: str) -> bytes:
    """The bytes of a text in UTF-8, or what the database keeps as such."""
    if not isinstance(cell, bytes):
        return b"" if cell is None else str(cell).encode("utf-8", "surrogatepass")
    if encoding == "utf-8":
        return cell
    return cell[: len(cell) // 2 * 2].decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")
