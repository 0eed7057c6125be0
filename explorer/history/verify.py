"""Is the log sound: everything readable, as it was written, in order, nothing missing, nothing twice?"""

from collections import Counter
from collections.abc import Callable

import msgspec

from explorer.eventlog.event import Event
from explorer.eventlog.integrity import Fault, Proof, check_seals
from explorer.eventlog.log import EventLog

type Report = Callable[[int, int], None]

KEPT_PER_KIND = 100_000  # more findings of one kind are counted, not listed


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong or odd.

    Attributes:
        kind: `unread`, `incomplete`, `changed`, `cut`, `warning`, `out-of-order`, `repeated-id`, `gap`,
            `repeated-sequence` or `backwards-sequence`.
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

    @property
    def sound(self) -> bool:
        """True if nothing at all was found."""
        return not self.counts


def verify(log: EventLog, report: Report | None = None, head: str | None = None) -> Verdict:
    """Read the whole log and say everything that is odd about it.

    Args:
        log: An open log.
        report: Is told how far it has come.
        head: The hash that `verify` said when the log was known to be good.
    """
    verdict = Verdict(check_seals(log, head))
    changed = {fault.byte: fault for fault in reversed(verdict.proof.faults)}  # the first of each line
    times = _Times()
    ids = _Ids()
    numbering = _Numbering(), _Numbering()  # one for the whole log, one within each entity
    line_count = 0
    for batch in log.batches():
        line_count = max(line_count, batch.done_lines)
        for unread in batch.unread:
            kind = "incomplete" if unread.incomplete else "unread"
            verdict.add(Finding(kind, unread.after, unread.line, unread.column, unread.byte, unread.reason))
        for notice in batch.notices:
            verdict.add(
                Finding("warning", notice.position, notice.line, notice.column, notice.byte, notice.text)
            )
        for event, line, offset in zip(batch.events, batch.lines, batch.offsets, strict=True):
            verdict.events += 1
            if (fault := changed.pop(offset, None)) is not None:
                verdict.add(Finding("changed", event.position, line, None, offset, fault.text))
            for kind, text in (times.check(event), ids.check(event)):
                if kind:
                    verdict.add(Finding(kind, event.position, line, None, offset, text))
            if event.sequence is not None:
                numbering[0].check(event, "", line, offset)
                numbering[1].check(event, event.entity or "", line, offset)
        if report is not None:
            report(batch.done_bytes, log.size_bytes)
    # A log numbers its events either as a whole or within each stream; the reading that fits better is meant.
    for finding in min(numbering, key=lambda numbers: numbers.odd).findings:
        verdict.add(finding)
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


class _Times:
    def __init__(self) -> None:
        self._latest: tuple[int, str, int] | None = None

    def check(self, event: Event) -> tuple[str, str]:
        if event.at_ns is None:
            return "", ""
        if self._latest is not None and event.at_ns < self._latest[0]:
            return (
                "out-of-order",
                f"it happened at {event.at}, before event {self._latest[2]:,} ({self._latest[1]})",
            )
        self._latest = event.at_ns, str(event.at), event.position
        return "", ""


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


class _Numbering:
    """The numbers that the log itself carries, within one stream or the whole log."""

    def __init__(self) -> None:
        self._latest: dict[str, int] = {}
        self.findings: list[Finding] = []
        self.odd = 0

    def check(self, event: Event, stream: str, line: int, offset: int) -> None:
        number = event.sequence
        assert number is not None
        latest = self._latest.get(stream)
        if latest is None or number > latest:
            self._latest[stream] = number
        if latest is None or number == latest + 1:
            return
        if number == latest:
            kind, text = "repeated-sequence", f"sequence {number} is there twice"
        elif number < latest:
            kind, text = "backwards-sequence", f"sequence {number} comes after {latest}"
        else:
            missing = f"{latest + 1}" if number == latest + 2 else f"{latest + 1} to {number - 1}"
            kind, text = "gap", f"sequence {number} follows {latest}: {missing} missing"
        self.odd += 1
        if self.odd <= KEPT_PER_KIND:
            self.findings.append(Finding(kind, event.position, line, None, offset, text))
