"""Where does a person read that the file they are working on cannot be used, for as long as it cannot?"""

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.page.log_page import LogPage
from explorer.desktop.projections.read_models import ReadModels
from explorer.desktop.projections.upcaster_choice import UpcasterChoice
from explorer.language import tr


class Window(Protocol):
    """What of the window is needed here."""

    page: LogPage
    read_models: ReadModels
    upcasters: UpcasterChoice


class WrongFileBar(QFrame):
    """One sentence under the header; it goes when the file is mended, or is no longer used."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "news")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        self.text = plain.Elided(role="warning", name=tr("What is wrong with the file"))
        row.addWidget(self.text, 1)
        self.hide()

    def show_wrong(self, sentence: str) -> None:
        """Say what is wrong, and what is used meanwhile; "" when nothing is."""
        told = tr("! {what}   It is still used as it was before.").format(what=sentence)
        self.text.show_text(told if sentence else "")
        self.setVisible(bool(sentence))


class WrongFiles(QObject):
    """A bar for the read model's file, and one for that of the upcasters."""

    def __init__(self, window: Window, widget: QWidget) -> None:
        super().__init__(widget)
        self._window = window
        self.model, self.upcasters = WrongFileBar(), WrongFileBar()

    def wire(self) -> None:
        """Put the bars under the header."""
        layout = self._window.page.layout()
        assert layout is not None
        for bar, asked in (
            (self.model, self._window.read_models),
            (self.upcasters, self._window.upcasters),
        ):
            layout.insertWidget(1, bar)  # type: ignore[attr-defined]
            asked.wrong.connect(bar.show_wrong)
