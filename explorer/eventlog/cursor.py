"""Where does a JSON value begin and end, in a text too large to hold?

Only the structure is looked at (brackets, strings, commas); what a value says is read from its stretch later.
"""

import re

from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.source import BLOCK_BYTES
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

_SPACE = lazy_pattern(rb"[ \t\r\n\x1e]*+")  # RFC 7464 puts 0x1e before each record
# A string cannot hold a raw newline: this stops a lost quote from swallowing the rest of the log.
_INSIDE = rb'[^"\\\n\r]++|\\[^\n\r]'
_STRING = lazy_pattern(rb'"(?:' + _INSIDE + rb')*+"')
_OPEN_STRING = lazy_pattern(rb'"(?:' + _INSIDE + rb")*+")
_PLAIN = rb'[^"\[\]{}]++|"(?:' + _INSIDE + rb')*+"'
# Objects and lists with nothing but plain values in them, and such of such, are passed over whole: most are so.
_FLAT = rb"\{(?:" + _PLAIN + rb")*+\}|\[(?:" + _PLAIN + rb")*+\]"
_FLAT = rb"\{(?:" + _PLAIN + rb"|" + _FLAT + rb")*+\}|\[(?:" + _PLAIN + rb"|" + _FLAT + rb")*+\]"
_TO_BRACKET = lazy_pattern(rb"(?:" + _PLAIN + rb")*+")
_TO_OPEN = lazy_pattern(rb"(?:" + _PLAIN + rb"|" + _FLAT + rb")*+")
_SCALAR = lazy_pattern(rb'[^,\[\]{}"\s]++|.', re.DOTALL)
_CONTINUATIONS = bytes(range(0x80, 0xC0))
_COLON = lazy_pattern(rb"[ \t\r\n]*+:[ \t\r\n]*+")
_CLOSES = {0x7B: 0x7D, 0x5B: 0x5D}
_QUOTE, _COMMA, _CLOSING_BRACE = 0x22, 0x2C, 0x7D
_MOST_LEVELS = 1_000_000

TOO_LONG = "too long"


