"""Where does a person read that the file they are working on cannot be used, for as long as it cannot?"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.desktop.projections.read_models import ReadModels
from explorer.desktop.projections.upcaster_choice import UpcasterChoice
from explorer.language import tr


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

    def __init__(self, window: Window, models: ReadModels, upcasters: UpcasterChoice) -> None:
        super().__init__(window.widget)
        self._window = window
        self._wrongs = models.wrong, upcasters.wrong
        self.model, self.upcasters = WrongFileBar(), WrongFileBar()

    def wire(self) -> None:
        """Put the bars under the header."""
        layout = self._window.page.layout()
        assert layout is not None
        for bar, wrong in zip((self.model, self.upcasters), self._wrongs, strict=True):
            layout.insertWidget(1, bar)  # type: ignore[attr-defined]
            wrong.connect(bar.show_wrong)
