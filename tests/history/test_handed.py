"""Is every member of an event that a read model is handed what the log says of it, whoever reads which part of it?"""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog import log as logs
from explorer.eventlog.event import Event
from explorer.eventlog.log import EventLog, open_log
from explorer.history import child, gathered, reading
from explorer.history.cache import IndexCache
from explorer.history.chunks import Problem
from explorer.history.collect import Collected, collect
from explorer.history.edits import Edit
from explorer.history.gathered import Gathered
from explorer.history.history import Order
from explorer.history.reader import ChunkReader
from explorer.history.what_if import Branch
from explorer.projection.choose import choose
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe
from explorer.projection.program import OWN_MEMBERS, Program, plain_json
from explorer.session.document import Document
from explorer.session.options import OpenOptions

EVERYTHING_SQL = Recipe(
    "everything.sql",
    "sql",
    """SELECT position AS place, first(type) AS type, first(at) AS at, first(entity) AS entity, first(id) AS id,
         first(sequence) AS sequence, first(data) AS data, first(metadata) AS metadata, first(data.amount) AS amount,
         sum(2 * position - sequence) AS shifted, max(position || '/' || type) AS told, count(*) AS n
       FROM events GROUP BY position""",
)
POSITIONS_SQL = Recipe(
    "positions.sql",
    "sql",
    """SELECT type, min(position) AS least, max(position) AS most, sum(position) AS sum, first(position) AS began,
         last(e.POSITION) AS ended, sum(CASE WHEN position % 2 = 0 THEN data.amount END) AS even, avg(position) AS mean
       FROM events AS e GROUP BY type""",
)
INSIDE_SQL = Recipe(  # the position comes through WITH under another name
    "inside.sql",
    "sql",
    """WITH moves AS (SELECT type AS kind, position AS place FROM events
         UNION ALL SELECT 'all', 0 - position FROM events)
       SELECT kind, max(place) AS most, min(place) AS least FROM moves GROUP BY kind""",
)
QUERIES = [EVERYTHING_SQL, POSITIONS_SQL, INSIDE_SQL]
EVERYTHING_PYTHON = Recipe(
    "everything.py",
    "python",
    f"""
met = []

def key(event):
    met.append(event["position"])
    return "{{:,}}".format(len(met))

def evolve(state, event):
    return {{name: event[name] for name in {OWN_MEMBERS!r}}} | {{"version": event.get("version")}}
""",
)
FAILING_PYTHON = Recipe(
    "failing.py",
    "python",
    """
def key(event):
    return event["type"]

def evolve(state, event):
    if event["data"].get("amount") == 13:
        raise ValueError(f"at {event['position']}")
    return {"last": event["position"]}
""",
)
FAILING_SQL = Recipe("failing.sql", "sql", "SELECT type, sum(data.note) AS n FROM events GROUP BY type")


def read(log: EventLog, recipe: Recipe, small_bytes: int = 1 << 40) -> Collected:
    return collect(log, lambda sample: choose(recipe, sample, log.fields), small_bytes=small_bytes)


def run_here(log: EventLog, recipe: Recipe) -> Collected:
    """What a child would make of a program, in this process, in stretches of this test."""
    model = choose(recipe, [], log.fields)
    assert isinstance(model, Program)
    model.run()
    found = Gathered(choose(recipe, [], log.fields), log.size_bytes)
    for piece in child.read(log, ChunkReader(log, model), 0, 0):
        found.take(piece.chunk)
    return Collected.of(log, found)


def shown(collected: Collected) -> list[Event]:
    """All events as `events` shows them, one by one."""
    events = collected.events
    return [events.event(position) for position in range(1, len(events) + 1)]


def check_query(collected: Collected, order: Order = "log") -> None:
    """The state is what the plain fold of the events makes of it, each with what `events` shows."""
    history = collected.history(order)
    model = choose(collected.model.recipe, [], collected.events.log.fields)
    events = shown(collected)
    places = [history.log_position(position) for position in range(1, len(events) + 1)]
    state = fold(model, [events[place - 1] for place in places])
    found = dict(history.state(len(events)).items())
    assert found == {entity: without_hidden(model, each) for entity, each in state.items()}


