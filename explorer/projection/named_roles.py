"""Where do events say how much, in what and with whom, if a profile says so and names alone would not tell?

A read model that goes by names is given the payload with these under the names that it knows, and without others that
it would take for them. Of stand-ins this is as true as of values.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from explorer.eventlog.event import Event, FieldMap, Joined, Record
from explorer.projection.account_names import folded
from explorer.projection.entry_columns import moves

type Hidden = Callable[[str], bool]
type Find = Callable[[Any], Any]

FIRST_OF, JOINED = " | ", " + "  # as `FieldMap` has them

ROLES = ("amount", "currency", "counterparty")


class NamedRoles:
    """What a profile names of these.

    Attributes:
        names: Which of `ROLES` it names.
        member_names: What the members on the way there are called, so that none of them is passed over.
    """

    def __init__(self, fields: FieldMap) -> None:
        paths = {role: path for role in ROLES if (path := getattr(fields, role)) is not None}
        self.names = frozenset(paths)
        self.member_names = frozenset(
            folded(name)
            for path in paths.values()
            for each in path.replace(JOINED, FIRST_OF).split(FIRST_OF)
            for name in (each, *each.split("."))
        )
        self._finds = {role: _finder(path, fields.data) for role, path in paths.items()}

    @classmethod
    def of(cls, fields: FieldMap) -> "NamedRoles | None":
        """Those of a log; None if its profile names none."""
        found = cls(fields)
        return found if found.names else None

    def laid_over(self, event: Event, hidden: Hidden = moves) -> Record:
        """The payload with what is named as `amount`, `currency`, `from` and `to`.

        Args:
            event: Of which it is.
            hidden: Says of a member's name whether it would be taken for the amount.
        """
        data: dict[str, Any] = {
            name: value for name, value in event.data.items() if not self._hides(name, hidden)
        }
        for role, find in self._finds.items():
            if (value := find(event)) is None:
                continue
            if role == "counterparty":
                data |= {"from": event.entity, "to": value}
            else:
                data[role] = value
        return data

    def seen(self, event: Event, hidden: Hidden = moves) -> Event:
        """The event with this payload."""
        return msgspec.structs.replace(event, data=self.laid_over(event, hidden))

    def _hides(self, name: str, hidden: Hidden) -> bool:
        own = folded(name)
        return (
            ("amount" in self.names and hidden(name))
            or ("currency" in self.names and own in CURRENCIES)
            or ("counterparty" in self.names and own in OTHER_SIDES)
        )


CURRENCIES = frozenset({"currency", "currencycode", "ccy", "commodity"})
OTHER_SIDES = frozenset({
    "fromaccountid", "fromaccount", "sourceaccountid", "sourceaccount", "debitaccountid", "from", "source",
    "toaccountid", "toaccount", "targetaccountid", "targetaccount", "destinationaccountid", "destinationaccount",
    "creditaccountid", "to", "target", "destination",
})  # fmt: skip


def _finder(path: str, data: str | None) -> Callable[[Event], Any]:
    """What finds a value in an event: below its payload, which may have been lifted, or in its record."""
    inside = None if data is None or FIRST_OF in path or JOINED in path else path.removeprefix(f"{data}.")
    if data is None or inside not in {None, path}:
        find = member_at(inside or path)
        return lambda event: find(event.data)
    find = member_at(path)
    return lambda event: find(event.record)


def member_at(path: str) -> Find:
    """What finds the value at a path in a record or a payload; `a | b` and `a + b` as `FieldMap` has them."""
    if FIRST_OF in path:
        several = [member_at(each) for each in path.split(FIRST_OF)]
        return lambda record: next((value for find in several if (value := find(record)) is not None), None)
    if JOINED in path:
        parts = [member_at(each) for each in path.split(JOINED)]

        def joined(record: Any) -> str | None:  # noqa: ANN401 - JSON
            found = [find(record) for find in parts]
            return Joined.text(found) if all(isinstance(each, str) for each in found) else None

        return joined
    names = path.split(".")

    def find(record: Any) -> Any:  # noqa: ANN401 - JSON
        value = record
        for at, name in enumerate(names):
            if not isinstance(value, Mapping):
                return None
            if name not in value:
                return value.get(".".join(names[at:]))
            value = value[name]
        return value

    return find
