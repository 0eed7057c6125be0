"""Where do the steps lead: one event, a larger step, the same account, or what is wrong?"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from explorer.desktop.page.panel_list import Offered
from explorer.desktop.playhead import Playhead
from explorer.desktop.saving import LogWidget
from explorer.session.find.checks import Int64s, Violations

LEAST_LEAP = 10


class SteppablePage(LogWidget, Offered):
    """What the step keys do on the page of an open log. Each asks the playhead."""

    def __init__(self) -> None:
        super().__init__()
        self.playhead = Playhead(self)
        self.violations = Violations([])

    def next_event(self) -> None:
        """One event further."""
        self.playhead.step(1)

    def previous_event(self) -> None:
        """One event back."""
        self.playhead.step(-1)

    def leap_forward(self) -> None:
        """A larger step further."""
        self.playhead.step(self._leap)

    def leap_back(self) -> None:
        """A larger step back."""
        self.playhead.step(-self._leap)

    def go_to_start(self) -> None:
        """Before the first event."""
        self.playhead.move_to(0)

    def go_to_end(self) -> None:
        """After the last event."""
        self.playhead.move_to(self.playhead.last)

    def next_of_same(self) -> None:
        """The next event of the same account."""
        self._step_same(1)

    def previous_of_same(self) -> None:
        """The previous event of the same account."""
        self._step_same(-1)

    def next_trouble(self) -> None:
        """The next thing that broke a check, could not be read, or is warned of."""
        self._step_trouble(1)

    def previous_trouble(self) -> None:
        """The previous thing that broke a check, could not be read, or is warned of."""
        self._step_trouble(-1)

    def _step_trouble(self, step: int) -> None:
        document, here = self.document, self.playhead.position
        if document is None:
            return
        found = [
            int(places[at])
            for places in (
                self.violations.positions, document.troubled_positions(), document.marked_positions
            )
            if 0 <= (at := _beside(places, here, step)) < len(places)
        ]  # fmt: skip
        if found:
            self.playhead.move_to(min(found) if step > 0 else max(found))

    @property
    def _leap(self) -> int:
        return max(self.playhead.last // 100, LEAST_LEAP)

    def _step_same(self, step: int) -> None:
        document, here = self.document, self.playhead.position
        if document is None:
            return
        entity = self.state_table.entity or document.entity_at(here)
        found = document.next_of_same(here, entity, step) if entity is not None else None
        if found is not None:
            self.playhead.move_to(found)


def _beside(places: "Sequence[int] | Int64s", here: int, step: int) -> int:
    """Which of ascending places comes next, or stands before."""
    return bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1