def check_program(collected: Collected, order: Order = "log") -> None:
    """`EVERYTHING_PYTHON` was handed each event in its order, with all that `events` shows."""
    history = collected.history(order)
    state = dict(history.state(len(history)).items())
    for position, event in enumerate(shown(collected), 1):
        assert event.position == position
        given = {name: plain_json(getattr(event, name)) for name in OWN_MEMBERS}
        found = state[f"{history.position_of(position):,}"]
        assert {name: value for name, value in found.items() if value is not None} == {
            name: value
            for name, value in (given | {"version": event.record.get("version")}).items()
            if value is not None
        }


def wrong_at(collected: Collected, wanted: list[int]) -> list[Problem]:
    """Problems of `FAILING_PYTHON` with their reason; those that follow are told apart."""
    failed = [each for each in collected.problems if each.kind == "read-model-error"]
    assert [each.position for each in failed] == wanted
    for each in failed:
        assert f"at {each.position} " in each.reason + " "
        assert each.type == collected.events.event(each.position).type
    return failed


# --- any stretch ---------------------------------------------------------------------------------


RECORDS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Paid", "Sent"]),
        "data": st.fixed_dictionaries({"amount": st.integers(0, 14)}, optional={"note": st.just("x")}),
    },
    optional={
        "at": st.integers(1, 28).map(lambda day: f"2026-01-{day:02}T00:00:00Z"),
        "id": st.uuids().map(str),
        "sequence": st.integers(0, 99),
        "entityId": st.sampled_from(["a", "b"]),
        "version": st.integers(1, 9),
        "schemaVersion": st.integers(1, 3),
        "metadata": st.fixed_dictionaries({"correlationId": st.sampled_from(["k", "l"])}),
    },
)
LINES = st.lists(
    st.one_of(
        RECORDS.map(lambda record: json.dumps(record).encode()),
        st.sampled_from([b"", b"[1]", b'{"type":', b'{"type":"Paid","data":{"amount":1}}\r{"type":"Sent"}']),
    ),
    min_size=1,
    max_size=40,
)
FIRST = (
    b'{"type":"Paid","at":"2026-01-09T00:00:00Z","id":"i","sequence":5,"entityId":"a","data":{"amount":2}}'
)


