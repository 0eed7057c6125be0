"""How do a page's panels stand while a lesson needs half of the window: few, and one above the other?"""

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QSplitter, QToolButton, QWidget

from explorer.desktop.panels.dock_area import Panels

KEPT = ("state", "why", "diff", "events", "event")
ROWS = (45, 55)  # percent, of the state, and of the events
COLUMNS = (42, 58)  # … of the lesson, and of the log


NARROW_PX = 110  # a line that one writes into, where there is little room


class LessonLayout(QObject):
    """Puts the panels of a page aside and back, and makes the bar with the buttons fit into half a window."""

    def __init__(self, panels: Panels, bar: QWidget, split: QSplitter) -> None:
        super().__init__(split)
        self._panels = panels
        self._bar = bar
        self._split = split
        for at, share in enumerate(COLUMNS):
            split.setStretchFactor(at, share)
        self._sharing = QTimer(self)
        self._sharing.setSingleShot(True)
        self._sharing.setInterval(0)
        self._sharing.timeout.connect(self._share)
        self._before: QByteArray | None = None
        self._hidden: list[QWidget] = []
        self._narrowed: dict[QLineEdit, int] = {}

    @property
    def arranged(self) -> bool:
        """Whether the panels stand as a lesson needs them."""
        return self._before is not None

    @property
    def layout(self) -> QByteArray:
        """How the panels stand, or would without a lesson: what is worth remembering."""
        return self._panels.saved() if self._before is None else self._before

    def stack(self) -> None:
        """State above events; Why and Diff are tabs behind the state, the event itself behind the events."""
        panels = self._panels
        if self._before is None:
            self._before = panels.saved()
            self._narrow()
        docks = panels.docks
        for name, dock in docks.items():
            if name not in KEPT:
                dock.hide()
            elif dock.isFloating():
                dock.setFloating(False)
        state, events = docks["state"], docks["events"]
        for name in KEPT:
            panels.removeDockWidget(docks[name])
        panels.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, state)
        panels.splitDockWidget(state, events, Qt.Orientation.Vertical)
        for name in ("why", "diff"):
            panels.tabifyDockWidget(state, docks[name])
        panels.tabifyDockWidget(events, docks["event"])
        for name in KEPT:
            docks[name].show()
        room = panels.height()
        panels.resizeDocks([state, events], [room * share // 100 for share in ROWS], Qt.Orientation.Vertical)
        for name in ("state", "events"):
            panels.bring_up(name)

        self._sharing.start()

    def _share(self) -> None:
        """Once every layout above the bar has noticed that it has become narrower."""
        widget: QWidget | None = self._bar
        while widget is not None and widget is not self._split:
            if (layout := widget.layout()) is not None:
                layout.activate()
            widget = widget.parentWidget()
        room = self._split.width()
        self._split.setSizes([room * share // 100 for share in COLUMNS])

    def put_back(self) -> None:
        """As they stood before."""
        if self._before is not None:
            before, self._before = self._before, None
            for widget in self._hidden:
                widget.show()
            for line, width_px in self._narrowed.items():
                line.setMinimumWidth(width_px)
            self._panels.restore(before)

    def _narrow(self) -> None:
        """Choices are put aside; buttons stay, and so does the line to jump, which becomes short."""
        text_only = Qt.ToolButtonStyle.ToolButtonTextOnly
        words = [each for each in self._bar.findChildren(QToolButton) if each.toolButtonStyle() == text_only]
        aside: list[QWidget] = [*self._bar.findChildren(QComboBox), *words]
        self._hidden = [widget for widget in aside if not widget.isHidden()]
        for widget in self._hidden:
            widget.hide()
        lines = self._bar.findChildren(QLineEdit)
        self._narrowed = {line: line.minimumWidth() for line in lines if line.minimumWidth() > NARROW_PX}
        for line in self._narrowed:
            line.setMinimumWidth(NARROW_PX)
