"""How does the real window look with this log, without a screen?"""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from explorer.desktop.look.pictures import png
from explorer.desktop.look.theme import apply_theme
from explorer.desktop.settings import open_settings
from explorer.desktop.window.main_window import MainWindow
from explorer.eventlog.errors import LogError
from explorer.eventlog.written import refuse, write_file
from explorer.history.history import Order
from explorer.session.document import Document
from explorer.session.options import OpenOptions


def save(
    path: str,
    out: str,
    *,
    position: str | None,
    size: tuple[int, int],
    theme: str,
    options: OpenOptions,
    order: Order | None = None,
    replace: bool = False,
) -> None:
    """Draw the window into `out` (PNG); `replace` what is there, if that is no log.

    Raises:
        InTheWay: Something is there that this program did not draw.
        LogError: The log cannot be opened, or the picture not be written there.
        PointError: `position` means none.
    """
    target = Path(os.path.realpath(out))
    document = Document.open(path, options)
    try:
        refuse(target, replace=replace)  # now that the log is open; the window takes a while
    except LogError:
        document.close()
        raise
    if order is not None:
        document.set_order(order)
    stand = str(document.event_count if position is None else document.jump(position, 0))
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    apply_theme(theme)
    with tempfile.TemporaryDirectory() as folder:  # a picture shows the program, not one person's settings
        settings = open_settings(Path(folder) / "settings.ini")
        settings.hints_seen = True  # whoever looks at it does not have it in front of them
        window = MainWindow(settings)
        window.resize(*size)
        window.show()
        window.show_document(document, path, options, stand)
        entity = document.entity_at(window.page.playhead.position)
        if entity is not None:
            fields = [each.name for each in document.history.fields if each.fold == "sum" and not each.hidden]
            window.page.state_table.choose(entity, fields[0] if fields else "")
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # bars of tabs that Qt has made anew since
        app.processEvents()
        picture = window.grab()
        window.close()
        window.deleteLater()
        app.processEvents()
    write_file(target, [png(picture.toImage())], replace=replace)
