"""Do records that are unwrapped together say exactly what plain Python makes of each, or leave it to that?"""

import base64
import csv
import gzip
import io
import json
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.eventlog.csv_rows import Layout, RowReader, record_of
from explorer.eventlog.event import FieldMap
from explorer.eventlog.extract import event_maker
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.profile import As, Unwrapping
from explorer.eventlog.profiles.unwrapping import unwrapper
from explorer.eventlog.record import read_record
from explorer.eventlog.scanner.blocks import PAD, Block, LineScanner, Scanned
from explorer.eventlog.scanner.rows import RowScan, ScannedCells
from explorer.eventlog.scanner.unwrapped import UnwrappedScanner, columnar, fits_rows
from explorer.session.document import Document


def as_hex(text: str) -> str:
    return text.encode().hex()


def as_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


INSIDE = [
    '{"amount": 5.10, "who": "a"}',
    "{}",
    '{"a": {"b": [1, {"c": "}{"}]}}',
    ' {\n"a":\t1 }\n',
    '{"a": 1},"b": 2',
    '{"a": 1',
    '{"a": [1}]',
    '{"a": "\\u00e9 \\ud83d\\ude00 \\" \\\\"}',
    '{"a": 1, "a": 2}',
    "[1, 2]",
    '"text"',
    "12",
    "true",
    "null",
    "<a><b>1</b></a>",
    "---\n:a: 1\n",
    '{"type": "Buffer", "data": [1]}',
    '{"$binary": "aa"}',
    '{"a": "ü€😀"}',
    '{"a": 1e400}',
    '{"schema": {}, "payload": {"x": 1}}',
    '{"payload": {"x": 1}, "schema": null}',
    '{"pay": 1}',
    '{"a": "\n"}',
    "{'a': 1}",
    '{"a":' * 40 + "1" + "}" * 40,
    '{"a": 123456789012345678901234567890.5}',
]
TEXTS = [
    *INSIDE,
    *map(as_hex, INSIDE),
    *("\\x" + as_hex(each) for each in INSIDE),
    *("0x" + as_hex(each).upper() for each in INSIDE),
    *("\\\\x" + as_hex(each) for each in INSIDE),
    *(f"x'{as_hex(each)}'" for each in INSIDE),
    *map(as_base64, INSIDE),
    *(as_base64(each).rstrip("=") for each in INSIDE),
    *(as_base64(each).replace("+", "-").replace("/", "_") for each in INSIDE),
    *(json.dumps(each) for each in INSIDE),
    *(f"b'{each}'" for each in INSIDE[:3]),
    base64.b64encode(gzip.compress(b'{"a": 1}')).decode(),
    "",
    " ",
    "a",
    "ab",
    "acc-1",
    "hello",
    "abcd",
    "abcde",
    "7b",
    "7b7",
    "7b7d7d",
    "\\x",
    "\\x7",
    "\\x7b7d'",
    "0x",
    "x'",
    "-",
    "--",
    "-1",
    "1.5",
    "123",
    "12ab34cd",
    "NaN",
    "Infinity",
    "true",
    "false!",
    "nullable",
    "null",
    "ünder",
    "\u00a0{}",
    "{}\u00a0",
    " {}",
    "{} ",
    "eyJ9",
    "e30=",
    "e30",
    "e30==",
    "YWJj=",
    "YQ=",
    "YQ==",
    "a+b_",
    "a b c d",
    "2026-01-01T00:00:00Z",
    "5f0c1e9a-1111-4abc-9def-000000000711",
    "\t",
    "\\x6162636465",
    as_base64("just a text"),
    as_hex("just a text"),
    "\\x" + as_hex("text"),
    "AccountOpened",
    "Buffer",
]
OTHERS: list[Any] = [
    None,
    True,
    3,
    Decimal("1.50"),
    [],
    [123, 125],
    [1.5],
    ["a", "1", "b", "2"],
    ["a"],
    ["a", "1", "a", "2"],
    ["a", 1],
    [["a"]],
    ['ä\\"', "x\n"],
    {"x": 1},
    {"$binary": {"base64": "e30=", "subType": "00"}},
    {"type": "Buffer", "data": [123, 125]},
    {"type": "Buffers", "data": [1]},
    {"schema": None, "payload": {"y": 1}},
    {"schema": 1},
    {},
    [{"key": "a", "value": 1}],
    [-1],
]
READS: list[tuple[As, ...]] = [
    ("auto",),
    ("json",),
    ("hex", "json"),
    ("base64", "json"),
    ("headers",),
    ("auto", "connect"),
    ("json", "connect"),
]


