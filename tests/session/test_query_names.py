"""Does a query that names what the log does not have say so, and reach what stands beside the payload?"""

import json
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.projection.choose import choose
from explorer.projection.members import DEEPEST, ITEMS, MOST_MEMBERS, Members, missing
from explorer.projection.model import Recipe, Upcasters
from explorer.projection.sql import SqlModel
from explorer.session.document import Document
from explorer.session.options import OpenOptions


def write(path: Path, lines: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def bank(count: int = 40) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = [
        {
            "eventId": f"evt-{number}",
            "type": "MoneyDeposited",
            "aggregateId": f"agg-{number % 3}",
            "aggregateType": "Account",
            "data": {"accountId": f"acc-{number % 3}", "amount": number, "items": [{"sku": "s", "n": 1}]},
            "metadata": {"reason": "salary", "user": {"name": "ada"}},
        }
        for number in range(count)
    ]
    return lines


def open_with(log: Path, query: str, **more: object) -> Document:
    return Document.open(str(log), OpenOptions(projection=Recipe("q.sql", "sql", query), **more))  # type: ignore[arg-type]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write(tmp_path / "bank.jsonl", bank())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("payload", "no event has “data.payload”; there are accountId, amount, items"),
        ("payload.amount", "no event has “data.payload”; there are accountId, amount, items"),
        ("data.amont", "no event has “data.amont”; near it is “amount”"),
        ("ammount", "no event has “data.ammount”; near it is “amount”"),
        ("metadata.reson", "no event has “metadata.reson”; near it is “reason”"),
        ("metadata.user.nam", "no event has “metadata.user.nam”; near it is “name”"),
        ("record.aggregatetyp", "no event has “record.aggregatetyp”; near it is “aggregateType”"),
        ("data.amount.cents", "no event has “data.amount.cents”; “data.amount” has no members"),
        ("data.items[1].skuu", "no event has “data.items[1].skuu”; near it is “sku”"),
        ("data.items.sku", "no event has “data.items.sku”; it is a list"),
        ("data.reason", "no event has “data.reason”; near it is “metadata.reason”"),
        ("data->>'$.amuont'", "no event has “data.amuont”; near it is “amount”"),
        ("agregateType", "no event has “data.agregateType”; near it is “record.aggregateType”"),
    ],
)
def test_a_member_that_no_event_has_is_refused_with_those_that_are_near(
    log: Path, name: str, said: str
) -> None:
    with pytest.raises(LogError) as caught:
        open_with(log, f"SELECT data.accountId AS a,\n last({name}) AS x FROM events GROUP BY a")
    assert caught.value.reason.startswith(said)
    assert (caught.value.line, caught.value.column) == (2, 7)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("record.aggregateType", "Account"),
        ("aggregateType", "Account"),
        ("data.aggregateType", "Account"),
        ("AGGREGATETYPE", "Account"),
        ("reason", "salary"),
        ("metadata.reason", "salary"),
        ("metadata.user.name", "ada"),
        ("user.name", "ada"),
        ("record.data.amount", 39),
        ("record.metadata.reason", "salary"),
        ("amount", 39),
        ("data.amount", 39),
        ("items[1].sku", "s"),
        ("eventId", "evt-39"),
    ],
)
def test_members_beside_the_payload_are_reached_by_their_path_and_by_a_plain_name(
    log: Path, name: str, value: object
) -> None:
    document = open_with(log, f"SELECT type, last({name}) AS x FROM events GROUP BY type")
    try:
        assert dict(document.history.state(40).items()) == {"MoneyDeposited": {"x": value}}
    finally:
        document.close()


def test_a_plain_name_of_two_places_beside_the_payload_is_refused(tmp_path: Path) -> None:
    lines = [{"type": "A", "tag": 1, "data": {"a": 1}, "metadata": {"tag": 2}}]
    with pytest.raises(LogError, match=r"near it is “metadata.tag”, “record.tag”"):
        open_with(write(tmp_path / "log.jsonl", lines), "SELECT last(tag) AS t FROM events")


def test_what_unnest_and_subqueries_hand_on_is_looked_at_too(log: Path) -> None:
    good = (
        "SELECT i.item.sku AS sku, sum(i.item.n) AS n FROM events, unnest(data.items) AS i(item) GROUP BY 1"
    )
    document = open_with(log, good)
    try:
        assert dict(document.history.state(40).items()) == {"s": {"n": 40}}
    finally:
        document.close()
    with pytest.raises(LogError, match=r"no event has “data.items\[…\]\.m”"):
        open_with(log, good.replace("item.n", "item.m"))
    deep = "SELECT last(x.user.nam) AS n FROM (SELECT metadata.user AS user FROM events) x"
    with pytest.raises(LogError, match=r"“metadata.user.nam”; near it is “name”"):
        open_with(log, deep)


