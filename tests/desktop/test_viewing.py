"""Can a person zoom, select, loop and bookmark in the real window, with keys and mouse?"""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from explorer.desktop.bookmarks.bookmarks_panel import NAME, NOTE, BookmarkDialog
from explorer.desktop.timeline import measure, timeline_controller
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from explorer.session.places.bookmarks import Bookmark

Key = Qt.Key
Plain, Shift, Control = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
BANK = resource("samples", "small-bank.jsonl")


@pytest.fixture
def bank(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    return open_window(BANK)


def stand(qtbot: QtBot, window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    settled(qtbot, window, position)


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(lambda: window.page.timeline.position == position)


def test_keys_zoom_pan_and_fit(qtbot: QtBot, bank: MainWindow) -> None:
    timeline = bank.page.timeline
    stand(qtbot, bank, 200)
    for _ in range(4):
        qtbot.keyClick(bank, Key.Key_W)
    assert timeline.view.magnification == pytest.approx(1.5625**4, rel=0.01)
    assert timeline.view.start < timeline.axis.place(200) < timeline.view.stop
    before = timeline.view
    qtbot.keyClick(bank, Key.Key_D)
    assert timeline.view.start > before.start
    qtbot.keyClick(bank, Key.Key_A)
    assert timeline.view == before
    qtbot.keyClick(bank, Key.Key_S)
    assert timeline.view.span > before.span
    qtbot.keyClick(bank, Key.Key_F)
    assert timeline.view.is_whole
    assert timeline.position == 200


def test_letters_in_a_field_are_letters(qtbot: QtBot, bank: MainWindow) -> None:
    qtbot.keyClick(bank, Key.Key_Slash)
    field = bank.page.filter
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "wasdfiolm")
    assert field.text() == "wasdfiolm"
    assert bank.page.timeline.view.is_whole
    assert bank.page.viewing.selection is None
    assert not list(bank.page.markers.bookmarks)


def test_keys_select_and_the_filter_lists_the_selection(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    stand(qtbot, bank, 30)
    qtbot.keyClick(bank, Key.Key_I)
    stand(qtbot, bank, 120)
    qtbot.keyClick(bank, Key.Key_O)
    assert page.viewing.selection == page.timeline.marks.selection == (30, 120)
    qtbot.keyClick(bank, Key.Key_F, Shift)
    assert page.timeline.position_at(page.timeline.x_of(30)) == 30
    assert 4 < page.timeline.view.magnification < 4.6
    bank.actions_by_name["viewing.list_selection"].trigger()
    assert page.filter.text() == "position>30 position<=120"
    qtbot.waitUntil(lambda: page.events_model.rowCount() == 90)
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Key.Key_Escape)
    assert page.viewing.selection is None


def test_dragging_with_shift_selects_and_does_not_move(qtbot: QtBot, bank: MainWindow) -> None:
    timeline = bank.page.timeline
    here, y = timeline.position, round(timeline.layout_px.strip.center().y())
    xs = [QPoint(round(timeline.x_of(position)), y) for position in (50, 80)]
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, Shift, xs[0])
    qtbot.mouseMove(timeline, xs[1])
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, Shift, xs[1])
    assert bank.page.viewing.selection == (50, 80)
    assert bank.page.playhead.position == here


