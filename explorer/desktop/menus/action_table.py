"""What can the user do: every action of every menu?"""

from explorer.desktop.menus import (
    compare_menu,
    file_menu,
    go_menu,
    help_menu,
    lesson_menu,
    log_menu,
    record_menu,
    state_menu,
    timeline_menu,
    view_menu,
    what_if_menu,
)
from explorer.desktop.menus.spec import ActionSpec

__all__ = ["ACTIONS", "ActionSpec"]

ACTIONS = (
    *file_menu.ACTIONS,
    *go_menu.ACTIONS,
    *state_menu.ACTIONS,
    *compare_menu.ACTIONS,
    *what_if_menu.ACTIONS,
    *record_menu.ACTIONS,
    *timeline_menu.ACTIONS,
    *log_menu.ACTIONS,
    *view_menu.ACTIONS,
    *lesson_menu.ACTIONS,
    *help_menu.ACTIONS,
)
