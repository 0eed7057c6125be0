"""Does a query whose conditions look into values say over whole columns what it says event by event?"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from explorer.eventlog.event import Varying
from explorer.eventlog.log import open_log
from explorer.history import computing, decisions, reader, scanned_rows
from explorer.history.chunks import Chunk
from explorer.history.collect import collect
from explorer.projection.asking import applied, asked, computed, decided, of_many
from explorer.projection.fold import fold, without_hidden
from explorer.projection.sql import SqlError, SqlModel
from tests.history.test_scanned_rows import Plain, Scanning, chunks_of, told


@pytest.fixture(autouse=True, scope="module")
def groups_of_one() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanned_rows, "_FEW", 1)
        yield


class Watched(Scanning):
    """Counts the records that are read one by one."""

    one_by_one = 0

    def _one_by_one(self, stretch, scanned, done, gathering):
        self.one_by_one += int((~done).sum())
        return super()._one_by_one(stretch, scanned, done, gathering)


def both(query: str, events: list[bytes], stretch_bytes: int = 1 << 30) -> tuple[list[Chunk], int]:
    """The chunks of a log by columns, which say what the plain reader says; and how many records needed that one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.jsonl")
        path.write_bytes(b"".join(events))
        with open_log(path) as log:
            readers = []

            class Reader(Watched):
                def __init__(self, *arguments) -> None:
                    super().__init__(*arguments)
                    readers.append(self)

            one, other = SqlModel("q", query), SqlModel("q", query)
            found = chunks_of(log, Reader, one, stretch_bytes)
            assert told(found, one) == told(chunks_of(log, Plain, other, stretch_bytes), other)
            return found, readers[0].one_by_one


def event(kind: str, at: str = "2026-01-01T00:00:00Z", **data: object) -> bytes:
    return json.dumps({"type": kind, "at": at, "data": data}).encode() + b"\n"


MANY = [
    event(
        ("Deposited", "Withdrawn", "Opened")[row % 3],
        f"2026-01-{row % 28 + 1:02}T00:00:{row % 60:02}Z",
        id=f"acc-{row % 7}",
        amount=row * 1.25 - 40,
        fee=row % 11,
        name=("ada", "Bob", "", "7", "ünï")[row % 5],
        flag=row % 2 == 0,
        money=f"{row % 13}.{row % 10}0",
    )
    for row in range(300)
]


