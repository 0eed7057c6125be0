"""Does a column of which something new is kept beside it answer like the one in which all stands, whoever asks?"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.history import cache, field_history, grown_columns, totals
from explorer.history.array_like import ArrayLike
from explorer.history.conditions import parse_condition
from explorer.history.edits import Edit
from explorer.history.find import find
from explorer.history.grown_columns import GrownColumn, GrownPlaces, Insertion, apart, beneath
from explorer.history.history import Order
from explorer.history.what_if import Branch
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.files.growth import read_on
from explorer.session.options import OpenOptions
from tests.history.test_what_if import LOGS, RECORDS

ACCOUNTS, LATEST = Recipe("accounts"), Recipe("latest")


@contextmanager
def kept_apart() -> Iterator[None]:
    """As of columns of millions, whose parts are looked up in tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grown_columns, "_LEAST", 0)
        patch.setattr(grown_columns, "_MOST_SHARE", 0)
        patch.setattr(grown_columns, "_STEP", 1)
        patch.setattr(grown_columns, "_FEW", 3)
        patch.setattr(grown_columns, "_BLOCK", 4)
        patch.setattr(field_history, "KEYFRAME_CHANGES", 3)
        patch.setattr(totals, "BLOCK_CHANGES", 3)
        yield


@st.composite
def insertions(draw: st.DrawFn) -> list[list[int]]:
    """Of several growths, the places of what is new."""
    count, found = draw(st.integers(1, 12)), []
    for _ in range(draw(st.integers(1, 4))):
        new = draw(st.integers(0, 9))
        count += new
        found.append(sorted(draw(st.permutations(range(count)))[:new]))
    return [list(range(count - sum(map(len, found)))), *found]


@settings(max_examples=100)
@given(steps=insertions(), data=st.data())
def test_a_column_that_has_grown_is_the_one_in_which_all_stands(
    steps: list[list[int]], data: st.DataObject
) -> None:
    expected = list(range(100, 100 + len(steps[0])))
    column, number = np.array(expected, np.int32), 1_000
    with kept_apart():
        for places in steps[1:]:
            at = Insertion(np.array(places, np.int64), len(expected))
            new = np.arange(number, number + len(places), dtype=np.int32)
            number += len(places)
            for place, value in zip(places, new.tolist(), strict=True):
                expected.insert(place, value)
            column = GrownColumn.of(column, new, at)
            if data.draw(st.booleans()):  # some growths nobody looks at
                alike(column, expected, data)


@settings(max_examples=100)
@given(steps=insertions(), data=st.data())
def test_places_that_have_moved_are_those_of_the_column_in_which_all_stands(
    steps: list[list[int]], data: st.DataObject
) -> None:
    count = len(steps[0])
    expected = data.draw(st.permutations(range(count)))
    column: np.ndarray = np.array(expected, np.int32)
    with kept_apart():
        for places in steps[1:]:
            at = Insertion(np.array(places, np.int64), len(expected))
            new = data.draw(st.permutations(places))
            others = [place for place in range(len(at)) if place not in places]
            expected = [*(others[place] for place in expected), *new]
            column = GrownPlaces.of(column, np.array(new, np.int32), at)
            if data.draw(st.booleans()):
                alike(column, expected, data)


def alike(column: np.ndarray, expected: list[int], data: st.DataObject) -> None:
    count = len(expected)
    assert (len(column), column.shape, column.size, column.dtype) == (count, (count,), count, np.int32)
    assert [int(column[place]) for place in range(-count, count)] == expected * 2
    some = np.array(data.draw(st.lists(st.integers(-count, count - 1), max_size=12)), np.int64)
    assert column[some].tolist() == [expected[place] for place in some.tolist()]
    assert column[some.astype(np.int32)].dtype == np.int32
    flags = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    assert column[flags].tolist() == [each for each, flag in zip(expected, flags, strict=True) if flag]
    begin, end = data.draw(st.tuples(st.integers(0, count), st.integers(0, count)))
    if 4 * (end - begin) < 3 * count:  # else it would be put together here
        assert column[begin:end].tolist() == expected[begin:end]
    for outside in (count, -count - 1):
        with pytest.raises(IndexError):
            column[outside]
        with pytest.raises(IndexError):
            column[np.array([0, outside])]
    assert (column.max(), column.min()) == (max(expected), min(expected))
    assert apart(column).tolist() == expected
    assert sum(map(len, beneath(column))) == count
    if data.draw(st.booleans()):  # somebody wants it whole
        assert (column + 1).tolist() == [each + 1 for each in expected]
        assert column[::-1].tolist() == expected[::-1]
        assert np.searchsorted(np.sort(column), expected[0]) == sorted(expected).index(expected[0])
        assert list(column) == expected
        assert len(beneath(column)) == 1


