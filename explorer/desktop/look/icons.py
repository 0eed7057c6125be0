"""Which picture stands on a button, in the colour of the text beside it, sharp at any size?"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap

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
