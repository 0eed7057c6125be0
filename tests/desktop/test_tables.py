"""Is there room in a table for what it shows?"""

import json
import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from pytestqt.qtbot import QtBot

from explorer.desktop.events import events_model
from explorer.desktop.events.events_table import LEAST_LAST_PX, EventsTable
from explorer.desktop.look.theme import apply_text_size, number_font, row_px
from explorer.desktop.tables.cell_table import PADDING_PX
from explorer.desktop.tables.quiet_table import QuietTable, fitted
from explorer.desktop.tables.table_model import TextRows
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from explorer.session.find.finding import FROM, TO

COLUMNS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=12)


@given(COLUMNS, st.integers(0, 2_000))
def test_columns_fit_where_they_can_and_none_is_narrower_than_it_must_be(
    columns: list[tuple[int, int]], room: int
) -> None:
    wanted = [max(pair) for pair in columns]
    least = [min(pair) for pair in columns]
    widths = fitted(wanted, least, room)
    assert all(low <= width <= high for low, width, high in zip(least, widths, wanted, strict=True))
    assert sum(widths) <= max(room, sum(least))
    if sum(wanted) <= room:
        assert widths == wanted


def log_of_amounts(folder: Path) -> Path:
    """Amounts as long as those of a bank, and long names beside them; the longest amount is far below."""
    log = folder / "amounts.jsonl"
    events = [
        {
            "type": "MoneyDepositedByStandingOrder" if at % 7 else "MoneyDeposited",
            "at": f"1997-06-06T12:{at // 60:02}:{at % 60:02}Z",
            "data": {
                "accountId": f"berka-{1000 + at}",
                "amount": 123456789012.5 if at == 390 else 46700.5 + at,
                "operation": "remittance to another bank",
            },
        }
        for at in range(400)
    ]
    log.write_text("".join(json.dumps(event) + "\n" for event in events))
    return log


def cut_numbers(table: EventsTable) -> list[str]:
    """The numbers in sight that have less room than they need."""
    model, figures = table.model(), QFontMetrics(number_font(QGuiApplication.font()))
    assert isinstance(model, events_model.EventsModel)
    numbers = [
        at for at in range(model.columnCount()) if (own := model.own(at)) is not None and own.is_number
    ]
    assert numbers
    return [
        text
        for column in (events_model.POSITION, events_model.TIME, *numbers)
        for row in table.visible_rows()
        if figures.horizontalAdvance(text := model.text(row, column)) + 2 * PADDING_PX
        > table.columnWidth(column)
    ]


def test_no_number_of_an_event_is_cut_and_the_last_column_takes_the_rest(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    window: MainWindow = open_window(log_of_amounts(tmp_path))
    table, model = window.page.events_table, window.page.events_model
    for size in ((1280, 800), (1024, 700), (1920, 1200)):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: window.size().toTuple() == size)
        for stand in (0, 200, 391):
            window.page.playhead.move_to(stand)
            window.page.playhead.flush()
            assert not cut_numbers(table)
        last = model.columnCount() - 1
        assert table.columnWidth(last) >= LEAST_LAST_PX
        right = table.columnViewportPosition(last) + table.columnWidth(last)
        assert right + table.horizontalScrollBar().value() >= table.viewport().width()
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())  # there is room for everything


def test_a_column_that_was_drawn_wider_stays_so(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window: MainWindow = open_window(log_of_amounts(tmp_path))
    table = window.page.events_table
    header, column = table.horizontalHeader(), events_model.ENTITY
    before = table.columnWidth(column)
    edge = QPoint(header.sectionViewportPosition(column) + before - 1, header.height() // 2)
    qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(header.viewport(), edge + QPoint(60, 0))
    qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    drawn = table.columnWidth(column)
    assert drawn > before + 30
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.width() == 1000)
    assert table.columnWidth(column) == drawn


def test_where_something_held_is_told_whole_beside_a_narrow_list(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window: MainWindow = open_window(resource("samples", "small-bank.jsonl"))
    window.page.finding.ask()
    table = window.page.finding.panel.hits.table
    window.page.finding.panel.line.setText("balance < 500")
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    for size in ((1920, 1200), (1024, 700)):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: window.size().toTuple() == size)
        figures = QFontMetrics(number_font(table.font()))
        for row in table.visible_rows():
            for column in (FROM + 1, TO + 1):
                text = str(table.model().index(row, column).data())
                assert figures.horizontalAdvance(text) + 2 * PADDING_PX <= table.columnWidth(column)
    window.resize(1920, 1200)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)


def test_rows_of_a_long_table_grow_with_the_text_at_once(qtbot: QtBot) -> None:
    rows = TextRows(["what"], [])
    rows.show_rows([["a"]] * 200_000)
    table = QuietTable(rows, "long")
    qtbot.addWidget(table)
    begun = time.monotonic()
    try:
        apply_text_size(200)
        table.fit_rows()
        assert table.rowHeight(199_999) == row_px() > 30
    finally:
        apply_text_size(100)
        table.fit_rows()
    assert table.rowHeight(199_999) == row_px()
    assert time.monotonic() - begun < 2  # raised one by one, they need a minute
