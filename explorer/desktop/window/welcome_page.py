"""What does a newcomer see before a log is open?"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.buttons import Button
from explorer.desktop.menus.action_table import OWN_LESSONS
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


class WelcomePage(QWidget):
    """The idea in two sentences, a place to drop a log, recent logs and samples."""

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
        self._recent = QVBoxLayout()
        samples = QVBoxLayout()
        for part in (self._recent, samples):
            part.setSpacing(2)
        for name, what in SAMPLES:
            samples.addWidget(self._link(tr(what), str(resource("samples", name))))
        lessons = QVBoxLayout()
        lessons.setSpacing(2)
        for name, what in OWN_LESSONS:
            lessons.addWidget(self._link(tr(what).replace("&", ""), str(spoken_resource("lessons", name))))
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

    def show_recent(self, paths: list[str]) -> None:
        """List the logs opened last; those that are gone cannot be chosen."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for path in paths:
            link = self._link(visible(short_name(path), 60), path)
            link.setEnabled(is_address(path) or Path(path).is_file())
            self._recent.addWidget(link)
        if not paths:
            self._recent.addWidget(plain.label(tr("None yet."), role="muted"))

    def _link(self, text: str, path: str) -> Button:
        link = Button(text.replace("&", "&&"))
        link.setProperty("role", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        plain.set_tip(link, visible(path))
        link.clicked.connect(lambda: self.log_chosen.emit(path))
        return link
