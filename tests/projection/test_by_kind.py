"""Does each kind of a log's entities go by its own read model, exactly as that would fold its events alone?"""

import json
import random
from pathlib import Path

import msgspec
import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.history.edits import Edit
from explorer.history.find import ConditionInState, find
from explorer.history.what_if import Branch
from explorer.projection.by_kind import kind_teller, named_for
from explorer.projection.choose import choose
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import AUTO, Recipe
from explorer.session.changes.traced_code import TracedCode
from explorer.session.document import Document
from explorer.session.find.finding import condition_of
from explorer.session.options import OpenOptions

ORDERS_PY = """
def key(event):
    return event["entity"]


def evolve(state, event):
    lines = (state or {}).get("lines", 0)
    if event["type"] == "LineAdded":
        lines += 1
    return {"lines": lines, "balance": str(event["data"].get("total")), "last": event["type"]}
"""
ORDERS_SQL = """
SELECT orderId, COUNT(*) AS events, COALESCE(SUM(total), 0) AS balance, MAX(total) AS greatest
FROM events WHERE type <> 'Cancelled' GROUP BY orderId
"""
WALLETS = Recipe("accounts")


def shop(path: Path, count: int, seed: int = 7, kind: str = "aggregateType") -> Path:
    """A log of orders, wallets and parcels, some of which are deleted from it and begin anew."""
    chance = random.Random(seed)
    lines = []
    for number in range(1, count + 1):
        thing = chance.choice(("shop.Order", "shop.Wallet", "shop.Parcel"))
        own = chance.randrange(40)
        name = f"{thing[5:].lower()}-{own}"
        match thing:
            case "shop.Order":
                data = {"orderId": name, "total": chance.randrange(-500, 5_000)}
                said = chance.choice(("Placed", "LineAdded", "Cancelled"))
            case "shop.Wallet":
                said = chance.choice(("WalletOpened", "MoneyDeposited", "MoneyWithdrawn"))
                amount = {"amount": chance.randrange(1, 900), "currency": chance.choice(("EUR", "USD"))}
                data = {"owner": f"Owner {own}"} if said == "WalletOpened" else amount
            case _:
                data = {
                    "place": chance.choice("ABC"),
                    "balance": chance.choice(("due", "paid")),
                    "version": own,
                }
                said = "Moved"
        clock = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
        event = {"seq": number, "id": f"e-{number}", "time": f"2026-03-01T{clock}Z", kind: thing, "aggregateId": name,
                 "type": said, "data": data}  # fmt: skip
        lines.append(json.dumps(event))
    path.write_text("\n".join(lines) + "\n")
    return path


def recipe(*by_kind: tuple[str, Recipe], base: Recipe = AUTO) -> Recipe:
    return msgspec.structs.replace(base, by_kind=by_kind)


SQL = Recipe("orders.sql", "sql", ORDERS_SQL)
CHOICES = {
    "built-in": recipe(("Wallet", WALLETS)),
    "sql": recipe(("Wallet", WALLETS), ("shop.Order", SQL), base=Recipe("latest")),
    "all of them": recipe(("parcel", Recipe("latest")), ("order", SQL), base=WALLETS),
}


def opened(log: Path, chosen: Recipe, **how: object) -> Document:
    return Document.open(str(log), OpenOptions(projection=chosen, **how))  # type: ignore[arg-type]


def plainly(document: Document, position: int) -> dict[str, dict[str, object]]:
    """Each kind folded by its own read model alone."""
    model = document.read_model
    kind_of = kind_teller(document.fields)
    names = [name for name in model.models if name]  # type: ignore[attr-defined]
    events = [document.event(at) for at in range(1, position + 1)]
    found: dict[str, dict[str, object]] = {}
    for name, each in model.models.items():  # type: ignore[attr-defined]
        own = [event for event in events if (named_for(kind_of(event), names) or "") == name]
        alone = choose(each.recipe, [], document.fields)
        for entity, state in fold(alone, own).items():
            row = without_hidden(alone, state)
            assert entity not in found
            called = {field.name: model.name_of(name or None, field) for field in alone.fields}  # type: ignore[attr-defined]
            found[entity] = {called[field]: value for field, value in row.items() if value is not None}
    return found


def shown(document: Document, position: int) -> dict[str, dict[str, object]]:
    state = document.history.state(position)
    return {name: {k: v for k, v in row.items() if v is not None} for name, row in state.items()}


@pytest.mark.parametrize("chosen", CHOICES.values(), ids=CHOICES)
def test_the_state_is_that_of_each_kind_folded_by_its_own_read_model(tmp_path: Path, chosen: Recipe) -> None:
    with_own = opened(shop(tmp_path / "shop.jsonl", 600), chosen)
    for position in (0, 1, 2, 17, 300, 599, 600):
        assert shown(with_own, position) == plainly(with_own, position), position
    with_own.close()


