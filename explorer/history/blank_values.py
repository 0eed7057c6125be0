"""What do the blanks of many lines of one shape hold: texts as codes, exact numbers, times?"""

from collections.abc import Callable

import numpy as np

from explorer.eventlog.byte_words import Block, Int64s, numbers
from explorer.eventlog.event import Joined, Varying
from explorer.eventlog.instants import instants, since_epoch
from explorer.eventlog.json_text import decode
from explorer.eventlog.matching import Match
from explorer.eventlog.text_codes import TextCodes
from explorer.history.events import NO_TIME


class BlankValues:
    """The values of one match.

    Attributes:
        fine: (k,) false for lines that hold something that must be read one by one.
    """

    def __init__(self, block: Block, match: Match) -> None:
        self._block = block
        self._match = match
        self._numbers: dict[int, tuple[Int64s, Int64s]] = {}
        self._texts: dict[tuple[int, int], Int64s] = {}
        self._coders: list[TextCodes] = []
        self.fine = np.ones(len(match.rows), np.bool_)

    def times(self) -> Int64s:
        """(k,) UTC nanoseconds since 1970."""
        time = self._match.shape.time
        if time is None:
            return np.full(len(self.fine), NO_TIME)
        if self._match.shape.blanks[time.blank].written == "text":
            at_ns, good = instants(self._block, *self._ends(time.blank))
        else:
            at_ns, good = since_epoch(*self._number(time.blank))
        self.fine &= good
        return at_ns

    def texts(self, place: object, coder: TextCodes) -> Int64s:
        """(k,) codes: of the text in a blank, or of one text; -1 for None."""
        if isinstance(place, Joined):
            return self._joined(place, coder)
        if not isinstance(place, Varying):
            return np.full(len(self.fine), -1 if place is None else coder.code(str(place)))
        known = self._texts.get((place.blank, id(coder)))
        if known is not None:
            return known
        starts, ends = self._ends(place.blank)
        if self._match.shape.blanks[place.blank].written == "number":
            # as written, it is the text of a whole number; of `-0` and decimals it may not be
            units, decimals = self._number(place.blank)
            self.fine &= (decimals == 0) & ((units != 0) | (self._block.at(starts) != ord("-")))
        found = coder.codes(self._block, starts, np.where(self.fine, ends, starts)).astype(np.int64)
        self._texts[place.blank, id(coder)] = found
        return found

    def _joined(self, joined: Joined, coder: TextCodes) -> Int64s:
        """Codes of several texts together: each combination that occurs is joined once."""
        local = [TextCodes() for _ in joined.parts]
        self._coders += local  # what was found for one is kept by its identity, which must stay its own
        columns = [self.texts(part, names) for part, names in zip(joined.parts, local, strict=True)]
        combined, which = np.unique(np.stack(columns), axis=1, return_inverse=True)
        codes = [
            coder.code(joined.text([names.values[code] for names, code in zip(local, each, strict=True)]))
            for each in combined.T.tolist()
        ]
        return np.array(codes, np.int64)[which.reshape(-1)] if codes else np.zeros(0, np.int64)

    def numbers(self, place: Varying) -> tuple[Int64s, Int64s]:
        """(k,) units and decimals."""
        return self._number(place.blank)

    def number_codes(self, place: Varying, code: Callable[[object], int]) -> Int64s:
        """(k,) codes of numbers that are kept as they are written."""
        self._number(place.blank)
        written = TextCodes()
        starts, ends = self._ends(place.blank)
        codes = written.codes(self._block, starts, np.where(self.fine, ends, starts))
        return np.array([code(decode(text.encode())) if text else 0 for text in written.values], np.int64)[
            codes
        ]

    def check_rest(self) -> None:
        """Every number must be one, also those that nobody asks for."""
        for index, blank in enumerate(self._match.shape.blanks):
            if blank.written == "number":
                self._number(index)

    def _number(self, blank: int) -> tuple[Int64s, Int64s]:
        found = self._numbers.get(blank)
        if found is None:
            units, decimals, good = numbers(self._block, *self._ends(blank))
            self.fine &= good
            found = self._numbers[blank] = units, decimals
        return found

    def _ends(self, blank: int) -> tuple[Int64s, Int64s]:
        return self._match.starts[blank], self._match.ends[blank]
