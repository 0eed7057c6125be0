"""Does a frame cost only what differs in it, and is what is kept from earlier frames never out of date?"""

import gc
import itertools
import random
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.cli.commands.generate import account_log
from explorer.desktop import plain
from explorer.desktop.look.theme import theme_of
from explorer.desktop.playhead import FRAME_MS, Playhead
from explorer.desktop.state.state_model import StateModel
from explorer.desktop.window.main_window import MainWindow
from explorer.language import tr
from explorer.resources import resource


class Heard(QObject):
    """Which widgets are told something of a kind."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__()
        self._kind = kind
        self.by: list[QWidget] = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == self._kind and isinstance(watched, QWidget):
            self.by.append(watched)
        return False

    def stop(self) -> list[QWidget]:
        QApplication.instance().removeEventFilter(self)
        return self.by


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    """Stand somewhere, until nothing is laid out any more."""
    window.page.playhead.move_to(position)
    window.page.playhead.flush()
    for _ in range(20):  # each layout asks the one around it in the next round
        QApplication.processEvents()


def test_nothing_is_laid_out_anew_while_one_drags(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "accounts.jsonl"
    path.write_text("".join(account_log(500, 40, 1)))
    window = open_window(path)
    for position in range(301, 340):  # the room of what tells how many only grows
        settled(qtbot, window, position)
    heard = Heard(QEvent.Type.LayoutRequest)
    for position in range(301, 340):
        settled(qtbot, window, position)
    assert heard.stop() == []
    assert window.page.header.where.text().startswith("339 of ")


def test_the_names_of_the_columns_are_not_drawn_anew_while_one_drags(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "small-bank.jsonl"))
    settled(qtbot, window, 100)
    heard = Heard(QEvent.Type.Paint)
    for position in range(101, 120):
        settled(qtbot, window, position)
    drawn = heard.stop()
    assert window.page.events_table.viewport() in drawn
    assert window.page.events_table.horizontalHeader().viewport() not in drawn


def test_rows_kept_from_an_earlier_position_look_as_if_made_now(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "small-bank.jsonl"))
    page, draw = window.page, random.Random(7)
    places = [draw.randrange(page.document.event_count + 1) for _ in range(60)]
    for place in [*places, *range(200, 260), *places]:
        window.page.playhead.move_to(place)
        window.page.playhead.flush()
        anew = StateModel()
        anew.show_state(page.document.state(place))
        rows = range(anew.rowCount())
        assert [page.state_model.cells(row) for row in rows] == [anew.cells(row) for row in rows]


def test_rows_are_made_anew_for_another_order_of_time(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "small-bank.jsonl"))
    page = window.page
    for order in ("time", "log", "time"):
        page.header.order_chosen.emit(order)
        qtbot.waitUntil(lambda order=order: page.document.order == order)
        settled(qtbot, window, 150)
        anew = StateModel()
        anew.show_state(page.document.state(150))
        rows = range(anew.rowCount())
        assert [page.state_model.cells(row) for row in rows] == [anew.cells(row) for row in rows]


def test_a_shortened_line_says_all_of_it_and_looks_like_a_label(qtbot: QtBot) -> None:
    for text in ("State 12", "שלום 12", "12 · a & b", "<b>x"):
        line, label = plain.Elided(text), QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        for widget in (line, label):
            qtbot.addWidget(widget)
            widget.resize(160, 24)
        assert line.text() == line.whole_text() == line.accessibleName() == text
        assert line.grab().toImage() == label.grab().toImage()
    line.show_text("a longer text than there is room for in so short a line")
    assert line.text().endswith("…")
    assert "room for in so short" in line.toolTip()


def test_a_steady_line_keeps_its_size_whatever_it_says(qtbot: QtBot) -> None:
    line = plain.Steady(name=tr("Position"))
    qtbot.addWidget(line)
    line.show_text("1 of 1,000", "1,000 of 1,000")
    room = line.minimumSize()
    line.show_text("999 of 1,000", "1,000 of 1,000")
    assert line.minimumSize() == line.maximumSize() == room
    font = line.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    line.setFont(font)
    assert line.minimumWidth() > room.width()


def test_the_changes_of_a_value_look_as_told_cell_by_cell_wherever_one_stands(
    qtbot: QtBot, open_window
) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "small-bank.jsonl"))
    page, draw = window.page, random.Random(3)
    page.explaining.explain("acc-1", "balance")
    model = page.why.model
    role, theme = Qt.ItemDataRole, theme_of(QGuiApplication.palette())

    def dress(colour: str | None) -> str | None:
        return None if colour is None else getattr(theme, colour)

    for place in [draw.randrange(page.document.event_count + 1) for _ in range(30)]:
        settled(qtbot, window, place)
        for row in range(model.rowCount()):
            for column, cell in enumerate(model.cells(row)):
                index = model.index(row, column)
                ink = index.data(role.ForegroundRole)
                assert cell.text == index.data(role.DisplayRole)
                assert dress(cell.ink) == (None if ink is None else ink.color().name())
                assert cell.font is index.data(role.FontRole) or cell.font == index.data(role.FontRole)
        now = model.current_row()
        assert now is None or f"#{int(model.lines.positions[now]):,}" in page.why.go.text()


def test_what_only_holds_itself_is_let_go_once_the_person_stands_still(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    collected: list[int] = []

    def hear(phase: str, told: dict[str, int]) -> None:
        if phase == "stop":
            collected.append(told["generation"])

    gc.callbacks.append(hear)
    try:
        settled(qtbot, lesson, 2)
        assert 2 not in collected
        qtbot.waitUntil(lambda: 2 in collected, timeout=4_000)
    finally:
        gc.callbacks.remove(hear)


def test_frames_keep_apart_from_begin_to_begin_however_long_each_takes(qtbot: QtBot) -> None:
    playhead, begun, mouse = Playhead(), [], QTimer()
    playhead.reset(1_000, 0)

    def draw(_position: int) -> None:
        begun.append(time.perf_counter())
        while time.perf_counter() - begun[-1] < 0.010:
            pass

    playhead.moved.connect(draw)
    mouse.timeout.connect(lambda: playhead.step(1))
    mouse.start(1)
    qtbot.waitUntil(lambda: len(begun) > 15)
    mouse.stop()
    apart_ms = [round(1e3 * (later - earlier)) for earlier, later in itertools.pairwise(begun)]
    assert min(apart_ms) >= FRAME_MS - 1
    assert min(apart_ms) < FRAME_MS + 10  # not the time it takes and a whole frame besides


def test_what_is_on_screen_after_many_small_steps_is_what_would_be_drawn_anew(
    qtbot: QtBot, open_window
) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "small-bank.jsonl"))
    page, draw = window.page, random.Random(5)
    page.explaining.explain("acc-1", "balance")
    screen = window.screen()
    for _ in range(12):
        for _ in range(draw.randrange(1, 5)):
            far = draw.choice([3, 9, 400])
            settled(qtbot, window, page.playhead.position + draw.randrange(-far, far + 1))
        seen = screen.grabWindow(window.winId()).toImage()
        for widget in window.findChildren(QWidget):
            widget.update()
        for table in (page.state_table, page.events_table, page.why.table):
            table.forget_cells()
        QApplication.processEvents()
        assert seen == screen.grabWindow(window.winId()).toImage()
