"""Does a text in any cell find what it stands in, name by name and number by number, however many there are?"""

import random

import numpy as np
import pytest

from explorer.eventlog.names import Names
from explorer.eventlog.text_columns import TextColumn
from explorer.eventlog.text_names import TextNames
from explorer.session.find import state_filter
from explorer.session.find.state_filter import StateFilter, _folded, _holding
from explorer.session.state.state_view import whole_text
from tests.small_logs import event, opened

TEXTS = [
    "acc-1", "ACC-12", "Straße 7", "İstanbul", "two\nlines", "", "\u2212 5", "a\udc80b", "\n", "Σίσυφος", "acc\n-1",
]  # fmt: skip


@pytest.mark.parametrize(
    "needle", ["acc-1", "strasse", "i\u0307", "o\nl", "\n", "- 5", "\udc80", "σ", "nowhere"]
)
@pytest.mark.parametrize("as_column", [False, True])
def test_texts_are_looked_through_together_as_one_by_one(needle, as_column):
    for texts in (TEXTS, [text for text in TEXTS if "\n" not in text], TEXTS[:1], []):
        wanted = [needle in _folded(text) for text in texts]
        assert _holding(TextColumn.of(texts) if as_column else texts, needle) == wanted


def test_names_come_in_parts_that_are_all_of_them():
    texts = [f"acc-{at}" for at in range(70_000)]
    for names in (Names(texts), TextNames(texts)):
        assert [name for part in names.parts() for name in part] == texts


def test_numbers_of_many_are_looked_through_as_columns_and_that_can_be_stopped(tmp_path, monkeypatch):
    chance = random.Random(3)
    document = opened(tmp_path, *(
        event(1, kind, f"acc-{at % 60}", amount=chance.randrange(1, 900), owner="Ada")
        for at in range(300)
        for kind in (("AccountOpened",) if at < 50 else ("MoneyDeposited", "MoneyWithdrawn")[at % 2 :][:1])
    ))  # fmt: skip
    state = document.history.state(280)
    wanted = [
        any("11" in _folded(whole_text(value)) for value in (name, *row.values()))
        for name, row in state.items()
    ]
    monkeypatch.setattr(state_filter, "_ONE_BY_ONE", 0)
    monkeypatch.setattr(state_filter, "_TEXTS", 7)
    told = []
    found = StateFilter(document.history, document.noun, "11")
    flags = found.flags(state, lambda done, total: told.append((done, total)))
    assert flags[np.asarray(state.codes)].tolist() == wanted
    assert any(wanted)
    assert len(told) > 10

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        StateFilter(document.history, document.noun, "11").flags(state, stop)
    document.close()