def dumped(record: object, *, ascii_only: bool) -> bytes:
    return json.dumps(record, ensure_ascii=ascii_only, default=float).encode()


def unwrapped(lines: Sequence[bytes], steps: Sequence[Unwrapping]) -> list[bytes | None]:
    """What is written for each line; None for those that are left to the plain reader."""
    hows = columnar(steps)
    assert hows is not None
    found = UnwrappedScanner(hows).scan(LineScanner().scan(Block(b"\n".join(lines) + b"\n")))
    return written(found)


def written(found: Scanned) -> list[bytes | None]:
    text = found.block.text(PAD, found.block.end).split(b"\n")
    return [line if good else None for line, good in zip(text, found.good.tolist(), strict=False)]


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("read", READS)
def test_whatever_is_written_is_what_the_plain_reader_makes_of_it(
    read: tuple[As, ...], *, ascii_only: bool
) -> None:
    steps = [Unwrapping(path="in.side", read=read)]
    unwrap = unwrapper(steps)
    assert unwrap is not None
    lines = [
        dumped({"a": 1, "in": {"side": value}, "z": "\t{"}, ascii_only=ascii_only)
        for value in (*TEXTS, *OTHERS)
    ]
    told = 0
    for line, found in zip(lines, unwrapped(lines, steps), strict=True):
        if found is not None:
            told += 1
            assert read_record(found)[0] == unwrap(read_record(line)[0]), (line, found)
    assert told > (5 if read == ("headers",) else len(lines) / 5)


def test_what_logs_mostly_hold_is_not_left_to_the_plain_reader() -> None:
    plain = '{"amount": 5.10, "who": "Zoë \\"x\\""}'
    wrapped = [
        plain,
        as_hex(plain),
        "\\x" + as_hex(plain),
        "0x" + as_hex(plain),
        as_base64(plain),
        "acc-1",
        "AccountOpened",
    ]
    lines = [dumped({"data": each}, ascii_only=True) for each in wrapped]
    for read in (("auto",), ("auto", "connect")):
        assert None not in unwrapped(lines, [Unwrapping(path="data", read=read)])


@pytest.mark.parametrize(
    "steps",
    [
        [Unwrapping(path="event", enter=True)],
        [Unwrapping(path="event", enter=True), Unwrapping(path="data", read=("auto",))],
        [Unwrapping(path="event", read=("auto",), enter=True)],
        [Unwrapping(path="a.b", read=("auto",)), Unwrapping(path="a.c", read=("json",))],
    ],
)
def test_a_record_is_entered_or_unwrapped_in_several_places(steps: list[Unwrapping]) -> None:
    text = '{"amount": 1}'
    records: list[Any] = [
        {"event": {"data": as_base64(text), "n": 1}, "x": 1},
        {"x": 1, "event": {"n": 1, "data": text}, "y": {"data": text}},
        {"event": text},
        {"event": as_base64(text), "a": 1},
        {"event": None},
        {"event": 1},
        {"x": 1},
        {"event": {}},
        {},
        {"a": {"b": as_hex(text), "x": 1, "c": "12"}, "a.b": text},
        {"a": {"c": "{}", "b": text}},
        {"a.b": text, "c": 1},
        {"a": [text]},
        {"data": text},
        {"event": {"data": {"$binary": "e30="}}},
    ]
    unwrap = unwrapper(steps)
    assert unwrap is not None
    lines = [dumped(each, ascii_only=True) for each in records]
    for record, found in zip(records, unwrapped(lines, steps), strict=True):
        if found is not None:
            assert read_record(found)[0] == unwrap(record), (record, found)
    assert sum(each is not None for each in unwrapped(lines, steps)) > 2


