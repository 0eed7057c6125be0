"""What would have been: which branches are there, what differs in each, and what came of it?"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.tables.quiet_table import MARK_PX, QuietTable
from explorer.desktop.tables.table_model import TextRows
from explorer.history.edits import EditError
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.plaintext import visible

MORE = (
    ("copy", later("Copy this branch")),
    ("rename", later("Rename this branch…")),
    ("remove", later("Forget this branch")),
)
EMPTY = later(
    "Right-click an event to skip or edit it, or to insert one before it. The log is never written."
)


class EditsTable(QuietTable):
    """What differs; Delete takes it back."""

    take_back_asked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.currentIndex().isValid():
            self.take_back_asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class WhatIfPanel(QWidget):
    """The branches in a box, the edits of the one in front, the difference of all of them, and what is rejected."""

    chosen = Signal(int)  # a branch is to be in front
    take_back_asked = Signal(int)  # the edit in this row
    position_asked = Signal(int)  # the row of an edit, or of a rejected event: go there
    rejected_asked = Signal(int)
    warned_asked = Signal(int)  # the row of a warning about an event of the branch

    def __init__(self) -> None:
        super().__init__()
        self.names = QComboBox()
        self.names.setAccessibleName(tr("Branch"))
        self.names.setMinimumWidth(80)
        self.names.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.names, 1)
        self._add_buttons(row)
        self.edits = TextRows(["", tr("Event"), tr("What differs")], (1,), self)
        self.edits_table = EditsTable(self.edits, tr("What differs"))
        self.said = plain.Elided(role="muted", name=tr("What if"))
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.edits_table, 1)
        self.rows = TextRows([tr("Account"), tr("Field"), tr("In the log")], (2, 3, 4, 5, 6, 7, 8), self)
        self.rows_table = QuietTable(self.rows, tr("Difference from the log"))
        self.rejected = TextRows([tr("Event"), tr("Time"), tr("Type"), tr("Because")], (0,), self)
        self.rejected_table = QuietTable(self.rejected, tr("Events that the rules would have rejected"))
        self.warned = TextRows([tr("Event of the branch"), tr("What is odd")], (0,), self)
        self.warned_table = QuietTable(self.warned, tr("Warnings about events that are not in the log"))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("What came of it"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(tr("What came of it"))
        self.tabs.addTab(self.rows_table, tr("Difference"))
        self.tabs.addTab(self.rejected_table, tr("Rejected"))
        self.tabs.addTab(self.warned_table, tr("Warnings"))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(self.tabs)
        halves.setSizes([260, 400])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(halves, 1)
        outer.addWidget(self.said)
        self._set_widths()
        self.edits_table.keep_whole(1)
        self.rows_table.keep_whole()
        self.rejected_table.keep_whole(0)
        self.warned_table.keep_whole(0)
        self._connect()

    def _connect(self) -> None:
        """Let every table say what was asked for in it."""
        self.names.activated.connect(self.chosen)
        self.edits_table.take_back_asked.connect(self.take_back_asked)
        self.edits_table.activated.connect(lambda index: self.position_asked.emit(index.row()))
        self.edits_table.clicked.connect(lambda index: self.position_asked.emit(index.row()))
        self.rejected_table.activated.connect(lambda index: self.rejected_asked.emit(index.row()))
        self.rejected_table.clicked.connect(lambda index: self.rejected_asked.emit(index.row()))
        self.warned_table.activated.connect(lambda index: self.warned_asked.emit(index.row()))
        self.warned_table.clicked.connect(lambda index: self.warned_asked.emit(index.row()))

    def _add_buttons(self, row: QHBoxLayout) -> None:
        """To begin a branch, and what else can be done with the one in front."""
        self.begin = QToolButton()
        self.begin.setText(tr("New"))
        self.begin.setAccessibleName(tr("Begin another branch"))
        self.more = QToolButton()
        self.more.setText("…")
        self.more.setAccessibleName(tr("More about this branch"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.setAccessibleName(tr("More about this branch"))
        self.offers = {name: menu.addAction(tr(text)) for name, text in MORE}
        self.more.setMenu(menu)
        for button in (self.begin, self.more):
            plain.set_tip(button, button.accessibleName())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)

    def show_branches(self, names: Sequence[str], current: int) -> None:
        """List the branches."""
        self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems(list(names))
        self.names.setCurrentIndex(current)
        self.names.setEnabled(bool(names))
        self.names.blockSignals(False)
        self.more.setEnabled(bool(names))
        if not names:
            self.say(tr(EMPTY))

    def say(self, text: str, *, wrong: bool = False) -> None:
        """What came of the branch in front, in one line."""
        self.said.setProperty("role", "warning" if wrong else "muted")
        self.said.style().polish(self.said)
        self.said.show_text(text)

    def show_rows(self, noun: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show the difference of every branch, side by side."""
        columns = [noun.capitalize(), tr("Field"), tr("In the log"), *names]
        if columns != self._columns():
            self.rows.show_rows(rows, columns)
            self._set_widths()
        else:
            self.rows.show_rows(rows)
        self.tabs.setTabText(0, _counted(tr("Difference"), len(rows)))

    def show_rejected(self, rows: Sequence[Sequence[str]]) -> None:
        """Show what the rules would have rejected in the branch in front."""
        self.rejected.show_rows(rows)
        self.tabs.setTabText(1, _counted(tr("Rejected"), len(rows)))

    def show_warned(self, rows: Sequence[Sequence[str]]) -> None:
        """Show what should be known of the events that are new in the branch in front."""
        self.warned.show_rows(rows)
        self.tabs.setTabText(2, _counted(tr("Warnings"), len(rows)))

    def _columns(self) -> list[str]:
        return [self.rows.head(at).text for at in range(self.rows.columnCount())]

    def _set_widths(self) -> None:
        figure_px = self.fontMetrics().horizontalAdvance("0")
        for table, widths in (
            (self.edits_table, (MARK_PX / figure_px, 8)),
            (self.rows_table, (10, 9, *[11] * (self.rows.columnCount() - 2))),
            (self.rejected_table, (9, 22, 18)),
            (self.warned_table, (18,)),
        ):
            table.set_figures(enumerate(widths))
            table.make_whole()


def _counted(title: str, count: int) -> str:
    return f"{title} ({grouped(count)})" if count else title


class EventDialog(QDialog):
    """The event as JSON; it cannot be taken before it makes sense, and what is wrong is said at once."""

    def __init__(
        self, title: str, text: str, check: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        """Ask for an event.

        Args:
            title: What for.
            text: What stands there at first.
            check: Raises `EditError` for a text that is no event.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self._check = check
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(tr("The event as JSON"))
        self.editor.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.editor.setTabChangesFocus(True)
        self.editor.setPlainText(text)
        self.said = plain.label(role="warning", wrap=True, name=tr("What is wrong with it"))
        hint = tr("Nothing is written to the log. null takes a member away; other members stay as they are.")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Use it"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.editor, 1)
        box.addWidget(self.said)
        box.addWidget(plain.label(hint, role="muted", wrap=True))
        box.addWidget(self.buttons)
        plain.resize_within_screen(self, QSize(560, 420))
        self.editor.textChanged.connect(self._look)
        self._look()

    def text(self) -> str:
        """What the person wrote."""
        return self.editor.toPlainText()

    def _look(self) -> None:
        wrong = ""
        try:
            self._check(self.text())
        except EditError as error:
            wrong = visible(in_words(error), 200)
        self.said.setText(wrong)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not wrong)
