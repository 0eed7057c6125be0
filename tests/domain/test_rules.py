"""Do the rules accept what keeps an account in order, and nothing else?"""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.account import NOTHING, Bank, evolve
from explorer.domain.account import fold as rules_fold
from explorer.domain.rules import (
    CloseAccount,
    Command,
    Deposit,
    Fact,
    Freeze,
    OpenAccount,
    Rejection,
    Transfer,
    Unfreeze,
    Withdraw,
    command_of,
    decide,
    judge,
)
from explorer.eventlog.event import Event
from explorer.projection.accounts import Accounts
from explorer.projection.fold import fold, without_hidden

MODEL = Accounts()


def as_event(fact: Fact) -> Event:
    return Event(1, fact.type, None, fact.data)


def happened(*commands: Command) -> tuple[Bank, list[Event]]:
    """Give each command in turn; every one of them must be accepted."""
    bank, events = NOTHING, []
    for command in commands:
        decision = decide(bank, command)
        assert not isinstance(decision, Rejection), decision.reason
        for event in map(as_event, decision):
            events.append(event)
            bank = evolve(bank, event)
    return bank, events


def reason(bank: Bank, command: Command) -> str:
    decision = decide(bank, command)
    assert isinstance(decision, Rejection), decision
    return decision.reason


OPEN = OpenAccount("a", "Ada", "EUR")


def test_a_command_becomes_a_fact_in_the_past_tense() -> None:
    bank, _ = happened(OPEN, OpenAccount("b"), Deposit("a", 50))
    accepted: dict[Command, Fact] = {
        Withdraw("a", 30): Fact("MoneyWithdrawn", {"accountId": "a", "amount": 30}),
        Deposit("a", 1, "EUR"): Fact("MoneyDeposited", {"accountId": "a", "amount": 1, "currency": "EUR"}),
        Transfer("a", "b", 5): Fact(
            "MoneyTransferred", {"fromAccountId": "a", "toAccountId": "b", "amount": 5, "currency": "EUR"}
        ),
        Freeze("a"): Fact("AccountFrozen", {"accountId": "a"}),
        CloseAccount("b"): Fact("AccountClosed", {"accountId": "b"}),
        OpenAccount("c", "Cy"): Fact("AccountOpened", {"accountId": "c", "owner": "Cy"}),
    }
    for command, fact in accepted.items():
        assert decide(bank, command) == (fact,)


