"""Which answer about the state is in front: why, what differs, …?"""

from typing import Protocol

from PySide6.QtWidgets import QTabWidget, QWidget


class Follower(Protocol):
    """An answer that depends on where the person stands."""

    def stand_at(self, position: int) -> None:
        """Show what holds at `position`."""


class Answers(QTabWidget):
    """Panels of which only the one in front follows the playhead; the others catch up when they are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._position = 0
        self._followers: dict[int, Follower] = {}
        self.setDocumentMode(True)
        self.setAccessibleName("Answers")
        self.tabBar().setAccessibleName("Answers")
        self.tabBar().setDrawBase(False)
        self.currentChanged.connect(lambda _tab: self.stand_at(self._position))

    def add(self, panel: QWidget, title: str, follower: Follower) -> None:
        """Add `panel`; while it is in front, `follower` is told where the person stands."""
        self._followers[self.count()] = follower
        self.addTab(panel, title)

    def stand_at(self, position: int) -> None:
        """Show what holds at `position`."""
        self._position = position
        follower = self._followers.get(self.currentIndex())
        if follower is not None:
            follower.stand_at(position)

    def bring_up(self, panel: QWidget) -> None:
        """Bring `panel` to the front."""
        self.setCurrentWidget(panel)
