"""Can a lesson be walked through in the window, with keys and mouse, and does every step do what it says?"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from explorer.desktop.lessons.lesson_controller import LessonController
from explorer.desktop.lessons.spotlight import DOCKS
from explorer.desktop.look.buttons import Choice
from explorer.desktop.menus.action_table import LESSON_ACTIONS, OWN_LESSONS
from explorer.desktop.projections.query_dialog import QueryDialog
from explorer.desktop.translation import speak_in
from explorer.desktop.window.main_window import MainWindow
from explorer.language import tr
from explorer.resources import resource, spoken_resource
from explorer.session.lessons import read_lesson
from explorer.session.lessons.answers import judged
from explorer.session.lessons.lesson import Bring, Go, Highlight, Select, Show
from explorer.session.lessons.reading import lessons
from explorer.session.lessons.staging import is_done
from tests.desktop.hands import dialog_in_front, name_file

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
SIZE = 1280, 720  # a projector


@pytest.fixture
def window(open_window) -> MainWindow:  # type: ignore[no-untyped-def]
    opened: MainWindow = open_window(None)
    opened.resize(*SIZE)
    return opened


def begin(qtbot: QtBot, window: MainWindow, path: Path) -> LessonController:
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.open_path(str(path))
    return window.parts.lessons


def step(qtbot: QtBot, window: MainWindow, key: Qt.Key = Key.Key_PageDown) -> None:
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        qtbot.keyClick(window, key, CONTROL)


def first_done(teaching: LessonController, window: MainWindow) -> int:
    scene, document = teaching.scene, window.page.document
    assert scene is not None
    assert scene.step.task is not None
    assert document is not None
    return next(at for at in range(document.event_count + 1) if is_done(scene.step.task, document, at))


def check_actions(qtbot: QtBot, window: MainWindow) -> None:
    """Hold the window against everything that the step says it does."""
    teaching, page = window.parts.lessons, window.page
    scene = teaching.scene
    assert scene is not None
    assert teaching.panel.title.text() == scene.step.title
    assert page.playhead.position == scene.position
    qtbot.waitUntil(
        lambda: (
            page.header.where.text()
            == tr("{position:,} of {total:,}").format(position=scene.position, total=page.playhead.last)
        )
    )
    narrative = teaching.panel.narrative.toPlainText()
    for block in scene.step.blocks:
        assert block.text.replace("\n", " ").split("\n")[0][:30] in narrative.replace("\n", " ")
    rings = 0
    for action, place in zip(scene.step.actions, scene.places, strict=True):
        match action:
            case Go():
                assert 0 <= place <= page.playhead.last
            case Select():
                assert page.state_table.entity == action.entity
                column = page.state_table.currentIndex().column()
                assert page.state_model.column_name(column) == action.field
                assert page.why.value == (action.entity, action.field)
            case Bring():
                qtbot.waitUntil(lambda panel=DOCKS[action.panel]: page.panels.in_front(panel))
            case Highlight():
                rings += 1
            case Show():
                check_exhibit(teaching, scene.position)
    qtbot.waitUntil(lambda: len(teaching.spotlight.rings()) == rings)
    assert window.size().toTuple() == SIZE


def check_exhibit(teaching: LessonController, position: int) -> None:
    view = teaching.panel.exhibit
    if view.exhibit is None:  # nobody has written the read model yet
        assert teaching.panel.own_model.isVisible()
        return
    assert view.isVisible()
    assert view.shown == view.exhibit.frame(position)
    for table, grid in zip(view.grids, view.shown.grids, strict=False):
        rows = [
            tuple(table.grid_model.index(row, column).data() for column in range(len(grid.columns)))
            for row in range(table.grid_model.rowCount())
        ]
        assert tuple(rows) == grid.rows


def predict(qtbot: QtBot, teaching: LessonController, *, right: bool) -> None:
    """Choose or write an answer, by keys."""
    scene, box = teaching.scene, teaching.panel.question
    assert scene is not None
    assert scene.step.question is not None
    assert scene.expected is not None
    if scene.step.question.choices:
        (button,) = (
            each
            for each in box.choices.findChildren(Choice)
            if each.isVisible() and judged(each.property("choice"), scene.expected.value) is right
        )
        button.setFocus()
        qtbot.keyClick(button, Key.Key_Space)
        qtbot.mouseClick(box.reveal, LEFT)
    else:
        box.line.clear()
        box.line.setFocus()
        qtbot.keyClicks(box.line, scene.expected.text.replace("\N{MINUS SIGN}", "-") if right else "77")
        qtbot.keyClick(box.line, Key.Key_Return)
        if box.waiting:  # locked in: once more reveals
            assert not box.verdict.isVisible()
            qtbot.keyClick(box.line, Key.Key_Return)


def answer_question(qtbot: QtBot, window: MainWindow, *, first: bool) -> None:
    """Answer right and wrong, the `first` of them counts; do a task, and try it where it is not done."""
    teaching = window.parts.lessons
    scene = teaching.scene
    assert scene is not None
    box = teaching.panel.question
    if scene.step.question is not None:
        assert scene.expected is not None
        assert not box.verdict.isVisible()
        for right in (first, not first):
            predict(qtbot, teaching, right=right)
            said = tr("✓ Right: {answer}.") if right else tr("✗ Not so: it is {answer}.")
            assert box.verdict.text().startswith(said.format(answer=scene.expected.text))
            late = tr("This came after the answer, and is not counted.")
            assert (late in box.verdict.text()) is (right is not first)
            assert window.page.playhead.position == scene.expected.position
    elif scene.step.task is not None:
        place = first_done(teaching, window)
        assert not is_done(scene.step.task, window.page.document, window.page.playhead.position)  # type: ignore[arg-type]
        qtbot.mouseClick(box.reveal, LEFT)
        assert box.verdict.text().startswith(tr("✗ Not yet: it does not hold here."))
        window.page.events_table.setFocus()
        while window.page.playhead.position < place:
            qtbot.keyClick(window.page.events_table, Key.Key_Right)
        while window.page.playhead.position > place:
            qtbot.keyClick(window.page.events_table, Key.Key_Left)
        qtbot.mouseClick(box.reveal, LEFT)
        assert box.verdict.text() == tr("✓ Done.")
    else:
        assert not box.isVisible()


@pytest.fixture
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Speak a language as long as the test runs; ask for it before the window."""
    speak_in(request.param)
    yield request.param
    speak_in("en")
    QLocale.setDefault(QLocale.c())


