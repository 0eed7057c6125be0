"""A table of PostgreSQL is a log: each value in the database's own digits, and nothing there is written."""

import json
import re
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log, read_otherwise
from explorer.eventlog.read_as import AS_FOUND
from explorer.eventlog.sources import postgresql
from explorer.eventlog.sources.address import address_of
from explorer.eventlog.sources.feed import PasswordNeeded
from explorer.eventlog.sources.postgresql_session import PostgresSession
from explorer.eventlog.sources.postgresql_tables import tables
from explorer.resources import resource
from explorer.session.document import Document

EVENTS = """
CREATE TABLE events (position bigserial PRIMARY KEY, stream_id text NOT NULL, version int NOT NULL, type text NOT NULL,
    data jsonb NOT NULL, metadata jsonb, at timestamptz NOT NULL DEFAULT now())"""
SOME = """
INSERT INTO events (stream_id, version, type, data, at) SELECT 'acc-' || i % 7, i / 7 + 1, 'MoneyDeposited',
    jsonb_build_object('amount', i::numeric / 100, 'note', E'a "quote", a \\\\ and ä'), timestamptz '2026-01-01' + i *
    interval '1 minute' FROM generate_series(1, 500) i"""


@pytest.fixture
def shop(postgres):
    postgres.ask("DROP DATABASE IF EXISTS shop WITH (FORCE)", "CREATE DATABASE shop")
    return postgres


def events_of(log):
    return [event for batch in log.batches() for event in batch.events]


def test_the_table_of_events_is_found_and_read_in_its_order(shop):
    shop.ask(EVENTS, SOME, "CREATE TABLE users (id int, name text)", database="shop")
    document = Document.open(shop.address())
    assert document.event_count == 500
    assert document.name == "shop, public.events"
    assert (
        document.format_text
        == "PostgreSQL, table public.events, only read, although the role owner may write"
    )
    assert document.fields.entity == "stream_id"
    assert document.event(3).data["note"] == 'a "quote", a \\ and ä'
    assert str(document.event(1).data["amount"]) == "0.01000000000000000000"
    document.close()


def test_every_type_is_there_in_the_databases_own_text(shop):
    shop.ask(
        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
        """CREATE TABLE events (id bigint PRIMARY KEY, event_type text, stream_id uuid, happened timestamp, big numeric,
        real4 real, real8 double precision, yes boolean, bits bytea, list int[], how mood, span interval, place inet,
        plain json, nothing text, data jsonb)""",
        r"""INSERT INTO events VALUES (9223372036854775807, E'tab\tquote"back\\slash\x0bx',
        '6f0a1f3e-4b6f-4a0e-8f6e-1c2d3e4f5a6b',
        '2026-01-02 03:04:05.123456', 12345678901234567890123456789.000000000000000001, 0.1, 1e300, true, '\x00ff',
        '{1,2}', 'ok', '1 day 02:03:04', '10.0.0.1', E'{"a" :\n 1}', NULL, '{"n": 1e400, "t": "line\nbreak"}'),
        (1, E'x\x01\x1f', NULL, NULL, 'NaN', 'Infinity', '-0', false,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[1, 2]')""",
        database="shop",
    )
    with open_log(shop.address()) as log:
        last, first = (json.loads(log.raw(0, log.size_bytes).splitlines()[at]) for at in (1, 0))
        text = log.raw(0, log.size_bytes).decode()
    assert '"id":9223372036854775807' in text
    assert '"big":12345678901234567890123456789.000000000000000001' in text
    assert last["event_type"] == 'tab\tquote"back\\slash\x0bx'
    assert last["happened"] == "2026-01-02 03:04:05.123456"
    assert '"real4":0.1,' in text
    assert '"real8":1e+300' in text
    assert last["yes"] is True
    assert last["bits"] == "\\x00ff"
    assert (last["list"], last["how"], last["span"], last["place"]) == (
        "{1,2}",
        "ok",
        "1 day 02:03:04",
        "10.0.0.1",
    )
    assert last["plain"] == {"a": 1}
    assert last["nothing"] is None
    assert last["data"]["t"] == "line\nbreak"
    assert first["big"] == "NaN"
    assert first["real4"] == "Infinity"
    assert '"real8":-0,' in text
    assert first["event_type"] == "x\x01\x1f"
    assert first["data"] == [1, 2]


def test_the_state_is_that_of_the_same_log_as_lines(shop, tmp_path: Path):
    shop.ask(EVENTS, SOME, database="shop")
    lines = shop.ask(
        "SELECT row_to_json(e)::text FROM (SELECT * FROM events ORDER BY position) e", database="shop"
    )
    exported = tmp_path / "events.jsonl"
    exported.write_text("".join(f"{line}\n" for (line,) in lines))
    ours, theirs = Document.open(shop.address()), Document.open(str(exported))
    for position in (1, 77, 500):
        assert ours.plain_text(position) == theirs.plain_text(position)
    ours.close()
    theirs.close()


