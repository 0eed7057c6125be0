"""Which events could not be applied: listed as far as that can be, and all of them counted?"""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from explorer.history.chunks import Problem

MOST_LISTED = 100_000  # of one kind: a log without end may fail at every event


class Problems:
    """The problems of one log so far.

    Attributes:
        listed: The first ones of each kind.
        unlisted: How many more there are of each kind.
    """

    def __init__(self, listed: Sequence[Problem] = (), unlisted: Mapping[str, int] | None = None) -> None:
        """Begin with what is known already."""
        self.listed = list(listed)
        self.unlisted: Counter[str] = Counter(unlisted or {})
        self._counts = Counter(each.kind for each in self.listed)

    def take(self, problems: Sequence[Problem], before: int) -> None:
        """Add some, before whose first event stand `before` more than their positions say."""
        for each in problems:
            if self._counts[each.kind] >= MOST_LISTED:
                self.unlisted[each.kind] += 1
                continue
            self._counts[each.kind] += 1
            self.listed.append(msgspec.structs.replace(each, position=each.position + before))
