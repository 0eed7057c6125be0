"""How did the chosen value get to where it is, as a picture over time?"""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import row_px
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.saving import ask_where
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import MARK, write_file
from explorer.language import grouped, later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.reasons.steps import By, Steps, steps_text
from explorer.session.stand import Stand

if TYPE_CHECKING:
    from explorer.desktop.why.plot_view import PlotView


HINT = later("Choose a value in the state: how it went through time is drawn here.")
AXES: tuple[tuple[By, str], ...] = (("event", later("by event")), ("time", later("by time")))
AT_ONCE_EVENTS = 300_000  # of a longer log, the steps of a value are gathered beside the window
SAID_FIGURES = 60  # wide are the title and what is read together; with less room there are two lines
LEAST_ROWS = 6  # high is a panel that has room for two lines above its plot
PICTURE_SCALE = 2  # of a PNG, so that it can be printed


class PlotPanel(QWidget):
    """The plot, what is read at the pointer or the playhead, and along what it is drawn."""

    position_chosen = Signal(object)
    picture_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view: PlotView | None = None
        self.value: tuple[str, str] | None = None
        self.steps: Steps | None = None
        self._document: Document | None = None
        self._position = 0
        self._stretch: tuple[int, int] | None = None
        self._stale = False
        self._loading = LatestTask(self)
        self._gathering = LatestTask(self)
        self.title = plain.Elided("", role="heading", name=tr("Plot"))
        self.reading = plain.Elided("", role="muted", name=tr("Value"))
        self.axis = QComboBox()
        self.axis.setAccessibleName(tr("Along what the value is drawn"))
        self.axis.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for key, text in AXES:
            self.axis.addItem(tr(text), key)
        self.follow = QToolButton()
        self.follow.setText(tr("Follow zoom"))
        self.follow.setCheckable(True)
        self.follow.setAccessibleName(tr("Draw the part of the log that the timeline shows"))
        plain.set_tip(self.follow, self.follow.accessibleName())
        self.follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.save = QToolButton()
        self.save.setText(tr("Save picture…"))
        self.save.setAccessibleName(tr("Save the plot as a picture"))
        self.save.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hint = plain.label(tr(HINT), role="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self._stack.setAccessibleName(tr("Plot"))
        self._stack.addWidget(self.hint)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 2)
        head.addWidget(self.reading, 3)
        head.addWidget(self.axis)
        head.addWidget(self.follow)
        head.addWidget(self.save)
        self._head = head
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._stack, 1)
        self.axis.activated.connect(lambda _at: self._draw())
        self.follow.toggled.connect(lambda _on: self._zoom())
        self.save.clicked.connect(self.picture_asked)

    def show_value(self, document: Document | None, entity: str | None, field: str) -> None:
        """Draw `field` of `entity` once somebody looks."""
        known = document is not None and entity is not None and bool(field)
        self._document = document
        self.value = (entity, field) if known and entity is not None else None
        self._stale = True
        self._gathering.cancel()

    def stand_at(self, position: int) -> None:
        """Move the playhead's line. Called while the panel can be seen."""
        self._position = position
        if self._stale:
            self._show()
        elif self.view is not None:
            self.view.stand_at(position)
            self._read(None)

    def show_stretch(self, stretch: tuple[int, int] | None) -> None:
        """The timeline shows what lies between these positions; None: all. Drawn only if the person wants it so."""
        self._stretch = stretch
        if self.follow.isChecked() and not self._stale:
            self._zoom()

    def save_picture(self, path: str, *, replace: bool = False) -> None:
        """Write what is drawn as PNG or SVG, by the ending of `path`; `replace` what is there only with leave.

        Raises:
            OSError: Nothing is drawn.
            LogError: It cannot be written, or not there.
        """
        view = self.view
        if view is None or self.steps is None:
            raise OSError(tr("there is no plot to save"))
        size = view.viewport().size()
        if Path(path).suffix.lower() == ".svg":
            from PySide6.QtSvg import QSvgGenerator

            generator = QSvgGenerator()
            buffer = QBuffer()
            generator.setOutputDevice(buffer)
            generator.setSize(size)
            generator.setViewBox(QRect(0, 0, size.width(), size.height()))
            generator.setTitle(self.title.whole_text())
            generator.setDescription(MARK)
            with QPainter(generator) as painter:
                view.paint_on(painter, QRectF(0, 0, size.width(), size.height()))
            write_file(Path(path), [bytes(buffer.data().data())], replace=replace)
            return
        image = QImage(size * PICTURE_SCALE, QImage.Format.Format_RGB32)
        image.fill(0)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            view.paint_on(painter, QRectF(0, 0, image.width(), image.height()))
        from explorer.desktop.look.pictures import png

        write_file(Path(path), [png(image)], replace=replace)

    def sizeHint(self) -> QSize:
        return QSize(480, 220)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = sum(
            each.sizeHint().width() + self._head.spacing() for each in (self.axis, self.follow, self.save)
        )
        narrow = self.width() < beside + SAID_FIGURES * self.fontMetrics().horizontalAdvance("0")
        below = narrow and self.height() >= LEAST_ROWS * row_px()
        if below and self._head.indexOf(self.reading) >= 0:
            self._head.removeWidget(self.reading)
            self._box.insertWidget(1, self.reading)
        elif not below and self._box.indexOf(self.reading) >= 0:
            self._box.removeWidget(self.reading)
            self._head.insertWidget(1, self.reading, 3)

    # --- private ------------------------------------------------------------------------------

    def _show(self) -> None:
        """Draw the value that was chosen last; the first time, fetch the plotting library first."""
        if self.value is not None and self.view is None:
            if not self._loading.running:
                self.hint.setText(tr("Getting ready to draw…"))
                self._loading.start(
                    lambda _report: importlib.import_module("explorer.desktop.why.plot_view"),
                    Handlers(self._begin),
                )
            return
        self._stale = False
        document, value = self._document, self.value
        if document is None or value is None:
            self._show_steps(None)
            return
        history = document.history
        if document.event_count <= AT_ONCE_EVENTS:
            self._show_steps(Steps(history, *value))
            return
        self._gathering.start(lambda _report: Steps(history, *value), Handlers(self._show_steps))

    def _show_steps(self, steps: Steps | None) -> None:
        self._gathering.cancel()
        self.steps = steps
        value = self.value
        self.title.show_text("" if value is None else _named(*value))
        drawable = self.steps is not None and len(self.steps) > 0
        self.axis.setVisible(drawable)
        self.follow.setVisible(drawable)
        self.save.setVisible(drawable)
        self.hint.setText(tr(HINT) if value is None else tr("No event has set this value."))
        if self.view is not None:
            self._stack.setCurrentWidget(self.view if drawable else self.hint)
        self._draw()

    def _begin(self, module: object) -> None:
        """The library is there: make the view."""
        self.view = module.PlotView()  # type: ignore[attr-defined]
        assert self.view is not None
        self._stack.addWidget(self.view)
        self.view.position_asked.connect(self.position_chosen)
        self.view.hovered.connect(self._read)
        self._show()

    def _draw(self) -> None:
        view = self.view
        if view is None:
            return
        by: By = "time" if self.axis.currentData() == "time" else "event"
        view.show_steps(self.steps, by)
        self.axis.setCurrentIndex(self.axis.findData(view.by))
        if self.follow.isChecked():
            self._zoom()
        view.stand_at(self._position)
        self._read(None)
        view.setAccessibleName(tr("Plot of {value}").format(value=self.title.whole_text()))

    def _zoom(self) -> None:
        """As much of the axis as the timeline shows, or all of it."""
        view, steps, stretch = self.view, self.steps, self._stretch if self.follow.isChecked() else None
        if view is None or steps is None:
            return
        low, high = (0, steps.last) if stretch is None else stretch
        left, right = steps.places(np.array([low, high], np.int64), view.by)
        room = 0.01 * (right - left) if stretch is None else 0.0
        view.box.setXRange(left - room, max(right, left + 1e-3) + room, padding=0)

    def _read(self, position: object) -> None:
        """Say the value at a position; None: at the playhead."""
        steps, document = self.steps, self._document
        if steps is None or document is None or not len(steps):
            self.reading.show_text("")
            return
        at = position if isinstance(position, int) else self._position
        value = steps.value_text(at) or tr("not set yet")
        text = tr("{value} at #{position}, {moment}")  # the value first: it is never cut
        self.reading.show_text(
            text.format(position=grouped(at), moment=document.moment_text(at), value=value)
        )
        if position is None and self.view is not None:
            positions = steps.changes.positions
            begin, end = (document.moment_text(int(each)) for each in (positions[0], positions[-1]))
            self.view.setAccessibleDescription(steps_text(steps, at, (begin, end)))


