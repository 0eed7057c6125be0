"""Servers are started once for all tests of a process, and each test has a database of its own."""

import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

import pytest

from explorer.eventlog.sources import registered
from explorer.eventlog.sources.address import Address
from tests.eventlog.sources.trickle import TrickleFeed
from tests.postgres_server import PostgresServer


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with an empty database `shop`."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def trickle(monkeypatch) -> TrickleFeed:
    feed, module = TrickleFeed(), ModuleType("tests_trickle")

    def reach(address: Address, password: str | None) -> TrickleFeed:
        feed.reached = address, password
        return feed

    def candidates(address: Address, password: str | None) -> Sequence[object]:
        return ()

    module.DRIVER, module.EXTRA = "json", "trickle"  # type: ignore[attr-defined]
    module.reach, module.candidates = reach, candidates  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(registered.SOURCES, "trickle", module.__name__)
    monkeypatch.setattr("explorer.eventlog.source._PAUSES_S", (0.0, 0.0))
    return feed
