"""A topic of Kafka in the window: found by the address of its broker, opened, and followed while others write."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.desktop.files.connect_dialog import ConnectDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.sources import source_watch
from tests.desktop.hands import dialog_in_front, gone
from tests.kafka_broker import KafkaBroker


def test_a_topic_is_found_opened_and_followed(
    open_window: Callable[[Path | None], MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(source_watch, "EVERY_S", 0.05)
    with KafkaBroker() as broker:
        broker.put_events("orders", 10, partitions=2)
        broker.put_events("_inner", 3)
        window = open_window(None)
        window.actions_by_name["open_source"].trigger()
        dialog = dialog_in_front(qtbot, ConnectDialog)
        edit = dialog.address.lineEdit()
        assert edit is not None
        qtbot.keyClicks(edit, broker.address(""))
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.tables.count() == 2, timeout=15_000)
        item = dialog.tables.item(0)
        assert item is not None
        assert item.text() == "orders — 4 partitions, about 10 messages"
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.page.header.where.text() == "10 of 10", timeout=20_000)
        gone(qtbot, ConnectDialog)
        assert window.windowTitle().startswith(f"{broker.host}, orders")
        assert window.parts.following.state.text() == "● live"
        broker.put_events("orders", 5, partitions=2, begin=10)
        qtbot.waitUntil(lambda: window.page.header.where.text().endswith("of 15"), timeout=15_000)
