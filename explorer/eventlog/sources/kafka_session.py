"""How is a broker of Kafka asked so that nothing is left behind there: no group, no offset, no topic?

Partitions are assigned by hand, so that no group is joined; nothing is committed; and only what is there is asked for,
since a question about a topic that is not there can make it.
"""

import contextlib
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol, cast

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import Address, scrubbed
from explorer.eventlog.sources.feed import ConnectionLost, PasswordNeeded

if TYPE_CHECKING:
    import confluent_kafka as driver
    from confluent_kafka import admin

_PATIENCE_S = 8.0
_CONFIGS_S = 1.0
_AT_ONCE = 10_000
# What may be said of a connection behind the question mark; all else of the driver stays out of reach.
_SETTINGS = (
    "security.protocol",
    "sasl.mechanism",
    "ssl.ca.location",
    "ssl.certificate.location",
    "ssl.key.location",
    "ssl.endpoint.identification.algorithm",
)
OURS = ("from",)


class Message(Protocol):
    """A message as the driver gives it, or an error of its partition."""

    def error(self) -> "driver.KafkaError | None": ...
    def partition(self) -> int: ...
    def offset(self) -> int: ...
    def timestamp(self) -> tuple[int, int]: ...
    def key(self) -> bytes | None: ...
    def headers(self) -> Sequence[tuple[str, bytes | None]] | None: ...
    def value(self) -> bytes | None: ...


