"""Has a value one code, however a log writes it, and whoever reads it?"""

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.exact_kernels import ODD, OTHER, OUTSIDE, TEXT, write_exact
from explorer.eventlog.json_text import decode
from explorer.eventlog.text_columns import TextColumn
from explorer.eventlog.text_names import SharedTexts
from explorer.history.chunks import exact_text, exact_value
from explorer.history.operands import Values

TEXTS = st.text(st.sampled_from('ab,: {}[]"\\\u00fc\u2028-0.e'), max_size=8)
NUMBERS = st.sampled_from(
    [
        0,
        7,
        -12,
        10**30,
        Decimal("0.10"),
        Decimal("-0.5"),
        Decimal("0.000000"),
        Decimal("10.0000001"),
        Decimal("12.50"),
    ]
)
SCALARS = TEXTS | NUMBERS | st.booleans() | st.none()
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
FIXED = [
    "-0",
    "-0.0",
    "0e5",
    "1E3",
    "[1e5,-0]",
    "[-0.0]",
    '{"a" :\t1 ,"b":[ ]}',
    '"e"',
    '["1e5"]',
    "{}",
    "1.0E-7",
]


def written(value: object, blanks: bool) -> str:
    if isinstance(value, dict):
        colon, comma = (" : ", " ,\n") if blanks else (":", ",")
        return (
            "{"
            + comma.join(json.dumps(key) + colon + written(inner, blanks) for key, inner in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + (" , " if blanks else ",").join(written(each, blanks) for each in value) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=blanks)


def shared() -> Values:
    texts = SharedTexts()
    return Values(texts.of("values.f"), texts.of("others.f"))


@given(
    values=st.lists(JSON, max_size=8),
    blanks=st.booleans(),
    fixed=st.lists(st.sampled_from(FIXED), max_size=3),
)
def test_a_value_has_the_code_of_what_it_says_however_it_is_written(
    values: list[Any], blanks: bool, fixed: list[str]
) -> None:
    texts = [written(value, blanks) for value in values] + fixed
    for coder in (Values(), shared()):
        for order in (texts, texts[::-1]):
            for given_as in (order, TextColumn.of(order)):
                codes = coder.codes_written(given_as).tolist()
                assert codes == [coder.code(decode(text.encode())) for text in order]
        for text, code in zip(texts, coder.codes_written(texts).tolist(), strict=True):
            value = decode(text.encode())
            names = coder.others if code % 2 else coder.texts
            told = exact_value(names[code // 2]) if code % 2 else names[code // 2]
            assert (type(told), repr(told)) == (type(value), repr(value))


@given(values=st.lists(JSON, min_size=1, max_size=8))
def test_what_the_compiled_loop_writes_is_the_exact_text(values: list[Any]) -> None:
    texts = [written(value, blanks=False) for value in values]
    given_as = TextColumn.of(texts)
    size = len(given_as.data)
    out, ends = np.zeros(2 * size + len(texts), np.uint8), np.zeros(len(texts), np.int64)
    kinds = np.zeros(len(texts), np.uint8)
    data = np.array(given_as.data)
    assert write_exact(data, given_as.starts, given_as.ends, out, ends, kinds) == ends[-1] + 1
    begin = 0
    for value, kind, end in zip(values, kinds.tolist(), ends.tolist(), strict=True):
        told = out[begin:end].tobytes().decode()
        begin = end + 1
        assert (kind, told) in {
            (TEXT, value) if isinstance(value, str) else (OTHER, exact_text(value)),
            (ODD, ""),
        }
    for starts, room in ((given_as.starts - size - 1, out), (given_as.starts, out[:1].copy())):
        assert write_exact(data, starts, given_as.ends, room, ends, kinds) == OUTSIDE


@pytest.mark.parametrize("text", ['"a"', "17", "-2.50", "true", "null", '{"a":[1,{"b":"c d"}]}', '"ü"'])
def test_what_is_written_plainly_is_not_decoded(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Values, "code", None)
    assert Values().codes_written([text, text]).tolist() in ([0, 0], [1, 1])
