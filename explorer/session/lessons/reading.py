"""How does a Markdown file become a lesson, prose without HTML, and what is said of one that does not?"""

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.language import grouped
from explorer.patterns import lazy_pattern
from explorer.resources import resource, spoken_resource
from explorer.session.lessons.board import board_of_lines
from explorer.session.lessons.directives import Directives
from explorer.session.lessons.lesson import BlockKind, Faults, Lesson, LessonError, Passage, Span, Step
from explorer.session.plaintext import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PICTURES = {".svg", ".png"}


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # when first needed: the window need not wait for it

    return MarkdownIt("commonmark", {"html": False})


def tokens(text: str) -> "list[Token]":
    """The parts of a Markdown text, each with its lines. HTML in it is text like any other."""
    return _markdown().parse(text)


class Prose:
    """Collects the blocks of one step, token by token."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lists: list[int | None] = []  # the next number of each list that is open; None: bullets
        self._quotes = 0
        self._item = False  # the next paragraph is the first of its item
        self._heading = False
        self.blocks: list[Passage] = []

    def take(self, token: "Token", line: int) -> None:
        """Take one token.

        Raises:
            LessonError: A picture that does not come with the program.
        """
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._item = True
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "heading_open":
                self._heading = True
            case "heading_close":
                self._heading = False
            case "fence" | "code_block":
                text = token.content.removesuffix("\n")
                self.blocks.append(Passage("code", (Span(text, code=True),), language=token.info.strip()))
            case "inline":
                self._take_inline(token, line)

    def _take_inline(self, token: "Token", line: int) -> None:
        children = token.children or []
        if len(children) == 1 and children[0].type == "image":
            self.blocks.append(self._picture(children[0], line))
            return
        spans = tuple(_merged(_spans(children)))
        if not spans:
            return
        kind: BlockKind = "heading" if self._heading else "quote" if self._quotes else "text"
        depth, number = len(self._lists), None
        if self._lists and self._item:
            kind, number = "item", self._lists[-1]
            if number is not None:
                self._lists[-1] = number + 1
        self._item = False
        self.blocks.append(Passage(kind, spans, depth, number))

    def _picture(self, token: "Token", line: int) -> Passage:
        source = str(token.attrGet("src") or "")
        root = resource().resolve()
        path = (root / "pictures" / source).resolve()
        if not path.is_relative_to(root) or path.suffix.lower() not in _PICTURES or not path.is_file():
            raise LessonError(
                self._name,
                f"there is no picture “{source}”: pictures are those that come with the program",
                line=line,
            )
        return Passage("picture", (Span(token.content),), picture=path)


def words(token: "Token") -> str:
    """The text of an inline token, without any look."""
    return "".join(span.text for span in _spans(token.children or []))


def _spans(children: "Sequence[Token]") -> Iterator[Span]:
    look = Span("")
    link = ""
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                look = replace(look, bold=child.type == "strong_open")
            case "em_open" | "em_close":
                look = replace(look, italic=child.type == "em_open")
            case "link_open":
                link = str(child.attrGet("href") or "")
            case "link_close":
                yield replace(look, text=f" ({link})")  # a lesson opens nothing; one can read where it is
            case "softbreak":
                yield replace(look, text=" ")
            case "hardbreak":
                yield replace(look, text="\n")
            case "code_inline":
                yield replace(look, text=child.content, code=True)
            case "image":
                yield replace(look, text=child.content)
            case _:
                yield replace(look, text=child.content)


def _merged(spans: Iterator[Span]) -> Iterator[Span]:
    """Neighbours of one look as one."""
    last: Span | None = None
    for span in spans:
        if last is not None and replace(last, text="") == replace(span, text=""):
            last = replace(last, text=last.text + span.text)
            continue
        if last is not None and last.text:
            yield last
        last = span
    if last is not None and last.text:
        yield last


def relative(path: Path) -> str:
    """A picture's path inside `resources/`."""
    return path.relative_to(resource().resolve()).as_posix()


