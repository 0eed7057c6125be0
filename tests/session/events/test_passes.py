"""Is what compiled loops say of all events what the exact reader says of each?"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.errors import Cancelled
from explorer.eventlog.event import Event, FieldMap
from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.events import Events
from explorer.history.passes import SMALL_BYTES, WholeEvents, containing, looked_at, needles_of
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
from explorer.session.document import Document
from explorer.session.events import matching
from explorer.session.events.field_tests import FieldTest
from explorer.session.events.filters import FilterError, parse_filter
from explorer.session.events.record_tests import RecordTest
from explorer.session.files.event_rows import EventRows
from explorer.session.files.export_formats import chunks, csv_cell, csv_row
from explorer.session.files.export_formats import guarded as guard
from explorer.session.files.exports import EventsExport

NAMES = [
    "amount",
    "Amount",
    "a",
    "b",
    "a.b",
    "data",
    "meta",
    "metadata",
    "\u017f",
    "s",
    "ä",
    "Ä",
    "_data_",
    "x\ny",
    "_stored_",
]
NUMBERS = [
    "0", "-0", "-0.0", "1", "100", "1e2", "1E+2", "1.00e2", "100.0", "-1", "0.1", "1e-1", "999", "999.5",
    "123456789012345678901234567890", "0.12345678901234567890123", "1e300", "1e-300", "9223372036854775807",
    "99999999999999999.9",
]  # fmt: skip
TEXTS = [
    "", "1", "-0", "100", "1e2", "007", "+1", " 1", "Ada", "ada", "ADA", "Zoë", "\ufb06", "\u212a", "true", "null",
    'a "b" {[', "\\", "\n", "\ud800", "x" * 40, "{}", ' {"amount":1}', '{"amount":100}', "1.", "1e400",
]  # fmt: skip


class Written(str):
    """JSON text that stands as it is."""

    __slots__ = ()


def written(value: object, draw: random.Random) -> str:
    """JSON in one of its many spellings."""
    space = draw.choice(["", "", "", " ", "  \t"])
    match value:
        case Written():
            return f"{space}{value}{space}"
        case dict():
            members = [f"{written(key, draw)}:{written(inner, draw)}" for key, inner in value.items()]
            if members and draw.random() < 0.1:
                members.insert(0, draw.choice(members))  # the same key twice
            return space + "{" + f"{space},".join(members) + space + "}"
        case list():
            return space + "[" + ",".join(written(inner, draw) for inner in value) + space + "]"
        case str():
            text = json.dumps(value, ensure_ascii="\ud800" in value or draw.random() < 0.3)
            if value and draw.random() < 0.1:
                text = (
                    f'"\\u{ord(value[0]):04x}{json.dumps(value[1:])[1:]}' if ord(value[0]) < 0xD800 else text
                )
            return space + text + space
    return json.dumps(value)


scalars = st.one_of(
    st.sampled_from([Written(number) for number in NUMBERS]),
    st.sampled_from(TEXTS),
    st.sampled_from([True, False, None]),
    st.integers(-200, 200),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=8,
)
records = st.dictionaries(st.sampled_from(NAMES), values, max_size=5)
filters = st.builds(
    lambda name, operator, value: f"{name}{operator}{value}",
    st.sampled_from(
        ["amount", "AMOUNT", "a", "a.b", "data.amount", "data", "a.b.a", "s", "ä", "meta.a", "b.amount", "_stored_"]
    ),
    st.sampled_from([":", "!=", "<", "<=", ">", ">="]),
    st.sampled_from([
        "100", "0", "-0", "1", "99.5", "0.1", "true", "ada", '"Ada"', "A*", "/a/", "zoë", "st", "k", "null",
        "1,ada", "100,x*", "12345678901234567890123", "99999999999999999", "1e2",
    ]),
)  # fmt: skip


def events_of(path: Path, data: str | None, time: str | None = None, entity: str | None = None) -> Events:
    log = open_log(path, FieldMap(type="kind", data=data or ".", time=time, entity=entity))
    return collect(log, lambda sample: choose(AUTO, sample, log.fields)).events


@given(
    st.lists(records, min_size=1, max_size=6), filters, st.sampled_from([None, "data", "a.b"]), st.randoms(),
    st.sampled_from(["lines", "array", "map"]),
)  # fmt: skip
def test_a_field_is_found_as_the_exact_reader_finds_it(
    tmp_path_factory: pytest.TempPathFactory,
    several: list[dict[str, object]],
    text: str,
    data: str | None,
    draw: random.Random,
    kind: str,
) -> None:
    path = tmp_path_factory.getbasetemp() / f"log{random.random()}.json"
    payload = {"a": {"b": {}}, "data": {}} if data else {}
    head = {"kind": "A", **payload}
    lines = [written({**record, "kind": "A"}, draw) for record in several] + [written(head, draw)] * 3
    if kind == "lines":
        path.write_text("\n".join(lines) + "\n", "utf-8")
    elif kind == "array":
        path.write_text("[" + ",\n".join(lines) + "]", "utf-8")
    else:
        members = (f'"k{number} \\"":{line}' for number, line in enumerate(lines))
        path.write_text('{\n"events":{' + ",\n".join(members) + "}}", "utf-8")
    assert_found_as_one_by_one(path, data, text)


def assert_found_as_one_by_one(path: Path, data: str | None, text: str) -> None:
    """What passes a filter in one pass over a log, which is removed, is what passes it event by event."""
    try:
        events = events_of(path, data)
    finally:
        path.unlink()
    with events.log:
        try:
            test = FieldTest(parse_filter(text)[0])
        except FilterError:
            return
        block = WholeEvents(events, 0, len(events), compiled=True)
        found = RecordTest(test, events).passing(block, np.ones(len(events), np.bool_))
        exact = [test(events.event(position)) for position in range(1, len(events) + 1)]
        assert found.tolist() == exact


def with_other_values(value: Any, draw: random.Random) -> Any:
    """The same members with other texts, numbers, booleans and nulls in some places, seldom with lists or objects."""
    match value:
        case dict():
            return {key: with_other_values(inner, draw) for key, inner in value.items()}
        case list():
            return [with_other_values(inner, draw) for inner in value]
    if draw.random() < 0.5:
        return value
    others = [Written(draw.choice(NUMBERS)), draw.choice(TEXTS), draw.randrange(-200, 200)]
    odd: list[object] = [True, None, [100], {"amount": 100}, {"_data_": "100"}]
    return draw.choice(others if draw.random() < 0.8 else odd)


@given(
    st.lists(records, min_size=1, max_size=2), filters, st.sampled_from([None, "data", "a.b"]), st.randoms(),
    st.sampled_from(["lines", "map"]),
)  # fmt: skip
def test_a_field_is_found_in_records_that_are_written_alike_but_for_their_values(
    tmp_path_factory: pytest.TempPathFactory,
    several: list[dict[str, object]],
    text: str,
    data: str | None,
    draw: random.Random,
    kind: str,
) -> None:
    path = tmp_path_factory.getbasetemp() / f"alike{random.random()}.json"
    head = {"kind": "A", "data": {"amount": 100, "a": {"b": 1}}, "a": {"b": {"amount": 1, "a": "x"}}}
    spelling = draw.random()

    def line(record: dict[str, object]) -> str:
        seed = spelling if draw.random() < 0.9 else draw.random()
        more = {draw.choice(NAMES): draw.choice([{"amount": 100}, 100])} if draw.random() < 0.2 else {}
        return written({**record, "kind": "A", **more}, random.Random(seed))

    lines = [line(record) for record in [*several, head, head]]
    lines += [line(with_other_values(record, draw)) for record in [*several, head] for _ in range(6)]
    if kind == "lines":
        path.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        members = (f'"k{number} \\"":{line}' for number, line in enumerate(lines))
        path.write_text('{\n"events":{' + ",\n".join(members) + "}}", "utf-8")
    assert_found_as_one_by_one(path, data, text)


@pytest.mark.parametrize(
    ("text", "data", "before", "after"),
    [
        ("data:7", "data", '"data":null,"meta":{"data":7}', '"data":5,"meta":{"data":7}'),
        ("amount:100", "data", '"data":"x","amount":5', r'"data":"{\"amount\":100}","amount":5'),
        ("amount:7", "a.b", '"a.b":{"amount":5},"a":{"x":1}', '"a.b":{"amount":5},"a":{"b":{"amount":7}}'),
        ("amount:7", None, '"Amount":5,"x":1', '"Amount":5,"amount":7'),
        ("amount:7", "data", '"amount":5', '"amount":5,"data":{"amount":7}'),
        ("amount:7", "data", '"data":{"amount":[5]}', '"data":{"amount":[5,7]}'),
        ("amount:7", "data", '"data":{"amount":5}', '"data":{"amount":{"_data_":7}}'),
        ("a.b:7", None, '"a":{"b":5}', '"a":{"b":5},"a.b":7'),
        ("a.b:7", None, '"a":[{"b":7},{"b":5}]', '"a":[{"b":3},{"b":5}]'),
        ("amount:7", None, '"x":"amount"', '"x":"amount", "amount":7'),
        ("amount:7", None, '"x":5', r'"x":"5,\"amount\":5","amount":7'),
        ("amount:7", None, '"x":5,"amount":5', '"x":5.0e0,"amount":70e-1'),
    ],
)
def test_a_record_that_begins_like_those_before_it_is_read_to_where_it_differs(
    tmp_path: Path, text: str, data: str | None, before: str, after: str
) -> None:
    path = tmp_path / "log.jsonl"
    lines = [f'{{"kind":"A",{each}}}' for each in (before, before, after, before, after, after)]
    path.write_text("\n".join(lines) + "\n")
    events = events_of(path, data)
    with events.log:
        test = FieldTest(parse_filter(text)[0])
        block = WholeEvents(events, 0, len(events), compiled=True)
        found = RecordTest(test, events).passing(block, np.ones(len(events), np.bool_))
        assert found.tolist() == [test(events.event(position)) for position in range(1, len(events) + 1)]
        assert found[0] != found[2]


@given(
    st.lists(records, min_size=1, max_size=6),
    st.sampled_from([None, "data", "a.b"]),
    st.randoms(),
    st.booleans(),
)
def test_rows_of_csv_are_those_of_each_event_alone(
    tmp_path_factory: pytest.TempPathFactory,
    several: list[dict[str, object]],
    data: str | None,
    draw: random.Random,
    guarded: bool,
) -> None:
    path = tmp_path_factory.getbasetemp() / f"rows{random.random()}.json"
    payload = {"a": {"b": {}}, "data": {}} if data else {}
    head = {"kind": "A", "s": "=1", "b": "x", **payload}
    lines = [written({**record, "kind": "A,b"}, draw) for record in several] + [written(head, draw)] * 3
    path.write_text("\n".join(lines) + "\n", "utf-8")
    events = events_of(path, data, time="b", entity="s")
    path.unlink()
    with events.log:
        block = WholeEvents(events, 0, len(events), compiled=True)

        def row(event: Event) -> bytes:
            told = [event.position, event.at, event.type, event.entity, event.data, None]
            return csv_row(told, for_spreadsheets=guarded)

        def text(value: str) -> bytes:
            return csv_cell(guard(value) if guarded else value).encode("utf-8", "backslashreplace")

        rows = EventRows(events, row, text, guarded=guarded)
        among = np.array([draw.random() < 0.8 for _ in range(len(events))], np.bool_)
        breaks = np.array(sorted({draw.randrange(len(events)) for _ in range(2)}), np.int64)
        pieces = rows.written(block, among, breaks)
        exact = [row(events.event(place + 1)) for place in np.flatnonzero(among).tolist()]
        assert b"".join(piece for _, piece in pieces) == b"".join(exact)
        for place in breaks.tolist():
            before = b"".join(piece for begin, piece in pieces if begin < place)
            assert before == b"".join(
                row(events.event(at + 1)) for at in np.flatnonzero(among[:place]).tolist()
            )


@given(
    st.lists(st.text(alphabet='abAB"{}:, \\é', max_size=20), min_size=1, max_size=8),
    st.text(alphabet='abAB"{}:, \\é', min_size=1, max_size=4),
)
def test_a_text_is_found_as_in_each_event_alone(
    tmp_path_factory: pytest.TempPathFactory, several: list[str], text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"text{random.random()}.jsonl"
    path.write_text(
        "".join(json.dumps({"type": each}, ensure_ascii=False) + "\n" for each in several), "utf-8"
    )
    log = open_log(path, FieldMap(type="type"))
    path.unlink()
    events = collect(log, lambda sample: choose(AUTO, sample, log.fields)).events
    block = WholeEvents(events, 0, len(events), compiled=True)
    needles = needles_of(events, text)
    exact = [any(needle in events.raw(at).lower() for needle in needles) for at in range(1, len(events) + 1)]
    assert containing(needles, block).tolist() == exact
    log.close()


def test_a_record_that_is_unwrapped_or_named_by_several_paths_is_left_to_the_exact_reader(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.jsonl"
    lines = ['{"kind":"A","x":{"amount":5}}', '{"kind":"A","y":{"amount":7},"x":null}'] * 3
    path.write_text("\n".join(lines) + "\n")
    events = events_of(path, "x | y")
    with events.log:
        test = FieldTest(parse_filter("amount>6")[0])
        block = WholeEvents(events, 0, len(events), compiled=True)
        found = RecordTest(test, events).passing(block, np.ones(len(events), np.bool_))
        assert found.tolist() == [test(events.event(position)) for position in range(1, len(events) + 1)]
        assert found.tolist() == [False, True] * 3


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Document]:
    """A log of many blocks, in which some lines are damaged, and some odd."""
    path = tmp_path_factory.mktemp("large") / "log.jsonl"
    draw = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(70_000):
            data = {
                "accountId": f"acc-{number % 100}",
                "amount": draw.randrange(100_000) / 100,
                "note": "é" * (number % 3),
            }
            line = json.dumps(
                {"type": "MoneyDeposited", "data": data, "n": number}, ensure_ascii=number % 2 == 0
            )
            if number % 1_000 == 7:
                line = line[:-9]  # damaged
            if number % 1_000 == 8:
                line = line.replace('"amount"', '"amount":1000000,"amount"')  # twice
            file.write(line + "\n")
    document = Document.open(str(path))
    assert document.log.size_bytes > 4 * SMALL_BYTES
    yield document
    document.close()


@pytest.mark.parametrize(
    "text", ["amount>999", "amount:500.5", "-amount<10", "n:69999,12", "note:é*", "acc-77", "nowhere"]
)
def test_many_blocks_say_what_each_event_says(large: Document, text: str) -> None:
    events = large.recorded.events
    (term,) = parse_filter(text)
    if term.field is None:
        word = str(term.values[0]).encode()
        exact = [word in events.raw(at) for at in range(1, len(events) + 1)]
    else:
        test = FieldTest(term)
        exact = [test(events.event(at)) is not term.negated for at in range(1, len(events) + 1)]
    rows = large.filter(text).rows()
    found = [position for row in rows.tolist() if (position := large.entry(row).position) is not None]
    assert found == (np.flatnonzero(exact) + 1).tolist()


def test_what_is_found_is_shown_while_the_search_goes_on(
    large: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "FIRST_SHOWN_S", 0)
    shown: list[np.ndarray] = []
    rows = large.filter("amount>500").rows(None, shown.append)
    assert shown
    for part in shown:  # each is the beginning of what is found in the end
        assert 0 < len(part) < len(rows)
        assert (np.diff(part) > 0).all()
        assert set(part.tolist()) <= set(rows.tolist())


def test_a_pass_goes_on_in_compiled_loops_as_soon_as_they_are_ready(
    large: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = large.filter("amount:500.5 MoneyDeposited")
    expected = wanted.rows().tolist()
    asked: list[bool] = []
    monkeypatch.setattr("explorer.eventlog.compiled.ready", lambda: len(asked) > 2)

    def look(block: WholeEvents) -> bool:
        asked.append(block.compiled)
        return block.compiled

    events = large.recorded.events
    found = [answer for _, _, answer in looked_at(events, look)]
    assert found == [False] * 3 + [True] * (len(found) - 3)
    assert found[-1]
    asked.clear()
    monkeypatch.setattr("explorer.eventlog.compiled.ready", lambda: asked.append(True) or len(asked) > 2)
    assert wanted.rows().tolist() == expected


def test_a_pass_ends_when_it_is_asked_to_and_reads_no_more(large: Document) -> None:
    told: list[int] = []

    def stop(done: int, _total: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        large.filter("amount>500").rows(stop)
    assert len(told) == 2
    assert told[-1] < large.log.size_bytes


@pytest.mark.parametrize("some", [False, True])
def test_an_export_of_many_blocks_is_that_of_its_rows(large: Document, some: bool) -> None:
    rows = large.filter("-acc-77").rows() if some else None
    table = EventsExport(large, rows)
    told: list[int] = []
    content = b"".join(chunks(table, "csv", report=lambda done, _total: told.append(done)))
    plain = (csv_row(table.row(at), for_spreadsheets=False) for at in range(len(table)))
    assert content == csv_row(table.columns, for_spreadsheets=False) + b"".join(plain)
    assert told == sorted(told)
