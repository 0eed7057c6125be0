"""How does a person paste or write a read model in JavaScript, and see what is wrong with it?"""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.code_colours import CodeColours
from explorer.desktop.look.theme import number_font
from explorer.desktop.saving import ask_where
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.resources import resource
from explorer.sentences import in_words, translated
from explorer.session.options import Recipe
from explorer.session.plaintext import visible
from explorer.session.recipes import checked

EXAMPLE = "accounts.js"


class ProgramDialog(QDialog):
    """An editor for one program in JavaScript. What defines no `evolve` cannot be used, and it says so."""

    chosen = Signal(object)  # a Recipe

    def __init__(self, current: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Read model in JavaScript"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = current.language == "javascript"
        self._name = current.name if own else "evolve.js"
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(tr("The program"))
        self.editor.setFont(number_font(self.font()))
        self.editor.setTabChangesFocus(True)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._colours = CodeColours(self.editor.document(), self.editor)
        self.verdict = plain.label(name=tr("What is wrong with the program"), wrap=True)
        self.verdict.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.use = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.use.setText(tr("Use it"))
        self.buttons.accepted.connect(self._use)
        self.buttons.rejected.connect(self.reject)
        self.save = QPushButton(tr("Save as…"))
        self.save.clicked.connect(self._ask_where)
        self._lay_out()
        self.editor.textChanged.connect(self._check)
        shown = current.text if own else resource("projections", EXAMPLE).read_text(encoding="utf-8")
        self.editor.setPlainText(shown)
        plain.resize_within_screen(self, QSize(820, 620))
        self.editor.setFocus()
        self.editor.selectAll()  # what is pasted takes the place of the example

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        hint = tr(
            "Paste evolve(state, event) from your course, with initialState if it has one. key(event) names the "
            "entity; without it, each event belongs to its own. Numbers are doubles there: where one loses digits, "
            "its event says so. It can reach no file and no network."
        )
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        box.addWidget(self.editor, 1)
        box.addWidget(self.verdict)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.buttons, 1)
        box.addLayout(row)

    @property
    def recipe(self) -> Recipe:
        """What is written."""
        return Recipe(self._name, "javascript", self.editor.toPlainText())

    def _check(self) -> None:
        wrong = ""
        try:
            checked(self.recipe)
        except LogError as error:
            wrong = visible(translated(error.reason), 300)
        self.verdict.setProperty("role", "warning" if wrong else "muted")
        self.verdict.setText(wrong or tr("It can be used."))
        self.verdict.style().polish(self.verdict)
        self.use.setEnabled(not wrong)

    def _ask_where(self) -> None:
        ask_where(self, tr("Save the program"), self._name, "JavaScript (*.js)", "js", self.save_to)

    def save_to(self, path: str) -> None:
        """Write the program into a file; the person was asked about what is there."""
        try:
            write_file(Path(path), [self.editor.toPlainText().encode("utf-8", "replace")], replace=True)
        except LogError as error:
            plain.box(self, tr("Save the program"), visible(in_words(error), 1_000)).open()
        else:
            self._name = Path(path).name

    def _use(self) -> None:
        self.chosen.emit(self.recipe)
        self.accept()
