"""Which rows of the events table pass a filter?

Cheap terms go first: types, accounts, times and positions are compared as columns. What is left is looked at in one
pass over the log: in each block texts, then patterns, then fields.
"""

import time
from collections.abc import Callable

import msgspec
import numpy as np

from explorer.history.history import History
from explorer.history.passes import (
    Flags,
    Int64s,
    Report,
    WholeEvents,
    containing,
    looked_at,
    needles_of,
)
from explorer.language import tr
from explorer.projection.members import Members
from explorer.session.events.column_tests import column_test
from explorer.session.events.entries import Entries
from explorer.session.events.field_tests import FieldTest, check_field
from explorer.session.events.filters import FilterError, Pattern, Term, parse_filter
from explorer.session.events.record_tests import RecordTest

FIRST_SHOWN_S = 0.1  # after which what is found so far is shown; then each time after twice as long
UNREAD_BYTES = 4 << 20  # of a stretch that could not be read; more is not searched
_ANCHORS = ("^", "$", "\\A", "\\z", "\\b", "\\B")


class _Text(msgspec.Struct, frozen=True):
    """An event's bytes contain one of these, which are in small letters."""

    needles: list[bytes]
    negated: bool


class _Match(msgspec.Struct, frozen=True):
    """An event's text matches this."""

    found: Callable[[bytes], bool]
    scan: Callable[[bytes, int], int]  # where a match begins in many lines, from an offset on; -1: nowhere
    negated: bool


class Filter:
    """A filter that has been understood; asking it for rows may be slow.

    Raises:
        FilterError: The text is no filter, or speaks of a field that no event has.
    """

    def __init__(
        self, text: str, history: History, entries: Entries, noun: str, members: Members | None = None
    ) -> None:
        """Understand a filter.

        Args:
            text: It.
            history: What it is about.
            entries: The rows of the table.
            noun: What the log calls its entities.
            members: What all its events have; None if that is not known.
        """
        self._members = members
        self._history, self._entries = history, entries
        self._columns: list[Callable[[], Flags]] = []
        self._texts: list[_Text] = []
        self._matches: list[_Match] = []
        self._fields: list[tuple[RecordTest, bool]] = []
        self.terms = parse_filter(text)
        for term in self.terms:
            self._take(term, noun)

    def _take(self, term: Term, noun: str) -> None:
        if term.field is not None:
            column = column_test(term, self._history, noun)
            if column is None:
                if self._members is not None:
                    check_field(term, self._members)
                self._fields.append((RecordTest(FieldTest(term), self._history.events), term.negated))
            else:
                self._columns.append(column)
            return
        (value,) = term.values
        if isinstance(value, Pattern):
            self._matches.append(_match(value, term, self._history))
        else:
            self._texts.append(_Text(needles_of(self._history.events, value), term.negated))

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return not self.terms

    def rows(self, report: Report | None = None, show: Callable[[Int64s], None] | None = None) -> Int64s:
        """(k,) the rows of the table that pass, ascending. What could not be read passes texts and patterns only.

        Args:
            report: Who is told how far it has come, in bytes; what it raises ends the search.
            show: Is given the rows of the events that have been found so far, now and then.
        """
        events = self._history.events
        passing = np.ones(len(events), np.bool_)
        for column in self._columns:
            passing &= column()
        if not (self._texts or self._matches or self._fields):
            return self._with_unread(self._rows_of(np.flatnonzero(passing)))
        # found so far is the beginning of one array: to show it copies nothing, however much it is
        room, count = np.empty(np.count_nonzero(passing), np.int64), 0
        wait_s, shown = FIRST_SHOWN_S, time.monotonic()

        def look(block: WholeEvents) -> Int64s:
            return np.flatnonzero(self._look_at(block, passing[block.first : block.stop])) + block.first

        for _, stop, found in looked_at(events, look, report, passing):
            room[count : count + len(found)] = found if self._by_time else self._rows_of(found)
            count += len(found)
            if show is not None and stop < len(events) and time.monotonic() > shown + wait_s:
                show(self._rows_of(room[:count]) if self._by_time else room[:count])
                wait_s, shown = 2 * wait_s, time.monotonic()
        rows = room[:count]
        return self._with_unread(self._rows_of(rows) if self._by_time else rows)

    @property
    def _by_time(self) -> bool:
        """Whether the rows of the table are in another order than the events of the log."""
        return self._history.order != "log"

    def _with_unread(self, found: Int64s) -> Int64s:
        """(k,) some rows of the table, and those of what could not be read and passes, ascending."""
        unread = self._unread()
        return np.sort(np.concatenate([found, unread])) if len(unread) else found

    def _rows_of(self, events: Int64s) -> Int64s:
        """(k,) the rows of the table, ascending, of events by their place in the log."""
        recorded = events + 1
        positions = self._history.in_order(recorded)
        return self._entries.rows_of(recorded if positions is recorded else np.sort(positions))

    def _look_at(self, block: WholeEvents, among: Flags) -> Flags:
        """(k,) which events of a block pass the tests that need their bytes."""
        own = among.copy()
        for text in self._texts:
            own &= containing(text.needles, block) ^ text.negated
        for match in self._matches:
            own &= _matching(block, own, match, by_lines=self._history.events.log.by_lines) ^ match.negated
        for test, negated in self._fields:
            own &= test.passing(block, own) ^ negated
        return own

    def _unread(self) -> Int64s:
        events = self._history.events
        if self._columns or self._fields:
            return np.zeros(0, np.int64)  # it has no fields
        found = []
        for index, stretch in enumerate(events.unread):
            raw = events.log.raw(stretch.offset, min(stretch.length_bytes, UNREAD_BYTES))
            folded = raw.lower()
            texts = (
                any(needle in folded for needle in text.needles) is not text.negated for text in self._texts
            )
            if all(texts) and all(match.found(raw) is not match.negated for match in self._matches):
                found.append(self._entries.unread_row(index))
        return np.asarray(found, np.int64)


def _match(pattern: Pattern, term: Term, history: History) -> _Match:
    import re2

    log = history.events.log
    plain = log.encode("a") == b"a"
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not pattern.ignore_case
    lines = re2.Options()
    lines.log_errors = False
    lines.case_sensitive = not pattern.ignore_case
    lines.never_nl = True  # no match reaches from one line into the next
    try:
        compiled = re2.compile(pattern.text, options)
        by_line = re2.compile(pattern.text, lines)
    except re2.error as error:
        said = tr("/{pattern}/ is no pattern: {error}").format(pattern=pattern.text, error=error)
        raise FilterError(said, term.start, term.stop) from error

    def found(raw: bytes) -> bool:
        return compiled.search(raw if plain else log.text(raw)) is not None

    def scan(content: bytes, start: int) -> int:
        hit = by_line.search(content, start)
        return -1 if hit is None else int(hit.start())

    anchored = any(anchor in pattern.text for anchor in _ANCHORS)
    return _Match(found, _nowhere if anchored or not plain else scan, term.negated)


def _nowhere(_content: bytes, _start: int) -> int:
    return -1


def _matching(block: WholeEvents, among: Flags, match: _Match, *, by_lines: bool) -> Flags:
    """(events,) which of a block's events match."""
    hits = np.zeros(len(among), np.bool_)
    if by_lines and match.scan is not _nowhere:
        at = match.scan(block.content, 0)
        while at >= 0:
            hit = block.at(at)
            end = int(block.ends[hit])
            hits[hit] |= at < end
            at = match.scan(block.content, max(end, at + 1))
        return hits
    for at in np.flatnonzero(among).tolist():
        hits[at] = match.found(block.raw(at))
    return hits
