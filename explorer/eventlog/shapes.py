"""Which lines of a log are written alike, so that a whole column of them can be read at once?

Programs write events from a few templates. A *shape* is such a template, learnt from one line that the exact
reader has read: the bytes that never differ, and between them *slots* with a text or a number. A line has that
shape if its fixed bytes are the same, byte for byte, and its slots hold what JSON allows there; so it says the
same as the line that was learnt from, other than in its slots. Whatever fits no shape is read one by one.
"""

import re
from typing import Literal

import msgspec
import numpy as np

from explorer.eventlog.event import Event, FieldMap, Place
from explorer.eventlog.extract import getter
from explorer.eventlog.json_text import FAULTS, SPACED_COLON, decode, key_count, needs_care
from explorer.eventlog.words import FIRST, PAD, Block, Flags, Int64s

_TOKEN = re.compile(rb'"[^"\\]*"|-?[0-9][0-9.eE+-]*|true|false|null|[\[\]{}:,]')
_MOST_SLOTS = 64
_COMPARED_BYTES = 128
_LONGEST_SAMPLE = 4_096  # bytes; a block has as many to spare (`PAD`), so no place is ever outside


class Slot(msgspec.Struct, frozen=True):
    """Where a value that differs stands in the sample: `[start, end)`, quotes left out."""

    written: Literal["text", "number"]
    start: int
    end: int


class Fixed(msgspec.Struct, frozen=True):
    """Bytes that every line of the shape has.

    Attributes:
        text: The bytes.
        quote: The number, within the line, of the first quote among them; None if they have none.
        before: How many of the bytes stand before that quote.
    """

    text: bytes
    quote: int | None
    before: int


class Shape:
    """One template.

    Attributes:
        event: What a line of this shape says, with a `Place` for each slot. `at_ns` is None; see `time`.
        slots: The values that differ, in their order.
        time: The slot with the time, if any.
        quotes: How many quotes a line has.
    """

    def __init__(self, raw: bytes, event: Event, slots: list[Slot], time: Place | None) -> None:
        self.event = event
        self.slots = slots
        self.time = time
        self.quotes = raw.count(b'"')
        self.fixed: list[Fixed] = []
        begin = 0
        for end in [*(slot.start for slot in slots), len(raw)]:
            text = raw[begin:end]
            before = text.find(b'"')
            quote = raw.count(b'"', 0, begin) if before >= 0 else None
            self.fixed.append(Fixed(text, quote, max(before, 0)))
            begin = slots[len(self.fixed) - 1].end if len(self.fixed) <= len(slots) else end
        self.key = tuple(each.text for each in self.fixed)

    @property
    def matchable(self) -> bool:
        """Whether the ends of all slots can be told: two numbers in a row have nothing to find them by."""
        return all(each.quote is not None for each in self.fixed[1:-1])

    def match(self, block: Block, lines: "Lines", rows: Int64s) -> "Match":
        """Which of the lines `rows` have this shape."""
        rows = rows[lines.quote_counts[rows] == self.quotes]
        begins: list[Int64s | None] = [None] * len(self.fixed)
        # the longest bytes tell most: they hold the type
        for index in sorted(range(len(self.fixed)), key=lambda index: -len(self.fixed[index].text)):
            fixed = self.fixed[index]
            first, last = index == 0, index == len(self.fixed) - 1
            if fixed.quote is not None and not first:
                places = lines.quotes[lines.first_quote[rows] + fixed.quote] - fixed.before
            elif first:
                places = lines.starts[rows]
            else:
                places = lines.ends[rows] - len(fixed.text)
            same = _same(block, places, fixed.text)
            if last:
                same &= places + len(fixed.text) == lines.ends[rows]
            if not same.all():
                rows, places = rows[same], places[same]
                begins = [each if each is None else each[same] for each in begins]
            begins[index] = places
        starts = [begins[index] + len(self.fixed[index].text) for index in range(len(self.slots))]  # type: ignore[operator]
        return Match(self, rows, starts, begins[1:])  # type: ignore[arg-type]


class Match(msgspec.Struct):
    """The lines of one shape.

    Attributes:
        shape: Which shape.
        rows: (k,) the lines.
        starts, ends: For each slot, (k,) where it stands in the block.
    """

    shape: Shape
    rows: Int64s
    starts: list[Int64s]
    ends: list[Int64s]

    def only(self, fine: Flags) -> "Match":
        """Those of the lines for which `fine` is true."""
        if fine.all():
            return self
        starts, ends = ([each[fine] for each in side] for side in (self.starts, self.ends))
        return Match(self.shape, self.rows[fine], starts, ends)


