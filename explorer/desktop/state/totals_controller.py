"""Who adds the state up for a person, and what can be done with a total?"""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from explorer.desktop.panels.page import Page
from explorer.desktop.state.state_model import MARK, StateModel
from explorer.desktop.state.state_panel import StatePanel
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.state.state_totals import (
    last_change,
    line_count,
    totals_of_all,
    totals_of_kept,
)
from explorer.session.state.state_view import StateView


class TotalsController(QObject):
    """The totals under the table: of all entities, or of those that pass the filter."""

    def __init__(self, page: Page, panel: StatePanel, model: StateModel) -> None:
        super().__init__(page.widget)
        self._page = page
        self._panel, self._model = panel, model
        self._ready: Document | None = None  # the one whose sums are made

    def wire(self) -> None:
        """Connect the row."""
        row = self._panel.totals
        row.menu_asked.connect(self._offer)
        row.copy_asked.connect(self.copy)

    def forget(self) -> None:
        """The log is another one, whose sums are still to be made."""
        self._ready = None

    def make_ready(self, document: Document) -> None:
        """The sums of this log are made: from now on they cost little."""
        self._ready = document
        view, table = self._model.view, self._panel.table
        if view is None:
            return
        whole = document.state(document.event_count).arranged(view.arrangement)
        parts = totals_of_all(whole, document.history)
        table.totals = {
            column.name: max(some, key=len)
            for column, some in zip(whole.shown, parts, strict=True)
            if some and column.adds
        }
        table.set_widths()

    def say(self, view: StateView | None, *, narrowed: bool) -> None:
        """Show what the columns of `view` come to."""
        document, row = self._page.document, self._panel.totals.totals
        if document is None or view is None or self._ready is not document:
            row.show_totals([], [], 0, narrowed=False)
            return
        parts = totals_of_kept(view) if narrowed else totals_of_all(view, document.history)
        lines = line_count(view, document.history)
        row.show_totals([column.name for column in view.shown], parts, lines, narrowed=narrowed)

    def copy(self) -> None:
        """Put the chosen total on the clipboard, with every digit."""
        row = self._panel.totals
        index = row.currentIndex()
        text = row.totals.part(index.row(), index.column()) if index.isValid() else ""
        if text:
            QGuiApplication.clipboard().setText(text)

    def menu_for(self, column: int) -> QMenu:
        """The menu of a column's total."""
        page, row = self._page, self._panel.totals
        document, view = page.document, self._model.view
        menu = QMenu(self._page.widget)
        menu.setAccessibleName(tr("Total"))
        copy = menu.addAction(tr("Copy the total"))
        copy.setEnabled(bool(row.totals.part(max(row.currentIndex().row(), 0), column)))
        copy.triggered.connect(lambda _checked=False: self.copy())
        every = menu.addAction(tr("Copy all totals"))
        every.triggered.connect(lambda _checked=False: QGuiApplication.clipboard().setText(row.whole_text()))
        if document is not None and view is not None and column > MARK:
            position = last_change(view, document.history, column - 1)
            if position is not None:
                menu.addSeparator()
                text = tr("Go to the event that changed it last: #{position:,}").format(position=position)
                menu.addAction(text).triggered.connect(lambda _checked=False: page.playhead.move_to(position))
        return menu

    def _offer(self, column: int, at: QPoint) -> None:
        menu = self.menu_for(column)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
