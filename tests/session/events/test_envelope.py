"""Is what an event says about itself found, and told what the index knows of one whose bytes are gone?"""

from explorer.eventlog import source
from explorer.eventlog.event import Event
from explorer.session.events.envelope import (
    CAUSATION,
    CORRELATION,
    LARGE_BYTES,
    envelopes,
    facts_of,
    folded,
    found_in,
    glance,
    is_large,
    readable,
    reason_of,
    size_text,
)
from tests.small_logs import event, opened


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


def test_a_large_event_is_known_by_type_entity_and_time_and_not_read(tmp_path):
    document = opened(
        tmp_path, event(1, "AccountOpened", "a"), event(2, "Noted", "a", text="x" * LARGE_BYTES)
    )
    read = []
    small = glance(document.history, 1, lambda position: read.append(position) or document.event(position))
    assert (small.data["accountId"], read) == ("a", [1])
    assert is_large(document.history, 2)
    large = glance(document.history, 2, document.event)
    assert (large.position, large.type, large.entity, large.data, large.at) == (
        2,
        "Noted",
        "a",
        {},
        "2026-01-02T10:00:00Z",
    )
    assert size_text(document.history, 1) == ""
    assert size_text(document.history, 2).endswith("bytes: see the event itself")
    document.close()


def test_an_event_whose_bytes_are_gone_is_still_known_by_the_index(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "KEPT_BYTES", 0)  # as for a large log
    document = opened(tmp_path, *(event(day, "MoneyDeposited", f"a{day}", amount=day) for day in range(1, 9)))
    read = readable(document.events)
    assert read(8).data["amount"] == 8
    with (tmp_path / "small.jsonl").open("r+b") as file:
        file.truncate(200)
    lost = read(8)
    assert (lost.position, lost.type, lost.entity) == (8, "MoneyDeposited", "a8")
    assert lost.at_ns == document.moment_ns(8)
    assert lost.data == {"…": "the bytes of this event are no longer in the file"}
    document.close()
