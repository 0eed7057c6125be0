"""What does a query name that an open log does not have, and where does it find what it names?"""

from collections.abc import Sequence

from explorer.history.naming import findings
from explorer.projection.choose import choose
from explorer.projection.model import ReadModel, Recipe
from explorer.projection.named import Finding
from explorer.projection.sample import Sample
from explorer.session.events.search import positions_with
from explorer.session.warned import WarnedLog

_MOST_LOOKED_AT = 10_000  # events that hold a text; if more do, it is no id that was typed wrongly


class QueriedLog(WarnedLog):
    """An open log, and a query that is written for it."""

    def named_wrongly(self, query: ReadModel, *, ids: bool = True) -> Sequence[Finding]:
        """What a query names that this log does not have: members and types, and `ids` and entities.

        To look for an id is slow in a large log. Nothing is known of one that has not been read to its end.
        """
        if not self.complete:
            return []
        return findings(query, self._collected, self._has if ids else None)

    def bound(self, recipe: Recipe) -> ReadModel:
        """The read model of a recipe, as it would be for this log.

        Raises:
            ValueError: It cannot be one.
        """
        known = Sample(list, members=self._collected.members)
        return choose(recipe, known, self._log.fields)

    def _has(self, what: str, value: str) -> bool:
        """Whether an event has this id, or is about this entity."""
        events = self._collected.events
        if what == "entity":
            return events.entity_names.find(value) is not None
        if events.log.by_rows:
            return True  # an id need not stand in a row's bytes: nobody can tell
        positions = positions_with(events, value)
        some = (events.event(int(position)).id for position in positions[:_MOST_LOOKED_AT])
        return len(positions) > _MOST_LOOKED_AT or value in some
