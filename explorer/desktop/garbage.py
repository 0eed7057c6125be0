"""When does Python look for objects that only hold each other, and what is not kept in memory at all?

Looking through all objects takes some 40 ms, three frames. So what was there before the first window is never
looked at again, and the rest when the person has come to rest. While they move, that is put off: a frame leaves
some 200 objects (rows that are kept), so it comes once in a few hundred frames, and of the young alone.
"""

import contextlib
import gc
import importlib

import PySide6.QtCore  # noqa: F401 - it brings what is told here

YOUNG = 50_000  # objects made and still there before Python looks at them: some megabytes at most
MIDDLE, OLD = 10, 100  # so many times of the younger before the older, so that nothing piles up for ever


def begin() -> None:
    """Modules and their functions stay as long as the program."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def go_on() -> None:
    """The first window is whole, and what it is made of stays, too; a start that put looking off need not any more."""
    gc.freeze()
    gc.enable()


def leave_sources_unread() -> None:
    """Tell PySide what it would find out by reading the source of each module once that is imported.

    It looks for its own name there, for those who switch on other spellings of Qt (`from __feature__ import …`), and
    keeps all that it has read: 16 MB, and a twentieth of the time until the window is there. Here nobody does.
    """
    with contextlib.suppress(ImportError):  # another PySide may have no such thing
        feature = vars(importlib.import_module("shibokensupport.feature"))
        if "_mod_uses_pyside" in feature:
            feature["_mod_uses_pyside"] = lambda module: module.__name__.startswith("explorer.desktop")


leave_sources_unread()  # of all that is imported from here on


def look_through_all() -> None:
    """Nobody waits: now is the time."""
    gc.collect()
