"""How does a person choose the columns of the events by keyboard or mouse?"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.events.event_columns import EventColumn, column_of, offered, path_from_text

COLUMN = Qt.ItemDataRole.UserRole


class EventColumnsDialog(QDialog):
    """A list to tick, in the order in which the columns stand, and a line for any other member."""

    def __init__(
        self, document: Document, shown: Sequence[EventColumn], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.setWindowTitle(tr("Columns of the events"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Members of the events"))
        paths = {column.path for column in shown}
        for column in [*shown, *(column for column in offered(document) if column.path not in paths)]:
            self._add(column, ticked=column.path in paths)
        self.list.setCurrentRow(0)
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Another member"))
        self.line.setPlaceholderText(tr("another member, such as customer.address.city"))
        self.line.setClearButtonEnabled(True)
        add = self._button(tr("&Add"), self.add_written)
        up = self._button(tr("&Up"), lambda: self.move_by(-1))
        down = self._button(tr("&Down"), lambda: self.move_by(1))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        beside = QVBoxLayout()
        beside.addWidget(up)
        beside.addWidget(down)
        beside.addStretch(1)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.list, 1)
        upper.addLayout(beside)
        lower.addWidget(self.line, 1)
        lower.addWidget(add)
        box = QVBoxLayout(self)
        hint = tr(
            "Tick what should stand in a column of its own. The payload is looked in first, then the record."
        )
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        box.addLayout(upper, 1)
        box.addLayout(lower)
        box.addWidget(buttons)
        self.line.returnPressed.connect(self.add_written)
        plain.resize_within_screen(self, QSize(440, 460))
        self.list.setFocus()

    def columns(self) -> list[EventColumn]:
        """Return what is ticked, in its order."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return [item.data(COLUMN)[0] for item in items if item.checkState() == Qt.CheckState.Checked]

    def add_written(self) -> None:
        """Add the member that is written in the line, ticked."""
        text = self.line.text().strip()
        if text:
            self._add(column_of(self._document, path_from_text(text)), ticked=True)
            self.list.setCurrentRow(self.list.count() - 1)
            self.line.clear()

    def move_by(self, step: int) -> None:
        """Move the current member up or down."""
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    def _add(self, column: EventColumn, *, ticked: bool) -> None:
        item = QListWidgetItem(column.title)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setData(COLUMN, (column,))  # a tuple, so that Qt leaves it alone
        self.list.addItem(item)

    def _button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button
