"""Is a log that has grown, read on from its kept index, what it is when read anew?"""

import gzip
import json
import shutil
import zlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.commands.generate import account_log
from explorer.eventlog import text_names
from explorer.eventlog.log import EventLog, open_log
from explorer.history import cache, child, saved
from explorer.history.cache import IndexCache
from explorer.history.collect import Collected, collect
from explorer.history.history import History
from explorer.history.resume import Resumption
from explorer.projection.choose import choose
from explorer.projection.fold import fold, without_hidden
from explorer.projection.model import Recipe
from explorer.session import document
from explorer.session.document import Document
from explorer.session.files.growth import read_on
from explorer.session.options import OpenOptions

ACCOUNTS, LATEST = Recipe("accounts"), Recipe("latest")
QUERY = Recipe(
    "query",
    "sql",
    "SELECT coalesce(data.accountId, NULL) AS account, coalesce(data.currency, NULL) AS currency, "
    "sum(coalesce(data.amount, NULL)) AS total, max(coalesce(data.owner, NULL)) AS most, "
    "avg(coalesce(data.amount, NULL)) AS mean, count(*) AS n FROM events GROUP BY ALL",  # a log may not have them yet
)
LINES = [
    b'{"type":"AccountOpened","data":{"accountId":"a","owner":"Ada","currency":"EUR"},"at":"2026-01-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"a","amount":0.10000000000000000001},"at":"2026-01-02T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"b","amount":12.5,"currency":"USD"},"at":"2026-01-03T00:00:00Z"}',
    b'{"type":"MoneyWithdrawn","data":{"accountId":"b","amount":99999999999999999999},"at":"2025-01-03T00:00:00Z"}',
    b'{"type":"MoneyTransferred","data":{"fromAccountId":"a","toAccountId":"c","amount":3}}',
    b'{"type":"OwnerChanged","data":{"accountId":"c","owner":"Bo","memo":[1.50]},"at":"2026-01-04T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"a","amount":"lots"},"at":"yesterday"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"d","amount":01},"at":"2026-01-05T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"owner":"Cy","accountId":"\xc3\xbc","amount":7,"currency":"CHF"}}',
    b'{"type":"Odd","data":{"accountId":"new","x":null}}\r{"type":"Odd","data":{"accountId":"a","y":true}}',
    b'\x1e{"type":"Odd","data":{"accountId":"new","z":"\xff"}}', b'{"type":', b"", b"   ", b"[1]", b"\0\0",
]  # fmt: skip


def read(
    log: EventLog, projection: Recipe, kept: Resumption | None = None, small_bytes: int = 1 << 40
) -> Collected:
    return collect(
        log, lambda sample: choose(projection, sample, log.fields), kept=kept, small_bytes=small_bytes
    )


def found_of(cache: IndexCache, log: EventLog, projection: Recipe) -> Collected:
    """What is known of a log: as it was kept, or read on from there, or read."""
    found = cache.load(log, projection)
    return found[0] if isinstance(found, tuple) else read(log, projection, found)


def told(collected: Collected) -> dict[str, object]:
    """Everything that was read, and the state at every position in both orders of time."""
    events = collected.events
    histories = collected.history(), collected.history("time")
    places = range(1, len(events) + 1)
    return {
        "events": [events.event(place) for place in places],
        "lines": [events.line(place) for place in places],
        "types": [events.type_names[code] for code in events.types.tolist()],
        "clocks": [history.clock.tolist() for history in histories],
        "unread": list(events.unread), "notices": list(events.notices),
        "problems": list(collected.problems), "unknown": dict(collected.unknown),
        "line count": collected.lines, "fields": [field.name for field in collected.fields],
        "states": [
            str(list(history.state(place).items())) for history in histories for place in (0, *places)
        ],
    }  # fmt: skip


@pytest.mark.parametrize("projection", [ACCOUNTS, LATEST, QUERY], ids=lambda each: each.name)
@settings(max_examples=15)
@given(
    lines=st.lists(st.sampled_from(LINES), max_size=30),
    line_end=st.sampled_from([b"\n", b"\r\n"]),
    cuts=st.lists(st.floats(0, 1), min_size=1, max_size=3),
    stretch_bytes=st.sampled_from([200, 1 << 20]),
)
def test_reading_on_from_any_byte_is_reading_anew(
    tmp_path_factory: pytest.TempPathFactory,
    projection: Recipe,
    lines: list[bytes],
    line_end: bytes,
    cuts: list[float],
    stretch_bytes: int,
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path, cache = folder / "log.jsonl", IndexCache(folder / "cache")
    whole = line_end.join([LINES[0], *lines])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "STRETCH_BYTES", stretch_bytes)
        for size in [*sorted(int(cut * len(whole)) for cut in cuts), len(whole)]:
            with path.open("ab") as file:
                file.write(whole[file.tell() : size])
            with open_log(path) as log:
                collected = found_of(cache, log, projection)
                assert told(collected) == told(read(log, projection))
                cache.save(log, projection, collected, collected.history())


