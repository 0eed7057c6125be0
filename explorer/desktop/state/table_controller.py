"""Who narrows, orders, groups, copies and adds up the state for a person? What the state is never changes."""

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.state.columns_dialog import ColumnsDialog
from explorer.desktop.state.filter_controller import StateFilterController
from explorer.desktop.state.kind_tabs import KindController
from explorer.desktop.state.page_reading import PageReadingController
from explorer.desktop.state.row_order import RowOrderController
from explorer.desktop.state.state_model import MARK, Curves, StateModel
from explorer.desktop.state.state_panel import StatePanel
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.state.totals_row import TotalsRow
from explorer.desktop.state.value_menu import StateMenuController
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import OutOfReach
from explorer.history.columns import column_ranks, columns_of
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.stand import Stand
from explorer.session.state.arrangement import Arrangement, dumps, loads, possible_columns
from explorer.session.state.state_totals import (
    Parts,
    last_change,
    line_count,
    totals_of_all,
    totals_of_kept,
)
from explorer.session.state.state_view import AT_ONCE, StateView
from explorer.session.status import nothing_there_text, what_they_are

_WAITS: Parts = ("…",)  # a total that is being added up


class TotalsController(QObject):
    """The totals under the table: of all entities, or of those that pass the filter."""

    def __init__(self, page: Page, panel: StatePanel, model: StateModel) -> None:
        super().__init__(page.widget)
        self._page = page
        self._panel, self._model = panel, model
        self._ready: Document | None = None  # the one whose sums are made
        self._adding = LatestTask(self)
        self._told: tuple[StateView, bool] | None = None  # what is shown of very many
        self._next: tuple[StateView, bool] | None = (
            None  # whose rows are added up after those that are added up now
        )

    def wire(self) -> None:
        """Connect the row."""
        row = self._panel.totals
        row.menu_asked.connect(self._offer)
        row.copy_asked.connect(self.copy)

    def forget(self) -> None:
        """The log is another one, whose sums are still to be made."""
        self._ready = self._next = self._told = None
        self._adding.cancel()

    def make_ready(self, document: Document) -> None:
        """The sums of this log are made: from now on they cost little."""
        self._ready = document
        view, table = self._model.view, self._panel.table
        if view is None or not document.history.at_hand:
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
        narrowed = (
            narrowed and view.narrowed
        )  # what passes may still be put in order: all are shown until then
        if not document.history.at_hand:
            if self._told == (view, narrowed):
                return
            self._show(document, view, [_WAITS if column.adds else () for column in view.shown], narrowed)
            self._next = view, narrowed
            self._add_up(document)
            return
        if narrowed and view.kept_count > AT_ONCE:
            self._next = view, True
            self._add_up(document)
            return
        self._next = None
        self._adding.cancel()
        parts = totals_of_kept(view) if narrowed else totals_of_all(view, document.history)
        self._show(document, view, parts, narrowed)

    def _add_up(self, document: Document) -> None:
        """Add up very many rows beside the window, those of the latest state after those of an earlier one."""
        wanted = self._next
        if wanted is None or self._adding.running:
            return
        view, narrowed = wanted

        def work(_report: object) -> list[Parts]:
            return totals_of_kept(view) if narrowed else totals_of_all(view, document.history)

        def done(parts: list[Parts]) -> None:
            if self._next == wanted or (self._next is not None and document.history.at_hand):
                self._show(document, view, parts, narrowed)
                self._told = wanted
            if self._next == wanted:
                self._next = None
            self._add_up(document)

        def failed(error: Exception) -> None:
            self._next = None
            if not isinstance(error, OutOfReach):
                raise error
            self._show(document, view, [() for _ in view.shown], narrowed)  # none is told that is not known

        self._adding.start(work, Handlers(done, failed))

    def _show(self, document: Document, view: StateView, parts: list[Parts], narrowed: bool) -> None:
        lines = line_count(view, document.history)
        names = [column.name for column in view.shown]
        self._panel.totals.totals.show_totals(names, parts, lines, narrowed=narrowed)

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


KEPT_AS = "state"
SETTLED_MS = 120  # so long the person has stood still when the table follows


