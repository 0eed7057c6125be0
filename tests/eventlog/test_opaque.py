"""Is a payload that cannot be looked into said to be one, and no other?"""

import base64
import json
from pathlib import Path

import pytest

from explorer.eventlog.opaque import opaque
from explorer.session.document import Document

INSIDE = b"\x08\x96\x01\x12\x0baccountId=1"
BLIND: list[object] = [
    INSIDE.hex(), INSIDE.hex().upper(), "\\x" + INSIDE.hex(), "0x" + INSIDE.hex(), base64.b64encode(INSIDE).decode(),
    base64.b64encode(b"\x08\x96\x01\x12\x07testing!").decode(), "b'\\x08\\x96\\x01'", "\x08\x96\x01\x12\x07",
    {"type": "Buffer", "data": list(INSIDE)}, {"$binary": {"base64": "AAECAwQ=", "subType": "00"}}, list(INSIDE),
]  # fmt: skip
SEEN: list[object] = [
    "", "hello", "a note that someone wrote", '{"amount":5}', "MoneyDeposited", "12345678901234", "order-2024-01-01-17",
    {"type": "a", "data": {"x": 1}}, {}, [], [1, 2, 3], ["a"] * 9, 5, None, True,
]  # fmt: skip


@pytest.mark.parametrize("value", BLIND)
def test_bytes_in_any_dress_cannot_be_looked_into(value: object) -> None:
    assert opaque(value) is not None


@pytest.mark.parametrize("value", SEEN)
def test_what_can_be_read_is_no_such_thing(value: object) -> None:
    assert opaque(value) is None


@pytest.mark.parametrize("value", BLIND)
@pytest.mark.parametrize("every", [True, False])
@pytest.mark.parametrize("count", [3, 400])
def test_a_log_of_such_payloads_warns_of_each_by_shapes_or_one_by_one(
    tmp_path: Path, value: object, every: bool, count: int
) -> None:
    path = tmp_path / "log.jsonl"
    blind = [every or number % 3 == 0 for number in range(count)]
    records = [
        {"type": "MoneyDeposited", "accountId": "a", "at": "2024-01-01",
         "payload": value if each else {"accountId": "a", "amount": 1}}
        for each in blind
    ]  # fmt: skip
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    document = Document.open(str(path))
    found = {each.kind: (each.count, each.first) for each in document.warnings}
    assert found["opaque-payload"] == (sum(blind), 1)
    document.close()


def test_a_table_of_such_payloads_warns_too(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [f"MoneyDeposited,a,2024-01-0{day},{INSIDE.hex()}" for day in range(1, 5)]
    path.write_text("\n".join(["type,accountId,at,payload", *rows]))
    document = Document.open(str(path))
    assert ("opaque-payload", 4) in [(each.kind, each.count) for each in document.warnings]
    document.close()
