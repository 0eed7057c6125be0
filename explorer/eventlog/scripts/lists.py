"""How is a list of events read that stands in a program in JavaScript: `const events = [{ type: 'AccountOpened', … }]`?

The text of a course, pasted or saved as a file. The rest of the program is not looked at, and none of it is run.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Protocol

import msgspec

from explorer.eventlog.entries import Remark, WrittenEntries, WrittenEntry
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import FieldMap
from explorer.eventlog.scripts.literals import Literal, LiteralFault, after_space, element_end
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

MOST_BYTES = 64 << 20
_TRIED = 40  # elements
_ENDS = frozenset({"", "]", ")", "}", ";"})
_ESCAPED_BYTE = lazy_pattern("[\udc80-\udcff]")
_encode = msgspec.json.Encoder(decimal_format="number").encode
_NAMED = frozenset({"events", "eventlog", "log", "history", "eventstore", "stream", "facts"})
_BEGIN = r"(?:Object\s*\.\s*freeze\s*\(\s*)?\["
# where a list may stand in a program …
_ASSIGNED = lazy_pattern(
    r"(?:^|[\n;}])[ \t]*(?:export\s+)?(?:(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::[^=\n]+)?|(?P<member>[\w$.]+))"
    rf"\s*=\s*{_BEGIN}"
    rf"|(?:^|[\n;])[ \t]*export\s+default\s+{_BEGIN}"
)
# … and a first element that no JSON has: an unquoted key, or one in single quotes
_BARE = lazy_pattern(r"\[?\s*\{\s*(?:[A-Za-z_$][\w$]*|'(?:[^'\\\n]|\\.)*')\s*:")
_LOOKS = lazy_pattern(
    rb"(?:^|[\n;}])\s*(?:(?:export\s+)?(?:const|let|var)\b|module\s*\.|exports?\b)[^\[\n]{0,200}\["
)
_ASIDE = lazy_pattern(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`", re.DOTALL
)


class ScriptHead(Protocol):
    """What it is recognised by, see `sniff.Head`."""

    @property
    def text(self) -> Text: ...
    @property
    def block(self) -> bytes: ...


def script(head: ScriptHead) -> "ScriptList | None":
    """A list of object literals, assigned to a name or standing alone; one of which something can be read."""
    if _is_json(head.block):
        return None
    block = head.block.decode("utf-8", "replace")
    begin = _alone(block)
    if begin is None and _LOOKS.search(head.block):
        begin = next((each.at for each in _lists(block)), None)
    if begin is None:
        return None
    some = islice(_elements(block, begin), _TRIED)
    return ScriptList(head.text) if any(map(_like_event, some)) else None


def _is_json(block: bytes) -> bool:
    """Whether the first line is an object of JSON: then so are the others, and no program begins so."""
    first = block.lstrip().partition(b"\n")[0] if block[:1] == b"{" else b""
    try:
        return bool(first) and isinstance(msgspec.json.decode(first), dict)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False


def _like_event(element: "_Element") -> bool:
    """Whether it says two things, one of them in words; less may be JSON that was damaged."""
    record = element.record
    return record is not None and len(record) > 1 and any(isinstance(each, str) for each in record.values())


def _alone(text: str) -> int | None:
    """Where the first element stands of a list that is assigned to nothing, or of objects one after another."""
    begin = after_space(text, 0)
    if not _BARE.match(text, begin):
        return None
    return begin + 1 if text[begin] == "[" else begin


class _Found:
    """A list in a program: what it is called, and where its first element may stand."""

    def __init__(self, name: str, at: int) -> None:
        self.name, self.at = name, at

    @property
    def rank(self) -> int:
        """How much its name says that it holds the events."""
        plain = self.name.rpartition(".")[2].lower()
        return 2 if plain in _NAMED else 1 if plain.endswith(("events", "log", "history")) else 0


def _lists(text: str) -> list[_Found]:
    """The lists of objects in a program, the likeliest first."""
    bare = _ASIDE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    found = []
    for each in _ASSIGNED.finditer(bare):
        at = after_space(text, each.end())
        if text[at : at + 1] == "{":
            found.append(_Found(each["name"] or each["member"] or "", each.end()))
    return sorted(found, key=lambda each: -each.rank)


class ScriptList(WrittenEntries):
    """Its elements. Which member is what is guessed, as of any JSON."""

    fields: FieldMap | None = None

    def __init__(self, text: Text) -> None:
        super().__init__()
        self.text = text
        self.name = "JavaScript list"
        if text.units > MOST_BYTES:
            raise LogError(
                text.source.name, f"a list in a program of more than {MOST_BYTES >> 20} MiB is not read"
            )
        self._whole: str | None = None

    def entries(self) -> Iterator[WrittenEntry]:
        """Read them from the beginning."""
        raw = self.text.source.read(self.text.base, self.text.units * self.text.width)
        text = self.text.decoded(raw, "surrogateescape" if self.text.width == 1 else "replace")
        begin = _alone(text)
        if begin is None:
            begin = _lists(text)[0].at
        places = _Places(self.text, text)
        for each in _elements(text, begin):
            yield places.entry(each)


class _Element(msgspec.Struct):
    """One element of a list: from which character to which, and what it says, or why nothing and where."""

    at: int
    end: int
    record: dict[str, object] | None
    reason: str
    fault: int
    repeated: list[tuple[str, int]]


def _elements(text: str, at: int) -> Iterator[_Element]:
    """The elements from the one at `at` on, to the end of their list."""
    while text[(at := after_space(text, at)) : at + 1] not in _ENDS:
        element = _element(text, at)
        yield element
        at = after_space(text, element.end)
        if text[at : at + 1] in {",", ";"}:
            at += 1
        elif text[at : at + 1] != "{":
            return  # the end of the list; the rest of the program is not looked at


def _element(text: str, at: int) -> _Element:
    literal = Literal(text, at)
    try:
        value = literal.value()
    except LiteralFault as fault:
        return _Element(at, element_end(text, at), None, fault.reason, fault.index, [])
    if not isinstance(value, dict):
        return _Element(at, literal.at, None, "an element that is no object", at, [])
    if not _is_whole(value):
        odd = _ESCAPED_BYTE.search(text, at, literal.at)
        reason = "a text with half a character in it" if odd is None else "invalid UTF-8"
        return _Element(at, literal.at, None, reason, at if odd is None else odd.start(), [])
    return _Element(at, literal.at, value, "", at, literal.repeated)


def _is_whole(value: object) -> bool:
    """Whether all of its texts are characters."""
    try:
        _encode(value)
    except UnicodeEncodeError:
        return False
    return True


class _Places:
    """Where characters of a text stand in the log; they are asked in ascending order."""

    def __init__(self, text: Text, characters: str) -> None:
        self._text, self._characters = text, characters
        self._at, self._byte, self._line, self._line_at = 0, text.base, 1, 0
        self._plain = characters.isascii() and text.width == 1

    def _move(self, at: int) -> int:
        """The byte of a character that is not before the last one."""
        passed = self._characters[self._at : at]
        errors = "surrogateescape" if self._text.is_utf8 else "surrogatepass"
        self._byte += len(passed) if self._plain else len(self._text.encoded(passed, errors))
        newlines = passed.count("\n")
        if newlines:
            self._line += newlines
            self._line_at = self._at + passed.rindex("\n") + 1
        self._at = at
        return self._byte

    def entry(self, found: _Element) -> WrittenEntry:
        """What is made of an element."""
        offset, line = self._move(found.at), self._line
        entry = WrittenEntry(offset, 0, line, found.record, found.reason)
        if found.record is None:
            entry.at = self._move(max(found.at, min(found.fault, found.end)))
            entry.line, entry.column = self._line, self._at - self._line_at + 1
        if found.repeated:
            text = f'the key "{found.repeated[0][0]}" appears twice; the last value counts'
            entry.remarks = [Remark("duplicate-key", text)]
        entry.size = self._move(found.end) - offset
        return entry
