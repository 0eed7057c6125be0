"""What did this event say as it was written, and what does it say at today's schema version?"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.quiet_table import MARK_PX, QuietTable
from explorer.desktop.tables.table_model import (
    CENTRE,
    RIGHT,
    SIGN_COLOURS,
    Cell,
    ColumnHead,
    Index,
    TableModel,
)
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.changes.upcasts import Schema, Upcast, Upcasts
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.stand import Stand

MARK, PATH = 0, 1
TYPE, VERSION, EVENTS, REACHED, NOTE = range(5)


class UpcastModel(TableModel):
    """A row for each member of the data, a column for each version; what a step changed is marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.upcast: Upcast | None = None

    def show_upcast(self, upcast: Upcast | None) -> None:
        """Show another event."""
        with self.anew():
            self.upcast = upcast
            self.rows = 0 if upcast is None else len(upcast.rows)

    def column_total(self) -> int:
        return 2 + (len(self.upcast.versions) if self.upcast is not None else 0)

    def head(self, column: int) -> Cell:
        if self.upcast is None or column == MARK:
            return Cell("")
        if column == PATH:
            return Cell(tr("Member"))
        said = tr("As written (version {version})") if column == 2 else tr("Version {version}")
        return Cell(said.format(version=self.upcast.versions[column - 2]))

    def cells(self, row: int) -> tuple[Cell, ...]:
        assert self.upcast is not None
        shown = self.upcast.rows[row]
        marks = "".join(dict.fromkeys(each for each in shown.marks if each))
        made = [Cell(marks, side=CENTRE), Cell(visible(shown.path))]
        for mark, value in zip(shown.marks, shown.values, strict=True):
            text = f"{mark} {'' if value is None else visible(value)}".strip()
            ink, ground = SIGN_COLOURS.get(mark, (None, None))
            made.append(Cell(text, ink, ground, self.numbers))
        return tuple(made)


class SchemasModel(TableModel):
    """A row for each version of each type that is in the log."""

    HEADS = (
        ColumnHead(later("Type")),
        ColumnHead(later("Version"), RIGHT),
        ColumnHead(later("Events"), RIGHT),
        ColumnHead(later("Becomes"), RIGHT),
        ColumnHead(),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.schemas: Sequence[Schema] = ()

    def show_schemas(self, schemas: Sequence[Schema]) -> None:
        """Show those of another log."""
        with self.anew():
            self.schemas, self.rows = schemas, len(schemas)

    def cells(self, row: int) -> tuple[Cell, ...]:
        schema = self.schemas[row]
        reached = str(schema.reached) if schema.reached != schema.version else "="
        numbers = str(schema.version), grouped(schema.events), reached
        return (
            Cell(visible(schema.type)),
            *(Cell(text, font=self.numbers, side=RIGHT) for text in numbers),
            Cell("" if schema.covered else tr("! no chain covers it"), "warning"),
        )


NONE = later(
    "Upcasters lift events that an old version of a program wrote to today's schema version, one step a version. "
    "They are declared in a TOML file or written in Python; the log itself stays as it is."
)


class UpcastPanel(QWidget):
    """The event side by side at each of its versions, and below it which versions the log holds."""

    next_asked = Signal()  # the next event that no chain covers

    def __init__(self) -> None:
        super().__init__()
        self.said = plain.Elided(role="muted", name=tr("Upcast"))
        self.hint = plain.label(tr(NONE), role="muted", wrap=True)
        self.choose = QPushButton(tr("Choose upcasters…"))
        self.next = QPushButton(tr("Next that is not covered"))
        self.model, self.schemas = UpcastModel(self), SchemasModel(self)
        self.table = QuietTable(self.model, tr("Event at each version"))
        self.versions = QuietTable(self.schemas, tr("Schema versions in the log"))
        self.table.setColumnWidth(MARK, MARK_PX)
        self.table.set_figures([(PATH, 16)])
        self.versions.set_figures(enumerate((24, 9, 11, 10, 24)))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Views of the upcast"))
        self.tabs.tabBar().setAccessibleName(tr("Views of the upcast"))
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.table, tr("This event"))
        self.tabs.addTab(self.versions, tr("Versions in the log"))
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.next)
        row.addWidget(self.choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.hint)
        box.addWidget(self.tabs, 1)
        box.addStretch(0)
        self.next.clicked.connect(self.next_asked)

    def show_upcasts(self, upcasts: Upcasts | None) -> None:
        """Show which steps are in use, and which versions the log holds."""
        steps = None if upcasts is None else upcasts.upcasters
        self.hint.setVisible(steps is None)
        self.tabs.setVisible(steps is not None)
        self.said.show_text("" if steps is None else visible(steps.name, 80))
        self.schemas.show_schemas([] if upcasts is None else upcasts.schemas())
        uncovered = 0 if upcasts is None else len(upcasts.uncovered())
        self.next.setVisible(uncovered > 0)
        self.next.setText(tr("Next of {count} not covered").format(count=grouped(uncovered)))
        self.show_upcast(None)

    def show_upcast(self, upcast: Upcast | None, problem: str = "") -> None:
        """Show one event; None: none has happened."""
        columns = self.model.columnCount()
        self.model.show_upcast(upcast)
        if self.model.columnCount() != columns:
            figure_px = self.table.fontMetrics().horizontalAdvance("0")
            for column in range(2, self.model.columnCount()):
                title_px = self.table.horizontalHeader().sectionSizeHint(column)
                self.table.setColumnWidth(column, max(20 * figure_px, title_px))
        text = problem or ("" if upcast is None else upcast.said)
        if upcast is not None and not text:
            text = tr("Version {old} becomes version {new}").format(
                old=upcast.versions[0], new=upcast.versions[-1]
            )
        if text:
            self.said.show_text(text)


