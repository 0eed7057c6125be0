"""Is it told which lines of a program ran for one event, and what its names held?"""

import json
from decimal import Decimal

import pytest

from explorer.eventlog.event import Event
from explorer.projection.javascript import JavaScriptProgram, available
from explorer.projection.javascript_lines import can_tell, telling
from explorer.projection.program import Program
from explorer.projection.tracing import MOST_STEPS, shown, statement_spans
from explorer.resources import resource

needs_javascript = pytest.mark.skipif(
    not available() or not can_tell(), reason="needs the extra `javascript`"
)


def event(position: int, kind: str, **data: object) -> Event:
    return Event(position, kind, None, data)


BEFORE = [
    event(1, "AccountOpened", accountId="a", owner="Ada"),
    event(2, "MoneyDeposited", accountId="a", amount=Decimal("50.1")),
]
TRANSFER = event(3, "MoneyTransferred", fromAccountId="a", toAccountId="b", amount=30)


@pytest.mark.parametrize("name", ["accounts.py", pytest.param("accounts.js", marks=needs_javascript)])
def test_both_ways_to_write_the_accounts_run_the_same_branch_with_the_same_values(name: str) -> None:
    text = resource("projections", name).read_text(encoding="utf-8")
    program = Program(name, text) if name.endswith(".py") else JavaScriptProgram(name, text)
    program.run()
    for entity, before, after in (("a", 50.1, 20.1), ("b", 0, 30)):
        trace = program.traced(entity, BEFORE if entity == "a" else [], TRANSFER)
        assert (json.loads(trace.before)["balance"], json.loads(trace.after)["balance"]) == (before, after)
        ran = "\n".join(text.split("\n")[step.line - 1] for step in trace.steps)
        assert "MoneyTransferred" in ran
        assert "sign" in ran
        assert "frozen" not in ran
        assert trace.steps[-1].names["sign"] == ("-1" if entity == "a" else "1")
        assert not trace.failed


def test_a_statement_over_several_lines_is_one_step_and_a_head_is_not_its_body() -> None:
    text = "def evolve(state, event):\n    if (\n        state\n    ):\n        return 1\n"
    text += "    return {\n        'n': 1,\n    }\n"
    assert statement_spans(text)[2] == (2, 4)
    assert statement_spans(text)[5] == (5, 5)
    assert statement_spans(text)[7] == (6, 8)
    program = Program("mine.py", "def key(e):\n    return 'a'\n" + text)
    program.run()
    trace = program.traced("a", [], TRANSFER)
    assert [(step.line, step.last) for step in trace.steps] == [(4, 6), (8, 10)]


def test_where_a_program_fails_its_last_step_says_where() -> None:
    program = Program(
        "mine.py", "def key(e):\n    return 'a'\ndef evolve(s, e):\n    n = 1\n    return n.x\n"
    )
    program.run()
    trace = program.traced("a", [], TRANSFER)
    assert trace.failed.startswith("evolve failed: AttributeError")
    assert trace.after == ""
    assert (trace.steps[-1].line, trace.steps[-1].names["n"]) == (5, "1")


def test_of_very_many_steps_the_first_are_told() -> None:
    program = Program(
        "mine.py",
        "def key(e):\n    return 'a'\ndef evolve(s, e):\n    for n in range(9999):\n        s = n\n    return s\n",
    )
    program.run()
    trace = program.traced("a", [], TRANSFER)
    assert trace.cut
    assert len(trace.steps) == MOST_STEPS
    assert trace.after == "9998"


WRITTEN = """const initialState = { n: 0 };
const twice = x => x * 2;
function evolve(state, { data: { amount, more: [a, b] = [1, 2], ...rest }, ...others }) {
  let total = state.n;
  for (const x of [1, 2]) total += x;
  for (let i = 0; i < 1; i++) { total += twice(i); }
  if (total > 100) return state;
  else if (total > 50) total = 0
  else total += 1
  do { total++ } while (total < 5);
  label: while (true) { break label; }
  try { null.x } catch (error) { total += 1 } finally { total += 0; }
  const apply = (f) => (y) => f(y), made = { get v() { return 1; }, m() { return 2 } };
  switch (amount) {
    case 1: total = -1;
    case 30: { total += made.m(); break; }
    default:
  }
  class Box { value = 1; read() { return this.value; } }
  return {
    n: apply(twice)(total) + new Box().read(),
  };
}
"""


@needs_javascript
def test_a_program_that_tells_its_lines_does_what_it_did_before() -> None:
    program = JavaScriptProgram("mine.js", WRITTEN)
    program.run()
    (effect,) = program.effects(Event(1, "P", None, {"amount": 30}, "a"))
    trace = program.traced("a", [], Event(1, "P", None, {"amount": 30}, "a"))
    assert json.loads(trace.after) == {each.field: each.operand for each in effect.updates} == {"n": 17}
    assert telling(WRITTEN).text.count("\n") == WRITTEN.count("\n")
    lines = [step.line for step in trace.steps]
    assert {4, 5, 6, 9, 10, 12, 14, 16, 20} <= set(lines)
    assert 15 not in lines
    assert 7 not in [step.line for step in trace.steps if step.last > 7]
    last = trace.steps[-1]
    assert any((step.line, step.last) == (20, 22) for step in trace.steps)
    assert last.function in {"read", "twice", ""}


@needs_javascript
def test_a_program_with_a_fault_of_syntax_is_left_as_it_is() -> None:
    text = "const evolve = (s) => { return ; ; } }"
    assert telling(text) == (text, [])


def test_values_are_shown_as_one_writes_them_and_long_ones_are_cut() -> None:
    assert shown({"a": Decimal("1.50"), "b": [None, True, "x"]}) == "{a: 1.50, b: [None, True, 'x']}"
    assert len(shown(["x" * 1000] * 1000)) <= 300
    assert shown(object()) == "object"
