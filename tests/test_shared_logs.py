"""Are the answers those of independent programs, on logs that nobody here wrote?"""

import csv
import datetime as dt
import gzip
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.history.history import Order
from explorer.session.document import Document
from explorer.session.places.points import as_of


def table(path: Path) -> list[list[str]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as rows:
            return list(csv.reader(rows))
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.reader(rows))


def balances(document: Document, day: str) -> dict[str, object]:
    state = document.history.state(as_of(document.history, day))
    return {entity.lower(): row["balance"] for entity, row in state.items()}


def total(balance: object) -> Decimal:
    if isinstance(balance, Mapping):
        return sum((Decimal(part) for part in balance.values()), Decimal(0))
    return Decimal(str(balance))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize(
    ("expected", "log"),
    [
        ("b1k.hledger.csv", "b1k.jsonl"),
        ("b1k.hledger.csv", "b1k.str.jsonl"),
        ("b1k.hledger.csv", "b1k.transfer.jsonl"),
        ("b1k.hledger.csv", "b1k.array.json"),
        ("b1k.hledger.csv", "b1k.csv"),
        ("b20k.hledger.csv", "b20k.jsonl"),
        ("b20k.hledger.csv", "b20k.str.jsonl.gz"),
        ("b20k.hledger.csv", "b20k.transfer.jsonl.gz"),
        ("b200k.hledger.csv.gz", "b200k.jsonl.gz"),
    ],
)
def test_balances_are_those_of_hledger_at_all_40_dates(
    shared_data: Path, expected: str, log: str, order: Order
) -> None:
    header, *rows = table(shared_data / "accounts" / expected)
    document = Document.open(str(shared_data / "accounts" / log))
    document.set_order(order)
    assert document.unread_count == 0
    for column in range(2, len(header)):
        found = balances(document, header[column].split("..")[-1])
        wanted = {row[0].split(":")[-1].lower(): Decimal(row[column]) for row in rows}
        for account in found.keys() | wanted.keys():
            assert total(found.get(account, 0)) == wanted.get(account, Decimal(0)), (header[column], account)
    document.close()


@pytest.mark.parametrize("log", ["b1k.jsonl", "b1k.str.jsonl", "b1k.csv", "b1k.array.json"])
def test_why_is_the_register_after_every_posting(shared_data: Path, log: str) -> None:
    wanted: dict[str, list[Decimal]] = {}
    for row in table(shared_data / "accounts" / "b1k.register.csv")[1:]:
        wanted.setdefault(row[0].split(":")[-1].lower(), []).append(Decimal(row[5]))
    document = Document.open(str(shared_data / "accounts" / log))
    for account, after in wanted.items():
        changes = document.history.changes_of(account, "balance")
        assert [Decimal(str(change.after)) for change in changes] == after
    document.close()


@pytest.mark.parametrize(
    "name", ["fava-example", "hledger-1ktxns-100accts", "hledger-quickstart", "ledger-drewr3"]
)
def test_ledgers_of_many_currencies_are_those_of_their_own_programs(shared_data: Path, name: str) -> None:
    document = Document.open(str(shared_data / "ledgers" / f"{name}.jsonl"))
    months: dict[str, list[list[str]]] = {}
    for month, *rest in table(shared_data / "ledgers" / f"{name}.expected.csv")[1:]:
        months.setdefault(month, []).append(rest)
    for month, rows in months.items():
        found = balances(document, month)
        wanted = {(account.lower(), currency): Decimal(balance) for account, currency, balance in rows}
        held = {
            (account, currency): Decimal(amount)
            for account, balance in found.items()
            if isinstance(balance, Mapping)
            for currency, amount in balance.items()
        }
        for place in held.keys() | wanted.keys():
            assert held.get(place, Decimal(0)) == wanted.get(place, Decimal(0)), (month, place)
    document.close()