@pytest.mark.parametrize("which", range(len(lessons())))
@pytest.mark.parametrize("spoken", ["en", "de"], indirect=True)
def test_every_step_of_a_lesson_does_what_it_says(
    spoken: str, qtbot: QtBot, window: MainWindow, which: int
) -> None:
    path = spoken_resource("lessons", lessons()[which].name)
    assert path in lessons(spoken)
    teaching = begin(qtbot, window, path)
    lesson = read_lesson(path)
    for number in range(len(lesson.steps)):
        assert teaching.number == number
        check_actions(qtbot, window)
        answer_question(qtbot, window, first=number % 2 == 0)
        if number + 1 < len(lesson.steps):
            step(qtbot, window)
    counted = [at % 2 == 0 for at, each in enumerate(lesson.steps) if each.question is not None]
    assert [given.correct for given in teaching.predictions.notebook.given] == counted
    for number in reversed(range(len(lesson.steps) - 1)):  # and back, with the same effects
        step(qtbot, window, Key.Key_PageUp)
        assert teaching.number == number
        check_actions(qtbot, window)
    teaching.go_to_step(len(lesson.steps) - 1)
    teaching.panel.next.setFocus()
    qtbot.keyClick(teaching.panel.next, Key.Key_Space)
    assert teaching.lesson is None
    assert not teaching.panel.isVisible()


