"""Is one event traced again in a process of its own, as one of its entity's events?"""

import json

import pytest

from explorer.history import traces
from explorer.history.traces import TooMany, Tracing
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.changes.traced_code import TracedCode, names_at, rows_of
from explorer.session.document import Document

SAMPLE = resource("samples", "small-bank.jsonl")


@pytest.fixture
def document():
    opened = Document.open(str(SAMPLE))
    yield opened
    opened.close()


def test_the_state_before_and_after_is_that_of_the_index_in_either_order_of_time(document: Document) -> None:
    text = resource("projections", "accounts.py").read_text(encoding="utf-8")
    model = choose(Recipe("accounts.py", "python", text), [], document.events.log.fields)
    for order in ("log", "time"):
        document.set_order(order)
        tracing = Tracing(document.history, model)
        try:
            for position in (17, 120, 203):
                for entity in document.history.entities_of(position):
                    trace = tracing.trace(entity, position)
                    for told, place in ((trace.before, position - 1), (trace.after, position)):
                        state = document.history.state(place)
                        code = state.find(entity)
                        assert code is not None
                        assert json.loads(told)["balance"] == pytest.approx(
                            float(str(state.row(code)["balance"]))
                        )
                    assert trace.steps
        finally:
            tracing.close()


def test_an_entity_with_too_long_a_history_is_refused_and_it_is_said(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "MOST_BEFORE", 3)
    code = TracedCode(document)
    try:
        with pytest.raises(TooMany):
            code._tracing("python").trace("acc-1", document.event_count)
        last = int(document.history.positions_of("acc-1")[-1])
        told = code.of("python", last)
        assert told.trace is None
        assert "events of acc-1 stand before" in told.said
    finally:
        code.close()


def test_what_javascript_rounds_stands_beside_its_exact_value(document: Document) -> None:
    code = TracedCode(document)
    try:
        told = code.of("javascript", 17)
        assert told.trace is not None
        assert "Exactly, balance is 1244.67: numbers are doubles in JavaScript." in told.said
        assert ["balance", "~"] in [[row.name, row.mark] for row in rows_of(told.trace)]
        assert [row.name for row in names_at(told.trace, 0)][:2] == ["state", "event"]
        assert code.of("python", 17).said == ""
        assert code.of("python", 0).trace is None
    finally:
        code.close()
