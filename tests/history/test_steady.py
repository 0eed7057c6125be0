"""Is a kept index believed only if every byte of it, and of the log, is what it was?"""

import os
import random
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.cli.commands.generate import account_log
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.stamp import Stamp
from explorer.history import cache as cache_module
from explorer.history import steady
from explorer.history.cache import IndexCache
from explorer.history.collect import Collected, collect
from explorer.history.history import History
from explorer.history.resume import Resumption
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.options import OpenOptions

ACCOUNTS = Recipe("accounts")
WORD = 8  # bytes: columns are of numbers, so that swapped words are still numbers


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log was not written to just now."""
    now = Stamp.now_ns
    monkeypatch.setattr(Stamp, "now_ns", staticmethod(lambda: now() + 60_000_000_000))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(account_log(2_000, 20, 1)))
    return path


def built(log: EventLog) -> tuple[Collected, History]:
    collected = collect(log, lambda sample: choose(ACCOUNTS, sample, log.fields))
    return collected, collected.history()


def keep(cache: IndexCache, path: Path) -> None:
    with open_log(path) as log:
        cache.load(log, ACCOUNTS)
        assert cache.save(log, ACCOUNTS, *built(log))


def found(cache: IndexCache, path: Path) -> tuple[Collected, History] | Resumption | None:
    with open_log(path) as log:
        return cache.load(log, ACCOUNTS)


def entry_of(cache_folder: Path) -> Path:
    (entry,) = (cache_folder / "index").iterdir()
    return entry


def in_the_middle(path: Path, *, keep_time: bool = True, size: int | None = None) -> None:
    """Change one digit of an amount far from both ends, in place; the file is as long as it was, and as old."""
    raw, status = path.read_bytes(), path.stat()
    at = raw.index(b'"amount":', (size or len(raw)) // 2) + len(b'"amount":')
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"1" if raw[at : at + 1] != b"1" else b"2")
    if keep_time:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)


# --- the index -----------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_swapped_or_flipped_in_a_kept_index_it_is_not_believed(
    path: Path, tmp_path: Path, data: st.DataObject
) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "cache"
    if not kept.exists():
        keep(IndexCache(kept), path)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)
    cache, entry = IndexCache(folder), entry_of(folder)
    file = data.draw(st.sampled_from(sorted(entry.iterdir())), label="file")
    raw = bytearray(file.read_bytes())
    if data.draw(st.booleans(), label="swap") and len(raw) > 4 * WORD:
        words = len(raw) // WORD
        length = data.draw(st.integers(1, max(words // 4, 1)), label="words")
        first = data.draw(st.integers(0, words - 2 * length), label="first")
        second = data.draw(st.integers(first + length, words - length), label="second")
        one, two = (slice(at * WORD, (at + length) * WORD) for at in (first, second))
        raw[one], raw[two] = raw[two], raw[one]
    else:
        at = data.draw(st.integers(0, len(raw) - 1), label="byte")
        raw[at] ^= 1 << data.draw(st.integers(0, 7), label="bit")
    changed = bytes(raw) != file.read_bytes()
    file.unlink()
    file.write_bytes(raw)
    assert (found(cache, path) is None) == changed
    assert entry.exists() != changed


def test_files_that_changed_places_are_not_believed(path: Path, tmp_path: Path) -> None:
    cache = IndexCache(tmp_path / "cache")
    keep(cache, path)
    entry = entry_of(tmp_path / "cache")
    files = sorted(entry.glob("*.npy"), key=lambda file: file.stat().st_size)
    one, two = next(
        (one, two) for one, two in pairwise(files)
        if one.stat().st_size == two.stat().st_size and one.read_bytes() != two.read_bytes()
    )  # fmt: skip
    one.rename(entry / "x")
    two.rename(one)
    (entry / "x").rename(two)
    assert found(cache, path) is None


def test_the_index_of_another_read_model_is_not_believed_in_the_place_of_this_one(
    path: Path, tmp_path: Path
) -> None:
    cache = IndexCache(tmp_path / "cache")
    keep(cache, path)
    entry = entry_of(tmp_path / "cache")
    with open_log(path) as log:
        other = cache._entry(log, Recipe("latest"))
        assert other is not None
        entry.rename(other)
        assert cache.load(log, Recipe("latest")) is None


# --- the log -------------------------------------------------------------------------------------


def test_a_log_rewritten_in_place_with_the_same_size_and_time_is_read(path: Path, tmp_path: Path) -> None:
    cache = IndexCache(tmp_path / "cache")
    keep(cache, path)
    in_the_middle(path)
    assert found(cache, path) is None


def test_a_large_log_that_was_rewritten_is_answered_as_without_a_cache(tmp_path: Path) -> None:
    path, options = tmp_path / "large.jsonl", OpenOptions(cache_dir=tmp_path / "cache")
    path.write_text("".join(account_log(60_000, 50, 1)))

    def answer(options: OpenOptions) -> list[object]:
        document = Document.open(str(path), options)
        try:
            document.keep(options)
            return list(document.history.state(document.event_count).items())
        finally:
            document.close()

    first = answer(options)
    assert entry_of(tmp_path / "cache").exists()
    assert answer(options) == first
    in_the_middle(path)
    assert answer(options) == answer(OpenOptions()) != first


def test_a_log_of_which_only_the_time_changed_need_not_be_read_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = IndexCache(tmp_path / "cache")
    keep(cache, path)
    path.chmod(0o600)
    os.utime(path)
    assert isinstance(found(cache, path), tuple)  # every byte was looked at …
    monkeypatch.setattr(EventLog, "checksum", None)
    assert isinstance(found(cache, path), tuple)  # … once


@pytest.mark.parametrize("young", [False, True])
@pytest.mark.parametrize("grows", [False, True])
def test_a_log_that_is_changed_while_it_is_read_is_not_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, young: bool, grows: bool
) -> None:
    if young:
        monkeypatch.undo()
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        assert cache.load(log, ACCOUNTS) is None
        assert (log.noted is not None) == young
        collected, history = built(log)
        size = path.stat().st_size
        if grows:
            with path.open("a") as file:
                file.write(next(account_log(1, 1, 1)))
        in_the_middle(path, size=size)
        assert not cache.save(log, ACCOUNTS, collected, history)
        assert not list((tmp_path / "cache" / "index").iterdir())


def test_a_log_that_grows_while_it_is_read_is_kept_as_far_as_it_was_read(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # somebody writes to it just now
    cache = IndexCache(tmp_path / "cache")
    with open_log(path) as log:
        cache.load(log, ACCOUNTS)
        collected, history = built(log)
        with path.open("a") as file:
            file.write(next(account_log(1, 1, 1)))
        assert cache.save(log, ACCOUNTS, collected, history)
    assert isinstance(found(cache, path), Resumption)


@pytest.mark.parametrize("doubt", ["just written", "a network drive", "seconds only"])
def test_where_a_change_may_not_be_seen_by_its_time_the_bytes_are_looked_at(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doubt: str
) -> None:
    monkeypatch.undo()
    if doubt == "a network drive":
        monkeypatch.setattr(steady, "network_kind", lambda _path: "nfs4")
    elif doubt == "seconds only":
        monkeypatch.setattr(steady, "_ROUND_NS", 1)
    else:
        monkeypatch.setattr(steady, "_STEP_NS", 60_000_000_000)
    cache = IndexCache(tmp_path / "cache")
    keep(cache, path)
    assert isinstance(found(cache, path), tuple)
    with open_log(path) as log:
        before = log.fingerprint
    in_the_middle(path)
    with open_log(path) as log:
        log.fingerprint = before  # the time has not moved
        assert cache.load(log, ACCOUNTS) is None


def test_another_torn_end_is_another_log(path: Path, tmp_path: Path) -> None:
    cache = IndexCache(tmp_path / "cache")
    whole = path.read_bytes()
    seal = b'{"type":"A","_seal":{"crc":"00000000","batch":[1,2]}}'
    for end in (seal, seal.replace(b"A", b"B"), b""):
        path.write_bytes(whole + end)
        with open_log(path) as log:
            assert not isinstance(cache.load(log, ACCOUNTS), tuple), end
            cache.save(log, ACCOUNTS, *built(log))


def test_a_block_is_checked_wherever_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the first block, and in the last, which is shorter."""
    from explorer.eventlog.content_sum import STRETCH_BYTES
    from explorer.history.column_files import seen

    file, draw = tmp_path / "file", random.Random(1)
    raw = bytearray(draw.randbytes(2 * STRETCH_BYTES + 77))
    file.write_bytes(raw)
    size, sums = seen(file)
    assert (size, len(sums)) == (len(raw), 3)
    for at in (0, STRETCH_BYTES - 1, STRETCH_BYTES, len(raw) - 1):
        raw[at] ^= 1
        file.write_bytes(raw)
        assert sum(one != two for one, two in zip(seen(file)[1], sums, strict=True)) == 1
        raw[at] ^= 1
    assert cache_module.FORMAT > 10
