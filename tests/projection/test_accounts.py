"""Does the accounts read model know what account events mean?"""

from decimal import Decimal

import pytest

from explorer.eventlog.event import Event, FieldMap
from explorer.projection.account_names import means_account as knows
from explorer.projection.accounts import Accounts
from explorer.projection.choose import choose
from explorer.projection.fold import evolve, fold, without_hidden
from explorer.projection.model import Effect, NotApplicable, Recipe

MODEL = Accounts()


def event(event_type: str, entity: str | None = "a", /, **data: object) -> Event:
    return Event(1, event_type, entity, data, at="2026-01-01T09:00:00Z")


def state_after(*events: Event) -> dict[str, dict[str, object]]:
    return {entity: without_hidden(MODEL, state) for entity, state in fold(MODEL, events).items()}


def test_an_opened_account_has_an_owner_and_nothing_else() -> None:
    assert state_after(event("AccountOpened", owner="Ada")) == {
        "a": {"owner": "Ada", "balance": 0, "status": "open", "opened": "2026-01-01T09:00:00Z", "version": 1}
    }


def test_deposits_add_and_withdrawals_take() -> None:
    after = state_after(event("MoneyDeposited", amount=50), event("MoneyWithdrawn", amount=30))
    assert after["a"]["balance"] == 20
    assert after["a"]["version"] == 2


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    after = state_after(
        event("MoneyDeposited", amount=Decimal("0.1")), event("MoneyDeposited", amount=Decimal("0.2"))
    )
    assert str(after["a"]["balance"]) == "0.3"


@pytest.mark.parametrize(
    ("first", "second", "sum_text"),
    [
        ("1" + "0" * 30, "0.01", "1" + "0" * 30 + ".01"),
        ("9223372036854775807", "1", "9223372036854775808"),
        ("0.10000000000000000001", "0.2", "0.30000000000000000001"),
        ("12.50", "7.5000", "20.0000"),
    ],
)
def test_amounts_of_any_size_written_as_text_are_summed_to_the_last_digit(
    first: str, second: str, sum_text: str
) -> None:
    after = state_after(event("MoneyDeposited", amount=first), event("MoneyDeposited", amount=second))
    assert format(after["a"]["balance"], "f") == sum_text


def test_a_transfer_moves_money_from_one_account_to_the_other() -> None:
    after = state_after(event("MoneyTransferred", None, fromAccountId="a", toAccountId="b", amount=5))
    assert (after["a"]["balance"], after["b"]["balance"]) == (-5, 5)


def test_a_transfer_to_the_same_account_changes_no_balance() -> None:
    after = state_after(event("MoneyTransferred", None, fromAccountId="a", toAccountId="a", amount=5))
    assert (after["a"]["balance"], after["a"]["version"]) == (0, 1)


@pytest.mark.parametrize(
    ("amount", "balance"),
    [
        ({"amount": 1250, "currency": "EUR", "precision": 2}, "12.50"),
        ({"value": "1250", "currency": "EUR", "exponent": -2}, "12.50"),
        ({"amount": Decimal("12.5"), "currency": "EUR", "scale": 2}, "12.5"),
        ({"amount": 1250, "currency": "EUR", "scale": 0}, "1250"),
        ({"value": 10**25, "currency": "EUR", "decimals": 18}, "10000000.000000000000000000"),
    ],
)
def test_an_amount_that_says_how_many_of_its_digits_are_decimals_has_them(
    amount: dict[str, object], balance: str
) -> None:
    after = state_after(event("MoneyDeposited", amount=amount), event("MoneyDeposited", amount=amount))
    assert after["a"]["balance"] == {"EUR": 2 * Decimal(balance)}
    assert str(after["a"]["balance"]["EUR"]) == str(2 * Decimal(balance))
    with pytest.raises(NotApplicable, match="how many of the digits of its amount are decimals"):
        MODEL.effects(event("MoneyDeposited", amount=amount | {"scale": "x", "precision": "x"}))


def test_two_currencies_are_never_added() -> None:
    after = state_after(
        event("MoneyDeposited", amount=5, currency="EUR"),
        event("MoneyDeposited", amount=7, currency="USD"),
        event("MoneyWithdrawn", amount=1, currency="EUR"),
    )
    assert after["a"]["balance"] == {"EUR": 4, "USD": 7}


def test_an_amount_without_a_currency_is_in_the_one_the_account_was_opened_with() -> None:
    after = state_after(event("AccountOpened", currency="GBP"), event("MoneyDeposited", amount=5))
    assert after["a"]["balance"] == {"GBP": 5}


def test_an_account_opened_with_a_balance_has_it() -> None:
    assert state_after(event("AccountOpened", initialBalance="10.00"))["a"]["balance"] == Decimal("10.00")


def test_status_follows_freezing_unfreezing_and_closing() -> None:
    events = [event(name) for name in ("AccountOpened", "AccountFrozen", "AccountUnfrozen", "AccountClosed")]
    statuses = [state_after(*events[:count])["a"]["status"] for count in (1, 2, 3, 4)]
    assert statuses == ["open", "frozen", "open", "closed"]


def test_the_owner_can_change() -> None:
    assert (
        state_after(event("AccountOpened", owner="Ada"), event("OwnerChanged", newOwner="Bo"))["a"]["owner"]
        == "Bo"
    )


@pytest.mark.parametrize(
    "name", ["MoneyDeposited", "money_deposited", "money-deposited", "bank.MoneyDeposited"]
)
def test_the_spelling_of_a_type_does_not_matter(name: str) -> None:
    assert state_after(event(name, amount=1))["a"]["balance"] == 1


