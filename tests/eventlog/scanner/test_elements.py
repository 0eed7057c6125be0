"""Does the compiled loop over arrays, maps and sequences of JSON, with the plain reader, say what that alone says?"""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.cursor import Cursor
from explorer.eventlog.event import Batch, Event, Notice
from explorer.eventlog.json_array import ARRAY, MAP, SEQUENCE, Elements
from explorer.eventlog.json_text import decode
from explorer.eventlog.record import read_record
from explorer.eventlog.scanner import json_kernels
from explorer.eventlog.scanner.elements import KEY, ElementScanner, ScannedElements, scanned_elements
from explorer.eventlog.source import BLOCK_BYTES
from explorer.eventlog.text import Text


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


def elements_of(raw: bytes, kind: str, *, wrapped: bool = False, encoding: str = "utf-8") -> Elements:
    cursor = Cursor(Text(Held(raw), encoding), 0 if kind == SEQUENCE else 1)
    cursor.column = 1 + cursor.unit
    return Elements(cursor.text, made, cursor, kind, wrapped=wrapped)


def plain_rows(batch: Batch) -> tuple[list, list]:
    events = [
        (event.position, offset, length, line, event.id, event.record)
        for event, offset, length, line in zip(
            batch.events, batch.offsets, batch.lengths, batch.lines, strict=True
        )
    ]
    return events, [(isinstance(said, Notice), said) for said in (*batch.unread, *batch.notices)]


def plainly(elements: Elements) -> tuple[list, list]:
    events, others = [], []
    for batch in elements.batches():
        more, said = plain_rows(batch)
        events += more
        others += said
    return events, sorted(others, key=lambda each: each[0])


def told(scanned: ScannedElements, record: int, kind: str) -> tuple[str | None, dict]:
    """The key and the record, as the leaves tell them."""
    key = None
    found: dict[int, dict] = {0: {}}
    for leaf in range(scanned.begins[record], scanned.begins[record + 1]):
        assert scanned.leaf_rec[leaf] == record
        path, value = int(scanned.leaf_path[leaf]), {}
        if kind == MAP and scanned.paths[path] == (KEY,):
            key = decode(scanned.raw(leaf))
            continue
        if scanned.leaf_kind[leaf] == json_kernels.OBJECT:
            found[path] = value
        else:
            value = decode(scanned.raw(leaf))
        found[scanned.paths.parent(path)][scanned.paths[path][-1]] = value
    return key, found[0]


def by_kernel(
    elements: Elements, scanner: ElementScanner, block_units: int, until: int | None = None
) -> tuple[list, list, int]:
    """The same, and how many were scanned."""
    events, others, count = [], [], 0
    for part in scanned_elements(elements, scanner, block_units, until):
        if isinstance(part, Batch):
            more, said = plain_rows(part)
            events += more
            others += said
            continue
        count += part.count
        text = elements.text
        starts, ends = (
            [text.byte(unit) for unit in part.units(places).tolist()] for places in (part.starts, part.ends)
        )
        for row in range(part.count):
            start, end = starts[row], ends[row]
            key, record = told(part, row, elements.kind)
            raw = text.to_utf8(text.source.read(start, end - start))
            assert read_record(raw, in_map=elements.kind == MAP) == (record, None)
            events.append((len(events) + 1, start, end - start, int(part.lines[row]), key, record))
    return events, sorted(others, key=lambda each: each[0]), count


def check(raw: bytes, kind: str, block_units: int, *, wrapped: bool = False, encoding: str = "utf-8") -> int:
    wanted = plainly(elements_of(raw, kind, wrapped=wrapped, encoding=encoding))
    elements = elements_of(raw, kind, wrapped=wrapped, encoding=encoding)
    *found, count = by_kernel(elements, ElementScanner(kind, wide=elements.text.width == 2), block_units)
    assert tuple(found) == wanted
    return count


