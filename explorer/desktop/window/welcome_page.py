"""What does a newcomer see before a log is open?"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.buttons import Button
from explorer.desktop.menus.action_table import GALLERY, OWN_LESSONS, SAMPLE_DOMAINS
from explorer.eventlog.sources.address import is_address, short_name
from explorer.language import later, tr
from explorer.resources import resource, spoken_resource
from explorer.session.plaintext import visible

IDEA = later(
    "In a table, the last UPDATE destroys history. An event log keeps every fact, and state is only a fold of "
    "them. Open a log, drag through time, see the state its events had produced at that point, and ask why."
)
SAMPLES = (
    ("three-events.jsonl", later("The lesson: three events")),
    ("small-bank.jsonl", later("A month of a small bank")),
    ("damaged.jsonl", later("A damaged log")),
    ("orders.jsonl", later("A web shop's orders (an unknown domain)")),
    ("library.csv", later("A library's loans, as CSV")),
)
COLUMN_PX = 860
HEADING_PX = 12  # above the heading of a second list
MOST_LESSONS = 5  # recent ones; the menu has the others


class WelcomePage(QWidget):
    """The idea in two sentences, a place to drop a log, recent logs and lessons, and samples."""

    log_chosen = Signal(str)
    open_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QWidget()
        column.setMaximumWidth(COLUMN_PX)
        box = QVBoxLayout(column)
        box.setSpacing(14)
        box.addWidget(plain.label("History Explorer", role="title"))
        box.addWidget(plain.label(tr(IDEA), role="muted", wrap=True))
        drop = Button(tr("Drop an event log here, or click to open one…"))
        drop.setMinimumHeight(84)
        drop.setProperty("role", "drop")
        drop.clicked.connect(self.open_asked)
        box.addWidget(drop)
        lists = QHBoxLayout()
        lists.setSpacing(24)
        self._recent, self._recent_lessons = QVBoxLayout(), QVBoxLayout()
        samples, lessons = QVBoxLayout(), QVBoxLayout()
        for part in (self._recent, self._recent_lessons, samples, lessons):
            part.setSpacing(2)
        for name, what in SAMPLES:
            samples.addWidget(self._link(tr(what), str(resource("samples", name))))
        for name, what in OWN_LESSONS:
            lessons.addWidget(self._link(tr(what).replace("&", ""), str(spoken_resource("lessons", name))))
        lessons.addWidget(self._gallery())
        lessons.addLayout(self._recent_lessons)
        for title, part in (
            (later("Lessons"), lessons),
            (later("Samples"), samples),
            (later("Recent logs"), self._recent),
        ):
            side = QVBoxLayout()
            side.addWidget(plain.label(tr(title), role="heading"))
            side.addLayout(part)
            side.addStretch(1)
            lists.addLayout(side, 1)
        box.addLayout(lists)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(column, 8, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)

    def show_recent(self, logs: list[str], lessons: list[str]) -> None:
        """List the logs and the lessons opened last; those that are gone cannot be chosen."""
        for box, paths in ((self._recent, logs), (self._recent_lessons, lessons[:MOST_LESSONS])):
            while (item := box.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            if paths and box is self._recent_lessons:
                box.addSpacing(HEADING_PX)
                box.addWidget(plain.label(tr("Recent lessons"), role="heading"))
            for path in paths:
                link = self._link(visible(short_name(path), 60), path)
                link.setEnabled(is_address(path) or Path(path).is_file())
                box.addWidget(link)
        if not logs:
            self._recent.addWidget(plain.label(tr("None yet."), role="muted"))

    def _gallery(self) -> Button:
        """What shows the sample domains: each a small lesson."""
        menu = QMenu(self)
        for name, what in SAMPLE_DOMAINS:
            path = str(spoken_resource("lessons", name))
            menu.addAction(tr(what)).triggered.connect(
                lambda _checked=False, path=path: self.log_chosen.emit(path)
            )
        gallery = Button(tr(GALLERY.rpartition("/")[2]).replace("&", "") + "…")
        gallery.setProperty("role", "link")
        gallery.setCursor(Qt.CursorShape.PointingHandCursor)
        menu.setAccessibleName(gallery.text())
        plain.set_tip(gallery, tr("Ten small domains, each with a log, a read model and three questions"))
        gallery.clicked.connect(lambda: menu.popup(gallery.mapToGlobal(gallery.rect().bottomLeft())))
        return gallery

    def _link(self, text: str, path: str) -> Button:
        link = Button(text.replace("&", "&&"))
        link.setProperty("role", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        plain.set_tip(link, visible(path))
        link.clicked.connect(lambda: self.log_chosen.emit(path))
        return link