@pytest.mark.parametrize("name", ["accountId", "account_id", "AccountID", "account"])
def test_the_account_is_found_in_the_payload_when_the_envelope_names_none(name: str) -> None:
    assert "x" in state_after(event("MoneyDeposited", None, amount=1, **{name: "x"}))


@pytest.mark.parametrize("name", ["InterestRateChanged", "Deposited money", "", "opened"])
def test_an_unknown_type_is_said_to_be_unknown(name: str) -> None:
    assert MODEL.effects(event(name, amount=1)) is None


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (event("MoneyDeposited"), "it names no amount"),
        (event("MoneyDeposited", amount="much"), "its amount is not a number"),
        (event("MoneyDeposited", amount=True), "its amount is not a number"),
        (event("MoneyDeposited", amount="1e999999"), "its amount is not a number"),
        (event("MoneyDeposited", None, amount=1), "it names no account"),
        (event("MoneyTransferred", None, toAccountId="b", amount=1), "no account to take the money from"),
        (event("MoneyTransferred", None, fromAccountId="b", amount=1), "no account to give the money to"),
        (event("OwnerChanged"), "no new owner"),
    ],
)
def test_an_event_that_cannot_be_applied_says_why(bad: Event, reason: str) -> None:
    with pytest.raises(NotApplicable, match=reason):
        MODEL.effects(bad)


def test_evolve_leaves_the_state_before_as_it_was() -> None:
    before = fold(MODEL, [event("MoneyDeposited", amount=1, currency="EUR")])
    copy = {entity: dict(state) for entity, state in before.items()}
    evolve(MODEL, before, event("MoneyDeposited", amount=1, currency="EUR"))
    assert before == copy


@pytest.mark.parametrize(
    ("kind", "balance"),
    [
        ("bank:BankAccount.Deposited", 5),
        ("__main__:BankAccount.TransferredIn", 5),
        ("bank:BankAccount.Withdrawn", -5),
        ("bank:BankAccount.TransferredOut", -5),
        ("account.debited", -5),
        ("FundsDeposited", 5),
        ("FundsWithdrawn", -5),
    ],
)
def test_the_short_names_of_an_accounts_own_class_are_known(kind: str, balance: int) -> None:
    (effect,) = MODEL.effects(event(kind, amount=5, currency="EUR")) or ()
    assert [update.operand for update in effect.updates] == [balance]


@pytest.mark.parametrize("kind", ["Deposited", "bank:Parcel.Deposited", "Door.Opened", "Ticket.Closed"])
def test_a_short_name_of_anything_else_is_not_an_accounts(kind: str) -> None:
    assert not knows(kind)


def test_any_event_of_an_accounts_own_class_is_a_new_version_of_it() -> None:
    assert MODEL.effects(event("bank:BankAccount.Tagged", tag="x")) == [Effect("a", ())]
    assert not knows("bank:BankAccount.Tagged")


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("MoneyDepositedEvent", "MoneyDeposited"),
        ("MoneyDeposited.v2", "MoneyDeposited"),
        ("Bank.Events.MoneyWithdrawn, Bank", "MoneyWithdrawn"),
        ("bank.BankAccount$Deposited", "MoneyDeposited"),
        ("App\\Wallet\\Credited", "MoneyDeposited"),
        ("TransferredOut", "MoneyWithdrawn"),
        ("transferred_in", "MoneyDeposited"),
        ("bank.domain:BankAccount.Created", "AccountOpened"),
        ("bank.domain:BankAccount.TransactionAppended", "BalanceAdjusted"),
        ("bank.domain:SavingsAccountAggregate.Debited", "MoneyWithdrawn"),
        ("__main__:BankAccount.Tagged", "AccountNoted"),
    ],
)
def test_the_names_of_many_programs_are_variants_of_the_same_events(name: str, variant: str) -> None:
    assert MODEL.variant(name) == variant


@pytest.mark.parametrize(
    "name", ["Parcel.TransferredOut", "issues.opened", "AccountantHired", "DepositFailed"]
)
def test_what_only_looks_like_an_accounts_event_is_none(name: str) -> None:
    assert MODEL.variant(name) is None


def test_a_type_means_what_the_person_says_it_means() -> None:
    model = Accounts({"PaidIn": "MoneyDeposited", "MoneyWithdrawn": ""})
    (effect,) = model.effects(event("PaidIn", amount=5)) or ()
    assert [update.operand for update in effect.updates] == [5]
    assert model.effects(event("MoneyWithdrawn", amount=5)) is None
    again = choose(model.recipe, [], FieldMap())
    assert isinstance(again, Accounts)
    assert (again.chosen, again.recipe) == (model.chosen, model.recipe)


@pytest.mark.parametrize("text", ["{", "[]", '{"types": 1}', '{"types": {"A": "Nonsense"}, "short": 1}'])
def test_a_recipe_that_says_nonsense_says_nothing(text: str) -> None:
    model = choose(Recipe("accounts", "", text), [], FieldMap())
    assert model.recipe == Recipe("accounts")


def test_bare_names_are_an_accounts_when_money_goes_in_and_out() -> None:
    sample = [event(name, amount=1) for name in ("Opened", "Deposited", "Withdrawn")]
    model = choose(Recipe(), sample, FieldMap())
    assert isinstance(model, Accounts)
    assert [model.variant(name) for name in ("Opened", "Closed")] == ["AccountOpened", "AccountClosed"]
    assert choose(model.recipe, [], FieldMap()).recipe == model.recipe
    assert not isinstance(choose(Recipe(), sample[:2], FieldMap()), Accounts)
