"""Does the command line take a read model for one kind of entities, beside that of all others?"""

import json
from pathlib import Path

import pytest

from explorer.cli.main import main
from tests.projection.test_by_kind import ORDERS_PY, ORDERS_SQL, shop


@pytest.fixture
def log(tmp_path: Path) -> str:
    (tmp_path / "orders.py").write_text(ORDERS_PY)
    (tmp_path / "orders.sql").write_text(ORDERS_SQL)
    return str(shop(tmp_path / "shop.jsonl", 300))


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    out, err = capsys.readouterr()
    return status, out, err


def test_a_kind_has_the_read_model_that_is_named_for_it(
    capsys: pytest.CaptureFixture[str], log: str, tmp_path: Path
) -> None:
    wallet, order = "Wallet=accounts", f"shop.Order={tmp_path / 'orders.sql'}"
    words = ["state", log, "--format", "json", "--projection", "latest", "--projection", wallet]
    status, out, err = asked(capsys, *words, "--projection", order, "--kind", "Order")
    assert (status, err) == (0, "")
    rows = json.loads(out)["state"]
    assert rows
    assert all(set(row) >= {"events", "greatest"} and name.startswith("order") for name, row in rows.items())
    status, out, _ = asked(
        capsys, "find", log, "balance.EUR > 200 and kind = 'Wallet'", "--projection", wallet
    )
    assert status == 0
    assert "wallet-" in out
    assert "order-" not in out
    status, out, _ = asked(capsys, "why", log, "wallet-1", "--projection", wallet)
    assert status == 0


def test_a_program_for_a_kind_must_be_trusted_like_any_other(
    capsys: pytest.CaptureFixture[str], log: str, tmp_path: Path
) -> None:
    words = ("state", log, "--projection", f"Order={tmp_path / 'orders.py'}")
    status, _, err = asked(capsys, *words)
    assert status == 2
    assert "orders.py" in err
    assert "--trust" in err
    status, out, _ = asked(capsys, *words, "--trust")
    assert status == 0
    assert "lines" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--projection", "Ordr=latest"], "no entities of a kind “Ordr”, but of shop."),
        (["--projection", "Order=latest", "--projection", "Order=accounts"], "two read models are named for"),
        (["--projection", "latest", "--projection", "accounts"], "two read models are named"),
        (["--projection", "Order=magic"], "magic"),
    ],
)
def test_what_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], log: str, words: list[str], said: str
) -> None:
    status, out, err = asked(capsys, "state", log, *words)
    assert (status, out) == (2, "")
    assert said in err
