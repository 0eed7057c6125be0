"""Where does a person write which events to list, and see which part of that is wrong?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import show_wrong
from explorer.desktop.tables.hits import HitLine
from explorer.language import later, tr

HINT = later('Filter: type:Money* account:acc-1 amount>100 -owner:Ada "text" /regex/  ( / )')
HELP = later(
    'Words: the event contains them. "Quoted words" stand together. /pattern/ and /pattern/i: regular expressions.\n'
    "field:value (type, account, at, position or any field of the data; * is any text, a,b either)\n"
    "field>100, >=, <, <= compare numbers, and times for at; spaces may stand around them: amount > 100.\n"
    "A - before a term turns it round. All terms must hold."
)


class FilterBar(QWidget):
    """The line for the filter, whether the others are hidden, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = HitLine()
        self.line.setAccessibleName(tr("Filter events"))
        self.line.setPlaceholderText(tr(HINT))
        self.line.setClearButtonEnabled(True)
        plain.set_tip(self.line, tr(HELP))
        self.alone = QToolButton()
        self.alone.setText(tr("Hide others"))
        self.alone.setCheckable(True)
        self.alone.setChecked(True)
        self.alone.setAccessibleName(tr("Hide the events that the filter does not find"))
        self.alone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(self.alone, tr("List only what the filter finds, or list all and mark what it finds"))
        self.said = plain.Elided(role="muted", name=tr("Events listed"))
        self.said.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.alone)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.said)

    @property
    def is_wrong(self) -> bool:
        """Whether it says what is wrong with the filter as it is written."""
        return str(self.line.property("wrong")) == "true"

    def say(self, text: str, *, wrong: tuple[int, int] | None = None) -> None:
        """Say what came of the filter; `wrong`: which characters of it are at fault, half-open."""
        self.said.setProperty("role", "muted" if wrong is None else "warning")
        self.said.style().polish(self.said)
        self.said.show_text(text)
        self.said.setVisible(bool(text))
        show_wrong(self.line, wrong)
