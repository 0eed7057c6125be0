"""Does each action call something that is there?"""

from operator import attrgetter

from explorer.desktop.main_window import MainWindow
from explorer.desktop.menus.action_table import ACTIONS


def test_every_action_calls_something_that_is_there(lesson: MainWindow) -> None:
    for spec in ACTIONS:
        assert callable(attrgetter(spec.slot)(lesson.page if spec.page else lesson)), spec.name
