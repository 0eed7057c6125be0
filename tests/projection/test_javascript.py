"""Does a program in JavaScript get the whole history, and can it hurt nothing but what it fails at?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.eventlog.errors import LogError
from explorer.projection.javascript import JavaScriptProgram, available, value_of
from explorer.projection.model import Recipe
from explorer.projection.program import ProgramError
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.recipes import recipe
from explorer.session.trust import Trust

pytestmark = pytest.mark.skipif(not available(), reason="needs the extra `javascript`")

EVOLVE = "const evolve = (state, event) => "


def opened(path: Path, text: str) -> Document:
    return Document.open(str(path), OpenOptions(projection=Recipe("mine.js", "javascript", text)))


def written(folder: Path, *records: dict[str, object]) -> Path:
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def amounts(folder: Path, *texts: str) -> Path:
    """A log of one account; the amounts as they are written."""
    path = folder / "log.jsonl"
    line = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":%s}}\n'
    path.write_text("".join(line % text for text in texts), encoding="utf-8")
    return path


def state_of(path: Path, text: str) -> tuple[dict[str, object], list[str]]:
    """The state at the end, and what is said of events."""
    document = opened(path, text)
    try:
        reasons = [each.reason for each in document.problems]
        return dict(document.history.state(document.event_count).items()), reasons
    finally:
        document.close()


SUM = EVOLVE + "({ balance: (state?.balance ?? 0) + event.data.amount });"


def test_the_example_agrees_with_the_built_in_accounts_to_fifteen_digits_at_every_position() -> None:
    sample = resource("samples", "small-bank.jsonl")
    text = resource("projections", "accounts.js").read_text(encoding="utf-8")
    program, built_in = opened(sample, text), Document.open(str(sample))
    try:
        for position in range(built_in.event_count + 1):
            ours = dict(program.history.state(position).items())
            for key, state in built_in.history.state(position).items():
                assert ours[key]["owner"] == state["owner"]
                assert ours[key]["status"] == state["status"]
                assert abs(Decimal(str(ours[key]["balance"])) - Decimal(str(state["balance"]))) < Decimal(
                    "1e-9"
                )
    finally:
        program.close()
        built_in.close()


def test_where_doubles_round_the_event_says_it_with_the_exact_value_beside(tmp_path: Path) -> None:
    state, said = state_of(amounts(tmp_path, "0.1", "0.2", "0.3"), SUM)
    assert state == {"a": {"balance": Decimal("0.6000000000000001")}}
    assert said == [
        "balance is 0.30000000000000004 in JavaScript, where numbers are doubles; exactly it is 0.3",
        "balance is 0.6000000000000001 in JavaScript, where numbers are doubles; exactly it is 0.6",
    ]


def test_an_amount_that_no_double_can_hold_is_said_as_it_stands_in_the_log(tmp_path: Path) -> None:
    log = amounts(tmp_path, "12345678901234567.89", "1", "9007199254740993")
    state, said = state_of(log, EVOLVE + "({ seen: event.data.amount });")
    assert state == {"a": {"seen": 9007199254740992}}
    assert [each.partition(" in ")[0] for each in said] == [
        "amount is 12345678901234567.89, and 12345678901234568",
        "amount is 9007199254740993, and 9007199254740992",
    ]


def test_a_big_integer_keeps_every_digit_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    text = "const initialState = { n: 2n ** 70n };\n" + EVOLVE + "({ n: state.n + 1n });"
    assert state_of(amounts(tmp_path, "1"), text) == ({"a": {"n": 2**70 + 1}}, [])


def test_the_warning_is_of_a_kind_of_its_own_in_every_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.js").write_text(SUM, encoding="utf-8")
    log = amounts(tmp_path, "0.1", "0.2")
    assert main(["state", str(log), "--projection", str(tmp_path / "mine.js"), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (warning,) = told["warnings"]
    assert (warning["kind"], warning["count"], warning["first"]) == ("digits-lost", 1, 2)
    assert warning["text"].endswith(
        "0.30000000000000004 in JavaScript, where numbers are doubles; exactly it is 0.3."
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{ for (;;) {} }", "it took longer than 2 s (mine.js, line 1)"),
        ("{ for (;;) try { for (;;) {} } catch (e) {} }", "it took longer than 2 s (mine.js, line 1)"),
        ("{ const all = []; for (;;) all.push('x'.repeat(9999)); }", "it needed more than 256 MiB of memory"),
        ("evolve(state, event)", "it called itself too often (mine.js, line 1)"),
        ("{}", "TypeError: evolve returned nothing: it must return the next state"),
        ("({ n: undefined + 1 })", "TypeError: n is NaN, which no JSON can hold"),
        ("({ n: { deep: () => 1 } })", "TypeError: deep is a function: a state is JSON"),
        ("Promise.resolve(1)", "TypeError: the state is a promise: evolve cannot wait for anything"),
        ("({ n: Math.random() })", "Error: Math.random differs each time"),
        ("({ n: new Date() })", "Error: the time of day differs each time"),
        ("({ n: event.data.none.more })", "TypeError: cannot read property 'more' of undefined (mine.js, line 1)"),
    ],
)  # fmt: skip
def test_a_failure_is_told_at_its_event_and_hurts_no_other_entity(
    tmp_path: Path, body: str, said: str
) -> None:
    text = (
        "const key = (event) => event.data.a;\nconst fails = "
        + EVOLVE.removeprefix("const evolve = ")
        + body.replace("evolve(", "fails(")
        + ";\nconst evolve = (state, event) => event.data.a === 'bad' ? fails(state, event) : { n: 1 };"
    )
    log = written(
        tmp_path, *({"type": "P", "data": {"a": a}} for a in ("good", "bad", "bad", "good", "other"))
    )
    state, reasons = state_of(log, text)
    assert state == {"good": {"n": 1}, "other": {"n": 1}}
    assert said.replace("line 1", "line 2") in reasons[0]
    assert "cut short" in reasons[1]
    assert len(reasons) == 2


def test_what_the_engine_cannot_be_interrupted_in_ends_its_process_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "engine"
    folder.mkdir()
    # an engine that never comes back, in place of a function of its own that takes too long
    (folder / "_quickjs.py").write_text(
        "import time\nclass JSException(Exception):\n    pass\nclass Context:\n"
        "    def __getattr__(self, name):\n"
        "        return (lambda *given: time.sleep(50)) if name == 'eval' else (lambda *given: None)\n",
        encoding="utf-8",
    )
    (folder / "sitecustomize.py").write_text(
        "import explorer.projection.javascript as j\nj._STUCK_SECONDS = 0.5\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(folder))
    with pytest.raises(LogError, match="its process was ended: it took too long, or more memory"):
        opened(amounts(tmp_path, "1"), SUM)


LISTED = """const initialState = () => ({ n: 0 });
function evolve(s, e) {
  return { n: s.n + 1 };
}
export { initialState, evolve };
"""


@pytest.mark.parametrize(
    "text",
    [
        "export const initialState = { n: 0 };\nexport const evolve = (s, e) => ({ n: s.n + 1 });",
        LISTED,
        "module.exports = { initialState: { n: 0 }, evolve: (s, e) => ({ n: s.n + 1 }) };",
        "const initialState = { n: 0 };\nexport default { initialState, evolve: (s, e) => ({ n: s.n + 1 }) };",
        "const evolve = (s = { n: 0 }, e) => { s.n += 1; return s; };",
        "let n = 'export const x';\nconst evolve = (s = { n: 0 }, e) => ({ ...s, n: s.n + 1 });",
    ],
)
def test_however_a_course_writes_it_down_it_is_understood(tmp_path: Path, text: str) -> None:
    assert state_of(amounts(tmp_path, "1", "2"), text) == ({"a": {"n": 2}}, [])


def test_a_whole_log_can_be_folded_into_one_state(tmp_path: Path) -> None:
    text = "const key = () => 'bank';\n" + EVOLVE + "({ ...state, [event.entity]: event.data.amount });"
    assert state_of(amounts(tmp_path, "1", "2"), text) == ({"bank": {"a": 2}}, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("const x = 1; // evolve = ", "it does not define evolve"),
        ("const evolve = (s, e) =>\n  ;", "line 2, column"),
        ("import fs from 'fs';\nconst evolve = 1;", "line 1, column 1: it imports something"),
        ("const evolve = 1;", "evolve is no function"),
        ("const evolve = (s) => s;\nrequire('fs');", 'line 2, column 1: Error: require("fs")'),
    ],
)
def test_a_program_that_cannot_be_a_read_model_is_refused_with_its_place(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises((LogError, ProgramError)) as failure:
        opened(amounts(tmp_path, "1"), text)
    assert said in str(failure.value)


def test_it_needs_no_trust_since_it_can_reach_nothing(tmp_path: Path) -> None:
    assert Trust(tmp_path / "none").covers(Recipe("mine.js", "javascript", SUM))
    text = (
        EVOLVE + "({ has: [typeof std, typeof os, typeof process, typeof fetch, typeof setTimeout].join() });"
    )
    state, _ = state_of(amounts(tmp_path, "1"), text)
    assert state == {"a": {"has": ",".join(["undefined"] * 5)}}


def test_without_the_engine_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.projection.javascript.available", lambda: False)
    (tmp_path / "mine.js").write_text(SUM, encoding="utf-8")
    with pytest.raises(LogError, match="to run it, install quickjs-ng"):
        recipe(str(tmp_path / "mine.js"))


def test_it_never_runs_in_the_process_that_shows_it() -> None:
    from explorer.eventlog.event import Event

    with pytest.raises(TypeError, match="one event after the other"):
        JavaScriptProgram("mine.js", SUM).effects(Event(1, "P", None, {"a": "x"}))


def test_whole_numbers_stay_whole_and_others_have_the_digits_that_javascript_shows() -> None:
    told = value_of('{"a": 1e21, "b": 0.30000000000000004, "c": 20, "d": [1.50]}')
    assert told == {"a": 10**21, "b": Decimal("0.30000000000000004"), "c": 20, "d": [Decimal("1.50")]}


def test_what_the_engine_says_and_no_index_can_hold_hurts_only_its_event(tmp_path: Path) -> None:
    values = {
        "10n ** 5000n": "a number of it has more than 4,000 digits",
        "deep()": "it is nested more than 512 levels deep",
    }
    deep = "const deep = () => { let found = 1; for (let at = 0; at < 600; at++) found = [found]; return found; };"
    for value, said in values.items():
        text = deep + EVOLVE + f"({{ v: event.data.amount ? {value} : 0 }});"
        state, reasons = state_of(amounts(tmp_path, "0", "1"), text)
        assert state == {"a": {"v": 0}}
        assert said in reasons[0]


def test_half_a_character_is_kept_and_an_entity_that_is_named_twice_is_folded_once(tmp_path: Path) -> None:
    text = (
        "const key = () => ['a', 'a'];"
        + EVOLVE
        + "({ n: (state?.n ?? 0) + 1, v: event.data.v, w: 'x\\udc00' });"
    )
    state, reasons = state_of(written(tmp_path, {"type": "P", "data": {"v": "\ud800"}}), text)
    assert (state, reasons) == ({"a": {"n": 1, "v": "\ud800", "w": "x\udc00"}}, [])
    text = "const key = (event) => event.data.v;" + EVOLVE + "({ n: (state?.n ?? 0) + 1, key: event.key });"
    log = written(tmp_path, *({"type": "P", "data": {"v": v}} for v in ("\ud800", "\x01", "\ud800")))
    names = {"\ud800": {"n": 2, "key": "\ud800"}, "\x01": {"n": 1, "key": "\x01"}}
    assert state_of(log, text) == (names, [])