def test_reading_goes_on_wherever_the_log_ended(tmp_path: Path) -> None:
    """So that the test above is about something: no cut behind the first line makes the log be read anew."""
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    whole = b"\r\n".join(LINES[:4])
    first, second = (len(b"\r\n".join(LINES[:count])) for count in (1, 2))
    for size in (first + 2, first + 3, first + 50, second - 1, second, second + 1, second + 2):
        kept(path, cache, whole[:size])
        path.write_bytes(whole)
        with open_log(path) as log:
            found = cache.load(log, ACCOUNTS)
            assert isinstance(found, Resumption)
            assert found.unit == (first if size < second else second) + 2
            assert told(read(log, ACCOUNTS, found)) == told(read(log, ACCOUNTS))


GROWN_BY = {
    "AccountOpened": lambda draw: {"accountId": draw(NAMES), "owner": draw(NAMES), **draw(CURRENCY)},
    "MoneyDeposited": lambda draw: {"accountId": draw(NAMES), "amount": draw(AMOUNTS), **draw(CURRENCY)},
    "MoneyWithdrawn": lambda draw: {"accountId": draw(NAMES), "amount": draw(AMOUNTS)},
    "MoneyTransferred": lambda draw: {
        "fromAccountId": draw(NAMES), "toAccountId": draw(NAMES), "amount": draw(AMOUNTS),
    },
    "AccountFrozen": lambda draw: {"accountId": draw(NAMES), draw(NAMES): draw(AMOUNTS)},
}  # fmt: skip
NAMES = st.sampled_from(["a", "b", "c", "ü", "a-name-that-is-longer-than-one-word-of-memory"])
AMOUNTS = st.one_of(
    st.integers(-(10**6), 10**6),
    st.sampled_from([Decimal("0.10"), Decimal("12.345"), 2**63 - 1, 10**19, Decimal("0.10000000000000000001")]),
)  # fmt: skip
CURRENCY = st.sampled_from([{}, {}, {"currency": "EUR"}, {"currency": "USD"}])


@st.composite
def records(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(sorted(GROWN_BY)))
    record = {"type": kind, "data": GROWN_BY[kind](draw)}
    if draw(st.integers(0, 5)):
        record["at"] = f"2026-01-{draw(st.integers(1, 28)):02}T10:00:00Z"
    return json.dumps(record, default=lambda number: f"<{number}>").replace('"<', "").replace('>"', "") + "\n"


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("projection", [ACCOUNTS, LATEST], ids=lambda each: each.name)
@settings(max_examples=8)
@given(
    parts=st.lists(st.lists(records(), min_size=1, max_size=15), min_size=2, max_size=4),
    many=st.sampled_from([3, 30_000]),
    data=st.data(),
)
def test_the_state_of_a_log_that_has_grown_is_the_fold_of_its_events(
    tmp_path_factory: pytest.TempPathFactory,
    order: str,
    projection: Recipe,
    parts: list[list[str]],
    many: int,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path, cache = folder / "log.jsonl", IndexCache(folder / "cache")
    head = '{"type":"AccountOpened","data":{"accountId":"a","owner":"Ada"},"at":"2026-01-10T00:00:00Z"}\n'
    path.write_text(head)
    for part in parts:
        with path.open("a") as file:
            file.writelines(part)
        with pytest.MonkeyPatch.context() as patch, open_log(path) as log:
            for each in (text_names, saved):
                patch.setattr(each, "MANY", many)
            collected = found_of(cache, log, projection)
            assert_the_fold(collected, collected.history(order), data)
            cache.save(log, projection, collected, collected.history())


def assert_the_fold(collected: Collected, history: History, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(history)))
    model = choose(collected.model.recipe, [], collected.events.log.fields)
    model.learn([field.name for field in collected.fields])
    events = [history.event(place) for place in range(1, position + 1)]
    expected = {entity: without_hidden(model, state) for entity, state in fold(model, events).items()}
    assert plain(dict(history.state(position).items())) == plain(expected)


