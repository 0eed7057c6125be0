"""How is a CSV file laid out: which delimiter, where its column names stand, and whether it has any?

Exports begin with a title, with `sep=;`, or at once with the data; rows are longer than the names. What is taken for
what is said: nothing is left out without a word, and no event is taken for a row of names.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from explorer.eventlog import field_names
from explorer.eventlog.csv_cells import are_names, kind_of
from explorer.eventlog.csv_rows import MOST_COLUMNS, Layout, copied_row, names_of, read_row
from explorer.eventlog.csv_tables import DatedTable, find_table
from explorer.eventlog.dates import is_date
from explorer.eventlog.errors import LogError
from explorer.eventlog.json_text import JsonFault
from explorer.eventlog.read_as import ReadAs
from explorer.eventlog.timestamps import parse_time
from explorer.patterns import lazy_pattern

DELIMITERS = ",;\t|"
_MOST_TITLES = 30  # rows before the names
_SEPARATOR = lazy_pattern(r'\s*"?sep=(.)"?\s*', re.IGNORECASE | re.DOTALL)
_BRACKETS = lazy_pattern(r"[{}\[\]=]")
_CURRENCY = lazy_pattern(r"[A-Z]{3}", re.ASCII)
_IBAN = lazy_pattern(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_ID = lazy_pattern(r"(?=.*\d)(?=.*[A-Za-z_-])[\w:./-]{2,60}", re.ASCII)
_COPIED = lazy_pattern(r"(?:[^\\]|\\[\\Nbfnrtv.])*")
_DAY_NAME = lazy_pattern(
    r"dat[aeo]|datum|fecha|buchung|valuta|booked|completed|\bday\b|jour|giorno|päivä", re.IGNORECASE
)
_AMOUNT_NAME = lazy_pattern(
    r"amount|betrag|umsatz|importe|importo|montant|bedrag|kwota|valor|bel[oø]p|soll|haben|gutschrift|lastschrift"
    r"|belastung|debit|credit|d[ée]bit|cr[ée]dit|paid|money|withdraw|deposit|brutto|netto",
    re.IGNORECASE,
)
_LEAST_NAMES, _LEAST_ROWS = 3, 2
_LONGEST_NAME = 60
_LONGEST_AMOUNT = 16  # characters: what is longer is the number of something
_WORD = lazy_pattern(r"[A-Za-z][A-Za-z]*(?:[A-Z_.][A-Za-z]+)+", re.ASCII)


def find_layout(rows: Sequence[str], told: ReadAs, name: str) -> Layout | None:
    """The layout of a file that begins with `rows`; None if it is no CSV.

    Raises:
        LogError: It has more columns than are read.
    """
    where = _where(rows, told, name)
    if where is None:
        return None
    first, delimiter, separated, dated = where
    if len(rows) == 1 and told.header is None and not told.columns and not _may_be_alone(rows[0], delimiter):
        return None
    table = [_cells(row, delimiter) for row in rows[first:]]
    if escapes := delimiter == "\t" and _is_copied(rows[first:]):
        table = [copied_row(row) for row in rows[first:]]
    if len(table[0]) > MOST_COLUMNS:
        raise LogError(name, f"it has {len(table[0]):,} columns; the limit is {MOST_COLUMNS:,}")
    header = told.header if told.header_row is None else told.header_row > 0
    note = ""
    if header is None:
        header = not _is_data(table[0], table[1:]) and not (
            told.columns
            and [each.strip() for each in table[0]] != list(told.columns)
            and _is_row(table)
            and not _stands_above(table)
        )
        if not header and not told.columns:
            note = (
                "this row looks like data, not like names of columns, so it was read as an event; "
                "say --header if it has the names, --no-header or --columns if it is as it should be"
            )
    if not header and told.header is None and not told.columns and _is_title(table):
        first, table = first + 1, table[1:]
    if told.columns:
        width = max(len(told.columns), len(table[0]))
        names = names_of([*told.columns, *[""] * (width - len(told.columns))])
    elif header:
        spare = dated is not None and table[1:2] and all(len(row) == dated.cells + 1 for row in table[1:])
        names = names_of([*table[0], *[""] * bool(spare)])
    else:
        names = _by_content(table)
    dated = dated if header and not told.columns else None
    return Layout(delimiter, tuple(names), first, header, separated and first > 0, note, escapes, dated)


def _where(rows: Sequence[str], told: ReadAs, name: str) -> tuple[int, str, bool, DatedTable | None] | None:
    """The first row of the table, what stands between its cells, and whether the file says that; None if it is none.

    And what is known of a table of dated figures.
    """
    dated: tuple[DatedTable, str] | None = None
    separator = _SEPARATOR.fullmatch(rows[0]) if rows else None
    skipped = 1 if separator else 0
    found: tuple[int, str] | None
    if separator and separator[1] in f"{DELIMITERS}:^~ ":
        found = (0, separator[1]) if len(rows) > 1 else None
        dated = _dated(rows[1:], separator[1])
    else:
        skipped = 0
        dated = _dated(rows, told.delimiter or DELIMITERS)
        found = _of_statement(rows) or _by_first_row(rows) or _behind_titles(rows) or _ragged(rows)
    if dated is not None and found is not None and found[0] == 0 and dated[0].first > 0:
        first = _cells(rows[0], found[1])
        if are_names(first) and all(first) and dated[0].cells <= len(first):  # names, of most of the rows
            dated = None
    if told.header is False or told.columns or told.header_row is not None:
        dated = None
    if dated is not None:
        found = dated[0].first, dated[1]
    if told.delimiter is not None:
        found = (found[0] if found is not None and found[1] == told.delimiter else 0), told.delimiter
    if found is None and (told.columns or told.header_row is not None):
        found = 0, next((each for each in DELIMITERS if each in rows[0]), ",")
    if found is None:
        return None
    if told.header_row is not None:
        if told.header_row >= len(rows):
            raise LogError(name, f"it has no row {told.header_row} with the names of its columns")
        found = max(told.header_row - 1 - skipped, 0), found[1]
    return found[0] + skipped, found[1], bool(separator), None if dated is None else dated[0]


def _dated(rows: Sequence[str], delimiters: str) -> tuple[DatedTable, str] | None:
    """The table of dated figures in some rows, and what stands between its cells."""
    found = [
        (table, each)
        for each in delimiters
        if (table := find_table([_cells(row, each) for row in rows])) is not None
    ]
    return max(found, key=lambda each: (each[0].rows, each[0].width), default=None)


def _is_copied(rows: Sequence[str]) -> bool:
    r"""Are rows written as `COPY` does: nothing as `\N`, and no backslash that stands for itself?"""
    cells = [cell for row in rows for cell in row.split("\t") if "\\" in cell]
    if not all(_COPIED.fullmatch(cell) for cell in cells):
        return False
    quoted = any(cell[:1] == cell[-1:] == '"' and '""' in cell for cell in cells)  # CSV
    return any(cell == "\\N" for cell in cells) or (not quoted and any("\\\\" in cell for cell in cells))


def _may_be_alone(row: str, delimiter: str) -> bool:
    """Is the only row of a file one of names or of data, and not a line of some program?"""
    cells = _cells(row, delimiter)
    return _is_data(cells, []) or (are_names(cells) and not _BRACKETS.search(row))


def _is_row(table: list[list[str]]) -> bool:
    """Is the first row as wide as the others? Then it may be one of them."""
    return not table[1:] or any(len(row) == len(table[0]) for row in table[1:])


def _stands_above(table: list[list[str]]) -> bool:
    """Is the first row one of names: all words, where the rows below hold figures or dates?"""
    first, *behind = table
    return are_names(first) and any(
        sum(kind_of(row[at]) != "" for row in behind if at < len(row)) * 2 > len(behind)
        for at in range(len(first))
    )


def _cells(row: str, delimiter: str) -> list[str]:
    try:
        return read_row(row, delimiter)
    except JsonFault:
        return []


def _of_statement(rows: Sequence[str]) -> tuple[int, str] | None:
    """The row that names a day and an amount, as a bank has it below what it says of the account; None if none does."""
    for delimiter in DELIMITERS:
        table = [_cells(row, delimiter) for row in rows]
        for first, row in enumerate(table[: _MOST_TITLES + 1]):
            if not _heads_statement(row):
                continue
            behind = [each for each in table[first + 1 :] if len(each) * 2 > len(row)]
            held = [[kind_of(cell) for cell in each] for each in behind]
            if first and held and all("date" in kinds and "number" in kinds for kinds in held[:3]):
                return first, delimiter
            break
    return None


def _heads_statement(row: list[str]) -> bool:
    named = [cell.strip() for cell in row if cell.strip()]
    if len(named) < _LEAST_NAMES or any(len(cell) > _LONGEST_NAME or kind_of(cell) for cell in named):
        return False
    return any(map(_DAY_NAME.search, named)) and any(map(_AMOUNT_NAME.search, named))


def _is_title(table: list[list[str]]) -> bool:
    """Is the first row of a table without names none of its rows: no date where all others have one?"""
    first, *behind = table
    if len(behind) < _LEAST_ROWS:
        return False
    dated = (
        at for at in range(len(first)) if all(at < len(row) and kind_of(row[at]) == "date" for row in behind)
    )
    return any(first[at].strip() and kind_of(first[at]) != "date" for at in dated)


def _by_first_row(rows: Sequence[str]) -> tuple[int, str] | None:
    """The first row is one of names or of data, and at least half of the others have as many cells."""
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        counts = [len(_cells(row, delimiter)) for row in rows]
        width = counts[0] if counts else 0
        alike = sum(count == width for count in counts[1:])
        if width > 1 and alike * 2 >= len(counts) - 1 and (best is None or width > best[0]):
            best = width, delimiter
    return None if best is None else (_behind_padded_titles(rows, best[1]), best[1])


def _behind_padded_titles(rows: Sequence[str], delimiter: str) -> int:
    """Which row has the names: spreadsheets pad titles with empty cells until they are as wide as the table."""
    table = [_cells(row, delimiter) for row in rows]
    whole = (at for at, row in enumerate(table[: _MOST_TITLES + 1]) if row and row[-1].strip())
    first = next(whole, 0)
    named = first > 0 and all(cell.strip() for cell in table[first]) and _stands_above(table[first:])
    return first if named else 0


def _behind_titles(rows: Sequence[str]) -> tuple[int, str] | None:
    """Some rows stand before the names: the table begins with the first row that is as wide as most."""
    best: tuple[int, int, str] | None = None
    for delimiter in DELIMITERS:
        counts = [len(_cells(row, delimiter)) for row in rows]
        widths = Counter(count for count in counts if count > 1)
        if not widths:
            continue
        width = max(widths, key=lambda count: (widths[count], count))
        first = _names_before(rows, delimiter, counts.index(width), width)
        behind = counts[first + 1 :]
        alike = sum(count == width for count in behind)
        if first > _MOST_TITLES or not alike or alike * 2 < len(behind):
            continue
        if _is_table([_cells(row, delimiter) for row in rows[first:]]) and (best is None or width > best[0]):
            best = width, first, delimiter
    return None if best is None else (best[1], best[2])


def _names_before(rows: Sequence[str], delimiter: str, first: int, width: int) -> int:
    """The row of names before the first one that is as wide as most, if there is one of another width."""
    for at, text in enumerate(rows[: min(first, _MOST_TITLES)]):
        row = _cells(text, delimiter)
        known = sum(map(field_names.is_known, row))
        if (
            len(row) > 1
            and are_names(row)
            and (len(row) >= width or (len(row) * 2 > width and known * 2 >= len(row)))
        ):
            return at
    return first


def _ragged(rows: Sequence[str]) -> tuple[int, str] | None:
    """Rows of any width under a row of names."""
    best: tuple[int, int, str] | None = None
    for delimiter in DELIMITERS:
        table = [_cells(row, delimiter) for row in rows]
        for first, row in enumerate(table[: min(_MOST_TITLES, len(table) - 1)]):
            behind = table[first + 1 :]
            enough = sum(len(each) >= min(len(row), 2) for each in behind)
            if len(row) > 1 and are_names(row) and enough * 5 >= len(behind) * 4 and _is_table(table[first:]):
                if best is None or len(row) > best[0]:
                    best = len(row), first, delimiter
                break
    return None if best is None else (best[1], best[2])


def _is_table(table: list[list[str]]) -> bool:
    """Is it more than prose with commas: names or data at its head, and a column of figures or dates below?"""
    head, *behind = table
    if not are_names(head) and not _is_data(head, behind):
        return False
    known = sum(field_names.is_known(cell) for cell in head)
    figures = any(
        sum(kind_of(row[at]) != "" for row in behind if at < len(row)) * 2 > len(behind)
        for at in range(len(head))
    )
    return figures or known * 2 >= len(head)


def _is_data(first: list[str], behind: list[list[str]]) -> bool:
    """Does the first row hold what the rows below hold, and not their names?"""
    behind = [row for row in behind if row != first]
    if not behind:
        # names are no dates and no amounts
        kinds = [kind_of(cell) for cell in first]
        return "date" in kinds and len(first) > 1
    figures = []
    for at, cell in enumerate(first):
        kind = kind_of(cell)
        below = [row[at] for row in behind if at < len(row) and row[at].strip()]
        alike = sum(kind_of(each) == kind for each in below)
        if kind and below and alike * 2 > len(below):
            if kind != "number":
                return True
            figures.append(cell.strip())
    if not figures:
        return False
    # a table of years or months has numbers for names
    return len(set(figures)) < len(figures) or not _is_series(figures)


def _is_series(figures: list[str]) -> bool:
    if not all(cell.isdecimal() for cell in figures):
        return False
    numbers = [int(cell) for cell in figures]
    return len(numbers) > 1 and all(later == earlier + 1 for earlier, later in itertools.pairwise(numbers))


def _by_content(table: list[list[str]]) -> list[str]:
    """Names for columns that have none: `time`, `type`, `amount` and so on where what they hold leaves no doubt."""
    width = max(Counter(map(len, table)).most_common(1)[0][0], len(table[0]))
    columns = [[row[at] for row in table if at < len(row) and row[at].strip()] for at in range(width)]
    names = [""] * width
    tests: dict[str, Callable[[str], bool]] = {
        "time": lambda cell: kind_of(cell) == "date" and (parse_time(cell) is not None or is_date(cell)),
        "data": lambda cell: kind_of(cell) == "object",
        "type": lambda cell: _WORD.fullmatch(cell) is not None,
        "currency": lambda cell: _CURRENCY.fullmatch(cell.strip()) is not None,
        "iban": lambda cell: _IBAN.fullmatch(cell.replace(" ", "")) is not None,
    }
    for name, holds in tests.items():
        found = [at for at, cells in enumerate(columns) if cells and not names[at] and all(map(holds, cells))]
        if found and (name != "iban" or len(set(columns[found[0]])) == 1):
            names[found[0]] = name
    numbers = [
        at for at, cells in enumerate(columns) if cells and not names[at] and all(map(_is_amount, cells))
    ]
    if len(numbers) == 1:
        names[numbers[0]] = "amount"
    if "iban" not in names and (
        ids := [at for at, cells in enumerate(columns) if not names[at] and _are_ids(cells)]
    ):
        names[ids[0]] = "account"
    return names_of(names)


def _is_amount(cell: str) -> bool:
    return kind_of(cell) == "number" and len(cell.strip().lstrip("+-0")) < _LONGEST_AMOUNT


def _are_ids(cells: list[str]) -> bool:
    """Does a column tell whose each row is: one word with a figure in it, and some of them more than once?"""
    return len(cells) > len(set(cells)) and all(_ID.fullmatch(cell.strip()) for cell in cells)
