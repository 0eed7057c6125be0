"""What does the log of a web shop look like: orders, their items, customers, payments, and a few gift cards?

The same for the same arguments, line by line. By itself: `python -m tests.shop_log > shop.jsonl`.
"""

import itertools
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

SHOP_EVENTS = 60_000
GIFT_CARD_EVENTS = 600  # those that a read model of accounts would know; half of them come early
_EARLY = 2_000  # among so many first events
_LATE = 0.05  # such a part of the payments is told late: their time is before that of the event before them

_START = datetime(2026, 1, 1, 8, tzinfo=UTC)
_NAMES = ("Ada", "Linus", "Grace", "Edsger", "Barbara", "Zoë", "José", "李雷", "Γιώργος", "Наталья", "Kofi")
_GOODS = {"tea-01": 450, "cup-17": 1290, "pot-03": 3999, "spoon-2": 325, "tin-08": 799, "kettle-x": 8950}
_CURRENCIES = ("EUR", "EUR", "EUR", "USD", "JPY")

type _Fact = tuple[str, str, dict[str, object]]  # stream, type, payload
type _Story = Iterator[_Fact]  # the facts of one correlation, each caused by the one before


def write_shop_log(path: Path, count: int = SHOP_EVENTS, seed: int = 1) -> Path:
    """Write the log to `path`, and return that."""
    path.write_text("".join(shop_log(count, seed)), "utf-8")
    return path


def shop_log(count: int = SHOP_EVENTS, seed: int = 1) -> Iterator[str]:
    """`count` lines of JSON, each with its newline."""
    return (json.dumps(record, ensure_ascii=False) + "\n" for record in shop_events(count, seed))


def shop_events(count: int = SHOP_EVENTS, seed: int = 1) -> Iterator[dict[str, object]]:
    """`count` records: `id`, `sequence`, `type`, `streamId`, `version`, `at`, `data` and `metadata`."""
    random = Random(seed)
    versions: dict[str, int] = {}
    causes: dict[str, str] = {}
    at = _START
    for number, (correlation, (stream, kind, data)) in enumerate(_facts(count, random), 1):
        name = str(UUID(int=(seed << 64) + number))
        at += timedelta(milliseconds=random.randint(200, 480_000))
        late = kind == "PaymentReceived" and random.random() < _LATE
        told = at - timedelta(minutes=random.randint(20, 600)) if late else at
        versions[stream] = versions.get(stream, 0) + 1
        metadata = {"correlationId": correlation}
        if correlation in causes:
            metadata["causationId"] = causes[correlation]
        causes[correlation] = name
        yield {
            "id": name, "sequence": number, "type": kind, "streamId": stream, "version": versions[stream],
            "at": told.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "data": data, "metadata": metadata,
        }  # fmt: skip


def _facts(count: int, random: Random) -> Iterator[tuple[str, _Fact]]:
    """What happens, each with its correlation: some stories go on at the same time."""
    cards, last_cards = _gift_cards(random), min(GIFT_CARD_EVENTS, count // 100)
    orders: list[tuple[str, _Story]] = []
    customers = given = 0
    for number in range(1, count + 1):
        early, late = min(number, _EARLY), max(number - _EARLY, 0)
        due = last_cards // 2 * early // _EARLY + (last_cards + 1) // 2 * late // max(count - _EARLY, 1)
        if given < due:
            given += 1
            fact = next(cards)
            yield f"desk-{fact[0]}", fact
            continue
        if customers < 5 or random.random() < 0.04:
            customers += 1
            yield f"signup-{customers}", _customer(f"cus-{customers:05}", random)
            continue
        while True:
            if len(orders) < 3 or (len(orders) < 400 and random.random() < 0.15):
                customer = f"cus-{random.randint(1, customers):05}"
                orders.append((f"web-{number:06}", _order(f"ord-{number:06}", customer, random)))
            chosen = random.randrange(len(orders))
            correlation, story = orders[chosen]
            found = next(story, None)
            if found is not None:
                yield correlation, found
                break
            del orders[chosen]


def _customer(customer: str, random: Random) -> _Fact:
    data = {"customerId": customer, "name": random.choice(_NAMES), "newsletter": random.random() < 0.3}
    return customer, "CustomerRegistered", data


def _gift_cards(random: Random) -> _Story:
    """The few events that look like those of accounts."""
    for number in itertools.count(1):
        card, worth = f"gift-{number:04}", random.choice((25, 50, 100))
        yield card, "AccountOpened", {"accountId": card, "owner": random.choice(_NAMES)}
        yield card, "MoneyDeposited", {"accountId": card, "amount": worth}
        yield card, "MoneyWithdrawn", {"accountId": card, "amount": random.randint(1, worth)}


def _order(order: str, customer: str, random: Random) -> _Story:
    """One order: placed, filled, paid, sent and received; some are cancelled, or paid back."""
    currency = random.choice(_CURRENCIES)

    def fact(kind: str, **data: object) -> _Fact:
        return order, kind, {"orderId": order, **data}

    def money(cents: int) -> object:
        return cents // 100 if currency == "JPY" else cents / 100

    yield fact("OrderPlaced", customerId=customer, currency=currency)
    lines: list[tuple[str, int, int]] = []
    for _ in range(random.randint(1, 5)):
        sku, cents = random.choice(list(_GOODS.items()))
        lines.append((sku, random.randint(1, 3), cents // 100 * 100 if currency == "JPY" else cents))
        yield fact("ItemAdded", sku=sku, quantity=lines[-1][1], price=money(lines[-1][2]))
    if len(lines) > 2 and random.random() < 0.3:
        sku, quantity, cents = lines.pop(random.randrange(len(lines)))
        yield fact("ItemRemoved", sku=sku, quantity=quantity, price=money(cents))
    if random.random() < 0.1:
        yield fact("OrderCancelled", reason=random.choice(("changed my mind", "too slow", "found elsewhere")))
        return
    total = money(sum(quantity * cents for _, quantity, cents in lines))
    yield fact("PaymentReceived", amount=total, currency=currency, method=random.choice(("card", "bank")))
    yield fact("OrderShipped", carrier=random.choice(("DHL", "UPS", "post")), parcels=random.randint(1, 2))
    yield fact("OrderDelivered")
    if random.random() < 0.1:
        yield fact("RefundIssued", amount=total, currency=currency)


if __name__ == "__main__":
    sys.stdout.writelines(shop_log())
