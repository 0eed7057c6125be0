"""Does every key mean one thing?"""

from collections import Counter

from PySide6.QtGui import QKeySequence

from explorer.desktop.action_table import ACTIONS


def test_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []
