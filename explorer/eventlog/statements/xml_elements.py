"""Which elements does an XML file hold that may be hostile, each with its place, as they come?

There is no DTD, no entity of its own, no file beside it; depth, names and sizes are bounded. What is read before a
fault stays.
"""

from collections import deque
from collections.abc import Collection, Iterator
from xml.parsers import expat

import msgspec

from explorer.eventlog.source import Source
from explorer.patterns import lazy_pattern

_BLOCK_BYTES = 1 << 18
_DEEPEST = 100
_MOST_PARTS = 20_000  # of one element
_MOST_TEXT = 4 << 20  # characters in one element
_TAG_BYTES = 1 << 12
_DECLARED = lazy_pattern(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


class Element(msgspec.Struct):
    """One element with all that is in it.

    Attributes:
        name: Its name, without a namespace.
        attributes: Its attributes, likewise.
        text: Its own text, stripped.
        parts: The elements in it.
        offset, size: Where its bytes are.
        line, column: Where it begins, from 1.
        within: The name of the element in which an outermost one stands.
        ends: Whether it only says that an element of this name ends here.
    """

    name: str
    attributes: dict[str, str] = {}
    text: str = ""
    parts: list["Element"] = []
    offset: int = 0
    size: int = 0
    line: int = 1
    column: int = 1
    within: str = ""
    ends: bool = False

    def all(self, *path: str) -> Iterator["Element"]:
        """The elements at a path of names below it."""
        if not path:
            yield self
            return
        for part in self.parts:
            if part.name == path[0]:
                yield from part.all(*path[1:])

    def first(self, *path: str) -> "Element | None":
        """The first of them."""
        return next(self.all(*path), None)

    def said(self, *path: str) -> str | None:
        """The text of the first of them that has some."""
        return next((each.text for each in self.all(*path) if each.text), None)


class XmlFault(Exception):  # noqa: N818 - a finding about the file
    """It cannot be read further; says why and where."""

    def __init__(self, reason: str, line: int, column: int, byte: int) -> None:
        self.reason, self.line, self.column, self.byte = reason, line, column, byte
        super().__init__(reason)


def declared_encoding(head: bytes) -> str | None:
    """The encoding that an XML file names, if it names one."""
    found = _DECLARED.search(head[:1_000])
    return None if found is None else found[1].decode()


def elements(source: Source, wanted: Collection[str], ends: Collection[str] = ()) -> Iterator[Element]:
    """Yield the outermost elements with one of the `wanted` names once they end, and each end of one in `ends`.

    Raises:
        XmlFault: What stands behind the last one that was yielded is no XML, or is hostile.
    """
    parser = _Parser(source, wanted, ends)
    offset = 0
    while True:
        block = source.read(offset, min(_BLOCK_BYTES, max(source.size_bytes - offset, 0)))
        offset += len(block)
        fault: XmlFault | None = None
        try:
            parser.expat.Parse(block, not block)
        except expat.ExpatError as error:
            fault = parser.fault or _told(parser.expat, error, offset >= source.size_bytes)
        except XmlFault as found:
            fault = found
        while parser.ready:
            yield parser.ready.popleft()
        if fault is not None:
            raise fault
        if not block:
            return


def _told(parser: "expat.XMLParserType", error: expat.ExpatError, at_end: bool) -> XmlFault:
    said = expat.errors.messages.get(error.code, "it is not well-formed")
    reason = "the XML ends early" if at_end and error.code in {3, 5} else f"the XML cannot be read: {said}"
    return XmlFault(reason, error.lineno, error.offset + 1, max(parser.ErrorByteIndex, 0))


class _Parser:
    """Builds the elements that are wanted, and no others."""

    def __init__(self, source: Source, wanted: Collection[str], ends: Collection[str]) -> None:
        self.ready: deque[Element] = deque()
        self.fault: XmlFault | None = None
        self._source, self._wanted, self._ends = source, wanted, ends
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._depth = self._parts = self._text = 0
        self._around: list[str] = []  # the names of the elements that are open around those that are wanted
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.expat.StartDoctypeDeclHandler = lambda *_: self._refuse("the XML holds a DTD, which is not read")
        self.expat.EntityDeclHandler = lambda *_: self._refuse(
            "the XML holds an entity of its own, which is not read"
        )
        self.expat.ExternalEntityRefHandler = lambda *_: 0
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._data

    def _refuse(self, reason: str) -> None:
        where = self.expat
        raise XmlFault(
            reason,
            where.CurrentLineNumber,
            where.CurrentColumnNumber + 1,
            where.CurrentByteIndex,
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse(f"the XML holds elements nested more than {_DEEPEST} deep")
        own = name.rpartition(":")[2]
        if not self._open:
            if own not in self._wanted:
                self._around.append(own)
                return
            self._parts = self._text = 0
        self._parts += 1 + len(attributes)
        if self._parts > _MOST_PARTS:
            self._refuse(f"the XML holds an entry of more than {_MOST_PARTS:,} parts")
        where = self.expat
        made = Element(
            own, {each.rpartition(":")[2]: said for each, said in attributes.items()}, parts=[],
            offset=where.CurrentByteIndex, line=where.CurrentLineNumber, column=where.CurrentColumnNumber + 1,
        )  # fmt: skip
        if self._open:
            self._open[-1].parts.append(made)
        else:
            made.within = self._around[-1] if self._around else ""
        self._open.append(made)
        self._texts.append([])

    def _data(self, text: str) -> None:
        if self._open:
            self._text += len(text)
            if self._text > _MOST_TEXT:
                self._refuse(f"the XML holds an entry of more than {_MOST_TEXT:,} characters")
            self._texts[-1].append(text)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        where = self.expat
        if not self._open:
            own = self._around.pop()
            if own in self._ends:
                self.ready.append(
                    Element(own, offset=where.CurrentByteIndex, line=where.CurrentLineNumber, ends=True)
                )
            return
        done = self._open.pop()
        done.text = "".join(self._texts.pop()).strip()
        if not self._open:
            tag = self._source.read(where.CurrentByteIndex, _TAG_BYTES)
            close = tag.find(b">")
            done.size = where.CurrentByteIndex + close + 1 - done.offset if close >= 0 else len(tag)
            if self._source.read(done.offset, 2)[1:2] == b"\0":
                done.size += 1  # UTF-16: the second half
            self.ready.append(done)
