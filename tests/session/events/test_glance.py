"""Is what the index knows of an event told where its bytes are too many, or gone?"""

from explorer.eventlog import source
from explorer.session.events.envelope import LARGE_BYTES, glance, is_large, readable, size_text
from tests.small_logs import event, opened


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
