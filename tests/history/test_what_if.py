"""Is a branch the plain fold of the edited log, at every position and in both orders, and are its rejections right?"""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.domain.account import NOTHING, evolve
from explorer.domain.rules import judge
from explorer.eventlog.event import Event, FieldMap
from explorer.eventlog.log import open_log
from explorer.history import rejections
from explorer.history.collect import Collected, collect
from explorer.history.edits import Edit, EditError
from explorer.history.history import Order
from explorer.history.rejections import rejected
from explorer.history.what_if import Branch
from explorer.projection.accounts import Accounts
from explorer.projection.choose import choose
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe, Upcasters

MODEL = Accounts()
ORDERS: list[Order] = ["log", "time", "reversed"]
NAMES = st.sampled_from(["a", "b", "c"])
AMOUNTS = st.integers(1, 40)
DAYS = st.one_of(st.none(), st.integers(1, 9))


def record(kind: str, day: int | None, **data: object) -> dict[str, object]:
    at = {} if day is None else {"at": f"2026-01-0{day}T00:00:00Z"}
    return {"type": kind, "data": data, **at}


def moved(kind: str) -> st.SearchStrategy[dict[str, object]]:
    return st.builds(lambda a, n, d: record(kind, d, accountId=a, amount=n), NAMES, AMOUNTS, DAYS)


def became(kind: str) -> st.SearchStrategy[dict[str, object]]:
    return st.builds(lambda a, d: record(kind, d, accountId=a), NAMES, DAYS)


RECORDS = st.one_of(
    moved("MoneyDeposited"),
    moved("MoneyDeposited"),
    moved("MoneyWithdrawn"),
    st.builds(
        lambda a, b, n, d: record("MoneyTransferred", d, fromAccountId=a, toAccountId=b, amount=n),
        NAMES, NAMES, AMOUNTS, DAYS,
    ),
    became("AccountOpened"),
    became("AccountOpened"),
    became("AccountFrozen"),
    became("AccountClosed"),
    st.builds(lambda d: record("Noise", d, accountId="a"), DAYS),
)  # fmt: skip
OPENED = [record("AccountOpened", 1, accountId=name) for name in "abc"]
LOGS = st.lists(RECORDS, min_size=1, max_size=12).map(lambda records: OPENED + records)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[dict[str, object]], list[Edit], list[dict[str, object]]]:
    """A log, some edits, and the log that they make of it."""
    log = draw(LOGS)
    edits: list[Edit] = []
    other: list[dict[str, object]] = []
    for position, original in enumerate(log, 1):
        for _ in range(draw(st.sampled_from([0, 0, 0, 0, 1, 2]))):
            new = draw(RECORDS.filter(lambda each: "at" in each))
            edits.append(Edit("insert", position, json.dumps(new)))
            other.append(new)
        match draw(st.sampled_from(["", "", "", "skip", "edit"])):
            case "skip":
                edits.append(Edit("skip", position))
            case "edit":
                new = draw(RECORDS.filter(lambda each: "at" in each))
                edits.append(Edit("edit", position, json.dumps(new)))
                other.append(new)
            case _:
                other.append(original)
    if draw(st.booleans()):
        new = draw(RECORDS.filter(lambda each: "at" in each))
        edits.append(Edit("insert", len(log) + 1, json.dumps(new)))
        other.append(new)
    return log, edits, other


@contextmanager
def read(
    folder: Path, records: list[dict[str, object]], recipe: Recipe = MODEL.recipe
) -> Iterator[Collected]:
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    fields = FieldMap(time="at") if "type" in records[0] else None
    with open_log(path, fields) as log:
        yield collect(log, lambda sample: choose(recipe, sample, log.fields))


def in_order(records: list[dict[str, object]], order: Order, *, newest_first: bool = False) -> list[Event]:
    """The events of a log by the plain definition, in one order of time."""
    events = []
    backwards = order == "reversed" or (order == "time" and newest_first)
    for place, each in enumerate(records[::-1] if backwards else records):
        at = str(each.get("at", "~"))  # when something without a time happened is not known: at the end
        events.append((at if order == "time" else "", place, each))
    return [
        Event(n, str(each["type"]), None, each["data"], each.get("at"))  # type: ignore[arg-type]
        for n, (_, _, each) in enumerate(sorted(events, key=lambda one: one[:2]), 1)
    ]