MOST_BYTES = 1 << 20
MOST_STEPS = 200
_KEYS = {"title", "about", "log", "read-model", "upcasters"}
_FENCE = "---"
_HEAD_BYTES = 4_096
_LOG_KEY = lazy_pattern(rb"^(title|log)[ \t]*:", re.MULTILINE)


def lessons(language: str = "en") -> list[Path]:
    """The lessons that come with the program in a language, in their order."""
    folder = resource("lessons") if language == "en" else resource("lessons", language)
    return sorted(folder.glob("*.md"))


def counterpart(path: Path) -> Path:
    """The same lesson in the language that is spoken now, if it comes with the program."""
    root = resource("lessons")
    return (
        spoken_resource("lessons", path.name)
        if path.is_relative_to(root) and (root / path.name).is_file()
        else path
    )


def following(path: Path) -> Path | None:
    """The lesson that comes with the program after this one, if both do."""
    own = sorted(path.parent.glob("*.md")) if path.is_relative_to(resource("lessons")) else []
    return own[own.index(path) + 1] if path in own[:-1] else None


def lesson_link(path: str) -> tuple[str, int]:
    """The lesson, and the step from 0, that `week-1.md#7` names; without a number the first one."""
    name, sign, number = path.rpartition("#")
    if sign and number.isascii() and number.isdigit() and name.lower().endswith(".md"):
        return name, max(int(number) - 1, 0)
    return path, 0


def is_lesson(path: str) -> bool:
    """Whether a file is a lesson and no log: its name ends in `.md`, and it begins with a head that names a log.

    A link to a step of it, `week-1.md#7`, is one too.
    """
    path, _ = lesson_link(path)
    if not path.lower().endswith(".md"):
        return False
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return False
        with Path(path).open("rb") as file:
            head = file.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf")
    except (OSError, ValueError):
        return False
    return head.startswith(_FENCE.encode()) and len(set(_LOG_KEY.findall(head))) > 0


def read_lesson(path: str | Path) -> Lesson:
    """Read a lesson; nothing is asked of its log yet.

    Raises:
        LessonError: It cannot be read or is none.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise LessonError(path.name, f"it cannot be read: {getattr(error, 'strerror', error)}") from error
    if len(raw) > MOST_BYTES:
        raise LessonError(path.name, "it is longer than any lesson: more than 1 MiB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LessonError(path.name, f"byte {grouped(error.start)} is not UTF-8 text") from error
    return parse(text, path)


def parse(text: str, path: Path) -> Lesson:
    """The lesson that `text` says; files that it names are looked for beside `path`.

    Raises:
        LessonError: It is none; names the line.
    """
    lines, faults = text.splitlines(), Faults()
    head, where, body_line = _head(lines, path.name, faults)
    for key in ("title", "log"):
        if key not in head and not faults.found:  # else it may be the one that is misspelled
            faults.found.append(LessonError(path.name, f"its head names no “{key}:”", line=1))
    log, upcasters, read_model, steps = path, None, "auto", []
    with faults.kept():
        log = _file(head["log"], path, "samples", where["log"]) if "log" in head else path
    with faults.kept():
        if "upcasters" in head:
            upcasters = _file(head["upcasters"], path, "lessons", where["upcasters"])
    with faults.kept():
        read_model = _read_model(head.get("read-model", "auto"), path, where.get("read-model", 1))
    with faults.kept():
        steps = _Steps(body_line, path.name, faults).read("\n".join(lines[body_line:]))
    faults.say()
    return Lesson(
        path=path,
        title=head["title"],
        about=head.get("about", ""),
        log=log,
        read_model=read_model,
        upcasters=upcasters,
        steps=tuple(steps),
        lines=where,
    )


def _head(lines: list[str], name: str, faults: Faults) -> tuple[dict[str, str], dict[str, int], int]:
    """The head's entries, their lines, and how many lines it takes."""
    if not lines or lines[0].rstrip() != _FENCE:
        raise LessonError(name, f"a lesson begins with a line {_FENCE} and a head: title, log", line=1)
    head: dict[str, str] = {}
    where: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == _FENCE:
            return head, where, number
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        with faults.kept():
            if not colon or key not in _KEYS:
                known = ", ".join(sorted(_KEYS))
                raise LessonError(
                    name, f"the head has no “{visible(key, 60)}”; there are {known}", line=number
                )
            if key in head:
                raise LessonError(name, f"the head names “{key}:” twice", line=number)
            head[key], where[key] = value, number
            if not value:
                raise LessonError(name, f"“{key}:” says nothing", line=number)
    raise LessonError(name, f"the head is not closed by a line {_FENCE}", line=len(lines))


