"""Which picture stands on a button, in the colour of the text beside it?"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from explorer.desktop.theme import theme_of
from explorer.resources import resource

SIZES_PX = (16, 20, 24, 32, 48, 64)


def icon(name: str, colour: str = "") -> QIcon:
    """Return resources/icons/`name`.svg drawn in `colour`, by default that of button text."""
    palette = QGuiApplication.palette()
    wanted = colour or palette.color(QPalette.ColorRole.ButtonText).name()
    return _drawn(name, wanted, theme_of(palette).future) if name else QIcon()


@lru_cache(maxsize=128)
def _drawn(name: str, colour: str, disabled: str) -> QIcon:
    path = resource("icons", f"{name}.svg")
    made = QIcon()
    if not path.is_file():
        return made
    picture = path.read_text(encoding="utf-8")
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(picture.replace("currentColor", ink).encode()))
        for size in SIZES_PX:
            pixmap = QPixmap(size, size)
            pixmap.fill(QColor(Qt.GlobalColor.transparent))
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            made.addPixmap(pixmap, mode)
    return made
