"""Is the state right that tables of changes of Rails, Laravel, Django, Hibernate, Salesforce, ServiceNow come to?"""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.profiles.profile import Unwrapping, of_toml
from explorer.eventlog.profiles.shipped import recognised, shipped
from explorer.eventlog.profiles.typed import behind_changes
from explorer.eventlog.profiles.unwrapping import unwrapper
from explorer.resources import resource
from explorer.session.document import Document

ENDING = {  # whether the last record ends the second of the two wallets, and what a wallet is called
    "paper-trail": "Wallet / ", "audited": "Wallet / ", "laravel-auditing": "App\\Models\\Wallet / ",
    "laravel-activitylog": "App\\Models\\Wallet / ", "django-simple-history": "", "envers": "",
}  # fmt: skip
GOING_ON = {"salesforce-history": "Balance__c", "servicenow": "balance"}


def states(path: Path) -> list[dict[str, dict[str, Any]]]:
    """What is there after six and after seven records."""
    document = Document.open(str(path))
    try:
        assert (document.event_count, document.unread_count) == (7, 0)
        return [dict(document.history.state(at).items()) for at in (6, 7)]
    finally:
        document.close()


def records(name: str) -> list[dict[str, Any]]:
    text = (resource("profiles", "samples") / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def written(folder: Path, name: str, form: str) -> Path:
    """The sample of a profile as lines, or as a table in which what is nothing is an empty cell."""
    path = folder / f"log.{form}"
    rows = records(name)
    if form == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        for row in rows:
            cells = [json.dumps(each) if isinstance(each, (dict, list)) else each for each in row.values()]
            writer.writerow(["" if each is None else each for each in cells])
    return path


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("name", ENDING)
def test_each_row_is_as_its_last_change_left_it_and_ends_where_it_was_deleted(
    tmp_path: Path, name: str, form: str
) -> None:
    before, after = states(written(tmp_path, name, form))
    one, two = f"{ENDING[name]}G-1", f"{ENDING[name]}G-2"
    assert {whose: (row["owner"], str(row["balance"])) for whose, row in before.items()} == {
        one: ("Grace", "99.75"),
        two: ("Linus", "41.50"),
    }
    assert after.keys() == {one}


@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.parametrize("name", GOING_ON)
def test_each_field_has_the_value_that_it_was_given_last(tmp_path: Path, name: str, form: str) -> None:
    _, after = states(written(tmp_path, name, form))
    field = GOING_ON[name]
    assert {whose: Decimal(str(row[field])) for whose, row in after.items()} == {
        "G-1": Decimal("99.75"),
        "G-2": Decimal("41.75"),
    }


def test_rows_of_two_kinds_that_have_one_number_are_two_in_a_table_that_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    rows = [
        {
            "trackable_type": kind,
            "trackable_id": 7,
            "user_id": at % 3,
            "what": "changed",
            "n": at,
            "at": at * 1e9,
        }
        for at, kind in enumerate(["Order", "Invoice", "Order", "Invoice"], 1)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    document = Document.open(str(path))
    state = dict(document.history.state(4).items())
    assert {whose: row["n"] for whose, row in state.items()} == {"Order / 7": 3, "Invoice / 7": 4}
    document.close()


@pytest.mark.parametrize("pointer", ["previousEventId", "parentSpanId", "scheduledEventId", "causerId"])
def test_a_pointer_to_another_event_or_to_who_did_it_is_no_entity(tmp_path: Path, pointer: str) -> None:
    path = tmp_path / "log.jsonl"
    rows = [{"type": "Entered", pointer: at // 2, "at": f"2024-03-0{at}T00:00:00Z"} for at in range(1, 8)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    document = Document.open(str(path))
    assert document.log.fields.entity is None
    document.close()


def test_a_table_whose_cells_are_empty_is_known_by_its_columns() -> None:
    rows = [{name: each for name, each in row.items() if each} for row in records("salesforce-history")]
    assert recognised(rows) is None
    assert recognised(rows, list(records("salesforce-history")[0])) == shipped()["salesforce-history"]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"a": [1, 2], "b": [None, "x"]}, {"a": 2, "b": "x"}),
        ({"a": {"old": 1, "new": 2}}, {"a": 2}),
        ({"a": {"from": 1, "to": None}}, {"a": None}),
        ({"a": {"newValue": 2}}, {"a": 2}),
        ({"a": [1, 2], "b": 3}, {"a": [1, 2], "b": 3}),  # which of them are lists themselves?
        ({"a": [1, 2, 3]}, {"a": [1, 2, 3]}),
        ({"a": {"old": 1, "new": 2, "why": 3}}, {"a": {"old": 1, "new": 2, "why": 3}}),
        ({}, {}),
        ("text", "text"),
    ],
)
def test_changes_are_read_where_all_members_are_changes(told: object, meant: object) -> None:
    assert behind_changes(told) == meant


def test_a_member_that_names_another_goes_to_a_place_of_its_own() -> None:
    unwrap = unwrapper([Unwrapping("field + to", ("members",), into="changed")])
    assert unwrap is not None
    found = unwrap({"field": "limit", "to": 5})
    assert found == {"field": "limit", "to": 5, "changed": {"limit": 5}}
    assert unwrap(found) == found
    assert unwrap({"field": "limit"})["changed"] == {"limit": None}
    assert unwrap({"to": 5}) == {"to": 5}
    with pytest.raises(LogError, match="needs a place to go to"):
        of_toml('[[unwrap]]\npath = "a + b"\nread = "members"\n', "own.toml")


@pytest.mark.parametrize("name", ["paper-trail", "audited"])
def test_a_list_of_two_that_a_row_has_stays_one_when_its_event_is_made_again(name: str) -> None:
    profile = shipped()[name]
    unwrap = unwrapper(profile.unwrap)
    assert unwrap is not None
    found = unwrap({profile.unwrap[0].path: {"tags": [[], ["a", "b"]]}})
    assert found["changed"] == {"tags": ["a", "b"]}
    assert unwrap(found) == found
    with pytest.raises(LogError, match="needs a place to go to"):
        of_toml('[[unwrap]]\npath = "a"\nread = "changes"\n', "own.toml")
