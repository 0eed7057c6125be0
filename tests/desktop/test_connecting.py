"""A table of a database in the window: found by its address, followed while others write, its password told nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from explorer.desktop.files.connect_dialog import ConnectDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.sources import source_watch
from explorer.session.files.workspace import load
from tests.desktop.hands import dialog_in_front, gone
from tests.postgres_server import PostgresServer

type OpenWindow = Callable[[Path | None], MainWindow]

EVENTS = (
    "DROP TABLE IF EXISTS events, users",
    "CREATE TABLE users (id int, name text)",
    "CREATE TABLE events (id bigserial PRIMARY KEY, type text, account_id text, data jsonb, at timestamptz)",
    "GRANT SELECT ON events TO reader",
)
ONE = """INSERT INTO events (type, account_id, data, at) SELECT 'MoneyDeposited', 'acc-1',
    '{"amount": 1.10, "accountId": "acc-1"}', timestamptz '2026-01-01' FROM generate_series(1, %d)"""
HUSH = "hush/@1"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer() as started:
        started.demand_passwords()
        yield started


@pytest.fixture
def shop(server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> PostgresServer:
    server.ask(*EVENTS, ONE % 10, database="shop")
    monkeypatch.setattr(source_watch, "EVERY_S", 0.05)
    return server


def where(window: MainWindow) -> str:
    return window.page.header.where.text()


def test_a_table_is_found_by_its_address_and_opened(
    open_window: OpenWindow, qtbot: QtBot, shop: PostgresServer
):
    window = open_window(None)
    window.actions_by_name["open_source"].trigger()
    dialog = dialog_in_front(qtbot, ConnectDialog)
    edit = dialog.address.lineEdit()
    assert edit is not None
    qtbot.keyClicks(edit, shop.address("reader"))
    qtbot.keyClicks(dialog.password, HUSH)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.tables.count() == 2)
    item = dialog.tables.item(0)
    assert item is not None
    assert item.text().startswith("public.events")
    assert dialog.verdict.text() == "1 of 2 look like events."
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: where(window) == "10 of 10")
    gone(qtbot, ConnectDialog)
    assert window.windowTitle().startswith("shop, public.events")
    for kept in (window.settings.recent_text, window.windowTitle(), window.status.text(), window.path or ""):
        assert HUSH not in kept
        assert "hush" not in kept
    assert window.settings.recent[0].startswith("postgresql://reader@/shop?host=")


def test_what_is_wrong_with_an_address_is_said_in_the_dialog(open_window: OpenWindow, qtbot: QtBot):
    window = open_window(None)
    window.actions_by_name["open_source"].trigger()
    dialog = dialog_in_front(qtbot, ConnectDialog)
    edit = dialog.address.lineEdit()
    assert edit is not None
    qtbot.keyClicks(edit, "shop.jsonl")
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    assert "An address begins with" in dialog.verdict.text()
    edit.selectAll()
    qtbot.keyClicks(edit, "postgresql:///shop?host=/nowhere/at/all")
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be reached" in dialog.verdict.text())
    assert not dialog.open_button.isEnabled()
    dialog.reject()
    gone(qtbot, ConnectDialog)


def test_what_others_write_is_there_soon_and_a_lost_server_is_said_until_it_is_back(
    open_window: OpenWindow, qtbot: QtBot, shop: PostgresServer
):
    window = open_window(None)
    window.open_path(shop.address())
    qtbot.waitUntil(lambda: where(window) == "10 of 10")
    following = window.parts.following
    assert following.state.text() == "● live"
    shop.ask(ONE % 5, database="shop")
    qtbot.waitUntil(lambda: where(window).endswith("of 15"))
    shop.kill()
    qtbot.waitUntil(lambda: "is lost, and is tried again" in following.bar.text.text())
    shop.start()
    shop.ask(ONE % 1, database="shop")
    qtbot.waitUntil(lambda: where(window).endswith("of 16"), timeout=15_000)
    qtbot.waitUntil(lambda: not following.bar.isVisible())


def test_a_password_is_asked_for_where_none_is_known(
    open_window: OpenWindow, qtbot: QtBot, shop: PostgresServer
):
    window = open_window(None)
    window.open_path(shop.address("reader") + "&application_name=asked")
    dialog = dialog_in_front(qtbot, QInputDialog)
    assert HUSH not in dialog.labelText()
    dialog.setTextValue(HUSH)
    dialog.accept()
    qtbot.waitUntil(lambda: where(window) == "10 of 10")


def test_a_workspace_of_a_table_asks_before_it_connects(
    open_window: OpenWindow, qtbot: QtBot, shop: PostgresServer, tmp_path: Path
):
    window = open_window(None)
    window.open_path(shop.address("reader", password="hush%2F%401"))
    qtbot.waitUntil(lambda: where(window) == "10 of 10")
    window.page.playhead.move_to(4)
    file = tmp_path / "shop.hxw"
    window.parts.workspaces.save_to(str(file))
    assert b"hush" not in file.read_bytes()
    assert load(file).log.path.startswith("postgresql://reader@/shop")
    other = open_window(None)
    other.open_path(str(file))
    box = dialog_in_front(qtbot, QMessageBox)
    yes = box.button(QMessageBox.StandardButton.Yes)
    assert isinstance(yes, QPushButton)
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: where(other) == "4 of 10")
