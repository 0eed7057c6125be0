"""Can a person float, tab, close and find panels, and do those they see follow the playhead?"""

import ast
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QTabBar
from pytestqt.qtbot import QtBot

from explorer.desktop.page import panel_list
from explorer.desktop.page.panel_list import PANELS
from explorer.desktop.panels.dock_area import Panels
from explorer.desktop.window.main_window import MainWindow
from explorer.desktop.window.palette import Palette
from explorer.history.history import History
from explorer.resources import resource
from tests.counting_panel import COUNTING

BANK = resource("samples", "small-bank.jsonl")
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
OPEN_AT_FIRST = ("state", "why", "events", "event")


def tab_bar(panels: Panels, title: str) -> tuple[QTabBar, int]:
    for bar in panels.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        for tab in range(bar.count()):
            if bar.isVisible() and bar.tabText(tab) == title:
                return bar, tab
    raise AssertionError(f"there is no tab {title}")


def click_tab(qtbot: QtBot, panels: Panels, title: str) -> None:
    bar, tab = tab_bar(panels, title)
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(tab).center())


def places(panels: Panels) -> dict[str, tuple[int, int, int, int]]:
    return {name: dock.geometry().getRect() for name, dock in panels.docks.items() if panels.in_front(name)}


def shown_after(qtbot: QtBot, panels: Panels, name: str, shown: bool) -> None:
    qtbot.waitUntil(lambda: panels.in_front(name) is shown)


