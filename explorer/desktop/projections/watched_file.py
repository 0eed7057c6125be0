"""Which file does a read model come from, is it saved anew, and what is wrong with it as it was saved last?"""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.language import tr

SAVED_AFTER_MS = 150  # an editor may write a file in several steps


class WatchedFile(QObject):
    """Watches one file; an editor may put a new one in its place."""

    saved = Signal(str)  # its path

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.path: str | None = None
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVED_AFTER_MS)
        self._timer.timeout.connect(self._tell)
        self._watcher.fileChanged.connect(lambda _path: self._timer.start())
        self._watcher.directoryChanged.connect(lambda _path: self._timer.start())

    def watch(self, path: str | None) -> None:
        """Watch this file from now on; None: no file."""
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self.path = path
        if path is not None:  # many editors put a new file in the place of the old one: the folder tells
            self._watcher.addPaths([path, str(Path(path).resolve().parent)])

    def _tell(self) -> None:
        if self.path is not None:
            self.saved.emit(self.path)


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

    def __init__(self, window: Window, of_model: SignalInstance, of_upcasters: SignalInstance) -> None:
        super().__init__(window.widget)
        self._window = window
        self._wrongs = of_model, of_upcasters
        self.model, self.upcasters = WrongFileBar(), WrongFileBar()

    def wire(self) -> None:
        """Put the bars under the header."""
        layout = self._window.page.layout()
        assert layout is not None
        for bar, wrong in zip((self.model, self.upcasters), self._wrongs, strict=True):
            layout.insertWidget(1, bar)  # type: ignore[attr-defined]
            wrong.connect(bar.show_wrong)
