"""How does a person write a read model in SQL, and see at once what is wrong with it?"""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
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
from explorer.desktop.look.theme import number_font, row_px, theme_of, wrong_look
from explorer.desktop.saving import ask_where
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import TextRows
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.language import counted, tr
from explorer.patterns import lazy_pattern
from explorer.projection.members import UnknownName
from explorer.projection.model import ReadModel
from explorer.resources import resource
from explorer.sentences import in_words, translated
from explorer.session.document import Document
from explorer.session.options import Recipe
from explorer.session.plaintext import visible
from explorer.session.trial import MOST_ROWS, Trial, read_for, trial

CHECK_AFTER_MS = 250
MOST_REMARKS = 4


class QueryDialog(QDialog):
    """An editor for one query. It is checked while it is written; only one without fault can be used.

    A type that the log does not have may yet come: it is told, and not refused. Below it stand the first rows of what
    the query gives for the log that is open.
    """

    chosen = Signal(object)  # a Recipe
    written = Signal(object)  # what stands there once somebody has written it, whether or not it can be used

    def __init__(
        self, recipe: Recipe, parent: QWidget | None = None, document: Document | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Read model in SQL"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = recipe.name if recipe.language == "sql" else "query.sql"
        self._document = document
        # with the window, for it may still be telling when this dialog is deleted; `done` forgets it
        self._trying = LatestTask(self if parent is None else parent)
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(tr("Query"))
        self.editor.setFont(number_font(self.font()))
        self.editor.setTabStopDistance(4 * self.editor.fontMetrics().horizontalAdvance(" "))
        self.editor.setTabChangesFocus(True)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._colours = SqlColours(self.editor.document(), self.editor)
        self.verdict = plain.label(name=tr("What is wrong with the query"), wrap=True)
        self.verdict.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rows = TextRows([])
        self.first_rows = QuietTable(self._rows, tr("First rows"))
        self._rows.setParent(self.first_rows)
        self.first_rows.setMaximumHeight((MOST_ROWS + 2) * row_px())
        self.first_rows.setVisible(document is not None)
        self.told = plain.label(name=tr("What the rows are"), role="muted", wrap=True)
        self.told.setVisible(document is not None)
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
        plain.resize_within_screen(self, QSize(820, 620))
        self.editor.setFocus()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        hint = tr(
            "One row of events for each event: type, at, entity, data, metadata, record, id, sequence, position. "
            "The keys of GROUP BY name the entities; sum, count, min, max, first, last and avg are the fields of "
            "their state."
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
        box.addWidget(self.first_rows, 1)
        box.addWidget(self.told)
        box.addWidget(self.buttons)

    @property
    def recipe(self) -> Recipe:
        """What is written."""
        return Recipe(self._name, "sql", self.editor.toPlainText())

    def _changed(self) -> None:
        self.use.setEnabled(False)
        self._trying.cancel()
        self._timer.start()

    def _check(self) -> None:
        """Read the query on another thread: the first time, the parser has to be loaded."""
        self._tell()
        recipe, document = self.recipe, self._document
        self._trying.start(
            lambda _report: read_for(document, recipe),
            Handlers(lambda found: self._usable(*found), self._refuse),
        )

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        said = _placed(error.line or 1, error.column or 1, translated(error.reason))
        self._say(said, warning=True)
        self.use.setEnabled(False)
        self.editor.setExtraSelections([self._mark(error.line or 1, error.column or 1)])
        self._show_rows(None)

    def _usable(self, model: ReadModel | None, found: Sequence[UnknownName]) -> None:
        self._remark(found)
        self.use.setEnabled(True)
        document = self._document
        if document is None or model is None:
            return
        self._trying.start(lambda report: trial(document, model, report), Handlers(self._tried, self._fail))

    def _fail(self, error: Exception) -> None:
        self.told.setText(visible(in_words(error), 300) if isinstance(error, (LogError, OSError)) else "")
        if not isinstance(error, (LogError, OSError)):
            raise error

    def _tried(self, made: Trial | None) -> None:
        if made is not None:
            self._remark(made.findings, empty=self._gives_nothing(made))
        self._show_rows(made)

    def _gives_nothing(self, made: Trial) -> bool:
        """Whether all of the log was tried, and no row came of it."""
        return self._document is not None and made.events == self._document.event_count and not made.entities

    def _remark(self, found: Sequence[UnknownName], *, empty: bool = False) -> None:
        """It can be used; what it names that the log does not have is said, and first if it was typed wrongly."""
        lines = [_placed(each.line, each.column, translated(each.reason)) for each in found[:MOST_REMARKS]]
        if len(found) > MOST_REMARKS:
            lines.append(tr("… and {count:,} more").format(count=len(found) - MOST_REMARKS))
        likely = [each for each in found if each.likely]
        if likely:
            said = tr("It names what this log does not have:")
        elif empty:
            said = tr("It gives no row for this log.")
        else:
            said = tr("It can be used.")
        self._say("\n".join([said, *lines]), warning=bool(likely) or empty)
        self.editor.setExtraSelections([self._mark(each.line, each.column) for each in likely])

    def _say(self, text: str, *, warning: bool) -> None:
        self.verdict.setProperty("role", "warning" if warning else "muted")
        self.verdict.setText(text)
        self.verdict.style().polish(self.verdict)

    def _show_rows(self, made: Trial | None) -> None:
        self._rows.show_rows([] if made is None else made.rows, [] if made is None else made.columns)
        if made is None or self._document is None:
            self.told.setText("")
            return
        told = tr("The first {rows:,} of {entities:,} rows, after {events:,} of {all:,} events.").format(
            rows=len(made.rows), entities=made.entities, events=made.events, all=self._document.event_count
        )
        if made.problems:
            told += " " + counted(
                made.problems,
                tr("1 event could not be applied: {reason}."),
                tr("{count:,} events could not be applied; the first: {reason}."),
                reason=visible(translated(made.problem), 120),
            )
        self.told.setText(told)

    def _mark(self, line: int, column: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.editor.document().findBlockByNumber(line - 1))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, column - 1)
        if cursor.atBlockEnd() and not cursor.atBlockStart():
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        look = wrong_look(self.palette())
        look.setBackground(QColor(theme_of(self.palette()).warning_soft))
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
            plain.box(self, tr("Save the query"), visible(in_words(error), 1_000)).open()
        else:
            self._name = Path(path).name

    def done(self, result: int) -> None:
        """Close it; what is still tried is given up."""
        self._tell()
        self._timer.stop()
        self._trying.cancel()
        super().done(result)

    def _tell(self) -> None:
        if self.editor.document().isModified():
            self.editor.document().setModified(False)
            self.written.emit(self.recipe)

    def _use(self) -> None:
        self.chosen.emit(self.recipe)
        self.accept()


def _placed(line: int, column: int, reason: str) -> str:
    said = tr("line {line}, column {column}: {reason}")
    return said.format(line=line, column=column, reason=visible(reason, 400))


def _example(name: str) -> str:
    return resource("projections", name).read_text(encoding="utf-8")


_WORDS = lazy_pattern(
    r"\b(SELECT|FROM|WHERE|GROUP|BY|ALL|AS|WITH|UNION|CASE|WHEN|THEN|ELSE|END|AND|OR|NOT|NULL|IS|IN|LIKE|ILIKE"
    r"|BETWEEN|FILTER|CAST|DATE|TRUE|FALSE|sum|count|min|max|first|last|avg|coalesce|unnest)\b",
    re.IGNORECASE,
)
_PARTS = (
    ("keyword", _WORDS),
    ("number", lazy_pattern(r"\b[0-9][0-9.]*\b")),
    ("text", lazy_pattern(r"'[^']*'?")),
)
_COMMENT = lazy_pattern(r"--.*$")


class SqlColours(QSyntaxHighlighter):
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
