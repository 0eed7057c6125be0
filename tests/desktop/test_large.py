"""Does the window stay quick with what is large? The watchdog of these tests fails where a call takes 100 ms."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import Cell, ColumnHead, TableModel

ROOT = Path(__file__).resolve().parents[2]
ROWS = 10_000_000
HEAVY = ("duckdb", "pyarrow", "pyqtgraph", "sqlglot", "pandas", "scipy", "markdown_it", "zstandard")

START = """
import sys
from explorer.cli.main import show
from explorer.desktop.app import dressed
from explorer.desktop.settings import open_settings
from explorer.desktop.window.windows import Windows
from explorer.session.options import OpenOptions
settings = open_settings()
app = dressed(settings.theme)
windows = Windows(settings, OpenOptions)
window = windows.new()
while not window.windowHandle().isExposed(): app.processEvents()
app.processEvents()
print(*sorted({name.split(".")[0] for name in sys.modules}))
window.close()
"""


class Long(TableModel):
    """Ten million rows that cost nothing."""

    HEADS = (ColumnHead(),) * 6

    def __init__(self) -> None:
        super().__init__()
        self.rows = ROWS

    def cells(self, row: int) -> tuple[Cell, ...]:
        return (Cell(f"{row:,}"),) * 6


def test_ten_million_rows_are_jumped_through_and_all_may_change(qtbot: QtBot):
    model = Long()
    table = QuietTable(model, "Rows")
    qtbot.addWidget(table)
    table.resize(900, 700)
    table.show()
    qtbot.waitExposed(table)
    for row in (ROWS - 1, ROWS // 2, 7, ROWS // 3):
        table.scrollTo(model.index(row, 0))
        model.redraw()
        QApplication.processEvents()
        assert row in table.visible_rows()


@pytest.fixture
def value_of_a_million(tmp_path: Path) -> Path:
    path = tmp_path / "long.jsonl"
    records = [
        {
            "type": "AccountOpened",
            "data": {"accountId": "acc-1", "owner": "Ada"},
            "at": "2026-01-01T09:00:00Z",
        },
        {
            "type": "NoteWritten",
            "data": {"accountId": "acc-1", "note": "ab̈ <b>" * 150_000},
            "at": "2026-01-02T09:00:00Z",
        },
        {
            "type": "OwnerChanged",
            "data": {"accountId": "acc-1", "owner": "W" * 1_000_000},
            "at": "2026-01-03T09:00:00Z",
        },
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_value_of_a_million_characters_is_stepped_over_and_looked_at(
    qtbot, open_window, value_of_a_million
):
    window = open_window(value_of_a_million)
    page = window.page
    for name in page.panels.docks:
        page.panels.bring_up(name)
        for position in (1, 2, 3, 2):
            page.playhead.move_to(position)
            page.playhead.flush()
            QApplication.processEvents()
    qtbot.mouseClick(page.state_table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, 12))
    page.playhead.move_to(3)
    qtbot.waitUntil(lambda: "3 of 3" in page.header.where.text())


def test_what_is_heavy_is_not_loaded_before_a_log_is_opened():
    run = subprocess.run([sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines()[-1].split())
    assert "PySide6" in loaded
    assert sorted(loaded & set(HEAVY)) == []
