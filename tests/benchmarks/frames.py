"""How long does one frame take while a person drags through time, and how long until the window is there?

A frame: the playhead moves, every panel takes in the new position, and all that differs is drawn. Its floor,
measured in the same process under the same style: two plain tables of Qt with constant text, as large and with as
many cells as the state and the events, drawn anew. Both are processor time of the window's thread, so that a
machine with other work tells the same; the 99th of 100 frames counts, because it is the slow ones that one sees.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SIZE_PX = (1920, 1200)
FRAMES = 300
WARM = 30  # frames before the first that counts
STARTS = 7

OURS = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow
def until_seen(*_):
    app = QApplication.instance()
    [window] = [widget for widget in app.topLevelWidgets() if isinstance(widget, QMainWindow)]
    while not window.windowHandle().isExposed(): app.processEvents()
    app.processEvents()
    print(time.process_time(), flush=True)
    window.furnish()
    print(time.process_time(), flush=True)
    window.close()
    return 0
QApplication.exec = until_seen
from explorer.cli.main import main
main([])
"""
BARE = """
import time
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
app.setStyle("Fusion")
window = QMainWindow()
model = QStandardItemModel(40, 6)
for row in range(40):
    for column in range(6): model.setItem(row, column, QStandardItem("text"))
table = QTableView()
table.setModel(model)
window.setCentralWidget(table)
window.resize(1280, 800)
window.show()
while not window.windowHandle().isExposed(): app.processEvents()
app.processEvents()
print(time.process_time())
window.close()
"""


def frames(path: Path) -> dict[str, float]:
    """The 50th and 99th of 100 frames, as multiples of the same of the floor, and in milliseconds."""
    from PySide6.QtCore import QThreadPool

    from explorer.desktop.app import dressed
    from explorer.desktop.settings import open_settings
    from explorer.desktop.window.main_window import MainWindow
    from explorer.session.document import Document
    from explorer.session.options import OpenOptions

    app = dressed("light")
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(open_settings(Path(folder) / "settings.ini"))
        window.resize(*SIZE_PX)
        window.show()
        options = OpenOptions(cache_dir=path.parent / "cache")
        window.show_document(Document.open(str(path), options), str(path), options)
        page = window.page
        for _ in range(3):
            QThreadPool.globalInstance().waitForDone()
            app.processEvents()
        total = page.document.event_count
        step = max(total // page.timeline.width(), 1)
        account = page.document.entity_at(total // 4)
        assert account is not None
        page.explaining.explain_quietly(account, "balance")  # else one of the panels would have nothing to do

        def frame(number: int) -> None:
            page.playhead.move_to(total // 4 + number * step)
            page.playhead.flush()
            app.processEvents()

        plain, repaint = _floor(app, [page.state_table, page.events_table])
        before = _timed(repaint, FRAMES // 2)
        ours = _ranked(_timed(frame, FRAMES))
        floor = _ranked(before + _timed(repaint, FRAMES // 2))  # on both sides of ours: noise hits both
        plain.close()
        window.close()
        app.processEvents()
    return {
        "p50": ours[0] / floor[0],
        "p99": ours[1] / floor[1],
        "frame_p50_ms": ours[0] * 1e3,
        "frame_p99_ms": ours[1] * 1e3,
        "floor_p50_ms": floor[0] * 1e3,
        "floor_p99_ms": floor[1] * 1e3,
    }


def _floor(app: object, tables: list) -> "tuple[QWidget, Callable[[int], None]]":
    """The same visible cells in plain tables, and what draws them anew."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QTableView, QWidget

    frame = QWidget()
    plain = []
    for number, table in enumerate(tables):
        rows, columns = len(table.visible_rows()), table.model().columnCount()
        model = QStandardItemModel(rows, columns)
        for row in range(rows):
            for column in range(columns):
                model.setItem(row, column, QStandardItem("constant text"))
        view = QTableView(frame)
        view.setModel(model)
        view.verticalHeader().setVisible(False)
        view.verticalHeader().setDefaultSectionSize(table.rowHeight(0))
        view.setShowGrid(False)
        for column in range(columns):
            view.setColumnWidth(column, table.columnWidth(column))
        view.setGeometry(number * table.width(), 0, table.width(), table.height())
        model.setParent(view)
        plain.append(view)
    frame.resize(*SIZE_PX)
    frame.show()
    app.processEvents()

    def repaint(_number: int) -> None:
        for view in plain:
            view.viewport().update()
        app.processEvents()

    return frame, repaint


def _timed(frame: Callable[[int], None], count: int) -> list[float]:
    """Seconds of so many frames."""
    found = []
    for number in range(WARM + count):
        begin = time.thread_time()
        frame(number)
        found.append(time.thread_time() - begin)
    return found[WARM:]


def _ranked(found: list[float]) -> tuple[float, float]:
    """The 50th and 99th of 100."""
    return statistics.median(found), sorted(found)[int(len(found) * 0.99)]


def start(_path: Path) -> dict[str, float]:
    """Seconds of processor time until our window is on the screen, and a bare one with a table: medians, in turn."""
    with tempfile.TemporaryDirectory() as home:
        pairs = [(_until(OURS, home), _until(BARE, home)) for _ in range(STARTS + 1)][1:]
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    return {"ratio": ours / bare, "ours_s": ours, "bare_s": bare}


def _until(code: str, home: str) -> float:
    environment = {**os.environ, "XDG_CONFIG_HOME": home}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # an installed program is compiled once, not at every start
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(run.stdout.split()[0])
