"""How long does one aggregate of 20,000 events take, by the `eventsourcing` library's repository and by ours?"""

import json
import random
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from explorer.session.document import Document
from explorer.session.options import OpenOptions, Recipe

EVENTS = 20_000


class BankAccount(Aggregate):
    """An aggregate as that library's documentation writes one."""

    @event("Opened")
    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.balance = Decimal(0)

    @event("Deposited")
    def deposit(self, amount: Decimal) -> None:
        """Add money."""
        self.balance += amount


def measured() -> dict[str, float]:
    """Seconds: of the library's `repository.get`, of ours once the log is open, and of opening it from nothing."""
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        store, log = Path(folder) / "store.sqlite", Path(folder) / "log.jsonl"
        application = Application[object](
            env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(store)}
        )
        account = BankAccount("Ada")
        lines = [_line("AccountOpened", account, {"owner": "Ada"})]
        for _ in range(EVENTS - 1):
            amount = Decimal(draw.randrange(1, 100_000)) / 100
            account.deposit(amount)
            lines.append(
                _line("MoneyDeposited", account, {"amount": "AMOUNT"}).replace('"AMOUNT"', str(amount))
            )
        log.write_text("".join(lines))
        application.save(account)
        begin = time.perf_counter()
        theirs: BankAccount = application.repository.get(account.id)
        library_s = time.perf_counter() - begin
        begin = time.perf_counter()
        document = Document.open(str(log), OpenOptions(projection=Recipe("accounts")))
        open_s = time.perf_counter() - begin
        code = document.history.entities.find(str(account.id))
        assert code is not None
        assert document.history.state(EVENTS).row(code)["balance"] == theirs.balance
        places = [draw.randrange(1, EVENTS + 1) for _ in range(200)]
        begin = time.perf_counter()
        for place in places:
            document.history.state(place).row(code)
        ours_s = (time.perf_counter() - begin) / len(places)
        document.close()
        application.close()
    return {"library": library_s, "ours": ours_s, "open": open_s}


def _line(kind: str, account: BankAccount, data: dict[str, str]) -> str:
    record = {
        "type": kind,
        "data": {"accountId": str(account.id), **data},
        "at": account.modified_on.isoformat(),
    }
    return json.dumps(record) + "\n"