def test_a_selection_is_played_over_and_over_and_backwards(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    page.viewing.select((100, 104))
    page.transport.speed.activated.emit(page.transport.speed.findData(64.0))
    qtbot.keyClick(bank, Key.Key_L)
    assert bank.actions_by_name["viewing.loop"].isChecked()
    seen: list[int] = []
    page.playhead.moved.connect(seen.append)
    qtbot.keyClick(bank, Key.Key_Space)
    qtbot.waitUntil(lambda: len(seen) > 12)
    assert set(seen) <= {100, 101, 102, 103, 104}
    assert page.player.running
    page.viewing.select((200, 202))
    qtbot.waitUntil(lambda: page.playhead.position in range(200, 203))
    qtbot.keyClick(bank, Key.Key_L)
    qtbot.keyClick(bank, Key.Key_L, Shift)
    qtbot.waitUntil(lambda: page.playhead.position < 200)
    qtbot.keyClick(bank, Key.Key_Space)
    assert not page.player.running


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_playing_repaints_the_timeline_at_most_once_a_frame(qtbot: QtBot, bank: MainWindow) -> None:
    page, paints, moves = bank.page, Paints(), []
    stand(qtbot, bank, 0)
    page.transport.speed.activated.emit(page.transport.speed.findData(64.0))
    page.playhead.moved.connect(moves.append)
    page.timeline.installEventFilter(paints)
    qtbot.keyClick(bank, Key.Key_Space)
    qtbot.waitUntil(lambda: len(moves) >= 15)
    qtbot.keyClick(bank, Key.Key_Space)
    assert paints.count <= len(moves) + 2  # the first and the last press, which also change a button
    assert moves == sorted(set(moves))


def test_the_chosen_accounts_own_events_are_ticks(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    page.state_table.choose("acc-1", "balance")
    assert page.document is not None
    own = page.document.history.positions_of("acc-1")
    assert page.timeline.marks.own.tolist() == own.tolist()
    assert page.timeline.marks.own_of == "acc-1"


def test_a_and_b_stand_on_the_timeline(qtbot: QtBot, bank: MainWindow) -> None:
    stand(qtbot, bank, 50)
    qtbot.keyClick(bank, Key.Key_A, Shift)
    stand(qtbot, bank, 90)
    qtbot.keyClick(bank, Key.Key_B, Shift)
    assert (bank.page.timeline.marks.a, bank.page.timeline.marks.b) == (50, 90)
    bank.actions_by_name["viewing.select_between_points"].trigger()
    assert bank.page.viewing.selection == (50, 90)


def test_short_gaps_are_a_switch_that_is_remembered(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    page.measure_by("time")
    long = page.timeline.axis.length
    qtbot.keyClick(bank, Key.Key_G, Shift)
    assert page.timeline.axis.length < long
    assert page.timeline.axis.breaks
    page.measure_by("event")
    page.measure_by("time")
    assert page.timeline.axis.breaks
    assert bank.settings.short_gaps


def test_a_bookmark_is_put_named_found_and_kept(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window = open_window(BANK)
    page = window.page
    stand(qtbot, window, 40)
    qtbot.keyClick(window, Key.Key_M)
    stand(qtbot, window, 90)
    qtbot.keyClick(window, Key.Key_M, Shift)
    dialog = window.findChild(BookmarkDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.name, "rent <b>")
    qtbot.keyClicks(dialog.note, "why twice?")
    dialog.accept()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert [mark.position for mark in page.timeline.marks.bookmarks] == [40, 90]
    qtbot.keyClick(window, Key.Key_BracketLeft)
    settled(qtbot, window, 40)
    qtbot.keyClick(window, Key.Key_BracketRight)
    settled(qtbot, window, 90)
    window.close_log()
    assert not page.timeline.marks.bookmarks
    window.open_path(str(BANK))
    qtbot.waitUntil(lambda: page.document is not None)
    assert list(page.markers.bookmarks) == [Bookmark(40), Bookmark(90, "rent <b>", "why twice?")]
    stand(qtbot, window, 40)
    qtbot.keyClick(window, Key.Key_M)
    assert [mark.position for mark in page.markers.bookmarks] == [90]


def test_the_list_of_bookmarks_goes_there_writes_and_takes_away(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    for position in (10, 20, 30):
        page.marking.put(Bookmark(position))
    qtbot.keyClick(bank, Key.Key_B, Control)
    table, model = page.bookmarks_panel.table, page.bookmarks_panel.model
    qtbot.waitUntil(table.isVisible)
    assert [model.index(row, 0).data() for row in range(3)] == ["10", "20", "30"]
    table.setCurrentIndex(model.index(1, NAME))
    qtbot.keyClick(table, Key.Key_Return)
    settled(qtbot, bank, 20)
    qtbot.keyClick(table, Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "salary")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: page.markers.bookmarks.at(20) == Bookmark(20, "salary"))
    assert model.index(1, NAME).data() == "salary"
    table.setCurrentIndex(model.index(0, NOTE))
    qtbot.keyClick(table, Key.Key_Delete)
    assert [mark.position for mark in page.markers.bookmarks] == [20, 30]
    place = table.visualRect(model.index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Plain, place)
    settled(qtbot, bank, 30)


def test_bookmarks_move_with_their_events_when_the_order_changes(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f'{{"type":"On{day}","at":"2026-01-0{day}"}}\n' for day in (8, 7, 6)))
    window = open_window(path)
    window.page.marking.put(Bookmark(1, "the latest"))
    window.page.header.order_chosen.emit("time")
    qtbot.waitUntil(lambda: window.page.markers.bookmarks.positions == [3])
    kept = window.page.marking.text()
    window.page.marking.remove(3)
    window.page.marking.restore(kept)
    assert window.page.markers.bookmarks.at(3) == Bookmark(3, "the latest")


def test_the_menu_of_a_place_is_about_that_place(qtbot: QtBot, bank: MainWindow) -> None:
    timeline, here = bank.page.timeline, bank.page.playhead.position
    at = QPoint(round(timeline.x_of(77)), round(timeline.layout_px.strip.center().y()))
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, timeline.mapToGlobal(at))
    QApplication.sendEvent(timeline, asked)
    menu = timeline.findChild(QMenu)
    assert menu is not None
    texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert texts == ["Go to 77", "Bookmark at 77…", "Pin A at 77", "Put B at 77", "Fit the whole log"]
    assert bank.page.playhead.position == here
    qtbot.keyClick(menu, Key.Key_A)
    assert timeline.marks.a == 77
    qtbot.waitUntil(lambda: timeline.findChild(QMenu) is None)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(timeline, asked)
    menu = timeline.findChild(QMenu)
    assert menu is not None
    assert menu.actions()[0].text() == f"&Go to {here:,}"
    menu.close()


def test_reading_the_log_again_keeps_view_selection_and_loop(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    page.timeline.show_view(
        page.timeline.view.around(page.timeline.axis.place(50), page.timeline.axis.place(90))
    )
    view, old = page.timeline.view, page.document
    page.viewing.select((60, 70))
    qtbot.keyClick(bank, Key.Key_L)
    qtbot.keyClick(bank, Key.Key_F5)
    qtbot.waitUntil(lambda: page.document is not old and page.document is not None)
    assert page.timeline.view == view
    assert page.viewing.selection == page.timeline.marks.selection == page.player.loop == (60, 70)
    page.viewing.select(None)
    assert page.player.loop == (0, 406)
    qtbot.keyClick(bank, Key.Key_L)
    assert page.player.loop is None


def test_a_screen_reader_hears_what_is_marked(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    stand(qtbot, bank, 40)
    assert page.timeline.accessibleDescription().startswith("40 of 406, ")
    page.marking.put(Bookmark(40, "salary"))
    page.viewing.select((30, 50))
    page.comparing.put_a_at(40)
    page.timeline.show_violations([40])
    said = page.timeline.accessibleDescription()
    assert said.startswith("40 of 406, ")
    assert said.endswith("UTC, bookmark salary, point A, a check fails here, selected 30 to 50")
    page.measure_by("time")
    assert page.timeline.accessibleDescription().count("salary") == 1


def test_a_click_on_the_legend_lists_that_type_and_another_click_all(qtbot: QtBot, bank: MainWindow) -> None:
    page = bank.page
    legend = page.timeline.layout_px.legend
    at = QPoint(round(legend.left()) + 20, round(legend.center().y()))
    qtbot.mouseClick(page.timeline, Qt.MouseButton.LeftButton, Plain, at)
    assert page.filter.text() == "type:MoneyWithdrawn"
    qtbot.waitUntil(lambda: page.events_model.rowCount() == 166)
    qtbot.mouseClick(page.timeline, Qt.MouseButton.LeftButton, Plain, at)
    assert page.filter.text() == ""


def test_a_large_log_is_counted_beside_the_window(qtbot: QtBot, open_window, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(measure, "AT_ONCE", 10)
    monkeypatch.setattr(timeline_controller, "AT_ONCE", 10)
    window = open_window(BANK)
    timeline = window.page.timeline
    timeline.grab()  # drawn before anything is counted
    qtbot.waitUntil(lambda: timeline.groundwork is not None)
    assert timeline.groundwork.counts.groups[0].count == 166
    window.page.state_table.choose("acc-1", "balance")
    assert window.page.document is not None
    own = window.page.document.history.positions_of("acc-1").tolist()
    qtbot.waitUntil(lambda: timeline.marks.own.tolist() == own)


def test_larger_text_has_room(qtbot: QtBot, bank: MainWindow) -> None:
    timeline = bank.page.timeline
    before, font = timeline.height(), QFont(timeline.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    timeline.setFont(font)
    qtbot.waitUntil(lambda: timeline.height() > before + 20)
    line = QFontMetrics(timeline.small_font).height()
    layout = timeline.layout_px
    assert min(layout.labels_px - 4, layout.axis.height(), layout.legend.height()) >= line
    assert layout.legend.bottom() <= timeline.height()


def test_the_button_to_play_shows_its_direction(qtbot: QtBot, bank: MainWindow) -> None:
    play = bank.page.transport.buttons["play_or_pause"]
    forwards = play.icon().pixmap(20, 20).toImage()
    qtbot.keyClick(bank, Key.Key_L, Shift)
    assert play.accessibleName() == "Play backwards"
    drawn = play.icon().pixmap(20, 20).toImage()
    assert drawn != forwards
    assert bank.actions_by_name["viewing.backwards"].isChecked()
    qtbot.keyClick(bank, Key.Key_L, Shift)
    assert play.icon().pixmap(20, 20).toImage() == forwards
    assert play.accessibleName() == "Play"


def test_how_a_log_is_played_is_remembered_for_the_next_start(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    first = open_window(BANK)
    qtbot.keyClick(first, Key.Key_L)
    qtbot.keyClick(first, Key.Key_L, Shift)
    first.page.choose_speed(64.0)
    first.close()
    second = open_window(BANK)
    for name in ("viewing.loop", "viewing.backwards"):
        assert second.actions_by_name[name].isChecked()
    assert second.page.transport.buttons["play_or_pause"].accessibleName() == "Play backwards"
    assert second.page.player.loop == (0, second.page.playhead.last)
    second.page.playhead.move_to(20)
    seen: list[int] = []
    second.page.playhead.moved.connect(seen.append)
    qtbot.keyClick(second, Key.Key_Space)
    qtbot.waitUntil(lambda: bool(seen) and max(seen) > 300, timeout=3_000)  # past the start and round, at 64×
    qtbot.keyClick(second, Key.Key_Space)
