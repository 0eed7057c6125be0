"""How does the lesson that is given become a file for a browser?"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.desktop import plain
from explorer.desktop.tasks import BackgroundTask
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.lessons.lesson import Lesson
from explorer.session.lessons.staging import Scene
from explorer.session.lessons.webpage import webpage
from explorer.session.options import OpenOptions, Recipe
from explorer.session.plaintext import visible


class PageSaving(QObject):
    """Asks where the page goes, has it made on another thread, and puts it there whole or not at all."""

    saved = Signal(str)  # the path

    def __init__(self, window: QWidget, make: Callable[[], Callable[[], str] | None]) -> None:
        """Take what makes the page: it is asked for on the window's thread, and runs on another."""
        super().__init__(window)
        self._window = window
        self._make = make

    def ask_where(self) -> None:
        """Ask for a file."""
        if self._make() is None:
            return
        dialog = QFileDialog(self._window, tr("Save the lesson"), "lesson.html", tr("Web pages (*.html)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Make the page and write it."""
        make = self._make()
        if make is None:
            return
        task = BackgroundTask(lambda _report: _write(Path(path), make()), self)
        task.succeeded.connect(lambda _none: self.saved.emit(path))
        task.failed.connect(lambda error: self._refuse(path, error))
        task.start()

    def _refuse(self, path: str, error: Exception) -> None:
        if isinstance(error, OSError):
            text = tr("{path}: it could not be written: {reason}")
            said = text.format(path=visible(path, 200), reason=error.strerror or error)
        elif isinstance(error, LogError):
            said = visible(str(error), 1_000)
        else:
            raise error
        plain.box(self._window, tr("Save the lesson"), said).open()


def maker(
    lesson: Lesson, scenes: Sequence[Scene], fields: FieldMap, recipe: Recipe, own: Recipe | None
) -> Callable[[], str]:
    """What makes a page of a lesson; it reads the log through a document of its own."""

    def make() -> str:
        document = Document.open(str(lesson.log), OpenOptions(fields=fields, projection=recipe))
        try:
            return webpage(lesson, scenes, document, recipe, own)
        finally:
            document.close()

    return make


def _write(path: Path, text: str) -> None:
    """Write beside, then rename: a page is never half there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