class KafkaSession:
    """One connection to a cluster, made when it is needed."""

    def __init__(self, address: Address, password: str | None) -> None:
        self._address, self._password = address, password
        self.name = address.place
        self._lock = threading.RLock()
        self._consumer: driver.Consumer | None = None
        self._admin: admin.AdminClient | None = None
        self._closed = False
        self._down = self._denied = ""
        unknown = [name for name in address.settings if name not in {*_SETTINGS, *OURS}]
        if unknown:
            known = ", ".join((*OURS, *_SETTINGS))
            raise LogError(
                self.name, f"its address says {unknown[0]}, which is not known here: known are {known}"
            )
        if address.user and password is None:
            raise PasswordNeeded(self.name, f"no password is known for {address.user}", address)

    @contextlib.contextmanager
    def asked(self) -> Iterator["driver.Consumer"]:
        """The consumer, for one who asks at a time.

        Raises:
            ConnectionLost: There is no connection (any more).
            PasswordNeeded: None was given, or another one.
            LogError: The broker refuses.
        """
        import confluent_kafka as driver

        with self._lock:
            self._check_open()
            try:
                consumer = self._consumer = self._consumer or driver.Consumer(self._said_to_driver())
            except driver.KafkaException as error:
                raise LogError(self.name, f"its address is not right: {self._told(error.args[0])}") from error
            try:
                yield consumer
            except driver.KafkaException as error:
                raise self.reason(error.args[0]) from error
            finally:
                if self._closed:
                    self._drop()

    def topics(self) -> Mapping[str, Sequence[int]]:
        """The partitions of every topic, by its name."""
        with self.asked() as consumer:
            found = consumer.list_topics(timeout=_PATIENCE_S).topics
        return {name: sorted(topic.partitions) for name, topic in found.items() if topic.error is None}

    def ends(self, topic: str, partition: int) -> tuple[int, int]:
        """The first offset that is there, and the one that the next message will have."""
        import confluent_kafka as driver

        with self.asked() as consumer:
            found = consumer.get_watermark_offsets(
                driver.TopicPartition(topic, partition), timeout=_PATIENCE_S
            )
        if found is None:
            raise ConnectionLost(self.name, "the broker does not answer")
        return found[0], found[1]

    def since(self, topic: str, partitions: Sequence[int], at_ms: int) -> Mapping[int, int]:
        """The first offset of each partition that is as late; -1 where the broker knows of none."""
        import confluent_kafka as driver

        with self.asked() as consumer:
            wanted = [driver.TopicPartition(topic, each, at_ms) for each in partitions]
            found = consumer.offsets_for_times(wanted, timeout=_PATIENCE_S)
        return {each.partition: each.offset if each.error is None else -1 for each in found}

    def read_from(self, topic: str, offsets: Mapping[int, int]) -> None:
        """Read these partitions from these offsets on, and no others."""
        import confluent_kafka as driver

        with self.asked() as consumer:
            consumer.assign([driver.TopicPartition(topic, each, offset) for each, offset in offsets.items()])

    def read_no_more(self, topic: str, partition: int) -> None:
        """Leave out a partition that is read."""
        import confluent_kafka as driver

        with self.asked() as consumer:
            consumer.incremental_unassign([driver.TopicPartition(topic, partition)])

    def messages(self, wait_s: float) -> Sequence[Message]:
        """What has come, errors of partitions among it."""
        with self.asked() as consumer:
            found = consumer.consume(_AT_ONCE, wait_s)
        if self._denied:
            raise PasswordNeeded(self.name, self._denied, self._address)
        return cast("Sequence[Message]", found)

    @property
    def down(self) -> bool:
        """Whether no broker could be reached lately; `reached` says when one can be again."""
        return bool(self._down)

    def reached(self) -> None:
        """Somebody has got an answer."""
        self._down = ""

    def policy(self, topic: str) -> Future[Any] | None:
        """Asks how a topic is cleaned up; `cleanup` waits for the answer."""
        from confluent_kafka import admin  # whose types name less than it has

        asked = admin.ConfigResource(admin.ResourceType.TOPIC, topic)  # type: ignore[attr-defined]
        self._admin = admin.AdminClient(self._said_to_driver(group=False))
        found: Future[Any] = self._admin.describe_configs([asked])[asked]
        return found

    def close(self) -> None:
        """Let go, now or when who is asking has its answer. Safe to call twice, and from any thread."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._drop()
            finally:
                self._lock.release()

    def reason(self, error: "driver.KafkaError") -> LogError:
        """What an error of the driver means."""
        import confluent_kafka as driver

        code, told = error.code(), self._told(error)
        if self._denied or code == driver.KafkaError._AUTHENTICATION:  # noqa: SLF001 - the driver's public names
            return PasswordNeeded(self.name, self._denied or told, self._address)
        if code in _GONE:
            return LogError(self.name, f"the topic is not there any more: {told}")
        if code in {driver.KafkaError._AUTO_OFFSET_RESET, driver.KafkaError.OFFSET_OUT_OF_RANGE}:  # noqa: SLF001
            return LogError(
                self.name,
                "messages are not there any more where it was read on, or the topic was made anew: what was read stays "
                "readable; read it anew to see what is there now",
            )
        if code in {
            driver.KafkaError.TOPIC_AUTHORIZATION_FAILED,
            driver.KafkaError.CLUSTER_AUTHORIZATION_FAILED,
        }:
            return LogError(self.name, f"the broker refuses: {told}")
        return ConnectionLost(self.name, f"it cannot be reached: {self._down or told}")

    def _check_open(self) -> None:
        if self._closed:
            raise LogError(self.name, "it has been closed")

    def _drop(self) -> None:
        consumer, self._consumer, self._admin = self._consumer, None, None
        if consumer is not None:
            consumer.close()

    def _trouble(self, error: "driver.KafkaError") -> None:
        """Called by the driver, while it is asked."""
        import confluent_kafka as driver

        if error.code() == driver.KafkaError._AUTHENTICATION:  # noqa: SLF001
            self._denied = self._told(error)
        elif error.code() == driver.KafkaError._ALL_BROKERS_DOWN:  # noqa: SLF001
            self._down = self._told(error)

    def _said_to_driver(self, *, group: bool = True) -> dict[str, Any]:
        address = self._address
        said: dict[str, Any] = {
            "bootstrap.servers": address.hosts or "localhost:9092",
            "client.id": "history-explorer",
            "log_level": 0,
            "error_cb": self._trouble,
            "allow.auto.create.topics": False,
            **{name: value for name, value in address.settings.items() if name in _SETTINGS},
        }
        if not group:
            del said["allow.auto.create.topics"]
        else:
            said |= {
                "group.id": f"history-explorer-{uuid.uuid4()}",  # the driver asks for a name; no group is made of it
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "auto.offset.reset": "error",
                "enable.partition.eof": True,
                "isolation.level": "read_committed",
                "queued.max.messages.kbytes": 16_384,
                "fetch.message.max.bytes": 1 << 20,
            }
        if address.user:
            said |= {"sasl.username": address.user, "sasl.password": self._password}
            said.setdefault("security.protocol", "SASL_SSL")
            said.setdefault("sasl.mechanism", "PLAIN")
        return said

    def _told(self, error: "driver.KafkaError") -> str:
        return scrubbed(error.str(), self._password)


_GONE = frozenset({3, -188, -190})  # UNKNOWN_TOPIC_OR_PART, _UNKNOWN_TOPIC, _UNKNOWN_PARTITION


def cleanup(asked: Future[Any] | None) -> str:
    """How a topic is cleaned up, such as `compact,delete`; empty if that is not told."""
    if asked is None:
        return ""
    try:
        entry = asked.result(_CONFIGS_S).get("cleanup.policy")
    except Exception:  # noqa: BLE001 - whatever the driver says, nothing is known then
        return ""
    return str(entry.value) if entry is not None else ""
