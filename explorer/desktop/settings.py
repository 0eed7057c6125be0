"""What does the program remember from one start to the next?"""

from pathlib import Path
from typing import overload

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

MAX_RECENT = 10
VERSION = 1  # of the settings as a whole; a file with a greater one was written by a newer program
LEAST_FOLDER_MB, MOST_FOLDER_MB = 64, 1 << 16


class Setting[T]:
    """One remembered choice: a key and a default, which also fixes its type."""

    def __init__(self, key: str, default: T) -> None:
        self.key = key
        self._default: T = default

    @overload
    def __get__(self, owner: None, _type: type) -> "Setting[T]": ...
    @overload
    def __get__(self, owner: "Settings", _type: type) -> T: ...
    def __get__(self, owner: "Settings | None", _type: type) -> "Setting[T] | T":
        if owner is None:
            return self
        try:
            value = owner.store.value(self.key, self._default, type(self._default))
        except (TypeError, ValueError, RuntimeError):  # somebody edited the file
            return self._default
        return value if isinstance(value, type(self._default)) else self._default

    def __set__(self, owner: "Settings", value: T) -> None:
        owner.store.setValue(self.key, value)


class Settings:
    """Everything the program remembers. Nobody else spells a key."""

    version = Setting("version", 1)
    theme = Setting("view/theme", "system")
    text_percent = Setting("view/text_percent", 100)
    language = Setting("view/language", "system")
    order = Setting("view/order", "log")
    hints_seen = Setting("view/hints_seen", False)
    by = Setting("timeline/by", "event")
    short_gaps = Setting("timeline/short_gaps", False)
    speed = Setting("playback/speed", 1.0)
    pace = Setting("playback/mode", "event")
    loop = Setting("playback/loop", False)
    backwards = Setting("playback/backwards", False)
    last_folder = Setting("files/last_folder", "")
    geometry = Setting("window/geometry_v1", QByteArray())
    layout = Setting("window/layout_v1", QByteArray())  # of the panels
    layouts_text = Setting("window/layouts_v1", "")  # those that have a name
    reopen = Setting("window/reopen", True)  # the windows that were open, at the next start
    folder_mb = Setting("files/folder_mb", 512)  # of memory, for what is decoded of a history folder
    export_format = Setting("export/format", "csv")
    export_guarded = Setting("export/guarded", True)  # against formulas in spreadsheets
    export_folder = Setting("export/folder", "")
    picture_format = Setting("export/picture", "png")
    recent_text = Setting("files/recent", "")
    recent_lessons_text = Setting("files/recent_lessons", "")

    def __init__(self, store: QSettings) -> None:
        self.store = store

    def reset(self) -> None:
        """Everything that the settings dialog offers is as it was at first."""
        for setting in (
            Settings.theme,
            Settings.text_percent,
            Settings.language,
            Settings.order,
            Settings.by,
            Settings.speed,
            Settings.pace,
            Settings.loop,
            Settings.backwards,
            Settings.reopen,
            Settings.folder_mb,
        ):
            self.store.remove(setting.key)

    @property
    def folder_bytes(self) -> int:
        """How much memory the decoded parts of a history folder may take."""
        return min(max(self.folder_mb, LEAST_FOLDER_MB), MOST_FOLDER_MB) << 20

    @property
    def recent(self) -> list[str]:
        """Paths of the logs opened last, newest first."""
        return _listed(self.recent_text)

    @property
    def recent_lessons(self) -> list[str]:
        """Paths of the lessons given last, newest first."""
        return _listed(self.recent_lessons_text)

    def remember(self, path: str) -> None:
        """Put `path` on top of the recent logs."""
        self.recent_text = _on_top(path, self.recent_text)

    def remember_lesson(self, path: str) -> None:
        """Put `path` on top of the recent lessons."""
        self.recent_lessons_text = _on_top(path, self.recent_lessons_text)

    def forget_recent(self) -> None:
        """Empty the lists of recent logs and lessons."""
        self.recent_text = self.recent_lessons_text = ""


def _listed(text: str) -> list[str]:
    return [line for line in text.split("\n") if line][:MAX_RECENT]


def _on_top(path: str, text: str) -> str:
    if "\n" in path or "\0" in path:  # legal in a file name; not worth a format of its own
        return text
    others = [known for known in _listed(text) if known != path]
    return "\n".join([path, *others][:MAX_RECENT])


def open_settings(path: Path | None = None) -> Settings:
    """Open the settings file; one that cannot be read, or is newer, is kept as `.bak` and begun anew."""
    if path is None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
        path = Path(folder) / "history-explorer" / "settings.ini"
    settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    if settings.store.status() != QSettings.Status.NoError or settings.version > VERSION:
        kept = path.with_suffix(".bak")
        del settings  # it would write what it has read
        try:
            path.replace(kept)
        except OSError:
            return Settings(QSettings(str(kept.with_suffix(".new")), QSettings.Format.IniFormat))
        settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    settings.version = VERSION
    return settings
