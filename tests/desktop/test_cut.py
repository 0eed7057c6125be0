"""Is nothing cut where it matters: the end of an id, a position, a long text; and is what is cut whole in its tip?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
)
from pytestqt.qtbot import QtBot

from explorer.desktop import plain
from explorer.desktop.events.events_model import POSITION
from explorer.desktop.find.warnings_panel import WarningsPanel
from explorer.desktop.help.dialogs import KeysDialog
from explorer.desktop.look.theme import apply_text_size, apply_theme, theme_of
from explorer.desktop.tables.cell_table import CellTable, Face
from explorer.desktop.tables.quiet_table import Halves
from explorer.desktop.window.looks import SettingsDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.history.edits import Edit
from explorer.session.changes.kept_branches import NamedBranch
from explorer.session.warnings import LogWarning


@pytest.fixture
def shop(open_window, tmp_path: Path) -> MainWindow:  # type: ignore[no-untyped-def]
    """A log with positions of five figures and ids that differ in their last ones."""
    path = tmp_path / "shop.jsonl"
    lines = (
        {
            "type": "OrderPlaced",
            "data": {"orderId": f"ord-0000-0000-{at % 700:05}", "total": at, "note": "now"},
        }
        for at in range(12_000)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    window: MainWindow = open_window(path)
    return window


def whole(table: CellTable, row: int, column: int) -> bool:
    """Whether nothing of a cell is cut."""
    return not table.tip_at(table.model().index(row, column))


def test_an_id_is_cut_in_its_middle_and_a_sentence_at_its_end(qtbot: QtBot) -> None:
    face = Face(QFont())
    room = QFontMetrics(QFont()).horizontalAdvance("ord-00000123") + 2.0
    cut, _ = face.fitted("ord-0000-0000-0000-00012345", room)
    assert cut.startswith("ord")
    assert cut.endswith("345")
    assert "…" in cut
    other, _ = face.fitted("ord-0000-0000-0000-00012346", room)
    assert cut != other
    said, _ = face.fitted("a sentence that goes on and on and on", room)
    assert said.endswith("…")


def test_what_is_cut_is_whole_in_its_tip(qtbot: QtBot, shop: MainWindow) -> None:
    table = shop.page.state_table
    table.setColumnWidth(1, 90)
    index = table.model().index(3, 1)
    assert "ord-0000-0000-00003" in table.tip_at(index)
    table.setColumnWidth(1, 400)
    assert table.tip_at(index) == ""


def test_positions_are_whole_whatever_is_filtered(qtbot: QtBot, shop: MainWindow) -> None:
    page = shop.page
    page.filter.setText("orderId:ord-0000-0000-00699")
    qtbot.waitUntil(lambda: page.events_model.rowCount() < 100)
    page.events_table.make_room(anew=True)
    rows = range(page.events_model.rowCount())
    assert rows
    assert all(whole(page.events_table, row, POSITION) for row in rows)


def test_positions_are_whole_in_the_panel_of_branches(qtbot: QtBot, shop: MainWindow) -> None:
    panel = shop.page.branching.panel
    shop.page.branching.take([NamedBranch("late", (Edit("skip", 11_998), Edit("skip", 11_999)))], 0)
    shop.page.panels.bring_up("what-if")
    qtbot.waitUntil(lambda: panel.rows.rowCount() > 0)
    assert panel.edits.text(0, 1) == "11,998"
    assert whole(panel.edits_table, 0, 1)
    assert panel.rows.text(0, 0).startswith("ord-0000-0000-")
    assert whole(panel.rows_table, 0, 0)


def test_the_state_as_text_is_all_there_and_scrolls(qtbot: QtBot, shop: MainWindow) -> None:
    shop.page.show_state_text()
    (page,) = (each for each in shop.findChildren(QPlainTextEdit) if each.accessibleName() == "State as text")
    assert page.toPlainText() == shop.page.state_text()
    assert len(page.toPlainText()) > 20_000
    assert page.window().height() < shop.screen().availableGeometry().height()
    page.window().close()


def test_tabs_say_their_whole_name_at_twice_the_size(qtbot: QtBot, shop: MainWindow) -> None:
    shop.resize(1024, 600)
    try:
        apply_text_size(200)
        shop.page.panels.bring_up("diff")
        QApplication.processEvents()
        bars = [bar for bar in shop.page.findChildren(QTabBar) if bar.isVisible()]
        assert len(bars) >= 3
        for bar in bars:
            assert bar.tabRect(bar.currentIndex()).intersects(bar.rect()), bar.accessibleName()
            for tab in range(bar.count()):
                assert bar.tabRect(tab).width() >= bar.fontMetrics().horizontalAdvance(bar.tabText(tab))
    finally:
        apply_text_size(100)


def test_enter_does_no_harm_in_any_box_that_asks(qtbot: QtBot, lesson: MainWindow) -> None:
    box = plain.box(lesson, "Ask", "Is it to be replaced?")
    box.addButton("Replace it", QMessageBox.ButtonRole.AcceptRole)
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Close)
    box.close()
    box.deleteLater()
    dialog = SettingsDialog(lesson.settings, lesson)
    qtbot.addWidget(dialog)
    dialog.open()
    close = dialog.buttons.button(QDialogButtonBox.StandardButton.Close)
    assert [each for each in dialog.findChildren(QPushButton) if each.isDefault() or each.autoDefault()] == [
        close
    ]
    dialog.close()


def test_the_flags_of_a_comparison_stand_outside_of_it(qtbot: QtBot, shop: MainWindow) -> None:
    apply_theme("light")
    page, timeline = shop.page, shop.page.timeline
    page.playhead.move_to(0)
    for a, b in ((4_000, 9_000), (9_000, 4_000)):
        page.comparing.put_a_at(a)
        page.comparing.put_b_at(b)
        page.playhead.flush()
        picture = timeline.grab().toImage()
        low, high = timeline.x_of(min(a, b)), timeline.x_of(max(a, b))
        row = round(timeline.layout_px.strip.bottom()) - 3
        assert flagged(picture, low - 6, row, timeline)
        assert not flagged(picture, low + 6, row, timeline)
        assert flagged(picture, high + 6, row, timeline)
        assert not flagged(picture, high - 6, row, timeline)


def flagged(picture: QImage, x: float, y: int, widget: object) -> bool:
    wanted = QColor(theme_of(widget.palette()).added)  # type: ignore[attr-defined]
    return any(picture.pixelColor(round(x) + dx, y) == wanted for dx in (-4, -3, 3, 4))


def test_names_of_rows_are_whole_though_there_are_many_columns(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "wide.jsonl"
    lines = (
        {
            "type": "OrderPlaced",
            "data": {
                "orderId": f"ord-{at:06}",
                **{f"a wordy member {k}": f"some text {at}" for k in range(16)},
            },
        }
        for at in (27_620, 28_620)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    page = open_window(path).page
    assert page.state_table.horizontalScrollBar().maximum() > 0
    assert whole(page.state_table, 0, 1)
    assert whole(page.state_table, 1, 1)


def test_titles_are_whole_where_there_is_room(qtbot: QtBot) -> None:
    panel = WarningsPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 400)
    panel.show()
    panel.show_warnings([LogWarning("out-of-order", 332, 201, 201, "332 events are out of time order.")])
    heads = panel.kinds.horizontalHeader()
    assert all(heads.sectionSize(column) >= heads.sectionSizeHint(column) for column in (0, 1))


def test_places_and_times_are_whole_in_causes_bookmarks_and_warnings(
    qtbot: QtBot, shop: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "caused.jsonl"
    with path.open("w") as lines:
        for at in range(30_000):
            event = {
                "type": "OrderPlaced",
                "at": f"2026-01-{2 - (at == 29_000):02}T10:15:{at % 60:02}.123Z",
                "data": {"orderId": f"ord-{at:06}", "total": at},
                "metadata": {"correlationId": f"web-{at // 9}"},
            }
            lines.write(json.dumps(event) + "\n")
    shop.resize(1400, 1000)
    shop.open_path(str(path))
    page = shop.page
    qtbot.waitUntil(lambda: page.document is not None and page.document.event_count == 30_000, timeout=20_000)
    page.playhead.move_to(29_001)
    page.panels.bring_up("warnings")
    kinds = page.warnings.panel.kinds
    qtbot.waitUntil(lambda: kinds.model().rowCount() > 0)
    page.warnings.panel.choose(0)
    entries = page.warnings.panel.events
    qtbot.waitUntil(lambda: entries.model().rowCount() > 0)
    assert whole(entries, 0, 0)
    assert whole(entries, 0, 1)
    shop.actions_by_name["marking.toggle"].trigger()
    page.panels.bring_up("bookmarks")
    bookmarks = page.bookmarks_panel.table
    qtbot.waitUntil(lambda: bookmarks.model().rowCount() > 0)
    assert whole(bookmarks, 0, 0)
    assert whole(bookmarks, 0, 1)
    page.panels.bring_up("causes")
    table = page.causing.panel.table
    qtbot.waitUntil(lambda: table.model().rowCount() > 1, timeout=20_000)
    assert [whole(table, 1, column) for column in (0, 1, 3)] == [True] * 3


def test_every_dialog_has_room_on_the_screen_at_twice_the_size(qtbot: QtBot, shop: MainWindow) -> None:
    room = shop.screen().availableGeometry().size()
    apply_text_size(200)
    try:
        text = plain.sheet(shop, "State as text", "a line\n" * 500)
        qtbot.addWidget(text)
        assert text.size().boundedTo(room) == text.size()
        keys = KeysDialog(shop)
        qtbot.addWidget(keys)
        assert keys.size().boundedTo(room) == keys.size()
    finally:
        apply_text_size(100)


def test_positions_stay_in_sight_when_the_window_gets_narrower(qtbot: QtBot, shop: MainWindow) -> None:
    table = shop.page.events_table
    shop.page.playhead.move_to(9_000)
    qtbot.waitUntil(lambda: table.currentIndex().isValid())
    for wide in (900, 300, 160, 700, 200):
        table.resize(wide, table.height())
        assert table.horizontalScrollBar().value() == 0


def test_two_tables_side_by_side_share_the_room(qtbot: QtBot) -> None:
    left, right = WarningsPanel(), WarningsPanel()
    halves = Halves(left, right)
    qtbot.addWidget(halves)
    halves.resize(700, 40 + left.minimumSizeHint().height())
    halves.show()
    assert halves.orientation() == Qt.Orientation.Horizontal
    one, other = halves.sizes()
    assert abs(one - other) < 10
