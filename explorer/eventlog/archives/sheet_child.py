"""What does the process do that alone looks into a spreadsheet: write the rows of its fullest sheet as CSV?

It is given a descriptor and opens no file; what goes wrong goes to its standard error, in one sentence.
"""

import csv
import io
import json
import os
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

_MOST_BYTES = 256 << 20
_MEMORY_BYTES = 3 << 30
_MISSING = "a spreadsheet (Excel, OpenDocument): to read it, install python-calamine"


def text_of(value: Any) -> str:  # noqa: ANN401 - a cell
    """A cell as a person reads it; a number by the digits that it was given."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else "" if value is None else str(value)


def main() -> int:
    """Read the descriptor that is named, and write to standard output."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        from python_calamine import CalamineError, load_workbook
    except ImportError:
        sys.stderr.write(_MISSING)
        return 1
    file = json.loads(sys.argv[1])
    if os.fstat(file).st_size > _MOST_BYTES:
        sys.stderr.write(f"a spreadsheet of more than {_MOST_BYTES >> 20} MiB is not read")
        return 1
    try:
        with load_workbook(io.BytesIO(os.pread(file, _MOST_BYTES, 0))) as book:
            sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        sys.stderr.write(
            f"this spreadsheet cannot be read: {str(error).splitlines()[0] if str(error) else 'damaged'}"
        )
        return 1
    rows = max(sheets, key=len, default=[])
    with open(1, "w", encoding="utf-8", newline="", closefd=False) as out:
        writer = csv.writer(out, lineterminator="\n")
        titles = True
        for row in rows:
            cells = [text_of(cell) for cell in row]
            titles = titles and sum(map(bool, cells)) * 2 <= len(cells)
            while titles and cells and not cells[-1]:  # a title is as wide as its text, whatever the sheet
                cells.pop()
            writer.writerow(cells)
    return 0


if __name__ == "__main__":
    sys.exit(main())
