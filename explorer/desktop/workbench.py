"""What does a window need to work on a log, and in which steps is it made?

The first picture needs none of this. A window makes it in the turns of the event loop after that picture, or at
once for whoever asks sooner.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.desktop.files.copies import Copies
from explorer.desktop.files.exporting import ExportController
from explorer.desktop.files.following import FollowController
from explorer.desktop.files.newest_first import NewestFirst
from explorer.desktop.files.proving import VerificationController
from explorer.desktop.files.rereading import RereadController
from explorer.desktop.files.workspaces import Workspaces
from explorer.desktop.lessons.presenter import Presenter
from explorer.desktop.lessons.teaching import LessonController
from explorer.desktop.look.looks import Looks
from explorer.desktop.menus.action_table import LAYOUTS
from explorer.desktop.menus.menu_bar import menu_of, settle_letters
from explorer.desktop.menus.panel_menu import add_panel_actions
from explorer.desktop.page.log_page import LogPage
from explorer.desktop.panels.layouts import Layouts
from explorer.desktop.projections.left_out import LeftOut
from explorer.desktop.projections.read_models import ReadModels
from explorer.desktop.projections.upcaster_choice import UpcasterChoice
from explorer.desktop.projections.wrong_file import WrongFiles

if TYPE_CHECKING:
    from explorer.desktop.main_window import MainWindow


def furnish(window: "MainWindow") -> Iterator[None]:
    """Make the parts of `window`, and put them into their places. After each step the window may do other things."""
    page = LogPage(window.settings)
    yield
    page.build(window.actions_by_name)
    yield
    yield from page.put_together()
    yield
    window.page = page
    window.read_models = ReadModels(window)
    window.rereading = RereadController(window, window)
    window.following = FollowController(window, window)
    window.proving = VerificationController(window, window)
    window.workspaces = Workspaces(window, window)
    window.exporting = ExportController(window, window)
    window.copies = Copies(window, window)
    window.newest_first = NewestFirst(window, window)
    window.left_out = LeftOut(window, window)
    window.layouts = Layouts(window, page.panels, window.settings)
    window.looks = Looks(window)
    window.upcasters = UpcasterChoice(window)
    window.wrong_files = WrongFiles(window, window)
    window.lessons = LessonController(window, window)
    window.presenter = Presenter(window, window)
    add_panel_actions(window, page.panels, window.actions_by_name)
    window.layouts.add_actions(window.actions_by_name, menu_of(window, LAYOUTS))
    settle_letters(window.menuBar())
    window.takeCentralWidget()
    window.setCentralWidget(window.presenter.around(window.lessons.around(window.pages)))
    yield
    window.pages.addWidget(page)
    window.shown.connect(window.lessons.take)
    page.status_changed.connect(window.status.show_text)
    window.statusBar().addPermanentWidget(page.warnings.button)
    window.rereading.wire()
    window.following.wire()
    window.copies.wire()
    window.newest_first.wire()
    window.left_out.wire()
    window.wrong_files.wire()
    page.panels.restore(window.settings.layout)
