"""Do the dumps of databases open, without a database and with nothing in them run?"""

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log
from tests.eventlog.test_statements import read, state, written

PG = r"""--
-- PostgreSQL database dump
--

SET statement_timeout = 0;

COPY public.users (id, name) FROM stdin;
1	Ada
\.

COPY public."event log" (position, type, stream_id, data, created_at, note) FROM stdin;
1	MoneyDeposited	acc-1	{"amount": 12.50, "text": "a\\tb\\"c"}	2026-01-01 09:00:00+00	\N
2	MoneyDeposited	acc-2	{"amount": 7}	2026-01-01 10:00:00+00	tab\there\x41\101
3	broken
4	MoneyWithdrawn	acc-1	{"amount": 2.25}	2026-01-02 09:00:00+00	two\nlines
\.

--
-- done
"""

MYSQL = r"""-- MySQL dump 10.13  Distrib 8.0.36
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `stored_events` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `aggregate_uuid` char(36) DEFAULT NULL,
  `event_class` varchar(255) NOT NULL,
  `event_properties` json NOT NULL,
  `amount` decimal(10,2) DEFAULT '0.00',
  `created_at` timestamp NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `u` (`aggregate_uuid`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `stored_events` WRITE;
INSERT INTO `stored_events` VALUES (1,'a-1','App\\Events\\MoneyDeposited','{\"amount\": 5, \"note\": \"it\'s (ok), yes\"}',1.50,'2026-01-01 10:00:00'),
(2,'a-1','App\\Events\\MoneyWithdrawn','{\"amount\": 2}',NULL,'2026-01-02 10:00:00'),(3,'a-2','App\\Events\\MoneyDeposited',_binary '{\"amount\": 1}',-0.10,'2026-01-03 10:00:00');
UNLOCK TABLES;
"""  # noqa: E501

SQLITE = """PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE events(id INTEGER PRIMARY KEY, type TEXT, aggregate_id TEXT, payload TEXT, at TEXT);
INSERT INTO events VALUES(1,'MoneyDeposited','x','{"amount": 3,
"note": "it''s here; INSERT INTO events VALUES(9)"}','2026-01-01T00:00:00Z');
INSERT INTO events VALUES(2,'MoneyDeposited','x',X'7b22616d6f756e74223a347d','2026-01-02T00:00:00Z');
INSERT INTO events VALUES(3,'MoneyDeposited','x',json('{}'),'2026-01-02T00:00:00Z');
COMMIT;
"""


def test_copy_of_postgresql_is_read_with_what_its_backslashes_stand_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "dump.sql", PG)
    records, batch = read(path)
    assert [each["note"] for each in records if "note" in each] == ["tab\thereAA", "two\nlines"]
    assert [(each.line, each.reason) for each in batch.unread] == [(14, "2 cells; the table has 6 columns")]
    assert batch.lines == [12, 13, 15]
    found = state(path, capsys)["state"]
    assert {account: each["balance"] for account, each in found.items()} == {
        "acc-1": Decimal("10.25"),
        "acc-2": 7,
    }
    with open_log(path) as log:
        assert log.format == "SQL dump (PostgreSQL), table event log"
        assert log.raw(batch.offsets[1], batch.lengths[1]).startswith(b"2\tMoney")


def test_inserts_of_mysql_are_read_with_the_columns_of_their_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dump.sql.gz"
    path.write_bytes(gzip.compress(MYSQL.encode()))
    records, batch = read(path)
    assert records[0]["event_properties"] == {"amount": 5, "note": "it's (ok), yes"}
    assert [each.get("amount") for each in records] == [Decimal("1.50"), None, Decimal("-0.10")]
    assert (batch.unread, batch.lines) == ([], [14, 15, 15])
    found = state(path, capsys)["state"]
    assert {account: each["balance"] for account, each in found.items()} == {"a-1": 3, "a-2": 1}


def test_inserts_of_sqlite_are_read_and_what_would_have_to_be_run_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "dump.sql", SQLITE)
    records, batch = read(path)
    assert len(records) == 2
    assert records[1]["payload"] == {"amount": 4}
    assert [(each.line, each.reason) for each in batch.unread] == [
        (7, "a value that a database would have to work out")
    ]
    assert state(path, capsys)["state"]["x"]["balance"] == 7


def test_a_dump_larger_than_every_block_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = '{n}\tMoneyDeposited\tacc-{m}\t{{"amount": 0.01}}\t2026-01-01 09:00:00+00\t\\N\n'
    rows = "".join(row.format(n=n, m=n % 3) for n in range(12_000))
    begin, end = PG.index("1\tMoneyDeposited"), PG.index("\\.\n\n--\n-- done")
    path = written(tmp_path, "long.sql", PG[:begin] + rows + PG[end:])
    assert state(path, capsys)["state"]["acc-0"]["balance"] == Decimal("40.00")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PG[: PG.index('COPY public."event')], "holds no table of events: its tables are users"),
        (PG[: PG.index("COPY")], "this SQL dump holds no rows"),
        ("CREATE TABLE t (a int);\n", "a script in SQL"),
        ("SELECT a, b FROM events GROUP BY a, b\n", "SQL"),
    ],
)
def test_sql_that_holds_no_events_is_refused_with_what_it_holds(
    tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises(LogError, match=reason):
        open_log(written(tmp_path, "none.sql", text))


def test_a_dump_that_is_cut_gives_what_stands_before(tmp_path: Path) -> None:
    for text in (PG, MYSQL, SQLITE):
        for cut in range(len(text) // 2, len(text), 37):
            path = written(tmp_path, "cut.sql", text[:cut])
            try:
                read(path)
            except LogError as error:
                assert "SQL" in str(error)  # noqa: PT017 - either is right
