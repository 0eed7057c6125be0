"""Which small log does a test need: a few events, as one writes them down?"""

import json
from pathlib import Path

from explorer.session.document import Document
from explorer.session.options import DEFAULTS, OpenOptions


def event(day: int, kind: str, account: str, **data: object) -> dict[str, object]:
    """A record of an account, on a day of January 2026."""
    return {"type": kind, "at": f"2026-01-{day:02}T10:00:00Z", "data": {"accountId": account, **data}}


def written(folder: Path, *records: dict[str, object] | str) -> Path:
    """A log of these records; a text stands in it as it is."""
    path = folder / "small.jsonl"
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def opened(folder: Path, *records: dict[str, object] | str, options: OpenOptions = DEFAULTS) -> Document:
    """The same, open."""
    return Document.open(str(written(folder, *records)), options)
