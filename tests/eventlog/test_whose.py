"""Are accounts told apart that share a stream, and balances in several currencies that share an account?"""

import json
from pathlib import Path

import pytest

from explorer.eventlog.event import FieldMap
from explorer.eventlog.extract import event_maker
from explorer.eventlog.whose import whose
from explorer.session.document import Document


def state(path: Path) -> dict[str, dict[str, object]]:
    document = Document.open(str(path))
    found = dict(document.history.state(document.event_count).items())
    document.close()
    return found


def feed(entries: list[tuple[str, str, dict[str, object]]]) -> str:
    """A page of an Atom feed of KurrentDB, newest first."""
    told = [
        {
            "eventId": f"0b6ef1a0-0000-4000-8000-{number:012}", "eventType": kind, "eventNumber": number - 1,
            "data": json.dumps(data), "streamId": stream, "isJson": True,
            "updated": f"2026-01-{number:02}T11:30:00Z", "title": f"{number - 1}@{stream}",
        }
        for number, (stream, kind, data) in enumerate(entries, 1)
    ]  # fmt: skip
    return json.dumps({"title": "Events of bank", "headOfStream": True, "entries": told[::-1]})


BANK = [
    ("bank", "AccountOpened", {"accountId": "acc-1", "owner": "Ada"}),
    ("bank", "AccountOpened", {"accountId": "acc-2", "owner": "Bob"}),
    ("bank", "MoneyDeposited", {"accountId": "acc-1", "amount": 100}),
    ("bank", "MoneyDeposited", {"accountId": "acc-2", "amount": 7}),
    ("bank", "MoneyTransferred", {"fromAccountId": "acc-1", "toAccountId": "acc-2", "amount": 30}),
    ("bank", "MoneyWithdrawn", {"accountId": "acc-2", "amount": 2}),
]


def test_a_feed_of_one_stream_with_several_accounts_has_each_of_them(tmp_path: Path) -> None:
    path = tmp_path / "bank.json"
    path.write_text(feed(BANK))
    assert {name: row["balance"] for name, row in state(path).items()} == {"acc-1": 70, "acc-2": 35}


def test_a_feed_with_a_stream_for_each_account_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bank.json"
    path.write_text(
        feed([(f"account-{data['accountId']}", kind, data) for _, kind, data in BANK if "accountId" in data])
    )
    assert {name: row["balance"] for name, row in state(path).items()} == {
        "account-acc-1": 100,
        "account-acc-2": 5,
    }


@pytest.mark.parametrize("name", ["productId", "customerId"])
def test_what_else_an_order_names_is_not_whose_it_is(name: str) -> None:
    fields = FieldMap("type", None, "orderId", "data")
    sample = [{"orderId": f"o-{n % 3}", "type": "Added", "data": {name: f"p-{n}"}} for n in range(20)]
    assert whose(fields, sample) == fields


def test_an_account_that_several_orders_name_is_not_whose_they_are() -> None:
    fields = FieldMap("type", None, "orderId", "data")
    sample = [
        {"orderId": f"o-{n % 3}", "type": "Added", "data": {"accountId": f"a-{n % 4}"}} for n in range(20)
    ]
    assert whose(fields, sample) == fields


BALANCES = "month_end,accountId,currency,balance\n" + "".join(
    f"2026-0{month}-28,{account},{currency},{month * 100 + place}.50\n"
    for month in (1, 2, 3)
    for place, (account, currency) in enumerate([("a-1", "EUR"), ("a-1", "USD"), ("a-2", "EUR")])
)


def test_balances_of_one_account_in_two_currencies_do_not_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "balances.csv"
    path.write_text(BALANCES)
    found = state(path)
    assert {name: row["balance"] for name, row in found.items()} == {
        "a-1 / EUR": "300.50", "a-1 / USD": "301.50", "a-2 / EUR": "302.50",
    }  # fmt: skip
    assert found["a-1 / USD"]["currency"] == "USD"


def test_so_it_is_with_balances_in_objects(tmp_path: Path) -> None:
    path = tmp_path / "balances.jsonl"
    rows = [line.split(",") for line in BALANCES.splitlines()[1:]]
    path.write_text(
        "".join(
            json.dumps(
                {
                    "type": "BalanceReported",
                    "at": at,
                    "data": {"iban": name, "ccy": code, "closingBalance": told},
                }
            )
            + "\n"
            for at, name, code, told in rows
        )
    )
    assert set(state(path)) == {"a-1 / EUR", "a-1 / USD", "a-2 / EUR"}


def test_amounts_that_go_in_and_out_stay_with_their_account(tmp_path: Path) -> None:
    path = tmp_path / "entries.csv"
    path.write_text("date,account,currency,amount,balance\n" + "".join(
        f"2026-01-0{n},a-{n % 2},{'EUR' if n < 4 else 'USD'},{n}.00,{n}.00\n" for n in range(1, 8)
    ))  # fmt: skip
    assert set(state(path)) == {"a-0", "a-1"}


@pytest.mark.parametrize(
    ("fields", "record", "entity"),
    [
        (FieldMap(entity="customer.id"), {"id": "e-1", "type": "A"}, None),
        (FieldMap(entity="customer.id", data="data"), {"data": {"id": "e-1"}}, None),
        (FieldMap(entity="data.customer.id", data="data"), {"data": {"id": "e-1", "customer": {}}}, None),
        (FieldMap(entity="rec.shop + data.order", data="data"), {"rec": {}, "data": {"order": 7}}, None),
        (FieldMap(entity="metadata.accountId", data="data"), {"data": {"accountId": 7}}, "7"),
        (FieldMap(entity="id", data="data"), {"data": {"id": "a"}}, "a"),
        (FieldMap(entity="key | after.id", data="after"), {"after": {"id": "a"}}, "a"),
    ],
)
def test_the_number_of_something_else_in_a_payload_is_not_whose_an_event_is(
    fields: FieldMap, record: dict[str, object], entity: str | None
) -> None:
    assert event_maker(fields)(1, record).entity == entity
