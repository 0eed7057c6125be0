"""Are amounts, currencies, counterparties and causes taken from where a profile says that they are?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.event import Event
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.profile import of_toml, to_toml
from explorer.projection.accounts import Accounts
from explorer.projection.fold import fold, without_hidden
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.reasons.causes import index_causes, names_of
from explorer.session.reasons.type_board import board_of

OWN = of_toml(
    """
[fields]
amount = "body.sums.moved"
currency = "cur"
counterparty = "body.peer"
correlation = "chain.all"
causation = "chain.by | body.why"

[meanings]
Begun = "AccountOpened"
Filled = "MoneyDeposited"
Spent = "MoneyWithdrawn"
Passed = "MoneyTransferred"
Ended = "AccountClosed"
""",
    "own.toml",
)
MEANT = OWN.meanings
PLAIN = Accounts()


def record(number: int) -> dict[str, object]:
    kind = list(MEANT)[number % 4 if number > 3 else 0]
    body = {
        "sums": {"moved": f"{number % 97}.25", "left": 1},
        "amount": 7_000,  # is something else
        "peer": f"s{(number + 1) % 4}",
        "from": "nobody",
        "why": f"e{number - 1}",
    }
    chain = {"all": f"c{number // 3}", **({"by": f"e{number // 2}"} if number % 2 else {})}
    return {
        "id": f"e{number}", "type": kind,
        "at": f"2026-01-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z",
        "account": f"s{number % 4}", "cur": "EUR" if number % 8 < 4 else "XP", "chain": chain, "body": body,
    }  # fmt: skip


def plainly(records: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    """The state of the same events with everything under the names that the read model knows by itself."""
    events = []
    for place, each in enumerate(records, 1):
        body, own = each["body"], MEANT[str(each["type"])]
        assert isinstance(body, dict)
        amount = "initialBalance" if own == "AccountOpened" else "amount"
        data = {
            amount: body["sums"]["moved"],
            "currency": each["cur"],
            "from": each["account"],
            "to": body["peer"],
        }
        events.append(Event(place, own, str(each["account"]), data, str(each["at"])))
    return {name: without_hidden(PLAIN, row) for name, row in fold(PLAIN, events).items()}


def logged(folder: Path, count: int) -> tuple[Path, list[dict[str, object]]]:
    records = [record(number) for number in range(count)]
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    return path, records


@pytest.mark.parametrize("count", [40, 30_000])
def test_a_state_is_that_of_the_same_events_under_names_that_are_known(tmp_path: Path, count: int) -> None:
    path, records = logged(tmp_path, count)
    assert (
        count < 1_000 or path.stat().st_size > 6 << 20
    )  # so that it is read column by column, and by several
    document = Document.open(str(path), OpenOptions(profile=OWN))
    try:
        assert document.read_model.name == "accounts"
        for position in (0, 1, count // 2, count):
            assert dict(document.history.state(position).items()) == plainly(records[:position])
    finally:
        document.close()


def test_balances_of_points_are_offered_where_a_profile_names_what_moves(tmp_path: Path) -> None:
    path = tmp_path / "points.jsonl"
    rows = [("m1", 50), ("m2", 5), ("m1", -20), ("m1", 7)]
    records = [
        {"type": f"T{at}", "at": f"2026-01-0{at}", "member": who, "data": {"d": {"x": moved}, "amount": 99}}
        for at, (who, moved) in enumerate(rows, 1)
    ]
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    said = of_toml('[fields]\nentity = "member"\namount = "data.d.x"\n', "own.toml")
    document = Document.open(str(path), OpenOptions(profile=said))
    try:
        assert document.read_model.name == "balances"
        state = dict(document.history.state(4).items())
        assert {name: row["balance"] for name, row in state.items()} == {"m1": 37, "m2": 5}
    finally:
        document.close()


def test_causes_and_the_board_go_by_what_the_profile_says(tmp_path: Path) -> None:
    path, records = logged(tmp_path, 40)
    document = Document.open(str(path), OpenOptions(profile=OWN))
    try:
        names = names_of(document.events)
        causes = index_causes(document.events, names)
        for place in range(2, 41):
            number = place - 1
            cause = number // 2 if number % 2 else number - 1
            assert causes.cause_of(place) == cause + 1
        assert causes.together_with(8).tolist() == [7, 8, 9]
        assert board_of(document.events, causes).lines
        why = document.why("s1", "balance")
        assert why[0].reason == "caused by e0, part of c0"
        assert why.sentence(0).endswith("(caused by e0, part of c0)")
    finally:
        document.close()
    assert records


def test_causes_inside_of_a_wrapped_record_are_found_and_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "wrapped.jsonl"
    inner = [{"id": f"e{n}", "type": "T", "account": "a", "causationId": f"e{n - 1}"} for n in range(5)]
    path.write_text("".join(json.dumps({"message": json.dumps(each), "offset": 1}) + "\n" for each in inner))
    said = of_toml('[[unwrap]]\npath = "message"\nread = "json"\nenter = true\n', "own.toml")
    document = Document.open(str(path), OpenOptions(profile=said))
    try:
        causes = index_causes(document.events, names_of(document.events))
        assert [causes.cause_of(place) for place in range(1, 6)] == [None, 1, 2, 3, 4]
    finally:
        document.close()


@pytest.mark.parametrize("role", ["correlation", "causation", "amount", "currency", "counterparty"])
def test_a_role_that_no_record_has_is_left_to_be_found_and_one_that_is_named_stays(
    tmp_path: Path, role: str
) -> None:
    path, _ = logged(tmp_path, 5)
    with open_log(path, profile=of_toml(f'[fields]\n{role} = "not.there"\n', "x")) as log:
        assert getattr(log.fields, role) is None
    with open_log(path, profile=OWN) as log:
        assert getattr(log.fields, role) == getattr(OWN.fields, role)


def test_what_is_called_so_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    data = {"total_amount": 1, "ccy": "EUR", "payee": "b"}
    meta = {"$correlationId": "c", "causation_id": "e"}
    path.write_text(json.dumps({"type": "T", "metadata": meta, "data": data}) + "\n")
    with open_log(path) as log:
        found = {role: log.candidates[role] for role in ("correlation", "causation", "amount", "currency")}
        assert found == {
            "correlation": ["metadata.$correlationId"], "causation": ["metadata.causation_id"],
            "amount": ["data.total_amount"], "currency": ["data.ccy"],
        }  # fmt: skip
        assert log.candidates["counterparty"] == ["data.payee"]


def test_the_command_line_takes_them_from_a_file_and_the_text_comes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, records = logged(tmp_path, 40)
    file = tmp_path / "own.toml"
    file.write_text(to_toml(OWN))
    assert of_toml(to_toml(OWN), "own.toml") == OWN
    assert main(["state", str(path), "--profile", str(file), "--no-cache", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out, parse_float=Decimal)["state"]
    assert {name: row["status"] for name, row in told.items()} == {
        name: row["status"] for name, row in plainly(records).items()
    }
    assert (
        main(["why", str(path), "s1", "balance", "--profile", str(file), "--no-cache", "--format", "json"])
        == 0
    )
    first = json.loads(capsys.readouterr().out)["changes"][0]
    assert (first["correlation"], first["causation"]) == ("c0", "e0")
