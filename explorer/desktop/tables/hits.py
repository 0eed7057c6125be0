"""Where in the whole log do the hits of a filter or a condition lie, and how does one step through them?"""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from explorer.desktop.look.theme import theme_of
from explorer.language import tr

type Int64s = npt.NDArray[np.int64]

WIDTH_PX = 12
MARK_PX = 2

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class HitStrip(QWidget):
    """A strip beside the scroll bar: its top is the log's beginning, each mark a hit; a click goes to the nearest."""

    entry_asked = Signal(object)  # the entry row

    def __init__(self) -> None:
        super().__init__()
        self._hits: Int64s = np.zeros(0, np.int64)
        self._entries = 0
        self._now: int | None = None
        self._shares: npt.NDArray[np.float64] = np.zeros(0)  # by pixel row: how many hits, against the most
        self._made_for: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Hits in the log"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setVisible(False)

    def show_hits(self, hits: Int64s | None, entries: int) -> None:
        """Show these rows of a log of `entries` rows; None: there is no filter."""
        self._hits = np.zeros(0, np.int64) if hits is None else hits.astype(np.int64, copy=False)
        self._entries = entries
        self._made_for = None
        self.setAccessibleDescription(
            tr("{hits:,} of {entries:,}").format(hits=len(self._hits), entries=entries)
        )
        self.setVisible(hits is not None)
        self.update()

    def stand_at(self, entry: int | None) -> None:
        """Show where the person stands."""
        self._now = entry
        if self.isVisible():
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 60)

    def y_of(self, entry: int) -> float:
        """Return where a row of the log is drawn, in pixels."""
        return (entry + 0.5) / max(self._entries, 1) * self.height()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._hits):
            wanted = event.position().y() / max(self.height(), 1) * self._entries - 0.5
            at = int(np.searchsorted(self._hits, wanted))
            near = self._hits[max(at - 1, 0) : at + 1]
            self.entry_asked.emit(int(near[np.argmin(np.abs(near - wanted))]))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.raised))
            rows = max(self.height() // MARK_PX, 1)
            if self._made_for != rows:
                # the middle of entry e lies in row r from (2 * e + 1) * rows >= 2 * r * entries on; hits ascend
                edges = -(-(2 * np.arange(rows + 1) * self._entries - rows) // (2 * rows))
                counts = np.diff(np.searchsorted(self._hits, edges))
                self._shares = counts / max(int(counts.max(initial=0)), 1)
                self._made_for = rows
            ink, tall = QColor(theme.changed), self.height() / rows
            for row in np.flatnonzero(self._shares).tolist():
                ink.setAlphaF(0.45 + 0.55 * float(self._shares[row]))
                painter.fillRect(QRectF(2, row * tall, WIDTH_PX - 4, tall), ink)
            if self._now is not None:
                painter.fillRect(QRectF(0, self.y_of(self._now) - 1, WIDTH_PX, 2), QColor(theme.accent))


class HitLine(QLineEdit):
    """A line for a filter or a condition: Enter goes to the next hit, Shift+Enter back, and the keys stay here."""

    stepped = Signal(int)  # 1 or -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
