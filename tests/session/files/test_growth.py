"""Is a document that was read on the same as one that was read anew?"""

import gzip
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.commands.generate import account_log
from explorer.eventlog import source as source_module
from explorer.eventlog.errors import LogError
from explorer.eventlog.log_style import Draft
from explorer.eventlog.writer import Writer
from explorer.session.document import Document
from explorer.session.files.growth import read_on
from explorer.session.options import DEFAULTS, OpenOptions, Recipe

LINES = list(account_log(400, 9, 7))


def facts(document: Document) -> object:
    """Everything that a person could see of it, at some places."""
    places = sorted({0, document.event_count // 2, document.event_count})
    return (
        document.event_count,
        [document.entry(row) for row in range(document.entry_count)],
        [dict(document.history.state(place).items()) for place in places],
        document.unread_reasons,
        [document.place_text(row) for row in range(document.entry_count)],
    )


def same_as_anew(document: Document, path: Path, options: OpenOptions = DEFAULTS) -> bool:
    anew = Document.open(str(path), options)
    try:
        return facts(document) == facts(anew)
    finally:
        anew.close()


@settings(max_examples=25)
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=6), st.sampled_from(["auto", "latest"]))
def test_however_the_bytes_arrive_it_is_as_if_read_at_once(tmp_path_factory, sizes, model) -> None:
    path = tmp_path_factory.mktemp("grow") / "log.jsonl"
    raw = "".join(LINES).encode()
    size = 2_000
    path.write_bytes(raw[:size])
    options = OpenOptions(projection=Recipe(model))
    document = Document.open(str(path), options)
    try:
        for more in sizes:
            with path.open("ab") as file:
                file.write(raw[size : size + more])
            size += more
            found = read_on(document, options)
            assert found is not None
            document.close()
            document = found
            assert same_as_anew(document, path, options)
    finally:
        document.close()


def grow(path: Path, document: Document, more: bytes) -> Document:
    with path.open("ab") as file:
        file.write(more)
    found = read_on(document, DEFAULTS)
    assert found is not None
    document.close()
    return found


def test_a_half_line_waits_and_becomes_one_event(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(LINES[:5]))
    document = Document.open(str(path))
    line = LINES[5].encode()
    document = grow(path, document, line[:20])
    assert (document.event_count, document.unread_count) == (5, 1)
    document = grow(path, document, line[20:])
    assert (document.event_count, document.unread_count) == (6, 0)
    assert same_as_anew(document, path)
    document.close()


def test_a_batch_that_arrives_in_pieces_becomes_events_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(LINES[:5]))
    begin = path.stat().st_size
    with Writer.open(path) as writer:
        writer.append(
            [Draft("MoneyDeposited", {"accountId": "acc-1", "amount": n}, "2026-01-01") for n in (1, 2, 3)]
        )
    raw = path.read_bytes()
    os.truncate(path, begin)
    document = Document.open(str(path))
    place = begin
    for step in (100, 90, 120):
        document = grow(path, document, raw[place : place + step])
        place += step
        assert document.event_count == 5
        assert same_as_anew(document, path)
    document = grow(path, document, raw[place:])
    assert (document.event_count, document.unread_count) == (8, 0)
    assert same_as_anew(document, path)
    document.close()


OPENED = '{"type":"AccountOpened","data":{"accountId":"a","owner":"Ada"},"at":"2026-01-01T00:00:00Z"}\n'
PAID = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":5},"at":"2026-01-02T00:00:00Z"}\n'


@pytest.mark.parametrize(
    ("first", "more", "summed", "reason"),
    [
        ("", PAID, "sum(data.amonut)", "near it is “amount”"),
        ("", PAID, "sum(data.amount)", None),
        (
            OPENED,
            PAID,
            "sum(CASE WHEN type = 'MoneyDeposited' THEN data.amonut END)",
            "near it is “amount”",
        ),
        (OPENED, PAID, "sum(CASE WHEN type = 'MoneyDeposited' THEN data.amount END)", None),
    ],
    ids=["of an empty log", "that it has", "of a type that had no event", "that it has of that type"],
)
def test_a_query_that_names_what_a_grown_log_does_not_have_is_refused_as_when_it_is_opened(
    tmp_path: Path, first: str, more: str, summed: str, reason: str | None
) -> None:
    text = f"SELECT data.accountId AS account, {summed} AS total FROM events GROUP BY account"
    path, options = tmp_path / "log.jsonl", OpenOptions(projection=Recipe("totals", "sql", text))
    path.write_text(first)
    document = Document.open(str(path), options)
    with path.open("a") as file:
        file.write(more)
    if reason is None:
        found = read_on(document, options)
        assert found is not None
        assert same_as_anew(found, path, options)
        found.close()
    else:
        with pytest.raises(LogError, match=reason) as told:
            read_on(document, options)
        with pytest.raises(LogError, match=reason) as told_anew:
            Document.open(str(path), options)
        assert str(told.value) == str(told_anew.value)
        assert document.event_count == len(first.splitlines())  # what was read can still be looked at
    document.close()


def test_what_was_read_before_a_cut_can_still_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "KEPT_BYTES", 0)  # as for a large log
    path = tmp_path / "log.jsonl"
    path.write_text("".join(LINES))
    document = Document.open(str(path))
    before = dict(document.history.state(300).items())
    os.truncate(path, 5_000)
    assert read_on(document, DEFAULTS) is None
    assert dict(document.history.state(300).items()) == before
    rows = [document.entry(row) for row in range(document.entry_count)]
    assert rows[0].summary != rows[-1].summary
    assert "no longer in the file" in rows[-1].summary
    assert rows[-1].type == Document.event(document, document.event_count).type != ""
    assert document.raw_text(document.entry_count - 1) == ""
    document.close()


def test_the_order_of_time_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    lines = LINES[:50]
    random.Random(1).shuffle(lines)
    path.write_text("".join(lines))
    document = Document.open(str(path))
    document.set_order("time")
    document = grow(path, document, "".join(LINES[50:60]).encode())
    assert document.order == "time"
    assert document.event_count == 60
    document.close()


def test_a_packed_log_that_was_only_added_to_is_read_on_too(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(gzip.compress("".join(LINES[:20]).encode()))
    document = Document.open(str(path))
    path.write_bytes(gzip.compress("".join(LINES[:30]).encode()))
    found = read_on(document, DEFAULTS)
    assert found is not None
    assert found.event_count == 30
    path.write_bytes(gzip.compress("".join(LINES[1:40]).encode()))
    assert read_on(found, DEFAULTS) is None
    found.close()
    document.close()
