"""Does a person get what they see into a file, whole, and never over the log?"""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from explorer.desktop.files.exports import ExportDialog, PictureDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.resources import resource
from tests.desktop.hands import dialog_in_front, gone, name_file

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def export(qtbot: QtBot, window: MainWindow, what: str, form: str, target: Path) -> None:
    """By the menu, through both dialogs, with keys."""
    window.actions_by_name[f"exporting.{what}"].trigger()
    choose_format(qtbot, form)
    name_file(qtbot, target)
    gone(qtbot, QFileDialog)


def choose_format(qtbot: QtBot, form: str) -> None:
    dialog = dialog_in_front(qtbot, ExportDialog)
    dialog.formats[form].setFocus()  # type: ignore[index]
    qtbot.keyClick(dialog.formats[form], Key.Key_Space)  # type: ignore[index]
    qtbot.keyClick(dialog, Key.Key_Return)
    gone(qtbot, ExportDialog)  # as it is before a person has thought of a name


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text().splitlines()))


def saved(qtbot: QtBot, window: MainWindow, target: Path) -> None:
    qtbot.waitUntil(lambda: window.status.whole_text().startswith(f"Saved {target.name}"))


def test_the_state_is_written_as_csv_json_and_markdown(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    for form, suffix in (("csv", "csv"), ("json", "json"), ("markdown", "md")):
        target = tmp_path / f"state.{suffix}"
        export(qtbot, lesson, "state", form, target)
        saved(qtbot, lesson, target)
    rows = rows_of(tmp_path / "state.csv")
    assert rows[1][:3] == ["acc-1", "Ada", "20"]
    assert json.loads((tmp_path / "state.json").read_text())["state"]["acc-1"]["balance"] == 20
    assert "| acc-1 | Ada | 20 |" in (tmp_path / "state.md").read_text()
    assert lesson.settings.export_format == "markdown"


def test_a_key_begins_the_export_of_the_state(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = lesson.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.guarded.isEnabled()
    dialog.formats["json"].click()
    assert not dialog.guarded.isEnabled()
    qtbot.keyClick(dialog, Key.Key_Escape)


def test_why_and_the_difference_are_written(qtbot: QtBot, lesson: MainWindow, tmp_path: Path) -> None:
    lesson.actions_by_name["exporting.why"].trigger()
    assert "Choose a value" in lesson.status.whole_text()
    lesson.page.explaining.explain("acc-1", "balance")
    why, diff = tmp_path / "why.csv", tmp_path / "diff.csv"
    export(qtbot, lesson, "why", "csv", why)
    saved(qtbot, lesson, why)
    assert rows_of(why)[-1][-1] == "50 − 30 = 20"
    export(qtbot, lesson, "diff", "csv", diff)
    saved(qtbot, lesson, diff)
    assert rows_of(diff)[1] == ["changed", "acc-1", "balance", "50", "20", "-30"]


def test_only_the_events_that_the_filter_lets_through_are_written(
    qtbot: QtBot,
    open_window,  # type: ignore[no-untyped-def]
    tmp_path: Path,
) -> None:
    window, target = open_window(resource("samples", "small-bank.jsonl")), tmp_path / "events.csv"
    window.page.filter.setText("type:AccountClosed")
    qtbot.waitUntil(lambda: window.page.events_model.rowCount() == 2)
    export(qtbot, window, "events", "csv", target)
    saved(qtbot, window, target)
    assert [row[2] for row in rows_of(target)[1:]] == ["AccountClosed"] * 2


def test_an_open_log_is_never_written_over(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    log = Path(shutil.copy(resource("samples", "three-events.jsonl"), tmp_path / "log.jsonl"))
    before, link = log.read_bytes(), tmp_path / "innocent.csv"
    link.symlink_to(log)
    first, second = open_window(log), open_window()
    for window in (first, second):  # not by another window either
        export(qtbot, window, "state", "csv", link)
        qtbot.waitUntil(lambda window=window: bool(window.findChildren(QMessageBox)))
        assert "never written over" in window.findChildren(QMessageBox)[0].text()
    assert log.read_bytes() == before


def test_what_cannot_be_written_is_one_plain_sentence(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    export(qtbot, lesson, "state", "csv", tmp_path / "missing" / "state.csv")
    qtbot.waitUntil(lambda: bool(lesson.findChildren(QMessageBox)))
    assert "cannot be written: No such file" in lesson.findChildren(QMessageBox)[0].text()


def test_an_export_is_given_up_when_the_log_is_closed(
    qtbot: QtBot,
    open_window,  # type: ignore[no-untyped-def]
    tmp_path: Path,
) -> None:
    window, target = open_window(resource("samples", "small-bank.jsonl")), tmp_path / "events.csv"
    export(qtbot, window, "events", "csv", target)
    window.close_log()
    assert not window.findChildren(QMessageBox)
    qtbot.waitUntil(lambda: not list(tmp_path.glob(".events*")))


class Endless:
    """A table that nobody waits for."""

    title, columns = "Endless", ("number",)

    def __len__(self) -> int:
        return 10**12

    def row(self, index: int) -> list[object]:
        return [index]

    def answer(self) -> Iterator[str]:
        return map(str, range(len(self)))


def test_a_long_export_shows_how_far_it_is_and_can_be_given_up(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    target = tmp_path / "endless.csv"
    lesson.parts.exporting.write(str(target), Endless, "csv", guarded=True)
    shown = lesson.findChild(QProgressDialog)
    assert shown is not None
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob(".endless*"))))
    shown.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: not list(tmp_path.glob(".endless*")))
    qtbot.waitUntil(lambda: lesson.findChild(QProgressDialog) is None)
    assert not target.exists()
    assert not lesson.findChildren(QMessageBox)


@pytest.mark.parametrize(("kind", "scale"), [("png", 1), ("png2", 2)])
def test_the_window_is_saved_as_png(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path, kind: str, scale: int
) -> None:
    target = tmp_path / "window.png"
    picture(qtbot, lesson, "", kind, target)
    saved(qtbot, lesson, target)
    drawn = QImage(str(target))
    assert drawn.size() == lesson.size() * scale


def picture(qtbot: QtBot, window: MainWindow, part: str, kind: str, target: Path) -> None:
    window.actions_by_name["exporting.picture"].trigger()
    dialog = window.findChild(PictureDialog)
    assert dialog is not None
    dialog.part.setCurrentIndex(dialog.part.findData(part))
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    qtbot.keyClick(dialog, Key.Key_Return)
    gone(qtbot, PictureDialog)
    name_file(qtbot, target)
    gone(qtbot, QFileDialog)


@pytest.mark.parametrize("part", ["", "state", "timeline"])
def test_the_window_and_its_panels_are_saved_as_svg(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path, part: str
) -> None:
    target = tmp_path / "picture.svg"
    picture(qtbot, lesson, part, "svg", target)
    saved(qtbot, lesson, target)
    root = ET.fromstring(target.read_bytes())
    text = " ".join(part.strip() for part in root.itertext())
    assert ("acc-1" in text) == (part != "timeline")
    assert ("Events" in text) == (part == "")


def test_a_picture_of_the_window_can_be_copied(lesson: MainWindow) -> None:
    lesson.actions_by_name["exporting.copy_picture"].trigger()
    assert QGuiApplication.clipboard().image().size() == lesson.size()