@pytest.mark.parametrize("size", [30, 60_000])
def test_a_member_that_only_the_last_event_has_is_there(tmp_path: Path, size: int) -> None:
    """The larger log is read by children, and its last line unlike all others."""
    lines = bank(size)
    lines.append(
        {"type": "Odd", "data": {"accountId": "acc-1", "late": {"deep": [7]}}, "metadata": {"new": 1}}
    )
    log = write(tmp_path / "bank.jsonl", lines)
    for cache in (None, tmp_path / "cache", tmp_path / "cache"):
        options = {"cache_dir": cache} if cache is not None else {}
        document = open_with(
            log, "SELECT type, max(data.late.deep[1]) AS x FROM events GROUP BY type", **options
        )
        try:
            assert dict(document.history.state(size + 1).items())["Odd"] == {"x": 7}
            document.keep(OpenOptions(projection=document.read_model.recipe, cache_dir=cache))
            wrong = SqlModel("q", "SELECT max(data.late.dep) AS x, max(new) AS y FROM events")
            said = [each.reason for each in document.named_wrongly(wrong)]
            assert said == [
                "no event has “data.late.dep”; near it is “deep”",
                "no event has “data.new”; near it is “metadata.new”",
            ]
        finally:
            document.close()


@pytest.mark.parametrize("name", ["aggregateType", "data.aggregateType", "late"])
def test_where_a_name_is_found_depends_on_the_whole_log_and_not_on_its_beginning(
    tmp_path: Path, name: str
) -> None:
    """The sample has it beside the payload, or nowhere; one event has it elsewhere."""
    lines = bank(30_000)
    lines.insert(29_001, {"type": "Odd", "data": {"accountId": "acc-1", "aggregateType": "x"}, "late": "x"})
    log = write(tmp_path / "bank.jsonl", lines)
    document = open_with(log, f"SELECT type, last({name}) AS x FROM events GROUP BY type")
    try:
        assert dict(document.history.state(30_001).items()) == {
            "MoneyDeposited": {"x": None},
            "Odd": {"x": "x"},
        }
    finally:
        document.close()


def test_names_for_types_that_the_log_does_not_have_and_in_coalesce_are_no_errors(log: Path) -> None:
    query = """SELECT data.accountId AS a,
        sum(CASE type WHEN 'MoneyDeposited' THEN data.amount WHEN 'Fee' THEN -data.fee END) AS b,
        sum(data.rate) FILTER (WHERE type IN ('Rated', 'Judged')) AS r,
        last(coalesce(data.owner, data.accountId)) AS o FROM events WHERE type <> 'Gone' GROUP BY a
        """
    document = open_with(log, query)
    try:
        found = [(each.reason, each.fatal) for each in document.named_wrongly(SqlModel("q", query))]
        assert found == [
            ("no event is of the type “Fee”", False),
            ("no event is of the type “Rated”", False),
            ("no event is of the type “Judged”", False),
            ("no event has “data.owner”; there are accountId, amount, items", False),
            ("no event is of the type “Gone”", False),
        ]
    finally:
        document.close()
    with pytest.raises(LogError, match=r"data.fee"):
        open_with(log, "SELECT sum(CASE type WHEN 'MoneyDeposited' THEN data.fee END) AS f FROM events")
    with pytest.raises(LogError, match=r"data.fee"):
        open_with(
            log,
            "SELECT sum(fee) AS f FROM (SELECT data.fee AS fee FROM events WHERE type = 'MoneyDeposited')",
        )


def test_types_ids_and_entities_typed_wrongly_are_said(log: Path) -> None:
    query = """SELECT data.accountId AS a,
        count(*) FILTER (WHERE type = 'MoneyDepositd') AS n, count(*) FILTER (WHERE id IN ('evt-7', 'evt-70')) AS i,
        count(*) FILTER (WHERE 'acc-9' = entity OR entity = 'agg-1' OR entity = 'acc-1') AS e
        FROM events GROUP BY a"""
    document = open_with(log, query)
    try:
        found = document.named_wrongly(document.read_model)
        assert [each.reason for each in found] == [
            "no event is of the type “MoneyDepositd”; near it is “MoneyDeposited”",
            "no event has the id “evt-70”",
            "no event is about “acc-9”",
            *[
                f"no event is about “{name}”"
                for name in ("agg-1", "acc-1")
                if name not in document.events.entity_names.values
            ],
        ]
        assert not any(each.fatal for each in found)
    finally:
        document.close()


