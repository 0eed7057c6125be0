"""What must always hold, where was it broken, and who keeps it, has it looked at, and tells?"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.find.find_panel import HELP, HitsTable
from explorer.desktop.look.theme import row_px, show_wrong
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.tables.quiet_table import Halves, QuietTable, fitted
from explorer.desktop.tables.table_model import CENTRE, Cell, ColumnHead, Ink, TableModel
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.history.conditions import ConditionError
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.find.checks import (
    NO_RULE,
    Check,
    Checked,
    Violations,
    dumps,
    loads,
    result_text,
    run_checks,
    suggestions,
)
from explorer.session.find.finding import condition_of
from explorer.session.plaintext import visible
from explorer.session.stand import Stand

ON, NAME, CONDITION, BROKEN, NOW = range(5)
TITLES = (later("On"), later("Check"), later("Must always hold"), later("Broken"), later("Here"))
WIDTHS = ((ON, 5), (NAME, 26), (CONDITION, 34), (BROKEN, 14), (NOW, 12))  # in figures
LEAST_FIGURES = 9  # wide is a column of the checks at least
LEAST_PX = 40  # high is each of the two tables at least, on a small screen


class ChecksModel(TableModel):
    """One row for each check; the first column switches it on and off."""

    HEADS = tuple(map(ColumnHead, TITLES))
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
        self.redraw()

    def checked(self, row: int) -> Checked | None:
        """What came of the check in `row`."""
        return self._checked[row] if 0 <= row < len(self._checked) else None

    def switch(self, row: int) -> None:
        """Switch a check off, or on again."""
        found = self.checked(row)
        if found is not None:
            self.switched.emit(row, not found.check.on)

    def cells(self, row: int) -> tuple[Cell, ...]:
        found = self._checked[row]
        check, tip, here = found.check, found.problem or "", self._here.get(found.check, 0)
        ink: Ink | None = None if check.on else "future"
        if check.on and found.problem:
            ink = "warning"
        told: Ink | None = "warning" if check.on and found.hits else ink
        said = tr("on") if check.on else tr("off")
        return (
            Cell("☑" if check.on else "☐", ink, side=CENTRE, tip=tip, spoken=said),
            Cell(visible(check.name), ink, tip=tip),
            Cell(visible(check.condition), ink, tip=tip),
            Cell(_told(found), told, tip=tip),
            Cell(tr("✗ {count} broken").format(count=grouped(here)) if here else "", told, tip=tip),
        )

    def _show(self, checked: list[Checked]) -> None:
        with self.anew():
            self._checked, self._here, self.rows = list(checked), {}, len(checked)


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


class _ChecksTable(QuietTable):
    """The space bar switches the chosen check, wherever in its row one stands; elsewhere it plays."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        ):
            event.accept()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        figure_px = self.fontMetrics().horizontalAdvance("0")
        wanted = [figures * figure_px for _, figures in WIDTHS]
        least = [min(width, LEAST_FIGURES * figure_px) for width in wanted]
        rest = LEAST_FIGURES * figure_px  # for the last one, which takes what is left
        shares = fitted([*wanted, rest], [*least, rest], self.viewport().width())
        for (column, _), width in zip(WIDTHS, shares[:-1], strict=True):
            self.setColumnWidth(column, width)
        self.setColumnWidth(self.model().columnCount() - 1, rest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        if (
            event.key() == Qt.Key.Key_Space
            and isinstance(model, ChecksModel)
            and self.currentIndex().isValid()
        ):
            model.switch(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class ChecksPanel(QWidget):
    """The checks above, the violations of the chosen one below."""

    edit_asked = Signal(int)  # the row; -1: a new one
    remove_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model = ChecksModel(self)
        self.table = _ChecksTable(self.model, tr("Checks"))
        self.said = plain.Elided(role="muted", name=tr("Checks"))
        self.add = self._button(tr("Add…"), tr("Add a condition that must always hold"))
        self.edit = self._button(tr("Edit…"), tr("Change the chosen check"))
        self.remove = self._button(tr("Remove"), tr("Forget the chosen check"))
        self.hits = HitsTable(tr("Violations"))
        self._last = 0
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.said, 1)
        for button in (self.add, self.edit, self.remove):
            buttons.addWidget(button)
        for table in (self.table, self.hits):
            table.setMinimumHeight(LEAST_PX if table is self.table else LEAST_PX + row_px() // 2)
        halves = Halves(self.table, self.hits)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addLayout(buttons)
        box.addWidget(halves, 1)
        self.add.clicked.connect(lambda: self.edit_asked.emit(-1))
        self.edit.clicked.connect(lambda: self.edit_asked.emit(self.row))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self.row))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_hits())
        self.table.clicked.connect(
            lambda index: self.model.switch(index.row()) if index.column() == ON else None
        )
        self.table.doubleClicked.connect(
            lambda index: self.edit_asked.emit(index.row()) if index.column() != ON else None
        )
        self.show_checks([])

    @property
    def row(self) -> int:
        """The chosen check; -1: none."""
        return self.table.currentIndex().row()

    def show_checks(self, checks: list[Check]) -> None:
        """List checks that are still to be looked at."""
        row = self.row
        self.model.show_checks(checks)
        self._choose(row)
        none = tr(
            "Conditions that must always hold, such as balance >= 0. Where one is broken is listed here."
        )
        self.said.show_text(tr("checking…") if any(check.on for check in checks) else f"{tr(NO_RULE)} {none}")

    def show_violations(self, violations: Violations, last: int) -> None:
        """List what came of them in a log of `last` events."""
        row = self.row
        self._last = last
        self.model.show_violations(violations)
        self._choose(row)
        self.said.show_text(result_text(violations))

    def stand_at(self, position: int, broken: list[tuple[Check, int]]) -> None:
        """Show what is broken where the person stands."""
        self.model.show_here(broken)
        self.hits.stand_at(position)

    def _choose(self, row: int) -> None:
        count = self.model.rowCount()
        self.table.setMaximumHeight(
            self.table.horizontalHeader().sizeHint().height() + (max(count, 1)) * row_px() + 4
        )
        if count:
            self.table.setCurrentIndex(self.model.index(min(max(row, 0), count - 1), NAME))
        self._show_hits()

    def _show_hits(self) -> None:
        found = self.model.checked(self.row)
        self.edit.setEnabled(found is not None)
        self.remove.setEnabled(found is not None)
        hits = None if found is None else found.hits
        self.hits.show_hits(hits, self._last)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        plain.set_tip(button, tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


class CheckDialog(QDialog):
    """The name and the condition of a check; it can be closed with Ok only while the condition can be read."""

    def __init__(self, check: Check, read: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self.setWindowTitle(tr("Check"))
        self.name, self.condition = QLineEdit(check.name), QLineEdit(check.condition)
        self.name.setAccessibleName(tr("Name of the check"))
        self.name.setPlaceholderText(tr("as the condition"))
        self.condition.setAccessibleName(tr("Must always hold"))
        self.condition.setPlaceholderText("balance >= 0")
        self.condition.setMinimumWidth(380)
        plain.set_tip(self.condition, tr(HELP))
        self.said = plain.label(role="muted", wrap=True, name=tr("Check"))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        form = QFormLayout()
        form.addRow(tr("Must always hold"), self.condition)
        form.addRow(tr("Name"), self.name)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(self.said)
        box.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.condition.textChanged.connect(self._look)
        self.condition.setFocus()
        self._look()

    def check(self) -> Check:
        """What was written."""
        condition = self.condition.text().strip()
        return Check(self.name.text().strip() or condition, condition)

    def _look(self) -> None:
        text, wrong, said = self.condition.text(), None, tr("What has no value breaks no rule.")
        if text.strip():
            try:
                self._read(text)
            except ConditionError as error:
                wrong, said = (error.start, error.stop), in_words(error)
        self.said.setText(said)
        show_wrong(self.condition, wrong)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(wrong is None and bool(text.strip()))


KEPT_AS = "checks"
AT_ONCE_S = 0.05  # a look that takes no longer is worth no waiting
REST_MS = 1_500  # that a person has to look at a folder before all of it is gone through
REST_SHARE = 4  # times as long as a look took is waited before the next one of a log that grows


class CheckController(PanelController):
    """The checks of the open log. They are looked at beside the window, over all of history."""

    panel: ChecksPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._kept = PerLog(page.settings)
        self._looking = LatestTask(self)
        self._of: tuple[object, str] | None = None  # of which log, in which order, something is known
        self._began_s = self._took_s = 0.0  # when the last look began, and how long the last whole one took
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self._catch_up)
        self.checks: list[Check] = []
        self.violations = Violations([])
        self.panel = ChecksPanel()

    def offers(self) -> dict[str, object]:
        return {"checking": self}

    def wire(self) -> None:
        self._page.signals.check_asked.connect(self.add)
        panel = self.panel
        panel.edit_asked.connect(self.edit)
        panel.remove_asked.connect(self.remove)
        panel.model.switched.connect(self._switch)
        panel.hits.chosen.connect(self._go)

    def show_document(self, document: Document | None) -> None:
        """Look at another log, or at the same in another order, with the checks that were kept for it.

        What was found in a log that has grown since is still so. It is looked at as a whole again after a while, so
        that one which never stops growing is not looked at all the time: its new events have to be read, too.
        """
        before, self._of = self._of, None if document is None else (document.lineage, document.order)
        took_s = time.monotonic() - self._began_s if self._looking.running else self._took_s
        if document is not None and before == self._of and took_s > AT_ONCE_S:
            if not self._waiting.isActive():
                self._waiting.start(int(took_s * REST_SHARE * 1_000))
            return
        self.checks = []
        if document is not None:
            kept = self._kept.get(document, KEPT_AS)
            known = loads(kept) if kept else None
            self.checks = suggestions(document) if known is None else known
            if not document.history.at_hand:  # all of a folder is gone through: not before its first picture
                self._looking.cancel()
                self.panel.show_checks(self.checks)
                self._show(document, Violations([]))
                self._waiting.start(REST_MS)
                return
        self._run()

    def stand_at(self, stand: Stand) -> None:
        """Show what is broken there."""
        self.panel.stand_at(stand.position, self.violations.broken_at(stand.position))

    def add(self, condition: str) -> None:
        """Have `condition` looked at from now on, and show what comes of it."""
        if condition.strip():
            self._set([*self.checks, Check(condition.strip(), condition.strip())])
            self._page.panels.bring_up("checks")
            self.panel.table.selectRow(len(self.checks) - 1)

    # --- what the actions call ----------------------------------------------------------------

    def show(self) -> None:
        """Bring up the checks."""
        self._page.panels.bring_up("checks")
        self.panel.table.setFocus()

    def add_new(self) -> None:
        """Ask for a condition that must always hold."""
        self.edit(-1)

    def edit(self, row: int) -> None:
        """Ask what the check in `row` is to say; -1: add one."""
        document = self._page.document
        if document is None:
            return
        known = 0 <= row < len(self.checks)
        dialog = CheckDialog(
            self.checks[row] if known else Check("", ""),
            lambda text: condition_of(document.history, document.noun, text),
            self._page.widget,
        )
        dialog.accepted.connect(lambda: self._put(row if known else len(self.checks), dialog.check()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def remove(self, row: int) -> None:
        """Forget the check in `row`."""
        if 0 <= row < len(self.checks):
            self._set(self.checks[:row] + self.checks[row + 1 :])

    # --- private ------------------------------------------------------------------------------

    def _put(self, row: int, check: Check) -> None:
        self._set([*self.checks[:row], check, *self.checks[row + 1 :]])
        self.panel.table.selectRow(row)

    def _switch(self, row: int, on: bool) -> None:
        check = self.checks[row]
        self._put(row, Check(check.name, check.condition, on))

    def _set(self, checks: list[Check]) -> None:
        self.checks = checks
        if self._page.document is not None:
            self._kept.put(self._page.document, KEPT_AS, dumps(checks))
        self._run()

    def _catch_up(self) -> None:
        if self._looking.running:
            self._waiting.start(int((time.monotonic() - self._began_s) * REST_SHARE * 1_000))
        else:
            self._run()

    def _run(self) -> None:
        self._waiting.stop()
        self._looking.cancel()
        document, checks = self._page.document, list(self.checks)
        self.panel.show_checks(checks)
        if document is None:
            self._show(document, Violations([]))
            return
        self._began_s = time.monotonic()
        self._looking.start(
            lambda report: run_checks(document, checks, report),
            Handlers(lambda found: self._looked(document, found)),
        )

    def _looked(self, document: Document, found: Violations) -> None:
        self._took_s = time.monotonic() - self._began_s
        self._show(document, found)

    def _show(self, document: Document | None, found: Violations) -> None:
        self.violations = found
        if found.checked:
            self.panel.show_violations(found, document.event_count if document else 0)
        here = 0 if self._page.stand is None else self._page.stand.position
        self.panel.stand_at(here, found.broken_at(here))
        self._page.signals.violations_found.emit(found)

    def _go(self, position: int, entity: str) -> None:
        self._page.playhead.move_to(position)
        self._page.signals.value_asked.emit(entity, "")
