"""How large is the picture on a button, beside text of any size?"""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication


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
