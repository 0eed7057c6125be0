"""Do the drawn answers (causes, steps, curves, hits, snapshots, rings) look as they did when somebody last looked?"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.desktop.lessons.exhibit_view import StripView
from explorer.desktop.lessons.spotlight import Spotlight
from explorer.desktop.look.theme import apply_theme
from explorer.desktop.state.state_model import CURVE_PX, Curve
from explorer.desktop.tables.hits import HitStrip
from explorer.desktop.why.cause_panel import CausePanel
from explorer.desktop.why.plot_view import PlotView
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons.frames import Strip
from explorer.session.reasons.steps import Steps


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Iterator[str]:
    apply_theme(request.param)
    yield request.param
    apply_theme("light")


def show(qtbot: QtBot, widget: QWidget, width: int, height: int) -> None:
    """Show a widget in the letters that every golden picture has."""
    qtbot.addWidget(widget)
    widget.setFont(QFont("DejaVu Sans", 10))
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)


def chain(folder: Path, length: int) -> Path:
    """A log in which each event is caused by the one before it, and the fifth has many effects."""
    path = folder / "chain.jsonl"
    causes = [at - 1 for at in range(1, length + 1)] + [5] * 20
    path.write_text(
        "".join(
            json.dumps(
                {
                    "type": f"Step{at % 4}Done",
                    "id": f"e{at}",
                    "data": {"accountId": f"acc-{at % 3}", "amount": at},
                    "metadata": {"causationId": f"e{cause}", "correlationId": "c-1"},
                }
            )
            + "\n"
            for at, cause in enumerate(causes, 1)
        )
    )
    return path


def test_causes_and_effects_look_as_they_did(qtbot: QtBot, golden, tmp_path: Path, theme: str) -> None:  # type: ignore[no-untyped-def]
    document = Document.open(str(chain(tmp_path, 8)))
    panel = CausePanel()
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    panel.show_document(document)
    panel.stand_at(4)
    qtbot.waitUntil(lambda: len(panel.graph.nodes) > 0)
    golden(panel.graph, f"causes-{theme}")
    panel.show_document(None)
    document.close()


def test_a_chain_of_ten_thousand_is_drawn_in_part_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document.open(str(chain(tmp_path, 10_000)))
    panel = CausePanel()
    qtbot.addWidget(panel)
    panel.resize(660, 240)
    panel.show()
    panel.show_document(document)
    panel.stand_at(5_000)
    qtbot.waitUntil(lambda: len(panel.graph.nodes) > 0)
    assert len(panel.graph.nodes) < 100
    assert "at least 980 earlier causes are not drawn" in panel.note.whole_text()
    assert panel.model.rowCount() == 10_020

    def in_sight() -> bool:
        seen = panel.area.viewport().rect()
        seen.moveTo(panel.area.horizontalScrollBar().value(), panel.area.verticalScrollBar().value())
        return seen.contains(panel.graph.rect_of(panel.graph.current).center())

    qtbot.waitUntil(in_sight)
    panel.grab()
    panel.show_document(None)
    document.close()


@pytest.mark.parametrize("field", ["balance", "status"])
def test_the_steps_of_a_value_look_as_they_did(qtbot: QtBot, golden, theme: str, field: str) -> None:  # type: ignore[no-untyped-def]
    document = Document.open(str(resource("samples", "small-bank.jsonl")))
    view = PlotView()
    show(qtbot, view, 640, 240)
    view.show_steps(Steps(document.history, "acc-1", field), "time" if field == "status" else "event")
    view.stand_at(200)
    qtbot.waitUntil(lambda: view.x_of(200) > 100)
    view.grab()  # the axis learns how wide its numbers are by drawing them
    QApplication.processEvents()
    golden(view, f"steps-{field}-{theme}")
    document.close()


def test_a_curve_in_a_cell_looks_as_it_did(qtbot: QtBot, golden, theme: str) -> None:  # type: ignore[no-untyped-def]
    class Cell(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
            below_zero = (None, None, 10.0, 40.0, 40.0, -20.0, -20.0, 5.0, 30.0, 30.0, 80.0, 10.0)
            for row, (points, here) in enumerate(((below_zero, 0.6), (below_zero, 1.0), ((7.0,) * 12, 0.0))):
                Curve(points, here).paint(painter, QRect(0, row * 24, CURVE_PX, 24))

    cell = Cell()
    show(qtbot, cell, CURVE_PX, 72)
    golden(cell, f"curve-{theme}")


def test_hits_beside_the_scroll_bar_look_as_they_did(qtbot: QtBot, golden, theme: str) -> None:  # type: ignore[no-untyped-def]
    strip = HitStrip()
    strip.show_hits(np.array([3, 4, 5, 6, 300, 302, 700, 990], np.int64), 1_000)
    strip.stand_at(500)
    show(qtbot, strip, strip.sizeHint().width(), 320)
    golden(strip, f"hits-{theme}")


def test_what_a_snapshot_spares_looks_as_it_did(qtbot: QtBot, golden, theme: str) -> None:  # type: ignore[no-untyped-def]
    strip = StripView()
    strip.show_strip(Strip("100 of 400 events replayed", 300, 400, 400, (100, 200, 300)))
    show(qtbot, strip, 360, 60)
    golden(strip, f"snapshots-{theme}")


def test_rings_around_what_a_lesson_means_look_as_they_did(qtbot: QtBot, golden, theme: str) -> None:  # type: ignore[no-untyped-def]
    page = QWidget()
    light = Spotlight(page)
    show(qtbot, page, 360, 160)
    light.point_at(
        [lambda: (page, QRect(QPoint(30, 30), QPoint(150, 60))), lambda: (page, QRect(220, 90, 80, 40))]
    )
    qtbot.waitUntil(lambda: len(light.rings()) == 2)
    golden(page, f"rings-{theme}")
    light.point_at([])