@pytest.mark.parametrize(
    "query",
    [
        "sum(data.amount) FILTER (WHERE data.amount > 10)",
        "count(*) FILTER (WHERE data.amount >= 12.50 AND data.fee < 7)",
        "sum(CASE WHEN data.amount BETWEEN -3.5 AND 100 THEN data.amount * 2 ELSE -data.fee END)",
        "sum(data.amount + data.fee) + count(*) FILTER (WHERE data.amount <> data.fee)",
        "last(CASE WHEN data.amount - data.fee > 0 THEN 'much' WHEN data.name = 'Bob' THEN data.name END)",
        "max(data.amount) FILTER (WHERE data.name LIKE '%b%' OR data.fee IN (1, 3, 5))",
        "count(*) FILTER (WHERE data.name IN ('ada', 'Bob') AND NOT data.flag)",
        "first(upper(data.name)) FILTER (WHERE length(data.name) > 1)",
        "last(coalesce(nullif(data.name, ''), 'nobody'))",
        "sum(CAST(data.money AS DECIMAL)) FILTER (WHERE CAST(data.money AS DECIMAL) > 4)",
        "sum(round(data.amount, 1)), sum(abs(data.amount)), sum(data.amount / 100)",
        "sum(TRY_CAST(data.name AS INTEGER)), sum(TRY_CAST(data.amount AS INTEGER)), sum(data.amount % 3)",
        "count(*) FILTER (WHERE at > '2026-01-10' AND at <= '2026-01-20T00:00:05Z')",
        "last(date(at)), max(month(at)), last(date_trunc('hour', at)), count(*) FILTER (WHERE at LIKE '%1Z')",
        "min(CAST(data.money AS DECIMAL)), last(CAST(data.money AS DECIMAL))",
        "sum(data.money) FILTER (WHERE data.money > 4.5), sum(-data.money * 2)",
        "sum(CAST(data.amount AS DECIMAL(12, 1))), sum(CAST(data.money AS INTEGER)), sum(round(data.amount))",
        "sum(data.fee / 1000) FILTER (WHERE abs(data.amount) IN (1.25, 2.5)), sum(data.amount / 0.01)",
        "count(*) FILTER (WHERE greatest(data.amount, data.fee) > 9), max(data.amount > 5)",
        "last(data.name || '-' || data.fee), last(concat(data.name, data.none))",
        "sum(data.fee) FILTER (WHERE entity = 'acc-3' OR data.name IS DISTINCT FROM 'ada')",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "where", ["", "WHERE data.amount > 0", "WHERE data.name <> 'Bob' AND data.fee % 2 = 0"]
)
def test_no_condition_on_a_value_takes_an_event_out_of_the_columns(query: str, where: str) -> None:
    _, by_itself = both(f"SELECT data.id AS id, {query} FROM events {where} GROUP BY id", MANY, 9_000)
    assert by_itself == 0


@pytest.mark.parametrize(
    "key",
    [
        "data.name",
        "upper(data.name)",
        "CASE WHEN data.amount > 50 THEN 'large' ELSE data.id END",
        "date_trunc('month', at), data.fee",
        "nullif(data.name, 'Bob'), CASE WHEN data.flag THEN 1 ELSE 2 END",
        "data.fee * 2",
    ],
)
def test_a_key_can_be_computed(key: str) -> None:
    _, by_itself = both(f"SELECT sum(data.amount), last(data.name) FROM events GROUP BY {key}", MANY, 9_000)
    assert by_itself == 0


def test_rows_of_several_sources_are_decided_each_by_itself() -> None:
    query = """
        WITH moves AS (
            SELECT data.id AS account, data.amount AS amount FROM events WHERE data.amount > 20
            UNION ALL SELECT data.name, -data.amount FROM events WHERE data.fee > 3 AND data.name <> '')
        SELECT account, sum(amount), count(*) FILTER (WHERE amount < 0) FROM moves GROUP BY account"""
    assert both(query, MANY, 9_000)[1] == 0


def test_what_a_column_cannot_hold_is_read_by_itself_and_only_that() -> None:
    wide = [
        event("Deposited", id="a", amount=10**30),
        b'{"type":"Deposited","at":"2026-01-01","data":{"id":"a","amount":1e3}}\n',
        event("Deposited", id="a", amount="twelve"),
        event("Deposited", id="a", amount=[1]),
        event("Deposited", id="a", amount={"x": 1}),
        event("Deposited", id="a"),
        event("Deposited", id="a", amount=999_999_999_999_999_999),
    ]
    usual = [event("Deposited", id="a", amount=number) for number in range(100)]
    query = "SELECT data.id AS id, sum(data.amount * 3) FILTER (WHERE data.amount + 1 > 5) FROM events GROUP BY id"
    found, by_itself = both(query, usual[:50] + wide + usual[50:])
    assert 4 <= by_itself <= len(wide)
    assert len(found[0].problems) >= 1  # `twelve` is no number, and is said


def test_an_argument_that_is_not_taken_fails_as_it_does_event_by_event() -> None:
    events = [event("A", id="a", b="x", a=text) for text in ("1", "2", "none", "4")]
    found, _ = both(
        "SELECT data.id AS id, last(coalesce(data.b, CAST(data.a AS DECIMAL))) FROM events GROUP BY id",
        events,
    )
    assert [problem.position for problem in found[0].problems] == [3]


def test_more_cases_than_anybody_asks_for_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "_MOST_CASES", 4)
    tests = ", ".join(f"WHEN data.fee = {fee} THEN {fee * fee}" for fee in range(11)).replace(",", "")
    _, by_itself = both(f"SELECT data.id AS id, sum(CASE {tests} END) FROM events GROUP BY id", MANY)
    assert by_itself > 0


def test_values_that_are_too_many_to_keep_are_met_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computing, "_MOST_KEPT", 5)
    query = "SELECT lower(data.name) AS id, last(data.fee || data.id), sum(data.fee) FROM events GROUP BY id"
    assert both(query, MANY, 5_000)[1] == 0


