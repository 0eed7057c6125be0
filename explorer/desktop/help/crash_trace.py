"""What is left when the program dies without a word, and how does the next start tell?"""

import contextlib
import faulthandler
import os
import sys
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from explorer.desktop import plain
from explorer.language import tr
from explorer.session.plaintext import visible_block

PREFIX = "crash-"
MOST_CHARS = 50_000


def state_folder() -> Path:
    """Return where traces of crashes are kept."""
    kind = QStandardPaths.StandardLocation.GenericStateLocation
    return Path(QStandardPaths.writableLocation(kind)) / "history-explorer"


class CrashTrace:
    """A file of this process, into which the interpreter writes its stacks if it dies; removed at a good end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder()
        self._path = self._folder / f"{PREFIX}{os.getpid()}.txt"
        self._file: TextIO | None = None

    def begin(self) -> None:
        """Be ready. Without a folder to write to, a crash leaves its stacks on standard error."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = self._path.open("w", encoding="utf-8")
        except OSError:
            faulthandler.enable()
            return
        faulthandler.enable(self._file)

    def end(self) -> None:
        """The program ends well."""
        faulthandler.disable()
        if self._file is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)

    def earlier(self) -> str:
        """Return what earlier programs have left when they died, and remove it; empty if all ended well."""
        found = []
        for path in sorted(self._folder.glob(f"{PREFIX}*.txt")):
            if path != self._path and not _is_running(path):
                with contextlib.suppress(OSError):
                    found.append(path.read_text(encoding="utf-8", errors="replace")[:MOST_CHARS])
                    path.unlink()
        return "\n".join(text for text in found if text.strip())


def offer(parent: QWidget, trace: str) -> None:
    """Show what the last crash has left, with a button to copy it."""
    text = tr(
        "The program ended by itself the last time. No log has been changed. Below is where it happened: it helps "
        "those who mend the program, and nothing of it is sent anywhere."
    )
    versions = f"Python {sys.version.split()[0]}, {sys.platform}\n\n"
    plain.box(parent, tr("The last time"), text, versions + visible_block(trace)).open()


def _is_running(path: Path) -> bool:
    """Whether the process that a trace belongs to still runs."""
    try:
        os.kill(int(path.stem.removeprefix(PREFIX)), 0) if sys.platform != "win32" else None
    except ProcessLookupError:
        return False
    except (ValueError, OSError, OverflowError):
        return True
    return sys.platform != "win32"  # there the name says nothing: an open file cannot be removed
