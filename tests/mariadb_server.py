"""A MariaDB server of a test's own: in a folder that goes away, reached by a socket in it alone."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

_PATIENCE_S = 30.0


class MariadbServer:
    """Started when it is entered. `kill` ends it as a power cut would; `start` begins again with what it kept."""

    def __init__(self) -> None:
        self._program = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if self._program is None or shutil.which("mariadb-install-db") is None:
            pytest.skip("needs MariaDB (Debian: mariadb-server), which `.ci/setup tests` installs")
        pytest.importorskip("pymysql", reason="needs the extra `mysql`")
        self.folder = Path(tempfile.mkdtemp(prefix="he-my-"))
        self.folder.chmod(0o755)
        self._user = "mysql" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if os.getuid() == 0:
            os.chown(self.folder, pwd.getpwnam(self._user).pw_uid, -1)
        subprocess.run(
            [
                "mariadb-install-db",
                "--no-defaults",
                f"--datadir={self.folder}/data",
                f"--user={self._user}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            check=True,
            capture_output=True,
        )
        self.start()
        self.ask("CREATE DATABASE shop", "CREATE USER reader@localhost IDENTIFIED BY 'hush/@1'")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Begin to answer."""
        assert self._program is not None
        settings = ["--no-defaults", "--skip-networking", "--innodb-buffer-pool-size=32M", "--general-log=1"]
        self._process = subprocess.Popen(
            [
                self._program,
                *settings,
                f"--datadir={self.folder}/data",
                f"--socket={self.folder}/s",
                f"--user={self._user}",
                f"--general-log-file={self.folder}/log",
                f"--pid-file={self.folder}/pid",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                with socket.socket(socket.AF_UNIX) as tried:  # the driver forgets to close one that fails
                    tried.connect(f"{self.folder}/s")
                self.ask("SELECT 1")
            except Exception:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End it at once, in the midst of whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(_PATIENCE_S)

    @property
    def log(self) -> str:
        """What the server itself noted: every statement."""
        return (self.folder / "log").read_text(errors="replace")

    def address(self, role: str = "root", table: str = "", password: str = "") -> str:
        """Its address for our program."""
        who = role + (f":{password}" if password else "")
        return f"mysql://{who}@/shop?socket={self.folder}/s&defaults=/nowhere" + (
            f"&table={table}" if table else ""
        )

    def connect(self) -> Any:
        """A connection of somebody else, who writes."""
        import pymysql

        return pymysql.connect(
            unix_socket=f"{self.folder}/s", user="root", autocommit=True, charset="utf8mb4"
        )

    def ask(self, *statements: str, database: str = "") -> Any:
        """Run statements; the rows of the last one."""
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                if database:
                    cursor.execute(f"USE {database}")
                for statement in statements:
                    cursor.execute(statement)
                return cursor.fetchall()
        finally:
            connection.close()
