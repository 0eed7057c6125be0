"""Which rows of the events table pass a filter?

Cheap terms go first: types, accounts, times and positions are compared as columns. What is left is searched for
texts block by block, then for patterns, and only what passes all of that is decoded to look at its fields.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from explorer.eventlog.event import Event
from explorer.history.history import History
from explorer.language import tr
from explorer.projection.members import Members
from explorer.session.events.column_tests import column_test
from explorer.session.events.entries import Entries
from explorer.session.events.field_tests import check_field, field_test
from explorer.session.events.filters import FilterError, Pattern, Term, parse_filter
from explorer.session.events.search import (
    Flags,
    Int64s,
    Report,
    WholeEvents,
    blocks,
    needles_of,
    positions_with,
)

UNREAD_BYTES = 4 << 20  # of a stretch that could not be read; more is not searched
_ANCHORS = ("^", "$", "\\A", "\\z", "\\b", "\\B")


@dataclass(frozen=True)
class _Text:
    """An event's bytes contain this."""

    text: str
    negated: bool


@dataclass(frozen=True)
class _Match:
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
        self._fields: list[tuple[Callable[[Event], bool], bool]] = []
        self.terms = parse_filter(text)
        for term in self.terms:
            self._take(term, noun)

    def _take(self, term: Term, noun: str) -> None:
        if term.field is not None:
            column = column_test(term, self._history, noun)
            if column is None:
                if self._members is not None:
                    check_field(term, self._members)
                self._fields.append((field_test(term), term.negated))
            else:
                self._columns.append(column)
            return
        (value,) = term.values
        if isinstance(value, Pattern):
            self._matches.append(_match(value, term, self._history))
        else:
            self._texts.append(_Text(value, term.negated))

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return not self.terms

    def rows(self, report: Report | None = None) -> Int64s:
        """(k,) the rows of the table that pass, ascending. What could not be read passes texts and patterns only."""
        events = self._history.events
        passing = np.ones(len(events), np.bool_)
        for column in self._columns:
            passing &= column()
        passes = len(self._texts) + bool(self._matches or self._fields)
        size = max(events.log.size_bytes, 1)

        def part(number: int) -> Report | None:
            if report is None:
                return None
            return lambda done, _total: report(number * size + done, passes * size)

        for number, text in enumerate(self._texts):
            hits = np.zeros(len(events), np.bool_)
            hits[positions_with(events, text.text, part(number), passing) - 1] = True
            passing &= hits ^ text.negated
        if self._matches or self._fields:
            for block in blocks(events, part(len(self._texts)), passing):
                self._look_at(block, passing)
        positions = np.sort(self._history.in_order(np.flatnonzero(passing) + 1))
        return np.sort(np.concatenate([self._entries.rows_of(positions), self._unread()]))

    def _look_at(self, block: WholeEvents, passing: Flags) -> None:
        """Put every event of one block to the tests that need its bytes."""
        own = passing[block.first : block.stop]
        for match in self._matches:
            own &= _matching(block, own, match, by_lines=self._history.events.log.by_lines) ^ match.negated
        if self._fields:
            log = self._history.events.log
            for at in np.flatnonzero(own).tolist():
                raw = block.content[block.starts[at] : block.ends[at]]
                row = block.first + at
                event = log.decode_raw(raw, row + 1, int(self._history.events.offsets[row]))
                own[at] = all(test(event) is not negated for test, negated in self._fields)

    def _unread(self) -> Int64s:
        events = self._history.events
        if self._columns or self._fields:
            return np.zeros(0, np.int64)  # it has no fields
        found = []
        for index, stretch in enumerate(events.unread):
            raw = events.log.raw(stretch.offset, min(stretch.length_bytes, UNREAD_BYTES))
            folded = raw.lower()
            texts = (
                any(needle in folded for needle in needles_of(events, text.text)) is not text.negated
                for text in self._texts
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
            row = block.row_at(at)
            end = block.end(row)
            hits[row - block.first] |= at < end
            at = match.scan(block.content, max(end, at + 1))
        return hits
    for at in np.flatnonzero(among).tolist():
        hits[at] = match.found(block.content[block.starts[at] : block.ends[at]])
    return hits