TMP = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@TMP
@given(edited(), st.sampled_from(ORDERS))
def test_a_branch_is_the_plain_fold_of_the_edited_log_at_every_position(
    tmp_path: Path,
    drawn: tuple[list[dict[str, object]], list[Edit], list[dict[str, object]]],
    order: Order,
) -> None:
    records, edits, other = drawn
    with read(tmp_path, records) as collected:
        branch = Branch(collected.history(order), collected.model, edits)
        events = in_order(other, order, newest_first=collected.events.newest_first)
        assert len(branch) == len(events)
        for position in range(len(events) + 1):
            plain = fold(MODEL, events[:position])
            assert dict(branch.items(position)) == {
                name: without_hidden(MODEL, row) for name, row in plain.items()
            }
        assert [branch.event(n).type for n in range(1, len(events) + 1)] == [each.type for each in events]


@TMP
@given(edited(), st.sampled_from(ORDERS))
def test_a_branch_has_the_clock_of_the_edited_log(
    tmp_path: Path,
    drawn: tuple[list[dict[str, object]], list[Edit], list[dict[str, object]]],
    order: Order,
) -> None:
    records, edits, other = drawn
    with read(tmp_path, records) as collected:
        branch = Branch(collected.history(order), collected.model, edits)
    with read(tmp_path, other) as collected:
        assert branch.clock.tolist() == collected.history(order).clock.tolist()


@TMP
@given(edited(), st.sampled_from(ORDERS), st.data())
def test_the_difference_is_that_of_the_two_states(
    tmp_path: Path,
    drawn: tuple[list[dict[str, object]], list[Edit], list[dict[str, object]]],
    order: Order,
    data: st.DataObject,
) -> None:
    records, edits, _ = drawn
    with read(tmp_path, records) as collected:
        history = collected.history(order)
        branch = Branch(history, collected.model, edits)
        there = data.draw(st.integers(0, len(history)))
        here = data.draw(st.integers(0, len(branch)))
        before, after = dict(history.state(there).items()), dict(branch.items(here))
        wanted = {
            (name, field): (before.get(name, {}).get(field), after.get(name, {}).get(field))
            for name in before.keys() | after.keys()
            for field in ("owner", "balance", "status", "opened", "version")
            if before.get(name, {}).get(field) != after.get(name, {}).get(field)
        }
        found = {
            (each.entity, one.field.name): (one.before, one.after)
            for each in branch.differences(there, here)
            for one in each.fields
            if one.before != one.after
        }
        assert found == wanted


def rejected_by_trying_all(collected: Collected, branch: Branch, order: Order) -> list[tuple[int, str]]:
    """What the rules reject when every event of the branch is tried, whoever it is about."""
    history = collected.history(order)
    broke, bank = set(), NOTHING
    for position in range(1, len(history) + 1):
        event = history.event(position)
        if judge(bank, event, MODEL) is not None:
            broke.add(history.log_position(position))
        bank = evolve(bank, event)
    wanted, bank = [], NOTHING
    for position in range(1, len(branch) + 1):
        event = branch.event(position)
        refused = judge(bank, event, MODEL)
        if refused is not None and (branch.is_new(position) or branch.log_position(position) not in broke):
            wanted.append((position, refused.reason))
        else:
            bank = evolve(bank, event)
    return wanted


@pytest.mark.parametrize("few", [1, rejections.FEW_AT_ONCE])
@TMP
@given(edited(), st.sampled_from(ORDERS))
def test_what_is_rejected_is_what_the_rules_say_when_every_event_is_tried(
    tmp_path: Path,
    few: int,
    drawn: tuple[list[dict[str, object]], list[Edit], list[dict[str, object]]],
    order: Order,
) -> None:
    records, edits, _ = drawn
    with read(tmp_path, records) as collected, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rejections, "FEW_AT_ONCE", few)  # from how many on they are tried together
        branch = Branch(collected.history(order), collected.model, edits)
        found = [(each.position, each.refused.reason) for each in rejected(branch) or ()]
        assert found == rejected_by_trying_all(collected, branch, order)


