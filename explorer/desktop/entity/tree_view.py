"""How does the tree of an entity look, and how is it walked by keys and mouse? What is in it is told by the session."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem

from explorer.desktop.look.theme import Theme, number_font, row_px, theme_of
from explorer.desktop.typing_guard import is_walking
from explorer.language import tr
from explorer.session.state.entity_tree import EntityTree, Key, TreeNode

HELD = Qt.ItemDataRole.UserRole
NAME, MARK, VALUE, BEFORE = range(4)
MARK_FIGURES = 3
NAME_SHARE, VALUE_SHARE = 0.36, 0.36  # of what is left
LEAST_ROWS = 6  # high is a tree whose columns are headed


class _Held:
    """Keeps a line out of Qt's hands, which would convert it."""

    def __init__(self, node: TreeNode) -> None:
        self.node = node
        self.filled = False


class EntityTreeView(QTreeWidget):
    """A line for each part: name, what the event did to it, value, and what was there before."""

    copy_asked = Signal()  # what the current line holds
    menu_asked = Signal(object)  # where on the screen

    def __init__(self) -> None:
        super().__init__()
        self._tree: EntityTree | None = None
        self._opened: set[Key] = set()
        self.chosen: dict[Key, bool] = {}  # what the person has opened (True) and closed
        self._making = False
        self.setAccessibleName(tr("Entity as a tree"))
        self.setHeaderLabels([tr("Name"), "", tr("Value"), tr("Before")])
        self.headerItem().setData(MARK, Qt.ItemDataRole.AccessibleTextRole, tr("Change"))
        header = self.header()
        header.setAccessibleName(tr("Entity as a tree: columns"))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(16)
        header.setStretchLastSection(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setAutoScroll(False)
        self._drawn = False  # whether the person has made a column wider or narrower
        header.sectionResized.connect(lambda *_: self._remember_drawn())
        self.itemExpanded.connect(lambda item: self._turned(item, opened=True))
        self.itemCollapsed.connect(lambda item: self._turned(item, opened=False))

    @property
    def node(self) -> TreeNode | None:
        """The current line."""
        return _node(self.currentItem())

    def show_tree(self, tree: EntityTree | None, opened: set[Key]) -> None:
        """Show an entity; what was current stays so, and what has changed comes into sight."""
        before = self.node
        at = self.verticalScrollBar().value()
        self._tree, self._opened = tree, opened
        self._making = True
        self.setUpdatesEnabled(False)
        self.clear()
        if tree is not None:
            self._fill(self.invisibleRootItem(), tree.root)
        self._making = False
        self.setUpdatesEnabled(True)
        again = None if before is None else self._nearest(before.key)
        if again is not None:
            self.setCurrentItem(again)
        self.verticalScrollBar().setValue(at)

    def bring_near(self, key: Key) -> None:
        """Bring a line into sight, if it is not; only as far as it is open."""
        item = self._nearest(key)
        if item is not None and not self.viewport().rect().intersects(self.visualItemRect(item)):
            self.scrollToItem(item, QTreeWidget.ScrollHint.PositionAtCenter)

    def choose(self, key: Key) -> None:
        """Go to a line, wherever it is; what it stands in is opened."""
        item = self.invisibleRootItem()
        for node in self._tree.chain(key) if self._tree is not None else ():
            inner = self._below(item, node.key)
            if inner is None:
                break
            item = inner
            if node.key != key and not item.isExpanded():
                item.setExpanded(True)
        if item is not self.invisibleRootItem():
            self.setCurrentItem(item)
            self.scrollToItem(item)

    # --- keys, menu, colours ------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if is_walking(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
            return
        super().keyPressEvent(event)
        current = self.currentItem()
        if current is not None:
            self.scrollToItem(current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item, at = self.currentItem(), event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            item = self.itemAt(event.pos())  # a click comes in points of the viewport
            if item is not None:
                self.setCurrentItem(item)
        elif item is not None:
            at = self.viewport().mapToGlobal(self.visualItemRect(item).bottomLeft())
        if _node(item) is not None:
            self.menu_asked.emit(at if not at.isNull() else self.mapToGlobal(QPoint(0, 0)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "_opened"):
            return
        if event.type() == QEvent.Type.PaletteChange:
            self.show_tree(self._tree, self._opened)
        elif event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setHeaderHidden(self.height() < LEAST_ROWS * row_px())
        self._fit()

    def menu(self) -> QMenu:
        """Return an empty menu for the current line."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setAccessibleName(tr("Value"))
        return made

    # --- private ------------------------------------------------------------------------------

    def _fit(self) -> None:
        """All columns have room, unless the person has drawn them otherwise."""
        if self._drawn:
            return
        mark = MARK_FIGURES * self.fontMetrics().horizontalAdvance("0")
        left = self.viewport().width() - mark
        self.setColumnWidth(NAME, int(left * NAME_SHARE))
        self.setColumnWidth(MARK, mark)
        self.setColumnWidth(VALUE, int(left * VALUE_SHARE))

    def _remember_drawn(self) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:  # else the program does it
            self._drawn = True

    def _turned(self, item: QTreeWidgetItem, *, opened: bool) -> None:
        held = item.data(NAME, HELD)
        if not isinstance(held, _Held):
            return
        if opened and not held.filled:
            self._fill(item, held.node)
        if not self._making:
            self.chosen[held.node.key] = opened
            (self._opened.add if opened else self._opened.discard)(held.node.key)

    def _fill(self, above: QTreeWidgetItem, node: TreeNode) -> None:
        """Make the lines below one, and those below them that are open."""
        theme = theme_of(self.palette())
        making, self._making = self._making, True
        left = [(above, node)]
        while left:
            item, held = left.pop()
            _mark_filled(item)
            item.takeChildren()
            fresh = [self._item(child, theme) for child in held.children]
            item.addChildren(fresh)
            for child, inner in zip(held.children, fresh, strict=True):
                if child.key in self._opened and child.has_children:
                    left.append((inner, child))
                    _mark_filled(inner)
                    inner.setExpanded(True)
        self._making = making

    def _item(self, node: TreeNode, theme: Theme) -> QTreeWidgetItem:
        item = QTreeWidgetItem([node.name, node.sign, node.text, node.before])
        item.setData(NAME, HELD, _Held(node))
        said = f"{node.name}, {node.said}" if node.kind else node.name
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, said)
        item.setData(MARK, Qt.ItemDataRole.AccessibleTextRole, node.said or tr("unchanged"))
        item.setForeground(NAME, QColor(theme.accent))
        item.setForeground(BEFORE, QColor(theme.muted))
        if node.has_children:
            item.setForeground(VALUE, QColor(theme.muted))
            item.addChild(QTreeWidgetItem(["…"]))
        if node.is_number:
            for column in (VALUE, BEFORE):
                item.setFont(column, number_font(self.font()))
        if node.kind:
            ink, ground = _colours(theme)[node.kind]
            for column in (NAME, MARK, VALUE, BEFORE):
                item.setBackground(column, QBrush(QColor(ground)))
            item.setForeground(MARK, QColor(ink))
            item.setForeground(VALUE, QColor(ink))
            if node.kind == "removed":
                gone = self.font()
                gone.setStrikeOut(True)
                item.setFont(VALUE, gone)
        return item

    def _below(self, item: QTreeWidgetItem, key: Key) -> QTreeWidgetItem | None:
        for at in range(item.childCount()):
            child = item.child(at)
            node = _node(child)
            if node is not None and node.key == key:
                return child
        return None

    def _nearest(self, key: Key) -> QTreeWidgetItem | None:
        """The line of a key, or the one that it is hidden in."""
        item: QTreeWidgetItem | None = None
        for node in self._tree.chain(key) if self._tree is not None else ():
            if item is not None and not item.isExpanded():
                break
            inner = self._below(item or self.invisibleRootItem(), node.key)
            if inner is None:
                break
            item = inner
        return item


def _node(item: QTreeWidgetItem | None) -> TreeNode | None:
    held = item.data(NAME, HELD) if item is not None else None
    return held.node if isinstance(held, _Held) else None


def _mark_filled(item: QTreeWidgetItem) -> None:
    held = item.data(NAME, HELD)
    if isinstance(held, _Held):
        held.filled = True


def _colours(theme: Theme) -> Mapping[str, tuple[str, str]]:
    return {
        "added": (theme.added, theme.added_soft),
        "removed": (theme.warning, theme.warning_soft),
        "changed": (theme.changed, theme.changed_soft),
        "moved": (theme.changed, theme.changed_soft),
    }
