"""Which of two values is less, whatever they are?"""

from decimal import Decimal


def order_key(value: object) -> tuple[int, object]:
    """Numbers before texts before the rest; texts by their characters' numbers, as SQL compares them."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return 0, value
    return (1, value) if isinstance(value, str) else (2, str(value))
