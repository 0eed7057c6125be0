"""Does `state` say what all entities are like at a point, exactly and for whoever asks?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli import question
from explorer.cli.commands import state
from explorer.cli.question import opened
from explorer.history.field_history import FieldHistory
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.exact_json import dumps
from explorer.session.options import OpenOptions, Recipe
from tests.cli.asked import LESSON, answer, run


@pytest.mark.parametrize(("position", "balance"), [(0, None), (1, 0), (2, 50), (3, 20)])
def test_the_lesson_goes_from_nothing_to_0_to_50_to_20(
    capsys: pytest.CaptureFixture[str], position: int, balance: int | None
) -> None:
    found = answer(capsys, "state", LESSON, "--position", str(position))
    accounts = found["state"]
    assert accounts == ({} if balance is None else accounts)
    assert (found["position"], found["events"], found["unread"]) == (position, 3, 0)
    if balance is not None:
        assert accounts["acc-1"]["balance"] == balance
        assert accounts["acc-1"]["owner"] == "Ada"


@pytest.mark.parametrize(
    ("option", "time", "position"),
    [
        ("--at", "2026-01-02", 2),
        ("--at", "2026-01-02T10:15:00Z", 2),
        ("--at", "2026-01-02T10:14:59Z", 1),
        ("--at", "2026-01-02T11:15:00+01:00", 2),
        ("--at", "2025-12-31", 0),
        ("--at", "2026-01", 3),
        ("--before", "2026-01-02", 1),
        ("--before", "2026-01-02T10:15:00Z", 1),
        ("--before", "2026-01-02T10:15:01Z", 2),
    ],
)
def test_a_time_is_a_position(
    capsys: pytest.CaptureFixture[str], option: str, time: str, position: int
) -> None:
    assert answer(capsys, "state", LESSON, option, time)["position"] == position


def test_nothing_is_made_for_jumps_that_nobody_makes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Document] = []
    told = Document.totals_text
    monkeypatch.setattr(question, "opened", lambda *given: asked.append(opened(*given)) or asked[-1])
    monkeypatch.setattr(Document, "totals_text", lambda *_: pytest.fail("for all"))
    monkeypatch.setattr(FieldHistory, "make_keyframes", lambda _: pytest.fail("for jumps"))
    assert run(capsys, "state", LESSON, "--top", "1")[0] == 0
    assert "clock" not in vars(asked[0].history)
    monkeypatch.setattr(Document, "totals_text", told)
    assert "All together: balance 20." in run(capsys, "state", LESSON)[1]


def test_csv_and_tables_show_every_digit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log = tmp_path / "exact.jsonl"
    log.write_text('{"type":"MoneyDeposited","data":{"accountId":"a,b","amount":1234567890123456789.10}}\n')
    assert '"a,b",,1234567890123456789.10,' in run(capsys, "state", str(log), "--format", "csv")[1]
    assert "1234567890123456789.10" in run(capsys, "state", str(log))[1]
    assert '"balance": 1234567890123456789.10' in run(capsys, "state", str(log), "--format", "json")[1]


def test_hidden_characters_are_visible_in_tables_and_exact_in_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = tmp_path / "odd.jsonl"
    log.write_text('{"type":"AccountOpened","data":{"accountId":"a\\u202eb","owner":"\\u001b[31m"}}\n')
    table = run(capsys, "state", str(log))[1]
    assert "a⟦U+202E⟧b" in table
    assert "\x1b" not in table
    assert "a\u202eb" in answer(capsys, "state", str(log))["state"]


@pytest.mark.parametrize(
    ("command", "empty"),
    [
        (["find", "balance > 10", "--account"], {"intervals": []}),
        (["state", "--account"], {"state": {}}),
        (["why"], {"changes": []}),
    ],
)
def test_about_nobody_json_is_answered_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str], empty: dict[str, object]
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(Path(LESSON).read_bytes() + b"{no}\n")
    name, *words = command
    found, out, err = run(capsys, name, str(log), *words, "nobody", "--format", "json")
    told = json.loads(out)
    assert (found, told["unread"], told["warnings"][0]["kind"]) == (1, 1, "unread")
    assert empty.items() <= told.items()
    assert "nobody" in err


def test_the_first_ones_by_a_field_are_listed_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    bank = str(resource("samples", "small-bank.jsonl"))
    every = answer(capsys, "state", bank)["state"]
    assert isinstance(every, dict)
    by_balance = sorted(every, key=lambda account: every[account]["balance"])
    top = answer(capsys, "state", bank, "--sort=-balance", "--top", "3")["state"]
    assert list(top) == by_balance[:-4:-1]
    assert list(answer(capsys, "state", bank, "--sort", "balance")["state"]) == by_balance
    assert run(capsys, "state", bank, "--sort", "blance")[0] == 2


def test_the_table_ends_with_what_all_come_to_together(capsys: pytest.CaptureFixture[str]) -> None:
    bank = str(resource("samples", "small-bank.jsonl"))
    every = answer(capsys, "state", bank)["state"]
    assert isinstance(every, dict)
    total = sum(account["balance"] for account in every.values())
    _, out, _ = run(capsys, "state", bank)
    assert f"All together: balance {total} · status 21 open, 2 closed, 1 frozen." in out


def test_one_entity_is_told_as_a_tree_with_what_the_event_did_inside_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = tmp_path / "shop.jsonl"
    steps = ({"items": [{"sku": "tea"}], "by": "a\u202eb"}, {"items": [{"sku": "cup"}, {"sku": "tea"}]})
    records = [
        {"type": "Step", "orderId": "o-1", "at": f"2026-01-0{day}", "data": data}
        for day, data in enumerate(steps, 1)
    ]
    log.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    status, out, _ = run(capsys, "state", str(log), "--account", "o-1", "--format", "tree")
    assert status == 0
    assert out.splitlines()[1:8] == [
        "o-1 (1 added)",
        "~ items: [2]",
        "+   [0]: {1}",
        "+     sku: cup",
        "    [1]: {1}",
        "      sku: tea",
        "  by: a⟦U+202E⟧b",
    ]


@pytest.mark.parametrize("model", ["accounts", "latest"])
@pytest.mark.parametrize("at_once", [2, 1_000])
def test_json_made_of_columns_is_what_is_made_of_each_entity(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    model: str,
    at_once: int,
) -> None:
    monkeypatch.setattr(state, "_AT_ONCE", at_once)
    log = tmp_path / "log.jsonl"
    data = [
        '"accountId":"a","amount":1.50', '"accountId":"a","amount":2,"currency":"EUR"', '"accountId":"%s","amount":3',
        '"accountId":"b","amount":-99999999999999999999999.10,"currency":"EUR"', '"accountId":"\\ud800","amount":0',
        '"accountId":"b","amount":1e3,"owner":{"a":[1,{"b":[]}],"c":{}},"100%":"%d \\" \\u2028"',
        '"accountId":"d","owner":null,"x":true,"100%":[]', '"accountId":"b","amount":0.10,"currency":"CHF"',
    ]  # fmt: skip
    log.write_text("".join(f'{{"type":"MoneyDeposited","data":{{{each}}}}}\n' for each in data))
    for position in range(len(data) + 1):
        out = run(
            capsys, "state", str(log), "--format", "json", "--projection", model, "--position", str(position)
        )[1]
        document = Document.open(str(log), OpenOptions(projection=Recipe(model)))
        rows = dict(document.history.state(position).items())
        document.close()
        told = json.loads(out, parse_float=Decimal)
        assert out == dumps({**told, "state": rows}) + "\n"


def test_who_was_deleted_is_named_below_the_table_from_there_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    changes = [("c", {"id": "1", "name": "Ann"}), ("c", {"id": "2", "name": "Bob"}), ("d", None)]
    log.write_text(
        "".join(
            json.dumps({"op": op, "before": None if after else {"id": "2", "name": "Bob"}, "after": after})
            + "\n"
            for op, after in changes
        )
    )
    _, whole, _ = run(capsys, "state", str(log), "--position", "2")
    assert "Bob" in whole
    assert "Deleted" not in whole
    _, ended, _ = run(capsys, "state", str(log))
    assert "Bob" not in ended
    assert "Deleted before, and so no entity any more: 2." in ended
