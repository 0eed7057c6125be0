"""How does a person move in time: play, step, jump, go to a place that they write, and back to where they were?"""

import time
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from explorer.desktop import plain
from explorer.desktop.look.icons import icon, size_icon
from explorer.desktop.look.theme import theme_of
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.point_edit import PointEdit
from explorer.desktop.playhead import FRAME_MS, Playhead
from explorer.desktop.timeline.widget import Timeline
from explorer.language import grouped, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.places.markers import Trail
from explorer.session.places.points import PointError, PointMeaning, readings
from explorer.session.timeline.playback import SPEEDS, Mode, Playback


class Player(QObject):
    """A clock for `Playback`: asks the playhead to move at each frame while it runs."""

    running_changed = Signal(object)  # bool

    def __init__(self, playhead: Playhead, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playhead = playhead
        self._playback = Playback(0, lambda _position: None)
        self._speed = 1.0
        self._mode: Mode = "event"
        self._backwards = False
        self._clock = QTimer(self)
        self._clock.setInterval(FRAME_MS)
        self._clock.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Whether the log plays."""
        return self._playback.running

    @property
    def loop(self) -> tuple[int, int] | None:
        """The two positions between which it plays over and over, if it does."""
        return self._playback.loop

    def show_document(self, document: Document | None) -> None:
        """Play `document` from now on; it begins paused."""
        self.pause()
        if document is None:
            self._playback = Playback(0, lambda _position: None)
        else:
            self._playback = Playback(document.event_count, document.moment_ns)
        self.set_speed(self._speed)
        self.set_mode(self._mode)
        self.set_backwards(self._backwards)

    def set_speed(self, speed: float) -> None:
        """Play so many times faster than normal."""
        self._speed = speed
        self._playback.set_speed(speed, time.monotonic())

    def set_mode(self, mode: Mode) -> None:
        """Give every event the same time, or its own."""
        self._mode = mode
        self._playback.set_mode(mode, time.monotonic())

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Play between two positions over and over, or to the end."""
        self._playback.set_loop(loop, time.monotonic())

    def set_backwards(self, backwards: bool) -> None:
        """Play towards the start, or towards the end."""
        self._backwards = backwards
        self._playback.set_backwards(backwards, time.monotonic())

    def toggle(self) -> None:
        """Play, or pause; from the end it begins again at the start."""
        if self._clock.isActive():
            self.pause()
            return
        self._playhead.move_to(self._playback.start(self._playhead.position, time.monotonic()))
        if self._playback.running:
            self._clock.start()
            self.running_changed.emit(True)

    def pause(self) -> None:
        """Stop where it is."""
        if self._clock.isActive():
            self._clock.stop()
            self._playback.pause()
            self.running_changed.emit(False)

    def _tick(self) -> None:
        now_s = time.monotonic()
        self._playback.moved(self._playhead.position, now_s)
        self._playhead.move_to(self._playback.due(now_s))
        if not self._playback.running:
            self.pause()


STEPS = (
    "go_to_start",
    "previous_of_same",
    "previous_event",
    "play_or_pause",
    "next_event",
    "next_of_same",
    "go_to_end",
)
TOGGLES = ("viewing.short_gaps", "viewing.loop", "viewing.backwards")


class TransportBar(QWidget):
    """First, back, play, forward, last; speed; by event or by time; the box to jump."""

    speed_chosen = Signal(object)  # float
    mode_chosen = Signal(str)  # "event" or "pace"

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._play = actions["play_or_pause"]
        self._running = self._backwards = False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 8)
        row.setSpacing(2)
        self.buttons = {name: self._button(actions[name]) for name in STEPS}
        self.buttons["play_or_pause"].setProperty("primary", "true")
        self._play.changed.connect(self.refresh)  # Qt has then given the button the action's own picture
        for name in STEPS:
            row.addWidget(self.buttons[name])
        row.addSpacing(14)
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed"))
        plain.set_tip(self.speed, tr("Speed: 1× is two events a second"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.activated.connect(lambda at: self.speed_chosen.emit(self.speed.itemData(at)))
        self.mode = QComboBox()
        self.mode.setAccessibleName(tr("Pace"))
        plain.set_tip(self.mode, tr("Every event takes the same time, or as long as it really took"))
        self.mode.addItem(tr("steady pace"), "event")
        self.mode.addItem(tr("original pace"), "pace")
        self.mode.activated.connect(lambda at: self.mode_chosen.emit(self.mode.itemData(at)))
        for box in (self.speed, self.mode):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(box)
            row.addSpacing(6)
        row.addSpacing(8)
        for name, text in (("measure_by:event", tr("by event")), ("measure_by:time", tr("by time"))):
            button = self._button(actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setText(text)
            actions[name].changed.connect(
                lambda button=button, text=text: button.setText(text)
            )  # not its own
            self.buttons[name] = button
            row.addWidget(button)
        for name in TOGGLES:
            self.buttons[name] = self._button(actions[name])
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        self.problem = plain.Elided(role="warning", name=tr("Jump"))
        self.problem.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.problem, 6)
        row.addSpacing(8)
        self.jump = PointEdit(tr("Go to"))
        self.jump.setPlaceholderText(tr("Go to #1204 · 50% · 6 Jan 10:15 · last tuesday"))
        hint_px = self.fontMetrics().horizontalAdvance(self.jump.placeholderText())
        self.jump.setMinimumWidth(150)  # the hint may be cut in a small window
        self.jump.setMaximumWidth(hint_px + 44)
        plain.set_tip(
            self.jump,
            tr("A position, a percentage, +100, start, end, a date and time, 3 days earlier (Ctrl+G)"),
        )
        self.jump.problem_found.connect(self.show_problem)
        row.addWidget(self.jump, 20)

    def show_running(self, running: bool) -> None:
        """Offer to pause while the log plays, and to play while it stands."""
        self._running = running
        theme, play = theme_of(self.palette()), self.buttons["play_or_pause"]
        picture = "pause" if running else "reverse" if self._backwards else "play"
        play.setIcon(icon(picture, theme.on_accent))
        name = tr("Pause") if running else tr("Play backwards") if self._backwards else tr("Play")
        play.setAccessibleName(name)

    def show_direction(self, backwards: bool) -> None:
        """The button to play points where it will go."""
        self._backwards = backwards
        self.show_running(self._running)

    def show_choices(self, speed: float, mode: str) -> None:
        """Show the remembered speed and pace."""
        self.speed.setCurrentIndex(max(self.speed.findData(speed), 0))
        self.mode.setCurrentIndex(max(self.mode.findData(mode), 0))

    def show_problem(self, sentence: str) -> None:
        """Say why a jump led nowhere; "" when it is well."""
        self.problem.show_text(sentence)
        self.jump.setProperty("wrong", "true" if sentence else "false")
        self.jump.style().polish(self.jump)

    def refresh(self) -> None:
        """Redraw what has its own colour."""
        self.show_running(self._running)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        size_icon(button, 20)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().replace("&", ""))
        return button


class GoToController(QObject):
    """Go to, back and forward. It asks the playhead; the trail remembers jumps, not single steps."""

    def __init__(self, page: Page, timeline: Timeline, player: Player, transport: TransportBar) -> None:
        super().__init__(page.widget)
        self._page = page
        self._timeline, self._player, self._transport = timeline, player, transport
        self.trail = Trail()
        self._ending = False
        self._of: tuple[str | None, str] | None = None  # the log and the order in which the places are

    def wire(self) -> None:
        """Connect the line in which one writes where to go."""
        page = self._page
        jump = self._transport.jump
        jump.ask_of(self.find, self.tell)
        jump.chosen.connect(self._arrive)
        page.playhead.moved.connect(self._follow)
        self._timeline.sliderReleased.connect(self._end_gesture)
        self._player.running_changed.connect(self._end_gesture)

    def show_document(self, document: Document | None, position: int) -> None:
        """The places of another log, or of another order, mean nothing any more."""
        of = None if document is None else (document.path, document.order)
        if of is None or of != self._of:
            self.trail = Trail(position)
        self._of = of

    def take_trail(self, other: "GoToController") -> None:
        """Go back and forward as in another window on the same log."""
        self.trail = other.trail

    def ask(self) -> None:
        """Write where to go."""
        self._transport.jump.setFocus()
        self._transport.jump.selectAll()

    def back(self) -> None:
        """To where one was before the last jump."""
        self._go(self.trail.back())

    def forward(self) -> None:
        """To where one came back from."""
        self._go(self.trail.forward())

    def to(self, text: str) -> None:
        """Go where `text` says, or say why not."""
        document = self._page.document
        if document is None:
            return
        try:
            self._page.playhead.move_to(document.jump(text, self._page.playhead.position))
        except PointError as error:
            self._transport.show_problem(in_words(error))

    def find(self, text: str) -> list[PointMeaning]:
        """Everything that `text` can mean here.

        Raises:
            PointError: It means nothing.
        """
        document = self._page.document
        return [] if document is None else readings(document.history, text, self._page.playhead.position)

    def tell(self, reading: PointMeaning) -> str:
        """`#348  Tue 27 Jan 2026 16:00:10 UTC   (end of Tue 27 Jan 2026)`."""
        document = self._page.document
        moment = "" if document is None else document.moment_text(reading.position)
        return f"#{grouped(reading.position)}   {moment}   ({reading.meaning})"

    def _arrive(self, position: int) -> None:
        self._transport.jump.clear()
        self._page.playhead.move_to(position)
        self._page.signals.events_asked.emit()

    def _go(self, position: int | None) -> None:
        if position is not None:
            self._page.playhead.move_to(position)

    def _follow(self, position: int) -> None:
        moving = self._timeline.isSliderDown() or self._player.running or self._ending
        self.trail.moved(position, gesture=moving)

    def _end_gesture(self) -> None:
        self._ending = True
        self._page.playhead.flush()  # where the drag has led belongs to the drag
        self._ending = False
        self.trail.end_gesture()
