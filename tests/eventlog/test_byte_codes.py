"""Does every text get one code, in the order in which texts appear, of however many and however long ones?"""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog import byte_codes, text_names
from explorer.eventlog.byte_codes import ByteCodes
from explorer.eventlog.compiled import words_of
from explorer.eventlog.names import Names
from explorer.eventlog.scanner.leaf_kernels import KNOWN
from explorer.eventlog.scanner.token_kernels import ESCAPED, TEXT
from explorer.eventlog.text_columns import TextColumn, encoded
from explorer.eventlog.text_names import SharedTextNames, TextNames

TEXTS = st.lists(st.text(st.sampled_from("ab\n\u00fc\ud800"), max_size=20), max_size=12)
BATCHES = st.lists(TEXTS, max_size=5)


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_names, "MANY", 3)
    monkeypatch.setattr(text_names.compiled, "ready", lambda: True)


@given(batches=BATCHES, other=st.text(st.sampled_from("ab\n\u00fc"), max_size=20))
def test_bytes_have_the_codes_of_texts(batches: list[list[str]], other: str) -> None:
    codes, names = ByteCodes(), Names[str]()
    for batch in batches:
        assert codes.codes_of(TextColumn.of(batch)).tolist() == list(names.codes_of(batch))
    assert list(codes.texts()) == names.values
    assert len(codes) == len(names)
    for text in [*names.values, other]:
        found = codes.find(encoded(text))
        assert (None if found < 0 else found) == names.find(text)
    assert len(codes) == len(names)  # to look is not to add


@given(batches=BATCHES, data=st.data())
def test_texts_whose_places_are_no_32_bit_numbers_are_coded_some_at_a_time(
    batches: list[list[str]], data: st.DataObject
) -> None:
    codes, names = ByteCodes(), Names[str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byte_codes, "_AT_ONCE_BYTES", 20)
        for batch in batches:
            which = data.draw(st.permutations(range(len(batch))))
            texts = TextColumn.of(batch).chosen(np.array(which, np.int64))
            told = [batch[at] for at in which]
            assert codes.codes_of(texts).tolist() == list(names.codes_of(told))
    assert list(codes.texts()) == names.values


@given(first=TEXTS, more=TEXTS, others=TEXTS)
def test_copies_and_what_was_restored_take_more_without_each_other(
    first: list[str], more: list[str], others: list[str]
) -> None:
    codes = ByteCodes()
    codes.codes_of(TextColumn.of(first))
    before = list(codes.texts())
    kept, at = codes.kept.copy(), codes.at.copy()
    kept.flags.writeable = at.flags.writeable = False  # as they are when a file is mapped
    all_of_them = [codes, codes.copy(), ByteCodes.restored(kept, at), codes.copy().copy()]
    for at_once, each in zip([more, others, more, others], all_of_them, strict=True):
        assert list(each.texts()) == before
        assert [each.find(encoded(text)) for text in before] == list(range(len(before)))
        wanted = Names(before)
        assert each.codes_of(TextColumn.of(at_once)).tolist() == list(wanted.codes_of(at_once))
        assert list(each.texts()) == wanted.values
        assert [each.find(encoded(text)) for text in wanted.values] == list(range(len(wanted)))


def test_a_hundred_thousand_texts_and_long_ones_are_told_apart() -> None:
    texts = [f"acc-{at}" for at in range(100_000)] + ["x" * size for size in (1_023, 1_024, 1_025, 70_000)]
    codes = ByteCodes()
    assert codes.codes_of(TextColumn.of(texts)).tolist() == list(range(len(texts)))
    assert codes.codes_of(TextColumn.of(texts[::-7])).tolist() == list(range(len(texts)))[::-7]
    assert [codes.find(text.encode()) for text in texts[::997]] == list(range(0, len(texts), 997))
    assert codes.find(b"acc-100000") == -1
    assert codes.texts()[len(texts) - 1] == texts[-1]
    assert codes.texts() is codes.texts()  # to look at one is not to look at all
    assert list(codes.texts(99_999)) == texts[99_999:]


@pytest.mark.usefixtures("few_are_many")
@given(batches=BATCHES, single=TEXTS)
def test_very_many_ids_are_the_ids(batches: list[list[str]], single: list[str]) -> None:
    names, wanted = TextNames(), Names[str]()
    for at, batch in enumerate(batches):
        given_as = TextColumn.of(batch) if at % 2 else batch
        assert list(names.codes_of(given_as)) == list(wanted.codes_of(batch))
        assert [names.code(text) for text in single] == [wanted.code(text) for text in single]
    copied = names.copy()
    copied.codes_of([*single, "more", "and more", "of it"])
    assert (len(names), list(names), list(names.values)) == (len(wanted), wanted.values, wanted.values)
    assert [names[at] for at in range(len(names))] == wanted.values
    assert [names.find(text) for text in [*wanted.values, "none"]] == [*range(len(wanted)), None]
    codes = np.arange(len(wanted))[::-2]
    assert list(names.values_of(codes)) == [wanted[code] for code in codes.tolist()]
    assert list(copied.values)[: len(names)] == wanted.values
    if names.many is not None:
        assert list(TextNames.restored(names.many.kept, names.many.at)) == wanted.values
        names.many.kept, names.many.at = names.many.kept.copy(), names.many.at.copy()
        assert [names.find(text) for text in [*wanted.values, "none"]] == [*range(len(wanted)), None]


