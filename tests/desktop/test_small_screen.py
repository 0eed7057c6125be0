"""Does the first window fit a screen of 1280×720, with nothing that one needs out of sight?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.resources import resource

SCREEN = {"name": "projector", "x": 0, "y": 0, "width": 1280, "height": 720}
FIRST_START = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
app = QApplication([])
from explorer.desktop.look.theme import apply_theme
from explorer.desktop.settings import open_settings
from explorer.desktop.translation import speak_in
from explorer.desktop.window.windows import USUAL_FRAME, Windows

folder, language, log = sys.argv[1:4]
settings = open_settings(Path(folder) / "settings.ini")
speak_in(language)
apply_theme("light")
from explorer.session.options import OpenOptions

windows = Windows(settings, OpenOptions)
window = windows.begin()


def rest(ms):
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def look():
    room, frame = window.screen().availableGeometry(), window.frameGeometry()
    asked = [*window.findChildren(QAbstractButton), *window.findChildren(QLabel)]
    seen = [each for each in asked if each.isVisible() and not each.visibleRegion().isEmpty()]
    return {
        "inside": room.contains(frame),
        "high": window.height() + USUAL_FRAME.height(),  # as a window manager will frame it
        "wide": window.width() + USUAL_FRAME.width(),
        "cut": [
            f"{type(each).__name__} {each.text()!r} {each.size()}"
            for each in seen
            if each.visibleRegion().boundingRect() != each.rect()
            or (isinstance(each, QLabel) and each.wordWrap() and each.heightForWidth(each.width()) > each.height())
        ],
        "seen": [each.text() for each in seen if each.text()],
    }


rest(50)
told = {"welcome": look()}
bars = [each.verticalScrollBar() for each in window.welcome.findChildren(QScrollArea)]
told["scrolled"] = [bar.maximum() for bar in bars if bar.isVisible()]
window.furnish()
window.shown.connect(lambda _document: QTimer.singleShot(200, loop.quit))
loop = QEventLoop()
window.open_path(log)
loop.exec()
told["log"] = look()
page = window.page
whole = (page.timeline, page.events_table, page.state_table, page.header)
told["parts"] = {
    type(each).__name__: each.visibleRegion().boundingRect() == each.rect() and each.height() for each in whole
}
told["rows"] = [
    table.viewport().height() // max(table.rowHeight(0), 1) for table in (page.events_table, page.state_table)
]
told["timeline"] = [page.timeline.height(), page.timeline.minimumSizeHint().height()]
print(json.dumps(told))
"""


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_first_window_fits_a_small_screen_and_cuts_nothing(tmp_path: Path, language: str) -> None:
    screen = {**SCREEN, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [screen]}))
    done = subprocess.run(
        [sys.executable, "-c", FIRST_START, tmp_path, language, resource("samples", "small-bank.jsonl")],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for look in (told["welcome"], told["log"]):
        assert look["inside"]
        assert look["high"] <= SCREEN["height"]
        assert look["wide"] <= SCREEN["width"]
        assert look["cut"] == []
        assert len(look["seen"]) > 5
    assert told["scrolled"] == []
    assert all(told["parts"].values()), told["parts"]
    assert min(told["rows"]) >= 4
    assert told["timeline"][0] >= told["timeline"][1]
