"""How is a report read that has a column for each period: accounts down, months or weeks across?

Each cell is an event at the end of its period. Whether it tells what moved in the period or what was there at its end,
the report does not say, so nothing is added up: the last one told is what is shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.eventlog.entries import WrittenEntries, WrittenEntry
from explorer.eventlog.event import FieldMap
from explorer.eventlog.extract import JOINED, event_maker
from explorer.eventlog.field_names import CURRENCIES, plain
from explorer.eventlog.formats import Csv
from explorer.patterns import lazy_pattern

_DAY = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])"
_QUARTER = r"(?:19|20)\d\d[- ]?Q[1-4]"
_YEAR = r"(?:19|20)\d\d"
_END = lazy_pattern(
    rf"(?:{_DAY}\.\.)?(?P<day>{_DAY})|(?P<month>{_MONTH})|(?P<quarter>{_QUARTER})|(?P<year>{_YEAR})", re.ASCII
)
_LEAST = 2  # columns of periods
_MOST_OTHERS = 6


def end_of(title: str) -> str | None:
    """The last day of the period that is the title of a column; None if it is none."""
    found = _END.fullmatch(title.strip())
    if found is None:
        return None
    if found["day"]:
        return found["day"]
    year = int(title.strip()[:4])
    month = 12
    if found["month"]:
        month = int(title.strip()[5:7])
    elif found["quarter"]:
        month = 3 * int(title.strip()[-1])
    import calendar  # only such a table needs it

    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


class Periods(WrittenEntries):
    """Each cell of such a table as an event; they are a set, which their times put in order."""

    by_time = True

    def __init__(self, inner: Csv, ends: Mapping[str, str], delimiter: str) -> None:
        super().__init__()
        self.text = inner.text
        self.name = f"{inner.name}, a column for each period"
        self._inner = inner
        self._ends = ends
        self._delimiter = delimiter
        others = [name for name in inner.columns if name not in ends]
        currency = next((name for name in others[1:] if plain(name) in CURRENCIES), None)
        entity = others[0] if currency is None else f"{others[0]}{JOINED}{currency}"
        self.fields = FieldMap(type="type", time="period_end", entity=f"{entity}")
        self._others = others

    def entries(self) -> Iterator[WrittenEntry]:
        """The cells, row by row."""
        names = list(self._inner.columns)
        for batch in self._inner.batches(event_maker(FieldMap())):
            odd = list(batch.unread)
            rows = zip(batch.events, batch.offsets, batch.lengths, batch.lines, strict=True)
            for event, offset, size, line in rows:
                while odd and odd[0].offset < offset:
                    yield _unread(odd.pop(0))
                places = _cells(self.text.source.read(offset, size), self._delimiter.encode())
                told = {name: event.record[name] for name in self._others if name in event.record}
                for at, (begin, end) in enumerate(places):
                    name = names[at] if at < len(names) else ""
                    if name in self._ends and name in event.record:
                        record: dict[str, Any] = {
                            "type": "Reported", "period_end": self._ends[name],
                            "reported": event.record[name], "period": name, **told,
                        }  # fmt: skip
                        yield WrittenEntry(offset + begin, max(end - begin, 1), line, record)
            for each in odd:
                yield _unread(each)


def _unread(odd: Any) -> WrittenEntry:  # noqa: ANN401 - an `Unread`
    return WrittenEntry(
        odd.offset, odd.length_bytes, odd.line, reason=odd.reason, column=odd.column, at=odd.byte
    )


def _cells(raw: bytes, delimiter: bytes) -> Sequence[tuple[int, int]]:
    """Where the cells of a row are."""
    found, begin, quoted = [], 0, False
    for at in range(len(raw)):
        byte = raw[at : at + 1]
        if byte == b'"':
            quoted = not quoted
        elif byte == delimiter and not quoted:
            found.append((begin, at))
            begin = at + 1
    found.append((begin, len(raw)))
    return found


def periods(found: Csv, delimiter: str) -> Csv | Periods:
    """The same table, cell by cell if its columns are periods."""
    ends = {name: end for name in found.columns if (end := end_of(name)) is not None}
    others = len(found.columns) - len(ends)
    few = not 1 <= others <= _MOST_OTHERS or len(ends) < _LEAST or len(ends) < others
    if few or not found.names_columns or end_of(found.columns[0]) is not None or not found.text.is_utf8:
        return found
    return Periods(found, ends, delimiter)