class _Steps:
    """Collects the steps of a body, before which stand `skipped` lines."""

    def __init__(self, skipped: int, name: str, faults: Faults) -> None:
        self._skipped = skipped
        self._faults = faults
        self._notes: list[str] = []
        self._sound = 0  # how many mistakes there were before this step
        self._name = name
        self._line = skipped + 1
        self._heading = ""  # the one that is open
        self._title: tuple[int, str] | None = None
        self._prose, self._directives = Prose(name), Directives(name)
        self._steps: list[Step] = []

    def read(self, body: str) -> list[Step]:
        for token in tokens(body):
            if token.map is not None:
                self._line = self._skipped + token.map[0] + 1
            self._take(token)
        self._end()
        if not self._steps and not self._faults.found:
            raise self._error("it has no step; a step begins with ## and its title", self._skipped)
        if len(self._steps) > MOST_STEPS:
            raise self._error(
                f"it has more than {MOST_STEPS} steps: make two of it", self._steps[MOST_STEPS].line
            )
        return self._steps

    def _take(self, token: "Token") -> None:
        if token.type == "heading_open":
            self._heading = token.tag
        if self._heading == "h1":
            raise self._error("a step begins with ## and its title; # is not used", self._line)
        if self._heading == "h2":
            if token.type == "inline":
                self._end()
                self._title = self._line, words(token)
                self._sound = len(self._faults.found)
                self._notes = []
                self._prose, self._directives = Prose(self._name), Directives(self._name)
        elif self._title is None:
            raise self._error("text stands before the first step; a step begins with ##", self._line)
        elif token.type == "fence" and token.info.strip() == "do":
            for number, said in enumerate(token.content.splitlines(), self._line + 1):
                with self._faults.kept():
                    if said.strip():
                        self._directives.take(said, number)
        elif token.type == "fence" and token.info.strip() == "notes":
            self._notes.append(token.content.strip())
        elif token.type == "fence" and token.info.strip() == "board":
            with self._faults.kept():
                self._directives.actions.append(board_of_lines(self._name, token.content, self._line))
        else:
            with self._faults.kept():
                self._prose.take(token, self._line)
        if token.type == "heading_close":
            self._heading = ""

    def _end(self) -> None:
        if self._title is not None:
            said, question, task = self._directives, None, None
            if len(self._faults.found) == self._sound:  # else what is missing may be what was wrong
                with self._faults.kept():
                    question = said.question
                with self._faults.kept():
                    task = said.task
            notes = "\n\n".join(self._notes)
            step = Step(*self._title, tuple(self._prose.blocks), tuple(said.actions), question, task, notes)
            self._steps.append(step)

    def _error(self, reason: str, line: int) -> LessonError:
        return LessonError(self._name, reason, line=line)


def _file(word: str, path: Path, folder: str, line: int) -> Path:
    """A file beside the lesson, or one that comes with the program."""
    if "\0" not in word:
        for found in (path.parent / word, resource(folder, word)):
            if found.is_file():
                return found
    raise LessonError(path.name, f"there is no file “{visible(word, 200)}” beside the lesson", line=line)


def _read_model(word: str, path: Path, line: int) -> str:
    return str(_file(word, path, "projections", line)) if word.endswith((".sql", ".py", ".js")) else word
