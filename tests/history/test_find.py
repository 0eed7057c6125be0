"""Are the intervals in which a condition holds those that a look at every single state finds?"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.log import open_log
from explorer.history import reader, scanned_rows
from explorer.history.collect import collect
from explorer.history.conditions import ConditionError, parse_condition
from explorer.history.find import find, intervals
from explorer.history.history import History
from explorer.projection.accounts import Accounts
from explorer.session.exact_json import dumps

type State = dict[str, object]


def number(state: State) -> list[Decimal]:
    balance = state["balance"]
    parts = balance.values() if isinstance(balance, dict) else [balance]
    return [Decimal(str(part)) for part in parts]


# ruff: noqa: E501 - one condition a line

CONDITIONS: dict[str, Callable[[State], bool]] = {
    "balance < 0": lambda state: any(part < 0 for part in number(state)),
    "balance <= 0": lambda state: any(part <= 0 for part in number(state)),
    "0.005 <= balance": lambda state: any(part >= Decimal("0.005") for part in number(state)),
    "balance = 1.50": lambda state: any(part == Decimal("1.5") for part in number(state)),
    "balance > 99999999999999999999": lambda state: any(part > 10**20 - 1 for part in number(state)),
    "not balance > -1": lambda state: not any(part > -1 for part in number(state)),
    "status = 'frozen'": lambda state: state["status"] == "frozen",
    "status is null": lambda state: state["status"] is None,
    "status is not null and balance < 1": lambda state: state["status"] is not None and any(part < 1 for part in number(state)),
    "owner in ('Ada', 'Bo') or version >= 3": lambda state: state["owner"] in {"Ada", "Bo"} or int(str(state["version"])) >= 3,
    "version between 2 and 3": lambda state: 2 <= int(str(state["version"])) <= 3,
    "balance.EUR > 1": lambda state: isinstance(state["balance"], dict) and Decimal(str(state["balance"].get("EUR", 0))) > 1,
}  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> dict[str, object]:
    kind = draw(
        st.sampled_from(
            ["AccountOpened", "MoneyDeposited", "MoneyWithdrawn", "MoneyTransferred", "AccountFrozen"]
        )
    )
    data: dict[str, object] = {"accountId": draw(st.sampled_from("ab"))}
    if kind == "AccountOpened":
        data["owner"] = draw(st.sampled_from(["Ada", "Eve"]))
    if kind == "MoneyTransferred":
        data = {"fromAccountId": draw(st.sampled_from("ab")), "toAccountId": draw(st.sampled_from("ab"))}
    if kind.startswith("Money"):
        data["amount"] = draw(st.sampled_from([1, Decimal("1.50"), Decimal("0.005"), 10**20, 2]))
        if draw(st.integers(0, 4)) == 0:
            data["currency"] = "EUR"
    return {"type": kind, "data": data, "at": f"2026-01-{draw(st.integers(1, 28)):02}T00:00:00Z"}


def slowly(history: History, holds: Callable[[State], bool]) -> list[tuple[str, int, int | None]]:
    """The same by looking at each state."""
    open_since: dict[str, int] = {}
    found: list[tuple[str, int, int | None]] = []
    for position in range(1, len(history) + 1):
        for entity, state in history.state(position).items():
            if holds(state):
                open_since.setdefault(entity, position)
            elif entity in open_since:
                found.append((entity, open_since.pop(entity), position))
    return sorted([*found, *((entity, start, None) for entity, start in open_since.items())], key=str)


@pytest.mark.parametrize("order", ["log", "time"])
@given(given_records=st.lists(records(), min_size=1, max_size=25), data=st.data())
def test_a_condition_is_found_where_a_look_at_every_state_finds_it(
    tmp_path_factory: pytest.TempPathFactory,
    order: str,
    given_records: list[dict[str, object]],
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_text("".join(dumps(record, indent=-1) + "\n" for record in given_records))
    with open_log(path) as log:
        history = collect(log, lambda _: Accounts()).history(order)  # type: ignore[arg-type]
        text = data.draw(st.sampled_from(sorted(CONDITIONS)))
        condition = parse_condition(text, history.fields)
        found = [(each.entity, each.start, each.stop) for each in find(history, condition)]
        assert sorted(found, key=str) == slowly(history, CONDITIONS[text])
        alone = [(each.entity, each.start, each.stop) for each in find(history, condition, "a")]
        assert sorted(alone, key=str) == [
            each for each in slowly(history, CONDITIONS[text]) if each[0] == "a"
        ]


@pytest.mark.parametrize(
    "text",
    ["", "balance", "balance <", "nothing < 1", "balance < owner", "1 < 2", "balance < 0; drop table x", "balance < 0 limit 1",
     "balance < 0 order by 1", "sum(balance) < 0", "status.x = 'open'", "balance < (select 1)", "'" * 9, "(" * 5_000],
)  # fmt: skip
def test_what_is_no_condition_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(text, Accounts.fields)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("scanned_bytes", [1 << 40, 0])
def test_of_one_position_who_came_to_be_first_stands_first_whoever_read_which_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scanned_bytes: int
) -> None:
    monkeypatch.setattr(reader, "SCANNED_BYTES", scanned_bytes)
    monkeypatch.setattr(scanned_rows, "_FEW", 1)
    moved = '{"type":"x","type":"MoneyTransferred","data":{"from":"first","to":"second","amount":1}}\n'
    paid = '{"type":"MoneyDeposited","data":{"accountId":"second","amount":1}}\n'
    path = tmp_path / "log.jsonl"
    path.write_text(moved + 9 * paid)  # the first is read by itself, after the others
    with open_log(path) as log:
        history = collect(log, lambda _: Accounts()).history()  # type: ignore[arg-type]
        found = intervals(history, parse_condition("version >= 1", history.fields)).by_start(history)
        assert (history.entities[0] == "second") == (not scanned_bytes)
        assert [(each.entity, each.start) for each in found.told(history)] == [("first", 1), ("second", 1)]
