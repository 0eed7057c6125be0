"""How does one find an action without knowing its menu or its key?"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.menus.action_table import ACTIONS
from explorer.eventlog.sources.address import is_address, short_name
from explorer.language import tr
from explorer.session.plaintext import visible

if TYPE_CHECKING:
    from explorer.desktop.window.main_window import MainWindow

type Do = Callable[[], object]


class Palette(QDialog):
    """Everything that can be done now, narrowed by what is typed; Enter does it.

    An action is found by its name, by its menu, and by what its tip says; the best is chosen first.
    """

    def __init__(
        self,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
        besides: Sequence[tuple[str, Do]] = (),
    ) -> None:
        """Take the actions by their names, and what else can be done: what it is called, and what does it."""
        super().__init__(parent)
        self.setWindowTitle(tr("Find an action"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("Words of the action"))
        self.words.setPlaceholderText(tr("Type a few letters of what you want to do"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Actions"))
        self._does: list[Do] = []
        self._said: list[
            tuple[str, str, str]
        ] = []  # name; name and menu; those and the tip: all in small letters
        menus = {spec.name: tr(spec.menu.partition("/")[0]).replace("&", "") for spec in ACTIONS}
        for key, action in actions.items():
            if action.isEnabled():
                name = (action.iconText() or action.text()).replace("&", "").rstrip("…")
                keys = tr(" or ").join(each.toString() for each in action.shortcuts())
                self._add(name, menus.get(key, ""), keys, action.statusTip(), action.trigger)
        for name, do in besides:
            self._add(name, "", "", "", do)
        self.list.setCurrentRow(0)
        box = QVBoxLayout(self)
        box.addWidget(self.words)
        box.addWidget(self.list)
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self._do)
        self.list.itemActivated.connect(self._do)
        plain.resize_within_screen(self, QSize(520, 420))

    def _add(self, name: str, menu: str, keys: str, tip: str, do: Do) -> None:
        placed = f"{name}  ·  {menu}" if menu else name
        self.list.addItem(f"{placed}    {keys}" if keys else placed)
        self._does.append(do)
        self._said.append((name.casefold(), placed.casefold(), f"{placed} {keys} {tip}".casefold()))

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
        best, chosen = 3, -1
        for row, told in enumerate(self._said):
            fit = next((at for at, said in enumerate(told) if all(word in said for word in words)), 3)
            self.list.item(row).setHidden(fit == 3)
            if fit < best:
                best, chosen = fit, row
        self.list.setCurrentRow(chosen)

    def _do(self) -> None:
        row = self.list.currentRow()
        if row < 0 or self.list.item(row).isHidden():
            return
        do = self._does[row]
        self.accept()
        do()


def besides(window: "MainWindow") -> list[tuple[str, Do]]:
    """What can be done by name but has no action: read models, and logs and lessons that were open before."""
    found: list[tuple[str, Do]] = []
    if window.parts is not None and window.page.document is not None:
        header = window.page.header
        found = [(text, partial(header.choose_read_model, word)) for text, word in header.read_models()]
    logs = [path for path in window.settings.recent if is_address(path) or Path(path).is_file()]
    lessons = [path for path in window.settings.recent_lessons if Path(path).is_file()]
    return found + [
        (text.format(name=visible(short_name(path), 60)), partial(window.open_path, path))
        for text, paths in ((tr("Recent log: {name}"), logs), (tr("Recent lesson: {name}"), lessons))
        for path in paths
    ]
