"""A lesson: a log, a narrative, and steps that move, point, ask and check. No Qt, no widgets."""

from explorer.session.lessons.lesson import Lesson, LessonError, Question, Step
from explorer.session.lessons.reading import is_lesson, read_lesson

__all__ = ["Lesson", "LessonError", "Question", "Step", "is_lesson", "read_lesson"]
