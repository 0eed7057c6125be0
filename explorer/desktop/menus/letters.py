"""Which letter of a menu's entry is underlined, so that each leads to one entry only?

Whoever writes an entry marks a letter with "&", and a translator another one; nobody can know all the others of
the menu. Where two would want the same letter, the later one is given another, or none.
"""

import re

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

_MARK = re.compile(r"&(?=[^&])")


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
