"""How did one value go through time, as a line that can be drawn at any width?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from explorer.history.changes import Changes
from explorer.history.columns import named_column
from explorer.history.comparison import within
from explorer.history.field_history import FieldHistory
from explorer.history.history import History
from explorer.history.sums import Sums
from explorer.language import grouped, tr
from explorer.session.state.state_view import value_text

type Int64s = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]
type By = Literal["event", "time"]

MOST_LINES = 12  # keys of one value that are drawn; nobody tells more lines apart
TIES = 200  # values that are one number as floats, of which the exact extreme is looked for


class StepLine(NamedTuple):
    """The steps of one key.

    Attributes:
        key: Its key, such as a currency; None for a value without keys.
        positions: (m,) the position of each change, ascending.
        values: (m,) float64, for drawing only; what is said of a value is read from the history.
        changes: (m,) the numbers of the changes there.
    """

    key: str | None
    positions: Int64s
    values: Floats
    changes: Int64s


class Lane(NamedTuple):
    """A value that is no number: which of `texts` it was from each position on."""

    positions: Int64s
    codes: Int64s
    texts: Sequence[str]


class Steps:
    """All steps of one value of one entity.

    Attributes:
        entity, field: Whose; a part of a nested value is named as its column is: `address.city`.
        lines: For numbers, a line for each key; else empty.
        lane: For anything else.
        hidden_lines: How many keys have no line because there are too many.
        changes: Every change, in the order in which they happened.
    """

    def __init__(self, history: History, entity: str, field: str) -> None:
        self._history = history
        self.entity, self.field = entity, field
        self.lines: list[StepLine] = []
        self.lane: Lane | None = None
        self.hidden_lines = 0
        column = None if field in history.field_histories else named_column(field, history.fields, "")
        self._field, self._path = field, tuple[str, ...]()
        if column is not None and column.field is not None:
            self._field, self._path = column.field.name, column.path
        self.changes: Changes = history.all_changes(entity, [self._field])
        self.last = len(history)
        line, code = history.field_histories[self._field], history.entities.find(entity)
        if code is None or not len(self.changes):
            return
        slots = line.slots_of(code)
        if line.slot_key is None:
            self._take(line, None, self.changes.numbers)
            return
        self.hidden_lines = max(len(slots) - MOST_LINES, 0)
        for slot in list(slots)[:MOST_LINES]:
            key = int(line.slot_key[slot])
            changes = np.arange(line.offsets[slot], line.offsets[slot + 1])
            self._take(line, line.keys[key] if key >= 0 else None, changes)

    def _take(self, line: FieldHistory, key: str | None, changes: Int64s) -> None:
        positions = line.positions[changes].astype(np.int64)
        if self._path:
            self._take_part(
                key, positions, changes, [within(line.value(int(each)), self._path) for each in changes]
            )
            return
        values = _numbers(line, changes)
        if values is not None:
            self.lines.append(StepLine(key, positions, values, changes))
        elif self.lane is None:
            codes, texts = _texts(line, changes)
            self.lane = Lane(positions, codes, texts)

    def _take_part(self, key: str | None, positions: Int64s, changes: Int64s, values: list[object]) -> None:
        """The same of a part of each value."""
        numbers = [_number(each) for each in values]
        if None not in numbers and not np.isnan(np.array(numbers, np.float64)).all():
            self.lines.append(StepLine(key, positions, np.array(numbers, np.float64), changes))
        elif self.lane is None:
            texts = list(dict.fromkeys(map(value_text, values)))
            places = {text: at for at, text in enumerate(texts)}
            self.lane = Lane(
                positions, np.array([places[value_text(each)] for each in values], np.int64), texts
            )

    def _value(self, line: FieldHistory, change: int) -> object:
        """What a change set."""
        value = line.value(change)
        return within(value, self._path) if self._path else value

    def __len__(self) -> int:
        return len(self.changes)

    # -- where on the axis --------------------------------------------------------------------

    def places(self, positions: Int64s, by: By) -> Floats:
        """(k,) where positions lie on the axis: the position itself, or seconds since 1970 (for drawing only)."""
        clock = self._history.clock
        if by == "event" or not len(clock):
            return positions.astype(np.float64)
        moments: Floats = np.maximum(clock[np.clip(positions - 1, 0, len(clock) - 1)], self._start_ns) / 1e9
        return moments

    @property
    def _start_ns(self) -> int:
        """The first known time; 0 for a log without times."""
        clock = self._history.clock
        known = int(np.searchsorted(clock, np.iinfo(np.int64).min, "right"))
        return int(clock[known]) if known < len(clock) else 0

    @property
    def has_time(self) -> bool:
        """Whether there is a stretch of time to draw over."""
        return len(self._history) > 0 and int(self._history.clock[-1]) > self._start_ns

    def change_at(self, position: int) -> int | None:
        """The number of the last change at or before a position; None before the first."""
        at = int(np.searchsorted(self.changes.positions, position, "right")) - 1
        return at if at >= 0 else None

    def neighbour(self, position: int, step: Literal[-1, 1]) -> int | None:
        """The position of the next or the previous step, seen from a position."""
        positions = self.changes.positions
        if step > 0:
            at = int(np.searchsorted(positions, position, "right"))
        else:
            at = int(np.searchsorted(positions, position, "left")) - 1
        return int(positions[at]) if 0 <= at < len(positions) else None

    # -- what is said -------------------------------------------------------------------------

    def value_text(self, position: int) -> str:
        """The value at a position, exact; `12.50 EUR, 3 USD` for one kept by key; empty before it was set."""
        code = self._history.entities.find(self.entity)
        line = self._history.field_histories[self._field]
        if code is None:
            return ""
        parts = []
        for slot in line.slots_of(code):
            change = line.change_at(slot, position)
            if change >= 0:
                key = None if line.slot_key is None else int(line.slot_key[slot])
                name = line.keys[key] if key is not None and key >= 0 else ""
                parts.append(f"{value_text(self._value(line, change))} {name}".rstrip())
        return ", ".join(parts)

    def extreme_texts(self, line: StepLine) -> tuple[str, str]:
        """The least and the greatest value of a line, exact."""
        source = self._history.field_histories[self._field]
        near = [
            np.flatnonzero(line.values == extreme)[:TIES]
            for extreme in (np.nanmin(line.values), np.nanmax(line.values))
        ]
        low, high = ([self._value(source, int(line.changes[at])) for at in some] for some in near)
        return value_text(min(low)), value_text(max(high))  # type: ignore[type-var]


def _numbers(line: FieldHistory, changes: Int64s) -> Floats | None:
    """(m,) the values as floats; None if some value is no number. A value that is not set is NaN."""
    values: Any = line.values
    if values is None and line.field.fold == "count":
        return _nth(line, changes)
    if isinstance(values, Sums):
        found: Floats = values.units[changes] / 10.0**values.scale
        if values.wide:
            for at in np.flatnonzero(np.isin(changes, np.fromiter(values.wide, np.int64))).tolist():
                units, scale = values.wide[int(changes[at])]
                found[at] = _float(Decimal(units).scaleb(-scale))
        return found / _nth(line, changes) if line.field.fold == "avg" else found
    if isinstance(values, tuple):
        codes = values[0][changes]
        used = np.unique(codes)
        table = {int(code): _number(values[1][int(code)]) for code in used}
        if any(each is None for each in table.values()) or all(
            np.isnan(each or 0) for each in table.values()
        ):
            return None
        floats = np.array([table[int(code)] for code in used], np.float64)
        placed: Floats = floats[np.searchsorted(used, codes)]
        return placed
    read = [_number(line.value(int(change))) for change in changes]
    if any(each is None for each in read) or not read:
        return None
    return np.array(read, np.float64)


def _nth(line: FieldHistory, changes: Int64s) -> Floats:
    """(m,) which change of its slot each is, from 1."""
    begins: Int64s = np.unique(line.offsets[[line.slot_of(int(changes[0])), line.slot_of(int(changes[-1]))]])
    if len(begins) > 1:  # of several slots
        begins = np.unique(line.offsets)
    first = begins[np.searchsorted(begins, changes, "right") - 1] if len(begins) > 1 else begins[0]
    numbers: Floats = (changes - first + 1).astype(np.float64)
    return numbers


def _number(value: object) -> float | None:
    if value is None:
        return float("nan")
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return _float(value)
    return None


def _float(value: int | Decimal) -> float:
    try:
        return float(value)
    except OverflowError:
        return 1e308 if value > 0 else -1e308


def _texts(line: FieldHistory, changes: Int64s) -> tuple[Int64s, list[str]]:
    """(m,) which text each value is, and the texts in the order of their appearance."""
    if isinstance(line.values, tuple):
        codes, distinct = line.values[0][changes], line.values[1]
        used, first, back = np.unique(codes, return_index=True, return_inverse=True)
        order = np.argsort(first)
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return ranks[back], [_said(distinct[int(codes_at)]) for codes_at in used[order]]
    known: dict[str, int] = {}
    found = [known.setdefault(_said(line.value(int(change))), len(known)) for change in changes]
    return np.array(found, np.int64), list(known)


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return value_text(value)
    return value_text(value) or "–"


def steps_text(steps: Steps, position: int, moments: tuple[str, str]) -> str:
    """What a screen reader says of the drawing: what it shows, from where to where, the extremes, and now."""
    if not len(steps):
        return tr("No event has set this value.")
    positions = steps.changes.positions
    parts = [
        tr("{count} steps from #{first} to #{last}, {begin} to {end}").format(
            count=grouped(len(steps)),
            first=grouped(int(positions[0])),
            last=grouped(int(positions[-1])),
            begin=moments[0],
            end=moments[1],
        )
    ]
    for line in steps.lines:
        low, high = steps.extreme_texts(line)
        parts.append(
            tr("lowest {low}, highest {high}").format(low=low, high=high)
            + (f" {line.key}" if line.key else "")
        )
    if steps.lane is not None:
        parts.append(tr("{count} different values").format(count=grouped(len(steps.lane.texts))))
    now = steps.value_text(position)
    parts.append(tr("now {value}").format(value=now) if now else tr("not set yet"))
    return "; ".join(parts) + "."


# --- which corners does the line of a value through time have, at the width at which it is drawn? ----


EXACT_STEPS = 4  # steps a pixel up to which every one is drawn as it is


class DrawnPath(NamedTuple):
    """A line to draw, corner by corner."""

    x: Floats
    y: Floats


def drawn(places: Floats, values: Floats, left: float, right: float, width_px: int, end: float) -> DrawnPath:
    """The steps between two places of the axis, at most `4 * EXACT_STEPS` corners a pixel, whatever their number.

    Where many steps share a pixel, a stroke from their least to their greatest value stands for them.

    Args:
        places: (m,) where each step is, ascending.
        values: (m,) the value from there on.
        left: The first place on screen.
        right: The last.
        width_px: How wide that is.
        end: The place up to which the last value holds.
    """
    begin = max(int(np.searchsorted(places, left, "right")) - 1, 0)
    stop = int(np.searchsorted(places, right, "right"))
    if stop <= begin:
        return DrawnPath(np.zeros(0), np.zeros(0))
    width_px = max(width_px, 1)
    x, y = places[begin:stop], values[begin:stop]
    if len(x) > EXACT_STEPS * width_px:
        x, y = _strokes(x, y, left, right, width_px)
    else:
        x, y = np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]
    last = places[stop] if stop < len(places) else end
    return DrawnPath(np.append(x, max(float(last), float(x[-1]))), np.append(y, y[-1]))


def _strokes(x: Floats, y: Floats, left: float, right: float, width_px: int) -> tuple[Floats, Floats]:
    edges = np.searchsorted(x, np.linspace(left, right, width_px + 1)[1:-1])
    starts = np.unique(np.concatenate([np.zeros(1, np.int64), edges]))
    starts = starts[starts < len(x)]
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    ends = np.append(starts[1:], len(x)) - 1
    before = np.append(y[:1], y[ends[:-1]])
    corners = np.stack([before, low, high, y[ends]], axis=1)
    return np.repeat(x[starts], 4), corners.ravel()


class LaneBlock(NamedTuple):
    """A stretch of a lane: `code` is None where values change faster than pixels."""

    left: float
    right: float
    code: int | None


def blocks(
    places: Floats, codes: Int64s, left: float, right: float, width_px: int, end: float
) -> list[LaneBlock]:
    """The stretches of a lane between two places of the axis, none of them narrower than a pixel."""
    begin = max(int(np.searchsorted(places, left, "right")) - 1, 0)
    stop = int(np.searchsorted(places, right, "right"))
    if stop <= begin:
        return []
    pixel = max((right - left) / max(width_px, 1), 1e-12)
    x, codes = places[begin:stop], codes[begin:stop]
    last = float(places[stop]) if stop < len(places) else max(end, float(x[-1]))
    changed = np.append(True, codes[1:] != codes[:-1])
    x, codes = x[changed], codes[changed]
    pixels = np.floor((x - left) / pixel).astype(np.int64)
    firsts = np.flatnonzero(np.append(True, pixels[1:] != pixels[:-1]))
    counts = np.diff(np.append(firsts, len(x)))
    found: list[LaneBlock] = []
    ends = np.append(x[firsts[1:]], last)
    for at, count, until in zip(firsts.tolist(), counts.tolist(), ends.tolist(), strict=True):
        start = float(x[at])
        if count > 1:  # many in one pixel, then the last of them goes on
            found.append(LaneBlock(start, min(start + pixel, until), None))
            start = min(start + pixel, until)
        if until > start or at == firsts[-1]:
            found.append(LaneBlock(start, until, int(codes[at + count - 1])))
    return found
