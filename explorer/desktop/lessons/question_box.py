"""How does a person predict, by which buttons, how is the answer revealed, and what is kept of it for the lecture?"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from explorer.desktop import plain
from explorer.desktop.saving import ask_where
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.lessons.answers import Given, Notebook, RightAnswer, choice_text, judged
from explorer.session.lessons.lesson import Lesson, Question, Task
from explorer.session.lessons.staging import Scene
from explorer.session.plaintext import visible

_OWN = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}


def _keeps(event: QEvent) -> bool:
    """Whether a key that is also a shortcut of the window belongs to the button that has the focus."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in _OWN
        and not event.modifiers()
    )


def _presses(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button for Enter, as Space does."""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        button.click()
        return True
    return False


class Button(QPushButton):
    """A push button that the keyboard can press."""

    def event(self, event: QEvent) -> bool:
        if _keeps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _presses(self, event):
            super().keyPressEvent(event)


class Choice(QRadioButton):
    """One of several answers that the keyboard can choose."""

    def event(self, event: QEvent) -> bool:
        if _keeps(event):
            event.accept()
            return True
        return super().event(event)


class QuestionBox(QWidget):
    """A prediction or a task; what is right is decided elsewhere."""

    answered = Signal(str)  # what the person predicts; empty: they only want to see it
    check_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Question"))
        self.setProperty("role", "question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = plain.label(role="big", wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Your prediction"))
        self.line.setPlaceholderText(tr("Your prediction"))
        self.line.setMaxLength(200)
        self.choices = QWidget()
        self._choices = QVBoxLayout(self.choices)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(2)
        self._group: QButtonGroup | None = None
        self.reveal = Button(tr("Reveal"))
        self.reveal.setProperty("primary", True)
        self.verdict = plain.label(wrap=True, name="")
        self.tally = plain.label(role="muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.choices, 1)
        row.addWidget(self.reveal)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        box.addWidget(self.text)
        box.addLayout(row)
        box.addWidget(self.verdict)
        box.addWidget(self.tally)
        self.line.returnPressed.connect(self._press)
        self.reveal.clicked.connect(self._press)
        self._task = False
        self.show_nothing()

    def show_nothing(self) -> None:
        """This step asks nothing."""
        self.hide()

    def show_question(self, question: Question) -> None:
        """Ask for a prediction."""
        self._task = False
        self.text.setText(question.text)
        self._offer(question.choices)
        self.line.clear()
        self.line.setVisible(not question.choices)
        self.choices.setVisible(bool(question.choices))
        self.reveal.setText(tr("Reveal"))
        self._begin()

    def show_task(self, task: Task) -> None:
        """Ask for something to be done in the window."""
        self._task = True
        self.text.setText(task.text)
        self.line.hide()
        self.choices.hide()
        self.reveal.setText(tr("Check"))
        self._begin()

    def show_answer(
        self,
        expected: RightAnswer,
        *,
        correct: bool | None,
        tally: Sequence[tuple[str, int]],
        late: bool = False,
    ) -> None:
        """Reveal the answer; `correct` is None if nobody predicted anything, `late` if that was after the answer."""
        if correct is None:
            said = tr("It is {answer}.").format(answer=expected.text)
        elif correct:
            said = tr("✓ Right: {answer}.").format(answer=expected.text)
        else:
            said = tr("✗ Not so: it is {answer}.").format(answer=expected.text)
        if expected.told:
            said += "  " + expected.told
        if late:
            said += "\n" + tr("This came after the answer, and is not counted.")
        self._say(said, correct)
        if len(tally) > 1 or any(count > 1 for _, count in tally):
            told = ", ".join(
                tr("{answer} ({count}×)").format(answer=text, count=count) for text, count in tally
            )
            self.tally.setText(tr("Predicted here so far: {predictions}").format(predictions=told))
            self.tally.show()

    def show_checked(self, *, done: bool) -> None:
        """Say whether the task is done."""
        self._say(tr("✓ Done.") if done else tr("✗ Not yet: it does not hold here."), done)

    @property
    def prediction(self) -> str:
        """What is written or chosen now."""
        checked = self._group.checkedButton() if self._group is not None else None
        return str(checked.property("choice")) if checked is not None else self.line.text().strip()

    def _begin(self) -> None:
        self.verdict.hide()
        self.tally.hide()
        self.show()

    def _say(self, text: str, good: bool | None) -> None:
        self.verdict.setProperty("role", {None: "big", True: "good", False: "warning"}[good])
        self.verdict.setText(text)
        self.verdict.setAccessibleName(text)
        self.verdict.style().polish(self.verdict)
        self.verdict.show()

    def _press(self) -> None:
        if self._task:
            self.check_asked.emit()
        else:
            self.answered.emit(self.prediction)

    def _offer(self, choices: Sequence[str]) -> None:
        while (item := self._choices.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self._group is not None:
            self._group.deleteLater()
            self._group = None
        if not choices:
            return
        self._group = QButtonGroup(self)
        for choice in choices:
            button = Choice(choice_text(choice).replace("&", "&&"))
            button.setProperty("choice", choice)
            self._group.addButton(button)
            self._choices.addWidget(button)


class Predictions(QObject):
    """Judges predictions and keeps them until the program ends; they go into a file only when asked for."""

    def __init__(self, window: QWidget, box: QuestionBox) -> None:
        super().__init__(window)
        self._window = window
        self._box = box
        self.notebook = Notebook()

    def take(self, lesson: Lesson, number: int, scene: Scene, prediction: str, *, late: bool) -> None:
        """Say what is right. Nothing is kept without a prediction, or of one that came after the answer (`late`)."""
        expected, question = scene.expected, scene.step.question
        if expected is None or question is None:
            return
        correct = judged(prediction, expected.value, counted=expected.counted) if prediction else None
        late = late and correct is not None
        if correct is not None and not late:
            words = question.text, prediction, expected.text
            self.notebook.note(Given(lesson.title, number + 1, *words, correct))
        tally = self.notebook.tally(lesson.title, number + 1)
        self._box.show_answer(expected, correct=correct, tally=tally, late=late)

    def ask_where(self) -> None:
        """Ask which file they are saved in."""
        title, kinds = tr("Save the predictions"), tr("Tables (*.csv)")
        ask_where(self._window, title, "predictions.csv", kinds, "csv", self.save_to)

    def save_to(self, path: str) -> None:
        """Write them into a file; the person was asked about what is there."""
        try:
            write_file(Path(path), [self.notebook.as_csv().encode("utf-8-sig", "replace")], replace=True)
        except LogError as error:
            plain.box(self._window, tr("Save the predictions"), visible(in_words(error), 1_000)).open()
