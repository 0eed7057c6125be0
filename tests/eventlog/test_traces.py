"""Do the histories open that programs keep of themselves: XES, OCEL, Redux DevTools, Temporal?"""

import base64
import json
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from explorer.eventlog.log import open_log
from tests.eventlog.test_statements import read, state, written

XES = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made -->
<log xes.version="2.0" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="event"><string key="concept:name" value="name"/></global>
<string key="creator" value="x"/>
<trace><string key="concept:name" value="case 7"/><int key="age" value="41"/>
<event><string key="concept:name" value="open"/><date key="time:timestamp" value="2025-01-01T10:00:00+01:00"/>
<float key="cost" value="12.50"/><list key="tags"><values><string key="a" value="1"/></values></list></event>
<event><string key="concept:name" value="close &amp; go"/><boolean key="ok" value="true"/></event>
</trace><trace><event><string key="concept:name" value="open"/></event></trace></log>
"""


def test_xes_traces_are_entities_and_their_attributes_stand_in_each_event(tmp_path: Path) -> None:
    records, batch = read(written(tmp_path, "a.xes", XES))
    assert records == [
        {"case": "case 7", "trace:age": 41, "concept:name": "open", "time:timestamp": "2025-01-01T10:00:00+01:00",
         "cost": Decimal("12.50"), "tags": {"a": "1"}},
        {"case": "case 7", "trace:age": 41, "concept:name": "close & go", "ok": True},
        {"case": "trace 2", "concept:name": "open"},
    ]  # fmt: skip
    assert [(each.type, each.entity) for each in batch.events] == [
        ("open", "case 7"), ("close & go", "case 7"), ("open", "trace 2"),
    ]  # fmt: skip
    assert batch.lines == [8, 10, 11]
    _, cut = read(written(tmp_path, "b.xes", XES[: XES.index("<boolean")]))
    assert [each.reason for each in cut.unread] == ["the XML ends early"]


def action(kind: str, account: str, amount: str) -> str:
    return f'{{"type":"{kind}","data":{{"accountId":"{account}","amount":{amount}}},"at":"2025-01-01T00:00:00Z"}}'


ACTIONS = [
    action("MoneyDeposited", "a", "12.50"),
    action("MoneyWithdrawn", "a", "2.25"),
    action("MoneyDeposited", "ü", "7"),
]


def lifted(skipped: list[int]) -> str:
    actions = ['{"type":"@@INIT"}', *ACTIONS]
    by_id = ",".join(
        f'"{n}":{{"type":"PERFORM_ACTION","action":{each},"timestamp":{1_700_000_000_000 + n}}}'
        for n, each in enumerate(actions)
    )
    return f'{{"monitorState":null,"actionsById":{{{by_id}}},"nextActionId":4,"stagedActionIds":[0,1,2,3],"skippedActionIds":{skipped},"computedStates":[]}}'  # noqa: E501


def test_redux_actions_are_events_and_skipped_ones_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a.json", lifted([2]))
    records, _ = read(path)
    assert [each["type"] for each in records] == ["MoneyDeposited", "MoneyDeposited"]
    assert records[0]["dispatchedAt"] == 1_700_000_000_001
    assert state(path, capsys)["state"]["a"]["balance"] == Decimal("12.50")
    with open_log(path) as log:
        assert log.format == "Redux DevTools (states, 1 skipped)"


def test_redux_actions_in_a_text_have_their_place_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps({"payload": f"[{', '.join(ACTIONS)}, 7]", "preloadedState": "{}"}, indent=1)
    path = written(tmp_path, "a.json", text)
    records, batch = read(path)
    assert [each["data"]["amount"] for each in records] == [Decimal("12.50"), Decimal("2.25"), 7]
    assert [each.reason for each in batch.unread] == ["it is no action (an object)"]
    for event, offset, size in zip(batch.events, batch.offsets, batch.lengths, strict=True):
        raw = path.read_bytes()[offset : offset + size]
        assert json.loads(json.loads(b'"' + raw + b'"'), parse_float=Decimal) == event.record
    assert {account: each["balance"] for account, each in state(path, capsys)["state"].items()} == {
        "a": Decimal("10.25"), "ü": 7,
    }  # fmt: skip


def test_temporal_histories_have_their_attributes_as_payload_decoded(tmp_path: Path) -> None:
    def coded(value: Any, encoding: str = "json/plain") -> dict[str, Any]:
        return {
            "metadata": {"encoding": base64.b64encode(encoding.encode()).decode()},
            "data": base64.b64encode(json.dumps(value).encode()).decode(),
        }

    begun = {"workflowId": "w-1", "input": {"payloads": [coded({"n": 1})]}}
    done = {"result": {"payloads": [coded("x", "binary/encrypted")]}}
    events = [
        {"eventId": "1", "eventTime": "2025-01-01T00:00:00.123456789Z", "eventType": "EVENT_TYPE_STARTED",
         "taskId": "9", "workflowExecutionStartedEventAttributes": begun},
        {"eventId": "2", "eventTime": "2025-01-01T00:00:01Z", "eventType": "EVENT_TYPE_DONE",
         "workflowExecutionCompletedEventAttributes": done},
    ]  # fmt: skip
    history = {"events": events}
    _, batch = read(written(tmp_path, "a.json", json.dumps(history, indent=2)))
    first, second = batch.events
    assert (first.type, first.entity, first.sequence) == ("EVENT_TYPE_STARTED", "w-1", 1)
    assert first.data == {"workflowId": "w-1", "input": {"payloads": [{"n": 1}]}}
    assert second.entity == "w-1"
    assert second.data["result"]["payloads"][0]["metadata"]  # type: ignore[index, call-overload] - stays as it is


def test_what_redux_itself_computed_is_what_its_actions_come_to(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shared_data / "redux-devtools" / "accounts.lifted.json"
    whole = json.loads(path.read_text("utf-8"))
    computed = whole["computedStates"][-1]["state"]
    found = {account: float(each["balance"]) for account, each in state(path, capsys)["state"].items()}
    accounts = computed.get("accounts", computed)
    assert found == pytest.approx({account: each["balance"] for account, each in accounts.items()})


def test_redux_actions_whose_first_state_stands_before_them_are_found(tmp_path: Path) -> None:
    actions = [{"type": "added", "payload": 2}, {"type": "taken", "payload": {"n": 3}}]
    told = {"preloadedState": json.dumps({"a": '"}'}), "payload": json.dumps(actions)}
    path = tmp_path / "r.json"
    path.write_text(json.dumps(told, indent=2))
    with closing(open_log(path)) as log:
        [batch] = log.batches()
    assert [(each.type, each.data["payload"]) for each in batch.events] == [("added", 2), ("taken", {"n": 3})]


def test_histories_of_several_workflows_in_one_file_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    lines = []
    for name in ("wf-1", "wf-2"):
        started = {"eventId": "1", "eventTime": "2024-01-01T00:00:00Z", "eventType": "WorkflowExecutionStarted",
                   "workflowExecutionStartedEventAttributes": {"workflowId": name}}  # fmt: skip
        done = {"eventId": "2", "eventTime": "2024-01-01T00:00:01Z", "eventType": "Completed",
                "completedEventAttributes": {"n": 1}}  # fmt: skip
        lines.append(json.dumps({"events": [started, done]}))
    path.write_text("\n".join(lines) + "\n")
    with closing(open_log(path)) as log:
        events = [event for batch in log.batches() for event in batch.events]
    assert [each.entity for each in events] == ["wf-1", "wf-1", "wf-2", "wf-2"]


def test_an_event_of_xes_that_stands_in_no_trace_is_nobodys(tmp_path: Path) -> None:
    event = '<event><string key="concept:name" value="{}"/></event>'
    path = tmp_path / "a.xes"
    path.write_text(f'<log xes.version="1.0">{event.format("A")}<trace>{event.format("B")}</trace></log>')
    with closing(open_log(path)) as log:
        [batch] = log.batches()
    assert [(each.type, each.entity) for each in batch.events] == [("A", None), ("B", "trace 1")]
