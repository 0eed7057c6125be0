"""Does `what-if` answer as the contract says, and is its state that of the edited log?"""

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.resources import resource

LESSON = str(resource("samples", "three-events.jsonl"))
BANK = str(resource("samples", "small-bank.jsonl"))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        status = main(words)
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    status, out, err = run(capsys, *words, "--format", "json")
    assert status == 0, err
    found = json.loads(out, parse_float=Decimal)
    assert isinstance(found, dict)
    return found


def only(found: object) -> dict[str, object]:
    assert isinstance(found, list)
    (one,) = found
    assert isinstance(one, dict)
    return one


def test_without_the_deposit_the_withdrawal_would_have_been_rejected(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "what-if", LESSON, "--skip", "2")
    assert found["state"]["acc-1"]["balance"] == -30  # type: ignore[index]
    changed = found["diff"]["changed"]["acc-1"]  # type: ignore[index]
    assert changed == {"balance": {"before": 20, "after": -30}, "version": {"before": 3, "after": 2}}
    refused = only(found["rejected"])
    assert (refused["position"], refused["account"], refused["rule"]) == (3, "acc-1", "funds")
    assert refused["reason"] == "acc-1 has 0, which is less than 30"
    assert (found["position"], found["events"]) == (2, 2)


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("point", [(), ("--at", "2026-01-20"), ("--before", "2026-02-01")])
def test_the_state_is_that_of_the_edited_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, order: str, point: tuple[str, ...]
) -> None:
    lines = Path(BANK).read_text(encoding="utf-8").splitlines()
    changed = json.dumps(json.loads(lines[9]) | {"type": "OwnerChanged"})
    other = tmp_path / "edited.jsonl"
    new = lines[20]
    other.write_text("\n".join([*lines[:4], *lines[5:9], changed, *lines[10:30], new, *lines[30:]]) + "\n")
    before = hashlib.sha256(Path(BANK).read_bytes()).hexdigest()
    edits = ("--skip", "5", "--edit", f"10={changed}", "--insert", f"31={new}")
    found = answer(capsys, "what-if", BANK, *edits, "--order", order, *point)
    wanted = answer(capsys, "state", str(other), "--order", order, *point)
    assert {name: found[name] for name in wanted if name != "warnings"} == {
        name: value for name, value in wanted.items() if name != "warnings"
    }
    assert [(each["kind"], each["first"]) for each in found["warnings"]] == [("not-applied", 9)]
    assert hashlib.sha256(Path(BANK).read_bytes()).hexdigest() == before


def test_the_table_says_what_is_otherwise_and_what_the_rules_say(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "what-if", LESSON, "--edit", '2={"amount": 10}')
    assert status == 0
    assert "What if: event 2 is edited." in out
    assert "The rules would have rejected:" in out
    assert "acc-1 has 10, which is less than 30" in out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "what is to be otherwise?"),
        (("--skip", "0"), "there is no event 0"),
        (("--skip", "9"), "there is no position 9"),
        (("--edit", "2"), "--edit is written N=JSON"),
        (("--edit", "2={"), "the edit of event 2"),
        (("--insert", "x={}"), "“x” is not a position"),
        (("--skip", "1", "--at", "2026-01-01", "--position", "1"), "only one of"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], reason: str
) -> None:
    status, out, err = run(capsys, "what-if", LESSON, *words)
    assert (status, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1


def test_an_event_can_be_added_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    new = '{"type": "MoneyDeposited", "data": {"accountId": "acc-9", "amount": 0.10}}'
    found = answer(capsys, "what-if", LESSON, "--insert", f"4={new}")
    assert found["diff"]["added"]["acc-9"]["balance"] == Decimal("0.10")  # type: ignore[index]
    refused = only(found["rejected"])
    assert (refused["position"], refused["branch_position"], refused["rule"]) == (None, 4, "missing")


ORDERS = str(resource("samples", "orders.jsonl"))


def test_where_no_rule_is_known_none_is_said_to_be_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    query = tmp_path / "sums.sql"
    query.write_text("SELECT data.accountId AS account, sum(data.amount) AS n FROM events GROUP BY account")
    for words in (("what-if", ORDERS), ("what-if", LESSON, "--projection", str(query))):
        found = answer(capsys, *words, "--skip", "2")
        assert (found["rejected"], found["rules"]) == (None, None)
        assert "No rule was tried: none is known for the read model" in run(capsys, *words, "--skip", "2")[1]
    found = answer(capsys, "what-if", LESSON, "--insert", "4=" + DEPOSIT)
    assert (found["rejected"], found["rules"]) == ([], "accounts")
    assert "No rule" not in run(capsys, "what-if", LESSON, "--insert", "4=" + DEPOSIT)[1]


DEPOSIT = '{"type": "MoneyDeposited", "data": {"accountId": "acc-1", "amount": 5}}'
OTHER = '{"type": "TeaBrewed", "data": {"accountId": "acc-1"}}'


def test_what_no_rule_is_about_is_told_apart_from_what_the_rules_allow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "what-if", LESSON, "--insert", "4=" + OTHER)
    assert (found["rejected"], found["rules"]) == (None, "accounts")
    told = run(capsys, "what-if", LESSON, "--insert", "4=" + OTHER)[1]
    assert "No rule was tried: what differs does nothing to any account." in told
