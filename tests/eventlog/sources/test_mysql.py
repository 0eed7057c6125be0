"""A table of MariaDB is a log: each value in the server's own text, followed while others write, never written to."""

import contextlib
import json
from collections.abc import Iterator

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log, read_otherwise
from explorer.eventlog.read_as import AS_FOUND
from explorer.eventlog.sources import mysql
from explorer.eventlog.sources import mysql_questions as questions
from explorer.eventlog.sources.address import address_of
from explorer.eventlog.sources.feed import ConnectionLost, PasswordNeeded
from explorer.eventlog.sources.mysql_session import MysqlSession
from explorer.session.document import Document
from tests.mariadb_server import MariadbServer

EVENTS = """
CREATE TABLE stored_events (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, aggregate_uuid char(36),
    aggregate_version int, event_class varchar(255),
    event_properties json, meta_data json, created_at timestamp(3) NOT NULL)"""
SOME = """
INSERT INTO stored_events (aggregate_uuid, aggregate_version, event_class, event_properties, meta_data, created_at)
SELECT concat('acc-', seq % 7), 1 + seq DIV 7, 'MoneyDeposited',
    concat('{"amount": ', seq, '.10, "note": "ä \\\\"q\\\\""}'),
    '{}', '2026-01-01 10:00:00.125' FROM seq_1_to_500"""
ONE = SOME.replace("seq_1_to_500", "seq_1_to_1")


@pytest.fixture(scope="module")
def server() -> Iterator[MariadbServer]:
    with MariadbServer() as started:
        yield started


@pytest.fixture
def shop(server: MariadbServer) -> MariadbServer:
    server.ask("DROP DATABASE shop", "CREATE DATABASE shop")
    return server


def numbers_of(log) -> list[int]:
    further = read_otherwise(log, None, AS_FOUND, None, further=True)
    try:
        return [event.record["id"] for batch in further.batches() for event in batch.events]
    finally:
        further.close()


def test_the_table_of_a_store_is_found_and_read_in_its_order(shop):
    shop.ask(EVENTS, SOME, "CREATE TABLE users (id int, name text)", database="shop")
    document = Document.open(shop.address())
    assert document.event_count == 500
    assert document.format_text.startswith(
        "MariaDB, table shop.stored_events, only read, although the role root"
    )
    assert document.log.profile.store == "spatie/laravel-event-sourcing"
    assert str(document.event(3).data["amount"]) == "3.10"
    assert document.event(3).data["note"] == 'ä "q"'
    assert document.event(1).at == "2026-01-01 10:00:00.125"
    document.close()
    found = mysql.candidates(address_of(shop.address()), None)
    assert [each.table for each in found] == ["shop.stored_events", "shop.users"]


def test_every_type_is_there_in_the_servers_own_text(shop):
    shop.ask(
        "CREATE TABLE events (id bigint unsigned PRIMARY KEY, type varchar(40), stream_id binary(16), at datetime(6),"
        " big decimal(40, 10), real8 double, yes tinyint(1), list set('a', 'b'), day date, nothing text, data blob)",
        """INSERT INTO events VALUES (18446744073709551, 'tab\tquote"back\\\\', X'00ff00ff00ff00ff00ff00ff00ff00ff',
        '2026-01-02 03:04:05.123456', '123456789012345678901234567890.0000000001', 1e300, 1, 'a,b', '2026-01-02', NULL,
        '{"n": 1}')""",
        database="shop",
    )
    with open_log(shop.address(table="events")) as log:
        text = log.raw(0, log.size_bytes)
    record = json.loads(text)
    assert b'"id":18446744073709551,' in text
    assert b'"big":123456789012345678901234567890.0000000001,' in text
    assert b'"yes":1,' in text
    assert record["type"] == 'tab\tquote"back\\'
    assert record["stream_id"] == "00ff00ff00ff00ff00ff00ff00ff00ff"
    assert record["at"] == "2026-01-02 03:04:05.123456"
    assert record["list"] == "a,b"
    assert record["nothing"] is None
    assert record["data"] == {"n": 1}