def _named(entity: str, field: str) -> str:
    return tr("{field} of {entity}").format(field=visible(field, 60), entity=visible(entity, 60))


PICTURES = later("Pictures (*.png *.svg)")


class PlotController(PanelController):
    """The panel with the plot: of the value that is explained, over what is in view on the timeline."""

    panel: PlotPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = PlotPanel()

    def offers(self) -> dict[str, object]:
        return {"plotting": self}

    def wire(self) -> None:
        self._page.timeline.view_changed.connect(self._show_stretch)
        self._page.signals.value_explained.connect(self._plot)
        self._page.signals.plot_asked.connect(self.plot)
        self.panel.follow.toggled.connect(lambda _on: self._show_stretch())
        self.panel.position_chosen.connect(self._page.playhead.move_to)
        self.panel.picture_asked.connect(self.save)

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    def save(self) -> None:
        """Ask where to, and write the picture."""
        ask_where(self.panel, tr("Save the plot"), "plot.png", tr(PICTURES), "png", self._write)

    def _write(self, path: str) -> None:
        try:
            self.panel.save_picture(path, replace=True)
        except (OSError, LogError) as error:
            plain.box(self.panel, tr("Not saved"), visible(in_words(error), 1_000)).open()

    def plot(self, entity: str, column: str) -> None:
        """Draw a value, or a part of a nested one, and bring the panel up."""
        self._page.panels.bring_up("plot")
        self._plot(self._page.document, entity, column)

    def _plot(self, document: Document | None, entity: str | None, field: str) -> None:
        """The plot shows what is explained; what cannot be seen is drawn when it comes to be."""
        self.panel.show_value(document, entity, field)
        if self._page.panels.in_front("plot"):
            self.panel.stand_at(self._page.playhead.position)

    def _show_stretch(self) -> None:
        """Tell the plot which positions are in view on the timeline."""
        axis, view = self._page.timeline.axis, self._page.timeline.view
        whole = view.is_whole
        self.panel.show_stretch(None if whole else (axis.position(view.start), axis.position(view.stop)))
