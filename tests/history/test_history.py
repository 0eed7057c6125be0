"""Is the change index, at any position and in any order, what the plain fold says?"""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.cli.commands.generate import account_log
from explorer.eventlog.event import Event
from explorer.eventlog.log import open_log
from explorer.history import events as events_module
from explorer.history import field_history, totals
from explorer.history.collect import Collected, collect
from explorer.history.conditions import parse_condition
from explorer.history.difference import diff
from explorer.history.events import running
from explorer.history.history import Order
from explorer.history.state import sorted_codes, top_codes
from explorer.projection.choose import choose
from explorer.projection.exact import add
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.exact_json import dumps
from explorer.session.find.finding import search

AMOUNTS = st.one_of(
    st.integers(-(10**6), 10**6),
    st.decimals(min_value=-1000, max_value=1000, places=2),
    st.sampled_from(
        [10**19, Decimal("0.10000000000000000001"), Decimal("-1e30"), 2**63 - 1, Decimal("1.5e3")]
    ),
)
ACCOUNTS = st.sampled_from(["a", "b", "c", "Ünï\u202e", ""])
CURRENCIES = st.sampled_from([None, None, "EUR", "USD"])


ACCOUNTS_MODEL = Recipe("accounts")
SQL = [
    Recipe(
        "every fold",
        "sql",
        """SELECT data.accountId AS account, sum(data.amount) AS total, coalesce(sum(data.amount), 0) AS balance,
             count(*) AS n, count(data.owner) AS owners, min(data.amount) AS least, max(data.amount) AS most,
             first(data.owner) AS first_owner, last(data.owner) AS owner, avg(data.amount) AS mean,
             min(data.owner) AS a, max(at) AS latest
           FROM events GROUP BY account""",
    ),
    Recipe(
        "several entities",
        "sql",
        """WITH moves AS (SELECT data.fromAccountId AS account, -data.amount AS amount FROM events
             UNION ALL SELECT data.toAccountId, data.amount FROM events
             UNION ALL SELECT data.accountId, CASE type WHEN 'MoneyDeposited' THEN data.amount
                 WHEN 'MoneyWithdrawn' THEN -data.amount END FROM events)
           SELECT account, sum(amount) AS balance, count(*) AS version, max(amount) AS most
           FROM moves WHERE account IS NOT NULL GROUP BY account""",
    ),
    Recipe(
        "composite key and conditions on values",
        "sql",
        """SELECT data.accountId AS account, data.currency AS currency, count(*) FILTER (WHERE data.amount > 10) AS big,
             sum(data.amount * 2) - sum(data.amount) AS balance, min(data.amount) FILTER (WHERE data.owner IS NULL) AS m
           FROM events GROUP BY account, data.currency""",
    ),
]


@st.composite
def account_records(draw: st.DrawFn) -> dict[str, object]:
    kind = draw(
        st.sampled_from(
            [
                "AccountOpened",
                "MoneyDeposited",
                "MoneyWithdrawn",
                "MoneyTransferred",
                "AccountFrozen",
                "OwnerChanged",
                "Odd",
            ]
        )
    )
    data: dict[str, object] = {"accountId": draw(ACCOUNTS)}
    if kind == "MoneyTransferred":
        data = {"fromAccountId": draw(ACCOUNTS), "toAccountId": draw(ACCOUNTS)}
    if kind.startswith("Money") and draw(st.integers(0, 9)):
        data["amount"] = draw(AMOUNTS)
    if (currency := draw(CURRENCIES)) is not None:
        data["currency"] = currency
    if kind in {"AccountOpened", "OwnerChanged"}:
        data["owner"] = draw(st.sampled_from(["Ada", "Bo", "", "<b>"]))
    record: dict[str, object] = {"type": kind, "data": data}
    if draw(st.integers(0, 9)):
        day = draw(st.integers(1, 28))
        record["at"] = f"2026-01-{day:02}T10:00:00Z"
    return record


def build(
    folder: Path, records: list[dict[str, object]], projection: Recipe = ACCOUNTS_MODEL
) -> tuple[Collected, list[Event]]:
    path = folder / "log.jsonl"
    head = {"type": "AccountOpened", "data": {"accountId": "a", "owner": "Ada"}, "at": "2026-01-10T00:00:00Z"}
    path.write_text("".join(dumps(record, indent=-1) + "\n" for record in [head, *records]), encoding="utf-8")
    with open_log(path) as log:
        collected = collect(log, lambda sample: choose(projection, sample, log.fields))
        return collected, [collected.events.event(place) for place in range(1, len(collected.events) + 1)]


def state_by_fold(collected: Collected, events: list[Event]) -> dict[str, dict[str, object]]:
    return {
        entity: without_hidden(collected.model, state)
        for entity, state in fold(collected.model, events).items()
    }