@pytest.mark.parametrize(
    ("before", "command", "why"),
    [
        ([], Deposit("a", 1), "there is no account a"),
        ([OPEN], OpenAccount("a"), "a exists already"),
        ([OPEN, CloseAccount("a")], OpenAccount("a"), "a has been closed, and its name is not used again"),
        ([], OpenAccount(" "), "an account needs a name"),
        ([OPEN], Deposit("a", 0), "an amount is more than 0, and 0 is not"),
        ([OPEN], Withdraw("a", Decimal("-0.01")), "an amount is more than 0, and -0.01 is not"),
        ([OPEN], Deposit("a", Decimal("Infinity")), "an amount is a number with all its digits"),
        ([OPEN, Deposit("a", 20)], Withdraw("a", Decimal("20.01")), "a has 20 EUR, which is less than 20.01"),
        ([OPEN], Deposit("a", 5, "USD"), "a is kept in EUR, and this is in USD"),
        ([OpenAccount("a"), Deposit("a", 5, "USD")], Deposit("a", 5), "a is kept in USD, and this names none"),
        ([OpenAccount("a"), Deposit("a", 5)], Deposit("a", 5, "USD"),
         "a is kept without a currency, and this is in USD"),
        ([OPEN, Freeze("a")], Deposit("a", 1), "a is frozen"),
        ([OPEN, Freeze("a")], CloseAccount("a"), "a is frozen"),
        ([OPEN, Deposit("a", 5), Freeze("a")], Withdraw("a", 1), "a is frozen"),
        ([OPEN, Deposit("a", 5), OpenAccount("b"), Freeze("a")], Transfer("a", "b", 1), "a is frozen"),
        ([OPEN, Deposit("a", 5), OpenAccount("b"), Freeze("b")], Transfer("a", "b", 1), "b is frozen"),
        ([OPEN, Freeze("a")], Freeze("a"), "a is frozen"),
        ([], Freeze("a"), "there is no account a"),
        ([], Unfreeze("a"), "there is no account a"),
        ([], CloseAccount("a"), "there is no account a"),
        ([OPEN, CloseAccount("a")], CloseAccount("a"), "a is closed"),
        ([OPEN, CloseAccount("a")], Deposit("a", 1), "a is closed"),
        ([OPEN, CloseAccount("a")], Withdraw("a", 1), "a is closed"),
        ([OPEN, CloseAccount("a")], Unfreeze("a"), "a is closed"),
        ([OPEN, Deposit("a", 5), OpenAccount("b"), CloseAccount("b")], Transfer("a", "b", 1), "b is closed"),
        ([OPEN, Deposit("a", 5)], Withdraw("a", 1, "USD"), "a is kept in EUR, and this is in USD"),
        ([OPEN, Deposit("a", 5), OpenAccount("b", "", "EUR")], Transfer("a", "b", 6),
         "a has 5 EUR, which is less than 6"),
        ([OPEN, OpenAccount("b")], Transfer("a", "b", 0), "an amount is more than 0, and 0 is not"),
        ([OPEN], Unfreeze("a"), "a is not frozen"),
        ([OPEN, CloseAccount("a")], Freeze("a"), "a is closed"),
        ([OPEN, Deposit("a", Decimal("0.10"))], CloseAccount("a"), "a still holds 0.10 EUR; it is closed at 0"),
        ([OPEN, Deposit("a", 5)], Transfer("a", "a", 1), "a cannot give money to itself"),
        ([OPEN, Deposit("a", 5)], Transfer("a", "b", 1), "there is no account b"),
        ([OPEN, Deposit("a", 5), OpenAccount("b", "", "USD")], Transfer("a", "b", 1),
         "b is kept in USD, and this is in EUR"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_rejected_with_the_reason(
    before: list[Command], command: Command, why: str
) -> None:
    assert reason(happened(*before)[0], command) == why


def test_an_account_that_was_thawed_moves_again() -> None:
    bank, events = happened(
        OPEN, Deposit("a", 5), Freeze("a"), Unfreeze("a"), Withdraw("a", 5), CloseAccount("a")
    )
    assert bank["a"].status == "closed"
    assert [event.type for event in events[2:4]] == ["AccountFrozen", "AccountUnfrozen"]


def test_more_than_twenty_eight_digits_are_neither_lost_nor_rounded() -> None:
    large = Decimal("1234567890123456789012345678901234567890.01")
    bank, _ = happened(OPEN, Deposit("a", large))
    assert isinstance(decide(bank, Withdraw("a", large)), tuple)
    more = Decimal("1234567890123456789012345678901234567890.02")
    assert reason(bank, Withdraw("a", more)) == f"a has {large} EUR, which is less than {more}"


NAMES = st.sampled_from(["a", "b", "c"])
AMOUNTS = st.one_of(st.integers(-3, 60), st.decimals(-1, 50, places=2))
CURRENCIES = st.sampled_from([None, None, "EUR", "USD"])
COMMANDS = st.one_of(
    st.builds(OpenAccount, NAMES, st.just("Ada"), CURRENCIES),
    st.builds(Deposit, NAMES, AMOUNTS, CURRENCIES),
    st.builds(Withdraw, NAMES, AMOUNTS, CURRENCIES),
    st.builds(Transfer, NAMES, NAMES, AMOUNTS, CURRENCIES),
    st.builds(CloseAccount, NAMES),
    st.builds(Freeze, NAMES),
    st.builds(Unfreeze, NAMES),
)


def given_in_turn(commands: Iterable[Command]) -> list[Event]:
    bank, events = NOTHING, []
    for command in commands:
        decision = decide(bank, command)
        if isinstance(decision, Rejection):
            assert decision.reason
            continue
        for event in map(as_event, decision):
            events.append(event)
            bank = evolve(bank, event)
    return events


@given(st.lists(COMMANDS, max_size=40))
def test_events_from_accepted_commands_never_break_an_invariant(commands: list[Command]) -> None:
    events = given_in_turn(commands)
    state: dict[str, dict[str, object]] = {}
    for count in range(len(events) + 1):
        state = {entity: without_hidden(MODEL, row) for entity, row in fold(MODEL, events[:count]).items()}
        for row in state.values():
            held = row["balance"]
            amounts = list(held.values()) if isinstance(held, dict) else [held]
            assert all(amount >= 0 for amount in amounts)  # type: ignore[operator]
            assert row["status"] in {"open", "frozen", "closed"}
            assert row["status"] != "closed" or not any(amounts)
    # the rules and the read model never disagree about what there is
    bank = rules_fold(events)
    assert bank.keys() == state.keys()
    for account, row in state.items():
        held = row["balance"]
        assert row["status"] == bank[account].status
        by_currency = held if isinstance(held, dict) else {None: held}
        for currency, amount in by_currency.items():
            assert bank[account].holds(currency) == amount


@given(st.lists(COMMANDS, max_size=30))
def test_the_rules_would_have_accepted_every_event_that_they_accepted(commands: list[Command]) -> None:
    bank = NOTHING
    for event in given_in_turn(commands):
        assert judge(bank, event, MODEL) is None
        bank = evolve(bank, event)


@given(st.lists(COMMANDS, max_size=20), COMMANDS)
def test_deciding_changes_nothing(commands: list[Command], command: Command) -> None:
    bank = rules_fold(given_in_turn(commands))
    copy = dict(bank)
    first = decide(bank, command)
    assert bank == copy
    assert decide(bank, command) == first


def test_an_overdraft_that_the_log_grants_is_there_to_be_used() -> None:
    opened = Event(1, "bank:BankAccount.Opened", "a", {"owner": "Ada"})
    granted = Event(2, "bank:BankAccount.OverdraftLimitSet", "a", {"overdraft_limit": "100.00"})
    bank = evolve(evolve(NOTHING, opened), granted)
    taken = Event(3, "bank:BankAccount.Withdrawn", "a", {"amount": "100.00"})
    assert judge(bank, taken, MODEL) is None
    more = judge(evolve(bank, taken), Event(4, "bank:BankAccount.Withdrawn", "a", {"amount": 1}), MODEL)
    assert more is not None
    assert more.reason == "a has -100.00 and an overdraft of 100.00, which is less than 1"


def test_an_event_that_no_rule_is_about_is_never_rejected() -> None:
    assert command_of(Event(1, "OwnerChanged", "a", {"newOwner": "Bo"}), MODEL) is None
    assert judge(NOTHING, Event(1, "Unheard", "a", {}), MODEL) is None


def test_a_name_with_braces_in_it_is_a_name() -> None:
    assert reason(NOTHING, Deposit("{amount}", 1)) == "there is no account {amount}"
