"""What did a person say of how a log is written, where its content may not tell?"""

import codecs
import csv
import io
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from explorer.eventlog.errors import LogError

OLD = "windows-1252"  # what a file that is no UTF-8 most probably is: ISO-8859-1 is a part of it
_WIDE = ("utf-16-le", "utf-16-be", "utf-16")
_ASCII = bytes(range(0x80))


class ReadAs(msgspec.Struct, frozen=True):
    """How a log is to be read; what is None is found from its content.

    Attributes:
        encoding: Name of the encoding, as Python has it (`utf-8`, `windows-1252`, `utf-16`).
        header: Whether the first row of a CSV file names the columns.
        columns: The names of the columns of a CSV file, in place of those in the file.
        delimiter: What stands between the cells of a CSV file.
        header_row: Which row of a CSV file, from 1, names the columns; what stands before it is no event. 0: none does.
            Blank rows are not counted.
        records: The path of the list of events in a JSON object, as `hits.hits` or `resourceLogs.scopeLogs.logRecords`.
        dates: Which stands first in dates that may be read in either way, `03/04/2026`.
    """

    encoding: str | None = None
    header: bool | None = None
    columns: tuple[str, ...] = ()
    delimiter: str | None = None
    header_row: int | None = None
    records: str | None = None
    dates: Literal["day", "month"] | None = None

    def __post_init__(self) -> None:
        if len(set(self.columns)) != len(self.columns) or not all(self.columns):
            raise ValueError("a column is named twice, or not at all")


AS_FOUND = ReadAs()


def columns_of(text: str) -> tuple[str, ...]:
    """Names of columns, with commas between them; one that has a comma itself stands in quotes.

    Raises:
        ValueError: A name is there twice, or empty.
    """
    names = tuple(name.strip() for name in next(csv.reader([text], skipinitialspace=True), []))
    return ReadAs(columns=names).columns


def columns_text(names: Sequence[str]) -> str:
    """The inverse of `columns_of`."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(names)
    return out.getvalue()


def known_encoding(name: str) -> str:
    """The encoding that `name` means, spelt in one way.

    Raises:
        LogError: There is none, or a log in it cannot be read by its bytes.
    """
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError) as error:  # ValueError: a NUL inside
        raise LogError(
            name[:40], "there is no encoding of this name; --encoding windows-1252 is one"
        ) from error
    if found in {"utf-8", "utf-8-sig"}:
        return "utf-8"
    if found in _WIDE:
        return found
    try:
        plain = _ASCII.decode(found) == _ASCII.decode("ascii") and not _has_pairs(found)
    except (LookupError, UnicodeError, ValueError, TypeError):
        plain = False
    if not plain:
        reason = (
            "logs in this encoding are not read: UTF-8, UTF-16 and those of one byte for each character are"
        )
        raise LogError(found, reason)
    return OLD if found == "cp1252" else found  # as people call it


def _has_pairs(encoding: str) -> bool:
    """Do two bytes stand for one character?"""
    for first in range(0x80, 0x100):
        for second in (0x41, 0xA1):
            try:
                if len(bytes([first, second]).decode(encoding)) == 1:
                    return True
            except UnicodeDecodeError:
                pass
    return False


@cache
def table(encoding: str) -> str:
    """(256) the character for each byte of an encoding of one byte each; bytes that it lacks are control characters."""
    found = []
    for byte in range(256):
        try:
            found.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            found.append(chr(byte))
    return "".join(found)


@cache
def bytes_of(encoding: str) -> dict[int, int]:
    """The byte for each character of `table`, as `codecs.charmap_encode` wants it."""
    return {ord(char): byte for byte, char in reversed(list(enumerate(table(encoding))))}
