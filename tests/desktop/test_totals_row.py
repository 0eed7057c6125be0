"""Do the totals stand under their columns, whatever is done with the table, and are they right to the last digit?"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from explorer.desktop.look.theme import apply_theme
from explorer.desktop.state.totals_row import TotalsRow
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource

Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bank(qtbot: QtBot, open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    return ready(qtbot, open_window(resource("samples", "small-bank.jsonl")))


def ready(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.waitUntil(lambda: window.page.totals.totals.rowCount() > 0)
    return window


def go(qtbot: QtBot, window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    qtbot.waitUntil(lambda: window.page.state_model.view.position == position)


def column_of(window: MainWindow, name: str) -> int:
    return [column.name for column in window.page.state_model.view.shown].index(name) + 1


def shown(window: MainWindow, name: str) -> list[str]:
    totals = window.page.totals.totals
    texts = (totals.index(row, column_of(window, name)).data() for row in range(totals.rowCount()))
    return [text for text in texts if text]


def added_up(window: MainWindow) -> str:
    view = window.page.state_model.view
    at = column_of(window, "balance") - 1
    return str(sum((Decimal(str(view.value(row, at))) for row in range(view.row_count)), Decimal(0)))


def is_aligned(row: TotalsRow, window: MainWindow) -> bool:
    table = window.page.state_table
    return all(
        table.viewport().mapTo(window, QPoint(table.columnViewportPosition(column), 0)).x()
        == row.viewport().mapTo(window, QPoint(row.columnViewportPosition(column), 0)).x()
        and table.columnWidth(column) == row.columnWidth(column)
        for column in range(table.model().columnCount())
    )


@pytest.mark.parametrize("position", [0, 2, 40, 200, 406])
def test_each_total_is_what_the_rows_above_add_up_to(qtbot: QtBot, bank: MainWindow, position: int) -> None:
    go(qtbot, bank, position)
    assert shown(bank, "balance") == ([added_up(bank)] if position else [])
    assert shown(bank, "account") == ["Total"]


def test_each_currency_has_a_line_of_its_own(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window = ready(qtbot, open_window(in_three_currencies(tmp_path)))
    assert set(shown(window, "balance")) == {"90071992547409931.10 EUR", "3.00 USD", "7.50 CHF"}
    lines = window.page.totals.totals.rowCount()
    go(qtbot, window, 1)
    assert shown(window, "balance") == ["90071992547409930.01 EUR"]
    assert window.page.totals.totals.rowCount() == lines  # nothing jumps while one drags


def in_three_currencies(folder: Path) -> Path:
    path = folder / "three.jsonl"
    amounts = (("90071992547409930.01", "EUR"), ("3", "USD"), ("1.09", "EUR"), ("7.5", "CHF"))
    path.write_text(
        "".join(
            f'{{"type":"MoneyDeposited","data":{{"accountId":"acc-{at % 2}","amount":{amount},'
            f'"currency":{json.dumps(currency)}}},"at":"2026-01-0{at + 1}T09:00:00Z"}}\n'
            for at, (amount, currency) in enumerate(amounts)
        )
    )
    return path


def test_totals_stand_under_their_columns_however_these_are_drawn_scrolled_and_ordered(
    qtbot: QtBot, bank: MainWindow
) -> None:
    page, table, row = bank.page, bank.page.state_table, bank.page.totals
    bank.resize(900, 800)
    qtbot.waitUntil(lambda: is_aligned(row, bank))
    table.setColumnWidth(column_of(bank, "owner"), 260)
    assert is_aligned(row, bank)
    bar = table.horizontalScrollBar()
    for value in (bar.maximum() // 2, bar.maximum(), 0):
        bar.setValue(value)
        assert is_aligned(row, bank)
    page.arranging.change_column("left", "balance")
    page.arranging.change_column("hide", "owner")
    qtbot.waitUntil(lambda: is_aligned(row, bank))
    assert shown(bank, "balance") == [added_up(bank)]


def test_pinned_columns_keep_their_totals_in_sight(qtbot: QtBot, bank: MainWindow) -> None:
    page, table = bank.page, bank.page.state_table
    bank.resize(800, 800)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 40)
    table.horizontalScrollBar().setValue(40)
    assert table.pinned.isVisible()
    assert page.totals.pinned.isVisible()
    assert page.totals.pinned.columnViewportPosition(1) == table.pinned.columnViewportPosition(1)


def test_sorting_moves_no_total(qtbot: QtBot, bank: MainWindow) -> None:
    before = shown(bank, "balance")
    bank.page.arranging.change_column("down", "balance")
    assert shown(bank, "balance") == before
    assert bank.page.state_model.rowCount() == 24


def test_a_filter_adds_up_what_it_shows_and_says_so(qtbot: QtBot, bank: MainWindow) -> None:
    bank.page.arranging.narrow("status <> 'open'")
    qtbot.waitUntil(lambda: shown(bank, "account") == ["Shown"])
    assert shown(bank, "balance") == ["880.77"] == [added_up(bank)]


def test_the_totals_are_reached_by_keyboard_and_copied_with_all_digits(
    qtbot: QtBot, bank: MainWindow
) -> None:
    row = bank.page.totals
    assert row.focusPolicy() & Qt.FocusPolicy.TabFocus
    row.setFocus()
    row.setCurrentIndex(row.totals.index(0, 0))
    for _ in range(column_of(bank, "balance")):
        qtbot.keyClick(row, Qt.Key.Key_Right)
    qtbot.keyClick(row, Qt.Key.Key_C, Control)
    assert QGuiApplication.clipboard().text() == added_up(bank)


def test_a_totals_menu_leads_to_what_changed_it_last(qtbot: QtBot, bank: MainWindow) -> None:
    go(qtbot, bank, 100)
    menu = bank.page.arranging.totalling.menu_for(column_of(bank, "owner"))
    assert [action.text() for action in menu.actions() if action.text()][-1].startswith("Go to the event")
    menu.actions()[-1].trigger()
    menu.deleteLater()
    here = bank.page.playhead.position
    assert here < 100
    assert bank.page.document.event(here).type in {"AccountOpened", "OwnerChanged"}
    every = bank.page.arranging.totalling.menu_for(0)
    every.actions()[1].trigger()
    every.deleteLater()
    assert QGuiApplication.clipboard().text() == bank.page.totals.whole_text()


def test_a_right_click_opens_that_menu(qtbot: QtBot, bank: MainWindow) -> None:
    row, asked = bank.page.totals, []
    row.menu_asked.disconnect()
    row.menu_asked.connect(lambda column, _at: asked.append(column))
    at = QPoint(row.columnViewportPosition(column_of(bank, "balance")) + 4, 4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, row.viewport().mapToGlobal(at))
    row.contextMenuEvent(event)
    assert asked == [column_of(bank, "balance")]


def test_a_screen_reader_hears_which_total_it_is(bank: MainWindow) -> None:
    row = bank.page.totals
    face = QAccessible.queryAccessibleInterface(row)
    assert face.role() == QAccessible.Role.Table
    assert face.text(QAccessible.Text.Name) == "All together"
    index = row.totals.index(0, column_of(bank, "balance"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"all together {added_up(bank)}"
    assert row.totals.headerData(index.column(), Qt.Orientation.Horizontal) == "Balance"


def test_what_is_too_long_for_its_column_goes_on_where_nothing_stands(bank: MainWindow) -> None:
    row = bank.page.totals
    spans = {column: wide for column, _, wide, _ in row._spans(0, 4_000)}
    status, opened = column_of(bank, "status"), column_of(bank, "opened")
    assert opened not in spans
    assert spans[status] >= row.columnWidth(status) + row.columnWidth(opened)


def test_a_small_window_leaves_room_for_the_table(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window = ready(qtbot, open_window(in_three_currencies(tmp_path)))
    window.resize(1000, 640)
    qtbot.waitUntil(lambda: window.page.totals.height() < window.page.state_table.height())
    window.resize(1000, 1400)
    row_px = window.page.totals.rowHeight(0)
    qtbot.waitUntil(lambda: window.page.totals.height() >= 3 * row_px)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_totals_follow_the_theme(bank: MainWindow, theme: str) -> None:
    apply_theme(theme)
    grounds = {cell.ground for cell in bank.page.totals.totals.cells(0)}
    apply_theme("light")
    assert len(grounds) == 1
    assert None not in grounds


def test_on_a_small_screen_the_total_gives_way_to_rows_and_comes_back(qtbot: QtBot, bank: MainWindow) -> None:
    row, table = bank.page.state_panel.totals, bank.page.state_table
    bank.resize(1280, 900)
    qtbot.waitUntil(row.isVisible)
    bank.resize(1024, 600)
    qtbot.waitUntil(lambda: not row.isVisible())
    qtbot.waitUntil(lambda: table.viewport().height() >= table.rowHeight(0))
    bank.resize(1280, 900)
    qtbot.waitUntil(row.isVisible)
    assert is_aligned(row, bank)
