"""What of an open log can be exported: the state, a difference, the history of a value, the events?

Each has the same columns, and the same JSON, as the command that answers the same question. What is exported is fixed
when it is asked for: going elsewhere meanwhile, or another order, changes nothing in it.
"""

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Event, Unread
from explorer.history.history import History
from explorer.history.state_texts import StateTexts
from explorer.session.document import Document
from explorer.session.events.entries import Entries
from explorer.session.files.event_rows import EventRows
from explorer.session.files.export_formats import answer_of, cell, csv_cell, csv_columns, csv_row, guarded
from explorer.session.plaintext import visible
from explorer.session.reasons.why import WhyLines
from explorer.session.state.differences import Differences

STATES_AT_ONCE = 32_768


class StateExport:
    """Every entity at one position."""

    def __init__(self, document: Document, position: int) -> None:
        self._state = document.history.state(position)
        self._codes = self._state.codes
        at = document.event(position).at if position else None
        self._head: dict[str, object] = {
            "position": position,
            "events": document.event_count,
            "at": at,
            **document.told_warnings,
        }
        self.title = f"State at {position:,} of {document.event_count:,}, {document.moment_text(position)}"
        self.columns = [document.noun, *(field.name for field in self._state.fields)]

    def __len__(self) -> int:
        return len(self._codes)

    def row(self, index: int) -> Sequence[object]:
        """The entity and the values of its fields."""
        code = int(self._codes[index])
        return [self._state.entity(code), *self._state.row(code).values()]

    def csv_rows(self, *, for_spreadsheets: bool) -> Iterator[tuple[int, bytes]]:
        """All rows, some thousand at a time, column by column."""
        texts = StateTexts(self._state, cell)
        for begin in range(0, len(self), STATES_AT_ONCE):
            codes = self._codes[begin : begin + STATES_AT_ONCE]
            columns = [
                self._state.entities(codes),
                *(texts.column(field, codes) for field in self._state.fields),
            ]
            rows = csv_columns(columns, for_spreadsheets=for_spreadsheets)
            yield begin + len(codes), rows.encode("utf-8", "backslashreplace")

    def answer(self) -> Iterator[str]:
        """As `state --format json`."""
        codes = map(int, self._codes)
        rows = ((self._state.entity(code), self._state.row(code)) for code in codes)
        return answer_of(self._head, [("state", rows)])


class DiffTable:
    """What differs between two points, as it is shown."""

    def __init__(self, document: Document, found: Differences) -> None:
        self._found = found
        moments = document.moment_text(found.start), document.moment_text(found.stop)
        self.title = f"From {found.start:,} ({moments[0]}) to {found.stop:,} ({moments[1]})"
        self.columns = ["change", document.noun, "field", "before", "after", "difference"]
        self._head: dict[str, object] = {
            name: {"position": position, "at": document.event(position).at if position else None}
            for name, position in (("from", found.start), ("to", found.stop))
        }
        self._head |= document.told_warnings

    def __len__(self) -> int:
        return len(self._found)

    def row(self, index: int) -> Sequence[object]:
        """`added`, `removed` or `changed`; the entity; the field; before; after; the difference of numbers."""
        found, field = self._found, self._found.field(index)
        before, after = found.values(index)
        step = found.text(index, 4).replace("\N{MINUS SIGN}", "-")
        name = None if field is None else field.name
        return [found.kind(index), found.entity(index), name, before, after, step or None]

    def answer(self) -> Iterator[str]:
        """As `diff --format json`."""
        return answer_of(
            self._head, [(kind, self._entities(kind)) for kind in ("added", "removed", "changed")]
        )

    def _entities(self, kind: str) -> Iterator[tuple[str, object]]:
        found = self._found
        entity, fields = "", dict[str, object]()
        for index in range(len(found)):
            if found.first_of_entity(index) and fields:
                yield entity, fields
                fields = {}
            if found.kind(index) != kind:
                continue
            field, (before, after) = found.field(index), found.values(index)
            entity = found.entity(index)
            if field is not None:
                pair = {"before": before, "after": after}
                fields[field.name] = pair if kind == "changed" else (after if kind == "added" else before)
        if fields:
            yield entity, fields


