"""What do the rows above and below a table say of it: whose account it is, in what, and what was there?"""

import re
from collections.abc import Sequence

from explorer.eventlog.csv_cells import kind_of
from explorer.eventlog.event import Stated
from explorer.patterns import lazy_pattern

_LONGEST = 60
_LABELLED = lazy_pattern(r"[^\d:]{2,40}:")
_OWNED = lazy_pattern(r" \(| / | - ")  # behind the number of an account: its kind, or its owner
_FORMULA = lazy_pattern(r'="(.*)"')  # so that a spreadsheet takes it for a text
_IBAN = lazy_pattern(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b", re.ASCII)
_CODE = lazy_pattern(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", re.ASCII)
_ACCOUNT = lazy_pattern(
    r"(?:iban|(?:your |my |bank )?account(?: ?(?:number|no\.?|nr\.?|id|#))?"
    r"|konto(?:nummer|-?nr\.?)?|girokonto|kontonummer ?/ ?iban"
    r"|compte|num[ée]ro (?:de|du) compte|cuenta|conta|ag[êe]ncia ?/ ?conta|conto"
    r"|rekening(?:nummer)?|kontonummer|账号|账户|支付宝账户)",
    re.IGNORECASE,
)  # fmt: skip
_CURRENCY = lazy_pattern(
    r"(?:(?:account )?currency|w[äa]hrung|waehrung|devise|moneda|moeda|valuta|币种|bewertet in)",
    re.IGNORECASE,
)
_CLOSING = lazy_pattern(
    r"(?:(?:neuer |aktueller )?(?:kontostand|saldo)|endsaldo|schlusssaldo"
    r"|(?:closing|ending|current|ledger|statement|account)? ?balance"
    r"|solde(?: final)?|saldo (?:final|finale|actual|contable)|eindsaldo|期末余额|余额)"
    r"(?: (?:vom|per|am|as of|as at|on|at|au|al|op) .*)?",
    re.IGNORECASE,
)  # fmt: skip
_OPENING = lazy_pattern(
    r"(?:alter (?:kontostand|saldo)|anfangssaldo|(?:opening|beginning|starting|previous) balance|solde initial"
    r"|saldo (?:inicial|iniziale|anterior)|beginsaldo|期初余额)(?: (?:vom|per|am|as of|as at|on|at|au|al|op) .*)?",
    re.IGNORECASE,
)  # fmt: skip

_LABELS = {
    "last": lazy_pattern("letzter (?:kontostand|saldo)", re.IGNORECASE),
    "opening": _OPENING,
    "closing": _CLOSING,
}


def stated_in(rows: Sequence[Sequence[str]]) -> Stated:
    """What some rows say; of what is said twice and differs, nothing is taken."""
    found: dict[str, list[str]] = {"account": [], "currency": [], "opening": [], "closing": [], "last": []}
    for row in rows:
        _look(row, found)
    last = found.pop("last")  # before the entries, if what is there behind them is told, too
    found["opening" if found["closing"] else "closing"] += last

    def only(name: str) -> str:
        values = list(dict.fromkeys(found[name]))
        return values[0] if len(values) == 1 else ""

    return Stated(**{name: only(name) for name in found})


def _look(row: Sequence[str], found: dict[str, list[str]]) -> None:
    cells = [cell.strip() for cell in row if cell.strip()]
    at = 0
    while at < len(cells):  # a label has its values behind it, or beside it in its own cell
        label, colon, rest = cells[at].partition(":")
        end = at + 1
        if not rest.strip():
            while end < len(cells) and not _LABELLED.match(cells[end]):
                end += 1
        values = [rest.strip()] if rest.strip() else cells[at + 1 : end]
        if values and len(label) <= _LONGEST:
            _hear(label.strip(), values, found)
        at = end if colon or at == 0 else at + 1


def _hear(label: str, values: Sequence[str], found: dict[str, list[str]]) -> None:
    if _ACCOUNT.fullmatch(label):
        iban = _IBAN.search(values[0])
        account = (
            iban[0] if iban else _OWNED.split(_FORMULA.sub(r"\1", values[0]), maxsplit=1)[0].strip("[] ")
        )
        if len(account) <= _LONGEST and any(map(str.isdigit, account)):
            found["account"].append(account)
    elif _CURRENCY.fullmatch(label):
        found["currency"] += _CODE.findall(values[0])[:1]
    else:
        name = next((each for each, labels in _LABELS.items() if labels.fullmatch(label)), "")
        amounts = [at for at, each in enumerate(values) if kind_of(each) == "number"]
        if not name or not amounts:
            return
        at = amounts[-1]
        found[name].append(values[at])
        codes = [*_CODE.findall(values[at]), *(each for each in values[at + 1 :] if _CODE.fullmatch(each))]
        found["currency"] += codes[:1]
