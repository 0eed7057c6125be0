"""Is the board of commands, events and policies drawn, and does a note lead to its event?"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.desktop.why.board_panel import BoardPanel
from explorer.desktop.why.board_view import COMMAND, EVENT, POLICY, BoardView
from explorer.session.reasons.type_board import BoardLine, Followed, TypeBoard
from tests.desktop.conftest import OpenWindow
from tests.session.reasons.test_type_board import EVENTS


def test_the_notes_stand_as_eventstorming_has_them_and_lead_to_the_first_event(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "shop.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in EVENTS), encoding="utf-8")
    window = open_window(path)
    window.page.panels.bring_up("board")
    panel = window.findChild(BoardPanel)
    assert isinstance(panel, BoardPanel)
    qtbot.waitUntil(lambda: bool(panel.view.notes))
    notes = {(each.text, each.count): each for each in panel.view.notes}
    assert notes["PlaceOrder", ""].colour == COMMAND
    assert notes["a command", ""].colour == COMMAND
    assert notes["whenever OrderPlaced", ""].colour == POLICY
    shipped = notes["OrderShipped", "1 ×"]
    assert shipped.colour == EVENT
    assert notes["OrderPlaced", "2 ×"].left() > notes["PlaceOrder", ""].right()
    assert "What led to some events, they do not say: OwnCause, StockCounted." in panel.said.text()
    QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=shipped.center())
    qtbot.waitUntil(lambda: window.page.playhead.position == 3)
    assert "PlaceOrder → OrderPlaced 2 ×, OrderRejected 1 ×" in panel.view.accessibleDescription()


def test_a_log_that_names_no_causes_says_so(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "plain.jsonl"
    path.write_text('{"type":"A","data":{"accountId":"a","v":1}}\n' * 3, encoding="utf-8")
    window = open_window(path)
    window.page.panels.bring_up("board")
    panel = window.findChild(BoardPanel)
    assert isinstance(panel, BoardPanel)
    qtbot.waitUntil(lambda: "nobody can say which command" in panel.said.text())
    assert panel.view.notes == []


@pytest.mark.parametrize("wrapped", [True, False])
def test_larger_letters_have_larger_notes(qtbot: QtBot, *, wrapped: bool) -> None:
    view = BoardView(wrapped=wrapped)
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show_board(TypeBoard([BoardLine("event", "OrderPlaced", [Followed("StockReserved", 3, 2)])], ()))
    before = [note.height() for note in view.notes]
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert all(note.height() > high * 1.3 for note, high in zip(view.notes, before, strict=True))


def test_a_figure_leaves_out_the_event_before_a_policy_where_it_has_no_room(qtbot: QtBot) -> None:
    view = BoardView(wrapped=True)
    qtbot.addWidget(view)
    view.show()
    view.show_board(TypeBoard([BoardLine("event", "OrderPlaced", [Followed("StockReserved", 3, 2)])], ()))
    view.resize(900, 200)
    assert [note.text for note in view.notes] == ["OrderPlaced", "whenever OrderPlaced", "StockReserved"]
    view.resize(view.least_width(), 200)
    assert [note.text for note in view.notes] == ["whenever OrderPlaced", "StockReserved"]
    assert max(note.right() for note in view.notes) < view.width()
