"""Are the rows of the state, filtered, sorted and grouped, those of plain Python over the plain fold?"""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.conditions import ConditionError
from explorer.history.history import History
from explorer.projection.accounts import Accounts
from explorer.projection.fold import fold, without_hidden
from explorer.resources import resource
from explorer.session import exact_json
from explorer.session.document import Document
from explorer.session.find.state_filter import StateFilter
from explorer.session.stand import Stand
from explorer.session.state.arrangement import Arrangement, dumps, loads, possible_columns
from explorer.session.state.sample_texts import sample_texts
from explorer.session.state.state_text import row_as_json, row_as_tsv, table_as_json, table_as_tsv
from explorer.session.state.state_totals import joined, totals_of_kept
from explorer.session.state.state_view import StateView, value_text, whole_text
from explorer.session.state.watches import Watch, watched_at

type Folded = dict[str, dict[str, object]]

AMOUNTS = [0, 1, Decimal("1.50"), Decimal("0.005"), -7, 10**20, Decimal("12.5")]
WORDS = [
    "a",
    "ADA",
    "5",
    "1.5",
    "-7",
    "eur",
    "12.5 EUR",
    "100000000000000000000",
    "frozen",
    ", ",
    "zz",
    '"a"',
    "0",
]
CONDITIONS = {
    "balance < 0": lambda state: any(part < 0 for part in parts(state["balance"])),
    "owner = 'Ada' or status is null": lambda state: state["owner"] == "Ada" or state["status"] is None,
    "not version >= 2": lambda state: state["version"] < 2,
}
GROUPS = ["owner", "status", "version", "balance.EUR"]


@st.composite
def records(draw: st.DrawFn) -> dict[str, object]:
    kinds = ["AccountOpened", "MoneyDeposited", "MoneyWithdrawn", "AccountFrozen"]
    kind = draw(st.sampled_from(kinds))
    data: dict[str, object] = {"accountId": draw(st.sampled_from(["a", "b", "c10", "c9"]))}
    if kind == "AccountOpened":
        data["owner"] = draw(st.sampled_from(["Ada", "Eve", "5", None]))
    if kind.startswith("Money"):
        data["amount"] = draw(st.sampled_from(AMOUNTS))
        if draw(st.booleans()):
            data["currency"] = draw(st.sampled_from(["EUR", "USD"]))
    return {"type": kind, "data": data, "at": f"2026-01-{draw(st.integers(1, 28)):02}T00:00:00Z"}


def made(
    factory: pytest.TempPathFactory, given_records: list[dict[str, object]]
) -> tuple[History, list[Folded]]:
    """The history of records, and of each position the plain fold."""
    path = factory.mktemp("log") / "log.jsonl"
    path.write_text("".join(exact_json.dumps(record, indent=-1) + "\n" for record in given_records))
    with open_log(path) as log:
        history = collect(log, lambda _: Accounts()).history("log")
        events = [history.event(at) for at in range(1, len(history) + 1)]
    folds = []
    for count in range(len(history) + 1):
        model = Accounts()
        states = fold(model, events[:count])
        folds.append({entity: without_hidden(model, state) for entity, state in states.items()})
    return history, folds


def parts(balance: object) -> list[object]:
    return list(balance.values()) if isinstance(balance, dict) else [balance]


def fits(name: str, state: dict[str, object], word: str) -> bool:
    needle = word.strip('"').casefold() if word.startswith('"') else word.strip().casefold()
    cells = [name, *(whole_text(value) for value in state.values())]
    return any(needle in cell.casefold().replace("−", "-") for cell in cells)


def rows_of(view: StateView) -> list[str]:
    return [view.entity(row) for row in range(view.row_count) if not view.is_group(row)]


