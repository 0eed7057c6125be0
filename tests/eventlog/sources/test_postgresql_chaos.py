"""Whatever becomes of the server and of the writers: no row is lost, none is there twice, none is wrong."""

import contextlib
import random
import threading
import time

import psycopg
import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log, read_otherwise
from explorer.eventlog.read_as import AS_FOUND
from explorer.eventlog.sources.address import address_of
from explorer.eventlog.sources.feed import ConnectionLost
from explorer.eventlog.sources.postgresql_session import PostgresSession

EVENTS = """
CREATE TABLE events (id bigserial PRIMARY KEY, type text NOT NULL, stream_id text NOT NULL, data jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp())"""
INSERT = "INSERT INTO events (type, stream_id, data) VALUES ('Counted', %s, jsonb_build_object('n', %s::int))"
LONG_S = 30.0


class Writer(threading.Thread):
    """Writes transactions of several rows, some of which take long, some of which are taken back."""

    def __init__(self, server, number: int, stop: threading.Event) -> None:
        super().__init__(name=f"writer {number}", daemon=True)
        self._server, self._number, self._stop = server, number, stop
        self._random = random.Random(number)

    def run(self) -> None:
        count = 0
        while not self._stop.is_set():
            with contextlib.suppress(psycopg.Error), self._server.connect() as connection:
                connection.autocommit = False
                while not self._stop.is_set():
                    for _ in range(self._random.randrange(1, 6)):
                        connection.execute("SAVEPOINT one")
                        connection.execute(INSERT, (f"stream-{self._number}", count))
                        count += 1
                        if self._random.random() < 0.2:
                            connection.execute("ROLLBACK TO SAVEPOINT one")
                        self._stop.wait(self._random.choice([0, 0, 0.002, 0.02]))
                    if self._random.random() < 0.1:
                        connection.rollback()
                    else:
                        connection.commit()


def followed(log) -> None:
    """Take what has come, as the window does: what is lost is tried again at the next look."""
    with contextlib.suppress(ConnectionLost):
        log.source.fetch_more()


def rows_of(log) -> list[tuple[int, str, int]]:
    further = read_otherwise(log, None, AS_FOUND, None, further=True)
    try:
        records = [event.record for batch in further.batches() for event in batch.events]
        return [(each["id"], each["stream_id"], each["data"]["n"]) for each in records]
    finally:
        further.close()


@pytest.mark.timeout(180)
def test_two_writers_cut_connections_and_a_killed_server_lose_repeat_and_change_nothing(postgres):
    postgres.ask("DROP DATABASE IF EXISTS shop WITH (FORCE)", "CREATE DATABASE shop")
    postgres.ask(EVENTS, database="shop")
    stop = threading.Event()
    writers = [Writer(postgres, number, stop) for number in range(2)]
    for writer in writers:
        writer.start()
    log = open_log(postgres.address())
    try:
        for step in range(40):
            followed(log)
            if step % 8 == 3:  # somebody cuts every connection
                with contextlib.suppress(psycopg.Error):
                    postgres.ask(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        " AND datname = 'shop'"
                    )
            if step in {15, 30}:
                postgres.kill()
                followed(log)
                postgres.start()
            time.sleep(0.02)
        stop.set()
        for writer in writers:
            writer.join(LONG_S)
        until = time.monotonic() + LONG_S
        there = [tuple(row) for row in postgres.ask(
            "SELECT id, stream_id, (data->>'n')::int FROM events ORDER BY id", database="shop"
        )]  # fmt: skip
        while len(rows_of(log)) < len(there) and time.monotonic() < until:
            followed(log)
        ours = rows_of(log)
        assert len(there) > 100
        assert sorted(ours) == there
        assert ours != there  # some were committed under a lower number than others before them
    finally:
        stop.set()
        log.close()


def test_a_session_that_was_closed_asks_nothing_more(postgres):
    session = PostgresSession(address_of(postgres.address()), None)
    with session.transaction():
        assert session.rows("SELECT 1") == [(1,)]
    session.close()
    session.close()
    with pytest.raises(LogError, match="closed"), session.transaction():
        pass


def test_nothing_can_be_written_in_a_session(postgres):
    session = PostgresSession(address_of(postgres.address()), None)
    with pytest.raises(LogError, match="read-only"), session.transaction():
        session.rows("CREATE TABLE nothing (id int)")
    session.close()


def test_a_connection_that_is_cut_in_the_midst_of_the_rows_begins_anew(postgres):
    postgres.ask("DROP DATABASE IF EXISTS shop WITH (FORCE)", "CREATE DATABASE shop")
    postgres.ask(
        EVENTS,
        "INSERT INTO events (type, stream_id, data) SELECT 'Counted', 'a', jsonb_build_object('n', i, 'pad',"
        " repeat('x', 400)) FROM generate_series(1, 40000) i",
        database="shop",
    )
    cut: list[int] = []

    def told(rows: int) -> bool:
        if not cut and rows > 2_000:
            cut.append(rows)
            postgres.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'History Explorer'"
            )
        return True

    with open_log(postgres.address(), told=told) as log:
        rows = rows_of(log)
    assert cut
    assert [row[2] for row in rows] == list(range(1, 40_001))


def begin_anew(postgres) -> None:
    """A database with one table of a hundred events."""
    postgres.ask("DROP DATABASE IF EXISTS shop WITH (FORCE)", "CREATE DATABASE shop")
    postgres.ask(EVENTS, database="shop")
    postgres.ask(
        "INSERT INTO events (type, stream_id, data) SELECT 'Counted', 'a', jsonb_build_object('n', i)"
        " FROM generate_series(1, 100) i",
        database="shop",
    )


def test_a_table_that_is_emptied_while_it_is_followed_is_said(postgres):
    begin_anew(postgres)
    with open_log(postgres.address()) as log:
        before = rows_of(log)
        postgres.ask("TRUNCATE events", database="shop")
        with pytest.raises(LogError, match="not there any more"):
            log.source.fetch_more()
        assert rows_of(log) == before


def test_rows_that_are_changed_or_deleted_while_it_is_followed_are_said(postgres):
    begin_anew(postgres)
    with open_log(postgres.address()) as log:
        before = rows_of(log)
        postgres.ask("UPDATE events SET data = '{\"n\": 0}' WHERE id = 50", database="shop")
        until = time.monotonic() + LONG_S
        said = ""
        while not said and time.monotonic() < until:  # the server counts with some delay
            try:
                log.source.fetch_more()
            except LogError as error:
                said = str(error)
        assert "changed or deleted" in said
        assert rows_of(log) == before
