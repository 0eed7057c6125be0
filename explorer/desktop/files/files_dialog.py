"""Which files is the open log made of, and which of them are read, in which order?"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import Address, address_of, address_of_files, is_address
from explorer.eventlog.sources.file_parts import parts_of
from explorer.eventlog.sources.several_files import ORDERS
from explorer.language import later, tr
from explorer.sentences import in_words
from explorer.session.plaintext import visible

_ORDERS = {
    "": later("as is usual for them"),
    "names": later("in order of their names"),
    "time": later("in order of time"),
    "sequence": later("in order of sequence"),
}


class FilesDialog(QDialog):
    """The files with a tick for each that is read, and how far its clock is ahead; more can be added."""

    chosen = Signal(str)  # what to open in place of the log

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Files of this log"))
        told: Address | None = address_of(path) if is_address(path) else None
        settings = {} if told is None else told.settings
        self._named = settings.get("files", path).split("\n")
        left_out = settings.get("without", "").split("\n")
        clocks = dict(each.rpartition("=")[::2] for each in settings.get("clocks", "").split("\n") if each)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(tr("Files"))
        self.table.setHorizontalHeaderLabels([tr("File"), tr("Clock ahead, in seconds")])
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)  # the title, above all
        self.order = QComboBox()
        self.order.setAccessibleName(tr("Order"))
        for name in ("", *ORDERS):
            self.order.addItem(tr(_ORDERS[name]), name)
        self.order.setCurrentIndex(max(self.order.findData(settings.get("order", "")), 0))
        self.add = QPushButton(tr("Add files…"))
        self.verdict = plain.label(name=tr("What is wrong"), wrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self._use)
        self.buttons.rejected.connect(self.reject)
        self.add.clicked.connect(self._ask)
        self._list(left_out, clocks)
        box = QVBoxLayout(self)
        box.addWidget(self.table, 1)
        form = QFormLayout()
        form.addRow(tr("Order"), self.order)
        box.addLayout(form)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.verdict)
        box.addWidget(self.buttons)
        plain.resize_within_screen(self, QSize(620, 420))

    def add_files(self, paths: Sequence[str]) -> None:
        """Add files; each joins at its place."""
        left_out, clocks = self._left_out(), self._clocks()
        before = list(self._named)
        self._named += [path for path in paths if path not in self._named]
        if not self._list(left_out, clocks):
            said, self._named = self.verdict.text(), before
            self._list(left_out, clocks)
            self.verdict.setText(said)

    def _list(self, left_out: Sequence[str], clocks: dict[str, str]) -> bool:
        self.verdict.setText("")
        try:
            parts = parts_of(self._named)
        except LogError as error:
            self.verdict.setText(visible(in_words(error), 400))
            return False
        self.table.setRowCount(0)
        for part in parts:
            row = self.table.rowCount()
            self.table.insertRow(row)
            item = QTableWidgetItem(visible(part.name, 200))
            item.setData(Qt.ItemDataRole.UserRole, part.name)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Unchecked if part.name in left_out else Qt.CheckState.Checked)
            self.table.setItem(row, 0, item)
            self.table.setItem(row, 1, QTableWidgetItem(clocks.get(part.name, "")))
        return True

    def _rows(self) -> list[tuple[str, bool, str]]:
        found = []
        for row in range(self.table.rowCount()):
            name, clock = self.table.item(row, 0), self.table.item(row, 1)
            if name is not None:
                read = name.checkState() == Qt.CheckState.Checked
                found.append(
                    (name.data(Qt.ItemDataRole.UserRole), read, "" if clock is None else clock.text().strip())
                )
        return found

    def _left_out(self) -> list[str]:
        return [name for name, read, _ in self._rows() if not read]

    def _clocks(self) -> dict[str, str]:
        return {name: clock for name, _, clock in self._rows() if clock}

    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Add files"), str(Path(self._named[0]).parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use(self) -> None:
        left_out, clocks = self._left_out(), self._clocks()
        if len(left_out) == self.table.rowCount():
            self.verdict.setText(tr("At least one file must be read."))
            return
        told = [f"{name}={clock}" for name, clock in clocks.items()]
        address = address_of_files(self._named, self.order.currentData(), left_out, told)
        self.accept()
        self.chosen.emit(address.text if self.table.rowCount() > 1 or told else self._named[0])
