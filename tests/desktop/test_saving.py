"""Does the window ask before it replaces a file, and leave logs alone, wherever something is saved?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.desktop.files.exports import ExportDialog, PictureDialog
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.written import InTheWay, refuse
from explorer.session.options import Recipe

Key = Qt.Key
EVENT = b'{"type":"MoneyDeposited","data":{"accountId":"acc-9","amount":1},"at":"2026-01-01T10:00:00Z"}\n'
NOT_OURS = b"all that I have"


def _export(form: str) -> Callable[[QtBot, MainWindow], QWidget]:
    def ask(qtbot: QtBot, window: MainWindow) -> QWidget:
        window.actions_by_name["exporting.events"].trigger()
        dialog = window.findChild(ExportDialog)
        assert dialog is not None
        dialog.formats[form].click()
        qtbot.keyClick(dialog, Key.Key_Return)
        return window

    return ask


def _picture(qtbot: QtBot, window: MainWindow) -> QWidget:
    window.actions_by_name["exporting.picture"].trigger()
    dialog = window.findChild(PictureDialog)
    assert dialog is not None
    qtbot.keyClick(dialog, Key.Key_Return)
    return window


def _workspace(qtbot: QtBot, window: MainWindow) -> QWidget:
    window.parts.workspaces.save_as()
    return window


def _query(qtbot: QtBot, window: MainWindow) -> QWidget:
    dialog = QueryDialog(Recipe(), window)
    dialog.show()
    dialog.save.click()
    return dialog


def _predictions(qtbot: QtBot, window: MainWindow) -> QWidget:
    window.parts.lessons.predictions.ask_where()
    return window


def _plot(qtbot: QtBot, window: MainWindow) -> QWidget:
    window.page.panels.bring_up("plot")
    plot = window.page.plotting.panel
    window.page.state_table.choose("acc-1", "balance")
    qtbot.waitUntil(lambda: plot.view is not None and plot.steps is not None)
    plot.save.click()
    return plot


WAYS = {
    "csv": _export("csv"),
    "json": _export("json"),
    "markdown": _export("markdown"),
    "picture": _picture,
    "workspace": _workspace,
    "query": _query,
    "predictions": _predictions,
    "plot": _plot,
}


def name_it(qtbot: QtBot, owner: QWidget, target: Path) -> None:
    """Type a name into Qt's own dialog, and press Return."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in owner.findChildren(QFileDialog)))
    (dialog,) = [each for each in owner.findChildren(QFileDialog) if each.isVisible()]
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(str(target))
    qtbot.keyClick(line, Key.Key_Return)


def box_of(qtbot: QtBot, owner: QWidget) -> QMessageBox:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in owner.findChildren(QMessageBox)))
    (box,) = [each for each in owner.findChildren(QMessageBox) if each.isVisible()]
    return box


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_saved_a_file_is_replaced_only_with_leave_and_a_log_never(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path, way: str
) -> None:
    target, log = tmp_path / "mine.txt", tmp_path / "other.jsonl"
    target.write_bytes(NOT_OURS)
    log.write_bytes(EVENT)
    owner = WAYS[way](qtbot, lesson)
    name_it(qtbot, owner, log)
    box = box_of(qtbot, owner)
    assert "a log is never written over" in box.text()
    box.close()
    assert log.read_bytes() == EVENT
    qtbot.waitUntil(lambda: not owner.findChildren(QMessageBox))
    owner = WAYS[way](qtbot, lesson)
    name_it(qtbot, owner, target)
    box = box_of(qtbot, owner)
    assert box.text().startswith("mine.txt is there already.")
    qtbot.keyClick(box, Key.Key_Return)  # in haste
    assert target.read_bytes() == NOT_OURS
    qtbot.waitUntil(lambda: not owner.findChildren(QMessageBox))
    owner = WAYS[way](qtbot, lesson)
    name_it(qtbot, owner, target)
    box = box_of(qtbot, owner)
    (yes,) = [each for each in box.findChildren(QPushButton) if each.text() == "&Replace it"]
    yes.click()
    qtbot.waitUntil(lambda: target.read_bytes() != NOT_OURS)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]  # nothing unfinished


@pytest.mark.parametrize("what", ["state", "diff", "why", "events"])
@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_what_was_exported_once_can_be_exported_there_again(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path, what: str, form: str
) -> None:
    """Some of it would pass for a log."""
    lesson.page.state_table.choose("acc-1", "balance")
    lesson.page.explaining.explain_quietly("acc-1", "balance")
    target = tmp_path / "out"
    lesson.actions_by_name[f"exporting.{what}"].trigger()
    dialog = lesson.findChild(ExportDialog)
    assert dialog is not None
    dialog.formats[form].click()
    qtbot.keyClick(dialog, Key.Key_Return)
    name_it(qtbot, lesson, tmp_path / "out.txt")
    target = tmp_path / "out.txt"
    qtbot.waitUntil(target.exists)
    with pytest.raises(InTheWay):
        refuse(target)
    refuse(target, replace=True)


def test_a_workspace_is_saved_again_unasked_but_not_over_what_has_taken_its_place(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "w.hxw"
    lesson.parts.workspaces.save_as()
    name_it(qtbot, lesson, file)
    qtbot.waitUntil(file.exists)
    first = file.read_bytes()
    lesson.page.playhead.move_to(1)
    lesson.parts.workspaces.save()
    assert file.read_bytes() != first
    assert not lesson.findChildren(QMessageBox)
    file.write_bytes(NOT_OURS)
    lesson.parts.workspaces.save()
    box = box_of(qtbot, lesson)
    assert "w.hxw is there already" in box.text()
    box.close()
    assert file.read_bytes() == NOT_OURS
