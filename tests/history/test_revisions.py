"""Are long values that are kept as differences the values they were, and do they take little room?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.eventlog.names import Names
from explorer.eventlog.text_columns import TextColumn
from explorer.history import revisions
from explorer.history.chunks import exact_text
from explorer.history.history import History
from explorer.history.revisions import (
    SIGN,
    Revising,
    Revisions,
    entries_of,
    other_entries,
    other_entry,
    recoded,
    text_entries,
    values_of,
)
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.options import OpenOptions

ITEMS = st.one_of(
    st.integers(0, 3), st.text("ab~ é\ud800", max_size=3), st.none(), st.decimals(0, 9, places=2)
)
EDITS = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 1), ITEMS, st.booleans()), max_size=60)


@given(edits=EDITS, start=st.integers(0, 90))
def test_every_version_comes_back_as_it_was_whatever_was_changed_where(edits, start):
    states = {entity: ["item", entity] * start for entity in range(3)}
    told: Names[str] = Names()
    revising = Revising(told.code)
    versions = []
    for entity, where, item, remove in edits:
        state = states[entity]
        place = int(where * len(state))
        if remove:
            del state[place : place + 2]
        else:
            state.insert(place, item)
        versions.append((revising.code(entity, exact_text(state)), list(state)))
    values = Revisions([other_entry(text) for text in told])
    assert [exact_text(values[code]) for code, _ in versions] == [exact_text(state) for _, state in versions]
    assert list(map(exact_text, values)) == [exact_text(values[code]) for code in range(len(values))]
    again = values_of(entries_of(values))
    assert list(map(exact_text, again)) == list(map(exact_text, values))
    shifted = ["", *["\0t\0"] * 6, *(other_entry(recoded(text, lambda code: code + 7)) for text in told)]
    assert list(map(exact_text, Revisions(shifted)))[7:] == list(map(exact_text, values))


@given(values=st.lists(st.one_of(ITEMS, st.text("\0jt~", max_size=4)), max_size=20), many=st.booleans())
def test_texts_and_other_values_are_never_taken_for_each_other(values, many):
    entries = entries_of(values)
    texts = [each for each in values if isinstance(each, str)]
    assert list(text_entries(texts)) == [
        entry for entry, each in zip(entries, values, strict=True) if each in texts
    ]
    told = values_of(TextColumn.of(entries) if many else entries)
    assert list(map(exact_text, told)) == list(map(exact_text, values))
    assert list(entries_of(told)) == list(entries)
    assert list(text_entries(TextColumn.of(texts))) == list(text_entries(texts))


def test_a_list_that_grows_takes_far_less_room_than_all_its_versions():
    told: Names[str] = Names()
    revising = Revising(told.code)
    whole = 0
    for count in range(1, 700):
        text = exact_text(list(range(count)))
        revising.code(0, text)
        whole += len(text)
    assert sum(map(len, told)) < whole / 8


GROWING = """
initial = {"seen": [], "total": 0}
def key(event):
    return event["data"]["a"]
def evolve(state, event):
    seen = [*state["seen"], {"at": event["at"], "amount": event["data"]["v"]}]
    return {"seen": seen, "total": state["total"] + event["data"]["v"]}
"""


def test_a_state_that_grows_with_every_event_is_there_at_every_position_also_from_the_kept_index(
    tmp_path: Path, monkeypatch
):
    from explorer.history import cache

    monkeypatch.setattr(cache, "SMALL_BYTES", 0)
    log = tmp_path / "log.jsonl"
    log.write_text(
        "".join(
            f'{{"type":"P","at":"2026-01-{28 - place % 28:02}T00:00:00Z",'
            f'"data":{{"a":"{"xyz"[place % 3]}","v":{place}.50}}}}\n'
            for place in range(300)
        )
    )
    how = OpenOptions(projection=Recipe("mine.py", "python", GROWING), cache_dir=tmp_path / "cache")
    for opening in range(2):
        document = Document.open(str(log), how)
        try:
            kept = document.keep(how)
            assert (kept is not None) == (opening == 0)
            if kept is not None:
                kept.take_place()
            for order in ("log", "time"):
                document.set_order(order)
                assert_it_is_the_fold(document, document.history)
            values = document.history.field_histories["seen"].values
            assert isinstance(values, tuple)
            assert isinstance(values[1], Revisions), opening
        finally:
            document.close()


def assert_it_is_the_fold(document: Document, history: History) -> None:
    states: dict[str, dict] = {}
    for position in range(1, len(history) + 1):
        event = document.event(position)
        state = states.setdefault(event.data["a"], {"seen": [], "total": 0})
        state["seen"] = [*state["seen"], {"at": event.at, "amount": event.data["v"]}]
        state["total"] += event.data["v"]
        if position % 37 == 0 or position > 297:
            assert dict(history.state(position).items()) == states


@given(
    values=st.lists(
        st.text(st.sampled_from("a\0jt~ü"), max_size=4)
        | st.integers()
        | st.lists(st.integers(), max_size=3)
        | st.none(),
        max_size=8,
    ),
    difference=st.booleans(),
    many=st.booleans(),
)
def test_values_are_the_same_whether_their_entries_are_a_list_or_bytes(
    values: list[object], difference: bool, many: bool
) -> None:
    entries = [
        text_entries([each])[0] if isinstance(each, str) else other_entry(exact_text(each)) for each in values
    ]
    assert list(other_entries(TextColumn.of(["1", "[]"]))) == other_entries(["1", "[]"])
    if difference:
        entries += [other_entry("[1, 2]"), other_entry(f"{SIGN}{len(entries)} 4 1 3")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(revisions, "_MOST_MADE", 1 if many else 4_096)
        plain, of_bytes = values_of(entries), values_of(TextColumn.of(entries))
    assert list(of_bytes) == list(plain)
    assert list(plain) == ([*values, [1, 2], [1, 3]] if difference else values)
    assert [of_bytes[at] for at in range(len(of_bytes))] == list(plain)
    assert list(entries_of(of_bytes)) == entries
