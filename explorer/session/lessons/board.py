"""Which command leads to which events, and which event to which others by a policy, as a lesson writes it down?

    Withdraw -> MoneyWithdrawn, OverdraftRefused
    whenever MoneyWithdrawn -> NoticeSent

Beside each event stands how often it has happened up to the playhead: the board is the lesson's, the counts are
the log's.
"""

import numpy as np

from explorer.language import tr
from explorer.session.document import Document
from explorer.session.lessons.frames import Frame
from explorer.session.lessons.lesson import LessonError, Show
from explorer.session.plaintext import visible
from explorer.session.reasons.type_board import BoardLine, Followed, TypeBoard

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
    """The board as notes whose counts follow the playhead."""

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
        """A line for each command and policy; the type of event that has just happened is marked."""
        events = self._document.history.events
        codes = {kind: code for code, kind in enumerate(events.type_names)}
        before = np.bincount(np.asarray(events.types[:position]), minlength=len(codes))
        now = self._document.event(position).type if position else None
        lines: dict[str, list[Followed]] = {}
        for source, kind in self._lines:
            count = int(before[codes[kind]]) if kind in codes else -1
            lines.setdefault(source, []).append(Followed(kind, count, now=kind == now))
        board = TypeBoard([_line(source, follows) for source, follows in lines.items()], ())
        missing = dict.fromkeys(visible(kind, 60) for _, kind in self._lines if kind not in codes)
        said = tr("This log has none of these: {types}.").format(types=", ".join(missing))
        return Frame(board=board, notes=(said,) if missing else ())


def _line(source: str, follows: list[Followed]) -> BoardLine:
    if source.startswith(WHENEVER):
        return BoardLine("event", source.removeprefix(WHENEVER).strip(), follows)
    return BoardLine("command", source, follows)


def shortened(board: TypeBoard, most: int) -> tuple[TypeBoard, int]:
    """A board with at most `most` notes of what follows, the last that happened first, and how many are left out."""
    notes = [(at, each) for at, line in enumerate(board.lines) for each in line.follows]
    kept = sorted(sorted(range(len(notes)), key=lambda at: not notes[at][1].now)[:most])
    follows: dict[int, list[Followed]] = {}
    for line, each in (notes[at] for at in kept):
        follows.setdefault(line, []).append(each)
    lines = [BoardLine(board.lines[at].kind, board.lines[at].name, each) for at, each in follows.items()]
    return TypeBoard(lines, board.untold, board.unread), len(notes) - len(kept)
