"""Which fields hold what, which key does what, and what program is this?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.action_table import ACTIONS
from explorer.language import later, tr
from explorer.session import FieldMap
from explorer.session.document import Document
from explorer.session.plaintext import visible

ROLES = (
    ("type", later("Event type")),
    ("time", later("Time")),
    ("entity", later("Account or entity")),
    ("data", later("Payload")),
)
NOT_SET = later("(found by itself)")


class FieldsDialog(QDialog):
    """The fields as guessed, each with what else it could be; free to write another path."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Fields of the log"))
        box = QVBoxLayout(self)
        box.addWidget(
            plain.label(
                tr("How {name} is read ({format_text}):").format(
                    name=visible(document.name, 60), format_text=document.format_text
                ),
                wrap=True,
            )
        )
        form = QFormLayout()
        self.choices: dict[str, QComboBox] = {}
        for role, title in ROLES:
            choice = QComboBox()
            choice.setEditable(True)
            choice.setAccessibleName(tr(title))
            choice.setMinimumWidth(320)
            choice.addItem(tr(NOT_SET))
            choice.addItems([path for path in document.candidates.get(role, []) if path])
            choice.setCurrentText(getattr(document.fields, role) or tr(NOT_SET))
            self.choices[role] = choice
            form.addRow(tr(title), choice)
        box.addLayout(form)
        hint = tr("A path names a field, and a field inside another with a dot: data.accountId.")
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Read the log so"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def fields(self) -> FieldMap:
        """What was chosen; what was left to the program is None."""
        chosen = {
            role: None if choice.currentText() in {"", tr(NOT_SET)} else choice.currentText()
            for role, choice in self.choices.items()
        }
        return FieldMap(**chosen)


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
                grid.addWidget(plain.label(tr(spec.tip) if spec.tip else spec.shown_text), row, 1)
                row += 1
        grid.addWidget(plain.label(tr("Click an event")), row, 0)
        grid.addWidget(plain.label(tr("Go there; click a value in the state to see why it is so")), row, 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Keys"))
        box = QVBoxLayout(self)
        box.addWidget(area)
        self.resize(620, 560)