NUMBERS = st.one_of(
    st.integers(-20, 20),
    st.decimals(-50, 50, places=2).map(float),
    st.sampled_from([0, -0.0, 10**18, -(10**18), 10**17, 12345678901234567890, 0.1, 1e300, 1e-9, 5.0]),
)
TEXTS = st.sampled_from(
    ["", " ", "a", "A", "ab", "%", "ä", "5", "05", "5.0", "-3", "1e2", "true", "x" * 30, 'q"\\n']
)
VALUES = st.one_of(NUMBERS, TEXTS, st.booleans(), st.none(), st.just([1, "a"]), st.just({"y": 1}))
NAMES = ("a", "b", "c", "n", "t")
TIMES = st.sampled_from(
    [
        "2026-01-01T00:00:00Z",
        "2026-02-03",
        "2025-12-31T23:59:59+02:00",
        "soon",
        "2026-01-01",
        "2026-01-01T10:00:00z",
        "2026-01-01 10:15",
    ]
)


@st.composite
def events(draw: st.DrawFn) -> bytes:
    data: dict[str, object] = {"id": draw(st.sampled_from(["x", "y", "7", 7, "z z"]))}
    for name in NAMES:
        if draw(st.integers(0, 4)):
            strategy = NUMBERS if name == "n" else TEXTS if name == "t" else VALUES
            data[name] = draw(strategy)
    return event(draw(st.sampled_from(["A", "B"])), draw(TIMES), **data)


COLUMNS = st.sampled_from(
    [f"data.{name}" for name in NAMES] + ["data.n", "data.t", "data.n", "data.t", "at", "data.id"]
)
LITERALS = st.sampled_from(
    ["0", "5", "-3", "2.50", "100", "'a'", "'5'", "'A'", "''", "NULL", "TRUE", "'true'"]
)


TWO = (
    "+", "-", "*", "/", "%", "=", "<>", "<", "<=", ">", ">=", "||", "AND", "OR", "IS DISTINCT FROM",
    "IS NOT DISTINCT FROM",
)  # fmt: skip
CALLED = ("coalesce", "nullif", "greatest", "least", "concat")
ONE = (
    "upper({})",
    "length({})",
    "abs({})",
    "round({}, 1)",
    "({} / 100)",
    "CAST({} AS DECIMAL(9, 1))",
    "CAST({} AS SMALLINT)",
    "trim({})",
    "-({})",
    "(NOT {})",
    "({} IS NULL)",
    "({} IS TRUE)",
    "({} LIKE '%a%')",
    "({} > 2)",
    "({} IN (1, 5, 'a', 2.5))",
    "({} IN (5, -3, 2.50))",
    "({} BETWEEN -2 AND 7)",
    "CAST({} AS VARCHAR)",
    "CAST({} AS DECIMAL)",
    "TRY_CAST({} AS INTEGER)",
    "TRY_CAST({} AS DECIMAL)",
    "CAST({} AS BOOLEAN)",
    "substring({}, 1, 1)",
    "year({})",
    "month({})",
    "date({})",
    "date_trunc('hour', {})",
    "({} % 3)",
    "({} LIKE 'a%')",
)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> str:
    """No recursive strategy: what such a one prints of itself is long, and that is a warning."""
    kind = draw(st.integers(0, 6)) if depth else 0
    if kind == 0:
        return draw(st.one_of(COLUMNS, COLUMNS, LITERALS, st.just("(at > '2026-01-02')")))
    one = draw(expressions(depth - 1))
    if kind < 3:
        return draw(st.sampled_from(ONE)).format(one)
    other = draw(expressions(depth - 1))
    if kind == 3:
        return f"({one} {draw(st.sampled_from(TWO))} {other})"
    if kind == 4:
        return f"{draw(st.sampled_from(CALLED))}({one}, {other})"
    if kind == 5:
        return f"CASE WHEN {one} THEN {other} ELSE {draw(expressions(depth - 1))} END"
    return f"CASE {one} WHEN 5 THEN {other} WHEN 'a' THEN 1 END"