def test_the_berka_bank_is_that_of_hledger_at_each_month_end(shared_data: Path) -> None:
    header, *rows = table(shared_data / "bank" / "berka_events.hledger.csv")
    document = Document.open(str(shared_data / "bank" / "berka_events.jsonl"))
    for column in range(2, len(header)):
        year, month = (int(part) for part in header[column].split("-"))
        end = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        found = balances(document, end.isoformat())
        for row in rows:
            account = row[0].split(":")[-1].lower()
            assert total(found.get(account, 0)) == Decimal(row[column]), (header[column], account)
    document.close()


def test_every_naughty_string_is_an_account_of_its_own(shared_data: Path) -> None:
    folder = shared_data / "naughty-strings"
    wanted: dict[str, int] = {}
    for index, text in enumerate(json.loads((folder / "blns-half.json").read_text(encoding="utf-8"))):
        wanted[f"acc-{text}"] = wanted.get(f"acc-{text}", 0) + index
    document = Document.open(str(folder / "blns-accounts.jsonl"))
    state = document.history.state(document.event_count)
    assert {entity: row["balance"] for entity, row in state.items()} == wanted
    document.close()


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("temporal/hello-workflow-history.json", 11),
        ("cloudevents/events.jsonl", 10),
        ("cloudevents/batch.json", 10),
        ("process/running-example.csv", 42),
        ("process/ocel_example_log.jsonocel", 23),
        ("chain/blocks_17173049_17173050__expected_token_transfers.json", 291),
        ("github/webhooks.jsonl", 165),
        ("csv/loghub/OpenSSH_2k.log_structured.csv", 2_000),
        ("bank/berka_trans.csv", 14_148),
        ("eventstore/esdb_stream_embed_body.json", 1),
        ("eventsourcing/bank.events.jsonl", 2_000),
        ("eventsourcing/bank.sqlite", 2_000),
    ],
)
def test_logs_of_other_worlds_open_without_set_up(shared_data: Path, name: str, events: int) -> None:
    document = Document.open(str(shared_data / name))
    assert (document.event_count, document.unread_count) == (events, 0)
    for position in (0, 1, events // 2, events):
        view = document.state(position)
        for row in range(min(view.row_count, 20)):
            assert all(isinstance(view.text(row, column), str) for column in range(len(view.columns)))
    document.close()


@pytest.mark.parametrize("name", ["bank.events.jsonl", "bank.sqlite"])
def test_an_accounts_state_is_the_eventsourcing_librarys_own_time_travel(
    shared_data: Path, name: str
) -> None:
    folder = shared_data / "eventsourcing"
    oracle = json.loads((folder / "bank.oracle.json").read_text(encoding="utf-8"))["accounts"]
    document = Document.open(str(folder / name))
    compared = 0
    for account, known in oracle.items():
        entity = account.replace("-", "")
        places = document.history.positions_of(entity)
        for version, expected in known["versions"].items():
            row = dict(document.history.state(int(places[int(version) - 1])).items())[entity]
            assert row["owner"] == expected["owner"]
            assert row["status"] == ("closed" if expected["is_closed"] else "open")
            assert total(row.get("balance") or {}) == Decimal(expected["balance"])
            assert row["version"] == expected["version"]
            compared += 1
    assert compared > 300
    document.close()


def test_an_account_may_be_named_by_its_uuid_with_dashes_too(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(shared_data / "eventsourcing" / "bank.sqlite")
    dashed = "f037c451-f727-5b82-87f2-0d30c0793136"
    answers = []
    for name in (dashed, dashed.replace("-", "")):
        assert main(["why", store, name, "balance", "--format", "json"]) == 0
        answers.append(json.loads(capsys.readouterr().out)["changes"])
        assert main(["state", store, "--account", name, "--format", "json"]) == 0
        assert len(json.loads(capsys.readouterr().out)["state"]) == 1
    assert answers[0] == answers[1]
    assert str(answers[0][-1]["after"]) == "2450.97"
