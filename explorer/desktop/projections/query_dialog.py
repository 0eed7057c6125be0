"""How does a person write a read model in SQL, and see at once what is wrong with it?"""

import re
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.files.saving import ask_where
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.tasks import BackgroundTask
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.resources import resource
from explorer.session.options import Recipe
from explorer.session.plaintext import visible
from explorer.session.recipes import checked

CHECK_AFTER_MS = 250
_WORDS = re.compile(
    r"\b(SELECT|FROM|WHERE|GROUP|BY|ALL|AS|WITH|UNION|CASE|WHEN|THEN|ELSE|END|AND|OR|NOT|NULL|IS|IN|LIKE|ILIKE"
    r"|BETWEEN|FILTER|CAST|DATE|TRUE|FALSE|sum|count|min|max|first|last|avg|coalesce|unnest)\b",
    re.IGNORECASE,
)
_PARTS = (("keyword", _WORDS), ("number", re.compile(r"\b[0-9][0-9.]*\b")), ("text", re.compile(r"'[^']*'?")))
_COMMENT = re.compile(r"--.*$")


class _Colours(QSyntaxHighlighter):
    """Words, numbers, texts and comments of SQL."""

    def __init__(self, document: QTextDocument, editor: QWidget) -> None:
        super().__init__(document)
        self._editor = editor

    def highlightBlock(self, text: str) -> None:
        theme = theme_of(self._editor.palette())
        colours = {"keyword": theme.accent, "number": theme.changed, "text": theme.added}
        for name, pattern in _PARTS:
            for found in pattern.finditer(text):
                self._paint(found, colours[name])
        for found in _COMMENT.finditer(text):
            self._paint(found, theme.muted)

    def _paint(self, found: re.Match[str], colour: str) -> None:
        look = QTextCharFormat()
        look.setForeground(QColor(colour))
        self.setFormat(found.start(), found.end() - found.start(), look)


class QueryDialog(QDialog):
    """An editor for one query. It is checked while it is written; only one without fault can be used."""

    chosen = Signal(object)  # a Recipe
    written = Signal(object)  # what stands there once somebody has written it, whether or not it can be used

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Read model in SQL"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = recipe.name if recipe.language == "sql" else "query.sql"
        self._asked = 0
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(tr("Query"))
        self.editor.setFont(number_font(self.font()))
        self.editor.setTabStopDistance(4 * self.editor.fontMetrics().horizontalAdvance(" "))
        self.editor.setTabChangesFocus(True)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._colours = _Colours(self.editor.document(), self.editor)
        self.verdict = plain.label(name=tr("What is wrong with the query"), wrap=True)
        self.verdict.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.use = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.use.setText(tr("Use it"))
        self.use.setEnabled(False)
        self.buttons.accepted.connect(self._use)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER_MS)
        self._timer.timeout.connect(self._check)
        self.editor.textChanged.connect(self._changed)
        self.editor.setPlainText(recipe.text if recipe.language == "sql" else _example("accounts.sql"))
        self.editor.document().setModified(False)
        self.resize(820, 620)
        self.editor.setFocus()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        hint = tr(
            "One row of events for each event: type, at, entity, data, metadata, id, sequence, position. The keys of "
            "GROUP BY name the entities; sum, count, min, max, first, last and avg are the fields of their state."
        )
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        row = QHBoxLayout()
        self.examples = QComboBox()
        self.examples.setAccessibleName(tr("Examples"))
        self.examples.addItem(tr("Examples"), None)
        for path in sorted(resource("projections").glob("*.sql")):
            self.examples.addItem(path.name, path.name)
        self.examples.activated.connect(self._show_example)
        self.save = QPushButton(tr("Save as…"))
        self.save.clicked.connect(self._ask_where)
        row.addWidget(self.examples)
        row.addStretch(1)
        row.addWidget(self.save)
        box.addLayout(row)
        box.addWidget(self.editor, 1)
        box.addWidget(self.verdict)
        box.addWidget(self.buttons)

    @property
    def recipe(self) -> Recipe:
        """What is written."""
        return Recipe(self._name, "sql", self.editor.toPlainText())

    def _changed(self) -> None:
        self.use.setEnabled(False)
        self._timer.start()

    def _check(self) -> None:
        """Read the query on another thread: the first time, the parser has to be loaded."""
        self._tell()
        self._asked += 1
        asked, recipe = self._asked, self.recipe
        task = BackgroundTask(lambda _report: checked(recipe), self)
        task.succeeded.connect(lambda _recipe: self._show(asked, None))
        task.failed.connect(lambda error: self._show(asked, error))
        task.start()

    def _show(self, asked: int, error: Exception | None) -> None:
        if asked != self._asked:
            return  # it has been changed since
        if error is not None and not isinstance(error, LogError):
            raise error
        self.verdict.setProperty("role", "muted" if error is None else "warning")
        self.verdict.setText(
            tr("It can be used.")
            if error is None
            else tr("line {line}, column {column}: {reason}").format(
                line=error.line, column=error.column, reason=error.reason
            )
        )
        self.verdict.style().polish(self.verdict)
        self.use.setEnabled(error is None and not self._timer.isActive())
        self.editor.setExtraSelections([] if error is None else [self._mark(error)])

    def _mark(self, error: LogError) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.editor.document().findBlockByNumber((error.line or 1) - 1))
        cursor.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, (error.column or 1) - 1
        )
        if cursor.atBlockEnd() and not cursor.atBlockStart():
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        theme = theme_of(self.palette())
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(theme.warning))
        look.setBackground(QColor(theme.warning_soft))
        mark.cursor, mark.format = cursor, look
        return mark

    def _show_example(self, at: int) -> None:
        name = self.examples.itemData(at)
        if name:
            self._name = name
            self.editor.selectAll()
            self.editor.insertPlainText(_example(name))  # what was there can be had back by Undo
        self.examples.setCurrentIndex(0)

    def _ask_where(self) -> None:
        ask_where(self, tr("Save the query"), self._name, "SQL (*.sql)", "sql", self.save_to)

    def save_to(self, path: str) -> None:
        """Write the query into a file; the person was asked about what is there."""
        try:
            write_file(Path(path), [self.editor.toPlainText().encode("utf-8", "replace")], replace=True)
        except LogError as error:
            plain.box(self, tr("Save the query"), visible(str(error), 1_000)).open()
        else:
            self._name = Path(path).name

    def done(self, result: int) -> None:
        self._tell()
        super().done(result)

    def _tell(self) -> None:
        if self.editor.document().isModified():
            self.editor.document().setModified(False)
            self.written.emit(self.recipe)

    def _use(self) -> None:
        self.chosen.emit(self.recipe)
        self.accept()


def _example(name: str) -> str:
    return resource("projections", name).read_text(encoding="utf-8")
