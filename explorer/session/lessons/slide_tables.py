"""Which rows and columns of the state, of the events and of an exhibit does a slide show, where not all have room?

What a step speaks of comes first, then what the last event changed, then the rest. What is left out is said.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from explorer.language import grouped, tr
from explorer.projection.model import Field
from explorer.session.document import Document
from explorer.session.events.entries import summary
from explorer.session.events.envelope import reason_of
from explorer.session.lessons.frames import Grid
from explorer.session.lessons.lesson import Highlight, Select, Show, Step
from explorer.session.plaintext import type_text, visible
from explorer.session.state.state_view import StateView

FEW_COLUMNS = 5  # so many are always shown
GAP = "⋮"  # rows are left out here
REASON_CHARS, DATA_CHARS = 80, 120


@dataclass(frozen=True)
class Spoken:
    """What a step speaks of: entities and fields by name, and positions of events."""

    entities: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()


def spoken_of(step: Step, places: Sequence[int], position: int) -> Spoken:
    """What the actions of a step speak of; `places` is where each of them stands."""
    entities, fields, positions = [], [], [position]
    for action, place in zip(step.actions, places, strict=True):
        if isinstance(action, Highlight | Select | Show):
            entities.append(action.entity)
            fields.append(action.field)
        if isinstance(action, Show):
            entities += [value for name, value in action.fields if name == "to"]
        if isinstance(action, Highlight) and action.kind == "event":
            positions.append(place)
    if step.task is not None:
        entities.append(step.task.entity)
        fields += step.task.condition.replace("(", " ").split()
    answer = None if step.question is None else step.question.answer
    if answer is not None:
        entities.append(answer.entity if answer.command is None else answer.command.entity)
        fields += [answer.field, *answer.condition.split()]
    return Spoken(tuple(filter(None, entities)), tuple(filter(None, fields)), tuple(positions))


@dataclass(frozen=True)
class Extract:
    """A part of a table.

    Attributes:
        grid: What is shown of it; where rows are left out between others stands a row of `GAP`.
        keys: Of each row the entity or the position that it is about; "" or 0 for a gap.
        left_out: How many rows are not shown.
    """

    grid: Grid
    keys: tuple[str | int, ...]
    left_out: int = 0


def state_extract(document: Document, position: int, spoken: Spoken, most: int) -> Extract:
    """The state at a position in about `most` rows: those spoken of and those changed are always among them."""
    view = document.state(position)
    columns = [0, *_columns(document, view, spoken)]
    needed = {row for name in spoken.entities if (row := view.row_of(name)) is not None}
    needed |= set(view.changed_rows()[: max(most, 2)])
    rows = _kept(range(view.row_count), needed, most)
    lines, marked = [], set()
    for at, row in enumerate(rows):
        cells = []
        for place, column in enumerate(columns):
            text = view.text(row, column)
            if view.change(row) and (view.changed(row, column) if column else view.change(row) == "added"):
                marked.add((at, place))
                if column and not view.is_number(column) and (before := view.before_text(row, column)):
                    text = f"{before} {text}"
            cells.append(text)
        lines.append(tuple(cells))
    left_out = view.row_count - len(rows)
    caption = (
        tr("{shown} of {total}").format(shown=grouped(len(rows)), total=grouped(view.row_count))
        if left_out
        else ""
    )
    grid = Grid(
        f"{tr('State')}  {caption}".rstrip(),
        tuple(view.columns[column] for column in columns),
        tuple(lines),
        frozenset(marked),
        frozenset(place for place, column in enumerate(columns) if view.is_number(column)),
    )
    return Extract(grid, tuple(view.entity(row) for row in rows), left_out)


def _columns(document: Document, view: StateView, spoken: Spoken) -> list[int]:
    """Without what only counts events or tells a time, where there are many and nobody speaks of it."""
    named: dict[str, Field] = {visible(field.name): field for field in document.history.fields}
    columns = list(range(1, len(view.columns)))
    if len(columns) < FEW_COLUMNS:
        return columns
    words = {visible(name) for name in spoken.fields}

    def quiet(column: int) -> bool:
        field = named.get(view.columns[column])
        name = view.columns[column]
        return name not in words and field is not None and (field.is_version or name in {"opened", "closed"})

    return [column for column in columns if not quiet(column)]


def events_extract(document: Document, position: int, spoken: Spoken, most: int) -> Extract:
    """Events around a position, `most` or a few more: those spoken of are always among them."""
    total = document.event_count
    near = min(max(position, 1), max(total, 1))
    first = max(min(near - (most - 1) // 2, total - most + 1), 1)
    shown = set(range(first, min(first + most, total + 1)))
    shown |= {each for each in spoken.positions if 1 <= each <= total}
    places = sorted(shown)
    events = {at: document.event(at) for at in places}
    reasons = {at: visible(reason_of(event), REASON_CHARS) for at, event in events.items()}
    with_reason = any(reasons.values())
    entities = len(document.history.entities) > 1
    times = [visible(event.at or "") for event in events.values()]
    titles = ["#", tr("Time"), tr("Type"), document.noun, tr("Data"), tr("Reason")]
    kept = [0, 1, 2, *([3] if entities else []), 4, *([5] if with_reason else [])]
    lines: list[tuple[str, ...]] = []
    keys: list[str | int] = []
    before = 0
    for at, time in zip(places, short_times(times), strict=True):
        if before and at > before + 1:
            lines.append(tuple(GAP if column == 0 else "" for column in range(len(kept))))
            keys.append(0)
        event, before = events[at], at
        about = visible(", ".join(document.history.entities_of(at)) or event.entity or "")
        names = document.history.entities_of(at)
        members = [name for name, value in event.data.items() if isinstance(value, str) and value in names]
        told = _without(summary(event, members))
        cells = (grouped(at), time, type_text(event.type or ""), about, _short(told), reasons[at])
        lines.append(tuple(cells[column] for column in kept))
        keys.append(at)
    left_out = total - len(places)
    caption = (
        tr("{shown} of {total}").format(shown=grouped(len(places)), total=grouped(total)) if left_out else ""
    )
    grid = Grid(
        f"{tr('Events')}  {caption}".rstrip(),
        tuple(titles[column] for column in kept),
        tuple(lines),
        numbers=frozenset({0}),
    )
    return Extract(grid, tuple(keys), left_out)


def _short(told: str) -> str:
    return told if len(told) <= DATA_CHARS else f"{told[: DATA_CHARS - 1]}…"


def _without(told: str) -> str:
    """A summary as it is; the word for its only member is dropped where it says what everybody sees."""
    return told.removeprefix("amount ") if " · " not in told else told


def short_times(times: Sequence[str]) -> list[str]:
    """Times as the log writes them, without what all of them have in common: the year, the seconds, the zone.

    >>> short_times(["2026-01-02T09:00:00Z", "2026-01-03T16:40:00Z"])
    ['01-02 09:00', '01-03 16:40']
    """
    said = [time.replace("T", " ", 1) for time in times]
    known = [time for time in said if time]
    if known and all(time.endswith("Z") for time in known):
        said = [time.removesuffix("Z") for time in said]
    if known and all(time.removesuffix("Z").endswith(":00") and time.count(":") == 2 for time in known):
        said = [time[:-3] for time in said]
    years = {time[:5] for time in known}
    if (
        len(years) == 1
        and len(next(iter(years))) == 5
        and next(iter(years))[:4].isdigit()
        and known[0][4] == "-"
    ):
        said = [time[5:] for time in said]
    return said


def trimmed(grid: Grid, most: int) -> tuple[Grid, int]:
    """A grid of at most `most` rows, changed ones first, and how many were left out."""
    if len(grid.rows) <= most:
        return grid, 0
    rows = _kept(range(len(grid.rows)), {row for row, _ in grid.marked}, most)[:most]
    place = {row: at for at, row in enumerate(rows)}
    marked = frozenset((place[row], column) for row, column in grid.marked if row in place)
    return replace(grid, rows=tuple(grid.rows[row] for row in rows), marked=marked), len(grid.rows) - len(
        rows
    )


def _kept(rows: Iterable[int], needed: Collection[int], most: int) -> list[int]:
    """Those that are needed, and others from the top until there are `most`; in their order."""
    room = max(most - len(needed), 0)
    kept = []
    for row in rows:
        if row in needed:
            kept.append(row)
        elif room:
            room -= 1
            kept.append(row)
    return kept


def why_extract(document: Document, entity: str, field: str, position: int, most: int) -> Extract:
    """The last `most` changes of a value, each with its event, arithmetic and reason."""
    lines = document.why(entity, field)
    last = lines.last_by(position)
    stop = 0 if last is None else last + 1
    shown = [lines[at] for at in range(max(stop - most, 0), stop)]
    with_reason = any(line.reason for line in shown)
    times = short_times([line.at_text for line in shown])
    rows = tuple(
        (
            *(grouped(line.position), time, line.type, line.explanation),
            *((line.reason,) if with_reason else ()),
        )
        for line, time in zip(shown, times, strict=True)
    )
    titles = ("#", tr("Time"), tr("Type"), tr("What it did"), *((tr("Reason"),) if with_reason else ()))
    caption = tr("Why: {field} of {entity}").format(field=visible(field), entity=visible(entity))
    if (left_out := stop - len(shown)) > 0:
        caption += "  " + tr("{shown} of {total}").format(shown=grouped(len(shown)), total=grouped(stop))
    marked = frozenset((len(rows) - 1, at) for at in range(len(titles))) if rows else frozenset()
    grid = Grid(caption, titles, rows, marked, frozenset({0}))
    return Extract(grid, tuple(line.position for line in shown), left_out)


def raw_text(document: Document, position: int, most_chars: int = 400) -> str:
    """The event at a position as it stands in the file; empty before the first one."""
    if position < 1:
        return ""
    text = document.raw_text(document.row_of_position(position), most_chars)
    return visible(text.strip(), most_chars)
