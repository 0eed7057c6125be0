"""How do the events of one append become lines that prove that they belong together?"""

from collections.abc import Sequence

from explorer.eventlog.encoding import NotWritable
from explorer.eventlog.event import Record
from explorer.eventlog.log_style import Draft, LogStyle
from explorer.eventlog.record import read_record
from explorer.eventlog.seal import BatchPlace, line_hash, sealed


def batch_lines(
    style: LogStyle, events: Sequence[Draft], last: Record | None, prev: str | None, *, seal: bool
) -> tuple[list[bytes], str | None]:
    """One line for each event, without its newline, and what a record of the chain behind them has to say of them.

    Args:
        style: How the log writes its events.
        events: What is to be written together. Several events are always sealed, so that a part of them is known
            to be a part.
        last: The record before them, if there is one.
        prev: What the first seal says of what stands before it; None = there is no chain.
        seal: Whether an event alone is sealed too.

    Raises:
        NotWritable: One of them cannot be written.
    """
    if len(events) == 1:
        line = style.line(events[0], last)
        if seal:
            line = sealed(line, prev, None)
        return [line], None if prev is None else line_hash(line)
    lines: list[bytes] = []
    before = 0
    for number, event in enumerate(events, 1):
        try:
            line = style.line(event, last)
        except NotWritable as error:
            raise NotWritable(f"event {number:,} of {len(events):,}: {error}") from error
        last = read_record(line)[0] if style.counts else None
        line = sealed(line, prev, BatchPlace(number, len(events), before))
        if prev is not None:
            prev = line_hash(line)
        before += len(line) + 1
        lines.append(line)
    return lines, prev
