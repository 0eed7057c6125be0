"""Does a SQLite event store open like any log, and can one that means harm do none?"""

import errno
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import apsw
import pytest

from explorer.eventlog import source
from explorer.eventlog.errors import LogError, Moved
from explorer.eventlog.event import Event
from explorer.eventlog.log import EventLog, open_log
from explorer.eventlog.sqlite import beside, child, store
from explorer.session.document import Document

SCHEMA = (
    "CREATE TABLE stored_events (originator_id TEXT, originator_version INTEGER, topic TEXT, state BLOB,"
    " PRIMARY KEY (originator_id, originator_version))"
)


NUMBERED = "CREATE TABLE messages (id INTEGER PRIMARY KEY, stream_id TEXT, type TEXT, data BLOB)"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A path for a database in a folder of its own, in which nothing else may be found afterwards."""
    folder = tmp_path / "stores"
    folder.mkdir()
    return folder / "bank.db"


def contents(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


def create(path: Path, *statements: str, rows: Sequence[tuple[object, ...]] = (), into: str = "") -> Path:
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)
    database.commit()
    database.close()
    return path


def bank(path: Path, *payloads: object) -> Path:
    rows = [("a1", n, "bank:BankAccount.Deposited", payload) for n, payload in enumerate(payloads, 1)]
    return create(path, SCHEMA, rows=rows, into="stored_events")


def events_of(log: EventLog) -> list[Event]:
    return [event for batch in log.batches() for event in batch.events]


def unread_of(log: EventLog) -> list[str]:
    return [unread.reason for batch in log.batches() for unread in batch.unread]


def stored(log: EventLog) -> list[bytes]:
    return [
        log.stored(offset, length)
        for batch in log.batches()
        for offset, length in zip(batch.offsets, batch.lengths, strict=True)
    ]


def test_a_store_opens_by_its_content_and_leaves_its_folder_as_it_was(made: Path) -> None:
    path = bank(made.with_name("notes.txt"), b'{"amount": 5}', b'{"amount": 7}')
    before = contents(path.parent)
    with open_log(path) as log:
        assert log.format == "SQLite, table stored_events"
        assert [event.data["amount"] for event in events_of(log)] == [5, 7]
        assert [(event.position, event.sequence, event.entity) for event in events_of(log)] == [
            (1, 1, "a1"),
            (2, 2, "a1"),
        ]
        assert log.by_lines
    assert contents(path.parent) == before


PAYLOADS = [
    b'{"amount": {"_type_": "decimal_str", "_data_": "12.50"}}',
    b' {\n  "amount": 1\r\n}\n',
    '{"owner": "Zoë ,\\"state\\":{} 李"}'.encode(),
    b"[1, 2]",
    b'plain text, "state":1}',
    b"",
    zlib.compress(b'{"amount": 3}'),
    bytes(range(128, 160)),
]


def test_the_raw_bytes_of_a_row_are_those_that_are_stored(made: Path) -> None:
    with open_log(bank(made, *PAYLOADS)) as log:
        assert unread_of(log) == []
        assert stored(log) == PAYLOADS
        found = events_of(log)
        assert found[1].data == {"amount": 1}
        assert found[6].data == {"amount": 3}
        batch = next(log.batches())
        again = [log.decode(*place) for place in zip(batch.offsets, batch.lengths, range(1, 9), strict=True)]
        assert [event.data for event in again] == [event.data for event in found]
        assert all("_stored_" not in event.record for event in again)


def test_a_name_that_looks_like_a_web_address_with_options_is_a_name(made: Path) -> None:
    path = bank(made.with_name("a?mode=rwc#x.db"), b'{"amount": 5}')
    before = contents(path.parent)
    with open_log(path) as log:
        assert len(events_of(log)) == 1
    assert contents(path.parent) == before


@pytest.mark.parametrize("locked", [False, True], ids=["folder may be written", "folder may only be read"])
def test_what_stands_in_the_wal_is_read_too_and_nothing_there_is_touched(made: Path, locked: bool) -> None:
    writer = sqlite3.connect(made)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute(SCHEMA)
    writer.execute("INSERT INTO stored_events VALUES ('a1', 1, 'BankAccount.Deposited', '{\"amount\":5}')")
    writer.commit()
    assert made.with_name("bank.db-wal").stat().st_size
    before = contents(made.parent)
    if locked:
        made.parent.chmod(0o500)
    try:
        with open_log(made) as log:
            assert [event.data for event in events_of(log)] == [{"amount": 5}]
            assert log.format == "SQLite, table stored_events, with its -wal"
    finally:
        made.parent.chmod(0o700)
    assert contents(made.parent) == before
    writer.close()


def test_a_store_that_once_had_a_wal_is_read_without_making_one(made: Path) -> None:
    bank(made, b'{"amount": 5}')
    database = sqlite3.connect(made)
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    before = contents(made.parent)
    assert list(before) == ["bank.db"]
    with open_log(made) as log:
        assert len(events_of(log)) == 1
    assert contents(made.parent) == before


def half_written(path: Path, names: Path | None) -> Path:
    """A database that a program was killed in the middle of a write of; its journal `names` one more file."""
    made = bank(path.with_name("made.db"), *[b'{"amount": 5}'] * 50)
    writer = sqlite3.connect(made, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN")
    writer.execute("UPDATE stored_events SET state = ?", (b'{"amount": 6, "x": "' + b"x" * 3_000 + b'"}',))
    path.write_bytes(made.read_bytes())
    journal = path.with_name(path.name + "-journal")
    content = made.with_name("made.db-journal").read_bytes()
    writer.execute("ROLLBACK")
    writer.close()
    made.unlink()
    if names is not None:  # as SQLite writes it for a change of several databases at once
        name = os.fsencode(names)
        page = (0x40000000 // 4096 + 1).to_bytes(4)
        content += page + name + len(name).to_bytes(4) + sum(name).to_bytes(4)
        content += bytes.fromhex("d9d505f920a163d7")
    journal.write_bytes(content)
    return path


def tree(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file below a folder: what is in it, and when anything about it changed last."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in files
    }


@pytest.mark.parametrize("wal", [False, True], ids=["without a -wal", "with a -wal"])
def test_a_database_whose_journal_names_a_file_of_the_person_does_not_delete_it(
    made: Path, tmp_path: Path, wal: bool
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("all that I have")
    half_written(made, precious)
    if wal:
        made.with_name("bank.db-wal").write_bytes(b"x" * 100)
    before = tree(tmp_path)
    with pytest.raises(
        LogError, match=r"in the middle of a write.*Open it once with.*delete the file.*precious"
    ):
        open_log(made)
    assert tree(tmp_path) == before
    # what was kept from it is what SQLite itself does
    with sqlite3.connect(made) as database:
        database.execute("SELECT count(*) FROM stored_events").fetchall()
    database.close()
    assert not precious.exists()


def test_a_half_written_database_is_not_read_but_one_that_is_done_is(made: Path) -> None:
    half_written(made, None)
    before = contents(made.parent)
    with pytest.raises(LogError, match=r"in the middle of a write.*bank\.db-journal.*open it again$"):
        open_log(made)
    assert contents(made.parent) == before
    with sqlite3.connect(
        made, isolation_level=None
    ) as database:  # “open it once with the program that wrote it”
        database.execute("PRAGMA journal_mode = PERSIST")
        database.execute("UPDATE stored_events SET originator_version = originator_version")
    database.close()
    assert made.with_name("bank.db-journal").stat().st_size  # it stays, and says nothing any more
    with open_log(made) as log:
        assert [event.data["amount"] for event in events_of(log)] == [5] * 50


def test_a_change_that_is_not_committed_is_not_read(made: Path) -> None:
    bank(made, *[b'{"amount": 5}'] * 50)
    writer = sqlite3.connect(made, isolation_level=None)
    writer.execute("BEGIN")
    writer.execute("UPDATE stored_events SET state = ?", (b'{"amount": 6}',))
    assert made.with_name("bank.db-journal").exists()  # but nothing was written into the database yet
    before = contents(made.parent)
    with open_log(made) as log:
        assert {event.data["amount"] for event in events_of(log)} == {5}
    assert contents(made.parent) == before
    writer.execute("ROLLBACK")
    writer.close()


class Writing:
    """Another program that writes while rows are read."""

    def __init__(self, path: Path, times: int) -> None:
        self.path, self.times, self.reads = path, times, 0

    def __call__(self, name: str, files: Sequence[int], **how: bool) -> Iterator[object]:
        self.reads += 1
        yield from _rows(name, files, **how)
        self.write()

    def write(self) -> None:
        if not self.times:
            return
        self.times -= 1
        with sqlite3.connect(self.path) as database:
            database.execute(
                "INSERT INTO stored_events VALUES ('a1', ?, 'Deposited', '{}')", (1_000 + self.times,)
            )
        database.close()


_rows = store._rows


def test_a_database_that_is_written_to_while_it_is_read_is_read_again_from_a_copy(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = Writing(bank(made, b'{"amount": 5}'), 2)
    monkeypatch.setattr(store, "_rows", writing)
    with open_log(made) as log:
        assert len(events_of(log)) == 2  # and what was written behind the copy's back is not in it
        assert log.format == "SQLite, table stored_events (read from a private copy)"
    assert writing.reads == 2
    with open_log(made) as log:
        assert len(events_of(log)) == 3


class Copying:
    """Another program that does something each time after a file is copied."""

    def __init__(self, *after: Callable[[], object]) -> None:
        self.after, self.copies = list(after), 0

    def __call__(self, file: int, target: BinaryIO) -> None:
        self.copies += 1
        _copy(file, target)
        if self.after:
            self.after.pop(0)()


_copy = beside._copy


def test_a_database_that_is_always_written_to_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing = Writing(bank(made, b'{"amount": 5}'), 1_000)
    monkeypatch.setattr(store, "_rows", writing)
    copying = Copying(*[writing.write] * 1_000)
    monkeypatch.setattr(beside, "_copy", copying)
    monkeypatch.setattr(source, "_TRIED_S", 0.0)
    with pytest.raises(LogError, match=r"another program keeps writing.*\.backup"):
        open_log(made)
    assert (writing.reads, copying.copies) == (1, 2)


@pytest.fixture
def kept_open(made: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the store open, with a -wal."""
    writer = sqlite3.connect(made, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute(SCHEMA)
    yield writer
    writer.close()


DEPOSIT = "INSERT INTO stored_events VALUES ('a1', ?, 'Deposited', '{}')"


def begun_anew(writer: sqlite3.Connection, number: int) -> None:
    writer.execute(DEPOSIT, (number,))
    writer.execute("PRAGMA wal_checkpoint(RESTART)")
    writer.execute(DEPOSIT, (number + 1,))


def test_appends_to_the_wal_while_it_is_read_do_no_harm_and_one_begun_anew_is_read_again(
    made: Path, kept_open: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []

    def reading(name: str, files: Sequence[int], **how: bool) -> Iterator[object]:
        yield from _rows(name, files, **how)
        reads.append(len(files))
        if len(reads) == 1:
            kept_open.execute(DEPOSIT, (1,))
        if len(reads) == 2:
            begun_anew(kept_open, 2)

    monkeypatch.setattr(store, "_rows", reading)
    with open_log(made) as log:
        assert events_of(log) == []
    assert reads == [2]
    with open_log(made) as log:
        assert len(events_of(log)) == 3
        assert log.format.endswith("with its -wal (read from a private copy)")
    assert reads == [2, 2, 2]


def test_a_wal_that_is_begun_anew_behind_a_database_that_stays_as_it_is_is_read_again(
    made: Path, kept_open: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_open.execute(DEPOSIT, (1,))
    kept_open.execute("PRAGMA wal_checkpoint(FULL)")  # what is written next goes to its beginning
    reads = 0

    def reading(name: str, files: Sequence[int], **how: bool) -> Iterator[object]:
        nonlocal reads
        reads += 1
        yield from _rows(name, files, **how)
        if reads == 1:
            before = tree(made.parent)[str(made)]
            kept_open.execute(DEPOSIT, (2,))
            assert tree(made.parent)[str(made)] == before

    monkeypatch.setattr(store, "_rows", reading)
    with open_log(made) as log:
        assert len(events_of(log)) == 2
    assert reads == 2


def test_appends_to_the_wal_while_it_is_copied_do_no_harm_and_one_begun_anew_is_copied_again(
    made: Path, kept_open: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_open.execute(DEPOSIT, (1,))
    copying = Copying(
        lambda: kept_open.execute(DEPOSIT, (2,)), lambda: None, lambda: begun_anew(kept_open, 3)
    )
    monkeypatch.setattr(beside, "_copy", copying)

    def read() -> int:
        with made.open("rb") as file:
            blocks = list(store.lines(made.name, made, file.fileno(), None, again=True))
        return b"".join(block for block in blocks if isinstance(block, bytes)).count(b"\n")

    assert read() == 1
    with pytest.raises(Moved):
        read()
    assert read() == 4
    assert copying.copies == 6


def test_a_copy_for_which_there_is_no_room_is_a_plain_sentence(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_rows", Writing(bank(made, b'{"amount": 5}'), 1))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(beside, "_copy", full)
    with pytest.raises(LogError, match=r"keeps writing.*no room in.*TMPDIR"):
        open_log(made)


def test_a_change_in_the_wal_is_another_fingerprint(made: Path) -> None:
    writer = sqlite3.connect(made)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute(SCHEMA)
    writer.commit()
    with open_log(made) as log:
        first = log.fingerprint
    writer.execute("INSERT INTO stored_events VALUES ('a1', 1, 'BankAccount.Deposited', '{}')")
    writer.commit()
    with open_log(made) as log:
        assert log.fingerprint != first
    writer.close()


EMMETT = (
    "CREATE TABLE emt_messages (stream_id TEXT, stream_position INT, message_kind TEXT, message_data JSON,"
    " message_metadata JSON, message_type TEXT, message_id TEXT, global_position INTEGER PRIMARY KEY,"
    " created DATETIME)"
)
CQRS_ES = (
    "CREATE TABLE events (aggregate_type TEXT, aggregate_id TEXT, sequence INTEGER, event_type TEXT,"
    " event_version TEXT, payload TEXT, metadata TEXT, PRIMARY KEY (aggregate_type, aggregate_id, sequence))"
)
AXON = (  # `type` is the kind of aggregate
    "CREATE TABLE domain_event_entry (global_index INTEGER PRIMARY KEY, event_identifier TEXT,"
    " meta_data BLOB, payload BLOB, payload_revision TEXT, payload_type TEXT, time_stamp TEXT,"
    " aggregate_identifier TEXT, sequence_number INT, type TEXT)"
)
MARTEN = (  # in another order, with seconds for a time
    'CREATE TABLE log ("timestamp" REAL, data TEXT, type TEXT, version INT, stream_id BLOB, seq_id INT UNIQUE)'
)
AKKA = (
    "CREATE TABLE event_journal (ordering INTEGER PRIMARY KEY, persistence_id TEXT, sequence_number INT,"
    " write_timestamp INT, event_payload BLOB, event_ser_manifest TEXT)"
)
MESSAGE_DB = (  # the numbers of the store run against the order of insertion
    "CREATE TABLE messages (id TEXT, stream_name TEXT, type TEXT, position INT, global_position INTEGER,"
    " data TEXT, metadata TEXT, time TEXT)"
)
RAILS = (
    "CREATE TABLE event_store_events (id INTEGER PRIMARY KEY, event_id TEXT, event_type TEXT, metadata BLOB,"
    " data BLOB, created_at TEXT)"
)
OTHERS = [
    (AKKA, "event_journal",
     [(1, "acc-1", 1, 1767225600000, b'{"amount":1}', "MoneyDeposited"),
      (2, "acc-1", 2, 1767225600001, b'{"amount":2}', "MoneyDeposited")]),
    (MESSAGE_DB, "messages",
     [("m2", "acc-1", "MoneyDeposited", 1, 9, '{"amount":2}', None, "2026-01-02T10:00:00"),
      ("m1", "acc-1", "MoneyDeposited", 0, 4, '{"amount":1}', None, "2026-01-01T10:00:00")]),
    (RAILS, "event_store_events",
     [(1, "e1", "MoneyDeposited", b"{}", b'{"account_id":"acc-1","amount":1}', "2026-01-01 10:00:00.123456"),
      (2, "e2", "MoneyDeposited", b"{}", b'{"account_id":"acc-1","amount":2}', "2026-01-02 10:00:00.123456")]),
    (EMMETT, "emt_messages",
     [("acc-1", 2, "E", '{"amount":2}', '{"correlationId":"c"}', "MoneyDeposited", "m2", 9, "2026-01-02"),
      ("acc-1", 1, "E", '{"amount":1}', "{}", "MoneyDeposited", "m1", 4, "2026-01-01")]),
    (CQRS_ES, "events",
     [("account", "acc-1", 1, "MoneyDeposited", "1.0", '{"amount":1}', "{}"),
      ("account", "acc-1", 2, "MoneyDeposited", "1.0", '{"amount":2}', "{}")]),
    (AXON, "domain_event_entry",
     [(1, "e1", b"{}", b'{"amount":1}', "1", "bank.MoneyDeposited", "2026-01-01", "acc-1", 0, "Account"),
      (2, "e2", b"{}", b'{"amount":2}', "1", "bank.MoneyDeposited", "2026-01-02", "acc-1", 1, "Account")]),
    (MARTEN, "log",
     [(1767225600.25, '{"amount":2}', "MoneyDeposited", 2, b"\x01" * 16, 2),
      (1767225500.5, '{"amount":1}', "MoneyDeposited", 1, b"\x01" * 16, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "table", "rows"),
    OTHERS,
    ids=["akka", "message-db", "rails", "emmett", "cqrs-es", "axon", "marten"],
)
def test_other_stores_are_known_by_their_columns(
    made: Path, schema: str, table: str, rows: list[tuple[object, ...]]
) -> None:
    beside = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, created_at TEXT, data TEXT)"
    path = create(made, beside, schema, rows=rows, into=table)
    with open_log(path) as log:
        assert log.format == f"SQLite, table {table}"
        found = events_of(log)
        assert [event.data["amount"] for event in found] == [1, 2]
        assert {event.type.split(".")[-1] for event in found} == {"MoneyDeposited"}
        assert {event.entity for event in found} in ({"acc-1"}, {"01" * 16})
        if table != "events":
            assert all(event.at_ns is not None for event in found)


def test_events_are_preferred_to_snapshots_and_copies(made: Path) -> None:
    snapshots = SCHEMA.replace("stored_events", "stored_snapshots")
    path = create(made, snapshots, SCHEMA, rows=[("a", 1, "Snapshot", "{}")] * 1, into="stored_snapshots")
    with open_log(path) as log:
        assert log.format == "SQLite, table stored_events"
        assert events_of(log) == []


def test_a_database_of_other_things_says_what_is_in_it(made: Path) -> None:
    path = create(made, "CREATE TABLE customers (id INT, name TEXT)", "CREATE TABLE orders (id INT)")
    with pytest.raises(LogError, match=r"bank\.db: this SQLite database holds no table of events: .*orders"):
        open_log(path)


def test_text_that_is_no_utf8_costs_its_row_and_no_other(made: Path) -> None:
    bank(made, b'{"amount": 1}', b'{"amount": 2}', b'{"amount": 3}')
    database = sqlite3.connect(made)
    bad = "CAST(x'7b226f223a22ff0a22' || x'7d' AS TEXT)"
    database.execute(f"UPDATE stored_events SET state = {bad} WHERE rowid = 2")
    database.commit()
    database.close()
    with open_log(made) as log:
        assert [event.data["amount"] for event in events_of(log)] == [1, 3]
        assert len(unread_of(log)) == 1
        assert "UTF-8" in unread_of(log)[0]
        (unread,) = [unread for batch in log.batches() for unread in batch.unread]
        assert log.stored(unread.offset, unread.length_bytes) == b'{"o":"\xff\n"}'


@pytest.mark.parametrize(
    "payload", [b'{"amount": 2', b'{}, "topic": "Evil", "state": {}', b'{"a":1}}', b'{"a": NaN}']
)
def test_a_payload_that_is_no_json_is_a_row_that_could_not_be_read(made: Path, payload: bytes) -> None:
    with open_log(bank(made, b'{"amount": 1}', payload)) as log:
        assert [event.type for event in events_of(log)] == ["bank:BankAccount.Deposited"]
        assert len(unread_of(log)) == 1
        (unread,) = [unread for batch in log.batches() for unread in batch.unread]
        assert log.stored(unread.offset, unread.length_bytes) == payload


@pytest.mark.parametrize("schema", [SCHEMA, NUMBERED], ids=["rowid", "a column"])
def test_rows_around_a_damaged_page_are_there_and_the_damage_is_said(made: Path, schema: str) -> None:
    payloads = [json.dumps({"amount": n, "fill": "x" * 500}).encode() for n in range(400)]
    if schema == SCHEMA:
        bank(made, *payloads)
    else:
        rows = [(n, "a1", "bank:BankAccount.Deposited", payload) for n, payload in enumerate(payloads, 1)]
        create(made, schema, rows=rows, into="messages")
    size = made.stat().st_size
    with made.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(os.urandom(4096))
    with open_log(made) as log:
        amounts = [event.data["amount"] for event in events_of(log)]
        assert 350 < len(amounts) < 400
        assert (amounts[0], amounts[-1]) == (0, 399)
        assert amounts == sorted(set(amounts))
        assert any("damaged" in reason and f"{len(amounts):,} rows" in reason for reason in unread_of(log))


@pytest.mark.parametrize("kept", [16, 100, 1_000, 4_096])
def test_a_torn_or_false_database_is_a_plain_sentence(made: Path, kept: int) -> None:
    bank(made, *[b'{"amount": 1}'] * 400)
    made.write_bytes(made.read_bytes()[:kept])
    with pytest.raises(LogError, match=r"damaged or no SQLite database|no table of events"):
        open_log(made)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_text_is_what_it_is_whatever_the_encoding(made: Path, encoding: str) -> None:
    texts = ['{"owner":"Zoë 李 😀"}', '{"a":"\\u0000"}', '{"a":"b"}\0{"c":']
    rows = [("ä", n, "Geöffnet", text) for n, text in enumerate(texts)]
    schema = SCHEMA.replace("stored_events", "ereignisse_üß_events")
    create(made, f"PRAGMA encoding = '{encoding}'", schema, rows=rows, into="ereignisse_üß_events")
    with open_log(made) as log:
        assert log.format == "SQLite, table ereignisse_üß_events"
        found = events_of(log)
        assert [event.data for event in found[:2]] == [{"owner": "Zoë 李 😀"}, {"a": "\0"}]
        assert found[0].entity == "ä"
        assert found[0].type.endswith("Geöffnet")
        (unread,) = [unread for batch in log.batches() for unread in batch.unread]
        assert log.stored(unread.offset, unread.length_bytes) == texts[2].encode()


def test_half_of_a_letter_in_utf_16_costs_its_row_and_no_other(made: Path) -> None:
    rows = [("a", n, "Opened", '{"a":1}') for n in range(3)]
    create(made, "PRAGMA encoding = 'UTF-16le'", SCHEMA, rows=rows, into="stored_events")
    database = sqlite3.connect(made)
    half = '{"o":"'.encode("utf-16le").hex() + "00d8" + '"}'.encode("utf-16le").hex()
    database.execute(f"UPDATE stored_events SET state = CAST(x'{half}' AS TEXT) WHERE rowid = 2")
    database.commit()
    database.close()
    with open_log(made) as log:
        assert len(events_of(log)) == 2
        assert len(unread_of(log)) == 1


def test_names_and_values_of_no_encoding_in_the_schema_cost_nothing(made: Path) -> None:
    bank(made, b'{"amount": 5}')
    database = sqlite3.connect(made)
    database.execute("CREATE TABLE odd (id INTEGER PRIMARY KEY, type TEXT DEFAULT 'QQ', data TEXT, QQ TEXT)")
    database.commit()
    database.close()
    made.write_bytes(made.read_bytes().replace(b"QQ", b"\xff\xfe"))
    with open_log(made) as log:
        assert log.format == "SQLite, table stored_events"
        assert len(events_of(log)) == 1


def test_a_cell_of_a_view_that_is_another_each_time_is_read_once(made: Path) -> None:
    view = (
        "CREATE VIEW events AS SELECT id AS position, 'T' AS type, '{}' AS data,"
        " CASE abs(random()) % 2 WHEN 0 THEN 'text' ELSE x'ff' END AS stream_id FROM n"
    )
    create(made, "CREATE TABLE n (id INTEGER PRIMARY KEY)", view, rows=[(n,) for n in range(300)], into="n")
    with open_log(made) as log:
        assert unread_of(log) == []
        assert {event.entity for event in events_of(log)} == {"text", "ff"}


def test_wide_tables_keep_the_kind_of_every_cell(made: Path) -> None:
    names = [f"c{n}" for n in range(150)]
    schema = f"CREATE TABLE events (type TEXT, stream_id TEXT, {', '.join(names)}, data TEXT)"
    row = ("T", "s", *(n if n % 3 else b"\x01" if n % 2 else f"t{n}" for n in range(150)), '{"a":1}')
    create(made, schema, rows=[row, row[:5] + (None,) * 147 + ('{"a":2}',)], into="events")
    with open_log(made) as log:
        first, second = events_of(log)
        assert [first.record[name] for name in names] == [
            n if n % 3 else "01" if n % 2 else f"t{n}" for n in range(150)
        ]
        assert second.record["c149"] is None
        assert (first.data, second.data) == ({"a": 1}, {"a": 2})


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'other.db'",
        "CREATE TABLE x (y)",
        "DELETE FROM stored_events",
        "SELECT load_extension('other')",
        "PRAGMA temp_store = FILE; CREATE TEMP TABLE x AS SELECT zeroblob(100000000) FROM stored_events",
    ],
)
def test_there_is_nothing_but_the_one_file(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    bank(made, *[b'{"amount": 5}'] * 50)
    monkeypatch.chdir(made.parent)
    before = tree(tmp_path)
    with made.open("rb") as file:
        database, _ = child.connect(file.fileno())
        database.execute("PRAGMA query_only = OFF")
        database.limit(apsw.SQLITE_LIMIT_ATTACHED, 10)
        with pytest.raises(apsw.Error):
            database.execute(statement).fetchall()
        database.close()
    assert tree(tmp_path) == before


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"


def test_a_view_without_end_is_given_up(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = f"CREATE VIEW events AS {ENDLESS} SELECT x AS position, 'T' AS type, '{{}}' AS data FROM c"
    create(made, view)
    monkeypatch.setattr(store, "UNCHECKED_BYTES", 1 << 20)
    with pytest.raises(LogError, match="may never end"):
        open_log(made)


def test_a_view_that_never_gives_a_row_is_given_up(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = f"CREATE VIEW events AS {ENDLESS} SELECT x AS position, 'T' AS type, '{{}}' AS data FROM c WHERE x < 0"
    create(made, view)
    monkeypatch.setattr(child, "_PATIENCE_WITH_VIEW_S", 0.2)
    with made.open("rb") as file, Path(os.devnull).open("wb") as nowhere:
        database, _ = child.connect(file.fileno())
        reason = child.read_out(database, nowhere)
        database.close()
    assert reason is not None
    assert "may never end" in reason


def test_columns_that_swell_are_given_up(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = "CREATE TABLE events (id INTEGER PRIMARY KEY, type TEXT, stream_id TEXT, data TEXT)"
    swelling = f"ALTER TABLE events ADD COLUMN details TEXT DEFAULT '{'x' * 500_000}'"
    rows = [(n, "T", "s", "{}") for n in range(2_000)]
    create(made, filled, rows=rows, into="events")
    create(made, swelling)
    monkeypatch.setattr(store, "UNCHECKED_BYTES", 1 << 20)
    with pytest.raises(LogError, match="times its size"):
        open_log(made)


def test_a_store_without_a_name_is_read_too(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank(made, b'{"amount": 5}')
    with made.open() as given:
        monkeypatch.setattr("sys.stdin", given)
        with open_log("-") as log:
            assert [event.data for event in events_of(log)] == [{"amount": 5}]


def test_nothing_of_a_database_is_run_and_no_other_is_reached(made: Path) -> None:
    trap = made.with_name("trap.txt")
    create(
        made,
        f"CREATE VIEW events AS SELECT 1 AS position, 'T' AS type, writefile('{trap}', 'x') AS data",
        f"CREATE VIEW events_2 AS SELECT 1 AS position, 'T' AS type, load_extension('{trap}') AS data",
    )
    with pytest.raises(LogError):
        open_log(made)
    assert not trap.exists()


LIBRARY = """
import sys
from decimal import Decimal
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

class BankAccount(Aggregate):
    def __init__(self, owner: str, currency: str):
        self.owner, self.currency, self.balance, self.closed = owner, currency, Decimal(0), False
    @event("Deposited")
    def deposit(self, amount: Decimal): self.balance += amount
    @event("FundsWithdrawn")
    def withdraw(self, amount: Decimal): self.balance -= amount
    @event("TransferredOut")
    def send(self, amount: Decimal, to_account_id: str): self.balance -= amount
    @event("Renamed")
    def rename(self, name: str): self.owner = name
    @event("Closed")
    def close(self): self.closed = True

bank = Application(env=dict(
    PERSISTENCE_MODULE="eventsourcing.sqlite", SQLITE_DBNAME=sys.argv[1], COMPRESSOR_TOPIC=sys.argv[2]
))
account = BankAccount("Ada", "EUR")
account.deposit(Decimal("100.10"))
account.withdraw(Decimal("0.30"))
account.send(Decimal("20"), "elsewhere")
account.rename("Bo")
account.close()
bank.save(account)
for version in range(1, account.version + 1):
    then = bank.repository.get(account.id, version=version)
    print(then.owner, then.balance, then.closed)
print(account.id.hex, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("packing", ["", "zlib"])
def test_a_store_that_the_library_has_open_is_its_own_time_travel(made: Path, packing: str) -> None:
    pytest.importorskip("eventsourcing")
    words = [sys.executable, "-W", "ignore", "-c", LIBRARY, str(made), packing]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as library:
        assert library.stdout is not None
        told = [library.stdout.readline().split() for _ in range(7)]
        before = contents(made.parent)
        document = Document.open(str(made))
        assert document.projection_name == "accounts"
        assert document.event_count == 6
        for version, (owner, balance, closed) in enumerate(told[:6], 1):
            row = dict(document.history.state(version).items())[told[6][0]]
            held = row["balance"]
            assert isinstance(held, dict)
            assert (row["owner"], row["version"]) == (owner, version)
            assert held["EUR"] == Decimal(balance)
            assert (row["status"] == "closed") == (closed == "True")
        document.close()
        assert contents(made.parent) == before
        library.communicate("")
