"""What was predicted, was it right, and how is it kept for the lecture?"""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.desktop import plain
from explorer.desktop.lessons.question_box import QuestionBox
from explorer.desktop.saving import ask_where
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.lessons.answers import Given, Notebook, judged
from explorer.session.lessons.lesson import Lesson
from explorer.session.lessons.staging import Scene
from explorer.session.plaintext import visible


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
