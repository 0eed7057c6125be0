"""Is the log sound: everything readable, as it was written, in order, nothing missing, nothing twice?"""

from collections import Counter
from collections.abc import Callable

import msgspec

from explorer.eventlog.event import Event
from explorer.eventlog.integrity import Fault, Proof, check_seals
from explorer.eventlog.log import EventLog
from explorer.history.collect import collect
from explorer.history.numbering import Numbering
from explorer.history.oddities import KINDS, Oddities
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
    ids = _Ids()
    numbering = Numbering(log)
    line_count = 0
    for batch in log.batches():
        line_count = max(line_count, batch.done_lines)
        for event, line, offset in zip(batch.events, batch.lines, batch.offsets, strict=True):
            verdict.events += 1
            if (fault := changed.pop(offset, None)) is not None:
                verdict.add(Finding("changed", event.position, line, None, offset, fault.text))
            kind, text = ids.check(event)
            if kind:
                verdict.add(Finding(kind, event.position, line, None, offset, text))
            numbering.take(event, line, offset)
        if report is not None:
            report(batch.done_bytes, log.size_bytes)
    for kind, position, line, byte, text in numbering.findings():
        verdict.add(Finding(kind, position, line, None, byte, text))
    _add_proof(verdict, changed, head, (line_count, log.size_bytes))
    verdict.findings.sort(key=lambda finding: finding.byte)
    return verdict


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

    def check(self, event: Event) -> tuple[str, str]:
        if event.id is None:
            return "", ""
        first = self._first.setdefault(event.id, event.position)
        if first != event.position:
            return "repeated-id", f"the id {event.id} was already used by event {first:,}"
        return "", ""
