"""Does a person with a mouse and keys see what the events had produced?"""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.help.dialogs import KeysDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.palette import Palette
from explorer.resources import resource

Key = Qt.Key


def cells(window: MainWindow) -> list[list[str]]:
    """The state table as it stands on screen, without the column of marks."""
    model = window.page.state_model
    return [
        [str(model.index(row, column).data()) for column in range(1, model.columnCount())]
        for row in range(model.rowCount())
    ]


def balances(window: MainWindow) -> dict[str, str]:
    return {row[0]: row[2] for row in cells(window)}


def go_to(qtbot: QtBot, window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    settled(qtbot, window, position)


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(
        lambda: window.page.header.where.text() == f"{position:,} of {window.page.playhead.last:,}"
    )


@pytest.mark.parametrize(
    ("position", "shown"), [(0, {}), (1, {"acc-1": "0"}), (2, {"acc-1": "50"}), (3, {"acc-1": "20"})]
)
def test_the_state_beside_the_events_is_what_they_had_produced(
    qtbot: QtBot, lesson: MainWindow, position: int, shown: dict[str, str]
) -> None:
    go_to(qtbot, lesson, position)
    assert balances(lesson) == shown


def test_dragging_the_timeline_scrubs_through_every_stop(qtbot: QtBot, lesson: MainWindow) -> None:
    timeline = lesson.page.timeline
    middle = timeline.height() // 2
    places = [QPoint(int(timeline.x_of(position)), middle) for position in range(4)]
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=places[3])
    for position in (2, 1, 0):
        qtbot.mouseMove(timeline, places[position])
        settled(qtbot, lesson, position)
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=places[0])
    assert balances(lesson) == {}


def test_clicking_an_event_goes_there(qtbot: QtBot, lesson: MainWindow) -> None:
    table = lesson.page.events_table
    place = table.visualRect(lesson.page.events_model.index(1, 3)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled(qtbot, lesson, 2)
    assert balances(lesson) == {"acc-1": "50"}
    assert lesson.page.timeline.value() == 2


def test_the_keys_step_leap_and_go_to_the_ends(qtbot: QtBot, lesson: MainWindow) -> None:
    for key, position in (
        (Key.Key_Left, 2), (Key.Key_Left, 1), (Key.Key_Right, 2), (Key.Key_Home, 0), (Key.Key_End, 3),
        (Key.Key_Comma, 2), (Key.Key_Period, 3), (Key.Key_K, 2), (Key.Key_J, 3),
    ):  # fmt: skip
        qtbot.keyClick(lesson, key)
        settled(qtbot, lesson, position)
    qtbot.keyClick(lesson, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, lesson, 0)
    lesson.page.filter.setFocus()
    qtbot.keyClicks(lesson.page.filter, "jk")
    assert lesson.page.filter.text() == "jk"  # a letter is a letter where one writes
    assert lesson.page.playhead.position == 0


def test_marks_hits_and_trouble_have_keys(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "damaged.jsonl"))
    for key, position in (
        (Key.Key_M, 8), (Key.Key_Home, 0), (Key.Key_M, 0), (Key.Key_BracketRight, 8), (Key.Key_BracketLeft, 0),
        (Key.Key_F8, 2), (Key.Key_F8, 3), (Key.Key_F7, 2),
    ):  # fmt: skip
        qtbot.keyClick(window, key)
        settled(qtbot, window, position)
    window.page.filter.setText("withdrawn")
    qtbot.waitUntil(lambda: window.page.events_model.rowCount() == 3)
    window.page.events_table.setFocus()
    qtbot.keyClick(window, Key.Key_N)
    settled(qtbot, window, 5)
    qtbot.keyClick(window, Key.Key_N)
    settled(qtbot, window, 6)
    qtbot.keyClick(window, Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, window, 5)


def test_an_action_can_be_found_by_its_name(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = lesson.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.words, "before the")
    qtbot.keyClick(palette.words, Key.Key_Return)
    settled(qtbot, lesson, 0)


