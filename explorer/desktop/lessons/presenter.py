"""How does a lecture look: the whole screen, large type, few panels, a laser, and the keys of a remote?"""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.events import events_model
from explorer.desktop.lessons.lesson_controller import LessonController
from explorer.desktop.lessons.slide import WIDTH_PX, Slide
from explorer.desktop.lessons.spotlight import Laser, value
from explorer.desktop.look.icons import fit_icons
from explorer.desktop.look.theme import apply_text_size, apply_theme, theme_of
from explorer.desktop.page.log_page import LogPage
from explorer.desktop.page.window import Window
from explorer.desktop.typing_guard import writes
from explorer.language import tr
from explorer.session.reasons.spoken import spoken

LARGER = 135  # percent: type for those in the last row
QWIDGETSIZE_MAX = (1 << 24) - 1  # no limit
WINDOW_PX = 720  # high is a small projector
LASERS: tuple[Laser, ...] = ("off", "mouse", "value")


class Curtain(QWidget):
    """A black screen, for when the class should look at the teacher."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(tr("Black screen"))
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)


class Presenter(QObject):
    """Dresses one window for a projector, and back. A remote's keys lead through the lesson, or else the events."""

    changed = Signal(bool)

    def __init__(self, host: Window, lessons: LessonController) -> None:
        window = self._window = host.widget
        super().__init__(window)
        self._host, self._lessons = host, lessons
        self.presenting = False
        self.caption = plain.label(role="caption", wrap=True, name=tr("What has just happened"))
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption.hide()
        self.curtain = Curtain(window)
        self.slide: Slide | None = None  # of a lesson; made when a class first sees one
        self._undo: list[Callable[[], object]] = []

    def around(self, shown: QWidget) -> QWidget:
        """What the window shows, and under it the sentence about the last event."""
        box = QWidget()
        self._column = QVBoxLayout(box)
        self._shown = QWidget()  # a splitter does not keep to a height that it is given
        inner = QVBoxLayout(self._shown)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(shown)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._shown, 1)
        self._column.addWidget(self.caption)
        self._lessons.step_shown.connect(self._show_step)
        self._lessons.ended.connect(self._drop_slide)
        return box

    def toggle(self) -> None:
        """Begin to present, or end."""
        if self.presenting:
            self.end()
        else:
            self.begin()

    def begin(self) -> None:
        """Fill the screen; what is not needed in the last row is put aside."""
        page = self._host.page
        if self.presenting or page.document is None:
            return
        self.presenting = True
        self._keep_keys()
        self._put_aside(page)
        self._dress()
        self._fill_screen()
        self._lessons.arrange()
        page.playhead.moved.connect(self._speak)
        self._undo.append(lambda: page.playhead.moved.disconnect(self._speak))
        self.caption.show()
        self._speak(page.playhead.position)
        self._show_step()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self.changed.emit(True)

    def end(self) -> None:
        """Everything as it was."""
        if not self.presenting:
            return
        self.presenting = False
        self._drop_slide()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.curtain.hide()
        self.caption.hide()
        self._lessons.spotlight.shine("off")
        while self._undo:
            self._undo.pop()()
        self._lessons.arrange()
        self.changed.emit(False)

    def next(self) -> None:
        """The answer if a question waits for it, else the next step of the lesson, else the next event."""
        lessons = self._lessons
        if self.curtain.isVisible():
            self.black()
        elif lessons.lesson is None:
            self._host.page.next_event()
        elif not lessons.revealed:
            lessons.reveal()
        elif not lessons.is_last:
            lessons.next_step()

    def previous(self) -> None:
        """The step before, or else the event before."""
        lessons = self._lessons
        if self.curtain.isVisible():
            self.black()
        elif lessons.lesson is None:
            self._host.page.previous_event()
        else:
            lessons.previous_step()

    def black(self) -> None:
        """Draw the curtain, or open it."""
        self.curtain.setGeometry(self._window.rect())
        self.curtain.setVisible(self.curtain.isHidden())
        self.curtain.raise_()

    def laser(self) -> None:
        """A ring that follows the mouse; then one around the chosen value; then none."""
        spotlight = self._lessons.spotlight
        spotlight.shine(LASERS[(LASERS.index(spotlight.laser) + 1) % len(LASERS)], self._chosen)

    # --- the slide ------------------------------------------------------------------------------

    def _show_step(self) -> None:
        """Show the step on a slide, above the timeline."""
        lessons = self._lessons
        if not self.presenting or lessons.lesson is None or lessons.scene is None:
            return
        if lessons.stage is None:
            lessons.stage = self._taken_slide()
            lessons.point()
            lessons.take_keys()
        self._enlarge()
        lessons.stage.show_scene(lessons.lesson, lessons.number, lessons.scene)

    def _taken_slide(self) -> Slide:
        page, lessons = self._host.page, self._lessons
        if self.slide is None:
            self.slide = Slide(page, lessons.panel)
            self.slide.event_pressed.connect(page.playhead.move_to)
            self._column.insertWidget(0, self.slide, 1)
        lessons.panel.on_slide = True
        lessons.panel.hide()
        page.panels.hide()
        page.timeline.be_low(low=True)
        self._column.setStretchFactor(self._shown, 0)
        self._shown.setMinimumWidth(1)  # pages that nobody sees do not widen the window
        self.slide.begin()
        page.playhead.moved.connect(self.slide.stand_at)
        return self.slide

    def _enlarge(self) -> None:
        """What is written on the timeline is as large, of a large screen, as it is of a small one."""
        timeline = self._host.page.timeline
        scale = max(1.0, min(self._window.width() / WIDTH_PX, self._window.height() / WINDOW_PX))
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        timeline.setFont(font)
        self._shown.setFixedHeight(timeline.sizeHint().height() + 8)

    def _drop_slide(self) -> None:
        """The panels again."""
        page, lessons = self._host.page, self._lessons
        if lessons.stage is None or self.slide is None:
            return
        lessons.stage = None
        page.playhead.moved.disconnect(self.slide.stand_at)
        self.slide.end()
        page.timeline.setFont(QFont())
        self._shown.setMinimumSize(0, 0)
        self._shown.setMaximumHeight(QWIDGETSIZE_MAX)
        self._column.setStretchFactor(self._shown, 1)
        page.panels.show()
        lessons.panel.on_slide = False
        lessons.panel.setHidden(lessons.lesson is None)
        lessons.point()

    # --- private --------------------------------------------------------------------------------

    def _chosen(self) -> tuple[QWidget, QRect] | None:
        page = self._host.page
        entity = page.state_table.entity
        if self._lessons.stage is not None:
            return None if page.why.value is None else self._lessons.stage.value_at(*page.why.value)
        if entity is None:
            return None
        index = page.state_table.currentIndex()
        return value(page, entity, page.state_model.column_name(index.column()) if index.isValid() else "")

    def _speak(self, position: int) -> None:
        document = self._host.page.document
        self.caption.setText("" if document is None else spoken(document, position))

    def _keep_keys(self) -> None:
        """The keys of a menu end with its bar; they go on while the window itself has the actions."""
        actions = list(self._host.actions_by_name.values())
        self._window.addActions(actions)

        def back() -> None:
            for action in actions:
                self._window.removeAction(action)

        self._undo.append(back)

    def _put_aside(self, page: LogPage) -> None:
        layout: QByteArray = page.panels.saved()
        state = page.state_panel
        bars = (
            *(self._window.menuBar(), self._window.statusBar(), page.filter_bar, page.transport, page.header),
            *(state.line, state.count, state.changed, state.columns),
            *self._window.findChildren(QToolBar),  # hints
        )
        hidden: list[QWidget] = [bar for bar in bars if not bar.isHidden()]
        for bar in hidden:
            bar.hide()
        arranged = self._lessons.arrangement.arranged
        if not arranged:
            for name, dock in page.panels.docks.items():
                if name not in {"state", "events"}:
                    dock.hide()

        def back() -> None:
            for bar in hidden:
                bar.show()
            if not arranged and not self._lessons.arrangement.arranged:
                page.panels.restore(layout)

        self._undo.append(back)

    def _dress(self) -> None:
        """Large type, dark on light: a projector makes a grey of every dark ground."""
        settings, table = self._host.settings, self._host.page.events_table
        now = QApplication.font().pointSizeF()
        usual = QApplication.instance().property("usual_pt") or now  # type: ignore[union-attr]
        percent = round(now / usual * 100)
        other = theme_of(QApplication.palette()).name != "light"
        if other:
            apply_theme("light")
        apply_text_size(percent * LARGER // 100)
        fit_icons()
        table.setColumnHidden(events_model.TIME, True)  # the sentence below says when
        self._host.refresh_theme()

        def back() -> None:
            table.setColumnHidden(events_model.TIME, False)
            if other:
                apply_theme(settings.theme)
            apply_text_size(percent)
            fit_icons()
            self._host.refresh_theme()

        self._undo.append(back)

    def _fill_screen(self) -> None:
        if not self._window.isFullScreen():
            self._window.showFullScreen()
            self._undo.append(self._window.showNormal)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        if QApplication.activeModalWidget() is not None or not self._is_mine(watched):
            return False
        do = self._meaning(event)
        if do is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            do()
        return True

    def _is_mine(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and watched.window() is self._window

    def _meaning(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key asks for before a class: no key opens a dialog there, what is typed is an answer or nothing."""
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return None
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_PageDown: self.next,
            Qt.Key.Key_PageUp: self.previous,
            Qt.Key.Key_Escape: self.black if self.curtain.isVisible() else self.end,
        }
        focus = QApplication.focusWidget()
        if focus is self.slide and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self.next
        if event.key() in keys:
            return keys[event.key()]
        if writes(focus):
            return None if event.key() not in _FUNCTIONS else _nothing
        if (answer := self._lessons.panel.question.key_meaning(event)) is not None:
            return answer
        keys = {Qt.Key.Key_B: self.black, Qt.Key.Key_Period: self.black, Qt.Key.Key_L: self.laser}
        if event.key() in keys and not self._answering:
            return keys[event.key()]
        return None if event.key() in _WALKING else _nothing

    @property
    def _answering(self) -> bool:
        """Whether a question waits: the class answers it, and means no command."""
        lessons = self._lessons
        return lessons.lesson is not None and lessons.panel.question.waiting


# What moves through time and between buttons; whatever else is written on a key stays without effect before a class.
_WALKING = {
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space),
    *(Qt.Key.Key_F11, Qt.Key.Key_Shift, Qt.Key.Key_unknown),
}
_FUNCTIONS = {Qt.Key(Qt.Key.Key_F1.value + at) for at in range(12)} - {
    Qt.Key.Key_F11
}  # F5 is a remote's "start"


def _nothing() -> None:
    pass
