"""Is what a person says of a log's types and fields kept, and what makes no sense left out?"""

from pathlib import Path

import pytest

from explorer.eventlog.event import FieldMap
from explorer.projection.model import Recipe, Upcasters
from explorer.session.changes.meanings import ReadingChoice, meaning, meanings, reading
from explorer.session.document import Document
from explorer.session.options import DEFAULTS, OpenOptions


def test_what_was_said_is_read_back() -> None:
    said = ReadingChoice(FieldMap(entity="data.who"), {"PaidIn": "MoneyDeposited", "Noise": ""})
    assert reading(said.text()) == said
    assert ReadingChoice(FieldMap(), {}).text() == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"fields": 3, "types": 4}', '{"types": {"A": "Nonsense"}}'])
def test_nonsense_says_nothing(text: str) -> None:
    assert reading(text) == ReadingChoice()
    assert reading(text).of(DEFAULTS) == DEFAULTS


def test_only_the_accounts_read_model_is_told_what_types_mean() -> None:
    chosen = {"PaidIn": "MoneyDeposited"}
    assert meaning(Recipe("accounts"), chosen).text
    assert meaning(Recipe("latest"), chosen) == Recipe("latest")
    query = Recipe("q.sql", "sql", "SELECT 1")
    assert meaning(query, chosen) == query


def test_what_a_person_has_said_stays_where_events_are_lifted(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"type":"PaidIn","at":"2026-01-01","data":{"accountId":"a","amount":5}}\n', "utf-8")
    steps = Upcasters("steps.toml", "toml", '[[step]]\ntype = "Other"\nfrom = 1\nrename = {a = "b"}\n')
    said = meaning(Recipe("accounts", upcasters=steps), {"PaidIn": "MoneyDeposited"})
    document = Document.open(str(path), OpenOptions(projection=said))
    try:
        found = meanings(document)
        assert [(each.type, each.chosen) for each in found.types] == [("PaidIn", "MoneyDeposited")]
        assert found.in_use
    finally:
        document.close()
