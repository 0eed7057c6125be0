"""Which field of the log holds what, and what does each event type mean to the read model?"""

from msgspec.structs import replace
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.theme import row_px
from explorer.desktop.tables.table_model import RIGHT, Cell, ColumnHead, Index, TableModel
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import WHOLE_RECORD, FieldMap
from explorer.eventlog.read_as import ReadAs, columns_of, columns_text, known_encoding
from explorer.language import grouped, later, tr
from explorer.sentences import translated
from explorer.session.changes.meanings import Meanings, ReadingChoice, meanings
from explorer.session.document import Document
from explorer.session.options import DEFAULTS, OpenOptions
from explorer.session.plaintext import visible

ROLES = (
    ("type", later("Event type")),
    ("time", later("Time")),
    ("entity", later("Account or entity")),
    ("data", later("Payload")),
)
NOT_SET = later("(found by itself)")
RECORD = later("(the record itself)")
USUAL_TYPE_PX, MOST_TYPE_PX = 230, 400
TYPE, COUNT, MEANS = range(3)


class FieldsDialog(QDialog):
    """The fields as guessed and the types as their names say, each with what else it could be."""

    def __init__(
        self, document: Document, parent: QWidget | None = None, options: OpenOptions = DEFAULTS
    ) -> None:
        """Offer what is used now.

        Args:
            document: The open log.
            parent: Whose dialog it is.
            options: What was said of how it is read.
        """
        super().__init__(parent)
        self._options = options
        self.setWindowTitle(tr("Fields of the log"))
        box = QVBoxLayout(self)
        text = tr("How {name} is read ({format_text}):")
        told = text.format(name=visible(document.name, 60), format_text=visible(document.format_text, 120))
        box.addWidget(plain.label(told, wrap=True))
        form = QFormLayout()
        self.choices: dict[str, QComboBox] = {}
        self._used: dict[str, str] = {}
        for role, title in ROLES:
            choice = QComboBox()
            choice.setEditable(True)
            choice.setAccessibleName(tr(title))
            choice.setMinimumWidth(320)
            choice.addItem(tr(NOT_SET))
            choice.addItems([path for path in document.candidates.get(role, []) if path])
            if role == "data":
                choice.addItem(tr(RECORD))
            used = getattr(document.fields, role) or tr(RECORD if role == "data" else NOT_SET)
            choice.setCurrentText(used)
            self._used[role] = used
            self.choices[role] = choice
            form.addRow(tr(title), choice)
        self.read_as = ReadingChoices(form, options.read_as, tuple(document.log.columns))
        box.addLayout(form)
        hint = tr("A path names a field, and a field inside another with a dot: data.accountId.")
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        self._document = document
        self.problem = plain.label(role="warning", wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        found = meanings(document)
        self.meanings = MeaningsModel(found, self)
        self.table = _table(self.meanings)
        self._add_meanings(box, found)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Read the log so"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        plain.resize_within_screen(self, self.sizeHint().expandedTo(QSize(680, 600)))

    def _add_meanings(self, box: QVBoxLayout, found: Meanings) -> None:
        title = plain.label(tr(found.texts.question), wrap=True)
        title.setBuddy(self.table)
        box.addWidget(title)
        box.addWidget(self.table, 1)
        hint = tr("Known by its name, unless you choose otherwise: go to a row and press F2, or click twice.")
        if not found.in_use:
            hint += " " + tr(found.texts.elsewhere)
        box.addWidget(plain.label(hint, role="muted", wrap=True))

    def fields(self) -> FieldMap:
        """What was chosen; what was left to the program is None."""
        chosen = {
            role: None if choice.currentText() in {"", tr(NOT_SET)} else choice.currentText()
            for role, choice in self.choices.items()
        }
        if chosen["data"] == tr(RECORD):
            chosen["data"] = WHOLE_RECORD
        if self._is_read_otherwise():  # then the names may be others, and what was found is found again
            said = self._options.fields or FieldMap()
            renamed = replace(self._said(), encoding=None) != replace(self._options.read_as, encoding=None)
            for role, choice in self.choices.items():
                if choice.currentText() == self._used[role] and (renamed or getattr(said, role) is None):
                    chosen[role] = None
        return FieldMap(**chosen)

    def _said(self) -> ReadAs:
        try:
            return self.read_as.read_as()
        except LogError:
            return self._options.read_as

    def _is_read_otherwise(self) -> bool:
        return self._said() != self._options.read_as

    def accept(self) -> None:
        """Close, unless a field was named that no record has: then that is said here, and nothing is read anew."""
        try:
            self.read_as.read_as()
            if not self._is_read_otherwise():
                self._document.log.chosen(self.fields())
        except LogError as error:
            self.problem.setText(visible(translated(error.reason), 500))
            self.problem.show()
            return
        super().accept()

    def reading(self) -> ReadingChoice:
        """Everything that was chosen."""
        return ReadingChoice(self.fields(), self.meanings.chosen(), self._said())


class MeaningsModel(TableModel):
    """One row for each event type: its name, how often, what it means."""

    HEADS = ColumnHead(later("Event type")), ColumnHead(later("Events"), RIGHT), ColumnHead(later("Means"))

    def __init__(self, found: Meanings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._types, self.rows = found.types, len(found.types)
        self._does = found.texts.of
        self.choices = (None, *self._does)  # None: by its name
        self._chosen = {each.type: each.chosen for each in found.types if each.chosen is not None}

    def chosen(self) -> dict[str, str]:
        """What types mean that do not go by their names."""
        return dict(self._chosen)

    def choose(self, row: int, variant: str | None) -> None:
        """Let a type mean something else; None: what its name says."""
        kind = self._types[row].type
        if variant is None:
            self._chosen.pop(kind, None)
        else:
            self._chosen[kind] = variant
        self.redraw(row, row)

    def variant(self, row: int) -> str | None:
        """What was chosen for a row."""
        return self._chosen.get(self._types[row].type)

    def choice_text(self, row: int, variant: str | None) -> str:
        """What a choice says."""
        if variant is None:
            return tr("by its name: {meaning}").format(meaning=self._meaning(self._types[row].by_name))
        return self._meaning(variant)

    def _meaning(self, variant: str) -> str:
        does = tr(self._does[variant])
        return f"{variant} – {does}" if variant else does

    def cells(self, row: int) -> tuple[Cell, ...]:
        kind = self._types[row]
        return (
            Cell(visible(kind.type, 200) or tr("(no type)")),
            Cell(grouped(kind.count), side=RIGHT),
            Cell(self.choice_text(row, self.variant(row))),
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == MEANS else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable


class _Chooser(QStyledItemDelegate):
    """Offers every meaning in place."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, MeaningsModel)
        box = QComboBox(parent)
        box.setAccessibleName(tr("Meaning"))
        for variant in model.choices:
            box.addItem(model.choice_text(index.row(), variant), variant)
        box.activated.connect(lambda _at: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        model = index.model()
        assert isinstance(model, MeaningsModel)
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(model.choices.index(model.variant(index.row())))

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        assert isinstance(model, MeaningsModel)
        assert isinstance(editor, QComboBox)
        model.choose(index.row(), model.choices[editor.currentIndex()])


def _table(model: MeaningsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(tr("Meaning of event types"))
    table.setItemDelegateForColumn(MEANS, _Chooser(table))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_px())
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setEditTriggers(
        QAbstractItemView.EditTrigger.DoubleClicked
        | QAbstractItemView.EditTrigger.EditKeyPressed
        | QAbstractItemView.EditTrigger.SelectedClicked
    )
    header = table.horizontalHeader()
    header.setSectionResizeMode(MEANS, QHeaderView.ResizeMode.Stretch)
    header.setHighlightSections(False)
    table.setColumnWidth(TYPE, min(max(table.sizeHintForColumn(TYPE) + 12, USUAL_TYPE_PX), MOST_TYPE_PX))
    header.setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
    if model.rowCount():
        table.setCurrentIndex(model.index(0, MEANS))
    return table


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
