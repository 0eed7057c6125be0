"""Servers are started once for all tests of a process, and each test has a database of its own."""

from collections.abc import Iterator

import pytest

from tests.postgres_server import PostgresServer


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with an empty database `shop`."""
    with PostgresServer() as server:
        yield server
