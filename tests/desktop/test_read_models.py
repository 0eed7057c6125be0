"""Can a person write a read model in the window, see what is wrong with it, and run a program that they trust?"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from explorer.cli.commands.generate import account_log
from explorer.desktop.files.fields_dialog import FieldsDialog
from explorer.desktop.projections.program_dialog import ProgramDialog
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.projections.read_models import TrustDialog
from explorer.desktop.window.main_window import MainWindow
from explorer.projection.javascript import available
from explorer.resources import resource
from explorer.session.options import Recipe
from explorer.session.trust import Trust
from tests.desktop.conftest import OpenWindow
from tests.desktop.hands import gone, name_file
from tests.visits import registered, write_doors

FAILING = (
    "def key(event):\n    return event['data'].get('accountId')\n"
    "def evolve(state, event):\n"
    "    if event['position'] == 25003:\n        raise ValueError('boom')\n"
    "    return {'last': event['position']}\n"
)
LOUD = "def key(event):\n    return event['data']['accountId']\ndef evolve(state, event):\n    return {'seen': 1}\n"


def choose(window: MainWindow, word: str) -> None:
    box = window.page.header.projection
    box.setCurrentIndex(box.findData(word))
    box.activated.emit(box.currentIndex())


def dialog[D: QDialog](qtbot: QtBot, kind: type[D]) -> D:
    def found() -> list[D]:
        return [
            each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
        ]

    qtbot.waitUntil(lambda: len(found()) == 1)
    return found()[0]


def headers(window: MainWindow) -> list[str]:
    model = window.page.state_model
    return [
        str(model.headerData(column, Qt.Orientation.Horizontal) or "").lower()
        for column in range(1, model.columnCount())
    ]


def write(qtbot: QtBot, editor: QueryDialog, text: str) -> None:
    editor.editor.selectAll()
    editor.editor.insertPlainText("")
    qtbot.keyClicks(editor.editor, text)


def test_a_query_is_written_checked_mended_and_used(qtbot: QtBot, lesson: MainWindow) -> None:
    choose(lesson, "sql")
    editor = dialog(qtbot, QueryDialog)
    qtbot.waitUntil(lambda: editor.verdict.text().startswith("It can be used."))
    write(
        qtbot,
        editor,
        "SELECT data.accountId AS account, sum(data.amount) AS turnover FROM event GROUP BY account",
    )
    assert not editor.use.isEnabled()
    qtbot.waitUntil(lambda: "there is no table “event”" in editor.verdict.text())
    assert editor.verdict.text().startswith("line 1, column 69")
    (mark,) = editor.editor.extraSelections()
    assert mark.cursor.selectedText() == "event"
    assert not editor.use.isEnabled()
    write(
        qtbot,
        editor,
        "SELECT data.accountId AS account, sum(data.amount) AS turnover FROM events GROUP BY account",
    )
    qtbot.waitUntil(editor.use.isEnabled)
    assert editor.editor.extraSelections() == []
    qtbot.mouseClick(editor.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(lesson) == ["account", "turnover"])
    assert lesson.page.header.projection.currentText() == "Read model: query.sql"
    assert lesson.page.state_model.index(0, 2).data() == "80"


@pytest.mark.skipif(not available(), reason="needs the extra `javascript`")
def test_a_program_in_javascript_is_pasted_mended_and_used_and_there_again(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    choose(lesson, "javascript")
    editor = dialog(qtbot, ProgramDialog)
    assert "const evolve" in editor.editor.toPlainText()  # the example, which what is pasted replaces
    QApplication.clipboard().setText("const fold = (state, event) => state;")
    editor.editor.paste()
    assert editor.verdict.text() == "it does not define evolve(state, event)"
    assert not editor.use.isEnabled()
    editor.editor.selectAll()
    text = "const evolve = (state, event) => ({ seen: (state?.seen ?? 0) + 1 });"
    QApplication.clipboard().setText(text)
    editor.editor.paste()
    assert editor.verdict.text() == "It can be used."
    qtbot.mouseClick(editor.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(lesson) == ["key", "seen"])
    choose(lesson, "javascript")
    again = dialog(qtbot, ProgramDialog)
    assert again.editor.toPlainText() == text
    again.reject()


def test_a_query_is_there_again_with_its_log(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    log, other = tmp_path / "log.jsonl", tmp_path / "other.jsonl"
    for path in (log, other):
        path.write_bytes(resource("samples", "two-accounts.jsonl").read_bytes())
    window = open_window(log)
    query = "SELECT data.accountId AS account, sum(data.amount) AS turnover FROM events GROUP BY account"
    choose(window, "sql")
    editor = dialog(qtbot, QueryDialog)
    write(qtbot, editor, query)
    qtbot.waitUntil(editor.use.isEnabled)
    qtbot.mouseClick(editor.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(window) == ["account", "turnover"])
    window.open_path(str(other))
    qtbot.waitUntil(lambda: headers(window)[1] == "owner")
    window.open_path(str(log))  # as from the menu of recent logs
    qtbot.waitUntil(lambda: headers(window) == ["account", "turnover"])
    choose(window, "accounts")
    qtbot.waitUntil(lambda: headers(window)[1] == "owner")
    choose(window, "sql")
    editor = dialog(qtbot, QueryDialog)
    assert editor.editor.toPlainText() == query
    write(qtbot, editor, "SELECT unfinished")
    editor.reject()
    window.close()
    again = open_window(log)
    assert headers(again)[1] == "owner"  # which was chosen last
    choose(again, "sql")
    editor = dialog(qtbot, QueryDialog)
    assert editor.editor.toPlainText() == "SELECT unfinished"


def cells(editor: QueryDialog) -> list[list[str]]:
    model = editor.first_rows.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_editor_shows_the_first_rows_of_what_is_written_and_says_which_names_are_unknown(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    choose(lesson, "sql")
    editor = dialog(qtbot, QueryDialog)
    query = "SELECT data.accountId AS account, sum(data.amount) AS turnover FROM events {} GROUP BY account"
    write(qtbot, editor, query.format(""))
    document = lesson.page.document
    assert document is not None
    qtbot.waitUntil(
        lambda: (
            "of 5 events" in editor.told.text() or f"of {document.event_count} events" in editor.told.text()
        )
    )
    first = dict(zip(editor.first_rows.model()._columns, cells(editor)[0], strict=True))  # type: ignore[attr-defined]
    assert first.keys() == {"account", "turnover"}
    assert first["turnover"] == "80"
    write(qtbot, editor, query.replace("data.amount", "data.ammount").format(""))
    assert not editor.use.isEnabled()
    qtbot.waitUntil(lambda: "no event has “data.ammount”; near it is “amount”" in editor.verdict.text())
    assert cells(editor) == []
    assert editor.told.text() == ""
    assert not editor.use.isEnabled()
    (mark,) = editor.editor.extraSelections()
    assert mark.cursor.block().text()[mark.cursor.selectionStart() :].startswith("data")
    write(qtbot, editor, query.format("WHERE type = 'MoneyDepositd'"))
    qtbot.waitUntil(lambda: "near it is “MoneyDeposited”" in editor.verdict.text())
    assert editor.verdict.text().startswith("It names what this log does not have:\nline 1, column ")
    qtbot.waitUntil(editor.use.isEnabled)  # such events may yet come
    qtbot.waitUntil(lambda: "The first 0 of 0 rows" in editor.told.text())
    assert "It can be used" not in editor.verdict.text()
    write(qtbot, editor, query.format("WHERE type LIKE 'Mony%'"))
    qtbot.waitUntil(lambda: editor.verdict.text() == "It gives no row for this log.")
    write(qtbot, editor, query.format("WHERE data.amount > 'lots'"))
    qtbot.waitUntil(lambda: "“lots” is not a number" in editor.told.text())
    assert "could not be applied" in editor.told.text()
    editor.reject()


def test_giving_up_the_editor_leaves_the_read_model_as_it_was(qtbot: QtBot, lesson: MainWindow) -> None:
    before = lesson.page.header.projection.currentText()
    choose(lesson, "sql")
    editor = dialog(qtbot, QueryDialog)
    qtbot.waitUntil(lambda: editor.verdict.text() != "")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: lesson.page.header.projection.currentText() == before)


def test_an_example_can_be_taken_and_the_query_saved(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    choose(lesson, "sql")
    editor = dialog(qtbot, QueryDialog)
    editor.examples.setCurrentIndex(editor.examples.findText("cash-flow.sql"))
    editor.examples.activated.emit(editor.examples.currentIndex())
    assert "GROUP BY account, month" in editor.editor.toPlainText()
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    name_file(qtbot, tmp_path / "mine.sql")
    gone(qtbot, QFileDialog)
    assert (tmp_path / "mine.sql").read_text(encoding="utf-8") == editor.editor.toPlainText()
    assert editor.recipe.name == "mine.sql"
    qtbot.waitUntil(editor.use.isEnabled)
    editor.reject()


def test_a_program_runs_only_after_the_person_has_seen_it_and_said_so(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "seen.py"
    file.write_text(LOUD)
    lesson.parts.read_models.open_file(str(file))
    asked = dialog(qtbot, TrustDialog)
    assert asked.text.toPlainText() == LOUD
    asked.reject()
    assert headers(lesson)[1] == "owner"  # nothing has run
    lesson.parts.read_models.open_file(str(file))
    asked = dialog(qtbot, TrustDialog)
    qtbot.mouseClick(asked.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(lesson) == ["key", "seen"])
    assert Trust().covers(lesson._options.projection)


def test_a_file_that_is_saved_anew_is_used_anew(qtbot: QtBot, lesson: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "turnover.sql"
    query = "SELECT data.accountId AS account, sum(data.amount) AS turnover FROM events GROUP BY account"
    file.write_text(query)
    lesson.parts.read_models.open_file(str(file))
    qtbot.waitUntil(lambda: headers(lesson) == ["account", "turnover"])
    new = tmp_path / "new"
    new.write_text(query.replace("turnover", "moved"))
    new.replace(file)  # as many editors save
    qtbot.waitUntil(lambda: headers(lesson) == ["account", "moved"])
    bar, mended = lesson.parts.wrong_files.model, file.read_text()
    file.write_text("SELECT")
    qtbot.waitUntil(lambda: bar.isVisible() and "turnover.sql, line 1" in bar.text.whole_text())
    assert headers(lesson) == ["account", "moved"]
    qtbot.keyClick(lesson.page.events_table, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: lesson.page.header.where.text() == "2 of 3")
    assert bar.isVisible()  # whatever else is said meanwhile
    file.write_text(mended)  # as it was before
    qtbot.waitUntil(lambda: not bar.isVisible())
    file.write_text("SELECT")
    qtbot.waitUntil(bar.isVisible)
    choose(lesson, "latest")
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_what_is_wrong_with_a_program_that_was_saved_stays_in_sight_until_it_is_mended(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    file, bar = tmp_path / "seen.py", lesson.parts.wrong_files.model
    file.write_text(LOUD)
    lesson.parts.read_models.open_file(str(file))
    qtbot.mouseClick(dialog(qtbot, TrustDialog).run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(lesson) == ["key", "seen"])
    file.write_text(LOUD + "def broken(:\n")
    qtbot.waitUntil(lambda: bar.isVisible() and "seen.py, line 5" in bar.text.whole_text())
    assert headers(lesson) == ["key", "seen"]
    file.write_text(LOUD.replace("seen", "noticed"))
    qtbot.mouseClick(dialog(qtbot, TrustDialog).run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(lesson) == ["key", "noticed"])
    assert not bar.isVisible()


def test_a_program_that_changes_is_asked_about_again_unless_the_person_said_always(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "seen.py"
    file.write_text(LOUD)
    lesson.parts.read_models.open_file(str(file))
    qtbot.mouseClick(dialog(qtbot, TrustDialog).run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(lesson) == ["key", "seen"])
    file.write_text(LOUD.replace("seen", "noticed"))
    asked = dialog(qtbot, TrustDialog)
    asked.always.setChecked(True)
    qtbot.mouseClick(asked.run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(lesson) == ["key", "noticed"])
    file.write_text(LOUD.replace("seen", "marked"))
    qtbot.waitUntil(lambda: headers(lesson) == ["key", "marked"])


def test_the_key_of_trouble_leads_to_the_event_at_which_a_program_failed_however_long_the_log(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    path, file = tmp_path / "long.jsonl", tmp_path / "failing.py"
    path.write_text("".join(account_log(30_000, 10, 1)), "utf-8")
    file.write_text(FAILING)
    window = open_window(path)
    window.parts.read_models.open_file(str(file))
    qtbot.mouseClick(dialog(qtbot, TrustDialog).run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: headers(window) == ["key", "last"], timeout=20_000)
    page = window.page
    page.playhead.move_to(0)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(page.events_table, Qt.Key.Key_F8)
    assert page.playhead.position == 25_003
    assert page.document is not None
    entry = page.document.entry(page.document.row_of_position(25_003))
    assert "evolve failed: ValueError: boom" in (entry.notice or "")


@pytest.mark.parametrize("name", ["none.sql", "none.txt"])
def test_a_file_that_is_no_read_model_is_refused_in_a_sentence(
    qtbot: QtBot, lesson: MainWindow, tmp_path: Path, name: str
) -> None:
    from PySide6.QtWidgets import QMessageBox

    lesson.parts.read_models.open_file(str(tmp_path / name))
    box = dialog(qtbot, QMessageBox)
    assert "none." in box.text()
    box.close()


def test_what_was_chosen_last_stays_whatever_is_still_being_read(qtbot: QtBot, lesson: MainWindow) -> None:
    """A query in a file takes a moment to read; who chooses a built-in read model meanwhile has chosen that."""
    file = Path(lesson.path or "").parent / "turnover.sql"
    file.write_text(
        "SELECT data.accountId AS account, sum(data.amount) AS turnover FROM events GROUP BY account"
    )
    chosen: list[Recipe] = []
    lesson.parts.read_models.chosen.connect(chosen.append)
    lesson.parts.read_models.open_file(str(file))
    choose(lesson, "latest")
    assert QThreadPool.globalInstance().waitForDone(10_000)
    qtbot.waitUntil(lambda: not lesson.opening and QThreadPool.globalInstance().activeThreadCount() == 0)
    QApplication.processEvents()
    assert [each.name for each in chosen] == ["latest"]
    assert lesson.parts.read_models.file is None


def test_the_order_that_was_chosen_last_stays(qtbot: QtBot, lesson: MainWindow) -> None:
    document = lesson.page.document
    assert document is not None
    lesson.page.header.order_chosen.emit("time")
    lesson.page.header.order_chosen.emit("log")  # before that of time is worked out
    assert QThreadPool.globalInstance().waitForDone(10_000)
    for _ in range(3):
        QApplication.processEvents()
    assert document.order == "log"
    lesson.page.header.order_chosen.emit("time")
    qtbot.waitUntil(lambda: document.order == "time")


def test_the_window_offers_a_read_model_that_is_registered_once(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    with registered():
        window = open_window(write_doors(tmp_path))
        header = window.page.header
        assert header.projection.currentText() == "Read model: visits (automatic)"
        assert ("Read model: visits", "visits") in header.read_models()
        assert headers(window) == ["guest", "visits", "last room"]
        choose(window, "latest")
        qtbot.waitUntil(lambda: "entity" in headers(window))
        choose(window, "visits")
        qtbot.waitUntil(lambda: headers(window) == ["guest", "visits", "last room"])
        assert FieldsDialog(window.page.document, window).meanings.rowCount() == 1