def test_what_is_read_otherwise_is_for_the_plain_reader_alone() -> None:
    for step in (
        Unwrapping(read=("mongodb",)),
        Unwrapping(path="a", read=("xml",)),
        Unwrapping(path="a", read=("auto",), into="b"),
        Unwrapping(path="a", read=("auto",), where=("b",)),
    ):
        assert columnar([step]) is None
    assert columnar([Unwrapping(path="a", read=("auto",)), Unwrapping(path="a.b", read=("auto",))]) is None
    hows = columnar([Unwrapping(path="a", read=("headers",))])
    assert hows is not None
    assert not fits_rows(hows, ["a"])
    hows = columnar([Unwrapping(path="a", read=("auto",))])
    assert hows is not None
    assert fits_rows(hows, ["a"])
    assert not fits_rows(hows, ['a"'])


def test_rows_of_a_table_become_objects(tmp_path: Path) -> None:
    steps = [Unwrapping(path="data", read=("auto",))]
    hows, unwrap = columnar(steps), unwrapper(steps)
    assert hows is not None
    assert unwrap is not None
    rows = [["1", text, 'a "b" \\ c', "ä\x01"] for text in TEXTS if "\n" not in text]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["id", "data", "note", "odd"], *rows])
    path = tmp_path / "table.csv"
    path.write_text(out.getvalue() + 'x,a"b,"c",d\n', encoding="utf-8")
    names = ("id", "data", "note", "odd")
    with open_log(path) as log:
        scan = RowScan(RowReader(log._form.text, event_maker(FieldMap()), Layout(",", names)), b"\n")
        parts = [part for part in scan.whole() if isinstance(part, ScannedCells)]
        found = written(UnwrappedScanner(hows).scan(parts[0]))
    assert len(found) == len(rows) + 1
    assert found[-1] is None  # a quote inside of a cell that has none around it
    told = 0
    for row, line in zip(rows, found, strict=False):
        if line is not None:
            told += 1
            assert read_record(line)[0] == unwrap(record_of(names, row)), (row, line)
    assert told > len(rows) / 5


def wrapped_log(path: Path, wrap: str, count: int) -> dict[str, Decimal]:
    """A log of more than all blocks whose payloads are wrapped, some of them oddly; the balances that it comes to."""
    draw = random.Random(3)
    balances: dict[str, Decimal] = {}
    with path.open("w", encoding="utf-8") as file:
        for row in range(count):
            account, cents = f"acc-{draw.randrange(50)}", draw.randrange(1, 10_000)
            data = f'{{"accountId": "{account}", "amount": {cents / 100:.2f}, "note": "{"Zoë" * draw.randrange(9)}"}}'
            balances[account] = balances.get(account, Decimal(0)) + Decimal(cents) / 100
            if row % 1_000 == 7:
                inner: object = list(data.encode())
            elif row % 1_000 == 8:
                inner = base64.b64encode(gzip.compress(data.encode())).decode()
            else:
                inner = {"base64": as_base64(data), "hex": "\\x" + as_hex(data), "text": data}[wrap]
            record = {
                "type": "MoneyDeposited",
                "data": inner,
                "at": f"2026-01-01T00:{row // 60 % 60:02}:{row % 60:02}Z",
            }
            file.write(json.dumps(record) + "\n")
    return balances


@pytest.mark.parametrize("wrap", ["base64", "hex", "text"])
def test_a_log_of_many_blocks_comes_to_its_balances(wrap: str, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    balances = wrapped_log(path, wrap, 40_000)
    assert path.stat().st_size > 6 << 20
    document = Document.open(str(path))
    assert document.log.written_plainly
    state = dict(document.history.state(40_000).items())
    assert {account: row["balance"] for account, row in state.items()} == balances
    assert not document.warnings or {each.kind for each in document.warnings} <= {"out-of-order"}
    assert document.event(30_001).data["accountId"] in balances
    document.close()