@pytest.mark.parametrize("chosen", CHOICES.values(), ids=CHOICES)
def test_a_log_larger_than_every_block_is_the_plain_fold_of_each_kind(tmp_path: Path, chosen: Recipe) -> None:
    log = shop(tmp_path / "shop.jsonl", 40_000)
    assert log.stat().st_size > 6 << 20
    with_own = opened(log, chosen)
    assert shown(with_own, 40_000) == plainly(with_own, 40_000)
    with_own.close()


def test_a_program_of_one_kind_is_run_for_that_kind_alone(tmp_path: Path) -> None:
    program = Recipe("orders.py", "python", ORDERS_PY)
    with_own = opened(shop(tmp_path / "shop.jsonl", 500), recipe(("Order", program), base=WALLETS))
    space: dict[str, object] = {}
    exec(ORDERS_PY, space)  # noqa: S102 - the text above
    wanted: dict[str, dict[str, object]] = {}
    for at in range(1, 501):
        event = with_own.event(at)
        if event.kind == "shop.Order":
            told = {"entity": event.entity, "type": event.type, "data": event.data}
            wanted[str(event.entity)] = space["evolve"](wanted.get(str(event.entity)), told)  # type: ignore[operator]
    found = {name: row for name, row in shown(with_own, 500).items() if name.startswith("order")}
    names = {"lines": "lines", "balance": "Order.balance", "last": "last"}
    assert found == {name: {names[key]: value for key, value in row.items()} for name, row in wanted.items()}
    wallets = [row for name, row in shown(with_own, 500).items() if name.startswith("wallet")]
    assert wallets
    assert all(row.keys() <= {"owner", "balance", "status", "opened", "version"} for row in wallets)
    with_own.close()


CONDITIONS = (
    "balance = 0", "balance < 400", "Wallet.balance.EUR > 100", "version >= 3", "not balance < 100",
    "greatest > 4000", "Wallet.balance > 1000", "balance is null", "kind = 'Order' and events > 5",
    "place = 'A' or status = 'open'",
)  # fmt: skip


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_is_found_is_so_where_it_is_found_and_nowhere_else(tmp_path: Path, condition: str) -> None:
    chosen = recipe(("Order", SQL), ("Wallet", WALLETS), base=Recipe("latest"))
    document = opened(shop(tmp_path / "shop.jsonl", 300), chosen)
    meant = condition_of(document.history, document.noun, condition)
    found = find(document.history, meant)
    ready = ConditionInState(document.history, meant)
    for position in range(1, 301, 7):
        state = document.history.state(position)
        flags = ready.of(state)
        wanted = {state.entity(code) for code in state.codes.tolist() if flags[code]}
        there = {
            each.entity
            for each in found
            if each.start <= position and (each.stop is None or position < each.stop)
        }
        assert there == wanted, position
    document.close()


def test_an_order_has_no_balance_of_zero_and_a_new_wallet_has(tmp_path: Path) -> None:
    log = tmp_path / "shop.jsonl"
    events = [("Wallet", "w-1", "WalletOpened", {"owner": "Ada"}), ("Order", "o-1", "Placed", {"total": 5})]
    lines = [
        {"aggregateType": kind, "aggregateId": name, "type": said, "data": data}
        for kind, name, said, data in events
    ]
    log.write_text("".join(json.dumps(each) + "\n" for each in lines))
    document = opened(log, recipe(("Wallet", WALLETS), base=Recipe("latest")))
    state = {name: row["balance"] for name, row in document.history.state(2).items()}
    assert state == {"w-1": 0, "o-1": None}
    condition = condition_of(document.history, document.noun, "balance = 0")
    assert [each.entity for each in find(document.history, condition)] == ["w-1"]
    document.close()


@pytest.mark.parametrize("chosen", CHOICES.values(), ids=CHOICES)
def test_a_branch_of_a_log_of_kinds_is_the_log_read_without_the_event(tmp_path: Path, chosen: Recipe) -> None:
    log = shop(tmp_path / "shop.jsonl", 200)
    document = opened(log, chosen)
    lines = log.read_text().splitlines(keepends=True)
    for skipped in (3, 50, 120):
        other = tmp_path / f"without-{skipped}.jsonl"
        other.write_text("".join(lines[: skipped - 1] + lines[skipped:]))
        without = opened(other, document.read_model.recipe)
        branch = Branch(document.history, document.read_model, [Edit("skip", skipped)])
        found = {
            name: {k: v for k, v in row.items() if v is not None} for name, row in branch.items(len(branch))
        }
        assert found == shown(without, 199)
        without.close()
    document.close()