@settings(max_examples=15)
@given(given_records=st.lists(records(), min_size=1, max_size=16), data=st.data())
def test_the_filter_lets_through_what_a_look_at_each_cell_would(tmp_path_factory, given_records, data):
    history, folds = made(tmp_path_factory, given_records)
    word = data.draw(st.sampled_from(WORDS + list(CONDITIONS)))
    wanted = StateFilter(history, "account", word)
    assert wanted.is_condition is (word in CONDITIONS)
    for position in data.draw(st.permutations(range(len(history) + 1))):
        state = history.state(position)
        view = StateView(history, "account", state, Arrangement(), wanted.flags(state))
        holds = CONDITIONS.get(word)
        expected = [
            name
            for name, values in folds[position].items()
            if (holds(values) if holds else fits(name, values, word))
        ]
        assert rows_of(view) == expected
        assert view.entity_count == len(folds[position])  # a filter never changes the state


@settings(max_examples=15)
@given(given_records=st.lists(records(), min_size=1, max_size=16), data=st.data())
def test_rows_are_sorted_exactly_with_those_without_a_value_last(tmp_path_factory, given_records, data):
    history, folds = made(tmp_path_factory, given_records)
    column = data.draw(st.sampled_from(["account", "owner", "status", "version", "balance.EUR"]))
    descending = data.draw(st.booleans())
    for position in range(len(history) + 1):
        view = StateView(history, "account", history.state(position), Arrangement(sort=(column, descending)))
        values = {name: value_of(name, values, column) for name, values in folds[position].items()}
        some = [name for name in values if values[name] is not None]
        some.sort(key=lambda name: values[name], reverse=descending)
        assert rows_of(view) == [*some, *(name for name in values if values[name] is None)]


def value_of(name: str, values: dict[str, object], column: str) -> object:
    if column == "account":
        return name
    if column == "balance.EUR":
        balance = values["balance"]
        return balance.get("EUR") if isinstance(balance, dict) and has_eur(balance) else None
    return values[column]


def has_eur(balance: dict[str, object]) -> bool:
    return "EUR" in balance


@settings(max_examples=15)
@given(given_records=st.lists(records(), min_size=1, max_size=16), data=st.data())
def test_groups_have_the_members_and_the_exact_subtotals_of_plain_python(
    tmp_path_factory, given_records, data
):
    history, folds = made(tmp_path_factory, given_records)
    column = data.draw(st.sampled_from(GROUPS))
    sort = data.draw(st.sampled_from([None, ("balance", True), ("balance.USD", False), ("version", False)]))
    for position in range(1, len(history) + 1):
        view = StateView(history, "account", history.state(position), Arrangement(group=column, sort=sort))
        expected: dict[object, list[str]] = {}
        for name, values in folds[position].items():
            expected.setdefault(value_of(name, values, column), []).append(name)
        found = grouped(view)
        assert {frozenset(members) for _, members in found} == set(map(frozenset, expected.values()))
        for row, members in found:
            sums: dict[str, Decimal | int] = {}
            for name in members:
                balance = folds[position][name]["balance"]
                for key, amount in (balance if isinstance(balance, dict) else {"": balance}).items():
                    sums[key] = sums.get(key, 0) + amount
            told = {key: total for key, total in sums.items() if total}
            assert amounts_in(view.text(row, 2)) == told


def grouped(view: StateView) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    for row in range(view.row_count):
        if view.is_group(row):
            found.append((row, []))
        else:
            found[-1][1].append(view.entity(row))
            assert view.row_of(view.entity(row)) == row
    return found


def amounts_in(text: str) -> dict[str, Decimal]:
    pairs = (part.partition(" ") for part in text.replace("−", "-").split(", ") if part)
    return {key: Decimal(amount) for amount, _, key in pairs if Decimal(amount)}


def test_sorted_by_a_sum_groups_stand_by_their_subtotals(bank):
    for descending in (False, True):
        arrangement = Arrangement(sort=("balance", descending), group="status")
        view = bank.state(bank.event_count).arranged(arrangement)
        totals = [Decimal(view.text(row, 2)) for row, _ in grouped(view)]
        assert totals == sorted([Decimal("0.00"), Decimal("880.77"), Decimal("36038.47")], reverse=descending)
        for row, members in grouped(view):
            rows = range(row + 1, row + 1 + len(members))
            balances = [Decimal(view.text(each, 2).replace("−", "-")) for each in rows]
            assert balances == sorted(balances, reverse=descending)
    view = bank.state(bank.event_count).arranged(Arrangement(sort=("status", True), group="status"))
    assert [view.text(row, 0).split()[0] for row, _ in grouped(view)] == ["open", "frozen", "closed"]