def test_the_menu_and_the_welcome_page_list_every_lesson_by_its_title(window: MainWindow) -> None:
    assert [name for name, _ in OWN_LESSONS] == [path.name for path in lessons()]
    links = {link.text() for link in window.welcome.findChildren(QPushButton)}
    for number, (name, text) in enumerate(OWN_LESSONS, 1):
        title = f"{number} {read_lesson(resource('lessons', name)).title}"
        assert text.replace("&", "") == title
        assert title in links


def test_a_lesson_begins_from_the_welcome_page_and_ends_with_its_log_open(
    qtbot: QtBot, window: MainWindow
) -> None:
    title = read_lesson(lessons()[0]).title
    (link,) = (each for each in window.welcome.findChildren(QPushButton) if each.text().endswith(title))
    layout = window.page.panels.saved()
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        qtbot.mouseClick(link, LEFT)
    assert window.parts.lessons.panel.isVisible()
    assert not window.page.panels.is_open("find")
    remembered = window.parts.workspaces.view().layout
    assert remembered != window.page.panels.saved().data()  # that of the lesson is not worth remembering
    qtbot.mouseClick(window.parts.lessons.panel.close_button, LEFT)
    assert not window.parts.lessons.panel.isVisible()
    assert window.page.document is not None
    assert window.page.document.name == "one-account.jsonl"
    assert window.page.panels.is_open("find")
    assert window.page.panels.saved().size() == layout.size()


def test_what_is_done_to_a_lesson_is_offered_only_while_one_is_given(
    qtbot: QtBot, window: MainWindow
) -> None:
    actions = [window.actions_by_name[name] for name in LESSON_ACTIONS]
    assert not any(action.isEnabled() for action in actions)
    teaching = begin(qtbot, window, lessons()[0])
    assert all(action.isEnabled() for action in actions)
    teaching.end()
    assert not any(action.isEnabled() for action in actions)


def test_page_keys_lead_through_the_steps_from_the_panel_itself(qtbot: QtBot, window: MainWindow) -> None:
    teaching = begin(qtbot, window, lessons()[0])
    with qtbot.waitSignal(teaching.step_shown):
        qtbot.keyClick(teaching.panel.narrative, Key.Key_PageDown)
    assert teaching.number == 1
    with qtbot.waitSignal(teaching.step_shown):
        qtbot.keyClick(teaching.panel.next, Key.Key_PageUp)
    assert teaching.number == 0


def test_a_wrong_prediction_is_answered_and_all_of_them_can_be_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    teaching = begin(qtbot, window, lessons()[0])
    teaching.go_to_step(3)
    box = teaching.panel.question
    guess(qtbot, teaching, "80")
    assert box.verdict.text() == "✗ Not so: it is 20.00.  50.00 − 30.00 = 20.00"
    for prediction in ("20 EUR", "80"):  # in other groups
        begin_anew(qtbot, window)
        teaching.go_to_step(3)
        guess(qtbot, teaching, prediction)
    assert box.tally.text() == "Predicted here so far: 80 (2×), 20 EUR (1×)"
    box.line.clear()
    qtbot.mouseClick(box.reveal, LEFT)
    assert box.verdict.text().startswith("It is 20.00.")
    window.actions_by_name["lessons.predictions.ask_where"].trigger()
    name_file(qtbot, tmp_path / "p.csv")
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["prediction"], row["correct"]) for row in rows] == [
        ("80", "no"),
        ("20 EUR", "yes"),
        ("80", "no"),
    ]
    assert {row["step"] for row in rows} == {"4"}


def guess(qtbot: QtBot, teaching: LessonController, text: str) -> None:
    """Write a prediction, lock it in by Enter, and reveal by Enter; once the answer is known one Enter is enough."""
    line = teaching.panel.question.line
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Key.Key_Return)
    if teaching.panel.question.waiting:
        qtbot.keyClick(line, Key.Key_Return)


def begin_anew(qtbot: QtBot, window: MainWindow) -> None:
    """Begin the first lesson while it is given."""
    with qtbot.waitSignal(window.parts.lessons.step_shown, check_params_cb=lambda step: step == 0):
        window.open_path(str(lessons()[0]))


