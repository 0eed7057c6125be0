"""Is what an event says about itself found, however it is spelled, and nothing else taken for it?"""

from explorer.eventlog.event import Event
from explorer.session.events.envelope import (
    CAUSATION,
    CORRELATION,
    envelopes,
    facts_of,
    folded,
    found_in,
    reason_of,
)


def test_names_are_the_same_however_they_are_spelled():
    assert {folded(name) for name in ("$correlationId", "correlation_id", "Correlation-Id")} == {
        "correlationid"
    }


def test_the_best_name_counts_and_only_with_a_text_or_a_number():
    holder = {"traceId": "t", "correlation_id": "c", "conversationId": None}
    assert found_in(holder, CORRELATION) == "correlation_id"
    assert found_in({"causationId": {"id": 1}}, CAUSATION) is None


def test_metadata_comes_before_the_record_and_the_payload_is_no_envelope():
    data = {"reason": "of the payload"}
    record = {"type": "A", "metadata": {"note": "n"}, "data": data, "user": "ada"}
    event = Event(1, "A", None, data, record=record)
    assert [path for path, _ in envelopes(event)] == [("metadata",), ()]
    assert [path for path, _ in envelopes(Event(1, "A", None, record, record=record))] == [("metadata",)]


def test_a_reason_is_that_of_the_metadata_before_that_of_the_payload():
    data = {"reason": "lost card", "note": "never a reason"}
    assert reason_of(Event(1, "A", None, data, record={"data": data})) == "lost card"
    record = {"data": data, "metadata": {"comment": "by phone"}}
    assert reason_of(Event(1, "A", None, data, record=record)) == "by phone"
    assert reason_of(Event(1, "A", None, {"note": "x"}, record={"data": {"note": "x"}})) == ""


def test_facts_are_texts_numbers_and_truths_as_they_stand():
    metadata = {"user": "ada", "retry": True, "n": 3, "nested": {"a": 1}, "none": None}
    event = Event(1, "A", None, {}, record={"data": {}, "metadata": metadata})
    assert facts_of(event) == [("user", "ada"), ("retry", "true"), ("n", "3")]
