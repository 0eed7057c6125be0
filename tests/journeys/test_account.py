"""Does an inspection of an account hold, from opening the log to coming back the next day?"""

import json
from pathlib import Path

from tests.journeys.conftest import EVENTS
from tests.journeys.program import Program, answer
from tests.journeys.screen import Screen, eventually


def digits(text: str) -> str:
    """A number as a table shows it, as it is written."""
    return text.replace(",", "").replace("−", "-").replace("\u202f", "").replace("+", "")


def test_a_person_scrubs_finds_explains_supposes_saves_leaves_and_comes_back(
    display: Screen, home: Path, accounts_log: Path, tmp_path: Path
) -> None:
    log, ways = str(accounts_log), display.environment
    saved = tmp_path / "inspection.hxw"
    with Program(display, home, log) as program:
        program.window("accounts.jsonl")
        program.stands_at(EVENTS, EVENTS)

        # scrub: a jump, keys, and the mouse along the timeline
        program.scrub(EVENTS)
        display.keys("Home")
        program.stands_at(0, EVENTS)

        # find: the first interval of the list is the command line's, and Enter leads to its first event
        program.type_into("Condition to find", "balance < 100", by="ctrl+shift+f")
        display.keys("Return")
        hits = answer("find", log, "balance < 100", home=ways)["intervals"]
        intervals = display.see("table", "Intervals")
        eventually(lambda: intervals.shape()[0] == len(hits), f"{len(hits)} intervals")
        assert intervals.cell(0, 1) == hits[0]["account"]
        first = min(hit["from"] for hit in hits)
        program.stands_at(first, EVENTS)

        # explain: the chosen balance's changes are those of the command line, to the cent
        program.go_to("45000")
        program.stands_at(45_000, EVENTS)
        display.keys("Escape")
        state = answer("state", log, "--position", "45000", home=ways)["state"]
        happened = answer("events", log, "--from", "45000", "--to", "45001", home=ways)["events"][0]
        account = happened["account"]  # whose row came into sight
        number = list(state).index(account)
        table = display.see("table", "State")
        row = program.row("State", number)
        assert account in row, row
        column = next(at for at, text in enumerate(row) if str(state[account]["balance"]) in digits(text))
        table.cell_thing(number, column).press()
        display.see("page tab", "Why").press()
        changes = answer("why", log, account, "balance", "--position", "45000", home=ways)["changes"]
        reasons = display.see("table", "Why")
        eventually(lambda: reasons.shape()[0] >= len(changes), f"{len(changes)} changes")
        assert str(changes[-1]["after"]) in digits(
            " ".join(reasons.cell(len(changes) - 1, at) for at in range(reasons.shape()[1]))
        )

        # suppose: the last of these had not happened
        position = changes[-1]["position"]
        program.go_to(str(position))
        program.stands_at(position, EVENTS)
        display.keys("Escape", "shift+x")
        branch = answer("what-if", log, "--skip", str(position), home=ways)
        rows = eventually(
            lambda: (
                program.rows("Difference from the log")
                if display.see("table", "Difference from the log").shape()[0]
                else []
            ),
            "the difference of the branch",
        )
        assert any(account in row for row in rows), rows
        assert branch["diff"]

        # save, leave, and come back to the same place with the same branch
        display.keys("ctrl+shift+s")
        program.save_as(saved)
        program.leave()
    assert json.loads(saved.read_text("utf-8"))["view"]["position"] == position
    with Program(display, home, str(saved)) as program:
        program.window("accounts.jsonl")
        program.stands_at(position, EVENTS)
