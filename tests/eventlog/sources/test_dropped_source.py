"""A source drops: it is reached again, with no gap, nothing twice, and a password that is told nobody."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from explorer.eventlog.log import EventLog, open_log, read_otherwise
from explorer.eventlog.read_as import AS_FOUND
from explorer.eventlog.sources import source_watch
from explorer.eventlog.sources.source_watch import SourceWatch
from tests.mariadb_server import MariadbServer
from tests.postgres_server import PostgresServer

PASSWORD, IN_ADDRESS = "hush/@1", "hush%2F%401"
ROWS = (
    """INSERT INTO events (type, stream_id, data) SELECT 'MoneyDeposited', 'acc-1', '{"amount": 1}' FROM """
)
LONG_S = 30.0


@dataclass(frozen=True)
class Dropping:
    """A server whose reader may only select, and somebody else who writes there."""

    server: PostgresServer | MariadbServer
    address: str
    write: Callable[[int], object]


@contextlib.contextmanager
def postgresql() -> Iterator[Dropping]:
    with PostgresServer() as server:
        server.ask(
            "CREATE TABLE events (id bigserial PRIMARY KEY, type text, stream_id text, data jsonb)",
            "GRANT SELECT ON events TO reader", database="shop",
        )  # fmt: skip
        server.demand_passwords()
        yield Dropping(
            server,
            server.address("reader", password=IN_ADDRESS),
            lambda count: server.ask(f"{ROWS} generate_series(1, {count})", database="shop"),
        )


@contextlib.contextmanager
def mariadb() -> Iterator[Dropping]:
    with MariadbServer() as server:
        server.ask(
            "CREATE TABLE events (id bigint AUTO_INCREMENT PRIMARY KEY, type text, stream_id text, data json)",
            "GRANT SELECT ON shop.events TO reader@localhost", database="shop",
        )  # fmt: skip
        yield Dropping(
            server,
            server.address("reader", password=IN_ADDRESS),
            lambda count: server.ask(f"{ROWS} seq_1_to_{count}", database="shop"),
        )


def until[T](ask: Callable[[], T], what: str) -> T:
    end = time.monotonic() + LONG_S
    while not (answer := ask()):
        assert time.monotonic() < end, f"waited in vain for {what}"
    return answer


def numbers_of(log: EventLog) -> list[int]:
    further = read_otherwise(log, None, AS_FOUND, None, further=True)
    try:
        return [event.record["id"] for batch in further.batches() for event in batch.events]
    finally:
        further.close()


@pytest.mark.parametrize("reached", [postgresql, mariadb])
def test_a_source_that_drops_is_reached_again_without_a_gap_or_a_double_and_its_password_is_told_nobody(
    reached: Callable[[], contextlib.AbstractContextManager[Dropping]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(source_watch, "EVERY_S", 0.01)
    caplog.set_level(0)
    with reached() as there:
        there.write(5_000)
        with open_log(there.address) as log:
            watch, said = SourceWatch(log), [log.name, log.format, f"{log.address}"]
            assert "may write" not in log.format  # the right to SELECT is enough
            for count in (5_500, 6_000):
                there.server.kill()
                said.append(until(lambda: watch.look().reason, "it to be lost"))
                there.server.start()
                there.write(500)
                until(lambda count=count: watch.look() and len(numbers_of(log)) >= count, "what came later")
            numbers = numbers_of(log)
    assert len(numbers) == len(set(numbers)) == 6_000
    for text in (*said, caplog.text):
        assert PASSWORD not in text
        assert IN_ADDRESS not in text
        assert "hush" not in text