@pytest.mark.usefixtures("few_are_many")
@given(batches=BATCHES, single=TEXTS, looks=st.booleans())
def test_what_is_known_to_be_new_has_its_codes_at_once(
    batches: list[list[str]], single: list[str], looks: bool
) -> None:
    names, wanted = TextNames(), Names[str]()
    for batch in batches:
        new = [text for text in dict.fromkeys(batch) if wanted.find(text) is None]
        assert names.add_new(TextColumn.of(new)).tolist() == list(wanted.codes_of(new))
        assert len(names) == len(wanted)
        if looks:
            assert [names.code(text) for text in single] == [wanted.code(text) for text in single]
            assert list(names.copy().values) == wanted.values
    assert [names.find(text) for text in [*wanted.values, "none"]] == [*range(len(wanted)), None]
    assert list(names.codes_of([*single, "more"])) == list(wanted.codes_of([*single, "more"]))
    assert (list(names), list(names.since(2))) == (wanted.values, wanted.values[2:])


def test_few_ids_are_kept_without_compiled_code() -> None:
    names = TextNames(["a", "b"])
    assert (names.code("c"), names.find("c"), names.many, names.values) == (2, 2, None, ["a", "b", "c"])


def leaves_of(texts: Sequence[str]) -> tuple[Any, tuple[Any, Any, Any], Any]:
    """Words, places and leaves of texts as they stand quoted in a block; what has a backslash is written with it."""
    raw = [f'"{text}"'.encode() for text in texts]
    ends = np.cumsum([len(each) + 1 for each in raw]) - 1
    starts = (ends - [len(each) for each in raw]).astype(np.int32)
    kinds = np.array([TEXT + ESCAPED * ("\\" in text) for text in texts], np.uint8)
    data = np.frombuffer(bytearray(b",".join(raw) + bytes(64)), np.uint8)
    return words_of(data), (starts, ends.astype(np.int32), kinds), np.arange(len(texts))


@given(
    batches=st.lists(st.lists(st.text("ab\u00fc\\", max_size=18), max_size=12), max_size=5),
    new=st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_leaves_have_the_codes_of_their_texts_and_what_is_no_plain_text_none(
    batches: list[list[str]], new: list[bool]
) -> None:
    names, wanted = SharedTextNames(), Names[str]()
    for batch, mostly_new in zip(batches, new, strict=False):
        names._mostly_new = mostly_new  # or so it seems
        found, others = names.codes_of_leaves(*leaves_of(batch), 1, 12, 2)
        odd = ["\\" in text or len(text.encode()) > 12 for text in batch]
        assert others.tolist() == [at for at, is_odd in enumerate(odd) if is_odd]
        plain = [text for text, is_odd in zip(batch, odd, strict=True) if not is_odd]
        assert found[~np.array(odd, np.bool_)].tolist() == [2 * code for code in wanted.codes_of(plain)]
    assert list(names) == wanted.values
    assert list(names.chosen(np.arange(len(names))[::-1])) == wanted.values[::-1]


def test_texts_of_which_most_are_new_are_looked_for_once() -> None:
    names = SharedTextNames()
    expected = [True, False, False, True]
    for first, count in ((0, 2_000), (1_000, 2_000), (0, 2_000), (9_000, 1_000)):
        texts = [f"account-{at}" for at in range(first, first + count)]
        names.codes_of_leaves(*leaves_of(texts), 1, 1_024, 1)
        assert names._mostly_new == expected.pop(0)


def test_threads_that_add_texts_at_the_same_time_give_each_one_code() -> None:
    names = SharedTextNames()
    told: list[dict[str, int]] = [{} for _ in range(4)]

    def read(which: int) -> None:
        draw = np.random.default_rng(which)
        for _ in range(60):
            texts = [f"account-{at}" for at in draw.integers(0, 20_000, 500).tolist()]
            found, others = names.codes_of_leaves(*leaves_of(texts), 1, 1_024, 1)
            assert not len(others)
            told[which] |= zip(texts, found.tolist(), strict=True)

    threads = [threading.Thread(target=read, args=(which,)) for which in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    by_code = list(names)
    assert len(set(by_code)) == len(by_code)
    assert all(by_code[code] == text for each in told for text, code in each.items())
    assert {text for each in told for text in each} == set(by_code)


def test_texts_are_counted_when_who_adds_some_has_done_so_for_they_are_found_before() -> None:
    names = SharedTextNames()
    names.codes_of(["a", "b"])
    told: list[int] = []
    thread = threading.Thread(target=lambda: told.append(len(names)))
    with names._lock:
        names._bytes._state[KNOWN] = 1  # as in the middle of it
        thread.start()
        thread.join(0.05)
        assert not told
        names._bytes._state[KNOWN] = 2
    thread.join()
    assert told == [2]
