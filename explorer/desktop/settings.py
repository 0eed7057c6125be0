"""What does the program remember from one start to the next?"""

from pathlib import Path
from typing import overload

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

MAX_RECENT = 10


class Setting[T]:
    """One remembered choice: a key and a default, which also fixes its type."""

    def __init__(self, key: str, default: T) -> None:
        self._key = key
        self._default: T = default

    @overload
    def __get__(self, owner: None, _type: type) -> "Setting[T]": ...
    @overload
    def __get__(self, owner: "Settings", _type: type) -> T: ...
    def __get__(self, owner: "Settings | None", _type: type) -> "Setting[T] | T":
        if owner is None:
            return self
        try:
            value = owner.store.value(self._key, self._default, type(self._default))
        except (TypeError, ValueError, RuntimeError):  # somebody edited the file
            return self._default
        return value if isinstance(value, type(self._default)) else self._default

    def __set__(self, owner: "Settings", value: T) -> None:
        owner.store.setValue(self._key, value)


class Settings:
    """Everything the program remembers. Nobody else spells a key."""

    theme = Setting("view/theme", "system")
    by = Setting("timeline/by", "event")
    speed = Setting("playback/speed", 1.0)
    pace = Setting("playback/mode", "event")
    last_folder = Setting("files/last_folder", "")
    geometry = Setting("window/geometry_v1", QByteArray())
    columns = Setting("window/columns_v1", QByteArray())  # state | events
    left = Setting("window/left_v1", QByteArray())
    right = Setting("window/right_v1", QByteArray())
    recent_text = Setting("files/recent", "")

    def __init__(self, store: QSettings) -> None:
        self.store = store

    @property
    def recent(self) -> list[str]:
        """Paths of the logs opened last, newest first."""
        return [line for line in self.recent_text.split("\n") if line][:MAX_RECENT]

    def remember(self, path: str) -> None:
        """Put `path` on top of the recent logs."""
        if "\n" in path or "\0" in path:  # legal in a file name; not worth a format of its own
            return
        others = [known for known in self.recent if known != path]
        self.recent_text = "\n".join([path, *others][:MAX_RECENT])

    def forget_recent(self) -> None:
        """Empty the list of recent logs."""
        self.recent_text = ""


def open_settings(path: Path | None = None) -> Settings:
    """Open the settings file; one that cannot be read is kept as `.bak` and begun anew."""
    if path is None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
        path = Path(folder) / "history-explorer" / "settings.ini"
    store = QSettings(str(path), QSettings.Format.IniFormat)
    if store.status() != QSettings.Status.NoError:
        kept = path.with_suffix(".bak")
        try:
            path.replace(kept)
        except OSError:
            return Settings(QSettings(str(kept.with_suffix(".new")), QSettings.Format.IniFormat))
        store = QSettings(str(path), QSettings.Format.IniFormat)
    return Settings(store)