def test_only_the_right_to_select_is_needed_and_nothing_is_written(shop):
    shop.ask(EVENTS, SOME, "GRANT SELECT ON shop.stored_events TO reader@localhost", database="shop")
    with pytest.raises(PasswordNeeded) as caught:
        open_log(shop.address("reader", password="wrong-one"))
    assert "wrong-one" not in str(caught.value)
    before = len(shop.log)
    with open_log(shop.address("reader", password="hush%2F%401")) as log:
        assert "may write" not in log.format
        assert log.source.fetch_more() == 0
        assert "hush" not in f"{log.address}{log.name}{log.format}"
    said = [line.upper() for line in shop.log[before:].splitlines()]
    assert any("READ ONLY" in line for line in said)
    for word in ("INSERT", "UPDATE ", "DELETE", "CREATE", "DROP"):
        assert not any(f"QUERY\t{word}" in line for line in said)


def test_what_is_committed_late_follows_once_whichever_number_it_has(shop, monkeypatch):
    shop.ask(EVENTS, SOME, database="shop")
    log = open_log(shop.address())
    slow = shop.connect()
    slow.autocommit(False)
    with slow.cursor() as cursor:
        cursor.execute("USE shop")
        cursor.execute(ONE)
        shop.ask(ONE, database="shop")
        assert log.source.fetch_more() > 0
        assert log.source.fetch_more() == 0
        late = shop.ask("SELECT max(id) FROM stored_events", database="shop")[0][0]
        slow.commit()
    slow.close()
    monkeypatch.setattr(mysql, "_SLACK", -1)  # as if its number lay far below: all numbers are looked through
    monkeypatch.setattr(mysql, "_FULL_EVERY_S", -1.0)
    monkeypatch.setattr(mysql, "_FULL_SHARE", 0)
    assert log.source.fetch_more() > 0
    assert log.source.fetch_more() == 0
    numbers = numbers_of(log)
    assert len(numbers) == len(set(numbers)) == 502
    assert numbers[-2] == late > numbers[-1]
    log.close()


def test_a_killed_server_is_said_and_nothing_is_lost_or_repeated_when_it_is_back(shop):
    shop.ask(EVENTS, SOME, database="shop")
    with open_log(shop.address()) as log:
        shop.kill()
        with pytest.raises(ConnectionLost):
            log.source.fetch_more()
        shop.start()
        shop.ask(ONE, database="shop")
        with contextlib.suppress(ConnectionLost):
            log.source.fetch_more()
        log.source.fetch_more()
        numbers = numbers_of(log)
        assert len(numbers) == len(set(numbers)) == 501


def test_a_table_that_is_emptied_or_of_which_rows_are_deleted_is_said(shop, monkeypatch):
    shop.ask(EVENTS, SOME, database="shop")
    with open_log(shop.address()) as log:
        shop.ask("DELETE FROM stored_events WHERE id = 100", database="shop")
        assert log.source.fetch_more() == 0
        monkeypatch.setattr(mysql, "_FULL_EVERY_S", -1.0)
        monkeypatch.setattr(mysql, "_FULL_SHARE", 0)
        with pytest.raises(LogError, match="changed or deleted"):
            log.source.fetch_more()
    with open_log(shop.address()) as log:
        shop.ask("TRUNCATE stored_events", SOME.replace("acc-", "other-"), database="shop")
        with pytest.raises(LogError, match="not there any more, or another one"):
            log.source.fetch_more()
        assert log.source.fetch_more() == 0
        assert len(numbers_of(log)) == 499


def test_nothing_can_be_written_in_a_session(shop):
    shop.ask("CREATE TABLE nothing (id int)", database="shop")
    session = MysqlSession(address_of(shop.address()), None)
    with pytest.raises(LogError, match="READ ONLY"), session.transaction():
        session.rows("INSERT INTO shop.nothing VALUES (1)")
    session.close()
    with pytest.raises(LogError, match="closed"), session.transaction():
        pass


def test_what_is_asked_for_by_number():
    assert questions.beyond("e.`id`", 5) == "e.`id` > 5"
    assert questions.one_of("e.`id`", [1, 2]) == "e.`id` IN (1, 2)"
