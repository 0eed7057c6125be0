"""Is it told by causation ids which command led to which events, and which event was followed by which?"""

import json
from pathlib import Path

from explorer.session.document import Document
from explorer.session.reasons.causes import index_causes, names_of
from explorer.session.reasons.type_board import TypeBoard, board_of


def event(kind: str, own: str, cause: str | None, **metadata: str) -> dict[str, object]:
    told = {"causationId": cause, **metadata} if cause else metadata
    return {"type": kind, "id": own, "data": {"accountId": "a"}, "metadata": told}


EVENTS = [
    event("OrderPlaced", "e1", "c1", commandType="PlaceOrder"),
    event("PaymentTaken", "e2", "e1"),
    event("OrderShipped", "e3", "e2"),
    event("OrderPlaced", "e4", "c2", commandType="PlaceOrder"),
    event("OrderRejected", "e5", "c3", commandType="PlaceOrder"),
    event("PaymentTaken", "e6", "e4"),
    event("StockCounted", "e7", None),
    event("PriceSet", "e8", "c9"),
    event("OwnCause", "e9", "e9"),
]


def board(folder: Path, events: list[dict[str, object]]) -> TypeBoard:
    path = folder / "shop.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in events), encoding="utf-8")
    document = Document.open(str(path))
    try:
        names = names_of(document.events)
        return board_of(document.events, index_causes(document.events, names))
    finally:
        document.close()


def lines(found: TypeBoard) -> list[tuple[str, str, list[tuple[str, int, int]]]]:
    return [
        (line.kind, line.name, [(each.type, each.count, each.first) for each in line.follows])
        for line in found.lines
    ]


def test_commands_come_first_then_what_each_event_was_followed_by(tmp_path: Path) -> None:
    found = board(tmp_path, EVENTS)
    assert lines(found) == [
        ("command", "PlaceOrder", [("OrderPlaced", 2, 1), ("OrderRejected", 1, 5)]),
        ("command", "", [("PriceSet", 1, 8)]),
        ("event", "OrderPlaced", [("PaymentTaken", 2, 2)]),
        ("event", "PaymentTaken", [("OrderShipped", 1, 3)]),
    ]
    assert [(each.type, each.first) for each in found.untold] == [("OwnCause", 9), ("StockCounted", 7)]


def test_of_very_many_commands_the_rest_is_counted(tmp_path: Path) -> None:
    events = [event("OrderPlaced", f"e{at}", f"c{at}", commandType="PlaceOrder") for at in range(5_010)]
    found = board(tmp_path, events)
    assert lines(found) == [("command", "PlaceOrder", [("OrderPlaced", 5_000, 1)])]
    assert found.unread == 10
