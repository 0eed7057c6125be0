"""Is a history folder, whose log is gone, looked through by hand as a log is, and is what only the log tells said?"""

import csv
import io
from pathlib import Path

from tests.journeys.conftest import EVENTS
from tests.journeys.program import Program, answer, ask
from tests.journeys.screen import Screen, eventually
from tests.journeys.test_account import digits

PLACE = 45_000


def test_a_folder_without_its_log_is_opened_scrubbed_filtered_explained_and_exported(
    display: Screen, home: Path, accounts_log: Path, tmp_path: Path
) -> None:
    ways, log, folder = display.environment, tmp_path / "accounts.jsonl", tmp_path / "accounts-history"
    log.write_bytes(accounts_log.read_bytes())
    ask("index", str(log), "--out", str(folder), home=ways)
    log.unlink()
    of_log = str(accounts_log)
    state = answer("state", of_log, "--position", str(PLACE), home=ways)["state"]
    happened = answer("events", of_log, "--from", str(PLACE), "--to", str(PLACE + 1), home=ways)["events"][0]
    account = happened["account"]
    exported = tmp_path / "state.csv"
    with Program(display, home) as program:
        # the folder is chosen by its manifest
        display.see("push button", "Drop an event log here")
        display.keys("ctrl+o")
        program.open_file(folder / "manifest.json")
        program.window("accounts-history")
        program.stands_at(EVENTS, EVENTS)

        # scrub: a jump, keys, and the mouse along the timeline
        program.scrub(EVENTS)

        # why: the changes of the chosen balance are those of the log
        program.go_to(str(PLACE))
        program.stands_at(PLACE, EVENTS)
        display.keys("Escape")
        number = list(state).index(account)
        table = display.see("table", "State")
        row = eventually(
            lambda: account in program.row("State", number) and program.row("State", number), account
        )
        column = next(at for at, text in enumerate(row) if str(state[account]["balance"]) in digits(text))
        table.cell_thing(number, column).press()
        display.see("page tab", "Why").press()
        changes = answer("why", of_log, account, "balance", "--position", str(PLACE), home=ways)["changes"]
        reasons = display.see("table", "Why")
        eventually(lambda: reasons.shape()[0] >= len(changes), f"{len(changes)} changes")
        assert str(changes[-1]["after"]) in digits(
            " ".join(reasons.cell(len(changes) - 1, at) for at in range(reasons.shape()[1]))
        )

        # what only the log tells is said
        program.go_to(str(PLACE - 1))
        program.stands_at(PLACE - 1, EVENTS)
        display.keys("Escape", "shift+x")
        eventually(
            lambda: any("is not where it was" in each.name for each in display.all()),
            "the what-if to say that the log is gone",
        )

        program.go_to(str(PLACE))
        program.stands_at(PLACE, EVENTS)
        display.keys("Escape")

        # filter: by what the folder knows
        own = answer("events", of_log, "--account", account, home=ways)["events"]
        program.type_into("Filter events", f"account:{account}", by="ctrl+f")
        events = display.see("table", "Events")
        eventually(lambda: events.shape()[0] == len(own), f"{len(own)} events of {account}")

        # export: the table of the state, as the command line tells it of the log
        program.do_menu("File", "Export", "State")
        display.see("radio button", "CSV").press()
        display.see("push button", "Save as").press()
        program.save_as(exported)
        program.leave()
    rows = list(csv.DictReader(io.StringIO(exported.read_text("utf-8"))))
    assert [each["account"] for each in rows] == list(state)
    assert {each["account"]: each["balance"] for each in rows} == {
        name: str(each["balance"]) for name, each in state.items()
    }
