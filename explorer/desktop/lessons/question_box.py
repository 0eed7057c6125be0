"""How does a class predict: guesses are locked in, hands are counted, and then the answer is revealed beside them?"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.lessons.histogram import Histogram, Tallied
from explorer.desktop.look.buttons import Button, Choice
from explorer.desktop.saving import ask_where
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import write_file
from explorer.language import grouped, tr
from explorer.sentences import in_words
from explorer.session.lessons.answers import RightAnswer, choice_text, judged
from explorer.session.lessons.lesson import Lesson, Question, Task
from explorer.session.lessons.notebook import Given, Guess, Notebook
from explorer.session.lessons.staging import Scene
from explorer.session.plaintext import visible

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
HINT_SIDE_PX = 10  # beside what is typed
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class AnswerLine(QLineEdit):
    """What is typed; what is to be typed stands in it whole, or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self._hint = ""

    def hint(self, text: str) -> None:
        """Say what is to be typed."""
        self._hint = text
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * HINT_SIDE_PX
        fits = self.fontMetrics().horizontalAdvance(self._hint) <= room
        self.setPlaceholderText(self._hint if fits else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class QuestionBox(QWidget):
    """A prediction or a task; what is right is decided elsewhere.

    A guess is locked in by Enter: what was locked is shown, and cannot be changed. Enter once more reveals. Where there
    are choices, the number keys count hands, and Backspace takes the last one back.
    """

    reveal_asked = Signal()
    late_guess = Signal(str)  # written once the answer was known
    check_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Question"))
        self.setProperty("role", "question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = plain.label(role="big", wrap=True)
        self.line = AnswerLine()
        self.line.setAccessibleName(tr("Your prediction"))
        self.line.setMaxLength(200)
        self.choices = QWidget()
        self._choices = QVBoxLayout(self.choices)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(2)
        self._group: QButtonGroup | None = None
        self.lock = Button(tr("Lock in"))
        self.reveal = Button(tr("Reveal"))
        self.reveal.setProperty("primary", True)
        self.locked_text = plain.label(role="muted", wrap=True)
        self.histogram = Histogram()
        self.verdict = plain.label(wrap=True, name="")
        self.tally = plain.label(role="muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.choices, 1)
        row.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignBottom)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        box.addWidget(self.text)
        box.addLayout(row)
        for widget in (self.locked_text, self.histogram, self.verdict, self.tally):
            box.addWidget(widget)
        self.line.returnPressed.connect(self.press)
        self.lock.clicked.connect(self.lock_in)
        self.reveal.clicked.connect(self._reveal)
        self._task = False
        self._before_class = False  # it stands on a slide
        self._known = False  # the answer has been seen: nothing is locked in any more
        self.guesses: list[Guess] = []
        self.show_nothing()

    def dress(self, font: QFont | None) -> None:
        """Wear the font of a slide, all of it; None: that of the window again."""
        usual = QFont() if font is None else font
        self._before_class = font is not None
        if font is None:
            self.histogram.show_at_most(None)
            self._show_ways(answered=False)
        role = "big" if font is None else ""  # a role would say how large it is
        if self.text.property("role") != role:
            self.text.setProperty("role", role)
            self.text.style().polish(self.text)
        told = (self.locked_text, self.histogram, self.verdict, self.tally)
        for widget in (self, self.line, self.lock, self.reveal, *self.choices.findChildren(Choice), *told):
            widget.setFont(usual)
        self._choices.invalidate()
        self.choices.updateGeometry()
        asked = QFont(usual)
        asked.setBold(font is not None)
        self.text.setFont(asked)

    # --- asking ---------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """This step asks nothing."""
        self._task, self._known, self.guesses = False, True, []
        self._offer(())
        self.hide()

    def show_question(self, question: Question, *, known: bool = False) -> None:
        """Ask for a prediction; `known` where the answer has been seen before."""
        self._task, self._known, self.guesses = False, known, []
        self.text.setText(question.text)
        self._offer(question.choices)
        self.line.clear()
        self.line.hint(tr("Your prediction"))
        self.lock.setVisible(not known)
        self.reveal.setText(tr("Reveal"))
        self._begin()

    def show_task(self, task: Task) -> None:
        """Ask for something to be done in the window."""
        self._task, self._known, self.guesses = True, True, []
        self.text.setText(task.text)
        self._offer(())
        self.lock.hide()
        self.reveal.setText(tr("Check"))
        self._begin()

    def take_focus(self) -> bool:
        """Give the keys to what is answered by them; False if there is nothing to answer."""
        if self.isHidden():
            return False
        buttons = [] if self._group is None else self._group.buttons()
        first: QWidget = self.reveal if self._task else buttons[0] if buttons else self.line
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @property
    def waiting(self) -> bool:
        """Whether a prediction can still be locked in."""
        return not self._known

    @property
    def prediction(self) -> str:
        """What is written or chosen now."""
        checked = self._group.checkedButton() if self._group is not None else None
        return str(checked.property("choice")) if checked is not None else self.line.text().strip()

    # --- answering ------------------------------------------------------------------------------

    def press(self) -> None:
        """What Enter does: lock in what is written or chosen; once it is, reveal. Of a task: check."""
        if self._task:
            self.check_asked.emit()
        elif self._known and self.prediction:
            self.late_guess.emit(self.prediction)
        elif self.waiting and self.prediction and not self._chosen_is_locked:
            self.lock_in()
        else:
            self._reveal()

    def lock_in(self) -> None:
        """Keep what is written or chosen as a guess that nobody changes any more."""
        guess = self.prediction
        if not self.waiting or not guess:
            return
        self.guesses.append(Guess(guess))
        self.line.clear()
        self.line.hint(tr("Another prediction"))
        self._show_guesses()

    def show_hand(self, number: int) -> bool:
        """Count a hand that is shown for a choice (from 1); False if there is no such choice, or nobody is asked."""
        buttons = [] if self._group is None else self._group.buttons()
        if not self.waiting or not 1 <= number <= len(buttons):
            return False
        self.guesses.append(Guess(str(buttons[number - 1].property("choice")), by="hands"))
        self._show_guesses()
        return True

    def take_back(self) -> None:
        """The hand or guess that was counted last is not counted."""
        if self.waiting and self.guesses:
            self.guesses.pop()
            self._show_guesses()

    def take_guesses(self) -> list[Guess]:
        """All that is locked in, each with how often; what is written or chosen and not locked in is locked in now."""
        if self.waiting and self.prediction and not self._chosen_is_locked:
            self.lock_in()
        counted: dict[tuple[str, str], Guess] = {}
        for text, times, by in self.guesses:
            before = counted.get((text, by), Guess(text, 0, by))
            counted[text, by] = before._replace(times=before.times + times)
        return list(counted.values())

    def key_meaning(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key that was pressed anywhere means for the answer; None if it means nothing here."""
        text = event.text()
        if event.modifiers() & _COMMANDS or not self.waiting or self.isHidden():
            return None
        if self._group is not None:
            if event.key() == Qt.Key.Key_Backspace:
                return self.take_back
            if text.isascii() and text.isdigit() and int(text) in range(1, len(self._group.buttons()) + 1):
                return lambda: self.show_hand(int(text))
            return None
        if text and text.isprintable() and not self.line.hasFocus():
            return lambda: self._write(text)
        return None

    def _write(self, text: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.insert(text)

    def event(self, event: QEvent) -> bool:
        kinds = QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and event.type() in kinds:
            do = self.press if event.key() in _ENTER and not self._typing else self.key_meaning(event)
            if do is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    do()
                return True
        return super().event(event)

    @property
    def _typing(self) -> bool:
        return self.line.hasFocus()  # which says itself that Enter was pressed

    @property
    def _chosen_is_locked(self) -> bool:
        return self._group is not None and any(guess.text == self.prediction for guess in self.guesses)

    def _reveal(self) -> None:
        if self._task:
            self.check_asked.emit()
        elif self._known and self.prediction:
            self.late_guess.emit(self.prediction)
        else:
            self.reveal_asked.emit()

    # --- the answer -----------------------------------------------------------------------------

    def show_answer(
        self,
        expected: RightAnswer,
        guesses: Sequence[tuple[Guess, bool]],
        *,
        tally: Sequence[tuple[str, int]],
        late: bool = False,
    ) -> None:
        """Reveal the answer beside the guesses, each with whether it is right.

        Args:
            expected: The right answer.
            guesses: What was locked in; nothing if nobody predicted anything.
            tally: What has been predicted here so far, in other groups too.
            late: The guess came after the answer.
        """
        self._known = True
        self.lock.hide()
        self.locked_text.hide()
        total, right = (
            sum(guess.times for guess, _ in guesses),
            sum(guess.times for guess, good in guesses if good),
        )
        good: bool | None = None
        if not total:
            said = tr("It is {answer}.").format(answer=expected.text)
        elif total > 1:
            said = tr("It is {answer}: {right} of {total} said so.").format(
                answer=expected.text, right=grouped(right), total=grouped(total)
            )
        else:
            good = bool(right)
            form = tr("✓ Right: {answer}.") if good else tr("✗ Not so: it is {answer}.")
            said = form.format(answer=expected.text)
        if expected.told:
            said += "  " + expected.told
        if late:
            said += "\n" + tr("This came after the answer, and is not counted.")
        self._say(said, good)
        if not late:
            self._show_guesses({guess.text: good for guess, good in guesses}, expected)
        if len(tally) > 1 or any(count > 1 for _, count in tally):
            told = ", ".join(
                tr("{answer} ({count}×)").format(answer=choice_text(text), count=count)
                for text, count in tally
            )
            self.tally.setText(tr("Predicted here so far: {predictions}").format(predictions=told))
            self.tally.setVisible(self.histogram.isHidden())
        self._show_ways(answered=True)

    def show_checked(self, *, done: bool) -> None:
        """Say whether the task is done."""
        self._say(tr("✓ Done.") if done else tr("✗ Not yet: it does not hold here."), done)

    def _show_ways(self, *, answered: bool) -> None:
        """What one answers with; before a class it leaves its room to the answer, once that is known."""
        away = answered and self._before_class
        if away and self.isAncestorOf(QApplication.focusWidget() or self.window()):
            around = self.parentWidget() or self.window()
            around.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.setHidden(away or self._task or self._group is not None)
        self.choices.setHidden(self._group is None or (away and not self.histogram.isHidden()))
        self.reveal.setHidden(away)

    def _begin(self) -> None:
        self._show_ways(answered=False)
        for widget in (self.verdict, self.tally, self.locked_text, self.histogram):
            widget.hide()
        self.show()

    def _show_guesses(self, good: dict[str, bool] | None = None, expected: RightAnswer | None = None) -> None:
        """The bars of what is locked in; of choices always all. One guess alone needs no bar."""
        counts: dict[str, int] = {}
        if self._group is not None:
            counts = {str(button.property("choice")): 0 for button in self._group.buttons()}
        for guess in self.guesses:
            counts[guess.text] = counts.get(guess.text, 0) + guess.times
        if sum(counts.values()) > 1 or (
            self._group is not None and any(guess.by == "hands" for guess in self.guesses)
        ):
            rows = []
            for text, times in counts.items():
                right = None
                if expected is not None:
                    right = (
                        judged(text, expected.value, counted=expected.counted) if good is not None else None
                    )
                rows.append(Tallied(visible(choice_text(text), 200), times, right))
            self.histogram.show_rows(rows)
        else:
            self.histogram.show_rows(())
        if good is None:
            locked = ", ".join(visible(choice_text(text), 200) for text, times in counts.items() if times)
            self.locked_text.setText(tr("Locked in: {guesses}").format(guesses=locked))
            self.locked_text.setVisible(bool(locked) and self.histogram.isHidden())

    def _say(self, text: str, good: bool | None) -> None:
        self.verdict.setProperty("role", {None: "big", True: "good", False: "warning"}[good])
        self.verdict.setText(text)
        self.verdict.setAccessibleName(text)
        self.verdict.style().polish(self.verdict)
        self.verdict.show()

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
        for number, choice in enumerate(choices, 1):
            said = choice_text(choice).replace("&", "&&")
            button = Choice(f"{number}  {said}" if number < 10 else said)
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

    def take(
        self, lesson: Lesson, number: int, scene: Scene, guesses: Sequence[Guess], *, late: bool
    ) -> None:
        """Say what is right. Nothing is kept without a prediction, or of one that came after the answer (`late`)."""
        expected, question = scene.expected, scene.step.question
        if expected is None or question is None:
            return
        told = [(guess, judged(guess.text, expected.value, counted=expected.counted)) for guess in guesses]
        late = late and bool(told)
        if not late:
            for (text, times, by), correct in told:
                words = question.text, text, expected.text
                self.notebook.note(Given(lesson.title, number + 1, *words, correct, times, by))
        tally = self.notebook.tally(lesson.title, number + 1)
        self._box.show_answer(expected, told, tally=tally, late=late)

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
