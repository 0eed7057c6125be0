"""Is a chunk that is made of columns the same as the one that the plain reader makes, whatever the log holds?"""

import json
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import EventLog, open_log
from explorer.history import scanned_rows
from explorer.history.chunks import Chunk, exact_value
from explorer.history.reader import ChunkReader
from explorer.projection.accounts import Accounts
from explorer.projection.latest import LatestFields
from explorer.projection.model import ReadModel
from explorer.projection.sql.model import SqlModel

SQL = """
SELECT data.accountId AS account, sum(CASE type WHEN 'MoneyDeposited' THEN data.amount
    WHEN 'MoneyWithdrawn' THEN -data.amount END) AS balance, last(data.owner) AS owner, last(data.extra) AS extra,
    count(*) AS events, last(at) AS seen, max(data.when) AS latest FROM events GROUP BY account
"""
MODELS: dict[str, Callable[[FieldMap], ReadModel]] = {
    "accounts": lambda _: Accounts(),
    "latest": LatestFields,
    "sql": lambda _: SqlModel("q", SQL),
}


class Plain(ChunkReader):
    """The oracle: every record by itself."""

    def scans(self) -> bool:
        return False


class Scanning(ChunkReader):
    """Scans logs of any size, and asks for each group, however few are in it."""

    def scans(self) -> bool:
        return not self._model.ordered


@pytest.fixture(autouse=True, scope="module")
def groups_of_one() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanned_rows, "_FEW", 1)
        yield