class StateTableController(PanelController):
    """The table of the state: what of it is shown, in which order, with which totals."""

    panel: StatePanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._kept = PerLog(page.settings)
        self._model = StateModel(self)
        self._table = StateTable(self._model)
        self.kinds = KindController(self)
        self.panel = StatePanel(
            self._table, TotalsRow(self._table, self._model), self.kinds.tabs, self.kinds.list
        )
        self._narrowing = StateFilterController(self)
        self._ordering = RowOrderController(self)
        self._reading = PageReadingController(self)
        self._menus = StateMenuController(page, self._table, self._model, self.change_column)
        self.totalling = TotalsController(page, self.panel, self._model)
        self._of: str | None = None  # the log whose state was shown last
        self._stood: tuple[Document | None, int] = (
            None,
            0,
        )  # where the person stood when they last stood still
        self._preparing = LatestTask(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._settle)

    def offers(self) -> dict[str, object]:
        return {
            "arranging": self,
            "offering": self._menus,
            "state_model": self._model,
            "state_table": self._table,
            "state_panel": self.panel,
            "totals": self.panel.totals,
        }

    def wire(self) -> None:
        signals, panel, table = self._page.signals, self.panel, self._table
        self._narrowing.wire(self._model, panel)
        self._ordering.wire(self._model, panel.order)
        self._reading.wire(self._model, table)
        self._ordering.changed.connect(self._ordered)
        self.totalling.wire()
        self._menus.wire()
        table.value_chosen.connect(signals.value_chosen)
        self.kinds.changed.connect(self._show_kind)
        self.kinds.model_asked.connect(signals.kind_model_asked)
        panel.low.connect(self.kinds.be_low)
        signals.value_asked.connect(self._show_value)
        signals.narrowing_asked.connect(self.narrow)
        signals.state_column_asked.connect(self.add_column)
        signals.flash_asked.connect(self._model.flash.begin)
        self._narrowing.changed.connect(self._say)
        self._model.arranged.connect(self._keep)
        self._model.modelReset.connect(self._show_sorting)
        panel.changed.clicked.connect(self.next_changed)
        panel.columns.clicked.connect(self.choose_columns)
        table.fold_asked.connect(self.fold_row)

    def show_document(self, document: Document | None) -> None:
        """Show the state of another log, as it was arranged for it."""
        model = self._model
        self.totalling.forget()
        self._table.choose(None)
        self._narrowing.show_document(document)
        self._preparing.cancel()
        self._ordering.cancel()
        self._reading.cancel()
        model.show_kind(None)
        self.kinds.show_document(document)
        if document is None:
            model.show_state(None)
            return
        model.curves = Curves(document.event_count)
        wanted = self._wanted(document)
        if document.path is not None and document.path == self._of:  # the same log read anew, or grown
            wanted = replace(
                wanted, folded=model.arrangement.folded and model.arrangement.group == wanted.group
            )
        self._of = document.path
        model.arrange(wanted)
        self._preparing.start(
            lambda _report: _prepare(document), Handlers(lambda _none: self._prepared(document))
        )

    def stand_at(self, stand: Stand) -> None:
        """Show the state there."""
        self._model.show_state(stand.view)
        empty = not stand.view.row_count
        self._table.say_instead(nothing_there_text(stand.document, stand.position) if empty else "")
        self._table.keep_choice()
        self._say()
        if stand.document is not self._stood[0]:
            self._stood = stand.document, stand.position  # another log begins at its top
        self._settling.start()

    # --- what the actions call ----------------------------------------------------------------

    def ask(self) -> None:
        """Write what of the state to show."""
        self.panel.line.setFocus()
        self.panel.line.selectAll()

    def narrow(self, text: str) -> None:
        """Show only what passes `text`, as if the person had written it."""
        self.panel.line.setText(text)

    def next_changed(self) -> None:
        """Go to the next row that the event changed."""
        self._go_to_changed(1)

    def previous_changed(self) -> None:
        """Go to the row before that the event changed."""
        self._go_to_changed(-1)

    def choose_columns(self) -> None:
        """Ask which columns to show, in which order, and how to group."""
        document, view = self._page.document, self._model.view
        if document is None or view is None:
            return
        shown = [column.name for column in view.shown]
        possible = possible_columns(document.history, document.noun)
        dialog = ColumnsDialog(view.arrangement, shown, possible, self._page.widget)
        dialog.accepted.connect(lambda: self._model.arrange(dialog.arrangement()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add_column(self, name: str) -> None:
        """Show a part of the values as a column, too, and bring it into sight."""
        document, now = self._page.document, self._model.arrangement
        if document is None:
            return
        self._model.arrange(now.with_column(name, document.history, document.noun))
        self._table.set_widths()
        if self._table.entity is not None:
            self._table.choose(self._table.entity, name)
        self._page.panels.bring_up("state")
        view = self._model.view
        names = [] if view is None else [column.name for column in view.shown]
        if name in names:
            self._table.show_column(names.index(name) + 1)

    def group(self) -> None:
        """Group by the chosen column, or no longer."""
        self.change_column("group", self._table.field)

    def fold_all(self) -> None:
        """Show only the subtotals, or everything again."""
        now = self._model.arrangement
        if now.group is None:
            return
        self._model.arrange(replace(now, folded=not now.folded, except_groups=frozenset()))

    def curves(self) -> None:
        """Draw each number of the chosen column over all of history, or no longer."""
        self.change_column("curve", self._table.field)

    def change_column(self, what: str, name: str) -> None:
        """Do with a column what its menu says."""
        document, model = self._page.document, self._model
        view = model.view
        if document is None or view is None or name not in [column.name for column in view.shown]:
            return
        history, noun, now = document.history, document.noun, model.arrangement
        names = [column.name for column in view.shown]
        at = names.index(name)
        match what:
            case "up" | "down":
                now = replace(now, sort=(name, what == "down"))
            case "none":
                now = replace(now, sort=None)
            case "pin":
                now = now.pinned_to(name, history, noun)
            case "hide":
                now = now.without_column(name, history, noun)
            case "left" | "right":
                other = min(max(at + (1 if what == "right" else -1), 0), len(names) - 1)
                names[at], names[other] = names[other], names[at]
                now = replace(now, columns=tuple(names))
            case "group" if view.shown[at].field is not None:
                now = now.grouped_by(None if now.group == name else name)
            case "curve" if view.shown[at].drawable:
                now = now.toggled_curve(name)
            case "choose":
                self.choose_columns()
        model.arrange(now)
        self._table.set_widths()
        self._show_sorting()

    # --- private ------------------------------------------------------------------------------

    def _settle(self) -> None:
        """What the event has changed comes into sight: after a jump always, after a step if nothing is chosen."""
        page, (document, before) = self._page, self._stood
        if page.timeline.isSliderDown():
            self._settling.start()  # while one drags nothing jumps about
            return
        position, view = page.playhead.position, self._model.view
        if view is None or document is not page.document or position == before:
            return
        self._stood = document, position
        chosen = self._table.entity
        row = None if chosen is None else view.row_of(chosen)
        if abs(position - before) > 1 or row is None or row not in self._table.visible_rows():
            self._table.bring_near(view.changed_rows())

    def fold_row(self, row: int) -> None:
        """Fold the group that `row` heads, or unfold it."""
        view = self._model.view
        kind = None if view is None else view.group_kind(row)
        if kind is not None:
            self._model.arrange(self._model.arrangement.toggled_fold(kind))

    def _go_to_changed(self, step: int) -> None:
        view = self._model.view
        rows = view.changed_rows() if view is not None else []
        if rows:
            here = self._table.currentIndex().row()
            beyond = [row for row in rows if (row > here if step > 0 else row < here)]
            beyond = beyond or rows  # around the end
            self._table.show_row(beyond[0] if step > 0 else beyond[-1])

    def _prepared(self, document: Document) -> None:
        self.totalling.make_ready(document)
        self._say()

    def _say(self) -> None:
        """Say how many rows there are, what the event changed, and what all comes to."""
        document, view, panel = self._page.document, self._model.view, self.panel
        self.totalling.say(view, narrowed=self._narrowing.active or self.kinds.chosen is not None)
        if document is None or view is None:
            panel.show_counts(0, 0, 0, 0, "")
            return
        hidden = view.changed_count - len(view.changed_rows())
        noun = what_they_are(document.noun, view.entity_count)
        panel.show_counts(view.kept_count, view.entity_count, view.changed_count, hidden, noun)

    def _wanted(self, document: Document) -> Arrangement:
        """How the person wants to see the entities of the kind that is chosen."""
        kept = self._kept.get(document, self._kept_as)
        return loads(kept) if kept else self.kinds.arrangement(document)

    @property
    def _kept_as(self) -> str:
        """Under which name it is remembered."""
        return KEPT_AS if self.kinds.chosen is None else f"{KEPT_AS} {self.kinds.chosen}"

    def _show_kind(self) -> None:
        """Show the entities of another kind, with columns of their own."""
        document, kinds, chosen = self._page.document, self.kinds.kinds, self.kinds.chosen
        if document is None:
            return
        self._model.show_kind(None if kinds is None or chosen is None else kinds.flags(chosen))
        wanted = self._wanted(document)
        if wanted == self._model.arrangement:
            self._model.refresh()
        self._model.arrange(wanted)
        self._table.set_widths()
        self._show_sorting()
        self._table.keep_choice()
        self._say()

    def _show_value(self, entity: str, field: str) -> None:
        """Choose a value that somebody asks for, of whichever kind its entity is."""
        self.kinds.show_entity(entity)
        self._table.choose(entity, field)

    def _keep(self) -> None:
        document = self._page.document
        if document is not None:
            now = self._model.arrangement
            usual = now == self.kinds.arrangement(document)
            self._kept.put(document, self._kept_as, "" if usual else dumps(now))
        self._table.keep_choice()
        self._say()

    def _ordered(self) -> None:
        """Other rows are on screen, or the same in another order."""
        self._table.set_widths()
        self._show_sorting()
        self._table.keep_choice()
        self._say()

    def _show_sorting(self) -> None:
        """The arrow in the header says how the rows are sorted, wherever the column stands now."""
        view, header = self._model.view, self._table.horizontalHeader()
        sort = self._model.arrangement.sort
        names = [] if view is None else [column.name for column in view.shown]
        at = names.index(sort[0]) + 1 if sort is not None and sort[0] in names else -1
        down = sort is not None and sort[1]
        blocked = header.blockSignals(True)
        header.setSortIndicator(at, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        header.blockSignals(blocked)
        header.viewport().update()


def _prepare(document: Document) -> None:
    """Make ready what the first sorting and the first totals would take long for."""
    if not document.history.at_hand:
        return  # nothing would stay
    document.totals_text(document.event_count)
    state = document.history.state(document.event_count)
    for column in columns_of(document.history.fields, document.noun):
        column_ranks(state, column, state.codes[:1])
