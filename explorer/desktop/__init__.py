"""History Explorer: desktop."""

import contextlib
import importlib


def _leave_sources_unread() -> None:
    """Tell PySide what it would find out by reading the source of each module once that is imported.

    It looks for its own name there, for those who switch on other spellings of Qt (`from __feature__ import …`), and
    keeps all that it has read: 16 MB, and a twentieth of the time until the window is there. Here nobody does.
    """
    with contextlib.suppress(ImportError):  # another PySide may have no such thing
        importlib.import_module("PySide6.QtCore")
        feature = vars(importlib.import_module("shibokensupport.feature"))
        if "_mod_uses_pyside" in feature:
            feature["_mod_uses_pyside"] = lambda module: module.__name__.startswith(__name__)


_leave_sources_unread()
