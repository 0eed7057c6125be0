"""What does each event type of the log mean to the read model, and what else could it?"""

from PySide6.QtCore import QObject, Qt, Signal
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
from explorer.desktop.tables.table_model import RIGHT, Cell, ColumnHead, Index, TableModel
from explorer.language import grouped, later, tr
from explorer.session.changes.meanings import Meanings
from explorer.session.plaintext import visible

USUAL_TYPE_PX, MOST_TYPE_PX = 230, 400
TYPE, COUNT, MEANS = range(3)


class MeaningsModel(TableModel):
    """One row for each event type: its name, how often, what it means."""

    changed = Signal()
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
        if self._chosen.get(kind) == variant:
            return
        if variant is None:
            self._chosen.pop(kind, None)
        else:
            self._chosen[kind] = variant
        self.redraw(row, row)
        self.changed.emit()

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


def meanings_table(model: MeaningsModel) -> QTableView:
    """A table in which each type can get another meaning, by F2 or two clicks."""
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
