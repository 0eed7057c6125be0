"""How do the parts of an open log's page hang together: who asks, who decides, who follows?

Panels are not made here: they are the PARTS of page_parts.py, and parts.py says how to add one.
"""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from explorer.desktop import garbage, plain
from explorer.desktop.commands.commanding import CommandController
from explorer.desktop.compare.comparing import ComparisonController
from explorer.desktop.compare.diff_panel import DiffPanel
from explorer.desktop.events.choosing_columns import EventColumnsController
from explorer.desktop.events.event_panel import EventPanel
from explorer.desktop.events.events_model import EventsModel
from explorer.desktop.events.events_table import EventsTable
from explorer.desktop.events.filter_bar import FilterBar
from explorer.desktop.events.filtering import FilterController
from explorer.desktop.find.checking import CheckController
from explorer.desktop.find.finding import FindController
from explorer.desktop.find.warnings import Warnings
from explorer.desktop.page.header import Header
from explorer.desktop.page.page_parts import PARTS
from explorer.desktop.page.stepping import SteppablePage
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.panels.per_log import PerLog
from explorer.desktop.settings import Settings
from explorer.desktop.state.arranging import StateTableController
from explorer.desktop.state.offering import StateMenuController
from explorer.desktop.state.state_model import StateModel
from explorer.desktop.state.state_panel import StatePanel
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.state.totals_row import TotalsRow
from explorer.desktop.state.watching import WatchController
from explorer.desktop.tables.hits import HitStrip
from explorer.desktop.timeline.bookmarks_panel import BookmarksPanel
from explorer.desktop.timeline.going_to import GoToController
from explorer.desktop.timeline.marking import BookmarkController
from explorer.desktop.timeline.player import Player
from explorer.desktop.timeline.transport import TransportBar
from explorer.desktop.timeline.viewing import TimelineController
from explorer.desktop.timeline.widget import Timeline
from explorer.desktop.what_if.branching import BranchController
from explorer.desktop.why.causing import CauseController
from explorer.desktop.why.explaining import WhyController
from explorer.desktop.why.why_panel import WhyPanel
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.find.checks import Int64s
from explorer.session.places.markers import Markers
from explorer.session.status import status_text
from explorer.session.timeline.axis import By

REST_AFTER_MS = 1_000
LOW_PX = 600  # a page that is lower leaves the tables as much of it as can be


