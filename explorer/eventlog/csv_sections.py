"""Are there several tables in one file, one below the other, and of which of them is a row?

Banks put all accounts of a customer into one file. A table whose columns are called as those of the first one
is read as that is; its rows are of another account, which the title above it names.
"""

from collections.abc import Sequence

from explorer.eventlog.csv_cells import are_names, kind_of
from explorer.eventlog.csv_rows import MEMBER, Layout, cells_of_each, decoded_row, rows
from explorer.eventlog.csv_tables import is_aside, is_sum, written_width
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.text import Text

MOST_UNITS = 8 << 20  # of a file that is looked through; banks write no longer ones of this kind
_LEAST_NAMES = 3


def sections_of(text: Text, newline: bytes, layout: Layout) -> tuple[tuple[int, str | None], ...]:
    """Where each table of a file begins and what it is called, None for one with other columns; none if there is one.

    Args:
        text: The file.
        newline: What ends its lines.
        layout: How its first table is laid out.
    """
    table = layout.table
    if table is None or text.units > MOST_UNITS or MEMBER in layout.names:
        return ()
    found: list[tuple[int, str | None]] = []
    header: list[str] = []
    above: list[list[str]] = []
    other = -1  # where a table with other columns may begin
    for number, place in enumerate(rows(text, newline, layout.delimiter, layout.begin)):
        try:
            some = cells_of_each([decoded_row(text, place)], layout)
        except JsonFault:
            continue
        if not some:
            continue
        (cells,) = some
        if number == layout.titles or (number > layout.titles and _heads(cells) == header):
            header = _heads(cells)
            found.append((place.unit, _title(above, len(found) + 1)))
            above, other = [], -1
        elif number < layout.titles or is_aside(cells, table):
            above.append(cells)
            names = cells[: written_width(cells)]
            if (
                number > layout.titles
                and len(names) >= _LEAST_NAMES
                and are_names(names)
                and not is_sum(cells)
            ):
                other = place.unit
        else:
            if other >= 0 and len(header) != len(cells):
                found.append((other, None))
            above, other = [], -1
    return tuple(found) if len(found) > 1 else ()


def _heads(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells]


def _title(above: Sequence[Sequence[str]], number: int) -> str:
    """What stands above a table that says no sum and no day; else its number."""
    for row in above:
        first = next((cell.strip() for cell in row if cell.strip()), "")
        if first and not is_sum(row) and not kind_of(first):
            return first.rstrip(":")
    return f"{number}"
