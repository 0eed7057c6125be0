"""Do steps lead every old event to the newest version, and are steps that cannot refused with their line?"""

import pytest

from explorer.eventlog.event import Event
from explorer.projection.upcasting.chain import Chain, StepError, UpcastError, UpcastStep, schema_of
from explorer.projection.upcasting.python_steps import check_text
from explorer.projection.upcasting.toml_steps import declared


def step(kind, version, becomes=None, line=None, **added):
    return UpcastStep(kind, version, lambda data: {**data, **added}, becomes, line)


def test_an_event_goes_step_by_step_and_may_change_its_name_on_the_way():
    chain = Chain([step("B", 2, b=2), step("A", 1, "B", a=1)])
    assert chain.newest == {"B": 3}
    lifted = chain.lifted(Event(1, "A", None, {"n": 0}, record={"type": "A", "data": {"n": 0}}))
    assert [(each.type, each.version, each.data) for each in lifted] == [
        ("A", 1, {"n": 0}), ("B", 2, {"n": 0, "a": 1}), ("B", 3, {"n": 0, "a": 1, "b": 2}),
    ]  # fmt: skip
    assert chain.reached("A", 1) == ("B", 3)
    assert (chain.covers("A", 1), chain.covers("B", 1), chain.covers("C", 1)) == (True, False, True)


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (
            [step("A", 1, line=3), step("A", 1, line=7)],
            "line 7, column 1: there are two steps from version 1 of A",
        ),
        (
            [step("A", 1, line=3), step("A", 3, line=7)],
            "there is a gap: no step leads from version 2 of A to 3",
        ),
        ([step("A", 1, "B", line=3), step("B", 2, "A", line=7)], "the steps go round in a loop: A → B → A"),
    ],
)
def test_steps_that_are_no_chain_are_refused(steps, reason):
    with pytest.raises(UpcastError) as caught:
        Chain(steps)
    assert reason in str(caught.value)


def test_the_version_stands_in_the_record_or_behind_the_name_and_else_is_the_first():
    def of(kind, **record):
        return schema_of(Event(1, kind, None, {}, record={"type": kind, **record}))

    assert of("A") == ("A", 1)
    assert of("A.v2") == ("A", 2)
    assert of("A", schemaVersion=3) == ("A", 3)
    assert of("A", metadata={"schemaVersion": 4}) == ("A", 4)


def test_a_step_that_returns_no_object_fails_with_what_came_before():
    chain = Chain([UpcastStep("A", 1, lambda _: [])])
    with pytest.raises(StepError, match="the step from version 1 of A returned no object") as caught:
        chain.lifted(Event(1, "A", None, {}, record={"type": "A"}))
    assert [each.version for each in caught.value.so_far] == [1]


TEXT = """
[[step]]
type = "Paid"
from = 1
rename = { amt = "amount" }
default = { currency = "EUR" }
multiply = { amount = "0.01" }
map = { kind = { C = "credit" } }
remove = ["legacy"]
becomes = "MoneyPaid"
"""


def test_a_declared_step_is_exact_and_leaves_the_old_data_as_it_was():
    old = {"amt": 1234567890123456789, "kind": "C", "legacy": 1}
    chain = declared(TEXT)
    (_, new) = chain.lifted(Event(1, "Paid", None, old, record={"type": "Paid", "data": old}))
    assert (new.type, new.data["currency"], new.data["kind"], "legacy" in new.data) == (
        "MoneyPaid",
        "EUR",
        "credit",
        False,
    )
    assert str(new.data["amount"]) == "12345678901234567.89"
    assert old == {"amt": 1234567890123456789, "kind": "C", "legacy": 1}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = 1", "there is no “x” here, only [[step]]"),
        ("", "it declares no [[step]]"),
        ("[[step]\n", "line 1"),
        ("\n[[step]]\nfrom = 1", "line 2, column 1: a step needs the type of its events"),
        ('[[step]]\ntype = "A"\nfrom = 1\nrenmae = {}', "a step has no “renmae”"),
        ('[[step]]\ntype = "A"\nfrom = 1\nmultiply = { a = "x" }', "“multiply” needs a number for a"),
    ],
)
def test_a_text_that_declares_no_steps_is_refused_where_it_is_wrong(text, reason):
    with pytest.raises(UpcastError) as caught:
        declared(text)
    assert reason in str(caught.value)


def test_a_program_is_looked_at_and_not_run():
    check_text("print('never')\nupcasters = {('A', 1): print}")
    check_text("upcasters: dict = {}")
    with pytest.raises(UpcastError, match="it does not define upcasters"):
        check_text("def upcasters(): ...")
    with pytest.raises(UpcastError, match="line 1, column"):
        check_text("upcasters = {")
