"""Can a person walk through a shop of two kinds: its orders, one of them whole, and what an event did inside it?"""

import json
import random
from pathlib import Path

from tests.journeys.program import Program, answer
from tests.journeys.screen import Screen, eventually

EVENTS = 40_000


def shop(path: Path, chance: random.Random) -> Path:
    """Orders with lines that grow, and wallets; larger than every block that is read at once."""
    lines: dict[str, list[dict[str, object]]] = {}
    with path.open("w") as log:
        for number in range(EVENTS):
            wallet = number % 4 == 3
            entity = f"wal-{chance.randrange(200)}" if wallet else f"ord-{chance.randrange(300)}"
            if wallet:
                data: dict[str, object] = {"coins": chance.randrange(1_000), "owner": "Ada"}
            else:
                items = lines.setdefault(entity, [])
                del items[6:]
                items.insert(0, {"sku": f"sku-{number}", "quantity": 1 + number % 9})
                data = {"items": items, "customer": {"name": "Linus", "city": f"city {number % 50}"}}
            kind = "Wallet" if wallet else "Order"
            at = f"2026-01-{1 + number // 2_000:02}T{number % 2_000 // 100:02}:{number % 60:02}:00Z"
            record = {
                "type": f"{kind}Changed",
                "aggregateType": kind,
                "aggregateId": entity,
                "at": at,
                "data": data,
            }
            log.write(json.dumps(record) + "\n")
    return path


def test_a_person_looks_at_the_orders_of_a_shop_and_at_one_of_them_whole(
    display: Screen, home: Path, tmp_path: Path, chance: random.Random
) -> None:
    log, ways = str(shop(tmp_path / "shop.jsonl", chance)), display.environment
    place = 30_001  # the event of an order: every fourth is one of a wallet
    state = answer("state", log, "--position", str(place), "--kind", "Order", home=ways)["state"]
    happened = answer("events", log, "--from", str(place), "--limit", "1", home=ways)["events"][0]
    order = state[happened["account"]]
    with Program(display, home, log) as program:
        program.window("shop.jsonl")
        program.stands_at(EVENTS, EVENTS)
        program.go_to(str(place))
        program.stands_at(place, EVENTS)
        display.keys("Escape")

        # the orders alone, with columns of their own, chosen by mouse or, in a low window, from the list
        tab = eventually(
            lambda: display.find("page tab", "Order") or display.find("combo box", "Kinds of entities"),
            "kinds",
        )
        if tab.role == "combo box":
            program.choose("Kinds of entities", "Order")
        else:
            tab.press()
        eventually(lambda: display.see("table", "State").shape()[0] == len(state), f"{len(state)} orders")
        assert display.see("table", "State").shape()[1] == 1 + 1 + len(
            order
        )  # the mark, the order, its fields

        # one whole: what the event put in front of its list is marked, and all others stay
        display.see("page tab", "Entity").press()
        eventually(
            lambda: happened["account"] in program.label("Entity"), f"{happened['account']} as a whole"
        )
        told = program.label("What the event did")
        assert "1 added" in told, told
        display.see("push button", "Go to the next part that the event changed").press()
        left, top, width, _ = display.see("tree", "Entity as a tree").box
        display.click(left + width // 4, top + 40)

        def up() -> bool:
            display.keys("Left", "ctrl+c")
            return display.clipboard.strip().startswith("[")

        eventually(up, "the list of items on the clipboard")
        assert json.loads(display.clipboard) == order["items"]
        display.keys("Right", "Right", "Right", "Right", "Down", "ctrl+c")
        eventually(lambda: not display.clipboard.strip().startswith("["), "one part of it on the clipboard")
        program.stands_at(place, EVENTS)  # the arrows walked the tree
