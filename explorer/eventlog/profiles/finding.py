"""Which profile does a log get that nobody has named one for?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from explorer.eventlog.profiles.guessing import guessed_steps
from explorer.eventlog.profiles.profile import PLAIN, Profile
from explorer.eventlog.profiles.shipped import recognised
from explorer.eventlog.profiles.spelling import spelled

type Naming = Callable[[Sequence[Mapping[str, Any]]], Profile | None]  # says which, given a sample, or None


def profile_of(records: Sequence[Mapping[str, Any]], named: Profile | Naming | None = None) -> Profile:
    """The one that is named, or the one that fits a sample of records; else what is seen of how they are wrapped.

    Its paths are spelt as the records have them.
    """
    if named is not None and not isinstance(named, Profile):
        named = named(records)
    if named is not None:
        return spelled(named, records) if records else named
    if (found := recognised(records)) is not None:
        return spelled(found, records)
    steps = guessed_steps(records)
    return Profile(unwrap=steps) if steps else PLAIN
