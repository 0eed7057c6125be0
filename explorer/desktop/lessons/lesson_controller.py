"""How is a lesson given: opened with its log, led through, revealed, ended, and made into a file for a browser?"""

import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QSplitter, QWidget

from explorer.desktop import plain
from explorer.desktop.lessons.authoring import LessonWatch, NotesWindow
from explorer.desktop.lessons.exhibit_view import ExhibitController
from explorer.desktop.lessons.lesson_files import HANDOUT, PageSaveController, handout_of, maker, page_of
from explorer.desktop.lessons.panel import LessonLayout, LessonPanel
from explorer.desktop.lessons.question_box import Predictions
from explorer.desktop.lessons.recent_lessons import RecentLessons
from explorer.desktop.lessons.slide import Slide
from explorer.desktop.lessons.spotlight import DOCKS, Spotlight, pointed_at
from explorer.desktop.menus.action_table import LESSON_ACTIONS
from explorer.desktop.page.window import Window
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.language import tr
from explorer.resources import resource, spoken_resource
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.files.scratch import drop_copy, origin, scratch_copy
from explorer.session.lessons import Lesson, LessonError, read_lesson
from explorer.session.lessons.lesson import Bring, Go, Highlight, LessonFaults, Select, Show
from explorer.session.lessons.notebook import Guess
from explorer.session.lessons.reading import following, lesson_link
from explorer.session.lessons.staging import Scene, is_done, lesson_recipe, staged
from explorer.session.options import Recipe
from explorer.session.plaintext import visible

MOST_FAULTS = 12  # mistakes that are told one by one


@dataclass
class Asked:
    """A lesson that was asked for, and the copy of its log that is being read.

    Attributes:
        scenes: Its steps on that log; none before all of it has been read.
    """

    lesson: Lesson
    recipe: Recipe
    copy: str
    scenes: list[Scene]

    def stage(self, document: Document) -> None:
        """Be sure that the lesson fits its log.

        Raises:
            LessonError: It does not, or nobody knows because the log was not read to its end.
        """
        if not document.complete:
            raise LessonError(self.lesson.name, "its log was not read to the end")
        self.scenes = staged(self.lesson, document)


def prepared(path: str, copy: str | None) -> Asked:
    """Read a lesson, and make the copy of its log, or take the one that there is.

    Raises:
        LogError: It cannot be read, or there is no room for a copy.
    """
    lesson = read_lesson(path)
    recipe = lesson_recipe(lesson)
    if copy is None or not _same(origin(copy), lesson.log):
        copy = scratch_copy(lesson.log)
    return Asked(lesson, recipe, copy, [])


def refuse_lesson(window: QWidget, error: Exception) -> None:
    """Say what is wrong in a lesson: all of its mistakes, each on a line of its own."""
    title = tr("The lesson cannot be given")
    if not isinstance(error, LessonFaults):
        plain.refuse(window, title, error)
        return
    told = [visible(in_words(fault), 400) for fault in error.faults[:MOST_FAULTS]]
    if (more := len(error.faults) - len(told)) > 0:
        told.append(tr("… and {count} more mistakes").format(count=more))
    plain.box(window, title, "\n".join(told)).open()


def drop(asked: Asked, copy: str | None) -> None:
    """Nobody waits any more for what was `prepared`: a copy that was made for it goes, one that was there stays."""
    if asked.copy != copy:
        drop_copy(asked.copy)


def _same(path: str, log: Path) -> bool:
    try:
        return Path(path).samefile(log)
    except OSError:
        return False


