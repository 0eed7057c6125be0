"""How does a new window come to show what an old one showed, without reading the log again?

A window is made anew when the person chooses another language: each of its texts is said when it is made.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from explorer.session.lessons.reading import counterpart

if TYPE_CHECKING:
    from explorer.desktop.main_window import MainWindow


def hand_over(old: "MainWindow", new: "MainWindow") -> None:
    """Let `new` show the log of `old`, where and as `old` shows it; `old` has none from then on."""
    new.lessons.predictions.notebook = old.lessons.predictions.notebook
    document, path = old.page.document, old.path
    if document is None or path is None:
        return
    presented, lesson, step = old.presenter.presenting, old.lessons.lesson, old.lessons.number
    old.presenter.end()
    view, part = old.workspaces.view(), old.page.timeline.view
    sought = old.page.finding.panel.line.text()
    old.page.player.pause()
    old.page.show_document(None)
    new.show_document(document, path, old.options, str(view.position))
    new.workspaces.file = old.workspaces.file
    if (file := old.read_models.file) is not None:
        new.read_models.came_from(file, old.options.projection)
    new.page.branching.branches = old.page.branching.branches
    new.page.branching.show_document(document)
    new.workspaces.apply(view)
    new.page.playhead.flush()
    new.page.timeline.show_view(part)
    new.page.going.take_trail(old.page.going)
    new.page.finding.panel.line.setText(sought)
    if lesson is not None:
        _go_on_with(new, str(counterpart(lesson.path)), document.path, step, presented=presented)
    elif presented:
        new.presenter.toggle()


def _go_on_with(window: "MainWindow", path: str, copy: str | None, step: int, *, presented: bool) -> None:
    """Give the same lesson from the same step on, with the same copy of its log."""

    def begun(_first: int) -> None:
        window.lessons.go_to_step(step)
        if presented:
            window.presenter.toggle()

    window.lessons.step_shown.connect(begun, Qt.ConnectionType.SingleShotConnection)
    window.lessons.open(path, copy)