@settings(max_examples=60)
@given(
    lines=LINES,
    stretch_bytes=st.integers(1, 3_000),
    longest_cut=st.sampled_from([100, 1 << 20]),
    line_end=st.sampled_from([b"\n", b"\r\n"]),
    order=st.sampled_from(["log", "time"]),
)
def test_a_query_is_handed_what_the_log_says_in_stretches_of_any_size(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    stretch_bytes: int,
    longest_cut: int,
    line_end: bytes,
    order: Order,
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_bytes(line_end.join([FIRST, *lines]))
    with pytest.MonkeyPatch.context() as patch, open_log(path) as log:
        patch.setattr(child, "STRETCH_BYTES", stretch_bytes)
        patch.setattr(logs, "_LONGEST_CUT_BYTES", longest_cut)
        patch.setattr(logs, "_CUT_BYTES", 60)
        for recipe in QUERIES:
            check_query(read(log, recipe), order)
        whole = read(log, FAILING_SQL)
        events = shown(whole)
        assert [each.position for each in whole.problems] == [e.position for e in events if "note" in e.data]
        assert all(each.kind == "not-applied" for each in whole.problems)


@settings(max_examples=60)
@given(lines=LINES, stretch_bytes=st.integers(1, 3_000), longest_cut=st.sampled_from([100, 1 << 20]))
def test_a_program_is_handed_what_the_log_says_in_stretches_of_any_size(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], stretch_bytes: int, longest_cut: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    path.write_bytes(b"\n".join([FIRST, *lines]))
    with pytest.MonkeyPatch.context() as patch, open_log(path) as log:
        plain = read(log, Recipe("latest"))
        patch.setattr(child, "STRETCH_BYTES", stretch_bytes)
        patch.setattr(logs, "_LONGEST_CUT_BYTES", longest_cut)
        patch.setattr(logs, "_CUT_BYTES", 60)
        found = run_here(log, EVERYTHING_PYTHON)
        check_program(found)
        events = found.events
        for name in ("offsets", "lengths", "at_ns", "types"):
            assert getattr(events, name).tolist() == getattr(plain.events, name).tolist()
        places = range(1, len(events) + 1)
        assert [events.line(each) for each in places] == [plain.events.line(each) for each in places]
        assert (events.unread, events.notices) == (plain.events.unread, plain.events.notices)
        first = {}
        for event in shown(found):
            if event.data.get("amount") == 13:
                first.setdefault(event.type, event.position)
        wrong_at(run_here(log, FAILING_PYTHON), sorted(first.values()))


# --- other processes -----------------------------------------------------------------------------


def records(count: int) -> Iterator[bytes]:
    """Records of which every stretch has some that are odd, and some lines that are no events."""
    for number in range(1, count + 1):
        yield json.dumps({
            "type": f"T{number % 7}",
            "id": f"event-{number}",
            "sequence": number * 10,
            "entityId": f"e-{number % 50}",
            "version": number // 50,
            "at": f"2026-01-{1 + number * 7 % 28:02}T00:00:00Z",
            "metadata": {"correlationId": f"c-{number // 3}", "filling": "x" * 1_000},
            "data": {"amount": 13 if number in FAILS else number % 12, **({"note": "n"} if number in NOTES else {})},
        }).encode()  # fmt: skip
        if number % 1_999 == 0:
            yield b"no event"
        if number == LONG_LINE:
            yield json.dumps({"type": "Long", "data": {"text": "y" * 4_000_000}}).encode()


COUNT = 6_000
LONG_LINE = 4_000  # behind it stands a line that no stretch may cut: from there on it is read in one go
FAILS = {3, 2_345, 4_999}  # in three types
NOTES = {17, 3_000, 3_900, 4_100, 5_999}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a log larger than each block, stretch and what one process reads."""
    path = tmp_path_factory.mktemp("large") / "log.jsonl"
    path.write_bytes(b"\n".join(records(COUNT)) + b"\n")
    assert path.stat().st_size > reading.SMALL_BYTES + 2 * child.STRETCH_BYTES
    return path


@pytest.fixture
def small_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other processes begin early."""
    monkeypatch.setattr(reading, "OWN_BYTES", 1 << 20)
    monkeypatch.setattr(reading, "FIRST_BYTES", 1 << 18)


@pytest.mark.usefixtures("small_beginning")
@pytest.mark.parametrize("recipe", [POSITIONS_SQL, INSIDE_SQL, FAILING_SQL], ids=lambda each: each.name)
def test_a_query_of_a_large_log_is_handed_what_the_log_says(large: Path, recipe: Recipe) -> None:
    with open_log(large) as log:
        collected = read(log, recipe, reading.SMALL_BYTES)
        for order in ("log", "time"):
            check_query(collected, order)
        if recipe is FAILING_SQL:
            places = [each + (each > LONG_LINE) for each in sorted(NOTES)]
            assert [each.position for each in collected.problems] == places
        else:
            assert collected.problems == []


@pytest.mark.usefixtures("small_beginning")
def test_the_greatest_position_of_a_large_log_is_its_last(large: Path) -> None:
    query = Recipe("q.sql", "sql", "SELECT max(position) AS most, count(*) AS n FROM events")
    with open_log(large) as log:
        collected = read(log, query, reading.SMALL_BYTES)
        state = dict(collected.history().state(len(collected.events)).items())
    assert list(state.values()) == [{"most": COUNT + 1, "n": COUNT + 1}]


@pytest.mark.parametrize("order", ["log", "time"])
def test_a_program_is_handed_what_the_log_says_of_a_large_log(large: Path, order: Order) -> None:
    with open_log(large) as log:
        collected = read(log, EVERYTHING_PYTHON, reading.SMALL_BYTES)
        check_program(collected, order)
        plain = read(log, Recipe("latest"))
        places = range(1, len(collected.events) + 1, 97)
        assert [collected.events.line(each) for each in places] == [
            plain.events.line(each) for each in places
        ]
        assert collected.events.unread == plain.events.unread


def test_what_a_program_fails_at_is_shown_where_it_failed_in_both_orders_of_time(large: Path) -> None:
    document = Document.open(str(large), OpenOptions(projection=FAILING_PYTHON))
    try:
        places = [each + (each > LONG_LINE) for each in sorted(FAILS)]
        wrong_at(document.collected, places)
        after = [each for each in document.problems if each.kind == "cut-short"]
        types = {document.event(place).type for place in places}
        behind = [
            each for each in range(1, document.event_count + 1)
            if each not in places and document.event(each).type in types
            and each > next(place for place in places if document.event(place).type == document.event(each).type)
        ]  # fmt: skip
        assert [each.position for each in after] == behind
        assert document.problem_count == len(places) + len(behind)
        assert set(places) <= set(document.troubled_positions())
        document.set_order("time")
        failed = [each for each in document.problems if each.kind == "read-model-error"]
        assert sorted(each.position for each in failed) == places  # each type has one that fails
        assert all(f"at {each.position} " in each.reason + " " for each in failed)
        cut_short = [each for each in document.problems if each.kind == "cut-short"]
        assert len(cut_short) != len(after)  # others lie behind them in this order
        for each in cut_short:
            assert document.event(document.history.position_of(each.position)).type == each.type
    finally:
        document.close()


# --- growth, cache, branches ---------------------------------------------------------------------


@settings(max_examples=8)
@given(
    lines=LINES,
    cuts=st.lists(st.floats(0, 1), min_size=1, max_size=3),
    stretch_bytes=st.sampled_from([150, 1 << 20]),
)
def test_a_query_is_handed_what_the_log_says_after_growth_and_from_the_cache(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], cuts: list[float], stretch_bytes: int
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path, cache = folder / "log.jsonl", IndexCache(folder / "cache")
    whole = b"\n".join([FIRST, FIRST, *lines])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "STRETCH_BYTES", stretch_bytes)
        for size in [len(FIRST) + 1, *sorted(int(cut * len(whole)) for cut in cuts), len(whole)]:
            with path.open("ab") as file:
                file.write(whole[file.tell() : size])
            for recipe, _again in itertools.product(QUERIES, range(2)):  # the second time it is only loaded
                with open_log(path) as log:
                    found = cache.load(log, recipe)
                    if isinstance(found, tuple):
                        collected = found[0]
                    else:
                        collected = collect(log, lambda s, r=recipe: choose(r, s, log.fields), kept=found)
                        cache.save(log, recipe, collected, collected.history())
                    check_query(collected)


