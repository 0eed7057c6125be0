"""Which windows were open when the program ended, on which logs, and which layouts of panels have names?"""

import contextlib
from pathlib import Path
from typing import Annotated

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.session.files.workspace import MOST_BYTES, KeptView, LogReference
from explorer.session.plaintext import visible

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
    view: KeptView = KeptView()


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


# --- which layouts of the panels have been given a name? ---------------------------------------------

MOST_LAYOUTS = 50
MOST_NAME_CHARS = 60


class _Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_NAME_CHARS)]
    state: bytes


def clean_name(text: str) -> str:
    """The name as it is kept: on one line, with nothing hidden in it."""
    return visible(" ".join(text.split())[:MOST_NAME_CHARS])[:MOST_NAME_CHARS]


def layouts_from_text(text: str) -> dict[str, bytes]:
    """The layouts by name, in the order in which they were made; what makes no sense is none."""
    try:
        found = msgspec.json.decode(text.encode("utf-8", "replace"), type=list[_Layout])
    except (msgspec.DecodeError, RecursionError):
        return {}
    return {each.name: each.state for each in found[:MOST_LAYOUTS]}


def layouts_to_text(layouts: dict[str, bytes]) -> str:
    """The same as text."""
    return msgspec.json.encode([_Layout(name, state) for name, state in layouts.items()]).decode()
