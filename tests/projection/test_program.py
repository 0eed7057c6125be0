"""Does a person's own program get the whole history, and does its failure hurt nothing but what it failed at?"""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import Event, FieldMap
from explorer.history.history import Order
from explorer.projection.choose import choose
from explorer.projection.model import Recipe
from explorer.projection.program import Program, ProgramError, as_text
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.recipes import recipe

BALANCES = resource("projections", "balances.py").read_text(encoding="utf-8")
KEY = "def key(event):\n    return event['data'].get('a')\n"
NESTED = KEY + (
    "initial = {'items': [], 'by': {}}\n"
    "def evolve(state, event):\n"
    "    state['items'].append(event['data'].get('v'))\n"  # a state that is changed in place is a state too
    "    state['by'][event['type']] = state['by'].get(event['type'], 0) + 1\n"
    "    return {**state, 'last': event['position']}\n"
)
IN_ORDER = KEY + (
    "initial = ''\ndef evolve(state, event):\n    return state + str(event['position']) + ' '\n"
)


def opened(path: Path, text: str) -> Document:
    return Document.open(str(path), OpenOptions(projection=Recipe("mine.py", "python", text)))


def written(folder: Path, records: list[dict[str, object]]) -> Path:
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def by_plain_fold(text: str, events: list[Event]) -> dict[str, object]:
    """What the program says in this process, without an index: the next state from the last, event by event."""
    space: dict[str, object] = {}
    exec(text, space)  # noqa: S102 - the examples are our own
    states: dict[str, object] = {}
    for event in events:
        told = {"type": event.type, "data": event.data, "at": event.at, "position": event.position}
        key = space["key"](told)
        if key is not None:
            first = json.loads(json.dumps(space.get("initial")))
            states[str(key)] = space["evolve"](states.get(str(key), first), told | {"key": key})
    return states


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["P", "Q"]),
            "at": st.integers(1, 28).map(lambda day: f"2026-01-{day:02}T00:00:00Z"),
            "data": st.fixed_dictionaries({"v": st.integers(0, 9)}, optional={"a": st.sampled_from("xyz")}),
        }
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("order", ["log", "time"])
@pytest.mark.parametrize("text", [NESTED, IN_ORDER], ids=["nested", "in order"])
@settings(max_examples=8)
@given(records=RECORDS, data=st.data())
def test_the_state_at_any_position_is_what_the_program_makes_of_the_events_before_it(
    tmp_path_factory: pytest.TempPathFactory,
    order: Order,
    text: str,
    records: list[dict[str, object]],
    data: st.DataObject,
) -> None:
    document = opened(written(tmp_path_factory.mktemp("log"), records), text)
    try:
        document.set_order(order)
        events = [document.event(position) for position in range(1, len(records) + 1)]
        for position in {0, len(events), data.draw(st.integers(0, len(events)))}:
            expected = by_plain_fold(text, events[:position])
            found = dict(document.history.state(position).items())
            if text == IN_ORDER:
                found = {key: state["state"] for key, state in found.items()}
            assert found == expected
    finally:
        document.close()


def test_the_example_agrees_with_the_built_in_accounts_at_every_position() -> None:
    sample = resource("samples", "small-bank.jsonl")
    program, built_in = opened(sample, BALANCES), Document.open(str(sample))
    try:
        for position in range(built_in.event_count + 1):
            ours = {key: state["balance"] for key, state in program.history.state(position).items()}
            theirs = {key: state["balance"] for key, state in built_in.history.state(position).items()}
            assert ours == theirs
    finally:
        program.close()
        built_in.close()


