"""Which conditions must always hold, and how often was each broken, as rows on screen?"""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication

from explorer.desktop import plain
from explorer.desktop.look.theme import theme_of
from explorer.desktop.tables.table_model import Index
from explorer.language import grouped, later, tr
from explorer.session.find.checks import Check, Checked, Violations
from explorer.session.plaintext import visible

ON, NAME, CONDITION, BROKEN, NOW = range(5)
TITLES = (later("On"), later("Check"), later("Must always hold"), later("Broken"), later("Here"))
WIDTHS = ((ON, 5), (NAME, 26), (CONDITION, 34), (BROKEN, 14), (NOW, 12))  # in figures


class ChecksModel(QAbstractTableModel):
    """One row for each check; the first column switches it on and off."""

    switched = Signal(int, bool)  # row, whether it is on

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checked: list[Checked] = []
        self._here: dict[Check, int] = {}

    def show_checks(self, checks: list[Check]) -> None:
        """List checks that have not been looked at yet."""
        self._show([Checked(check) for check in checks])

    def show_violations(self, violations: Violations) -> None:
        """List what came of the checks."""
        self._show(violations.checked)

    def show_here(self, broken: list[tuple[Check, int]]) -> None:
        """Show which are broken where one stands."""
        self._here = dict(broken)
        if self._checked:
            self.dataChanged.emit(self.index(0, NOW), self.index(len(self._checked) - 1, NOW))

    def checked(self, row: int) -> Checked | None:
        """What came of the check in `row`."""
        return self._checked[row] if 0 <= row < len(self._checked) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._checked)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def switch(self, row: int) -> None:
        """Switch a check off, or on again."""
        found = self.checked(row)
        if found is not None:
            self.switched.emit(row, not found.check.on)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found = self.checked(index.row()) if index.isValid() else None
        if found is None:
            return None
        column, theme = index.column(), theme_of(QGuiApplication.palette())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(found, column)
            case Qt.ItemDataRole.TextAlignmentRole if column == ON:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.AccessibleTextRole if column == ON:
                return tr("on") if found.check.on else tr("off")
            case Qt.ItemDataRole.ToolTipRole if found.problem:
                return plain.tip(found.problem)
            case Qt.ItemDataRole.ForegroundRole if not found.check.on:
                return QBrush(QColor(theme.future))
            case Qt.ItemDataRole.ForegroundRole if found.problem or (found.hits and column >= BROKEN):
                return QBrush(QColor(theme.warning))
        return None

    def _text(self, found: Checked, column: int) -> str:
        match column:
            case 0:
                return "☑" if found.check.on else "☐"
            case 1:
                return visible(found.check.name)
            case 2:
                return visible(found.check.condition)
            case 3:
                return _told(found)
            case 4:
                here = self._here.get(found.check, 0)
                return tr("✗ {count} broken").format(count=grouped(here)) if here else ""
        return ""

    def _show(self, checked: list[Checked]) -> None:
        self.beginResetModel()
        self._checked = list(checked)
        self._here = {}
        self.endResetModel()


def _told(found: Checked) -> str:
    if not found.check.on:
        return tr("off")
    if found.problem:
        return tr("cannot be read")
    if found.hits is None:
        return tr("checking…")
    count = len(found.hits)
    if not count:
        return tr("✓ never")
    return tr("✗ once") if count == 1 else tr("✗ {count} times").format(count=grouped(count))
