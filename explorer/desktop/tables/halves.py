"""How do two tables share a panel that may be as low as a few rows?"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Halves(QSplitter):
    """One below the other; side by side where there is no room for that."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        for part in parts:
            self.addWidget(part)
        self.setStretchFactor(len(parts) - 1, 1)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), max(self._least_px()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        high = self.height() >= sum(self._least_px()) + self.handleWidth()
        wanted = Qt.Orientation.Vertical if high else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            for at in range(self.count() - 1):  # beside each other, none is a mere strip
                self.setStretchFactor(at, 0 if high else 1)
            super().resizeEvent(event)
            if not high:
                self.setSizes([self.width()] * self.count())
            return
        super().resizeEvent(event)

    def _least_px(self) -> list[int]:
        """How high each part is at least."""
        parts = [part for at in range(self.count()) if (part := self.widget(at)) is not None]
        return [max(part.minimumHeight(), part.minimumSizeHint().height()) for part in parts]
