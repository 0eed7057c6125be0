"""What does the place under the pointer hold, told beside it without going there?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.timeline.legend import group_name
from explorer.desktop.timeline.marks import REACH_PX, near
from explorer.language import grouped, tr
from explorer.session.document import Document
from explorer.session.places.bookmarks import Bookmark
from explorer.session.plaintext import visible
from explorer.session.timeline.axis import TimeAxis, duration_text
from explorer.session.timeline.preview import preview, stretch_text

if TYPE_CHECKING:
    from explorer.desktop.timeline.widget import Timeline

WAIT_MS = 160  # a pointer that only passes by opens nothing
FRAME_MS = 16
MOST_GROUPS = 4
NAME_CHARS, NOTE_CHARS, TYPE_CHARS = 60, 140, 28


class Card(QFrame):
    """A few lines above the pointer. It takes no room, no focus and no clicks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("role", "card")
        self.setAccessibleName(tr("What is under the pointer"))
        self.title = plain.label(role="heading")
        self.changes = plain.label()
        self.rest = plain.label(role="muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 7)
        box.setSpacing(2)
        for part in (self.title, self.changes, self.rest):
            box.addWidget(part)
        self.hide()

    def tell(self, title: str, changes: list[str], rest: list[str]) -> None:
        """Show these lines."""
        self.title.setText(title)
        for part, lines in ((self.changes, changes), (self.rest, rest)):
            part.setText("\n".join(lines))
            part.setVisible(bool(lines))
        self.adjustSize()

    def put_above(self, at: QPoint) -> None:
        """Stand above a point of the window, inside it."""
        window = self._window
        x = min(max(at.x() - self.width() // 2, 4), max(window.width() - self.width() - 4, 4))
        self.move(x, max(at.y() - self.height() - 4, 0))
        self.show()
        self.raise_()


class Hover(QObject):
    """Opens the card where the pointer rests, and has it follow from then on: once a frame."""

    def __init__(self, timeline: "Timeline") -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self.card: Card | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self._open)

    def moved(self) -> None:
        """The pointer is elsewhere on the strip."""
        if not self._waiting.isActive():
            self._waiting.start(FRAME_MS if self.card is not None and self.card.isVisible() else WAIT_MS)

    def gone(self) -> None:
        """The pointer has left, or takes hold of something."""
        self._waiting.stop()
        if self.card is not None:
            self.card.hide()

    def _open(self) -> None:
        timeline = self._timeline
        document, x, position = timeline.document, timeline.hover_x, timeline.hover_position
        if document is None or x is None or position is None or timeline.is_dragged:
            return
        position = min(position, document.event_count)  # the log may be another one since
        if self.card is None or self.card.parentWidget() is not timeline.window():
            self.card = Card(timeline.window())
        self._tell(self.card, document, position, x)
        strip = timeline.layout_px.strip
        position_x = round(timeline.x_of(position))
        self.card.put_above(timeline.mapTo(timeline.window(), QPoint(position_x, round(strip.top()) - 20)))

    def _tell(self, card: Card, document: Document, position: int, x: float) -> None:
        timeline = self._timeline
        told = preview(document, position)
        changes = list(told.changes)
        if told.more:
            changes.append(tr("and {count:,} more changes").format(count=told.more))
        rest = [*self._gap(x), *self._bar(x), *self._marks(x)]
        stretch = timeline.marks.selection
        if stretch is not None and stretch[0] < position <= stretch[1]:
            rest.append(tr("selected: {stretch}").format(stretch=stretch_text(document, stretch)))
        card.tell(told.title, changes, rest)

    def _gap(self, x: float) -> list[str]:
        axis = self._timeline.axis
        gap = axis.gap_at(self._timeline.place_at(x)) if isinstance(axis, TimeAxis) else None
        told = tr("left out here: {duration} without an event")
        return [] if gap is None else [told.format(duration=duration_text(gap.lasted_ns))]

    def _bar(self, x: float) -> list[str]:
        """`12 events here: 8 MoneyDeposited, 4 MoneyWithdrawn`, for a bar of more than one event."""
        timeline = self._timeline
        found, groundwork = timeline.bars_in_view, timeline.groundwork
        bar = None if found is None else found.at(timeline.place_at(x))
        if found is None or bar is None:
            return []
        rows = timeline.axis.rows(
            found.edges[bar : bar + 2]
        )  # a picture may be near it, two places are exact
        count = int(rows[1] - rows[0])
        if found.single or count < 2:
            return []
        text = tr("{count:,} events here").format(count=count)
        if groundwork is None:
            return [text]
        stack = groundwork.counts.between(rows)[0].tolist()
        order = sorted(range(len(stack)), key=lambda group: -stack[group])
        names = [
            f"{grouped(stack[group])} {group_name(groundwork.counts.groups[group], TYPE_CHARS)}"
            for group in order
            if stack[group]
        ]
        more = [tr("…")] if len(names) > MOST_GROUPS else []
        return [f"{text}: {', '.join([*names[:MOST_GROUPS], *more])}"]

    def _marks(self, x: float) -> list[str]:
        """What is marked near `x`."""
        timeline, lines = self._timeline, []
        marks = timeline.marks
        for mark in marks.bookmarks:
            if abs(timeline.x_of(mark.position) - x) <= REACH_PX:
                lines += _bookmark_lines(mark)
        for letter, point in (("A", marks.a), ("B", marks.b)):
            if point is not None and abs(timeline.x_of(point) - x) <= REACH_PX:
                lines.append(tr("point {letter} at {position:,}").format(letter=letter, position=point))
        low, high = timeline.position_at(x - REACH_PX), timeline.position_at(x + REACH_PX)
        if count := near(marks.violations, low, high):
            lines.append(
                tr("! a check fails here")
                if count == 1
                else tr("! checks fail at {count:,} positions here").format(count=count)
            )
        if count := near(marks.warned, low, high):
            one, many = tr("! a warning here"), tr("! warnings at {count:,} positions here")
            lines.append(one if count == 1 else many.format(count=count))
        return lines


def _bookmark_lines(mark: Bookmark) -> list[str]:
    name = visible(mark.name, NAME_CHARS)
    told = tr("bookmark at {position:,}: {name}") if name else tr("bookmark at {position:,}")
    lines = [told.format(name=name, position=mark.position)]
    return [*lines, visible(mark.note, NOTE_CHARS)] if mark.note else lines
