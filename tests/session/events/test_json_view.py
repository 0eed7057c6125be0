"""Is a record indented, pointed at and cut into columns without changing what it says?"""

import json

from hypothesis import given
from hypothesis import strategies as st

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.events.event_columns import (
    EventColumn,
    columns_in,
    path_from_text,
    path_to_text,
    row_of,
    usual,
)
from explorer.session.events.json_view import LINE_CHARS, folded, indented, path_text, pieces

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(st.text(), VALUES, max_size=4) | st.lists(VALUES, max_size=4), st.sampled_from((None, 1))
)
def test_indenting_is_what_a_json_writer_does(value, indent):
    for ascii_only in (True, False):
        text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
        expected = json.dumps(value, ensure_ascii=ascii_only, indent=2)
        assert indented(text, 10**6) == expected


@given(st.dictionaries(st.text(), VALUES, max_size=4), st.integers(0, 60))
def test_a_text_that_breaks_off_is_indented_as_far_as_it_goes(value, most):
    text = json.dumps(value)[:most]
    assert "".join(indented(text).split()) == "".join(text.split()) or '"' in text


def test_digits_stay_as_they_are_written():
    assert indented('{"a":1.50,"b":1E+2}') == '{\n  "a": 1.50,\n  "b": 1E+2\n}'


def test_what_is_no_json_stays_as_it_is():
    assert indented("a,b,c") == "a,b,c"
    assert indented("x" * 100, 10) == "x" * 10 + "…"


def test_pieces_have_kinds():
    text = '{"k":"v","n":-1.5,"t":true,"z":[null]}'
    found = [(text[piece.start : piece.start + piece.length], piece.kind) for piece in pieces(text)]
    assert [piece for piece in found if piece[1] != "mark"] == [
        ('"k"', "key"), ('"v"', "text"), ('"n"', "key"), ("-1.5", "number"), ('"t"', "key"), ("true", "word"),
        ('"z"', "key"), ("null", "word"),
    ]  # fmt: skip


def test_long_lines_are_folded():
    assert [len(line) for line in folded("x" * (2 * LINE_CHARS + 1) + "\ny").split("\n")] == [
        LINE_CHARS,
        LINE_CHARS,
        1,
        1,
    ]


def test_a_path_is_written_so_that_programs_understand_it():
    assert path_text(("data", "items", 0, "a.b", "", "$x")) == 'data.items[0]["a.b"][""].$x'


@given(
    st.lists(st.text(), min_size=1, max_size=4).filter(
        lambda names: names == [name.strip() for name in names]
    )
)
def test_a_column_s_name_is_read_as_it_is_written(names):
    assert path_from_text(path_to_text(tuple(names))) == tuple(names)


def test_amounts_are_a_column_of_an_account_log_and_of_no_other():
    for name, expected in (("small-bank.jsonl", [("amount",)]), ("orders.jsonl", [])):
        document = Document.open(str(resource("samples", name)))
        assert [column.path for column in usual(document)] == expected
        document.close()


def test_what_has_a_column_is_not_told_twice():
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    row = row_of(document, 1, [EventColumn(("amount",)), EventColumn(("metadata", "reason"))])
    assert row.cells == ("100.00", "first deposit")
    assert row.entry.summary == ""
    assert document.entry(1).summary == "amount 100.00"
    names = [column.path for column in columns_in([document.event(2)])]
    assert ("metadata", "reason") in names
    document.close()
