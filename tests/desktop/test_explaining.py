"""Can a person ask of any value why it is so, see it over time, and follow causes, by mouse and by keys?"""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from explorer.desktop import plain
from explorer.desktop.why.cause_panel import CausePanel
from explorer.desktop.why.plot_panel import PlotPanel
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.errors import LogError
from explorer.resources import resource
from explorer.session.document import Document

Key = Qt.Key
SMALL = resource("samples", "small-bank.jsonl")


def settled(qtbot: QtBot, window: MainWindow, position: int) -> None:
    qtbot.waitUntil(
        lambda: window.page.header.where.text() == f"{position:,} of {window.page.playhead.last:,}"
    )


def go_to(qtbot: QtBot, window: MainWindow, position: int) -> None:
    window.page.playhead.move_to(position)
    settled(qtbot, window, position)


def choose(menu: QMenu, beginning: str) -> None:
    """Choose what begins so, as a click would, and let the menu go."""
    action = next(each for each in menu.actions() if each.text().replace("&", "").startswith(beginning))
    action.trigger()
    menu.close()
    menu.deleteLater()


def drawn(qtbot: QtBot, window: MainWindow) -> PlotPanel:
    window.page.panels.bring_up("plot")
    panel = window.page.plotting.panel
    qtbot.waitUntil(lambda: panel.view is not None and panel.steps is not None)
    qtbot.waitUntil(lambda: window.page.panels.in_front("plot"))
    return panel


# --- why -----------------------------------------------------------------------------------------


def test_the_last_event_that_set_a_value_is_named_and_one_key_away(qtbot: QtBot, lesson: MainWindow) -> None:
    go_to(qtbot, lesson, 3)
    lesson.page.state_table.choose("acc-1", "balance")
    why = lesson.page.why
    assert why.sentence.text() == "Withdrawn 30 by MoneyWithdrawn #3 on Sat 3 Jan 2026: 50 − 30 = 20"
    go_to(qtbot, lesson, 2)
    assert why.sentence.text() == "Deposited 50 by MoneyDeposited #2 on Fri 2 Jan 2026: 0 + 50 = 50"
    go_to(qtbot, lesson, 3)
    go_to(qtbot, lesson, 1)
    qtbot.keyClick(lesson, Key.Key_End)
    settled(qtbot, lesson, 3)
    lesson.page.playhead.move_to(2)
    settled(qtbot, lesson, 2)
    qtbot.mouseClick(why.go, Qt.MouseButton.LeftButton)
    settled(qtbot, lesson, 2)


def test_a_value_that_was_set_earlier_is_one_click_from_its_event(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.page.state_table.choose("acc-2", "owner")
    assert window.page.why.go.text() != ""
    position = int(window.page.why.model.lines.positions[-1])
    qtbot.mouseClick(window.page.why.go, Qt.MouseButton.LeftButton)
    settled(qtbot, window, position)
    go_to(qtbot, window, 400)
    qtbot.keyClick(window, Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window, position)
    assert "Set to" in window.page.why.sentence.text()


def test_the_menu_of_a_value_goes_to_what_set_it(qtbot: QtBot, lesson: MainWindow) -> None:
    go_to(qtbot, lesson, 3)
    model = lesson.page.state_model
    column = next(
        at for at in range(model.columnCount()) if model.headerData(at, Qt.Orientation.Horizontal) == "Status"
    )
    menu = lesson.page.offering.menu_for(model.index(0, column))
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert texts[:3] == [
        "Go to AccountOpened #1, which set it last",
        "Draw status of acc-1 over time",
        "Why is status of acc-1 so?",
    ]
    choose(menu, "Go to AccountOpened")
    settled(qtbot, lesson, 1)


def test_a_value_in_the_difference_has_the_same_menu(qtbot: QtBot, lesson: MainWindow) -> None:
    go_to(qtbot, lesson, 3)
    qtbot.keyClick(lesson, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    table = lesson.page.diff.table
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    qtbot.waitUntil(lambda: lesson.page.panels.in_front("diff"))
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(0, 2)).center())
    menu = table.findChild(QMenu)
    assert menu.actions()[0].text().replace("&", "").startswith("Go to MoneyWithdrawn #3")
    choose(menu, "Why is")
    qtbot.waitUntil(lambda: lesson.page.panels.in_front("why"))


