"""What does the page know of one of its panels, how does its dock look, and how do the keys come into it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.icons import icon, size_icon
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.stand import Stand

# upper left, lower left, upper right, lower right
type Place = Literal["state", "answers", "events", "event"]


class Keeper(Protocol):
    """Who looks after one panel: connects it, and tells it of logs and positions. See `PanelController`."""

    @property
    def panel(self) -> QWidget:
        """What is shown."""

    def wire(self) -> None:
        """Connect it with others; all are made by now."""

    def show_document(self, document: Document | None) -> None:
        """Another log is open, or none."""

    def stand_at(self, stand: Stand) -> None:
        """The person stands at a position; called only while the panel can be seen."""


@dataclass(frozen=True)
class Part:
    """One panel. Further parts of a place are tabs behind its first.

    Attributes:
        name: How layouts and code know it; never changes.
        title: In English, as `later("…")`; translated where it is shown.
        keeper: Who looks after it.
        place: Where it is unless the person has moved it.
        open: Whether it is there unless the person has closed or opened it.
    """

    name: str
    title: str
    keeper: Keeper
    place: Place = "answers"
    open: bool = True

    @property
    def widget(self) -> QWidget:
        """What it shows."""
        return self.keeper.panel


BUTTON_PX = 14


class DockTitle(QWidget):
    """The panel's name, and the buttons that take it out of the window, put it back and close it."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__()
        self.setObjectName("dock_title")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = plain.label(dock.windowTitle(), role="heading")
        row = self.row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(2)
        row.addWidget(self.name, 1)
        self.float_button, self.close_button = QToolButton(), QToolButton()
        for button in (self.float_button, self.close_button):
            button.setProperty("role", "dock")
            size_icon(button, BUTTON_PX)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys for this are in View › Panels
            row.addWidget(button)
        self.close_button.clicked.connect(dock.close)
        self.float_button.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        dock.topLevelChanged.connect(self._say)
        self._say(dock.isFloating())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()

    def _say(self, floating: bool) -> None:
        self._floating = floating
        title = self.name.text()
        float_text = (
            tr("Put {panel} back into the window") if floating else tr("Take {panel} out of the window")
        )
        close_text = tr("Close {panel}; View › Panels brings it back")
        for button, text in ((self.float_button, float_text), (self.close_button, close_text)):
            button.setAccessibleName(text.format(panel=title))
            plain.set_tip(button, text.format(panel=title))
        self._draw_icons()

    def _draw_icons(self) -> None:
        self.float_button.setIcon(icon("dock" if self._floating else "undock"))
        self.close_button.setIcon(icon("close"))


class Dock(QDockWidget):
    """A panel in its frame. As a tab it has no title of its own: the tab is its title."""

    def __init__(self, part: Part, parent: QWidget) -> None:
        super().__init__(tr(part.title), parent)
        self.part = part
        self.setObjectName(part.name)
        self.setAccessibleName(tr(part.title))
        self.frame = QWidget()
        self.frame.setObjectName("dock_frame")
        self.frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = self._box = QVBoxLayout(self.frame)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(part.widget)
        self.setWidget(self.frame)
        self.title = DockTitle(self)
        self._no_title = QWidget(self)
        self.setTitleBarWidget(self.title)
        self.topLevelChanged.connect(self._frame)

    def show_title(self, shown: bool) -> None:
        """Show the title, or leave it to the tab."""
        wanted = self.title if shown else self._no_title
        if self.titleBarWidget() is not wanted:
            self.titleBarWidget().hide()
            self.setTitleBarWidget(wanted)
            wanted.show()

    def _frame(self, floating: bool) -> None:
        room = 8 if floating else 0
        self._box.setContentsMargins(room, 0, room, room)
        for part in (self.frame, self.title):
            part.setProperty("floating", "true" if floating else "false")
            part.style().polish(part)
        self.title.row.setContentsMargins(room, 6 if floating else 0, room, 2)


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
