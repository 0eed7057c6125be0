"""Rows that are copied out become the same lines by compiled loops and by themselves, and tell what the cells held."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog import compiled
from explorer.eventlog.sources.copied_kernels import BY_ITSELF
from explorer.eventlog.sources.copied_rows import CopiedColumn, CopiedRows

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
JSONS = st.dictionaries(TEXTS, TEXTS | st.integers() | st.none(), max_size=3).map(
    lambda value: json.dumps(value, ensure_ascii=False)
)
COLUMNS = [CopiedColumn(name, kind) for name, kind in (
    ("id", "int8"), ("type", "text"), ("yes", "bool"), ("amount", "numeric"), ("more", "json"), ("data", "jsonb"),
)]  # fmt: skip
ESCAPES = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}


def cell(text: str | None) -> str:
    return "\\N" if text is None else "".join(ESCAPES.get(char, char) for char in text)


def block(rows: list[tuple[str | None, ...]]) -> bytes:
    return "".join("\t".join(map(cell, row)) + "\n" for row in rows).encode()


ROWS = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1).map(str),
        st.none() | TEXTS,
        st.sampled_from(["t", "f", None]),
        st.sampled_from(["0.10", "NaN", "-1e-9", "123456789012345678901234567890", None]),
        st.none() | JSONS,
        st.sampled_from([None, "[1]", '"text"', "7"]) | JSONS,
    ),
    max_size=20,
)


@given(ROWS)
def test_compiled_loops_and_the_exact_writer_come_to_the_same(rows):
    if not compiled.ready():
        pytest.skip("the compiled loops are not ready")
    made = CopiedRows(COLUMNS, "data", "id")
    fast, numbers = made.lines(block(rows))
    exact, told = made._by_themselves(block(rows))
    assert fast == exact
    assert numbers.tolist() == told.tolist() == [int(row[0]) for row in rows]
    for line, row in zip(fast.splitlines(), rows, strict=True):
        record = json.loads(line)
        assert record["type"] == row[1]
        assert record["more"] == (None if row[4] is None else json.loads(row[4]))


def test_a_table_of_nothing_but_a_payload_is_told_apart_from_its_key():
    made = CopiedRows([CopiedColumn("data", "jsonb")], "data", None)
    assert made.lines(b'{"a": 1}\n')[0] == b'{"":null,"data":{"a": 1}}\n'
    assert made._by_themselves(b'{"a": 1}\n')[0] == b'{"":null,"data":{"a": 1}}\n'


def test_bytes_that_hold_json_are_read_as_it():
    made = CopiedRows([CopiedColumn("id", "int4"), CopiedColumn("data", "bytea")], "data", "id")
    assert BY_ITSELF in made._kinds
    lines, numbers = made.lines(b"1\t\\\\x" + b'{"a":1}'.hex().encode() + b"\n2\t\\N\n")
    assert lines == b'{"id":1,"data":{"a":1}}\n{"id":2,"data":null}\n'
    assert np.array_equal(numbers, [1, 2])
