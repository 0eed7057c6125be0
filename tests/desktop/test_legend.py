"""Are the types below the timeline named whole, and the others counted, told in a tip and read out?"""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from explorer.desktop.timeline.legend import group_name, legend, names, tip_at
from explorer.desktop.timeline.measure import TimelineLayout
from explorer.history.density import TypeCounts, TypeGroup
from explorer.session.document import Document
from tests.desktop.conftest import OpenWindow

TYPES = ("MoneyDeposited", "MoneyWithdrawn", "AccountOpened", "MoneyTransferred", "OwnerChanged", "A" * 70)
GROUPS = [
    *(TypeGroup(name, 900 - 100 * at) for at, name in enumerate(TYPES)),
    TypeGroup(None, 7, 3, (("Rare", 4), ("Rarer", 2), ("Rarest", 1))),
]


def log_of(path: Path, types: int) -> Path:
    lines = ({"type": f"Type{at:03}Happened", "data": {"id": "a"}} for at in range(types) for _ in range(3))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.mark.parametrize("width", [100, 160, 240, 400, 640, 800, 1024, 1280, 1920, 3000])
def test_every_name_is_whole_and_all_others_are_counted_in_the_row(qapp: QApplication, width: int) -> None:
    layout, font = TimelineLayout(width), QFont()
    found = legend(layout, font, GROUPS)
    measure, row = QFontMetricsF(font), layout.legend
    places = [spot for _, spot in found.named]
    for number, spot in found.named:
        assert measure.horizontalAdvance(group_name(GROUPS[number])) < spot.width()
    if found.rest is not None:
        text, place = found.rest
        assert measure.horizontalAdvance(text) <= place.width()
        assert str(sum(GROUPS[number].types for number in found.left_out)) in text
        places.append(place)
    assert all(row.left() <= place.left() and place.right() <= row.right() for place in places)
    assert all(one.right() < other.left() for one, other in pairwise(places))
    assert sorted([*(number for number, _ in found.named), *found.left_out]) == list(range(len(GROUPS)))
    assert (found.rest is None) == (not found.left_out)


def test_a_name_without_room_leaves_room_to_shorter_ones(qapp: QApplication) -> None:
    groups = [TypeGroup("A" * 300, 9), TypeGroup("MoneyDeposited", 3)]
    found = legend(TimelineLayout(600), QFont(), groups)
    assert [number for number, _ in found.named] == [1]
    assert found.rest is not None
    assert found.rest[0] == "and 1 more type"
    assert tip_at(TimelineLayout(600), QFont(), groups, found.rest[1].center()) == f"{'A' * 300} 9"


def test_the_names_of_rare_types_are_told_and_of_very_many_how_many_more(tmp_path: Path) -> None:
    document = Document.open(str(log_of(tmp_path / "many.jsonl", 300)))
    try:
        groups = TypeCounts(document.history).groups
        assert groups[-1].types == 293
        told = names(groups)
        assert told[0] == "Type000Happened 3"
        assert (len(told), told[-1]) == (41, "and 260 more types")
    finally:
        document.close()


def test_a_tip_and_a_screen_reader_say_the_names_that_have_no_room(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(log_of(tmp_path / "ten.jsonl", 10))  # type: ignore[arg-type]
    window.resize(800, 600)
    timeline = window.page.timeline
    qtbot.waitUntil(lambda: timeline.groundwork is not None)
    timeline.grab()
    found = legend(timeline.layout_px, timeline.small_font, timeline.groups)
    assert found.rest is not None
    assert found.rest[0].startswith("and ")
    at = found.rest[1].center().toPoint()
    QApplication.sendEvent(timeline, QHelpEvent(QEvent.Type.ToolTip, at, timeline.mapToGlobal(at)))
    assert "Type009Happened 3" in QToolTip.text()
    heard = QAccessible.queryAccessibleInterface(timeline)
    assert heard is not None
    said = heard.text(QAccessible.Text.Help)
    assert all(f"Type{number:03}Happened 3" in said for number in range(10))
    over = QPoint(round(found.named[0][1].center().x()), at.y())
    assert tip_at(timeline.layout_px, timeline.small_font, timeline.groups, QPointF(over)) == ""
