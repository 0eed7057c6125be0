"""Which read model fits this log?"""

from collections.abc import Sequence

import msgspec

from explorer.eventlog.event import Event, FieldMap
from explorer.projection.account_names import means_account, speaks_short
from explorer.projection.accounts import Accounts, heard
from explorer.projection.latest import LatestFields
from explorer.projection.model import ReadModel, Recipe

NAMES = ("auto", "accounts", "latest")
_ENOUGH = 0.1  # a log of which every tenth event is an account event is a log of accounts


def choose(recipe: Recipe, sample: Sequence[Event], fields: FieldMap) -> ReadModel:
    """The read model that `recipe` describes; for `auto` the one that fits `sample`, the log's first events.

    Raises:
        ValueError: There is no such read model, or its text cannot be one.
    """
    if recipe.upcasters is not None:
        from explorer.projection.upcasting import Upcasting

        plain = msgspec.structs.replace(recipe, upcasters=None)
        return Upcasting(choose(plain, sample, fields), recipe.upcasters, fields)
    if recipe.language == "sql":
        from explorer.projection.sql import SqlModel

        return SqlModel(recipe.name, recipe.text)
    if recipe.language == "python":
        from explorer.projection.program import Program

        return Program(recipe.name, recipe.text)
    chosen, short = heard(recipe.text)
    match recipe.name:
        case "accounts":
            return Accounts(chosen, short=short or _short(sample))
        case "latest":
            return LatestFields(fields)
        case "auto":
            short = short or _short(sample)
            known = sum(
                bool(chosen[event.type]) if event.type in chosen else means_account(event.type, short=short)
                for event in sample
            )
            fits = known and known >= _ENOUGH * len(sample)
            return Accounts(chosen, short=short) if fits else LatestFields(fields)
        case name:
            raise ValueError(f"there is no projection “{name}”: it is one of {', '.join(NAMES)}")


def _short(sample: Sequence[Event]) -> bool:
    return speaks_short({event.type for event in sample})