def plain(value: object) -> object:
    """Equal only for values that show the same digits: 1 and 1.0 differ, 1 and true differ."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return (type(value).__name__, str(value))


class Stopping:
    """Stops a reading after some steps."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def progress(self, _done_bytes: int, _total_bytes: int, _events: int) -> bool:
        self.steps -= 1
        return self.steps > 0

    def early(self, _collected: Collected) -> None:
        raise AssertionError("so short a log is not shown early")


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("projection", [ACCOUNTS, LATEST], ids=lambda each: each.name)
@given(lines=st.lists(records(), min_size=1, max_size=40), steps=st.integers(1, 10), data=st.data())
def test_the_state_of_a_stopped_reading_is_the_fold_of_the_events_that_were_read(
    tmp_path_factory: pytest.TempPathFactory,
    order: str,
    projection: Recipe,
    lines: list[str],
    steps: int,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path, cache = folder / "log.jsonl", IndexCache(folder / "cache")
    path.write_text("".join(lines))
    with open_log(path) as log, pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "STRETCH_BYTES", 100)
        some = collect(log, lambda sample: choose(projection, sample, log.fields), Stopping(steps))
        assert len(some.events) <= len(lines)
        assert some.complete == (len(some.events) == len(lines))
        assert_the_fold(some, some.history(order), data)
        assert (cache.save(log, projection, some, some.history()) is not None) == some.complete


def kept(path: Path, cache: IndexCache, content: bytes, projection: Recipe = ACCOUNTS) -> None:
    """Keep the index of a log with this content."""
    path.write_bytes(content)
    with open_log(path) as log:
        collected = read(log, projection)
        assert cache.save(log, projection, collected, collected.history())