class WhyTable:
    """Every event that set a value, with the arithmetic."""

    def __init__(self, document: Document, entity: str, field: str, lines: WhyLines) -> None:
        self._lines = lines
        self._events = _Events(document)
        self._field = field
        what = f"{field} of {entity}" if field else entity
        self.title = f"Why: {visible(what, 200)}"
        self.columns = ["position", "at", "type", "field", "before", "after", "explanation"]
        self._head: dict[str, object] = {"account": entity, "field": field or None, **document.told_warnings}

    def __len__(self) -> int:
        return len(self._lines)

    def row(self, index: int) -> Sequence[object]:
        """One change."""
        change, event = self._lines.changes[index], self._events.at(int(self._lines.positions[index]))
        said = self._lines[index].explanation
        return [change.position, event.at, event.type, change.field.name, change.before, change.after, said]

    def answer(self) -> Iterator[str]:
        """As `why --format json`."""
        return answer_of(self._head, [("changes", self._changes())])

    def _changes(self) -> Iterator[tuple[None, object]]:
        for index in range(len(self)):
            change = self._lines.changes[index]
            values = dict(zip(self.columns, self.row(index), strict=True))
            if self._field:
                del values["field"]
            if change.key is not None:
                values["key"] = change.key
            yield None, values


class EventsExport:
    """Some of the raw entries, or all: events, and what could not be read with the reason."""

    def __init__(self, document: Document, rows: npt.NDArray[np.int64] | None, what: str = "") -> None:
        self._events = _Events(document)
        self._rows = rows
        self._count = document.entry_count
        self.title = f"Events: {visible(what, 200)}" if what else "Events"
        self.columns = ["position", "at", "type", document.noun, "data", "not read"]
        self._head: dict[str, object] = {"total": len(self), **document.told_warnings}

    def __len__(self) -> int:
        return self._count if self._rows is None else len(self._rows)

    def row(self, index: int) -> Sequence[object]:
        """One entry."""
        position, unread = self._at(index)
        if unread is not None:
            return self._not_read(unread)
        assert position is not None
        return [position, *_told(self._events.at(position))[1:]]

    def _not_read(self, unread: Unread) -> Sequence[object]:
        reason = f"line {unread.line}, column {unread.column}: {unread.reason}"
        return [None, None, None, None, self._events.text(unread), reason]

    def csv_rows(self, *, for_spreadsheets: bool) -> Iterator[tuple[int, bytes]]:
        """All rows: in log order from the bytes of many events at once."""
        if not self._events.in_log_order:
            for index in range(len(self)):
                yield index + 1, csv_row(self.row(index), for_spreadsheets=for_spreadsheets)
            return

        def row(event: Event) -> bytes:
            return csv_row(_told(event), for_spreadsheets=for_spreadsheets)

        def text(value: str) -> bytes:
            return csv_cell(guarded(value) if for_spreadsheets else value).encode("utf-8", "backslashreplace")

        events = self._events.all
        among = np.ones(len(events), np.bool_)
        unread = list(range(len(events.unread)))
        if self._rows is not None:
            positions, others = self._events.entries.split(self._rows)
            among[:] = False
            among[positions - 1] = True
            unread = others.tolist()
        waiting = deque(events.unread[index] for index in unread)
        breaks = np.array([each.after for each in waiting], np.int64)
        done = 0

        def unread_before(place: int) -> Iterator[tuple[int, bytes]]:
            nonlocal done
            while waiting and waiting[0].after <= place:
                done += 1
                yield done, csv_row(self._not_read(waiting.popleft()), for_spreadsheets=for_spreadsheets)

        rows = EventRows(events, row, text, guarded=for_spreadsheets)
        for first, stop, pieces in rows.pieces(among, breaks):
            for place, piece in pieces:
                yield from unread_before(place)
                yield done, piece
            done += int(among[first:stop].sum())
        yield from unread_before(len(events))

    def answer(self) -> Iterator[str]:
        """As `events --format json`."""
        return answer_of(self._head, [("events", self._entries())])

    def _entries(self) -> Iterator[tuple[None, object]]:
        for index in range(len(self)):
            position, at, type_, entity, data, reason = self.row(index)
            if reason is None:
                yield None, {"position": position, "at": at, "type": type_, "account": entity, "data": data}
            else:
                yield None, {"position": None, "raw": data, "not read": reason}

    def _at(self, index: int) -> tuple[int | None, Unread | None]:
        return self._events.entries.at(index if self._rows is None else int(self._rows[index]))


def _told(event: Event) -> Sequence[object]:
    return [event.position, event.at, event.type, event.entity, event.data, None]


class _Events:
    """The events and entries of a log in the order in which it is shown now."""

    def __init__(self, document: Document) -> None:
        self._history: History = document.history
        self.all = document.history.events
        self.in_log_order = document.order == "log"
        self.entries = Entries(document.history, by_time=document.order != "log")

    def at(self, position: int) -> Event:
        return self._history.events.event(self._history.log_position(position))

    def text(self, unread: Unread) -> str:
        log = self._history.events.log
        return log.text(log.raw(unread.offset, unread.length_bytes))