def told(chunks: list[Chunk], model: ReadModel) -> dict[str, object]:
    """What chunks of one reader say, in words that do not depend on who gave which code."""
    names: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    found: list[object] = []
    members: set[tuple[str, ...]] = set()
    for chunk in chunks:
        for name, new in chunk.names.items():
            names.setdefault(name, []).extend(new)
        for name, new in chunk.others.items():
            others.setdefault(name, []).extend(new)
        members |= {tuple(path) for path in chunk.members}
        columns = {name: column.tolist() for name, column in chunk.columns.items()}
        said: dict[str, object] = {
            name: columns.get(name, []) for name in ("offsets", "lengths", "at_ns", "line_rows", "line_steps")
        }
        said["types"] = [names["types"][code] for code in columns.get("types", [])]
        said["entities"] = [
            names["entities"][code] if code >= 0 else None for code in columns.get("entities", [])
        ]
        touches = zip(columns.get("touch.moments", []), columns.get("touch.entities", []), strict=True)
        said["touches"] = [(moment, names["entities"][code]) for moment, code in touches]
        for field in chunk.fields:
            adds = next(each for each in model.fields if each.name == field).adds
            moments, entities = columns[f"moments.{field}"], columns[f"entities.{field}"]
            keys = columns.get(f"keys.{field}", [-1] * len(moments))
            if adds:
                wide = {
                    int(row): (int(units), int(scale))
                    for row, (units, scale) in chunk.wide.get(field, {}).items()
                }
                pairs = zip(columns[f"units.{field}"], columns[f"decimals.{field}"], strict=True)
                values = [wide.get(row, pair) for row, pair in enumerate(pairs)]
            else:
                values = [
                    repr(exact_value(others[field][code // 2]))
                    if code % 2
                    else names[f"values.{field}"][code // 2]
                    for code in columns[f"codes.{field}"]
                ]
            said[f"field {field}"] = [
                (moment, names["entities"][entity], names[f"keys.{field}"][key] if key >= 0 else None, value)
                for moment, entity, key, value in zip(moments, entities, keys, values, strict=True)
            ]
        said |= {
            "count": chunk.count, "lines": chunk.lines, "done": chunk.done_bytes, "fields": chunk.fields,
            "unread": chunk.unread, "unknown": dict(chunk.unknown),
            "notices": sorted(map(str, chunk.notices)), "problems": sorted(map(str, chunk.problems)),
        }  # fmt: skip
        found.append(said)
    return {"chunks": found, "members": members}


def chunks_of(log: EventLog, kind: type[ChunkReader], model: ReadModel, stretch_bytes: int) -> list[Chunk]:
    reader = kind(log, model)
    chunks, unit = [], 0
    raw = log.raw(0, log.size_bytes)
    while unit < log.size_bytes:
        end = raw.find(b"\n", min(unit + stretch_bytes, log.size_bytes)) + 1 or log.size_bytes
        chunks.append(reader.lines(unit, end - unit))
        unit = end
    return chunks


def both_read_alike(raw: bytes, fields: FieldMap, make: str, stretch_bytes: int = 1 << 30) -> list[Chunk]:
    """Read a log in both ways; returns what columns make of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.jsonl")
        path.write_bytes(b'{"type":"A","at":"2026-01-01","data":{"x":1},"id":"1"}\n' + raw)
        with open_log(path) as log:
            if not log.by_lines:
                return []
            log.fields = fields
            log._make = log._form.maker(reading_maker(fields))
            plain, scanned = MODELS[make](fields), MODELS[make](fields)
            chunks = chunks_of(log, Scanning, scanned, stretch_bytes)
            assert told(chunks, scanned) == told(chunks_of(log, Plain, plain, stretch_bytes), plain)
            assert {field.name for field in plain.fields} == {field.name for field in scanned.fields}
            return chunks


def reading_maker(fields: FieldMap):
    from explorer.eventlog.extract import event_maker

    return event_maker(fields)


FIELDS = [
    FieldMap("type", "at", "data.accountId", "data"),
    FieldMap("type", "at", "accountId", "data"),
    FieldMap("type", "at", "accountId"),
    FieldMap("meta.type", "meta.at", "data.owner.id", "data", id="id"),
    FieldMap("op", "at", "after.id", "after"),
    FieldMap("type", "at", "data.owner.id", "data"),
    FieldMap("type", "at", "owner.id", "data"),
    FieldMap(None, None, None, "data"),
    FieldMap("type", "at", "payload.accountId", "payload"),
]

amounts = (
    st.integers(-(10**20), 10**20)
    | st.decimals(-(10**6), 10**6, places=2)
    | st.sampled_from([Decimal("-0"), Decimal("1e3"), Decimal("1.50"), Decimal("0.00000001"), 0, 5])
)
scalars = (
    st.none()
    | st.booleans()
    | amounts
    | st.sampled_from(["", "a", "ä", '"', "12", "1.50", "-3", " 4", "EUR"])
)
ids = st.sampled_from(["a", "b", "c-1", "ä", "", 'q"', 7, Decimal("7.0"), None, True, {"$oid": "x"}])
times = st.sampled_from([
    "2026-01-01T10:00:00Z", "2026-01-01T10:00:00.123456789Z", "2026-01-02", "soon", 1_700_000_000, Decimal("1.5e9"),
    None, 1_700_000_000_123, "2026-02-03T04:05:06+02:00", {"$date": "2026-01-01T00:00:00Z"}, True,
    [2026, 1, 2, 3, 4], {"seconds": 1_700_000_000, "nanos": 7},
])  # fmt: skip
types = st.sampled_from([
    "MoneyDeposited", "MoneyDeposited", "MoneyWithdrawn", "AccountOpened", "MoneyTransferred", "AccountClosed", "Ping",
    "OwnerChanged", 3, None, "delete", "typé",
])  # fmt: skip
nested = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
)
optional = {
    "accountId": ids, "amount": amounts | scalars, "owner": scalars | st.fixed_dictionaries({"id": ids}),
    "currency": scalars, "fromAccountId": ids, "toAccountId": ids, "extra": nested, "when": times,
    "initialBalance": amounts,
    "schemaVersion": st.sampled_from([1, 2, "3"]), "$binary": scalars, "active": st.booleans(), "id": ids,
}  # fmt: skip
payloads = st.fixed_dictionaries({}, optional=optional)
in_text = payloads.map(lambda value: dumps(value).decode())
records = st.fixed_dictionaries(
    {"type": types},
    optional={
        "at": times, "data": payloads | st.none() | in_text | scalars, "accountId": ids, "id": ids,
        "meta": st.fixed_dictionaries({}, optional={"type": types, "at": times}), "op": st.sampled_from(["c", "d", 1]),
        "after": payloads | st.none(), "before": payloads | st.none(), "payload": payloads | in_text, "key": ids,
        "metadata": st.fixed_dictionaries({}, optional={"schemaVersion": st.integers(0, 2), "op": st.just("delete")}),
        "data.accountId": ids, "deleted": st.booleans(), "_deleted": st.booleans(), "x": nested,
    },
)  # fmt: skip


def dumps(value: object, *, ascii_only: bool = True, pair: tuple[str, str] = (",", ":")) -> bytes:
    """JSON of a value with every digit."""
    numbers: list[Decimal] = []

    def marked(inner: object) -> object:
        if isinstance(inner, Decimal):
            numbers.append(inner)
            return f"\x01{len(numbers) - 1}\x02"
        if isinstance(inner, dict):
            return {name: marked(each) for name, each in inner.items()}
        return [marked(each) for each in inner] if isinstance(inner, list) else inner

    text = json.dumps(marked(value), ensure_ascii=ascii_only, separators=pair)
    for index, number in enumerate(numbers):
        text = text.replace(f'"\\u0001{index}\\u0002"', str(number))
    return text.encode()


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    record = draw(records)
    names = draw(st.permutations(list(record)))
    raw = dumps(
        {name: record[name] for name in names},
        ascii_only=draw(st.booleans()),
        pair=draw(st.sampled_from([(",", ":"), (", ", ": ")])),
    )
    how = draw(st.integers(0, 30))
    if how == 0:
        at = draw(st.integers(0, len(raw)))
        raw = (
            raw[:at]
            + draw(st.sampled_from([b"", b"\r", b"\xff", b"{", b'"', b"\\", b","]))
            + raw[at + draw(st.integers(0, 2)) :]
        )
    elif how == 1:
        raw = raw[:-1] + b',"type":"Ping"}'
    elif how == 2:
        raw = draw(st.sampled_from([b"", b"  ", b"[]", b"\r", b'{"type":"A"}\r{"type":"B"}\r', b"\x0b"]))
    return raw + draw(st.sampled_from([b"\n", b"\n", b"\n", b"\r\n"]))


@pytest.mark.parametrize("make", MODELS)
@given(st.lists(lines(), max_size=12), st.sampled_from(FIELDS), st.sampled_from([1, 200, 1 << 30]))
@settings(max_examples=40)
def test_columns_say_what_the_plain_reader_says(
    make: str, found: list[bytes], fields: FieldMap, stretch: int
) -> None:
    both_read_alike(b"".join(found), fields, make, stretch)


@pytest.mark.parametrize("make", MODELS)
@given(st.lists(lines(), min_size=1, max_size=2), st.sampled_from(FIELDS), st.integers(0, 400))
def test_they_do_so_wherever_the_log_ends(make: str, found: list[bytes], fields: FieldMap, size: int) -> None:
    both_read_alike(b"".join(found)[:size], fields, make)


def test_amounts_in_cents_that_say_so_are_the_same_for_both() -> None:
    record = (
        b'{"type":"MoneyDeposited","at":"2026-01-01","data":{"accountId":"a","amount":{"amount":%d%s}}}\n'
    )
    rows = [record % (at, (b"", b',"scale":2', b',"scale":3')[at % 3]) for at in range(90)]
    both_read_alike(b"".join(rows), FieldMap("type", "at", "data.accountId", "data"), "accounts", 4_000)


def test_a_list_that_is_empty_first_and_has_something_later_is_the_same_member_for_both() -> None:
    record = (
        b'{"type":"MoneyDeposited","at":"2026-01-01T10:00:00Z","data":{"accountId":"a","amount":1},"x":%s}\n'
    )
    rows = [record % b"[]"] * 30 + [record % b"[null]"] * 30
    both_read_alike(b"".join(rows), FieldMap("type", "at", "data.accountId", "data"), "accounts", 4_000)
