"""Is the state where a person stands made once, however many ask for it?"""

from collections import Counter
from contextlib import closing

import pytest

from explorer.history.history import History
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.stand import Stand


def test_a_state_is_made_once_and_only_for_who_asks(monkeypatch: pytest.MonkeyPatch):
    made: Counter[int] = Counter()
    make = History.state

    def counted(history: History, position: int) -> object:
        made[position] += 1
        return make(history, position)

    monkeypatch.setattr(History, "state", counted)
    with closing(Document.open(str(resource("samples", "three-events.jsonl")))) as document:
        made.clear()
        stand = Stand(document, 3)
        assert made == {}
        assert stand.state_at(3) is stand.state is stand.view.state
        assert stand.state_at(2) is stand.before
        assert made == {3: 1, 2: 1}
        assert stand.state_at(1).position == 1
        assert Stand(document, 0).before.position == 0