def exactly(value: object) -> object:
    """Equal only for values that show the same digits: 1 and 1.0 differ, 1 and true differ."""
    if isinstance(value, dict):
        return {key: exactly(inner) for key, inner in value.items()}
    return (
        (type(value).__name__, str(value))
        if not isinstance(value, Decimal)
        else ("Decimal", format(value, "f"))
    )


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("projection", [ACCOUNTS_MODEL, Recipe("latest"), *SQL], ids=lambda each: each.name)
@given(records=st.lists(account_records(), max_size=30), data=st.data())
def test_the_state_at_any_position_is_the_fold_of_the_events_before_it(
    tmp_path_factory: pytest.TempPathFactory,
    order: str,
    projection: Recipe,
    records: list[dict[str, object]],
    data: st.DataObject,
) -> None:
    collected, recorded = build(tmp_path_factory.mktemp("log"), records, projection)
    history = collected.history(order)
    events = [recorded[history.log_position(position) - 1] for position in range(1, len(history) + 1)]
    assert len(events) == len(records) + 1
    for _ in range(5):
        position = data.draw(st.integers(0, len(events)))
        expected = state_by_fold(collected, events[:position])
        found = dict(history.state(position).items())
        for state in (
            *expected.values(),
            *found.values(),
        ):  # the fold learns the fields of `latest` on its way
            for field in history.fields:
                if not field.hidden:
                    state.setdefault(field.name, None)
        assert exactly(found) == exactly(expected)


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("block", [1, 3, 4_096])
@given(records=st.lists(account_records(), max_size=30), data=st.data())
def test_the_totals_at_any_position_are_those_of_the_states_of_all_entities(
    tmp_path_factory: pytest.TempPathFactory,
    order: str,
    block: int,
    records: list[dict[str, object]],
    data: st.DataObject,
) -> None:
    collected, _ = build(tmp_path_factory.mktemp("log"), records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(totals, "BLOCK_CHANGES", block)
        history = collected.history(order)
        for _ in range(5):
            position = data.draw(st.integers(1, len(history)))
            states = dict(history.state(position).items()).values()
            found = history.totals(position)
            money: dict[object, object] = {}
            for state in states:
                balance = state["balance"]
                for key, amount in balance.items() if isinstance(balance, dict) else [(None, balance)]:
                    money[key or None] = add(money.get(key or None, 0), amount)
            sums = {key: amount for key, amount in found["balance"].items() if amount}
            assert sums == {key: amount for key, amount in money.items() if amount}
            if "status" in found:
                statuses = Counter(state["status"] for state in states if state["status"] is not None)
                assert found["status"] == statuses


@given(records=st.lists(account_records(), max_size=40), count=st.integers(0, 6), descending=st.booleans())
def test_the_top_ones_are_the_first_ones_of_all_sorted(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]], count: int, descending: bool
) -> None:
    collected, _ = build(tmp_path_factory.mktemp("log"), records)
    history = collected.history()
    state = history.state(len(history))
    for field in state.fields:
        every = sorted_codes(state, field, descending=descending)
        assert top_codes(state, field, count, descending=descending).tolist() == every[:count].tolist()


@given(records=st.lists(account_records(), max_size=40), position=st.integers(0, 41))
def test_keyframes_never_change_the_answer(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]], position: int
) -> None:
    collected, _ = build(tmp_path_factory.mktemp("log"), records)
    position = min(position, len(records))
    plain = dict(collected.history().state(position).items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(field_history, "KEYFRAME_CHANGES", 1)
        framed = collected.history()
        for line in framed.field_histories.values():
            line._interval = 1
            stepped = np.full(len(line.offsets) - 1, field_history.NONE)
            line._apply(stepped, 0, len(line.moments))
            assert line.head(len(framed)).tolist() == stepped.tolist()
        framed.make_keyframes()
        assert dict(framed.state(len(framed)).items()) == dict(collected.history().state(len(framed)).items())
        assert dict(framed.state(position).items()) == plain


@given(records=st.lists(account_records(), max_size=30), data=st.data())
def test_the_changes_of_a_field_lead_to_its_value(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]], data: st.DataObject
) -> None:
    collected, _ = build(tmp_path_factory.mktemp("log"), records)
    history = collected.history()
    position = data.draw(st.integers(0, len(history)))
    for entity, state in history.state(position).items():
        sums: dict[object, object] = {}
        for change in history.changes_of(entity, "balance", position):
            assert change.before == sums.get(change.key, 0)
            sums[change.key] = change.after
        if list(sums) == [None]:
            assert state["balance"] == sums[None]
        elif sums:
            assert state["balance"] == {key or "": value for key, value in sums.items()}


