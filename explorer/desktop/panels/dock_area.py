"""Where are the panels of a page, which of them can be seen, and who moves them?"""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from explorer.desktop.panels.dock import Dock, Part, Place, go_into, go_to_another
from explorer.language import tr
from explorer.session.stand import Stand

LAYOUT_VERSION = 1  # of what Qt writes of the docks; another version is not read
COLUMNS_PX = (635, 625)  # the shares of the left and the right column
ROWS_PX = (380, 240)  # … of the upper and the lower row
DOCKS_A_STEP = 4
TEAR_PX = 36  # a tab drawn so far out of its bar becomes a window of its own
PLACES: tuple[Place, ...] = ("state", "answers", "events", "event")


class Panels(QMainWindow):
    """Docks in two columns: float, tab, close, and back to where they were.

    Only what can be seen follows the playhead; a panel that comes to be seen catches up.
    """

    changed = Signal()  # another panel is open or in front

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Widget)
        options = QMainWindow.DockOption
        self.setDockOptions(options.AllowNestedDocks | options.AllowTabbedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setDocumentMode(True)
        self.setContextMenuPolicy(
            Qt.ContextMenuPolicy.NoContextMenu
        )  # Qt's own lists the docks, unsaid and unkeyed
        self.docks: dict[str, Dock] = {}
        self._seen: set[str] = set()
        self._floating: list[Dock] = []  # hidden with the page, and shown again with it
        self._stand: Stand | None = None
        self.beside: list[QWidget] = []  # where the keys can go besides: what is no panel
        self._by_hand = (
            False  # whether the person, or a layout, has given them their room; else it is shared out
        )
        self._sharing = QTimer(self)
        self._sharing.setSingleShot(True)
        self._sharing.setInterval(0)
        self._sharing.timeout.connect(self._share_again)
        self.placed = False  # whether they have been given their room, or taken it from a layout
        self._held: Dock | None = None  # the panel whose tab the mouse holds; Qt moves tabs about meanwhile
        self._tidying = QTimer(self)
        self._tidying.setSingleShot(True)
        self._tidying.setInterval(0)
        self._tidying.timeout.connect(self.tidy)

    def add(self, parts: Iterable[Part]) -> Iterator[None]:
        """Make a dock for each part, a few in each step: each is dressed when it is given its widget."""
        for number, part in enumerate(parts, 1):
            dock = Dock(part, self)
            self.docks[part.name] = dock
            dock.visibilityChanged.connect(lambda seen, dock=dock: self._see(dock, seen=seen))
            for signal in (dock.topLevelChanged, dock.dockLocationChanged, dock.toggleViewAction().toggled):
                signal.connect(lambda _value: self._tidy_soon())
            if number % DOCKS_A_STEP == 0:
                yield
        self.tabifiedDockWidgetActivated.connect(lambda _dock: self._tidy_soon())
        self.reset()

    # --- what is seen ---------------------------------------------------------------------------

    def stand_at(self, stand: Stand | None) -> None:
        """Have every panel that can be seen show what holds there; None: there is no log."""
        self._stand = stand
        if stand is None:
            return
        for name in self.docks:
            if name in self._seen:
                self.docks[name].part.keeper.stand_at(stand)

    def in_front(self, name: str) -> bool:
        """Whether the panel can be seen: it is open, and not behind another tab."""
        return name in self._seen

    def is_open(self, name: str) -> bool:
        """Whether the panel is there at all."""
        return not self.docks[name].isHidden()

    def bring_up(self, name: str) -> None:
        """Open the panel if it is closed, and bring it to the front."""
        dock = self.docks[name]
        dock.show()
        dock.raise_()
        self._tidy_soon()

    def toggle(self, name: str) -> None:
        """Close the panel if it can be seen; else show it and go into it."""
        if self.in_front(name):
            self.docks[name].close()
        else:
            self.bring_up(name)
            go_into(self.docks[name].part.widget)
        self.tidy()

    def go_on(self) -> None:
        """Into the next panel that can be seen."""
        go_to_another(self._places(), 1)

    def go_back(self) -> None:
        """Into the one before."""
        go_to_another(self._places(), -1)

    def _places(self) -> list[QWidget]:
        return [*(dock for name, dock in self.docks.items() if name in self._seen), *self.beside]

    # --- where they are -------------------------------------------------------------------------

    def reset(self) -> None:
        """Put every panel where it is at first."""
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)
        first: dict[Place, Dock] = {}
        for place in PLACES:
            for dock in self.docks.values():
                if dock.part.place != place:
                    continue
                if place in first:
                    self.tabifyDockWidget(first[place], dock)
                else:
                    self._put_first(dock, place, first)
                    first[place] = dock
                dock.setVisible(dock.part.open)
        for dock in first.values():
            dock.raise_()
        self.placed = self._by_hand = False
        self._tidy_soon()  # the layout must have taken them in before it can share out its room

    def saved(self) -> QByteArray:
        """Where every panel is, to be restored."""
        return self.saveState(LAYOUT_VERSION)

    def restore(self, state: QByteArray) -> bool:
        """Put every panel where it was when it was saved; a layout that makes no sense changes nothing."""
        before, focus, layout = self.saved(), QApplication.focusWidget(), self.layout()
        for dock in self.docks.values():
            self.removeDockWidget(dock)
        if layout is not None:
            layout.invalidate()
            layout.activate()  # now Qt lets go of its bars of tabs; else it forgets them
        if not self.restoreState(state, LAYOUT_VERSION):
            self.restoreState(before, LAYOUT_VERSION)
            return False
        self.placed = self._by_hand = True
        for dock in self.docks.values():
            if self.dockWidgetArea(dock) == Qt.DockWidgetArea.NoDockWidgetArea and not dock.isFloating():
                self._put_home(dock)  # it is newer than the layout
            if dock.isFloating():
                self._bring_on_screen(dock)
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus()
        self.tidy()
        return True

    def tidy(self) -> None:
        """A panel that is a tab has no title besides; tab bars have names and menus; tell who lists panels."""
        self._tidying.stop()
        if not self.placed and self.isVisible():
            self._share_room()
            self.placed = True
        for dock in self.docks.values():
            if dock.isFloating() and dock.isVisible():
                self._see(dock, seen=True)  # Qt does not say so when it has been behind a tab
            tabs = [] if dock.isFloating() or dock.isHidden() else self.tabifiedDockWidgets(dock)
            dock.show_title(not any(not other.isHidden() for other in tabs))
        bars = self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._put_away([bar for bar in bars if bar.isVisible()])
        for bar in bars:
            if bar.accessibleName():
                continue
            bar.setAccessibleName(tr("Panels"))
            bar.setDrawBase(False)
            bar.setElideMode(
                Qt.TextElideMode.ElideNone
            )  # a tab of two letters says nothing: there are arrows
            bar.setUsesScrollButtons(True)
            bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            bar.customContextMenuRequested.connect(lambda at, bar=bar: self._offer(bar, at))
            bar.tabBarDoubleClicked.connect(lambda tab, bar=bar: self._float(self._dock_at(bar, tab)))
            bar.installEventFilter(self)
        self.changed.emit()

    # --- private --------------------------------------------------------------------------------

    def _tidy_soon(self) -> None:
        """Once the layout has taken in what is said now; it is said of many docks at once."""
        if not self._tidying.isActive():
            self._tidying.start()

    def _see(self, dock: Dock, *, seen: bool) -> None:
        name = dock.part.name
        if seen and name not in self._seen:
            self._seen.add(name)
            if self._stand is not None:
                dock.part.keeper.stand_at(self._stand)
            self._tidy_soon()
        elif not seen and name in self._seen:
            self._seen.discard(name)
            self._tidy_soon()

    def _put_first(self, dock: Dock, place: Place, first: dict[Place, Dock]) -> None:
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.addDockWidget(left if place in {"state", "answers"} else right, dock)
        above = first.get("state" if place == "answers" else "events")
        if place in {"answers", "event"} and above is not None:
            self.splitDockWidget(above, dock, Qt.Orientation.Vertical)

    def _put_home(self, dock: Dock) -> None:
        area = Qt.DockWidgetArea.LeftDockWidgetArea
        self.addDockWidget(area, dock)
        for other in self.docks.values():
            if other is not dock and other.part.place == dock.part.place and not other.isFloating():
                self.tabifyDockWidget(other, dock)
                break
        dock.setVisible(dock.part.open)

    def _share_room(self) -> None:
        """Give the four corners their shares, once there is room to share."""
        first: dict[Place, Dock] = {}
        for dock in self.docks.values():
            if not dock.isHidden() and not dock.isFloating():
                first.setdefault(dock.part.place, dock)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        for pair, shares, way, room in (
            (("state", "events"), COLUMNS_PX, across, self.width()),
            (("state", "answers"), ROWS_PX, down, self.height()),
            (("events", "event"), ROWS_PX, down, self.height()),
        ):
            docks: Sequence[Dock] = [dock for place, dock in first.items() if place in pair]
            if len(docks) == len(pair):
                self.resizeDocks(docks, [room * share // sum(shares) for share in shares], way)

    def _share_again(self) -> None:
        if self.placed and not self._by_hand and self.isVisible():
            self._share_room()

    def _bring_on_screen(self, dock: Dock) -> None:
        screens = QGuiApplication.screens()
        grip = dock.frameGeometry().adjusted(0, 0, 0, -dock.height() + 24)  # the title must be within reach
        if not any(screen.availableGeometry().intersects(grip) for screen in screens):
            dock.move(self.mapToGlobal(self.rect().center()) - dock.rect().center())

    def _put_away(self, bars: Sequence[QTabBar]) -> None:
        """Qt leaves the tab bars of earlier layouts where they were: take those away that another one stands for."""
        at_work = [
            bar
            for bar in bars
            if any(
                bar.x() == dock.x() and abs(bar.geometry().bottom() + 1 - dock.y()) <= bar.height() // 2
                for tab in range(bar.count())
                if (dock := self._dock_at(bar, tab)) is not None
                and dock.isVisible()
                and not dock.isFloating()
            )
        ]
        shown = {bar.tabText(tab) for bar in at_work for tab in range(bar.count())}
        for bar in bars:
            if bar not in at_work and any(bar.tabText(tab) in shown for tab in range(bar.count())):
                bar.hide()

    def _dock_at(self, bar: QTabBar, tab: int) -> Dock | None:
        title = bar.tabText(tab)
        return next((dock for dock in self.docks.values() if dock.windowTitle() == title), None)

    def _float(self, dock: Dock | None, at: QPoint | None = None) -> None:
        if dock is None:
            return
        dock.setFloating(True)
        if at is not None:
            dock.move(at - QPoint(40, 12))
        dock.show()
        go_into(dock.part.widget)

    def _offer(self, bar: QTabBar, at: QPoint) -> None:
        dock = self._dock_at(bar, bar.tabAt(at))
        if dock is None:
            return
        menu = QMenu(self)
        menu.setAccessibleName(dock.windowTitle())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("&Float")).triggered.connect(lambda: self._float(dock))
        menu.addAction(tr("&Close")).triggered.connect(dock.close)
        menu.popup(bar.mapToGlobal(at))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(watched, QTabBar) and isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._held = self._dock_at(watched, watched.tabAt(event.position().toPoint()))
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._held = None
            elif event.type() == QEvent.Type.MouseMove and self._held is not None:
                out = event.position().y() < -TEAR_PX or event.position().y() > watched.height() + TEAR_PX
                if out:
                    dock, self._held = self._held, None
                    self._float(dock, event.globalPosition().toPoint())
                    return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:  # between two panels: nothing else here is pressed
            self._by_hand = True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sharing.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tidy_soon()
        if not self.placed:
            self._share_room()
        for dock in self._floating:
            dock.show()
        self._floating = []

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._floating = [dock for dock in self.docks.values() if dock.isFloating() and dock.isVisible()]
            for dock in self._floating:
                dock.hide()
