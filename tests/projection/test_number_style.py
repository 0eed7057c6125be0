"""Is an amount that is a text the number that its log means, or refused?"""

from decimal import Decimal
from pathlib import Path

import pytest

from explorer.projection.number_style import NumberStyle, OtherStyle, number
from explorer.session.document import Document
from explorer.session.options import OpenOptions

PLAIN, COMMA, MIXED = NumberStyle.PLAIN, NumberStyle.COMMA, NumberStyle.MIXED


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("12.50", PLAIN, "12.50"),
        ("3.000", PLAIN, "3.000"),
        ("1,234.56", PLAIN, "1234.56"),
        ("-1,234,567", PLAIN, "-1234567"),
        ("1,05,500.00", PLAIN, "105500.00"),
        ("-12,34,56,789", PLAIN, "-123456789"),
        ("1.488,69", COMMA, "1488.69"),
        ("-89,90", COMMA, "-89.90"),
        ("3.000", COMMA, "3000"),
        ("3,000", COMMA, "3.000"),
        ("1.234.567", COMMA, "1234567"),
        ("1\u202f488,69", COMMA, "1488.69"),
        ("0,005", COMMA, "0.005"),
        ("17", COMMA, "17"),
        ("1.488,69", MIXED, "1488.69"),
        ("12.50", MIXED, "12.50"),
        ("0.125", MIXED, "0.125"),
    ],
)
def test_a_text_is_the_number_that_its_style_makes_of_it(text: str, style: NumberStyle, value: str) -> None:
    found = number(text, style)
    assert found is not None
    assert str(found) == value


@pytest.mark.parametrize(
    ("text", "style", "read_as"),
    [
        ("1.488,69", PLAIN, COMMA),
        ("12,5", PLAIN, COMMA),
        ("3,000", PLAIN, PLAIN),
        ("12.50", COMMA, MIXED),
        ("1,234.56", COMMA, MIXED),
        ("3.000", MIXED, MIXED),
        ("3,000", MIXED, MIXED),
    ],
)
def test_a_text_in_another_style_is_refused_and_the_style_named(
    text: str, style: NumberStyle, read_as: NumberStyle
) -> None:
    with pytest.raises(OtherStyle) as refused:
        number(text, style)
    assert refused.value.style is read_as
    assert text in str(refused.value)


@pytest.mark.parametrize("text", ["", "acc-1", "1.2.3", "1,2,3", "12,", "1 000", "--1"])
def test_what_says_no_number_says_none(text: str) -> None:
    assert number(text, COMMA) is None


def opened(folder: Path, amounts: list[str]) -> Document:
    log = folder / "statement.csv"
    rows = [f'MoneyDeposited,a,"{amount}",2024-01-02' for amount in amounts]
    log.write_text("\n".join(["type,accountId,amount,at", *rows]) + "\n", "utf-8")
    return Document.open(str(log), OpenOptions())


@pytest.mark.parametrize("late", [1, 60_000])  # beyond the sample, and beyond every block
def test_one_comma_anywhere_in_a_log_tells_how_all_its_amounts_are_read(tmp_path: Path, late: int) -> None:
    document = opened(tmp_path, [*["3.000"] * late, "1.488,69"])
    try:
        state = document.history.state(document.event_count)
        assert state.row(0)["balance"] == 3_000 * late + Decimal("1488.69")
        assert [each.kind for each in document.warnings] == ["decimal-comma"]
    finally:
        document.close()


def test_where_both_styles_stand_what_may_be_either_is_refused_and_said(tmp_path: Path) -> None:
    document = opened(tmp_path, ["1.488,69", "12.50", "3.000"])
    try:
        state = document.history.state(3)
        assert state.row(0)["balance"] == Decimal("1501.19")
        assert [(each.kind, each.count) for each in document.warnings] == [
            ("decimal-comma", 1),
            ("number-style", 1),
        ]
        assert "“3.000” may be 3000 or 3.000" in document.warnings[1].text
    finally:
        document.close()