@st.composite
def queries(draw: st.DrawFn) -> str:
    aggregates = []
    for kind in draw(
        st.lists(
            st.sampled_from(["sum", "count", "min", "max", "first", "last", "avg"]), min_size=1, max_size=3
        )
    ):
        filtered = f" FILTER (WHERE {draw(expressions())})" if draw(st.booleans()) else ""
        aggregates.append(f"{kind}({draw(expressions())}){filtered} AS f{len(aggregates)}")
    where = f" WHERE {draw(expressions())}" if draw(st.booleans()) else ""
    key = draw(st.one_of(st.just("data.id"), st.just("data.id"), expressions()))
    return f"SELECT {', '.join(aggregates)} FROM events{where} GROUP BY {key}"


@settings(max_examples=100, deadline=None)
@given(queries(), st.lists(events(), min_size=1, max_size=60), st.sampled_from([400, 2_000, 1 << 30]))
def test_columns_say_of_any_query_what_is_said_event_by_event(
    query: str, found: list[bytes], stretch_bytes: int
) -> None:
    try:
        SqlModel("q", query)
    except SqlError:
        reject()
    both(query, found, stretch_bytes)


def test_who_asks_of_one_event_computes_nothing() -> None:
    value = Varying(1, "number")
    assert not of_many()
    with pytest.raises(TypeError):
        computed(str, value)
    with asked({}) as asking:
        assert of_many()
        once, again = (applied(str, value) for _ in range(2))
        assert once.key == again.key
        assert list(asking.made) == [once.key]
        question = computed(bool, value)
    with asked({question.key: True}):
        assert decided(bool, value) is True


def test_texts_of_a_table_that_state_numbers_are_computed_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SCANNED_BYTES", 0)
    path = tmp_path / "table.csv"
    rows = (
        f"Paid,2026-01-{row % 28 + 1:02},acc-{row % 5},{row % 50}.{row % 10}5,n{row % 3}"
        for row in range(400)
    )
    path.write_text(
        "type,at,account,amount,name\n" + "\n".join([*rows, "Paid,2026-01-01,acc-1,much,n1"]) + "\n"
    )
    query = """SELECT data.account AS account, sum(data.amount * 2) FILTER (WHERE data.amount > 12.5) AS more,
        sum(-data.amount) FILTER (WHERE data.name = 'n1') AS less, count(*) FILTER (WHERE data.amount <= 3) AS few
        FROM events GROUP BY account"""
    with open_log(path) as log:
        model = SqlModel("q", query)
        events = [each for batch in log.batches() for each in batch.events]
        plain = {entity: without_hidden(model, state) for entity, state in fold(model, events).items()}
        history = collect(log, lambda _sample: model).history()
        found = {entity: dict(state) for entity, state in history.state(len(events)).items()}
    names = ("more", "less", "few")
    assert {entity: [state[name] for name in names] for entity, state in found.items()} == {
        entity: [state[name] for name in names] for entity, state in plain.items()
    }
    assert len(found) == 5


@pytest.mark.parametrize("condition", [
    "data.name = 'Bob'", "data.name <> 'Bob'", "'Bob' = data.name", "data.name IN ('Bob', 'Ada Lovelace the First')",
    "data.name NOT IN ('Bob', 'é')", "data.name = '5'", "data.name IN ('5', 'Bob')", "data.name = ''",
    "data.name > 'Bob'", "data.name <> 'say \"x\"'", "data.name IN ('Bob', data.other)",
])  # fmt: skip
def test_texts_are_held_against_texts_by_their_bytes(condition: str) -> None:
    names = [
        '"Bob"',
        '"B\\u006fb"',
        '"bob"',
        '"Bobb"',
        '"Bo"',
        '""',
        "5",
        '"5"',
        '"5.0"',
        "5.0",
        "null",
        "true",
        '"é"',
    ]
    names += [
        '"Ada Lovelace the First"',
        '"Ada Lovelace the Firs!"',
        '"Ada Lovelace the First "',
        '"say \\"x\\""',
        "[1]",
    ]
    events = [
        f'{{"type":"A","at":"2026-01-01T00:00:00Z","data":{{"name":{name},"other":"Bob","amount":{row}}}}}\n'.encode()
        for row, name in enumerate(names * 3)
    ]
    both(
        f"SELECT data.other AS account, sum(data.amount) AS total FROM events WHERE {condition} GROUP BY account",
        events,
    )
    few = both(
        f"SELECT data.other AS a, count(*) FILTER (WHERE {condition}) AS n FROM events GROUP BY a",
        events,
        300,
    )
    assert few
