"""Which files are open in any window, so that nothing is ever written over them?"""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from explorer.session.files.scratch import origin


def open_logs() -> list[Path]:
    """Return the path of every log that is shown, and of what it is a copy of."""
    from explorer.desktop.page.log_page import LogPage  # the page has parts that ask this

    pages = [page for each in QApplication.topLevelWidgets() for page in each.findChildren(LogPage)]
    logs = [page.document.path for page in pages if page.document is not None]
    paths = [path for log in logs if log is not None for path in (log, origin(log))]
    return [Path(path) for path in dict.fromkeys(paths)]
