"""Are the first rows of a query those that the whole query gives at that place, and can trying it be given up?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.eventlog.errors import Cancelled, LogError
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.state.state_view import value_text
from explorer.session.trial import MOST_EVENTS, MOST_ROWS, read_for, trial

QUERY = Recipe(
    "q", "sql", "SELECT data.a AS a, sum(data.v) AS total, last(who) AS who FROM events GROUP BY a"
)


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    log = tmp_path / "log.jsonl"
    lines = [
        {"type": "Paid", "who": f"w{n}", "data": {"a": f"a{n % 20}", "v": "no" if n == 7 else n}}
        for n in range(2 * MOST_EVENTS)
    ]
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = Document.open(str(log))
    yield found
    found.close()


def test_the_first_rows_are_those_of_the_whole_query_at_that_position(document: Document) -> None:
    model, found = read_for(document, QUERY)
    assert model is not None
    assert not found
    made = trial(document, model, lambda _done, _all: None)
    assert made is not None
    assert (made.entities, made.events, made.problems) == (20, MOST_EVENTS, 1)
    assert made.problem == "“no” is not a number"
    whole = Document.open(str(document.path), OpenOptions(projection=QUERY))
    try:
        state = dict(whole.history.state(MOST_EVENTS).items())
    finally:
        whole.close()
    expected = [[name, *map(value_text, values.values())] for name, values in state.items()]
    assert made.rows == expected[:MOST_ROWS]
    assert made.columns == ["a", "total", "who"]


def test_trying_ends_as_soon_as_nobody_wants_it(document: Document) -> None:
    model, _ = read_for(document, QUERY)
    assert model is not None
    asked = []

    def report(done: int, total: int) -> None:
        asked.append((done, total))
        if done == 10:
            raise Cancelled

    with pytest.raises(Cancelled):
        trial(document, model, report)
    assert asked[-1] == (10, MOST_EVENTS)


def test_without_a_log_only_the_query_itself_is_looked_at() -> None:
    wrong = Recipe("q", "sql", "SELECT sum(data.anything) AS x FROM events")
    assert read_for(None, wrong) == (None, [])
    with pytest.raises(LogError, match="there is no table"):
        read_for(None, Recipe("q", "sql", "SELECT count(*) AS x FROM event"))