def test_a_guess_after_the_answer_is_judged_and_not_counted(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    teaching = begin(qtbot, window, lessons()[0])
    teaching.go_to_step(3)
    box, book = teaching.panel.question, teaching.predictions.notebook
    qtbot.mouseClick(box.reveal, LEFT)  # nobody had predicted anything
    guess(qtbot, teaching, "20")
    assert box.verdict.text() == (
        "✓ Right: 20.00.  50.00 − 30.00 = 20.00\nThis came after the answer, and is not counted."
    )
    assert (book.given, box.tally.isVisible()) == ([], False)
    teaching.go_to_step(6)
    guess(qtbot, teaching, "1")
    guess(qtbot, teaching, "529")
    teaching.go_to_step(5)
    teaching.go_to_step(6)  # asked again, and still known
    guess(qtbot, teaching, "529.00")
    assert [(given.step, given.given, given.correct) for given in book.given] == [(7, "1", False)]
    assert "529" not in book.as_csv().split("right answer", 1)[1].replace(",529.00,no", "")
    assert not box.tally.isVisible()
    begin_anew(qtbot, window)  # another group, which has seen nothing yet
    teaching.go_to_step(6)
    guess(qtbot, teaching, "529")
    assert [given.correct for given in book.given] == [False, True]


def test_another_log_ends_the_lesson(qtbot: QtBot, window: MainWindow) -> None:
    teaching = begin(qtbot, window, lessons()[0])
    with qtbot.waitSignal(teaching.ended):
        window.open_path(str(resource("samples", "three-events.jsonl")))
    assert not teaching.panel.isVisible()
    assert teaching.spotlight.rings() == []


def test_the_same_log_read_anew_keeps_the_lesson(qtbot: QtBot, window: MainWindow) -> None:
    teaching = begin(qtbot, window, lessons()[0])
    step(qtbot, window)
    with qtbot.waitSignal(teaching.step_shown):
        qtbot.keyClick(window, Key.Key_F5)
    assert teaching.number == 1
    assert teaching.panel.exhibit.shown.grids[0].rows[0][0] == "acc-1"


def test_a_teachers_own_lesson_with_a_mistake_is_refused_with_its_line(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "own.md").write_text(
        "---\ntitle: T\nlog: three-events.jsonl\n---\n\n## A\n\n```do\nselect: acc-1 balence\n```\n"
    )
    window.open_path(str(tmp_path / "own.md"))
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert box.text().startswith("own.md, line 9: there is no field “balence”")
    box.close()
    assert window.parts.lessons.lesson is None


def test_hostile_text_in_a_lesson_and_its_log_stays_text(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    name = "<img src=x><b>a</b>"
    (tmp_path / "x.jsonl").write_text(
        f'{{"type":"AccountOpened","data":{{"accountId":"{name}","owner":"<i>o</i>"}},"at":"2026-01-01"}}\n'
        f'{{"type":"MoneyDeposited","data":{{"accountId":"{name}","amount":5}},"at":"2026-01-02"}}\n'
    )
    (tmp_path / "own.md").write_text(
        f"---\ntitle: <u>T</u>\nlog: x.jsonl\n---\n\n## <b>A</b>\n\n<script>x</script> {name}\n\n"
        f'```do\ngo: end\nshow: row "{name}"\npredict: <i>?</i>\nanswer: value "{name}" balance\n```\n'
    )
    teaching = begin(qtbot, window, tmp_path / "own.md")
    assert f"<script>x</script> {name}" in teaching.panel.narrative.toPlainText()
    assert teaching.panel.title.text() == "<b>A</b>"
    assert teaching.panel.title.textFormat() == Qt.TextFormat.PlainText
    assert teaching.panel.question.text.text() == "<i>?</i>"
    assert teaching.panel.exhibit.shown.grids[0].rows[0][0] == name
    assert teaching.panel.exhibit.code.textFormat() == Qt.TextFormat.PlainText
    assert teaching.panel.narrative.document().toHtml().count("<img") == 0


def test_a_read_model_written_by_the_students_is_shown_beside_the_log(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    query = "SELECT type AS kind, count(*) AS times FROM events GROUP BY kind"
    (tmp_path / "own.md").write_text(
        f"---\ntitle: T\nlog: three-events.jsonl\n---\n\n## A\n\n```sql\n{query}\n```\n\n"
        "```do\ngo: 2\nshow: own-model\n```\n"
    )
    teaching = begin(qtbot, window, tmp_path / "own.md")
    assert not teaching.panel.exhibit.isVisible()
    qtbot.mouseClick(teaching.panel.own_model, LEFT)
    (dialog,) = window.findChildren(QueryDialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == query
    qtbot.waitUntil(dialog.use.isEnabled)
    with qtbot.waitSignal(teaching.step_shown):
        qtbot.mouseClick(dialog.use, LEFT)
    assert teaching.panel.exhibit.shown.grids[0].rows == (("AccountOpened", "1"), ("MoneyDeposited", "1"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.page.events_table, Key.Key_Right)
    qtbot.waitUntil(lambda: len(teaching.panel.exhibit.shown.grids[0].rows) == 3)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("'MoneyWithdrwan'", "'MoneyWithdrawn'", "no event is of the type “MoneyWithdrwan”; near it is"),
        ("max(data.amuont)", "max(data.amount)", "no event has “data.amuont”; near it is “amount”"),
        ("data.acountId", "data.accountId", "no event has “data.acountId”; near it is “accountId”"),
    ],
)
def test_a_name_that_a_student_mistypes_is_said_and_the_query_is_not_called_fit(
    qtbot: QtBot, window: MainWindow, wrong: str, right: str, said: str
) -> None:
    teaching = begin(qtbot, window, lessons()[2])
    assert teaching.lesson is not None
    kinds = [None if each.exhibit is None else each.exhibit.kind for each in teaching.lesson.steps]
    with qtbot.waitSignal(teaching.step_shown):
        teaching.go_to_step(kinds.index("own-model"))
    qtbot.mouseClick(teaching.panel.own_model, LEFT)
    dialog = dialog_in_front(qtbot, QueryDialog)
    wanted = dialog.editor.toPlainText().replace("'MoneyDeposited'", "'MoneyWithdrawn'")
    dialog.editor.selectAll()
    dialog.editor.insertPlainText(wanted.replace(right, wrong))
    qtbot.waitUntil(lambda: said in dialog.verdict.text())
    assert "It can be used" not in dialog.verdict.text()
    assert dialog.verdict.property("role") == "warning"
    dialog.editor.selectAll()
    dialog.editor.insertPlainText(wanted)
    qtbot.waitUntil(lambda: dialog.verdict.text() == "It can be used.")
    with qtbot.waitSignal(teaching.step_shown):
        qtbot.mouseClick(dialog.use, LEFT)


def test_every_widget_of_a_lesson_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    teaching = begin(qtbot, window, lessons()[0])
    teaching.go_to_step(3)
    for line in teaching.panel.findChildren(QLineEdit):
        assert line.accessibleName()
    for table in teaching.panel.exhibit.grids:
        assert table.accessibleName()
    for button in teaching.panel.findChildren(QPushButton):
        assert button.text()
    assert teaching.panel.close_button.accessibleName() == "End the lesson"


def test_a_lesson_is_saved_as_a_page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    teaching = begin(qtbot, window, lessons()[0])
    window.actions_by_name["lessons.pages.ask_where"].trigger()
    with qtbot.waitSignal(teaching.pages.saved):
        name_file(qtbot, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Events as the source of truth" in page
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".ini"] == ["page.html"]
    window.actions_by_name["lessons.pages.ask_where"].trigger()
    name_file(qtbot, tmp_path / "none" / "page.html")
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert "it cannot be written: No such file or directory" in box.text()
    box.close()


@pytest.mark.parametrize("onto", [2, 0])  # a longer log, and one that is about as long
def test_another_lesson_may_begin_while_one_is_given(qtbot: QtBot, window: MainWindow, onto: int) -> None:
    teaching = begin(qtbot, window, lessons()[1])
    with qtbot.waitSignal(teaching.step_shown):
        teaching.go_to_step(len(read_lesson(lessons()[1]).steps) - 1)
    assert teaching.panel.exhibit.exhibit is not None  # what the rules say, at every position of this log
    action = window.actions_by_name[f"lessons.open_own:{lessons()[onto].name}"]
    with qtbot.waitSignal(teaching.step_shown):
        action.trigger()
    assert teaching.lesson is not None
    assert teaching.lesson.title == read_lesson(lessons()[onto]).title
    check_actions(qtbot, window)


@pytest.mark.parametrize("spoken", ["en", "de"], indirect=True)
def test_nothing_of_the_three_questions_is_cut_on_a_projector(
    spoken: str, qtbot: QtBot, window: MainWindow
) -> None:
    teaching = begin(qtbot, window, spoken_resource("lessons", lessons()[0].name))
    with qtbot.waitSignal(teaching.step_shown):
        teaching.go_to_step(11)
    (table,) = (each for each in teaching.panel.exhibit.grids if each.isVisible())
    model = table.grid_model
    row_says = [model.index(row, 1).data() for row in range(3)]
    log_says = [model.index(row, 2).data() for row in range(3)]
    assert row_says[0] == tr("It is {value}. How, I cannot know.").format(value="20.00")
    assert row_says[1:] == [tr("I cannot know: no column says so."), tr("I cannot know: it was overwritten.")]
    assert "−480.00 = 20.00" in log_says[0]
    assert log_says[1].split("\n")[-1] == "01-12  −480.00  bicycle"
    assert len(log_says[1].split("\n")) == 9
    assert log_says[2].startswith("580.00")
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            cell = table.visualRect(model.index(row, column))
            text = QRect(0, 0, cell.width() - 10, 10_000)
            needed = table.fontMetrics().boundingRect(
                text, int(Qt.TextFlag.TextWordWrap), model.index(row, column).data()
            )
            assert needed.height() <= cell.height()


def test_a_ring_goes_around_what_an_exhibit_shows_and_not_around_empty_room(
    qtbot: QtBot, window: MainWindow
) -> None:
    teaching = begin(qtbot, window, lessons()[1])
    step(qtbot, window)
    view = teaching.panel.exhibit
    assert view.exhibit is not None
    qtbot.waitUntil(lambda: len(teaching.spotlight.rings()) == 1)
    (ring,) = teaching.spotlight.rings()
    assert ring.height() < view.height() * 3 // 4
    last = view.notes.mapTo(window, view.notes.rect().bottomLeft())
    assert abs(ring.bottom() - last.y()) < 12


def test_long_lines_of_the_narrative_are_wrapped_and_hide_nothing(qtbot: QtBot, window: MainWindow) -> None:
    teaching = begin(qtbot, window, lessons()[2])
    for number in (2, 10):
        with qtbot.waitSignal(teaching.step_shown):
            teaching.go_to_step(number)
        narrative = teaching.panel.narrative
        qtbot.waitUntil(lambda view=narrative: view.document().textWidth() <= view.viewport().width())
        assert not narrative.horizontalScrollBar().isVisible()
    assert not narrative.verticalScrollBar().isVisible()  # below it stands a button only


def test_a_value_that_has_changed_stands_whole_beside_what_it_was(qtbot: QtBot, window: MainWindow) -> None:
    teaching = begin(qtbot, window, lessons()[1])
    with qtbot.waitSignal(teaching.step_shown):
        teaching.go_to_step(8)  # acc-2 has just been frozen
    table = window.page.state_table
    column = next(at for at in range(1, 8) if window.page.state_model.column_name(at) == "status")
    room = table.columnWidth(column) - 2 * 6
    assert table.fontMetrics().horizontalAdvance("open → frozen") <= room
