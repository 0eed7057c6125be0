"""How does one find an action without knowing its menu or its key?"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from explorer.language import tr


class Palette(QDialog):
    """Every action that can be done now, narrowed by what is typed; Enter does it."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Find an action"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("Words of the action"))
        self.words.setPlaceholderText(tr("Type a few letters of what you want to do"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Actions"))
        for action in actions.values():
            if action.isEnabled():
                name = (action.iconText() or action.text()).replace("&", "").rstrip("…")
                keys = tr(" or ").join(key.toString() for key in action.shortcuts())
                item = QListWidgetItem(f"{name}    {keys}" if keys else name)
                item.setData(Qt.ItemDataRole.UserRole, action)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        box = QVBoxLayout(self)
        box.addWidget(self.words)
        box.addWidget(self.list)
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self._do)
        self.list.itemActivated.connect(self._do)
        self.resize(460, 420)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:  # from the edit, the arrows move in the list
            shown = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
            if shown:
                at = shown.index(self.list.currentRow()) if self.list.currentRow() in shown else 0
                at += 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(shown[at % len(shown)])
            return
        super().keyPressEvent(event)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        first: int | None = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            fits = all(word in item.text().casefold() for word in words)
            item.setHidden(not fits)
            if fits and first is None:
                first = row
        self.list.setCurrentRow(-1 if first is None else first)

    def _do(self) -> None:
        item = self.list.currentItem()
        if item is None or item.isHidden():
            return
        action: QAction = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        action.trigger()
