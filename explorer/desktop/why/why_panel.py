"""Why is this value so: which events set it, and with what arithmetic?"""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.look.theme import number_font
from explorer.desktop.panels.page import Page, ValueOfRow
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.cell_table import PADDING_PX
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import RIGHT, Cell, ColumnHead, Index, Ink, TableModel
from explorer.language import grouped, later, tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.reasons.why import WhyLines
from explorer.session.stand import Stand

POSITION, TIME, TYPE, FIELD, HOW, REASON = range(6)
TITLES = (later("Time"), later("Type"), later("Field"), later("How"), later("Reason"))
MOST_KEPT = 1_024  # rows
HINT = later("Choose a value in the state: every event that set it is listed here, with the arithmetic.")
WIDEST = {TYPE: 22, FIELD: 16, HOW: 60}  # figures; a longer text is cut, and whole in its tip


class WhyModel(TableModel):
    """The changes of a value, oldest first; each is told when it is painted."""

    HEADS = ColumnHead("#", RIGHT), *map(ColumnHead, TITLES)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: WhyLines | None = None
        self._position = 0
        self._row = lru_cache(MOST_KEPT)(self._made)

    def show_lines(self, lines: WhyLines | None) -> None:
        """List other changes."""
        with self.anew():
            self.lines = lines
            self.rows = 0 if lines is None else len(lines)
            self._row.cache_clear()

    def stand_at(self, position: int) -> None:
        """Grey the changes after `position`."""
        before, self._position = self.current_row(), position
        now = self.current_row()
        if now != before:
            rows = [-1 if row is None else row for row in (before, now)]
            self.redraw(min(rows) + 1, max(rows))

    def current_row(self) -> int | None:
        """Return the row of the change that the value on screen comes from."""
        return self.lines.last_by(self._position) if self.lines else None

    def cells(self, row: int) -> tuple[Cell, ...]:
        assert self.lines is not None
        return self._row(row, int(self.lines.positions[row]) > self._position)

    def _made(self, row: int, future: bool) -> tuple[Cell, ...]:
        assert self.lines is not None
        line = self.lines[row]
        ink: Ink | None = "future" if future else None
        how, reason = visible(line.explanation), visible(line.reason)
        return (
            Cell(grouped(line.position), ink or "muted", None, self.numbers, RIGHT),
            Cell(visible(line.at_text), ink or "muted", None, self.numbers),
            Cell(visible(line.type), ink),
            Cell(visible(line.field), ink),
            Cell(how, ink, None, self.numbers, tip=how),
            Cell(reason, ink or "muted", tip=reason),
        )


