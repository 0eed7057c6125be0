"""How often was each answer predicted, drawn as bars, and which of them is the right one?"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.desktop.look.theme import theme_of
from explorer.language import grouped, tr

APART_PX = 10
LEAST_BAR_PX = 60
TEXT_SHARE = 0.55  # of the width; a longer text is wrapped
_WORDS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter)


class Tallied(NamedTuple):
    """One answer; `right` is None while nobody may know."""

    text: str
    times: int
    right: bool | None = None

    @property
    def said(self) -> str:
        """The answer, with a sign where it is known whether it is right."""
        return {None: "", True: "✓ ", False: "✗ "}[self.right] + self.text


class Histogram(QWidget):
    """One line for each answer: its text, a bar, and a count. As high as it needs to be."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Tallied] = ()
        self._most: int | None = None
        # never less than it needs at its width; "fixed" would be what it needed at the width before
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_rows(self, rows: Sequence[Tallied]) -> None:
        """Show these; none at all: nothing."""
        self.rows = tuple(rows)
        self.setAccessibleName(", ".join(f"{row.said}: {grouped(row.times)}" for row in rows))
        self.setVisible(bool(rows))
        self.updateGeometry()
        self.update()

    def show_at_most(self, most: int | None) -> None:
        """Show so many lines, the most frequent answers and the right one; the others are counted in the last line."""
        if most != self._most:
            self._most = most
            self.updateGeometry()
            self.update()

    @property
    def shown(self) -> Sequence[Tallied]:
        """The lines as they are drawn."""
        rows, most = self.rows, self._most
        if most is None or len(rows) <= most:
            return rows
        if not most:
            return ()  # the sentence below says how many were right
        by_weight = sorted(range(len(rows)), key=lambda at: (not rows[at].right, -rows[at].times))
        kept, others = sorted(by_weight[: most - 1]), by_weight[most - 1 :]
        said = tr("{count:,} other predictions").format(count=len(others))
        return [*(rows[at] for at in kept), Tallied(said, sum(rows[at].times for at in others))]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(height for _, height in self.placed(width)) if self.rows else 0

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def placed(self, width: int) -> list[tuple[QRect, int]]:
        """Where each text stands, and how high its line is, pixels."""
        metrics, found, top = QFontMetrics(self._font()), [], 0
        widest = max((metrics.horizontalAdvance(row.said) + 2 for row in self.shown), default=0)
        text_px = min(widest, round(width * TEXT_SHARE))
        for row in self.shown:
            high = metrics.boundingRect(QRect(0, 0, text_px, 10_000), _WORDS, row.said).height() + 4
            found.append((QRect(0, top, text_px, high), high))
            top += high
        return found

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(QGuiApplication.palette())
        rows = self.shown
        most = max((row.times for row in rows), default=0)
        with QPainter(self) as painter:
            painter.setFont(self._font())
            metrics = painter.fontMetrics()
            count_px = max((metrics.horizontalAdvance(grouped(row.times)) for row in rows), default=0)
            for row, (place, high) in zip(rows, self.placed(self.width()), strict=True):
                good = {None: theme.text, True: theme.added, False: theme.text}[row.right]
                painter.setPen(QColor(good))
                painter.drawText(place, _WORDS, row.said)
                left = place.right() + APART_PX
                room = max(self.width() - left - count_px - APART_PX, LEAST_BAR_PX)
                thick = metrics.height() * 0.6
                bar = QRectF(left, place.center().y() - thick / 2, room * row.times / max(most, 1), thick)
                painter.fillRect(bar, QColor(theme.added if row.right else theme.accent))
                count = QRectF(bar.right() + APART_PX / 2, place.top(), count_px + APART_PX / 2, high)
                painter.drawText(count, int(Qt.AlignmentFlag.AlignVCenter), grouped(row.times))