keys = st.sampled_from(["type", "data", "a", "ä", "a.b", "", "x" * 20])
leaves = (
    st.none()
    | st.booleans()
    | st.text(max_size=8)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)
some = st.dictionaries(keys, values, max_size=4).map(lambda each: {"id": 1, **each})
indents = st.sampled_from([None, 0, 1, 4])
between = st.sampled_from([",", ", ", ",\n", "\n,\r\n", " ,\r", "\r\n\x1e,"])


def written(records: list[dict], kind: str, indent: int | None, comma: str, *, ascii_only: bool) -> bytes:
    texts = [json.dumps(each, indent=indent, ensure_ascii=ascii_only) for each in records]
    if kind == MAP:
        texts = [f'"k{number}" :\t{text}' for number, text in enumerate(texts)]
    begin, end = {ARRAY: "[]", MAP: "{}", SEQUENCE: ("", "")}[kind]
    return (begin + (comma.replace(",", "") if kind == SEQUENCE else comma).join(texts) + end).encode(
        "utf-8", "replace"
    )


pieces = [b"{", b"}", b'"', b",", b",,", b"]", b"[", b"\\u0031", b'{"id":1}', b'"id":2,', b"\n", b"\r", b"\0"]
edit = st.tuples(st.integers(0, 400), st.integers(0, 3), st.binary(max_size=2) | st.sampled_from(pieces))
edits = st.lists(edit, max_size=3)


