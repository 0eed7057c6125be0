"""How is a topic of Kafka read as a log from its beginning, and followed?

The messages of all partitions become one log by their times; each keeps its partition and its offset there, and no
partition is put into another order. What is read ends where each partition ended when it began.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from typing import Any

import msgspec

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import Address
from explorer.eventlog.sources.feed import ConnectionLost
from explorer.eventlog.sources.kafka_lines import MessageLines
from explorer.eventlog.sources.kafka_session import KafkaSession, Message, cleanup
from explorer.eventlog.sources.partitions import Partitions
from explorer.eventlog.timestamps import parse_time

DRIVER, EXTRA = "confluent_kafka", "kafka"

_TICK_S = 0.2
_SILENT_S = 20.0  # before it is asked whether anybody is there
_ASKED_EVERY_S = 10.0  # whether there are new partitions
_MOST_COUNTED = 200  # partitions whose messages are counted, to choose a topic
_OF_PROGRAMS = ("-changelog", "-repartition")  # what Kafka Streams keeps for itself


class KafkaTopic(msgspec.Struct, frozen=True):
    """A topic that could be read; see `feed.Candidate`."""

    table: str
    about: str
    likely: bool


def reach(address: Address, password: str | None) -> "KafkaFeed":
    """Connect, and find the topic; see `SourceModule.reach`."""
    session = KafkaSession(address, password)
    try:
        since_ms = _moment(address)
        topics = session.topics()
        topic = _chosen(address, [name for name in topics if _likely(name)])
        if topic not in topics:
            raise LogError(address.place, f"there is no topic {topic}")  # noqa: TRY301
        return KafkaFeed(session, address, topic, since_ms)
    except BaseException:
        session.close()
        raise


def candidates(address: Address, password: str | None) -> Sequence[KafkaTopic]:
    """All topics, the likeliest first; see `SourceModule.candidates`."""
    session = KafkaSession(address, password)
    try:
        topics = session.topics()
        counted = sum(len(partitions) for partitions in topics.values()) <= _MOST_COUNTED
        found = []
        for name, partitions in topics.items():
            about, count = f"{len(partitions):,} partitions", 1
            if counted:
                ends = [session.ends(name, each) for each in partitions]
                count = sum(high - low for low, high in ends)
                about = f"{len(partitions):,} partitions, about {count:,} messages"
            found.append((-count, KafkaTopic(name, about, _likely(name) and count > 0)))
        found.sort(key=lambda each: (not each[1].likely, each[0], each[1].table))
        return [topic for _, topic in found]
    finally:
        session.close()


class KafkaFeed:
    """The messages of one topic; see `feed.Feed`."""

    live = True
    payload = None

    def __init__(self, session: KafkaSession, address: Address, topic: str, since_ms: int | None) -> None:
        self._session, self._topic, self._since_ms = session, topic, since_ms
        self._since = address.settings.get("from", "")
        self.name = f"{address.hosts or 'localhost'}, {topic}"
        session.name = self.name
        self._lines = MessageLines(topic)
        self._next: dict[int, int] = {}  # of each partition, the offset that comes next
        self._missing = 0  # offsets between messages that were read
        self._begun_later = False
        self._policy: Future[Any] | None = None
        self._cleanup: str | None = None
        self._asked_s = 0.0

    @property
    def shown(self) -> str:
        """For display; what the topic has not, or hides, is said."""
        if self._cleanup is None:
            self._cleanup = cleanup(self._policy)
        said = [f"Kafka, topic {self._topic}, {len(self._next):,} partitions by time"]
        if self._since:
            said.append(f"from {self._since} on")
        if "compact" in self._cleanup:
            said.append(
                "compacted: of each key only the last message is sure to be there, so earlier states may be missing"
            )
        elif self._missing:
            said.append(f"{self._missing:,} offsets have no message: compacted, or of transactions")
        if self._begun_later and not self._since:
            said.append("its first messages are deleted already")
        if self._lines.opaque:
            said.append(
                f"{self._lines.opaque:,} values are opaque: written in Avro or Protobuf, by a schema in a registry, "
                "which is not asked"
            )
        return "; ".join(said)

    def lines(self) -> Iterator[bytes | str]:
        """All messages as they stand now; see `Feed.lines`."""
        session, topic = self._session, self._topic
        self._lines, self._missing, self._cleanup = MessageLines(topic), 0, None
        partitions = session.topics().get(topic)
        if partitions is None:
            raise LogError(self.name, "the topic is not there any more")
        self._policy = session.policy(topic)
        ends = {each: session.ends(topic, each) for each in partitions}
        self._next = self._beginnings(ends)
        self._begun_later = any(low > 0 for low, _ in ends.values())
        left = {each: high for each, (_, high) in ends.items() if self._next[each] < high}
        session.read_from(topic, {each: self._next[each] for each in left})
        with Partitions() as partitioned:
            heard_s = time.monotonic()
            while left:
                messages = session.messages(_TICK_S)
                now_s = time.monotonic()
                if messages:
                    heard_s = now_s
                    session.reached()
                elif session.down or now_s - heard_s > _SILENT_S:
                    session.ends(topic, next(iter(left)))  # raises if nobody is there
                    session.reached()
                    heard_s = now_s
                for message in messages:
                    partition = message.partition()
                    if partition not in left:
                        self._good(message)
                        continue
                    if self._good(message) and message.offset() < left[partition]:
                        self._take(partitioned, message)
                    if self._next[partition] >= left[partition] or message.error() is not None:
                        del left[partition]
                        session.read_no_more(topic, partition)
                yield b""  # it may be stopped
            session.read_from(topic, self._next)
            self._asked_s = time.monotonic()
            yield from partitioned.merged()

    def more(self) -> Iterator[bytes]:
        """What has come since; see `Feed.more`."""
        self._look_around()
        while messages := self._session.messages(_TICK_S):
            with Partitions() as partitioned:
                for message in messages:
                    if self._good(message):
                        self._take(partitioned, message)
                yield from partitioned.merged()
            if all(message.error() is not None for message in messages):
                return

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def _look_around(self) -> None:
        """Is anybody there, is it still what was read, and has it new partitions?"""
        session = self._session
        now_s = time.monotonic()
        if not session.down and now_s - self._asked_s < _ASKED_EVERY_S:
            return
        partitions = session.topics().get(self._topic)
        if partitions is None:
            raise LogError(self.name, "the topic is not there any more: what was read stays readable")
        for partition in partitions if session.down else ():
            if session.ends(self._topic, partition)[1] < self._next.get(partition, 0):
                raise LogError(
                    self.name,
                    "the topic was made anew: what was read stays readable; read it anew to see what is there now",
                )
        session.reached()
        self._asked_s = now_s
        new = {each: session.ends(self._topic, each)[0] for each in partitions if each not in self._next}
        if new:
            self._next |= new
            session.read_from(self._topic, self._next)

    def _beginnings(self, ends: dict[int, tuple[int, int]]) -> dict[int, int]:
        """Where each partition is read from."""
        found = {each: low for each, (low, _) in ends.items()}
        if self._since_ms is None:
            return found
        told = self._session.since(self._topic, list(ends), self._since_ms)
        for partition, (low, high) in ends.items():
            begin = told.get(partition, -1)
            if begin < 0 and low < high and not self._ends_before(partition, high):
                begin = low  # the broker knows no times: all of it is looked at
            found[partition] = high if begin < 0 else max(begin, low)
        return found

    def _ends_before(self, partition: int, high: int) -> bool:
        """Whether the last message of a partition is earlier than what is wanted."""
        self._session.read_from(self._topic, {partition: high - 1})
        until_s = time.monotonic() + _SILENT_S
        while time.monotonic() < until_s:
            for message in self._session.messages(_TICK_S):
                if message.partition() != partition:
                    continue
                if not self._good(message):  # of a transaction that was given up, or its end
                    return False
                assert self._since_ms is not None
                at_ms = _at_ms(message)
                return at_ms is not None and at_ms < self._since_ms
        raise ConnectionLost(self.name, "the broker does not answer")

    def _good(self, message: Message) -> bool:
        """Whether it is a message; False where it says that its partition is at its end.

        Raises:
            LogError: It is an error; `ConnectionLost` if it may go away.
        """
        error = message.error()
        if error is None:
            return True
        import confluent_kafka as driver

        if error.code() in {driver.KafkaError._PARTITION_EOF, driver.KafkaError.GROUP_AUTHORIZATION_FAILED}:  # noqa: SLF001
            return False
        raise self._session.reason(error)

    def _take(self, partitioned: Partitions, message: Message) -> None:
        partition, offset = message.partition(), message.offset()
        following = self._next.get(partition)
        if following is None or offset < following:
            return  # of a partition that is left out, or known already
        self._missing += offset - following
        self._next[partition] = offset + 1
        at_ms = _at_ms(message)
        if self._since_ms is not None and at_ms is not None and at_ms < self._since_ms:
            return
        line = self._lines.line(partition, offset, at_ms, message.key(), message.headers(), message.value())
        partitioned.add(partition, at_ms, line)


def _at_ms(message: Message) -> int | None:
    kind, at_ms = message.timestamp()
    return at_ms if kind and at_ms >= 0 else None


def _moment(address: Address) -> int | None:
    """From when on, in ms."""
    said = address.settings.get("from", "")
    if said in {"", "beginning"}:
        return None
    found = parse_time(int(said) if said.isdigit() else said)
    if found is None:
        raise LogError(address.place, f"from when on it is to be read is no time: {said}")
    return found // 1_000_000


def _likely(name: str) -> bool:
    """Whether a topic may be of events, by its name: it is nothing that programs of Kafka keep for themselves."""
    return not name.startswith("_") and not name.endswith(_OF_PROGRAMS)


def _chosen(address: Address, likely: Sequence[str]) -> str:
    named = address.table or address.database
    if named:
        return named
    if len(likely) == 1:
        return likely[0]
    if not likely:
        raise LogError(address.place, "there is no topic to read")
    shown = ", ".join(sorted(likely)[:10]) + (", …" if len(likely) > 10 else "")
    raise LogError(
        address.place, f"which topic is meant? There are {shown}: kafka://…/TOPIC or --table TOPIC"
    )