class LessonController(QObject):
    """Leads through one lesson at a time. Every step asks the playhead; commands go into a copy of the log only."""

    step_shown = Signal(int)  # the step with this number, from 0, is shown, with its exhibit
    ended = Signal()

    def __init__(self, host: Window) -> None:
        window = self._window = host.widget
        super().__init__(window)
        self._host = host
        self.panel = LessonPanel()
        self.spotlight = Spotlight(window)
        self.predictions = Predictions(window, self.panel.question)
        self.pages = PageSaveController(window, self._page)
        self._exhibiting = ExhibitController(window, self.panel.exhibit, self._refuse)
        self.lesson: Lesson | None = None
        self.number = 0
        self.revealed = False
        self._scenes: list[Scene] = []
        self._recipe = Recipe()
        self._waiting: Asked | None = None  # its log is being read
        self.stage: Slide | None = None  # shows the steps in place of the panel
        self._rings: Sequence[tuple[Highlight, int]] = ()
        self._seen: set[int] = set()  # the steps whose answers have been seen in this lesson
        self._log = ""  # the copy that the lesson is given on
        self._preparing = LatestTask(self)
        self._begin_with = 0  # the step, from 0
        self.notes: NotesWindow | None = None  # made when somebody wants them
        self._begun_s = 0.0
        self.handouts = PageSaveController(window, self._handout, HANDOUT)
        self._watch = LessonWatch(self)
        self._watch.saved.connect(self.reread)
        self._ready: Asked | None = None  # whose log is shown, and which begins at once
        self.recent = RecentLessons(window, host.settings, self.open)
        self.panel.next_asked.connect(self.next_step)
        self.panel.previous_asked.connect(self.previous_step)
        self.panel.end_asked.connect(self.end)
        self.panel.following.clicked.connect(self.open_following)
        self.panel.own_model_asked.connect(self.write_model)
        self.panel.question.reveal_asked.connect(self.reveal)
        self.panel.question.late_guess.connect(self.judge_late)
        self.panel.question.check_asked.connect(self.check)
        self._exhibiting.shown.connect(self._exhibit_shown)
        self._exhibiting.written.connect(self._model_written)

    def around(self, pages: QWidget) -> QWidget:
        """The lesson's panel and the pages, side by side."""
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.panel)
        self.split.addWidget(pages)
        self.arrangement = LessonLayout(self._host.page.panels, self._host.page.transport, self.split)
        self._host.page.playhead.moved.connect(self._follow)
        self._host.page.document_shown.connect(self._show_anew)
        self._offer(given=False)
        return self.split

    def _offer(self, *, given: bool) -> None:
        """What is done to a lesson can be done while one is given."""
        for name in LESSON_ACTIONS:
            self._host.actions_by_name[name].setEnabled(given)

    # --- opening ------------------------------------------------------------------------------

    def open_own(self, name: str) -> None:
        """Open a lesson that comes with the program."""
        self.open(str(spoken_resource("lessons", name)))

    def open(self, path: str, copy: str | None = None) -> None:
        """Read a lesson and its log, on other threads, and begin. A lesson that is refused leaves what is open alone.

        Args:
            path: The lesson.
            copy: A copy of its log that is there already, with what was recorded into it.
        """
        self._ready = None
        path, self._begin_with = lesson_link(path)
        self._preparing.start(
            lambda _report: prepared(path, copy),
            Handlers(self._open_log, self._refuse, drop=lambda asked: drop(asked, copy)),
        )

    def ask_lesson(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self._window, tr("Open a lesson"), "", tr("Lessons (*.md)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_log(self, asked: Asked) -> None:
        self._waiting = asked
        options = replace(self._host.fresh, projection=asked.recipe)

        def refused(error: Exception) -> None:
            self._give_up(asked)
            self._refuse(error)

        self._host.open_path(asked.copy, options, "start", check=asked.stage, refused=refused)

    def _give_up(self, asked: Asked) -> None:
        """Forget a lesson that is not given after all, and its copy if nobody looks at it."""
        if self._waiting is asked:
            self._waiting = None
        document = self._host.page.document
        if document is None or document.path != asked.copy:
            drop_copy(asked.copy)

    def take(self, document: Document) -> None:
        """A log is shown: the lesson's, the same one anew, or another, which ends the lesson."""
        if not document.complete:
            self._exhibiting.forget()  # what it shows belongs to the log before
        elif self._waiting is not None and document.path == self._waiting.copy and self._waiting.scenes:
            self._ready, self._waiting = self._waiting, None
            self._exhibiting.forget()  # the lesson before may still be shown
            QTimer.singleShot(0, self, self._begin)  # once the log is shown
        elif self.lesson is not None and document.path == self._log:
            self._show_exhibit(self._scenes[self.number].step.exhibit, self._host.page.playhead.position)
        else:
            self._waiting = None
            gone, step = self.lesson, self.number
            self.end()
            if gone is not None:
                self._say_ended(gone, step)

    def _say_ended(self, lesson: Lesson, step: int) -> None:
        """Another log has ended the lesson: that is said, with the way back."""
        said = tr("The lesson “{title}” has ended, for another log was opened.")
        box = plain.box(self._window, tr("Lesson"), said.format(title=visible(lesson.title, 100)))
        back = box.addButton(tr("Back to the lesson"), QMessageBox.ButtonRole.ActionRole)
        back.clicked.connect(lambda: self.open(f"{lesson.path}#{step + 1}"))
        box.open()

    def reread(self) -> None:
        """The file of the lesson has been saved: go on in what stands there now, or say what is wrong in it."""
        if self.lesson is not None:
            self.open(f"{self.lesson.path}#{self.number + 1}", self._log)

    def _begin(self) -> None:
        document, asked, self._ready = self._host.page.document, self._ready, None
        if asked is None or document is None or document.path != asked.copy:
            return
        self.lesson, self._recipe = asked.lesson, asked.recipe
        self._scenes, self._log = asked.scenes, asked.copy
        self._seen.clear()
        self.recent.note(asked.lesson)
        self._host.forget_workspace()
        self._exhibiting.own = None
        self.panel.setHidden(self.panel.on_slide)
        self._offer(given=True)
        self.arrange()
        self.go_to_step(min(self._begin_with, len(self._scenes) - 1))
        self._begin_with = 0
        self._begun_s = time.monotonic()
        own = self.lesson.path.is_relative_to(resource())
        self._watch.watch(None if own else self.lesson.path)

    def _refuse(self, error: Exception) -> None:
        refuse_lesson(self._window, error)

    def end(self) -> None:
        """End the lesson; the log stays open."""
        self._preparing.cancel()
        self._ready = None
        self._exhibiting.forget()
        if self.lesson is None:
            return
        self.lesson, self._scenes = None, []
        self._watch.watch(None)
        if self.notes is not None:
            self.notes.hide()
        self.spotlight.point_at(())
        self.panel.hide()
        self.arrangement.put_back()
        self._offer(given=False)
        self.ended.emit()

    @property
    def is_last(self) -> bool:
        """Whether the last step is shown."""
        return self.number + 1 == len(self._scenes)

    def arrange(self) -> None:
        """Give the lesson's panel and the log their shares of the window, if there is a lesson."""
        if self.lesson is not None:
            self.arrangement.stack()

    # --- steps --------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene | None:
        """The step that is shown."""
        return self._scenes[self.number] if self.lesson is not None else None

    def next_step(self) -> None:
        """The next step; after the last one the lesson ends."""
        if self.lesson is None:
            return
        if self.number + 1 < len(self._scenes):
            self.go_to_step(self.number + 1)
        else:
            self.end()

    def open_following(self) -> None:
        """Begin the lesson that comes after this one."""
        after = None if self.lesson is None else following(self.lesson.path)
        if after is not None:
            self.open(str(after))

    def show_notes(self) -> None:
        """Show what the teacher wants to say."""
        if self.lesson is None:
            return
        if self.notes is None:
            self.notes = NotesWindow(self._window)
        self.notes.show_step(self.lesson, self.number, self._begun_s)
        self.notes.open_beside()

    def copy_link(self) -> None:
        """Copy the command that opens this lesson at this step."""
        if self.lesson is not None:
            place = shlex.quote(f"{self.lesson.path}#{self.number + 1}")
            command = f"history-explorer {place}"
            QGuiApplication.clipboard().setText(command)

    def previous_step(self) -> None:
        """The step before."""
        if self.lesson is not None and self.number:
            self.go_to_step(self.number - 1)

    def go_to_step(self, number: int) -> None:
        """Show a step, and do what it does."""
        lesson, page = self.lesson, self._host.page
        if lesson is None or page.document is None:
            return
        self.number = number
        scene = self._scenes[number]
        self.revealed = scene.step.question is None
        page.player.pause()
        self.panel.show_step(lesson, number, known=number in self._seen)
        after = following(lesson.path) if self.is_last else None
        self.panel.following.setHidden(after is None)
        if after is not None:
            plain.set_tip(self.panel.following, visible(read_lesson(after).title, 80))
        if self.notes is not None:
            self.notes.show_step(lesson, number, self._begun_s)
        brought, shown_at = {"state", "events"}, scene.position
        rings: list[tuple[Highlight, int]] = []
        for action, here in zip(scene.step.actions, scene.places, strict=True):
            match action:
                case Go():
                    page.playhead.move_to(here)
                    page.playhead.flush()
                case Select():
                    page.state_table.choose(action.entity, action.field)
                case Bring():
                    brought.add(DOCKS[action.panel])
                case Show():
                    shown_at = here
                case Highlight():
                    rings.append((action, here))
                    if action.kind == "panel" and action.panel in DOCKS:
                        brought.add(DOCKS[action.panel])
        page.playhead.move_to(scene.position)
        page.playhead.flush()
        for name in sorted(brought, key=list(DOCKS.values()).index):  # what stands behind others comes last
            page.panels.bring_up(name)
        self._rings = rings
        self.point()
        self._show_exhibit(scene.step.exhibit, shown_at)
        self.take_keys()

    def point(self) -> None:
        """Draw rings around what the step points at, where that is now."""
        if self.lesson is None:
            return
        if self.stage is None:
            self.spotlight.point_at(pointed_at(self._host.page, self.panel.exhibit, self._rings))
        else:
            self.spotlight.point_at(self.stage.pointed_at(self._rings))

    def take_keys(self) -> None:
        """The keys go to what the step asks, or to what leads on."""
        if self.stage is None:
            self.panel.take_focus()
        elif not self.panel.question.take_focus():
            leads = self.stage if self.panel.following.isHidden() else self.panel.following
            leads.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_anew(self) -> None:
        """The same log in another order: what the exhibit has kept is of the order before."""
        document = self._host.page.document
        if document is not None and document is self._exhibiting.document and self.scene is not None:
            self._show_exhibit(self.scene.step.exhibit, self._host.page.playhead.position)

    def _follow(self, position: int) -> None:
        if self._exhibiting.document is self._host.page.document:  # else another log has just come
            self.panel.exhibit.stand_at(position)

    # --- exhibits and questions ---------------------------------------------------------------

    def _show_exhibit(self, show: Show | None, begin_at: int) -> None:
        document, lesson = self._host.page.document, self.lesson
        if document is not None and lesson is not None:
            self._exhibiting.show(lesson, show, document, self._recipe, begin_at)

    def write_model(self) -> None:
        """Let the students write a read model of their own; it is shown beside the log."""
        if self.scene is not None:
            self._exhibiting.ask_model(self.scene.step)

    def _model_written(self) -> None:
        if self.scene is not None:
            self._show_exhibit(self.scene.step.exhibit, self._host.page.playhead.position)

    def _exhibit_shown(self) -> None:
        self.panel.share()
        self.panel.exhibit.stand_at(self._host.page.playhead.position)
        self.step_shown.emit(self.number)

    def reveal(self) -> None:
        """Judge what was predicted, if anything was, and go to where the answer can be seen."""
        late = self.number in self._seen
        self._answer([] if late else self.panel.question.take_guesses(), late=late)

    def judge_late(self, prediction: str) -> None:
        """Judge what was written once the answer had been seen; it counts for nothing."""
        self._answer([Guess(prediction)], late=True)

    def _answer(self, guesses: list[Guess], *, late: bool) -> None:
        lesson, scene = self.lesson, self.scene
        if lesson is None or scene is None or scene.expected is None:
            return
        self.revealed = True
        self._host.page.playhead.move_to(scene.expected.position)
        self._host.page.playhead.flush()
        self.predictions.take(lesson, self.number, scene, guesses, late=late)
        self._seen.add(self.number)
        self._answered()

    def _answered(self) -> None:
        """What was said has made the question larger."""
        if self.stage is not None:
            self.stage.arrange()

    def check(self) -> None:
        """Say whether the task is done where the person stands."""
        scene, document = self.scene, self._host.page.document
        if scene is not None and scene.step.task is not None and document is not None:
            position = self._host.page.playhead.position
            self.panel.question.show_checked(done=is_done(scene.step.task, document, position))
            self._answered()

    def _handout(self) -> Callable[[], bytes] | None:
        lesson, document = self.lesson, self._host.page.document
        if lesson is None or document is None:
            return None
        scenes, recipe, own = list(self._scenes), self._recipe, self._exhibiting.own
        return maker(
            lesson, document.fields, recipe, handout_of(lesson, scenes, recipe, own, QGuiApplication.font())
        )

    def _page(self) -> Callable[[], bytes] | None:
        lesson, document = self.lesson, self._host.page.document
        if lesson is None or document is None:
            return None
        scenes, recipe, own = list(self._scenes), self._recipe, self._exhibiting.own
        return maker(lesson, document.fields, recipe, page_of(lesson, scenes, recipe, own))
