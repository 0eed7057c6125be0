"""Which command leads to which events, and which event to which others by a policy, as a lesson writes it down?

    Withdraw -> MoneyWithdrawn, OverdraftRefused
    whenever MoneyWithdrawn -> NoticeSent

Beside each event stands how often it has happened up to the playhead: the board is the lesson's, the counts are
the log's.
"""

import numpy as np

from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame, Grid
from explorer.session.lessons.lesson import LessonError, Show
from explorer.session.plaintext import type_text, visible

WHENEVER = "whenever "
FORM = "COMMAND -> EVENT, EVENT or whenever EVENT -> EVENT"
MOST_LINES = 40


def board_of_lines(name: str, text: str, line: int) -> Show:
    """Read a block that begins at `line` of the lesson called `name`.

    Raises:
        LessonError: A line of it is written otherwise.
    """
    found: list[tuple[str, str]] = []
    for number, said in enumerate(text.splitlines(), line + 1):
        if not said.strip():
            continue
        source, arrow, follows = said.replace("→", "->").partition("->")
        events = [each.strip() for each in follows.split(",")]
        if not arrow or not source.strip().removeprefix(WHENEVER.strip()).strip() or not all(events):
            raise LessonError(name, f"“{said.strip()}” is not written {FORM}", line=number)
        found += [(source.strip(), each) for each in events]
    if not found:
        raise LessonError(name, f"the board is empty; a line of it is written {FORM}", line=line)
    if len(found) > MOST_LINES:
        raise LessonError(name, f"the board has more than {MOST_LINES} lines", line=line)
    return Show(line, "board", fields=tuple(found))


class WrittenBoard:
    """The board as a table that follows the playhead."""

    forward_only = False

    def __init__(self, document: Document, show: Show) -> None:
        self.title = tr("Commands, events and policies")
        self._document = document
        self._lines = show.fields

    def begin(self, position: int) -> None:
        """It keeps nothing."""

    def close(self) -> None:
        """It holds nothing open."""

    def frame(self, position: int) -> Frame:
        """A row for each event that follows; those of the type that has just happened are marked."""
        events = self._document.history.events
        codes = {kind: code for code, kind in enumerate(events.type_names)}
        before = np.bincount(np.asarray(events.types[:position]), minlength=len(codes))
        now = self._document.event(position).type if position else None
        rows, marked, last = [], set(), ""
        for at, (source, kind) in enumerate(self._lines):
            whenever = source.startswith(WHENEVER)
            told = tr("whenever {type}").format(type=source.removeprefix(WHENEVER)) if whenever else source
            times = grouped(int(before[codes[kind]])) if kind in codes else "–"
            rows.append(("" if source == last else visible(told, 80), type_text(kind, 80), times))
            last = source
            if kind == now:
                marked |= {(at, 1), (at, 2)}
        missing = dict.fromkeys(visible(kind, 60) for _, kind in self._lines if kind not in codes)
        said = tr("This log has none of these: {types}.").format(types=", ".join(missing))
        columns = tr("Command or policy"), tr("Event"), tr("So far")
        grid = Grid("", columns, tuple(rows), frozenset(marked), frozenset({2}))
        return Frame(grids=(grid,), notes=(said,) if missing else ())