class UpcastController(PanelController):
    """Fills the panel beside the window: steps that are a program run in a process of their own."""

    panel: UpcastPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = UpcastPanel()
        self._upcasts: Upcasts | None = None
        self._lifting = LatestTask(self)
        self._wanted: int | None = None

    def wire(self) -> None:
        self.panel.next_asked.connect(self._go_on)
        self.panel.versions.activated.connect(self._go_to)
        self.panel.versions.doubleClicked.connect(self._go_to)
        self.panel.choose.clicked.connect(self._page.actions_by_name["upcasters.choose"].trigger)

    def show_document(self, document: Document | None) -> None:
        """Another log, or none."""
        old, self._upcasts = self._upcasts, None if document is None else Upcasts(document)
        self._wanted = None
        self._lifting.cancel()
        if old is not None and not self._lifting.at_work:
            old.close()
        self.panel.show_upcasts(self._upcasts)

    def stand_at(self, stand: Stand) -> None:
        """Show the event there."""
        self._lift(stand.position)

    def _lift(self, position: int) -> None:
        self._wanted = position
        if not self._lifting.at_work and self._upcasts is not None and self._upcasts.upcasters is not None:
            self._ask(self._upcasts, position)

    def _ask(self, upcasts: Upcasts, position: int) -> None:
        self._lifting.start(
            lambda _report: upcasts.of(position),
            Handlers(self.panel.show_upcast, self._fail, ended=lambda: self._ended(upcasts, position)),
        )

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self.panel.show_upcast(None, visible(in_words(error), 300))

    def _ended(self, upcasts: Upcasts, position: int) -> None:
        if upcasts is not self._upcasts:
            upcasts.close()
        if self._wanted not in {None, position} and self._wanted is not None:
            self._lift(self._wanted)

    def _go_on(self) -> None:
        if self._upcasts is None:
            return
        uncovered, here = self._upcasts.uncovered(), self._page.playhead.position
        if uncovered:
            self._page.playhead.move_to(next((each for each in uncovered if each > here), uncovered[0]))

    def _go_to(self, index: Index) -> None:
        """The next event of a type and version, from here on, or else the first."""
        if self._upcasts is not None and index.isValid():
            schema = self.panel.schemas.schemas[index.row()]
            found = self._upcasts.next_of(schema, self._page.playhead.position)
            if found is not None:
                self._page.playhead.move_to(found)