def test_only_the_right_to_select_is_needed_and_nothing_is_written(shop):
    shop.ask(EVENTS, SOME, "GRANT SELECT ON events TO reader", database="shop")
    before = len(shop.log)
    with open_log(shop.address("reader")) as log:
        assert "may write" not in log.format
        assert len(events_of(log)) == 500
        assert log.source.fetch_more() == 0
    said = [line for line in shop.log[before:].splitlines() if "statement:" in line or "execute" in line]
    assert any("READ ONLY" in line for line in said)
    for word in ("INSERT", "UPDATE ", "DELETE", "CREATE", "NOTIFY", "DROP", "TRUNCATE "):
        assert not any(f": {word}" in line for line in said)


def test_a_role_without_the_right_is_told_what_would_give_it(shop):
    shop.ask(EVENTS, database="shop")
    with pytest.raises(LogError, match=r'GRANT SELECT ON "public"."events" TO "reader"'):
        open_log(shop.address("reader", "events"))


def test_a_table_that_is_not_there_is_said_with_those_that_are(shop):
    shop.ask(EVENTS, database="shop")
    with pytest.raises(LogError, match=r"no table “orders”; there are public.events"):
        open_log(shop.address(table="orders"))


def test_without_a_table_of_events_the_tables_are_listed(shop):
    shop.ask("CREATE TABLE users (id int, name text)", database="shop")
    with pytest.raises(LogError, match=r"none of its tables looks like one of events.*public.users"):
        open_log(shop.address())


def test_a_server_that_is_not_there_is_said(shop):
    with pytest.raises(LogError, match="it cannot be reached"):
        open_log("postgresql:///shop?host=/nowhere/at/all")


def test_a_database_that_is_not_there_is_said(shop):
    with pytest.raises(LogError, match='database "nowhere" does not exist'):
        open_log(shop.address(database="nowhere"))


def test_a_password_is_asked_for_used_and_never_told(shop):
    shop.ask(EVENTS, SOME, "GRANT SELECT ON events TO reader", database="shop")
    shop.demand_passwords()
    with pytest.raises(PasswordNeeded) as caught:
        open_log(shop.address("reader", password="wrong-one"))
    assert "wrong-one" not in str(caught.value)
    document = Document.open(shop.address("reader", password="hush%2F%401"))
    try:
        for text in (document.path, document.name, document.format_text, repr(document.log.__dict__)):
            assert "hush" not in (text or "")
        again = Document.open(document.path or "")  # it is known as long as the process lives
        assert again.event_count == 500
        again.close()
    finally:
        document.close()
        shop.ask("SELECT 1")


def test_keys_of_several_columns_and_domains_are_known(shop):
    shop.ask(
        "CREATE DOMAIN money2 AS numeric(12, 2)",
        "CREATE TABLE t (a int, b text, c money2, PRIMARY KEY (b, a), UNIQUE (c))",
        database="shop",
    )
    session = PostgresSession(address_of(shop.address()), None)
    with session.transaction():
        (found,) = tables(session)
    session.close()
    assert found.keys == (("b", "a"), ("c",))
    assert [column.type for column in found.columns] == ["int4", "text", "numeric"]


def test_stores_whose_streams_stand_in_another_table_are_joined(shop):
    shop.ask(
        "CREATE TABLE streams (stream_id bigserial PRIMARY KEY, stream_uuid text, stream_version bigint)",
        "CREATE TABLE events (event_id uuid PRIMARY KEY, event_type text, causation_id uuid, correlation_id uuid,"
        " data bytea, metadata bytea, created_at timestamptz DEFAULT now())",
        "CREATE TABLE stream_events (event_id uuid, stream_id bigint, stream_version bigint, original_stream_id bigint,"
        " original_stream_version bigint, PRIMARY KEY (event_id, stream_id))",
        "INSERT INTO streams VALUES (0, '$all', 3), (1, 'account-ann', 2), (2, 'account-bob', 1)",
        """INSERT INTO events SELECT ('00000000-0000-0000-0000-00000000000' || i)::uuid, 'Elixir.Bank.MoneyDeposited',
        NULL, NULL, convert_to('{"amount": ' || i || '}', 'UTF8') FROM generate_series(1, 3) i""",
        """INSERT INTO stream_events SELECT ('00000000-0000-0000-0000-00000000000' || i)::uuid, 0, 4 - i,
        1 + i % 2, i
        FROM generate_series(1, 3) i""",
        """INSERT INTO stream_events SELECT ('00000000-0000-0000-0000-00000000000' || i)::uuid, 1 + i % 2, i,
        1 + i % 2, i
        FROM generate_series(1, 3) i""",
        database="shop",
    )
    document = Document.open(shop.address())
    assert document.event_count == 3
    assert document.event(1).entity == "account-bob"
    assert document.log.profile.store == "Commanded (Elixir)"
    assert document.event(1).record["event_number"] == 1
    assert str(document.event(1).record["data"]["amount"]) == "3"
    assert document.log.live
    document.close()
    found = postgresql.candidates(address_of(shop.address()), None)
    assert found[0].table == "public.events"
    assert found[0].about.startswith("Commanded")


