"""Where in a file does the table of its entries stand: behind which titles, above which sums?

Banks write what they say of an account in rows of their own, of any width, above the table or below it. The table is
the longest run of rows of one width with a day and a figure in each; its names stand right above it.
"""

import re
from collections.abc import Sequence

import msgspec

from explorer.eventlog.csv_cells import are_names, kind_of
from explorer.patterns import lazy_pattern

MOST_TITLES = 60  # rows before the names
_FEWEST_COLUMNS = 2
_HALF, _FEW = 2, 3  # parts of a row or a column
_FULL = 0.8
_TOTALS = lazy_pattern(
    r"(?:sub-?)?total\w*|summe\w*|gesamt\w*|saldo\w*|kontostand|solde\b"
    r"|(?:alter|neuer|end|anfangs?)[- ]?(?:saldo|kontostand)"
    r"|(?:opening|closing|beginning|ending|starting|current|available|final) (?:ledger )?balance"
    r"|balance (?:as|at|brought|carried)"
    r"|grand total|totale?s?|totaux|suma|totaal|eindsaldo|beginsaldo|合计|总计"
    r"|\*{2,}|-{3,}|={3,}|end of (?:statement|report|file)",
    re.IGNORECASE,
)


class DatedTable(msgspec.Struct, frozen=True):
    """Where a table stands.

    Attributes:
        first: The index of the row with the names of its columns.
        cells: How many cells that row has, with empty ones at its end.
        width: How many columns it names.
        dated: The index of the column that has a day in each row.
        rows: How many rows stand below, one after the other.
    """

    first: int
    cells: int
    width: int
    dated: int
    rows: int


def find_table(rows: Sequence[Sequence[str]]) -> DatedTable | None:
    """The table among some first rows of a file; None if none of them is one of dated figures with names."""
    best: DatedTable | None = None
    kinds = [[kind_of(cell) for cell in row] for row in rows]
    for first, head in enumerate(rows[: min(MOST_TITLES + 1, len(rows) - 1)]):
        width = written_width(head)
        if width < _FEWEST_COLUMNS or not are_names(list(head[:width]), twice=True):
            continue
        run = 0
        for row in rows[first + 1 :]:
            if not _is_as_wide(row, len(head), width) or (
                is_sum(row) and "date" not in kinds[first + 1 + run]
            ):
                break
            run += 1
        dated = _dated(kinds[first + 1 : first + 1 + run], width)
        if dated is None or any(
            len(rows[at]) == len(head) and kinds[at][dated] == "date" for at in range(first)
        ):  # what stands above is a row, too, so this is one without a day
            continue
        if best is None or run > best.rows:
            best = DatedTable(first, len(head), width, dated, run)
    return best


def written_width(row: Sequence[str]) -> int:
    """How many cells a row has, without empty ones at its end."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def is_aside(row: Sequence[str], table: DatedTable) -> bool:
    """Whether a row below the names is none of their table: it has no day, and another width or a sum."""
    day = row[table.dated].strip() if table.dated < len(row) else ""
    if kind_of(day) == "date":
        return False
    if not _is_as_wide(row, table.cells, table.width):
        return True
    return is_sum(row) or sum(map(bool, map(str.strip, row))) * _FEW <= table.width


def is_sum(row: Sequence[str]) -> bool:
    """Whether a row begins with a word for a sum, or with a line."""
    return _TOTALS.match(next((cell.strip() for cell in row if cell.strip()), "")) is not None


def _is_as_wide(row: Sequence[str], cells: int, width: int) -> bool:
    if len(row) == cells + 1:
        return written_width(row) <= width
    return width <= len(row) <= cells


def _dated(kinds: Sequence[Sequence[str]], width: int) -> int | None:
    """The first column that has a day in nearly all rows, if some other column mostly has figures."""
    count = len(kinds)
    if not count:
        return None

    def share(at: int, kind: str) -> float:
        return sum(at < len(row) and row[at] == kind for row in kinds) / count

    dated = next((at for at in range(width) if share(at, "date") >= _FULL), None)
    if dated is None:
        dated = next((at for at in range(width) if share(at, "date") * _HALF > 1), None)
    figures = any(
        at != dated and sum(at < len(row) and row[at] == "number" for row in kinds) for at in range(width)
    )
    return dated if figures else None
