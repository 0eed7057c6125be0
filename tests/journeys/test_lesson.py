"""Can a lesson be given by keys alone, and does it leave what it was given with as it was?"""

import hashlib
from pathlib import Path

import pytest

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons import read_lesson
from explorer.session.lessons.answers import judged
from explorer.session.lessons.reading import lessons
from explorer.session.lessons.staging import Scene, done_at, lesson_recipe, staged
from explorer.session.options import OpenOptions
from tests.journeys.conftest import EVENTS
from tests.journeys.program import Program
from tests.journeys.screen import Screen, eventually


def shipped() -> dict[str, str]:
    """What every file says that comes with the program."""
    files = sorted(path for path in resource().rglob("*") if path.is_file())
    return {str(path): hashlib.blake2b(path.read_bytes()).hexdigest() for path in files}


def test_a_lesson_is_given_to_its_end_and_nothing_that_is_shipped_changes(
    display: Screen, home: Path
) -> None:
    before = shipped()
    with Program(display, home) as program:
        display.see("push button", "1 Events as the source of truth").press()
        display.see("label", "Lesson: Events as the source of truth")
        for step in range(1, 15):
            eventually(lambda step=step: f"Step: {step} of 14" in program.label("Step"), f"step {step}")
            if step == 4:
                program.type_into("Your prediction", "20 EUR")
                display.keys("Return", "Return")
                eventually(
                    lambda: "Right" in display.spoken() or "right" in display.spoken(), "20 EUR to be right"
                )
            if step < 14:
                display.keys("ctrl+Next")
        program.do_menu("Record", "Record")
        display.see("push button", "Record").press()
        program.type_into("Account", "acc-1")
        program.type_into("Amount", "5")
        display.keys("Return")
        eventually(lambda: "of 12" in program.status(), f"the command to be recorded: {program.status()}")
    assert shipped() == before


def staged_lesson(which: int) -> tuple[list[Scene], Document]:
    """Every step of a lesson where it stands, so that it is known what is right."""
    lesson = read_lesson(lessons()[which])
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    return staged(lesson, document), document


def do_step(display: Screen, scene: Scene, document: Document) -> None:
    """Answer what a step asks, or go where it wants one to go: by keys, where the focus is."""
    question, task = scene.step.question, scene.step.task
    if question is not None and scene.expected is not None:
        if question.choices:
            right = [judged(choice, scene.expected.value) for choice in question.choices].index(True)
            display.keys(*["Down"] * (right + 1))
        else:
            display.write(
                " " + scene.expected.text.replace("\N{MINUS SIGN}", "-")
            )  # a minus alone looks like an option
        display.keys("Return")
        eventually(lambda: "Locked in" in display.spoken(), "the answer to be locked in")
        display.keys("Return")
        eventually(lambda: "✓ Right" in display.spoken(), f"{scene.expected.text} to be right")
    elif task is not None:
        here, places = scene.position, [at for stretch in done_at(task, document) for at in stretch]
        nearest = min(places, key=lambda at: abs(at - here))
        way = nearest - here
        leaps, steps = divmod(abs(way), 10)
        display.keys(*["shift+Right" if way > 0 else "shift+Left"] * leaps)
        display.keys(*["Right" if way > 0 else "Left"] * steps)
        display.keys("Return")
        eventually(lambda: "✓ Done." in display.spoken(), f"the task to be done: {task.text}")


@pytest.mark.timeout(600)
def test_all_lessons_are_given_by_keys_alone(display: Screen, home: Path) -> None:
    with Program(display, home) as program:
        link = display.see("push button", "1 Events as the source of truth")
        for _ in range(60):
            if link.focused:
                break
            display.keys("Tab")
        assert link.focused
        display.keys("Return")
        for which in range(len(lessons())):
            scenes, document = staged_lesson(which)
            try:
                display.see("label", f"Lesson: {read_lesson(lessons()[which]).title}")
                for number, scene in enumerate(scenes, 1):
                    there = f"Step: {number} of {len(scenes)}"
                    eventually(
                        lambda there=there: there in program.label("Step"), f"lesson {which + 1}, {there}"
                    )
                    do_step(display, scene, document)
                    if number < len(scenes):
                        display.keys("ctrl+Next")
                if which + 1 < len(lessons()):
                    eventually(
                        lambda: display.see("push button", "Next lesson").focused,
                        "the way to the next lesson",
                    )
                    display.keys("Return")
            finally:
                document.close()


def test_a_window_that_is_told_to_be_german_is_german(
    display: Screen, home: Path, accounts_log: Path
) -> None:
    with Program(display, home, str(accounts_log)) as program:
        program.window("accounts.jsonl")
        program.stands_at(EVENTS, EVENTS)
        program.do_menu("File", "Settings")
        display.beside("Language", "combo box").press()
        display.write("Deutsch")
        display.keys("Return")
        display.see("push button", "Schließen").press()
        display.see("slider", "Zeitleiste")
        eventually(lambda: "60.000 von 60.000" in display.spoken(), "German figures")
        program.type_into("Gehe zu", "gestern um 25 Uhr", by="ctrl+g")
        display.keys("Return")
        said = eventually(
            lambda: [text for text in display.spoken().splitlines() if "gestern um 25" in text], "the refusal"
        )
        assert not any(word in f" {' '.join(said)} " for word in (" is ", " no ", " there ", " what "))
