"""Is every view, after any step, what it would be if it were made and drawn anew?

Two laws, walked at random: what is on screen is what is painted when everything is painted again (nothing was forgotten
to be repainted), and it is what a window shows that is opened at the same place (nothing was kept from before).
"""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.desktop.lessons.exhibit_view import ExhibitView
from explorer.desktop.tables.cell_table import CellTable
from explorer.desktop.tables.table_model import TableModel
from explorer.desktop.window.main_window import MainWindow
from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons import Lesson, read_lesson
from explorer.session.lessons.exhibits import exhibit
from explorer.session.lessons.lesson import Show
from explorer.session.lessons.reading import lessons
from explorer.session.lessons.staging import lesson_recipe, second_recipe
from explorer.session.options import OpenOptions
from explorer.session.trust import Trust

QUERY = "SELECT type AS kind, count(*) AS often, sum(data.{}) AS total, last(data.{}) AS last FROM events GROUP BY kind"
OF_BANK = Recipe("by-kind.sql", "sql", QUERY.format("amount", "owner"))
OF_SHOP = Recipe("by-kind.sql", "sql", QUERY.format("total", "status"))
PROGRAM = Recipe(
    "seen.py",
    "python",
    "def key(event):\n    return event['entity']\n\n\n"
    "def evolve(state, event):\n    state = state or {'seen': 0, 'kinds': []}\n"
    "    return {'seen': state['seen'] + 1, 'kinds': (state['kinds'] + [event['type']])[-3:], 'last': event['at']}\n",
)
LATE = """---
title: Late
about: An event that was recorded too late.
log: late.jsonl
read-model: accounts
---

## Two tables

Both stand at the same moment.

```do
go: start
show: read-model accounts
```
"""
PANELS = ("why", "diff", "find", "watch", "what-if", "commands", "plot", "checks", "bookmarks")


