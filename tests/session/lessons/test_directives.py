"""Does each line of a lesson's `do` block say one thing, and is what says nothing refused with its line?"""

import pytest

from explorer.domain.rules import Deposit, Transfer
from explorer.session.lessons.directives import BROUGHT, Directives, command_of
from explorer.session.lessons.lesson import Bring, Go, LessonError, Select, Show


def said(*lines: str) -> Directives:
    found = Directives("week-1.md")
    for number, line in enumerate(lines, 10):
        found.take(line, number)
    return found


def test_lines_become_actions_in_their_order():
    found = said("go: 3", "select: acc-1 balance", "panel: why")
    assert found.actions == [Go(10, "3"), Select(11, "acc-1", "balance"), Bring(12, "why")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("jump: 3", "there is no “jump:”; a step can do"),
        ("just prose", "there is no “just prose:”"),
        ("go:", "“go:” says nothing"),
        ("select: acc-1", "select: ACCOUNT FIELD"),
        ("panel: state", f"there is no panel “state”; there are {', '.join(BROUGHT)}"),
    ],
)
def test_a_line_that_says_nothing_is_refused_where_it_stands(line, reason):
    with pytest.raises(LessonError) as caught:
        said("go: 1", line)
    assert str(caught.value).startswith("week-1.md, line 11: ")
    assert reason in str(caught.value)


def test_a_command_carries_exact_amounts_and_what_may_be_left_out():
    show = Show(1, "command", entity="a", name="Deposit", fields=(("amount", "0.10"),))
    command = command_of(show)
    assert isinstance(command, Deposit)
    assert (command.account, str(command.amount), command.currency) == ("a", "0.10", None)
    moved = command_of(Show(1, "command", entity="a", name="Transfer", fields=(("to", "b"), ("amount", "5"))))
    assert isinstance(moved, Transfer)
    assert moved.target == "b"


@pytest.mark.parametrize(
    ("name", "fields", "reason"),
    [
        ("Rob", (), "there is no command “Rob”"),
        ("Deposit", (), "Deposit needs amount=…"),
        ("Deposit", (("amount", "1"), ("to", "b")), "Deposit has no “to”"),
        ("Deposit", (("amount", "much"),), "much is no amount"),
    ],
)
def test_a_command_that_cannot_be_given_is_refused(name, fields, reason):
    with pytest.raises(ValueError, match=reason):
        command_of(Show(1, "command", entity="a", name=name, fields=fields))