@pytest.fixture
def bank():
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    yield document
    document.close()


def test_folded_groups_hide_their_members_and_keep_their_subtotals(bank):
    view = bank.state(bank.event_count).arranged(Arrangement(group="status"))
    folded = bank.state(bank.event_count).arranged(Arrangement(group="status", folded=True))
    assert [folded.text(row, 0) for row in range(folded.row_count)] == [
        "closed  (2)",
        "frozen  (1)",
        "open  (21)",
    ]
    heads = [row for row in range(view.row_count) if view.is_group(row)]
    assert [view.text(row, 2) for row in heads] == [folded.text(row, 2) for row in range(3)]
    assert folded.row_of("acc-1") is None
    one = bank.state(bank.event_count).arranged(view.arrangement.toggled_fold(view.group_kind(heads[0])))
    assert one.row_count == view.row_count - 2
    assert one.row_of("acc-1") == view.row_of("acc-1") - 2


def test_totals_are_those_of_what_passes_the_filter(bank):
    view = bank.state(bank.event_count)

    def told(shown):
        return joined([column.name for column in shown.shown], totals_of_kept(shown))

    assert told(view) == "balance 36919.24 · status 21 open, 2 closed, 1 frozen"
    frozen = StateFilter(bank.history, bank.noun, "status = 'frozen'")
    kept = view.arranged(Arrangement(), frozen.flags(view.state))
    assert told(kept) == "balance 880.77"


def test_what_begins_like_a_condition_must_be_one_and_all_else_is_text(bank):
    for text, condition in (
        ("balance > 0", True),
        ("a < b", False),
        ("x > y = z", False),
        ("Ada", False),
        ('"balance > 0"', False),
    ):
        assert StateFilter(bank.history, bank.noun, text).is_condition is condition
    with pytest.raises(ConditionError) as caught:
        StateFilter(bank.history, bank.noun, "balance > > 0")
    assert caught.value.stop > 0


def test_columns_are_chosen_moved_pinned_and_kept(bank):
    history, noun = bank.history, bank.noun
    start = Arrangement()
    names = [column.name for column in start.resolved(history, noun)]
    assert names == ["account", "owner", "balance", "status", "opened", "version"]
    pinned = start.pinned_to("balance", history, noun)
    assert (pinned.columns[:3], pinned.pinned) == (("account", "balance", "owner"), 2)
    assert pinned.pinned_to("balance", history, noun).pinned == 1
    less = pinned.without_column("account", history, noun)
    assert (less.columns[0], less.pinned) == ("balance", 1)
    assert less.with_column("account", history, noun).columns[-1] == "account"
    kept = Arrangement(
        ("owner", "nonsense.x", "balance"), 1, ("owner", True), "status", curves=frozenset({"balance"})
    )
    assert loads(dumps(kept)) == kept
    assert [column.name for column in kept.resolved(history, noun)] == ["owner", "balance"]
    assert loads("{") == start


def test_parts_of_nested_values_are_columns(tmp_path):
    path = tmp_path / "customers.jsonl"
    path.write_text(
        '{"type":"Moved","data":{"id":"c1","address":{"city":"Bern","zip":{"code":3000}}}}\n'
        '{"type":"Moved","data":{"id":"c2","address":{"city":"Aarau"}}}\n'
    )
    document = Document.open(str(path))
    every = possible_columns(document.history, document.noun)
    assert {"address.city", "address.zip.code"} <= set(every)
    columns = ("address.zip.code", "address.city")
    view = document.state(2).arranged(Arrangement(columns, sort=("address.city", False)))
    assert [[view.text(row, at) for at in (0, 1)] for row in (0, 1)] == [["", "Aarau"], ["3000", "Bern"]]
    assert view.is_number(0)
    document.close()


