"""How does a lesson become one page that works in any browser, without a network?

Everything is worked out here, exactly, as text: the state and the exhibits at every position. The page only shows
it, as text, and may load nothing: its policy allows one style and one script, by their hashes.
"""

import base64
import hashlib
import html
import json
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import islice
from string import Template

from explorer.eventlog.event import Event
from explorer.language import grouped, spoken_language, tr
from explorer.projection.doubles import DoubleDigits, numbers
from explorer.projection.exact import exact, plain
from explorer.projection.javascript import as_json
from explorer.projection.model import NotApplicable, Recipe
from explorer.resources import resource
from explorer.sentences import in_words, translated
from explorer.session.document import Document
from explorer.session.lessons.answers import UNITS, RightAnswer, choice_text
from explorer.session.lessons.directives import BROUGHT
from explorer.session.lessons.exhibits import exhibit
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.lessons.lesson import (
    Bring,
    Highlight,
    Lesson,
    LessonError,
    Passage,
    Question,
    Select,
    Show,
)
from explorer.session.lessons.slide_tables import raw_text, why_extract
from explorer.session.lessons.staging import Scene, done_at, second_recipe
from explorer.session.plaintext import visible
from explorer.session.reasons.spoken import spoken
from explorer.session.reasons.type_board import MOST_CHARS as NOTE_CHARS
from explorer.session.reasons.type_board import BoardLine
from explorer.session.state.state_view import value_text

MOST_EVENTS = 5_000
MOST_NUMBERS = 16  # of an event, by which the exact value of a double is found
JAVASCRIPT = ("js", "javascript")
MOST_REASONS = 5  # rows of why: the last of them is the one that a step speaks of
MOST_CHARS = 2_000  # of an event as it stands
_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def webpage(
    lesson: Lesson, scenes: Sequence[Scene], document: Document, recipe: Recipe, own: Recipe | None = None
) -> str:
    """The lesson as HTML. Slow for a long log.

    Args:
        lesson: What is told.
        scenes: Its steps where they stand.
        document: Its log, by the lesson's read model.
        recipe: That read model.
        own: A read model that the students have written.

    Raises:
        LessonError: The log is too long for a page.
        LogError: It cannot be read by a second read model.
    """
    if document.event_count > MOST_EVENTS:
        raise LessonError(
            lesson.name,
            f"the log has {document.event_count:,} events; a page holds the state after each of up to {MOST_EVENTS:,}",
        )
    page = _Page(lesson, document, recipe, own)
    data = page.told(scenes)
    folder = resource("lessons", "page")
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "worker-src blob:; base-uri 'none'; form-action 'none'"
    )
    return Template((folder / "page.html").read_text(encoding="utf-8")).substitute(
        policy=html.escape(policy),
        title=html.escape(visible(lesson.title, 300)),
        style=style,
        script=script,
        data=_embedded(data),
        previous=html.escape(tr("Previous")),
        next=html.escape(tr("Next")),
        state=html.escape(tr("State")),
        events=html.escape(tr("Events")),
        slider=html.escape(tr("Position in the log")),
    )


