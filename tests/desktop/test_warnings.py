"""Does a person come from a warning to the events that it is about, and see them on the timeline?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from explorer.desktop.window.main_window import MainWindow

type OpenWindow = Callable[[Path | None], MainWindow]


def event(amount: object, day: int, **more: object) -> str:
    data = {"accountId": "a", "amount": amount}
    return json.dumps({"type": "MoneyDeposited", "data": data, "at": f"2024-01-{day:02}", **more})


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """An unread line behind event 2, an event that cannot be applied, one without a time, two of an unknown type."""
    path = tmp_path / "log.jsonl"
    lines = [event(1, 1), event(2, 2), "{no", event("much", 3), event(4, 4)]
    lines += [event(5, 5, at="soon"), event(6, 6), event(7, 7, type="Thought"), event(8, 8, type="Thought")]
    path.write_text("\n".join([*lines, *(event(9, 9) for _ in range(10))]) + "\n")
    return path


def cells(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def clicked(qtbot: QtBot, table: QTableView, row: int) -> None:
    at = table.visualRect(table.model().index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_the_status_bar_leads_to_the_list_and_a_click_on_a_line_to_its_event(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    window = open_window(log)
    page = window.page
    button, panel = page.warnings.button, page.warnings.panel
    assert button.isVisible()
    assert button.text() == "! 4 warnings"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.panels.in_front("warnings")
    kinds = cells(panel.kinds)
    assert [(kind, count) for kind, count, _ in kinds] == [
        ("unread", "1"), ("not-applied", "1"), ("unknown-type", "2"), ("no-time", "1"),
    ]  # fmt: skip
    assert kinds[1][2] == "1 event could not be applied. The first: event 3, its amount is not a number."
    assert cells(panel.events)[0][0] == "line 3"  # the first kind is chosen
    clicked(qtbot, panel.kinds, 2)
    listed = cells(panel.events)
    assert [each[:2] for each in listed] == [["7", "2024-01-07"], ["8", "2024-01-08"]]
    assert page.timeline.marks.warned.tolist() == [7, 8]
    clicked(qtbot, panel.events, 1)
    qtbot.waitUntil(lambda: page.playhead.position == 8)
    qtbot.keyClick(panel.events, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page.playhead.position == 7)
    clicked(qtbot, panel.kinds, 0)
    clicked(qtbot, panel.events, 0)
    qtbot.waitUntil(lambda: page.playhead.position == 2)


def test_all_places_are_marked_and_said_as_long_as_no_kind_is_chosen(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    window = open_window(log)
    page = window.page
    assert page.timeline.marks.warned.tolist() == [2, 3, 5, 7, 8]
    page.playhead.move_to(3)
    qtbot.waitUntil(lambda: page.timeline.position == 3)
    assert "a warning here" in page.timeline.accessibleDescription()


def test_a_kind_that_most_events_share_marks_nothing_unless_it_is_chosen(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join([event(1, 1), *(event(2, 2, type="Thought") for _ in range(4))]) + "\n")
    window = open_window(path)
    page = window.page
    assert page.timeline.marks.warned.tolist() == []
    page.warnings.show()
    assert page.timeline.marks.warned.tolist() == [2, 3, 4, 5]


def test_a_sound_log_shows_no_button(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(event(day, day) for day in range(1, 9)) + "\n")
    window = open_window(path)
    assert not window.page.warnings.button.isVisible()
    assert "Nothing is warned of" in window.page.warnings.panel.said.whole_text()


def test_going_to_a_time_of_a_log_without_times_is_refused_with_the_fields_that_look_like_one(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "date;type;account;amount\nlate 31.12.2023;MoneyDeposited;a;1\nlate 05.01.2024;MoneyDeposited;a;2\n"
    )
    window = open_window(path)
    document = window.page.document
    assert document is not None
    from explorer.session.places.points import PointError

    with pytest.raises(PointError, match="what looks like a time: date"):
        document.jump("2023-12-31", 0)


def test_f8_and_f7_go_to_every_marked_place_and_the_status_says_what_is_odd_there(
    open_window: OpenWindow, qtbot: QtBot, log: Path
) -> None:
    log.write_text(log.read_text() + event(1, 2) + "\n")  # which happened long before
    window = open_window(log)
    page = window.page
    places = [2, 3, 5, 7, 8, 19]
    assert page.document is not None
    assert page.document.warned_positions().tolist() == places
    page.playhead.move_to(0)
    page.playhead.flush()
    words = [
        "line 3: ",
        "not a number",
        "soon",
        "Thought change nothing",
        "Thought change nothing",
        "before event",
    ]
    for place, word in zip(places, words, strict=True):
        qtbot.keyClick(page.events_table, Qt.Key.Key_F8)
        page.playhead.flush()
        assert page.playhead.position == place
        said = window.status.whole_text()
        assert said.startswith("! ")
        assert word in said
    qtbot.keyClick(page.events_table, Qt.Key.Key_F8)
    assert page.playhead.position == places[-1]
    for place in places[-2::-1]:
        qtbot.keyClick(page.events_table, Qt.Key.Key_F7)
        assert page.playhead.position == place
    page.playhead.move_to(4)
    page.playhead.flush()
    assert not window.status.whole_text().startswith("!")
