"""What is said of an address on the command line, and what is never said of its password."""

import argparse
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from explorer.cli import addresses
from explorer.eventlog.errors import LogError
from explorer.eventlog.sources.address import address_of
from explorer.eventlog.sources.feed import PasswordNeeded
from tests.cli.asked import answer, run
from tests.postgres_server import PostgresServer

EVENTS = (
    "CREATE TABLE events (id bigserial PRIMARY KEY, type text, account_id text, data jsonb, at timestamptz)",
    """INSERT INTO events (type, account_id, data, at) SELECT 'MoneyDeposited', 'acc-1',
    '{"amount": 1.10, "accountId": "acc-1"}', '2026-01-01' FROM generate_series(1, 10)""",
)


@pytest.fixture(scope="module")
def shop():
    with PostgresServer() as server:
        server.ask(*EVENTS, "CREATE TABLE other_events AS SELECT * FROM events LIMIT 3", database="shop")
        yield server


def test_a_database_is_asked_like_a_file(shop, capsys):
    found = answer(capsys, "state", shop.address())
    assert found["events"] == 10
    assert str(found["state"]["acc-1"]["balance"]) in {"11.00", "11.0", "11"}
    assert answer(capsys, "state", shop.address(), "--table", "other_events")["events"] == 3


def test_nothing_is_appended_to_a_source(shop, capsys):
    status, _, said = run(capsys, "append", shop.address(), "MoneyDeposited", "--data", "{}")
    assert status == 2
    assert "only read" in said


def test_who_sits_at_a_terminal_is_asked_for_a_password(monkeypatch):
    address = address_of("postgresql://ann@host/asked")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "hush")

    def needs() -> str:
        if address.password is None:
            raise PasswordNeeded("asked", "no password", address)
        return address.password

    assert addresses.asking(needs) == "hush"


def test_who_does_not_sit_there_is_not(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    def needs() -> str:
        raise PasswordNeeded("asked", "no password", address_of("postgresql://ann@host/not-asked"))

    with pytest.raises(LogError, match="no password"):
        addresses.asking(needs)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process overwrite its words")
@pytest.mark.parametrize(
    "address",
    ["postgresql://ann:hush%40x@h/db", "postgresql://h/db?user=ann&password=hush%40x&sslmode=require"],
)
def test_the_list_of_processes_shows_no_password(address):
    program = (
        "import sys; from explorer.cli.addresses import hide_passwords; hide_passwords(sys.argv[1:]);"
        "print('hidden', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, "state", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"hidden\n"
        shown = Path(f"/proc/{child.pid}/cmdline").read_bytes()
        child.kill()
    assert b"hush" not in shown
    assert b"xxxx" in shown
    assert b"postgresql://" in shown


def test_a_word_that_is_no_address_is_left_as_it_is():
    addresses.hide_passwords(["state", "a:b@c.jsonl"])
    assert time.monotonic() > 0


def test_addresses_of_a_clusters_file_systems_stay_as_its_engine_spells_them():
    one, other = "s3a://bucket/a b%20c/@x.jsonl", "abfss://logs@account.dfs.core.windows.net/day=1"
    asked = argparse.Namespace(log=[one], engine="spark")
    addresses.settle(asked)
    assert asked.log == one
    asked = argparse.Namespace(log=[one, other], engine="spark")
    addresses.settle(asked)
    assert address_of(asked.log).settings["files"].split("\n") == [one, other]


def test_of_several_addresses_none_is_left_out_in_silence():
    asked = argparse.Namespace(log=["s3a://bucket/a", "s3a://bucket/b"], engine="local")
    with pytest.raises(LogError, match="several addresses are no one log"):
        addresses.settle(asked)
