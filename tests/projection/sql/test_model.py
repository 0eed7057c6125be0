"""Does a read model in SQL say what the same query says to a database, and where it is wrong?"""

import json
import random
import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from explorer.cli.commands.generate import account_log
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event
from explorer.projection.accounts import Accounts
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import NotApplicable, Recipe
from explorer.projection.sql import SqlError, SqlModel
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.recipes import checked, recipe

COLUMNS = """{"type": "VARCHAR", "at": "VARCHAR", "data": "STRUCT(accountId VARCHAR, owner VARCHAR,
    amount DECIMAL(18, 2), initialBalance DECIMAL(18, 2), fromAccountId VARCHAR, toAccountId VARCHAR,
    items STRUCT(sku VARCHAR, quantity BIGINT)[])"}"""

QUERIES = {
    "every aggregate": """
        SELECT data.accountId AS account, sum(data.amount) AS total, count(*) AS n, count(data.owner) AS owners,
            min(data.amount) AS least, max(data.amount) AS most, max(at) AS latest,
            first(data.owner) FILTER (WHERE data.owner IS NOT NULL) AS owner,
            last(data.amount) FILTER (WHERE data.amount IS NOT NULL) AS latest_amount
        FROM events WHERE data.accountId IS NOT NULL GROUP BY account""",
    "sums of sums": """
        SELECT data.accountId AS account,
            coalesce(sum(data.amount) FILTER (WHERE type = 'MoneyDeposited'), 0)
              - coalesce(sum(data.amount) FILTER (WHERE type = 'MoneyWithdrawn'), 0) AS balance
        FROM events WHERE type IN ('MoneyDeposited', 'MoneyWithdrawn') GROUP BY ALL""",
    "a composite key by position and a function": """
        SELECT type, substr(at, 1, 10) AS day, count(*) AS n, sum(data.amount) AS total
        FROM events GROUP BY 1, 2""",
    "conditions on values": """
        SELECT upper(data.accountId) || '!' AS account, count(*) FILTER (WHERE data.amount > 100.5) AS large,
            sum(CASE WHEN data.amount BETWEEN 10 AND 50 THEN data.amount * 2 ELSE 0 END) AS some,
            max(length(data.owner)) AS longest, count(*) FILTER (WHERE NOT (data.owner LIKE 'A%')) AS others
        FROM events WHERE data.accountId IS NOT NULL GROUP BY 1""",
    "a list of items": """
        SELECT i.item.sku AS sku, sum(i.item.quantity) AS quantity, count(*) AS n
        FROM events, unnest(data.items) AS i(item) GROUP BY 1""",
    "the whole log": "SELECT count(*) AS n, max(data.amount) AS most FROM events",
}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sql") / "accounts.jsonl"
    draw = random.Random(3)
    lines = list(account_log(2_000, 20, 3))
    for number in range(50):
        items = ",".join(
            f'{{"sku":"s-{draw.randrange(5)}","quantity":{draw.randrange(9)}}}'
            for _ in range(draw.randrange(4))
        )
        order = (
            f'{{"type":"OrderPlaced","data":{{"items":[{items}]}},"at":"2026-05-01T00:00:{number:02}Z"}}\n'
        )
        lines.insert(draw.randrange(len(lines)), order)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def by_duckdb(path: Path, query: str, keys: int) -> dict[str, dict[str, object]]:
    with duckdb.connect(config={"threads": 1}) as database:
        database.execute(
            f"CREATE VIEW events AS FROM read_json('{path}', format = 'newline_delimited', columns = {COLUMNS})"
        )
        answer = database.execute(re.sub(r"\bat\b", '"at"', query))  # a word of DuckDB's own
        names = [column[0] for column in answer.description or ()]
        rows = answer.fetchall()
    found = {}
    for row in rows:
        if keys and row[0] is None:
            continue  # belongs to nobody
        entity = " / ".join(map(str, row[:keys])) if keys else "(whole log)"
        found[entity] = dict(zip(names, row, strict=True))
        if keys == 1:
            del found[entity][names[0]]
    return found