def test_at_first_state_and_why_stand_left_of_events_and_event(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    for name in OPEN_AT_FIRST:
        shown_after(qtbot, panels, name, True)
    at = {name: panels.docks[name].geometry() for name in OPEN_AT_FIRST}
    assert at["state"].right() < at["events"].left()
    assert at["why"].right() < at["event"].left()
    assert at["state"].bottom() < at["why"].top()
    assert at["events"].bottom() < at["event"].top()
    assert at["state"].width() == pytest.approx(at["why"].width(), abs=2)


def test_a_panel_behind_a_tab_is_not_drawn_and_catches_up_when_its_tab_is_clicked(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    page = lesson.page
    assert not page.panels.in_front("diff")
    page.playhead.move_to(1)
    qtbot.waitUntil(lambda: page.header.where.text() == "1 of 3")
    assert page.diff.b.text() != "#1"
    click_tab(qtbot, page.panels, "Diff")
    shown_after(qtbot, page.panels, "diff", True)
    shown_after(qtbot, page.panels, "why", False)
    assert page.diff.b.text() == "#1"


def test_a_title_button_closes_a_panel_and_the_menu_brings_it_back(qtbot: QtBot, lesson: MainWindow) -> None:
    panels, action = lesson.page.panels, lesson.actions_by_name["panel:state"]
    assert action.isChecked()
    qtbot.mouseClick(panels.docks["state"].title.close_button, LEFT)
    shown_after(qtbot, panels, "state", False)
    qtbot.waitUntil(lambda: not action.isChecked())
    lesson.page.playhead.move_to(2)
    qtbot.waitUntil(lambda: lesson.page.header.where.text() == "2 of 3")
    action.trigger()
    shown_after(qtbot, panels, "state", True)
    assert action.isChecked()
    model = lesson.page.state_model
    assert model.index(0, 3).data() == "50"


def test_the_palette_tells_an_export_from_a_panel(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(
        lesson, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    palette = lesson.findChild(Palette)
    assert palette is not None
    listed = [palette.list.item(row).text() for row in range(palette.list.count())]
    assert any(text.startswith("Export: State") for text in listed)
    assert not any(text.split("  ")[0] == "State" for text in listed)


def test_the_palette_finds_panels_by_their_names(qtbot: QtBot, lesson: MainWindow) -> None:
    qtbot.keyClick(lesson, Qt.Key.Key_K, CONTROL)
    palette = lesson.findChild(Palette)
    assert palette is not None
    qtbot.keyClicks(palette.words, "panel: diff")
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    shown_after(qtbot, lesson.page.panels, "diff", True)


def test_the_panels_menu_is_in_view_and_lists_every_panel(qtbot: QtBot, lesson: MainWindow) -> None:
    menu = lesson.findChild(QMenu, "View/Panels")
    assert menu is not None
    texts = [action.text().replace("&", "") for action in menu.actions()]
    titles = [dock.windowTitle() for dock in lesson.page.panels.docks.values()]
    assert texts[: len(titles)] == titles
    assert "Reset layout" in texts


def test_a_double_click_on_a_tab_floats_its_panel_and_the_button_puts_it_back(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    panels = lesson.page.panels
    bar, tab = tab_bar(panels, "Diff")
    qtbot.mouseDClick(bar, LEFT, pos=bar.tabRect(tab).center())
    dock = panels.docks["diff"]
    qtbot.waitUntil(lambda: dock.isFloating() and dock.isVisible())
    shown_after(qtbot, panels, "diff", True)
    shown_after(qtbot, panels, "why", True)
    assert dock.title.isVisible()
    lesson.page.playhead.move_to(1)
    qtbot.waitUntil(lambda: lesson.page.diff.b.text() == "#1")
    qtbot.mouseClick(dock.title.float_button, LEFT)
    qtbot.waitUntil(lambda: not dock.isFloating())


def test_a_tab_torn_out_of_its_bar_becomes_a_window(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    bar, tab = tab_bar(panels, "Diff")
    start = bar.tabRect(tab).center()
    qtbot.mousePress(bar, LEFT, pos=start)
    qtbot.mouseMove(bar, start + QPoint(4, 20))
    assert not panels.docks["diff"].isFloating()
    qtbot.mouseMove(bar, start + QPoint(10, 120))
    qtbot.mouseRelease(bar, LEFT, pos=start + QPoint(10, 120))
    qtbot.waitUntil(panels.docks["diff"].isFloating)


def test_a_tab_is_its_panels_only_title(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    qtbot.waitUntil(lambda: not panels.docks["why"].title.isVisible())
    assert panels.docks["state"].title.isVisible()
    for name, dock in panels.docks.items():
        if dock.part.place == "answers" and name != "why":
            dock.close()
    qtbot.waitUntil(panels.docks["why"].title.isVisible)


def test_keys_of_the_window_work_in_a_floating_panel(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    panels.docks["why"].setFloating(True)
    qtbot.waitUntil(panels.docks["why"].isVisible)
    assert (
        panels.docks["why"].windowFlags() & Qt.WindowType.Tool
    )  # Qt gives such a window its parent's shortcuts


def test_the_layout_can_be_reset(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    qtbot.waitUntil(lambda: panels.in_front("why"))
    before = places(panels)
    panels.docks["events"].setFloating(True)
    panels.docks["state"].close()
    panels.bring_up("diff")
    lesson.actions_by_name["panels.reset"].trigger()
    qtbot.waitUntil(lambda: places(panels) == before)


def test_closing_the_log_hides_floating_panels_too(qtbot: QtBot, lesson: MainWindow) -> None:
    dock = lesson.page.panels.docks["state"]
    dock.setFloating(True)
    qtbot.waitUntil(dock.isVisible)
    lesson.close_log()
    qtbot.waitUntil(lambda: not dock.isVisible())
    lesson.open_path(str(lesson.settings.recent[0]))
    qtbot.waitUntil(dock.isVisible)
    assert dock.isFloating()


def test_a_layout_is_restored_and_nonsense_changes_nothing(qtbot: QtBot, lesson: MainWindow) -> None:
    panels = lesson.page.panels
    panels.docks["event"].close()
    panels.bring_up("diff")
    shown_after(qtbot, panels, "diff", True)
    kept = panels.saved()
    panels.reset()
    assert panels.is_open("event")
    assert not panels.restore(QByteArray(b"nonsense"))
    assert panels.is_open("event")
    assert panels.restore(kept)
    assert not panels.is_open("event")
    shown_after(qtbot, panels, "diff", True)


def test_f6_goes_from_panel_to_panel(qtbot: QtBot, lesson: MainWindow) -> None:
    panels, events = lesson.page.panels, lesson.page.events_table
    qtbot.waitUntil(events.hasFocus)
    seen = [name for name in panels.docks if panels.in_front(name)]

    def inside() -> str:
        focus = QApplication.focusWidget()
        return next(
            (name for name in seen if focus is not None and panels.docks[name].isAncestorOf(focus)), ""
        )

    visited = []
    for _ in seen:  # a panel with nothing to go into is passed over
        qtbot.keyClick(lesson, Qt.Key.Key_F6)
        visited.append(inside())
        if visited[-1] == "events":
            break
    assert visited[-1] == "events"
    assert {"state", "event"} <= set(visited)
    qtbot.keyClick(lesson, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert inside() == visited[-2]


def test_who_has_the_keys_keeps_them_when_a_layout_is_restored(qtbot: QtBot, lesson: MainWindow) -> None:
    panels, events = lesson.page.panels, lesson.page.events_table
    qtbot.waitUntil(events.hasFocus)
    panels.restore(panels.saved())
    assert events.hasFocus()


def test_there_is_one_tab_for_a_panel_however_often_layouts_are_restored(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    panels = lesson.page.panels
    kept = panels.saved()
    panels.toggle("event")
    for state in (panels.saved(), kept, panels.saved(), kept, QByteArray(b"nonsense")):
        panels.restore(state)
        panels.tidy()
    bars = panels.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    titles = [bar.tabText(tab) for bar in bars if bar.isVisible() for tab in range(bar.count())]
    assert "Diff" in titles
    assert len(titles) == len(set(titles))
    click_tab(qtbot, panels, "Diff")
    shown_after(qtbot, panels, "diff", True)


def test_a_panel_that_is_newer_than_a_layout_comes_to_its_place(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    open_window,  # type: ignore[no-untyped-def]
) -> None:
    old = open_window()
    old.page.panels.toggle("event")
    kept = old.page.panels.saved()
    old.close()
    monkeypatch.setattr("explorer.desktop.page.log_page.PANELS", (*PANELS, COUNTING))
    panels = open_window().page.panels
    assert panels.restore(kept)
    assert not panels.is_open("event")
    assert panels.is_open("counting")
    assert panels.docks["counting"] in panels.tabifiedDockWidgets(panels.docks["diff"])
    click_tab(qtbot, panels, "Counting")
    shown_after(qtbot, panels, "counting", True)


def test_one_line_adds_a_panel_which_follows_while_it_is_seen(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    open_window,  # type: ignore[no-untyped-def]
) -> None:
    monkeypatch.setattr("explorer.desktop.page.log_page.PANELS", (*PANELS, COUNTING))
    window = open_window()
    counting = window.page.counting
    assert counting.heard == ["wired", window.page.document]
    window.actions_by_name["panel:counting"].trigger()
    shown_after(qtbot, window.page.panels, "counting", True)
    window.page.playhead.move_to(1)
    qtbot.waitUntil(lambda: window.page.header.where.text() == "1 of 3")
    assert counting.panel.text() == "1 of account"
    click_tab(qtbot, window.page.panels, "Why")
    shown_after(qtbot, window.page.panels, "counting", False)
    window.page.playhead.move_to(2)
    qtbot.waitUntil(lambda: window.page.header.where.text() == "2 of 3")
    assert counting.heard[2:] == [3, 1]


def test_what_the_page_says_that_panels_offer_is_what_they_offer(lesson: MainWindow) -> None:
    module = ast.parse(Path(panel_list.__file__).read_text(encoding="utf-8"))
    said = next(each for each in module.body if getattr(each, "name", "") == "Offered")
    named = {each.target.id: each.annotation.id for each in ast.walk(said) if isinstance(each, ast.AnnAssign)}
    offered = [dock.part.keeper.offers() for dock in lesson.page.panels.docks.values()]
    assert named == {name: type(value).__name__ for each in offered for name, value in each.items()}
    assert all(getattr(lesson.page, name) is value for each in offered for name, value in each.items())


def test_the_state_is_made_once_in_a_frame_whatever_is_open(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    open_window,  # type: ignore[no-untyped-def]
) -> None:
    """With every panel in sight, and something in each that shows the state: the state there, and the one before."""
    window = open_window(BANK)
    page = window.page
    for dock in page.panels.docks.values():
        dock.setFloating(True)
        dock.show()
    qtbot.waitUntil(lambda: all(page.panels.in_front(name) for name in page.panels.docks))
    page.watching.toggle("acc-1", "balance")
    page.explaining.explain("acc-1", "balance")
    made: Counter[int] = Counter()
    made_before = History.state

    def counted(history: History, position: int) -> object:
        made[position] += 1
        return made_before(history, position)

    monkeypatch.setattr(History, "state", counted)
    for position in (400, 399, 120, 121):
        made.clear()
        page.playhead.move_to(position)
        page.playhead.flush()
        assert page.totals.totals.rowCount()
        assert made == {position: 1, position - 1: 1}


def test_the_window_goes_onto_a_small_screen_with_every_panel_open(qtbot: QtBot, lesson: MainWindow) -> None:
    for name in lesson.page.panels.docks:
        lesson.page.panels.bring_up(name)
    lesson.resize(1024, 600)
    qtbot.waitUntil(lambda: lesson.size().toTuple() == (1024, 600))
    least = lesson.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 600


def test_no_bar_of_tabs_is_left_over_and_one_that_is_needed_again_is_seen(
    qtbot: QtBot, lesson: MainWindow
) -> None:
    panels = lesson.page.panels

    def bars() -> list[QTabBar]:
        found = panels.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [bar for bar in found if bar.isVisible()]

    def in_place() -> bool:
        return all(panels.rect().contains(bar.geometry()) and bar.count() > 1 for bar in bars())

    qtbot.waitUntil(lambda: len(bars()) == 2 and in_place())
    for name in ("upcast", "diff"):
        panels.docks[name].setFloating(True)
        qtbot.waitUntil(lambda name=name: panels.docks[name].isFloating() and in_place())
        panels.docks[name].setFloating(False)
        qtbot.waitUntil(lambda: len(bars()) == 2 and in_place())
    saved = panels.saved()
    for _ in range(3):
        panels.restore(saved)
        panels.reset()
        qtbot.waitUntil(lambda: len(bars()) == 2 and in_place())
    click_tab(qtbot, panels, "Upcast")
    shown_after(qtbot, panels, "upcast", True)