def money_records(draw: random.Random, opened: dict[str, object] | None) -> list[dict[str, object]]:
    """A log in which money mostly moves on one account, near nothing."""
    odd = draw.random() < 0.5
    records = [] if opened is None else [record("AccountOpened", 1, accountId="a", **opened)]
    for _ in range(150):
        kind = draw.choice(["MoneyDeposited", "MoneyWithdrawn", "BalanceAdjusted"])
        amount = draw.choice([1, 2, 3, 0.5, 1.25]) * (
            draw.choice([1, -1]) if kind == "BalanceAdjusted" else 1
        )
        more = {"currency": "EUR"} if odd and not draw.randrange(40) else {}
        records.append(
            record(
                kind, draw.randrange(1, 10), accountId="aaaaaaab"[draw.randrange(8)], amount=amount, **more
            )
        )
        if odd and not draw.randrange(30):
            day, kind = (
                draw.randrange(1, 10),
                draw.choice(["AccountFrozen", "AccountUnfrozen", "AccountNoted"]),
            )
            records.append(
                record(kind, day, accountId="a", **({"overdraftLimit": 4} if kind == "AccountNoted" else {}))
            )
        if odd and not draw.randrange(30):
            records.append(record("MoneyTransferred", 5, fromAccountId="a", toAccountId="b", amount=1))
    return [*records, record("AccountOpened", 1, accountId="z")]


@pytest.mark.parametrize("opened", [{}, {"currency": "EUR"}, None])
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("order", ORDERS)
def test_stretches_that_only_move_money_are_tried_as_one_by_one(
    tmp_path: Path, seed: int, opened: dict[str, object] | None, order: Order
) -> None:
    draw = random.Random(seed)
    records = money_records(draw, opened)
    with read(tmp_path, records) as collected, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rejections, "FEW_AT_ONCE", 2)
        edits = [Edit("skip", 1), *(Edit("skip", draw.randrange(2, 150)) for _ in range(draw.randrange(3)))]
        branch = Branch(collected.history(order), collected.model, edits)
        found = [(each.position, each.refused.reason) for each in rejected(branch) or ()]
        assert found == rejected_by_trying_all(collected, branch, order)


def transfer_records(draw: random.Random) -> list[dict[str, object]]:
    """A log in which one account gives to others and gets of them, and what it has is mostly little."""
    odd = draw.random() < 0.5
    accounts = "abcd"
    records = [
        record("AccountOpened", 1, accountId=name, **({"currency": "EUR"} if odd and name == "c" else {}))
        for name in accounts[: 3 + odd]
    ]
    for _ in range(200):
        day, amount = draw.randrange(1, 10), draw.choice([1, 2, 3, 0.5, 1.25])
        other = draw.choice("bbbcd")
        kind = draw.randrange(12)
        if kind < 5:
            pair = ("a", other) if kind < 3 else (other, "a")
            records.append(
                record("MoneyTransferred", day, fromAccountId=pair[0], toAccountId=pair[1], amount=amount)
            )
        elif kind < 11:
            name = draw.choice(["MoneyDeposited", "MoneyDeposited", "MoneyWithdrawn"])
            records.append(record(name, day, accountId=draw.choice("aaab"), amount=amount))
        elif odd:
            name = draw.choice(["AccountFrozen", "AccountUnfrozen", "AccountUnfrozen"])
            records.append(record(name, day, accountId=draw.choice("abc")))
    return records


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("order", ORDERS)
def test_stretches_with_transfers_are_tried_as_one_by_one(tmp_path: Path, seed: int, order: Order) -> None:
    draw = random.Random(seed)
    with read(tmp_path, transfer_records(draw)) as collected, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rejections, "FEW_AT_ONCE", 2)
        skipped = {draw.randrange(1, 150) for _ in range(draw.randrange(1, 4))}
        branch = Branch(collected.history(order), collected.model, [Edit("skip", each) for each in skipped])
        found = [(each.position, each.refused.reason) for each in rejected(branch) or ()]
        assert found == rejected_by_trying_all(collected, branch, order)


def test_transfers_to_accounts_as_they_were_are_not_read_again(tmp_path: Path) -> None:
    opened = [record("AccountOpened", 1, accountId=name) for name in "abc"]
    paid = [record("MoneyDeposited", 1, accountId="a", amount=9) for _ in range(100)]
    moved = [
        record("MoneyTransferred", 1, fromAccountId="a", toAccountId="bc"[each % 2], amount=1)
        for each in range(300)
    ]
    with read(tmp_path, [*opened, *paid, *moved]) as collected:
        branch = Branch(collected.history(), collected.model, [Edit("skip", 4)])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(collected.events.log, "raw", None)
            assert not len(rejected(branch) or ())