class _Page:
    """Collects what the page shows; rows that are the same are kept once."""

    def __init__(self, lesson: Lesson, document: Document, recipe: Recipe, own: Recipe | None) -> None:
        self._lesson = lesson
        self._document = document
        self._recipe = recipe
        self._own = own
        self._rows: dict[tuple[str, ...], int] = {}
        self._frames: dict[str, list[object]] = {}
        self._exhibits: dict[str, tuple[str, bool]] = {}  # title, forward only

    def told(self, scenes: Sequence[Scene]) -> dict[str, object]:
        document = self._document
        places = range(document.event_count + 1)
        views = [document.state(at) for at in places]
        last = views[-1]
        columns = last.columns
        return {
            "steps": [self._step(scene) for scene in scenes],
            "last": document.event_count,
            "columns": columns,
            "numbers": [at for at in range(len(columns)) if last.is_number(at)],
            "states": [
                {
                    "rows": [
                        self._row(tuple(view.text(row, at) for at in range(len(view.columns))))
                        for row in range(view.row_count)
                    ],
                    "marked": [
                        [row, at]
                        for row in range(view.row_count)
                        if view.change(row)
                        for at in range(len(view.columns))
                        if (view.changed(row, at) if at else view.change(row) == "added")
                    ],
                }
                for view in views
            ],
            "eventGrid": self._grid(self._events()),
            "moments": [document.moment_text(at) for at in places],
            "spoken": [spoken(document, at) for at in places],
            "frames": self._frames,
            "rows": list(self._rows),
            "units": {word: sorted(codes) for word, codes in UNITS.items()},
            **self._engine(),
            "words": {
                **_words_of_editors(),
                "commas": spoken_language() == "de",
                "reveal": tr("Reveal"),
                "check": tr("Check"),
                "is": tr("It is {answer}."),
                "right": tr("✓ Right: {answer}."),
                "wrong": tr("✗ Not so: it is {answer}."),
                "done": tr("✓ Done."),
                "undone": tr("✗ Not yet: it does not hold here."),
                "stays": tr(
                    "The log stands at {position}, the row stays as event {high} left it: what an UPDATE overwrote "
                    "cannot be had back."
                ),
            },
        }

    def _engine(self) -> dict[str, object]:
        """What runs a program that is written into the page, and the events for it; nothing if none can be."""
        blocks = [block for step in self._lesson.steps for block in step.blocks]
        if not any(block.language in JAVASCRIPT for block in blocks):
            return {}
        places = range(1, self._document.event_count + 1)
        parts = {
            "lock": resource("lessons", "page", "worker.js"),
            "before": resource("javascript", "before.js"),
            "fold": resource("javascript", "fold.js"),
        }
        return {
            "engine": {name: path.read_text(encoding="utf-8") for name, path in parts.items()},
            "events": [_handed(self._document.event(at)) for at in places],
        }

    def _events(self) -> Grid:
        document = self._document
        rows = []
        for at in range(1, document.event_count + 1):
            entry = document.entry(document.row_of_position(at))
            rows.append((grouped(at), entry.at_text, entry.type, entry.entity, entry.summary))
        names = "#", tr("Time"), tr("Type"), document.noun, tr("Data")
        return Grid("", names, tuple(rows), numbers=frozenset({0}))

    def _step(self, scene: Scene) -> dict[str, object]:
        step = scene.step
        rings, begin = [], scene.position
        for action, place in zip(step.actions, scene.places, strict=True):
            if isinstance(action, Highlight):
                rings.append(
                    {
                        "kind": action.kind,
                        "entity": visible(action.entity),
                        "field": visible(action.field),
                        "panel": action.panel,
                        "position": place,
                    }
                )
            elif isinstance(action, Show):
                begin = place
        question, shown = step.question, step.exhibit
        unwritten = shown is not None and shown.kind == "own-model" and self._own is None
        note = (
            tr("In History Explorer a read model can be written here; this page only shows.")
            if unwritten
            else ""
        )
        wanted = {name for action in step.actions if (name := _brought(action))}
        panels = self._panels(scene, wanted)
        missed = wanted - {str(panel["panel"]) for panel in panels}
        if missed:
            names = {"diff": tr("Diff"), "why": tr("Why"), "detail": tr("Event")}
            note = tr(
                "In History Explorer this step brings up {panels}, which this page does not have."
            ).format(
                panels=", ".join(
                    tr("the panel “{name}”").format(name=names[panel]) for panel in sorted(missed)
                )
            )
        return {
            "title": step.title,
            "note": note,
            "blocks": [_block(block) for block in step.blocks],
            "position": scene.position,
            "rings": rings,
            "exhibit": self._exhibit(shown, begin),
            "panels": panels,
            "question": None
            if question is None or scene.expected is None
            else _question(question, scene.expected),
            "task": None
            if step.task is None
            else {
                "asked": step.task.text,
                "done": [at for stretch in done_at(step.task, self._document) for at in stretch],
            },
        }

    def _exhibit(self, show: Show | None, begin: int) -> dict[str, object] | None:
        if show is None:
            return None
        key = repr(show)
        key = key[key.index(",") :]  # without its line: the same exhibit in two steps is one
        if key not in self._exhibits:
            second = second_recipe(self._lesson, show) if show.kind == "read-model" else self._own
            made = exhibit(show, self._document, self._recipe, second)
            if made is None:
                return None
            try:
                made.begin(0)
                places = range(self._document.event_count + 1)
                self._frames[key] = [self._frame(made.frame(at)) for at in places]
            finally:
                made.close()
            self._exhibits[key] = made.title, made.forward_only
        title, forward_only = self._exhibits[key]
        return {"key": key, "title": title, "forwardOnly": forward_only, "begin": begin}

    def _panels(self, scene: Scene, wanted: Collection[str]) -> list[dict[str, object]]:
        """What stands in the panels that a step brings up, as far as the page has them: why, and the raw event."""
        document, panels = self._document, []
        chosen = next((each for each in reversed(scene.step.actions) if isinstance(each, Select)), None)
        if "why" in wanted and chosen is not None:
            entity, field = chosen.entity, chosen.field
            title = tr("Why: {field} of {entity}").format(field=visible(field), entity=visible(entity))
            panels.append(("why", f"why {entity!r} {field!r}", title, partial(_why, document, entity, field)))
        if "detail" in wanted:
            panels.append(("detail", "detail", tr("Event as it stands in the log"), partial(_raw, document)))
        for _, key, _, frame in panels:
            if key not in self._frames:
                self._frames[key] = [self._frame(frame(at)) for at in range(document.event_count + 1)]
        return [{"panel": name, "key": key, "title": title} for name, key, title, _ in panels]

    def _frame(self, frame: Frame) -> Mapping[str, object]:
        return {
            "code": frame.code,
            "grids": [self._grid(grid) for grid in frame.grids],
            "strips": [
                {
                    "caption": each.caption,
                    "start": each.start,
                    "stop": each.stop,
                    "total": each.total,
                    "marks": each.marks,
                }
                for each in frame.strips
            ],
            "board": [] if frame.board is None else [_noted(line) for line in frame.board.lines],
            "notes": frame.notes,
            "good": frame.good,
        }

    def _grid(self, grid: Grid) -> dict[str, object]:
        return {
            "columns": grid.columns,
            "rows": [self._row(row) for row in grid.rows],
            "marked": sorted(grid.marked),
            "numbers": sorted(grid.numbers),
        }

    def _row(self, row: tuple[str, ...]) -> int:
        return self._rows.setdefault(row, len(self._rows))


