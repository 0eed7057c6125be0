"""How is a PostgreSQL server asked so that it cannot be written to, however the connection fares?

Every question is asked in a transaction that is READ ONLY and sees one moment (REPEATABLE READ). A driver's words reach
a person only without the password.
"""

import contextlib
import selectors
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources import postgresql_questions as questions
from explorer.eventlog.sources.address import Address, scrubbed
from explorer.eventlog.sources.feed import ConnectionLost, PasswordNeeded

if TYPE_CHECKING:
    import psycopg

BLOCK_BYTES = 1 << 19
_CONNECT_S = 10
_TICK_S = 0.2


class PostgresSession:
    """One connection, made when it is needed and again when it was lost.

    Attributes:
        connections: How many have been made.
    """

    def __init__(self, address: Address, password: str | None) -> None:
        self._address, self._password = address, password
        self.name = address.place
        self.connections = 0
        self._connection: psycopg.Connection[Any] | None = None
        self._lock = threading.Lock()
        self._closed = False

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """See one moment, and write nothing.

        Raises:
            ConnectionLost: There is no connection (any more).
            PasswordNeeded: None was given, or another one.
            LogError: The server refuses.
        """
        import psycopg

        with self._lock:
            try:
                connection = self._connected()
                connection.execute(questions.BEGIN)
                connection.execute(questions.SETTINGS)
                yield
                connection.execute("COMMIT")
            except psycopg.Error as error:
                self._drop()
                raise self._said(error) from error
            except BaseException:
                self._drop()  # in the midst of rows; what is left of them is not waited for
                raise
            finally:
                if self._closed:
                    self._drop()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a small answer, inside of `transaction`."""
        assert self._connection is not None
        return self._connection.execute(query, values or None).fetchall()

    def copied(self, query: str) -> Iterator[bytes]:
        """The rows of a query as `COPY … TO STDOUT` gives them, in blocks of whole rows, inside of `transaction`."""
        import psycopg

        assert self._connection is not None
        server = self._connection.pgconn
        server.send_query(questions.copy(query).encode())
        done = psycopg.pq.ExecStatus
        with selectors.DefaultSelector() as selector:
            selector.register(server.socket, selectors.EVENT_READ)
            begun = self._result(selector)
            if begun is None or begun.status != done.COPY_OUT:
                raise psycopg.errors.error_from_result(begun)
            parts: list[bytes] = []
            size = rows = 0
            while True:
                length, row = server.get_copy_data(1)
                if length > 0:
                    parts.append(bytes(row))
                    size += length
                    rows += 1
                    if size >= BLOCK_BYTES:
                        yield b"".join(parts)
                        parts, size = [], 0
                elif length == 0:
                    self._wait(selector)
                else:
                    break
            ended = self._result(selector)
            if ended is None or ended.status != done.COMMAND_OK:
                raise psycopg.errors.error_from_result(ended)
            while self._result(selector) is not None:
                pass
            told = (ended.command_tuples or 0) if ended.command_tuples is not None else rows
            if told != rows:
                raise ConnectionLost(self.name, f"of {told:,} rows only {rows:,} have come")
            if parts:
                yield b"".join(parts)

    def close(self) -> None:
        """Let go, now or when who is asking has its answer. Safe to call twice, and from any thread."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._drop()
            finally:
                self._lock.release()

    def _connected(self) -> "psycopg.Connection[Any]":
        import psycopg

        if self._closed:
            raise LogError(self.name, "it has been closed")
        if self._connection is None or self._connection.closed:
            given = {} if self._password is None else {"password": self._password}
            try:
                self._connection = psycopg.connect(
                    self._address.without_table,
                    autocommit=True,
                    connect_timeout=_CONNECT_S,
                    application_name="History Explorer",
                    prepare_threshold=None,
                    **given,  # type: ignore[arg-type]
                )
            except psycopg.OperationalError as error:
                server = error.pgconn
                said = str(error)
                if (server is not None and server.needs_password) or "password authentication failed" in said:
                    raise PasswordNeeded(self.name, self._told(said), self._address) from error
                if "FATAL:" in said and "starting up" not in said and "shutting down" not in said:
                    raise LogError(self.name, self._told(said)) from error
                raise ConnectionLost(self.name, f"it cannot be reached: {self._told(said)}") from error
            self.connections += 1
        return self._connection

    def _result(self, selector: selectors.BaseSelector) -> Any:  # noqa: ANN401 - the driver's
        assert self._connection is not None
        server = self._connection.pgconn
        while server.flush() or server.is_busy():
            self._wait(selector)
        return server.get_result()

    def _wait(self, selector: selectors.BaseSelector) -> None:
        """Until something has come, or a moment: somebody may want no more of it."""
        if self._closed:
            raise LogError(self.name, "it has been closed")
        assert self._connection is not None
        if selector.select(_TICK_S):
            self._connection.pgconn.consume_input()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _said(self, error: "psycopg.Error") -> LogError:
        import psycopg

        state = error.sqlstate or ""
        lost = isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)) and state[:2] not in {
            "53",
            "55",
        }
        told = self._told(str(error))
        if lost and state != "57014":
            return ConnectionLost(self.name, f"the connection was lost: {told}")
        return LogError(self.name, f"the database refuses: {told}")

    def _told(self, text: str) -> str:
        return scrubbed(text, self._password)
