"""Does a lesson fit its log, and where does each of its steps stand?"""

from dataclasses import dataclass

import msgspec

from explorer.eventlog.errors import LogError
from explorer.history.conditions import ConditionError, parse_condition
from explorer.history.find import find
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons.answers import (
    NoAnswerError,
    RightAnswer,
    expected,
    judged,
    known_entity,
    known_field,
)
from explorer.session.lessons.directives import command_of
from explorer.session.lessons.exhibits import MOST_EVENTS, CommandExhibit, exhibit
from explorer.session.lessons.frames import Frame
from explorer.session.lessons.lesson import (
    Action,
    Bring,
    Faults,
    Go,
    Highlight,
    Lesson,
    LessonError,
    Select,
    Show,
    Step,
    Task,
)
from explorer.session.options import Recipe
from explorer.session.places.points import PointError, as_of
from explorer.session.recipes import recipe, upcasters


@dataclass(frozen=True)
class Scene:
    """A step on its log.

    Attributes:
        position: Where the playhead stands once the step has begun.
        places: For each action where the playhead stands after it; for an event that is pointed at, the event.
        expected: The right answer to its question.
    """

    step: Step
    position: int
    places: tuple[int, ...] = ()
    expected: RightAnswer | None = None


def staged(lesson: Lesson, document: Document) -> list[Scene]:
    """Every step where it stands. A relative `go: +1` counts from the step before; the first step from 0.

    Raises:
        LessonError: A step names what the log does not have; names its line.
    """
    scenes: list[Scene] = []
    model = lesson_recipe(lesson)
    here, faults = 0, Faults()
    for step in lesson.steps:
        places = []
        for action in step.actions:
            place = here
            with faults.kept():
                place = _checked(lesson, document, action, here)
            places.append(place)
            here = place if isinstance(action, Go) else here
        right = None
        with faults.kept():
            right = _answer(lesson, document, model, step, here)
        scenes.append(Scene(step, here, tuple(places), right))
        with faults.kept():
            if step.task is not None:
                _check_task(lesson, document, step.task)
    faults.say()
    return scenes


def exhibit_frame(
    lesson: Lesson, scene: Scene, document: Document, recipe: Recipe, own: Recipe | None
) -> tuple[str, Frame]:
    """The title of a step's exhibit, and what it shows where the step stands; nothing if there is none."""
    show = scene.step.exhibit
    if show is None:
        return "", Frame()
    made = exhibit(show, document, recipe, second_recipe(lesson, show) if show.kind == "read-model" else own)
    if made is None:
        return "", Frame()
    try:
        # where it was shown: a row that is overwritten stays as it was there, wherever one goes back to
        begun = (
            place for action, place in zip(scene.step.actions, scene.places, strict=True) if action == show
        )
        made.begin(next(begun, scene.position))
        return made.title, made.frame(scene.position)
    finally:
        made.close()


def is_done(task: Task, document: Document, position: int) -> bool:
    """Whether a task's check accepts `position`."""
    return any(position in stretch for stretch in done_at(task, document))


def done_at(task: Task, document: Document) -> list[range]:
    """Every place that a task's check accepts."""
    if task.command is not None:
        return [range(at, at + 1) for at in CommandExhibit(document, task.command).accepted()]
    condition = parse_condition(task.condition, document.history.fields)
    found = find(document.history, condition, task.entity)
    end = document.event_count + 1
    return [range(each.start, end if each.stop is None else each.stop) for each in found]


def second_recipe(lesson: Lesson, show: Show) -> Recipe:
    """The read model that a `show: read-model NAME` names: a built-in one, or a query beside the lesson.

    Raises:
        LessonError: There is none, or it is no query without fault.
    """
    found = _recipe(lesson, show.name, show.line)
    return msgspec.structs.replace(found, upcasters=None) if show.raw else found