@pytest.mark.parametrize("query", [*QUERIES.values(), "accounts.sql"], ids=[*QUERIES, "accounts.sql"])
def test_the_state_at_the_end_is_what_duckdb_answers_to_the_same_query(log: Path, query: str) -> None:
    if query == "accounts.sql":
        query = (resource("projections") / query).read_text(encoding="utf-8")
        in_database = query
        for each in ("last(owner)", "last(CASE type WHEN 'AccountOpened' THEN at END)"):
            inner = each.removeprefix("last(").removesuffix(")")
            in_database = in_database.replace(each, f"{each} FILTER (WHERE ({inner}) IS NOT NULL)")
        inner = query[query.index("last(CASE type WHEN 'AccountOpened' THEN 'open'") :].partition(
            " AS status"
        )[0]
        condition = inner.removeprefix("last(").removesuffix(")")
        in_database = in_database.replace(inner, f"{inner} FILTER (WHERE ({condition}) IS NOT NULL)")
    else:
        in_database = query
    document = Document.open(str(log), OpenOptions(projection=Recipe("query", "sql", query)))
    try:
        noun = document.noun
        keys = 0 if noun == "entity" else noun.count(" / ") + 1
        found = dict(document.history.state(document.event_count).items())
    finally:
        document.close()
    expected = by_duckdb(log, in_database, keys)
    if keys > 1:  # their parts are columns too
        assert all(len(state) == len(next(iter(expected.values()))) for state in found.values())
    assert found.keys() == expected.keys()
    assert found == expected


def test_the_example_agrees_with_the_built_in_accounts_at_every_position() -> None:
    text = (resource("projections") / "accounts.sql").read_text(encoding="utf-8")
    sample = str(resource("samples") / "small-bank.jsonl")
    query = Document.open(sample, OpenOptions(projection=Recipe("accounts.sql", "sql", text)))
    built_in = Document.open(sample, OpenOptions(projection=Recipe("accounts")))
    try:
        for position in range(built_in.event_count + 1):
            assert dict(query.history.state(position).items()) == dict(
                built_in.history.state(position).items()
            )
    finally:
        query.close()
        built_in.close()


def test_money_in_a_query_is_exact_at_any_size() -> None:
    amounts = [Decimal("0.10000000000000000001"), 10**30, Decimal("0.1"), Decimal("0.2")]
    model = SqlModel("q", "SELECT sum(data.amount) AS total, sum(data.amount * 3) AS more FROM events")
    events = [Event(place, "Paid", None, {"amount": amount}) for place, amount in enumerate(amounts, 1)]
    (state,) = fold(model, events).values()
    total = Decimal("1000000000000000000000000000000.40000000000000000001")
    assert without_hidden(model, state)["total"] == total
    assert str(without_hidden(model, state)["more"]) == "3000000000000000000000000000001.20000000000000000003"


def test_text_that_is_no_number_is_named_at_its_event_and_changes_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"type":"P","data":{"a":"x","v":"12"}}\n{"type":"P","data":{"a":"x","v":"twelve"}}\n')
    query = Recipe("q", "sql", "SELECT data.a AS a, sum(data.v) AS total FROM events GROUP BY a")
    document = Document.open(str(log), OpenOptions(projection=query))
    try:
        assert dict(document.history.state(2).items()) == {"x": {"total": 12}}
        assert document.entry(1).notice == "“twelve” is not a number"
    finally:
        document.close()


