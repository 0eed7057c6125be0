"""How many events must be replayed to reach a position, with snapshots and without? Replayed, and counted."""

from bisect import bisect_right

from explorer.eventlog.event import Event
from explorer.language import grouped, tr
from explorer.projection.choose import choose
from explorer.projection.fold import FoldedState, evolve
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame, Strip

MOST_EVENTS = 2_000  # replayed one by one in each frame of a drag


class CountingFold:
    """The plain fold, which counts how often it is called."""

    def __init__(self, document: Document, recipe: Recipe) -> None:
        self.events: list[Event] = [document.event(at) for at in range(1, document.event_count + 1)]
        self._model = choose(recipe, self.events[:1_000], document.fields)
        self.calls = 0

    def replay(self, state: FoldedState, start: int, stop: int) -> FoldedState:
        """`state` after the events from `start` up to before `stop`."""
        for event in self.events[start:stop]:
            state = evolve(self._model, state, event)
            self.calls += 1
        return state


class SnapshotReplay:
    """Two replays of the same jump: from nothing, and from the nearest snapshot."""

    forward_only = False

    def __init__(self, document: Document, recipe: Recipe, every: int) -> None:
        self._fold = CountingFold(document, recipe)
        self._any = every <= len(self._fold.events)
        self.title = tr("A jump with snapshots and without") if self._any else tr("A jump, replayed")
        self._every = every
        self._snapshots: list[tuple[int, FoldedState]] = [(0, {})]
        state: FoldedState = {}
        for at in range(every, len(self._fold.events) + 1, every):
            state = self._fold.replay(state, at - every, at)
            self._snapshots.append((at, state))

    def begin(self, position: int) -> None:
        """It keeps nothing but its snapshots."""

    def close(self) -> None:
        """It holds nothing open."""

    def counts(self, position: int) -> tuple[int, int, bool]:
        """Events replayed without and with snapshots, and whether both came to the same state."""
        fold = self._fold
        before = fold.calls
        slow = fold.replay({}, 0, position)
        without = fold.calls - before
        start, kept = self._nearest(position)
        before = fold.calls
        quick = fold.replay(kept, start, position)
        return without, fold.calls - before, slow == quick

    def frame(self, position: int) -> Frame:
        """The two stretches that were replayed, to scale."""
        without, with_, same = self.counts(position)
        total = len(self._fold.events)
        if not self._any:  # there is nothing to compare it with
            return Frame(strips=(Strip(_events(tr("From the beginning"), without), 0, position, total),))
        start, _ = self._nearest(position)
        marks = tuple(at for at, _ in self._snapshots[1:])
        strips = (
            Strip(_events(tr("Without snapshots"), without), 0, position, total),
            Strip(
                _events(tr("A snapshot every {every}").format(every=grouped(self._every)), with_),
                start,
                position,
                total,
                marks,
            ),
        )
        verdict = tr("Both replays come to the same state.") if same else tr("The replays differ!")
        return Frame(strips=strips, notes=(verdict,))

    def _nearest(self, position: int) -> tuple[int, FoldedState]:
        return self._snapshots[bisect_right(self._snapshots, position, key=lambda kept: kept[0]) - 1]


def _events(what: str, count: int) -> str:
    said = (
        tr("1 event replayed") if count == 1 else tr("{count} events replayed").format(count=grouped(count))
    )
    return f"{what}: {said}"
