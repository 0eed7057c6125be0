"""Does the window open a history folder whose log is gone as it opens a log, and say what only the log could tell?"""

import contextlib
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

pytest.importorskip("pyarrow", reason="history folders need pyarrow")

from explorer.cli.commands.generate import account_log
from explorer.desktop.state import row_order
from explorer.desktop.why.board_panel import BoardPanel
from explorer.desktop.window.looks import SettingsDialog
from explorer.desktop.window.opening_window import _dropped
from explorer.history.folder import folder_names, lines
from explorer.history.folder.lines import FolderLine
from explorer.history.folder.opened import FolderCollected
from explorer.history.folder.row_groups import RowGroups
from explorer.session.document import Document
from explorer.session.files.folders import write_history_folder
from explorer.session.state.sample_texts import sample_texts
from tests.desktop.conftest import OpenWindow
from tests.desktop.hands import dialog_in_front


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.jsonl"
    path.write_text("".join(account_log(2_000, 60, 7)) + "{ no event\n")
    with contextlib.closing(Document.open(str(path))) as document:
        made = write_history_folder(document, tmp_path / "history", group_rows=200)
    path.unlink()
    return made


def test_a_folder_whose_log_is_gone_is_walked_from_end_to_end(
    qtbot: QtBot, folder: Path, open_window: OpenWindow
) -> None:
    window = open_window(folder)
    page, document = window.page, window.page.document
    assert document is not None
    assert page.header.where.text() == "2,000 of 2,000"
    assert document.format_text.startswith("history folder, JSON Lines")
    for position in (1, 400, 1_234, 2_000, 0, 777):
        page.playhead.move_to(position)
        qtbot.waitUntil(lambda at=position: page.header.where.text().startswith(f"{at:,} of"))
        QTest.qWait(30)
    row = document.row_of_position(777)
    said = document.raw_text(row)
    assert "are not at hand" in said
    assert "accounts.jsonl" in said
    assert document.entry(row).type == document.event(777).type
    assert document.entry(row).at_text != ""
    for panel in ("why", "find", "diff", "events", "raw", "entity", "warnings", "what-if", "plot"):
        with contextlib.suppress(KeyError):
            page.panels.bring_up(panel)
            QTest.qWait(60)
    assert document.entry(document.entry_count - 1).unread_reason is not None


def test_causes_and_the_board_of_a_folder_whose_log_is_gone_say_that_it_is_gone(
    qtbot: QtBot, folder: Path, open_window: OpenWindow
) -> None:
    window = open_window(folder)
    page = window.page
    page.panels.bring_up("causes")
    hint = page.causing.panel.hint
    qtbot.waitUntil(lambda: "is not where it was" in hint.text())
    page.panels.bring_up("board")
    board = page.findChild(BoardPanel) or window.findChild(BoardPanel)
    assert board is not None
    qtbot.waitUntil(lambda: "is not where it was" in board.said.text())


