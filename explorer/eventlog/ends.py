"""Where does a log of lines end, if its writer did not finish what stands last?"""

from explorer.eventlog.formats import Format
from explorer.eventlog.source import Source
from explorer.eventlog.tail import look_at_tail


def leave_out_torn(source: Source, form: Format) -> list[tuple[int, int, str, bool]]:
    """Let a log of lines end before an append that was not finished; its lines: offset, length, reason, incomplete.

    A line that cannot be read is found by everybody who reads; here it is about those that could be.
    """
    if not form.by_lines:
        return []
    tail = look_at_tail(source.read, source.size_bytes)
    if not tail.readable:
        return []
    begin, size = tail.size_bytes, source.size_bytes
    source.size_bytes, form.text.units = begin, max(begin - form.text.base, 0)
    lines = source.read(begin, size - begin).split(b"\n")
    found = []
    for index, raw in enumerate(lines):
        if raw:
            found.append((begin, len(raw), tail.torn, index == len(lines) - 1))
        begin += len(raw) + 1
    return found
