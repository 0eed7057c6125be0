"""Which windows were open when the program ended, on which logs and where in them?"""

import contextlib
from pathlib import Path
from typing import Annotated

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.session.files.workspace import MOST_BYTES, LogReference, View

VERSION = 1
MOST_WINDOWS = 30


class WindowState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One window.

    Attributes:
        geometry: Where it stood, as the window writes it.
        log: What was open in it; None: nothing.
        view: Where in that the person stood.
    """

    geometry: bytes = b""
    log: LogReference | None = None
    view: View = View()


class _Remembered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    windows: Annotated[tuple[WindowState, ...], msgspec.Meta(max_length=MOST_WINDOWS)]


def load(file: Path) -> tuple[WindowState, ...]:
    """The windows that were open; none if nothing is known.

    A file that makes no sense, or that a newer version has written, is kept as `.bak`.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError:
        return ()
    try:
        found = msgspec.json.decode(raw, type=_Remembered)
        if found.version == VERSION and len(raw) <= MOST_BYTES:
            return found.windows
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    with contextlib.suppress(OSError):
        file.replace(file.with_suffix(".bak"))
    return ()


def save(file: Path, windows: tuple[WindowState, ...]) -> bool:
    """Remember these windows; without any, nothing. False if that is not possible."""
    try:
        if not windows:
            file.unlink(missing_ok=True)
            return True
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, [msgspec.json.encode(_Remembered(VERSION, windows[:MOST_WINDOWS]))], replace=True)
    except (OSError, LogError):
        return False
    return True
