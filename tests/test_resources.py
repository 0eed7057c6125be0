"""Do the files that come with the program hold what they promise?"""

import configparser
import csv
import json
from collections import Counter, defaultdict
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from explorer.resources import resource

ICONS = sorted(path for path in resource("icons").glob("*.svg") if path.stem != "history-explorer")


def lines_of(name):
    return resource("samples", name).read_bytes().split(b"\n")


def records_of(name):
    text = resource("samples", name).read_text(encoding="utf-8")
    return [json.loads(line, parse_float=Decimal) for line in text.splitlines()]


def test_the_first_log_anybody_sees_has_three_events():
    assert resource("samples", "three-events.jsonl").read_text(encoding="utf-8") == (
        '{"type":"AccountOpened","data":{"accountId":"acc-1","owner":"Ada"},"at":"2026-01-01T09:00:00Z"}\n'
        '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":50},"at":"2026-01-02T10:15:00Z"}\n'
        '{"type":"MoneyWithdrawn","data":{"accountId":"acc-1","amount":30},"at":"2026-01-03T11:30:00Z"}\n'
    )


def test_the_small_bank_is_sound_and_has_one_account_that_recovers():
    events = records_of("small-bank.jsonl")
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    times = [event["at"] for event in events]
    assert times == sorted(times)
    ids = [event["id"] for event in events]
    assert len(set(ids)) == len(ids)
    for event in events:
        assert event["metadata"].get("causationId", "e-0000") < event["id"]

    balances, below_zero, closed = defaultdict(Decimal), set(), set()
    for event in events:
        data, amount = event["data"], event["data"].get("amount", Decimal(0))
        assert amount == round(amount, 2)
        touched = {data[key] for key in ("accountId", "fromAccountId", "toAccountId") if key in data}
        assert not touched & closed, f"{event['id']} touches a closed account"
        match event["type"]:
            case "MoneyDeposited":
                balances[data["accountId"]] += amount
            case "MoneyWithdrawn":
                balances[data["accountId"]] -= amount
            case "MoneyTransferred":
                balances[data["fromAccountId"]] -= amount
                balances[data["toAccountId"]] += amount
            case "AccountClosed":
                closed.add(data["accountId"])
        below_zero |= {account for account in touched if balances[account] < 0}
    assert below_zero == {"acc-4"}
    assert min(balances.values()) == 0
    assert len(balances) == 24
    assert {balances[account] for account in closed} == {0}


def test_the_damaged_log_has_each_kind_of_damage():
    lines = lines_of("damaged.jsonl")
    assert len(lines) == 13
    cut, nan, twice, wrong_bytes, no_object = lines[2:7]
    with pytest.raises(json.JSONDecodeError):
        json.loads(cut)
    assert b'"amount":NaN' in nan
    assert twice.count(b'"amount"') == 2
    with pytest.raises(UnicodeDecodeError):
        wrong_bytes.decode()
    assert isinstance(json.loads(no_object), list)
    rest = [json.loads(line) for line in lines[7:12]]
    assert rest[0]["type"] == "LoyaltyPointsGranted"
    assert rest[1]["at"] > rest[2]["at"]
    assert rest[2]["id"] == rest[3]["id"]
    assert rest[4]["sequence"] - rest[3]["sequence"] > 1
    assert lines[-1]
    with pytest.raises(json.JSONDecodeError):
        json.loads(lines[-1])


def test_the_web_shop_is_a_log_of_another_kind():
    events = records_of("orders.jsonl")
    types = Counter(event["eventType"] for event in events)
    assert {"OrderPlaced", "OrderPaid", "OrderShipped", "OrderDelivered", "OrderReturned"} <= set(types)
    assert all({"eventId", "occurredAt", "orderId", "payload"} <= set(event) for event in events)


def test_the_library_is_a_table_with_semicolons():
    with resource("samples", "library.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 60
    assert None not in rows[0]


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_drawn_in_the_house_style(path):
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    style = {key: root.get(key) for key in ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap")}
    assert style == {
        "viewBox": "0 0 24 24",
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": "2",
        "stroke-linecap": "round",
    }


def test_the_desktop_entry_starts_the_program_with_a_log():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(resource("history-explorer.desktop"), encoding="utf-8")
    group = entry["Desktop Entry"]
    assert group["Exec"] == "history-explorer %f"
    assert group["MimeType"].split(";") == ["application/json", "application/x-ndjson", "text/csv", ""]
    assert resource("icons", group["Icon"] + ".svg").is_file()
