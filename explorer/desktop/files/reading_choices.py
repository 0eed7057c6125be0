"""What can a person say of how a log is written, where its content may not tell: encoding, header, columns?"""

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit

from explorer.desktop import plain
from explorer.eventlog.errors import LogError
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


class ReadingChoices:
    """The rows of a form: of every log its encoding, of a table of text its header and the names of its columns."""

    def __init__(self, form: QFormLayout, said: ReadAs, columns: tuple[str, ...]) -> None:
        """Fill the form.

        Args:
            form: Where the rows go.
            said: What was said before.
            columns: What the columns are called now; none for what is no table of text.
        """
        self._table = bool(columns or said.columns or said.header is not None)
        self.encoding = QComboBox()
        self.encoding.setEditable(True)
        self.encoding.addItems([tr(FOUND), *ENCODINGS])
        self.encoding.setCurrentText(said.encoding or tr(FOUND))
        self.header = QComboBox()
        for value, text in HEADERS:
            self.header.addItem(tr(text), value)
        self.header.setCurrentIndex([value for value, _ in HEADERS].index(said.header))
        self.columns = QLineEdit(columns_text(said.columns) if said.columns else "")
        now = visible(columns_text(columns), SHOWN_CHARS) if columns else ""
        self.columns.setPlaceholderText(now)
        tip = tr("In place of those in the file, or where it has none; with commas between them.")
        plain.set_tip(self.columns, tip)
        for title, widget in (
            (tr("Encoding"), self.encoding),
            (tr("Header"), self.header),
            (tr("Names of columns"), self.columns),
        ):
            widget.setAccessibleName(title)
            if widget is self.encoding or self._table:
                form.addRow(title, widget)

    def read_as(self) -> ReadAs:
        """What was chosen.

        Raises:
            LogError: There is no such encoding, or a column is named twice or not at all.
        """
        encoding = self.encoding.currentText().strip()
        chosen = None if encoding in {"", tr(FOUND)} else encoding
        if chosen is not None:
            known_encoding(chosen)
        text = self.columns.text().strip()
        try:
            columns = columns_of(text) if text else ()
        except ValueError as error:
            raise LogError("", "a column is named twice, or not at all") from error
        return ReadAs(chosen, self.header.currentData(), columns)
