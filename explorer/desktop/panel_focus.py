"""How do the keys come into a panel, and from one panel to the next?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from explorer.desktop.page.dock import Dock


def go_into(widget: QWidget) -> bool:
    """Go into the first part of `widget` that takes keys; False if there is none."""
    for each in (widget, *widget.findChildren(QWidget)):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled():
            each.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
    return False


def go_to_another(docks: Sequence[Dock], step: int) -> None:
    """Go from the dock that has the keys to the next (`step` 1) or previous (-1) of `docks`, round and round."""
    if not docks:
        return
    focus = QApplication.focusWidget()
    here = next((at for at, dock in enumerate(docks) if focus is not None and dock.isAncestorOf(focus)), None)
    at = (-1 if step > 0 else 0) if here is None else here
    for further in range(1, len(docks) + 1):
        dock = docks[(at + step * further) % len(docks)]
        if dock.isFloating():
            dock.activateWindow()
        if go_into(dock.part.widget):
            return
