"""Which pictures does the program have, in which colours, and how large are they beside text of any size?"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication

from explorer.desktop.look.theme import theme_of
from explorer.resources import resource

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer


def icon(name: str, colour: str = "") -> QIcon:
    """Return resources/icons/`name`.svg drawn in `colour`, by default that of button text."""
    palette = QGuiApplication.palette()
    wanted = colour or palette.color(QPalette.ColorRole.ButtonText).name()
    return _drawn(name, wanted, theme_of(palette).future) if name else QIcon()


class Picture(QIconEngine):
    """Draws an SVG when it is needed, at the size and for the screen that it is needed for; reads it only then."""

    def __init__(self, path: Path, colour: str, disabled: str) -> None:
        super().__init__()
        self._path, self._inks = path, (colour, disabled)
        self._renderers: dict[str, QSvgRenderer] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        ink = self._inks[mode == QIcon.Mode.Disabled]
        renderer = self._renderers.get(ink)
        if renderer is None:
            renderer = self._renderers[ink] = _renderer(self._path, ink)
        renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        made = QPixmap(size)  # in pixels of the screen
        made.fill(QColor(Qt.GlobalColor.transparent))
        with QPainter(made) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        made.setDevicePixelRatio(scale)
        return made

    def clone(self) -> QIconEngine:
        return Picture(self._path, *self._inks)


@lru_cache(maxsize=128)
def _drawn(name: str, colour: str, disabled: str) -> QIcon:
    path = resource("icons", f"{name}.svg")
    return QIcon(Picture(path, colour, disabled)) if path.is_file() else QIcon()


def _renderer(path: Path, ink: str) -> "QSvgRenderer":
    from PySide6.QtSvg import QSvgRenderer  # most icons are in menus, and wait there

    return QSvgRenderer(QByteArray(path.read_text(encoding="utf-8").replace("currentColor", ink).encode()))


def size_icon(button: QAbstractButton, usual_px: int) -> None:
    """Give a button a picture so large at the usual size of text; `fit_icons` keeps it in proportion."""
    app = QApplication.instance()
    usual_pt = app.property("usual_pt") if app is not None else None
    px = round(usual_px * QApplication.font().pointSizeF() / usual_pt) if usual_pt else usual_px
    button.setProperty("icon_px", usual_px)
    button.setIconSize(QSize(px, px))


def fit_icons() -> None:
    """The size of text has changed: the pictures follow, in all windows."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, QAbstractButton) and (usual_px := widget.property("icon_px")):
            size_icon(widget, usual_px)
