"""How does a person find the table or the topic that they want to look at, by the address of what holds it?"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import Address, address_of, is_address
from explorer.eventlog.sources.feed import Candidate
from explorer.eventlog.sources.registered import source_module
from explorer.language import tr
from explorer.sentences import in_words, translated
from explorer.session.plaintext import visible

EXAMPLE = "postgresql://reader@localhost:5432/shop"


class ConnectDialog(QDialog):
    """An address, a password that is kept in memory alone, and the tables that are there, the likeliest first."""

    chosen = Signal(str)  # an address without its password

    def __init__(self, known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Connect"))
        self._looking = LatestTask(self)
        self._found: Address | None = None
        self.address = QComboBox()
        self.address.setEditable(True)
        self.address.setAccessibleName(tr("Address"))
        self.address.addItems(list(known))
        self.address.setCurrentText(known[0] if known else "")
        edit = self.address.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(EXAMPLE)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(tr("Password"))
        self.look = QPushButton(tr("Look what is there"))
        self.tables = QListWidget()
        self.tables.setAccessibleName(tr("Tables and topics"))
        self.verdict = plain.label(name=tr("What came of it"), wrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self.open_button = self.buttons.button(QDialogButtonBox.StandardButton.Open)
        self.open_button.setText(tr("Open"))
        self.look.clicked.connect(self._look)
        edit.returnPressed.connect(self._look)
        self.password.returnPressed.connect(self._look)
        self.address.editTextChanged.connect(self._forget)
        self.tables.itemActivated.connect(lambda _item: self._open())
        self.tables.itemSelectionChanged.connect(self._enable)
        self.buttons.accepted.connect(self._open)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        for button in (self.look, self.open_button, cancel):
            button.setAutoDefault(False)  # Return in a field looks what is there
        self._enable()
        plain.resize_within_screen(self, QSize(620, 460))

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        hint = tr(
            "It is read in a transaction that cannot write; the right to SELECT is enough. The password is kept in "
            "memory as long as the program runs, and nowhere else; without one, the usual places are asked (a file of "
            "passwords, a service)."
        )
        brokers = tr(
            "A broker of Kafka is kafka://broker:9092/, with ?from=2026-01-01 for what happened then and later; no "
            "group and no offset is left there."
        )
        box.addWidget(plain.label(f"{hint} {brokers}", role="muted", wrap=True))
        form = QFormLayout()
        form.addRow(tr("Address"), self.address)
        form.addRow(tr("Password"), self.password)
        box.addLayout(form)
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.tables, 1)
        box.addWidget(self.verdict)
        box.addWidget(self.buttons)

    def _forget(self) -> None:
        """Another address has other tables."""
        self._looking.cancel()
        self._found = None
        self.tables.clear()
        self.verdict.setText("")
        self._enable()

    def _enable(self) -> None:
        self.open_button.setEnabled(self._found is not None and bool(self.tables.selectedItems()))

    def _look(self) -> None:
        text = self.address.currentText().strip()
        try:
            if not is_address(text):
                self._say(
                    tr("An address begins with what is to be read, such as {example}").format(example=EXAMPLE)
                )
                return
            address = address_of(text)
            if self.password.text():
                address.remember(self.password.text())
            module = source_module(address)
        except LogError as error:
            self._say(in_words(error))
            return
        self._say(tr("Connecting…"))
        self._looking.start(
            lambda _report: module.candidates(address, address.password),
            Handlers(lambda found: self._show(address, found), self._fail),
        )

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self._say(in_words(error))

    def _show(self, address: Address, found: Sequence[Candidate]) -> None:
        self._found = address
        self.tables.clear()
        likely = sum(each.likely for each in found)
        for each in found:
            about = translated(each.about)
            item = QListWidgetItem(visible(f"{each.table} — {about}" if about else each.table, 200))
            item.setData(Qt.ItemDataRole.UserRole, each.table)
            self.tables.addItem(item)
        wanted = next(
            (at for at, each in enumerate(found) if each.table == address.table), 0 if found else -1
        )
        self.tables.setCurrentRow(wanted)
        if likely:
            said = tr("{likely:,} of {count:,} look like events.").format(likely=likely, count=len(found))
        else:
            said = (
                tr("Nothing here looks like events: choose what to open.")
                if found
                else tr("There is nothing to read.")
            )
        self._say(said)
        self.tables.setFocus()
        self._enable()

    def _open(self) -> None:
        items = self.tables.selectedItems()
        if self._found is None or not items:
            return
        table = items[0].data(Qt.ItemDataRole.UserRole)
        address = Address(
            self._found.scheme,
            self._found.user,
            self._found.hosts,
            self._found.database,
            table,
            self._found.settings,
        )
        self.accept()
        self.chosen.emit(address.text)

    def _say(self, text: str) -> None:
        self.verdict.setText(visible(text, 600))
