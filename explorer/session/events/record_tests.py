"""Which of many events pass a test of a field, without being decoded?

What a kernel can tell from the bytes of a record it tells. The value of a field that needs more than that (an escaped
text, a pattern) is decoded alone, and each that is written alike once; only records that are odd are read as a whole.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.extract import is_one_path
from explorer.eventlog.json_text import FAULTS, decode, read_carefully
from explorer.eventlog.sqlite.rows import STORED
from explorer.history.event_lines import Lines, ProbedRecords
from explorer.history.events import Events
from explorer.history.passes import Flags, Int64s, WholeEvents
from explorer.session.events.field_tests import FieldTest

_METADATA = ("metadata", "metaData", "meta")  # as `Event.metadata` has it
_WRAPPED = "_data_"
_MOST_KEPT = 100_000  # values of which is known whether they pass
_OPERATORS = {"<": 0, "<=": 1, ">": 2, ">=": 3, ":": 4, "!=": 4}
_ANY = 5
_LEAVE, _YES, _READ = 3, 1, 2


class RecordTest:
    """A test of a field, for blocks of records. May be asked from several threads at once."""

    def __init__(self, test: FieldTest, events: Events) -> None:
        self._test = test
        self._events, self._log = events, events.log
        self._known: dict[bytes, bool] = {}
        stored = events.log.by_rows and test.path[0].casefold() == STORED
        alone = is_one_path(events.log.fields.data) and not stored
        self._records = ProbedRecords(events, alone=alone)

    def passing(self, block: WholeEvents, among: Flags) -> Flags:
        """(k,) which events of a block pass; those that are not `among` them need not be right."""
        found = np.zeros(len(among), np.bool_)
        left = among
        if (probed := self._records.of(block)) is not None:
            records, doubtful = probed
            said = np.where(among & ~doubtful, 0, _LEAVE).astype(np.uint8)
            kinds = self._events.types[block.first : block.stop].astype(np.int64)
            self._ask(records, kinds, said, found)
            found |= said == _YES
            left = (said == _READ) | (doubtful & among)
        for at in np.flatnonzero(left).tolist():
            row = block.first + at
            event = self._log.decode_raw(block.raw(at), row + 1, int(self._events.offsets[row]))
            found[at] = self._test(event) is not self._test.turned
        return found ^ self._test.turned

    def _ask(
        self, records: WholeEvents | Lines, kinds: Int64s, said: npt.NDArray[np.uint8], found: Flags
    ) -> None:
        """Let the kernel say what it can; decode the values that it leaves."""
        from explorer.eventlog.alike_kernels import PATTERN_CELLS, PATTERNS
        from explorer.eventlog.value_kernels import DEEPEST, REST_CELLS, test_records

        opened = np.empty((2 * len(said) + 256, 3), np.int64)
        rest = np.empty((DEEPEST + 1, REST_CELLS), np.int64)
        room = opened, rest, np.zeros((PATTERNS, PATTERN_CELLS), np.int64)
        where = records.bytes, records.words, records.starts, records.ends
        count = test_records(*where, kinds, said, *self._plan, *room)
        content, known = memoryview(records.bytes), self._known
        for record, start, end in opened[:count].tolist():
            if not found[record]:
                value = bytes(content[start:end])
                fits = known.get(value)
                if fits is None:
                    if len(known) > _MOST_KEPT:
                        known.clear()
                    fits = known[value] = self._test.fits(_decoded(value))
                found[record] = fits

    @cached_property
    def _plan(self) -> Sequence[Any]:
        """What the kernel is told, see `test_records`."""
        test = self._test
        path, data = test.path, self._log.fields.data.split(".") if self._log.fields.data else []
        folded = [part.casefold() for part in path]
        named_so = len(data) > 0 and data[-1].casefold() == folded[0] if data else False
        numbers = [_units(number) for number in test.numbers]
        texts = [text for text in test.texts or () if text.isascii()]
        operator = _ANY if test.texts is None else _OPERATORS[test.operator]
        names = [
            *path,
            *(".".join(path[at:]) for at in range(len(path))),
            *folded,
            *data,
            ".".join(data),
            *_METADATA,
            _WRAPPED,
            *texts,
        ]
        plan = [
            len(path), len(data), named_so, self._log.written == "member", operator, None not in numbers,
            len(numbers), len(texts),
        ]  # fmt: skip
        written = [name.encode("utf-8", "surrogatepass") for name in names]
        lengths = np.array([len(name) for name in written], np.int64)
        joined = np.frombuffer(bytearray(b"".join(written) + bytes(16)), np.uint8)
        known = [number or (0, 0) for number in numbers] or [(0, 0)]
        return (
            np.array(plan, np.int64),
            np.array(known, np.int64),
            joined,
            words_of(joined),
            np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64),
            lengths,
        )


def _units(number: int | Decimal) -> tuple[int, int] | None:
    """A number as units and decimals; None for one that is too long for a kernel."""
    if isinstance(number, int):
        return (number, 0) if abs(number) < 10**18 else None
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or not -18 <= exponent <= 18 or len(digits) + abs(exponent) > 18:
        return None
    units = int(number.scaleb(max(-exponent, 0)))
    return units, max(-exponent, 0)


def _decoded(value: bytes) -> object:
    try:
        return decode(value)
    except FAULTS:
        return read_carefully(value)
