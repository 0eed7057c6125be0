"""In which encoding is a log written, and which are the columns of its table?"""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

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
        self.encoding = QComboBox()
        self.encoding.setEditable(True)
        self.encoding.addItems([tr(FOUND), *ENCODINGS])
        self.encoding.setCurrentText(said.encoding or tr(FOUND))
        _add(form, tr("Encoding"), self.encoding)
        self.header: QComboBox | None = None
        self.columns: QLineEdit | None = None
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
        _add(form, tr("Header"), self.header)
        _add(form, tr("Names of columns"), self.columns)

    def call(self, changed: Callable[[], None]) -> None:
        """Have somebody hear of every change."""
        self.encoding.currentTextChanged.connect(lambda _text: changed())
        if self.header is not None and self.columns is not None:
            self.header.currentIndexChanged.connect(lambda _at: changed())
            self.columns.textChanged.connect(lambda _text: changed())

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
        return ReadAs(chosen, self.header.currentData() if self.header is not None else None, columns)


def _add(form: QFormLayout, title: str, widget: QWidget) -> None:
    widget.setAccessibleName(title)
    form.addRow(title, widget)