def _handed(event: Event) -> tuple[str, list[str], str]:
    """An event as a program is handed it, the exact digits of its numbers, and in words what they lose as doubles."""
    try:
        text = as_json(event)
    except NotApplicable as fault:
        return "null", [], in_words(fault)
    digits = [plain(number) for _, number in islice(numbers(event.data), MOST_NUMBERS)]
    return text, digits, translated(DoubleDigits().lost_in(event.data))


def _words_of_editors() -> dict[str, str]:
    return {
        "editor": tr("Code, to be changed here"),
        "sql": tr(
            "This query can be changed here, and does not run: a browser has nothing that adds up amounts exactly and "
            "keeps the whole past. In History Explorer it runs, as a read model."
        ),
        "noFold": tr("This is shown and does not run: it defines no evolve(state, event)."),
        "tooLong": tr("It was stopped: it took longer than {seconds} s."),
        "noWorker": tr("This browser does not let a page run a program beside it."),
        "line": tr("line {line}"),
        "state": tr("state"),
        "key": tr("key"),
        "made": tr("What this code makes of the first {position} events"),
        "failed": tr("Event {position}, {entity}:"),
        "rounded": tr(
            "Event {position}, {entity}: {path} is {there} in JavaScript, where numbers are doubles; exactly it is "
            "{exact}"
        ),
        "roundedUnknown": tr(
            "Event {position}, {entity}: {path} is {there} in JavaScript, as far as a double can hold it"
        ),
    }


def _brought(action: object) -> str:
    """The panel beside state and events that an action brings up; empty if none."""
    if isinstance(action, Bring):
        return action.panel
    return action.panel if isinstance(action, Highlight) and action.panel in BROUGHT else ""


def _why(document: Document, entity: str, field: str, position: int) -> Frame:
    found = why_extract(document, entity, field, position, MOST_REASONS)
    left_out = tr("… and {count} more rows").format(count=found.left_out)
    return Frame(grids=(found.grid,), notes=(left_out,) if found.left_out else ())


def _noted(line: BoardLine) -> dict[str, object]:
    """A line of a board as the words on its notes."""
    follows = [[visible(each.type, NOTE_CHARS), each.times, each.now] for each in line.follows]
    return {"kind": line.kind, "source": line.source, "follows": follows}


def _raw(document: Document, position: int) -> Frame:
    text = raw_text(document, position, MOST_CHARS)
    return Frame(code=(text,) if text else ())


def _question(question: Question, expected: RightAnswer) -> dict[str, object]:
    accepted = [expected.text, value_text(expected.value)]
    value = expected.value
    amounts = [
        (str(unit), plain(number))
        for unit, each in (value.items() if isinstance(value, Mapping) else [("", value)])
        if not isinstance(each, bool) and (number := exact(each)) is not None
    ]
    return {
        "amounts": amounts,
        "counted": expected.counted,
        "asked": question.text,
        "choices": [choice_text(choice) for choice in question.choices],
        "accepted": list(dict.fromkeys(accepted)),
        "text": expected.text,
        "how": visible(expected.told),
        "position": expected.position,
    }


def _block(block: Passage) -> dict[str, object]:
    source = None
    if block.picture is not None:
        kind = _TYPES[block.picture.suffix.lower()]
        source = f"data:{kind};base64,{base64.b64encode(block.picture.read_bytes()).decode()}"
    looks = [
        {
            "text": span.text,
            "bold": span.bold,
            "italic": span.italic,
            "code": span.code and block.kind != "code",
        }
        for span in block.spans
    ]
    return {
        "kind": block.kind,
        "spans": looks,
        "number": block.number,
        "source": source,
        "language": block.language,
    }


def _embedded(data: object) -> str:
    """JSON that no browser takes for the end of its script, whatever is in it."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
