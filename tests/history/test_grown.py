"""Is a log that has grown, read on from its kept index, what it is when read anew?"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog import EventLog, open_log
from explorer.history.cache import IndexCache
from explorer.history.collect import Collected, collect
from explorer.history.grown import Grown
from explorer.history.history import History
from explorer.projection.choose import choose
from explorer.projection.model import Recipe

MODELS = [
    Recipe("accounts"),
    Recipe("latest"),
    Recipe(
        "query",
        "sql",
        "SELECT data.accountId AS account, data.currency AS currency, sum(data.amount) AS total, "
        "max(data.owner) AS most, avg(data.amount) AS mean, count(*) AS n FROM events GROUP BY ALL",
    ),
]
LINES = [
    b'{"type":"AccountOpened","data":{"accountId":"a","owner":"Ada","currency":"EUR"},"at":"2026-01-01T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"a","amount":0.10000000000000000001},"at":"2026-01-02T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"b","amount":12.5,"currency":"USD"},"at":"2026-01-03T00:00:00Z"}',
    b'{"type":"MoneyWithdrawn","data":{"accountId":"b","amount":99999999999999999999},"at":"2025-01-03T00:00:00Z"}',
    b'{"type":"MoneyTransferred","data":{"fromAccountId":"a","toAccountId":"c","amount":3}}',
    b'{"type":"OwnerChanged","data":{"accountId":"c","owner":"Bo","memo":[1.50]},"at":"2026-01-04T00:00:00Z"}',
    b'{"type":"MoneyDeposited","data":{"accountId":"a","amount":"lots"}}',
    b'{"type":"Odd","data":{"accountId":"new","x":null}}', b'{"type":', b"", b"[1]",
]  # fmt: skip
PARTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(LINES), max_size=12),
        st.sampled_from(
            [b"", b"", b'{"type":"MoneyDep', LINES[1]]
        ),  # a last line that is torn, or has no newline
    ),
    min_size=2,
    max_size=4,
)


def read(
    log: EventLog, projection: Recipe, kept: Grown | None = None, small_bytes: int = 1 << 40
) -> Collected:
    return collect(
        log, lambda sample: choose(projection, sample, log.fields), kept=kept, small_bytes=small_bytes
    )


def state(history: History, position: int) -> list[tuple[str, str]]:
    """Columns may come in another order: shapes are learnt as they are needed."""
    return [(entity, str(sorted(row.items()))) for entity, row in history.state(position).items()]


def told(collected: Collected) -> list[object]:
    events = collected.events
    both = collected.history(), collected.history("time")
    places = range(len(events) + 1)
    return [
        [state(each, place) for each in both for place in places],
        [events.event(place) for place in places[1:]], [events.line(place) for place in places[1:]],
        events.unread, events.notices, list(collected.problems), dict(collected.unknown), collected.lines,
        sorted(field.name for field in collected.fields),
    ]  # fmt: skip


@pytest.mark.parametrize("projection", MODELS, ids=lambda each: each.name)
@settings(max_examples=25)
@given(parts=PARTS, line_end=st.sampled_from([b"\n", b"\r\n"]))
def test_reading_on_is_reading_anew(
    tmp_path_factory: pytest.TempPathFactory,
    projection: Recipe,
    parts: list[tuple[list[bytes], bytes]],
    line_end: bytes,
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path, cache = folder / "log.jsonl", IndexCache(folder / "cache")
    path.write_bytes(LINES[0] + line_end)
    for lines, torn in parts:
        with open_log(path) as log:
            found = cache.load(log, projection)
            collected = found[0] if isinstance(found, tuple) else read(log, projection, found)
            assert told(collected) == told(read(log, projection))
            cache.save(log, projection, collected, collected.history())
        with path.open("ab") as file:
            file.write(b"".join(line + line_end for line in lines) + torn)
    with open_log(path) as log:
        found = cache.load(log, projection)
        if not isinstance(found, tuple):
            assert told(read(log, projection, found)) == told(read(log, projection))


def test_only_what_is_new_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    old = b"\n".join(LINES[:6] * 500) + b"\n"
    path.write_bytes(old)
    with open_log(path) as log:
        collected = read(log, MODELS[0])
        assert cache.save(log, MODELS[0], collected, collected.history())
    with path.open("ab") as file:
        file.write(b"\n".join(LINES[:6]) + b"\n")
    with open_log(path) as log:
        found = cache.load(log, MODELS[0])
        assert isinstance(found, Grown)
        assert found.unit == len(old)
        asked: list[int] = []
        stretch = log.stretch
        monkeypatch.setattr(log, "stretch", lambda unit, length: asked.append(unit) or stretch(unit, length))
        assert len(read(log, MODELS[0], found).events) == 3_006
        assert asked == [len(old)]
        assert told(read(log, MODELS[0], found, small_bytes=0)) == told(
            read(log, MODELS[0])
        )  # by child processes too


def test_the_index_of_the_grown_log_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path, cache = tmp_path / "log.jsonl", IndexCache(tmp_path / "cache")
    path.write_bytes(LINES[0] + b"\n")
    for _ in range(3):
        with open_log(path) as log:
            collected = read(log, MODELS[0])
            assert cache.save(log, MODELS[0], collected, collected.history())
            assert isinstance(cache.load(log, MODELS[0]), tuple)
        assert len(list((tmp_path / "cache" / "index").iterdir())) == 1
        with path.open("ab") as file:
            file.write(LINES[1] + b"\n")