def lesson_recipe(lesson: Lesson) -> Recipe:
    """The read model of the state table.

    Raises:
        LessonError: There is none, or it is no query without fault.
    """
    return _recipe(lesson, lesson.read_model, lesson.lines.get("read-model", 1))


def _recipe(lesson: Lesson, word: str, line: int) -> Recipe:
    if word.endswith(".py"):
        raise LessonError(
            lesson.name, "a lesson's read models are written in SQL: it runs no program", line=line
        )
    if word.endswith((".sql", ".js")):
        places = (lesson.path.parent / word, resource("projections", word))
        word = next((str(place) for place in places if place.is_file()), word)
    try:
        found = recipe(word)
    except LogError as error:
        raise LessonError(lesson.name, str(error), line=line) from error
    if lesson.upcasters is None:
        return found
    if lesson.upcasters.suffix.lower() != ".toml":
        place = lesson.lines.get("upcasters")
        raise LessonError(
            lesson.name, "a lesson's upcasters are declared in TOML: it runs no program", line=place
        )
    try:
        return msgspec.structs.replace(found, upcasters=upcasters(str(lesson.upcasters)))
    except LogError as error:
        raise LessonError(lesson.name, str(error), line=lesson.lines.get("upcasters")) from error


def _answer(lesson: Lesson, document: Document, model: Recipe, step: Step, here: int) -> RightAnswer | None:
    question = step.question
    if question is None:
        return None
    try:
        right = expected(question.answer, document, model, here)
    except (NoAnswerError, PointError, ConditionError) as error:
        raise LessonError(lesson.name, str(error), line=question.answer.line) from error
    if question.choices and not any(
        judged(choice, right.value, counted=right.counted) for choice in question.choices
    ):
        raise LessonError(
            lesson.name, f"none of the choices is the right answer, {right.text}", line=question.answer.line
        )
    return right


def _checked(lesson: Lesson, document: Document, action: Action, here: int) -> int:
    """Where the playhead stands after `action`; of an event that is pointed at, the event."""
    try:
        match action:
            case Go():
                return document.jump(action.point, here)
            case Select():
                known_entity(document, action.entity)
                known_field(document, action.field)
            case Highlight():
                if action.entity:
                    known_entity(document, action.entity)
                if action.field:
                    known_field(document, action.field)
                if action.kind == "event":
                    return document.jump(action.point, here)
            case Show():
                _check_show(lesson, document, action)
            case Bring():
                pass
    except ValueError as error:  # each of ours is a sentence
        raise LessonError(lesson.name, str(error), line=action.line) from error
    return here


def _check_show(lesson: Lesson, document: Document, show: Show) -> None:
    if show.entity:
        known_entity(document, show.entity)
    if show.field:
        known_field(document, show.field)
    if show.kind == "questions":
        as_of(document.history, show.point)
    elif show.kind == "read-model":
        second_recipe(lesson, show)
    elif show.kind == "command":
        command_of(show)
    elif show.kind in {"upcast", "versions"} and lesson.upcasters is None:
        raise NoAnswerError("the lesson's head names no “upcasters:”")
    if show.kind in {"snapshots", "command"} and document.event_count > MOST_EVENTS:
        raise NoAnswerError(
            f"the log has {document.event_count:,} events; replays are counted one by one for up to {MOST_EVENTS:,}"
        )


def _check_task(lesson: Lesson, document: Document, task: Task) -> None:
    try:
        known_entity(document, task.entity)
        if task.command is not None:
            _check_show(lesson, document, task.command)
        done = done_at(task, document)
    except ValueError as error:  # each of ours is a sentence
        raise LessonError(lesson.name, str(error), line=task.line) from error
    if not done:
        said = (
            f"“{task.condition}” never holds for {task.entity}"
            if task.command is None
            else f"the rules never accept {task.command.name} for {task.entity}"
        )
        raise LessonError(lesson.name, f"{said}: nobody could do this", line=task.line)
