"""What does a made-up account log look like: any size, and the same for the same seed?"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from explorer.cli.arguments import count
from explorer.cli.output import FINE

_OWNERS = (
    "Ada", "Linus", "Grace", "Edsger", "Barbara", "Alan", "Zoë", "José", "李雷", "Γιώργος", "Наталья", "Kofi",
)  # fmt: skip
_START = datetime(2026, 1, 1, tzinfo=UTC)
_BLOCK = 10_000  # lines written at once


def declare(parser: argparse.ArgumentParser) -> None:
    """`generate N`."""
    parser.add_argument("count", type=count, metavar="N", help="how many events")
    parser.add_argument("--accounts", type=count, default=100, metavar="K")
    parser.add_argument("--seed", type=int, default=1, metavar="S")


def run(arguments: argparse.Namespace) -> int:
    """Write JSON Lines to standard output."""
    block: list[str] = []
    for line in account_log(arguments.count, arguments.accounts, arguments.seed):
        block.append(line)
        if len(block) == _BLOCK:
            sys.stdout.write("".join(block))
            block.clear()
    sys.stdout.write("".join(block))
    sys.stdout.flush()
    return FINE


def account_log(count: int, accounts: int, seed: int) -> Iterator[str]:
    """`count` lines about at most `accounts` accounts: opened early, then paid in, out and between them.

    No account goes below zero. Amounts have two decimals; a year passes, whatever the count.
    """
    draw = Random(seed).random  # noqa: S311 - made-up money needs no secret
    cents: list[int] = []
    step = timedelta(days=365) / max(count, 1)
    opening = max(accounts, 1)
    for number in range(count):
        at = (_START + step * number).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        # New accounts come in evenly over the first tenth of the log, so that both ends can be looked at.
        if not cents or (len(cents) < opening and len(cents) * count <= number * 10 * opening):
            name = _OWNERS[int(draw() * len(_OWNERS))]
            cents.append(0)
            yield (
                f'{{"type":"AccountOpened","data":{{"accountId":"acc-{len(cents)}","owner":"{name}"}},"at":"{at}"}}\n'
            )
            continue
        account = int(draw() * len(cents))
        kind = draw()
        if kind < 0.4 and cents[account] > 0:
            amount = 1 + int(draw() * cents[account])
            cents[account] -= amount
            other = int(draw() * len(cents))
            if kind < 0.1 and other != account:
                cents[other] += amount
                yield (
                    f'{{"type":"MoneyTransferred","data":{{"fromAccountId":"acc-{account + 1}",'
                    f'"toAccountId":"acc-{other + 1}","amount":{_money(amount)}}},"at":"{at}"}}\n'
                )
                continue
            name = "MoneyWithdrawn"
        else:
            amount = 1 + int(draw() * 100_000)
            cents[account] += amount
            name = "MoneyDeposited"
        yield (
            f'{{"type":"{name}","data":{{"accountId":"acc-{account + 1}","amount":{_money(amount)}}},"at":"{at}"}}\n'
        )


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
