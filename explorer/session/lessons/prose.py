"""What does the Markdown of a lesson say, as paragraphs and spans instead of HTML?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.resources import resource
from explorer.session.lessons.lesson import BlockKind, LessonError, Passage, Span

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