def edited(raw: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for at, gone, new in changes:
        raw = raw[: 1 + at] + new + raw[1 + at + gone :]
    return raw


@given(
    st.lists(some, min_size=2, max_size=6),
    st.sampled_from([ARRAY, MAP, SEQUENCE]),
    indents,
    between,
    st.booleans(),
    st.integers(1, 200),
)
def test_what_is_whole_is_scanned_wherever_a_block_is_cut(
    records: list[dict], kind: str, indent: int | None, comma: str, ascii_only: bool, block_units: int
) -> None:
    raw = written(records, kind, indent, comma, ascii_only=ascii_only)
    check(raw, kind, block_units)
    count = check(raw, kind, len(raw))
    if (
        not ascii_only
    ):  # then no key has an escape; the first element is read plainly, to know what they are like
        assert count == len(records) - 1


@given(
    st.lists(some, min_size=1, max_size=5), st.sampled_from([ARRAY, MAP, SEQUENCE]), indents, between, edits,
    st.sampled_from([b"", b"\n", b" {}", b',"x":1}']), st.booleans(), st.integers(10, 300),
)  # fmt: skip
def test_what_is_damaged_is_told_as_by_the_plain_reader(
    records: list[dict],
    kind: str,
    indent: int | None,
    comma: str,
    changes: list,
    end: bytes,
    wrapped: bool,
    block_units: int,
) -> None:
    raw = edited(written(records, kind, indent, comma, ascii_only=False) + end, changes)
    check(raw, kind, block_units, wrapped=wrapped)
    check(raw, kind, len(raw) + 1, wrapped=wrapped)


@pytest.mark.parametrize("kind", [ARRAY, MAP, SEQUENCE])
@pytest.mark.parametrize("indent", [None, 2])
def test_damage_in_a_large_log_costs_only_what_it_touches(kind: str, indent: int | None) -> None:
    draw = random.Random(7)
    records = [
        {"id": number, "data": {"owner": "Ädä", "n": [number, {}]}, "at": "2026-01-06"}
        for number in range(6_000)
    ]
    raw = bytearray(written(records, kind, indent, ",\r\n", ascii_only=False))
    for _ in range(30):
        raw[draw.randrange(len(raw))] = draw.choice(b'"{}[],:\n0\xff')
    assert check(bytes(raw), kind, 100_000) > 5_500


def test_elements_that_are_all_strange_are_read_plainly() -> None:
    raw = b"[" + b",".join(b'{"a\\u0062":%d}' % number for number in range(1_000)) + b"]"
    assert check(raw, ARRAY, 1 << 12) == 0


@pytest.mark.parametrize("before", range(4))
def test_a_line_end_of_two_characters_counts_once_where_a_block_is_cut(before: int) -> None:
    begin = b'[{"id":1,"x":"'
    text = begin + b"a" * (BLOCK_BYTES - len(begin) - 3 - before) + b'"},\r\n\r\n{"id":2},\r\n{"id":'
    events, ((_, fault),) = plainly(elements_of(text, ARRAY))
    assert ([line for _, _, _, line, *_ in events], fault.line, fault.column) == ([1, 3], 4, 7)
    check(text, ARRAY, 1 << 16)


@given(
    st.lists(some, min_size=1, max_size=5), st.sampled_from([ARRAY, MAP, SEQUENCE]), indents, between, edits,
    st.sampled_from(["utf-16-le", "utf-16-be", "windows-1252"]), st.integers(10, 300), st.booleans(),
)  # fmt: skip
def test_in_another_encoding_places_are_those_of_its_own_bytes(
    records: list[dict],
    kind: str,
    indent: int | None,
    comma: str,
    changes: list,
    encoding: str,
    block_units: int,
    early: bool,
) -> None:
    records = [{"x": "é😀"}, *records]
    raw = written(records, kind, indent, comma, ascii_only=False)
    if not early:
        raw = edited(raw, changes)
    raw = raw.decode("utf-8", "replace").encode(encoding, "replace")
    if early:  # of characters, or of their bytes
        raw = edited(raw, changes)
    check(raw, kind, block_units, encoding=encoding)
    check(raw, kind, len(raw), encoding=encoding)


def test_half_a_character_costs_its_own_element() -> None:
    raw = '[{"x":"a"},{"x":"b\ud800"},{"x":"\udc00c"},{"x":"😀"}]'.encode("utf-16-le", "surrogatepass")
    assert check(raw, ARRAY, 100, encoding="utf-16-le") == 1


@given(
    st.lists(some, min_size=4, max_size=12),
    st.sampled_from([ARRAY, MAP, SEQUENCE]),
    indents,
    between,
    edits,
    st.data(),
)
def test_stretches_that_meet_are_together_what_one_reader_reads(
    records: list[dict], kind: str, indent: int | None, comma: str, changes: list, data: st.DataObject
) -> None:
    raw = edited(written(records, kind, indent, comma, ascii_only=False), changes)
    wanted = plainly(elements_of(raw, kind))
    first = elements_of(raw, kind)
    while not first.done and not first.knows_elements:
        first.step()
    behind = first.from_border(data.draw(st.integers(first.cursor.unit, len(raw))))
    if first.done or behind is None:
        return
    until = behind.cursor.unit
    events, others, _ = by_kernel(first, ElementScanner(kind), 100, until)
    if not first.meets(until):  # no border after all
        return
    more, said, _ = by_kernel(behind, ElementScanner(kind), 100)
    count, line = len(events), first.cursor.line - 1
    events += [
        (position + count, offset, size, row + line, *rest) for position, offset, size, row, *rest in more
    ]
    assert events == wanted[0]
    assert len(others) + len(said) == len(wanted[1])


@pytest.mark.parametrize("kind", [ARRAY, MAP, SEQUENCE])
def test_a_sound_log_can_be_cut_anywhere(kind: str) -> None:
    records = [{"id": number, "data": [{"id": number, "x": "{"}]} for number in range(300)]
    raw = written(records, kind, None, ",\n", ascii_only=False)
    for unit in range(200, 8_000, 390):
        first = elements_of(raw, kind)
        first.step()
        behind = first.from_border(unit)
        events, _, _ = by_kernel(first, ElementScanner(kind), 1_000, behind.cursor.unit)
        assert first.meets(behind.cursor.unit)
        assert len(events) + len(by_kernel(behind, ElementScanner(kind), 1_000)[0]) == 300