def test_nothing_important_is_cut_at_the_usual_size(qtbot: QtBot, open_window, shared_data: Path) -> None:  # type: ignore[no-untyped-def]
    window = open_window(shared_data / "bank" / "berka_events.jsonl")
    window.resize(1280, 800)
    entity = window.page.document.entity_at(14_321)
    window.page.state_table.choose(entity, "balance")
    table, model = window.page.why.table, window.page.why.model
    qtbot.waitUntil(lambda: table.rowAt(0) >= 0)
    for row in range(table.rowAt(0), model.rowCount()):
        for column in (0, 1, 2, 4):
            text = str(model.index(row, column).data())
            font = model.index(row, column).data(Qt.ItemDataRole.FontRole) or table.font()
            from PySide6.QtGui import QFontMetrics

            assert QFontMetrics(font).horizontalAdvance(text) < table.columnWidth(column), text
    right = sum(table.columnWidth(column) for column in (0, 1, 2, 4))
    assert right <= table.viewport().width()
    assert table.isColumnHidden(5)  # this log tells no reasons: no empty column, and no heading that is cut


def test_reasons_have_a_column_where_a_log_tells_any(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.resize(1280, 800)
    window.page.state_table.choose("acc-1", "balance")
    table = window.page.why.table
    qtbot.waitUntil(lambda: not table.isColumnHidden(5))
    assert table.columnWidth(5) > table.fontMetrics().horizontalAdvance("Reason")


def test_a_value_with_a_hundred_thousand_changes_is_told_at_once(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    log = tmp_path / "busy.jsonl"
    line = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":0.01}}\n'
    log.write_text(line * 100_000)
    window = open_window(log)
    qtbot.waitUntil(lambda: window.page.document.complete and window.page.playhead.last == 100_000)
    window.page.state_table.choose("a", "balance")
    assert window.page.why.model.rowCount() == 100_000
    go_to(qtbot, window, 70_000)
    assert "699.99 + 0.01 = 700.00" in window.page.why.sentence.text()


def test_a_reason_in_the_metadata_is_part_of_the_answer(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    go_to(qtbot, window, 2)
    window.page.state_table.choose("acc-1", "balance")
    assert window.page.why.sentence.text().endswith("0 + 100.00 = 100.00. Reason: first deposit")


# --- the plot ------------------------------------------------------------------------------------


def test_the_plotting_library_is_not_loaded_before_somebody_looks(qtbot: QtBot) -> None:
    import subprocess

    code = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.settings import open_settings
from pathlib import Path
window = MainWindow(open_settings(Path(sys.argv[1])))
window.show()
window.open_path(sys.argv[2])
while window.page.document is None:
    app.processEvents()
window.page.state_table.choose("acc-1", "balance")
app.processEvents()
print("pyqtgraph" in sys.modules)
window.close()
"""
    root = Path(__file__).resolve().parents[2]
    args = [
        sys.executable,
        "-c",
        code,
        "/nowhere/settings.ini",
        str(resource("samples", "three-events.jsonl")),
    ]
    run = subprocess.run(args, cwd=root, capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "False", run.stderr


def test_a_click_on_a_step_goes_there_and_the_line_follows(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.page.state_table.choose("acc-1", "balance")
    panel = drawn(qtbot, window)
    view = panel.view
    positions = panel.steps.changes.positions
    wanted = int(positions[10])
    qtbot.waitUntil(lambda: view.width() > 200)
    place = QPoint(round(view.x_of(wanted)), view.height() // 2)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled(qtbot, window, wanted)
    assert view.playhead.value() == wanted
    go_to(qtbot, window, 250)
    assert view.playhead.value() == 250
    assert " at #250, " in panel.reading.whole_text()


def test_what_is_read_from_the_plot_is_whole_at_the_usual_size(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.resize(1280, 800)
    window.page.state_table.choose("acc-1", "balance")
    panel = drawn(qtbot, window)
    for said in (panel.title, panel.reading):
        qtbot.waitUntil(lambda said=said: said.text() == said.whole_text() != "")
    assert panel.reading.y() > panel.title.geometry().bottom()
    dock = window.page.panels.docks["plot"]
    dock.setFloating(True)
    dock.resize(1000, 400)
    qtbot.waitUntil(
        lambda: panel.reading.y() < panel.title.geometry().bottom()
    )  # beside it where there is room


def test_left_and_right_go_from_step_to_step(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.page.state_table.choose("acc-1", "balance")
    panel = drawn(qtbot, window)
    positions = [int(each) for each in panel.steps.changes.positions]
    go_to(qtbot, window, positions[5])
    panel.view.setFocus()
    qtbot.waitUntil(panel.view.hasFocus)
    qtbot.keyClick(panel.view, Key.Key_Right)
    settled(qtbot, window, positions[6])
    qtbot.keyClick(panel.view, Key.Key_Left)
    settled(qtbot, window, positions[5])
    QTest.keyClick(panel.view, Key.Key_Plus)
    (left, right), _ = panel.view.box.viewRange()
    assert right - left < 300
    QTest.keyClick(panel.view, Key.Key_0)
    (left, right), _ = panel.view.box.viewRange()
    assert right - left > 400


def test_the_pointer_reads_the_exact_value_without_moving_anybody(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.page.state_table.choose("acc-1", "balance")
    panel = drawn(qtbot, window)
    here = window.page.playhead.position
    first = int(panel.steps.changes.positions[1])
    qtbot.waitUntil(lambda: panel.view.width() > 200)
    qtbot.mouseMove(panel.view.viewport(), QPoint(round(panel.view.x_of(first)) + 1, 60))
    qtbot.waitUntil(lambda: f" at #{first}, " in panel.reading.whole_text())
    assert panel.reading.whole_text().startswith(f"{panel.steps.value_text(first)} at ")
    assert window.page.playhead.position == here
    assert "lowest" in panel.view.accessibleDescription()


def test_the_plot_zooms_with_the_timeline_when_it_is_asked_to(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.page.state_table.choose("acc-1", "balance")
    panel, timeline = drawn(qtbot, window), window.page.timeline
    assert panel.view is not None

    def shown() -> tuple[float, float]:
        left, right = panel.view.box.viewRange()[0]
        return float(left), float(right)

    def look_at(low: int, high: int) -> None:
        timeline.show_view(timeline.view.around(timeline.axis.place(low), timeline.axis.place(high)))

    whole = shown()
    look_at(100, 200)
    assert shown() == whole  # nobody has asked
    qtbot.mouseClick(panel.follow, Qt.MouseButton.LeftButton)
    assert shown() == pytest.approx((96, 204), abs=1)
    look_at(300, 320)
    assert shown() == pytest.approx((299, 321), abs=1)
    panel.axis.setCurrentIndex(panel.axis.findData("time"))
    panel.axis.activated.emit(panel.axis.currentIndex())
    seconds = panel.steps.places(panel.steps.changes.positions, "time")
    assert shown()[0] >= seconds[0]
    assert shown()[1] - shown()[0] < (seconds[-1] - seconds[0]) / 4
    panel.axis.setCurrentIndex(panel.axis.findData("event"))
    panel.axis.activated.emit(panel.axis.currentIndex())
    timeline.show_view(timeline.view.whole_again())
    assert shown() == pytest.approx(whole, abs=1)
    look_at(100, 200)
    qtbot.mouseClick(panel.follow, Qt.MouseButton.LeftButton)
    assert shown() == pytest.approx(whole, abs=1)


def test_a_plot_is_saved_as_a_picture_in_both_ways(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    window.page.state_table.choose("acc-1", "balance")
    panel = drawn(qtbot, window)
    qtbot.waitUntil(lambda: panel.view.width() > 200)
    panel.save_picture(str(tmp_path / "plot.png"))
    picture = QImage(str(tmp_path / "plot.png"))
    assert picture.width() == 2 * panel.view.viewport().width()
    colours = {
        picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
    }
    assert len(colours) > 3
    panel.save_picture(str(tmp_path / "plot.svg"))
    drawing = (tmp_path / "plot.svg").read_text()
    assert "<polyline" in drawing or "<path" in drawing
    with pytest.raises(LogError, match="cannot be written"):
        panel.save_picture(str(tmp_path / "no" / "plot.png"))


def test_words_are_drawn_as_lanes_and_text_of_a_log_stays_text(
    qtbot: QtBot, open_window, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    log = tmp_path / "hostile.jsonl"
    owners = ["Ada", "<img src='/dev/zero'>", "\u202eevil", "x" * 100_000]
    log.write_text(
        "".join(
            json.dumps({"type": "OwnerChanged", "data": {"accountId": "<b>a", "owner": owner}}) + "\n"
            for owner in owners
        )
    )
    window = open_window(log)
    window.page.state_table.choose("<b>a", "owner")
    panel = drawn(qtbot, window)
    assert panel.steps.lane.texts[1] == owners[1]
    assert panel.title.whole_text() == "owner of <b>a"
    go_to(qtbot, window, 3)
    assert "⟦U+202E⟧evil" in panel.reading.whole_text()
    assert not panel.view.grab().isNull()
    for by in ("time", "event"):
        panel.axis.setCurrentIndex(panel.axis.findData(by))
        panel.axis.activated.emit(panel.axis.currentIndex())
    assert panel.view.by == "event"  # there are no times


# --- causes --------------------------------------------------------------------------------------


def causes(qtbot: QtBot, window: MainWindow) -> CausePanel:
    window.page.panels.bring_up("causes")
    panel = window.page.causing.panel
    qtbot.waitUntil(lambda: panel.causes is not None and len(panel.graph.nodes) > 0)
    return panel


def test_the_chain_is_walked_by_keys_and_clicks(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    go_to(qtbot, window, 2)
    panel = causes(qtbot, window)
    graph = panel.graph
    assert [(node.position, node.relation) for node in graph.nodes] == [(1, "cause"), (2, "here")]
    assert panel.said.whole_text() == "2 events with metadata.correlationId request-7001"
    graph.setFocus()
    qtbot.waitUntil(graph.hasFocus)
    qtbot.keyClick(graph, Key.Key_Left)
    assert graph.accessibleDescription() == "a cause: #1 AccountOpened acc-1, 1 effects"
    qtbot.keyClick(graph, Key.Key_Return)
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: graph.nodes[0].relation == "here")
    qtbot.mouseClick(graph, Qt.MouseButton.LeftButton, pos=graph.rect_of(1).center())
    settled(qtbot, window, 2)


def test_the_events_of_one_correlation_are_listed_and_a_click_goes_there(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    go_to(qtbot, window, 1)
    panel = causes(qtbot, window)
    assert [panel.model.index(row, 2).data() for row in range(2)] == ["AccountOpened", "MoneyDeposited"]
    place = panel.table.visualRect(panel.model.index(1, 2)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled(qtbot, window, 2)


def test_a_key_goes_to_the_cause(qtbot: QtBot, open_window) -> None:  # type: ignore[no-untyped-def]
    window = open_window(SMALL)
    go_to(qtbot, window, 4)
    qtbot.keyClick(
        window, Key.Key_Up, Qt.KeyboardModifier.AltModifier
    )  # nothing is known yet: it is looked for
    panel = window.page.causing.panel
    qtbot.waitUntil(lambda: panel.causes is not None)
    assert window.page.event_panel.cause.isVisible()
    qtbot.mouseClick(window.page.event_panel.cause, Qt.MouseButton.LeftButton)
    settled(qtbot, window, 3)


def test_a_log_that_names_no_causes_says_so(qtbot: QtBot, lesson: MainWindow) -> None:
    lesson.page.panels.bring_up("causes")
    panel = lesson.page.causing.panel
    qtbot.waitUntil(lambda: panel.hint.text().startswith("No event of this log names"))


def test_a_long_log_is_read_for_causes_only_when_asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.desktop.why.cause_panel.UNASKED_EVENTS", 100)
    document = Document.open(str(SMALL))
    panel = CausePanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_document(document)
    panel.stand_at(2)
    qtbot.waitUntil(panel.search.isVisible)
    assert panel.search.text() == "Read all 406 events for causes"
    assert panel.causes is None
    qtbot.keyClick(panel.search, Key.Key_Space)
    qtbot.waitUntil(lambda: panel.causes is not None)
    assert [node.position for node in panel.graph.nodes] == [1, 2]
    panel.show_document(None)
    document.close()


def test_a_word_without_end_takes_no_room_from_what_stands_beside_it(qtbot: QtBot) -> None:
    sentence = plain.label("x" * 3_000, wrap=True)
    qtbot.addWidget(sentence)
    assert sentence.minimumSizeHint().width() <= 240
    assert sentence.heightForWidth(200) > 0
