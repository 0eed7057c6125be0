"""What can be done to an event that is right-clicked, or to the current one by the menu key?"""

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from explorer.desktop.events.events_model import EventsModel
from explorer.desktop.events.events_table import EventsTable
from explorer.language import tr


class EventMenu(QObject):
    """Makes the menu; whoever has something to offer for an event puts it in."""

    filled = Signal(object, object)  # the menu that is about to be shown, the entry row

    def __init__(self, table: EventsTable, model: EventsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._table = table
        self._model = model
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._ask)

    def _ask(self, at: QPoint) -> None:
        table = self._table
        index = table.indexAt(at)
        if not index.isValid():  # by key: Qt tells the middle of the table
            index = table.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Event"))
        self.filled.emit(menu, self._model.entry_row(index.row()))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(table.viewport().mapToGlobal(at))