@given(records=st.lists(account_records(), max_size=30), data=st.data())
def test_a_diff_is_the_difference_of_two_states(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]], data: st.DataObject
) -> None:
    collected, _ = build(
        tmp_path_factory.mktemp("log"),
        records,
        data.draw(st.sampled_from([ACCOUNTS_MODEL, Recipe("latest"), *SQL])),
    )
    history = collected.history()
    start, stop = (data.draw(st.integers(0, len(history))) for _ in range(2))
    before, after = (dict(history.state(position).items()) for position in (start, stop))
    found = {each.entity: each for each in diff(history, start, stop)}
    sums = {field.name for field in history.fields if field.is_number}  # 20 and 20.00 are the same balance
    wanted = {}
    for entity in set(before) | set(after):
        old, new = before.get(entity), after.get(entity)
        kind = "added" if old is None else "removed" if new is None else "changed"
        names = list(new if old is None else old)  # type: ignore[arg-type]
        pairs = {name: ((old or {}).get(name), (new or {}).get(name)) for name in names}
        other = {
            name: (first, second)
            for name, (first, second) in pairs.items()
            if (first != second if name in sums else exactly(first) != exactly(second))
        }
        if other or kind != "changed":
            wanted[entity] = kind, other
    shown = {
        name: (each.kind, {one.field.name: (one.before, one.after) for one in each.fields})
        for name, each in found.items()
    }
    assert shown == wanted
    assert set(found) <= set(before) | set(after)


@given(records=st.lists(account_records(), max_size=30))
def test_sorting_by_a_field_is_exact(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]]
) -> None:
    collected, _ = build(tmp_path_factory.mktemp("log"), records)
    history = collected.history()
    state = history.state(len(history))
    field = next(field for field in state.fields if field.name == "balance")
    values = [state.value(code, field) for code in sorted_codes(state, field).tolist()]
    plain = [value for value in values if not isinstance(value, dict)]
    if len(plain) == len(values):
        assert plain == sorted(plain)
    owner = next(field for field in state.fields if field.name == "owner")
    owners = [state.value(code, owner) for code in sorted_codes(state, owner, descending=True).tolist()]
    named = [str(name) for name in owners if name is not None]
    assert named == sorted(named, key=lambda name: (name.casefold(), name), reverse=True)
    assert owners[len(named) :] == [None] * (len(owners) - len(named))


