"""Is anything written while a table is read and followed, as the system sees it, and as the server does?"""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from explorer.eventlog.log import open_log
from tests.mariadb_server import MariadbServer
from tests.traced import NEEDS_STRACE, changed_outside, traced

TABLE = "CREATE TABLE events (id bigserial PRIMARY KEY, type text, stream_id text, data jsonb)"
ROWS = """INSERT INTO events (type, stream_id, data) SELECT 'MoneyDeposited', 'acc-' || n % 5,
    jsonb_build_object('amount', n, 'note', repeat('x', 200)) FROM generate_series(1, 20000) n"""
FOLLOWED = """
import sys
from explorer.session.document import Document
document = Document.open(sys.argv[1])
print(document.event_count, flush=True)
sys.stdin.readline()
while not document.log.source.fetch_more():
    pass
document.close()
"""
READING = re.compile(
    r"(BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY|START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
    r"|SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY|SET (LOCAL|SESSION|NAMES|AUTOCOMMIT)\b"
    r"|SELECT\b|SHOW\b|COMMIT$|ROLLBACK$|COPY \(SELECT\b.*\) TO STDOUT)",
    re.IGNORECASE | re.DOTALL,
)
WRITTEN = re.compile(
    r"\b(INSERT INTO|UPDATE \S+ SET|DELETE FROM|CREATE|DROP|TRUNCATE TABLE|FROM STDIN)\b", re.IGNORECASE
)


def only_read(statements: Sequence[str]) -> None:
    """Each is of those that read, and none has a word that writes in it."""
    assert len(statements) > 10
    assert not [each for each in statements if not READING.match(each.strip()) or WRITTEN.search(each)]


@NEEDS_STRACE
def test_a_table_that_is_read_and_followed_writes_nothing_outside_of_a_private_folder(
    postgres, tmp_path: Path
) -> None:
    postgres.ask("DROP DATABASE IF EXISTS shop WITH (FORCE)", "CREATE DATABASE shop")
    postgres.ask(TABLE, ROWS, "GRANT SELECT ON events TO reader", database="shop")
    private, trace = tmp_path / "private", tmp_path / "trace"
    private.mkdir()
    folders = {
        name: str(private)
        for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    }
    process = subprocess.Popen(
        traced(trace, sys.executable, "-B", "-c", FOLLOWED, postgres.address("reader")),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **folders},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    count = process.stdout.readline().strip()
    postgres.ask(ROWS, database="shop")
    _, said = process.communicate("go on\n", timeout=60)
    assert not changed_outside(trace, private, said)
    assert (process.returncode, count) == (0, "20000"), said
    assert str(private) in trace.read_text(errors="replace")  # the spool; so what is written is seen


def test_the_servers_own_log_shows_only_questions_while_a_table_is_read_and_followed(postgres) -> None:
    postgres.ask("DROP DATABASE IF EXISTS shop WITH (FORCE)", "CREATE DATABASE shop")
    postgres.ask(TABLE, ROWS, "GRANT SELECT ON events TO reader", database="shop")
    with postgres.connect() as writer:
        theirs, before = f"[{writer.info.backend_pid}]", len(postgres.log)
        with open_log(postgres.address("reader")) as log:
            assert log.source.fetch_more() == 0
            writer.execute(ROWS)
            assert log.source.fetch_more() > 0
    noted = re.split(r"^(?=[0-9-]{10} [0-9:.]+ \S+ \[[0-9]+\])", postgres.log[before:], flags=re.MULTILINE)
    told = [
        re.split(r"statement: |execute [^:]+: ", each, maxsplit=1) for each in noted if theirs not in each
    ]
    only_read([parts[1] for parts in told if len(parts) == 2])


def test_the_log_of_mariadb_shows_only_questions_while_a_table_is_read_and_followed() -> None:
    with MariadbServer() as server:
        rows = """INSERT INTO events (type, stream_id, data)
            SELECT 'MoneyDeposited', 'a', '{"amount": 1}' FROM seq_1_to_500"""
        server.ask(
            "CREATE TABLE events (id bigint AUTO_INCREMENT PRIMARY KEY, type text, stream_id text, data json)",
            rows, "GRANT SELECT ON shop.events TO reader@localhost", database="shop",
        )  # fmt: skip
        writer = server.connect()
        theirs, before = writer.thread_id(), len(server.log)
        with open_log(server.address("reader", password="hush%2F%401")) as log, writer.cursor() as cursor:
            assert log.source.fetch_more() == 0
            cursor.execute("USE shop")
            cursor.execute(rows)
            assert log.source.fetch_more() > 0
        writer.close()
        told = re.findall(
            r"^(?:\d{6} +[\d:]+)?\t+ *(\d+) Query\t(.*?)(?=^(?:\d{6} +[\d:]+)?\t+ *\d+ \w|\Z)",
            server.log[before:], re.MULTILINE | re.DOTALL,
        )  # fmt: skip
        assert str(theirs) in {number for number, _ in told}
        only_read([said for number, said in told if int(number) != theirs])
