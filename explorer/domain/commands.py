"""What can be asked of an account, and what becomes of it: facts, or a rejection with its reason?"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from explorer.language import tr
from explorer.projection.exact import Exact


class OpenAccount(msgspec.Struct, frozen=True):
    """Open an account that has never existed."""

    account: str
    owner: str = ""
    currency: str | None = None


class Deposit(msgspec.Struct, frozen=True):
    """Pay money in."""

    account: str
    amount: Exact
    currency: str | None = None


class Withdraw(msgspec.Struct, frozen=True):
    """Take money out."""

    account: str
    amount: Exact
    currency: str | None = None


class Transfer(msgspec.Struct, frozen=True):
    """Move money from one account to another."""

    source: str
    target: str
    amount: Exact
    currency: str | None = None


class CloseAccount(msgspec.Struct, frozen=True):
    """Close an account for good."""

    account: str


class Freeze(msgspec.Struct, frozen=True):
    """Let nothing move on an account for now."""

    account: str


class Unfreeze(msgspec.Struct, frozen=True):
    """Let money move on a frozen account again."""

    account: str


type Command = OpenAccount | Deposit | Withdraw | Transfer | CloseAccount | Freeze | Unfreeze

type Rule = Literal["name", "amount", "exists", "missing", "closed", "frozen", "currency", "funds", "balance"]


class Fact(msgspec.Struct, frozen=True):
    """A new event: its type in the past tense, and its payload. When it happened is said by whoever records it."""

    type: str
    data: Mapping[str, object]


class Rejection(msgspec.Struct, frozen=True):
    """A command that the rules do not accept; nothing happens.

    Attributes:
        rule: Which rule.
        text: Why, in English, as `later("…")`, with the names of values in braces.
        values: The values.
    """

    rule: Rule
    text: str
    values: Mapping[str, str] = {}

    @property
    def reason(self) -> str:
        """Why, as a clause in the person's language: `acc-1 has 20.00, which is less than 30.00`."""
        return tr(self.text).format(**self.values)