class Broken(Exception):  # noqa: N818 - a finding, caught by the scanner that asked
    """The structure cannot be followed: `reason`, at the unit `unit`."""

    def __init__(self, reason: str, unit: int, *, at_end: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.unit = unit
        self.at_end = at_end


class Cursor:
    """A place in the structure of a text. Everything before it has been dropped from memory.

    Attributes:
        unit: The place, in units.
        line: Its 1-based line.
        column: Its 1-based column, in characters.
    """

    def __init__(self, text: Text, unit: int = 0, line: int = 1, column: int = 1) -> None:
        self.text = text
        self.unit = unit
        self.line = line
        self.column = column
        self._buffer = b""
        self._start = unit  # of the buffer
        self._behind_return = False

    def peek(self) -> int:
        """The skeleton byte after any white space; -1 at the end. Moves over the white space."""
        while True:
            here = self.unit - self._start
            found = _SPACE.match(self._buffer, here)
            stop = found.end() if found else here
            self.move_to(self._start + stop)
            if stop < len(self._buffer):
                return self._buffer[stop]
            if not self._fill():
                return -1

    def move_to(self, unit: int) -> None:
        """Go on to `unit`, counting lines and columns on the way."""
        passed = self._buffer[self.unit - self._start : unit - self._start]
        self.unit = unit
        if self.text.is_utf8 and not passed.isascii():
            passed = passed.translate(None, _CONTINUATIONS)
        breaks = passed.count(b"\n")
        if b"\r" in passed:
            breaks += passed.count(b"\r") - passed.count(b"\r\n")
        if self._behind_return and passed.startswith(b"\n"):  # one break, cut by the end of a block
            breaks -= 1
            self.column = 0
        self._behind_return = passed.endswith(b"\r") if passed else self._behind_return
        if breaks:
            self.line += breaks
            self.column = len(passed) - max(passed.rfind(b"\n"), passed.rfind(b"\r"))
        else:
            self.column += len(passed)

    def pass_to(self, unit: int) -> None:
        """The same for a place that may be far ahead."""
        while (held := self._start + len(self._buffer)) < unit:
            self.move_to(held)
            if not self._fill():
                return
        self.move_to(unit)

    def jump(self, unit: int, line: int, column: int) -> None:
        """Go to a place of which somebody else has counted the line and column."""
        if not self._start <= unit <= self._start + len(self._buffer):
            self._buffer, self._start = b"", unit
        self.unit, self.line, self.column = unit, line, column
        self._behind_return = False

    def value_end(self, unit: int | None = None) -> int:
        """The unit after the value that begins at `unit` (or here). The cursor stays, and holds it all.

        Raises:
            Broken: It has no end, it is too long, or brackets or quotes in it do not match.
        """
        return self._value_end(self.unit if unit is None else unit, keep=True)

    def pair_end(self) -> int:
        """The unit after the `"key": value` that begins here. The cursor stays.

        Raises:
            Broken: As `value_end`.
        """
        return self._value_end(self.value_of_pair(), keep=True)

    def value_of_pair(self) -> int:
        """The unit at which the value of the `"key": value` that begins here begins itself.

        Raises:
            Broken: There is no such pair.
        """
        if self.skeleton(self.unit, self.unit + 1) != b'"':
            raise Broken("expected a key in double quotes", self.unit)
        end = self._string_end(self.unit)
        while True:
            found = _COLON.match(self._buffer, end - self._start)
            if found and found.end() < len(self._buffer):
                return self._start + found.end()
            if not self._fill():
                raise Broken("the record ends in the middle", self.rest(), at_end=True)
            if not found and _COLON.match(self._buffer, end - self._start) is None:
                raise Broken("expected a colon after the key", end)

    def skip_value(self) -> None:
        """Move behind the value that begins here, whatever its size.

        Raises:
            Broken: It has no end.
        """
        self.move_to(self._value_end(self.unit, keep=False))

    def rest_of_object(self) -> str | None:
        """Move over `, "key": value … }` to the end of the text; return what is wrong there, if anything is."""
        try:
            while True:
                byte = self.peek()
                if byte == _CLOSING_BRACE:
                    self.move_to(self.unit + 1)
                    return None if self.peek() == -1 else "more text after the end of the object"
                if byte != _COMMA:
                    return (
                        "the object is never closed" if byte == -1 else "expected a comma or a closing brace"
                    )
                self.move_to(self.unit + 1)
                self.peek()
                self.move_to(self.value_of_pair())
                self.skip_value()
        except Broken as broken:
            return broken.reason

    def _value_end(self, unit: int, *, keep: bool) -> int:
        first = self._buffer[unit - self._start]
        if first == _QUOTE:
            return self._string_end(unit)
        if first in _CLOSES:
            return self._brackets_end(unit, keep=keep)
        while True:
            found = _SCALAR.match(self._buffer, unit - self._start)
            end = found.end() if found else unit - self._start
            if end < len(self._buffer) or end > LONGEST_RECORD_BYTES or not self._fill():
                return self._start + end

    def _string_end(self, unit: int) -> int:
        while True:
            found = _STRING.match(self._buffer, unit - self._start)
            if found:
                return self._start + found.end()
            opened = _OPEN_STRING.match(self._buffer, unit - self._start)
            stop = opened.end() if opened else 0
            if stop < len(self._buffer) - 1:
                raise Broken("a text has no closing quote", unit)
            if len(self._buffer) - (unit - self._start) > 2 * LONGEST_RECORD_BYTES:
                raise Broken(TOO_LONG, unit)
            if not self._fill():
                raise Broken("a text has no closing quote", unit, at_end=True)

    def _brackets_end(self, unit: int, *, keep: bool) -> int:
        stack: list[int] = []
        at = unit
        most = LONGEST_RECORD_BYTES // self.text.width
        while True:
            # inside of something; the value itself must begin with its own bracket
            found = (_TO_OPEN if stack else _TO_BRACKET).match(self._buffer, at - self._start)
            at = self._start + (found.end() if found else 0)
            if at - self.unit > most:
                if keep:
                    raise Broken(TOO_LONG, unit)
                self.move_to(at)
            if at - self._start >= len(self._buffer):
                if not keep:
                    self.move_to(at)
                if not self._fill():
                    raise Broken("the record ends in the middle", at, at_end=True)
                continue
            byte = self._buffer[at - self._start]
            if byte == _QUOTE:  # its end is not in the buffer yet
                at = self._string_end(at)
                continue
            if byte in _CLOSES:
                stack.append(_CLOSES[byte])
            elif stack.pop() != byte:
                raise Broken("the brackets do not match", at)
            at += 1
            if not stack:
                return at
            if len(stack) > _MOST_LEVELS:
                raise Broken(f"nested more than {_MOST_LEVELS:,} levels deep", at)

    def skeleton(self, start: int, end: int) -> bytes:
        """The skeleton of a stretch that is still in the buffer."""
        return self._buffer[start - self._start : end - self._start]

    def search(self, pattern: re.Pattern[bytes], unit: int) -> int | None:
        """The unit after the next match of `pattern` at or after `unit`, reading on as needed; else None."""
        while True:
            found = pattern.search(self._buffer, max(0, unit - self._start))
            if found:
                return self._start + found.end()
            if len(self._buffer) + self._start - self.unit > LONGEST_RECORD_BYTES or not self._fill():
                return None

    def rest(self) -> int:
        """The unit at the end of the text."""
        return self.text.units

    def _fill(self) -> bool:
        """Read one more block, dropping what stands before the cursor. False at the end of the text."""
        block = self.text.read(self._start + len(self._buffer), BLOCK_BYTES)
        if not block:
            return False
        self._buffer = self._buffer[self.unit - self._start :] + block
        self._start = self.unit
        return True
