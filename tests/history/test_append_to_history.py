"""Is an index to which the new events were added the index that is built anew of all events?

That what it is built of is what would be read anew, and that its states are the folds, `test_resume` says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.history import collect as collecting
from explorer.history import columns, field_history, grown_columns, totals
from explorer.history.columns import column_ranks, columns_of
from explorer.history.field_history import NONE, FieldHistory
from explorer.history.history import History, Order
from explorer.projection.model import Recipe, Upcasters
from explorer.session.document import Document
from explorer.session.files.growth import read_on
from explorer.session.options import OpenOptions
from tests.history.test_resume import ACCOUNTS, LATEST, QUERY, records

STEPS = """
[[step]]
type = "MoneyDeposited"
from = 1
rename = { memo = "note" }
"""
EARLIEST = Recipe(
    "earliest",
    "sql",
    "SELECT coalesce(data.accountId, NULL) AS account, first(coalesce(data.owner, NULL)) AS owner, "
    "min(coalesce(data.amount, NULL)) AS least, max(coalesce(data.amount, NULL)) AS most, "
    "sum(coalesce(data.amount, NULL)) AS total FROM events GROUP BY account",  # a log may not have them yet
)
LIFTED = Recipe("accounts", upcasters=Upcasters("steps.toml", "toml", STEPS))
MODELS = {
    "accounts": ACCOUNTS, "latest": LATEST, "query": QUERY, "earliest": EARLIEST, "lifted": LIFTED,
}  # fmt: skip
HEAD = '{"type":"AccountOpened","data":{"accountId":"a","owner":"Ada","currency":"EUR"},"at":"2026-01-10T00:00:00Z"}\n'


def told_of(line: FieldHistory, history: History) -> dict[str, object]:
    """Everything that a field's history says."""
    keys = [None] * len(line.slot_entity) if line.slot_key is None else line.slot_key.tolist()
    return {
        "slots": [
            (history.entities[entity], None if key is None or key < 0 else line.keys[key])
            for entity, key in zip(line.slot_entity.tolist(), keys, strict=True)
        ],
        **{
            name: getattr(line, name).tolist()
            for name in ("offsets", "positions", "moments", "slots", "by_position", "born")
        },
        "values": [str(line.value(change)) for change in range(len(line.positions))],
        "heads": [line.head(position).tolist() for position in range(len(history) + 1)],
        "changes twice": line.changes_twice,
    }


def ranks_of(history: History) -> list[list[int]]:
    """In which order the entities stand by each column, as somebody sees who sorts at the end."""
    state = history.state(len(history))
    return [column_ranks(state, each, state.codes).tolist() for each in columns_of(history.fields, "account")]


def odd_of(document: Document) -> dict[str, object]:
    """What is odd about the events."""
    events = document.recorded.events
    return {
        **{name: getattr(events, name).tolist() for name in ("untimed", "beyond", "nobodys", "out_of_order")},
        "newest first": events.newest_first,
        "warnings": [str(each) for each in document.warnings],
    }


def told(history: History) -> dict[str, object]:
    """Everything that an index says."""
    return {
        "clock": history.clock.tolist(),
        "places": [history.log_position(position) for position in range(1, len(history) + 1)],
        "touches": told_of(history.touches, history),
        "totals": [str(history.totals(position)) for position in range(len(history) + 1)],
        "ranks": ranks_of(history),
        **{name: told_of(line, history) for name, line in history.field_histories.items()},
    }


