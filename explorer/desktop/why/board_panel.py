"""How do a log's commands, events and policies look on one board, and how does one get from it to an event?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tasks import Handlers, LatestTask, Report
from explorer.desktop.why.board_view import BoardView
from explorer.eventlog.errors import LogError
from explorer.language import later, tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.reasons.causes import UNASKED_EVENTS, index_causes, names_of
from explorer.session.reasons.type_board import TypeBoard, board_of
from explorer.session.stand import Stand

NOTHING = later("No event of this log names what caused it, so nobody can say which command led to it.")


class BoardPanel(QWidget):
    """The board, what it is made of, and a button where making it would take a while."""

    def __init__(self) -> None:
        super().__init__()
        self.said = plain.label(role="muted", wrap=True, name=tr("What the board is made of"))
        self.make = QPushButton(tr("Read the whole log for causes"))
        self.make.hide()
        self.view = BoardView()
        self.area = QScrollArea()
        self.area.setWidget(self.view)
        self.area.setAccessibleName(tr("Board"))
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.said)
        box.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.area, 1)

    def show_board(self, board: TypeBoard | None, said: str = "") -> None:
        """Show another board, and what there is to say of it."""
        self.view.show_board(board)
        self.said.setText(said)
        self.said.setVisible(bool(said))


class BoardController(PanelController):
    """Makes the board beside the window, when the panel is first seen with a log."""

    panel: BoardPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = BoardPanel()
        self._making = LatestTask(self)
        self._document: Document | None = None
        self._made: object = None

    def wire(self) -> None:
        self.panel.make.clicked.connect(self._make)
        self.panel.view.position_asked.connect(self._go)

    def show_document(self, document: Document | None) -> None:
        """Another log, or more of it."""
        self._making.cancel()
        self._document, self._made = document, None
        self.panel.make.hide()
        self.panel.show_board(None)

    def stand_at(self, stand: Stand) -> None:
        """Make the board of this log, once; it is of the whole log, wherever one stands."""
        document = stand.document
        if self._made is document:
            return
        self._made = document
        if document.event_count > UNASKED_EVENTS:
            self.panel.make.show()
        else:
            self._make()

    def _make(self) -> None:
        document = self._document
        if document is None:
            return
        self.panel.make.hide()

        def made(report: Report) -> TypeBoard | None:
            names = names_of(document.events)
            if names.causation is None:
                return None
            return board_of(document.events, index_causes(document.events, names, report))

        self._making.start(made, Handlers(self._take, self._refuse))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self.panel.show_board(None, visible(in_words(error)))

    def _take(self, board: TypeBoard | None) -> None:
        if board is None:
            self.panel.show_board(None, tr(NOTHING))
            return
        said = [tr("Of the whole log, by causation ids: commands are blue, events orange, policies lilac.")]
        if board.untold:
            names = ", ".join(visible(each.type, 40) for each in board.untold[:5])
            said.append(tr("What led to some events, they do not say: {types}.").format(types=names))
        if board.unread:
            text = tr("{count:,} more events follow from commands whose names were not looked for.")
            said.append(text.format(count=board.unread))
        self.panel.show_board(board, " ".join(said))

    def _go(self, log_position: int) -> None:
        if self._document is not None:
            self._page.playhead.move_to(self._document.history.position_of(log_position))
