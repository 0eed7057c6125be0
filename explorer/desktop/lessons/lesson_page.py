"""How does the lesson that is given become a file for a browser?"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.desktop import plain
from explorer.desktop.saving import ask_where
from explorer.desktop.tasks import Handlers, run_beside
from explorer.eventlog.event import FieldMap
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.lessons.lesson import Lesson
from explorer.session.lessons.staging import Scene
from explorer.session.lessons.webpage import webpage
from explorer.session.options import OpenOptions, Recipe


class PageSaveController(QObject):
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
        title, kinds = tr("Save the lesson"), tr("Web pages (*.html)")
        ask_where(self._window, title, "lesson.html", kinds, "html", self.save_to)

    def save_to(self, path: str) -> None:
        """Make the page and write it; the person was asked about what is there."""
        make = self._make()
        if make is None:
            return
        run_beside(
            self,
            lambda _report: write_file(
                Path(path), [make().encode("utf-8", "backslashreplace")], replace=True
            ),
            Handlers(lambda _bytes: self.saved.emit(path), self._refuse),
        )

    def _refuse(self, error: Exception) -> None:
        plain.refuse(self._window, tr("Save the lesson"), error)


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