def test_a_failure_is_told_at_its_event_and_the_states_before_it_and_of_others_stay(tmp_path: Path) -> None:
    text = KEY + (
        "def evolve(state, event):\n    count = event['data']['v']\n    return {'share': 12 // count}\n"
    )
    values = [("x", 3), ("y", 4), ("x", 0), ("x", 2), ("y", 6)]
    log = written(tmp_path, [{"type": "P", "data": {"a": a, "v": v}} for a, v in values])
    document = opened(log, text)
    try:
        assert dict(document.history.state(2).items()) == {"x": {"share": 4}, "y": {"share": 3}}
        assert dict(document.history.state(5).items()) == {"x": {"share": 4}, "y": {"share": 2}}
        reasons = {each.position: each for each in document._collected.problems}
        assert list(reasons) == [3, 4]
        assert reasons[3].reason.startswith("evolve failed: ZeroDivisionError: ")
        assert reasons[3].reason.endswith("(mine.py, line 5)")
        assert "return {'share': 12 // count}" in reasons[3].details
        assert reasons[4].reason == "cut short: the state of “x” failed at event 3"
    finally:
        document.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def key(event):\n    return (\n", r"mine\.py, line 2, column 12: '\(' was never closed"),
        ("def key(event): ...\n", r"mine\.py: it does not define evolve\(state, event\)"),
        ("x = 1\n", r"mine\.py: it does not define key\(event\)"),
        ("\0", r"mine\.py, line 1, column 1: "),
    ],
)
def test_what_is_no_read_model_is_refused_before_it_runs(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.py"
    file.write_text(text)
    with pytest.raises(LogError, match=said):
        recipe(str(file))


def test_a_program_that_fails_when_it_is_loaded_says_so(tmp_path: Path) -> None:
    log = written(tmp_path, [{"type": "P", "data": {"a": "x"}}])
    with pytest.raises(
        LogError, match=r"^mine\.py: line 5, column 1: it fails when it is loaded: ZeroDivisionError"
    ):
        opened(log, KEY + "def evolve(state, event):\n    return state\n1 / 0\n")


def test_a_program_never_runs_in_the_process_that_shows_it(tmp_path: Path) -> None:
    text = (
        KEY
        + "import os\ndef evolve(state, event):\n    print('not an answer')\n    return {'process': os.getpid()}\n"
    )
    document = opened(written(tmp_path, [{"type": "P", "data": {"a": "x"}}]), text)
    try:
        state = dict(document.history.state(1).items())
        assert state["x"]["process"] != os.getpid()
    finally:
        document.close()
    model = choose(Recipe("mine.py", "python", text), [], FieldMap())
    with pytest.raises(TypeError, match="one event after the other"):
        model.effects(Event(1, "P", None, {"a": "x"}))


def test_what_is_no_json_is_refused_at_its_event(tmp_path: Path) -> None:
    text = KEY + (
        "def evolve(state, event):\n"
        "    v = event['data']['v']\n"
        "    return {'v': v * 0.1, 'f': key if v else 1}\n"
    )
    document = opened(written(tmp_path, [{"type": "P", "data": {"a": "x", "v": v}} for v in (0, 3)]), text)
    try:
        assert dict(document.history.state(2).items()) == {"x": {"v": Decimal("0.0"), "f": 1}}
        assert "a state is JSON, and holds no function" in document._collected.problems[0].reason
    finally:
        document.close()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("float('nan')", "a state is JSON, and holds no NaN"),
        ("[{'b': Decimal('-Infinity')}]", "a state is JSON, and holds no -Infinity"),
        ("10 ** 5000", "a number of it has more than 4,000 digits"),
        ("Decimal('1e5000')", "a number of it has more than 4,000 digits"),
        ("deep()", "it is nested more than 512 levels deep"),
    ],
)
def test_what_no_index_can_hold_is_refused_at_its_event_too(tmp_path: Path, value: str, said: str) -> None:
    text = KEY + (
        "from decimal import Decimal\n"
        "def deep():\n    found = 1\n    for _ in range(600):\n        found = [found]\n    return found\n"
        f"def evolve(state, event):\n    return {{'v': {value} if event['data']['v'] else 1}}\n"
    )
    document = opened(written(tmp_path, [{"type": "P", "data": {"a": "x", "v": v}} for v in (0, 3)]), text)
    try:
        assert dict(document.history.state(2).items()) == {"x": {"v": 1}}
        assert said in document._collected.problems[0].reason
    finally:
        document.close()


def test_half_a_character_is_kept_and_an_entity_that_is_named_twice_is_folded_once(tmp_path: Path) -> None:
    text = (
        "def key(event):\n    return ['x', event['data']['to']]\n"
        "def evolve(state, event):\n"
        "    return {'n': (state or {'n': 0})['n'] + 1, 'v': event['data']['v']}\n"
    )
    log = written(tmp_path, [{"type": "P", "data": {"to": to, "v": "\ud800"}} for to in ("y", "x")])
    document = opened(log, text)
    try:
        assert dict(document.history.state(2).items())["x"] == {"n": 2, "v": "\ud800"}
        assert as_text({"v": ["\ud800", Decimal("1.50"), None]}) == '{"v":["\\ud800",1.50,null]}'
    finally:
        document.close()


def test_the_command_line_runs_a_program_only_when_told_to_trust_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(BALANCES)
    words = [
        "state",
        str(resource("samples", "small-bank.jsonl")),
        "--projection",
        str(file),
        "--format",
        "json",
    ]
    assert main(words) == 2
    assert capsys.readouterr().err.endswith(
        "mine.py: it is a program and runs with your rights: look at it, then say --trust\n"
    )
    assert main([*words, "--trust"]) == 0
    assert main(words) == 0  # it is known now
    file.write_text(BALANCES + "\n")
    assert main(words) == 2  # another program
    capsys.readouterr()


def test_a_program_is_one_read_model_after_another_process_made_it() -> None:
    model = Program("mine.py", BALANCES)
    assert choose(model.recipe, [], FieldMap()).recipe == model.recipe
    with pytest.raises(ProgramError):
        Program("mine.py", "x")
