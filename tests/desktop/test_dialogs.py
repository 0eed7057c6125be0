"""Can every dialog of the program be answered by keys, to its end, without anything reading what has gone?"""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QProgressDialog
from pytestqt.qtbot import QtBot

from explorer.desktop.menus.action_table import ACTIONS
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from tests.desktop.hands import dialog_in_front, gone, name_file, seen, to_front

Key = Qt.Key
MOST_DIALOGS = 6  # one after the other, for one action
IN_THE_WINDOW = {"finding.ask", "filtering.ask", "arranging.ask", "going.ask"}  # a line is written there
ELSEWHERE = {
    "lessons.pages.ask_where",
    "lessons.handouts.ask_where",
    "copies.save_as",
}  # want a lesson, or a copy: tests of their own
ASKING = [
    spec.name for spec in ACTIONS if spec.text.endswith("…") and spec.name not in IN_THE_WINDOW | ELSEWHERE
]
MADE = {"*.hxw": "there.hxw", "*.sql": "accounts.sql", "*.toml": "cents.toml", "*.md": "lesson.md"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Something for each dialog that opens a file."""
    shutil.copy(resource("samples", "small-bank.jsonl"), tmp_path / "bank.jsonl")
    shutil.copy(resource("projections", "accounts.sql"), tmp_path / "accounts.sql")
    shutil.copy(resource("lessons", "cents-to-euros.toml"), tmp_path / "cents.toml")
    (tmp_path / "lesson.md").write_text("no lesson\n")
    (tmp_path / "there.hxw").write_text("no workspace\n")
    return tmp_path


def file_for(files: QFileDialog, folder: Path) -> Path:
    if files.acceptMode() == QFileDialog.AcceptMode.AcceptSave:
        return folder / f"written-{len(list(folder.iterdir()))}"  # each another file
    kinds = " ".join(files.nameFilters())
    return folder / next((name for kind, name in MADE.items() if kind in kinds), "bank.jsonl")


def answered(qtbot: QtBot, folder: Path, key: Qt.Key) -> list[str]:
    """Answer dialog after dialog; their titles."""
    titles = []
    while (open_now := seen(QDialog)) and len(titles) < MOST_DIALOGS:
        dialog = open_now[-1]
        titles.append(f"{type(dialog).__name__}: {dialog.windowTitle()}")
        to_front(qtbot, dialog)
        if isinstance(dialog, QFileDialog) and key == Key.Key_Return:
            target = file_for(dialog, folder)
            name_file(qtbot, target)
        elif (focus := dialog.focusWidget()) is not None:
            qtbot.keyClick(focus, key)
        else:
            qtbot.keyClick(dialog, key)
        if dialog in seen(QDialog):  # Enter means something else in it
            qtbot.keyClick(dialog, Key.Key_Escape)
        # nothing is deleted by force: what is told comes before who told it goes, as in a window
        QApplication.processEvents()
    return titles


def stand(qtbot: QtBot, window: MainWindow, log: Path) -> None:
    """With a value chosen and a branch begun, so that everything can be asked."""
    if window.page.document is None or window.path != str(log):
        window.open_path(str(log))
    qtbot.waitUntil(lambda: window.page.document is not None and not window.opening)
    if window.page.document.upcasting is not None:  # else no command could be given
        window.actions_by_name["upcasters.leave"].trigger()
        qtbot.waitUntil(lambda: not window.opening)
    window.page.explaining.explain("acc-1", "balance")
    if window.page.branching.branches.front is None:
        window.page.branching.change("skip", 3)
    to_front(qtbot, window)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape], ids=["enter", "escape"])
def test_every_dialog_is_answered_to_its_end(
    qtbot: QtBot,
    open_window,  # type: ignore[no-untyped-def]
    folder: Path,
    key: Qt.Key,
) -> None:
    log = folder / "bank.jsonl"
    window: MainWindow = open_window(log)
    assert len(ASKING) > 25
    for name in ASKING:
        stand(qtbot, window, log)
        window.actions_by_name[name].trigger()
        dialog_in_front(qtbot, QDialog)
        titles = answered(qtbot, folder, key)
        qtbot.waitUntil(lambda: not window.opening)
        assert QThreadPool.globalInstance().waitForDone(5_000)  # a lesson is read, a file written
        QApplication.processEvents()
        gone(qtbot, QProgressDialog)
        titles += answered(qtbot, folder, Key.Key_Escape)  # what came of it
        assert not seen(QDialog), (name, titles)
        assert "went wrong" not in " ".join(titles), (name, titles)
