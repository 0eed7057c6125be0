"""Whose is an event, where its entity says too little: a stream of several accounts, balances by currency?

A stream may hold the events of several accounts, of which each payload names its own. And a list of balances tells one
for each account and currency: the last one told is not that of the account.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from explorer.eventlog import field_names as names
from explorer.eventlog.event import FieldMap, Record
from explorer.eventlog.extract import FIRST_OF, JOINED, getter, scalar_text

_ACCOUNTS = frozenset({"accountid", "account", "accountnumber", "accountno", "iban"})
_MOVED = frozenset(
    {"amount", "betrag", "montant", "importe", "quantity", "credit", "debit", "delta", "change"}
)
_LONGEST_CODE = 12
_SOME = 0.5  # of the events name their account


def whose(fields: FieldMap, sample: Sequence[Record]) -> FieldMap:
    """The same fields with an entity that tells apart what the events tell apart."""
    if fields.entity is None or JOINED in fields.entity:
        return fields
    return _by_currency(_by_account(fields, sample), sample)


def _by_account(fields: FieldMap, sample: Sequence[Record]) -> FieldMap:
    """The accounts that payloads name, where they are several in one stream and each is in one stream alone."""
    entity, payload = fields.entity, getter(fields.data)
    if entity is None or payload is None or fields.data is None:
        return fields
    if names.plain(entity.rpartition(".")[2]) in _ACCOUNTS:
        return fields
    own = getter(entity)
    assert own is not None
    by_name: dict[str, dict[str, set[str]]] = {}
    told = 0
    for record in sample:
        data, stream = payload(record), scalar_text(own(record))
        name = next(filter(_is_account, data), None) if isinstance(data, Mapping) else None
        account = None if name is None else scalar_text(data[name])
        if name is not None and stream and account:
            told += 1
            by_name.setdefault(name, {}).setdefault(stream, set()).add(account)
    if len(by_name) != 1 or told < _SOME * len(sample):
        return fields
    [(name, streams)] = by_name.items()
    accounts = [account for every in streams.values() for account in every]
    several = any(len(every) > 1 for every in streams.values())
    if not several or len(set(accounts)) < len(accounts):
        return fields
    return msgspec.structs.replace(
        fields, entity=f"{fields.data}.{name}{FIRST_OF}{entity}", form=None, kind=None
    )


def _by_currency(fields: FieldMap, sample: Sequence[Record]) -> FieldMap:
    """The account and the currency, where records tell what is there and never what goes in or out."""
    entity = fields.entity
    if entity is None or FIRST_OF in entity:
        return fields
    parent = entity.rpartition(".")[0]
    holder = getter(parent) if parent else None
    rows: list[Mapping[str, Any]] = []
    for record in sample:
        row = record if holder is None else holder(record)
        if not isinstance(row, Mapping):
            return fields
        rows.append(row)
    known = {name: names.plain(name) for row in rows for name in row}
    currency = next((name for name, plain in known.items() if plain in names.CURRENCIES), None)
    told = [name for name, plain in known.items() if any(word in plain for word in names.BALANCES)]
    moved = any(
        plain in _MOVED or (names.is_amount(plain) and name not in told) for name, plain in known.items()
    )
    kinds = getter(fields.type)
    types = {scalar_text(kinds(record)) for record in sample} if kinds is not None else set()
    if currency is None or not told or moved or len(types) > 1:
        return fields
    codes = {scalar_text(row.get(currency)) for row in rows}
    if len(codes) < 2 or None in codes or any(len(code or "") > _LONGEST_CODE for code in codes):
        return fields
    prefix = f"{parent}." if parent else ""
    return msgspec.structs.replace(fields, entity=f"{entity}{JOINED}{prefix}{currency}")


def _is_account(name: object) -> bool:
    return isinstance(name, str) and names.plain(name) in _ACCOUNTS
