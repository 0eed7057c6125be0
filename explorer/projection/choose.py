"""Which read model fits this log?"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from explorer.eventlog.event import Event, FieldMap
from explorer.projection.account_names import means_account, speaks_short
from explorer.projection.accounts import Accounts, from_text
from explorer.projection.latest import LatestFields
from explorer.projection.model import ReadModel, Recipe
from explorer.projection.number_style import NumberStyle
from explorer.projection.sample import Counted, Sample

if TYPE_CHECKING:
    from explorer.projection.sql import SqlModel

NAMES = ("auto", "accounts", "latest")
_MOST, _SOME = 0.5, 0.1


def choose(recipe: Recipe, sample: Sequence[Event] | Sample, fields: FieldMap) -> ReadModel:
    """The read model that `recipe` describes; for `auto` the one that fits the log of which `sample` tells.

    Raises:
        ValueError: There is no such read model, or its text cannot be one.
    """
    known = sample if isinstance(sample, Sample) else Sample(lambda: sample)
    if recipe.upcasters is not None:
        from explorer.projection.upcasting import UpcastingModel

        plain = msgspec.structs.replace(recipe, upcasters=None)
        found = UpcastingModel(choose(plain, [], fields), recipe.upcasters, fields)
        if recipe.language == "sql":  # it is bound to what events are once they are lifted
            known = known.lifted(found.lifted if found.ready else None)
        return UpcastingModel(choose(plain, known, fields), recipe.upcasters, fields)
    if recipe.language == "sql":
        return _query(recipe, known)
    if recipe.language == "python":
        from explorer.projection.program import Program

        return Program(recipe.name, recipe.text)
    if recipe.name == "latest":
        return LatestFields(fields)
    if recipe.name not in NAMES:
        raise ValueError(f"there is no projection “{recipe.name}”: it is one of {', '.join(NAMES)}")
    chosen, short, numbers = from_text(recipe.text)
    before = known.chosen
    if before is not None and before.name == "latest" and recipe.name == "auto":
        return LatestFields(fields)
    if before is not None and before.name == "accounts" and from_text(before.text)[0] == chosen:
        _, short, numbers = from_text(before.text)
        return Accounts(chosen, short=short, numbers=numbers)
    if known.numbers is not None:
        numbers = NumberStyle(known.numbers)
    short = short or speaks_short(set(known.counted.types))
    if recipe.name == "accounts" or _are_accounts(known.counted, chosen, short=short):
        return Accounts(chosen, short=short, numbers=numbers)
    return LatestFields(fields)


def _are_accounts(counted: Counted, chosen: Mapping[str, str], *, short: bool) -> bool:
    """Whether the read model of accounts would leave little out.

    It understands most of the events or gives most of the entities a state, and some of the others at least. Else
    it would hide what the log is about.
    """
    known = {
        kind: count
        for kind, count in counted.types.items()
        if (bool(chosen[kind]) if kind in chosen else means_account(kind, short=short))
    }
    if not known:
        return False
    events = sum(known.values()) / sum(counted.types.values())
    entities = counted.entities_with(known) / counted.entities if counted.entities else 1
    return max(events, entities) >= _MOST and min(events, entities) >= _SOME


def _query(recipe: Recipe, known: Sample) -> ReadModel:
    """A query, bound to where the log has what it names; to where it had when the log was shorter, if that is known."""
    from explorer.projection.sql import SqlModel

    before = known.chosen
    if before is not None and (before.language, before.text) == (recipe.language, recipe.text):
        return SqlModel(recipe.name, recipe.text, before.beside)
    model = SqlModel(recipe.name, recipe.text, recipe.beside)
    return model.bound(known.tree) if known.members.some else model


def query_of(model: ReadModel) -> "SqlModel | None":
    """The query that a read model is, whether or not events are lifted before it sees them."""
    from explorer.projection.upcasting import UpcastingModel

    inner = model.model if isinstance(model, UpcastingModel) else model
    if inner.recipe.language != "sql":
        return None
    from explorer.projection.sql import SqlModel

    assert isinstance(inner, SqlModel)
    return inner
