"""What was predicted in a lecture, by whom how often, and how does it become a table?"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from explorer.projection.exact import exact

type By = Literal["written", "hands"]
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so
_COLUMNS = ("lesson", "step", "question", "prediction", "right answer", "correct", "times", "given by")


class Guess(NamedTuple):
    """A prediction that is locked in, and how many people made it.

    Attributes:
        by: Somebody has written it, or hands that were shown for a choice were counted.
    """

    text: str
    times: int = 1
    by: By = "written"


@dataclass(frozen=True)
class Given:
    """What was predicted at a step, and whether that is right."""

    lesson: str
    step: int
    question: str
    given: str
    right: str
    correct: bool
    times: int = 1
    by: By = "written"


class Notebook:
    """The predictions made since the program was started; they go nowhere but into a file that a person asks for."""

    def __init__(self) -> None:
        self.given: list[Given] = []

    def note(self, given: Given) -> None:
        """Keep one more."""
        self.given.append(given)

    def tally(self, lesson: str, step: int) -> list[tuple[str, int]]:
        """What was predicted at a step and how often, the most frequent first."""
        found: Counter[str] = Counter()
        for each in self.given:
            if (each.lesson, each.step) == (lesson, step):
                found[each.given] += each.times
        return found.most_common()

    def as_csv(self) -> str:
        """All of them as CSV that no spreadsheet takes for formulas."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(_COLUMNS)
        for each in self.given:
            words = (each.lesson, str(each.step), each.question, each.given, each.right)
            judged = "yes" if each.correct else "no"
            by = "show of hands" if each.by == "hands" else "written"
            rows.writerow((*(_safe(word) for word in words), judged, str(each.times), by))
        return text.getvalue()


def _safe(word: str) -> str:
    number = exact(word) is not None
    return "'" + word if word.startswith(_FORMULAS) and not number else word