def test_a_30_digit_amount_is_exact_and_slows_no_other_account(tmp_path: Path) -> None:
    records = [
        {"type": "MoneyDeposited", "data": {"accountId": "rich", "amount": 10**30}},
        {"type": "MoneyDeposited", "data": {"accountId": "rich", "amount": Decimal("0.01")}},
        {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": Decimal("0.10")}},
    ]
    history = build(tmp_path, records)[0].history()
    state = dict(history.state(4).items())
    assert format(state["rich"]["balance"], "f") == "1" + "0" * 30 + ".01"
    assert str(state["a"]["balance"]) == "0.10"
    assert len(history.field_histories["balance"].values.wide) == 2


def test_the_position_as_of_a_time_is_a_prefix_even_when_times_run_backwards(tmp_path: Path) -> None:
    days = [10, 12, 11, 13]
    records = [
        {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": 1}, "at": f"2026-01-{day}T10:00:00Z"}
        for day in days
    ]
    collected, _ = build(tmp_path, records)
    log_order, time_order = collected.history("log"), collected.history("time")
    eleventh = 1_768_125_600 * 10**9  # 2026-01-11T10:00:00Z
    assert log_order.position_at(eleventh) == 2  # the event of the 12th, recorded third, stands in the way
    assert time_order.position_at(eleventh) == 3
    assert time_order.position_at(eleventh, inclusive=False) == 2
    assert collected.events.out_of_order.tolist() == [4]
    assert [time_order.log_position(position) for position in range(1, 6)] == [1, 2, 4, 3, 5]
    assert [time_order.position_of(position) for position in range(1, 6)] == [1, 2, 4, 3, 5]


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_moments_and_late_events_are_the_same_however_many_are_looked_at_together(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "_TESTED_AT_ONCE", at_once)
    path, days = tmp_path / "log.jsonl", [None, None, 2, 1, None, 2, 3, 0, 1, None, 3, 9, 8, None]
    told = [
        {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": 1}}
        | ({} if day is None else {"at": f"2026-01-1{day}"})
        for day in days
    ]
    path.write_text("".join(json.dumps(event) + "\n" for event in told))
    clock = [
        max((day for day in days[:stop] if day is not None), default=None) for stop in range(len(days) + 1)
    ]
    with open_log(path) as log:
        for positions in ([0, 1, 2, 3, 15], [4, 6, 8, 14, -1], range(-1, 16)):  # few, few and then many
            history = collect(log, lambda sample: choose(Recipe("accounts"), sample, log.fields)).history()
            for position in positions:
                day = clock[position] if 1 <= position <= len(days) else None
                wanted = None if day is None else int(np.datetime64(f"2026-01-1{day}", "ns").astype(np.int64))
                assert history.moment_ns(position) == wanted
            assert ("clock" in vars(history)) == (len(positions) > 8)
        assert history.events.out_of_order.tolist() == [4, 8, 9, 13]
        assert history.events.untimed.tolist() == [1, 2, 5, 10, 14]


def test_an_event_that_cannot_be_applied_is_a_problem_and_changes_nothing(tmp_path: Path) -> None:
    records = [
        {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": "lots"}},
        {"type": "Mystery", "data": {"accountId": "a", "amount": 5}},
        {"type": "MoneyDeposited", "data": {"accountId": "a", "amount": 5}},
    ]
    collected, _ = build(tmp_path, records)
    assert [(problem.position, problem.reason) for problem in collected.problems] == [
        (2, "its amount is not a number")
    ]
    assert collected.unknown == {"Mystery": 1}
    history = collected.history()
    assert history.state(1).row(0) == history.state(3).row(0)
    assert history.state(4).row(0)["balance"] == 5
    assert history.positions_of("a").tolist() == [1, 2, 3, 4]  # all four are about it


def test_a_position_outside_the_log_is_refused(tmp_path: Path) -> None:
    history = build(tmp_path, [])[0].history()
    with pytest.raises(IndexError):
        history.state(2)
    with pytest.raises(IndexError):
        history.state(-1)


def test_an_empty_log_has_one_position_and_no_state(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"")
    with open_log(path) as log:
        history = collect(log, lambda sample: choose(Recipe(), sample, log.fields)).history()
    assert len(history) == 0
    assert dict(history.state(0).items()) == {}


def test_the_json_of_a_state_shows_every_digit(tmp_path: Path) -> None:
    history = build(
        tmp_path, [{"type": "MoneyDeposited", "data": {"accountId": "a", "amount": Decimal("1.50E+3")}}]
    )[0].history()
    text = dumps(dict(history.state(2).items()))
    assert '"balance": 1500' in text
    assert json.loads(text)["a"]["balance"] == 1500


@pytest.mark.parametrize("order", ["log", "time"])
def test_positions_that_are_handed_out_have_room_to_be_reckoned_with(order: Order, tmp_path: Path) -> None:
    """Inside they are kept in fewer bytes; times a number of pixels they would not fit into those."""
    log = tmp_path / "log.jsonl"
    log.write_text("".join(sorted(account_log(400, 5, 1), reverse=True)))
    document = Document.open(str(log))
    document.set_order(order)
    history = document.history
    some = np.arange(1, len(history) + 1)
    told = [history.in_order(some), history.in_log(some), history.positions_of(history.entities[0])]
    for text in ("balance > 0", "balance > 0 and status = 'open'"):
        condition = parse_condition(text, history.fields, noun="account")
        told.append(search(document, condition, lambda _done, _total: None).positions)
    told.append(document.filter("Money").rows())
    told += [document.warned(warning.kind).positions for warning in document.warnings]
    assert "out-of-order" in {warning.kind for warning in document.warnings}
    assert {part.dtype for part in told} == {np.dtype(np.int64)}
    document.close()


@given(records=st.lists(account_records(), max_size=30))
def test_which_came_to_be_how_manieth_is_known_of_one_as_of_all(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, object]]
) -> None:
    for recipe in (ACCOUNTS_MODEL, *SQL):
        history = build(tmp_path_factory.mktemp("log"), records, recipe)[0].history()
        for line in history.field_histories.values():
            ranks = line.birth_ranks.tolist()
            assert [line.birth_rank(slot) for slot in range(len(ranks))] == ranks


@given(st.lists(st.integers(-3, 3)), st.data())
def test_the_running_maximum_of_times_goes_on_from_that_of_the_first_of_them(numbers: list[int], data):
    times = np.array(numbers, np.int64)
    whole, _ = running(times)
    assert whole.tolist() == np.maximum.accumulate(times).tolist() if numbers else not len(whole)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(numbers)), min_size=1, max_size=4)))
    known = [(*running(times[: cuts[0]]), cuts[0])]
    for count in [*cuts[1:], len(numbers)]:
        before, room, _ = data.draw(st.sampled_from([known[-1], known[0]]))  # whoever goes on, from wherever
        known.append((*running(times[:count], before, room), count))
    for found, _, count in known:
        assert found.tolist() == whole[:count].tolist()  # it stays as it is when more is added
