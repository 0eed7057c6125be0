"""Which events is each warning about an open log about, and where are they on its timeline?"""

from collections.abc import Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from explorer.history.collect import Collected
from explorer.history.history import History, Order
from explorer.history.oddities import Oddities, Oddity
from explorer.history.verify import Report, Verdict, verify
from explorer.language import grouped, tr
from explorer.sentences import translated
from explorer.session.events.entries import Entries
from explorer.session.facts import LogFacts
from explorer.session.plaintext import visible
from explorer.session.warnings import LogWarning, warnings_of

SAID = 2  # things about one place in one line
NO_EVENTS = frozenset({"unread", "incomplete"})

type Int64s = npt.NDArray[np.int64]


class WarnedEntries(Sequence[tuple[str, str, str]]):
    """What one warning is about, as they are met: position or line, time, and what is odd. Each is made when asked.

    Attributes:
        positions: (n,) where one stands for each, ascending.
    """

    def __init__(self, oddity: Oddity, history: History, entries: Entries) -> None:
        self._oddity, self._history, self._entries = oddity, history, entries
        if oddity.unread is not None:
            self._rows, found = entries.unread_places(oddity.unread)
            self._order = np.arange(len(found))
        else:
            found = np.clip(history.in_order(np.maximum(oddity.positions, 1)), 0, len(history))
            self._order = np.argsort(found, kind="stable")
            found = found[self._order]
            self._rows = entries.rows_of(found)
        self.positions: Int64s = found

    def __len__(self) -> int:
        return len(self.positions)

    def entry(self, index: int) -> int:
        """The row of the raw events table that shows it."""
        return int(self._rows[index])

    @overload
    def __getitem__(self, index: int) -> tuple[str, str, str]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[str, str, str]]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, str, str] | Sequence[tuple[str, str, str]]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        place = self._oddity.place(int(self._order[index]))
        if self._oddity.unread is not None:
            by_rows = self._history.log.by_rows
            where = tr("row {line:,}") if by_rows else tr("line {line:,}")
            return where.format(line=place.line), "", visible(translated(place.text), 300)
        position = int(self.positions[index])
        at = self._history.event(position).at if position else None
        return grouped(position), visible(at or "", 40), visible(translated(place.text), 300)


class WarnedLog(LogFacts):
    """What should be known before any answer from a log is trusted."""

    order: Order

    def __init__(self, collected: Collected) -> None:
        super().__init__(collected)
        self._entries: dict[Order, Entries] = {}
        self._oddities: dict[Order, Oddities] = {}
        self._warnings: dict[Order, Sequence[LogWarning]] = {}
        self._warned: dict[tuple[Order, str], WarnedEntries] = {}
        self._marked: dict[Order, Int64s] = {}

    @property
    def history(self) -> History:
        """The history in the current order of time."""
        raise NotImplementedError

    @property
    def recorded(self) -> History:
        """The history in the order of the log."""
        raise NotImplementedError

    @property
    def oddities(self) -> Oddities:
        """What is odd about the log, as it is met in the current order."""
        if self.order not in self._oddities:
            self._oddities[self.order] = Oddities(self._collected, self.history)
        return self._oddities[self.order]

    @property
    def warnings(self) -> Sequence[LogWarning]:
        """What should be known before any answer is trusted, the gravest first; positions in the current order."""
        if self.order not in self._warnings:
            self._warnings[self.order] = warnings_of(self.oddities, self.history, self.unknown_types)
        return self._warnings[self.order]

    @property
    def told_warnings(self) -> dict[str, object]:
        """The same as members of a JSON answer, with how many entries could not be read."""
        return {"unread": self.unread_count, "warnings": [each.told for each in self.warnings]}

    def warned(self, kind: str) -> WarnedEntries:
        """What the warning of this kind is about.

        Raises:
            KeyError: There is none.
        """
        key = self.order, kind
        if key not in self._warned:
            self._warned[key] = WarnedEntries(
                self.oddities.all[kind], self.history, self._entries[self.order]
            )
        return self._warned[key]

    def warned_positions(self) -> Int64s:
        """(n,) where anything is odd, ascending; a kind that is true of most events marks no place among them."""
        if self.order not in self._marked:
            found = [self.warned(kind).positions for kind in self._rare_kinds]
            self._marked[self.order] = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
        return self._marked[self.order]

    @property
    def marked_positions(self) -> Int64s:
        """The same, if somebody has looked already, which may take a while for a large log."""
        return self._marked.get(self.order, np.zeros(0, np.int64))

    @property
    def _rare_kinds(self) -> Sequence[str]:
        return [each.kind for each in self.warnings if 2 * each.count <= self.event_count]

    def warned_text(self, position: int) -> str:
        """What is odd at a place that `warned_positions` has; empty if nothing is, or nobody has looked yet."""
        if self.order not in self._marked:
            return ""
        found: list[str] = []
        for kind in self._rare_kinds:
            entries = self.warned(kind)
            at = int(np.searchsorted(entries.positions, position))
            if at < len(entries) and entries.positions[at] == position:
                where, _, what = entries[at]
                found.append(f"{where}: {what}" if kind in NO_EVENTS else what)
        more = ["…"] if len(found) > SAID else []
        return "; ".join(dict.fromkeys(found[:SAID] + more))

    def verify(self, report: Report | None = None, head: str | None = None) -> Verdict:
        """Everything that is odd about the log, in log order. Slow: each event is read once more."""
        return verify(self._log, report, head, Oddities(self._collected, self.recorded))
