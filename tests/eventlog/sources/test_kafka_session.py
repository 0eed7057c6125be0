"""Is what a broker says of a topic understood, and what it cannot say passed over without waiting long?"""

import time
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from explorer.eventlog.sources import kafka_session
from explorer.eventlog.sources.address import address_of
from explorer.eventlog.sources.feed import ConnectionLost
from explorer.eventlog.sources.kafka_session import KafkaSession, cleanup
from explorer.eventlog.sources.registered import reach
from tests.kafka_broker import KafkaBroker


def answered(policy: str) -> Future[Any]:
    found: Future[Any] = Future()
    found.set_result({"cleanup.policy": SimpleNamespace(value=policy)})
    return found


def test_how_a_topic_is_cleaned_up_is_told_or_not_known(monkeypatch):
    monkeypatch.setattr(kafka_session, "_CONFIGS_S", 0.01)
    assert cleanup(answered("compact,delete")) == "compact,delete"
    assert cleanup(None) == ""
    assert cleanup(Future()) == ""  # nobody answers
    refused: Future[Any] = Future()
    refused.set_exception(RuntimeError("not allowed"))
    assert cleanup(refused) == ""


def test_a_compacted_topic_is_said_to_be_one(monkeypatch):
    # the mock cluster answers no questions about configurations: this one is answered in its place
    monkeypatch.setattr(KafkaSession, "policy", lambda _session, _topic: answered("compact"))
    with KafkaBroker() as broker:
        broker.put_events("compacted", 3)
        feed = reach(address_of(broker.address("compacted")))
        list(feed.lines())
        assert "compacted: of each key only the last message is sure to be there" in feed.shown
        feed.close()


def test_a_broker_that_is_not_there_is_said_within_its_patience(monkeypatch):
    pytest.importorskip("confluent_kafka", reason="needs the extra `kafka`")
    monkeypatch.setattr(kafka_session, "_PATIENCE_S", 0.5)
    session = KafkaSession(address_of("kafka://127.0.0.1:1/t"), None)
    began_s = time.monotonic()
    with pytest.raises(ConnectionLost, match="cannot be reached"):
        session.topics()
    assert time.monotonic() - began_s < 20
    session.close()