def test_a_large_log_that_has_grown_is_read_on_by_who_knows_how_much_stands_before(
    large: Path, tmp_path: Path, small_beginning: None
) -> None:
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    whole = large.read_bytes()
    for size in (3 << 20, len(whole)):
        path.write_bytes(whole[:size])
        with open_log(path) as log:
            found = cache.load(log, POSITIONS_SQL)
            assert (found is None) == (size < len(whole))
            collected = collect(log, lambda s: choose(POSITIONS_SQL, s, log.fields), kept=found)
            cache.save(log, POSITIONS_SQL, collected, collected.history())
            check_query(collected)
    with open_log(path) as log:
        found = cache.load(log, POSITIONS_SQL)
        assert isinstance(found, tuple)
        check_query(found[0])


def test_a_branch_hands_each_event_as_events_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"\n".join(itertools.islice(records(100), 99)) + b"\n")
    with open_log(path) as log:
        for recipe in QUERIES:
            collected = read(log, recipe)
            model = choose(recipe, [], log.fields)
            edits = [
                Edit("skip", 5), Edit("edit", 9, '{"amount": 500}'),
                Edit("insert", 12, '{"type": "T3", "data": {"amount": 7}, "id": "mine", "sequence": 1}'),
            ]  # fmt: skip
            branch = Branch(collected.history(), model, edits)
            events = [branch.event(position) for position in range(1, len(branch) + 1)]
            assert [event.position for event in events] == [
                *(each for each in range(1, 100) if each not in {5, *range(12, 100)}), 12, *range(12, 100),
            ]  # fmt: skip
            assert events[7].id == "event-9"
            state = fold(model, events)
            assert dict(branch.items(len(branch))) == {
                entity: without_hidden(model, each) for entity, each in state.items()
            }


