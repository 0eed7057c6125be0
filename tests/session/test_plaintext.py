"""Is an event type shown so that types can be told apart?"""

import pytest

from explorer.session.plaintext import type_text


@pytest.mark.parametrize(
    ("event_type", "shown"),
    [
        ("bank.domain:BankAccount.Deposited", "BankAccount.Deposited"),
        ("__main__:BankAccount.Opened", "BankAccount.Opened"),
        ("urn:com.example", "urn:com.example"),
        ("https://example.com/x", "https://example.com/x"),
        ("a:b", "a:b"),
        ("MoneyDeposited", "MoneyDeposited"),
    ],
)
def test_a_type_is_shown_without_its_module(event_type: str, shown: str) -> None:
    assert type_text(event_type) == shown
