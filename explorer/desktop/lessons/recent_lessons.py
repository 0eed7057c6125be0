"""Which lessons of one's own were given last, and where are they opened again?

Those that come with the program are always listed, and not remembered.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QMenu

from explorer.desktop import plain
from explorer.desktop.menus.action_table import GALLERY, LESSONS
from explorer.desktop.menus.menu_bar import menu_of
from explorer.desktop.settings import Settings
from explorer.eventlog.sources.address import short_name
from explorer.language import tr
from explorer.resources import resource
from explorer.session.lessons import Lesson
from explorer.session.plaintext import visible


class RecentLessons(QObject):
    """A menu below the one of the gallery, made anew whenever it is about to be seen."""

    def __init__(self, window: QMainWindow, settings: Settings, open_lesson: Callable[[str], object]) -> None:
        super().__init__(window)
        self._settings = settings
        self._open = open_lesson
        self.menu = QMenu(tr("Recent lesson&s"), window)
        self.menu.setAccessibleName(tr("Recent lesson&s").replace("&", ""))
        self.menu.setToolTipsVisible(True)
        above = menu_of(window, LESSONS)
        entries = above.actions()
        below = entries[entries.index(menu_of(window, GALLERY).menuAction()) + 1]
        above.insertMenu(below, self.menu)
        above.aboutToShow.connect(self._fill)
        self._fill()

    def note(self, lesson: Lesson) -> None:
        """A lesson has begun."""
        if not lesson.path.is_relative_to(resource()):
            self._settings.remember_lesson(str(lesson.path.absolute()))
            self._fill()

    def _fill(self) -> None:
        self.menu.clear()
        for number, path in enumerate(self._settings.recent_lessons, 1):
            letter = f"&{number}" if number < 10 else f"{number}"
            action = self.menu.addAction(f"{letter} {visible(short_name(path), 60).replace('&', '&&')}")
            plain.set_tip(action, visible(path))
            action.setEnabled(Path(path).is_file())
            action.triggered.connect(lambda _checked=False, path=path: self._open(path))
        self.menu.menuAction().setEnabled(not self.menu.isEmpty())