def test_a_folder_is_dropped_or_chosen_by_its_manifest(
    qtbot: QtBot, folder: Path, open_window: OpenWindow
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    assert _dropped(data.urls()) == str(folder)
    window = open_window(folder / "manifest.json")
    assert window.page.document is not None
    assert window.page.document.event_count == 2_000
    window.close_log()
    window.open_path(str(folder))
    qtbot.waitUntil(lambda: window.page.document is not None)
    assert str(folder) in window.settings.recent


def test_a_what_if_in_a_folder_whose_log_is_gone_is_refused_in_words(
    qtbot: QtBot, folder: Path, open_window: OpenWindow
) -> None:
    window = open_window(folder)
    window.page.playhead.move_to(500)
    window.page.branching.change("skip", 500)
    qtbot.waitUntil(lambda: "is not where it was" in window.page.branching.panel.said.whole_text())


def test_how_much_memory_a_folder_may_take_is_a_setting(
    qtbot: QtBot, folder: Path, open_window: OpenWindow
) -> None:
    window = open_window(folder)
    assert window.page.document is not None
    collected = window.page.document.collected
    assert isinstance(collected, FolderCollected)
    assert collected.groups.most_bytes == 512 << 20
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_in_front(qtbot, SettingsDialog)
    dialog.memory.setFocus()
    QTest.keyClick(dialog.memory, Qt.Key.Key_Up)
    assert window.settings.folder_mb == 768
    assert collected.groups.most_bytes == 768 << 20
    dialog.reset.click()
    assert dialog.memory.value() == 512
    dialog.memory.setValue(64)
    dialog.close()
    window.open_path(str(folder))
    qtbot.waitUntil(
        lambda: window.page.document is not None and window.page.document.collected is not collected
    )
    assert window.page.document.collected.groups.most_bytes == 64 << 20


def test_a_damaged_folder_is_told_in_the_window(qtbot: QtBot, folder: Path, open_window: OpenWindow) -> None:
    (folder / "manifest.json").write_text('{"kind": "history-explorer.history-folder", "version": 9}')
    window = open_window(None)
    window.open_path(str(folder))
    box = dialog_in_front(qtbot, QMessageBox)
    assert "newer make" in box.text()
    box.close()


@pytest.fixture
def of_very_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is opened as if its entities were very many, so that nothing about all of them is at hand."""
    monkeypatch.setattr(lines, "MANY_SLOTS", 0)
    monkeypatch.setattr(folder_names, "MOST_AT_HAND", 0)
    monkeypatch.setattr(row_order, "SHOWN_AFTER_MS", 0)
    return folder


def test_totals_filters_and_orders_of_very_many_are_worked_out_beside_the_window(
    qtbot: QtBot, of_very_many: Path, open_window: OpenWindow
) -> None:
    window = open_window(of_very_many)
    page, document = window.page, window.page.document
    assert document is not None
    assert not document.history.at_hand
    panel, model = page.state_panel, page.state_model
    totals = panel.totals.totals
    for position in (2_000, 700):
        page.playhead.move_to(position)
        wanted = document.totals_text(position)
        qtbot.waitUntil(lambda told=wanted: bool(totals.part(0, 3)) and totals.part(0, 3) in told)
    panel.line.setText("balance < 1000")
    state = document.history.state(700)
    own = [name for name, row in state.items() if row["balance"] < 1000]
    assert len(own) < len(state)
    qtbot.waitUntil(lambda: model.rowCount() == len(own))
    page.playhead.move_to(900)
    later_on = [row for _, row in document.history.state(900).items() if row["balance"] < 1000]
    qtbot.waitUntil(lambda: model.rowCount() == len(later_on))
    qtbot.waitUntil(panel.filtering.isHidden)
    panel.filtering.stop.click()
    assert panel.line.text() == ""
    qtbot.waitUntil(lambda: model.rowCount() == len(document.history.state(900)))


def test_an_order_that_needs_more_memory_than_there_may_be_is_not_made_and_that_is_said(
    qtbot: QtBot, of_very_many: Path, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explorer.session.state import state_view

    window = open_window(of_very_many)
    page, document = window.page, window.page.document
    assert document is not None
    qtbot.waitUntil(lambda: page.state_model.cells(0)[1].text not in {"", "…"})
    monkeypatch.setattr(state_view, "AT_ONCE", 0)
    panel = page.state_panel
    collected = document.collected
    assert isinstance(collected, FolderCollected)
    collected.groups.allow(100)
    page.arranging.change_column("up", "owner")
    qtbot.waitUntil(lambda: "in memory at once" in panel.order.said.whole_text())
    assert panel.order.isVisible()
    assert not panel.order.stop.isVisible()
    collected.groups.allow(1 << 20)
    page.arranging.change_column("down", "balance")
    qtbot.waitUntil(panel.order.isHidden)
    assert isinstance(collected.groups, RowGroups)


def test_a_page_of_very_many_is_read_beside_the_window_and_says_so_meanwhile(
    qtbot: QtBot, of_very_many: Path, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(of_very_many)
    page, document = window.page, window.page.document
    assert document is not None
    model, table = page.state_model, page.state_table
    page.playhead.move_to(2_000)
    qtbot.waitUntil(lambda: model.unread is None and model.cells(0)[1].text not in {"", "…"})
    readers = []
    read = FolderLine.read

    def told(line: FolderLine, missing: Any) -> None:
        readers.append(threading.current_thread())
        read(line, missing)

    monkeypatch.setattr(FolderLine, "read", told)
    give_back = document.rest()
    assert give_back is not None
    last = model.rowCount() - 1
    table.scrollToBottom()
    cells = model.cells(last)
    assert {cell.text for cell in cells[1:]} == {"…"}
    assert cells[1].spoken == "being read"
    assert not readers or threading.main_thread() not in readers
    qtbot.waitUntil(lambda: model.cells(last)[1].text != "…")
    assert (
        model.cells(last)[1].text == document.history.entities[int(document.history.state(2_000).codes[last])]
    )
    assert readers
    assert threading.main_thread() not in readers
    give_back()


def test_columns_get_their_room_once_something_of_very_many_has_been_read(
    qtbot: QtBot, of_very_many: Path, open_window: OpenWindow
) -> None:
    window = open_window(of_very_many)
    page, document = window.page, window.page.document
    assert document is not None
    view = page.state_model.view
    assert view is not None
    qtbot.waitUntil(lambda: page.state_model.unread is None and bool(sample_texts(view, 0)))
    qtbot.waitUntil(lambda: set(page.state_table._samples) == {column.name for column in view.shown})
    give_back = document.rest()
    assert give_back is not None
    assert sample_texts(view, 0) == []
    widths = [page.state_table.columnWidth(at) for at in range(len(view.shown) + 1)]
    page.state_table.set_widths()
    assert [page.state_table.columnWidth(at) for at in range(len(view.shown) + 1)] == widths
