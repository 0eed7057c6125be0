"""Do the logs of banks and stores open right by themselves, and can what is found be looked at and changed?"""

import json
from decimal import Decimal
from pathlib import Path

from tests.journeys.program import Program, answer
from tests.journeys.screen import Screen, eventually

EVENTS = 20_000  # more than any block


def balance_seen(program: Program, entity: str) -> str:
    """The balance of an account in the state, as it is shown, without what groups its figures."""
    rows = [row for row in program.rows("State") if entity in row]
    return " ".join(cell.replace(",", "") for row in rows for cell in row)


def sees_balance(program: Program, entity: str, balance: Decimal | int) -> None:
    wanted = f"{balance}".rstrip("0").rstrip(".") if "." in f"{balance}" else f"{balance}"
    eventually(lambda: wanted in balance_seen(program, entity), f"a balance of {wanted} of {entity}")


def test_a_statement_with_lines_of_titles_and_commas_is_read_and_its_style_is_shown(
    display: Screen, home: Path, tmp_path: Path
) -> None:
    log = tmp_path / "umsatz.csv"
    rows = [f"{n % 28 + 1:02}.{n // 28 % 12 + 1:02}.2026;Zahlung {n};{'-' * (n % 3 == 0)}1.{n % 900 + 100},50"
            for n in range(900)]  # fmt: skip
    rows.sort(key=lambda row: (row[3:5], row[:2]))
    head = ["Kontoauszug;;", "Konto;DE12 3456;", ";;", "Buchungstag;Verwendungszweck;Betrag"]
    log.write_text("\n".join([*head, *rows, ""]), "cp1252")
    total = sum(Decimal(row.rpartition(";")[2].replace(".", "").replace(",", ".")) for row in rows)
    told = answer("state", str(log), home=display.environment)["state"]
    assert [each["balance"] for each in told.values()] == [total]
    with Program(display, home, str(log)) as program:
        program.window("umsatz.csv")
        program.stands_at(len(rows), len(rows))
        sees_balance(program, "DE12 3456", total)
        display.see("push button", "Fields").press()
        eventually(lambda: "decimal comma" in program.label("Preview"), "how amounts are written")
        assert "day first" in program.label("Preview")
        display.keys("Escape")
        eventually(lambda: display.find("push button", "Read the log so") is None, "the dialog to close")


def test_a_store_of_axon_is_read_by_its_profile_which_is_exported(
    display: Screen, home: Path, tmp_path: Path
) -> None:
    log = tmp_path / "axon.jsonl"
    with log.open("w", encoding="utf-8") as lines:
        for n in range(EVENTS):
            payload = json.dumps({"amount": f"{n}.25", "currency": "EUR"}).encode()
            row = {
                "global_index": n + 1, "event_identifier": f"e-{n}", "aggregate_identifier": f"acc-{n % 5}",
                "sequence_number": n // 5, "type": "Account", "time_stamp": f"2026-01-{n % 9 + 1:02}T10:00:00.000Z",
                "payload_type": "com.bank.MoneyDepositedEvent", "payload": "\\x" + payload.hex(),
                "meta_data": "\\x" + b"{}".hex(),
            }  # fmt: skip
            lines.write(json.dumps(row) + "\n")
    total = sum((Decimal(f"{n}.25") for n in range(0, EVENTS, 5)), Decimal(0))
    file = tmp_path / "axon-of-ours.toml"
    with Program(display, home, str(log)) as program:
        program.window("axon.jsonl")
        program.stands_at(EVENTS, EVENTS)
        sees_balance(program, "acc-0", total)
        display.see("push button", "Fields").press()
        eventually(lambda: "Axon" in program.label("Profile in use"), "the name of the profile")
        eventually(lambda: len(program.rows("The first events, read so")) == 10, "ten events")
        export = display.see("push button", "Export…")
        eventually(lambda: export.enabled, "the profile to be known")
        export.press()
        program.save_as(file)
        display.keys("Escape")
        eventually(lambda: display.find("push button", "Read the log so") is None, "the dialog to close")
    told = answer("state", str(log), "--profile", str(file), home=display.environment)["state"]
    assert told["acc-0"]["balance"] in (total, {"EUR": total})


def test_rows_that_a_topic_of_debezium_deletes_are_gone_and_there_before(
    display: Screen, home: Path, tmp_path: Path
) -> None:
    log = tmp_path / "debezium.jsonl"
    source = {"version": "2.5", "connector": "postgresql", "name": "db", "db": "bank", "schema": "public",
              "table": "accounts"}  # fmt: skip
    with log.open("w", encoding="utf-8") as lines:
        for n in range(EVENTS):
            account, change = n % 4, "c" if n < 4 else "u"
            after: dict[str, object] | None = {"id": account, "balance": n}
            before: dict[str, object] | None = None if change == "c" else {"id": account, "balance": n - 4}
            if n == EVENTS - 1:
                change, after = "d", None
            row = {"before": before, "after": after, "source": source | {"ts_ms": n}, "op": change,
                   "ts_ms": 1_767_225_600_000 + n * 1_000}  # fmt: skip
            lines.write(json.dumps(row) + "\n")
    with Program(display, home, str(log)) as program:
        program.window("debezium.jsonl")
        program.stands_at(EVENTS, EVENTS)
        table = display.see("table", "State")
        eventually(lambda: table.shape()[0] == 3, f"three rows, not {table.shape()}")
        program.go_to(f"{EVENTS - 1}")
        program.stands_at(EVENTS - 1, EVENTS)
        eventually(lambda: table.shape()[0] == 4, f"four rows, not {table.shape()}")