@pytest.mark.parametrize(
    ("query", "line", "column", "reason"),
    [
        ("SELECT sum(data.amount AS a\nFROM events", 1, 24, "Expecting )"),
        ("SELECT count(*) AS n\nFROM event", 2, 6, "there is no table “event”; there is events"),
        ("SELECT 1 AS one FROM events", 1, 8, "“1” is neither a key nor an aggregate"),
        (
            "SELECT data.a AS a, median(data.v) AS m FROM events GROUP BY a",
            1,
            21,
            "an aggregate that has no fold",
        ),
        ("SELECT count(DISTINCT data.v) AS n FROM events", 1, 8, "DISTINCT and ORDER BY need all events"),
        ("SELECT count(*) AS n FROM events\nHAVING count(*) > 1", 2, 8, "HAVING would hide entities"),
        ("SELECT count(*) AS n FROM events ORDER BY n", 1, 43, "ORDER BY is not needed"),
        ("SELECT sum(pg_sleep(1)) AS n FROM events", 1, 12, "it cannot be used in a read model"),
        (
            "SELECT sum(x.v) AS n FROM (SELECT data.v AS w FROM events) x",
            1,
            12,
            "x has no column “v”; it has w",
        ),
        ("SELECT count(*) AS n, max(data.v) AS n FROM events", 1, 27, "there are two columns “n”"),
        ("SELECT count(*) AS n FROM events JOIN events b ON true", 1, 39, "nothing but its own lists"),
        ("SELECT count(*) AS n FROM read_csv('/etc/passwd')", 1, 27, "there is no table"),
        ("SELECT sum('a", 1, 14, "a quote or a comment has no end"),
        ("DROP TABLE events", 1, 1, "it must be a SELECT"),
        ("SELECT count(*) AS n FROM events; SELECT 2", 1, 1, "it must be one SELECT"),
        ("", 1, 1, "it must be one SELECT"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_with_its_place(
    query: str, line: int, column: int, reason: str
) -> None:
    with pytest.raises(SqlError) as caught:
        SqlModel("q", query)
    assert reason in caught.value.reason
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_file_with_a_wrong_query_is_refused_with_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "moves.sql"
    file.write_text("SELECT count(*) AS n\nFROM event\n")
    with pytest.raises(
        LogError, match=r"^moves\.sql, line 2, column 6: there is no table “event”; there is events$"
    ):
        recipe(str(file))
    file.write_bytes(b"SELECT \xff")
    with pytest.raises(LogError, match="byte 7 is not UTF-8 text"):
        recipe(str(file))
    with pytest.raises(LogError, match=r"no\.sql: it cannot be read: No such file"):
        recipe(str(tmp_path / "no.sql"))
    with pytest.raises(
        LogError, match="accuonts: there is no such read model: it is auto, accounts, balances, latest"
    ):
        recipe("accuonts")


def test_every_example_is_a_read_model() -> None:
    examples = [each for each in resource("projections").iterdir() if each.suffix == ".sql"]
    assert len(examples) >= 2
    for each in examples:
        checked(Recipe(each.name, "sql", each.read_text(encoding="utf-8")))


def test_a_model_takes_the_accounts_noun_from_its_key() -> None:
    model = SqlModel("q", "SELECT data.iban AS iban, sum(data.amount) AS b FROM events GROUP BY iban")
    assert model.noun == "iban"
    assert [field.name for field in model.fields] == ["b"]
    assert Accounts.noun == "account"


def _answer(query: str, *amounts: object) -> object:
    model = SqlModel("q", query)
    events = [Event(place, "Paid", None, {"amount": amount}) for place, amount in enumerate(amounts, 1)]
    (state,) = fold(model, events).values()
    return without_hidden(model, state)["found"]


@pytest.mark.parametrize("kind", ["DECIMAL", "NUMERIC", "DEC", "decimal"])
@pytest.mark.parametrize(
    "cast", ["CAST(data.amount AS {})", "data.amount::{}", "TRY_CAST(data.amount AS {})"]
)
def test_a_decimal_without_digits_keeps_all_of_them(kind: str, cast: str) -> None:
    query = f"SELECT sum({cast.format(kind)}) AS found FROM events"
    assert str(_answer(query, "0.00012345", "0.0004", Decimal("1.23456789"))) == "1.23509134"


@pytest.mark.parametrize(
    "kind",
    (
        "DECIMAL(5),DECIMAL(9, 2),DECIMAL(18, 3),DECIMAL(4, 1),NUMERIC(38, 10),"
        "INTEGER,TINYINT,SMALLINT,BIGINT,HUGEINT,UTINYINT,UBIGINT"
    )
    .replace(", ", "; ")
    .split(","),
)
def test_a_cast_rounds_and_refuses_as_duckdb_does(kind: str) -> None:
    kind = kind.replace(";", ",")
    amounts = ["2.5", "-2.5", "0.125", "-0.125", "0.0005", "999.96", "-129", "300", "12345.678", "1e3", " 7 "]
    query = f"SELECT last(TRY_CAST(data.amount AS {kind})) AS found FROM events"
    with duckdb.connect() as database:
        for amount in (
            amounts[4:] if kind[0] == "U" else amounts
        ):  # of -0.125 it says there that it is negative
            (expected,) = database.execute(f"SELECT TRY_CAST('{amount}' AS {kind})").fetchone() or ()
            assert _answer(query, amount) == expected, amount


def test_a_number_that_has_no_room_in_its_type_is_named_at_its_event() -> None:
    for kind, told in (("DECIMAL(4, 1)", "DECIMAL(4, 1)"), ("SMALLINT", "SMALLINT"), ("HUGEINT", "HUGEINT")):
        model = SqlModel("q", f"SELECT sum(CAST(data.amount AS {kind})) AS found FROM events")
        with pytest.raises(NotApplicable, match=re.escape(f"has no room in {told}")):
            model.effects(Event(1, "Paid", None, {"amount": 10**40}))
    for wrong in ("DECIMAL(3, 4)", "DECIMAL(99999999, 2)", "DECIMAL(0)"):
        with pytest.raises(SqlError, match=re.escape("there are 1 to 4,000 digits")):
            SqlModel("q", f"SELECT sum(CAST(data.amount AS {wrong})) AS found FROM events")
    with pytest.raises(NotApplicable, match="there is no number with"):
        SqlModel("q", "SELECT sum(round(data.amount, 10000000)) AS x FROM events").effects(
            Event(1, "Paid", None, {"amount": 1})
        )


@pytest.mark.parametrize(
    ("query", "amounts", "found"),
    [
        ("count(*) - count(*)", [1, 2], 0),
        ("count(*) FILTER (WHERE type = 'No') - count(*) FILTER (WHERE type = 'Neither')", [1], 0),
        ("count(data.other) - count(data.else)", [1], 0),
        ("count(data.amount) - count(*)", [1, None], -1),
        ("sum(data.other) - sum(data.other)", [1], None),
    ],
)
def test_counts_taken_from_counts_are_numbers_from_the_beginning(
    query: str, amounts: list[object], found: object
) -> None:
    assert _answer(f"SELECT {query} AS found FROM events", *amounts) == found


@pytest.mark.parametrize(
    "times",
    [
        ["2024-01-01T23:00:00Z", "2024-01-02T00:00:00Z", "2024-01-03"],
        [1704150000, 1704153600, 1704240000],
        [1704150000000, 1704153600000, 1704240000000],
        ["2024-01-02T01:00:00+02:00", "2024-01-01T19:00:00-05:00", "20240103"],
        ["Mon, 01 Jan 2024 23:00:00 GMT", "Tue, 02 Jan 2024 00:00:00 GMT", "Wed, 03 Jan 2024 00:00:00 GMT"],
    ],
)
@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("at >= '2024-01-02'", 2), ("at < '2024-01-02T01:00:00+01:00'", 1), ("'2024-01-02' < at", 1),
        ("at = '2024-01-02'", 1), ("at <> '2024-01-02T00:00:00.000Z'", 2),
        ("at BETWEEN '2024-01-01' AND '2024-01-02'", 2),
    ],
)  # fmt: skip
def test_times_compare_as_such_however_each_is_written(
    times: list[object], condition: str, found: int, tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"
    records = [{"type": "Paid", "at": at, "data": {"account": "a"}} for at in [*times, "no time"]]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    inner = condition.replace("at ", "w ").replace(" at", " w")
    for query in (
        f"SELECT data.account AS k, count(*) AS n FROM events WHERE {condition} GROUP BY k",
        f"""SELECT k, count(*) FILTER (WHERE {inner}) AS n
        FROM (SELECT data.account AS k, at AS w FROM events) GROUP BY k""",
    ):
        document = Document.open(str(path), OpenOptions(projection=Recipe("q", "sql", query)))
        try:
            assert dict(document.history.state(4).items())["a"]["n"] == found
        finally:
            document.close()


def test_a_text_beside_the_time_that_is_no_time_is_an_error() -> None:
    with pytest.raises(SqlError, match=r"“31\.12\.2023” is no time that can be read"):
        SqlModel("q", "SELECT entity AS k, count(*) AS n FROM events WHERE at > '31.12.2023' GROUP BY k")
