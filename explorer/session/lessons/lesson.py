"""What is a lesson made of: prose, steps, and what each step does and asks?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from explorer.eventlog.errors import LogError

type PanelName = Literal["state", "events", "why", "diff", "detail", "timeline", "exhibit"]
type BlockKind = Literal["text", "item", "quote", "heading", "code", "picture"]


@dataclass(frozen=True)
class Span:
    """A run of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


@dataclass(frozen=True)
class Passage:
    """One paragraph, list item, stretch of code or picture.

    Attributes:
        kind: What it is.
        spans: Its text; of code and pictures one span (a picture's is what it shows, in words).
        depth: How deep it stands in lists, from 1; 0 outside.
        number: Its number in a numbered list.
        language: Of code, what it is written in.
        picture: Where the picture is: always inside `resources/`.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    depth: int = 0
    number: int | None = None
    language: str = ""
    picture: Path | None = None

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Go:
    """Move the playhead to what `point` means (`3`, `start`, `+1`, a date)."""

    line: int
    point: str


@dataclass(frozen=True)
class Select:
    """Choose a value, as a click on it would."""

    line: int
    entity: str
    field: str


@dataclass(frozen=True)
class Bring:
    """Bring a panel up."""

    line: int
    panel: PanelName


@dataclass(frozen=True)
class Highlight:
    """Draw a ring around something: a value, a row of the state, an event, or a whole panel."""

    line: int
    kind: Literal["value", "account", "event", "panel"]
    entity: str = ""
    field: str = ""
    point: str = ""
    panel: PanelName = "state"


@dataclass(frozen=True)
class Show:
    """Put an exhibit beside the log.

    Attributes:
        kind: Which exhibit.
        entity, field, point: What it is about.
        name: The second read model, or the command.
        every: How many events lie between two snapshots.
        raw: Whether the second read model sees the events as they were written, without upcasters; of a row, whether
            the statements that were run on it are not shown.
        fields: What the command carries besides its account; of a board what leads to which event.
    """

    line: int
    kind: Literal[
        "row", "questions", "read-model", "own-model", "snapshots", "command", "upcast", "versions", "board"
    ]
    entity: str = ""
    field: str = ""
    point: str = ""
    name: str = ""
    every: int = 0
    raw: bool = False
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """Where the right answer comes from: always from the engine, never from the lesson.

    Attributes:
        kind: `value` of a field, number of `changes`, `first` position where a condition holds, `type` of an
            event, how many events are `replayed`, or the rules' `decision` about a command.
    """

    line: int
    kind: Literal["value", "changes", "first", "type", "replayed", "decision"]
    entity: str = ""
    field: str = ""
    point: str = ""
    condition: str = ""
    every: int = 0
    command: Show | None = None


@dataclass(frozen=True)
class Question:
    """A prediction: asked first, revealed by the engine afterwards."""

    line: int
    text: str
    answer: Answer
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """Something to do in the window: to go to one of the places that its check accepts, and to no other.

    Attributes:
        condition: Holds for `entity` at such a place.
        command: In place of a condition, what the rules accept there.
    """

    line: int
    text: str
    entity: str
    condition: str
    command: Show | None = None


type Action = Go | Select | Bring | Highlight | Show


@dataclass(frozen=True)
class Step:
    """One step: a title, some prose, what it does, and what it asks."""

    line: int
    title: str
    blocks: tuple[Passage, ...] = ()
    actions: tuple[Action, ...] = ()
    question: Question | None = None
    task: Task | None = None
    notes: str = ""  # what only the teacher sees

    @property
    def exhibit(self) -> Show | None:
        """What it puts beside the log."""
        return next((action for action in reversed(self.actions) if isinstance(action, Show)), None)


@dataclass(frozen=True)
class Lesson:
    """A lesson as it is written.

    Attributes:
        path: Its file.
        title, about: What it is called, and one sentence about it.
        log: The log it is about.
        read_model: The read model of the state table: a built-in name or the path of a query.
        upcasters: The file of the upcasters that lift its events, if any.
    """

    path: Path
    title: str
    log: Path
    steps: tuple[Step, ...]
    about: str = ""
    read_model: str = "auto"
    upcasters: Path | None = None
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


# --- how does the program say, in one plain sentence, what is wrong in a lesson and on which line? ---


class LessonError(LogError):
    """A lesson that cannot be used; `str()` names its file and line: `week-1.md, line 12: there is no …`."""


class LessonFaults(LessonError):  # noqa: N818 - several of them
    """Several such mistakes, in the order of their lines; `str()` has a line for each.

    Attributes:
        faults: Each of them.
    """

    def __init__(self, faults: Sequence[LessonError]) -> None:
        self.faults = tuple(sorted(faults, key=lambda each: each.line or 0))
        first = self.faults[0]
        super().__init__(first.name, first.reason, line=first.line)

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.faults)


class Faults:
    """Collects the mistakes of a lesson, so that all of them are said at once."""

    def __init__(self) -> None:
        self.found: list[LessonError] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep a mistake that is made in here, and go on after it."""
        try:
            yield
        except LessonFaults as several:
            self.found += several.faults
        except LessonError as error:
            self.found.append(error)

    def say(self) -> None:
        """Say them.

        Raises:
            LessonError: There was one, or several.
        """
        if len(self.found) > 1:
            raise LessonFaults(self.found)
        if self.found:
            raise self.found[0]
