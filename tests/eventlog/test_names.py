"""Does every text get one code, in the order in which texts appear, however many come at once?"""

from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.names import Names

TEXTS = st.lists(st.sampled_from("abcdefgh"), max_size=12)


@given(st.lists(TEXTS, max_size=5))
def test_codes_of_many_texts_are_those_of_one_after_the_other(batches: list[list[str]]) -> None:
    together, alone = Names[str](), Names[str]()
    for batch in batches:
        assert together.codes_of(batch) == [alone.code(text) for text in batch]
        assert together.values == alone.values
        assert [together.find(text) for text in "abcdefgh"] == [alone.find(text) for text in "abcdefgh"]


@given(TEXTS, TEXTS)
def test_a_copy_takes_more_without_the_other(first: list[str], more: list[str]) -> None:
    names = Names(first)
    before = list(names.values)
    copied = names.copy()
    copied.codes_of(more)
    assert names.values == before
    assert copied.values == Names([*first, *more]).values