def test_what_is_copied_has_every_digit_and_the_text_of_the_log(tmp_path):
    path = tmp_path / "odd.jsonl"
    path.write_text(
        '{"type":"AccountOpened","data":{"accountId":"a\\t1","owner":"Ada\\n\\u202e"},"at":"2026-01-01T00:00:00Z"}\n'
        '{"type":"MoneyWithdrawn","data":{"accountId":"a\\t1","amount":12345678901234567890.10},'
        '"at":"2026-01-01T00:00:00Z"}\n'
    )
    document = Document.open(str(path))
    view = document.state(2).arranged(Arrangement(("account", "balance", "owner")))
    told = '"account": "a\\t1",\n  "balance": -12345678901234567890.10,\n  "owner": "Ada\\n\u202e"'
    assert told in row_as_json(view, 0)
    assert row_as_tsv(view, 0) == '"a\t1"\t-12345678901234567890.10\t"Ada\n\u202e"\n'
    assert table_as_tsv(view) == "account\tbalance\towner\n" + row_as_tsv(view, 0)
    assert "-12345678901234567890.10" in table_as_json(view)
    document.close()


def test_watched_values_tell_what_they_were_and_are(bank):
    watches = [
        Watch("acc-1", "balance"),
        Watch("acc-1", "owner"),
        Watch("acc-24", "status"),
        Watch("x", "balance"),
    ]
    last = bank.event_count
    told = [
        (each.before, each.now, each.step, each.changed) for each in watched_at(Stand(bank, last), watches)
    ]
    assert told == [
        ("2358.04", "2383.84", "+25.80", True),
        ("Ada Okafor", "Ada Okafor", "", False),
        ("open", "open", "", False),
        ("", "", "", False),
    ]
    assert [each.there for each in watched_at(Stand(bank, last), watches)] == [True, True, True, False]


def test_what_an_event_took_away_stands_beside_what_it_put_there(bank):
    frozen = next(at for at in range(1, bank.event_count + 1) if bank.event(at).type == "AccountFrozen")
    view = bank.state(frozen)
    (row,) = view.changed_rows()
    status = view.columns.index("status")
    assert (view.before_text(row, status), view.text(row, status)) == ("open →", "frozen")
    assert view.changed_count == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["red", "green"], "red, green"),
        ([{"type": "text", "text": "hi"}], "(type text · text hi)"),
        ({"lines": 7}, '{"lines":7}'),
        ({"street": "Main St", "city": {"name": "Ulm", "code": 7}, "tags": ["a", "b"]},
         "street Main St · city (name Ulm · code 7) · tags [a, b]"),
        ({"name": "x" * 40, "gone": None, "none": [], "deep": {"a": {"b": {"c": 1}}}},
         f'name {"x" * 40} · gone null · none [] · deep (a (b {{"c":1}}))'),
        ([], "[]"),
    ],
)  # fmt: skip
def test_a_nested_value_is_written_as_people_write_it_on_a_line(value: object, text: str) -> None:
    assert value_text(value) == text


def test_room_is_asked_for_amounts_with_their_currencies_also_of_several(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text(
        "Date,Text,Amount,Currency,Balance\n2024-03-01,a,100.00,EUR,100.00\n2024-03-02,b,54.10,USD,54.10\n"
        "2024-03-03,c,-4.10,USD,50.00\n2024-03-04,d,-4.10,EUR,95.90\n"
    )
    document = Document.open(str(path))
    view = StateView(document.history, document.noun, document.history.state(4))
    columns = {column.name: at for at, column in enumerate(view.shown)}
    for name in ("balance", "recorded"):
        assert view.text(0, columns[name]) == "95.90 EUR, 50.00 USD"
        assert max(map(len, sample_texts(view, columns[name]))) >= len("95.90 EUR, 50.00 USD")
    document.close()
