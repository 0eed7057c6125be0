"""Is the log sound: everything readable, as it was written, in order, nothing missing, nothing twice?"""

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec
import numpy as np

from explorer.eventlog.event import Event
from explorer.eventlog.integrity import Fault, Proof, check_seals
from explorer.eventlog.log import EventLog
from explorer.history.collect import collect
from explorer.history.event_members import EventMembers, Hashes, hashed
from explorer.history.events import Events
from explorer.history.numbered_columns import BlockNumbers, NumberedColumns, TooLong
from explorer.history.numbering import Numbering
from explorer.history.oddities import KINDS, Oddities
from explorer.history.passes import Int64s, WholeEvents, looked_at, may_be_compiled
from explorer.projection.choose import choose, with_meanings
from explorer.projection.model import AUTO

type Report = Callable[[int, int], None]

KEPT_PER_KIND = 100_000  # more findings of one kind are counted, not listed

CHECKS = (  # everything that is looked for; the guide lists the same
    *KINDS, "changed", "cut", "repeated-id", "gap", "repeated-sequence", "backwards-sequence",
)  # fmt: skip


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong or odd.

    Attributes:
        kind: One of `CHECKS`.
        position: The event it is about; for unread lines, how many events stand before it.
        line, column: 1-based, where known.
        byte: 0-based offset in the unpacked log.
        text: What is wrong, in words.
    """

    kind: str
    position: int
    line: int
    column: int | None
    byte: int
    text: str


class Verdict:
    """All findings about one log, in log order, and how many there are of each kind.

    Attributes:
        events: How many events it has.
        proof: What the seals of its records prove.
    """

    def __init__(self, proof: Proof) -> None:
        self.events = 0
        self.proof = proof
        self.counts: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def add(self, finding: Finding) -> None:
        """Take a finding."""
        self.counts[finding.kind] += 1
        if self.counts[finding.kind] <= KEPT_PER_KIND:
            self.findings.append(finding)

    def first(self, most: int | None) -> list[Finding]:
        """The first findings of each kind, as many as `most` (None: all that are kept), in log order."""
        told: Counter[str] = Counter()
        found = []
        for finding in self.findings:
            told[finding.kind] += 1
            if most is None or told[finding.kind] <= most:
                found.append(finding)
        return found

    @property
    def sound(self) -> bool:
        """True if nothing at all was found."""
        return not self.counts


def verify(
    log: EventLog, report: Report | None = None, head: str | None = None, oddities: Oddities | None = None
) -> Verdict:
    """Read the whole log and say everything that is odd about it.

    Args:
        log: An open log.
        report: Is told how far it has come.
        head: The hash that `verify` said when the log was known to be good.
        oddities: What every answer about the log warns of, in log order; found anew if None, with the read model that
            fits.
    """
    verdict = Verdict(check_seals(log, head))
    if oddities is None:
        recipe = with_meanings(AUTO, log.profile.meanings)
        collected = collect(log, lambda sample: choose(recipe, sample, log.fields))
        oddities = Oddities(collected, collected.history())
    for oddity in oddities.all.values():
        for index in range(min(len(oddity), KEPT_PER_KIND)):
            place = oddity.place(index)
            verdict.add(
                Finding(oddity.kind, place.position, place.line, place.column, place.byte, place.text)
            )
        verdict.counts[oddity.kind] = oddity.count
    changed = {fault.byte: fault for fault in reversed(verdict.proof.faults)}  # the first of each line
    if not _by_columns(verdict, changed, oddities.events, report):
        _one_by_one(verdict, changed, log, report)
    end = (0, log.size_bytes)
    if head is not None and verdict.proof.found is None:
        end = (max((batch.done_lines for batch in log.batches()), default=0), log.size_bytes)
    _add_proof(verdict, changed, head, end)
    verdict.findings.sort(key=lambda finding: finding.byte)
    return verdict


def _one_by_one(verdict: Verdict, changed: dict[int, Fault], log: EventLog, report: Report | None) -> None:
    """Look at each event; what was `changed` goes as its event is met."""
    ids, numbering = _Ids(), Numbering(log)
    for batch in log.batches():
        for event, line, offset in zip(batch.events, batch.lines, batch.offsets, strict=True):
            verdict.events += 1
            if (fault := changed.pop(offset, None)) is not None:
                verdict.add(Finding("changed", event.position, line, None, offset, fault.text))
            text = ids.check(event)
            if text:
                verdict.add(Finding("repeated-id", event.position, line, None, offset, text))
            numbering.take(event, line, offset)
        if report is not None:
            report(batch.done_bytes, log.size_bytes)
    for kind, position, line, byte, text in numbering.findings():
        verdict.add(Finding(kind, position, line, None, byte, text))


def _by_columns(verdict: Verdict, changed: dict[int, Fault], events: Events, report: Report | None) -> bool:
    """The same of all events at once; false if each must be read by itself, and nothing was found."""
    members = EventMembers.of(events.log) if may_be_compiled(events) else None
    if members is None:
        return False
    numbered, id_path = NumberedColumns(events), events.log.fields.id
    ids = np.zeros(len(events), np.uint64)

    def look(block: WholeEvents) -> tuple[Hashes, BlockNumbers, Int64s]:
        scanned = members.scanned(block)
        numbers, read = numbered.looked_at(scanned, block.first)
        found = np.zeros(block.stop - block.first, np.uint64)
        if id_path is not None:
            texts = scanned.texts_by(id_path)
            found[texts.events] = texts.hashes()
            read = np.union1d(read, np.flatnonzero(texts.read))
            # its numbers are told with it
            numbers = numbers.without(read)
        return found, numbers, read

    try:
        for first, stop, (found, numbers, read) in looked_at(events, look, report):
            ids[first:stop] = found
            numbered.take(numbers)
            for event in events.some(first + read + 1):
                ids[event.position - 1] = 0 if event.id is None else hashed([event.id])[0]
                numbered.take_event(event)
        findings = numbered.findings()
    except TooLong:
        return False
    verdict.events = len(events)
    for offset in sorted(changed):
        row = int(np.searchsorted(events.offsets, offset))
        if row < len(events) and int(events.offsets[row]) == offset:
            text = changed.pop(offset).text
            verdict.add(Finding("changed", row + 1, events.line(row + 1), None, offset, text))
    for event, text in _repeated(events, ids):
        place = events.line(event.position), None, int(events.offsets[event.position - 1])
        verdict.add(Finding("repeated-id", event.position, *place, text))
    for kind, position, line, byte, text in findings:
        verdict.add(Finding(kind, position, line, None, byte, text))
    return True


def _repeated(events: Events, hashes: Hashes) -> Iterator[tuple[Event, str]]:
    """The events whose ids were used before. Of texts only numbers are known, so that those alike are read."""
    known = np.sort(hashes)
    twice = known[1:][(known[1:] == known[:-1]) & (known[1:] != 0)]
    ids = _Ids()
    if len(twice):
        for event in events.some(np.flatnonzero(np.isin(hashes, twice)) + 1):
            if text := ids.check(event):
                yield event, text


def _add_proof(verdict: Verdict, left: dict[int, Fault], head: str | None, end: tuple[int, int]) -> None:
    """Add what the seals show of lines that are no events, and of the log's end (its line and byte)."""
    for fault in left.values():
        verdict.add(Finding("changed", 0, fault.line, None, fault.byte, fault.text))
    if head is not None and verdict.proof.found is None:
        text = (
            f"the log never had the head {head[:8]}…: its end was cut off, or something before it was changed"
        )
        verdict.add(Finding("cut", verdict.events, end[0], None, end[1], text))


class _Ids:
    def __init__(self) -> None:
        self._first: dict[str, int] = {}

    def check(self, event: Event) -> str:
        if event.id is None:
            return ""
        first = self._first.setdefault(event.id, event.position)
        if first != event.position:
            return f"the id {event.id} was already used by event {first:,}"
        return ""