def unfinished(content: bytes) -> bytes:
    """Compressed by a program that is still writing."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)


LONG = b'{"type":"MoneyDeposited","data":{"accountId":"a","amount":1,"memo":"' + b"x" * (4 << 20) + b'"}}'


@pytest.mark.parametrize(
    ("old", "pack"),
    [
        (LINES[0] + b"\n" + LONG + b"\n" + LINES[1] + b"\n", bytes),  # read in one go from the long line on
        (LINES[0] + b"\n" + b"x" * (17 << 20) + b"\n" + LINES[1] + b"\n", bytes),  # longer than any event
        (LINES[0] + b"\n\n\n", bytes),
        (b"\xef\xbb\xbf" + LINES[0] + b"\n", bytes),
        (LINES[0] + b"\n" + LINES[1], bytes),
        (LINES[0] + b"\n", gzip.compress),
        (LINES[0] + b"\n", unfinished),
        (LINES[0] + b"\n" + LINES[1][:20], unfinished),
    ],
    ids=["long", "too long", "blank lines", "byte order mark", "no newline", "gzip", "cut gzip", "torn gzip"],
)
def test_lines_are_counted_on(tmp_path: Path, old: bytes, pack: Callable[[bytes], bytes]) -> None:
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    kept(path, cache, pack(old))
    path.write_bytes(pack(old + b"\n" + b"\n".join(LINES) + b"\n"))
    with open_log(path) as log:
        found = cache.load(log, ACCOUNTS)
        assert isinstance(found, Resumption)
        assert told(read(log, ACCOUNTS, found)) == told(read(log, ACCOUNTS))


def test_only_what_is_new_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    old = b"\n".join(LINES[:6] * 500) + b"\n"
    kept(path, cache, old)
    with path.open("ab") as file:
        file.write(b"\n".join(LINES[:6]) + b"\n")
    with open_log(path) as log:
        found = cache.load(log, ACCOUNTS)
        assert isinstance(found, Resumption)
        assert found.unit == len(old)
        asked: list[int] = []
        stretch = log.stretch
        monkeypatch.setattr(log, "stretch", lambda unit, length: asked.append(unit) or stretch(unit, length))
        assert len(read(log, ACCOUNTS, found).events) == 3_006
        assert asked == [len(old)]
        anew = read(log, ACCOUNTS)
        for small_bytes in (0, 1 << 40):  # by child processes too
            on = read(log, ACCOUNTS, found, small_bytes)
            assert on.events.offsets.tolist() == anew.events.offsets.tolist()
            assert str(dict(on.history().state(3_006).items())) == str(
                dict(anew.history().state(3_006).items())
            )


def test_the_index_of_the_grown_log_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    content = LINES[0] + b"\n"
    for _ in range(3):
        kept(path, cache, content)
        with open_log(path) as log:
            assert isinstance(cache.load(log, ACCOUNTS), tuple)
        assert len(list((tmp_path / "cache" / "index").iterdir())) == 1
        content += LINES[1] + b"\n"


@settings(max_examples=25)
@given(at=st.integers(0), bit=st.integers(0, 7))
def test_a_byte_that_was_changed_anywhere_before_the_log_grew_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path, cache = folder / "log.jsonl", IndexCache(folder / "cache")
    old = bytearray(b"\n".join(LINES[:6] * 3) + b"\n")
    kept(path, cache, bytes(old))
    old[at % len(old)] ^= 1 << bit
    path.write_bytes(bytes(old) + LINES[1] + b"\n")
    with open_log(path) as log:
        assert cache.load(log, ACCOUNTS) is None


@settings(max_examples=25)
@given(file_at=st.integers(0), at=st.integers(0), bit=st.integers(0, 8))
def test_an_index_damaged_at_any_byte_is_not_read_on_from(
    tmp_path_factory: pytest.TempPathFactory, file_at: int, at: int, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path, cache = folder / "log.jsonl", IndexCache(folder / "cache")
    old = b"\n".join(LINES[:6]) + b"\n"
    kept(path, cache, old)
    (entry,) = (folder / "cache" / "index").iterdir()
    files = sorted(entry.iterdir())
    file = files[file_at % len(files)]
    damaged = bytearray(file.read_bytes())
    if bit == 8:
        del damaged[at % len(damaged) :]
    else:
        damaged[at % len(damaged)] ^= 1 << bit
    file.write_bytes(damaged)
    path.write_bytes(old + LINES[1] + b"\n")
    with open_log(path) as log:
        assert cache.load(log, ACCOUNTS) is None
        assert not entry.exists()


def test_a_log_whose_read_model_is_guessed_otherwise_once_it_has_grown_is_read_anew(tmp_path: Path) -> None:
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    old = b'{"type":"Odd","data":{"accountId":"a","amount":1},"at":"2026-01-01T00:00:00Z"}\n' * 5
    kept(path, cache, old, Recipe())
    path.write_bytes(old + b"\n".join(LINES[:3] * 5))
    with open_log(path) as log:
        found = cache.load(log, Recipe())
        assert isinstance(found, Resumption)
        assert found.recipe == LATEST
        collected = read(log, Recipe(), found)
        assert collected.model.recipe == ACCOUNTS
        assert told(collected) == told(read(log, Recipe()))


def test_a_document_of_a_grown_log_is_kept_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "SMALL_BYTES", 0)
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(500, 9, 1)))
    how = OpenOptions(projection=ACCOUNTS, cache_dir=tmp_path / "cache")
    seen: list[Resumption | None] = []
    monkeypatch.setattr(
        document, "collect", lambda *words, kept: seen.append(kept) or collect(*words, kept=kept)
    )
    for _ in range(3):
        opened = Document.open(str(path), how)
        opened.keep(how)
        assert opened.event_count == 500 + 10 * (len(seen) - 1)
        opened.close()
        with path.open("a") as file:
            file.writelines(account_log(10, 9, len(seen)))
    assert [each is None for each in seen] == [True, False, False]
    (entry,) = (tmp_path / "cache" / "index").iterdir()
    assert entry.is_dir()


def test_columns_in_files_take_more_without_being_copied_and_the_files_stay_as_they_are(
    tmp_path: Path,
) -> None:
    """With columns so long that there is room behind them, in three openings and in one that goes on."""
    path, options = tmp_path / "log.jsonl", OpenOptions(projection=ACCOUNTS, cache_dir=tmp_path / "cache")
    lines = [
        f'{{"type":"MoneyDeposited","data":{{"accountId":"{at % 900}","amount":{at % 77}}},"at":"2026-01-01"}}\n'
        for at in range(150_000)
    ]
    path.write_text("".join(lines))

    def answers(document: Document) -> list[object]:
        count = document.event_count
        places = [1, 900, count - 901, count]
        events = document.history.events
        return [
            count,
            [list(document.history.state(place).items()) for place in places],
            [(events.event(place), events.line(place)) for place in places],
            int(events.offsets.sum()) + int(document.history.touches.positions.sum()),
        ]

    following = Document.open(str(path), options)
    kept = following.keep(options)
    assert kept is not None
    kept.take_place()
    (entry,) = (tmp_path / "cache" / "index").iterdir()
    copy = tmp_path / "copy"
    shutil.copytree(entry, copy)
    for more in (1_000, 20_000):  # the latter are more than there is room for
        with path.open("a") as file:
            file.writelines(lines[:more])
        expected = Document.open(str(path), OpenOptions(projection=ACCOUNTS))
        again = Document.open(str(path), options)
        gone_on = read_on(following, options)
        assert gone_on is not None
        following.close()
        following = gone_on
        for each in (again, following):
            assert answers(each) == answers(expected)
            each.rest()
            assert answers(each) == answers(expected)
        assert "offsets" in again.collected.room
        expected.close()
        again.close()
    for file in copy.iterdir():
        assert (entry / file.name).read_bytes() == file.read_bytes()
    following.close()
