"""Where is the state narrowed, counted and added up, and where is its table?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import row_px, show_wrong
from explorer.desktop.state.row_order import WorkLine
from explorer.desktop.state.state_table import StateTable
from explorer.desktop.state.totals_row import TotalsRow
from explorer.desktop.tables.hits import HitLine
from explorer.language import grouped, later, tr

LEAST_ROWS = 10  # high is a panel that has room for tabs

HELP = later(
    """Text that stands in any cell, or a condition: balance < 0 and status = 'open'
"Quoted text" is always text. What is hidden still counts: the state is never changed."""
)


class StatePanel(QWidget):
    """The kinds, the line for the filter, how many pass it, how many rows the event changed, the table, the totals."""

    low = Signal(bool)  # whether there is no room for a row of tabs

    def __init__(self, table: StateTable, totals: TotalsRow, kinds: QWidget, kind_list: QWidget) -> None:
        super().__init__()
        self.table, self.totals = table, totals
        self.line = HitLine()
        self.line.setAccessibleName(tr("Filter the state"))
        self.line.setPlaceholderText(tr("Filter: Ada, or balance < 0 and status = 'open'"))
        self.line.setClearButtonEnabled(True)
        plain.set_tip(self.line, tr(HELP))
        self.count = plain.Steady(role="muted", name=tr("Rows of the state"))
        self.changed = plain.SteadyButton()
        self._dress(self.changed, tr("Go to the next row that the event changed"))
        self.columns = QToolButton()
        self._dress(self.columns, tr("Columns, groups and their order"))
        self.columns.setText(tr("Columns…"))
        self.wrong = plain.Elided(role="warning", name=tr("Filter the state"))
        self.wrong.setVisible(False)
        self.order, self.filtering = WorkLine(tr("Order of the rows")), WorkLine(tr("Filter"))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(kind_list)
        row.addWidget(self.line, 1)
        row.addWidget(self.count)
        row.addWidget(self.changed)
        row.addWidget(self.columns)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(kinds)
        box.addLayout(row)
        box.addWidget(self.wrong)
        box.addWidget(self.filtering)
        box.addWidget(self.order)
        box.addWidget(table)
        box.addWidget(totals)
        self.show_counts(0, 0, 0, 0, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.low.emit(self.height() < LEAST_ROWS * row_px())

    def say_wrong(self, text: str, part: tuple[int, int] | None) -> None:
        """Say what is wrong with the filter, and with which characters of it; None: nothing."""
        self.wrong.show_text(text)
        self.wrong.setVisible(bool(text))
        if part is not None or self.line.property("wrong") == "true":
            show_wrong(self.line, part)

    def show_counts(self, kept: int, total: int, changed: int, hidden: int, noun: str) -> None:
        """Say how many of how many are shown, how many rows the event changed, and how many of those are hidden."""
        told = f"{grouped(total)} {noun}" if kept == total else tr("{kept} of {total} {noun}")
        self.count.show_text(told.format(kept=grouped(kept), total=grouped(total), noun=noun))
        text = tr("~ {count} changed").format(count=grouped(changed))
        if hidden:
            text = tr("~ {count} changed, {hidden} hidden").format(
                count=grouped(changed), hidden=grouped(hidden)
            )
        self.changed.show_text(text)
        self.changed.setEnabled(changed > hidden)

    def _dress(self, button: QToolButton, tip: str) -> None:
        button.setAccessibleName(tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(button, tip)
