"""Which key does what?"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.menus.action_table import ACTIONS
from explorer.language import tr


class KeysDialog(QDialog):
    """Every key, made from the table of actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(24)
        row = 0
        for spec in ACTIONS:
            if spec.keys:
                grid.addWidget(plain.label(tr(" or ").join(spec.keys), role="key"), row, 0)
                said = plain.label(tr(spec.tip) if spec.tip else spec.shown_text, wrap=True)
                grid.addWidget(said, row, 1)
                row += 1
        grid.addWidget(plain.label(tr("Click an event")), row, 0)
        said = plain.label(tr("Go there; click a value in the state to see why it is so"), wrap=True)
        grid.addWidget(said, row, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Keys"))
        box = QVBoxLayout(self)
        box.addWidget(area)
        plain.resize_within_screen(self, QSize(720, 600))
