"""How does the exhibit of a step come to be, beside the window, and what do the students write for it?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.desktop.lessons.exhibit_view import ExhibitView
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.lessons.exhibits import exhibit
from explorer.session.lessons.frames import Exhibit
from explorer.session.lessons.lesson import Lesson, Show, Step
from explorer.session.lessons.staging import second_recipe


class ExhibitController(QObject):
    """Makes one exhibit at a time on another thread; one that comes too late lets go of what it holds."""

    shown = Signal()  # the exhibit that was asked for last, or none
    written = Signal()  # the students have written a read model

    def __init__(self, window: QWidget, view: ExhibitView, failed: Callable[[Exception], None]) -> None:
        super().__init__(window)
        self._window = window
        self._view = view
        self._failed = failed
        self._making = LatestTask(self)
        self.document: Document | None = None  # what is shown, or will be, is about this
        self.own: Recipe | None = None  # the read model that the students have written

    def forget(self) -> None:
        """Show none."""
        self._making.cancel()
        self._view.show_exhibit(None, 0)

    def show(
        self, lesson: Lesson, show: Show | None, document: Document, recipe: Recipe, begin_at: int
    ) -> None:
        """Show what a step asks for, as it is at `begin_at`."""
        self.forget()
        self.document = document
        own = self.own
        if show is None:
            self.shown.emit()
            return

        def make(_report: object) -> Exhibit | None:
            second = second_recipe(lesson, show) if show.kind == "read-model" else own
            made = exhibit(show, document, recipe, second)
            if made is not None:
                made.begin(begin_at)
            return made

        self._making.start(make, Handlers(lambda made: self._take(made, begin_at), self._failed, drop=_close))

    def ask_model(self, step: Step) -> None:
        """Let the students write a read model; a block of SQL in the step is where they begin."""
        begin = next((block.text for block in step.blocks if block.language == "sql"), "")
        start = self.own or (Recipe("own.sql", "sql", begin) if begin else Recipe())
        dialog = QueryDialog(start, self._window, self.document)
        dialog.chosen.connect(self._take_model)
        dialog.open()

    def _take_model(self, query: Recipe) -> None:
        self.own = query
        self.written.emit()

    def _take(self, made: Exhibit | None, begin_at: int) -> None:
        self._view.show_exhibit(made, begin_at)
        self.shown.emit()


def _close(made: Exhibit | None) -> None:
    if made is not None:
        made.close()
