"""When was a file that a person works on saved anew?"""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

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
