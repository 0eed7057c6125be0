"""Into which files is a lesson made, a page for a browser or a handout, and who asks where they go?"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from explorer.desktop import plain
from explorer.desktop.lessons.authoring import handout
from explorer.desktop.saving import ask_where
from explorer.desktop.tasks import Handlers, run_beside
from explorer.eventlog.event import FieldMap
from explorer.eventlog.written import write_file
from explorer.language import later, tr
from explorer.session.document import Document
from explorer.session.lessons import Lesson
from explorer.session.lessons.handout import printed
from explorer.session.lessons.staging import Scene
from explorer.session.lessons.webpage import webpage
from explorer.session.options import OpenOptions, Recipe


class SavedAs(NamedTuple):
    """What a lesson can be saved as."""

    title: str
    name: str
    kinds: str
    suffix: str


PAGE = SavedAs(later("Save the lesson"), "lesson.html", later("Web pages (*.html)"), "html")
HANDOUT = SavedAs(later("Save a handout"), "handout.pdf", later("PDF (*.pdf)"), "pdf")


class PageSaveController(QObject):
    """Asks where the page goes, has it made on another thread, and puts it there whole or not at all."""

    saved = Signal(str)  # the path

    def __init__(
        self, window: QWidget, make: Callable[[], Callable[[], bytes] | None], kind: SavedAs = PAGE
    ) -> None:
        """Take what makes the page: it is asked for on the window's thread, and runs on another."""
        super().__init__(window)
        self._kind = kind
        self._window = window
        self._make = make

    def ask_where(self) -> None:
        """Ask for a file."""
        if self._make() is None:
            return
        title, name, kinds, suffix = self._kind
        ask_where(self._window, tr(title), name, tr(kinds), suffix, self.save_to)

    def save_to(self, path: str) -> None:
        """Make the page and write it; the person was asked about what is there."""
        make = self._make()
        if make is None:
            return
        run_beside(
            self,
            lambda _report: write_file(Path(path), [make()], replace=True),
            Handlers(lambda _bytes: self.saved.emit(path), self._refuse),
        )

    def _refuse(self, error: Exception) -> None:
        plain.refuse(self._window, tr(self._kind.title), error)


def maker(
    lesson: Lesson, fields: FieldMap, recipe: Recipe, make: Callable[[Document], bytes]
) -> Callable[[], bytes]:
    """What makes a file of a lesson, on another thread; it reads the log through a document of its own."""

    def made() -> bytes:
        document = Document.open(str(lesson.log), OpenOptions(fields=fields, projection=recipe))
        try:
            return make(document)
        finally:
            document.close()

    return made


def page_of(
    lesson: Lesson, scenes: Sequence[Scene], recipe: Recipe, own: Recipe | None
) -> Callable[[Document], bytes]:
    """What makes the web page."""
    return lambda document: webpage(lesson, scenes, document, recipe, own).encode("utf-8", "backslashreplace")


def handout_of(
    lesson: Lesson, scenes: Sequence[Scene], recipe: Recipe, own: Recipe | None, font: QFont
) -> Callable[[Document], bytes]:
    """What makes the handout, in a font like this one."""
    return lambda document: handout(
        lesson, scenes, lambda scene: printed(lesson, scene, document, recipe, own), font
    )
