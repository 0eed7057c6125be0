"""Can a person look closer at the timeline, move along it, and see what is where?"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFont, QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.desktop.look.theme import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    Theme,
    apply_theme,
    palette_of,
)
from explorer.desktop.timeline.bars import type_colours
from explorer.desktop.timeline.widget import Timeline
from explorer.history.density import TypeCounts
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons import read_lesson
from explorer.session.lessons.reading import lessons
from explorer.session.places.bookmarks import Bookmark

Left, Middle, NoButton = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton
Plain, Shift, Control = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
WIDTH = 900

type Shown = Callable[..., Timeline]


def write_log(path: Path, bursts: int = 3) -> Path:
    """Bursts of 60 events of three types, an event a minute, a week between two bursts."""
    lines = []
    for number in range(bursts * 60):
        at = datetime(2026, 1, 6, 10, tzinfo=UTC) + timedelta(days=number // 60 * 7, minutes=number % 60)
        kind = ("MoneyDeposited", "MoneyWithdrawn", "MoneyDeposited", "OwnerChanged")[number % 4]
        data = {"accountId": f"acc-{number % 5}", "amount": number, "owner": "Ada"}
        lines.append(json.dumps({"type": kind, "data": data, "at": at.isoformat().replace("+00:00", "Z")}))
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    """Show a timeline of a log, as wide as always, that moves as it asks."""
    documents = []

    def show(path: Path | None = None, by: str = "event", theme: Theme = LIGHT, **choices: bool) -> Timeline:
        timeline = Timeline()
        qtbot.addWidget(timeline)
        timeline.setPalette(palette_of(theme))
        timeline.setAutoFillBackground(True)
        timeline.setFont(QFont("DejaVu Sans", 10))
        timeline.resize(WIDTH, timeline.sizeHint().height())
        timeline.asked.connect(lambda position: timeline.show_position(position, f"at {position}"))
        timeline.selection_asked.connect(timeline.show_selection)
        timeline.show()
        qtbot.waitExposed(timeline)
        document = Document.open(str(path or write_log(tmp_path / "log.jsonl")))
        documents.append(document)
        timeline.show_document(document, "time" if by == "time" else "event", **choices)
        timeline.show_position(document.event_count // 2, "half")
        return timeline

    yield show
    for document in documents:
        document.close()


def turn(timeline: Timeline, x: float, dy: int = 0, dx: int = 0, keys: Qt.KeyboardModifier = Plain) -> None:
    """Turn the wheel over the bars."""
    at = QPointF(x, timeline.layout_px.strip.center().y())
    event = QWheelEvent(
        at, timeline.mapToGlobal(at), QPoint(), QPoint(dx, dy), NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(timeline, event)


def drag(
    qtbot: QtBot, timeline: Timeline, xs: list[float], y: float | None = None,
    button: Qt.MouseButton = Left, keys: Qt.KeyboardModifier = Plain,
) -> None:  # fmt: skip
    places = [QPoint(round(x), round(y or timeline.layout_px.strip.center().y())) for x in xs]
    qtbot.mousePress(timeline, button, keys, places[0])
    for place in places[1:]:
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            timeline.mapToGlobal(QPointF(place)),
            NoButton,
            button,
            keys,
        )
        QApplication.sendEvent(timeline, move)
    qtbot.mouseRelease(timeline, button, keys, places[-1])


def test_ctrl_and_the_wheel_zoom_and_what_is_under_the_pointer_stays_there(shown: Shown) -> None:
    timeline = shown()
    x = timeline.x_of(40)
    for _ in range(6):
        turn(timeline, x, dy=120, keys=Control)
    assert timeline.view.magnification == pytest.approx(1.25**6, rel=0.01)
    assert timeline.position_at(x) == 40
    for _ in range(6):
        turn(timeline, x, dy=-120, keys=Control)
    assert timeline.view.is_whole


def test_the_wheel_alone_steps_and_small_turns_add_up(shown: Shown) -> None:
    timeline = shown()
    turn(timeline, 300, dy=-120)
    assert timeline.position == 91
    turn(timeline, 300, dy=240)
    assert timeline.position == 89
    for _ in range(4):
        turn(timeline, 300, dy=-30)
    assert timeline.position == 90
    assert timeline.view.is_whole


@pytest.mark.parametrize("turned", [{"dy": -240, "keys": Shift}, {"dx": -240}])
def test_shift_and_the_wheel_or_a_sideways_wheel_pan(shown: Shown, turned: dict[str, int]) -> None:
    timeline = shown()
    timeline.show_view(timeline.view.zoomed(4, 0.5))
    before = timeline.view
    turn(timeline, 300, **turned)  # type: ignore[arg-type]
    assert timeline.view == before.panned(0.25)
    assert timeline.position == 90


def test_the_middle_button_drags_the_strip_along(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown()
    timeline.show_view(timeline.view.zoomed(4, 0.5))
    under = timeline.position_at(500)
    drag(qtbot, timeline, [500, 450, 400], button=Middle)
    assert timeline.position_at(400) == under
    assert timeline.position == 90


def test_two_fingers_zoom_at_their_place(shown: Shown) -> None:
    timeline = shown()
    x = timeline.x_of(120)
    at = QPointF(x, 40)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        at, at, timeline.mapToGlobal(at), 1.0, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(timeline, pinch)
    assert timeline.view.magnification == pytest.approx(2)
    assert timeline.position_at(x) == 120


def test_the_overview_moves_the_view_and_a_double_click_shows_the_whole_log(
    qtbot: QtBot, shown: Shown
) -> None:
    timeline = shown()
    overview = timeline.layout_px.overview
    timeline.show_view(timeline.view.zoomed(4, 0.5))
    drag(qtbot, timeline, [WIDTH / 2, WIDTH / 2 + 100], overview.center().y())
    half = 0.5 + 100 / timeline.layout_px.room
    assert (timeline.view.start + timeline.view.stop) / 2 / timeline.view.length == pytest.approx(
        half, abs=0.01
    )
    qtbot.mouseClick(timeline, Left, Plain, QPoint(20, round(overview.center().y())))
    assert timeline.view.start == 0
    assert not timeline.view.is_whole
    qtbot.mouseDClick(timeline, Left, Plain, QPoint(400, round(overview.center().y())))
    assert timeline.view.is_whole
    assert timeline.position == 90


def test_shift_and_dragging_select_and_shift_and_a_click_select_nothing(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown()
    drag(qtbot, timeline, [timeline.x_of(120), timeline.x_of(60), timeline.x_of(30)], keys=Shift)
    assert timeline.marks.selection == (30, 120)
    assert timeline.position == 90
    drag(qtbot, timeline, [timeline.x_of(50)], keys=Shift)
    assert timeline.marks.selection is None


def test_the_view_follows_the_playhead_and_stays_otherwise(shown: Shown) -> None:
    timeline = shown()
    timeline.show_view(timeline.view.zoomed(9, 0.5))
    view = timeline.view
    timeline.seek(92)
    assert timeline.view == view
    timeline.seek(150)
    assert timeline.view.start < timeline.axis.place(150) < timeline.view.stop


@pytest.mark.parametrize("short_gaps", [False, True])
def test_another_scale_keeps_what_is_in_view(shown: Shown, short_gaps: bool) -> None:
    timeline = shown()
    timeline.show_view(timeline.view.around(timeline.axis.place(65), timeline.axis.place(90), 0))
    timeline.show_document(timeline.document, "time", short_gaps=short_gaps)
    assert timeline.by == "time"
    assert (timeline.position_at(14), timeline.position_at(WIDTH - 14)) == (65, 90)
    timeline.show_document(timeline.document, "event")
    assert (timeline.position_at(14), timeline.position_at(WIDTH - 14)) == (65, 90)


def test_a_press_is_answered_by_the_position_drawn_there_at_every_zoom(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown(by="time", short_gaps=True)
    for position in (3, 61, 119, 180):
        qtbot.mouseClick(timeline, Left, Plain, QPoint(round(timeline.x_of(position)), 40))
        assert timeline.position == position


def test_a_strip_that_becomes_low_draws_its_bars_down_to_its_own_floor(shown: Shown, tmp_path: Path) -> None:
    path = write_log(tmp_path / "log.jsonl", bursts=12)
    timeline = shown(path)
    timeline.grab()
    timeline.be_low(low=True)
    timeline.resize(timeline.width(), timeline.sizeHint().height())
    fresh = shown(path)
    fresh.be_low(low=True)
    fresh.resize(timeline.size())
    assert timeline.grab().toImage() == fresh.grab().toImage()


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda theme: theme.name)
def test_every_type_stands_out_from_the_ground(theme: Theme) -> None:
    for colour in type_colours(theme, "abcdefgh"):
        light, dark = sorted((luminance(colour.name()), luminance(theme.base)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, colour.name()


def luminance(name: str) -> float:
    parts = [int(name[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("scene", ["empty", "dense", "gaps", "marked"])
def test_the_timeline_looks_as_it_did(  # type: ignore[no-untyped-def]
    shown: Shown, golden, tmp_path: Path, theme: Theme, scene: str
) -> None:
    if scene == "empty":
        (tmp_path / "empty.jsonl").write_text("")
        timeline = shown(tmp_path / "empty.jsonl", theme=theme)
    elif scene == "dense":
        timeline = shown(resource("samples", "small-bank.jsonl"), theme=theme)
    else:
        timeline = shown(by="time", theme=theme, short_gaps=True)
    if scene == "marked":
        timeline.show_view(timeline.view.zoomed(2, 0.5))
        timeline.show_bookmarks([Bookmark(50, "salary"), Bookmark(110)])
        timeline.show_points(70, 100)
        timeline.show_violations([62, 104])
        timeline.show_own(range(1, 181, 5), "acc-0")
        timeline.show_selection((80, 95))
    golden(timeline, f"timeline-{scene}-{theme.name}")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_card_under_the_pointer_looks_as_it_did(qtbot: QtBot, shown: Shown, golden, theme: Theme) -> None:  # type: ignore[no-untyped-def]
    apply_theme(theme.name)
    timeline = shown(theme=theme, by="time", short_gaps=True)
    timeline.show_bookmarks([Bookmark(121, "the third burst", "begins after a week")])
    around = QWidget()
    qtbot.addWidget(around)
    around.setFont(timeline.font())
    around.resize(WIDTH, 230)
    timeline.setParent(around)
    timeline.move(0, 230 - timeline.height())
    around.show()
    timeline.show()
    qtbot.waitExposed(around)
    for x in (timeline.x_of(121) - 20, timeline.x_of(121)):
        qtbot.mouseMove(timeline, QPoint(round(x), 40))
    qtbot.waitUntil(lambda: timeline.hover_card is not None and timeline.hover_card.isVisible())
    golden(around, f"timeline-hover-{theme.name}")
    apply_theme("light")


def test_the_pointer_tells_what_would_happen_there_without_moving(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown(resource("samples", "three-events.jsonl"))
    timeline.show_position(1, "")
    timeline.show_bookmarks([Bookmark(3, "<b>the end</b>", "20 are left")])
    for x in (timeline.x_of(3) - 20, timeline.x_of(3)):
        qtbot.mouseMove(timeline, QPoint(round(x), 40))
    qtbot.waitUntil(lambda: timeline.hover_card is not None and timeline.hover_card.isVisible())
    card = timeline.hover_card
    assert card is not None
    assert card.title.text() == "MoneyWithdrawn · acc-1"
    assert card.changes.text() == "acc-1 balance 50 → 20"
    assert card.rest.text() == "bookmark at 3: <b>the end</b>\n20 are left"
    assert timeline.position == 1
    qtbot.mouseMove(timeline, QPoint(round(timeline.x_of(2)), 40))
    qtbot.waitUntil(lambda: card.changes.text() == "acc-1 balance 0 → 50")
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    assert not card.isVisible()


def test_a_bar_of_many_events_tells_their_types(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown(by="time")
    timeline.grab()
    for x in (timeline.x_of(1) + 20, timeline.x_of(1) + 1):
        qtbot.mouseMove(timeline, QPoint(round(x), 40))
    qtbot.waitUntil(lambda: timeline.hover_card is not None and timeline.hover_card.isVisible())
    card = timeline.hover_card
    assert card is not None
    assert card.rest.text() == ("60 events here: 30 MoneyDeposited, 15 MoneyWithdrawn, 15 OwnerChanged")


def test_a_screen_reader_finds_a_slider_with_a_value_in_words(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown()
    timeline.show_position(91, "91 of 180, Tue 13 Jan 2026 10:30:00 UTC")
    face = QAccessible.queryAccessibleInterface(timeline)
    assert face.role() == QAccessible.Role.Slider
    assert face.text(QAccessible.Text.Name) == "Timeline"
    there = "91 of 180, Tue 13 Jan 2026 10:30:00 UTC, MoneyDeposited · acc-0, acc-0 balance 135 → 225"
    assert face.text(QAccessible.Text.Value).startswith(there)
    assert face.text(QAccessible.Text.Description).startswith(there)
    value = face.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (0, 91, 180)
    timeline.seek(20)
    assert value.currentValue() == 20
    assert face.text(QAccessible.Text.Value).startswith("at 20, OwnerChanged · acc-4")
    timeline.show_points(20, None)
    assert face.text(QAccessible.Text.Description).endswith(", point A")
    assert not face.text(QAccessible.Text.Value).endswith(", point A")


def test_a_screen_reader_can_move_it(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown()
    QAccessible.queryAccessibleInterface(timeline).valueInterface().setCurrentValue(33)
    assert timeline.position == 33
    for action, position in (
        (QAbstractSlider.SliderAction.SliderSingleStepAdd, 34),
        (QAbstractSlider.SliderAction.SliderSingleStepSub, 33),
        (QAbstractSlider.SliderAction.SliderPageStepAdd, 43),
        (QAbstractSlider.SliderAction.SliderToMaximum, 180),
        (QAbstractSlider.SliderAction.SliderToMinimum, 0),
    ):
        timeline.triggerAction(action)
        assert timeline.position == position


def test_moves_are_told_to_who_listens_for_them(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown()
    values: list[int] = []
    timeline.valueChanged.connect(values.append)
    for position in (5, 6, 6, 180):
        timeline.seek(position)
    assert values == [5, 6, 180]


@pytest.mark.parametrize(
    ("position", "row"), [(5_001, "flag"), (7_003, "track"), (9_002, "track"), (3_004, "a"), (8_006, "b")]
)
def test_a_press_near_a_mark_goes_to_it_exactly_though_a_pixel_is_many_events(
    qtbot: QtBot, shown: Shown, tmp_path: Path, position: int, row: str
) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text("".join(f'{{"type":"E","data":{{"id":"{number % 9}"}}}}\n' for number in range(20_000)))
    timeline = shown(path)
    timeline.show_bookmarks([Bookmark(5_001)])
    timeline.show_violations([7_003])
    timeline.show_own([9_002])
    timeline.show_points(3_004, 8_006)
    layout = timeline.layout_px
    y, dx = {
        "flag": (layout.strip.top() + 4, 3),
        "track": (layout.track.center().y(), 3),
        "a": (layout.strip.bottom() - 6, 6),
        "b": (layout.strip.bottom() - 6, -6),
    }[row]
    at = QPoint(round(timeline.x_of(position) + dx), round(y))
    assert timeline.position_at(at.x()) != position
    for point in (at - QPoint(1, 0), at):
        qtbot.mouseMove(timeline, point)
    assert timeline.hover_position == position  # what is told is where a click leads
    qtbot.mouseClick(timeline, Left, Plain, at)
    assert timeline.position == position
    qtbot.mouseClick(timeline, Left, Plain, QPoint(at.x(), round(layout.strip.top() + 20)))
    assert timeline.position == timeline.position_at(at.x())


def test_a_gap_that_is_left_out_says_how_long_it_was(qtbot: QtBot, shown: Shown) -> None:
    timeline = shown(by="time", short_gaps=True)
    x = (timeline.x_of(60) + timeline.x_of(61)) / 2
    for at in (x - 1, x):
        qtbot.mouseMove(timeline, QPoint(round(at), 40))
    qtbot.waitUntil(lambda: timeline.hover_card is not None and timeline.hover_card.isVisible())
    card = timeline.hover_card
    assert card is not None
    assert "left out here: 6 d 23 h without an event" in card.rest.text()


def test_a_type_of_account_events_has_one_colour_in_every_lesson_and_no_two_have_the_same() -> None:
    seen: dict[str, set[str]] = {}
    for path in lessons():
        document = Document.open(str(read_lesson(path).log))
        try:
            names = [group.name for group in TypeCounts(document.history).groups]
        finally:
            document.close()
        colours = [colour.name() for colour in type_colours(LIGHT, names)]
        assert len(set(colours)) == len(names)
        for name, colour in zip(names, colours, strict=True):
            seen.setdefault(str(name), set()).add(colour)
    assert len(seen) >= 7
    assert {name: colours for name, colours in seen.items() if len(colours) > 1} == {}


def test_all_others_together_are_grey_and_nothing_else_is() -> None:
    others = type_colours(LIGHT, ["AccountUnfrozen", "OrderPlaced", None])
    assert others[2].name() == type_colours(LIGHT, [None])[0].name()
    assert len({colour.name() for colour in others}) == 3