@pytest.mark.parametrize("order", ORDERS)
def test_the_same_point_is_found_beside_every_position(tmp_path: Path, order: Order) -> None:
    records = [record("MoneyDeposited", day, accountId="a", amount=day) for day in (1, 3, 2, 4)]
    edits = [Edit("skip", 2), Edit("insert", 4, json.dumps(record("AccountFrozen", 4, accountId="a")))]
    with read(tmp_path, records) as collected:
        branch = Branch(collected.history(order), collected.model, edits)
        beside = [branch.position_beside(position) for position in range(5)]
        assert beside == {"log": [0, 1, 1, 2, 4], "time": [0, 1, 2, 2, 4], "reversed": [0, 1, 3, 3, 4]}[order]


@pytest.mark.parametrize("order", ORDERS)
def test_an_event_is_inserted_before_the_one_that_is_meant_in_any_order(tmp_path: Path, order: Order) -> None:
    records = [record("MoneyDeposited", day, accountId="a", amount=day) for day in (4, 3, 2, 1)]
    with read(tmp_path, records) as collected:
        history = collected.history(order)
        for position in range(1, 6):
            place = history.insertion_place(position)
            assert history.inserted_before(place) == position
            at = max(min(position, 4), 1)
            day = history.event(at).data["amount"]
            new = record("AccountFrozen", day, accountId="a")  # type: ignore[arg-type]
            branch = Branch(history, collected.model, [Edit("insert", place, json.dumps(new))])
            kinds = [branch.event(each).type for each in range(1, 6)]
            assert kinds.index("AccountFrozen") == position - 1
            if position < 5:
                assert branch.position_beside(position - 1) == position - 1
                assert branch.position_beside(position) == position + 1


def test_a_branch_reads_no_event_of_the_log_again(tmp_path: Path) -> None:
    records = [record("MoneyDeposited", 1, accountId=name, amount=5) for name in "abc" * 50]
    with read(tmp_path, records) as collected:
        branch = Branch(collected.history(), collected.model, [Edit("skip", 1)])
        assert branch.touched == ["a"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(collected.events.log, "raw", None)
            assert dict(branch.items(len(branch)))["a"]["balance"] == 245


EDITS = [
    ('{"amount": 40.50}', {"accountId": "a", "amount": "40.50"}, "MoneyDeposited"),
    ('{"type": "MoneyWithdrawn"}', {"accountId": "a", "amount": "5"}, "MoneyWithdrawn"),
    ('{"data": {"note": "x"}}', {"accountId": "a", "amount": "5", "note": "x"}, "MoneyDeposited"),
    ('{"type": "OwnerChanged", "data": {"accountId": "b"}}', {"accountId": "b"}, "OwnerChanged"),
    ('{"amount": null}', {"accountId": "a"}, "MoneyDeposited"),
    (  # of a whole event null is a value
        '{"type": "OwnerChanged", "data": {"accountId": "b", "owner": null}}',
        {"accountId": "b", "owner": "None"},
        "OwnerChanged",
    ),
]


@pytest.mark.parametrize(("text", "data", "kind"), EDITS)
def test_what_is_written_is_the_whole_event_or_is_laid_over_it(
    tmp_path: Path, text: str, data: dict[str, str], kind: str
) -> None:
    with read(tmp_path, [record("MoneyDeposited", 1, accountId="a", amount=5)]) as collected:
        event = Branch(collected.history(), collected.model, [Edit("edit", 1, text)]).event(1)
        assert {name: str(value) for name, value in event.data.items()} == data
        assert (event.type, event.at) == (kind, "2026-01-01T00:00:00Z")


@pytest.mark.parametrize(
    "rest", ['"data": {"amount": 5}', '"type": "MoneyDeposited", "data": {"accountId": "a"}']
)
def test_null_takes_the_time_and_the_account_of_an_event_away(tmp_path: Path, rest: str) -> None:
    with read(tmp_path, [record("MoneyDeposited", 1, accountId="a", amount=5)] * 2) as collected:
        edits = [Edit("edit", 2, f'{{{rest}, "at": null, "account": null}}')]
        branch = Branch(collected.history(), collected.model, edits)
        event = branch.event(2)
        assert (event.at, event.entity) == (None, None)
        assert branch.timed == 1
        assert dict(branch.items(2))["a"]["balance"] == 5


def test_other_names_are_the_logs_own(tmp_path: Path) -> None:
    raw: dict[str, object] = {
        "eventType": "MoneyDeposited",
        "accountId": "a",
        "payload": {"amount": 5},
        "occurredAt": "2026-01-01",
    }
    with read(tmp_path, [raw] * 3) as collected:
        edits = [
            Edit("edit", 1, '{"type": "MoneyWithdrawn", "data": {"amount": 7}}'),
            Edit("insert", 4, '{"type": "MoneyDeposited", "data": {"amount": 1}, "account": "b"}'),
            Edit("insert", 4, '{"eventType": "MoneyDeposited", "payload": {"amount": 2}, "accountId": "b"}'),
        ]
        branch = Branch(collected.history(), collected.model, edits)
        state = dict(branch.items(len(branch)))
        assert (state["a"]["balance"], state["b"]["balance"]) == (3, 3)
        assert branch.event(4).at == "2026-01-01"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (Edit("skip", 3), "there is no event 3: the log has 2"),
        (Edit("insert", 4, "{}"), "there is no event 4: the log has 2"),
        (Edit("edit", 1, "{"), "the edit of event 1: .* at character 2 of the JSON"),
        (Edit("edit", 1, "[1]"), "the edit of event 1: a list, not an event"),
        (Edit("insert", 1, "{}"), "the event inserted before 1: an event needs a type"),
    ],
)
def test_an_edit_that_makes_no_sense_says_why(tmp_path: Path, edit: Edit, reason: str) -> None:
    records = [record("MoneyDeposited", 1, accountId="a", amount=5)] * 2
    with read(tmp_path, records) as collected, pytest.raises(EditError, match=reason):
        Branch(collected.history(), collected.model, [edit])


