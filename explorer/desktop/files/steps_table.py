"""How is a record unwrapped, step by step, and how does a person change that?"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from explorer.desktop.look.theme import row_px
from explorer.desktop.tables.table_model import NOWHERE, Cell, ColumnHead, Index, TableModel
from explorer.eventlog.profiles.profile import Unwrapping
from explorer.language import later, tr
from explorer.session.changes.profile_draft import READINGS, step_of, steps_text, why_no_reading
from explorer.session.plaintext import visible

PATH, READ, INTO, ENTER, ONLY_WITH = range(5)
ROWS_SHOWN = 3


class StepsModel(TableModel):
    """One row for each step, and one more in which another can be named."""

    changed = Signal()
    refused = Signal(str)
    HEADS = (
        ColumnHead(later("Where it stands")), ColumnHead(later("Read as")), ColumnHead(later("Goes to")),
        ColumnHead(later("Is the record")), ColumnHead(later("Only with")),
    )  # fmt: skip

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[Unwrapping, ...] = ()
        self.paths: Sequence[str] = ()
        self.rows = 1

    def show_steps(self, steps: Sequence[Unwrapping]) -> None:
        """Show what is done now."""
        if tuple(steps) == self.steps:
            return
        more = len(steps) + 1 - self.rows  # what is edited just now stays where it is
        if more > 0:
            self.beginInsertRows(NOWHERE, self.rows, self.rows + more - 1)
        elif more < 0:
            self.beginRemoveRows(NOWHERE, self.rows + more, self.rows - 1)
        self.steps, self.rows = tuple(steps), len(steps) + 1
        if more > 0:
            self.endInsertRows()
        elif more < 0:
            self.endRemoveRows()
        self.redraw()

    def choices(self, column: int) -> Sequence[str]:
        """What is offered in a column."""
        if column == READ:
            return READINGS
        return (tr("no"), tr("yes")) if column == ENTER else ("", *self.paths)

    def value(self, row: int, column: int) -> str:
        """What stands in a cell while it is edited."""
        if row >= len(self.steps):
            return tr("no") if column == ENTER else ""
        step = self.steps[row]
        entered = tr("yes") if step.enter else tr("no")
        return (step.path, steps_text(step), step.into, entered, " ".join(step.where))[column]

    def put(self, row: int, column: int, value: str) -> None:
        """Change one cell; a step of which nothing is left goes."""
        texts = [self.value(row, each) for each in range(len(self.HEADS))]
        if value == texts[column]:
            return
        texts[column] = value
        if row >= len(self.steps) and column == PATH and not texts[READ]:
            texts[READ] = READINGS[0]
        path, read, into, enter, only_with = texts
        if (reason := why_no_reading(read)) is not None:
            self.refused.emit(reason)
            return
        step = step_of(path, read, into, only_with, enter=enter == tr("yes"))
        steps = list(self.steps)
        steps[row : row + 1] = [step] if path.strip() or read.strip() or step.enter else []
        self._become(steps)

    def remove(self, row: int) -> None:
        """Leave a step out."""
        if row < len(self.steps):
            self._become([step for at, step in enumerate(self.steps) if at != row])

    def _become(self, steps: Sequence[Unwrapping]) -> None:
        self.show_steps(steps)
        self.changed.emit()

    def cells(self, row: int) -> tuple[Cell, ...]:
        if row >= len(self.steps):
            return (Cell(tr("(another step)"), "muted"), *(Cell("") for _ in self.HEADS[1:]))
        texts = [visible(self.value(row, column), 200) for column in range(len(self.HEADS))]
        texts[PATH] = texts[PATH] or tr("(the record itself)")
        texts[ENTER] = texts[ENTER] if self.steps[row].enter else ""
        return tuple(Cell(text) for text in texts)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


class _Chooser(QStyledItemDelegate):
    """Offers paths and readings in place; others can be typed."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, StepsModel)
        box = QComboBox(parent)
        box.setAccessibleName(model.head(index.column()).text)
        box.setEditable(index.column() != ENTER)
        box.addItems([visible(each, 200) for each in model.choices(index.column())])
        # what was typed is said to be chosen once more when the keys leave: by then it is taken
        box.activated.connect(lambda _at: self.commitData.emit(box) if box.hasFocus() else None)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        model = index.model()
        assert isinstance(model, StepsModel)
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(model.value(index.row(), index.column()))

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        assert isinstance(model, StepsModel)
        assert isinstance(editor, QComboBox)
        model.put(index.row(), index.column(), editor.currentText())


class StepsTable(QTableView):
    """F2 or two clicks change a cell, Delete leaves a step out."""

    def __init__(self, model: StepsModel) -> None:
        super().__init__()
        self._steps = model
        self.setModel(model)
        self.setAccessibleName(tr("How records are unwrapped"))
        self.setItemDelegate(_Chooser(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_px())
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setFixedHeight(header.sizeHint().height() + ROWS_SHOWN * row_px() + 4)
        self.setCurrentIndex(model.index(0, PATH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self._steps.remove(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
