"""Which files are open in any window, so that nothing is ever written over them?"""

from pathlib import Path

from PySide6.QtWidgets import QApplication


def open_logs() -> list[Path]:
    """Return the path of every log that is shown."""
    from explorer.desktop.page.log_page import LogPage  # the page has parts that ask this

    pages = [page for each in QApplication.topLevelWidgets() for page in each.findChildren(LogPage)]
    logs = [page.document.path for page in pages if page.document is not None]
    return [Path(log) for log in logs if log is not None]
