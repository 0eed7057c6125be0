"""How are answers given: as a table for people, as CSV or exact JSON for programs, and with which exit status?"""

import contextlib
import itertools
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from explorer.session.plaintext import visible

FINE, FOUND, FAILED = (
    0,
    1,
    2,
)  # exit status: also for "no", for something that was found; it could not be done


def print_json(value: object) -> None:
    """JSON with every digit."""
    from explorer.session.exact_json import dumps

    sys.stdout.write(dumps(value) + "\n")


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """RFC 4180 but for the line ends."""
    print_csv_rows(itertools.chain([columns], rows))


def print_csv_rows(rows: Iterable[Sequence[str]]) -> None:
    """The same without a heading."""
    import csv

    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


def print_csv_columns(columns: Sequence[str], blocks: Iterable[Sequence[Sequence[str]]]) -> None:
    """The same of columns, block by block: as `print_csv` would print the rows."""
    from explorer.session.files.export_formats import csv_columns

    print_csv_rows([columns])
    for block in blocks:
        sys.stdout.write(csv_columns(block))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> None:
    """Columns side by side; those in `right` are right-aligned. Nothing in the text can hide or act."""
    table = [[visible(cell, 120) for cell in row] for row in (columns, *rows)]
    widths = [max(_width(row[at]) for row in table) for at in range(len(columns))]
    align_right = set(right)
    for row in table:
        cells = (
            " " * (width - _width(cell)) + cell if at in align_right else cell + " " * (width - _width(cell))
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def cell(value: object) -> str:
    """A value as text that a program can read back: numbers plain, text as it is, the rest as JSON."""
    from explorer.session.exact_json import dumps

    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value, indent=-1)


def say(sentence: str) -> None:
    """One plain sentence on standard error."""
    with contextlib.suppress(OSError):  # nobody can be told that nobody can be told
        print(f"history-explorer: {visible(sentence, 2_000)}", file=sys.stderr, flush=True)


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) != 0 for char in text)