def test_the_current_event_is_marked_and_shown_as_it_stands_in_the_file(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    go_to(qtbot, lesson, 2)
    assert lesson.page.events_table.currentIndex().row() == 1
    raw = '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":50},"at":"2026-01-02T10:15:00Z"}'
    assert lesson.page.event_panel.raw.toPlainText() == raw
    assert "line 2" in lesson.page.event_panel.place.whole_text()


def test_jumping_to_a_position_a_time_and_nowhere(qtbot: QtBot, lesson: MainWindow) -> None:
    jump = lesson.page.transport.jump
    for text, position in (("#1", 1), ("2026-01-02", 2), ("end", 3), ("0%", 0), ("+2", 2)):
        qtbot.keyClick(lesson, Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        jump.clear()
        qtbot.keyClicks(jump, text)
        qtbot.keyClick(jump, Key.Key_Return)
        settled(qtbot, lesson, position)
    qtbot.keyClicks(jump, "sometime")
    qtbot.keyClick(jump, Key.Key_Return)
    assert "sometime" in lesson.page.transport.problem.whole_text()
    assert lesson.page.playhead.position == 2


def test_playing_goes_to_the_end_and_stops(qtbot: QtBot, lesson: MainWindow) -> None:
    lesson.page.transport.speed.activated.emit(lesson.page.transport.speed.findData(64.0))
    go_to(qtbot, lesson, 0)
    qtbot.keyClick(lesson, Key.Key_Space)
    assert lesson.page.player.running
    settled(qtbot, lesson, 3)
    qtbot.waitUntil(lambda: not lesson.page.player.running)


def test_a_click_on_a_value_says_why_it_is_so(qtbot: QtBot, lesson: MainWindow) -> None:
    table, model = lesson.page.state_table, lesson.page.state_model
    place = table.visualRect(model.index(0, 3)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    lines = lesson.page.why.model.lines
    assert [line.explanation for line in lines] == ["0 + 50 = 50", "50 − 30 = 20"]
    why = lesson.page.why.table
    qtbot.mouseClick(
        why.viewport(), Qt.MouseButton.LeftButton, pos=why.visualRect(why.model().index(0, 0)).center()
    )
    settled(qtbot, lesson, 2)


def test_a_filter_hides_events_and_never_changes_the_state(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson, Key.Key_Slash)
    qtbot.keyClicks(lesson.page.filter, "withdrawn")
    qtbot.waitUntil(lambda: lesson.page.events_model.rowCount() == 1)
    assert "1 of 3 events listed" in lesson.page.listed.whole_text()
    assert balances(lesson) == {"acc-1": "20"}
    lesson.page.filter.clear()
    qtbot.waitUntil(lambda: lesson.page.events_model.rowCount() == 3)


def test_a_drag_of_500_moves_is_painted_once(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "small-bank.jsonl"))
    shown: list[int] = []
    window.page.playhead.moved.connect(shown.append)
    for step in range(500):
        window.page.timeline.asked.emit(step % 400)
    qtbot.waitUntil(lambda: shown == [99])


def test_a_damaged_log_shows_what_could_not_be_read(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "damaged.jsonl"))
    assert window.page.events_model.rowCount() == 13
    assert "5 not read" in window.status.whole_text()
    window.page.events_table.entry_chosen.emit(2)
    settled(qtbot, window, 2)
    assert window.page.event_panel.raw.toPlainText().startswith('{"sequence":3,')


def test_text_from_a_log_is_never_read_as_html(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    hostile = '<img src=\\"/dev/zero\\"><h1>x'
    log = tmp_path / "<b>a&b[*].jsonl"
    log.write_text(
        "".join(
            f'{{"type":"AccountOpened","data":{{"accountId":"{hostile}{number}","owner":"{hostile}"}}}}\n'
            for number in range(3)
        )
    )
    window = open_window(log)
    assert cells(window)[0][0] == hostile.replace("\\", "") + "0"
    window.page.state_table.choose(cells(window)[0][0], "owner")
    assert "<img" in window.page.why.title.whole_text()
    for widget in window.findChildren(QWidget):
        tip = widget.toolTip()
        assert "<img" not in tip
        assert not hasattr(widget, "textFormat") or widget.textFormat() == Qt.TextFormat.PlainText


def test_time_order_is_another_lens_on_the_same_log(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(resource("samples", "damaged.jsonl"))
    types = [window.page.events_model.index(row, 2).data() for row in range(13)]
    box = window.page.header.order
    box.activated.emit(box.findData("time"))
    assert window.page.document is not None
    qtbot.waitUntil(lambda: window.page.document.order == "time")
    assert [window.page.events_model.index(row, 2).data() for row in range(13)] != types


@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent")  # Qt offers no other way to make one
def test_local_files_and_folders_can_be_dropped_and_nothing_else(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    window = open_window(None)
    log = resource("samples", "three-events.jsonl")
    for urls, taken in (
        ([QUrl("https://example.org/a.jsonl")], False),
        ([QUrl("file://server/a.jsonl")], False),
        ([QUrl.fromLocalFile(str(tmp_path / "nothing"))], False),
        ([QUrl.fromLocalFile(str(tmp_path))], True),
        ([QUrl.fromLocalFile(str(log))] * 2, True),
        ([QUrl.fromLocalFile(str(log))], True),
    ):
        data = QMimeData()
        data.setUrls(urls)
        at, buttons, keys = QPointF(50, 50), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(window, enter)
        assert enter.isAccepted() is taken
        QApplication.sendEvent(window, QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: window.page.document is not None)
    assert window.windowTitle() == "three-events.jsonl — History Explorer"


def test_reloading_reads_the_log_again_and_stays_where_one_stood(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    log = tmp_path / "growing.jsonl"
    lines = resource("samples", "three-events.jsonl").read_text().splitlines(keepends=True)
    log.write_text("".join(lines[:2]))
    window = open_window(log)
    go_to(qtbot, window, 1)
    log.write_text("".join(lines))
    qtbot.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: window.page.header.where.text() == "1 of 3")


def test_the_welcome_page_opens_a_sample_and_remembers_it(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(None)
    assert window.pages.currentWidget() is window.welcome
    window.welcome.log_chosen.emit(str(resource("samples", "three-events.jsonl")))
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.page)
    qtbot.keyClick(window, Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.currentWidget() is window.welcome
    assert window.settings.recent == [str(resource("samples", "three-events.jsonl"))]


def test_fields_can_be_set_in_a_dialog(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    log = tmp_path / "own.jsonl"
    log.write_text('{"type":"A","what":"x","data":{"n":1,"who":"me","whom":"you"}}\n' * 2)
    window = open_window(log)
    window.parts.rereading.choose_fields()
    dialog = window.findChild(FieldsDialog)
    assert dialog is not None
    dialog.choices["entity"].setCurrentText("data.whom")
    dialog.accept()
    qtbot.waitUntil(lambda: [row[0] for row in cells(window)] == ["you"])


def test_a_log_that_is_none_is_one_plain_sentence(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window = open_window(None)
    window.open_path(str(tmp_path / "nowhere.jsonl"))
    qtbot.waitUntil(lambda: any("no such file" in text for text in boxes(window)))
    for box in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if box.isWindow():
            box.close()


def boxes(window: MainWindow) -> list[str]:
    from PySide6.QtWidgets import QMessageBox

    return [box.text() for box in window.findChildren(QMessageBox)]


def test_every_widget_that_can_be_reached_has_an_accessible_name(qtbot: QtBot, lesson: MainWindow) -> None:
    keys, fields = KeysDialog(lesson), FieldsDialog(lesson.page.document, lesson)  # type: ignore[arg-type]
    qtbot.addWidget(keys)
    qtbot.addWidget(fields)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for window in (lesson, keys, fields)
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        and type(widget).__name__ not in {"QLineEdit", "QDialogButtonBox", "QListView", "QComboBoxListView"}
    ]
    assert nameless == []


def test_light_and_dark_can_be_chosen(qtbot: QtBot, lesson: MainWindow) -> None:
    lesson.choose_theme("dark")
    assert lesson.palette().window().color().lightness() < 128
    lesson.choose_theme("light")
    assert lesson.palette().window().color().lightness() > 128


def test_what_all_accounts_come_to_together_is_shown_at_every_position(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    qtbot.waitUntil(lambda: lesson.page.totals.whole_text() == "balance 20")
    go_to(qtbot, lesson, 2)
    assert lesson.page.totals.whole_text() == "balance 50"
    go_to(qtbot, lesson, 0)
    assert lesson.page.totals.whole_text() == ""
