"""A PostgreSQL server of a test's own: in a folder that goes away, reached by a socket in it alone."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_PATIENCE_S = 20.0


class PostgresServer:
    """Started when it is entered. `kill` ends it as a power cut would; `start` begins again with what it kept."""

    def __init__(self) -> None:
        if not PROGRAMS:
            pytest.skip("needs PostgreSQL (Debian: postgresql), which `.ci/setup tests` installs")
        pytest.importorskip("psycopg", reason="needs the extra `postgres`")
        self.folder = Path(
            tempfile.mkdtemp(prefix="he-pg-")
        )  # short: a socket's path may have 107 characters
        self.folder.chmod(0o755)
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if os.getuid() == 0:
            there = pwd.getpwnam("postgres")
            os.chown(self.folder, there.pw_uid, there.pw_gid)
        self._run(
            "initdb", "-D", self._data, "-A", "trust", "-U", "owner", "-N", "-E", "UTF8", "--locale=C.UTF-8"
        )
        self.start()
        self.ask("CREATE DATABASE shop")
        self.ask("CREATE ROLE reader LOGIN PASSWORD 'hush/@1'")
        self.ask("CREATE ROLE app LOGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Begin to answer."""
        settings = ["-c", "fsync=off", "-c", "logging_collector=off", "-c", "log_statement=all", "-h", ""]
        log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            self._as_postgres("postgres", "-D", self._data, "-k", self.folder, *settings),
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )
        log.close()
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
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
            os.killpg(
                process.pid, signal.SIGQUIT if process.poll() is None else 0
            ) if process.poll() is None else None
            process.wait(_PATIENCE_S)

    def demand_passwords(self) -> None:
        """From now on `reader` needs one."""
        rules = self._data / "pg_hba.conf"
        rules.write_text("local all reader scram-sha-256\nlocal all all trust\n")
        self.ask("SELECT pg_reload_conf()")

    @property
    def log(self) -> str:
        """What the server itself noted: every statement."""
        return (self.folder / "log").read_text(errors="replace")

    def address(
        self, role: str = "owner", table: str = "", database: str = "shop", password: str = ""
    ) -> str:
        """Its address for our program."""
        who = role + (f":{password}" if password else "")
        return f"postgresql://{who}@/{database}?host={self.folder}" + (f"&table={table}" if table else "")

    def connect(self, database: str = "shop", role: str = "owner") -> Any:
        """A connection of somebody else, who writes."""
        import psycopg

        return psycopg.connect(host=str(self.folder), dbname=database, user=role, autocommit=True)

    def ask(self, *statements: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements; the rows of the last one."""
        with self.connect(database) as connection:
            found: list[tuple[Any, ...]] = []
            for statement in statements:
                cursor = connection.execute(statement)
                found = cursor.fetchall() if cursor.description else []
            return found

    def _as_postgres(self, program: str, *words: object) -> Sequence[str]:
        command = [str(PROGRAMS[-1] / program), *map(str, words)]
        if os.getuid() == 0:  # it refuses to run as root
            return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        return command

    def _run(self, program: str, *words: object) -> None:
        subprocess.run(self._as_postgres(program, *words), check=True, capture_output=True, cwd="/")
