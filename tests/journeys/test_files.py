"""Does the window keep to its log: as it grows, is put elsewhere, is read otherwise, and beside another window?"""

import json
from pathlib import Path

from tests.journeys.conftest import EVENTS
from tests.journeys.program import Program, answer
from tests.journeys.screen import Screen, eventually


def test_what_is_appended_is_seen_and_a_rotated_log_is_told_of(
    display: Screen, home: Path, accounts_log: Path, tmp_path: Path
) -> None:
    log = tmp_path / "growing.jsonl"
    log.write_bytes(accounts_log.read_bytes())
    with Program(display, home, str(log)) as program:
        program.window("growing.jsonl")
        program.stands_at(EVENTS, EVENTS)
        with log.open("a", encoding="utf-8") as more:
            for amount in ("5.00", "7.25"):
                data = f'{{"accountId":"acc-1","amount":{amount}}}'
                more.write(f'{{"type":"MoneyDeposited","data":{data},"at":"2027-01-01T00:00:00Z"}}\n')
        program.stands_at(EVENTS, EVENTS + 2)  # nobody is moved from where they stand
        display.keys("End")
        program.stands_at(EVENTS + 2, EVENTS + 2)
        told = answer("state", str(log), home=display.environment)["state"]
        balance = str(told["acc-1"]["balance"])
        eventually(
            lambda: any(balance in cell.replace(",", "") for cell in program.row("State", 0)),
            f"the balance {balance}",
        )
        # rotated: the old file is named otherwise, a new one begins
        log.rename(tmp_path / "growing.jsonl.1")
        log.write_text(
            '{"type":"AccountOpened","data":{"accountId":"new"},"at":"2027-01-02T00:00:00Z"}\n', "utf-8"
        )
        reload = display.see("push button", "Reload")
        assert f"of {EVENTS + 2:,}" in program.status()  # what was read stays readable
        reload.press()
        program.stands_at(1, 1)


def test_fields_are_chosen_by_mouse_and_keys(display: Screen, home: Path, tmp_path: Path) -> None:
    log = tmp_path / "odd.jsonl"
    with log.open("w", encoding="utf-8") as lines:
        for number in range(EVENTS):
            record = {
                "kind": "paid", "sort": "odd", "when": f"2026-01-01T{number % 24:02}:00:00Z",
                "box": {"a": f"x-{number % 7}", "b": f"y-{number % 3}", "amount": number},
            }  # fmt: skip
            lines.write(json.dumps(record) + "\n")
    told = answer("state", str(log), "--entity-field", "box.b", home=display.environment)["state"]
    with Program(display, home, str(log)) as program:
        program.window("odd.jsonl")
        program.stands_at(EVENTS, EVENTS)
        display.see("push button", "Fields").press()
        display.beside("Account or entity", "text").press()
        display.keys("ctrl+a")
        display.write("box.b")
        display.keys("Tab")
        display.see("push button", "Read the log so").press()
        table = display.see("table", "State")
        eventually(lambda: table.shape()[0] == len(told), f"{len(told)} entities")
        assert sorted(program.row("State", row)[1] for row in range(len(told))) == sorted(told)


def test_two_windows_show_two_logs_and_each_keeps_its_own_place(
    display: Screen, home: Path, accounts_log: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_bytes(b"".join(accounts_log.read_bytes().splitlines(keepends=True)[:50_000]))
    with Program(display, home, str(accounts_log)) as program:
        program.window("accounts.jsonl")
        program.stands_at(EVENTS, EVENTS)
        program.go_to("1000")
        program.stands_at(1_000, EVENTS)
        display.keys("Escape", "ctrl+shift+o")
        program.open_file(other)
        second = display.see("frame", "other.jsonl")
        eventually(lambda: "50,000 of 50,000" in program.status(second), "the second window to show its log")
        display.keys("ctrl+Home", "Home")
        eventually(lambda: "event 0 of 50,000" in program.status(second), "the second window to move")
        first = display.see("frame", "accounts.jsonl")
        assert "event 1,000 of 60,000" in program.status(first)
        display.keys("ctrl+w")  # the second one's log is closed, the first one's is not
        eventually(lambda: display.find("frame", "other.jsonl") is None, "the second log to be closed")
        assert "event 1,000 of 60,000" in program.status(first)
