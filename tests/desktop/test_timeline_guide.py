"""Are the keys that the guide to the timeline names the keys that there are?"""

import re

from PySide6.QtGui import QKeySequence

from explorer.desktop.menus.action_table import ACTIONS, TIMELINE
from explorer.resources import resource

GUIDE = resource("guide", "timeline.md").read_text(encoding="utf-8")
OF_TIMELINE = [spec for spec in ACTIONS if spec.menu == TIMELINE]


def test_every_key_in_the_guide_does_something_and_every_key_of_the_menu_is_in_it() -> None:
    named = set(re.findall(r"`((?:(?:Ctrl|Shift)\+)?(?:[A-Z]|Left|Right|Space|\[|\]))`", GUIDE))
    known = {QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys}
    assert named <= known
    assert {key for spec in OF_TIMELINE for key in spec.keys} <= named


def test_every_action_that_the_guide_names_by_its_text_is_there() -> None:
    assert any(spec.plain_text == "List the selection only" for spec in OF_TIMELINE)
    assert "*List the selection only*" in GUIDE
