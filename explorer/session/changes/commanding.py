"""What becomes of a command that a person gives to an open log: events in the log's own manner, or a reason why not?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.domain.account import Bank
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
    command_with,
    decide,
)
from explorer.eventlog.event import Event
from explorer.eventlog.log_style import Draft
from explorer.history.folder.opened import FolderCollected
from explorer.history.rejections import PastAccounts
from explorer.language import later, tr
from explorer.projection.account_names import folded
from explorer.projection.accounts import ACCOUNT_KEYS, Accounts, keys_meaning
from explorer.projection.exact import Exact, exact, plain
from explorer.session.document import Document
from explorer.session.plaintext import visible

_MOST_LOOKED_AT = 200  # of the last events, for how the log writes one of a kind


@dataclass(frozen=True)
class Form:
    """What one command asks for.

    Attributes:
        name: How code knows it.
        title: For people, as `later("…")`.
        kind: The command.
    """

    name: str
    title: str
    kind: type[Command]

    @property
    def fields(self) -> tuple[str, ...]:
        """What it carries: `account`, `owner`, `amount`, `currency`, `target`; those at the end may stay empty."""
        return self.kind.__struct_fields__

    @property
    def needed(self) -> int:
        """How many of them must be filled in."""
        return len(self.fields) - len(self.kind.__struct_defaults__)


FORMS = (
    Form("deposit", later("Deposit"), Deposit),
    Form("withdraw", later("Withdraw"), Withdraw),
    Form("transfer", later("Transfer"), Transfer),
    Form("open", later("Open an account"), OpenAccount),
    Form("close", later("Close the account"), CloseAccount),
    Form("freeze", later("Freeze the account"), Freeze),
    Form("unfreeze", later("Unfreeze the account"), Unfreeze),
)
_KINDS = {form.name: form.kind for form in FORMS}


def command(name: str, values: Mapping[str, str]) -> Command | Rejection:
    """The command of a form as it is filled in; a rejection if it is not filled in so that one could decide."""
    kind = _KINDS[name]
    said: dict[str, object] = {key: value.strip() for key, value in values.items()}
    if not said.get("account"):
        return Rejection("name", later("say which account"))
    if "amount" in kind.__struct_fields__:
        said["amount"] = exact(said.get("amount", ""))
        if said["amount"] is None:
            return Rejection("amount", later("the amount is not a number"))
    if "target" in kind.__struct_fields__ and not said.get("target"):
        return Rejection("name", later("say to which account"))
    return command_with(kind, said | {"currency": said.get("currency") or None})


def asked_text(asked: Command | Rejection) -> str:
    """A command in a few words: `Withdraw 30 EUR from acc-1`."""
    match asked:
        case Deposit(account, amount, currency):
            return tr("Deposit {amount} to {account}").format(
                amount=_money(amount, currency), account=_id(account)
            )
        case Withdraw(account, amount, currency):
            return tr("Withdraw {amount} from {account}").format(
                amount=_money(amount, currency), account=_id(account)
            )
        case Transfer(source, target, amount, currency):
            return tr("Transfer {amount} from {source} to {target}").format(
                amount=_money(amount, currency), source=_id(source), target=_id(target)
            )
        case OpenAccount(account):
            return tr("Open {account}").format(account=_id(account))
        case CloseAccount(account):
            return tr("Close {account}").format(account=_id(account))
        case Freeze(account):
            return tr("Freeze {account}").format(account=_id(account))
        case Unfreeze(account):
            return tr("Unfreeze {account}").format(account=_id(account))
    return tr("A command")


def reason_text(refused: Rejection) -> str:
    """Why a command is rejected, in the person's language."""
    return visible(tr(refused.text).format(**refused.values), 200)


def can_decide(document: Document) -> bool:
    """Whether the rules know what a log is about."""
    return isinstance(document.read_model, Accounts) and document.complete


def why_not(document: Document) -> str:
    """Why no command can be given to a log, however it is read; empty if one could be by the rules of accounts."""
    if document.path is None:
        return tr("Standard input cannot be written to.")
    if isinstance(document.collected, FolderCollected):
        return tr("A history folder is only read: open the log itself.")
    if document.log.address is not None:
        return tr("A database or a broker is only read.")
    if not document.complete:
        return tr("The log is still being read.")
    if document.upcasting is not None:
        return tr("No command can be given while upcasters read the log.")
    return ""


def decided(document: Document, asked: Command) -> tuple[Fact, ...] | Rejection:
    """What the rules say of a command when things stand as at the end of the log. Nothing is written."""
    model = document.read_model
    assert isinstance(model, Accounts)
    past = PastAccounts(document.recorded, model)
    ends = (asked.account, asked.target) if isinstance(asked, Transfer) else (asked.account,)
    bank: Bank = {
        each: known for each in ends if (known := past.account(each, document.event_count)) is not None
    }
    return decide(bank, asked)


def drafts(document: Document, facts: Sequence[Fact], reason: str = "") -> list[Draft]:
    """The facts as the log would write them: its own names for types and members, amounts as text if it has them so."""
    return [_draft(document, fact, reason) for fact in facts]


def _draft(document: Document, fact: Fact, reason: str) -> Draft:
    model = document.read_model
    assert isinstance(model, Accounts)
    kind, sample = _alike(document, model, fact.type)
    data: dict[str, object] = {}
    entity = None
    for name, value in fact.data.items():
        own = _own_name(name, sample)
        if folded(name) in ACCOUNT_KEYS:
            entity = str(value)
            if _outside(document) and (sample is None or own not in sample.data):
                continue  # the log names it beside the payload
        before = None if sample is None else sample.data.get(own)
        number = exact(value) if folded(name) == "amount" else None
        data[own] = plain(number) if isinstance(before, str) and number is not None else value
    return Draft(kind, data, None, {"reason": reason} if reason else {}, entity)


def _alike(document: Document, model: Accounts, variant: str) -> tuple[str, Event | None]:
    """How the log calls an event of a variant, and the last one of it, if it is not far from the end."""
    last = document.event_count
    for position in range(last, max(last - _MOST_LOOKED_AT, 0), -1):
        event = document.history.events.event(position)
        if model.variant(event.type) == variant:
            return event.type, event
    names = [name for name in document.history.events.type_names.values if model.variant(name) == variant]
    return (names[0] if names else variant), None


def _own_name(name: str, sample: Event | None) -> str:
    """The name of a member as the log spells it."""
    if sample is None or name in sample.data:
        return name
    return next((key for key in sample.data if folded(key) in keys_meaning(folded(name))), name)


def _outside(document: Document) -> bool:
    """Whether the entity stands beside the payload."""
    fields = document.fields
    return (
        fields.entity is not None
        and fields.data is not None
        and not fields.entity.startswith(fields.data + ".")
    )


def _money(amount: Exact, currency: str | None) -> str:
    return f"{plain(amount)} {visible(currency or '', 12)}".strip()


def _id(account: str) -> str:
    return visible(account, 40)
