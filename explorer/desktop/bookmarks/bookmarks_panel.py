"""How does a person put bookmarks, name them, find them again in a panel, and keep them from one day to the next?"""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import RIGHT, Cell, ColumnHead, Index, TableModel
from explorer.language import grouped, later, tr
from explorer.session.document import Document
from explorer.session.places.bookmarks import LONGEST_NAME, Bookmark, dumps, in_log, in_order, loads
from explorer.session.plaintext import visible
from explorer.session.stand import Stand

POSITION, MOMENT, NAME, NOTE = range(4)
WIDTHS = ((POSITION, 10), (MOMENT, 30), (NAME, 22))  # in figures


class BookmarksModel(TableModel):
    """One row for each bookmark, ascending."""

    HEADS = (
        ColumnHead("#", RIGHT),
        ColumnHead(later("Time")),
        ColumnHead(later("Name")),
        ColumnHead(later("Note")),
    )
    edited = Signal(object)  # the bookmark as it shall be

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: list[Bookmark] = []
        self._document: Document | None = None

    def show_bookmarks(self, marks: list[Bookmark], document: Document | None) -> None:
        """List these."""
        with self.anew():
            self._marks, self._document, self.rows = list(marks), document, len(marks)

    def bookmark(self, row: int) -> Bookmark | None:
        """The bookmark in `row`."""
        return self._marks[row] if 0 <= row < len(self._marks) else None

    def row_of(self, position: int) -> int:
        """The row of the bookmark at `position`; -1: there is none."""
        return next((row for row, mark in enumerate(self._marks) if mark.position == position), -1)

    def cells(self, row: int) -> tuple[Cell, ...]:
        mark = self._marks[row]
        moment = self._document.moment_text(mark.position) if self._document else ""
        return (
            Cell(grouped(mark.position), side=RIGHT),
            Cell(moment),
            Cell(visible(mark.name)),
            Cell(visible(mark.note)),
        )

    # --- what can be written into the table ---------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in {NAME, NOTE} else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        mark = self.bookmark(index.row()) if index.isValid() else None
        if mark is not None and role == Qt.ItemDataRole.EditRole and index.column() in {NAME, NOTE}:
            return mark.name if index.column() == NAME else mark.note.replace("\n", " ")
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        mark = self.bookmark(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or mark is None or not isinstance(value, str):
            return False
        if index.column() == NOTE and value == mark.note.replace("\n", " "):
            return False  # looked at and left alone: a note of several lines keeps them
        name, note = (value, mark.note) if index.column() == NAME else (mark.name, value)
        self.edited.emit(Bookmark(mark.position, name.strip(), note.strip()))
        return True


class BookmarksTable(QuietTable):
    """Enter goes there, F2 or a double click writes, Delete takes away."""

    chosen = Signal(object)  # position
    remove_asked = Signal(object)  # position

    def __init__(self, model: BookmarksModel) -> None:
        super().__init__(model, tr("Bookmarks"))
        self._model = model
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        self.set_figures(WIDTHS)
        self.keep_whole(POSITION, MOMENT)
        self.clicked.connect(self._go)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self._go(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            mark = self._model.bookmark(index.row())
            if mark is not None:
                self.remove_asked.emit(mark.position)
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        mark = self._model.bookmark(index.row())
        if mark is not None:
            self.chosen.emit(mark.position)


class BookmarksPanel(QWidget):
    """The list, and the buttons for it."""

    def __init__(self) -> None:
        super().__init__()
        self.model = BookmarksModel(self)
        self.table = BookmarksTable(self.model)
        self.said = plain.Elided(role="muted", name=tr("Bookmarks"))
        self.describe = self._button(
            tr("Name and note…"), tr("Write a name and a note for the chosen bookmark")
        )
        self.remove = self._button(tr("Remove"), tr("Take the chosen bookmark away (Delete)"))
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.describe)
        buttons.addWidget(self.remove)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addLayout(buttons)
        box.addWidget(self.table, 1)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        self.show_bookmarks([], None)

    @property
    def position(self) -> int | None:
        """Where the chosen bookmark is; None: none is chosen."""
        mark = self.model.bookmark(self.table.currentIndex().row())
        return None if mark is None else mark.position

    def show_bookmarks(self, marks: list[Bookmark], document: Document | None) -> None:
        """List these; the chosen one stays chosen."""
        chosen = self.position
        self.model.show_bookmarks(marks, document)
        if chosen is not None:
            self.stand_at(chosen)
        hint = tr("M puts a bookmark where you stand; [ and ] go from one to the next.")
        count = tr("1 bookmark") if len(marks) == 1 else tr("{count:,} bookmarks").format(count=len(marks))
        self.said.show_text(count if marks else hint)
        self._enable()

    def stand_at(self, position: int) -> None:
        """Choose the bookmark where the person stands, if there is one."""
        row = self.model.row_of(position)
        if row >= 0 and row != self.table.currentIndex().row():
            self.table.setCurrentIndex(self.model.index(row, NAME))

    def _enable(self) -> None:
        self.describe.setEnabled(self.position is not None)
        self.remove.setEnabled(self.position is not None)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        plain.set_tip(button, tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


class BookmarkDialog(QDialog):
    """A name and a note for one place."""

    def __init__(self, mark: Bookmark, moment: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Bookmark"))
        self._position = mark.position
        self.name = QLineEdit(mark.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(tr("Name"))
        self.note = QPlainTextEdit(mark.note)
        self.note.setAccessibleName(tr("Note"))
        self.note.setTabChangesFocus(True)
        form = QFormLayout()
        form.addRow(tr("Position"), plain.label(f"{grouped(mark.position)}   {moment}", role="muted"))
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Note"), self.note)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Save).setText(tr("Keep"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(buttons)
        self.resize(460, 260)
        self.name.setFocus()

    def bookmark(self) -> Bookmark:
        """What was written."""
        return Bookmark(self._position, self.name.text().strip(), self.note.toPlainText().strip())


KEPT_AS = "bookmarks"


class BookmarkController(PanelController):
    """The bookmarks of the open log. They are kept by the log's path, and by places in the log."""

    panel: BookmarksPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = BookmarksPanel()
        self._kept = PerLog(page.settings)
        self._beyond: list[Bookmark] = []  # of the part of the log that has not been read yet
        self._unkept: tuple[str, str] = ("", "")  # of a log that is no file: its name and its bookmarks

    def offers(self) -> dict[str, object]:
        return {"marking": self, "bookmarks_panel": self.panel}

    def wire(self) -> None:
        panel = self.panel
        self._page.signals.bookmark_asked.connect(self.describe_at)
        panel.table.chosen.connect(self._page.playhead.move_to)
        panel.table.remove_asked.connect(self.remove)
        panel.model.edited.connect(self.put)
        panel.describe.clicked.connect(lambda: self.describe_at(panel.position))
        panel.remove.clicked.connect(lambda: self.remove(panel.position))

    def show_document(self, document: Document | None) -> None:
        """Bring the bookmarks of another log, or of the same in another order of time."""
        marks = self._page.markers.bookmarks
        marks.clear()
        self._beyond = []
        if document is not None:
            here, self._beyond = in_order(loads(self._stored(document)), document.history)
            for mark in here:
                marks.put(mark)
        self._show()

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    def put(self, bookmark: Bookmark) -> None:
        """Add `bookmark`, or write anew what is at its position."""
        self._page.markers.bookmarks.put(bookmark)
        self._changed()

    def add(self, bookmarks: Iterable[Bookmark]) -> None:
        """Add bookmarks from elsewhere to those that are there."""
        for bookmark in bookmarks:
            self._page.markers.bookmarks.put(bookmark)
        self._changed()

    def remove(self, position: int | None) -> None:
        """Take the bookmark at `position` away."""
        if position is not None and self._page.markers.bookmarks.remove(position):
            self._changed()

    def text(self) -> str:
        """All bookmarks of this log as text, for a file that keeps where one was."""
        document = self._page.document
        if document is None:
            return ""
        return dumps([*in_log(self._page.markers.bookmarks, document.history), *self._beyond])

    def restore(self, text: str) -> None:
        """Put the bookmarks of such a text in place of those that are there."""
        document = self._page.document
        if document is not None:
            self._store(document, dumps(loads(text)))
            self.show_document(document)

    def describe_at(self, position: int | None) -> None:
        """Write a name and a note for the place at `position`."""
        document = self._page.document
        if document is None or position is None:
            return
        mark = self._page.markers.bookmarks.at(position) or Bookmark(position)
        dialog = BookmarkDialog(mark, document.moment_text(position), self._page.widget)
        dialog.accepted.connect(lambda: self.put(dialog.bookmark()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- what the actions call ----------------------------------------------------------------

    def toggle(self) -> None:
        """Put a bookmark here, or take it away."""
        self._page.markers.bookmarks.toggle(self._page.playhead.position)
        self._changed()

    def describe(self) -> None:
        """Write a name and a note for this place."""
        self.describe_at(self._page.playhead.position)

    def next(self) -> None:
        """To the next bookmark."""
        self._step(1)

    def previous(self) -> None:
        """To the previous bookmark."""
        self._step(-1)

    def show(self) -> None:
        """Bring up the list."""
        self._page.panels.bring_up("bookmarks")
        self.panel.table.setFocus()

    # --- private ------------------------------------------------------------------------------

    def _step(self, step: int) -> None:
        found = self._page.markers.bookmarks.following(self._page.playhead.position, step)
        if found is not None:
            self._page.playhead.move_to(found.position)

    def _changed(self) -> None:
        if self._page.document is not None:
            self._store(self._page.document, self.text())
        self._show()

    def _show(self) -> None:
        marks = list(self._page.markers.bookmarks)
        self._page.signals.bookmarks_changed.emit(marks)
        self.panel.show_bookmarks(marks, self._page.document)

    def _stored(self, document: Document) -> str:
        if document.path is None:
            return self._unkept[1] if self._unkept[0] == document.name else ""
        return self._kept.get(document, KEPT_AS)

    def _store(self, document: Document, text: str) -> None:
        if document.path is None:
            self._unkept = (document.name, text)
        else:
            self._kept.put(document, KEPT_AS, text)
