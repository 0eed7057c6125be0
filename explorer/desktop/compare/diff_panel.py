"""What differs between two points, and how does a person set, swap and step them?"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.icons import size_icon
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.point_edit import PointEdit
from explorer.desktop.tables.quiet_table import MARK_PX, QuietTable
from explorer.desktop.tables.table_model import (
    CENTRE,
    LEFT,
    MAX_ROWS,
    RIGHT,
    SIGN_COLOURS,
    Cell,
    Index,
    Ink,
    TableModel,
)
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.history.state import State
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.places.markers import Pair
from explorer.session.stand import Stand
from explorer.session.state.differences import AFTER, BEFORE, DIFFERENCE, FIELD, SIGNS, Differences

MARK, ENTITY = 0, 1  # the mark stands before the columns of `Differences`
NUMBERS = {BEFORE + 1, AFTER + 1, DIFFERENCE + 1}


class DiffModel(TableModel):
    """Holds no rows: it asks for the text of the cells that are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.differences: Differences | None = None

    def show_differences(self, found: Differences | None) -> None:
        """Show another comparison."""
        with self.anew():
            self.differences = found
            self.rows = 0 if found is None else min(len(found), MAX_ROWS)

    def column_total(self) -> int:
        return DIFFERENCE + 2

    def head(self, column: int) -> Cell:
        if column == MARK:
            return Cell("", side=CENTRE)
        found = self.differences
        columns = found.columns if found else ["account", "field", "before", "after", "difference"]
        return Cell(columns[column - 1].capitalize(), side=RIGHT if column in NUMBERS else LEFT)

    def cells(self, row: int) -> tuple[Cell, ...]:
        found = self.differences
        assert found is not None
        kind = found.kind(row)
        ink, ground = SIGN_COLOURS[SIGNS[kind]]
        inks: dict[int, Ink] = {BEFORE + 1: "muted", DIFFERENCE + 1: ink}
        made = [Cell(SIGNS[kind], ink, ground, self.numbers, CENTRE, spoken=kind)]
        for column in range(ENTITY, DIFFERENCE + 2):
            text = found.text(row, column - 1)
            shown = "" if column == ENTITY and not found.first_of_entity(row) else text
            font, side = (self.numbers, RIGHT) if column in NUMBERS else (None, LEFT)
            made.append(Cell(shown, inks.get(column), None, font, side, spoken=text))
        return tuple(made)


BUTTONS = (
    "comparing.pin_a",
    "comparing.swap",
    "comparing.step_back",
    "comparing.step_forward",
    "comparing.clear",
)


class DiffPanel(QWidget):
    """The points A and B, each to be written like any place in time, and a row for each field that differs."""

    value_chosen = Signal(str, str)  # entity, field
    asked = Signal()  # somebody looks: what is shown may be stale

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.a, self.b = self._edit("A"), self._edit("B")
        self.problem = plain.Elided(role="warning", name=tr("Compare"))
        self.problem.setVisible(False)
        self.summary = plain.Elided(role="muted", name=tr("Difference"))
        self.model = DiffModel(self)
        self.table = QuietTable(self.model, tr("Difference"))
        self.table.setColumnWidth(MARK, MARK_PX)
        self.table.set_figures([(FIELD + 1, 11), *((column, 14) for column in (ENTITY, *NUMBERS))])
        self.table.keep_whole(BEFORE + 1, AFTER + 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        for name, edit in (("A", self.a), ("B", self.b)):
            row.addWidget(plain.label(name, role="heading"))
            row.addWidget(edit, 1)
        self.buttons = {name: self._button(actions[name]) for name in BUTTONS}
        self.buttons["comparing.pin_a"].setCheckable(True)
        for button in self.buttons.values():
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.problem)
        box.addWidget(self.summary)
        box.addWidget(self.table)
        self.table.activated.connect(self._choose)
        self.table.doubleClicked.connect(self._choose)
        for edit in (self.a, self.b):
            edit.problem_found.connect(self._show_problem)

    def show_points(self, pair: Pair, moments: tuple[str, str], *, pinned: tuple[bool, bool]) -> None:
        """Show which points are compared; those that follow the person are shown by a paler text."""
        for edit, position, moment, fixed in zip((self.a, self.b), pair, moments, pinned, strict=True):
            if not edit.hasFocus():
                edit.show_text(f"#{position}")
                edit.setProperty("follows", "false" if fixed else "true")
                edit.style().polish(edit)
            plain.set_tip(
                edit, f"{moment}" if fixed else tr("{moment} (follows where you stand)").format(moment=moment)
            )
        self.buttons["comparing.pin_a"].setChecked(pinned[0])

    def show_differences(self, found: Differences | None) -> None:
        """Show what differs; None: nothing is known yet."""
        self.model.show_differences(found)
        self.summary.show_text("" if found is None else found.summary())

    def _show_problem(self, sentence: str) -> None:
        self.problem.show_text(sentence)
        self.problem.setVisible(bool(sentence))

    def _choose(self, index: Index) -> None:
        found = self.model.differences
        if found is not None and index.isValid():
            field = found.field(index.row())
            self.value_chosen.emit(found.entity(index.row()), "" if field is None else field.name)

    def _edit(self, name: str) -> PointEdit:
        edit = PointEdit(tr("Point {name}").format(name=name))
        edit.setPlaceholderText(tr("#1204 · yesterday"))
        edit.setClearButtonEnabled(False)
        return edit

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setIcon(action.icon())
        plain.set_tip(button, action.statusTip())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        size_icon(button, 18)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().replace("&", ""))
        button.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(lambda: button.setIcon(action.icon()))
        return button


