"""How does a new window come to show what an old one showed, without reading the log again?

A window is made anew when the person chooses another language: each of its texts is said when it is made.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from explorer.session.lessons.reading import counterpart

if TYPE_CHECKING:
    from explorer.desktop.window.main_window import MainWindow
    from explorer.desktop.window.window_parts import Parts


def hand_over(old: "MainWindow", new: "MainWindow") -> None:
    """Let `new` show the log of `old`, where and as `old` shows it; `old` has none from then on."""
    here, there = old.furnish(), new.furnish()
    there.lessons.predictions.notebook = here.lessons.predictions.notebook
    document, path = old.page.document, old.path
    if document is None or path is None:
        return
    presented, lesson, step = here.presenter.presenting, here.lessons.lesson, here.lessons.number
    here.presenter.end()
    view, part = here.workspaces.view(), old.page.timeline.view
    sought = old.page.finding.panel.line.text()
    old.page.player.pause()
    old.page.show_document(None)
    new.show_document(document, path, old.options, str(view.position))
    there.workspaces.file = here.workspaces.file
    if (file := here.read_models.file) is not None:
        there.read_models.came_from(file, old.options.projection)
    new.page.branching.branches = old.page.branching.branches
    new.page.branching.show_document(document)
    there.workspaces.apply(view)
    new.page.playhead.flush()
    new.page.timeline.show_view(part)
    new.page.going.take_trail(old.page.going)
    new.page.finding.panel.line.setText(sought)
    if lesson is not None:
        _go_on_with(there, str(counterpart(lesson.path)), document.path, step, presented=presented)
    elif presented:
        there.presenter.toggle()


def _go_on_with(parts: "Parts", path: str, copy: str | None, step: int, *, presented: bool) -> None:
    """Give the same lesson from the same step on, with the same copy of its log."""

    def begun(_first: int) -> None:
        parts.lessons.go_to_step(step)
        if presented:
            parts.presenter.toggle()

    parts.lessons.step_shown.connect(begun, Qt.ConnectionType.SingleShotConnection)
    parts.lessons.open(path, copy)
