"""Is every table that leaves the window, in every format, what the command line answers?"""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

from tests.journeys.conftest import EVENTS
from tests.journeys.program import Program, answer, ask
from tests.journeys.screen import Screen, eventually

FORMATS = {"CSV": ".csv", "JSON": ".json", "Markdown": ".md"}


def test_each_table_is_exported_in_each_format_as_the_command_line_tells_it(
    display: Screen, home: Path, accounts_log: Path, tmp_path: Path
) -> None:
    log, ways = str(accounts_log), display.environment
    words = ("events", log, "--type", "MoneyDeposited", "--from", "40000", "--limit", "1")
    happened = answer(*words, home=ways)["events"][0]
    account, place = happened["account"], happened["position"]
    state = answer("state", log, "--position", str(place), home=ways)["state"]
    number = list(state).index(account)  # in sight, as the event at the playhead has changed it
    found: dict[tuple[str, str], str] = {}
    with Program(display, home, log) as program:
        program.window("accounts.jsonl")
        program.stands_at(EVENTS, EVENTS)
        program.go_to(str(place))
        program.stands_at(place, EVENTS)
        display.keys("Escape")
        table = display.see("table", "State")
        money = str(state[account]["balance"])
        row = eventually(
            lambda: (
                [cell for cell in program.row("State", number) if money in cell]
                and program.row("State", number)
            ),
            f"{account} to have {money}",
        )
        table.cell_thing(number, next(at for at, cell in enumerate(row) if money in cell)).press()
        display.see("page tab", "Diff").press()
        program.type_into("Point A", "30000")
        display.keys("Return")
        program.type_into("Point B", str(place))
        display.keys("Return")
        program.type_into("Filter events", f"account:{account}", by="ctrl+f")
        for what in ("State", "Difference", "Why", "Events"):
            for form, suffix in FORMATS.items():
                path = tmp_path / f"{what}{suffix}"
                program.do_menu("File", "Export", what)
                display.see("radio button", form).press()
                display.see("push button", "Save as").press()
                program.save_as(path)
                found[what, form] = path.read_text("utf-8")

    for what, words in (
        ("State", ("state", log, "--position", str(place))),
        ("Why", ("why", log, account, "balance")),
        ("Difference", ("diff", log, "--from", "30000", "--to", str(place))),
        ("Events", ("events", log, "--account", account)),
    ):
        rows = list(csv.reader(io.StringIO(found[what, "CSV"])))
        exact = json.loads(found[what, "JSON"], parse_float=Decimal)
        told = answer(*words, home=ways)
        list_name = {"State": "state", "Why": "changes", "Events": "events"}.get(what)
        for name in (list_name,) if list_name else ("added", "removed", "changed"):
            assert exact[name] == told[name], what
        assert len(rows) > 2, what
        if what != "Difference":
            assert len(rows) == 1 + len(told[str(list_name)]), what
        if what in {"State", "Why"}:
            assert rows == list(csv.reader(io.StringIO(ask(*words, "--format", "csv", home=ways)))), what
        table_rows = found[what, "Markdown"].splitlines()
        assert len([row for row in table_rows if row.startswith("|")]) == len(rows) + 1, (
            what
        )  # and the line below the head
