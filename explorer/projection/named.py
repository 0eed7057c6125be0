"""What is known of a log, and what does a query name that is not in it?"""

from collections.abc import Callable, Collection
from typing import Literal

import msgspec

from explorer.projection.members import Tree

type Named = Literal["type", "id", "entity"]


class Known(msgspec.Struct, frozen=True):
    """What is known of a log.

    Attributes:
        members: The members of its events, see `Members.tree`; none if nothing was read.
        types: The types of its events.
        has: Whether an event has an `id`, or is about an `entity`; None if nobody has looked.
    """

    members: Tree
    types: Collection[str]
    has: Callable[[str, str], bool] | None = None


class Finding(msgspec.Struct, frozen=True):
    """Something that a query names and the log does not have.

    Attributes:
        reason: What is named, and what is near.
        line, column: 1-based place in the text.
        start, end: The same as a half-open range of characters.
        likely: Whether it was typed wrongly, most likely: something is near that the query does not name itself, or
            it is an id, which no query names that is meant for other logs.
        fatal: Whether the query cannot be used because of it; else it may be meant for other logs.
    """

    reason: str
    line: int
    column: int
    start: int
    end: int
    likely: bool
    fatal: bool
