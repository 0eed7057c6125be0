"""Where does a person read, without being interrupted, that something has happened to their log's file?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from explorer.desktop import plain
from explorer.language import tr


class NewsBar(QFrame):
    """One sentence under the header, with a way to read the log anew and one to go on as it is."""

    reload_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "news")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        self.text = plain.Elided(role="warning", name=tr("News of the log's file"))
        self.reload = QPushButton(tr("Reload"))
        self.dismiss = QPushButton(tr("Go on without"))
        plain.set_tip(self.reload, tr("Read the log as it is now"))
        plain.set_tip(self.dismiss, tr("Keep looking at what was loaded"))
        row.addWidget(self.text, 1)
        row.addWidget(self.reload)
        row.addWidget(self.dismiss)
        self.reload.clicked.connect(self.reload_asked)
        self.dismiss.clicked.connect(self.hide)
        self.hide()

    def show_news(self, sentence: str) -> None:
        """Say it."""
        self.text.show_text("! " + sentence)
        self.show()