def shop(path: Path, events: int = 240) -> None:
    """Orders that are placed, changed, paid, sent and cancelled; some are written too late."""
    draw, lines = random.Random(3), []
    for number in range(events):
        order = draw.randrange(24)
        kind = draw.choice(["OrderPlaced", "OrderChanged", "OrderPaid", "OrderShipped", "OrderCancelled"])
        minute = number - draw.choice([0, 0, 0, 7])
        data = {
            "orderId": f"ord-0000-{order:04}",
            "total": draw.randrange(100) / 4,
            "status": kind[5:].lower(),
        }
        at = f"2026-03-{1 + max(minute, 0) // 60:02}T10:{max(minute, 0) % 60:02}:00Z"
        lines.append(json.dumps({"type": kind, "at": at, "data": data}))
    path.write_text("\n".join(lines) + "\n")


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Nothing is on its way any more."""
    window.page.playhead.flush()
    qtbot.waitUntil(lambda: not at_work(window), timeout=10_000)
    for _ in range(20):  # each layout asks the one around it in the next round
        QApplication.processEvents()


def at_work(window: MainWindow) -> bool:
    page = window.page
    arranging = page.arranging
    narrowing = arranging._narrowing
    return bool(
        window.opening
        or arranging.totalling._ready is not page.document
        or narrowing._reading.running
        or narrowing._catching_up.running
        or page.branching._working.running
        or page.finding._search.running
        or page.filtering._search.running
        or (arranging._settling.isActive() and not page.timeline.isSliderDown())
    )


# --- what is on screen --------------------------------------------------------------------------------------


def on_screen(window: MainWindow) -> QImage:
    return window.screen().grabWindow(window.winId()).toImage()


def painted_anew(window: MainWindow) -> QImage:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, CellTable):
            widget.forget_cells()
        widget.update()
    QApplication.processEvents()
    return on_screen(window)


def what_differs(seen: QImage, anew: QImage, window: MainWindow) -> str:
    """The innermost widget whose picture is not the same."""
    wrong = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        for corner in [widget.mapTo(window, QPoint(0, 0))]
        if seen.copy(corner.x(), corner.y(), widget.width(), widget.height())
        != anew.copy(corner.x(), corner.y(), widget.width(), widget.height())
    ]
    return ", ".join(f"{type(each).__name__} {each.accessibleName()}" for each in wrong[-3:])


# --- what is told -------------------------------------------------------------------------------------------


def told(window: MainWindow) -> dict[str, object]:
    """Whatever can be seen of the page, as data: the cells of tables with their looks, and all other text."""
    found: dict[str, object] = {}
    page = window.page
    rooms = {name: dock.part.widget for name, dock in page.panels.docks.items()}
    rooms |= {"header": page.header, "timeline": page.timeline, "transport": page.transport}
    for room, around in rooms.items():
        for at, widget in enumerate(around.findChildren(QWidget)):
            if not widget.isVisible() or widget.visibleRegion().isEmpty():
                continue
            name = f"{room} {at} {type(widget).__name__} {widget.accessibleName()}"
            if isinstance(widget.parent(), QLineEdit):
                continue  # a button that clears it
            match widget:
                case QTableView():
                    found[name] = table(widget)
                case QComboBox():
                    found[name] = widget.currentText()
                case QTabWidget():
                    found[name] = [widget.tabText(tab) for tab in range(widget.count())]
                case QLabel() | QLineEdit() | QAbstractButton():
                    whole = getattr(widget, "whole_text", widget.text)
                    found[name] = (whole(), widget.isEnabled())
    found["state"] = page.state_text()
    found["said of the place"] = page.timeline.spoken_there
    found["status"] = window.status.whole_text()
    return found


def table(view: QTableView) -> object:
    model = view.model()
    assert isinstance(model, TableModel)
    across = Qt.Orientation.Horizontal
    heads = [model.headerData(column, across) for column in range(model.columnCount())]
    rows = [
        [(cell.text, cell.ink, cell.ground, cell.beside, struck(cell)) for cell in model.cells(row)]
        for row in range(model.rowCount())
    ]
    return heads, rows


def struck(cell: object) -> bool:
    font = cell.font  # type: ignore[attr-defined]
    return font is not None and font.strikeOut()


# --- steps --------------------------------------------------------------------------------------------------


class Walk:
    """A person who does anything, in any order."""

    def __init__(self, qtbot: QtBot, window: MainWindow, path: Path, seed: int) -> None:
        self.qtbot, self.window, self.path = qtbot, window, path
        self.draw = random.Random(seed)
        self.models = [Recipe(), OF_SHOP if path.stem == "shop" else OF_BANK, PROGRAM, Recipe("latest")]
        self.step: dict[str, Callable[[], None]] = {
            "jump": self.jump, "zero": self.zero, "end": self.end, "arrows": self.arrows, "drag": self.drag,
            "order": self.order, "model": self.model, "listed": self.listed, "narrowed": self.narrowed,
            "grown": self.grown, "panel": self.panel, "chosen": self.chosen, "compared": self.compared,
            "skipped": self.skipped, "sorted": self.sorted, "sought": self.sought,
        }  # fmt: skip

    def go(self) -> str:
        name = self.draw.choice([*self.step, "jump", "zero", "arrows", "drag"])
        self.step[name]()
        settled(self.qtbot, self.window)
        return name

    def jump(self) -> None:
        self.window.page.playhead.move_to(self.draw.randrange(self.window.page.playhead.last + 1))

    def zero(self) -> None:
        self.window.page.playhead.move_to(0)

    def end(self) -> None:
        self.window.page.playhead.move_to(self.window.page.playhead.last)

    def arrows(self) -> None:
        for _ in range(self.draw.randrange(1, 6)):
            self.window.page.playhead.step(self.draw.choice([-1, 1, 1, -10, 10]))
            settled(self.qtbot, self.window)

    def drag(self) -> None:
        timeline = self.window.page.timeline
        row = timeline.height() // 2
        places = [QPoint(self.draw.randrange(8, timeline.width() - 8), row) for _ in range(4)]
        QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(timeline, place)
            settled(self.qtbot, self.window)
        QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=places[-1])
        QTest.mouseMove(timeline, QPoint(1, timeline.height() - 1))

    def order(self) -> None:
        page = self.window.page
        wanted = "log" if page.document.order == "time" else "time"
        box = page.header.order
        box.setCurrentIndex(box.findData(wanted))
        box.activated.emit(box.currentIndex())
        self.qtbot.waitUntil(lambda: page.document.order == wanted)

    def model(self) -> None:
        before = self.window.page.document
        self.window.parts.read_models.chosen.emit(self.draw.choice(self.models))
        self.qtbot.waitUntil(lambda: self.window.page.document is not before and not self.window.opening)

    def listed(self) -> None:
        self.window.page.filter.setText(self.draw.choice(["", "1", "type:OrderPaid", "zzz"]))
        self.window.page.filter_bar.alone.setChecked(self.draw.random() < 0.5)

    def narrowed(self) -> None:
        self.window.page.arranging.narrow(self.draw.choice(["", "1", "a", "zzz"]))

    def grown(self) -> None:
        before = self.window.page.document
        lines = self.path.read_text().splitlines(keepends=True)
        with self.path.open("a") as log:
            log.write(self.draw.choice(lines))
        self.window.parts.rereading.reload()
        self.qtbot.waitUntil(lambda: self.window.page.document is not before and not self.window.opening)

    def panel(self) -> None:
        self.window.page.panels.bring_up(self.draw.choice(PANELS))

    def chosen(self) -> None:
        view = self.window.page.state_model.view
        if view.row_count:
            row, column = self.draw.randrange(view.row_count), self.draw.randrange(len(view.shown))
            self.window.page.state_table._click(self.window.page.state_model.index(row, column + 1))

    def compared(self) -> None:
        comparing, last = self.window.page.comparing, self.window.page.playhead.last
        if self.draw.random() < 0.5:
            comparing.compare_with(self.draw.randrange(last + 1))
        else:
            comparing.clear()

    def skipped(self) -> None:
        branching = self.window.page.branching
        if self.draw.random() < 0.6:
            branching.change("skip", self.draw.randrange(1, self.window.page.playhead.last + 1))
        else:
            branching.remove()

    def sorted(self) -> None:
        page = self.window.page
        name = self.draw.choice([column.name for column in page.state_model.view.shown])
        page.arranging.change_column(self.draw.choice(["up", "down", "none", "pin"]), name)

    def sought(self) -> None:
        finding = self.window.page.finding
        finding.look_for(self.draw.choice(["", "version > 2", "often > 3", "balance > 100"]))


def copied(name: str, tmp_path: Path) -> Path:
    path = tmp_path / (name if "." in name else f"{name}.jsonl")
    if name == "shop":
        shop(path)
    else:
        shutil.copy(resource("samples", path.name), path)
    return path


@pytest.mark.parametrize("name", ["three-events", "small-bank", "shop"])
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.timeout(120)
def test_nothing_on_screen_is_older_than_the_last_step(
    qtbot: QtBot, open_window, tmp_path: Path, name: str, seed: int
) -> None:  # type: ignore[no-untyped-def]
    Trust().give(PROGRAM)
    path = copied(name, tmp_path)
    window = open_window(path)
    walk = Walk(qtbot, window, path, seed)
    settled(qtbot, window)
    done: list[str] = []
    for _ in range(30):
        done.append(walk.go())
        seen = on_screen(window)
        anew = painted_anew(window)
        assert seen == anew, (done, what_differs(seen, anew, window))


@pytest.mark.parametrize("name", ["three-events", "small-bank", "shop"])
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.timeout(120)
def test_a_window_that_is_opened_at_the_same_place_shows_the_same(
    qtbot: QtBot, open_window, tmp_path: Path, name: str, seed: int
) -> None:  # type: ignore[no-untyped-def]
    Trust().give(PROGRAM)
    path = copied(name, tmp_path)
    window = open_window(path)
    walk = Walk(qtbot, window, path, seed + 100)
    settled(qtbot, window)
    done: list[str] = []
    for _ in range(3):
        done += [walk.go() for _ in range(8)]
        view = window.parts.workspaces.view()
        other = open_window(None)
        other.resize(window.size())
        other.open_view(str(path), view)
        qtbot.waitUntil(lambda other=other: other.page.document is not None and not other.opening)
        other.page.arranging.narrow(window.page.state_panel.line.text())
        other.page.finding.panel.line.setText(window.page.finding.panel.line.text())
        settled(qtbot, other)
        first, second = told(window), told(other)
        wrong = [
            f"{key}:\n  {first.get(key)}\n  {second.get(key)}"
            for key in {**first, **second}
            if first.get(key) != second.get(key)
        ]
        assert not wrong, "\n".join([str(done), *wrong])
        other.close()


def test_before_the_first_event_nothing_adds_up_to_anything(qtbot: QtBot, lesson: MainWindow) -> None:
    lesson.page.playhead.move_to(lesson.page.playhead.last)
    settled(qtbot, lesson)
    row = lesson.page.totals
    assert "20" in row.whole_text()
    lesson.page.playhead.move_to(0)
    settled(qtbot, lesson)
    assert "20" not in row.whole_text()
    seen = on_screen(lesson)
    assert seen == painted_anew(lesson), what_differs(seen, painted_anew(lesson), lesson)


def exhibits() -> list[tuple[Lesson, Show]]:
    read = [read_lesson(str(path)) for path in lessons()]
    return [(each, step.exhibit) for each in read for step in each.steps if step.exhibit is not None]


def test_an_exhibit_looks_as_if_it_were_made_where_one_stands(qtbot: QtBot) -> None:
    draw, live = random.Random(11), ExhibitView()
    qtbot.addWidget(live)
    live.resize(560, 640)
    kinds = set()
    for lesson, show in exhibits():
        recipe = lesson_recipe(lesson)
        document = Document.open(str(lesson.log), OpenOptions(projection=recipe))
        second = second_recipe(lesson, show) if show.kind == "read-model" else OF_BANK
        for order in ("log", "time"):
            document.set_order(order)
            shown, furthest = exhibit(show, document, recipe, second), 0
            assert shown is not None
            shown.begin(0)
            live.show_exhibit(shown, 0)
            for place in [0, *(draw.randrange(document.event_count + 1) for _ in range(2)), 0]:
                furthest = max(furthest, place)
                live.stand_at(place)
                made, anew = exhibit(show, document, recipe, second), ExhibitView()
                assert made is not None
                made.begin(furthest if made.forward_only else place)
                qtbot.addWidget(anew)
                anew.resize(live.size())
                anew.show_exhibit(made, place)
                live.show()
                anew.show()
                for _ in range(20):
                    QApplication.processEvents()
                    if (focus := QApplication.focusWidget()) is not None:
                        focus.clearFocus()  # its ring is no part of what is shown
                assert live.grab().toImage() == anew.grab().toImage(), (lesson.name, show, order, place)
                anew.show_exhibit(None, 0)
                made.close()
            live.show_exhibit(None, 0)
        kinds.add(show.kind)
        document.close()
    assert {"row", "questions", "snapshots", "command", "upcast", "read-model"} <= kinds


def test_an_exhibit_follows_the_order_of_time(qtbot: QtBot, open_window, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "late.jsonl"
    path.write_text(
        '{"type":"AccountOpened","data":{"accountId":"acc-1"},"at":"2026-01-01T00:00:00Z"}\n'
        '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":5},"at":"2026-01-03T00:00:00Z"}\n'
        '{"type":"MoneyDeposited","data":{"accountId":"acc-1","amount":70},"at":"2026-01-02T00:00:00Z"}\n'
    )
    given = tmp_path / "late.md"
    given.write_text(LATE)
    window = open_window(None)
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        window.open_path(str(given))
    grid = window.parts.lessons.panel.exhibit.grids
    window.page.playhead.move_to(2)
    settled(qtbot, window)
    assert balances(grid[0]) == ["5"]
    box = window.page.header.order
    box.setCurrentIndex(box.findData("time"))
    with qtbot.waitSignal(window.parts.lessons.step_shown):
        box.activated.emit(box.currentIndex())
    window.page.playhead.move_to(2)
    settled(qtbot, window)
    assert balances(grid[0]) == ["70"]


def balances(view: QTableView) -> list[str]:
    model = view.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return [str(model.index(row, heads.index("Balance")).data()) for row in range(model.rowCount())]
