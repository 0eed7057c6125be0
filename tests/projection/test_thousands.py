"""Is a comma in an amount told by all amounts of its log: between thousands, before decimals, or not known?"""

from decimal import Decimal
from pathlib import Path

import pytest

from explorer.projection.number_style import points_tell
from explorer.session.document import Document


def opened(path: Path, *amounts: str) -> Document:
    rows = "".join(f"MoneyDeposited;2026-01-0{day};a;{each}\n" for day, each in enumerate(amounts, 1))
    path.write_text("type;at;account;amount\n" + rows)
    return Document.open(str(path))


@pytest.mark.parametrize(
    ("amounts", "balance", "kinds"),
    [
        (("1,000", "12.50", "3"), "1015.50", ["thousands"]),
        (("12.50", "3", "1,000", "2,500.75"), "3516.25", ["thousands"]),
        (("1,000", "0,500", "12,25"), "13.75", ["decimal-comma"]),
        (("1,000", "12,500", "3"), "3", ["number-style"]),
    ],
)
def test_all_amounts_of_a_log_tell(
    tmp_path: Path, amounts: tuple[str, ...], balance: str, kinds: list[str]
) -> None:
    document = opened(tmp_path / "log.csv", *amounts)
    assert dict(document.history.state(len(amounts)).items())["a"]["balance"] == Decimal(balance)
    assert [each.kind for each in document.warnings] == kinds
    document.close()


def test_one_decimal_comma_is_enough_not_to_know() -> None:
    assert points_tell(["1,000", "12.50"])
    assert points_tell(["1,234.50"])
    assert not points_tell(["1,000", "3"])
    assert not points_tell(["12.50", "1.000,25"])
