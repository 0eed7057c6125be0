"""In which encoding is a log written, and which are the columns of its table?"""

from collections.abc import Callable

import msgspec
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from explorer.desktop import plain
from explorer.eventlog.errors import LogError
from explorer.eventlog.profiles.profile import WrittenAs
from explorer.eventlog.read_as import ReadAs, columns_of, columns_text, known_encoding
from explorer.language import later, tr
from explorer.session.plaintext import visible

FOUND = later("(found by itself)")
HEADERS = (
    (None, FOUND),
    (True, later("the first row names the columns")),
    (False, later("the first row is an event")),
)
ENCODINGS = (
    "utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "windows-1250", "windows-1251", "cp850", "cp437", "mac-roman",
    "utf-16",
)  # fmt: skip
SHOWN_CHARS = 200
MOST_ROWS = 1_000


class ReadingChoices:
    """The rows of a form: of every log its encoding, of a table of text its header and the names of its columns."""

    def __init__(self, form: QFormLayout, said: ReadAs, columns: tuple[str, ...]) -> None:
        """Fill the form.

        Args:
            form: Where the rows go.
            said: What was said before.
            columns: What the columns are called now; none for what is no table of text.
        """
        self.encoding = QComboBox()
        self.encoding.setEditable(True)
        self.encoding.addItems([tr(FOUND), *ENCODINGS])
        self.encoding.setCurrentText(said.encoding or tr(FOUND))
        _add(form, tr("Encoding"), self.encoding)
        self._said = said
        self.records = QLineEdit(said.records or "")
        plain.set_tip(self.records, tr("Where the list of events is in an object: hits.hits."))
        _add(form, tr("Where the records are"), self.records)
        self.header: QComboBox | None = None
        self.columns: QLineEdit | None = None
        self.delimiter: QLineEdit | None = None
        self.row: QLineEdit | None = None
        if not (columns or said.columns or said.header is not None):
            return
        self.header = QComboBox()
        for value, text in HEADERS:
            self.header.addItem(tr(text), value)
        self.header.setCurrentIndex([value for value, _ in HEADERS].index(said.header))
        self.columns = QLineEdit(columns_text(said.columns) if said.columns else "")
        now = visible(columns_text(columns), SHOWN_CHARS) if columns else ""
        self.columns.setPlaceholderText(now)
        tip = tr("In place of those in the file, or where it has none; with commas between them.")
        plain.set_tip(self.columns, tip)
        self.delimiter = QLineEdit(said.delimiter or "")
        self.delimiter.setMaxLength(1)
        plain.set_tip(self.delimiter, tr("The one character between two cells."))
        self.row = QLineEdit("" if said.header_row is None else str(said.header_row))
        self.row.setValidator(QIntValidator(0, MOST_ROWS, self.row))
        plain.set_tip(
            self.row, tr("What stands above it is no event; blank rows are not counted. 0: no row.")
        )
        _add(form, tr("Between cells"), self.delimiter)
        _add(form, tr("Header"), self.header)
        _add(form, tr("Row with the names"), self.row)
        _add(form, tr("Names of columns"), self.columns)

    def call(self, changed: Callable[[], None]) -> None:
        """Have somebody hear of every change."""
        self.encoding.currentTextChanged.connect(lambda _text: changed())
        for edit in (self.records, self.columns, self.delimiter, self.row):
            if edit is not None:
                edit.textChanged.connect(lambda _text: changed())
        if self.header is not None:
            self.header.currentIndexChanged.connect(lambda _at: changed())

    def show_used(self, written: WrittenAs) -> None:
        """Show what the profile in use says."""
        self.records.setPlaceholderText(visible(written.records, SHOWN_CHARS))
        if self.delimiter is not None and self.row is not None:
            self.delimiter.setPlaceholderText(visible(written.delimiter, SHOWN_CHARS))
            self.row.setPlaceholderText("" if written.header is None else str(written.header))

    def read_as(self) -> ReadAs:
        """What was chosen.

        Raises:
            LogError: There is no such encoding, or a column is named twice or not at all.
        """
        encoding = self.encoding.currentText().strip()
        chosen = None if encoding in {"", tr(FOUND)} else encoding
        if chosen is not None:
            known_encoding(chosen)
        text = self.columns.text().strip() if self.columns is not None else ""
        try:
            columns = columns_of(text) if text else ()
        except ValueError as error:
            raise LogError("", "a column is named twice, or not at all") from error
        if self.header is None or self.row is None or self.delimiter is None:
            said = msgspec.structs.replace(self._said, encoding=chosen)
        else:
            row, delimiter = self.row.text().strip(), self.delimiter.text()
            header = self.header.currentData()
            said = ReadAs(chosen, header, columns, delimiter or None, int(row) if row else None)
        return msgspec.structs.replace(said, records=self.records.text().strip() or None)


def _add(form: QFormLayout, title: str, widget: QWidget) -> None:
    widget.setAccessibleName(title)
    form.addRow(title, widget)
