"""Does what the window offers also happen under a person's own hands: the mouse, the keys, and nothing else?"""

import csv
import json
import re
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

from explorer.cli.main import main
from explorer.desktop.events.event_panel import TREE
from explorer.desktop.files.exports import ExportDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from explorer.session.files.export_formats import cell
from tests.desktop.hands import dialog_in_front, gone, name_file, to_front

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
    column = headings(bank).index("Balance")
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


def asked_on_the_command_line(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main([*words, "--no-cache"]) == 0
    return capsys.readouterr().out


def exported(qtbot: QtBot, window: MainWindow, what: str, form: str, target: Path) -> str:
    """By Ctrl+E or the menu, through both dialogs with keys; what stands in the file."""
    to_front(qtbot, window)
    if what == "state":
        qtbot.keyClick(window, Key.Key_E, CONTROL)
    else:
        window.actions_by_name[f"exporting.{what}"].trigger()  # as the menu does
    dialog = dialog_in_front(qtbot, ExportDialog)
    button: QRadioButton = dialog.formats[form]  # type: ignore[index]
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Space)
    if dialog.guarded.isChecked() and form == "csv":
        qtbot.keyClick(dialog.guarded, Key.Key_Space)
    qtbot.keyClick(dialog, Key.Key_Return)
    gone(qtbot, ExportDialog)
    name_file(qtbot, target)
    qtbot.waitUntil(lambda: window.status.whole_text().startswith(f"Saved {target.name}"))
    return target.read_text(encoding="utf-8")


def exact(text: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(text, parse_float=Decimal)
    return told


def cells_of(markdown: str) -> list[list[str]]:
    """The rows of the table, without what keeps a cell from being read as markup."""
    lines = [line[2:-2] for line in markdown.splitlines() if line.startswith("| ")]
    rows = [re.split(r"(?<!\\) \| ", line) for line in lines]
    return [[re.sub(r"\\(.)", r"\1", each) for each in row] for row in rows]


@pytest.mark.parametrize("what", ["state", "diff", "why", "events"])
def test_everything_is_exported_in_every_format_as_the_command_line_answers_it(
    qtbot: QtBot, bank: MainWindow, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    log = str(SMALL)
    table = bank.page.state_table
    column = headings(bank).index("Balance")
    qtbot.mouseClick(
        table.viewport(), LEFT, pos=table.visualRect(bank.page.state_model.index(0, column)).center()
    )
    bank.page.comparing.put_a_at(100)
    words = {
        "state": ("state", log),
        "diff": ("diff", log, "--from", "100", "--to", "end"),
        "why": ("why", log, "acc-1", "balance"),
        "events": ("events", log),
    }[what]
    wanted = exact(asked_on_the_command_line(capsys, *words, "--format", "json"))
    told = exact(exported(qtbot, bank, what, "json", tmp_path / "written.json"))
    assert told == wanted
    in_csv = exported(qtbot, bank, what, "csv", tmp_path / "written.csv")
    rows = list(csv.reader(in_csv.splitlines()))
    assert len({len(row) for row in rows}) == 1
    if what in {"state", "why"}:
        assert in_csv == asked_on_the_command_line(capsys, *words, "--format", "csv")
    elif what == "events":
        listed = [(str(each["position"]), each["type"], each["data"]) for each in wanted["events"]]  # type: ignore[attr-defined]
        assert [(row[0], row[2], exact(row[4])) for row in rows[1:]] == listed
    else:
        pairs = [
            [kind, entity, field, value]
            for kind in ("added", "removed", "changed")
            for entity, fields in wanted[kind].items()  # type: ignore[attr-defined]
            for field, value in fields.items()
        ]
        assert len(pairs) == len(rows) - 1 > 1
        for kind, entity, field, value in pairs:
            (row,) = [row for row in rows if row[:3] == [kind, entity, field]]
            if kind == "changed":
                assert row[3:5] == [cell(value["before"]), cell(value["after"])]
            else:
                assert row[4 if kind == "added" else 3] == cell(value)
    in_markdown = cells_of(exported(qtbot, bank, what, "markdown", tmp_path / "written.md"))
    assert [in_markdown[0], *in_markdown[2:]] == rows


def headings(window: MainWindow) -> list[str]:
    model = window.page.state_model
    return [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())]


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_the_plot_is_saved_by_its_button(qtbot: QtBot, bank: MainWindow, tmp_path: Path, suffix: str) -> None:
    table = bank.page.state_table
    place = table.visualRect(bank.page.state_model.index(0, 3)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    bank.page.panels.bring_up("plot")
    panel = bank.page.plotting.panel
    qtbot.waitUntil(lambda: panel.view is not None and panel.steps is not None and panel.save.isVisible())
    qtbot.mouseClick(panel.save, LEFT)
    target = tmp_path / f"plot.{suffix}"
    name_file(qtbot, target)
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
    panel = window.page.plotting.panel
    qtbot.waitUntil(lambda: panel.view is not None and panel.steps is not None and panel.save.isVisible())
    qtbot.mouseClick(panel.save, LEFT)
    name_file(qtbot, log)
    gone(qtbot, QFileDialog)
    (box,) = panel.findChildren(QMessageBox)
    assert "never written over" in box.text()
    box.close()
    assert log.read_bytes() == before
