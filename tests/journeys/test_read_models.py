"""Can a person write a read model, break it, mend it, and always see what it is: right, or wrong with its reason?"""

from pathlib import Path

from tests.journeys.conftest import EVENTS
from tests.journeys.program import Program, answer
from tests.journeys.screen import Screen, eventually

QUERY = """SELECT data.accountId AS account, sum(data.amount) AS moved, max(position) AS last
FROM events WHERE type = 'MoneyDeposited' GROUP BY account"""
PROGRAM = """def key(event):
    return event["data"].get("accountId")


def initial():
    return {"count": 0, "last": 0}


def evolve(state, event):
    return {"count": state["count"] + 1, "last": event["position"]}
"""


def test_a_query_is_broken_mended_and_used_and_answers_as_the_command_line_does(
    display: Screen, home: Path, accounts_log: Path, tmp_path: Path
) -> None:
    file = tmp_path / "moved.sql"
    file.write_text(QUERY, "utf-8")
    told = answer("state", str(accounts_log), "--projection", str(file), home=display.environment)["state"]
    with Program(display, home, str(accounts_log)) as program:
        program.window("accounts.jsonl")
        program.stands_at(EVENTS, EVENTS)
        program.choose("Read model", "Read model in SQL")
        use = display.see("push button", "Use it")
        program.type_into("Query", QUERY.replace("sum(", "summ(").replace("\n", " "))
        eventually(lambda: "summ(" in display.spoken().casefold(), "what is wrong to be said")
        assert not use.enabled
        program.type_into("Query", QUERY.replace("\n", " "))
        eventually(lambda: use.enabled, "the mended query to be usable")
        use.press()
        eventually(
            lambda: display.find("combo box", "Read model: query") is not None, "the query to be in use"
        )
        table = display.see("table", "State")
        account = next(iter(told))
        wanted = [account, str(told[account]["moved"]), f"{told[account]['last']}"]
        eventually(lambda: _has(program, wanted), f"{wanted} in the state: {program.row('State', 0)}")
        assert table.shape()[0] == len(told)


def test_a_program_is_trusted_used_broken_in_its_file_and_mended(
    display: Screen, home: Path, accounts_log: Path, tmp_path: Path
) -> None:
    file = tmp_path / "counts.py"
    file.write_text(PROGRAM, "utf-8")
    with Program(display, home, str(accounts_log)) as program:
        program.window("accounts.jsonl")
        program.stands_at(EVENTS, EVENTS)
        program.choose("Read model", "Read model from")
        program.open_file(file)
        display.see("check box", "Also run it").press()
        display.see("push button", "Run it").press()
        eventually(
            lambda: display.find("combo box", "Read model: counts.py") is not None, "the program to be in use"
        )
        told = answer(
            "state", str(accounts_log), "--projection", str(file), "--trust", home=display.environment
        )["state"]
        account = next(iter(told))
        wanted = [account, str(told[account]["count"]), str(told[account]["last"])]
        eventually(lambda: _has(program, wanted), f"{wanted} in the state: {program.row('State', 0)}")
        # a fault in the saved file is said, stays visible, and what was right stays on screen
        file.write_text(PROGRAM.replace("return {", "return {{", 1), "utf-8")
        eventually(lambda: "counts.py" in display.spoken(), "the fault to be said")
        assert _has(program, wanted)
        program.go_to("50%")
        program.stands_at(EVENTS // 2, EVENTS)
        assert "counts.py" in display.spoken()
        program.go_to("100%")
        # mended: the new program's state
        file.write_text(PROGRAM.replace('["count"] + 1', '["count"] + 2'), "utf-8")
        doubled = [account, str(2 * told[account]["count"]), str(told[account]["last"])]
        eventually(lambda: _has(program, doubled), f"{doubled} in the state: {program.row('State', 0)}")
        eventually(lambda: "counts.py, line" not in display.spoken(), "the fault to be gone")


def _has(program: Program, wanted: list[str]) -> bool:
    cells = [cell.replace(",", "") for cell in program.row("State", 0)]
    return all(each in cells for each in wanted)
