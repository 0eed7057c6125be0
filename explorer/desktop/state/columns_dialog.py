"""Which columns of the state are shown, in which order, and by which are accounts put together?"""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.language import tr
from explorer.session.plaintext import visible
from explorer.session.state.arrangement import Arrangement

NAME_ROLE = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """A list of every column there could be; those with a tick are shown, in its order."""

    def __init__(
        self, arrangement: Arrangement, shown: list[str], possible: list[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Columns of the state"))
        self._before = arrangement
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Columns"))
        self.list.setUniformItemSizes(True)
        for name in [*shown, *(each for each in possible if each not in shown)]:
            item = QListWidgetItem(visible(name, 80))
            item.setData(NAME_ROLE, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.up, self.down = QPushButton(tr("Move &up")), QPushButton(tr("Move &down"))
        self.all = QPushButton(tr("As at &first"))
        self.pinned = QSpinBox()
        self.pinned.setAccessibleName(tr("Columns that stay in view"))
        self.pinned.setRange(0, max(self.list.count(), 1))
        self.pinned.setValue(arrangement.pinned)
        self.group = QComboBox()
        self.group.setAccessibleName(tr("Group by"))
        self.group.addItem(tr("(no groups)"), None)
        for name in possible[1:]:
            self.group.addItem(visible(name, 80), name)
        self.group.setCurrentIndex(max(self.group.findData(arrangement.group), 0))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._shown, self._possible = shown, possible
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.all.clicked.connect(self._reset)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def arrangement(self) -> Arrangement:
        """What was chosen; without a single tick the columns stay as they are."""
        items = [self.list.item(row) for row in range(self.list.count())]
        names = [str(item.data(NAME_ROLE)) for item in items if item.checkState() == Qt.CheckState.Checked]
        group = self.group.currentData()
        found = replace(
            self._before,
            columns=tuple(names) or self._before.columns,
            pinned=min(self.pinned.value(), max(len(names), 1)),
        )
        return found if group == found.group else found.grouped_by(group)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count() and row >= 0:
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def _reset(self) -> None:
        """Every field, none of their parts, in their own order."""
        for at, name in enumerate(self._possible):
            row = next(row for row in range(self.list.count()) if self.list.item(row).data(NAME_ROLE) == name)
            item = self.list.takeItem(row)
            item.setCheckState(Qt.CheckState.Unchecked if "." in name else Qt.CheckState.Checked)
            self.list.insertItem(at, item)
        self.pinned.setValue(1)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        for button in (self.up, self.down, self.all):
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        form = QFormLayout()
        form.addRow(tr("First columns that stay in view"), self.pinned)
        form.addRow(tr("Group by"), self.group)
        box = QVBoxLayout(self)
        box.addWidget(plain.label(tr("Columns with a tick are shown, in this order."), wrap=True))
        box.addLayout(middle)
        box.addLayout(form)
        box.addWidget(self.buttons)
        plain.resize_within_screen(self, QSize(420, 420))
