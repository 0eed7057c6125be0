"""Is an index that was kept the index that was built, and is a damaged or foreign one never believed?"""

import mmap
import os
import random
from pathlib import Path
from typing import Any

import pytest

from explorer.cli.commands.generate import account_log
from explorer.eventlog import text_names
from explorer.eventlog.log import EventLog, open_log
from explorer.history import saved
from explorer.history.cache import IndexCache
from explorer.history.collect import Collected, collect
from explorer.history.counting import MANY
from explorer.history.history import History, Order
from explorer.projection.choose import choose
from explorer.projection.model import Recipe

ODD = [
    '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":0.10000000000000000001,"memo":"\\ud800"}}\n',
    '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":1,"currency":"EUR","memo":[1.50,{"a":null}]}}\n',
    '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":"lots","memo":true}}\n',
    "no event\n",
]

ACCOUNTS = Recipe("accounts")
BY_QUERY = Recipe(
    "query",
    "sql",
    "SELECT data.accountId AS account, data.currency AS currency, sum(data.amount) AS total, avg(data.amount) AS mean, "
    "min(at) AS began, count(*) AS n FROM events WHERE data.memo IS NULL GROUP BY ALL",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("".join([*account_log(200, 9, 1), *ODD, *account_log(50, 9, 2)]))
    return path


def built(log: EventLog, projection: Recipe) -> tuple[Collected, History]:
    collected = collect(log, lambda sample: choose(projection, sample, log.fields))
    return collected, collected.history()


def told(collected: Collected, history: History) -> list[object]:
    by_time = collected.history("time")
    places = range(0, len(history) + 1, 5)
    names = [field.name for field in history.fields if not field.hidden]
    return [
        [str(list(each.state(place).items())) for each in (history, by_time) for place in places],
        [str(history.changes_of("acc-1", name)) for name in names],
        [history.events.event(place) for place in range(1, len(history) + 1)],
        [history.events.line(place) for place in range(1, len(history) + 1)],
        history.events.unread, history.events.notices, list(collected.problems), dict(collected.unknown),
        history.clock.tolist(), collected.model.name,
    ]  # fmt: skip


@pytest.mark.parametrize("projection", [ACCOUNTS, Recipe("latest"), BY_QUERY], ids=lambda each: each.name)
@pytest.mark.parametrize("many", [3, 30_000])
def test_a_kept_index_is_the_one_that_was_built(
    path: Path, tmp_path: Path, projection: Recipe, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (text_names, saved):
        monkeypatch.setattr(each, "MANY", many)
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        collected, history = built(log, projection)
        expected = told(collected, history)
        assert cache.load(log, projection) is None
        kept = cache.save(log, projection, collected, history)
        assert kept is not None
        assert told(collected, history) == expected
        before = collected.events.types
        gone = kept.take_place()
        assert any(each is before for each in gone)  # another thread gives it back
        assert collected.events.types is not before
        assert told(collected, history) == expected  # now from the files
    with open_log(path) as log:
        found = cache.load(log, projection)
        assert found is not None
        assert told(*found) == expected
        assert cache.load(log, Recipe("another")) is None


@pytest.mark.parametrize("order", ["time", "reversed"])
def test_a_kept_index_of_a_large_log_is_put_in_another_order(tmp_path: Path, order: Order) -> None:
    path, cache = tmp_path / "large.jsonl", IndexCache(tmp_path / "cache")
    lines = list(account_log(MANY + 1_000, 500, 3))
    path.write_text("".join(lines[1::2] + lines[::2]))
    with open_log(path) as log:
        collected, history = built(log, ACCOUNTS)
        expected = collected.history(order).state(MANY)
        kept = cache.save(log, ACCOUNTS, collected, history)
        assert kept is not None
        kept.take_place()
        for of in (collected, cache.load(log, ACCOUNTS)):
            own = of[0] if isinstance(of, tuple) else of
            assert isinstance(own, Collected)
            found = own.history(order).state(MANY)
            assert dict(found.items()) == dict(expected.items())


def test_what_is_given_back_is_there_again_when_it_is_looked_at(path: Path, tmp_path: Path) -> None:
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        collected, history = built(log, ACCOUNTS)
        expected = told(collected, history)
        kept = cache.save(log, ACCOUNTS, collected, history)
        assert kept is not None
        kept.take_place()
        saved.let_go(collected, history)
        assert told(collected, history) == expected


def test_an_index_that_is_kept_stays_as_it_is_until_its_files_take_its_place(
    path: Path, tmp_path: Path
) -> None:
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        collected, history = built(log, ACCOUNTS)
        columns = list(saved._columns(collected, history))  # every column that is written
        before = [getattr(holder, attribute) for _, holder, attribute in columns]
        room = collected.room
        kept = cache.save(
            log, ACCOUNTS, collected, history
        )  # on any thread, while the window looks at the index
        assert kept is not None
        after = [getattr(holder, attribute) for _, holder, attribute in columns]
        assert all(one is other for one, other in zip(before, after, strict=True))
        assert collected.room is room
        kept.take_place()
        used = [getattr(holder, attribute) for _, holder, attribute in columns]
        assert all(isinstance(_base(column), mmap.mmap) for column in used if len(column))


def _base(column: Any) -> object:
    while (base := getattr(column, "base", None)) is not None:
        column = base
    return column


def test_an_index_damaged_at_any_byte_is_thrown_away(path: Path, tmp_path: Path) -> None:
    cache = IndexCache(tmp_path / "cache")
    draw = random.Random(1)
    with open_log(path) as log:
        for _ in range(40):
            collected, history = built(log, ACCOUNTS)
            assert cache.save(log, ACCOUNTS, collected, history)
            (entry,) = (tmp_path / "cache" / "index").iterdir()
            file = draw.choice(sorted(entry.iterdir()))
            damaged = bytearray(file.read_bytes())
            at = draw.randrange(len(damaged))
            if draw.random() < 0.3:
                del damaged[at:]
            else:
                damaged[at] ^= 1 << draw.randrange(8)
            file.unlink()  # the old one is mapped
            file.write_bytes(damaged)
            assert cache.load(log, ACCOUNTS) is None
            assert not entry.exists()


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b'{"format": 0}', b"\xff", b'{"format": 1, "files": {}, "columns": {}}']
)
def test_a_manifest_of_another_make_is_thrown_away(path: Path, tmp_path: Path, manifest: bytes) -> None:
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        assert cache.save(log, ACCOUNTS, *built(log, ACCOUNTS))
        (entry,) = (tmp_path / "cache" / "index").iterdir()
        (entry / "manifest").write_bytes(saved._seal(manifest) + manifest)
        assert cache.load(log, ACCOUNTS) is None


