"""Where does a person see what a log would be, before it is read so?"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.look.theme import row_px
from explorer.desktop.tables.quiet_table import QuietTable
from explorer.desktop.tables.table_model import TextRows
from explorer.language import tr
from explorer.session.changes.reading_preview import EVENT_HEADS, ReadingPreview

ROOM_OF = 6  # such a part of a low screen is enough for a table
ROWS_SEEN = 4  # at least, of each table
WIDTHS = (4, 22, 18, 14, 18, 40)


class PreviewPanel(QWidget):
    """What was found in a sentence, the first events with what is to be said of them, the state that they come to."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.said = plain.label(wrap=True, name=tr("Preview"))
        self.events = TextRows([tr(head) for head in EVENT_HEADS], numbers=[0], parent=self)
        self.state = TextRows([tr("Account or entity")], parent=self)
        self._events = QuietTable(self.events, tr("The first events, read so"))
        self._events.set_figures(enumerate(WIDTHS))
        self._events.keep_whole(0, 1, 2, 3)
        self._state = QuietTable(self.state, tr("The state after them"))
        self._state.keep_whole()
        box.addWidget(self.said)
        for title, table, stretch in (
            (tr("The first events"), self._events, 3), (tr("The state after them"), self._state, 2),
        ):  # fmt: skip
            head = plain.label(title, role="muted")
            head.setBuddy(table)
            table.setMinimumHeight(
                min(ROWS_SEEN * row_px(), self.screen().availableGeometry().height() // ROOM_OF)
            )
            box.addWidget(head)
            box.addWidget(table, stretch)

    def show_preview(self, found: ReadingPreview) -> None:
        """Show what was found."""
        self.said.setText(found.said)
        self.events.show_rows(found.events)
        self.state.show_rows(found.state, found.state_heads)

    def show_problem(self) -> None:
        """It cannot be read so: nothing is shown that would not be there."""
        self.said.setText(tr("It cannot be read so."))
        self.events.show_rows(())
        self.state.show_rows(())
