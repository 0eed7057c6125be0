"""When did something hold: where is the condition written, and how are the intervals shown?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.find.hits_table import HitsTable
from explorer.desktop.look.theme import show_wrong
from explorer.desktop.tables.hits import HitLine
from explorer.language import later, tr
from explorer.session.find.finding import Hits

HELP = later(
    """A condition over the state of each account, in the notation of SQL:
balance < 0      status = 'frozen'      owner in ('Ada', 'Linus')      version between 2 and 5
and, or, not, brackets; is null, is not null. balance.EUR is one currency, address.city a part of a value."""
)


class FindPanel(QWidget):
    """A line for the condition, what came of it, and every interval in which it held."""

    asked = Signal(str)  # look for this
    check_asked = Signal(str)  # the condition of a check to be made

    def __init__(self) -> None:
        super().__init__()
        self.line = HitLine()
        self.line.setAccessibleName(tr("Condition to find"))
        self.line.setPlaceholderText(tr("When was…   balance < 0 and status = 'open'"))
        self.line.setClearButtonEnabled(True)
        plain.set_tip(self.line, tr(HELP))
        self.check = QToolButton()
        self.check.setText(tr("Check always"))
        self.check.setAccessibleName(tr("Make a check of this condition"))
        plain.set_tip(self.check, tr("Say that this must always hold, and be told where it does not"))
        self.check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.said = plain.Elided(role="muted", name=tr("Found"))
        self.hits = HitsTable(tr("Intervals"))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.check)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.said)
        box.addWidget(self.hits, 1)
        self.line.textChanged.connect(self.asked)
        self.check.clicked.connect(lambda: self.check_asked.emit(self.line.text()))
        self.show_hits(None, 0)

    def say(self, text: str, *, wrong: tuple[int, int] | None = None) -> None:
        """Say what came of the condition; `wrong`: which characters of it are at fault, half-open."""
        self.said.setProperty("role", "muted" if wrong is None else "warning")
        self.said.style().polish(self.said)
        self.said.show_text(text)
        show_wrong(self.line, wrong)
        self.check.setEnabled(wrong is None and bool(self.line.text().strip()))

    def show_hits(self, hits: Hits | None, last: int) -> None:
        """List what was found; None: nothing is looked for."""
        self.hits.show_hits(hits, last)
        if hits is None:
            self.say(tr("Every interval in which a condition held is listed here, over all of history."))