@pytest.mark.parametrize("recipe", [
    Recipe("latest"),
    Recipe("q.sql", "sql", "SELECT data.accountId AS account, avg(data.amount) AS mean FROM events GROUP BY account"),
], ids=lambda each: each.name)  # fmt: skip
def test_other_read_models_branch_too(tmp_path: Path, recipe: Recipe) -> None:
    records = [
        record("MoneyDeposited", day, accountId=name, amount=day) for day, name in enumerate("ababab", 1)
    ]
    edits = [Edit("skip", 2), Edit("edit", 3, '{"amount": 9}')]
    with read(tmp_path, records, recipe) as collected:
        branch = Branch(collected.history(), collected.model, edits)
        found = dict(branch.items(len(branch)))
        assert rejected(branch) is None  # no rule is known for these
    del records[1]
    records[1] = record("MoneyDeposited", 3, accountId="a", amount=9)
    with read(tmp_path, records, recipe) as collected:
        assert found == dict(collected.history().state(5).items())


def test_a_branch_of_a_program_is_refused(tmp_path: Path) -> None:
    recipe = Recipe("p.py", "python", "def key(event): return 'x'\ndef evolve(state, event): return {}\n")
    with read(tmp_path, [record("A", 1)]) as collected, pytest.raises(EditError, match="a program"):
        Branch(collected.history(), choose(recipe, [], collected.events.log.fields), [Edit("skip", 1)])


def test_the_rules_see_an_old_event_as_one_of_today(tmp_path: Path) -> None:
    steps = """
[[step]]
type = "MoneyWithdrawn"
from = 1
rename = { cents = "amount" }
multiply = { amount = "0.01" }
"""
    recipe = Recipe("accounts", upcasters=Upcasters("steps.toml", "toml", steps))
    records = [
        record("AccountOpened", 1, accountId="a"),
        record("MoneyDeposited", 2, accountId="a", amount=50),
        record("MoneyWithdrawn", 3, accountId="a", cents=3000),
    ]
    with read(tmp_path, records, recipe) as collected:
        branch = Branch(collected.history(), collected.model, [Edit("edit", 2, '{"amount": 20}')])
        assert dict(branch.items(3))["a"]["balance"] == -10
        (one,) = rejected(branch)
        assert one.refused.reason == "a has 20, which is less than 30.00"
