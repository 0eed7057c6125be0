"""Is a topic of Kafka asked like a file on the command line?"""

from decimal import Decimal

from tests.cli.asked import answer, run
from tests.kafka_broker import KafkaBroker


def test_a_topic_is_asked_like_a_file_from_its_beginning_or_a_time(capsys):
    with KafkaBroker() as broker:
        broker.put_events("orders", 10, partitions=2)
        found = answer(capsys, "state", broker.address("orders"))
        assert found["events"] == 10
        assert Decimal(str(found["state"]["acc-1"]["balance"])) == Decimal("5.5")
        assert answer(capsys, "state", broker.address("orders", "?from=2026-01-01T00:00:06Z"))["events"] == 4
        assert answer(capsys, "state", broker.address(""), "--table", "orders")["events"] == 10
        status, _, said = run(capsys, "append", broker.address("orders"), "MoneyDeposited", "--data", "{}")
        assert status == 2
        assert "only read" in said