class Lines:
    """The lines of a block.

    Attributes:
        starts, ends: (n,) places of each line in the block, line end left out.
        nexts: (n,) where the next line begins.
        quotes: Where all quotes stand.
        first_quote, quote_counts: (n,) the first of them in each line, and how many there are.
        plain: (n,) false for lines with an escape, a control character or bad UTF-8: not for shapes.
    """

    def __init__(self, block: Block, raw: bytes) -> None:
        data = block.bytes
        breaks = np.flatnonzero(data == ord("\n"))
        if not raw.endswith(b"\n"):
            breaks = np.append(breaks, block.end)
        self.nexts = np.minimum(breaks + 1, block.end)
        self.starts = np.concatenate([[PAD], self.nexts[:-1]])
        returns = (data[breaks - 1] == ord("\r")) & (breaks > self.starts)
        self.ends = breaks - returns
        self.quotes = np.flatnonzero(data == ord('"'))
        edges = np.searchsorted(self.quotes, np.append(self.starts, block.end))
        self.first_quote, self.quote_counts = edges[:-1], np.diff(edges)
        self.plain = np.ones(len(breaks), np.bool_)
        controls = (
            int(np.count_nonzero(data[PAD : block.end] < 32))
            - int(np.count_nonzero(returns))
            - int(raw.endswith(b"\n"))
            - len(breaks)
            + 1
        )
        if controls:
            odd = PAD + np.flatnonzero((data[PAD : block.end] < 32) & (data[PAD : block.end] != ord("\n")))
            self._spoil(np.setdiff1d(odd, breaks[returns] - 1))
        if b"\\" in raw:
            self._spoil(np.flatnonzero(data == ord("\\")))
        if not raw.isascii():
            self._check_utf8(raw, np.flatnonzero(data >= 128))

    def _check_utf8(self, raw: bytes, places: Int64s) -> None:
        rows = np.searchsorted(self.nexts, places, "right")
        rows = rows[np.diff(rows, prepend=-1) > 0]
        few = 4 * len(rows) < len(self.nexts)
        parts = (
            [raw[self.starts[row] - PAD : self.nexts[row] - PAD] for row in rows.tolist()] if few else [raw]
        )
        try:
            b"".join(parts).decode()  # each part ends with a newline, so none can mend another
        except UnicodeDecodeError:
            self.plain[rows] = False

    def _spoil(self, places: Int64s) -> None:
        self.plain[np.searchsorted(self.nexts, places, "right")] = False

    def __len__(self) -> int:
        return len(self.starts)


def learn(raw: bytes, fields: FieldMap) -> Shape | None:
    """The shape of a line; None if it is not a plain good record, or has no shape that can be found again."""
    if len(raw) > _LONGEST_SAMPLE or b"\\" in raw or SPACED_COLON.search(raw) or needs_care(raw):
        return None
    try:
        record = decode(raw)
    except FAULTS:
        return None
    if type(record) is not dict or raw.count(b'":') != key_count(record):
        return None
    slots: list[Slot] = []
    tokens = iter([found for found in _TOKEN.finditer(raw) if found[0] not in (b":", b",")])
    tree = _tree(tokens, next(tokens), slots)
    kind = (getter(fields.type) or (lambda _: ""))(tree)
    if not isinstance(kind, (Place, str)) or (isinstance(kind, Place) and slots[kind.slot].written != "text"):
        return None
    if isinstance(kind, Place):  # the type is a part of the shape
        gone = slots.pop(kind.slot)
        tree = _renumbered(tree, kind.slot)
        kind = raw[gone.start : gone.end].decode()
    event = _event(fields, tree, kind)
    if event is None or len(slots) > _MOST_SLOTS:
        return None
    time = (getter(fields.time) or (lambda _: None))(tree)
    if time is not None and not isinstance(time, Place):
        return None
    shape = Shape(raw, event, slots, time)
    return shape if shape.matchable else None


def _event(fields: FieldMap, tree: object, kind: str) -> Event | None:
    """What `event_maker` would make of it; None where that depends on the values."""
    data = tree
    if fields.data is not None:
        data = (getter(fields.data) or (lambda _: None))(tree)
    if not isinstance(data, dict):
        return None
    entity = None
    if (get_entity := getter(fields.entity)) is not None:
        entity = get_entity(tree)
        if entity is None:
            entity = data.get((fields.entity or "").rpartition(".")[2])
        if entity is not None and not isinstance(entity, Place):
            return None
    at = (getter(fields.time) or (lambda _: None))(tree)
    entity, at = (each.taken_as("text") if isinstance(each, Place) else None for each in (entity, at))
    return Event(0, kind, entity, data, at, record=tree)  # type: ignore[arg-type]


def _tree(tokens: object, token: re.Match[bytes], slots: list[Slot]) -> object:
    """The record with a place for each text and number."""
    text = token[0]
    if text in (b"{", b"["):
        items: list[object] = []
        members: dict[str, object] = {}
        for inner in tokens:  # type: ignore[attr-defined]
            if inner[0] in (b"}", b"]"):
                break
            if text == b"{":
                members[inner[0][1:-1].decode()] = _tree(tokens, next(tokens), slots)  # type: ignore[call-overload]
            else:
                items.append(_tree(tokens, inner, slots))
        return members if text == b"{" else items
    if text in (b"true", b"false", b"null"):
        return {b"true": True, b"false": False, b"null": None}[text]
    if text[:1] == b'"':
        slots.append(Slot("text", token.start() + 1, token.end() - 1))
        return Place(len(slots) - 1, "text")
    slots.append(Slot("number", token.start(), token.end()))
    return Place(len(slots) - 1, "number")


def _renumbered(tree: object, gone: int) -> object:
    if isinstance(tree, dict):
        return {name: _renumbered(inner, gone) for name, inner in tree.items()}
    if isinstance(tree, list):
        return [_renumbered(inner, gone) for inner in tree]
    if isinstance(tree, Place):
        return Place(tree.slot - (tree.slot > gone), tree.kind)
    return tree


def _same(block: Block, places: Int64s, text: bytes) -> Flags:
    """Where the bytes from each place on are `text`."""
    same = np.ones(len(places), np.bool_)
    for begin in range(0, len(text), _COMPARED_BYTES):
        piece = text[begin : begin + _COMPARED_BYTES]
        wanted = np.frombuffer(piece.ljust(-(-len(piece) // 8) * 8, b"\0"), np.uint64)
        window = block.windows(places + begin, len(wanted))
        for index, word in enumerate(wanted):
            rest = len(piece) - 8 * index
            same &= (window[:, index] if rest >= 8 else window[:, index] & FIRST[rest]) == word
    return same
