"""What does a lesson look like beside its log: narrative, exhibit, question, and the way through the steps?"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.lessons.exhibit_view import ExhibitView
from explorer.desktop.lessons.narrative import Narrative
from explorer.desktop.lessons.question_box import Button, QuestionBox
from explorer.desktop.look.icons import icon
from explorer.language import tr
from explorer.session.lessons.lesson import Lesson, Step

MARGINS_PX = 14, 6, 8, 8
ROOM_PX = 10  # around a button alone
STORY_PX = 20  # between the narrative and what is below


class LessonPanel(QWidget):
    """Shows one step at a time; asks to go on, back, or to end."""

    next_asked = Signal()
    previous_asked = Signal()
    end_asked = Signal()
    own_model_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Lesson"))
        self.lesson_title = plain.Elided(role="muted", name=tr("Lesson"))
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setAccessibleName(tr("End the lesson"))
        plain.set_tip(self.close_button, tr("End the lesson"))
        self.title = plain.label(role="step", wrap=True)
        self.narrative = Narrative()
        self.exhibit = ExhibitView()
        self.own_model = Button(tr("Write the read model…"))
        self.question = QuestionBox()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress of the lesson"))
        self.where = plain.label(role="muted", name=tr("Step"))
        self.previous = Button(tr("Previous"))
        self.next = Button(tr("Next"))
        self.next.setProperty("primary", True)
        self._lay_out()
        self.next.clicked.connect(self.next_asked)
        self.previous.clicked.connect(self.previous_asked)
        self.close_button.clicked.connect(self.end_asked)
        self.own_model.clicked.connect(self.own_model_asked)
        self.hide()

    def _lay_out(self) -> None:
        above = QWidget()
        story = QVBoxLayout(above)
        story.setContentsMargins(0, 0, 0, 0)
        story.addWidget(self.title)
        story.addWidget(self.narrative, 1)
        below = QWidget()
        shown = QVBoxLayout(below)
        shown.setContentsMargins(0, 6, 0, 0)
        shown.addWidget(self.exhibit, 1)
        shown.addWidget(self.own_model, 0, Qt.AlignmentFlag.AlignLeft)
        self._below = below
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(above)
        self.split.addWidget(below)
        top = QHBoxLayout()
        top.addWidget(self.lesson_title, 1)
        top.addWidget(self.close_button)
        way = QHBoxLayout()
        way.addWidget(self.previous)
        way.addWidget(self.where, 1, Qt.AlignmentFlag.AlignCenter)
        way.addWidget(self.next)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(*MARGINS_PX)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.split, 1)
        box.addWidget(self.question)
        box.addWidget(self.progress)
        box.addLayout(way)

    def show_step(self, lesson: Lesson, number: int) -> None:
        """Show the step with this number, from 0."""
        step: Step = lesson.steps[number]
        last = len(lesson.steps)
        self.lesson_title.show_text(lesson.title)
        self.title.setText(step.title)
        self.narrative.show_blocks(step.blocks)
        self.progress.setRange(0, last)
        self.progress.setValue(number + 1)
        self.where.setText(tr("{step} of {last}").format(step=number + 1, last=last))
        self.previous.setEnabled(number > 0)
        self.next.setText(tr("Next") if number + 1 < last else tr("End"))
        shown = step.exhibit
        self.own_model.setVisible(shown is not None and shown.kind == "own-model")
        self._below.setVisible(shown is not None)
        if step.question is not None:
            self.question.show_question(step.question)
        elif step.task is not None:
            self.question.show_task(step.task)
        else:
            self.question.show_nothing()
        self.show()
        self._box.activate()
        if shown is not None:
            self.share()

    def share(self) -> None:
        """The narrative gets what it needs, up to a good half; the rest is the exhibit's."""
        text = self.narrative.document().clone()  # the shown one is as wide as its scroll bar leaves room for
        left, _, right, _ = MARGINS_PX
        width = self.width() - left - right  # its parts have not been laid out yet
        text.setTextWidth(width)
        wanted = self.title.heightForWidth(width) + int(text.size().height()) + STORY_PX
        room = self.split.height()
        most = room * 58 // 100
        if (
            self.exhibit.isHidden() and not self.own_model.isHidden()
        ):  # only a button, till there is something
            most = room - self._below.sizeHint().height() - ROOM_PX
        story = min(wanted, most)
        self.split.setSizes([story, room - story])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._below.isHidden():
            self.share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.close_button.setIcon(icon("close"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_PageDown:
            self.next_asked.emit()
        elif event.key() == Qt.Key.Key_PageUp:
            self.previous_asked.emit()
        else:
            super().keyPressEvent(event)
