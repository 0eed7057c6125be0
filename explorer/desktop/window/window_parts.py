"""What does a window need to work on a log, and in which steps is it made?

The first picture needs none of this. A window makes it in the turns of the event loop after that picture, or at
once for whoever asks sooner.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.desktop.files.exports import ExportController
from explorer.desktop.files.follow_controller import FollowController
from explorer.desktop.files.new_logs import NewLogs
from explorer.desktop.files.news_lines import Copies, DoubtfulDates, LeftOut, OtherOrder
from explorer.desktop.files.reread_controller import RereadController
from explorer.desktop.files.verification import VerificationController
from explorer.desktop.files.workspaces import Workspaces
from explorer.desktop.lessons.lesson_controller import LessonController
from explorer.desktop.lessons.presenter import Presenter
from explorer.desktop.menus.action_table import LAYOUTS
from explorer.desktop.menus.menu_bar import menu_of, settle_letters
from explorer.desktop.page.log_page import LogPage
from explorer.desktop.page.panel_list import load
from explorer.desktop.panels.layouts import Layouts, add_panel_actions
from explorer.desktop.projections.read_models import ReadModels, UpcasterChoice, WrongFiles
from explorer.desktop.window.looks import Looks

if TYPE_CHECKING:
    from explorer.desktop.window.main_window import MainWindow


@dataclass(frozen=True)
class Parts:
    """Everything that works on the log of one window. The table of actions names methods of these."""

    page: LogPage
    read_models: ReadModels
    upcasters: UpcasterChoice
    lessons: LessonController
    presenter: Presenter
    workspaces: Workspaces
    rereading: RereadController
    following: FollowController
    proving: VerificationController
    exporting: ExportController
    copies: Copies
    new_logs: NewLogs
    other_order: OtherOrder
    doubtful_dates: DoubtfulDates
    left_out: LeftOut
    wrong_files: WrongFiles
    layouts: Layouts
    looks: Looks


def read_modules() -> None:
    """Read the modules that are found by their names; the others have been read with this one."""
    load()


def furnish(window: "MainWindow") -> Iterator[None]:
    """Make the parts of `window`, and put them into their places. After each step the window may do other things."""
    page = LogPage(window.settings)
    yield
    yield from page.build(window.actions_by_name)
    yield
    yield from page.put_together()
    yield
    parts = window.parts = _made(window, page)
    add_panel_actions(window, page.panels, window.actions_by_name)
    parts.layouts.add_actions(window.actions_by_name, menu_of(window, LAYOUTS))
    settle_letters(window.menuBar())
    window.takeCentralWidget()
    window.setCentralWidget(parts.presenter.around(parts.lessons.around(window.pages)))
    yield
    window.pages.addWidget(page)
    window.shown.connect(parts.lessons.take)
    page.status_changed.connect(window.status.show_text)
    window.statusBar().addPermanentWidget(page.warnings.button)
    for part in (
        parts.rereading,
        parts.following,
        parts.copies,
        parts.doubtful_dates,
        parts.other_order,
        parts.left_out,
        parts.wrong_files,
    ):
        part.wire()
    page.panels.restore(window.settings.layout)


def _made(window: "MainWindow", page: LogPage) -> Parts:
    """Each is given what it needs of the others."""
    models, upcasters = ReadModels(window), UpcasterChoice(window)
    lessons = LessonController(window)
    workspaces = Workspaces(window, models, upcasters, lambda: lessons.arrangement.layout)
    rereading = RereadController(window, models, upcasters, workspaces)
    doubtful_dates = DoubtfulDates(window)
    other_order = OtherOrder(window, doubtful_dates)
    return Parts(
        page=page,
        read_models=models,
        upcasters=upcasters,
        lessons=lessons,
        presenter=Presenter(window, lessons),
        workspaces=workspaces,
        rereading=rereading,
        following=FollowController(window, rereading.reload),
        proving=VerificationController(window, rereading.reload),
        exporting=ExportController(window),
        copies=Copies(window),
        new_logs=NewLogs(window),
        other_order=other_order,
        doubtful_dates=doubtful_dates,
        left_out=LeftOut(window, other_order, doubtful_dates),
        wrong_files=WrongFiles(window, models.wrong, upcasters.wrong),
        layouts=Layouts(window, page.panels, window.settings),
        looks=Looks(window),
    )
