"""Does each key mean one thing, and each action call something that is there?"""

from collections import Counter
from operator import attrgetter

from PySide6.QtGui import QKeySequence

from explorer.desktop.action_table import ACTIONS
from explorer.desktop.main_window import MainWindow


def test_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_every_action_calls_something_that_is_there(lesson: MainWindow) -> None:
    for spec in ACTIONS:
        assert callable(attrgetter(spec.slot)(lesson.page if spec.page else lesson)), spec.name
