"""Where does a person want a file to go, and may what stands there be replaced? An open log may never be."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from explorer.desktop import plain
from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import is_address
from explorer.eventlog.written import refuse
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.files.scratch import origin
from explorer.session.plaintext import visible

if TYPE_CHECKING:
    from explorer.session.document import Document


def ask_where(
    parent: QWidget, title: str, name: str, kinds: str, suffix: str, take: Callable[[str], None]
) -> None:
    """Ask for a file, and give its path to `take` unless something stands there that is to stay.

    Args:
        parent: Whose question it is.
        title: What is done, in a few words.
        name: What is proposed; with a folder or without.
        kinds: Which kinds of files are listed, as Qt writes it; empty for all.
        suffix: What a name without an ending gets, if anything.
        take: What writes the file; whoever it is need not ask again.
    """
    dialog = QFileDialog(parent, title, name, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if suffix:
        dialog.setDefaultSuffix(suffix)
    # a system's dialog may ask before the suffix is there, and knows nothing of logs: asked is here, once
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: with_leave(parent, title, path, lambda: take(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def with_leave(parent: QWidget, title: str, path: str, write: Callable[[], None]) -> None:
    """Call `write` if nothing stands at `path`, or once the person has said that it may be replaced."""
    try:
        refuse(Path(os.path.realpath(path)), open_logs(), replace=True)
    except LogError as error:
        plain.box(parent, title, visible(in_words(error), 1_000)).open()
        return
    if not os.path.lexists(path):
        write()
        return
    text = tr("{file} is there already. Is it to be replaced? What is in it is lost then.")
    asked = plain.box(parent, title, text.format(file=visible(Path(path).name, 200)))
    yes = asked.addButton(tr("&Replace it"), QMessageBox.ButtonRole.AcceptRole)
    yes.clicked.connect(write)
    asked.open()


class LogWidget(QWidget):
    """What shows an open log, or None while there is none: it is found by whoever asks which logs are open."""

    def __init__(self) -> None:
        super().__init__()
        self.document: Document | None = None


def open_logs() -> list[Path]:
    """Return the path of every log that is shown, and of what it is a copy of."""
    shown = [widget for each in QApplication.topLevelWidgets() for widget in each.findChildren(LogWidget)]
    logs = [widget.document.path for widget in shown if widget.document is not None]
    paths = [path for log in logs if log is not None and not is_address(log) for path in (log, origin(log))]
    return [Path(path) for path in dict.fromkeys(paths)]
