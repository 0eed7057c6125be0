"""What caused the current event, what did it cause, and what belongs together with it?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import RIGHT, Cell, ColumnHead, Index, Ink, TableModel
from explorer.desktop.tasks import Handlers, LatestTask, Report
from explorer.desktop.why.cause_graph_view import CauseGraphArea, Label
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.events.event_columns import path_to_text
from explorer.session.plaintext import visible
from explorer.session.reasons.cause_graph import (
    Node,
    Together,
    cause_named_by,
    graph_at,
    notes,
    relative,
    together,
)
from explorer.session.reasons.causes import UNASKED_EVENTS, CauseNames, Causes, index_causes, names_of
from explorer.session.stand import Stand

POSITION, TIME, TYPE, ENTITY, SUMMARY = range(5)
TITLES = (later("Time"), later("Type"), later("Whose"), later("Data"))


class TogetherModel(TableModel):
    """The events of one correlation; each is read when it is painted."""

    HEADS = ColumnHead("#", RIGHT), *map(ColumnHead, TITLES)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events: Together | None = None
        self._position = 0

    def show_events(self, events: Together | None) -> None:
        """List other events."""
        with self.anew():
            self.events = events
            self.rows = 0 if events is None else len(events)

    def stand_at(self, position: int) -> None:
        """Mark the event at `position`, and grey what comes later."""
        self._position = position
        self.redraw()

    def cells(self, row: int) -> tuple[Cell, ...]:
        assert self.events is not None
        event, position = self.events[row], int(self.events.positions[row])
        now = position == self._position
        ink: Ink | None = "future" if position > self._position else None
        return (
            Cell(f"{'▶ ' if now else ''}{grouped(position)}", ink or "muted", None, self.numbers, RIGHT),
            Cell(event.at_text, ink or "muted", None, self.numbers),
            Cell(event.type, ink, None, self.bold if now else None),
            Cell(event.entity, ink),
            Cell(event.summary, ink),
        )


NOTHING = later(
    "No event of this log names what caused it or what it belongs to. It would do so as correlationId, causationId,"
    " traceId and the like, in its metadata, beside its type, or in its payload."
)
START = later("Before the first event nothing has been caused.")
LEAST_PX = 40  # high are the graph and the table at least, on a small screen
WIDTHS = ((POSITION, 8), (TIME, 24), (TYPE, 18), (ENTITY, 12))  # in figures


class CausePanel(QWidget):
    """The chain as a graph, and below it the events of the same correlation."""

    position_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._position = 0
        self._names: CauseNames | None = None
        self._reading = LatestTask(self)
        self.causes: Causes | None = None
        self.said = plain.Elided("", role="muted", name=tr("Causes"))
        self.note = plain.Elided(role="muted", name=tr("What is not drawn"))
        self.area = CauseGraphArea()
        self.graph = self.area.graph
        self.model = TogetherModel(self)
        self.table = QuietTable(self.model, tr("Events of the same correlation"))
        self.table.set_figures(WIDTHS)
        self.table.keep_whole(POSITION, TIME, ENTITY)
        for half in (self.area, self.table):
            half.setMinimumHeight(LEAST_PX)
        self.hint = plain.label(role="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.search = QPushButton()
        self.search.setAccessibleName(tr("Read the whole log for causes"))
        self.search.setVisible(False)
        self.graph.position_asked.connect(self.position_chosen)
        self.table.clicked.connect(self._choose)
        self.table.activated.connect(self._choose)
        self.search.clicked.connect(self._index)
        self._lay_out()

    def _lay_out(self) -> None:
        waiting, told = QWidget(), QSplitter(Qt.Orientation.Vertical)
        told.setChildrenCollapsible(False)
        rows = QVBoxLayout(waiting)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.hint)
        rows.addWidget(self.search, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 2, 0, 0)
        below.setSpacing(2)
        line = QHBoxLayout()
        line.addWidget(self.said, 1)
        line.addWidget(self.note, 1)
        below.addLayout(line)
        below.addWidget(self.table, 1)
        told.addWidget(self.area)
        told.addWidget(lower)
        told.setStretchFactor(0, 2)
        told.setStretchFactor(1, 3)
        told.setSizes([2_000, 3_000])
        self._waiting, self._told = waiting, told
        self._stack = QStackedWidget()
        self._stack.setAccessibleName(tr("Causes"))
        self._stack.addWidget(waiting)
        self._stack.addWidget(told)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(self._stack)

    def show_document(self, document: Document | None) -> None:
        """Another log is open, or none; nothing is read before somebody looks."""
        self._reading.cancel()
        self._document, self._names, self.causes = document, None, None
        self.model.show_events(None)
        self.graph.show_graph(None, [])
        self._wait("")

    def stand_at(self, position: int) -> None:
        """Show the chain of the event at `position`. Called while the panel can be seen."""
        self._position = position
        document = self._document
        if document is None:
            return
        if self.causes is None:
            self._begin(document)
        elif position == 0:
            self._wait(tr(START))
        else:
            self._show(document, self.causes)

    def cause_of(self, position: int) -> int | None:
        """The event that caused the one at `position`, as far as that is known by now."""
        document = self._document
        if document is None or self.causes is None or position == 0:
            return None
        found = self.causes.cause_of(document.history.log_position(position))
        return None if found is None else document.history.position_of(found)

    # --- making the index ---------------------------------------------------------------------

    def _begin(self, document: Document) -> None:
        if not document.complete:
            self._wait(tr("The log is still being read."))
        elif self._names is None and not self._reading.running:
            self._start(lambda _report: names_of(document.history.events), self._take_names)

    def _take_names(self, names: CauseNames) -> None:
        document = self._document
        if document is None:
            return
        self._names = names
        if not names.known:
            self._wait(tr(NOTHING))
        elif document.event_count > UNASKED_EVENTS:
            self._wait(tr("To follow causes, the whole log has to be read once more. That takes a while."))
            text = tr("Read all {count} events for causes")
            self.search.setText(text.format(count=grouped(document.event_count)))
            self.search.setVisible(True)
        else:
            self._index()

    def _index(self) -> None:
        document, names = self._document, self._names
        if document is None or names is None or self._reading.running:
            return
        self._wait(tr("Reading what caused what…"))
        self._start(lambda report: index_causes(document.history.events, names, report), self._take_causes)

    def _take_causes(self, causes: Causes) -> None:
        self.causes = causes
        self.stand_at(self._position)

    def _start[T](self, work: Callable[[Report], T], then: Callable[[T], None]) -> None:
        self._reading.start(
            work,
            Handlers(
                then, lambda error: self._wait(visible(in_words(error))), progressed=self._show_progress
            ),
        )

    def _show_progress(self, done: int, total: int) -> None:
        share = f"{done / max(total, 1):.0%}"
        self.hint.setText(tr("Reading what caused what… {share}").format(share=share))

    # --- showing ------------------------------------------------------------------------------

    def _wait(self, text: str) -> None:
        self.hint.setText(text)
        self.search.setVisible(False)
        self._stack.setCurrentWidget(self._waiting)

    def _show(self, document: Document, causes: Causes) -> None:
        position = self._position
        graph = graph_at(document, causes, position)
        self.graph.show_graph(
            graph, [self._label(document, causes, graph.nodes, at) for at in range(len(graph.nodes))]
        )
        text = "; ".join(notes(graph))
        self.note.show_text(text)
        self.note.setVisible(bool(text))
        family = together(document, causes, position)
        shown = self.model.events
        if shown is None or shown.name != family.name or len(shown) != len(family):
            self.model.show_events(family)
        self.model.stand_at(position)
        at = int(family.positions.searchsorted(position)) if len(family) else -1
        if at >= 0:
            self.table.selectRow(at)
            self.table.scrollTo(self.model.index(at, POSITION))
        self.said.show_text(self._family_text(causes, family.name, len(family)))
        self._stack.setCurrentWidget(self._told)
        self.area.centre()

    def _family_text(self, causes: Causes, name: str, count: int) -> str:
        path = causes.names.correlation
        if path is None or not name:
            return tr("This event names nothing that it belongs to.")
        text = (
            tr("{count} events with {path} {name}") if count != 1 else tr("only this event has {path} {name}")
        )
        return text.format(count=grouped(count), path=visible(path_to_text(path), 60), name=name)

    def _label(self, document: Document, causes: Causes, nodes: list[Node], at: int) -> Label:
        node = nodes[at]
        if node.position == 0:
            return Label(tr("not in the log"), cause_named_by(causes, document, nodes[at + 1].position), "")
        event = relative(document, node.position)
        return Label(f"#{grouped(node.position)}", event.type, event.entity)

    def _choose(self, index: Index) -> None:
        if self.model.events is not None and index.isValid():
            self.position_chosen.emit(int(self.model.events.positions[index.row()]))


class CauseController(PanelController):
    """The panel of causes, and the way there from everywhere else."""

    panel: CausePanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = CausePanel()

    def offers(self) -> dict[str, object]:
        return {"causing": self}

    def wire(self) -> None:
        """Connect the panel, and the button beside an event."""
        self.panel.position_chosen.connect(self._page.playhead.move_to)
        self._page.signals.cause_asked.connect(self.go_to_cause)

    def show_document(self, document: Document | None) -> None:
        self.panel.show_document(document)

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    # --- what the actions call ----------------------------------------------------------------

    def go_to_cause(self) -> None:
        """Go to the event that caused the current one; what is not known yet is looked for first."""
        found = self.panel.cause_of(self._page.playhead.position)
        if found is None:
            self._page.panels.bring_up("causes")
        else:
            self._page.playhead.move_to(found)
