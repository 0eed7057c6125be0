"""Which event caused which: whatever a log calls it, in circles, in long chains, and where ids lie."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.history.events import Events
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.reasons.cause_graph import MOST_AHEAD, MOST_BACK, graph_of, notes
from explorer.session.reasons.causes import CauseNames, Causes, index_causes, names_of


def events_of(folder: Path, records: list[dict], name: str = "log.jsonl") -> tuple[Document, Events]:
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    document = Document.open(str(path))
    return document, document.history.events


def indexed(folder: Path, records: list[dict]) -> Causes:
    document, events = events_of(folder, records)
    causes = index_causes(events, names_of(events))
    document.close()
    return causes


def chain(length: int, **last: object) -> list[dict]:
    records = [
        {"type": "Step", "id": f"e{at}", "data": {"n": at}, "metadata": {"causationId": f"e{at - 1}"}}
        for at in range(1, length + 1)
    ]
    records[0]["metadata"] = dict(last)
    return records


def test_the_sample_s_deposits_are_caused_by_the_openings():
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    events = document.history.events
    causes = index_causes(events, names_of(events))
    assert causes.names == CauseNames(("metadata", "correlationId"), ("metadata", "causationId"), ("id",))
    assert causes.cause_of(2) == 1
    assert causes.effects_of(1).tolist() == [2]
    assert causes.together_with(1).tolist() == [1, 2]
    document.close()


@pytest.mark.parametrize(
    ("holder", "correlation", "causation"),
    [
        ("metadata", "correlation_id", "causation_id"),
        ("metadata", "$correlationId", "$causationId"),
        ("headers", "Correlation-ID", "Causation-ID"),
        ("meta", "traceId", "parentSpanId"),
        ("data", "correlationId", "causedBy"),
        ("", "correlationId", "causationId"),
    ],
)
def test_names_are_found_in_any_usual_spelling(tmp_path, holder, correlation, causation):
    said = {correlation: "c", causation: 7}
    records = [
        {"type": "A", "id": own, "data": {"n": 1}, **({holder: said} if holder else said)} for own in "xy"
    ]
    document, events = events_of(tmp_path, records)
    names = names_of(events)
    place = (holder,) if holder else ()
    assert (names.correlation, names.causation) == ((*place, correlation), (*place, causation))
    document.close()


def test_a_payload_s_parent_is_no_cause(tmp_path):
    document, events = events_of(tmp_path, [{"type": "A", "id": "e1", "data": {"parentId": "x"}}] * 2)
    assert not names_of(events).known
    document.close()


def test_the_id_that_causes_name_is_found_among_several(tmp_path):
    records = [
        {"type": "A", "id": at, "data": {}, "metadata": {"messageId": f"m{at}", "causationId": f"m{at - 1}"}}
        for at in range(1, 5)
    ]
    causes = indexed(tmp_path, records)
    assert causes.names.own == ("metadata", "messageId")
    assert causes.cause_of(4) == 3


def test_odd_values_are_read_as_the_log_reads_them(tmp_path):
    records = chain(5)
    records[2]["metadata"] = "none"
    records[3]["metadata"] = {"causationId": {"$oid": "e1"}}
    records[4]["metadata"] = {"causationId": ["e1"], "other": 1.5}
    causes = indexed(tmp_path, records)
    assert [causes.cause_of(at) for at in range(1, 6)] == [None, 1, None, 1, None]


def test_an_event_that_causes_itself_has_no_cause(tmp_path):
    causes = indexed(tmp_path, chain(3, causationId="e1"))
    assert causes.cause_of(1) is None
    assert not causes.names_a_cause(1)
    assert causes.effects_of(1).tolist() == [2]


def test_a_circle_is_walked_once_and_said(tmp_path):
    graph = graph_of(indexed(tmp_path, chain(4, causationId="e4")), 2)
    assert sorted(node.position for node in graph.nodes) == [1, 2, 3, 4]
    assert any("circle" in note for note in notes(graph))


def test_a_chain_of_ten_thousand_is_bounded_with_a_note(tmp_path):
    causes = indexed(tmp_path, chain(10_000))
    graph = graph_of(causes, 5_000)
    assert len(graph.nodes) == MOST_BACK + 1 + MOST_AHEAD
    assert graph.nodes[graph.here].position == 5_000
    assert [note.split(" are")[0] for note in notes(graph)] == [
        "at least 980 earlier causes",
        "at least 940 more effects",
    ]
    near = graph_of(causes, 500)
    assert (near.hidden_causes, near.first) == (499 - MOST_BACK, 1)


def test_a_cause_outside_the_log_is_a_node_without_an_event(tmp_path):
    graph = graph_of(indexed(tmp_path, chain(2, causationId="a command")), 2)
    assert [(node.relation, node.position) for node in graph.nodes] == [
        ("outside", 0),
        ("cause", 1),
        ("here", 2),
    ]


def test_one_event_with_many_effects_says_how_many_are_not_drawn(tmp_path):
    records = chain(1) + [
        {"type": "B", "id": f"f{at}", "data": {}, "metadata": {"causationId": "e1"}} for at in range(100)
    ]
    graph = graph_of(indexed(tmp_path, records), 1)
    assert graph.nodes[0].more + len(graph.nodes) - 1 == 100
    assert [node.row for node in graph.nodes[1:]] == list(range(len(graph.nodes) - 1))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=20))
def test_the_index_is_what_a_search_of_every_event_finds(tmp_path_factory, pairs):
    records = [
        {
            "type": "A",
            "data": {},
            "id": f"e{own}",
            "metadata": {"causationId": f"e{cause}", "correlationId": cause % 3},
        }
        for own, cause in pairs
    ]
    causes = indexed(tmp_path_factory.mktemp("causes"), records)
    for at, (own, cause) in enumerate(pairs, 1):
        others = [place for place, (_, named) in enumerate(pairs, 1) if named == own and place != at]
        found = [place for place, (named, _) in enumerate(pairs, 1) if named == cause]
        earlier = [place for place in found if place < at]
        expected = None if cause == own or not found else (earlier[-1] if earlier else found[0])
        if causes.names.own == ("id",):
            assert causes.cause_of(at) == expected
            assert causes.effects_of(at).tolist() == others
        together = [place for place, (_, named) in enumerate(pairs, 1) if named % 3 == cause % 3]
        assert causes.together_with(at).tolist() == together
        graph_of(causes, at)
