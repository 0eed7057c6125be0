"""How is a MySQL or MariaDB server asked so that it cannot be written to?

Every question is asked in a transaction that is READ ONLY and sees one moment. Values come as the server's own text.
"""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote

from explorer.eventlog.errors import LogError
from explorer.eventlog.sources import mysql_questions as questions
from explorer.eventlog.sources.address import Address, scrubbed
from explorer.eventlog.sources.feed import ConnectionLost, PasswordNeeded

if TYPE_CHECKING:
    import pymysql

_CONNECT_S, _READ_S = 10, 600
_AT_ONCE = 2_000
_PORT = 3306
_DENIED = frozenset({1045, 1698})
_LOST = frozenset(
    {1040, 1053, 1152, 1159, 1160, 1161, 1184, 1205, 1213, 1927, 2002, 2003, 2006, 2013, 2014, 2055}
)

type Row = tuple[str | bytes | None, ...]


class MysqlSession:
    """One connection, made when it is needed and again when it was lost."""

    def __init__(self, address: Address, password: str | None) -> None:
        self._address, self._password = address, password
        self.name = address.place
        self._connection: pymysql.Connection[Any] | None = None
        self._file: BinaryIO | None = None  # through which the connection is read
        self._lock = threading.Lock()
        self._closed = False

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """See one moment, and write nothing. Errors as of `PostgresSession.transaction`."""
        import pymysql

        with self._lock:
            try:
                self._connected()
                for each in questions.BEGIN:
                    self.rows(each)
                yield
                self.rows(questions.COMMIT)
            except (pymysql.Error, OSError) as error:
                self._drop()
                raise self._said(error) from error
            except BaseException:
                self._drop()  # in the midst of rows; what is left of them is not waited for
                raise
            finally:
                if self._closed:
                    self._drop()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a small answer."""
        assert self._connection is not None
        with self._connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return [tuple(row) for row in cursor.fetchall() or ()]

    def stream(self, query: str) -> Iterator[Sequence[Row]]:
        """The rows of a query as they come, some thousands at a time."""
        from pymysql.cursors import SSCursor

        assert self._connection is not None
        cursor = SSCursor(self._connection)
        cursor.execute(query)
        while rows := cursor.fetchmany(_AT_ONCE):
            if self._closed:
                raise LogError(self.name, "it has been closed")
            yield rows
        cursor.close()

    def close(self) -> None:
        """Let go, now or when who is asking has its answer. Safe to call twice, and from any thread."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._drop()
            finally:
                self._lock.release()

    def _connected(self) -> None:
        import pymysql

        if self._closed:
            raise LogError(self.name, "it has been closed")
        if self._connection is not None and self._connection.open:
            return
        self._drop()
        settings = self._address.settings
        host, _, port = (
            self._address.hosts.rpartition(":")
            if ":" in self._address.hosts
            else (self._address.hosts, "", "")
        )
        options = Path(settings.get("defaults", "~/.my.cnf")).expanduser()
        try:
            self._connection = pymysql.connect(
                host=unquote(host) or None,
                port=int(port) if port.isdigit() else _PORT,
                unix_socket=settings.get("socket"),
                user=self._address.user or None,
                password=self._password or "",
                database=self._address.database or None,
                read_default_file=str(options) if self._password is None and options.is_file() else None,
                charset="utf8mb4",
                conv={},  # every value as the server writes it
                autocommit=True,
                local_infile=False,
                connect_timeout=_CONNECT_S,
                read_timeout=_READ_S,
                program_name="History Explorer",
                ssl_ca=settings.get("ssl_ca"),
                ssl_verify_cert="ssl_ca" in settings or None,
            )
            self._file = self._connection._rfile  # noqa: SLF001 - see `_drop`
        except pymysql.OperationalError as error:
            code, said = _parts(error)
            if code in _DENIED:
                raise PasswordNeeded(self.name, self._told(said), self._address) from error
            if code in _LOST:
                raise ConnectionLost(self.name, f"it cannot be reached: {self._told(said)}") from error
            raise LogError(self.name, f"the database refuses: {self._told(said)}") from error

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if self._file is not None:
            self._file.close()  # the driver leaves that, and with it the socket, to whoever collects garbage
            self._file = None
        if connection is not None:
            connection._force_close()  # noqa: SLF001 - else all rows are waited for

    def _said(self, error: Exception) -> LogError:
        import pymysql

        code, said = _parts(error)
        lost = code in _LOST or isinstance(error, (pymysql.InterfaceError, OSError))
        if lost:
            return ConnectionLost(self.name, f"the connection was lost: {self._told(said)}")
        return LogError(self.name, f"the database refuses: {self._told(said)}")

    def _told(self, text: str) -> str:
        return scrubbed(text, self._password)


def _parts(error: Exception) -> tuple[int, str]:
    """The number and the words of an error."""
    code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    return code, str(error.args[1] if len(error.args) > 1 else error)