class WhyPanel(QWidget):
    """The last event that set one value, in a sentence, and all others that did; each is one click away."""

    position_chosen = Signal(object)
    plot_asked = Signal()
    value_shown = Signal(object, object, str)  # document, entity, field: what is explained from now on

    def __init__(self) -> None:
        super().__init__()
        self.value: tuple[str, str] | None = None  # the entity and field that are explained
        self.title = plain.Elided("", role="heading", name=tr("Why"))
        self.sentence = plain.label(role="change", wrap=True, name=tr("The last event that set it"))
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.go = QPushButton(tr("Go there"))
        self.go.setAccessibleName(tr("Go to the last event that set it"))
        self.go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.plot = QPushButton(tr("Plot"))
        self.plot.setAccessibleName(tr("Draw this value over time"))
        self.plot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.model = WhyModel(self)
        self.table = QuietTable(self.model, tr("Why"))
        self.hint = plain.label(tr(HINT), role="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        told = QWidget()
        self._stack = QStackedWidget()
        self._stack.setAccessibleName(tr("Why"))
        self._stack.addWidget(self.hint)
        self._stack.addWidget(told)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        head.addWidget(self.plot)
        head.addWidget(self.go)
        inner = QVBoxLayout(told)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self.sentence)
        inner.addWidget(self.table, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._stack, 1)
        self._told = told
        self.table.clicked.connect(self._choose)
        self.table.activated.connect(self._choose)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._make_room())
        self.go.clicked.connect(self.go_to_last)
        self.plot.clicked.connect(self.plot_asked)
        self._said: tuple[WhyLines | None, int | None] | None = (
            None  # of which change what stands there tells
        )
        self.show_value(None, None, "")

    def show_value(self, document: Document | None, entity: str | None, field: str) -> None:
        """List the events that set `field` of `entity`; "" lists those that set any field."""
        self.value = None if document is None or entity is None else (entity, field)
        self._said = None
        self.go.setVisible(self.value is not None)
        self.plot.setVisible(bool(field) and self.value is not None)
        self.sentence.setText("")
        self.value_shown.emit(document, entity, field)
        if document is None or entity is None:
            self.title.show_text("")
            self.model.show_lines(None)
            self.hint.setText(tr(HINT))
            self._stack.setCurrentWidget(self.hint)
            return
        what = visible(entity, 60)
        if field:
            what = tr("{field} of {entity}").format(field=visible(field, 60), entity=what)
        lines = document.why(entity, field or None)
        self.model.show_lines(lines)
        count = tr("1 change") if len(lines) == 1 else tr("{count} changes").format(count=grouped(len(lines)))
        self.title.show_text(f"{what}  ({count})")
        self.hint.setText(tr("No event has set this value."))
        self._stack.setCurrentWidget(self._told if lines else self.hint)
        self.table.setColumnHidden(FIELD, bool(field))
        self.table.setColumnHidden(REASON, True)  # until one is in sight: few logs tell any
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, 24)
        self._make_room()

    def stand_at(self, position: int) -> None:
        """Mark the change that holds at `position`, and say it in a sentence."""
        self.model.stand_at(position)
        row, lines = self.model.current_row(), self.model.lines
        if self._said is not None and (lines, row) == self._said:
            return
        self._said = lines, row
        self.go.setEnabled(row is not None)
        if row is None or lines is None:
            self.go.setText(tr("Go there"))
            self.sentence.setText(tr("Not set yet at this point: the first event that sets it comes later."))
            self.table.clearSelection()
            self.table.scrollToTop()
        else:
            text = lines.sentence(row)
            self.sentence.setText(text)
            self.sentence.setAccessibleName(text)
            self.go.setText(tr("Go to #{position}").format(position=grouped(int(lines.positions[row]))))
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, POSITION))
        self._make_room()

    def go_to_last(self) -> None:
        """Go to the last event that set the value."""
        row = self.model.current_row()
        if row is not None and self.model.lines is not None:
            self.position_chosen.emit(int(self.model.lines.positions[row]))

    def copy(self) -> None:
        """Put the sentence on the clipboard."""
        row, lines = self.model.current_row(), self.model.lines
        if row is not None and lines is not None:
            QGuiApplication.clipboard().setText(lines.sentence(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What can be seen of each column fits into it; a column never gets narrower while one value is shown."""
        lines = self.model.lines
        if not lines:
            return
        figure_px = self.table.fontMetrics().horizontalAdvance("0")
        first = max(self.table.rowAt(0), 0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        rows = range(first, min(last if last >= 0 else first + 40, first + 80, len(lines) - 1) + 1)
        if any(self.model.text(row, REASON) for row in rows):
            self.table.setColumnHidden(REASON, False)
        figures = QFontMetrics(number_font(QGuiApplication.font()))
        for column in (POSITION, TIME, TYPE, FIELD, HOW):
            texts = [self.model.text(row, column) for row in rows]
            if column == POSITION:
                texts.append(grouped(int(lines.positions[-1])))
            metrics = figures if column in (POSITION, TIME, HOW) else self.table.fontMetrics()
            room = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 2 * PADDING_PX + 2
            room = min(room, WIDEST.get(column, 40) * figure_px)
            if room > self.table.columnWidth(column):
                self.table.setColumnWidth(column, room)

    def _choose(self, index: Index) -> None:
        if self.model.lines is not None and index.isValid():
            self.position_chosen.emit(int(self.model.lines.positions[index.row()]))


class WhyController(PanelController):
    """Explains a value, and fills the menus of values wherever they are shown."""

    panel: WhyPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = WhyPanel()

    def offers(self) -> dict[str, object]:
        return {"explaining": self, "why": self.panel}

    def wire(self) -> None:
        """Connect everything that shows values."""
        signals = self._page.signals
        signals.value_menu_made.connect(self.fill)
        signals.value_chosen.connect(self.explain_quietly)
        signals.explanation_asked.connect(self.explain)
        self.panel.position_chosen.connect(self._page.playhead.move_to)
        self.panel.value_shown.connect(signals.value_explained)
        self.panel.plot_asked.connect(lambda: self._page.panels.bring_up("plot"))
        for table, value_of_row in self._page.value_tables:
            self._give_menu(table, value_of_row)

    def show_document(self, document: Document | None) -> None:
        """What was explained in another log means nothing any more."""
        self.panel.show_value(None, None, "")

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    def explain(self, entity: str, field: str) -> None:
        """Say why a value is as it is."""
        self.explain_quietly(entity, field)
        self._page.panels.bring_up("why")

    def explain_quietly(self, entity: str, field: str) -> None:
        """Say why a value is as it is, to those who look there."""
        document = self._page.document
        known = [each.name for each in document.history.fields] if document is not None else []
        self.panel.show_value(document, entity, field if field in known else "")
        self.panel.stand_at(self._page.playhead.position)

    def fill(self, menu: QMenu, entity: str, field: str) -> None:
        """Put in front of a value's menu what set it last, and how it got there."""
        document = self._page.document
        first = menu.actions()[0] if menu.actions() else None
        if document is None or field not in _fields(document):
            return
        lines = document.why(entity, field)
        at = lines.last_by(self._page.playhead.position)
        if at is not None:
            line = lines[at]
            text = tr("&Go to {type} #{position}, which set it last")
            text = text.format(type=_plain(line.type), position=grouped(line.position))
            _put(menu, first, text, lambda: self._page.playhead.move_to(line.position))
        text = tr("&Draw {field} of {entity} over time")
        text = text.format(field=_plain(visible(field, 40)), entity=_plain(visible(entity, 40)))
        _put(menu, first, text, lambda: self._draw(entity, field))

    def menu_of(self, parent: QWidget, entity: str, field: str) -> QMenu:
        """Return the menu of a value in a table that has none of its own."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Value"))
        document = self._page.document
        what = visible(entity, 40)
        if document is not None and field in _fields(document):
            what = tr("{field} of {entity}").format(field=visible(field, 40), entity=what)
        text = tr("&Why is {what} so?").format(what=_plain(what))
        _put(menu, None, text, lambda: self.explain(entity, field))
        self.fill(menu, entity, field)
        return menu

    # --- what the actions call ----------------------------------------------------------------

    def go_to_last(self) -> None:
        """Go to the last event that set the chosen value."""
        self.panel.stand_at(self._page.playhead.position)
        self.panel.go_to_last()

    # --- private ------------------------------------------------------------------------------

    def _give_menu(self, table: QTableView, what: ValueOfRow) -> None:
        """Give a table the menu of the value that `what` names for a row."""

        def offer(at: QPoint) -> None:
            index = table.indexAt(at)
            named = what(index.row()) if index.isValid() else None
            if named is not None:
                self.menu_of(table, *named).popup(table.viewport().mapToGlobal(at))

        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(offer)

    def _draw(self, entity: str, field: str) -> None:
        self.explain(entity, field)
        self._page.panels.bring_up("plot")


def _put(menu: QMenu, before: QAction | None, text: str, do: Callable[[], None]) -> None:
    action = plain.action(menu, text)
    action.triggered.connect(lambda _checked=False: do())
    menu.insertAction(before, action)  # type: ignore[arg-type]  # without one, at the end


def _fields(document: Document) -> list[str]:
    return [each.name for each in document.history.fields if not each.hidden]


def _plain(text: str) -> str:
    """An ampersand of a log is one, and not the sign of a key."""
    return text.replace("&", "&&")
