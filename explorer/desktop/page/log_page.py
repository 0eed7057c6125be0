"""How do the parts of an open log's page hang together: who asks, who decides, who follows?

Panels are not known here: they are the lines of panel_list.py, and panels/panel.py says how to add one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from explorer.desktop import garbage, plain
from explorer.desktop.page.header import Header
from explorer.desktop.page.panel_list import PANELS, Offered
from explorer.desktop.panels.dock import Part
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.panels.page import Signals, ValueOfRow
from explorer.desktop.playhead import Playhead
from explorer.desktop.saving import LogWidget
from explorer.desktop.settings import Settings
from explorer.desktop.tasks import Handlers, run_beside
from explorer.desktop.timeline.timeline_controller import TimelineController
from explorer.desktop.timeline.transport import GoToController, Player, TransportBar
from explorer.desktop.timeline.widget import Timeline
from explorer.language import tr
from explorer.session.document import Document
from explorer.session.find.checks import Int64s, Violations
from explorer.session.places.markers import Markers
from explorer.session.stand import Stand
from explorer.session.status import status_text
from explorer.session.timeline.axis import By

LEAST_LEAP = 10


class SteppablePage(LogWidget, Offered):
    """What the step keys do on the page of an open log. Each asks the playhead."""

    def __init__(self) -> None:
        super().__init__()
        self.playhead = Playhead(self)
        self.violations = Violations([])

    def next_event(self) -> None:
        """One event further."""
        self.playhead.step(1)

    def previous_event(self) -> None:
        """One event back."""
        self.playhead.step(-1)

    def leap_forward(self) -> None:
        """A larger step further."""
        self.playhead.step(self._leap)

    def leap_back(self) -> None:
        """A larger step back."""
        self.playhead.step(-self._leap)

    def go_to_start(self) -> None:
        """Before the first event."""
        self.playhead.move_to(0)

    def go_to_end(self) -> None:
        """After the last event."""
        self.playhead.move_to(self.playhead.last)

    def next_of_same(self) -> None:
        """The next event of the same account."""
        self._step_same(1)

    def previous_of_same(self) -> None:
        """The previous event of the same account."""
        self._step_same(-1)

    def next_trouble(self) -> None:
        """The next thing that broke a check, could not be read, or is warned of."""
        self._step_trouble(1)

    def previous_trouble(self) -> None:
        """The previous thing that broke a check, could not be read, or is warned of."""
        self._step_trouble(-1)

    def _step_trouble(self, step: int) -> None:
        document, here = self.document, self.playhead.position
        if document is None:
            return
        found = [
            int(places[at])
            for places in (
                self.violations.positions, document.troubled_positions(), document.marked_positions
            )
            if 0 <= (at := _beside(places, here, step)) < len(places)
        ]  # fmt: skip
        if found:
            self.playhead.move_to(min(found) if step > 0 else max(found))

    @property
    def _leap(self) -> int:
        return max(self.playhead.last // 100, LEAST_LEAP)

    def _step_same(self, step: int) -> None:
        document, here = self.document, self.playhead.position
        if document is None:
            return
        entity = self.state_table.entity or document.entity_at(here)
        found = document.next_of_same(here, entity, step) if entity is not None else None
        if found is not None:
            self.playhead.move_to(found)


def _beside(places: "Sequence[int] | Int64s", here: int, step: int) -> int:
    """Which of ascending places comes next, or stands before."""
    return bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1


REST_AFTER_MS = 1_000
LOW_PX = 600  # a page that is lower leaves the tables as much of it as can be
PANELS_A_STEP = 4


class LogPage(SteppablePage):
    """Everything that shows one open log. Every part asks the playhead; it decides, and all follow."""

    status_changed = Signal(str)
    document_shown = Signal()  # another one, the same in another order or with more events, or none

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.signals = Signals(self)
        self.stand: Stand | None = None
        self.value_tables: list[tuple[QTableView, ValueOfRow]] = []
        self.player = Player(self.playhead, self)
        self.markers = Markers()
        self.panels = Panels()
        self._parts: list[Part] = []
        self._resting = QTimer(self)  # runs out when the person has stood still for a while
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_AFTER_MS)
        self._resting.timeout.connect(self._rest)

    @property
    def widget(self) -> QWidget:
        """The page itself, as panels see it."""
        return self

    def build(self, actions: Mapping[str, QAction]) -> Iterator[None]:
        """Make the widgets, in several steps; the buttons are those of `actions`."""
        self.actions_by_name = actions
        self.header = Header()
        self.timeline = Timeline(actions=actions)
        self.transport = TransportBar(actions)
        self.transport.show_choices(self.settings.speed, self.settings.pace)
        self.going = GoToController(self, self.timeline, self.player, self.transport)
        self.viewing = TimelineController(self, self.timeline, self.player)
        for number, registration in enumerate(PANELS, 1):
            part, controller = registration.make(self)
            self._parts.append(part)
            for name, offered in controller.offers().items():
                setattr(self, name, offered)
            if number % PANELS_A_STEP == 0:
                yield

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

    def put_under_header(self, line: QWidget) -> None:
        """Give a line of news its place: right under the header, above those that came before it."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.header) + 1, line)

    def _wire(self) -> None:
        """Every connection between two parts of the page."""
        for part in self._parts:
            part.keeper.wire()
        self.going.wire()
        self.viewing.wire()
        self.viewing.loop_changed.connect(self.actions_by_name["viewing.loop"].setChecked)
        self.viewing.backwards_changed.connect(self.transport.show_direction)
        self.player.set_speed(self.settings.speed)
        self.player.set_mode("pace" if self.settings.pace == "pace" else "event")
        for name, on in (("short_gaps", self.settings.short_gaps), ("backwards", self.settings.backwards)):
            self.actions_by_name[f"viewing.{name}"].setChecked(on)
        self.viewing.play_as_remembered()
        self.transport.jump.problem_found.connect(self._say_problem)
        self.transport.speed_chosen.connect(self.choose_speed)
        self.transport.mode_chosen.connect(self._choose_pace)
        self.player.running_changed.connect(self.transport.show_running)
        self.signals.violations_found.connect(self._take_violations)
        self.playhead.moved.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.timeline.be_low(self.height() < LOW_PX)

    def show_document(self, document: Document | None, position: int | None = None) -> None:
        """Show another log, or the same one read anew; None lets go of the old."""
        self.document = document
        self._stand_at(None)
        self.player.show_document(document)
        for part in self._parts:
            part.keeper.show_document(document)
        if document is None:
            self._resting.stop()
            self.viewing.show_document(None, "event")
            self.document_shown.emit()
            return
        self.measure_by("time" if self.settings.by == "time" else "event")
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
            self.explaining.explain_quietly(*chosen)
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
        self._stand_at(Stand(document, position))
        self.say_where()

    def _stand_at(self, stand: Stand | None) -> None:
        """The state is made once for a position, and given to all who show something of it."""
        self.stand = stand
        self.panels.stand_at(stand)

    def say_where(self) -> None:
        """Say in the status bar where one stands; what was said there instead is over."""
        stand = self.stand
        if stand is None:
            return
        document, position = stand.document, stand.position
        told = status_text(document, position, len(stand.state.codes))
        broken = self.violations.text_at(position)
        odd = document.warned_text(position)
        first = [f"! {odd}"] if odd else []  # what a step to it has led to is not cut
        self.status_changed.emit("   ·   ".join([*first, told, *([broken] if broken else [])]))

    def _say_problem(self, sentence: str) -> None:
        """A small window has no room for it beside the box."""
        if sentence:
            self.status_changed.emit(sentence)
        else:
            self.say_where()

    def _take_violations(self, found: Violations) -> None:
        self.violations = found
        self.say_where()

    def _rest(self) -> None:
        if self.document is not None:
            garbage.look_through_all()
            give_back = self.document.rest()
            if give_back is not None:
                run_beside(None, lambda _report: give_back(), Handlers(lambda _: None, lambda _: None))

    # --- what the actions call ----------------------------------------------------------------

    def play_or_pause(self) -> None:
        """Play, or pause."""
        self.player.toggle()

    def measure_by(self, by: By) -> None:
        """Give every event, or every stretch of time, the same room."""
        self.settings.by = by
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

    def choose_speed(self, speed: float) -> None:
        """Play so fast from now on."""
        self.settings.speed = speed
        self.player.set_speed(speed)
        self.transport.show_choices(speed, self.settings.pace)

    def _choose_pace(self, pace: str) -> None:
        self.settings.pace = pace
        self.player.set_mode("pace" if pace == "pace" else "event")
