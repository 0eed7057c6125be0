"""A broker of Kafka of a test's own: the mock cluster of the driver, which speaks the real protocol over TCP."""

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import pytest

# In a process of its own, so that it can be killed as a power cut would.
_BROKER = """
import sys
from confluent_kafka import Producer
settings = {"bootstrap.servers": "none", "test.mock.num.brokers": 1, "log_level": 0}
producer = Producer(settings)
found = list(producer.list_topics(timeout=10).brokers.values())[0]
print(f"{found.host}:{found.port}", flush=True)
sys.stdin.read()
"""

type Header = tuple[str, bytes | None]


class KafkaBroker:
    """Started when it is entered; a topic is made with four partitions when something is first put there."""

    def __init__(self) -> None:
        self._driver = pytest.importorskip("confluent_kafka", reason="needs the extra `kafka`")
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BROKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.host = self._process.stdout.readline().strip()
        self._producer = self._driver.Producer(
            {"bootstrap.servers": self.host, "log_level": 0, "linger.ms": 5}
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End the broker without a word; all that it held is gone."""
        process = self._process
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[None]:
        """It answers nobody for a while, and has forgotten nothing then."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def address(self, topic: str, more: str = "") -> str:
        return f"kafka://{self.host}/{topic}{more}"

    def put(
        self,
        topic: str,
        value: bytes | None,
        *,
        key: str | None = None,
        partition: int = 0,
        at_ms: int = 0,
        headers: Sequence[Header] = (),
    ) -> None:
        """One message; `settle` waits until all are there."""
        more: dict[str, Any] = {"headers": list(headers)} if headers else {}
        self._producer.produce(topic, value, key, partition, timestamp=at_ms, **more)
        self._producer.poll(0)

    def settle(self) -> None:
        assert self._producer.flush(20) == 0

    def put_events(self, topic: str, count: int, *, partitions: int = 1, begin: int = 0) -> None:
        """Deposits of 1.10 each, one a second, each account in a partition of its own."""
        for number in range(begin, begin + count):
            if number % 5_000 == 4_999:
                self.settle()
            self.put(
                topic,
                json.dumps({"type": "MoneyDeposited", "amount": 1.1, "number": number}).encode(),
                key=f"acc-{number % partitions}",
                partition=number % partitions,
                at_ms=1_767_225_600_000 + number * 1_000,
            )
        self.settle()

    def traces(self) -> list[str]:
        """The consumer groups that the broker knows of, and the topics."""
        from confluent_kafka import admin

        client = admin.AdminClient({"bootstrap.servers": self.host, "log_level": 0})
        groups = client.list_consumer_groups(request_timeout=5).result(6)
        return [each.group_id for each in groups.valid] + sorted(client.list_topics(timeout=5).topics)
