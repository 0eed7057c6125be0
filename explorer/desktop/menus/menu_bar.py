"""How do menus, shortcuts and tips come out of the table of actions?

Whoever writes an entry marks a letter with "&", and a translator another one; nobody can know all the others of
the menu. Where two would want the same letter, the later one is given another, or none.
"""

import re
from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from explorer.desktop import plain
from explorer.desktop.look.icons import icon
from explorer.desktop.menus.action_table import ACTIONS, ActionSpec
from explorer.language import tr
from explorer.patterns import lazy_pattern

_MARK = lazy_pattern(r"&(?=[^&])")


def install_actions(window: QMainWindow, do: Callable[[ActionSpec, bool], object]) -> dict[str, QAction]:
    """Build the menus from ACTIONS; `do` is told which one is asked for, and whether it is on now if it is a switch."""
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    menus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        menu = _menu(window, menus, spec.menu)
        action = QAction(icon(spec.icon), tr(spec.text), window)
        if "/" in spec.menu:
            above = tr(spec.menu.rpartition("/")[2]).replace("&", "")
            action.setIconText(
                tr("{menu}: {action}").format(menu=above, action=spec.shown_text)
            )  # in the palette
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        tip = tr(spec.tip) if spec.tip else ""
        plain.set_tip(action, f"{tip} ({tr(' or ').join(spec.keys)})" if spec.keys else tip)
        action.setStatusTip(tip)
        action.setAutoRepeat(spec.slot != "play_or_pause")
        action.setCheckable(bool(spec.group) or spec.switch)
        if spec.group:
            if spec.group not in groups:
                groups[spec.group] = QActionGroup(window)
            groups[spec.group].addAction(action)
        action.triggered.connect(lambda checked=False, spec=spec: do(spec, checked))
        if spec.line_above:
            menu.addSeparator()
        menu.addAction(action)
        actions[spec.name] = action
    return actions


def menu_of(window: QMainWindow, path: str) -> QMenu:
    """The menu that an action's `path` names, once the menus are there."""
    menu = window.findChild(QMenu, path.replace("&", ""))
    assert menu is not None
    return menu


def refresh_icons(actions: dict[str, QAction]) -> None:
    """Draw every icon anew, in the colours of the theme."""
    for spec in ACTIONS:
        actions[spec.name].setIcon(icon(spec.icon))


def _menu(window: QMainWindow, menus: dict[str, QMenu], path: str) -> QMenu:
    """Return the menu `&View`, or the one inside another: `&View/&Panels`."""
    if path not in menus:
        above, _, title = path.rpartition("/")
        owner = _menu(window, menus, above) if above else window.menuBar()
        made = menus[path] = owner.addMenu(tr(title))
        made.setObjectName(path.replace("&", ""))
        made.setAccessibleName(tr(title).replace("&", ""))
    return menus[path]


def settle_letters(menu: QMenu | QMenuBar) -> None:
    """Give every entry of `menu`, and of the menus in it, a letter of its own."""
    taken: set[str] = set()
    for action in menu.actions():
        if action.isSeparator():
            continue
        _settle(action, taken)
        inner = action.menu()
        if isinstance(inner, QMenu):
            settle_letters(inner)


def with_letter(text: str, taken: set[str]) -> str:
    """Return `text` with its own letter marked, or with another that is free; notes it in `taken`."""
    found = _MARK.search(text.replace("&&", "\0\0"))
    if found is not None and text[found.end()].casefold() not in taken:
        taken.add(text[found.end()].casefold())
        return text
    plain = text if found is None else text[: found.start()] + text[found.end() :]
    starts = [match.start() for match in re.finditer(r"\b\w", plain)]
    for at in [*starts, *range(len(plain))]:
        letter = plain[at].casefold()
        if letter.isalnum() and letter not in taken:
            taken.add(letter)
            return f"{plain[:at]}&{plain[at:]}"
    return plain


def _settle(action: QAction, taken: set[str]) -> None:
    text = with_letter(action.text(), taken)
    if text != action.text():
        action.setText(text)