def test_a_log_that_was_changed_is_read_anew(path: Path, tmp_path: Path) -> None:
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        assert cache.save(log, ACCOUNTS, *built(log, ACCOUNTS))
    text = path.read_text()
    place = text.index('"amount":') + len('"amount":')
    digit = "1" if text[place] != "1" else "2"
    path.write_text(text[:place] + digit + text[place + 1 :] + next(account_log(1, 1, 1)))
    with open_log(path) as log:  # it has grown, but what was there has changed
        assert cache.load(log, ACCOUNTS) is None
        assert not list((tmp_path / "cache" / "index").iterdir())


def test_the_least_recently_used_index_goes_first(path: Path, tmp_path: Path) -> None:
    with open_log(path) as log:
        cache = IndexCache(tmp_path / "cache")
        for number, projection in enumerate([Recipe("one"), Recipe("two"), Recipe("three")]):
            assert cache.save(log, projection, *built(log, ACCOUNTS))
            for entry in (tmp_path / "cache" / "index").iterdir():
                if entry.stat().st_mtime > 1_000:
                    os.utime(entry, (number + 1, number + 1))
        assert cache.load(log, Recipe("one")) is not None  # used just now
        size = sum(file.stat().st_size for file in entry.iterdir())
        small = IndexCache(tmp_path / "cache", most_bytes=int(2.5 * size))
        assert small.save(log, Recipe("four"), *built(log, ACCOUNTS))
        assert [cache.load(log, Recipe(name)) is not None for name in ("one", "two", "three", "four")] == [
            True, False, False, True,
        ]  # fmt: skip


def test_the_cache_is_private_and_can_be_cleared(path: Path, tmp_path: Path) -> None:
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        assert cache.save(log, ACCOUNTS, *built(log, ACCOUNTS))
        assert (tmp_path / "cache" / "index").stat().st_mode & 0o777 == 0o700
        assert cache.clear() > 0
        assert cache.load(log, ACCOUNTS) is None
        assert cache.clear() == 0


def test_what_else_a_person_keeps_in_that_folder_is_never_deleted(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"  # `--cache project`
    for name in ("index/notes", "index/" + "0" * 32, "index"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "precious.txt").write_text("all that I have")
    before = sorted(folder.rglob("*"))
    cache = IndexCache(folder, most_bytes=1)
    with open_log(path) as log:
        assert cache.save(log, ACCOUNTS, *built(log, ACCOUNTS))
        assert cache.save(log, Recipe("another"), *built(log, ACCOUNTS))  # the first has no room any more
        assert len(list((folder / "index").iterdir())) == 4
        assert cache.clear() > 0
    assert sorted(folder.rglob("*")) == before


def test_a_folder_that_is_a_link_is_never_used(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "index").symlink_to(tmp_path / "elsewhere")
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        assert not cache.save(log, ACCOUNTS, *built(log, ACCOUNTS))
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_field_without_a_name_is_itself_in_an_index_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    lines = ('{"type":"T","data":{"accountId":"a"}}', '{"type":"T","data":{"accountId":"a","":7}}')
    path.write_text("\n".join(lines * 3))
    latest = Recipe("latest")
    with open_log(path) as log, open_log(path) as again:
        collected, history = built(log, latest)
        cache = IndexCache(tmp_path / "cache")
        cache.save(log, latest, collected, history)
        kept = cache.load(again, latest)
        assert isinstance(kept, tuple)
        for at in range(7):
            assert list(kept[1].state(at).items()) == list(history.state(at).items())
        assert dict(kept[1].state(6).items())["a"][""] == 7
