"""What do the rows above and below a table say of it: whose account it is, in what, and what was there?"""

import re
from collections.abc import Sequence

from explorer.eventlog.csv_cells import kind_of
from explorer.eventlog.event import Stated

_LONGEST = 60
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b", re.ASCII)
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", re.ASCII)
_ACCOUNT = re.compile(
    r"(?:iban|(?:your |my |bank )?account(?: ?(?:number|no\.?|nr\.?|id|#))?"
    r"|konto(?:nummer|-?nr\.?)?|girokonto|kontonummer ?/ ?iban"
    r"|compte|num[ée]ro (?:de|du) compte|cuenta|conta|ag[êe]ncia ?/ ?conta|conto"
    r"|rekening(?:nummer)?|kontonummer|账号|账户|支付宝账户)",
    re.IGNORECASE,
)  # fmt: skip
_CURRENCY = re.compile(
    r"(?:(?:account )?currency|w[äa]hrung|waehrung|devise|moneda|moeda|valuta|币种|bewertet in)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:neuer )?(?:kontostand|saldo)|endsaldo|schlusssaldo"
    r"|(?:closing|ending|current|ledger|statement|account)? ?balance"
    r"|solde(?: final)?|saldo (?:final|finale|actual|contable)|eindsaldo|期末余额|余额)"
    r"(?: (?:vom|per|am|as of|as at|on|at|au|al|op) .*)?",
    re.IGNORECASE,
)  # fmt: skip
_OPENING = re.compile(
    r"(?:alter (?:kontostand|saldo)|anfangssaldo|(?:opening|beginning|starting|previous) balance|solde initial"
    r"|saldo (?:inicial|iniziale|anterior)|beginsaldo|期初余额)(?: (?:vom|per|am|as of|as at|on|at|au|al|op) .*)?",
    re.IGNORECASE,
)  # fmt: skip


def stated_in(rows: Sequence[Sequence[str]]) -> Stated:
    """What some rows say; of what is said twice and differs, nothing is taken."""
    found: dict[str, list[str]] = {"account": [], "currency": [], "opening": [], "closing": []}
    for row in rows:
        _look(row, found)

    def only(name: str) -> str:
        values = list(dict.fromkeys(found[name]))
        return values[0] if len(values) == 1 else ""

    return Stated(**{name: only(name) for name in found})


def _look(row: Sequence[str], found: dict[str, list[str]]) -> None:
    cells = [cell.strip() for cell in row if cell.strip()]
    if not cells:
        return
    label, _, rest = cells[0].partition(":")
    values = [rest.strip(), *cells[1:]] if rest.strip() else cells[1:]
    label = label.strip()
    if not values or len(label) > _LONGEST:
        return
    if _ACCOUNT.fullmatch(label):
        iban = _IBAN.search(values[0])
        account = iban[0] if iban else values[0]
        if len(account) <= _LONGEST and any(map(str.isdigit, account)):
            found["account"].append(account)
    elif _CURRENCY.fullmatch(label):
        found["currency"] += _CODE.findall(values[0])[:1]
    else:
        name = "opening" if _OPENING.fullmatch(label) else "closing" if _CLOSING.fullmatch(label) else ""
        amounts = [at for at, each in enumerate(values) if kind_of(each) == "number"]
        if not name or not amounts:
            return
        at = amounts[-1]
        found[name].append(values[at])
        codes = [*_CODE.findall(values[at]), *(each for each in values[at + 1 :] if _CODE.fullmatch(each))]
        found["currency"] += codes[:1]
