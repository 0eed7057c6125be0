"""Which read models come with the program?

This is where each is registered, and the only place: command line, window and lessons offer what stands here.
"""

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the names are asked for sooner than any read model
    from explorer.projection.model import BuiltIn, MeansTypes

AUTOMATIC = "auto"  # the first that fits the log

# The name on the command line, and the class, see `model.BuiltIn`; the last one fits every log
BUILT_IN = {
    "accounts": "explorer.projection.accounts:Accounts",
    "balances": "explorer.projection.balances:Balances",
    "latest": "explorer.projection.latest:LatestFields",
}


def names() -> tuple[str, ...]:
    """All that a person can name."""
    return (AUTOMATIC, *BUILT_IN)


def built_in(name: str) -> "type[BuiltIn]":
    """The read model that is called so."""
    module, _, kind = BUILT_IN[name].partition(":")
    found: type[BuiltIn] = getattr(importlib.import_module(module), kind)
    return found


def nouns() -> dict[str, tuple[str, str]]:
    """What one entity and several are called, by the former: where these are words of our own, marked with `later`."""
    from explorer.projection.model import Worded
    from explorer.projection.program import Program

    classes: Iterator[Any] = iter([*map(built_in, BUILT_IN), Program])
    return {each.wording.nouns[0]: each.wording.nouns for each in classes if isinstance(each, Worded)}


def of_meanings() -> "type[MeansTypes]":
    """The one by which a person says what event types mean, while no such read model is in use."""
    classes: Iterator[Any] = (built_in(name) for name in BUILT_IN)
    found: type[MeansTypes] = next(each for each in classes if hasattr(each, "type_meanings"))
    return found
