"""Several files in the window: dropped, chosen, left out, added; what is appended to them follows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from explorer.desktop.files.files_dialog import FilesDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.opening_window import _dropped
from explorer.eventlog.sources import source_watch
from tests.desktop.hands import dialog_in_front, gone

type OpenWindow = Callable[[Path | None], MainWindow]


def line(account: str, second: int) -> str:
    return (
        f'{{"type": "MoneyDeposited", "at": "2026-01-01T00:00:{second:02}Z", '
        f'"data": {{"accountId": "{account}", "amount": 1.10}}}}\n'
    )


def where(window: MainWindow) -> str:
    return window.page.header.where.text()


def test_files_are_added_left_out_and_put_in_order(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(source_watch, "EVERY_S", 0.05)
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    a.write_text(line("x", 1) + line("x", 5))
    b.write_text(line("y", 2) + line("y", 6))
    window = open_window(a)
    window.actions_by_name["choose_files"].trigger()
    dialog = dialog_in_front(qtbot, FilesDialog)
    dialog.add_files([str(tmp_path / "nowhere.jsonl")])
    assert "there is no such file" in dialog.verdict.text()
    dialog.add_files([str(b)])
    assert dialog.table.rowCount() == 2
    header = dialog.table.horizontalHeader()
    assert header.sectionSize(1) >= header.sectionSizeHint(1)  # its title is not cut
    dialog.order.setCurrentIndex(dialog.order.findData("time"))
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: where(window) == "4 of 4")
    gone(qtbot, FilesDialog)
    document = window.page.document
    assert document is not None
    assert document.format_text == "2 files in order of time"
    assert document.place_text(1).startswith("b.jsonl, line 1")
    with b.open("a") as writer:
        writer.write(line("y", 7))
    qtbot.waitUntil(lambda: where(window).endswith("of 5"))
    window.actions_by_name["choose_files"].trigger()
    dialog = dialog_in_front(qtbot, FilesDialog)
    item = dialog.table.item(0, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: where(window).endswith("of 3"))


def test_a_folder_that_is_opened_is_one_log(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    for number in range(3):
        (folder / f"part-{number}.jsonl").write_text(line("x", number))
    window = open_window(None)
    window.open_path(str(folder))
    qtbot.waitUntil(lambda: where(window) == "3 of 3")
    assert window.settings.recent[0].startswith("files:///?files=")


def test_what_is_dropped_together_is_one_log(tmp_path: Path) -> None:
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    a.write_text("")
    b.write_text("")
    urls = [QUrl.fromLocalFile(str(path)) for path in (a, b)]
    assert _dropped(urls[:1]) == str(a)
    assert (_dropped(urls) or "").startswith("files:///?files=")
    assert _dropped([*urls, QUrl("https://example.org/c.jsonl")]) is None
