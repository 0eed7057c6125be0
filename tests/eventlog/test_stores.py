"""Can a store be added by one reader module and one line?"""

import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.log import open_log
from explorer.eventlog.stores import STORES, Store

# This module is the reader: files that begin so and hold packed lines

MAGIC = b"\x01BOX\n"


class Box:
    """What was found in one."""

    shown = "box"
    payload = None


def identity(path: Path) -> tuple[object, ...]:
    return ()


def lines(
    name: str, path: Path | None, file: int, spool_dir: Path | None, *, again: bool = False
) -> Iterator[bytes | str | Store]:
    yield Box()
    with open(file, "rb", closefd=False) as box:
        box.seek(len(MAGIC))
        yield zlib.decompress(box.read())


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Path]:
    """A store, and the one line."""
    amounts = (5, 7)
    rows = [
        json.dumps({"type": "MoneyDeposited", "at": "2026-01-01", "data": {"accountId": "a", "amount": each}})
        for each in amounts
    ]
    path = tmp_path / "log.box"
    path.write_bytes(MAGIC + zlib.compress(("\n".join(rows) + "\n").encode()))
    STORES.append(sys.modules[__name__])
    yield path
    STORES.pop()


def test_a_store_that_is_registered_once_is_recognised_and_read(box: Path) -> None:
    with open_log(box) as log:
        assert (log.format, log.by_rows) == ("box", True)
        (batch,) = log.batches()
        assert [event.data["amount"] for event in batch.events] == [5, 7]
        assert log.decode(batch.offsets[1], batch.lengths[1], 2).data["amount"] == 7


def test_everything_behind_it_works_on_it(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["state", str(box), "--projection", "accounts", "--no-cache", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"]["a"]["balance"] == 12
