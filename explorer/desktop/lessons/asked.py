"""What is there of a lesson that was asked for, before it is given: its steps, and a copy of its log?"""

from dataclasses import dataclass
from pathlib import Path

from explorer.session.document import Document
from explorer.session.files.scratch import drop_copy, origin, scratch_copy
from explorer.session.lessons import Lesson, LessonError, read_lesson
from explorer.session.lessons.staging import Scene, lesson_recipe, staged
from explorer.session.options import Recipe


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


def drop(asked: Asked, copy: str | None) -> None:
    """Nobody waits any more for what was `prepared`: a copy that was made for it goes, one that was there stays."""
    if asked.copy != copy:
        drop_copy(asked.copy)


def _same(path: str, log: Path) -> bool:
    try:
        return Path(path).samefile(log)
    except OSError:
        return False
