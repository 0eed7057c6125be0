"""Is a record that says that something was deleted said, and no other; and whose is it?"""

import json
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.event import FieldMap
from explorer.session.document import Document
from explorer.session.options import OpenOptions

ROW = {"id": 2, "name": "Bob"}
AT = "2024-01-02T00:00:00Z"
MADE: dict[str, dict[str, object]] = {  # how something is made, by the way in which it is deleted
    "op": {"op": "c", "before": None, "after": ROW, "ts": AT},
    "op of a wrapped change": {"payload": {"op": "c", "before": None, "after": ROW}, "ts": AT},
    "operation": {"operation": "INSERT", "id": "2", "data": ROW, "at": AT},
    "type": {"type": "insert", "table": "t", "data": ROW, "at": AT},
    "flag": {"id": "2", "type": "Row", "name": "Bob", "__deleted": "false", "at": AT},
    "tombstone": {"key": "2", "value": ROW, "timestamp": AT},
    "letters alone": {"Op": "I", "id": "2", "city": 5, "at": AT},
    "destroy": {"event": "create", "item_type": "Row", "item_id": 2, "object": None, "at": AT},
    "history": {"id": "2", "name": "Bob", "history_type": "+", "history_id": 1, "history_date": AT},
    "revision": {"id": "2", "name": "Bob", "REVTYPE": 0, "REV": 1, "REVTSTMP": 1704153600000},
    "new and old": {"eventName": "INSERT", "dynamodb": {"NewImage": ROW, "OldImage": None}, "at": AT},
}
GONE: dict[str, dict[str, object]] = {
    "op": {"op": "d", "before": ROW, "after": None, "ts": AT},
    "op of a wrapped change": {"payload": {"op": "d", "before": ROW, "after": None}, "ts": AT},
    "operation": {"operation": "DELETE", "id": "2", "data": ROW, "at": AT},
    "type": {"type": "delete", "table": "t", "data": ROW, "at": AT},
    "flag": {"id": "2", "type": "Row", "name": "Bob", "__deleted": "true", "at": AT},
    "tombstone": {"key": "2", "value": None, "timestamp": AT},
    "letters alone": {"Op": "D", "id": "2", "city": 5, "at": AT},
    "destroy": {"event": "destroy", "item_type": "Row", "item_id": 2, "object": ROW, "at": AT},
    "history": {"id": "2", "name": "Bob", "history_type": "-", "history_id": 2, "history_date": AT},
    "revision": {"id": "2", "name": None, "REVTYPE": 2, "REV": 2, "REVTSTMP": 1704153600000},
    "new and old": {"eventName": "REMOVE", "dynamodb": {"NewImage": None, "OldImage": ROW}, "at": AT},
}
OF_NOBODY_KNOWN = {"flag", "letters alone", "new and old"}  # nobody can tell whose they are
KEPT: list[dict[str, object]] = [
    {"type": "OrderDeleted", "orderId": "2", "at": AT},
    {"type": "Ping", "accountId": "2", "data": None, "at": AT},
    {"type": "D", "accountId": "2", "amount": 5, "at": AT},  # a debit
    {"op": "D", "accountId": "2", "amount": 5, "at": AT},
    {"type": "Noted", "accountId": "2", "data": {"text": "delete"}, "at": AT},
    {"type": "Row", "accountId": "2", "deleted": False, "at": AT},
]


def written(folder: Path, *records: object) -> str:
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    return str(path)


def warned(log: str) -> dict[str, tuple[int, int]]:
    document = Document.open(log)
    found = {each.kind: (each.count, each.first) for each in document.warnings}
    document.close()
    return found


@pytest.mark.parametrize("way", GONE)
@pytest.mark.parametrize("count", [1, 300])  # one by one, and by shapes
def test_each_way_to_say_so_ends_the_entity_or_is_said(tmp_path: Path, way: str, count: int) -> None:
    changed = {"Op": "U"} if way == "letters alone" else {}
    log = written(tmp_path, *[MADE[way], MADE[way] | changed] * count, GONE[way], MADE[way])
    found = warned(log)
    assert "no-entity" not in found
    if way in OF_NOBODY_KNOWN:
        assert found["delete"] == (1, 2 * count + 1)
        return
    assert "delete" not in found
    document = Document.open(log)
    there = [len(document.history.state(at)) for at in range(2 * count, 2 * count + 3)]
    assert there == [1, 0, 1]
    document.close()


@pytest.mark.parametrize("record", KEPT)
@pytest.mark.parametrize("count", [4, 300])
def test_what_only_sounds_so_is_not(tmp_path: Path, record: dict[str, object], count: int) -> None:
    other = record | {"op": "C"} if "op" in record else record
    assert "delete" not in warned(written(tmp_path, *[record, other] * count))


@pytest.mark.parametrize(
    ("way", "fields"),
    [
        ("op", None),
        ("op of a wrapped change", None),
        ("new and old", FieldMap(entity="dynamodb.NewImage.id", data="dynamodb.NewImage")),
    ],
)
@pytest.mark.parametrize("count", [2, 300])
def test_whose_it_was_stands_before_where_nothing_stands_behind(
    tmp_path: Path, way: str, fields: FieldMap | None, count: int
) -> None:
    log = written(tmp_path, *[MADE[way]] * count, GONE[way])
    document = Document.open(log, OpenOptions(fields))
    assert document.event(count + 1).entity == "2"
    state = dict(document.history.state(count).items())
    assert (list(state), state["2"]["name"]) == (["2"], "Bob")
    assert not len(document.history.state(count + 1))
    assert document.history.positions_of("2")[-1] == count + 1
    document.close()


@pytest.mark.parametrize("count", [3, 300])
def test_an_event_of_nobody_is_no_row_where_others_are_of_somebody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    some = {"type": "Seen", "userId": "a", "data": {"page": 1}, "at": AT}
    none = {"type": "Swept", "data": {"page": 2}, "at": AT}
    log = written(tmp_path, *[some] * count, none, none, some)
    assert main(["state", log, "--format", "json", "--no-cache"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer["state"]) == ["a"]
    told = next(each for each in answer["warnings"] if each["kind"] == "no-entity")
    assert (told["count"], told["first"]) == (2, count + 1)
    assert main(["verify", log]) == 1
    assert "2 × no-entity" in capsys.readouterr().out


def test_a_log_that_names_nobody_is_one_thing(tmp_path: Path) -> None:
    record = {"type": "Seen", "data": {"page": 1}, "at": AT}
    document = Document.open(written(tmp_path, *[record] * 4))
    assert [name for name, _ in document.history.state(4).items()] == ["(whole log)"]
    assert not document.warnings
    document.close()


def test_every_read_model_ends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = written(tmp_path, *[MADE["op"]] * 3, GONE["op"])
    query = tmp_path / "names.sql"
    query.write_text("SELECT data.id AS id, last(data.name) AS name FROM events GROUP BY id")
    for model in ("latest", "accounts", str(query)):
        words = ["state", log, "--projection", model, "--format", "json", "--no-cache"]
        assert main(words) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["state"] == {}
        assert "delete" not in [each["kind"] for each in answer["warnings"]]
        assert main([*words, "--strict"]) == int(bool(answer["warnings"]))
        capsys.readouterr()