# --- what is said of the whole log -----------------------------------------------------------------


@pytest.mark.parametrize("form", ["lines", "csv", "array"])
def test_that_an_encoding_was_guessed_is_said_whoever_reads_the_log(tmp_path: Path, form: str) -> None:
    path = tmp_path / "log"
    record = '{"type":"T","at":"2026-01-01T00:00:00Z","data":{"owner":"Jürgen"}}'
    text = {
        "lines": f"{record}\n{record}\n",
        "csv": "type,owner\nT,Jürgen\n",
        "array": f"[{record},{record}]",
    }[form]
    path.write_bytes(text.encode("windows-1252"))
    with open_log(path) as log:
        notices = [read(log, recipe).events.notices for recipe in (Recipe("latest"), EVERYTHING_PYTHON)]
    assert notices[0] == notices[1]
    assert [notice.kind for notice in notices[1]] == ["encoding"]


# --- how many ------------------------------------------------------------------------------------


def test_failures_beyond_those_that_are_listed_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathered, "MOST_LISTED", 10)
    path = tmp_path / "log.jsonl"
    line = b'{"type":"T","at":"2026-01-01T00:00:00Z","data":{"amount":%d,"note":"n"}}\n'
    path.write_bytes(b"".join(line % (13 if number == 3 else 1) for number in range(50)))
    options = OpenOptions(projection=FAILING_PYTHON, cache_dir=tmp_path / "cache")
    document = Document.open(str(path), options)
    assert [(each.position, each.kind) for each in document.problems] == [
        (4, "read-model-error"), *((position, "cut-short") for position in range(5, 15)),
    ]  # fmt: skip
    assert (document.problem_count, document.collected.unlisted) == (47, {"cut-short": 36})
    document.close()
    query = OpenOptions(projection=FAILING_SQL, cache_dir=tmp_path / "cache")
    for count in (50, 50, 60):  # read, from the cache, grown
        path.write_bytes(b"".join(line % 1 for _ in range(count)))
        document = Document.open(str(path), query)
        assert (len(document.problems), document.problem_count) == (10, count)
        document.keep(query)
        document.close()


def test_a_state_with_too_many_columns_is_no_state_and_cuts_its_entity_short(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    line = '{"type":"T","at":"2026-01-01T00:00:00Z","data":{"count":%d}}\n'
    path.write_text("".join(line % count for count in (1, 500, 2)), "utf-8")
    text = (
        "def key(event): return 'x'\ndef evolve(state, event):\n"
        "    return {'n': event['data']['count']} | {f'c{i}': 1 for i in range(event['data']['count'])}\n"
    )
    with open_log(path) as log:
        collected = read(log, Recipe("wide.py", "python", text))
        history = collected.history()
        assert [(each.position, each.kind) for each in collected.problems] == [
            (2, "read-model-error"), (3, "cut-short"),
        ]  # fmt: skip
        assert [dict(history.state(at).items())["x"]["n"] for at in (1, 2, 3)] == [1, 1, 1]
