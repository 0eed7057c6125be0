"""Do shares of a log, each read by a scan of its own, come to what the plain reader says of the whole?"""

import csv
import io
import itertools
import json
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.csv_rows import Layout, RowReader, read_csv
from explorer.eventlog.cursor import Cursor
from explorer.eventlog.event import Batch, Event
from explorer.eventlog.json_array import ARRAY, MAP, SEQUENCE, Elements
from explorer.eventlog.scanner.blocks import Scanned
from explorer.eventlog.scanner.elements import ElementScan
from explorer.eventlog.scanner.json_kernels import EMPTY
from explorer.eventlog.scanner.rows import RowScan
from explorer.eventlog.scanner.shares import Scan
from explorer.eventlog.text import Text

KINDS = [ARRAY, MAP, SEQUENCE, "csv"]
ENCODINGS = ["utf-8", "utf-16-le", "windows-1252"]
NAMES = ("id", "type", "note")


class Held:
    """A source in memory."""

    store = None
    grows = False

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.size_bytes = len(raw)

    def read(self, offset: int, count: int) -> bytes:
        return self.raw[offset : offset + count]

    def read_into(self, offset: int, room: memoryview) -> int:
        found = self.raw[offset : offset + len(room)]
        room[: len(found)] = found
        return len(found)


def made(position: int, record: dict) -> Event:
    return Event(position, "", None, record, record=record)


class HeldLog:
    """A log in memory, as its plain reader and as scans of it."""

    def __init__(self, raw: bytes, kind: str, encoding: str, block_units: int) -> None:
        self.text = Text(Held(raw), encoding)
        self.kind, self.block_units = kind, block_units
        self.layout = Layout(",", NAMES)

    def _elements(self) -> Elements:
        cursor = Cursor(self.text, 0 if self.kind == SEQUENCE else 1)
        cursor.column = 1 + cursor.unit
        return Elements(self.text, made, cursor, self.kind, wrapped=False)

    def plainly(self) -> Iterator[Batch]:
        if self.kind == "csv":
            return read_csv(self.text, made, self.layout, b"\n")
        return self._elements().batches()

    def scan(self) -> Scan:
        if self.kind == "csv":
            return RowScan(RowReader(self.text, made, self.layout), b"\n", self.block_units)
        return ElementScan(self._elements(), self.block_units)


type Told = tuple[list, list]


def told(parts: Iterator[Scanned | Batch], position: int, count: int = 0) -> Told:
    """Events and what is said beside them; positions of the parts count from `position`, `count` stand before them."""
    events, said = [], []

    def take(batch: Batch) -> None:
        for event, *place in zip(batch.events, batch.offsets, batch.lengths, batch.lines, strict=True):
            events.append((event.position + position, *place, event.record))
        said.extend(
            (each.after + position, each.line, each.column, each.byte, each.reason, each.length_bytes)
            for each in batch.unread
        )
        said.extend(
            (each.position + position, each.line, each.column, each.byte, each.text, 0)
            for each in batch.notices
        )

    for part in parts:
        batch = part
        if isinstance(part, Scanned):
            batch = Batch()
            for record in range(part.count):
                if part.kinds[record] != EMPTY:
                    part.read(batch, record, count + len(batch.events))
        take(batch)
        count += len(batch.events)
    return events, said


def in_shares(log: HeldLog, units: int) -> tuple[Told, int]:
    """The same by shares, each read by one of three scans in turn; and how many shares there were."""
    events, said = [], []
    scans = [log.scan() for _ in range(3)]
    shares = log.scan().shares(itertools.repeat(units))
    number = 0
    for number, share in enumerate(shares, 1):
        scan = scans[number % 3]
        more, beside = told(scan.read(share), len(events))
        before = len(events)
        events += more
        said += beside
        if not scan.met:
            rest = scan.rest()
            told(scan.read(next(shares)), 0)  # as whoever does not know yet that it is of no use
            parts = list(itertools.islice(rest, 1))
            assert all(part.known == 1 + (log.kind == MAP) for part in parts if isinstance(part, Scanned))
            more, beside = told(itertools.chain(parts, rest), before, len(events) - before)
            events += more
            said += beside
            break
    return (events, said), number


def check(raw: bytes, kind: str, encoding: str, units: int, block_units: int) -> int:
    log = HeldLog(raw, kind, encoding, block_units)
    wanted = told(log.plainly(), 0)
    found, count = in_shares(log, units)
    assert found[0] == wanted[0]
    assert sorted(found[1]) == sorted(wanted[1])
    return count


def written(records: list[dict], kind: str, between: str) -> str:
    if kind == "csv":
        text = io.StringIO()
        rows = csv.DictWriter(
            text, NAMES, extrasaction="ignore", lineterminator="\r\n" if "\r" in between else "\n"
        )
        rows.writeheader()
        rows.writerows(records)
        return text.getvalue()
    texts = [json.dumps(each, ensure_ascii=False) for each in records]
    if kind == MAP:
        texts = [f'"k{number}": {text}' for number, text in enumerate(texts)]
    begin, end = {ARRAY: "[]", MAP: "{}", SEQUENCE: ("", "")}[kind]
    return begin + (between.replace(",", "") if kind == SEQUENCE else between).join(texts) + end


notes = st.sampled_from(["", "x", 'a "b"', "two\nlines", "{", "é", "\r", "}, {", '{"id": 1, "type"'])
records = st.lists(
    st.fixed_dictionaries({"id": st.integers(0, 99), "type": st.sampled_from("ab"), "note": notes}),
    min_size=2,
    max_size=12,
)
pieces = st.sampled_from(['"', "{", "}", "[", "]", ",", "\n", "\r", ":", "\\", '{"id": 5},', "Ā", ""])
edits = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 3), pieces), max_size=2)


@given(
    records,
    st.sampled_from(KINDS),
    st.sampled_from([",", ",\n", " ,\r\n", "\r,"]),
    st.sampled_from(ENCODINGS),
    edits,
    st.integers(1, 120),
    st.integers(20, 200),
)
def test_shares_are_together_what_one_plain_reader_reads(
    some: list[dict], kind: str, between: str, encoding: str, changes: list, units: int, block_units: int
) -> None:
    text = written(some, kind, between)
    for at, gone, new in changes:
        text = text[: 1 + at] + new + text[1 + at + gone :]
    check(text.encode(encoding, "replace"), kind, encoding, units, block_units)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_large_log_with_some_damage_is_cut_into_many_shares(kind: str, encoding: str) -> None:
    draw = random.Random(3)
    some = [
        {"id": row, "type": "ab"[row % 2], "note": draw.choice(["", "Ädä, x", 'say "é"'])}
        for row in range(4_000)
    ]
    text = list(written(some, kind, ",\r\n"))
    for _ in range(5):
        text[draw.randrange(len(text))] = draw.choice('"{}[],:\n0')
    raw = "".join(text).encode(encoding, "replace")
    assert check(raw, kind, encoding, 9_000, 4_000) > 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_log_is_cut_at_every_byte(kind: str) -> None:
    some = [{"id": row, "type": "a", "note": 'é "\n'} for row in range(12)]
    raw = written(some, kind, ",\n").encode()
    for units in range(1, len(raw) + 2, 3):
        check(raw, kind, "utf-8", units, 64)
