"""Does an entity end where a record deletes it: in the state, in find, in diff, in a branch, as the plain fold says?"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.eventlog.deletion import teller
from explorer.eventlog.event import Event
from explorer.eventlog.log import open_log
from explorer.history.cache import IndexCache
from explorer.history.difference import diff
from explorer.history.edits import Edit
from explorer.history.find import find
from explorer.history.history import History
from explorer.history.what_if import Branch
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import ReadModel, Recipe
from explorer.session.document import Document
from explorer.session.find.finding import condition_of
from explorer.session.options import OpenOptions
from tests import small_logs

SUMS = "SELECT entity AS row, sum(data.n) AS n, last(data.name) AS name FROM events GROUP BY row"
LATEST_OF_SQL = "SELECT entity AS row, last(data.name) AS name, max(data.n) AS most FROM events GROUP BY row"
FIRST = [
    ("c", 2, 2),
    ("u", 1, 2),
    ("c", 2, 3),
    ("u", 2, 4),
    ("u", 2, 2),
]  # else nobody knows what the rows have
STEPS = st.lists(st.tuples(st.sampled_from("cud"), st.integers(0, 2), st.integers(-5, 5)), max_size=10).map(
    lambda steps: [*FIRST, *steps]
)


def change(op: str, key: int, number: int, at: int) -> dict[str, object]:
    row = {"id": f"r{key}", "name": f"n{number}", "n": number}
    before, after = (row, None) if op == "d" else (None, row)
    if op == "u" and number % 2:
        after = {"id": f"r{key}", "n": number}
    return {
        "op": op,
        "before": before,
        "after": after,
        "source": {"connector": "x"},
        "ts_ms": 1_700_000_000_000 + at * 7_919 % 50_000,
    }


@contextmanager
def opened(
    folder: Path, steps: Sequence[tuple[str, int, int]], recipe: Recipe | None = None
) -> Iterator[Document]:
    path = folder / "changes.jsonl"
    records = [change(*step, at) for at, step in enumerate(steps)]
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    document = Document.open(str(path), OpenOptions(projection=recipe or Recipe()))
    try:
        yield document
    finally:
        document.close()


def by_fold(document: Document, events: Sequence[Event]) -> dict[str, object]:
    tell = teller(document.log.fields)
    model: ReadModel = document.read_model
    folded = fold(model, events, lambda event: tell(event.record) is not None)
    return {entity: without_hidden(model, state) for entity, state in folded.items()}


@pytest.mark.parametrize("recipe", [Recipe(), Recipe("sums.sql", "sql", SUMS)])
@given(steps=STEPS, order=st.sampled_from(["log", "time", "reversed"]))
@settings(max_examples=60, deadline=None)
def test_every_state_is_what_the_plain_fold_says(
    tmp_path_factory: pytest.TempPathFactory, recipe: Recipe, steps: list[tuple[str, int, int]], order: str
) -> None:
    with opened(tmp_path_factory.mktemp("log"), steps, recipe) as document:
        document.set_order(order)  # type: ignore[arg-type]
        history: History = document.history
        events = [document.event(at) for at in range(1, len(steps) + 1)]
        states = [by_fold(document, events[:at]) for at in range(len(steps) + 1)]
        condition = condition_of(history, document.noun, "n >= 0" if recipe.language else "n > 0")
        holds: dict[str, set[int]] = {}
        for interval in find(history, condition):
            stop = len(steps) + 1 if interval.stop is None else interval.stop
            assert interval.start < stop
            holds.setdefault(interval.entity, set()).update(range(interval.start, stop))
        for at, wanted in enumerate(states):
            assert dict(history.state(at).items()) == wanted
            for entity in history.entities:
                row = wanted.get(entity)
                number = None if row is None else row["n"]  # type: ignore[index]
                true = number is not None and (number >= 0 if recipe.language else number > 0)  # type: ignore[operator]
                assert (at in holds.get(entity, set())) == true
        found = {each.entity: each.kind for each in diff(history, 0, len(steps))}
        assert set(found) == set(states[-1])


@given(steps=STEPS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_branch_ends_and_begins_anew_as_its_own_events_say(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    with opened(tmp_path_factory.mktemp("log"), steps) as document:
        skipped = data.draw(st.integers(1, len(steps)))
        inserted = data.draw(st.integers(1, len(steps)))
        gone = json.dumps(change("d", data.draw(st.integers(0, 2)), 1, 3))
        edits = [Edit("skip", skipped), Edit("insert", inserted, gone)]
        branch = Branch(document.history, document.read_model, edits)
        events = [branch.event(at) for at in range(1, len(branch) + 1)]
        for at in range(len(branch) + 1):
            assert dict(branch.items(at)) == by_fold(document, events[:at])


def test_a_row_is_gone_from_where_it_was_deleted_and_nothing_of_it_comes_back(tmp_path: Path) -> None:
    steps = [("c", 1, 2), ("d", 1, 2), ("u", 1, 3)]
    with opened(tmp_path, steps) as document:
        states = [dict(document.history.state(at).items()) for at in range(4)]
        assert states[1] == {"r1": {"id": "r1", "name": "n2", "n": 2}} or "r1" in states[1]
        assert states[2] == {}
        assert states[3]["r1"]["name"] is None
        assert [each.kind for each in document.warnings] == []
        assert document.totals_text(2) == ""


def test_a_fold_that_cannot_begin_anew_goes_on_and_says_so(tmp_path: Path) -> None:
    recipe = Recipe("most.sql", "sql", LATEST_OF_SQL)
    with opened(
        tmp_path, [("c", 1, 2), ("d", 1, 2), ("c", 1, 1), ("c", 2, 5), ("d", 2, 5)], recipe
    ) as document:
        assert list(dict(document.history.state(5).items())) == ["r1"]
        assert [(each.kind, each.count, each.first) for each in document.warnings] == [("delete", 1, 2)]


def test_a_deleted_row_is_no_part_of_any_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path, [("c", 1, 2), ("c", 2, 3), ("d", 2, 3)]) as document:
        path = str(document.path)
        assert main(["state", path, "--format", "json"]) == 0
        assert list(json.loads(capsys.readouterr().out)["state"]) == ["r1"]
        assert main(["diff", path, "--from", "2", "--to", "3", "--format", "json"]) == 0
        assert list(json.loads(capsys.readouterr().out)["removed"]) == ["r2"]
        assert main(["find", path, "n = 3", "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["intervals"] == [{"account": "r2", "from": 2, "to": 3}]
        assert main(["what-if", path, "--skip", "3", "--format", "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert set(answer["state"]) == {"r1", "r2"}
        assert main(["verify", path]) == 0


def test_what_is_deleted_twice_is_told_once_in_the_order_in_which_it_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [("AccountOpened", "a"), ("AccountOpened", "b"), *[("Deleted", each) for each in "bbab"]]
    document = small_logs.opened(tmp_path, *(small_logs.event(1, *each) for each in told))
    state = document.history.state(6)
    assert [state.entity(code) for code in state.ended.tolist()] == ["b", "a"]
    assert main(["state", str(document.path)]) == 0
    assert "any more: b, a.\n" in capsys.readouterr().out
    document.close()


@given(steps=STEPS)
@settings(max_examples=40, deadline=None)
def test_what_ended_is_nothing_in_an_index_that_was_kept_too(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("log")
    with opened(folder, steps) as document, open_log(document.path) as again:
        cache = IndexCache(folder / "cache")
        recipe = document.collected.model.recipe
        cache.save(document.log, recipe, document.collected, document.history)
        kept = cache.load(again, recipe)
        assert isinstance(kept, tuple)
        for at in range(len(steps) + 1):
            wanted = list(document.history.state(at).items())
            assert list(kept[1].state(at).items()) == wanted


def test_a_message_without_a_payload_ends_its_account_and_is_nothing_odd(tmp_path: Path) -> None:
    payloads = ['{"type":"MoneyDeposited","amount":12.5}', '{"type":"MoneyWithdrawn","amount":2.25}', None]
    envelope = {"topic": "t", "partition": 0, "tstype": "create", "broker": 1, "key": "acc-1"}
    path = tmp_path / "topic.jsonl"
    path.write_text(
        "".join(
            json.dumps({**envelope, "offset": at, "ts": 1_700_000_000_000 + at, "payload": payload}) + "\n"
            for at, payload in enumerate(payloads)
        )
    )
    document = Document.open(str(path))
    states = [dict(document.history.state(at).items()) for at in range(4)]
    assert [len(each) for each in states] == [0, 1, 1, 0]
    assert str(states[2]["acc-1"]["balance"]) == "10.25"
    assert [each.kind for each in document.warnings] == []
    document.close()


def test_of_changes_that_are_mostly_deletes_the_row_and_its_id_are_found(tmp_path: Path) -> None:
    with opened(tmp_path, [*FIRST, *[("d", 0, 0)] * 6]) as document:
        assert (document.log.fields.data, document.log.fields.entity) == ("after", "after.id")
        assert {name for name, _ in document.history.state(5).items()} == {"r1", "r2"}
