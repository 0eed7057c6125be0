"""Are very many texts that stand as bytes the same texts, alone and side by side?"""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.eventlog.text_columns import (
    TextColumn,
    encoded,
    glued,
    numbers,
    side_by_side,
    spaced_together,
)
from explorer.eventlog.text_kernels import OUTSIDE, copy_same, write_numbers
from explorer.projection.exact import from_scaled, plain

TEXTS = st.lists(st.text(st.sampled_from('a,"\n\r; \u00fc\ud800\U0001f600'), max_size=9), max_size=12)
INT64 = st.integers(-(2**63), 2**63 - 1)


def spaced(texts: list[str]) -> TextColumn:
    """The same texts with a newline behind each, as a dictionary of texts keeps them."""
    raw = b"".join(encoded(text) + b"\n" for text in texts)
    sizes = np.array([len(encoded(text)) for text in texts], np.int64)
    ends = np.cumsum(sizes + 1) - 1
    return TextColumn(np.frombuffer(raw, np.uint8), ends - sizes, ends)


@given(texts=TEXTS, data=st.data())
def test_a_column_of_texts_is_those_texts(texts: list[str], data: st.DataObject) -> None:
    for column in (TextColumn.of(texts), spaced(texts)):
        assert len(column) == len(texts)
        assert list(column) == texts
        assert [column[at] for at in range(len(texts))] == texts
        begin = data.draw(st.integers(0, len(texts)))
        assert list(column[begin:]) == texts[begin:]
        places = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=9)) if texts else []
        assert list(column.chosen(np.array(places, np.int64))) == [texts[at] for at in places]
        assert column.have(b',"') == any("," in text or '"' in text for text in texts)
        assert column.have(b"\n") == any("\n" in text for text in texts)


@given(texts=TEXTS.filter(bool), other=st.text(max_size=3))
def test_texts_side_by_side_are_rows(texts: list[str], other: str) -> None:
    rows = [f"<{text}:{text}{other}>" for text in texts]
    column = spaced(texts)
    found = glued(len(texts), [b"<", column, b":", column, TextColumn.same(other, len(texts)), b">"])
    assert list(found) == rows
    assert found.whole == "".join(rows)
    assert side_by_side(["<", column, ":", texts, "%s>"]) == "".join(f"<{text}:{text}%s>" for text in texts)
    assert side_by_side(["<", texts, "%s>"]) == "".join(f"<{text}%s>" for text in texts)


@given(texts=TEXTS.filter(bool), data=st.data())
def test_some_texts_of_a_column_can_be_others(texts: list[str], data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(texts) - 1))))
    others = [f"{at}\u00fc" for at in places]
    wanted = dict(zip(places, others, strict=True))
    found = spaced(texts).patched(np.array(places, np.int64), TextColumn.of(others))
    assert list(found) == [wanted.get(at, text) for at, text in enumerate(texts)]


@given(texts=TEXTS.filter(bool), data=st.data())
def test_texts_that_are_fetched_from_among_others_stand_as_if_alone(
    texts: list[str], data: st.DataObject
) -> None:
    which = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=9))
    kept, at = spaced(texts).spaced()
    found = spaced_together(kept.copy(), at, np.array(which, np.int32))
    wanted = spaced([texts[code] for code in which])
    assert found[0].tobytes() == wanted.data.tobytes()
    assert list(TextColumn.of_spaced(*found)) == [texts[code] for code in which]
    with pytest.raises(IndexError):
        spaced_together(kept.copy(), at, np.array([*which, len(texts)], np.int32))


@given(
    values=st.lists(st.tuples(INT64, st.integers(0, 18)), max_size=20),
    scale=st.integers(0, 18),
    more=st.booleans(),
)
@example(values=[(-(2**63), 2), (2**63 - 1, 2), (0, 2), (-1, 2), (-10, 1), (9, 0)], scale=18, more=True)
@example(values=[(-(2**63), 0), (2**63 - 1, 0), (10, 0), (-10, 0), (0, 0)], scale=0, more=False)
def test_numbers_are_written_digit_for_digit(values: list[tuple[int, int]], scale: int, more: bool) -> None:
    own = [min(decimals, scale) if more else scale for _, decimals in values]
    units = [
        units - units % 10 ** (scale - decimals) if units >= 0 else units + -units % 10 ** (scale - decimals)
        for (units, _), decimals in zip(values, own, strict=True)
    ]
    wanted = [
        plain(from_scaled(each // 10 ** (scale - decimals), decimals))
        for each, decimals in zip(units, own, strict=True)
    ]
    found = numbers(np.array(units, np.int64), np.array(own, np.uint8), scale)
    assert list(found) == wanted


def test_what_has_no_place_is_refused() -> None:
    room, places = np.zeros(4, np.uint8), np.array([0, 3])
    assert copy_same(np.ones(2, np.uint8), places, room) == OUTSIDE
    assert (
        write_numbers(np.array([5]), np.zeros(1, np.uint8), 0, np.ones(1, np.int64), room, places[:1])
        == OUTSIDE
    )
    odd = TextColumn(np.zeros(3, np.uint8), np.array([0]), np.array([4]))
    with pytest.raises(IndexError, match="no place"):
        glued(1, [odd])
    with pytest.raises(IndexError, match="more decimals"):
        numbers(np.array([1]), np.array([3]), 2)
