"""Does each action call something that is there?"""

from explorer.desktop.menus.action_table import ACTIONS
from explorer.desktop.window.main_window import MainWindow


def test_every_action_calls_something_that_is_there(lesson: MainWindow) -> None:
    for spec in ACTIONS:
        assert callable(lesson.target(spec.slot, of_page=spec.page)), spec.name