@pytest.mark.parametrize("chosen", CHOICES.values(), ids=CHOICES)
def test_a_kept_index_knows_the_read_models_of_kinds_and_grows_with_the_log(
    tmp_path: Path, chosen: Recipe
) -> None:
    log = shop(tmp_path / "shop.jsonl", 40_000)
    whole = log.read_bytes()
    cut = whole.index(b"\n", len(whole) - 100_000) + 1
    log.write_bytes(whole[:cut])
    cache = tmp_path / "cache"
    first = opened(log, chosen, cache_dir=cache)
    assert first.keep(OpenOptions(projection=chosen, cache_dir=cache)) is not None
    first.close()
    again = opened(log, chosen, cache_dir=cache)
    assert again.read_model.recipe == first.read_model.recipe
    other = opened(log, WALLETS, cache_dir=cache)
    assert other.read_model.recipe != again.read_model.recipe
    other.close()
    again.close()
    log.write_bytes(whole)
    grown = opened(log, chosen, cache_dir=cache)
    anew = opened(log, chosen)
    assert shown(grown, 40_000) == shown(anew, 40_000)
    grown.close()
    anew.close()


def test_kinds_that_the_names_of_entities_tell_have_read_models_too(tmp_path: Path) -> None:
    log = tmp_path / "names.jsonl"
    events = [
        {"type": "MoneyDeposited", "aggregateId": f"Wallet|w-{n % 5}", "data": {"amount": n}}
        if n % 2
        else {"type": "Placed", "aggregateId": f"Order|o-{n % 6}", "data": {"total": n}}
        for n in range(1, 101)
    ]
    log.write_text("".join(json.dumps(each) + "\n" for each in events))
    fields = FieldMap("type", None, "aggregateId", "data", form="{kind}|{id}")
    document = opened(log, recipe(("Wallet", WALLETS), base=Recipe("latest")), fields=fields)
    state = dict(document.history.state(100).items())
    assert state["Wallet|w-1"]["balance"] == sum(n for n in range(1, 101) if n % 2 and n % 5 == 1)
    assert state["Order|o-0"]["total"] == 96
    assert state["Order|o-0"]["balance"] is None
    document.close()


def test_a_kind_that_no_entity_is_of_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    log = shop(tmp_path / "shop.jsonl", 60)
    plain = tmp_path / "plain.jsonl"
    plain.write_text('{"type": "Opened", "accountId": "a"}\n')
    for path, name, said in (
        (log, "Walet", r"no entities of a kind “Walet”, but of .*shop\.Wallet"),
        (plain, "Wallet", "tells no kinds"),
    ):
        document = opened(path, recipe((name, WALLETS)))
        with pytest.raises(LogError, match=said):
            document.check_kinds()
        document.close()
    document = opened(log, recipe(("WALLET", WALLETS)))
    document.check_kinds()
    document.close()


def test_the_code_of_the_others_is_not_run_for_a_kind_with_a_read_model_of_its_own(tmp_path: Path) -> None:
    chosen = recipe(("Order", SQL), base=Recipe("orders.py", "python", ORDERS_PY))
    document = opened(shop(tmp_path / "shop.jsonl", 30), chosen)
    code = TracedCode(document)
    order = next(at for at in range(1, 31) if document.event(at).kind == "shop.Order")
    assert "of its own" in code.of("python", order).said
    assert code.recipes["python"].by_kind == ()
    code.close()
    document.close()


def test_stated_balances_of_one_kind_are_checked_and_events_of_nobody_are_said(tmp_path: Path) -> None:
    log = tmp_path / "mixed.jsonl"
    ledger = [
        {"kind": "Ledger", "account": "l-1", "type": "Entry", "data": {"amount": moved, "balance": there}}
        for moved, there in ((10, 10), (-3, 7), (5, 12), (1, 14), (2, 16))
    ]
    others = [
        {"kind": "Order", "account": f"o-{n}", "type": "Placed", "data": {"total": n}} for n in range(3)
    ]
    log.write_text(
        "".join(json.dumps(each) + "\n" for each in [*ledger, *others, {"type": "Swept", "data": {"n": 1}}])
    )
    fields = FieldMap("type", None, "account", "data", kind="kind")
    document = opened(log, recipe(("Ledger", Recipe("balances")), base=Recipe("latest")), fields=fields)
    kinds = {each.kind: each for each in document.warnings}
    assert "14" in kinds["balance-differs"].text
    assert kinds["balance-differs"].first == 4
    assert kinds["no-entity"].count == 1
    document.close()


def test_versions_are_not_added_up_over_entities(tmp_path: Path) -> None:
    document = opened(shop(tmp_path / "shop.jsonl", 300), CHOICES["built-in"])
    told = document.totals_text(300)
    assert "balance" in told
    assert "version" not in told
    document.close()
