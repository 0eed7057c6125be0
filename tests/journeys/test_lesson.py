"""Can a lesson be given by keys alone, and does it leave what it was given with as it was?"""

import hashlib
from pathlib import Path

from explorer.resources import resource
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
                display.keys("Return")
                display.see("push button", "Reveal").press()
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
