"""Which table of a database is meant, and what is asked for of it?"""

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources import postgresql_questions as questions
from explorer.eventlog.sources.copied_rows import CopiedColumn
from explorer.eventlog.sources.database_tables import DatabaseTable, chosen, quoted
from explorer.eventlog.sources.joined_stores import JOINED_STORES, joined_store


def table(name, *columns, keys=(), kind="table", readable=True, rows=10) -> DatabaseTable:
    made = tuple(CopiedColumn(*column.split(" ")) for column in columns)
    return DatabaseTable(1, "public", name, kind, rows, made, tuple(keys), readable)


EVENTS = ("id int8", "type text", "stream_id text", "data jsonb", "at timestamptz")


def test_a_number_that_is_there_once_is_the_order_and_the_payload_is_last():
    query = table("events", *EVENTS, keys=[("id",)]).query
    assert (query.place, query.order, query.payload) == ("id", 'e."id"', "data")
    assert query.columns[-1].name == "data"
    assert query.text().endswith('FROM "public"."events" e ORDER BY e."id"')


def test_without_such_a_number_rows_stand_in_the_order_of_time_and_are_not_followed():
    query = table("events", *EVENTS[1:], "version int4", keys=[("stream_id", "version")]).query
    assert query.place is None
    assert query.order == 'e."at", e."version", e."stream_id"'


def test_a_view_is_not_followed():
    assert table("events", *EVENTS, keys=[("id",)], kind="view").query.place is None


def test_names_are_quoted():
    assert quoted('a"b; DROP') == '"a""b; DROP"'
    odd = table('ev"ents', *EVENTS, keys=[("id",)])
    assert '"public"."ev""ents"' in odd.query.text()


def test_a_table_is_meant_by_its_name_or_with_its_schema():
    every = [table("events", *EVENTS), table("users", "id int8")]
    assert chosen("db", "public.users", every, "ann").name == "users"
    assert chosen("db", "users", every, "ann").name == "users"
    assert chosen("db", "", every, "ann").name == "events"
    with pytest.raises(LogError, match=r"public\.events"):
        chosen("db", "orders", every, "ann")


def test_one_that_may_not_be_read_is_said_with_what_allows_it():
    with pytest.raises(LogError, match="GRANT SELECT"):
        chosen("db", "", [table("events", *EVENTS, readable=False)], "ann")


@pytest.mark.parametrize("store", JOINED_STORES, ids=lambda store: store.name)
def test_a_store_is_known_by_all_of_its_tables(store):
    there = {name: frozenset(columns) for name, columns in store.needs.items()}
    assert joined_store(store.table, there) is store
    assert joined_store(store.table, {store.table: there[store.table]}) is None
    assert joined_store("other", there) is None


def test_what_is_new_is_asked_for_by_number_and_by_transaction():
    assert questions.beyond("e.id", 5, 7) == "e.id > 5 AND age(e.xmin) BETWEEN 0 AND age('7'::xid)"
    assert questions.beyond("e.id", None, None) == ""
    assert questions.beyond("e.id", None, (1 << 32) + 9) == "age(e.xmin) BETWEEN 0 AND age('9'::xid)"