@contextmanager
def growing(path: Path, parts: list[list[str]], options: OpenOptions, order: Order) -> Iterator[Document]:
    """The document of a log that has grown part by part while it was open."""
    path.write_text(HEAD)
    document = Document.open(str(path), options)
    document.set_order(order)
    for part in parts:
        told(document.history)  # somebody has asked for everything
        odd_of(document)
        with path.open("a") as file:
            file.writelines(part)
        found = read_on(document, options)
        assert found is not None
        document.close()
        document = found
    try:
        yield document
    finally:
        document.close()


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize(
    "projection",
    [ACCOUNTS, LATEST, QUERY, EARLIEST, LIFTED],
    ids=lambda each: f"{each.name}{each.upcasters or ''}"[:15],
)
@settings(max_examples=8)
@given(
    parts=st.lists(st.lists(records(), min_size=1, max_size=12), min_size=1, max_size=4),
    few=st.integers(0, 9),
    least=st.sampled_from([0, 0, 8, 1_000]),
)
def test_an_extended_index_is_the_one_that_is_built_anew(
    tmp_path_factory: pytest.TempPathFactory,
    order: Order,
    projection: Recipe,
    parts: list[list[str]],
    few: int,
    least: int,
) -> None:
    options = OpenOptions(projection=projection)
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(field_history, "KEYFRAME_CHANGES", 3)  # so that there are keyframes to take along
        patch.setattr(grown_columns, "_LEAST", least)  # so that columns stay apart, or do not
        patch.setattr(grown_columns, "_MOST_SHARE", 1)
        patch.setattr(grown_columns, "_MOST_PIECES", few)  # so that what is done for many is done too
        patch.setattr(grown_columns, "_STEP", 1)
        patch.setattr(grown_columns, "_FEW", few // 2)
        patch.setattr(grown_columns, "_BLOCK", 5)
        patch.setattr(totals, "BLOCK_CHANGES", 3)
        patch.setattr(columns, "_FEW_NEW", few)
        with growing(path, parts, options, order) as grown:
            for history in (grown.history, grown.recorded):
                assert told(history) == told(grown.collected.history(history.order))
            anew = Document.open(str(path), options)
            anew.set_order(order)
            assert odd_of(grown) == odd_of(anew)
            anew.close()


def deposit(account: str, amount: str, day: int) -> str:
    return (
        f'{{"type":"MoneyDeposited","data":{{"accountId":"{account}","amount":{amount},"currency":"EUR"}},'
        f'"at":"2026-01-{day:02}T00:00:00Z"}}\n'
    )


GROWTHS = {
    "another event": [deposit("a", "1.50", 12)],
    "several of one account": [deposit("a", "2", 12), deposit("a", "0.25", 13), deposit("b", "7", 13)],
    "a new account before an old one's next": [deposit("new", "1", 14), deposit("a", "1", 15)],
    "out of the order of time": [deposit("a", "1", 2), deposit("b", "1", 1)],
}


@pytest.mark.parametrize("name", GROWTHS)
def test_what_was_in_order_is_not_sorted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    options = OpenOptions(projection=ACCOUNTS)
    first = [deposit("a", "0.50", 11), deposit("b", "5.25", 12)]
    with growing(tmp_path / "log.jsonl", [first], options, "log") as document:
        with (tmp_path / "log.jsonl").open("a") as file:
            file.writelines(GROWTHS[name])
        monkeypatch.setattr(collecting, "field_history", lambda *_: pytest.fail("it was sorted again"))
        found = read_on(document, options)
        assert found is not None
        assert found.event_count == document.event_count + len(GROWTHS[name])
        found.close()


def test_names_that_were_put_in_order_are_in_order_whatever_the_order_of_time(tmp_path: Path) -> None:
    parts = [[deposit("b", "1", 11), deposit("a", "1", 2), deposit("c", "1", 3)]]
    with growing(tmp_path / "log.jsonl", parts, OpenOptions(projection=ACCOUNTS), "log") as document:
        expected = ranks_of(document.history)
        document.set_order("time")
        assert () in document.history.touches.value_ranks
        assert sorted(ranks_of(document.history)[0]) == sorted(expected[0])
        anew = ranks_of(document.collected.history("time"))
        document.history.touches.value_ranks.clear()
        assert ranks_of(document.history) == anew


def test_the_columns_of_the_old_index_stay_as_they_are_and_are_not_copied(tmp_path: Path) -> None:
    path, options = tmp_path / "log.jsonl", OpenOptions(projection=ACCOUNTS)
    with growing(path, [[deposit("a", "1", 11)] * 50], options, "log") as document:
        before = told(document.history)
        with path.open("a") as file:
            file.write(deposit("b", "3", 12))
        found, again = read_on(document, options), read_on(document, options)
        assert found is not None
        assert again is not None
        assert np.shares_memory(found.collected.events.at_ns, document.collected.events.at_ns)
        assert not np.shares_memory(again.collected.events.at_ns, found.collected.events.at_ns)
        assert told(document.history) == before
        assert told(found.history) == told(again.history)
        assert found.history.touches.head(0).tolist().count(NONE) == 2
        found.close()
        again.close()
