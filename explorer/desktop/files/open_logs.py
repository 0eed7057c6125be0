"""Which files are open in any window, so that nothing is ever written over them?"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from explorer.session.files.scratch import origin

if TYPE_CHECKING:
    from explorer.session.document import Document


class LogWidget(QWidget):
    """What shows an open log, or None while there is none: it is found by whoever asks which logs are open."""

    def __init__(self) -> None:
        super().__init__()
        self.document: Document | None = None


def open_logs() -> list[Path]:
    """Return the path of every log that is shown, and of what it is a copy of."""
    shown = [widget for each in QApplication.topLevelWidgets() for widget in each.findChildren(LogWidget)]
    logs = [widget.document.path for widget in shown if widget.document is not None]
    paths = [path for log in logs if log is not None for path in (log, origin(log))]
    return [Path(path) for path in dict.fromkeys(paths)]
