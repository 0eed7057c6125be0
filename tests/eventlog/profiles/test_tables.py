"""Is a table without names known by what its columns hold, as `COPY` of PostgreSQL writes it?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.eventlog.profiles.profile import PLAIN
from explorer.eventlog.profiles.shipped import shipped
from explorer.eventlog.profiles.tables import of_table
from explorer.resources import resource
from explorer.session.document import Document

OF_COLUMNS = [name for name, each in shipped().items() if each.columns]


def cell(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "ft"[value]
    text = json.dumps(value) if isinstance(value, (dict, list)) else str(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def rows_of(name: str) -> list[dict[str, object]]:
    """The sample of a profile as the rows of the table that its store has."""
    text = (resource("profiles", "samples") / f"{name}.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in text.splitlines()]
    names = next((each for each in shipped()[name].columns if set(each) >= records[0].keys()), None)
    if names is None:
        pytest.skip("the sample is spelt otherwise than the table")
    return [{each: record.get(each) for each in names} for record in records]


@pytest.mark.parametrize("name", OF_COLUMNS)
def test_what_copy_writes_of_a_store_reads_as_its_records(name: str, tmp_path: Path) -> None:
    rows = json.loads(
        json.dumps(rows_of(name), default=lambda number: float(number) if number % 1 else int(number))
    )
    path = tmp_path / "table"
    path.write_text("".join("\t".join(map(cell, row.values())) + "\n" for row in rows))
    document = Document.open(str(path))
    assert document.log.profile.name == shipped()[name].name
    assert (document.event_count, document.unread_count) == (7, 0)
    state = dict(document.history.state(7).items())
    assert {each[-3:]: row["balance"] for each, row in state.items()} == {
        "G-1": Decimal("99.75"),
        "G-2": Decimal("41.5"),
    }
    document.close()


def test_backslashes_of_copy_are_what_they_stand_for(tmp_path: Path) -> None:
    path = tmp_path / "table"
    note = 'C:\\temp, a "quote", \n a line and a \t tab'
    rows = [
        [n, f"a-{n % 2}", {"amount": n, "note": note}, "MoneyDeposited", f"2026-01-0{n}", None]
        for n in range(1, 5)
    ]
    path.write_text("".join("\t".join(map(cell, row)) + "\n" for row in rows))
    document = Document.open(str(path))
    assert document.event_count == 4
    assert document.event(2).data["note"] == note
    assert "\\N" not in document.event(2).record.values()
    assert document.log.raw(int(document.events.offsets[0]), 1) == b"1"
    document.close()


def test_a_table_of_tabs_and_quotes_is_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text("type\taccount\tamount\tnote\n" + 'MoneyDeposited\ta\t1\t"a ""b"" \\\\ c"\n' * 3)
    document = Document.open(str(path))
    assert document.event(1).record["note"] == 'a "b" \\\\ c'
    document.close()


def test_a_table_that_may_be_of_two_stores_is_of_none() -> None:
    assert of_table([["1", "2", "3"], ["4", "5", "6"]], PLAIN) is None
    assert of_table([], PLAIN) is None
