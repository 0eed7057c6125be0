"""Is what a person says of a log's types and fields kept, and what makes no sense left out?"""

import pytest

from explorer.eventlog.event import FieldMap
from explorer.projection.model import Recipe
from explorer.session.changes.meanings import Reading, meaning, reading
from explorer.session.options import DEFAULTS


def test_what_was_said_is_read_back() -> None:
    said = Reading(FieldMap(entity="data.who"), {"PaidIn": "MoneyDeposited", "Noise": ""})
    assert reading(said.text()) == said
    assert Reading(FieldMap(), {}).text() == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"fields": 3, "types": 4}', '{"types": {"A": "Nonsense"}}'])
def test_nonsense_says_nothing(text: str) -> None:
    assert reading(text) == Reading()
    assert reading(text).of(DEFAULTS) == DEFAULTS


def test_only_the_accounts_read_model_is_told_what_types_mean() -> None:
    chosen = {"PaidIn": "MoneyDeposited"}
    assert meaning(Recipe("accounts"), chosen).text
    assert meaning(Recipe("latest"), chosen) == Recipe("latest")
    query = Recipe("q.sql", "sql", "SELECT 1")
    assert meaning(query, chosen) == query