def test_upcasters_say_what_a_query_may_name(tmp_path: Path) -> None:
    steps = Upcasters("s.toml", "toml", '[[step]]\nfrom = 1\ntype = "A"\nrename = { old = "new" }\n')
    log = write(tmp_path / "log.jsonl", [{"type": "A", "schemaVersion": 1, "data": {"old": 5}}] * 9)
    for name, right in (("new", True), ("old", False)):
        recipe = Recipe("q", "sql", f"SELECT sum(data.{name}) AS x FROM events", upcasters=steps)
        if right:
            Document.open(str(log), OpenOptions(projection=recipe)).close()
        else:
            with pytest.raises(LogError, match=r"no event has “data.old”"):
                Document.open(str(log), OpenOptions(projection=recipe))


def test_a_ledger_whose_details_were_taken_for_the_payload_is_read_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        {
            "amount": amount,
            "after": after,
            "details": {f"k{number}": 1},
            "player": "ann",
            "kind": "BET",
            "ts": f"2026-07-08T19:25:2{number}Z",
        }
        for number, (amount, after) in enumerate([(-10, 90), (-5, 85), (50, 135)])
    ]
    log = write(tmp_path / "ledger.jsonl", lines)
    for where in ("data.", "", "record."):
        query = tmp_path / "q.sql"
        query.write_text(
            f"SELECT {where}player AS player, sum({where}amount) AS moved, last({where}after) AS balance "
            "FROM events GROUP BY player"
        )
        arguments = ["state", str(log), "--projection", str(query), "--format", "json", "--no-cache"]
        assert main([*arguments, "--data-field", "details"]) == 0
        assert json.loads(capsys.readouterr().out)["state"] == {"ann": {"moved": 35, "balance": 135}}
    query.write_text("SELECT data.player AS player, sum(data.amonut) AS moved FROM events GROUP BY player")
    assert main([*arguments, "--data-field", "details"]) == 2
    said = capsys.readouterr().err
    assert "q.sql, line 1, column 35: no event has “data.amonut”; near it is “record.amount”" in said


def test_types_typed_wrongly_are_said_on_standard_error_beside_the_answer(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = tmp_path / "q.sql"
    text = "SELECT type, count(*) FILTER (WHERE {}) AS n FROM events GROUP BY type"
    for condition, said in (
        ("type = 'MoneyDepositd'", "no event is of the type “MoneyDepositd”; near it is “MoneyDeposited”"),
        ("id = 'evt-99'", "no event has the id “evt-99”"),
        ("type IN ('MoneyDeposited', 'MoneyDepositedTwice')", ""),  # it names the other one itself
        ("type = 'AccountFrozen'", ""),  # nothing is near: meant for other logs
    ):
        query.write_text(text.format(condition))
        assert main(["state", str(log), "--projection", str(query), "--no-cache"]) == 0
        told = capsys.readouterr()
        assert told.err == (
            f"history-explorer: q.sql, line 1, column {37 + len(condition.split(chr(32))[0]) + 3}: {said}\n"
            if said
            else ""
        )
        assert "MoneyDeposited" in told.out


def test_a_log_without_events_has_nothing_to_check_against(tmp_path: Path) -> None:
    log = tmp_path / "empty.jsonl"
    log.write_text("")
    document = open_with(log, "SELECT sum(data.amount) AS n FROM events")
    assert document.event_count == 0
    document.close()


def test_names_without_end_are_given_up_and_nothing_is_refused_for_them() -> None:
    members = Members()
    nested: object = 1
    for _ in range(3 * DEEPEST):
        nested = {"n": [nested]}
    from explorer.eventlog.event import Event

    members.note(Event(1, "A", None, {"deep": nested}))
    deep = ["data", "deep", *["n", ITEMS] * 20]
    assert missing(members.tree(), deep) is None  # nobody knows
    assert missing(members.tree(), ["data", "dep"]) == 1
    for number in range(MOST_MEMBERS):
        members.note(Event(1, "A", None, {f"name-{number}": 1}))
    assert missing(members.tree(), ["data", "nothing"]) is None
    assert len(members.paths()) <= MOST_MEMBERS + 10
    told = Members()
    told.add(members.news)
    assert told.tree() == members.tree()


def test_a_recipe_tells_other_readers_where_names_stand() -> None:
    from explorer.eventlog.event import Event

    record = {"x": 1, "data": {"y": 2}}
    sample = [Event(1, "A", "e", {"y": 2}, record=record)]
    model = choose(Recipe("q", "sql", "SELECT sum(data.x) AS x, sum(y) AS y FROM events"), sample, FieldMap())
    assert model.recipe.beside == (("x", "record"),)
    again = choose(Recipe.of_plain(model.recipe.plain), [], FieldMap())
    assert again.effects(sample[0]) == model.effects(sample[0])
