"""Is a topic of Kafka read whole and exactly, by time, followed without loss, and nothing left behind at the broker?"""

import base64
import json
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from decimal import Decimal

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources import kafka, kafka_session
from explorer.eventlog.sources.address import address_of
from explorer.eventlog.sources.feed import ConnectionLost, Feed, PasswordNeeded
from explorer.eventlog.sources.kafka_lines import MessageLines
from explorer.eventlog.sources.registered import reach, source_module
from explorer.resources import resource
from explorer.session.document import Document
from tests.kafka_broker import KafkaBroker

MONEY = {"G-1": Decimal("99.75"), "G-2": Decimal("41.5")}
BEGIN_MS = 1_767_225_600_000


@pytest.fixture(scope="module")
def broker() -> Iterator[KafkaBroker]:
    with KafkaBroker() as started:
        yield started


def rows(feed: Feed) -> list[dict[str, object]]:
    return [json.loads(line) for block in feed.lines() for line in str_free(block).splitlines()]


def news(feed: Feed) -> list[dict[str, object]]:
    return [json.loads(line) for block in feed.more() for line in block.splitlines()]


def ask_on(feed: Feed) -> None:
    for _ in range(60):
        assert news(feed) == []


def str_free(block: bytes | str) -> bytes:
    assert isinstance(block, bytes), block
    return block


def test_a_topic_is_read_by_time_to_its_end_as_it_stands_then_followed(broker):
    broker.put_events("orders", 30, partitions=3)
    feed = reach(address_of(broker.address("orders")))
    read = rows(feed)
    assert [each["value"]["number"] for each in read] == list(range(30))
    assert [(each["partition"], each["offset"]) for each in read[:5]] == [
        (0, 0),
        (1, 0),
        (2, 0),
        (0, 1),
        (1, 1),
    ]
    assert news(feed) == []
    broker.put_events("orders", 8, partitions=4, begin=30)  # of a partition that was empty, too
    found: list[dict[str, object]] = []
    while len(found) < 8:
        found += news(feed)
    assert sorted(each["value"]["number"] for each in found) == list(range(30, 38))
    assert news(feed) == []
    feed.close()


def test_no_group_no_offset_and_no_topic_is_left_behind(broker):
    broker.put_events("alone", 10)
    before = broker.traces()
    feed = reach(address_of(broker.address("alone")))
    assert len(rows(feed)) == 10
    assert news(feed) == []
    feed.close()
    with pytest.raises(LogError, match="there is no topic nowhere"):
        reach(address_of(broker.address("nowhere")))
    assert broker.traces() == before


def test_a_large_topic_opens_like_any_log_and_has_the_balances_of_its_messages(broker):
    broker.put_events("large", 50_000, partitions=4)
    with closing(Document.open(broker.address("large"))) as document:
        assert document.event_count == 50_000
        assert document.unread_count == 0
        assert document.log.profile.name == "Kafka, messages of a topic"
        assert document.log.size_bytes > 6 << 20
        state = dict(document.history.state(50_000).items())
        assert {name: row["balance"] for name, row in state.items()} == dict.fromkeys(
            (f"acc-{number}" for number in range(4)), Decimal("13750.0")
        )
        assert document.event(2).id == "1:0"
        assert (document.events.at_ns[1:] >= document.events.at_ns[:-1]).all()


def test_a_message_without_a_value_ends_its_entity(broker):
    broker.put("deleted", b'{"type":"AccountOpened","owner":"Ann"}', key="a", at_ms=BEGIN_MS)
    broker.put("deleted", b'{"type":"AccountOpened","owner":"Bob"}', key="b", at_ms=BEGIN_MS + 1, partition=1)
    broker.put("deleted", None, key="a", at_ms=BEGIN_MS + 2)
    broker.settle()
    with closing(Document.open(broker.address("deleted"))) as document:
        assert document.event_count == 3
        assert set(dict(document.history.state(2).items())) == {"a", "b"}
        assert set(dict(document.history.state(3).items())) == {"b"}


def test_from_a_time_on_is_what_happened_then_and_later(broker):
    broker.put_events("timed", 40, partitions=4)
    feed = reach(address_of(broker.address("timed", "?from=2026-01-01T00:00:30Z")))
    assert [each["value"]["number"] for each in rows(feed)] == list(range(30, 40))
    assert "from 2026-01-01T00:00:30Z on" in feed.shown
    feed.close()
    with pytest.raises(LogError, match="is no time"):
        reach(address_of(broker.address("timed", "?from=soon")))
    late = reach(address_of(broker.address("timed", "?from=2030-01-01")))
    assert rows(late) == []
    late.close()


def test_bytes_are_kept_exactly_whatever_they_are(broker):
    values = [
        b'{"type": "A",  "n": 1.50}', b'{"type":\n"A"}', b'{"n": NaN}', b"text \xc3\xa4 \t", b"\xff\xfe", b"[1, 2]",
        b"",        b'{"a": "\xff"}', b'"text"', b'{"a":1,"a":2}', b"{" * 5_000, b"\0\0\0\0\x07\x02\x06abc", b"12",
    ]  # fmt: skip
    headers = [("h", b"1"), ("h", b"2"), ("raw", b"\xff"), ("no", None)]
    for number, value in enumerate(values):
        broker.put("bytes", value, at_ms=BEGIN_MS + number, headers=headers)
    broker.settle()
    feed = reach(address_of(broker.address("bytes")))
    lines = [line for block in feed.lines() for line in str_free(block).splitlines()]
    feed.close()
    assert [bytes_of(line) for line in lines] == values
    assert json.loads(lines[0])["headers"] == {"h": ["1", "2"], "raw": {"base64": "/w=="}, "no": None}
    assert "1 values are opaque" in feed.shown


