"""Do a person's own rules decide, in any domain, and is a rejection told from a fault?"""

from decimal import Decimal
from pathlib import Path

import pytest

from explorer.domain.rules import Rejection
from explorer.eventlog.errors import LogError
from explorer.history.traces import Tracing
from explorer.projection.javascript import available
from explorer.projection.model import Recipe
from explorer.projection.program_rules import decision_of, state_first
from explorer.session.changes.own_rules import (
    OwnCommand,
    OwnRules,
    command_types,
    has_own_rules,
    own_command,
    own_drafts,
)
from explorer.session.document import Document
from explorer.session.options import OpenOptions

SEATS = '{"type":"SeatReserved","data":{"seat":"A1","by":"Ada"},"at":"2026-01-01T09:00:00Z"}\n'
JS = """const key = (event) => event.data.seat ?? null;
const evolve = (state, { type, data }) => type === 'SeatReserved' ? { by: data.by } : {};
const decide = (command, state) => {
  switch (command.type) {
    case 'ReserveSeat':
      if (state?.by) throw new Error(`the seat is ${state.by}'s`);
      return { type: 'SeatReserved', data: { seat: command.entity, by: command.data.by, price: command.data.price } };
    case 'FreeSeat':
      return state?.by ? [{ type: 'SeatFreed', data: { seat: command.entity } }] : [];
    case 'Forget':
      return { type: 'Forgotten', data: {} };
    default:
      return command.none.more;
  }
};
"""
PY = """def key(event):
    return event['data']['seat']
def evolve(state, event):
    return {'by': event['data'].get('by')}
def decide(state, command):
    if command['type'] == 'ReserveSeat':
        if state and state['by']:
            raise ValueError(f"the seat is {state['by']}'s")
        return {'type': 'SeatReserved', 'data': {'seat': command['entity'], 'price': command['data']['price']}}
    elif command['type'] == "FreeSeat":
        return [{'type': 'SeatFreed', 'data': {'seat': command['entity']}}] if state else []
    return command.none
"""
LANGUAGES = [
    pytest.param(
        ("javascript", JS), marks=pytest.mark.skipif(not available(), reason="needs the extra `javascript`")
    ),
    ("python", PY),
]


def opened(folder: Path, language: str, text: str, log: str = SEATS) -> Document:
    path = folder / "seats.jsonl"
    path.write_text(log, encoding="utf-8")
    return Document.open(str(path), OpenOptions(projection=Recipe(f"own.{language}", language, text)))  # type: ignore[arg-type]


def asked(kind: str, entity: str, data: str = "{}", reason: str = "") -> OwnCommand:
    found = own_command(kind, entity, data, reason)
    assert isinstance(found, OwnCommand)
    return found


@pytest.mark.parametrize("written", LANGUAGES)
def test_rules_accept_with_events_to_the_last_digit_or_reject_with_their_own_reason(
    tmp_path: Path, written: tuple[str, str]
) -> None:
    document = opened(tmp_path, *written)
    rules = OwnRules(document)
    try:
        assert has_own_rules(document)
        assert command_types(document)[:2] == ["ReserveSeat", "FreeSeat"]
        taken = rules.decide(asked("ReserveSeat", "A1", '{"by": "Linus", "price": 1}'))
        assert isinstance(taken, Rejection)
        assert taken.reason == "the seat is Ada's"
        command = asked("ReserveSeat", "A2", '{"by": "Linus", "price": 10.5}', "first row")
        found = rules.decide(command)
        assert not isinstance(found, Rejection)
        (draft,) = own_drafts(command, found)
        assert (draft.type, draft.data["seat"], draft.data["price"]) == (
            "SeatReserved",
            "A2",
            Decimal("10.5"),
        )
        assert draft.metadata == {"reason": "first row"}
        nothing = rules.decide(asked("FreeSeat", "A3"))
        assert isinstance(nothing, Rejection)
        assert nothing.reason == "nothing follows from it"
        with pytest.raises(LogError, match="decide failed"):
            rules.decide(asked("Nonsense", "A1"))
        assert not isinstance(rules.decide(asked("FreeSeat", "A1")), Rejection)  # and its process goes on
    finally:
        rules.close()
        document.close()


@pytest.mark.skipif(not available(), reason="needs the extra `javascript`")
def test_without_a_key_an_event_has_to_name_whose_it_is_where_the_log_finds_it(tmp_path: Path) -> None:
    keyless = JS.split("\n", 1)[1]
    document = opened(tmp_path, "javascript", keyless)
    rules = OwnRules(document)
    try:
        found = rules.decide(asked("ReserveSeat", "A1"))
        assert isinstance(found, Rejection)
        assert found.reason == "nothing in this log tells whose an event is: define key(event)"
    finally:
        rules.close()
        document.close()
    document = opened(tmp_path, "javascript", keyless, SEATS.replace('"seat"', '"accountId"'))
    rules = OwnRules(document)
    try:
        taken = rules.decide(asked("ReserveSeat", "A1"))
        assert isinstance(taken, Rejection)
        assert taken.reason == "the seat is Ada's"
        found = rules.decide(asked("Forget", "A1"))
        assert isinstance(found, Rejection)
        assert "does not name A1" in found.reason
    finally:
        rules.close()
        document.close()


def test_rules_decide_for_a_log_in_which_nothing_has_happened_yet(tmp_path: Path) -> None:
    document = opened(tmp_path, "python", PY, "")
    tracing = Tracing(document.recorded, document.read_model)
    try:
        decided = tracing.decide("A1", {"type": "ReserveSeat", "entity": "A1", "data": {"price": 2}})
        assert decided.events[0][1] == {"seat": "A1", "price": 2}
    finally:
        tracing.close()
        document.close()


def test_what_is_not_filled_in_is_said_before_anybody_decides() -> None:
    for given in (
        ("", "A1", "{}", ""),
        ("X", " ", "{}", ""),
        ("X", "A1", "[1]", ""),
        ("X", "A1", "{amount: 1}", ""),
    ):
        assert isinstance(own_command(*given), Rejection)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("const decide = (command, state) => []", False),
        ("const decide = (state, command) => []", True),
        ("function decide(state, cmd) {}", True),
        ("def decide(command, state):", False),
        ("def decide(state, command):", True),
        ("export const decide = ({ type, data }, state) => []", False),
        ("module.exports = { decide: (s, c) => [] }", False),
    ],
)
def test_the_names_of_the_parameters_tell_their_order(text: str, first: bool) -> None:
    assert state_first(text) is first


def test_what_is_returned_is_events_or_a_reason() -> None:
    assert decision_of([{"type": "A", "data": {"v": 1}, "metadata": {"m": 1}}]).events == [
        ("A", {"v": 1}, {"m": 1})
    ]
    assert decision_of({"type": "A", "v": 1}).events == [("A", {"v": 1}, {})]
    assert decision_of({"error": "no"}).rejected == "no"
    assert decision_of(None).events == ()
    for wrong in ([1], {"type": ""}, {"type": "A", "data": 1}, "no"):
        with pytest.raises(TypeError):
            decision_of(wrong)
