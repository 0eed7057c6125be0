"""Is an entity of the kind that its events or its name say, and has a kind the fields that were set of its entities?"""

import json
from contextlib import closing
from decimal import Decimal

import numpy as np
import pytest

from explorer.history.find import find
from explorer.history.kinds import entity_kinds
from explorer.session.document import Document
from explorer.session.find.finding import condition_of
from explorer.session.find.state_filter import StateFilter
from explorer.session.options import OpenOptions
from tests.cli.asked import answer, run


def record(number, kind, entity, **data):
    return {
        "type": f"{kind}Changed", "aggregateType": f"Shop::{kind}", "aggregateId": entity, "version": number,
        "at": f"2026-01-{number:02}T10:00:00Z", "data": data,
    }  # fmt: skip


SHOP = [
    record(1, "Order", "o-1", total=12.5, customer="Ada"),
    record(2, "Wallet", "w-1", coins=3),
    record(3, "Order", "o-2", total=1, customer="Linus"),
    record(4, "Wallet", "w-2", coins=9),
    record(5, "Wallet", "w-1", coins=1),
]


def written(folder, records):
    path = folder / "shop.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
    return str(path)


@pytest.fixture
def shop(tmp_path):
    document = Document.open(written(tmp_path, SHOP), OpenOptions())
    yield document
    document.close()


def test_the_member_that_tells_the_kind_is_found_and_each_entity_is_of_one(shop):
    assert shop.history.log.fields.kind == "aggregateType"
    kinds = shop.entity_kinds
    assert kinds.names == ("Shop::Order", "Shop::Wallet")
    entities = list(shop.history.entities)
    assert [entities[at] for at in kinds.flags("Shop::Wallet").nonzero()[0]] == ["w-1", "w-2"]
    assert kinds.mixed == ()


def test_a_kind_has_the_fields_of_its_entities(shop):
    kinds, history = shop.entity_kinds, shop.history
    assert [field.name for field in kinds.fields(history, "Shop::Order")] == ["total", "customer"]
    assert [field.name for field in kinds.fields(history, "Shop::Wallet")] == ["coins"]


def test_a_kind_is_meant_by_its_last_word_in_any_letters(shop):
    kinds = shop.entity_kinds
    assert kinds.meant("wallet") == kinds.meant("Wallet") == kinds.meant("Shop::Wallet") == "Shop::Wallet"
    assert kinds.meant("Basket") is None
    assert kinds.short("Shop::Order") == "Order"


def test_a_name_tells_the_kind_where_its_form_is_known(tmp_path):
    records = [
        {"type": "Changed", "at": f"2026-01-0{number}", "entity": entity, "data": {"n": number}}
        for number, entity in enumerate(("Order|1", "Wallet|1", "Order|2"), 1)
    ]
    document = Document.open(written(tmp_path, records), OpenOptions())
    if document.history.log.fields.form is not None:
        assert document.entity_kinds.names == ("Order", "Wallet")
    document.close()


def test_an_id_of_two_kinds_is_of_none_and_is_said(tmp_path, capsys):
    rest = [record(number, "Order", f"o-{number}", total=1) for number in range(10, 20)]
    path = written(tmp_path, [*SHOP, *rest] * 20 + [record(20, "Wallet", "o-1", coins=5)])
    document = Document.open(path, OpenOptions())
    kinds = entity_kinds(document.history)
    assert kinds.mixed == ("o-1",)
    assert kinds.of[document.history.entities.find("o-1")] == -1
    document.close()
    _, _, err = run(capsys, "state", path, "--kind", "Order")
    assert "o-1" in err


def test_the_command_line_tells_one_kind_with_its_own_columns(tmp_path, capsys):
    path = written(tmp_path, SHOP)
    found = answer(capsys, "state", path, "--kind", "order")
    assert found["state"] == {
        "o-1": {"total": Decimal("12.5"), "customer": "Ada"},
        "o-2": {"total": 1, "customer": "Linus"},
    }
    _, out, _ = run(capsys, "state", path, "--kind", "Wallet", "--format", "csv")
    assert out.splitlines() == ["entity,coins", "w-1,1", "w-2,9"]
    _, out, _ = run(
        capsys, "state", path, "--kind", "Wallet", "--sort=-coins", "--top", "1", "--format", "csv"
    )
    assert out.splitlines() == ["entity,coins", "w-2,9"]
    found = answer(capsys, "find", path, "coins > 0 or total > 0", "--kind", "Wallet")
    assert [each["account"] for each in found["intervals"]] == ["w-1", "w-2"]


def test_events_are_filtered_by_the_kind_of_their_entity(shop):
    def found(text):
        rows = shop.filter(text).rows()
        return [shop.entry(int(row)).entity for row in rows]

    assert found("kind:Wallet") == ["w-1", "w-2", "w-1"]
    assert found("-kind:Wallet") == found("kind:order") == ["o-1", "o-2"]
    assert found("kind:Basket") == []


def test_a_kind_that_there_is_not_is_refused_with_those_that_there_are(tmp_path, capsys):
    status, out, err = run(capsys, "state", written(tmp_path, SHOP), "--kind", "Basket")
    assert (status, out) == (2, "")
    assert "Shop::Order, Shop::Wallet" in err
    status, _, err = run(
        capsys, "state", written(tmp_path, [{**SHOP[0], "aggregateType": None}]), "--kind", "Order"
    )
    assert status == 2
    assert "nothing in this log tells the kinds" in err


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("kind = 'Order'", ["o-1", "o-2"]),
        ("kind = 'wallet' and coins > 3", ["w-2"]),
        ("kind <> 'Shop::Order' and coins < 3", ["w-1"]),
        ("not kind = 'Order'", ["w-1", "w-2"]),
        ("kind in ('Order', 'Wallet') and total > 2", ["o-1"]),
        ("kind = 'Tea'", []),
        ("kind is null", []),
    ],
)
def test_a_condition_may_ask_for_the_kind(shop, condition, found):
    history = shop.history
    state = history.state(len(history))
    flags = StateFilter(history, shop.noun, condition).flags(state)
    assert [state.entity(code) for code in np.flatnonzero(flags)] == found
    held = {
        each.entity
        for each in find(history, condition_of(history, shop.noun, condition))
        if each.stop is None
    }
    assert held == set(found)


def test_a_field_that_is_called_kind_is_the_field(tmp_path):
    path = written(tmp_path, [{**each, "data": {"kind": "blue"}} for each in SHOP[:2]])
    with closing(Document.open(path, OpenOptions())) as document:
        history = document.history
        assert len(find(history, condition_of(history, document.noun, "kind = 'blue'"))) == 2


def test_kinds_of_very_many_entities_are_read_by_their_one_member(tmp_path, monkeypatch):
    whole = Document.open(written(tmp_path, SHOP), OpenOptions())
    monkeypatch.setattr("explorer.history.kinds.MOST_ENTITIES", 1)
    with closing(whole):
        assert whole.log.tells_kinds_soon
        assert entity_kinds(whole.recorded).names == ("Shop::Order", "Shop::Wallet")
