"""Does what the window offers also happen under a person's own hands: the mouse, the keys, and nothing else?"""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMenu,
    QMessageBox,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.desktop.events.event_panel import TREE
from explorer.desktop.files.export_dialogs import ExportDialog
from explorer.desktop.main_window import MainWindow
from explorer.resources import resource

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SMALL = resource("samples", "small-bank.jsonl")


@pytest.fixture
def bank(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    return open_window(SMALL)


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(
        lambda: window.page.header.where.text() == f"{position:,} of {window.page.playhead.last:,}"
    )


def write_place(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.keyClick(window, Key.Key_G, CONTROL)
    window.page.transport.jump.selectAll()
    qtbot.keyClicks(window.page.transport.jump, words)
    qtbot.keyClick(window.page.transport.jump, Key.Key_Return)


def right_click(widget: QWidget, place: QPoint) -> None:
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, asked)


def pick(qtbot: QtBot, menu: QMenu, beginning: str) -> None:
    """Click on the entry that begins so."""
    action = next(each for each in menu.actions() if each.text().replace("&", "").startswith(beginning))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def menu_in(qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


# --- places in time ------------------------------------------------------------------------------


def moments() -> list[str]:
    return [json.loads(line)["at"] for line in SMALL.read_text(encoding="utf-8").splitlines()]


def up_to(moment: str) -> int:
    """How many events of the sample were at a moment or before it: the log is in order of time."""
    return sum(each <= moment for each in moments())


@pytest.mark.parametrize(
    ("words", "from_", "position"),
    [
        ("#204", 406, 204),
        ("204", 406, 204),
        ("50%", 406, 203),
        ("+100", 7, 107),
        ("-100", 307, 207),
        ("start", 406, 0),
        ("end", 7, 406),
        ("2026-01-06", 406, up_to("2026-01-06T23:59:59Z")),
        ("2026-01-06 10:15", 406, up_to("2026-01-06T10:15:59Z")),
        ("2026-01-06T10:15:00Z", 406, up_to("2026-01-06T10:15:00Z")),
        ("6 Jan 10:15", 406, up_to("2026-01-06T10:15:59Z")),
        ("6.1.2026", 406, up_to("2026-01-06T23:59:59Z")),
        ("05/01/2026", 406, None),
        ("last tuesday", 406, up_to("2026-01-27T23:59:59Z")),
        ("yesterday 10:15", 406, 368),
        ("3 days earlier", 101, 35),
    ],
)
def test_every_form_of_a_place_leads_there_by_keys(
    qtbot: QtBot, bank: MainWindow, words: str, from_: int, position: int | None
) -> None:
    if from_ != 406:
        write_place(qtbot, bank, f"#{from_}")
        settled(qtbot, bank, from_)
    write_place(qtbot, bank, words)
    if position is None:  # it can be two days: it asks
        assert "Which one" in bank.page.transport.problem.whole_text()
        assert bank.page.playhead.position == from_
    else:
        settled(qtbot, bank, position)
        assert bank.page.transport.problem.whole_text() == ""


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_five_hundred_moves_of_the_mouse_are_painted_at_most_once_a_frame(
    qtbot: QtBot, bank: MainWindow
) -> None:
    timeline, moved, paints = bank.page.timeline, [], Paints()
    bank.page.playhead.moved.connect(moved.append)
    middle = round(timeline.layout_px.strip.center().y())
    places = [QPoint(round(timeline.x_of(1 + step % 400)), middle) for step in range(500)]
    timeline.installEventFilter(paints)
    qtbot.mousePress(timeline, LEFT, pos=places[0])
    for place in places:
        qtbot.mouseMove(timeline, place)
    qtbot.mouseRelease(timeline, LEFT, pos=places[-1])
    settled(qtbot, bank, 100)
    assert len(moved) < 100
    assert paints.count <= len(moved) + 3
    timeline.removeEventFilter(paints)


def test_speed_and_pace_are_chosen_by_keys_and_hold(qtbot: QtBot, bank: MainWindow) -> None:
    transport = bank.page.transport
    speeds = [transport.speed.itemData(at) for at in range(transport.speed.count())]
    assert speeds[0] == 0.25
    assert 64.0 in speeds
    transport.speed.setFocus()
    for _ in range(transport.speed.currentIndex()):
        qtbot.keyClick(transport.speed, Key.Key_Up)
    assert bank.settings.speed == 0.25
    for _ in range(speeds.index(64.0)):
        qtbot.keyClick(transport.speed, Key.Key_Down)
    assert bank.settings.speed == 64.0
    transport.mode.setFocus()
    qtbot.keyClick(transport.mode, Key.Key_Down)
    assert transport.mode.currentText() == "original pace"
    assert bank.settings.pace == "pace"


# --- values and events ---------------------------------------------------------------------------


def test_a_right_click_on_a_value_and_a_click_in_the_menu_say_why(qtbot: QtBot, bank: MainWindow) -> None:
    table, model = bank.page.state_table, bank.page.state_model
    column = next(
        at
        for at in range(model.columnCount())
        if model.headerData(at, Qt.Orientation.Horizontal) == "Balance"
    )
    right_click(table.viewport(), table.visualRect(model.index(1, column)).center())
    pick(qtbot, menu_in(qtbot), "Why is")
    qtbot.waitUntil(lambda: bank.page.why.value == ("acc-2", "balance"))
    right_click(table.viewport(), table.visualRect(model.index(0, column)).center())
    pick(qtbot, menu_in(qtbot), "Go to")
    last = max(
        number
        for number, line in enumerate(SMALL.read_text(encoding="utf-8").splitlines(), 1)
        if '"acc-1"' in line
    )
    settled(qtbot, bank, last)


def test_the_path_of_a_member_is_copied_by_a_right_click(qtbot: QtBot, bank: MainWindow) -> None:
    write_place(qtbot, bank, "#2")
    settled(qtbot, bank, 2)
    panel = bank.page.event_panel
    bar = panel.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(TREE).center())
    tree = panel.tree
    found = tree.findItems("amount", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    qtbot.waitUntil(lambda: tree.visualItemRect(found[0]).isValid())
    tree.scrollToItem(found[0])
    right_click(tree.viewport(), tree.visualItemRect(found[0]).center())
    pick(qtbot, menu_in(qtbot), "Copy path")
    assert QGuiApplication.clipboard().text() == "data.amount"


def test_all_terms_of_the_filters_language_hold_together(qtbot: QtBot, bank: MainWindow) -> None:
    written = r'type:MoneyWithdrawn account:acc-1 amount>20 -reason:rent "Withdrawn" /e-0\d+/'
    expected = 0
    for line in SMALL.read_text(encoding="utf-8").splitlines():
        event = json.loads(line, parse_float=Decimal)
        data = event["data"]
        expected += (
            event["type"] == "MoneyWithdrawn"
            and data["accountId"] == "acc-1"
            and data["amount"] > 20
            and "rent" not in str(event.get("metadata", {}).get("reason", ""))
        )
    assert expected > 1
    qtbot.keyClick(bank, Key.Key_Slash)
    qtbot.keyClicks(bank.page.filter, written)
    qtbot.waitUntil(lambda: bank.page.listed.whole_text().startswith(f"{expected} of 406 events listed"))
    assert bank.page.events_model.rowCount() == expected


# --- out of the window ---------------------------------------------------------------------------


def name_the_file(qtbot: QtBot, window: MainWindow, target: Path) -> None:
    """Answer Qt's own dialog, whose keys are its own affair."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QFileDialog)))
    files = next(box for box in window.findChildren(QFileDialog) if box.isVisible())
    files.fileSelected.emit(str(target))
    files.reject()


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
@pytest.mark.parametrize("what", ["state", "diff", "why", "events"])
def test_everything_is_exported_in_every_format(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path, what: str, form: str
) -> None:
    table = lesson.page.state_table
    place = table.visualRect(lesson.page.state_model.index(0, 3)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    lesson.actions_by_name[f"exporting.{what}"].trigger()  # as the menu does
    qtbot.waitUntil(lambda: lesson.findChild(ExportDialog) is not None)
    dialog = lesson.findChild(ExportDialog)
    assert dialog is not None
    button: QRadioButton = dialog.formats[form]  # type: ignore[index]
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Space)
    qtbot.keyClick(dialog, Key.Key_Return)
    target = tmp_path / "written.out"
    name_the_file(qtbot, lesson, target)
    qtbot.waitUntil(lambda: lesson.status.whole_text().startswith("Saved written.out"))
    text = target.read_text(encoding="utf-8")
    assert "20" in text
    if form == "csv":
        assert len({len(row) for row in csv.reader(text.splitlines())}) == 1
    elif form == "json":
        assert json.loads(text)
    else:
        assert "| --- |" in text or "|---|" in text
    told = {"state": "acc-1", "diff": "acc-1", "why": "50 − 30 = 20", "events": "MoneyWithdrawn"}
    assert told[what] in text


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_the_plot_is_saved_by_its_button(qtbot: QtBot, bank: MainWindow, tmp_path: Path, suffix: str) -> None:
    table = bank.page.state_table
    place = table.visualRect(bank.page.state_model.index(0, 3)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    bank.page.panels.bring_up("plot")
    panel = bank.page.explaining.plot
    qtbot.waitUntil(lambda: panel.view is not None and panel.steps is not None and panel.save.isVisible())
    qtbot.mouseClick(panel.save, LEFT)
    target = tmp_path / f"plot.{suffix}"
    name_the_file(qtbot, bank, target)
    qtbot.waitUntil(target.is_file)
    if suffix == "png":
        assert QImage(str(target)).width() > 200
    else:
        assert "<svg" in target.read_text(encoding="utf-8")


def test_the_plot_is_never_saved_over_an_open_log(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    log = tmp_path / "log.svg"
    log.write_bytes(SMALL.read_bytes())
    window = open_window(log)
    before = log.read_bytes()
    table = window.page.state_table
    place = table.visualRect(window.page.state_model.index(0, 3)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    window.page.panels.bring_up("plot")
    panel = window.page.explaining.plot
    qtbot.waitUntil(lambda: panel.view is not None and panel.steps is not None and panel.save.isVisible())
    qtbot.mouseClick(panel.save, LEFT)
    files = panel.findChild(QFileDialog)
    assert files is not None
    files.fileSelected.emit(str(log))
    files.reject()
    (box,) = panel.findChildren(QMessageBox)
    assert "never written over" in box.text()
    box.close()
    assert log.read_bytes() == before