MOST_AT_ONCE = 50_000  # entities that are compared while the person waits: some ten milliseconds


class ComparisonController(PanelController):
    """The points A and B, and the panel of what differs between them. It asks the playhead."""

    panel: DiffPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = DiffPanel(page.actions_by_name)
        page.value_tables.append((self.panel.table, self._differing))
        self._comparing = LatestTask(self)
        self._of: tuple[str | None, str] | None = None
        self._state_of: tuple[Document, str, State] | None = None  # the state at A, kept while B moves

    def offers(self) -> dict[str, object]:
        return {"comparing": self, "diff": self.panel}

    def wire(self) -> None:
        """Connect the two lines in which the points are written, and what asks for them elsewhere."""
        signals, diff = self._page.signals, self.panel
        signals.point_asked.connect(lambda name, at: (self.put_a_at if name == "A" else self.put_b_at)(at))
        signals.comparison_asked.connect(self.compare_with)
        diff.value_chosen.connect(signals.explanation_asked)
        for edit, put in ((diff.a, self.put_a_at), (diff.b, self.put_b_at)):
            edit.ask_of(self._page.going.find, self._page.going.tell)
            edit.chosen.connect(put)
            edit.chosen.connect(lambda _position: self.panel.table.setFocus())
            edit.editingFinished.connect(self._refresh)

    def show_document(self, document: Document | None) -> None:
        """The points of another log, or of another order, mean nothing any more."""
        of = None if document is None else (document.path, document.order)
        if of is None or of != self._of:
            self._page.markers.clear()
            self._page.signals.points_changed.emit()
        self._comparing.cancel()
        self._of, self._state_of = of, None
        self.panel.show_differences(None)

    def stand_at(self, stand: Stand) -> None:
        """Show what differs while the person stands there."""
        document, markers, diff = stand.document, self._page.markers, self.panel
        last = document.event_count
        pair = markers.compared(stand.position)
        pair = pair._replace(a=min(pair.a, last), b=min(pair.b, last))  # the log may have been cut since
        moments = document.moment_text(pair.a), document.moment_text(pair.b)
        diff.show_points(pair, moments, pinned=(markers.a is not None, markers.b is not None))
        before, after = self._state(stand, pair.a), stand.state_at(pair.b)
        if after.entity_count <= MOST_AT_ONCE:
            self._comparing.cancel()
            diff.show_differences(Differences(before, after, document.noun))
            return
        diff.show_differences(None)
        diff.summary.show_text(tr("comparing…"))
        self._comparing.start(
            lambda _report: Differences(before, after, document.noun), Handlers(diff.show_differences)
        )

    # --- what the actions call ----------------------------------------------------------------

    def show(self) -> None:
        """Bring up what differs."""
        self._page.panels.bring_up("diff")
        self.panel.table.setFocus()

    def pin_a(self) -> None:
        """A stays here, or follows again."""
        markers, here = self._page.markers, self._page.playhead.position
        self.put_a_at(here if markers.a is None else None)

    def put_b(self) -> None:
        """B stays here, or follows again."""
        markers, here = self._page.markers, self._page.playhead.position
        self.put_b_at(here if markers.b is None else None)

    def put_a_at(self, position: int | None) -> None:
        """Compare from `position`."""
        self._page.markers.set_a(position)
        self._set()

    def put_b_at(self, position: int | None) -> None:
        """Compare with `position`."""
        self._page.markers.set_b(position)
        self._set()

    def compare_with(self, position: int) -> None:
        """Compare from where the person stands, or from A if it is pinned, to `position`."""
        if self._page.markers.a is None:
            self._page.markers.set_a(self._page.playhead.position)
        self.put_b_at(position)

    def swap(self) -> None:
        """Read the difference the other way round."""
        self._page.markers.swap(self._page.playhead.position)
        self._set()

    def step_forward(self) -> None:
        """Both points one event on."""
        self._step(1)

    def step_back(self) -> None:
        """Both points one event back."""
        self._step(-1)

    def clear(self) -> None:
        """Compare nothing but what the last event changed."""
        self._page.markers.clear()
        self._set()

    def _step(self, step: int) -> None:
        playhead = self._page.playhead
        playhead.move_to(self._page.markers.step_both(playhead.position, step, playhead.last))
        self._set()

    def _set(self) -> None:
        self._page.signals.points_changed.emit()
        self._page.panels.bring_up("diff")
        self._refresh()

    def _refresh(self) -> None:
        if self._page.panels.in_front("diff"):
            self.stand_again()

    def _differing(self, row: int) -> tuple[str, str] | None:
        found = self.panel.model.differences
        field = found.field(row) if found is not None else None
        return None if found is None else (found.entity(row), "" if field is None else field.name)

    def _state(self, stand: Stand, position: int) -> State:
        kept, document = self._state_of, stand.document
        if (
            kept is None
            or kept[0] is not document
            or kept[1] != document.order
            or kept[2].position != position
        ):
            kept = self._state_of = (document, document.order, stand.state_at(position))
        return kept[2]
