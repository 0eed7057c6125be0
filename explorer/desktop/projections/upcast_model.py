"""What do the tables of upcasting hold: the members of one event at each version, and the versions in the log?"""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication

from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.tables.table_model import Index
from explorer.language import grouped, tr
from explorer.session.changes.upcasts import Schema, Upcast
from explorer.session.plaintext import visible

MARK, PATH = 0, 1
TYPE, VERSION, EVENTS, REACHED, NOTE = range(5)


class UpcastModel(QAbstractTableModel):
    """A row for each member of the data, a column for each version; what a step changed is marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.upcast: Upcast | None = None
        self._numbers = number_font(QGuiApplication.font())

    def show_upcast(self, upcast: Upcast | None) -> None:
        """Show another event."""
        self.beginResetModel()
        self.upcast = upcast
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.upcast is None else len(self.upcast.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 2 + (len(self.upcast.versions) if self.upcast is not None else 0)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if orientation != Qt.Orientation.Horizontal or self.upcast is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return left
        if role != Qt.ItemDataRole.DisplayRole or section == MARK:
            return None
        if section == PATH:
            return tr("Member")
        version = self.upcast.versions[section - 2]
        return (tr("As written (version {version})") if section == 2 else tr("Version {version}")).format(
            version=version
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.upcast is None or not index.isValid():
            return None
        row = self.upcast.rows[index.row()]
        column = index.column()
        mark = row.marks[column - 2] if column > PATH else ""
        theme = theme_of(QGuiApplication.palette())
        inks = {"+": theme.added, "−": theme.warning, "~": theme.changed}
        papers = {"+": theme.added_soft, "−": theme.warning_soft, "~": theme.changed_soft}
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                if column == MARK:
                    return "".join(dict.fromkeys(each for each in row.marks if each))
                if column == PATH:
                    return visible(row.path)
                value = row.values[column - 2]
                return f"{mark} {'' if value is None else visible(value)}".strip()
            case Qt.ItemDataRole.FontRole if column > PATH:
                return self._numbers
            case Qt.ItemDataRole.TextAlignmentRole if column == MARK:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ForegroundRole if mark:
                return QBrush(QColor(inks[mark]))
            case Qt.ItemDataRole.BackgroundRole if mark:
                return QBrush(QColor(papers[mark]))
        return None


class SchemasModel(QAbstractTableModel):
    """A row for each version of each type that is in the log."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.schemas: Sequence[Schema] = ()
        self._numbers = number_font(QGuiApplication.font())

    def show_schemas(self, schemas: Sequence[Schema]) -> None:
        """Show those of another log."""
        self.beginResetModel()
        self.schemas = schemas
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.schemas)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else NOTE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Type"), tr("Version"), tr("Events"), tr("Becomes"), "")[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        schema, column = self.schemas[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return _said(schema, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.FontRole if TYPE < column < NOTE:
                return self._numbers
            case Qt.ItemDataRole.ForegroundRole if column == NOTE:
                return QBrush(QColor(theme_of(QGuiApplication.palette()).warning))
        return None


def _said(schema: Schema, column: int) -> str:
    match column:
        case 0:
            return visible(schema.type)
        case 1:
            return str(schema.version)
        case 2:
            return grouped(schema.events)
        case 3:
            return str(schema.reached) if schema.reached != schema.version else "="
        case _:
            return "" if schema.covered else tr("! no chain covers it")


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if TYPE < column < NOTE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
