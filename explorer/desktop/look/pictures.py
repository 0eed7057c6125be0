"""How does a part of the window become a picture, in points or in lines?"""

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from explorer.desktop.look.theme import theme_of
from explorer.eventlog.written import MARK


def image(widget: QWidget, scale: int = 1) -> QImage:
    """What `widget` looks like now, with `scale` times as many points each way."""
    made = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(scale)
    made.fill(theme_of(widget.palette()).window)
    widget.render(made)
    return made


def png(picture: QImage) -> bytes:
    """The bytes of a PNG file. It takes a while, and any thread may do it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    marked = QImage(picture)  # shares its points
    marked.setText("Software", MARK)
    marked.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def svg(widget: QWidget, title: str) -> bytes:
    """What `widget` looks like now as the bytes of an SVG file; its text stays text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setTitle(title)
    generator.setDescription(MARK)
    generator.setResolution(96)
    with QPainter(generator) as painter:
        painter.fillRect(widget.rect(), theme_of(widget.palette()).window)
        widget.render(painter, QPoint())
    return bytes(buffer.data().data())
