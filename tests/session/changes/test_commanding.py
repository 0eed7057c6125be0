"""Does a command become an event in the log's own manner?"""

import json
from pathlib import Path

import pytest

from explorer.domain.rules import Deposit, OpenAccount, Rejection, Transfer, Withdraw
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer
from explorer.session.changes.commanding import FORMS, asked_text, can_decide, command, decided, drafts
from explorer.session.document import Document

MANNERS = {
    "canonical": {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": 50}, "at": "2026-01-02"},
    "snake and text": {"event_type": "money_deposited", "payload": {"account_id": "a", "amount": "50.00"},
                       "created_at": "2026-01-02T10:00:00Z"},
    "beside": {"eventType": "FundsDeposited", "streamId": "a", "payload": {"amount": 50}, "at": "2026-01-02"},
}  # fmt: skip


@pytest.mark.parametrize("name", MANNERS)
def test_what_is_appended_reads_like_what_was_there(tmp_path: Path, name: str) -> None:
    record = MANNERS[name]
    path = tmp_path / "log.jsonl"
    path.write_text((json.dumps(record) + "\n") * 3)
    log = Document.open(str(path))
    assert can_decide(log)
    facts = decided(log, Deposit("a", 5))
    assert not isinstance(facts, Rejection)
    with Writer.open(path) as writer:
        writer.append(drafts(log, facts), expected=3)
    log.close()
    again = Document.open(str(path))
    new = again.event(4)
    assert new.record.keys() == record.keys()
    assert new.data.keys() == again.event(3).data.keys()
    assert (new.type, new.entity) == (again.event(3).type, "a")
    assert type(new.data["amount"]) is type(again.event(3).data["amount"])
    balance = dict(again.history.state(4).items())["a"]["balance"]
    assert balance == 155
    again.close()


def test_the_rules_are_asked_as_of_the_end_of_the_log(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps(MANNERS["canonical"]) + "\n")
    log = Document.open(str(path))
    refused = decided(log, Withdraw("a", 51))
    assert isinstance(refused, Rejection)
    assert refused.reason == "a has 50, which is less than 51"
    (draft,) = drafts(log, decided(log, OpenAccount("b", "Bo")))  # type: ignore[arg-type]
    assert draft == Draft("AccountOpened", {"accountId": "b", "owner": "Bo"}, None, {}, "b")
    log.close()


def test_a_form_that_is_not_filled_in_says_what_is_missing() -> None:
    empty = {form.name: command(form.name, {}) for form in FORMS}
    assert {each.reason for each in empty.values() if isinstance(each, Rejection)} == {"say which account"}
    assert command("deposit", {"account": "a", "amount": "1e"}) == Rejection(
        "amount", "the amount is not a number"
    )
    asked = command("transfer", {"account": "a", "target": " b ", "amount": "0.10", "currency": ""})
    assert isinstance(asked, Transfer)
    assert asked_text(asked) == "Transfer 0.10 from a to b"


def test_a_log_of_something_else_knows_no_rules(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"type":"Noise","data":{"n":1},"at":"2026-01-01"}\n' * 3)
    log = Document.open(str(path))
    assert not can_decide(log)
    log.close()


def test_in_order_of_time_the_rules_still_go_by_what_was_recorded_last(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    lines = [
        {"type": "AccountOpened", "data": {"accountId": "a"}, "at": "2026-01-01"},
        {"type": "AccountFrozen", "data": {"accountId": "a"}, "at": "2026-01-09"},
        {"type": "AccountUnfrozen", "data": {"accountId": "a"}, "at": "2026-01-05"},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    log = Document.open(str(path))
    log.set_order("time")
    assert dict(log.history.state(3).items())["a"]["status"] == "frozen"
    assert not isinstance(decided(log, Deposit("a", 1)), Rejection)
    log.close()