def test_the_stream_of_a_rails_event_is_the_first_that_it_was_published_to(shop):
    shop.ask(
        "CREATE TABLE event_store_events (id bigserial PRIMARY KEY, event_id uuid UNIQUE, event_type text,"
        " metadata jsonb, data jsonb, created_at timestamp, valid_at timestamp)",
        "CREATE TABLE event_store_events_in_streams (id bigserial PRIMARY KEY, stream text, position int,"
        " event_id uuid, created_at timestamp)",
        """INSERT INTO event_store_events SELECT i, ('00000000-0000-0000-0000-00000000000' || i)::uuid, 'OrderPlaced',
        '{}', '{"total": 5}', '2026-01-01', NULL FROM generate_series(1, 2) i""",
        """INSERT INTO event_store_events_in_streams (stream, position, event_id) VALUES
        ('Order$1', 0, '00000000-0000-0000-0000-000000000001'),
        ('linked', 0, '00000000-0000-0000-0000-000000000001')""",
        database="shop",
    )
    document = Document.open(shop.address())
    assert document.event_count == 2
    assert document.event(1).record["stream"] == "Order$1"
    assert document.event(2).record["stream"] is None
    assert document.log.profile.store == "Rails Event Store"
    document.close()


def test_what_is_written_later_follows_once_whichever_number_it_has(shop):
    shop.ask(EVENTS, SOME, database="shop")
    one = "INSERT INTO events (stream_id, version, type, data) VALUES ('late', 1, 'MoneyDeposited', '{\"amount\": 1}')"
    log = open_log(shop.address())
    with shop.connect() as slow:
        slow.autocommit = False
        slow.execute("SAVEPOINT a")  # what is written inside belongs to a transaction of its own
        slow.execute(one)  # 501, which nobody sees yet
        shop.ask(one, database="shop")  # 502
        assert log.source.fetch_more() > 0
        assert log.source.fetch_more() == 0
        slow.commit()
    assert log.source.fetch_more() > 0
    assert log.source.fetch_more() == 0
    further = read_otherwise(log, None, AS_FOUND, None, further=True)
    numbers = [event.record["position"] for event in events_of(further)]
    assert numbers == [*range(1, 501), 502, 501]
    log.close()
    further.close()


def test_a_table_that_was_emptied_is_said_and_nothing_is_mixed_with_what_was_read(shop):
    shop.ask(EVENTS, SOME, database="shop")
    with open_log(shop.address()) as log:
        shop.ask("TRUNCATE events RESTART IDENTITY", SOME.replace("acc-", "other-"), database="shop")
        with pytest.raises(LogError, match="not there any more, or another one"):
            log.source.fetch_more()
        assert log.source.fetch_more() == 0


def test_a_view_and_a_table_without_numbers_are_read_and_not_followed(shop):
    shop.ask(
        EVENTS,
        SOME,
        "CREATE VIEW recent_events AS SELECT * FROM events WHERE position > 400",
        database="shop",
    )
    with open_log(shop.address(table="recent_events")) as log:
        assert len(events_of(log)) == 100
        assert not log.live
        assert log.source.fetch_more() == 0


def test_the_rights_that_the_guide_gives_are_enough(shop):
    guide = resource("guide", "sources.md").read_text(encoding="utf-8").partition("MySQL and MariaDB:")[0]
    given = re.findall(r"^    ((?:CREATE ROLE|GRANT|ALTER ROLE) .*;)$", guide, re.MULTILINE)
    assert len(given) == 5
    shop.ask(
        "DROP ROLE IF EXISTS history_reader",
        "CREATE TABLE mt_events (seq_id bigint PRIMARY KEY, id uuid, stream_id uuid, version bigint, data jsonb,"
        " type varchar, timestamp timestamptz, mt_dotnet_type varchar)",
        """INSERT INTO mt_events SELECT i, NULL, NULL, i, '{"a": 1}', 'happened', '2026-01-01', 'T'
        FROM generate_series(1, 3) i""",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        *given,
        database="shop",
    )
    with open_log(shop.address("history_reader")) as log:
        assert len(events_of(log)) == 3
        assert log.format == "PostgreSQL, table public.mt_events"
        assert log.profile.store == "Marten"
        assert log.source.fetch_more() == 0
    shop.ask("DROP OWNED BY history_reader", "DROP ROLE history_reader", database="shop")