def bytes_of(line: bytes) -> bytes:
    """The value of a message, from its line."""
    record = json.loads(line)
    if "value_base64" in record:
        return base64.b64decode(record["value_base64"])
    if isinstance(record["value"], str):
        return record["value"].encode()
    return line[line.index(b'"value":') + len(b'"value":') : -1]


def test_what_a_registry_describes_is_named_opaque(broker):
    for number in range(3):
        broker.put("avro", b"\0\0\0\0\x07\x02\x06abc\xfe" * 3, key="a", at_ms=BEGIN_MS + number)
    broker.settle()
    with closing(Document.open(broker.address("avro"))) as document:
        look = document.log.opaque_payload
        assert look is not None
        assert "id of a schema (Avro or Protobuf?)" in (look(document.event(1).record) or "")
        assert "3 values are opaque" in document.log.source.store.shown


def test_json_behind_the_number_of_its_schema_is_read():
    line = MessageLines("t").line(0, 0, 1, b"k", None, b'\0\0\0\0\x09{"type":"A"}')
    assert json.loads(line)["value"] == {"type": "A"}
    assert json.loads(line)["schema"] == 9


@pytest.mark.parametrize(
    ("name", "count"),
    [("debezium", 8), ("debezium-wrapped", 8), ("debezium-outbox", 8), ("cloudevents", 7)],
)
def test_changes_and_cloudevents_have_the_same_state_over_kafka_as_in_a_file(broker, name, count):
    lines = resource("profiles", "samples", f"{name}.jsonl").read_bytes().splitlines()
    for number, value in enumerate(lines):
        broker.put(f"of-{name}", value, key=f'{{"id":{number % 2}}}', at_ms=BEGIN_MS + number)
    if count > len(lines):  # what Debezium sends behind a deletion
        broker.put(f"of-{name}", None, key='{"id":0}', at_ms=BEGIN_MS + count)
    broker.settle()
    with closing(Document.open(broker.address(f"of-{name}"))) as document:
        assert document.log.profile.store in {"Debezium", "CloudEvents"}
        assert document.event_count == 7
        state = dict(document.history.state(7).items())
        assert {entity[-3:]: row.get("balance") for entity, row in state.items()} == MONEY


def test_topics_are_offered_the_fullest_first_and_none_is_guessed(broker):
    broker.put_events("_inner", 90)
    broker.put_events("few", 2)
    address = address_of(broker.address(""))
    found = source_module(address).candidates(address, None)
    names = [each.table for each in found]
    assert names[-1] == "_inner"
    assert not found[-1].likely
    assert found[-2].table == "few"
    assert found[-2].about == "4 partitions, about 2 messages"
    with pytest.raises(LogError, match="which topic is meant"):
        reach(address)
    with closing(reach(address_of(broker.address(""), "few"))) as feed:
        assert len(rows(feed)) == 2


def test_a_setting_of_the_driver_that_may_do_harm_is_not_passed_on_and_no_secret_is_shown():
    with pytest.raises(LogError, match=r"plugin\.library\.paths, which is not known here"):
        reach(address_of("kafka://localhost:1/t?plugin.library.paths=/tmp/x.so"))
    address = address_of("kafka://ann:hush@localhost:1/t?ssl.key.password=mum")
    assert "hush" not in address.text
    assert "mum" not in address.text
    with pytest.raises(PasswordNeeded):
        reach(address_of("kafka://nobody@localhost:1/t"))


def test_a_broker_that_is_not_there_is_said_and_one_that_goes_is_lost():
    with KafkaBroker() as broker:
        broker.put_events("orders", 5)
        feed = reach(address_of(broker.address("orders")))
        assert len(rows(feed)) == 5
        broker.kill()
        with pytest.raises(ConnectionLost, match="cannot be reached"):
            ask_on(feed)
        feed.close()


def test_a_broker_that_stands_still_is_lost_and_then_read_on_without_a_gap_or_a_double(monkeypatch):
    monkeypatch.setattr(kafka, "_ASKED_EVERY_S", 0.0)
    monkeypatch.setattr(kafka_session, "_PATIENCE_S", 0.5)
    with KafkaBroker() as broker:
        broker.put_events("orders", 1_000, partitions=4)
        with closing(reach(address_of(broker.address("orders")))) as feed:
            offsets = [(row["partition"], row["offset"]) for row in rows(feed)]
            with broker.standing_still(), pytest.raises(ConnectionLost, match="cannot be reached"):
                ask_on(feed)
            monkeypatch.setattr(kafka_session, "_PATIENCE_S", 8.0)
            broker.put_events("orders", 100, partitions=4, begin=1_000)
            until_s = time.monotonic() + 20
            while len(offsets) < 1_100 and time.monotonic() < until_s:
                with suppress(ConnectionLost):
                    offsets += [(row["partition"], row["offset"]) for row in news(feed)]
            assert news(feed) == []
    assert sorted(offsets) == [(partition, offset) for partition in range(4) for offset in range(275)]


def test_what_the_broker_has_deleted_already_is_said_and_the_rest_is_read():
    with KafkaBroker() as broker:  # which keeps 5 MiB of a partition
        for number in range(8):
            broker.put("kept", b"%d" % number + b"x" * 900_000, at_ms=BEGIN_MS + number)
            broker.settle()
        with closing(reach(address_of(broker.address("kept")))) as feed:
            read = rows(feed)
            assert 0 < read[0]["offset"] < 8
            assert [each["offset"] for each in read] == list(range(read[0]["offset"], 8))
            assert "its first messages are deleted already" in feed.shown
