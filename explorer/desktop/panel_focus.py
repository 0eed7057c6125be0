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


def go_to_another(places: Sequence[QWidget], step: int) -> None:
    """Go from the place that has the keys to the next (`step` 1) or previous (-1) of `places`, round and round."""
    if not places:
        return
    focus = QApplication.focusWidget()
    here = next(
        (
            at
            for at, place in enumerate(places)
            if focus is not None and (place is focus or place.isAncestorOf(focus))
        ),
        None,
    )
    at = (-1 if step > 0 else 0) if here is None else here
    for further in range(1, len(places) + 1):
        place = places[(at + step * further) % len(places)]
        if place.isWindow():
            place.activateWindow()
        if go_into(place.part.widget if isinstance(place, Dock) else place):
            return
