"""How is a table of exact values written as CSV, JSON or Markdown, row by row and without losing a digit?"""

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, Protocol, runtime_checkable

from explorer.eventlog.text_columns import TextColumn, side_by_side
from explorer.patterns import lazy_pattern
from explorer.session.exact_json import dumps
from explorer.session.plaintext import visible

type Report = Callable[[int, int], None]
type ExportFormat = Literal["csv", "json", "markdown"]

ROWS_AT_ONCE = 500
SUFFIXES: dict[ExportFormat, str] = {"csv": ".csv", "json": ".json", "markdown": ".md"}

# What a spreadsheet takes for a formula or a command; the wide forms are read as the narrow ones there.
_MARKS = '",\r\n'  # what makes a cell of several stand in quotes
_FORMULA = lazy_pattern(r"[\s]*[=+\-@＝＋－＠|%]|[\t\r\n]")  # noqa: RUF001 - exactly these characters
_NUMBER = lazy_pattern(r"[+-]?[0-9]+(\.[0-9]+)?")
_MARKDOWN = lazy_pattern(r"[\\`*_\[\]<>|~&$@]")
_LINK = lazy_pattern(
    r"\b(https?|ftp|mailto|xmpp|www)([:.])", re.IGNORECASE
)  # a link is made of these unasked


class ExportTable(Protocol):
    """What can be exported: exact values in rows and columns, and the same as one JSON answer."""

    @property
    def title(self) -> str:
        """What it is, in a few words."""

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns."""

    def __len__(self) -> int:
        """How many rows there are."""

    def row(self, index: int) -> Sequence[object]:
        """One row's exact values."""

    def answer(self) -> Iterator[str]:
        """The JSON text piece by piece, one for each row at least."""


@runtime_checkable
class ByColumns(Protocol):
    """A table that writes its rows itself, many at a time."""

    def csv_rows(self, *, for_spreadsheets: bool) -> Iterator[tuple[int, bytes]]:
        """What `csv_row` would write of all rows: how many rows are done, and the next of them, or nothing."""


def chunks(
    table: ExportTable, form: ExportFormat, *, for_spreadsheets: bool = False, report: Report | None = None
) -> Iterator[bytes]:
    """The bytes of the file, some hundred rows at a time.

    Args:
        table: What to write.
        form: As what.
        for_spreadsheets: In CSV, whether `'` stands before a text that a spreadsheet would run as a formula. Then
            such a text is no longer exactly what the log says.
        report: Who is told how many rows are done, of how many; what it raises ends the writing.
    """
    if form == "csv" and isinstance(table, ByColumns):
        yield csv_row(table.columns, for_spreadsheets=for_spreadsheets)
        for done, rows in table.csv_rows(for_spreadsheets=for_spreadsheets):
            yield rows
            if report is not None:
                report(done, len(table))
        return
    if form == "json":
        pieces: Iterable[str] = table.answer()
    elif form == "csv":
        pieces = (_csv_row(cells, for_spreadsheets=for_spreadsheets) for cells in _rows(table))
    else:
        pieces = _markdown(table)
    for done, some in enumerate(itertools.batched(pieces, ROWS_AT_ONCE)):
        yield "".join(some).encode("utf-8", "backslashreplace")
        if report is not None:
            report(min(done * ROWS_AT_ONCE, len(table)), len(table))


def csv_row(values: Sequence[object], *, for_spreadsheets: bool) -> bytes:
    """One row as RFC 4180 has it, with one line feed at its end."""
    line = _csv_row([cell(value) for value in values], for_spreadsheets=for_spreadsheets)
    return line.encode("utf-8", "backslashreplace")


def _csv_row(cells: Sequence[str], *, for_spreadsheets: bool) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(
        [guarded(each) for each in cells] if for_spreadsheets else cells
    )
    return buffer.getvalue()


def csv_columns(columns: Sequence[Sequence[str]], *, for_spreadsheets: bool = False) -> str:
    """The same of the rows of a block, which is given by its columns."""
    if not columns or not columns[0]:
        return ""
    if len(columns) == 1:  # an empty cell by itself is a matter of its own
        return "".join(_csv_row([each], for_spreadsheets=for_spreadsheets) for each in columns[0])
    if for_spreadsheets:
        columns = [[guarded(each) for each in column] for column in columns]
    if any(isinstance(column, TextColumn) for column in columns):
        parts = [part for column in columns for part in (_quoted(column), ",")]
        return side_by_side([*parts[:-1], "\n"])
    return "\n".join(map(",".join, zip(*map(_quoted, columns), strict=True))) + "\n"


def _quoted(column: Sequence[str]) -> Sequence[str]:
    """The cells of a column as they stand in a row."""
    if isinstance(column, TextColumn):
        there = column.have(_MARKS.encode())
    else:
        together = "".join(column)
        there = any(mark in together for mark in _MARKS)
    return column if not there else [csv_cell(text) for text in column]


def csv_cell(text: str) -> str:
    """A cell of several as it stands in a row."""
    if any(mark in text for mark in _MARKS):
        return _csv_row([text, ""], for_spreadsheets=False)[: -len(",\n")]
    return text


def cell(value: object) -> str:
    """A value as text that a program can read back: numbers plain, text as it is, the rest as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value, indent=-1)


def guarded(text: str) -> str:
    """`'=1+1` for what a spreadsheet would run; numbers and other text stay as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _markdown(table: ExportTable) -> Iterator[str]:
    """A table as GitHub has it; nothing in the values can be read as markup, and nothing is hidden."""
    yield f"# {_plain(table.title)}\n\n"
    yield _line([_plain(name) for name in table.columns])
    right = _numeric(table)
    yield _line(["---:" if at in right else "---" for at in range(len(table.columns))])
    for index in range(len(table)):
        yield _line([_plain(cell(value)) for value in table.row(index)])


def _rows(table: ExportTable) -> Iterator[list[str]]:
    yield list(table.columns)
    for index in range(len(table)):
        yield [cell(value) for value in table.row(index)]


def _numeric(table: ExportTable) -> set[int]:
    """The columns that hold numbers, as far as the first rows tell."""
    some = [table.row(index) for index in range(min(len(table), 20))]
    return {
        at
        for at in range(len(table.columns))
        if (values := [row[at] for row in some if row[at] is not None])
        and all(isinstance(value, (int, Decimal)) and not isinstance(value, bool) for value in values)
    }


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _plain(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return text
    return _LINK.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\g<0>", visible(text, 10_000)))


def answer_of(
    head: dict[str, object], lists: Iterable[tuple[str, Iterable[tuple[str | None, object]]]]
) -> Iterator[str]:
    """One JSON object: the members of `head`, then each list (names are None) or object, item by item."""
    opening = "{\n"
    for name, value in head.items():
        yield f"{opening}  {dumps(name, indent=-1)}: {_indented(value)}"
        opening = ",\n"
    for name, items in lists:
        opened, first, named = f"{opening}  {dumps(name, indent=-1)}: ", True, True
        for key, value in items:
            named = key is not None
            start = f"{opened}{'{' if named else '['}\n" if first else ",\n"
            label = f"{dumps(key, indent=-1)}: " if named else ""
            yield f"{start}    {label}{_indented(value, 2)}"
            first = False
        yield f"{opened}{_nothing(name)}" if first else f"\n  {'}' if named else ']'}"
        opening = ",\n"
    yield "\n}\n"


_LISTS = {"changes", "events"}


def _nothing(name: str) -> str:
    return "[]" if name in _LISTS else "{}"


def _indented(value: object, depth: int = 1) -> str:
    return dumps(value).replace("\n", "\n" + "  " * depth)