def test_a_short_column_and_one_that_has_grown_by_much_are_put_together() -> None:
    long, at = np.arange(1 << 17), Insertion(np.array([5]), 1 << 17)
    one = GrownColumn.of(long, np.array([7]), at)
    assert isinstance(one, ArrayLike)
    assert np.concatenate([one, [1]]).tolist() == [*range(5), 7, *range(5, 1 << 17), 1]
    assert isinstance(GrownColumn.of(long[:100], np.array([7]), Insertion(np.array([5]), 100)), np.ndarray)
    many = np.arange(3_000)
    assert isinstance(GrownColumn.of(long, many, Insertion(many, len(long))), np.ndarray)
    half = Insertion(many[:1_500], len(long))
    once = GrownColumn.of(long, many[:1_500], half)
    assert isinstance(once, GrownColumn)
    twice = GrownColumn.of(once, many[:1_500], Insertion(many[:1_500], len(once)))
    assert isinstance(twice, np.ndarray)
    assert twice.tolist() == [*range(1_500)] * 2 + [*range(1 << 17)]


# --- a log that grows while nobody looks at all of it ------------------------------------------------------------


def lines_of(records: list[dict[str, object]]) -> list[str]:
    return [json.dumps(each) + "\n" for each in records]


def anybodys(records: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    """Some of entities that nobody has heard of, and some by which one ends, or begins anew."""
    names = st.sampled_from(["a", "b", "new", "newer"])
    ends = st.builds(lambda name: {"type": "deleted", "data": {"accountId": name}}, names)
    opened = st.builds(
        lambda name: {"type": "AccountOpened", "data": {"accountId": name, "owner": name}}, names
    )
    paid = st.builds(
        lambda name, amount: {"type": "MoneyDeposited", "data": {"accountId": name, "amount": amount}},
        names, st.sampled_from([1, 2.5, 0.125]),
    )  # fmt: skip
    return st.one_of(records, records, paid, opened, ends)


def answers(document: Document) -> Iterator[tuple[str, object]]:
    """What somebody is told who asks for one thing after the other, and for the whole of no column."""
    history = document.history
    places = range(len(history) + 1)
    entities = list(history.entities.values)
    for name, line in {**history.field_histories, "touches": history.touches}.items():
        slots = range(len(line.slot_entity))
        yield f"changes of {name}", [line.changes_of(entity) for entity in range(len(entities))]
        yield f"at {name}", [[line.change_at(slot, place) for place in places] for slot in slots]
        yield f"by {name}", [line.changes_by(place).tolist() for place in places]
        yield f"heads {name}", [line.head(place).tolist() for place in places]
        yield f"born {name}", [line.born_by(place).tolist() for place in places]
        yield f"ranks {name}", [line.birth_rank(slot) for slot in slots]
        yield f"values {name}", [str(line.value(change)) for change in range(len(line.positions))]
        yield f"before {name}", [line.before(change) for change in range(len(line.positions))]
    yield "states", [str(list(history.state(place).items())) for place in places]
    yield "totals", [str(history.totals(place)) for place in places]
    yield "changes", [str(history.changes_by(place)) for place in places]
    fields = [field.name for field in history.fields if not field.hidden]
    yield "why", [str(list(history.all_changes(entity, fields))) for entity in entities]
    yield "positions", [history.positions_of(entity).tolist() for entity in entities]
    if "balance" in fields:
        for text in ("balance < 2", "balance > 1 and status = 'open'"):
            yield text, str(find(history, parse_condition(text, history.fields, noun="account")))
    middle = max(len(history) // 2, 1)
    for edits in ([Edit("skip", 1)], [Edit("skip", middle), Edit("skip", len(history))]):
        branch = Branch(history, document.collected.model, edits)
        yield f"branch {edits}", str(list(branch.items(len(branch)))) + str(branch.touched)


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("projection", [ACCOUNTS, LATEST], ids=lambda each: each.name)
@settings(max_examples=8)
@given(
    log=LOGS,
    parts=st.lists(st.lists(anybodys(RECORDS), min_size=1, max_size=6), min_size=2, max_size=4),
    asked=st.sets(st.integers(0, 3)),
    kept=st.sets(st.integers(0, 3)),
)
def test_what_is_asked_of_a_log_that_grew_again_and_again_is_what_is_told_of_it_when_it_is_opened(
    tmp_path_factory: pytest.TempPathFactory,
    order: Order,
    projection: Recipe,
    log: list[dict[str, object]],
    parts: list[list[dict[str, object]]],
    asked: set[int],
    kept: set[int],
) -> None:
    """Some growths are kept as an index, which is opened again, or takes the place of what is in memory."""
    folder = tmp_path_factory.mktemp("log")
    path, options = folder / "log.jsonl", OpenOptions(projection=projection, cache_dir=folder / "cache")
    path.write_text("".join(lines_of(log)))
    with kept_apart(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "SMALL_BYTES", 0)
        document = Document.open(str(path), options)
        document.set_order(order)
        for number, part in enumerate(parts):
            if number in kept and (saved := document.keep(options)) is not None and number % 2:
                document.rest()
                saved.take_place()
            with path.open("a") as file:
                file.writelines(lines_of(part))
            again = number in kept and not number % 2
            found = Document.open(str(path), options) if again else read_on(document, options)
            document.close()
            if found is None:  # what it is about has changed
                found = Document.open(str(path), options)
            document = found
            document.set_order(order)
            if number in asked:
                dict(answers(document))
        anew = Document.open(str(path), OpenOptions(projection=projection))
        anew.set_order(order)
        try:
            for (what, ours), (_, theirs) in zip(answers(document), answers(anew), strict=True):
                assert ours == theirs, what
        finally:
            document.close()
            anew.close()


def test_what_is_new_is_kept_beside_a_long_column_and_fields_go_on_sharing_theirs(tmp_path: Path) -> None:
    path, options = tmp_path / "log.jsonl", OpenOptions(projection=LATEST, cache_dir=tmp_path / "cache")
    path.write_text(
        "".join(
            f'{{"type":"Moved","data":{{"id":"e{at % 700}","place":{at % 9},"by":"b{at % 5}"}},"at":"2026-01-01"}}\n'
            for at in range(90_000)
        )
    )
    document = Document.open(str(path), options)
    for number in range(3):
        with path.open("a") as file:
            file.write('{"type":"Moved","data":{"id":"e3","place":77,"by":"b1"},"at":"2026-01-02"}\n' * 2)
            file.write(
                f'{{"type":"Moved","data":{{"id":"n{number}","place":5,"by":"b2"}},"at":"2026-01-02"}}\n'
            )
        found = read_on(document, options)
        assert found is not None
        document.close()
        document = found
        place, by = (document.history.field_histories[name] for name in ("place", "by"))
        assert isinstance(place.positions, GrownColumn)
        assert place.positions is by.positions
        assert len(beneath(place.positions)[0]) == 90_000
        assert len(beneath(place.positions)[1]) == 3 * (number + 1)
        assert dict(document.history.state(document.event_count).items())["e3"]["place"] == 77
    assert document.keep(options) is not None  # without putting it together for others
    assert len(beneath(place.positions)) == 2
    again = Document.open(str(path), options)
    for name, line in again.history.field_histories.items():
        theirs = document.history.field_histories[name]
        assert line.positions.tolist() == theirs.positions.tolist()
        assert line.by_position.tolist() == theirs.by_position.tolist()
    assert str(list(again.history.state(90_009).items())) == str(list(document.history.state(90_009).items()))
    with path.open("a") as file:
        file.write('{"type":"Moved","data":{"id":"e3","place":78,"by":"b1"},"at":"2026-01-02"}\n')
    grown = Document.open(str(path), options)  # goes on from the kept one
    grown.prepare("log")  # as before it is shown
    for line in grown.history.field_histories.values():
        frames = len(line._keyframes)
        line.head(70_000)
        assert frames == len(line._keyframes) == 2  # no jump is the first one
    grown.close()
    again.close()
    document.close()
