"""Does a condition hold in a state where a look at the plain fold says so?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.columns import nested_fields, paths
from explorer.history.conditions import opposite, parse_condition
from explorer.history.find import BLOCK_EVENTS, ConditionInState, Intervals, find, find_each, joined
from explorer.history.history import History
from explorer.projection.accounts import Accounts
from explorer.projection.choose import choose
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe
from explorer.session.exact_json import dumps

type State = dict[str, object]


def parts(state: State) -> list[Decimal]:
    balance = state["balance"]
    return [Decimal(str(part)) for part in (balance.values() if isinstance(balance, dict) else [balance])]


CONDITIONS = {
    "balance < 0": lambda _, state: any(part < 0 for part in parts(state)),
    "balance >= 1.5 or status = 'frozen'": lambda _, state: (
        any(part >= Decimal("1.5") for part in parts(state)) or state["status"] == "frozen"
    ),
    "not status is null": lambda _, state: state["status"] is not None,
    "balance.EUR <> 0": lambda _, state: (
        isinstance(state["balance"], dict) and state["balance"].get("EUR", 0) != 0
    ),
    "version >= 2 and account = 'a'": lambda name, state: int(str(state["version"])) >= 2 and name == "a",
    "balance > 99999999999999999999": lambda _, state: any(part > 10**20 - 1 for part in parts(state)),
}


@st.composite
def records(draw: st.DrawFn) -> dict[str, object]:
    kinds = ["AccountOpened", "MoneyDeposited", "MoneyWithdrawn", "AccountFrozen"]
    kind = draw(st.sampled_from(kinds))
    data: dict[str, object] = {"accountId": draw(st.sampled_from("abc"))}
    if kind.startswith("Money"):
        data["amount"] = draw(st.sampled_from([1, Decimal("1.50"), Decimal("0.005"), 10**20]))
        if draw(st.booleans()):
            data["currency"] = draw(st.sampled_from(["EUR", "USD"]))
    return {"type": kind, "data": data, "at": f"2026-01-{draw(st.integers(1, 28)):02}T00:00:00Z"}


def written(path, given_records):
    path.write_text("".join(dumps(record, indent=-1) + "\n" for record in given_records))
    return path


@given(given_records=st.lists(records(), min_size=1, max_size=20))
def test_a_condition_holds_where_the_plain_fold_makes_it_true(tmp_path_factory, given_records):
    path = written(tmp_path_factory.mktemp("log") / "log.jsonl", given_records)
    with open_log(path) as log:
        model = Accounts()
        history = collect(log, lambda _: Accounts()).history("log")
        holdings = {
            text: ConditionInState(history, parse_condition(text, history.fields, noun="account"))
            for text in CONDITIONS
        }
        for position in range(len(history) + 1):
            state = history.state(position)
            folded = fold(model, [history.event(at) for at in range(1, position + 1)])
            for text, holds in CONDITIONS.items():
                flags = holdings[text].of(state)
                found = {state.entity(code) for code in state.codes.tolist() if flags[code]}
                wanted = {
                    name for name, values in folded.items() if holds(name, without_hidden(model, values))
                }
                assert found == wanted, text


@given(given_records=st.lists(records(), min_size=1, max_size=20), size=st.integers(1, 5))
def test_searching_block_by_block_finds_the_same(tmp_path_factory, given_records, size):
    path = written(tmp_path_factory.mktemp("log") / "log.jsonl", given_records)
    with open_log(path) as log, pytest.MonkeyPatch.context() as patch:
        history = collect(log, lambda _: Accounts()).history("log")
        for text in CONDITIONS:
            reported = Reported()
            condition = parse_condition(text, history.fields, noun="account")
            patch.setattr("explorer.history.find.BLOCK_EVENTS", BLOCK_EVENTS)
            whole = find(history, condition)
            patch.setattr("explorer.history.find.BLOCK_EVENTS", size)
            blocks = list(find_each(history, condition, reported.add))
            assert (len(history.entities), len(history.entities)) in reported.steps
            assert told(history, joined(blocks)) == [(each.entity, each.start, each.stop) for each in whole]


class Reported:
    """Who is told how far a search has come."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def add(self, done: int, total: int) -> None:
        self.steps.append((done, total))


def told(history: History, found: Intervals) -> list[tuple[str, int, int | None]]:
    columns = zip(found.owners.tolist(), found.starts.tolist(), found.stops.tolist(), strict=True)
    return [(history.entities[owner], start, None if stop < 0 else stop) for owner, start, stop in columns]


@pytest.fixture
def customers(tmp_path):
    lines = [
        {"type": "CustomerMoved", "data": {"id": "c1", "address": {"city": "Bern", "zip": {"code": 3000}}}},
        {"type": "CustomerMoved", "data": {"id": "c2", "address": {"city": "Basel"}, "tags": ["a", "b"]}},
        {"type": "CustomerMoved", "data": {"id": "c1", "address": {"city": "Basel"}}},
    ]
    with open_log(written(tmp_path / "customers.jsonl", lines)) as log:
        yield collect(log, lambda sample: choose(Recipe("latest"), sample, log.fields)).history("log")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("address.city = 'Basel'", [("c1", 3, None), ("c2", 2, None)]),
        ("address.zip.code >= 3000", [("c1", 1, 3)]),
        ("address.zip.code is null", [("c1", 3, None), ("c2", 2, None)]),
        ("tags.\"1\" = 'b'", [("c2", 2, None)]),
    ],
)
def test_a_condition_reaches_into_nested_values(customers, text, found):
    condition = parse_condition(text, customers.fields, nested=nested_fields(customers))
    assert [(each.entity, each.start, each.stop) for each in find(customers, condition)] == found
    state = customers.state(len(customers))
    flags = ConditionInState(customers, condition).of(state)
    assert [state.entity(code) for code in state.codes if flags[code]] == [
        entity for entity, _, stop in found if stop is None
    ]


def test_the_parts_of_nested_values_are_known(customers):
    assert nested_fields(customers) == ["address", "tags"]
    assert paths(customers, "address") == [("city",), ("zip", "code")]


def test_what_breaks_a_rule_is_what_is_definitely_false():
    fields = Accounts.fields
    rule = parse_condition("not (balance >= 0 and status = 'open') or version > 1", fields)
    assert opposite(rule) == parse_condition("(balance >= 0 and status = 'open') and version <= 1", fields)
    assert opposite(parse_condition("status is null", fields)).operator == "<>"