class LogPage(SteppablePage):
    """Everything that shows one open log. Every part asks the playhead; it decides, and all follow."""

    status_changed = Signal(str)
    document_shown = Signal()  # another one, the same in another order or with more events, or none

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.player = Player(self.playhead, self)
        self.markers = Markers()
        self.going = GoToController(self, self)
        self.comparing = ComparisonController(self, self)
        self.filtering = FilterController(self, self)
        self.checking = CheckController(self, settings, self)
        self.finding = FindController(self, self)
        self.warnings = Warnings(self, self)
        self.arranging = StateTableController(self, settings, self)
        self.watching = WatchController(self, settings, self)
        self.offering = StateMenuController(self, self)
        self.branching = BranchController(self, settings, self)
        self.commanding = CommandController(self, self)
        self.viewing = TimelineController(self, settings, self)
        self.marking = BookmarkController(self, settings, self)
        self.explaining = WhyController(self, self)
        self.causing = CauseController(self, self)
        self.event_columns = EventColumnsController(self, PerLog(settings), self)
        self.panels = Panels()
        self._resting = QTimer(self)  # runs out when the person has stood still for a while
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_AFTER_MS)
        self._resting.timeout.connect(self._rest)

    def build(self, actions: Mapping[str, QAction]) -> None:
        """Make the widgets; the buttons are those of `actions`."""
        self.actions_by_name = actions
        self.header = Header()
        self.state_model, self.events_model = StateModel(self), EventsModel(self)
        self.state_table, self.events_table = StateTable(self.state_model), EventsTable(self.events_model)
        self.why, self.diff = WhyPanel(), DiffPanel(actions)
        self.event_panel = EventPanel()
        self.timeline = Timeline(actions=actions)
        self.bookmarks_panel = BookmarksPanel()
        self.transport = TransportBar(actions)
        self.transport.show_choices(self._settings.speed, self._settings.pace)
        self.filter_bar = FilterBar()
        self.filter, self.listed = self.filter_bar.line, self.filter_bar.said
        self.hits = HitStrip()
        self.totals = TotalsRow(self.state_table, self.state_model)
        self.state_panel = StatePanel(self.state_table, self.totals)
        self._parts = [make(self) for make in PARTS]

    def put_together(self) -> Iterator[None]:
        """Put the widgets into their places, and wire them: in several steps, for Qt takes its time over docks."""
        yield from self.panels.add(self._parts)
        yield
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 4, 12, 4)
        inner.addWidget(self.panels)
        layout.addLayout(inner, 1)
        layout.addWidget(self.timeline)
        self.panels.beside = [self.timeline]
        layout.addWidget(self.transport)
        self._wire()

    def _wire(self) -> None:
        """Every connection between two parts of the page."""
        for dock in self.panels.docks.values():
            dock.part.wire()
        self.going.wire()
        self.offering.wire()
        self.viewing.wire()
        self.viewing.loop_changed.connect(self.actions_by_name["viewing.loop"].setChecked)
        self.viewing.backwards_changed.connect(self.transport.show_direction)
        self.player.set_speed(self._settings.speed)
        self.player.set_mode("pace" if self._settings.pace == "pace" else "event")
        for name, on in (("short_gaps", self._settings.short_gaps), ("backwards", self._settings.backwards)):
            self.actions_by_name[f"viewing.{name}"].setChecked(on)
        self.viewing.play_as_remembered()
        self.timeline.asked.connect(self.playhead.move_to)
        self.events_table.entry_chosen.connect(self._go_to_entry)
        self.events_table.compare_asked.connect(self._compare_with_entry)
        self.diff.value_chosen.connect(self.explain)
        self.why.position_chosen.connect(self.playhead.move_to)
        self.state_table.value_chosen.connect(self.explain_quietly)
        self.transport.jump.chosen.connect(lambda _position: self.events_table.setFocus())
        self.transport.jump.problem_found.connect(self._say_problem)
        self.transport.speed_chosen.connect(self.choose_speed)
        self.transport.mode_chosen.connect(self._choose_pace)
        self.player.running_changed.connect(self.transport.show_running)
        self.hits.entry_asked.connect(self._go_to_entry)
        self.warnings.panel.entry_chosen.connect(self._go_to_entry)
        self.checking.found.connect(self._show_violations)
        self.playhead.moved.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.timeline.be_low(self.height() < LOW_PX)

    def show_document(self, document: Document | None, position: int | None = None) -> None:
        """Show another log, or the same one read anew; None lets go of the old."""
        self.document = document
        self.player.show_document(document)
        for dock in self.panels.docks.values():
            dock.part.show_document(document)
        if document is None:
            self._resting.stop()
            self.viewing.show_document(None, "event")
            self.document_shown.emit()
            return
        self.measure_by("time" if self._settings.by == "time" else "event")
        last = document.event_count
        stand = last if position is None else min(position, last)
        self.going.show_document(document, stand)
        self.playhead.reset(last, stand)
        self.document_shown.emit()

    def show_rest(self, document: Document, *, at_end: bool | None = None) -> None:
        """Show all of the log whose beginning is shown: the person stays where they are, or goes to its end.

        `at_end` says which; None: at the end if that is where they are.
        """
        old, here = self.document, self.playhead.position
        stay = (old is not None and here < old.event_count) if at_end is None else not at_end
        chosen = self.why.value
        text = self.filter.text()
        self.show_document(document, here if stay else None)
        if chosen is not None:
            self.explain_quietly(*chosen)
        self.filter.setText(text)

    def _follow(self, position: int) -> None:
        """Draw everything as it was at `position`: once per frame, however many moves there were."""
        document = self.document
        if document is None:
            return
        self._resting.start()
        moment = document.moment_text(position)
        self.header.show_position(position, document.event_count, moment)
        where = tr("{position:,} of {total:,}").format(position=position, total=document.event_count)
        self.timeline.show_position(position, f"{where}, {moment}")
        self.panels.stand_at(position)
        self._say_where(document, position)

    def _say_where(self, document: Document, position: int) -> None:
        told = status_text(document, position, document.state(position).entity_count)
        broken = self.checking.violations.text_at(position)
        odd = document.warned_text(position)
        first = [f"! {odd}"] if odd else []  # what a step to it has led to is not cut
        self.status_changed.emit("   ·   ".join([*first, told, *([broken] if broken else [])]))

    def say_where(self) -> None:
        """Say again where one stands: what was said instead is over."""
        if self.document is not None:
            self._say_where(self.document, self.playhead.position)

    def _say_problem(self, sentence: str) -> None:
        """A small window has no room for it beside the box."""
        if sentence:
            self.status_changed.emit(sentence)
        else:
            self.say_where()

    def _show_violations(self, positions: Int64s) -> None:
        self.timeline.show_violations(positions)
        if self.document is not None:
            self._say_where(self.document, self.playhead.position)

    def _rest(self) -> None:
        if self.document is not None:
            self.document.rest()
            garbage.look_through_all()

    # --- what the actions call ----------------------------------------------------------------

    def play_or_pause(self) -> None:
        """Play, or pause."""
        self.player.toggle()

    def measure_by(self, by: By) -> None:
        """Give every event, or every stretch of time, the same room."""
        self._settings.by = by
        self.viewing.show_document(self.document, by)
        self.actions_by_name[f"measure_by:{self.timeline.by}"].setChecked(True)
        self.timeline.show_position(self.playhead.position, self.timeline.spoken_there)

    def state_text(self) -> str:
        """The state at this point as plain text."""
        return "" if self.document is None else self.document.plain_text(self.playhead.position)

    def copy_state(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(self.state_text())

    def show_state_text(self) -> None:
        """Show it in a window, for reading aloud."""
        plain.sheet(self, tr("State as text"), self.state_text()).open()

    def _go_to_entry(self, entry: int) -> None:
        if self.document is None:
            return
        row = self.document.entry(entry)
        self.playhead.move_to(row.applied)
        if row.position is None:  # nothing happened there, but there is something to see
            self.playhead.flush()
            self.event_panel.show_entry(self.document, entry)

    def _compare_with_entry(self, entry: int) -> None:
        if self.document is not None:
            self.comparing.compare_with(self.document.applied(entry))

    def explain(self, entity: str, field: str) -> None:
        """Say why a value is as it is."""
        self.explain_quietly(entity, field)
        self.panels.bring_up("why")

    def explain_quietly(self, entity: str, field: str) -> None:
        """Say why a value is as it is, to those who look there."""
        known = [each.name for each in self.document.history.fields] if self.document else []
        self.why.show_value(self.document, entity, field if field in known else "")
        self.why.stand_at(self.playhead.position)

    def choose_speed(self, speed: float) -> None:
        """Play so fast from now on."""
        self._settings.speed = speed
        self.player.set_speed(speed)
        self.transport.show_choices(speed, self._settings.pace)

    def _choose_pace(self, pace: str) -> None:
        self._settings.pace = pace
        self.player.set_mode("pace" if pace == "pace" else "event")

    def show_row(self) -> None:
        """Bring the event at the playhead into sight."""
        position = self.playhead.position
        if self.document is not None:
            self.events_table.show_current(self.document.row_of_position(position) if position else None)
