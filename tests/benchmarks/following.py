"""How long until an event that another program appends is shown in the window?"""

import shutil
import statistics
import tempfile
import time
from pathlib import Path

APPENDS = 7


def latency(path: Path) -> float:
    """Median seconds from an append to a log like `path` until the window stands behind the event."""
    from PySide6.QtWidgets import QApplication

    from explorer.desktop.settings import open_settings
    from explorer.desktop.window.main_window import MainWindow

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.jsonl"
        shutil.copy(path, log)
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 1_000))
            line = file.read().splitlines()[-1] + b"\n"
        window = MainWindow(open_settings(Path(folder) / "settings.ini"))
        window.show()
        window.open_path(str(log))
        while window.page.document is None or window.opening:
            app.processEvents()
            time.sleep(0.002)
        window.parts.following.follow_end(True)
        found = []
        for _ in range(APPENDS):
            end = time.monotonic() + 2.0  # others have come to rest
            while time.monotonic() < end:
                app.processEvents()
                time.sleep(0.002)
            last = window.page.playhead.last
            begin = time.perf_counter()
            with log.open("ab") as file:
                file.write(line)
            while window.page.playhead.position <= last:
                app.processEvents()
                time.sleep(0.001)
            found.append(time.perf_counter() - begin)
        window.close()
    return statistics.median(found)
