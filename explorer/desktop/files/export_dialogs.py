"""As what is something exported: in which format, and which part of the window as a picture?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.settings import Settings
from explorer.language import later, tr
from explorer.session.files.export_formats import ExportFormat

FORMATS: tuple[tuple[ExportFormat, str, str], ...] = (
    ("csv", later("CSV"), later("For spreadsheets and programs; one line for each row")),
    ("json", later("JSON"), later("Exact numbers and nested values, as the commands print them")),
    ("markdown", later("Markdown"), later("A table for people to read")),
)
PICTURES = (
    ("png", later("PNG")),
    ("png2", later("PNG, twice as fine")),
    ("svg", later("SVG, to scale and edit")),
)


class ExportDialog(QDialog):
    """Which format; the choices are those of last time. It goes when it closes, and tells before what was chosen."""

    chosen = Signal(str, bool)  # an ExportFormat; whether text that a spreadsheet would run is guarded

    def __init__(self, what: str, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setSpacing(8)
        box.addWidget(plain.label(what, role="heading", wrap=True))
        self.formats: dict[ExportFormat, QRadioButton] = {}
        for form, name, use in FORMATS:
            button = QRadioButton(f"{tr(name)}    {tr(use)}")
            button.setAccessibleName(tr(name))
            button.setChecked(form == settings.export_format)
            self.formats[form] = button
            box.addWidget(button)
        if not any(button.isChecked() for button in self.formats.values()):
            self.formats["csv"].setChecked(True)
        self.guarded = QCheckBox(tr("Safe for spreadsheets: put ' before text that would run as a formula"))
        self.guarded.setChecked(settings.export_guarded)
        tip = tr("Text such as =1+1 is then no longer exactly what the log says. Numbers always are.")
        plain.set_tip(self.guarded, tip)
        box.addSpacing(4)
        box.addWidget(self.guarded)
        buttons = _buttons(self)
        box.addWidget(buttons)
        self.formats["csv"].toggled.connect(self.guarded.setEnabled)
        self.guarded.setEnabled(self.formats["csv"].isChecked())
        self.resize(self.sizeHint())

    def format(self) -> ExportFormat:
        """What was chosen."""
        return next(form for form, button in self.formats.items() if button.isChecked())

    def accept(self) -> None:
        form, guarded = self.format(), self.guarded.isChecked()
        self._settings.export_format = form
        self._settings.export_guarded = guarded
        super().accept()
        self.chosen.emit(form, guarded)


class PictureDialog(QDialog):
    """Which part of the window, and as which kind of picture; it tells when it closes."""

    chosen = Signal(str, str)  # the part's name, the kind

    def __init__(self, parts: Sequence[tuple[str, str]], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Export a picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = QFormLayout()
        self.part, self.kind = QComboBox(), QComboBox()
        for name, title in parts:
            self.part.addItem(title, name)
        for name, title in PICTURES:
            self.kind.addItem(tr(title), name)
        self.kind.setCurrentIndex(max(self.kind.findData(settings.picture_format), 0))
        for label, choice in ((tr("Picture of"), self.part), (tr("Format"), self.kind)):
            choice.setAccessibleName(label)
            choice.setMinimumWidth(260)
            form.addRow(label, choice)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(_buttons(self))

    def accept(self) -> None:
        part, kind = str(self.part.currentData()), str(self.kind.currentData())
        self._settings.picture_format = kind
        super().accept()
        self.chosen.emit(part, kind)


def _buttons(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Save).setText(tr("Save as…"))
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
